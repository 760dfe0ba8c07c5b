use super::*;
use crate::tests::ca3;

/// The French pack with a text in one of its files replaced.
pub(crate) fn altered(file: &str, from: &str, to: &str) -> Result<Pack, PackError> {
    let mut files = ca3().files;
    let content = files.iter_mut().find(|(name, _)| name == file).unwrap();
    let text = String::from_utf8(content.1.clone()).unwrap();
    assert!(text.contains(from), "{file} has `{from}`");
    content.1 = text.replacen(from, to, 1).into_bytes();
    read::pack("fr/ca3", files)
}

#[test]
fn a_fault_names_file_place_and_what_was_found() {
    for (file, from, to, code, told) in [
        ("boxes.csv", "A2,0981", "A1,0981", "pack_twice", "line 3 A1"),
        ("boxes.csv", ",high\nA2", ",sure\nA2", "pack_syntax", "line 2 sure"),
        ("boxes.csv", "A1,0979,taxed", "A1,0979,taxes", "pack_unknown_name", "section taxes"),
        ("boxes.csv", "fed,euro", "fed,euros", "pack_unknown_name", "column rounding euros"),
        ("boxes.csv", "fed,euro", "feed,euro", "pack_unknown_name", "column formula feed"),
        ("boxes.csv", "fed,euro", "rest,euro", "pack_unknown_name", "column formula rest"),
        ("boxes.csv", ",+,", ",x,", "pack_word", "column sign x"),
        ("boxes.csv", "box,case", "box,kase", "pack_syntax", "line 2 kase"),
        ("boxes.csv", "A2,0981,", "A2,", "pack_syntax", "line 3 9"),
        ("boxes.csv", "[TD] - [X5]", "[32] - [X5]", "pack_loop", "28 → 32 → 28"),
        ("boxes.csv", "[TD] - [X5]", "[TD] -", "pack_formula", "column formula the end"),
        ("codes.csv", "A1 08.base", "A1 07.base", "pack_unknown_name", "line 2 07.base"),
        ("codes.csv", "S20,output,20,", "S20,sale,20,", "pack_syntax", "line 2 sale"),
        ("codes.csv", "S20,output,20,", "S20,output,x,", "pack_syntax", "column rate x"),
        ("codes.csv", "S10,output,10,", "S20,output,20,", "pack_overlap", "line 3 S20"),
        ("codes.csv", "S10,output,10,", "S20,output,,", "pack_overlap", "line 3 S20"),
        ("codes.csv", "A1 output 10", "A1 output 20", "pack_cell", "line 3 A1 20 2"),
        ("codes.csv", "20,other,20 input", "20,all,20 input", "pack_word", "column nature all"),
        ("rates.toml", "value = \"20\"", "value = \"20%\"", "pack_syntax", "rate.standard 20%"),
        ("rates.toml", "2014-01-01", "2014-01-01T00:00:00", "pack_syntax", "rate.standard 2014"),
        ("rates.toml", "half_up", "half", "pack_word", "rounding.euro half"),
        ("rates.toml", "step = \"1\"", "step = \"0\"", "pack_syntax", "rounding.euro 0"),
        ("rates.toml", "[rate.standard]", "rate.standard]", "pack_syntax", "line"),
        ("pack.toml", "unit = \"EUR\"", "unit = \"EURO\"", "pack_syntax", "unit EURO"),
        ("pack.toml", "due = \"TD\"", "due = \"TE\"", "pack_unknown_name", "sign_proof TE"),
        ("pack.toml", "\"quarter\"]", "\"week\"]", "pack_word", "periods week"),
        ("pack.toml", "version =", "edition =", "pack_syntax", "line edition"),
        ("pack.toml", "kind = \"whole\"", "kind = \"half\"", "pack_word", "answer 26 half"),
        ("pack.toml", "[26] <= [25]", "[26] <= [2]", "pack_unknown_name", "refund_above_credit 2"),
        ("pack.toml", "[\"26\", \"25\"]", "[\"2\"]", "pack_unknown_name", "refund_above 2"),
        ("settlement.csv", "@due", "@owed", "pack_word", "line 2 @owed"),
        ("settlement.csv", "credit,[22]", "left,[22]", "pack_word", "column side left"),
        ("settlement.csv", "credit,[22]", "credit,fed", "pack_unknown_name", "formula fed"),
    ] {
        let error = altered(file, from, to).expect_err(&format!("{file}: {from} → {to}"));
        assert_eq!((error.file.as_str(), error.code()), (file, code), "{from} → {to}");
        let text = format!("{} {:?}", error.place, error.args());
        for word in told.split(' ') {
            assert!(text.contains(word), "{from} → {to}: `{word}` in {text}");
        }
    }
}

#[test]
fn a_spreadsheets_mark_before_the_text_is_no_fault() {
    for (file, begins) in [("boxes.csv", "box,case"), ("rates.toml", "# Values")] {
        assert!(altered(file, begins, &format!("\u{feff}{begins}")).is_ok(), "{file}");
    }
}

#[test]
fn a_pack_comes_back_from_its_bytes() {
    let pack = ca3();
    let bytes = pack.blob();
    let again = Pack::from_blob(&bytes).unwrap();
    assert_eq!(again.blob(), bytes);
    assert_eq!(again.head(), pack.head());
    let cut = |from: usize, to: usize| bytes[from..to].to_vec();
    let mut longer = bytes.clone();
    longer.push(b'x');
    for broken in [vec![], cut(1, bytes.len()), cut(0, bytes.len() - 1), cut(0, 30), longer] {
        assert_eq!(Pack::from_blob(&broken).unwrap_err().code(), "pack_blob");
    }
}

#[test]
fn what_is_built_in_says_what_it_is() {
    let assets = Assets::built_in();
    assert!(Pack::names(&assets).contains(&"fr/ca3".to_owned()));
    assert_eq!(Pack::load(&assets, "fr/ca9").unwrap_err().code(), "pack_unreadable");
    let pack = ca3();
    assert_eq!((pack.head().id.as_str(), pack.head().exponent), ("fr-ca3", 2));
    assert_eq!(pack.accounts_named(), ["44551", "44567", "44583", "6589", "7589"]);
    assert!(pack.codes().contains(&"RC-BTP-P"));
    for section in &pack.head().sections {
        assert!(pack.boxes().iter().any(|rule| rule.section == section.id), "{}", section.id);
    }
}

#[test]
fn a_box_that_needs_many_boxes_is_ordered_after_them() {
    let pack = ca3();
    for (turn, &place) in pack.order.iter().enumerate() {
        for needed in pack.boxes[place].expr.boxes() {
            assert!(pack.order[..turn].contains(&needed), "{}", pack.boxes[place].id);
        }
    }
    assert_eq!(pack.order.len(), pack.boxes.len());
}
