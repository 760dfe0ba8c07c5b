//! The words and shapes that scripts rely on: exit codes, keys, `N new`.

use crate::desk::{Desk, comptoir, sample_folder, statement_files};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

fn set(words: &str) -> BTreeSet<&str> {
    words.split_whitespace().collect()
}

#[test]
fn statement_json_has_these_keys_and_no_others() {
    let desk = Desk::new();
    let bad = desk.write("page.ofx", "<html><body>Session expired</body></html>");
    let files = statement_files();
    let words = ["statement".as_ref(), "--json".as_ref(), bad.as_os_str()];
    let ran = comptoir(words.into_iter().chain(files.iter().map(|file| file.as_os_str())));
    let ran = ran.refused();
    let read = ran.json_lines();
    assert_eq!(read.len(), files.len() + 1, "one object a file");
    let of_statement = set("account currency from to opening_minor closing_minor proof \
         difference_minor lines credits_minor debits_minor");
    for file in &read {
        assert_eq!(keys(file), set("file format dialect bank refused remarks statements"));
        for statement in file["statements"].as_array().expect("statements") {
            assert_eq!(keys(statement), of_statement, "{file}");
        }
        for remark in file["remarks"].as_array().expect("remarks") {
            assert_eq!(keys(remark), set("code line severity text"), "{file}");
        }
    }
    assert_eq!(keys(&read[0]["refused"]), set("code message hint"));
    assert!(read[0]["statements"].as_array().is_some_and(Vec::is_empty));
    assert!(read[1..].iter().all(|file| file["refused"].is_null()));
}

#[test]
fn tax_json_holds_what_was_promised() {
    let desk = Desk::with_sample();
    let words =
        ["preview CA3 --period 2026-03 --json", "make CA3 --period 2026-03 --out ./out --json"];
    for words in words {
        let view = desk.run(&format!("tax BOOK {words}")).done().json();
        assert!(keys(&view).is_superset(&set("form period pack boxes checks")), "{words}");
        assert_eq!((&view["form"], &view["period"]), (&json!("CA3"), &json!("2026-03")));
        let boxes = view["boxes"].as_array().expect("boxes");
        for one in boxes {
            assert!(keys(one).is_superset(&set("box case value grade law")), "{one}");
            assert!(one["value"].is_i64() || one["value"].is_u64(), "whole euros: {one}");
        }
        let ids: BTreeSet<&str> = boxes.iter().filter_map(|one| one["box"].as_str()).collect();
        assert_eq!(ids.len(), boxes.len(), "each box once");
        assert!(ids.is_superset(&set("A1 A3 08.base 08.tax 9B.base 9B.tax 16 20 23 28 32")));
    }
}

#[test]
fn an_import_ends_with_how_many_lines_are_new() {
    let desk = Desk::with_new_book();
    let files = sample_folder();
    let january = files.join("banque-courant-2026-01.camt.xml").display().to_string();
    let february = files.join("banque-courant-2026-02.camt.xml").display().to_string();
    for (language, words, last) in [
        ("fr", format!("import BOOK {january}"), "45 new"),
        ("en", format!("import BOOK {january}"), "0 new"),
        ("en", format!("import BOOK {january} {february}"), "51 new"),
    ] {
        let ran = desk.run_in(language, &words).done();
        assert_eq!(ran.out.lines().last(), Some(last), "{}", ran.out);
        assert_eq!(ran.error, "");
    }
    let both = desk.run(&format!("import BOOK --json {january} {february}")).done().json_lines();
    assert_eq!(both.iter().map(|file| file["new"].as_u64()).collect::<Vec<_>>(), [Some(0); 2]);
    assert!(both.iter().all(|file| file["same_bytes"] == true));
}

#[test]
fn wrong_use_is_exit_2_with_a_sentence_on_standard_error() {
    let desk = Desk::with_new_book();
    let before = desk.fingerprint();
    for words in [
        "",
        "frobnicate",
        "statement",
        "new ./other --name Essai",
        "new ./other --country fr --name Essai --siren 123456789",
        "new ./other --country fr --name Essai --fiscal-year 2026-13-01..2026-12-31",
        "import BOOK",
        "inbox BOOK --account 606",
        "inbox BOOK --accept-sure --accept 1",
        "inbox BOOK --accept one",
        "validate BOOK",
        "validate BOOK --up-to 2026-02-30",
        "report BOOK nothing",
        "report BOOK trial-balance --format xml",
        "report BOOK income-statement --by week",
        "report BOOK trial-balance --from yesterday",
        "tax BOOK",
        "tax BOOK preview CA3",
        "tax BOOK preview CA3 --period 2026-01 --answer 26",
        "tax BOOK make CA3 --period 2026-01",
        "explain BOOK",
        "undo BOOK last",
        "backup BOOK",
        "restore BOOK",
        "call BOOK",
        "sample",
        "--language xx history BOOK",
    ] {
        for language in ["fr", "en"] {
            let ran = desk.run_in(language, words);
            assert_eq!(ran.code, Some(2), "{words}: {}{}", ran.out, ran.error);
            assert_eq!(ran.out, "", "{words}");
            assert!(ran.error.contains(' ') && ran.error.len() > 20, "{words}: {}", ran.error);
        }
    }
    assert_eq!(desk.fingerprint(), before);
    assert!(!desk.path("other").exists());
}

#[test]
fn help_speaks_both_languages_for_every_command() {
    let commands = "statement new sample takeover import inbox post validate report tax explain \
         history undo verify backup restore call start";
    for (language, option) in [("fr", "Langue des phrases"), ("en", "Language of sentences")] {
        let language = format!("--language={language}");
        let whole = comptoir([language.as_str(), "--help"]).done();
        for command in commands.split_whitespace() {
            assert!(whole.out.contains(command), "{command} is not listed:\n{}", whole.out);
            let ran = comptoir([language.as_str(), command, "--help"]).done();
            assert!(ran.out.contains(option), "{command}:\n{}", ran.out);
            assert!(!ran.out.contains("cli."), "{command}: a bare key:\n{}", ran.out);
        }
    }
    assert!(comptoir(["--version"]).done().out.starts_with("comptoir "));
}

#[test]
fn a_call_is_the_same_door() {
    let desk = Desk::with_sample();
    let view = desk.call("trial_balance", json!({ "drafts": true }));
    let report = desk.run("report BOOK trial-balance --drafts --format json").done().json();
    assert_eq!(view, report);
    let page = desk.call("inbox", json!({}));
    assert_eq!(page, desk.run("inbox BOOK --json").done().json());
}
