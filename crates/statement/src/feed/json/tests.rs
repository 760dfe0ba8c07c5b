use super::*;
use proptest::prelude::*;

fn fault(text: &str) -> Option<JsonFault> {
    Json::parse(text.as_bytes()).err()
}

#[test]
fn values_know_their_bytes_and_numbers_their_text() {
    let text =
        r#" { "a": [ 310.860, -0.5e2 ], "b": {"c~/d": "x\u00e9\ud83d\ude00\n"}, "n": null }"#;
    let json = Json::parse(text.as_bytes()).expect("it is JSON");
    let at = |pointer: &str| json.pointer(pointer).expect("there");
    assert_eq!(at("/a/0").kind, Kind::Number("310.860"));
    assert_eq!(&text[at("/a/0").place.clone()], "310.860");
    assert_eq!(&text[at("/a").place.clone()], "[ 310.860, -0.5e2 ]");
    assert_eq!(at("/b/c~0~1d").scalar().as_deref(), Some("xé😀\n"));
    assert_eq!(at("/n").scalar(), None);
    assert_eq!(json.pointer("/a/2"), None);
    assert_eq!(json.pointer("/a/x"), None);
    assert_eq!(json.pointer("").map(|all| all.place.start), Some(1));
}

#[test]
fn a_name_given_twice_says_nothing() {
    let json = Json::parse(br#"{"amount":1,"amount":2,"b":3}"#).expect("it is JSON");
    assert_eq!(json.get("amount"), None);
    assert!(json.get("b").is_some());
}

#[test]
fn what_is_not_json_is_told_apart() {
    for text in ["", " ", "{", "[1,", r#"{"a"#, r#"{"a":"#, r#""x\u00"#, "tru", "-", "1.", "[1"] {
        assert_eq!(fault(text), Some(JsonFault::CutOff), "{text}");
    }
    for text in ["<html>", "{,}", "[1 2]", "01", "1 1", "nil", "{'a':1}", r#""\x""#, "\"\n\""] {
        assert!(matches!(fault(text), Some(JsonFault::Broken(_))), "{text}");
    }
    assert!(matches!(fault(r#""\ud800x""#), Some(JsonFault::Broken(_))));
    assert!(matches!(Json::parse(b"\"\xff\""), Err(JsonFault::Broken(_))));
}

#[test]
fn depth_and_number_of_values_are_bounded() {
    let deep = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
    assert_eq!(fault(&deep(64)), None);
    assert_eq!(fault(&deep(65)), Some(JsonFault::TooDeep));
    assert_eq!(fault(&"[".repeat(1_000_000)), Some(JsonFault::TooDeep));
    let long = format!("[{}0]", "0,".repeat(MOST_VALUES));
    assert_eq!(fault(&long), Some(JsonFault::TooMany));
}

proptest! {
    /// Both readers take and refuse the same texts.
    #[test]
    fn another_reader_agrees(text in r#"[\[\]{},:"0-9eE.+\-truefalsn\\u \n]{0,14}"#) {
        let theirs = serde_json::from_str::<serde_json::Value>(&text);
        prop_assert_eq!(Json::parse(text.as_bytes()).is_ok(), theirs.is_ok(), "{}", text);
    }

    #[test]
    fn texts_come_through(words in ".{0,40}") {
        let text = serde_json::to_string(&words).expect("a text");
        let json = Json::parse(text.as_bytes()).expect("it is JSON");
        prop_assert_eq!(json.scalar().expect("a text"), words);
    }
}
