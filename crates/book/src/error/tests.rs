use super::*;
use crate::commands::Command;
use std::collections::{BTreeMap, BTreeSet};

/// The words of `Error`'s other variants, under which their sentences stand.
const PROBLEMS: &[(&str, &[&str])] = &[
    ("asset", &["name"]),
    ("cancelled", &[]),
    ("damaged", &["what"]),
    ("database", &[]),
    ("file", &["path"]),
];

fn locale(language: &str, file: &str) -> toml::Table {
    let text = assets::Assets::built_in().text(&format!("locales/{language}/{file}.toml"));
    text.expect("the locale is built in").parse().expect("it is TOML")
}

/// The names in braces.
fn named(sentence: &str) -> BTreeSet<String> {
    let parts = sentence.split('{').skip(1);
    parts.map(|part| part.split('}').next().unwrap_or(part).to_owned()).collect()
}

/// The names that message and hint of each code of a section need, once they are well formed.
fn section(language: &str, name: &str) -> BTreeMap<String, BTreeSet<String>> {
    let table = locale(language, "book");
    let section = table[name].as_table().expect("a section");
    let check = |code: &String, entry: &toml::Value| {
        let entry = entry.as_table().expect("message and hint");
        let keys: Vec<&String> = entry.keys().collect();
        assert_eq!(keys, ["hint", "message"], "{language}: {code}");
        let mut names = BTreeSet::new();
        for sentence in entry.values() {
            let sentence = sentence.as_str().expect("a sentence");
            check_sentence(language, code, sentence);
            names.extend(named(sentence));
        }
        (code.clone(), names)
    };
    section.iter().map(|(code, entry)| check(code, entry)).collect()
}

fn check_sentence(language: &str, code: &str, sentence: &str) {
    assert!(sentence.len() > 10 && sentence.ends_with('.'), "{language}: {code}: {sentence}");
    let ascii_marks = [" :", " ;", " ?", " !", " »", "« ", " %", "'"];
    let loose = language == "fr" && ascii_marks.iter().any(|mark| sentence.contains(mark));
    assert!(!loose, "{language}: {code}: a line may break before a mark in: {sentence}");
}

/// Holds a refusal against its sentences: each name in braces is given, once, and not empty unless
/// the sentence is about an empty value.
pub(crate) fn fits(refusal: &Refusal) {
    for language in ["fr", "en"] {
        let sentences = section(language, "refusal");
        for name in &sentences[refusal.code.word()] {
            let given: Vec<&String> = refusal
                .args
                .iter()
                .filter(|(arg, _)| arg == name)
                .map(|(_, value)| value)
                .collect();
            assert_eq!(given.len(), 1, "{language}: {{{name}}} of {refusal:?}");
            let may_be_empty = (refusal.code, name.as_str()) == (Code::BadValue, "value");
            assert!(may_be_empty || !given[0].is_empty(), "{language}: {{{name}}} of {refusal:?}");
        }
    }
}

#[test]
fn every_refusal_speaks_both_languages() {
    let known: BTreeSet<String> = Code::ALL.iter().map(|code| code.word().to_owned()).collect();
    let (french, english) = (section("fr", "refusal"), section("en", "refusal"));
    assert_eq!(french.keys().cloned().collect::<BTreeSet<_>>(), known);
    assert_eq!(french, english, "codes or names in braces differ");
}

#[test]
fn every_other_error_speaks_both_languages() {
    let wanted: BTreeMap<String, BTreeSet<String>> = PROBLEMS
        .iter()
        .map(|(code, args)| (code.to_string(), args.iter().map(|arg| arg.to_string()).collect()))
        .collect();
    for language in ["fr", "en"] {
        assert_eq!(section(language, "problem"), wanted, "{language}");
    }
}

#[test]
fn every_command_has_its_label_in_both_languages() {
    let known: BTreeSet<&str> = Command::NAMES.iter().copied().collect();
    for language in ["fr", "en"] {
        let table = locale(language, "commands");
        let labels = table["command"].as_table().expect("a section");
        assert_eq!(labels.keys().map(String::as_str).collect::<BTreeSet<_>>(), known, "{language}");
        for (name, label) in labels {
            let length = label.as_str().expect("a label").chars().count();
            assert!((4..=50).contains(&length), "{language}: {name}");
        }
    }
}

#[test]
fn words_are_unique_and_kebab_case() {
    let plain = |word: &str| word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    assert!(Code::ALL.iter().all(|code| plain(code.word())));
    let words: BTreeSet<&str> = Code::ALL.iter().map(|code| code.word()).collect();
    assert_eq!(words.len(), Code::ALL.len());
}
