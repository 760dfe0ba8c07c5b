//! The sample business in the terminal: what its banks say, what its return says, to the cent.

use crate::desk::{Desk, answers, comptoir, statement_files};
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[test]
fn the_sources_are_told_with_what_can_be_linked() {
    let desk = Desk::with_sample();
    let told = desk.run("sources BOOK").done().out;
    for wanted in ["512101", "512102", "512103", "Can be linked: ", "qonto (Qonto)"] {
        assert!(told.contains(wanted), "{told}");
    }
    assert!(!told.contains("cannot be used"), "{told}");
    // A connector file with a mistake is named, with the key that is wrong.
    let assets = desk.path("assets");
    std::fs::create_dir_all(assets.join("connectors")).expect("a folder");
    desk.write("assets/connectors/ponant.toml", "format = 1\nid = \"ponant\"\n");
    let told = desk.run_over(&assets, "sources BOOK").done().out;
    assert!(told.contains("ponant.toml cannot be used: "), "{told}");
    let refused = desk.run_over(&assets, "connect BOOK ponant").refused().error;
    assert!(refused.contains("ponant.toml cannot be used: "), "{refused}");
}

#[test]
fn sample_file_by_file_and_account_by_account() {
    let desk = Desk::with_sample();
    let answers = answers();
    let views = desk.call("bank_accounts", json!({}));
    for view in views.as_array().expect("accounts") {
        let account = view["account"].as_str().expect("a ledger account");
        let expected = &answers["accounts"][account];
        assert_eq!(view["lines"], expected["lines"], "{account}");
        assert_eq!(view["names"][0][1], expected["iban"], "{account}");
        // The livret is an OFX, which never states what it began with.
        let (proof, balance) = match account {
            "512103" => ("unproved", Value::Null),
            _ => ("proved", expected["closing_minor"].clone()),
        };
        assert_eq!(view["proof"], proof, "{account}");
        assert_eq!(view["proved_balance_minor"], balance, "{account}");
    }
    let words = ["statement".to_owned(), "--json".to_owned()].into_iter();
    let files = statement_files();
    let named = files.iter().map(|path| path.display().to_string());
    let read = comptoir(words.chain(named)).done().json_lines();
    assert_eq!(read.len(), files.len(), "one object a file");
    let mut sums: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for (file, expected) in read.iter().zip(sorted(&answers["statements"])) {
        let name = file["file"].as_str().expect("a name");
        assert!(name.ends_with(expected["file"].as_str().expect("a name")), "{name}");
        let statement = &file["statements"][0];
        assert_eq!(statement["lines"], expected["lines"], "{name}");
        assert_eq!(statement["closing_minor"], expected["closing_minor"], "{name}");
        let moved = minor(&statement["credits_minor"]) - minor(&statement["debits_minor"]);
        let iban = statement["account"].as_str().expect("an account").to_owned();
        let sum = sums.entry(iban).or_default();
        *sum = (sum.0 + minor(&statement["lines"]), sum.1 + moved);
        if name.ends_with(".ofx") {
            assert_eq!(statement["proof"], "unproved", "{name}");
            continue;
        }
        assert_eq!(statement["proof"], "proved", "{name}");
        assert_eq!(statement["difference_minor"], 0, "{name}");
        assert_eq!(statement["opening_minor"], expected["opening_minor"], "{name}");
        assert_eq!(
            minor(&statement["opening_minor"]) + moved,
            minor(&statement["closing_minor"]),
            "{name}"
        );
    }
    let accounts = answers["accounts"].as_object().expect("accounts");
    for (account, expected) in accounts {
        let sum = sums[expected["iban"].as_str().expect("an IBAN")];
        assert_eq!(sum, (minor(&expected["lines"]), minor(&expected["sum_minor"])), "{account}");
    }
}

fn sorted(files: &Value) -> Vec<Value> {
    let mut files = files.as_array().expect("files").clone();
    files.sort_by_key(|file| file["file"].as_str().expect("a name").to_owned());
    files
}

fn minor(value: &Value) -> i64 {
    value.as_i64().unwrap_or_else(|| panic!("{value} is no amount"))
}

#[test]
fn what_is_sure_is_accepted_and_the_books_close_on_the_banks_balances() {
    let desk = Desk::with_sample();
    let answers = answers();
    let ran = desk.run("inbox BOOK --accept-sure --json").done();
    let sure = minor(&answers["bank_lines_paying_a_document_exactly"])
        + minor(&answers["of_which_halves_of_internal_transfers"]);
    // What pays the invoices made in Comptoir is booked as the sample is made.
    let before = &answers["accepted_with_the_sample"];
    let (exact, part) = (minor(&before["exact"]), minor(&before["in_part"]));
    let left = minor(&answers["bank_lines"]) - sure - part;
    assert_eq!(ran.json(), json!({ "accepted": sure - exact, "left": left }));
    let again = desk.run("inbox BOOK --accept-sure --json").done().json();
    assert_eq!(minor(&again["left"]), left - minor(&again["accepted"]));
    assert_eq!(again["accepted"], 0, "what is sure was accepted at once");
    desk.run("verify BOOK").done();
}

#[test]
fn a_second_import_brings_nothing_and_leaves_no_record() {
    let desk = Desk::with_sample();
    let before = desk.run("history BOOK --json --last 1").done().json();
    let print = desk.fingerprint();
    for file in statement_files() {
        let words = ["--language=en".as_ref(), "import".as_ref()];
        let ran = comptoir(words.into_iter().chain([desk.book().as_os_str(), file.as_os_str()]));
        let out = ran.done().out;
        assert_eq!(out.lines().last(), Some("0 new"), "{}", file.display());
    }
    let words = desk.run("history BOOK --json --last 1").done();
    assert_eq!(words.json(), before, "no record");
    assert_eq!(desk.fingerprint(), print, "not a byte");
}

#[test]
fn ten_returns_in_order_are_the_answers_and_stay_them() {
    let desk = Desk::with_sample();
    desk.run("inbox BOOK --accept-sure").done();
    let answers = answers();
    let months = answers["ca3_euros"].as_object().expect("months");
    for (month, expected) in months {
        let preview = desk.run(&format!("tax BOOK preview CA3 --period {month} --json")).done();
        assert_eq!(non_zero(&preview.json()), *expected, "preview of {month}");
        let words = format!("tax BOOK make CA3 --period {month} --out ./out --json");
        let made = desk.run(&words).done().json();
        assert_eq!(non_zero(&made), *expected, "{month} made");
        assert_eq!(made["already"], false);
        assert!(std::path::Path::new(made["page"].as_str().expect("a path")).is_file());
        let again = desk.run(&words).done().json();
        assert_eq!(again["already"], true);
        assert_eq!(non_zero(&again), *expected, "{month} drawn again");
    }
    // A return stays what it was when later ones stand.
    for (month, expected) in months {
        let preview = desk.run(&format!("tax BOOK preview ca3 --period {month} --json")).done();
        assert_eq!(non_zero(&preview.json()), *expected, "{month} long after");
    }
    let verified = desk.run("verify BOOK").done();
    assert!(verified.out.starts_with("Verified: "), "{}", verified.out);
    assert_eq!(desk.run("tax BOOK list").done().out.matches("2026-").count(), months.len());
}

/// The boxes that hold an amount.
fn non_zero(view: &Value) -> Value {
    let boxes = view["boxes"].as_array().expect("boxes");
    let held = boxes.iter().filter(|one| one["value"] != 0);
    let named =
        held.map(|one| (one["box"].as_str().expect("an id").to_owned(), one["value"].clone()));
    Value::Object(named.collect())
}
