use super::sample::{figured, october};
use super::*;
use crate::pdf::tools;
use std::path::Path;

/// The October return with `count` boxes in one section more.
fn long(count: usize) -> TaxPage {
    let mut page = october(Language::French);
    let boxes = (0..count).map(|number| {
        let label = format!("Case inventée n° {number}");
        let line = format!("L{number:03}");
        let mut made = figured(&line, "", label, Some(1_000 + number as i64), None);
        made.strong = number % 10 == 9;
        made
    });
    page.sections.insert(1, Section { title: "Inventée".to_owned(), boxes: boxes.collect() });
    page
}

fn drawn(page: &TaxPage) -> Vec<u8> {
    tax_page(&Assets::built_in(), page).unwrap()
}

/// Readers may turn the kinds of space into plain ones.
fn held(text: &str, wanted: &str) {
    let plain = |text: &str| text.replace(['\u{a0}', '\u{202f}'], " ");
    assert!(plain(text).contains(&plain(wanted)), "{wanted:?} is missing in:\n{text}");
}

#[test]
fn the_same_page_gives_the_same_bytes() {
    for language in [Language::French, Language::English] {
        let page = october(language);
        let bytes = drawn(&page);
        assert!(bytes == drawn(&page), "two prints differ");
        let mut other = page.clone();
        other.footer.day = other.footer.day.plus_days(1);
        assert!(bytes != drawn(&other), "the day does not show");
        assert!(bytes.len() < 150_000, "{} bytes", bytes.len());
    }
}

#[test]
fn readers_accept_it_and_find_every_word_and_figure() {
    // Left behind for whoever wants to look at them.
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/samples");
    std::fs::create_dir_all(&folder).unwrap();
    for language in [Language::French, Language::English] {
        let page = october(language);
        let bytes = drawn(&page);
        std::fs::write(folder.join(format!("tax-page-{}.pdf", language.tag())), &bytes).unwrap();
        tools::sound(&bytes);
        let text = tools::text(&bytes);
        for section in page.sections.iter().filter(|s| !s.title.starts_with("Jamais")) {
            held(&text, &section.title);
            for shown in section.boxes.iter().filter(|b| !b.label.starts_with("Jamais")) {
                held(&text, &shown.line);
                held(&text, &shown.case);
                held(&text, &shown.label);
                for figure in [shown.base, shown.tax].into_iter().flatten() {
                    held(&text, &whole(figure, language));
                }
            }
        }
        for source in &page.sources {
            held(&text, &source.formula);
            held(&text, &amount(source.cents, 2, language));
            held(&text, &source.law);
        }
        for sentence in [&page.title, &page.subtitle, &page.business.name, &page.left_out[0]] {
            held(&text, sentence);
        }
        for word in ["SIREN 732 829 320", "FR44732829320", "9f3a0c71 5be2d840 61d7a9ef 02bb4c21"] {
            held(&text.replace('\u{a0}', " "), word);
        }
        held(&text, &page.footer.pack);
        held(&text, "1\u{a0}/\u{a0}1");
        assert!(!text.contains("Jamais") && !text.contains("0044"), "an empty box shows:\n{text}");
    }
}

#[test]
fn the_uncertain_box_has_a_sign_and_a_footnote() {
    let mut page = october(Language::French);
    let text = tools::text(&drawn(&page));
    held(&text, "Taux réduit 10 %\u{a0}†");
    held(&text, "† À vérifier avant le dépôt");
    page.sections[1].boxes[1].warns = false;
    assert!(!tools::text(&drawn(&page)).contains('†'));
}

#[test]
fn only_the_proved_total_has_the_double_rule() {
    let files = FontFiles::load(&Assets::built_in()).unwrap();
    let fonts = Fonts::parse(&files).unwrap();
    let count = |page: &TaxPage| {
        let sheets = pages(&fonts, page);
        let marks = sheets.iter().flat_map(|sheet| sheet.marks());
        marks
            .filter(|mark| match mark {
                // The rules of a proof are the only ones that do not run over the page's width.
                crate::Mark::Line { from, to, color, .. } => {
                    *color == Color::INK && to.0 - from.0 < Length(100_000)
                }
                _ => false,
            })
            .count()
    };
    let mut page = october(Language::French);
    assert_eq!(count(&page), 2);
    page.sections[4].boxes[2].proved = false;
    assert_eq!(count(&page), 0);
}

