use super::*;
use encoding_rs::WINDOWS_1252;

fn sought(amount_minor: i64, label: &str) -> Sought<'_> {
    Sought { amount_minor, exponent: 2, label }
}

/// The marked stretches, as JavaScript would cut them.
fn cut(excerpt: &Excerpt) -> Vec<(&'static str, String)> {
    let units: Vec<u16> = excerpt.text.encode_utf16().collect();
    excerpt
        .marks
        .iter()
        .map(|(mark, range)| {
            (mark.word(), String::from_utf16(&units[range.clone()]).expect("whole letters"))
        })
        .collect()
}

#[track_caller]
fn check(file: &[u8], line: Range<usize>, sought: Sought<'_>, marks: &[(&str, &str)]) -> String {
    let excerpt = Source::of(file).excerpt(line, sought);
    let found = cut(&excerpt);
    let found: Vec<(&str, &str)> = found.iter().map(|(mark, text)| (*mark, &**text)).collect();
    assert_eq!(found, marks);
    excerpt.text
}

const TABLE: &str = "Date;Libellé;Montant\n1;é 😀;2\n2;b;3\n3;VIR  DUPONT & FILS;-1 284,50\n4;c\n\
                     5;d\n6;e\n7;f\n";
const LINE: &str = "3;VIR  DUPONT & FILS;-1 284,50";

fn place(file: &[u8], line: &[u8]) -> Range<usize> {
    let at = file.windows(line.len()).position(|found| found == line).expect("it is there");
    at..at + line.len()
}

#[test]
fn a_line_stands_in_its_neighbours_in_any_encoding() {
    let marks = [("line", LINE), ("amount", "1 284,50"), ("label", "VIR  DUPONT & FILS")];
    let wanted = &TABLE["Date;Libellé;Montant\n".len()..TABLE.len() - "7;f\n".len()];
    let searched = sought(-128_450, "VIR DUPONT & FILS");
    let utf8 = TABLE.as_bytes();
    assert_eq!(check(utf8, place(utf8, LINE.as_bytes()), searched, &marks), wanted);

    let bytes = |text: &str, big: bool| -> Vec<u8> {
        let units = text.encode_utf16();
        units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    for big in [false, true] {
        let file = bytes(&format!("\u{feff}{TABLE}"), big);
        let at = place(&file, &bytes(LINE, big));
        assert_eq!(check(&file, at, searched, &marks), wanted);
        let whole = Source::of(&file).whole(1_000_000, None);
        assert_eq!((whole.text.as_str(), whole.place), (TABLE, 2..file.len()));
    }

    let latin = TABLE.replace("😀", "è");
    let (file, ..) = WINDOWS_1252.encode(&latin);
    let text = check(&file, place(&file, LINE.as_bytes()), searched, &marks);
    assert_eq!(text, wanted.replace("😀", "è"));
}

#[test]
fn a_file_without_lines_is_cut_between_letters() {
    let file = format!("{}<N>7656.17</N>{}", "é".repeat(5_000), "ü".repeat(5_000));
    let line = place(file.as_bytes(), b"<N>7656.17</N>");
    let marks = [("line", "<N>7656.17</N>"), ("amount", "7656.17")];
    let text = check(file.as_bytes(), line.clone(), sought(765_617, "nowhere"), &marks);
    assert!(text.len() < 1_300 && !text.contains('\u{fffd}'), "{}", text.len());

    let whole = Source::of(file.as_bytes()).whole(2_000, Some((line, sought(765_617, "x"))));
    assert_eq!(cut(&whole), marks.map(|(mark, text)| (mark, text.to_owned())));
    assert!(whole.place.len() <= 2_001 && !whole.text.contains('\u{fffd}'));
}

#[test]
fn places_beyond_the_bytes_do_no_harm() {
    for file in [&b""[..], b"a", b"\xff\xfe", b"\xff\xfea", b"\xef\xbb\xbf", b"\xe9\n\n"] {
        for (start, end) in [(0, 0), (0, 1), (1, 2), (2, 9), (7, 9)] {
            let source = Source::of(file);
            source.excerpt(start..end, sought(i64::MIN, ""));
            source.whole(1, Some((start..end, sought(0, "a b"))));
        }
    }
}

#[test]
fn a_line_of_a_thousand_parts_is_cut() {
    let file = "x".repeat(50_000);
    let excerpt = Source::of(file.as_bytes()).excerpt(10_000..40_000, sought(1, "y"));
    assert!(excerpt.text.len() < 7_000);
    assert_eq!(excerpt.marks[0].1.len(), LONGEST);
}

#[track_caller]
fn amount(text: &str, minor: i64, found: Option<&str>) {
    assert_eq!(amounts::find(text, minor, 2).map(|range| &text[range]), found, "{text}");
}

#[test]
fn an_amount_is_found_however_it_is_written() {
    amount("2026-01-05,-37.46,CARTE", -3_746, Some("37.46"));
    amount("12,37.46,5", 3_746, Some("37.46"));
    amount("1 137,46;37,46", 3_746, Some("37,46"));
    amount("a;1.234.567,80;b", 123_456_780, Some("1.234.567,80"));
    amount("a;1,234,567.8;b", 123_456_780, Some("1,234,567.8"));
    amount("a;1\u{202f}042,18", 104_218, Some("1\u{202f}042,18"));
    amount("<TRNAMT>-1740</TRNAMT>", -174_000, Some("1740"));
    amount("<TRNAMT>-0.05", -5, Some("0.05"));
    amount("CARTE 05/01;5", -500, Some("5"));
    amount("CARTE 05/01 5-6 A5", -500, None);
    amount("137.46 37.461", 3_746, None);
    amount("", 0, None);
}

#[track_caller]
fn label(text: &str, label: &str, found: &[&str]) {
    let places = labels::find(text, label);
    assert_eq!(places.into_iter().map(|range| &text[range]).collect::<Vec<_>>(), found, "{text}");
}

#[test]
fn the_words_of_a_label_are_found_where_its_fields_stand() {
    label("<NAME>VIR DUPONT<MEMO>FA 12", "VIR DUPONT FA 12", &["VIR DUPONT", "FA 12"]);
    label("<U>DUPONT &amp; FILS</U>", "DUPONT & FILS", &["DUPONT &amp; FILS"]);
    label("VIR X;VIR DUPONT", "VIR DUPONT", &["VIR DUPONT"]);
    label("été à NANTES", "été à Brest", &["été à"]);
    label("a b c", "a b", &["a b"]);
    label("nothing of it", "x y z", &[]);
    label("", "x", &[]);
    label("x", "", &[]);
}
