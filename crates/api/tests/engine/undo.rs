//! Taking back, copying, bringing back: the book is what it was, to the last row.

use crate::desk::{Desk, sample_folder};
use api::Language;
use serde_json::{Value, json};

fn new_book() -> Desk {
    let desk = Desk::new(Language::En);
    desk.call(
        "create_book",
        json!({ "country": "fr", "name": "Essai", "first_day": "2026-01-01" }),
    );
    desk
}

fn last_record(desk: &Desk) -> Value {
    desk.call("history", json!({ "limit": 1 }))[0].clone()
}

/// What a call did is undone: one more record, and every row as before.
#[track_caller]
fn undone(desk: &Desk, name: &str, request: Value) {
    let (before, _) = desk.digests();
    desk.call(name, request);
    assert_ne!(desk.digests().0, before, "{name} did something");
    let done = last_record(desk);
    let told = desk.call("undo", json!({}));
    assert_eq!(told["seq"], done["seq"], "{name}");
    assert_eq!(last_record(desk)["command"], "Undo", "{name}");
    let (after, replayed) = desk.digests();
    assert_eq!(after, before, "{name}");
    assert_eq!(replayed, before, "{name}");
    desk.call("verify", json!({}));
}

#[test]
fn import_accept_and_a_file_of_entries_are_undone() {
    let desk = new_book();
    let statement = sample_folder().join("banque-courant-2026-01.camt.xml");
    undone(&desk, "import", json!({ "files": [statement] }));
    undone(&desk, "post_file", json!({ "file": sample_folder().join("entries.jsonl") }));
    desk.call("import", json!({ "files": [statement] }));
    desk.call("post_file", json!({ "file": sample_folder().join("entries.jsonl") }));
    undone(&desk, "accept_sure", json!({}));
    let line = desk.call("inbox", json!({ "limit": 1 }))["lines"][0]["id"].clone();
    undone(&desk, "accept", json!({ "line": line, "account": "471" }));
    undone(&desk, "dismiss", json!({ "lines": [line], "reason": "a test" }));
}

#[test]
fn a_posting_is_not_undone() {
    let desk = Desk::with_sample();
    desk.call("validate", json!({ "up_to": "2026-01-31" }));
    let posting = last_record(&desk)["seq"].clone();
    let before = desk.digests();
    let why = desk.ask("undo", json!({ "seq": posting })).expect_err("it is frozen");
    assert_eq!(why.code, "posted", "{why:?}");
    assert!(why.message.contains("posted") && !why.hint.is_empty(), "{why:?}");
    let earlier = desk.ask("undo", json!({ "seq": 2 })).expect_err("the postings rest on it");
    assert!(["posted", "undo-conflict"].contains(&earlier.code.as_str()), "{earlier:?}");
    assert_eq!(desk.digests(), before);
}

#[test]
fn a_backup_is_the_book_and_comes_back_as_it() {
    let desk = Desk::with_sample();
    let backup = desk.path("backup");
    let made = desk.call("backup", json!({ "to": backup }));
    let verified = desk.call("verify", json!({}));
    assert_eq!(made["verified"], verified);
    let digests = desk.digests();

    let again = desk.ask("backup", json!({ "to": backup })).expect_err("something stands there");
    assert_eq!(again.code, "path-taken");
    let over = desk.ask("restore", json!({ "from": backup })).expect_err("the book stands there");
    assert_eq!(over.code, "path-taken");
    assert_eq!(desk.digests(), digests, "neither touched the book");

    std::fs::remove_file(desk.book()).expect("the book is lost");
    desk.call("restore", json!({ "from": backup }));
    assert_eq!(desk.digests(), digests);
    assert!(backup.is_file(), "the backup stays");
}

/// A byte changed behind the door, wherever it stands: the backup is refused, or what comes back is
/// the book as it was (pages also hold leftovers that nothing reads).
#[test]
fn a_backup_that_was_tampered_with_is_refused() {
    let desk = new_book();
    let statement = sample_folder().join("banque-courant-2026-01.camt.xml");
    desk.call("import", json!({ "files": [statement] }));
    let backup = desk.path("backup");
    desk.call("backup", json!({ "to": backup }));
    let digests = desk.digests();
    let good = std::fs::read(&backup).expect("the backup");
    std::fs::remove_file(desk.book()).expect("the book is lost");
    let name = b"Galerie Vasseur";
    let stands = good.windows(name.len()).enumerate().filter(|(_, found)| *found == name);
    let places: Vec<usize> = stands.map(|(place, _)| place).collect();
    let mut refused = 0;
    for place in &places {
        let mut bad = good.clone();
        bad[*place] = b'C';
        std::fs::write(&backup, &bad).expect("written");
        match desk.ask("restore", json!({ "from": backup })) {
            Ok(_) => {
                assert_eq!(desk.digests(), digests, "byte {place}");
                std::fs::remove_file(desk.book()).expect("removed");
            }
            Err(why) => {
                refused += 1;
                assert_eq!(why.code, "damaged", "{why:?}");
                assert!(!why.message.is_empty() && !why.hint.is_empty(), "{why:?}");
                assert!(!desk.book().exists(), "nothing was restored");
            }
        }
    }
    // Once in the bytes of the statement, once in the row of its line.
    assert!(refused >= 2, "{refused} of {places:?}");
}
