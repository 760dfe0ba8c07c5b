use super::*;
use crate::{Color, Face, FontFiles};
use assets::Assets;

/// Every character of the mono face is 6 points wide at this size.
const TEN: Style = Style::new(Face::Mono, Length(10_000), Color::INK);

fn with_fonts(check: impl FnOnce(&Fonts<'_>)) {
    let files = FontFiles::load(&Assets::built_in()).unwrap();
    check(&Fonts::parse(&files).unwrap());
}

#[test]
fn lines_end_where_they_may() {
    with_fonts(|fonts| {
        let check = |text: &str, letters: i64, wanted: &[&str]| {
            assert_eq!(fonts.wrap(TEN, text, Length(letters * 6_000)), wanted, "{text:?}");
        };
        check("", 10, &[""]);
        check("   ", 10, &[""]);
        check("un deux trois", 20, &["un deux trois"]);
        check("un deux trois", 8, &["un deux", "trois"]);
        check("un deux trois", 7, &["un deux", "trois"]);
        check("un deux trois", 6, &["un", "deux", "trois"]);
        check("un   deux", 4, &["un", "deux"]);
        check("sous-traitance", 8, &["sous-", "traitance".get(..8).unwrap(), "e"]);
        check("-5 et -6", 5, &["-5 et", "-6"]);
        check("10\u{a0}% de", 5, &["10\u{a0}%", "de"]);
        check("abcdefghij", 4, &["abcd", "efgh", "ij"]);
        check("abc", 0, &["a", "b", "c"]);
        check("a\nb", 10, &["a b"]);
    });
}

#[test]
fn no_line_is_wider_than_its_column_and_no_letter_is_lost() {
    let text = "Livraisons à soi-même d’immeubles, TVA sur les encaissements/débits ".repeat(20);
    with_fonts(|fonts| {
        for size in [7_100, 8_250, 16_750] {
            let style = Style::new(Face::SemiBold, Length(size), Color::INK);
            for width in [40_000, 100_000, 333_333] {
                let lines = fonts.wrap(style, &text, Length(width));
                for line in &lines {
                    assert!(fonts.width(style, line) <= Length(width), "{line}");
                }
                let letters = |text: &str| text.chars().filter(|c| *c != ' ').count();
                assert_eq!(lines.iter().map(|l| letters(l)).sum::<usize>(), letters(&text));
            }
        }
    });
}

#[test]
fn a_cut_text_says_so() {
    with_fonts(|fonts| {
        let fit = |text: &str, letters: i64| fonts.fit(TEN, text, Length(letters * 6_000));
        assert_eq!(fit("abcdef", 6), "abcdef");
        assert_eq!(fit("abcdefg", 6), "abcde…");
        assert_eq!(fit("abcd efgh", 6), "abcd…");
        assert_eq!(fit("abc", 0), "…");
        let within = |most| fonts.wrap_within(TEN, "aa bb cc dd", Length(30_000), most);
        assert_eq!(within(2), ["aa bb", "cc dd"]);
        assert_eq!(within(1), ["aa b…"]);
        assert!(within(0).is_empty());
        let long = fonts.wrap_within(TEN, "aaaa bbbb cccc dddd", Length(30_000), 2);
        assert_eq!(long, ["aaaa", "bbbb…"]);
    });
}
