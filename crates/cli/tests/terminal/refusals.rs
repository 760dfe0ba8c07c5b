//! What is refused changes nothing, never panics, and is told in a sentence with a way out, in
//! both languages.

use crate::desk::{Desk, Ran, sample_folder};
use serde_json::json;

/// A sentence for people: words, an end, no bare key, no name left in braces, one line.
#[track_caller]
pub fn is_sentence(text: &str) {
    let text = text.trim();
    assert!(text.split_whitespace().count() >= 2, "no sentence: {text:?}");
    assert!(text.ends_with(['.', '?', '!']), "no end: {text:?}");
    assert!(!text.contains(['{', '}']), "a name left in braces: {text:?}");
    for area in ["book.", "api.", "cli.", "tax.", "statement.", "matching."] {
        let bare = text.split_whitespace().any(|word| {
            word.strip_prefix(area)
                .is_some_and(|rest| rest.contains(|one: char| one.is_alphabetic()))
        });
        assert!(!bare, "a bare key: {text:?}");
    }
}

/// Standard error of a refusal: what, what to do, that nothing was changed.
#[track_caller]
pub fn told(ran: &Ran, language: &str) -> String {
    let last = match language {
        "fr" => "Rien n’a été changé.",
        _ => "Nothing was changed.",
    };
    // Underlying causes, for a report of a fault, stand on a line of their own.
    let first = ran.error.lines().next().unwrap_or_default().to_owned();
    is_sentence(&first);
    assert!(first.ends_with(last), "{first}");
    assert!(first.matches(['.', '?', '!']).count() >= 3, "no hint: {first}");
    first
}

/// Refused in both languages, each holding a word of its own; the book keeps every row.
#[track_caller]
fn check(desk: &Desk, words: &str, fragments: [&str; 2]) {
    let before = held(desk);
    refused(desk, words, fragments);
    assert_eq!(held(desk), before, "{words}");
}

fn held(desk: &Desk) -> Option<String> {
    desk.book().is_file().then(|| desk.fingerprint())
}

#[track_caller]
fn refused(desk: &Desk, words: &str, [french, english]: [&str; 2]) {
    let files = files_beside(desk);
    for (language, fragment) in [("fr", french), ("en", english)] {
        let ran = desk.run_in(language, words).refused();
        let sentence = told(&ran, language);
        assert!(sentence.contains(fragment), "{words}: {sentence}");
        assert_eq!(ran.out, "", "{words}");
    }
    assert_eq!(files_beside(desk), files, "{words}: a file was left behind");
}

/// Everything that lies beside a book: no command leaves a log or an index behind.
fn files_beside(desk: &Desk) -> Vec<std::ffi::OsString> {
    let files = std::fs::read_dir(desk.path(".")).expect("the folder");
    let mut names: Vec<_> = files.map(|file| file.expect("a file").file_name()).collect();
    names.sort();
    names
}

