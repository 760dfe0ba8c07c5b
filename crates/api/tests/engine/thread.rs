//! The thread of a bank line: bytes, line, proposal, the entry it would become or became.

use crate::desk::Desk;
use crate::ofx::{import, list, new_book};
use api::Language;
use book::{Book, Law};
use serde_json::{Value, json};

/// The stretches of a text that are marked, as JavaScript would cut them.
fn marked(text: &Value, marks: &Value, kind: &str) -> Vec<String> {
    let units: Vec<u16> = text.as_str().expect("text").encode_utf16().collect();
    let place = |mark: &Value, end: &str| mark[end].as_u64().expect("a place") as usize;
    list(marks)
        .iter()
        .filter(|mark| mark["kind"] == kind)
        .map(|mark| {
            String::from_utf16(&units[place(mark, "start")..place(mark, "end")]).expect("text")
        })
        .collect()
}

fn waiting(desk: &Desk) -> Value {
    let inbox = desk.call("inbox", json!({}));
    let found = list(&inbox["lines"]).iter().find(|line| !line["proposal"].is_null()).cloned();
    found.expect("a line with a proposal")
}

#[test]
fn the_draft_that_would_be_is_the_one_that_is() {
    let desk = Desk::with_sample();
    let line = waiting(&desk);
    let before = desk.digests();
    let thread = desk.call("line", json!({ "line": line["id"] }));
    assert_eq!(desk.digests(), before, "a preview keeps nothing");
    assert_eq!(thread["line"], line);
    assert_eq!((&thread["state"], &thread["refusal"]), (&json!("inbox"), &Value::Null));
    assert_eq!(thread["entry"], Value::Null);

    let made = desk.call("accept", json!({ "line": line["id"] }));
    assert_eq!(thread["would"], made, "ids too: nothing was written between");
    let booked = desk.call("line", json!({ "line": line["id"] }));
    assert_eq!((&booked["state"], &booked["entry"]), (&json!("booked"), &made));
    assert_eq!((&booked["would"], &booked["line"]["proposal"]), (&Value::Null, &Value::Null));
    assert_eq!(booked["origin"]["sightings"], thread["origin"]["sightings"]);
}

#[test]
fn each_sighting_shows_the_line_among_its_neighbours() {
    let desk = Desk::with_sample();
    let days = json!({ "from": "2026-01-01", "to": "2026-10-31" });
    let lines = desk.call("bank_lines", days);
    let (mut amounts, mut labels, mut count) = (0, 0, 0);
    for line in list(&lines) {
        let thread = desk.call("line", json!({ "line": line["id"] }));
        for seen in list(&thread["origin"]["sightings"]) {
            let marked = |kind| marked(&seen["excerpt"], &seen["marks"], kind);
            assert_eq!(marked("line"), [seen["bytes"].as_str().expect("bytes")], "{seen}");
            let length = seen["to"].as_u64().zip(seen["from"].as_u64());
            assert!(length.is_some_and(|(to, from)| to > from), "{seen}");
            count += 1;
            amounts += marked("amount").len();
            labels += usize::from(!marked("label").is_empty());
        }
    }
    assert_eq!(count, list(&lines).len());
    assert_eq!((amounts, labels), (count, count), "each line shows its amount and its words");
}

#[test]
fn a_line_tells_where_it_stands() {
    let desk = new_book(Language::En);
    let lines =
        [("2025-12-30", -500, "OLD"), ("2026-01-05", -1_000, "NEW"), ("2026-01-06", -2_000, "X")];
    import(&desk, ("2025-12-01", "2026-01-31"), &lines, None);
    let state = |line: i64| desk.call("line", json!({ "line": line }))["state"].clone();
    assert_eq!([state(1), state(2), state(3)], ["before", "inbox", "inbox"]);
    desk.call("dismiss", json!({ "lines": [3], "reason": "not ours" }));
    let aside = desk.call("line", json!({ "line": 3 }));
    assert_eq!((&aside["state"], &aside["reason"]), (&json!("dismissed"), &json!("not ours")));
    desk.call("accept", json!({ "line": 2, "account": "471" }));
    let booked = desk.call("line", json!({ "line": 2 }));
    assert_eq!((&booked["state"], &booked["entry"]["draft"]), (&json!("booked"), &json!(true)));
    assert_eq!(desk.ask("line", json!({ "line": 99 })).expect_err("none").code, "no-line");
}

#[test]
fn looking_at_a_line_takes_the_book_from_nobody() {
    let desk = Desk::with_sample();
    desk.app.close(&desk.book());
    let line = waiting(&desk);
    let thread = desk.call("line", json!({ "line": line["id"] }));
    assert_ne!(thread["would"], Value::Null);
    let law = Law::new(assets::Assets::built_in());
    let other = Book::open(&desk.book(), None, law).expect("nobody holds it");
    let thread = desk.call("line", json!({ "line": line["id"] }));
    assert_eq!((&thread["line"], &thread["would"]), (&line, &Value::Null));
    assert_eq!(thread["refusal"]["code"], "held-elsewhere");
    drop(other);
    assert_eq!(desk.call("line", json!({ "line": line["id"] }))["refusal"], Value::Null);
}

#[test]
fn a_file_is_shown_whole_with_its_line() {
    let desk = Desk::with_sample();
    let thread = desk.call("line", json!({ "line": 1 }));
    let seen = &thread["origin"]["sightings"][0];
    let file = desk.call("whole_file", json!({ "hash": seen["blob"], "line": 1 }));
    assert_eq!(file["name"], seen["file"]);
    assert_eq!((&file["from"], &file["to"]), (&json!(0), &file["size"]));
    assert_eq!(marked(&file["text"], &file["marks"], "line"), [seen["bytes"].as_str().expect("")]);
    // A line that another file showed is not in this one; without a line nothing is marked.
    let other = desk.call("whole_file", json!({ "hash": seen["blob"], "line": 500 }));
    let plain = desk.call("whole_file", json!({ "hash": seen["blob"] }));
    assert_eq!((&other["marks"], &plain["marks"]), (&json!([]), &json!([])));
    let missing = desk.ask("whole_file", json!({ "hash": "00" })).expect_err("no such bytes");
    assert_eq!(missing.code, "missing-blob");
}
