use super::*;
use crate::Color;

fn with_fonts(check: impl FnOnce(&Fonts<'_>)) {
    let files = FontFiles::load(&Assets::built_in()).unwrap();
    check(&Fonts::parse(&files).unwrap());
}

/// At a size of 1 000 points a thousandth of the size is a point.
fn huge(face: Face) -> Style {
    Style::new(face, Length(1_000_000), Color::INK)
}

#[test]
fn every_face_has_what_french_business_papers_write() {
    let needed = "éèêëàâäùûüôöîïçÉÈÀÇœŒæÆ€’‘“”«»–—…°§±×÷²³½·•†‡№ᵉʳ\u{2212}\u{a0}\u{202f}\u{2009}\
                  \u{2007}\u{2010}\u{2011}\u{fffd}ąćęłńśźżčďěňřšťžőűğışțșŵŷđðþßÿỳ";
    with_fonts(|fonts| {
        for face in Face::ALL {
            assert_eq!(fonts.plain(face, needed), needed, "{face:?}");
            for hidden in ['\u{0}', '\u{7f}', '\u{200b}', '\u{202e}', '\u{2066}', '\u{feff}'] {
                assert_eq!(fonts.plain(face, &hidden.to_string()), "\u{fffd}", "{face:?}");
            }
        }
    });
}

#[test]
fn digits_are_equally_wide_and_spaces_as_drawn() {
    with_fonts(|fonts| {
        for face in Face::ALL {
            for digit in '0'..='9' {
                let width = fonts.width(huge(face), &digit.to_string());
                assert_eq!(width, fonts.width(huge(face), "0"), "{face:?} {digit}");
            }
            assert_eq!(fonts.width(huge(face), "1111"), fonts.width(huge(face), "0000"));
            assert_eq!(fonts.width(huge(face), "\u{2007}"), fonts.width(huge(face), "0"));
        }
        assert_eq!(fonts.width(huge(Face::Regular), "\u{202f}"), Length(180_000));
    });
}

#[test]
fn widths_follow_size_tracking_and_kerning() {
    with_fonts(|fonts| {
        let style = huge(Face::SemiBold);
        let apart = fonts.width(style, "T") + fonts.width(style, "o");
        assert!(fonts.width(style, "To") < apart, "the pair is not kerned");
        let tenth = Style { size: Length(100_000), ..style };
        assert_eq!(fonts.width(tenth, "0000") * 10, fonts.width(style, "0000"));
        let tracked = Style { tracking_thousandths: -10, ..style };
        assert_eq!(fonts.width(tracked, "0000"), fonts.width(style, "0000") - Length(3 * 10_000));
        assert_eq!(fonts.width(style, ""), Length::ZERO);
        assert!(fonts.width(style, &"x".repeat(1_000_000)) > Length(400_000_000_000));
    });
}

#[test]
fn stretches_hold_the_text_and_the_width() {
    with_fonts(|fonts| {
        for text in ["", "TVA", "Total à payer", "1 234,56"] {
            let stretches = fonts.stretches(Face::SemiBold, text);
            let joined: String = stretches.iter().map(|s| s.text.as_str()).collect();
            assert_eq!(joined, text);
            let steps: i64 = stretches.iter().map(|s| s.step).sum();
            let letters: Length =
                text.chars().map(|c| fonts.width(huge(Face::SemiBold), &c.to_string())).sum();
            assert_eq!(
                fonts.width(huge(Face::SemiBold), text),
                letters + Length(steps * 1000),
                "{text}"
            );
        }
        assert!(fonts.stretches(Face::SemiBold, "TVA").len() > 1);
    });
}

#[test]
fn a_damaged_font_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let fonts = folder.path().join("fonts");
    std::fs::create_dir(&fonts).unwrap();
    let whole = Assets::built_in().bytes("fonts/Geist-Medium.ttf").unwrap().into_owned();
    let refused = |bytes: &[u8]| {
        std::fs::write(fonts.join("Geist-Medium.ttf"), bytes).unwrap();
        let files = FontFiles::load(&Assets::with_folder(folder.path())).unwrap();
        matches!(Fonts::parse(&files), Err(DocumentError::Font("Geist-Medium", _)))
    };
    assert!(refused(b""));
    assert!(refused(b"not a font"));
    assert!(refused(&whole[..100]));
    assert!(!refused(&whole));
}
