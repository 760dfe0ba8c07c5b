//! The sample is what it claims to be: committed as written, balanced, explained, provable.

use super::exact::{open_items, part_payments, payments};
use super::vat::returns;
use super::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use values::{Iban, Siren, VatNumber};

mod invariants;
mod proof;

fn written() -> BTreeMap<String, String> {
    files(&world()).expect("JSON of plain values").into_iter().collect()
}

/// The names and texts of a folder and what lies below it.
fn on_disk(folder: &Path, prefix: &str, into: &mut BTreeMap<String, String>) {
    for found in std::fs::read_dir(folder).expect("assets/sample/fr exists") {
        let path = found.expect("a folder that can be read").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("a UTF-8 name");
        let name = format!("{prefix}{name}");
        if path.is_dir() {
            on_disk(&path, &format!("{name}/"), into);
        } else {
            into.insert(name, std::fs::read_to_string(&path).expect("UTF-8"));
        }
    }
}

#[test]
fn committed_files_are_what_the_generator_writes() {
    let mut committed = BTreeMap::new();
    on_disk(&folder(), "", &mut committed);
    let written = written();
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&committed), names(&written), "run `cargo xtask sample`");
    for (name, text) in &written {
        assert!(committed.get(name) == Some(text), "{name} differs: run `cargo xtask sample`");
    }
    let bytes: usize = written.values().map(String::len).sum();
    assert!(bytes < 600_000, "{bytes} bytes are too many to carry");
}

#[test]
fn the_same_seed_writes_the_same_bytes() {
    assert!(written() == written());
}

#[test]
fn identifiers_hold() {
    let files = written();
    let world = world();
    assert!(Siren::parse(identity::SIREN).is_ok());
    let mut sirens = BTreeSet::new();
    for party in &world.parties {
        if let Some(siren) = &party.siren {
            assert!(Siren::parse(siren).is_ok(), "{siren}");
            assert!(sirens.insert(siren.clone()), "{siren} is given twice");
        }
        if let Some(number) = &party.vat_number {
            let number = VatNumber::parse(number).expect("the shape of a VAT number");
            assert_ne!(number.key_fits(), Some(false), "{number}");
            assert_eq!(number.prefix(), party.country);
        }
        assert!(!party.consumer || party.siren.is_none(), "{} is no business", party.code);
    }
    let mut ibans = 0;
    for text in files.values() {
        for piece in text.split("<IBAN>").skip(1) {
            check_iban(piece.split('<').next().unwrap_or(""));
            ibans += 1;
        }
    }
    assert!(ibans > 100);
    for bank in [Bank::Current, Bank::Cards, Bank::Savings] {
        check_iban(&identity::place(bank).iban());
    }
}

/// The check digits and, inside, the RIB key: all digits weighed as one number divide by 97.
fn check_iban(text: &str) {
    let iban = Iban::parse(text).expect("check digits hold");
    let digits = &iban.as_str()[4..];
    let rest = digits.bytes().fold(0u64, |rest, byte| (rest * 10 + u64::from(byte - b'0')) % 97);
    let number = |from: usize, to: usize| digits[from..to].parse::<u64>().expect("digits");
    let weighed = 89 * number(0, 5) + 15 * number(5, 10) + 3 * number(10, 21) + number(21, 23);
    assert_eq!(weighed % 97, 0, "{text}: RIB key");
    assert_eq!(rest, 0, "{text}: the key makes the whole divisible");
}

#[test]
fn invoice_numbers_follow_one_another_and_never_go_back_in_time() {
    let world = world();
    for (series, least) in
        [("FA-2026-", 100), ("AV-2026-", 2), ("REM-", 50), ("AM-2026-", 15), ("AMAV-2026-", 2)]
    {
        let own: Vec<_> =
            world.entries.iter().filter(|entry| entry.reference.starts_with(series)).collect();
        assert!(own.len() >= least, "{series}: {}", own.len());
        for pair in own.windows(2) {
            let number = |text: &str| text[series.len()..].parse::<u32>().expect("a number");
            assert_eq!(number(&pair[0].reference) + 1, number(&pair[1].reference));
        }
    }
    // What credit notes answer and what is paid in part are invoices that were made.
    let made: BTreeSet<&str> =
        world.invoices.iter().filter_map(|one| one.number.as_deref()).collect();
    let answered = world.invoices.iter().filter_map(|one| one.answers.as_deref());
    let paid = world.bank.iter().filter_map(|line| line.pays_part.as_deref());
    let named: Vec<&str> = answered.chain(paid).collect();
    assert_eq!(named.len(), 3);
    assert!(named.iter().all(|one| made.contains(one)), "{named:?}");
}

