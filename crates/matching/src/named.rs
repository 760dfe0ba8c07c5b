//! What a line that names documents pays of them.

use crate::numbers::number_of;
use crate::why::Note;
use book::read::{BankLine, OpenItem};
use std::collections::{BTreeMap, BTreeSet};

/// Open items that make up a line's amount to the cent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Way {
    /// The items, oldest first.
    pub(crate) items: Vec<usize>,
    /// Whether all of them together, or any one of them, since they are instalments alike.
    pub(crate) whole: bool,
    /// Whether the line also names documents that this leaves out.
    pub(crate) names_more: bool,
}

/// What the documents named by a line have to do with its amount.
pub(crate) enum Named {
    /// It names no open document, or none that its money could concern.
    Nothing,
    /// Ways to its amount: never empty.
    Exact { ways: Vec<Way> },
    /// It names one document, and pays a part of what is open of it.
    Part { item: usize },
    /// It names documents of which another amount is open.
    Partial(Note),
}

/// Weighs the named items. Numbers may be the same for two suppliers: then only those stay whose
/// counterparty the line `is_like`, if there are any.
pub(crate) fn named(
    line: &BankLine,
    items: &BTreeSet<usize>,
    open: &[OpenItem],
    is_like: impl Fn(usize) -> bool,
) -> Named {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for &item in items {
        groups.entry(&open[item].counterparty).or_default().push(item);
    }
    if groups.len() > 1 && groups.values().any(|group| is_like(group[0])) {
        groups.retain(|_, group| is_like(group[0]));
    }
    for group in groups.values_mut() {
        group.sort_by_key(|&item| (open[item].day, open[item].posting));
    }
    let mut ways: Vec<Way> =
        groups.values().flat_map(|group| ways(line.amount_minor, group, open)).collect();
    if !ways.is_empty() {
        ways.sort_by_key(|way| way.items.first().map(|&item| (open[item].day, open[item].posting)));
        return Named::Exact { ways };
    }
    let only: Vec<&usize> = groups.values().flatten().collect();
    if let [&item] = only[..]
        && is_part(line.amount_minor, open[item].rest_minor)
    {
        return Named::Part { item };
    }
    let mut partial = groups.values().filter_map(|group| partial(line, group, open));
    match (partial.next(), partial.next()) {
        (Some(note), None) => Named::Partial(note),
        _ => Named::Nothing,
    }
}

fn sum(group: &[usize], open: &[OpenItem]) -> i128 {
    group.iter().map(|&item| i128::from(open[item].rest_minor)).sum()
}

fn ways(amount_minor: i64, group: &[usize], open: &[OpenItem]) -> Vec<Way> {
    if sum(group, open) == i128::from(amount_minor) {
        return vec![Way { items: group.to_vec(), whole: true, names_more: false }];
    }
    let mut exact: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for &item in group.iter().filter(|&&item| open[item].rest_minor == amount_minor) {
        exact.entry(number_of(&open[item])).or_default().push(item);
    }
    exact
        .into_iter()
        .map(|(number, items)| {
            let names_more = group.iter().any(|&item| number_of(&open[item]) != number);
            Way { items, whole: false, names_more }
        })
        .collect()
}

/// Less than what is left, and on its side.
fn is_part(amount_minor: i64, rest_minor: i64) -> bool {
    amount_minor.signum() == rest_minor.signum()
        && amount_minor.unsigned_abs() < rest_minor.unsigned_abs()
}

fn partial(line: &BankLine, group: &[usize], open: &[OpenItem]) -> Option<Note> {
    let rest_minor = i64::try_from(sum(group, open)).ok()?;
    if rest_minor == 0 || (rest_minor > 0) != (line.amount_minor > 0) {
        return None;
    }
    let mut numbers: Vec<&str> = group.iter().map(|&item| number_of(&open[item])).collect();
    numbers.dedup();
    Some(Note::Partial {
        line: line.id,
        reference: numbers.join(", "),
        counterparty: open[group[0]].counterparty_name.clone(),
        rest_minor,
        paid_minor: line.amount_minor,
    })
}
