//! Preferences, known books, places for new ones, numbers that check themselves.

use crate::desk::Desk;
use crate::ofx::list;
use api::{Language, Silent};
use serde_json::{Value, json};
use std::fs;

fn nothing_kept() -> Value {
    json!({ "language": null, "theme": "auto", "recent": [] })
}

#[test]
fn preferences_are_kept_whole() {
    let desk = Desk::new(Language::En);
    assert_eq!(desk.call("preferences", json!({})), nothing_kept());
    let book = json!({ "path": "/a/b.comptoir", "name": "Atelier" });
    let liked = json!({ "language": "fr", "theme": "dark", "recent": [book, book] });
    let kept = desk.call("keep_preferences", liked);
    assert_eq!(kept, json!({ "language": "fr", "theme": "dark", "recent": [book] }));
    assert_eq!(desk.call("preferences", json!({})), kept);
    let folder: Vec<_> = fs::read_dir(desk.path("settings")).expect("a folder").collect();
    assert_eq!(folder.len(), 1, "nothing stands beside it");

    let path = desk.path("settings/preferences.json");
    for (text, kept) in [
        ("", nothing_kept()),
        ("{\"theme\": \"purple\"}", nothing_kept()),
        (
            "{\"theme\": \"light\", \"of a later version\": 1}",
            json!({ "language": null, "theme": "light", "recent": [] }),
        ),
    ] {
        fs::write(&path, text).expect("written");
        assert_eq!(desk.call("preferences", json!({})), kept, "{text}");
    }
    let why = desk.ask("keep_preferences", json!({ "theme": "purple" })).expect_err("no theme");
    assert_eq!(why.code, "bad-request");
}

#[test]
fn a_new_book_has_a_place_of_its_own() {
    let desk = Desk::new(Language::En);
    let home = desk.path("home");
    let check = |name: &str, file: &str| {
        let place = desk.call("place_for", json!({ "name": name }));
        assert_eq!(place["path"], json!(home.join(file)), "{name}");
    };
    check("Atelier Morvan", "atelier-morvan.comptoir");
    check("  Œuvres d'Été & Cie (SARL) ", "oeuvres-d-ete-cie-sarl.comptoir");
    check("../../etc/passwd", "etc-passwd.comptoir");
    check("株式会社", "book.comptoir");
    check("e\u{301}te\u{301}", "ete.comptoir");
    check(&"long ".repeat(40), &format!("{}.comptoir", "long-".repeat(12).trim_end_matches('-')));
    for taken in ["atelier-morvan.comptoir", "atelier-morvan-2.comptoir"] {
        fs::write(home.join(taken), "x").expect("the folder is there");
    }
    check("Atelier Morvan", "atelier-morvan-3.comptoir");
}

#[test]
fn books_are_known_without_being_opened() {
    let desk = Desk::new(Language::En);
    assert_eq!(desk.call("books", json!({})), json!([]));
    let home = desk.path("home");
    fs::create_dir_all(home.join("old/older")).expect("folders");
    for (file, text) in [
        ("a.comptoir", "not a book at all"),
        ("old/b.comptoir", ""),
        ("old/older/c.comptoir", ""),
        ("notes.txt", ""),
    ] {
        fs::write(home.join(file), text).expect("written");
    }
    let recent = json!([
        { "path": home.join("a.comptoir"), "name": "Atelier" },
        { "path": home.join("lost.comptoir"), "name": "Lost" },
    ]);
    desk.call("keep_preferences", json!({ "recent": recent }));
    let books = desk.call("books", json!({}));
    let shown: Vec<_> = list(&books).iter().map(|one| (&one["name"], &one["exists"])).collect();
    let (yes, no) = (json!(true), json!(false));
    assert_eq!(shown, [(&json!("Atelier"), &yes), (&json!("Lost"), &no), (&json!("b"), &yes)]);
    assert_eq!((&books[0]["size"], &books[1]["modified"]), (&json!(17), &Value::Null));
    assert!(books[0]["modified"].as_str().is_some_and(|at| at.ends_with('Z')), "{books}");
}

#[test]
fn numbers_tell_at_once() {
    let desk = Desk::new(Language::En);
    let siren = |text: &str| desk.call("siren", json!({ "text": text }));
    assert_eq!(
        siren("732829320"),
        json!({ "valid": true, "formatted": "732 829 320", "vat_number": "FR44732829320" })
    );
    let typed = json!({ "valid": false, "formatted": "73282", "vat_number": null });
    assert_eq!(siren("73282"), typed);
    let iban = |text: &str| desk.call("check_iban", json!({ "text": text }));
    assert_eq!(
        iban("de89370400440532013000"),
        json!({ "valid": true, "formatted": "DE89 3704 0044 0532 0130 00", "country": "DE" })
    );
    assert_eq!(iban("DE00"), json!({ "valid": false, "formatted": "DE00", "country": null }));
}

/// The file manager knows nothing of an open book: what is asked of it afterwards is refused, and
/// all that was written went with the file.
#[test]
fn a_book_that_was_moved_while_open_is_missed_and_whole() {
    let desk = Desk::new(Language::En);
    let (book, there) = (desk.book(), desk.path("elsewhere"));
    desk.call("create_book", json!({ "country": "fr", "name": "A" }));
    let change =
        |value: &str| json!({ "name": "address", "value": value, "valid_from": "2026-01-01" });
    desk.call("change_setting", change("here"));
    fs::rename(&book, &there).expect("moved");
    for (name, asked) in [("book", json!({})), ("change_setting", change("lost"))] {
        assert_eq!(desk.ask(name, asked).expect_err(name).code, "no-such-file");
    }
    // What was written stands in the file that was moved, not in a log left behind.
    let moved = json!({});
    let found = desk.app.call(Some(&there), "book", moved, &Silent).expect("opens").result;
    assert_eq!(found["settings"]["address"], "here");
    desk.app.close(&there);
    fs::rename(&there, &book).expect("moved back");
    assert_eq!(desk.call("book", json!({}))["settings"]["address"], "here");

    // Another book in its place is that other book.
    fs::rename(&book, &there).expect("moved");
    let other = Desk::new(Language::En);
    other.call("create_book", json!({ "country": "fr", "name": "Other" }));
    other.app.close(&other.book());
    fs::copy(other.book(), &book).expect("copied");
    desk.call("change_setting", change("there"));
    let found = desk.call("book", json!({}));
    assert_eq!(
        (&found["settings"]["name"], &found["settings"]["address"]),
        (&json!("Other"), &json!("there"))
    );
}