#[test]
fn exact_payments_are_those_meant_and_no_other_line_could_be_one() {
    let world = world();
    let found = payments(&world.entries, &world.bank);
    let by_line: BTreeMap<usize, &str> =
        found.iter().map(|payment| (payment.line, payment.reference.as_str())).collect();
    let items = open_items(&world.entries);
    for (place, line) in world.bank.iter().enumerate() {
        assert_eq!(line.pays.as_deref(), by_line.get(&place).copied(), "{}", line.memo);
        if line.pays.is_none() {
            let twin = items.iter().find(|item| item.amount_minor == line.amount_minor);
            assert!(twin.is_none(), "{} has the amount of an open item", line.memo);
        }
    }
    let references: BTreeSet<_> = items.iter().map(|item| &item.reference).collect();
    assert_eq!(references.len(), items.len(), "a document number is given twice");
    for one in &references {
        let inside = references.iter().filter(|other| other.contains(one.as_str())).count();
        assert_eq!(inside, 1, "{one} stands inside another number");
    }
}

#[test]
fn what_the_task_promises_is_there() {
    let files = written();
    let answers: Value = serde_json::from_str(&files["tests/answers.json"]).expect("JSON");
    assert_eq!(answers["twins"], 1);
    assert_eq!(answers["partly_paid"].as_array().map(Vec::len), Some(2));
    assert_eq!(answers["partly_paid"][0]["owed_minor"], 1_080_000);
    assert_eq!(answers["partly_paid"][1]["owed_minor"], 462_000);
    assert_eq!(answers["accepted_with_the_sample"], json!({ "exact": 1, "in_part": 1 }));
    assert_eq!(answers["accounts"]["512101"]["iban"], identity::place(Bank::Current).iban());
    let entries = &files["entries.jsonl"];
    for word in [
        "\"S20\"",
        "\"S10\"",
        "\"S55\"",
        "\"EXPORT\"",
        "\"IC-GOODS\"",
        "\"IC-SERV\"",
        "\"EXT-SERV\"",
        "\"P20\"",
        "\"P55\"",
        "\"P0\"",
        "\"P20-FA\"",
        "\"P20-FUEL80\"",
        "\"RCS20\"",
        "\"AIC20\"",
        "\"waiting_output\"",
        "\"waiting_input\"",
        "\"asset\"",
        "\"kind\":\"opening\"",
    ] {
        assert!(entries.contains(word), "{word}");
    }
    for month in 1..=10 {
        let lines = files[&format!("banque-courant-2026-{month:02}.camt.xml")].matches("<Ntry>");
        let lines = lines.count();
        assert!((35..=70).contains(&lines), "{lines} lines in month {month}");
    }
    // The year goes on, but nobody has heard of November yet.
    for text in files.iter().filter(|(name, _)| *name != "business.toml").map(|(_, text)| text) {
        for later in ["2026-11-", "2026-12-", "202611", "202612", "/11/26", "/12/26"] {
            assert!(!text.contains(later), "{later}");
        }
    }
}

#[test]
fn the_tax_office_takes_each_month_what_the_return_before_owed() {
    let world = world();
    let taken: Vec<(u32, i64)> = world
        .bank
        .iter()
        .filter(|line| line.memo.contains("TVA CA3"))
        .map(|line| (line.day.month(), line.amount_minor))
        .collect();
    let mut owed = vec![(1, -OWED_VAT)];
    for (month, boxes) in returns(&world.entries, &world.bank) {
        if let Some(euros) = boxes.get("32").filter(|_| month < 10) {
            owed.push((month + 1, -euros * 100));
        }
    }
    assert_eq!(taken, owed);
}

#[test]
fn money_never_runs_out() {
    let world = world();
    for bank in [Bank::Current, Bank::Cards, Bank::Savings] {
        let mut balance = bank_opening(bank);
        let mut lowest = balance;
        for line in world.bank.iter().filter(|line| line.bank == bank) {
            balance += line.amount_minor;
            lowest = lowest.min(balance);
        }
        assert!(lowest > 0, "{bank:?} falls to {lowest}");
    }
}

#[test]
fn transfers_between_own_accounts_have_both_halves() {
    let world = world();
    let mut halves: BTreeMap<(Day, &str), i64> = BTreeMap::new();
    for line in world.bank.iter().filter(|line| line.means == model::Means::Internal) {
        *halves.entry((line.day, line.memo.as_str())).or_default() += line.amount_minor;
    }
    assert!(halves.len() > 10);
    assert!(halves.values().all(|sum| *sum == 0));
}
