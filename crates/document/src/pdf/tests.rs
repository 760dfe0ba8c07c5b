use super::*;
use crate::{Align, FontFiles};
use assets::Assets;
use lopdf::Document;

fn about() -> About {
    About {
        title: "Brûlé & Fils <20 %> (1)".to_owned(),
        author: "Sœur & Cie".to_owned(),
        application: "Comptoir 0.1".to_owned(),
        day: Day::parse("2026-02-03").unwrap(),
        language: Language::English,
    }
}

fn one_page(text: &str, about: &About) -> Vec<u8> {
    let files = FontFiles::load(&Assets::built_in()).unwrap();
    let fonts = Fonts::parse(&files).unwrap();
    let mut page = Page::new(Length::A4_WIDTH, Length::A4_HEIGHT);
    let style = Style::new(Face::SemiBold, Length(12_000), Color::INK);
    page.text(&fonts, style, (Length(50_000), Length(100_000)), Align::Left, text);
    page.rule(Length(50_000), Length(200_000), Length(110_000), Length(500), Color::INK2);
    page.mark(Mark::Fill {
        left: Length(50_000),
        top: Length(120_000),
        width: Length(10_000),
        height: Length(10_000),
        color: Color::BAND,
    });
    write(&fonts, &[page], about).unwrap()
}

#[test]
fn the_file_says_what_it_is() {
    let bytes = one_page("TVA", &about());
    tools::sound(&bytes);
    assert!(bytes.starts_with(b"%PDF-1.7"));
    let file = Document::load_mem(&bytes).unwrap();
    let catalog = file.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"en-GB");
    let place = file.trailer.get(b"Info").unwrap().as_reference().unwrap();
    let told = file.get_dictionary(place).unwrap();
    let text = |key: &[u8]| {
        let bytes = told.get(key).unwrap().as_str().unwrap();
        let units = bytes[2..].chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        String::from_utf16(&units.collect::<Vec<_>>()).unwrap()
    };
    assert_eq!(text(b"Title"), about().title);
    assert_eq!(text(b"Author"), about().author);
    assert_eq!(text(b"Producer"), "Comptoir 0.1");
    assert_eq!(told.get(b"CreationDate").unwrap().as_str().unwrap(), b"D:20260203000000Z");
    assert!(!told.has(b"GTS_PDFXVersion"));
}

#[test]
fn the_identifier_changes_with_the_content_alone() {
    let identifier = |bytes: &[u8]| {
        let file = Document::load_mem(bytes).unwrap();
        file.trailer.get(b"ID").unwrap().as_array().unwrap()[0].as_str().unwrap().to_vec()
    };
    let first = one_page("TVA", &about());
    assert_eq!(first, one_page("TVA", &about()));
    assert_eq!(identifier(&first).len(), 16);
    assert_ne!(identifier(&first), identifier(&one_page("TVB", &about())));
    let other = About { day: about().day.plus_days(1), ..about() };
    assert_ne!(identifier(&first), identifier(&one_page("TVA", &other)));
}

#[test]
fn colours_are_red_green_blue_and_fonts_ours() {
    let bytes = one_page("TVA d’Évry", &about());
    let file = Document::load_mem(&bytes).unwrap();
    let page = file.get_pages()[&1];
    let content = file.get_and_decode_page_content(page).unwrap();
    let operators: Vec<&str> = content.operations.iter().map(|o| o.operator.as_str()).collect();
    for wanted in ["rg", "RG", "TJ", "re", "f", "S"] {
        assert!(operators.contains(&wanted), "{wanted} is not in {operators:?}");
    }
    for never in ["k", "K", "cs", "CS", "sh", "Do"] {
        assert!(!operators.contains(&never), "{never} is in {operators:?}");
    }
    let fonts = file.get_page_fonts(page).unwrap();
    let names: Vec<_> =
        fonts.values().map(|f| f.get(b"BaseFont").unwrap().as_name().unwrap()).collect();
    let [name] = names[..] else { panic!("{} fonts", names.len()) };
    assert_eq!(&name[6..], b"+Geist-SemiBold");
    assert!(name[..6].iter().all(u8::is_ascii_uppercase), "a cut font says so");
}

#[test]
fn text_lies_where_it_was_put() {
    let words = tools::words_by_page(&one_page("TVA d’octobre", &about())).remove(0);
    assert_eq!(
        words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>(),
        ["TVA", "d’octobre"]
    );
    assert_eq!(words[0].left, 50);
    assert!(words[0].top < 100 && words[0].bottom >= 100 && words[0].top > 80, "{words:?}");
}

#[test]
fn a_document_without_text_is_written() {
    let files = FontFiles::load(&Assets::built_in()).unwrap();
    let fonts = Fonts::parse(&files).unwrap();
    let empty = Page::new(Length::A4_WIDTH, Length::A4_HEIGHT);
    assert!(write(&fonts, &[empty], &about()).unwrap().starts_with(b"%PDF-1.7"));
}
