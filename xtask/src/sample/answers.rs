//! The figures that the engine must find in the sample, computed by the sample's own model.

use super::Statement;
use super::exact::{open_items, part_payments, payments};
use super::identity::place;
use super::model::{Bank, BankLine, Entry, Means, World};
use super::opening::{bank_account, bank_opening};
use super::vat::returns;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// `tests/answers.json`.
pub fn file(world: &World, statements: &[Statement]) -> Result<String, serde_json::Error> {
    let (entries, bank) = (&world.entries, &world.bank);
    let exact = payments(entries, bank);
    let paid: BTreeSet<usize> = exact.iter().map(|payment| payment.line).collect();
    let moving = exact.iter().filter(|payment| {
        let mut items = entries[payment.entry].items.iter();
        items.any(|item| item.waits() && item.counterparty == payment.party)
    });
    let internal = bank.iter().filter(|line| line.means == Means::Internal).count();
    let answers = json!({
        "about": "Figures in cents unless a name says euros. The CA3 counts the items of \
                  entries.jsonl and of invoices.jsonl, and the waiting VAT moved on the day the \
                  bank booked it by every exact payment and by the payments in part that the \
                  sample accepts; no other bank line carries VAT.",
        "accounts": accounts(bank, &paid),
        "statements": statements.iter().map(stated).collect::<Vec<_>>(),
        "bank_lines": bank.len(),
        "bank_lines_paying_a_document_exactly": exact.len(),
        "bank_lines_without_exact_match": bank.len() - exact.len(),
        "of_which_halves_of_internal_transfers": internal,
        "exact_payments_that_move_waiting_vat": moving.count(),
        "accepted_with_the_sample": json!({
            "exact": exact.iter().filter(|one| entries[one.entry].is_made_here).count(),
            "in_part": part_payments(entries, bank).len(),
        }),
        "twins": twins(bank),
        "partly_paid": partly_paid(entries, bank, &paid),
        "counterparties": world.parties.len(),
        "entries": journals(entries),
        "open_after_exact_payments": open(entries, bank, &exact),
        "ca3_euros": ca3(entries, bank),
    });
    Ok(serde_json::to_string_pretty(&answers)? + "\n")
}

fn accounts(bank: &[BankLine], paid: &BTreeSet<usize>) -> Value {
    let mut told = serde_json::Map::new();
    for which in [Bank::Current, Bank::Cards, Bank::Savings] {
        let own = || bank.iter().enumerate().filter(move |(_, line)| line.bank == which);
        let sum: i64 = own().map(|(_, line)| line.amount_minor).sum();
        let account = json!({
            "iban": place(which).iban(),
            "lines": own().count(),
            "sum_minor": sum,
            "opening_minor": bank_opening(which),
            "closing_minor": bank_opening(which) + sum,
            "lines_without_exact_match": own().filter(|(line, _)| !paid.contains(line)).count(),
        });
        told.insert(bank_account(which).to_owned(), account);
    }
    Value::Object(told)
}

/// Balances as the file's own figures prove them; the OFX file writes only the closing one.
fn stated(told: &Statement) -> Value {
    json!({
        "file": told.name,
        "lines": told.lines,
        "opening_minor": told.opening_minor,
        "closing_minor": told.closing_minor,
    })
}

fn journals(entries: &[Entry]) -> Value {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in entries {
        *counts.entry(entry.journal).or_default() += 1;
    }
    json!(counts)
}

/// Lines that repeat another of the same account, day, amount and label, and are yet no mistake.
pub fn twins(bank: &[BankLine]) -> usize {
    let mut seen = BTreeSet::new();
    bank.iter()
        .filter(|line| !seen.insert((line.bank, line.day, line.amount_minor, line.memo.as_str())))
        .count()
}

/// Documents that a line names without paying them to the cent.
fn partly_paid(entries: &[Entry], bank: &[BankLine], paid: &BTreeSet<usize>) -> Value {
    let items = open_items(entries);
    let mut told = Vec::new();
    for (_, line) in bank.iter().enumerate().filter(|(place, _)| !paid.contains(place)) {
        for item in items.iter().filter(|item| line.memo.contains(&item.reference)) {
            told.push(json!({
                "ref": item.reference,
                "day": line.day,
                "paid_minor": line.amount_minor,
                "owed_minor": item.amount_minor,
            }));
        }
    }
    Value::Array(told)
}

/// What stays open with customers and suppliers, and the VAT that still waits, on 31 October, when
/// exact payments are the only ones taken besides those that the sample accepts: another document
/// paid in part counts whole.
fn open(entries: &[Entry], bank: &[BankLine], exact: &[super::exact::Payment]) -> Value {
    let settled: BTreeSet<(usize, &str)> =
        exact.iter().map(|payment| (payment.entry, payment.reference.as_str())).collect();
    let mut sums: BTreeMap<&str, (usize, i64)> = BTreeMap::new();
    for item in open_items(entries) {
        if !settled.contains(&(item.entry, item.reference.as_str())) {
            let (count, sum) = sums.entry(item.account).or_default();
            *count += 1;
            *sum += item.amount_minor;
        }
    }
    let moved: BTreeSet<(usize, &str)> =
        exact.iter().map(|payment| (payment.entry, payment.party)).collect();
    let mut waiting: BTreeMap<&str, i64> = BTreeMap::from([("44564", 0), ("44574", 0)]);
    for (place, entry) in entries.iter().enumerate() {
        for item in entry.items.iter().filter(|item| item.waits()) {
            let account = if item.leg == "waiting_input" { "44564" } else { "44574" };
            if !moved.contains(&(place, item.counterparty)) {
                *waiting.entry(account).or_default() += item.signed_minor();
            }
        }
    }
    for part in part_payments(entries, bank) {
        sums.entry(part.account).or_default().1 -= part.paid_minor;
        for item in entries[part.entry].items.iter().filter(|item| item.waits()) {
            let account = if item.leg == "waiting_input" { "44564" } else { "44574" };
            *waiting.entry(account).or_default() -= part.share_of(item.signed_minor());
        }
    }
    let items: BTreeMap<&str, Value> = sums
        .into_iter()
        .map(|(account, (count, sum))| (account, json!({"items": count, "sum_minor": sum})))
        .collect();
    json!({"items": items, "waiting_vat_minor": waiting})
}

fn ca3(entries: &[Entry], bank: &[BankLine]) -> Value {
    let months: BTreeMap<String, _> = returns(entries, bank)
        .into_iter()
        .map(|(month, boxes)| (format!("2026-{month:02}"), boxes))
        .collect();
    json!(months)
}
