//! Every code has a sentence and a hint in both languages, and each names only what it is given.

use super::{ca3, decimal};
use crate::*;
use assets::{AssetError, Assets};
use std::collections::{BTreeMap, BTreeSet};
use values::{Day, Period};

/// Group and code, with what the sentence may name.
type Known = BTreeMap<(String, String), BTreeSet<String>>;

fn pack_faults() -> Vec<PackFault> {
    let text = || "x".to_owned();
    vec![
        PackFault::Unreadable(AssetError::Missing(text())),
        PackFault::Blob { found: text() },
        PackFault::Syntax { found: text() },
        PackFault::Word { column: text(), found: text(), allowed: text() },
        PackFault::Twice { found: text() },
        PackFault::UnknownName { kind: "box", found: text() },
        PackFault::Formula { formula: text(), at: 1, found: text() },
        PackFault::Loop { chain: text() },
        PackFault::Cell { found: text(), other: 1 },
        PackFault::Overlap { found: text(), other: 1 },
    ]
}

fn tax_errors() -> Vec<TaxError> {
    let (day, period) = (Day::parse("2026-01-01").unwrap(), Period::parse("2026").unwrap());
    let (text, id) = (|| "x".to_owned(), || "x".to_owned());
    vec![
        TaxError::PeriodOutside { period, from: day, to: text() },
        TaxError::PeriodShape { period, allowed: text() },
        TaxError::RateWithoutValue { rate: text(), day },
        TaxError::AnswerUnknown { id: id() },
        TaxError::AnswerNotAsked { id: id() },
        TaxError::AnswerValue { id: id(), found: text(), expected: "whole" },
        TaxError::PreviousLacks { id: id() },
        TaxError::BalanceLacks { account: text() },
        TaxError::ItemAfterPeriod { item: 1, day },
        TaxError::UnknownBox { id: id() },
        TaxError::NotExact { id: id() },
    ]
}

fn left_out() -> Vec<LeftOut> {
    let no_box = |base, below| LeftOutWhy::NoBox { base, below };
    let whys = [
        LeftOutWhy::NoRow,
        LeftOutWhy::Rate { allowed: vec![decimal("20")] },
        LeftOutWhy::Nature,
        no_box(true, false),
        no_box(false, false),
        no_box(true, true),
        no_box(false, true),
    ];
    let out = |why| LeftOut {
        item: 1,
        entry: 1,
        tax_code: "S20".to_owned(),
        leg: Leg::Output,
        rate: decimal("20"),
        why,
    };
    whys.into_iter().map(out).collect()
}

fn known() -> Known {
    let mut known = Known::new();
    let mut add = |group: &str, code: &str, args: &[&str]| {
        let args = args.iter().map(|name| (*name).to_owned()).collect();
        known.insert((group.to_owned(), code.to_owned()), args);
    };
    let names = |args: Vec<(&'static str, String)>| -> Vec<&'static str> {
        args.into_iter().map(|(name, _)| name).collect()
    };
    for fault in pack_faults() {
        let (pack, file, place) = Default::default();
        let error = PackError { pack, file, place, fault: Box::new(fault) };
        add("error", error.code(), &names(error.args()));
    }
    for error in tax_errors() {
        add("error", error.code(), &names(error.args()));
    }
    for out in left_out() {
        add("left_out", out.why.code(), &names(out.args()));
    }
    for (code, args) in [
        ("negative_box", ["box", "value", ""]),
        ("low_grade", ["box", "value", ""]),
        ("sign_proof", ["signed", "stated", ""]),
        ("tax_off_rate", ["gaps", "", ""]),
        ("settlement_rest", ["rest", "bound", "missing"]),
    ] {
        add("check", code, &args);
    }
    let pack = ca3();
    let (questions, checks) = pack.sentences();
    checks.iter().for_each(|id| add("check", id, &["boxes", "formula", "values", "grade"]));
    questions.iter().for_each(|id| add("question", id, &["values"]));
    known
}

fn placeholders(text: &str) -> BTreeSet<String> {
    let parts = text.split('{').skip(1);
    parts.map(|part| part.split('}').next().unwrap_or(part).to_owned()).collect()
}

#[test]
fn each_code_has_a_sentence_in_both_languages() {
    let known = known();
    for language in ["fr", "en"] {
        let text = Assets::built_in().text(&format!("locales/{language}/tax.toml")).unwrap();
        let file: BTreeMap<String, BTreeMap<String, BTreeMap<String, String>>> =
            toml::from_str(&text).unwrap();
        let mut told = BTreeSet::new();
        for (group, sentences) in &file {
            for (code, sentence) in sentences {
                let key = (group.clone(), code.clone());
                let args = known.get(&key).unwrap_or_else(|| panic!("{language}: {key:?} is dead"));
                let keys: Vec<&str> = sentence.keys().map(String::as_str).collect();
                assert_eq!(keys, ["hint", "message"], "{language}: {key:?}");
                for part in sentence.values() {
                    let named = placeholders(part);
                    assert!(named.is_subset(args), "{language}: {key:?}: {part}");
                }
                told.insert(key);
            }
        }
        let wanted: BTreeSet<_> = known.keys().cloned().collect();
        assert_eq!(told, wanted, "{language}");
    }
}

#[test]
fn no_code_is_forgotten_here() {
    let source = concat!(include_str!("../error.rs"), include_str!("../fill.rs"));
    let known = known();
    let quoted = source.split('"').skip(1).step_by(2);
    let codes = quoted.filter(|word| word.starts_with("pack_") || word.starts_with("tax_"));
    let mut count = 0;
    for code in codes {
        assert!(known.contains_key(&("error".to_owned(), code.to_owned())), "{code}");
        count += 1;
    }
    assert_eq!(count, pack_faults().len() + tax_errors().len());
}