/// Accounts and amounts as the lines of an entry in JSON.
fn lines(lines: &[(&str, i64)]) -> String {
    let lines = lines
        .iter()
        .map(|(account, amount)| format!(r#"{{"account":"{account}","amount_minor":{amount}}}"#));
    lines.collect::<Vec<_>>().join(",")
}

fn entry(lines: &str) -> String {
    format!(r#"{{"journal":"OD","day":"2026-03-01","ref":"X","label":"Essai","lines":[{lines}]}}"#)
}

#[test]
fn what_the_book_refuses() {
    let desk = Desk::with_sample();
    let good = entry(&lines(&[("626", 100), ("108", -100)]));
    let opening = format!(
        r#"{{"journal":"AN","day":"2026-01-01","label":"X","kind":"opening","lines":[{}]}}"#,
        lines(&[("101", -100), ("1061", 100)])
    );
    for (name, text) in [
        ("bad-line", format!("{good}\n{good}\nthis is no JSON\n")),
        ("unbalanced", format!("{good}\n{}", entry(&lines(&[("626", 100), ("108", -99)])))),
        ("account", entry(&lines(&[("999999", 100), ("108", -100)]))),
        ("zero", entry(&lines(&[("626", 0), ("108", 0)]))),
        ("huge", entry(&lines(&[("626", 9_007_199_254_740_992), ("108", -9_007_199_254_740_992)]))),
        ("party", entry(&lines(&[("411", 100), ("108", -100)]))),
        (
            "stranger",
            entry(&lines(&[("411", 100), ("108", -100)]))
                .replace("\"411\"", "\"411\",\"counterparty\":\"NOBODY\""),
        ),
        ("bank", entry(&lines(&[("512101", 100), ("108", -100)]))),
        ("vat", entry(&lines(&[("445711", 100), ("108", -100)]))),
        ("opening", opening),
        ("day", good.replace("2026-03-01", "2026-02-30")),
        ("early", good.replace("2026-03-01", "2019-03-01")),
        ("latin", "{\"journal\":\"OD\",\"label\":\"\u{1}".to_owned()),
    ] {
        desk.write(&format!("{name}.jsonl"), text);
    }
    desk.write("bytes.jsonl", b"{\"label\":\"caf\xe9\"}\n");
    let before = held(&desk);
    for (words, fragments) in [
        ("post BOOK ./bad-line.jsonl", ["ligne 3", "Line 3"]),
        ("post BOOK ./unbalanced.jsonl", ["équilibr", "balance"]),
        ("post BOOK ./account.jsonl", ["999999", "999999"]),
        ("post BOOK ./zero.jsonl", ["zéro", "zero"]),
        ("post BOOK ./huge.jsonl", ["trop grand", "too large"]),
        ("post BOOK ./party.jsonl", ["tiers", "counterparty"]),
        ("post BOOK ./stranger.jsonl", ["NOBODY", "NOBODY"]),
        ("post BOOK ./bank.jsonl", ["512101", "512101"]),
        ("post BOOK ./vat.jsonl", ["445711", "445711"]),
        ("post BOOK ./opening.jsonl", ["ouverture", "opening"]),
        ("post BOOK ./day.jsonl", ["ligne 1", "Line 1"]),
        ("post BOOK ./early.jsonl", ["exercice", "fiscal year"]),
        ("post BOOK ./latin.jsonl", ["ligne 1", "Line 1"]),
        ("post BOOK ./bytes.jsonl", ["UTF-8", "UTF-8"]),
        ("post BOOK ./missing.jsonl", ["missing.jsonl", "missing.jsonl"]),
        ("post BOOK .", ["dossier", "folder"]),
        ("inbox BOOK --accept 999999", ["999999", "999999"]),
        ("inbox BOOK --accept 1 --account 999999", ["999999", "999999"]),
        ("inbox BOOK --accept 1 --account 626 --tax-code NONE", ["NONE", "NONE"]),
        ("report BOOK trial-balance --from 2026-03-02 --to 2026-03-01", ["2026", "2026"]),
        ("report BOOK general-ledger --account 999", ["999", "999"]),
        ("report BOOK trial-balance --format hledger", ["hledger", "hledger"]),
        (
            "report BOOK journal --format csv --out ./no/such/folder.csv",
            ["folder.csv", "folder.csv"],
        ),
        ("tax BOOK preview CA12 --period 2026-01", ["CA12", "CA12"]),
        ("tax BOOK preview CA3 --period soon", ["soon", "soon"]),
        ("tax BOOK withdraw CA3 --period 2026-01", ["CA3", "CA3"]),
        ("explain BOOK ca3/2026-03/ZZ", ["ZZ", "ZZ"]),
        ("explain BOOK nothing", ["nothing", "nothing"]),
        ("explain BOOK trial-balance/2026-03/999", ["999", "999"]),
        ("undo BOOK 999999", ["999999", "999999"]),
        ("undo BOOK 1", ["", ""]),
        ("call BOOK no_such_call", ["no_such_call", "no_such_call"]),
        ("call BOOK accept {\"line\":1,\"unknown\":2}", ["unknown", "unknown"]),
        ("call BOOK accept {not-json", ["accept", "accept"]),
        ("call BOOK accept []", ["accept", "accept"]),
        ("new BOOK --country fr --name Encore", ["existe", "exists"]),
        ("new ./other --country xx --name Encore", ["xx", "xx"]),
        ("new ./other --country fr --name Encore --basis cash", ["trésorerie", "Cash"]),
        ("sample BOOK", ["existe", "exists"]),
        ("backup BOOK BOOK", ["existe", "exists"]),
        ("backup BOOK ./no/such/folder", ["emplacement", "place"]),
        ("restore BOOK BOOK", ["existe", "exists"]),
        ("restore ./other ./missing", ["missing", "missing"]),
        ("history ./missing", ["missing", "missing"]),
        ("history .", ["", ""]),
    ] {
        refused(&desk, words, fragments);
    }
    assert_eq!(held(&desk), before, "one of them changed the book");
}

#[test]
fn an_entry_of_the_future_is_kept_as_a_draft_and_not_posted() {
    let desk = Desk::with_new_book();
    let text = entry(&lines(&[("626", 100), ("108", -100)]));
    // Any year that has not come: the fiscal year holds it, today does not.
    desk.run("new ./other --country fr --name Avenir --fiscal-year 2998-01-01..2999-12-31").done();
    desk.write("future.jsonl", text.replace("2026-03-01", "2999-03-01"));
    std::fs::rename(desk.path("other"), desk.book()).expect("renamed");
    check(&desk, "post BOOK ./future.jsonl --validate", ["2999", "2999"]);
    desk.run("post BOOK ./future.jsonl").done();
    check(&desk, "validate BOOK --up-to 2999-12-31", ["2999", "2999"]);
}

#[test]
fn a_statement_of_another_account_is_refused() {
    let desk = Desk::with_sample();
    let file = sample_folder().join("banque-courant-2026-01.camt.xml");
    let text = std::fs::read_to_string(file).expect("it is read");
    // One byte more makes it a file that the book has not seen.
    desk.write("again.xml", text + "\n");
    let before = desk.fingerprint();
    for account in ["512102", "nobody"] {
        for language in ["fr", "en"] {
            let ran =
                desk.run_in(language, &format!("import BOOK ./again.xml --account {account}"));
            let sentence = told(&ran.refused(), language);
            assert!(sentence.contains(account), "{sentence}");
            assert_eq!(desk.fingerprint(), before, "{account}");
        }
    }
    let ran = desk.run("import BOOK ./again.xml --account 512101").done();
    assert_eq!(ran.out.lines().last(), Some("0 new"));
}

#[test]
fn a_payment_that_does_not_settle_says_what_remains_and_is_never_taken_for_sure() {
    let desk = Desk::with_sample();
    // 6 500 of 10 800 were paid for this invoice (answers.json, partly_paid).
    for language in ["fr", "en"] {
        let inbox = desk.run_in(language, "inbox BOOK --json").done().json();
        let lines = inbox["lines"].as_array().expect("lines");
        let line = lines.iter().find(|line| line["amount_minor"] == 650_000).expect("the payment");
        let proposal = &line["proposal"];
        assert_eq!(proposal["documents"], serde_json::json!(["FA-2026-0076"]), "{line}");
        assert_eq!(proposal["sure"], serde_json::json!(false), "{line}");
        let facts = proposal["facts"].to_string();
        let plain: String = facts.chars().filter(|one| !one.is_whitespace()).collect();
        assert!(
            ["4300.00", "4300,00", "4,300.00"].iter().any(|one| plain.contains(one)),
            "{facts}"
        );
    }
}

#[test]
fn a_file_that_is_no_book_or_a_newer_one_is_left_alone() {
    let desk = Desk::with_sample();
    let bytes = std::fs::read(desk.book()).expect("the book");
    let mut newer = bytes.clone();
    // SQLite keeps user_version as four bytes at 60 (file format, section 1.3).
    newer[60..64].copy_from_slice(&99_u32.to_be_bytes());
    let mut other = bytes.clone();
    // And the application's own mark at 68.
    other[68..72].copy_from_slice(&[0; 4]);
    let half = &bytes[..bytes.len() / 2];
    for (name, content, fragments) in [
        (
            "text",
            b"just a letter, long enough to be one".as_slice(),
            ["n’est pas un dossier", "not a book"],
        ),
        ("empty", b"".as_slice(), ["n’est pas un dossier", "not a book"]),
        ("magic", b"SQLite format 3\0".as_slice(), ["n’est pas un dossier", "not a book"]),
        ("newer", newer.as_slice(), ["99", "99"]),
        ("other", other.as_slice(), ["n’est pas un dossier", "not a book"]),
        ("half", half, ["", ""]),
    ] {
        desk.write(name, content);
        std::fs::write(desk.book(), content).expect("written");
        let file = sample_folder().join("banque-livret-2026.ofx").display().to_string();
        for words in [
            "history BOOK".to_owned(),
            "verify BOOK".to_owned(),
            "inbox BOOK --accept-sure".to_owned(),
            format!("import BOOK {file}"),
            format!("restore ./restored ./{name}"),
        ] {
            if name == "half" && !words.starts_with("verify") && !words.starts_with("restore") {
                continue;
            }
            check(&desk, &words, fragments);
        }
    }
}

#[test]
fn a_book_held_elsewhere_is_read_but_not_written() {
    let desk = Desk::with_sample();
    let assets = assets::Assets::built_in();
    let host = api::Host {
        clock: Box::new(|| "2026-11-02T09:30:00Z".parse().expect("an instant")),
        random: Box::new(|| [7; 16]),
        secrets: Box::new(api::NoSecrets),
        patience: api::Patience::USUAL,
        wire: Box::new(api::NoWire),
        sleep: Box::new(|_| {}),
        language: api::Language::En,
        application: "another window".to_owned(),
        actor: "person".to_owned(),
        home: None,
        preferences: None,
    };
    let other = api::App::new(host, assets);
    other.verify(&desk.book(), api::Nothing {}, &api::Silent).expect("it holds the book");
    let file = sample_folder().join("banque-livret-2026.ofx").display().to_string();
    let lines = |desk: &Desk| desk.call("bank_accounts", json!({}));
    let before = lines(&desk);
    for words in [
        "inbox BOOK --accept-sure".to_owned(),
        format!("import BOOK {file}"),
        "validate BOOK --up-to 2026-01-31".to_owned(),
        "undo BOOK".to_owned(),
    ] {
        for (language, fragment) in [("fr", "déjà ouvert"), ("en", "already open")] {
            let ran = desk.run_in(language, &words).refused();
            assert!(told(&ran, language).contains(fragment), "{}", ran.error);
        }
    }
    assert_eq!(lines(&desk), before, "a reader is never in the way");
    other.close(&desk.book());
    desk.run("inbox BOOK --accept-sure").done();
}

#[test]
fn history_is_taken_over_once() {
    let desk = Desk::with_new_book();
    let former = lines(&[("601", 1000), ("512", -1000)]);
    let text = format!(
        r#"{{"journal":"AC","day":"2025-03-01","ref":"F1","label":"Achat","lines":[{former}]}}"#
    );
    desk.write("history.jsonl", &text);
    let first = desk.run("takeover BOOK ./history.jsonl").done();
    assert!(first.out.starts_with("1 "), "{}", first.out);
    let before = desk.run("history BOOK --json --last 1").done().json();
    let balance = desk.run("report BOOK trial-balance --format csv").done().out;
    check(&desk, "takeover BOOK ./history.jsonl", ["existe déjà", "already exists"]);
    assert_eq!(desk.run("history BOOK --json --last 1").done().json(), before);
    assert_eq!(desk.run("report BOOK trial-balance --format csv").done().out, balance);
    desk.write("bad.jsonl", format!("{}\nnonsense\n", text.replace("F1", "F2")));
    check(&desk, "takeover BOOK ./bad.jsonl", ["ligne 2", "Line 2"]);
    let own = entry(&lines(&[("626", 100), ("108", -100)]));
    desk.write("entry.jsonl", own);
    desk.write("own.jsonl", text.replace("2025-03-01", "2026-03-01").replace("F1", "F3"));
    desk.run("post BOOK ./entry.jsonl").done();
    check(&desk, "takeover BOOK ./own.jsonl", ["exercice", "fiscal year"]);
}
