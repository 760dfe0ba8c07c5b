//! Daily copies: one a day on which something changed, verified, the latest fourteen; and reports
//! as files.

use crate::desk::Desk;
use api::{App, Host, Language, Progress, Silent};
use assets::Assets;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

/// An application whose days pass when told so.
fn over_days(days: &Arc<AtomicI64>) -> App {
    let (days, random) = (days.clone(), Mutex::new(0_u8));
    let host = Host {
        clock: Box::new(move || {
            let first: DateTime<Utc> = "2026-11-02T09:30:00Z".parse().expect("an instant");
            first + TimeDelta::days(days.load(Ordering::Relaxed))
        }),
        secrets: Box::new(api::NoSecrets),
        patience: api::Patience::USUAL,
        wire: Box::new(api::NoWire),
        sleep: Box::new(|_| {}),
        random: Box::new(move || {
            let mut last = random.lock().expect("no panic");
            *last = last.wrapping_add(1);
            [*last; 16]
        }),
        language: Language::En,
        application: "Comptoir under test".to_owned(),
        actor: "person".to_owned(),
        home: None,
        preferences: None,
    };
    App::new(host, Assets::built_in())
}

fn call(app: &App, book: &Path, name: &str, asked: Value) -> Value {
    app.call(Some(book), name, asked, &Silent).expect(name).result
}

fn change(app: &App, book: &Path, value: &str) {
    let asked = json!({ "name": "address", "value": value, "valid_from": "2026-01-01" });
    call(app, book, "change_setting", asked);
}

fn days(copies: &Value) -> Vec<&str> {
    let all = copies.as_array().expect("a list");
    all.iter().map(|copy| copy["day"].as_str().expect("a day")).collect()
}

#[test]
fn a_day_that_changed_something_has_its_copy_and_fourteen_are_kept() {
    let (folder, day) = (tempfile::tempdir().expect("a folder"), Arc::new(AtomicI64::new(0)));
    let (book, app) = (folder.path().join("a.comptoir"), over_days(&day));
    call(&app, &book, "create_book", json!({ "country": "fr", "name": "A" }));
    assert_eq!(call(&app, &book, "daily_copies", json!({})), json!([]));
    let first = call(&app, &book, "copy_of_today", json!({}));
    assert_eq!(days(&first), ["2026-11-02"]);
    // Once a day, and not on a day that added nothing.
    change(&app, &book, "1");
    assert_eq!(call(&app, &book, "copy_of_today", json!({})), first);
    day.store(1, Ordering::Relaxed);
    let second = call(&app, &book, "copy_of_today", json!({}));
    assert_eq!(days(&second), ["2026-11-03", "2026-11-02"]);
    day.store(2, Ordering::Relaxed);
    assert_eq!(call(&app, &book, "copy_of_today", json!({})), second);

    let kept = folder.path().join("a.comptoir-backups");
    fs::write(kept.join("mine.txt"), "x").expect("written");
    for passed in 3..20 {
        day.store(passed, Ordering::Relaxed);
        change(&app, &book, &passed.to_string());
        call(&app, &book, "copy_of_today", json!({}));
    }
    let copies = call(&app, &book, "daily_copies", json!({}));
    assert_eq!(days(&copies).len(), 14);
    assert_eq!((days(&copies)[0], days(&copies)[13]), ("2026-11-21", "2026-11-08"));
    let files = fs::read_dir(&kept).expect("a folder").count();
    assert_eq!(files, 15, "what is not ours stays, and nothing else lies there");

    // Each is a whole book of its day.
    let back = folder.path().join("back.comptoir");
    let from = &copies[13]["path"];
    call(&app, &back, "restore", json!({ "from": from }));
    let restored = call(&app, &back, "book", json!({}));
    assert_eq!(restored["settings"]["address"], "6");
}

#[test]
fn a_copy_is_made_of_a_book_that_another_process_writes() {
    let (folder, day) = (tempfile::tempdir().expect("a folder"), Arc::new(AtomicI64::new(0)));
    let book = folder.path().join("a.comptoir");
    let (writes, reads) = (over_days(&day), over_days(&day));
    call(&writes, &book, "create_book", json!({ "country": "fr", "name": "A" }));
    change(&writes, &book, "1");
    let copies = call(&reads, &book, "copy_of_today", json!({}));
    assert_eq!(copies[0]["seq"], 2);
    change(&writes, &book, "2");
}

/// Stops at its first question.
struct Impatient;

impl Progress for Impatient {
    fn begin(&self, _: &str, _: &str) {}

    fn step(&self, _: u64, _: Option<u64>) -> bool {
        false
    }
}

#[test]
fn what_is_stopped_or_damaged_leaves_no_copy() {
    let (folder, day) = (tempfile::tempdir().expect("a folder"), Arc::new(AtomicI64::new(0)));
    let (book, app) = (folder.path().join("a.comptoir"), over_days(&day));
    call(&app, &book, "create_book", json!({ "country": "fr", "name": "A" }));
    let kept = folder.path().join("a.comptoir-backups");
    let stopped = app.call(Some(&book), "copy_of_today", json!({}), &Impatient);
    assert_eq!(stopped.expect_err("stopped").code, "cancelled");
    assert_eq!(fs::read_dir(&kept).expect("a folder").count(), 0);

    // Bytes changed past the door, wherever they stand: the copy is as wrong as the book, and is
    // not kept.
    change(&app, &book, "12 rue des Forges");
    app.close(&book);
    let mut bytes = fs::read(&book).expect("one file");
    let name = b"12 rue des Forges";
    let stands = bytes.windows(name.len()).enumerate().filter(|(_, found)| *found == name);
    for place in stands.map(|(place, _)| place).collect::<Vec<_>>() {
        bytes[place] = b'7';
    }
    fs::write(&book, bytes).expect("written");
    let why = app.call(Some(&book), "copy_of_today", json!({}), &Silent).expect_err("damaged");
    assert_eq!(why.code, "damaged");
    assert_eq!(fs::read_dir(&kept).expect("a folder").count(), 0);
}

#[test]
fn every_report_is_written_beside_what_stands_there() {
    let desk = Desk::with_sample();
    let out = desk.path("documents");
    for report in
        ["journal", "general-ledger", "trial-balance", "income-statement", "balance-sheet"]
    {
        let query = json!({ "from": "2026-03-01", "to": "2026-03-31", "drafts": true });
        let asked = json!({ "report": report, "query": query, "out": out });
        let written = desk.call("export", asked.clone());
        let name = format!("{report} 2026-03-01 2026-03-31.csv");
        assert_eq!(written["name"], name);
        let text = fs::read_to_string(out.join(&name)).expect("it stands there");
        assert!(text.lines().count() > 3, "{report}: {text}");
        let again = desk.call("export", asked);
        assert_eq!(again["name"], format!("{report} 2026-03-01 2026-03-31-2.csv"));
    }
    let asked = json!({ "report": "general-ledger",
        "query": { "account": "no/../such" }, "out": out });
    assert_eq!(desk.ask("export", asked).expect_err("no account").code, "no-account");
    let asked = json!({ "report": "journal", "out": out });
    let stopped = desk.app.call(Some(&desk.book()), "export", asked, &Impatient);
    assert_eq!(stopped.expect_err("stopped").code, "cancelled");
    assert_eq!(fs::read_dir(&out).expect("a folder").count(), 10, "nothing half stands there");
}
