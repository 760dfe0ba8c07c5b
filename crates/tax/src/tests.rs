//! Runs every example that a pack brings along: figures in, boxes and settlement out.

mod sentences;

use crate::*;
use assets::Assets;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, str::FromStr};
use values::{Decimal, Period};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    title: String,
    period: String,
    previous: Option<BTreeMap<String, String>>,
    #[serde(default)]
    balances: BTreeMap<String, String>,
    #[serde(default)]
    answers: BTreeMap<String, String>,
    #[serde(default, rename = "item")]
    items: Vec<ExampleItem>,
    /// Every box that is not zero.
    boxes: BTreeMap<String, String>,
    #[serde(default)]
    settlement: Vec<ExampleLine>,
    /// Number of the item and the reason.
    #[serde(default)]
    left_out: Vec<String>,
    /// Checks that fail.
    #[serde(default)]
    failed: Vec<String>,
    /// Questions that the law leaves open.
    #[serde(default)]
    asked: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExampleItem {
    code: String,
    leg: Leg,
    nature: Nature,
    rate: String,
    base: String,
    tax: String,
    deductible: Option<String>,
    account: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExampleLine {
    account: String,
    debit: Option<String>,
    credit: Option<String>,
}

pub(crate) fn decimal(text: &str) -> Decimal {
    Decimal::from_str(text).unwrap()
}

pub(crate) fn minor(text: &str) -> i64 {
    values::minor_from_decimal(decimal(text), 2, values::Rounding::Exact).unwrap()
}

pub(crate) fn ca3() -> Pack {
    Pack::load(&Assets::built_in(), "fr/ca3").unwrap()
}

/// The roles of the French chart, as its first digits have them.
pub(crate) fn roles<'a>(accounts: impl Iterator<Item = &'a String>) -> BTreeMap<String, VatRole> {
    let role = |account: &str| match account {
        _ if account.starts_with("44571") || account.starts_with("4452") => Some(VatRole::Due),
        _ if account.starts_with("44562") || account.starts_with("44566") => {
            Some(VatRole::Deductible)
        }
        _ => None,
    };
    accounts.filter_map(|account| Some((account.clone(), role(account)?))).collect()
}

fn facts(example: &Example) -> Facts {
    let period = Period::parse(&example.period).unwrap();
    let item = |(number, item): (i64, &ExampleItem)| Item {
        id: number,
        entry: 100 + number,
        account: item.account.clone(),
        leg: item.leg,
        tax_code: item.code.clone(),
        rate: decimal(&item.rate),
        nature: item.nature,
        base_minor: minor(&item.base),
        tax_minor: minor(&item.tax),
        deductible_minor: match (&item.deductible, item.leg) {
            (Some(part), _) => minor(part),
            (None, Leg::Input) => minor(&item.tax),
            (None, _) => 0,
        },
        chargeable_on: period.first,
    };
    let decimals = |written: &BTreeMap<String, String>| {
        written.iter().map(|(name, value)| (name.clone(), decimal(value))).collect()
    };
    let accounts = example.items.iter().filter_map(|item| item.account.as_ref());
    Facts {
        period,
        items: (1..).zip(&example.items).map(item).collect(),
        roles: roles(accounts),
        // The settlement's own accounts start from nothing, unless the example says otherwise.
        balances: ca3()
            .accounts_named()
            .into_iter()
            .map(|account| (account, 0))
            .chain(example.balances.iter().map(|(name, value)| (name.clone(), minor(value))))
            .collect(),
        previous: example.previous.as_ref().map(decimals),
        answers: decimals(&example.answers),
    }
}

fn check(example: &Example) {
    let (pack, facts) = (ca3(), facts(example));
    let title = &example.title;
    let made = fill(&pack, &facts).unwrap_or_else(|why| panic!("{title}: {why}"));
    let boxes: BTreeMap<String, Decimal> = made
        .boxes
        .iter()
        .filter(|found| !found.value.is_zero())
        .map(|found| (found.id.clone(), found.value))
        .collect();
    let expected: BTreeMap<String, Decimal> =
        example.boxes.iter().map(|(name, value)| (name.clone(), decimal(value))).collect();
    assert_eq!(boxes, expected, "{title}: boxes");
    let mut lines: Vec<(String, i64)> =
        made.settlement.iter().map(|line| (line.account.clone(), line.amount_minor)).collect();
    lines.sort();
    let mut wanted: Vec<(String, i64)> = example
        .settlement
        .iter()
        .map(|line| {
            let debit = line.debit.as_deref().map_or(0, minor);
            (line.account.clone(), debit - line.credit.as_deref().map_or(0, minor))
        })
        .collect();
    wanted.sort();
    assert_eq!(lines, wanted, "{title}: settlement");
    let left_out: Vec<String> =
        made.left_out.iter().map(|item| format!("{} {}", item.item, item.why.code())).collect();
    assert_eq!(left_out, example.left_out, "{title}: left out");
    let mut failed: Vec<&str> =
        made.checks.iter().filter(|check| !check.passed).map(|check| check.id.as_str()).collect();
    failed.sort_unstable();
    assert_eq!(failed, example.failed, "{title}: checks");
    let asked: Vec<&str> =
        made.questions.iter().filter(|q| q.asked).map(|q| q.id.as_str()).collect();
    assert_eq!(asked, example.asked, "{title}: questions");
    assert_eq!(made.can_be_made(), left_out.is_empty() && failed.is_empty(), "{title}");
    assert_eq!(made.takes.len() + left_out.len(), facts.items.len(), "{title}: taken or named");
    for found in &made.boxes {
        let explained = explain(&pack, &facts, &found.id).unwrap();
        assert_eq!((explained.value, explained.unrounded), (found.value, found.unrounded));
        assert_eq!(explained.grade, found.grade, "{title}: {}", found.id);
    }
}

fn examples(folder: &Path, found: &mut Vec<PathBuf>) {
    for item in fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() {
            examples(&path, found);
        } else if path.parent().is_some_and(|parent| parent.ends_with("tests")) {
            found.push(path);
        }
    }
}

#[test]
fn every_example_of_the_packs_holds() {
    let mut found = Vec::new();
    examples(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/tax/fr/ca3"), &mut found);
    assert!(found.len() >= 24, "{} examples", found.len());
    found.sort();
    for path in found {
        let text = fs::read_to_string(&path).unwrap();
        let example = toml::from_str(&text).unwrap_or_else(|why| panic!("{path:?}: {why}"));
        check(&example);
    }
}
