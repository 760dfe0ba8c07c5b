//! Every code has a sentence in both languages, and each names only what it is given.

use super::*;
use std::collections::{BTreeMap, BTreeSet};

/// Group and code, with what the sentence may name.
type Known = BTreeMap<(&'static str, String), BTreeSet<&'static str>>;

fn whys() -> Vec<Why> {
    let text = || "x".to_owned();
    let invoice = |count| Why::Invoice { references: vec![text(); count], counterparty: text() };
    vec![
        invoice(1),
        invoice(2),
        Why::Part { reference: text(), counterparty: text() },
        Why::OpenAmount { reference: text(), counterparty: text() },
        Why::Transfer { other: None, account: text() },
        Why::Transfer { other: Some(LineId(1)), account: text() },
        Why::OwnHistory { times: 3, last_day: day("2026-05-04") },
        Why::Rule { id: "fr/rent".to_owned(), version: 1, words: text() },
    ]
}

fn facts() -> Vec<Fact> {
    vec![
        Fact::SameAmount,
        Fact::NumberInLine,
        Fact::NameInLine,
        Fact::KnownIban { times: 1 },
        Fact::OnlyOne,
        Fact::OtherHalf { days: 1 },
        Fact::SaysTransfer,
        Fact::OwnIban,
        Fact::BookedBefore { times: 1 },
        Fact::UsualAmount,
        Fact::SameTaxCode { tax_code: "P20".to_owned() },
        Fact::LeavesOpen { rest_minor: 1 },
        Fact::Others { count: 1 },
        Fact::NamesMore,
        Fact::NoName,
        Fact::BeforeDocument { days: 1 },
        Fact::UnusualAmount,
        Fact::TaxCodesDiffer,
    ]
}

fn notes() -> Vec<Note> {
    let (line, text) = (LineId(1), || "x".to_owned());
    vec![
        Note::Partial {
            line,
            reference: text(),
            counterparty: text(),
            rest_minor: 2,
            paid_minor: 1,
        },
        Note::Taken { line, reference: text(), by: line },
        Note::Several { line, count: 2 },
    ]
}

fn known() -> Known {
    let mut known = Known::new();
    let mut add = |group: &'static str, code: &str, args: Args| {
        let names = args.into_iter().map(|(name, _)| name).collect();
        known.insert((group, code.to_owned()), names);
    };
    for why in whys() {
        add("why", why.code(), why.args());
        let (code, args) = read_stored(&why.stored()).unwrap();
        add("stored", code, args);
    }
    facts().iter().for_each(|fact| add("fact", fact.code(), fact.args()));
    notes().iter().for_each(|note| add("note", note.code(), note.args()));
    known
}

fn named_in(sentence: &str) -> BTreeSet<&str> {
    let pieces = sentence.split('{').skip(1);
    pieces.map(|piece| piece.split_once('}').expect("a brace closes").0).collect()
}

#[test]
fn every_code_has_its_sentence() {
    let known = known();
    for language in ["fr", "en"] {
        let text = Assets::built_in().text(&format!("locales/{language}/matching.toml")).unwrap();
        let groups: BTreeMap<String, BTreeMap<String, String>> = toml::from_str(&text).unwrap();
        for ((group, code), args) in &known {
            let sentence = &groups[*group][code];
            for name in named_in(sentence) {
                assert!(args.contains(name), "{language} {group}.{code}: {{{name}}}");
            }
        }
        let written: usize = groups.values().map(BTreeMap::len).sum();
        assert_eq!(written, known.len(), "{language}: a sentence without a code");
    }
}
