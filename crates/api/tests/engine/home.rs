//! The first screen: its figures are those of the other screens, its rows are true.

use crate::desk::Desk;
use crate::ofx::{import, list, new_book};
use api::Language;
use serde_json::{Value, json};

fn row<'a>(home: &'a Value, kind: &str) -> Option<&'a Value> {
    list(&home["waiting"]).iter().find(|row| row["kind"] == kind)
}

fn sum(rows: &Value, name: &str) -> i64 {
    list(rows).iter().filter_map(|row| row[name].as_i64()).sum()
}

#[test]
fn the_sample_as_it_stands() {
    let desk = Desk::with_sample();
    let home = desk.call("home", json!({}));
    let book = desk.call("book", json!({}));
    assert_eq!((&home["today"], &home["drafts"]), (&book["today"], &book["drafts"]));
    assert_eq!(home["cash_minor"], json!(sum(&home["accounts"], "balance_minor")));
    assert_eq!(home["cash_minor"], 3_176_557 + 396_857 + 2_528_914);
    assert_eq!(home["proved_minor"], 3_176_557 + 396_857);
    assert_eq!(home["accounts"][0]["stale_days"], 2);

    let record = desk.call("history", json!({ "limit": 1 }))[0].clone();
    let last = json!({ "seq": record["seq"], "hash": record["hash"], "at": record["at"] });
    assert_eq!(home["last_record"], last);

    let months = list(&home["months"]);
    assert_eq!((months.len(), &months[0]["month"]), (12, &json!("2025-12")));
    let result = sum(&home["months"], "income_minor") - sum(&home["months"], "expense_minor");
    let statement = json!({ "kind": "income-statement", "drafts": true });
    let statement = desk.call("statement_report", statement);
    let rows = list(&statement["rows"]);
    let shown = rows.iter().rfind(|row| row["kind"] == "total").expect("the result");
    assert_eq!(shown["net_minor"], json!(result));

    let inbox = row(&home, "inbox").expect("lines wait");
    assert_eq!(inbox["count"], desk.call("inbox", json!({}))["count"]);
    assert_eq!(row(&home, "drafts").expect("drafts")["count"], book["drafts"]);
    let returns = row(&home, "return").expect("returns are missing");
    assert_eq!((&returns["count"], &returns["target"]), (&json!(10), &json!("CA3/2026-01")));
    assert!(list(&home["waiting"]).iter().all(|row| row["due"].is_null()), "no law was read");
}

#[test]
fn a_return_that_is_made_no_longer_waits() {
    let desk = new_book(Language::En);
    let made = |month: u32| {
        let period = format!("2026-{month:02}");
        let asked = json!({ "form": "CA3", "period": period, "out": desk.path("out") });
        desk.call("make_return", asked);
    };
    (1..=9).for_each(made);
    let home = desk.call("home", json!({}));
    let waits = row(&home, "return").expect("October is over");
    assert_eq!((&waits["count"], &waits["target"]), (&json!(1), &json!("CA3/2026-10")));
    assert_eq!(waits["text"], "VAT of October 2026 to file");
    made(10);
    assert_eq!(desk.call("home", json!({}))["waiting"], json!([]));
}

#[test]
fn gaps_breaks_and_missing_statements_wait() {
    for language in [Language::Fr, Language::En] {
        let desk = new_book(language);
        import(&desk, ("2026-01-01", "2026-01-31"), &[("2026-01-10", -1_000, "A")], Some(50_000));
        import(&desk, ("2026-03-01", "2026-03-31"), &[("2026-03-02", -100, "B")], Some(51_140));
        let home = desk.call("home", json!({}));
        for row in list(&home["waiting"]) {
            for words in [&row["text"], &row["hint"]] {
                let words = words.as_str().expect("words");
                assert!(!words.contains('{') && !words.starts_with("api."), "{row}");
            }
        }
        let gap = row(&home, "gap").expect("February is missing");
        assert_eq!((&gap["target"], &gap["count"]), (&json!("512101"), &json!(1)));
        assert!(row(&home, "statement").is_some(), "April to October are over");
        assert_eq!(home["accounts"][0]["stale_days"], 216);
        // What lies in the gap explains the balances, or they break.
        import(&desk, ("2026-02-01", "2026-02-28"), &[("2026-02-10", 10, "C")], Some(50_010));
        let home = desk.call("home", json!({}));
        let broken = row(&home, "broken").expect("the balances do not meet");
        assert_eq!(broken["amount_minor"], 1_230);
        assert_eq!((row(&home, "gap"), &home["proved_minor"]), (None, &json!(0)));
    }
}

#[test]
fn an_empty_book_has_nothing_but_its_returns() {
    let home = new_book(Language::Fr).call("home", json!({}));
    assert_eq!((&home["cash_minor"], &home["accounts"]), (&json!(0), &json!([])));
    let kinds: Vec<&Value> = list(&home["waiting"]).iter().map(|row| &row["kind"]).collect();
    assert_eq!(kinds, ["return"]);
    assert_eq!(sum(&home["months"], "income_minor"), 0);
}
