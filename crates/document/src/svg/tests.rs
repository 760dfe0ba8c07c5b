use super::*;
use crate::{Align, FontFiles};
use assets::Assets;
use quick_xml::Reader;
use quick_xml::events::Event;

/// The texts of a picture in order, its title left out; panics where it is no XML.
pub(crate) fn texts(picture: &str) -> Vec<String> {
    let mut reader = Reader::from_str(picture);
    let (mut found, mut inside) = (Vec::new(), false);
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(tag) if tag.name().as_ref() == "text" => {
                inside = true;
                found.push(String::new());
            }
            Event::End(tag) if tag.name().as_ref() == "text" => inside = false,
            Event::Text(text) if inside => {
                found.last_mut().unwrap().push_str(&text);
            }
            Event::GeneralRef(name) if inside => {
                found.last_mut().unwrap().push_str(match &*name {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "#39" => "'",
                    other => panic!("&{other};"),
                });
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

/// Nothing but shapes and texts, and of their attributes those that draw.
fn only_drawing(picture: &str) {
    const ATTRIBUTES: [&str; 11] = [
        "xmlns",
        "role",
        "viewBox",
        "font-family",
        "font-variant",
        "font-size",
        "font-weight",
        "fill",
        "d",
        "x",
        "y",
    ];
    let mut reader = Reader::from_str(picture);
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.name();
                let known = ["svg", "title", "text", "tspan", "path"].contains(&name.as_ref());
                assert!(known, "{name:?} in {picture}");
                for attribute in tag.attributes() {
                    let key = attribute.unwrap().key;
                    assert!(ATTRIBUTES.contains(&key.as_ref()), "{key:?} in {picture}");
                }
            }
            Event::Eof => return,
            Event::End(_) | Event::Text(_) | Event::GeneralRef(_) => {}
            other => panic!("{other:?} in {picture}"),
        }
    }
}

fn with_fonts(check: impl FnOnce(&Fonts<'_>)) {
    let files = FontFiles::load(&Assets::built_in()).unwrap();
    check(&Fonts::parse(&files).unwrap());
}

#[test]
fn whatever_is_written_is_escaped() {
    with_fonts(|fonts| {
        for hostile in [
            "</text><script>alert(1)</script>",
            "\"><image href=\"x\"/>",
            "a & b &amp; c &#x41; ]]> <!-- -->",
            "l’atelier 'd”ici\" <é>",
            "\u{0}\u{7}\u{1b}\u{202e}\u{ffff}",
        ] {
            let mut page = Page::new(Length::A4_WIDTH, Length::A4_HEIGHT);
            let style = Style::new(Face::Regular, Length(8_300), Color::INK);
            page.text(fonts, style, (Length(1), Length(2)), Align::Left, hostile);
            let picture = svg(fonts, &page, hostile);
            assert_eq!(texts(&picture), [fonts.plain(Face::Regular, hostile)]);
            only_drawing(&picture);
        }
    });
}

#[test]
fn each_word_stands_where_the_layout_put_it() {
    with_fonts(|fonts| {
        let mut page = Page::new(Length(200_000), Length(100_500));
        let style = Style {
            tracking_thousandths: -20,
            ..Style::new(Face::SemiBold, Length(10_000), Color(1, 2, 254))
        };
        page.text(fonts, style, (Length(20_050), Length(30_000)), Align::Left, "12\u{202f}345 Ta");
        let picture = svg(fonts, &page, "T");
        let before = |text: &str| Length(20_050) + fonts.width(style, text) + style.tracking();
        for (word, text) in [("345", "12\u{202f}"), ("Ta", "12\u{202f}345 ")] {
            let place = before(text);
            let place = format!("<tspan x=\"{}.{:03}", place.0 / 1000, place.0 % 1000);
            let place = place.trim_end_matches('0');
            assert!(picture.contains(&format!("{place}\">{word}")), "{place} {word}: {picture}");
        }
        assert!(picture.contains("viewBox=\"0 0 200 100.5\""));
        assert!(picture.contains("letter-spacing=\"-0.2\" fill=\"#0102fe\" x=\"20.05\">12"));
        assert!(picture.contains("role=\"img\"") && picture.contains("<title>T</title>"));
    });
}

#[test]
fn every_mark_is_drawn() {
    with_fonts(|fonts| {
        let mut page = Page::new(Length(100_000), Length(100_000));
        for left in [0, 10_000] {
            page.mark(Mark::Fill {
                left: Length(left),
                top: Length(-500),
                width: Length(5_000),
                height: Length(1),
                color: Color::INK,
            });
        }
        page.rule(Length(1_000), Length(2_000), Length(3_000), Length(600), Color::BAND);
        let corner = (Length(1_000), Length(2_000));
        page.mark(Mark::Path {
            start: corner,
            steps: vec![PathStep::Line(Length(5), Length(60)), PathStep::Curve([corner; 3])],
            pen: Some(Length(700)),
            color: Color::INK2,
        });
        let picture = svg(fonts, &page, "");
        for wanted in [
            "<path d=\"M0 -0.5h5v0.001h-5zM10 -0.5h5v0.001h-5z\" fill=\"#11181a\"/>",
            "<path d=\"M1 3L2 3\" fill=\"none\" stroke-width=\"0.6\" stroke=\"#eef1f1\"/>",
            "<path d=\"M1 2L0.005 0.06C1 2 1 2 1 2\" fill=\"none\" stroke-width=\"0.7\" \
             stroke-linecap=\"round\" stroke=\"#424c4f\"/>",
        ] {
            assert!(picture.contains(wanted), "{wanted} is not in {picture}");
        }
        assert!(texts(&picture).is_empty());
    });
}