#[test]
fn long_tables_break_with_their_head_and_stay_above_the_foot() {
    for count in [0, 20, 200, 500] {
        let bytes = drawn(&long(count));
        tools::sound(&bytes);
        let (text, pages) = (tools::text(&bytes), tools::words_by_page(&bytes));
        let total = pages.len();
        assert!(total > count / 32 && total <= count / 28 + 2, "{count} rows, {total} pages");
        let mut seen = 0;
        for (number, words) in pages.iter().enumerate() {
            let has = |text: &str| words.iter().any(|word| word.text == text);
            let rows =
                words.iter().filter(|w| w.text.len() == 4 && w.text.starts_with('L')).count();
            seen += rows;
            assert!(rows == 0 || has("Libellé"), "page {} has no head", number + 1);
            assert!(rows == 0 || has("Inventée"), "page {} names no section", number + 1);
            assert!(has("Enregistrement") && has("Comptoir"), "page {} has no foot", number + 1);
            held(&text, &format!("{}\u{a0}/\u{a0}{total}", number + 1));
            for word in words {
                assert!(word.bottom < 842 && word.top > 30 && word.left > 30, "{word:?}");
                let of_foot = word.top > 785;
                assert!(of_foot || word.bottom < 775, "page {}: {word:?}", number + 1);
            }
        }
        assert_eq!(seen, count, "rows were lost or doubled");
    }
}

#[test]
fn a_long_label_is_wrapped_in_its_column() {
    let mut page = october(Language::French);
    let label =
        "Livraisons à soi-même taxables au taux réduit dans le secteur du logement ".repeat(4);
    page.sections[0].boxes[0].label = label.trim_end().to_owned();
    let bytes = drawn(&page);
    let words = tools::words_by_page(&bytes).remove(0);
    let housing: Vec<_> = words.iter().filter(|w| w.text == "logement").collect();
    assert_eq!(housing.len(), 4);
    assert!(housing.windows(2).all(|pair| pair[0].top < pair[1].top), "{housing:?}");
    assert!(words.iter().filter(|w| w.text == "Livraisons").all(|w| w.right < 390));
}

#[test]
fn hostile_text_never_breaks_the_page() {
    let hostile = [
        "😀 emoji 👩‍👩‍👧",
        "\u{202e}renversé\u{202c} \u{2066}x\u{2069}",
        "null\u{0} bell\u{7} escape\u{1b} delete\u{7f}",
        "line\nbreak\ttab\r\n",
        "(parentheses) \\ back % <<hex>> /Name",
        "漢字 العربية",
        "",
        " ",
    ];
    let mut texts: Vec<String> = hostile.iter().map(|text| (*text).to_owned()).collect();
    texts.extend(["x".repeat(1_000), "mot ".repeat(1_000), "😀".repeat(1_000), "\n".repeat(500)]);
    for text in &texts {
        let mut page = october(Language::French);
        page.title.clone_from(text);
        page.subtitle.clone_from(text);
        page.business.name.clone_from(text);
        page.business.regime.clone_from(text);
        page.footer.pack.clone_from(text);
        page.footer.hash.clone_from(text);
        page.footer.application.clone_from(text);
        page.left_out.push(text.clone());
        for section in &mut page.sections {
            section.title.clone_from(text);
            for shown in &mut section.boxes {
                shown.line.clone_from(text);
                shown.case.clone_from(text);
                shown.label.clone_from(text);
                shown.base = Some(i64::MIN);
            }
        }
        for source in &mut page.sources {
            source.formula.clone_from(text);
            source.law.clone_from(text);
        }
        let bytes = drawn(&page);
        tools::sound(&bytes);
        tools::without_missing_glyphs(&bytes);
        if text.contains('😀') {
            held(&tools::text(&bytes), "\u{fffd}");
        }
    }
}

#[test]
fn a_page_without_anything_is_a_page() {
    let mut page = october(Language::English);
    page.sections.clear();
    page.sources.clear();
    page.left_out.clear();
    page.business =
        Business { name: String::new(), siren: None, vat_number: None, regime: String::new() };
    tools::sound(&drawn(&page));
}
