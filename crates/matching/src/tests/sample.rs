//! The sample business: every payment that its answers call exact is found, and is sure.
//!
//! Only what a proposal reads is taken from its files, by a few cuts of text; that the files are
//! read rightly as bank formats is proved elsewhere.

use super::*;
use serde_json::Value;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/sample/fr")
}

fn text(name: &str) -> String {
    let bytes = std::fs::read(folder().join(name)).unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn between<'a>(text: &'a str, first: &str, last: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(first)?;
    rest.split_once(last).map(|(inside, _)| inside)
}

/// `1234.50`, `-1234,5` or `+1234`, in cents.
fn cents(text: &str) -> i64 {
    let (sign, size) = match text.strip_prefix('-') {
        Some(size) => (-1, size),
        None => (1, text.trim_start_matches('+')),
    };
    let (whole, part) = size.split_once(['.', ',']).unwrap_or((size, ""));
    sign * format!("{whole}{part:0<2}").parse::<i64>().unwrap()
}

fn files(start: &str, end: &str) -> Vec<String> {
    let all = std::fs::read_dir(folder()).unwrap();
    let mut names: Vec<String> =
        all.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name.starts_with(start) && name.ends_with(end));
    names.sort();
    names
}

fn camt(lines: &mut Vec<BankLine>) {
    for name in files("banque-courant", ".xml") {
        for entry in text(&name).split("<Ntry>").skip(1) {
            let amount = cents(between(entry, "\">", "</Amt>").unwrap());
            let sign = if entry.contains("<CdtDbtInd>DBIT") { -1 } else { 1 };
            let label = between(entry, "<Ustrd>", "</Ustrd>").unwrap_or_default();
            let mut one = line(lines.len() as i64 + 1, sign * amount, label);
            one.day = day(between(entry, "<BookgDt><Dt>", "</Dt>").unwrap());
            let party = between(entry, "<RltdPties>", "</RltdPties>").unwrap_or_default();
            one.party_name = between(party, "<Nm>", "</Nm>").map(str::to_owned);
            one.party_iban = between(party, "<IBAN>", "</IBAN>").map(str::to_owned);
            lines.push(one);
        }
    }
}

fn csv(lines: &mut Vec<BankLine>) {
    for name in files("banque-encaissement", ".csv") {
        for row in text(&name).lines().filter(|row| row.as_bytes().get(2) == Some(&b'/')) {
            let cells: Vec<&str> = row.split(';').collect();
            let amount = if cells[3].is_empty() { cells[4] } else { cells[3] };
            let mut one = line(lines.len() as i64 + 1, cents(amount), cells[5].trim());
            let date: Vec<&str> = cells[0].split('/').collect();
            one.day = day(&format!("20{}-{}-{}", date[2], date[1], date[0]));
            one.bank_account = BankAccountId(3);
            lines.push(one);
        }
    }
}

fn ofx(lines: &mut Vec<BankLine>) {
    for block in text("banque-livret-2026.ofx").split("<STMTTRN>").skip(1) {
        let told = |tag: &str| between(block, tag, "\n").unwrap().trim().to_owned();
        let mut one = line(lines.len() as i64 + 1, cents(&told("<TRNAMT>")), &told("<MEMO>"));
        let date = told("<DTPOSTED>");
        one.day = day(&format!("{}-{}-{}", &date[..4], &date[4..6], &date[6..8]));
        one.bank_account = BankAccountId(2);
        lines.push(one);
    }
}

fn open_items() -> Vec<OpenItem> {
    let mut names: HashMap<String, String> = HashMap::new();
    let mut items = Vec::new();
    for row in text("entries.jsonl").lines() {
        let row: Value = serde_json::from_str(row).unwrap();
        let told = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        if let Some(new) = row.get("counterparty") {
            names.insert(told(&new["code"]), told(&new["name"]));
            continue;
        }
        for posting in row["lines"].as_array().unwrap() {
            let Some(code) = posting["counterparty"].as_str() else { continue };
            let amount = posting["amount_minor"].as_i64().unwrap();
            let mut one = item(items.len() as i64 + 1, code, &told(&row["ref"]), amount);
            one.counterparty_name.clone_from(&names[code]);
            one.day = day(&told(&row["day"]));
            let own = posting["label"].as_str();
            one.label = own.map_or_else(|| told(&row["label"]), str::to_owned);
            items.push(one);
        }
    }
    items.extend(made_here(&names, items.len()));
    items
}

/// What Comptoir's own invoices leave open: a credit note comes off the invoice that it answers.
fn made_here(names: &HashMap<String, String>, before: usize) -> Vec<OpenItem> {
    let mut items: Vec<OpenItem> = Vec::new();
    for row in text("invoices.jsonl").lines() {
        let row: Value = serde_json::from_str(row).unwrap();
        let made = &row["invoice"];
        let Some(number) = made["number"].as_str() else { continue };
        let gross = made["gross_minor"].as_i64().unwrap();
        if let Some(answered) = made["answers"].as_str() {
            let item = items.iter_mut().find(|item| item.document_reference == answered);
            item.unwrap().rest_minor -= gross;
            continue;
        }
        let code = made["draft"]["customer"].as_str().unwrap();
        let mut one = item((before + items.len()) as i64 + 1, code, number, gross);
        one.counterparty_name.clone_from(&names[code]);
        one.day = day(made["draft"]["day"].as_str().unwrap());
        items.push(one);
    }
    items.retain(|item| item.rest_minor != 0);
    items
}

#[test]
fn every_exact_payment_of_the_sample_is_found() {
    let answers: Value = serde_json::from_str(&text("tests/answers.json")).unwrap();
    let mut lines = Vec::new();
    camt(&mut lines);
    csv(&mut lines);
    ofx(&mut lines);
    assert_eq!(Some(lines.len() as u64), answers["bank_lines"].as_u64());
    let answer = propose(&lines, &open_items(), &[], &rules(), &own_accounts());
    let told: Vec<&Proposal> = answer.proposals.iter().flatten().collect();
    let by_number: Vec<&&Proposal> =
        told.iter().filter(|one| matches!(one.why, Why::Invoice { .. })).collect();
    let exact = answers["bank_lines_paying_a_document_exactly"].as_u64();
    assert_eq!(Some(by_number.len() as u64), exact);
    for one in by_number {
        assert!(one.sure, "{one:?}");
    }
    let halves = told.iter().filter(|one| one.sure && one.booking == Booking::Transfer).count();
    assert_eq!(Some(halves as u64), answers["of_which_halves_of_internal_transfers"].as_u64());
    let partial: Vec<&str> = answers["partly_paid"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["ref"].as_str().unwrap())
        .collect();
    let in_part: Vec<&str> = told
        .iter()
        .filter_map(|one| match &one.why {
            Why::Part { reference, .. } => Some(reference.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(in_part, partial);
}
