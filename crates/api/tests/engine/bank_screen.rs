//! Bank lines by day, what an account proves, entries by day.

use crate::desk::Desk;
use crate::ofx::{import, list, new_book};
use api::Language;
use serde_json::{Value, json};

const ALWAYS: (&str, &str) = ("2000-01-01", "2100-12-31");

/// Days and lines of one question; the days count just what the lines show.
#[track_caller]
fn found(desk: &Desk, mut asked: Value) -> Vec<Value> {
    let days = desk.call("line_days", asked.clone());
    (asked["from"], asked["to"]) = (json!(ALWAYS.0), json!(ALWAYS.1));
    let lines = desk.call("bank_lines", asked);
    let lines = list(&lines).to_vec();
    assert_eq!(days["count"], json!(lines.len()));
    let mut counted = Vec::new();
    for line in &lines {
        match counted.last_mut() {
            Some((day, count)) if *day == line["day"] => *count += 1,
            _ => counted.push((line["day"].clone(), 1)),
        }
    }
    let told = list(&days["days"]).iter();
    let told: Vec<(Value, i64)> =
        told.map(|one| (one["day"].clone(), one["count"].as_i64().expect("a count"))).collect();
    assert_eq!(told, counted);
    lines
}

#[test]
fn lines_are_found_by_state_account_and_words() {
    let desk = Desk::with_sample();
    desk.call("dismiss", json!({ "lines": [1, 2], "reason": "a test" }));
    let all = found(&desk, json!({}));
    let mut parts = 0;
    for state in ["inbox", "booked", "dismissed", "held", "gone", "before"] {
        let lines = found(&desk, json!({ "state": state }));
        assert!(lines.iter().all(|line| line["state"] == state), "{state}");
        parts += lines.len();
    }
    assert_eq!(parts, all.len());
    let waiting = found(&desk, json!({ "state": "inbox" }));
    assert_eq!(desk.call("inbox", json!({}))["count"], json!(waiting.len()));
    let accounts = ["512101", "512102", "512103"];
    let of_each = accounts.map(|account| found(&desk, json!({ "account": account })).len());
    assert_eq!(of_each.iter().sum::<usize>(), all.len());

    let fees = found(&desk, json!({ "search": "frais de TENUE" }));
    assert_eq!(fees.len(), 10);
    assert!(fees.iter().all(|line| line["amount_minor"] == -1_850));
    assert_eq!(found(&desk, json!({ "search": "18,5", "account": "512101" })), fees);
    let one = json!({ "search": "frais de tenue", "state": "dismissed" });
    assert_eq!(found(&desk, one).len(), 1);
    assert_eq!(found(&desk, json!({ "search": "  " })), all);

    let booked = found(&desk, json!({ "state": "booked" }));
    let entry = desk.call("entry", json!({ "entry": booked[0]["entry"] }));
    let codes: Vec<&Value> = list(&entry["lines"]).iter().map(|line| &line["account"]).collect();
    assert_eq!((&booked[0]["account"], &booked[0]["entry_draft"]), (codes[0], &json!(true)));
    assert_eq!(booked[0]["counter_accounts"][0], *codes[1]);
}

#[test]
fn what_is_asked_in_vain_is_told() {
    let desk = new_book(Language::En);
    assert_eq!(desk.call("line_days", json!({})), json!({ "count": 0, "days": [] }));
    let why = desk.ask("line_days", json!({ "account": "512199" })).expect_err("no such account");
    assert_eq!(why.code, "no-bank-account");
    let why = desk.ask("line_days", json!({ "state": "lost" })).expect_err("no such state");
    assert_eq!(why.code, "bad-request");
}

#[test]
fn at_most_two_thousand_lines_and_whole_days_first() {
    let desk = new_book(Language::En);
    let lines: Vec<(&str, i64, &str)> = (1..=2_500)
        .map(|n| (if n > 1_500 { "2026-01-02" } else { "2026-01-01" }, n, "X"))
        .collect();
    import(&desk, ("2026-01-01", "2026-01-31"), &lines, None);
    assert_eq!(desk.call("line_days", json!({}))["count"], 2_500);
    let given = desk.call("bank_lines", json!({ "from": ALWAYS.0, "to": ALWAYS.1 }));
    let newest = list(&given).iter().filter(|line| line["day"] == "2026-01-02").count();
    assert_eq!((list(&given).len(), newest), (2_000, 1_000));
    let ids: Vec<i64> = list(&given).iter().map(|line| line["id"].as_i64().expect("id")).collect();
    assert!(ids.is_sorted_by(|one, other| one > other));
}

#[test]
fn a_proof_is_a_sum_that_is_true() {
    let desk = Desk::with_sample();
    let proofs = desk.call("proofs", json!({}));
    let accounts = desk.call("bank_accounts", json!({}));
    assert_eq!(list(&proofs).len(), list(&accounts).len());
    for (proof, account) in list(&proofs).iter().zip(list(&accounts)) {
        for (one, other) in [
            ("account", "account"),
            ("state", "proof"),
            ("proved_to", "proved_to"),
            ("proved_balance_minor", "proved_balance_minor"),
            ("difference_minor", "difference_minor"),
        ] {
            assert_eq!(proof[one], account[other], "{one}");
        }
        assert!(list(&proof["windows"]).iter().all(|one| {
            let why = one["why"].as_str().expect("a sentence");
            why.ends_with('.') && !why.starts_with("api.") && one["file"] != Value::Null
        }));
        let sum = &proof["equation"];
        assert_eq!(sum.is_null(), proof["state"] != "proved", "{proof}");
        if !sum.is_null() {
            let minor = |name: &str| sum[name].as_i64().expect("cents");
            assert_eq!(minor("opening_minor") + minor("lines_minor"), minor("closing_minor"));
            assert_eq!(sum["closing_minor"], proof["proved_balance_minor"]);
        }
    }
    let waits: i64 = list(&proofs).iter().map(|one| one["waiting"].as_i64().expect("count")).sum();
    assert_eq!(desk.call("inbox", json!({}))["count"], json!(waits));
    assert_eq!(proofs[0]["iban"], "FR76 9990 1008 1200 0102 0304 170");
    assert_eq!(proofs[1]["bank"], "Caisse d'Épargne");
}

#[test]
fn a_file_without_an_opening_balance_begins_where_the_one_before_ends() {
    let desk = new_book(Language::En);
    import(&desk, ("2026-01-01", "2026-01-31"), &[("2026-01-10", -1_000, "A")], Some(50_000));
    let proof = desk.call("proofs", json!({}))[0].clone();
    assert_eq!((&proof["state"], &proof["equation"]), (&json!("unproved"), &Value::Null));
    assert_eq!(proof["stated_balance_minor"], 50_000);
    let lines = [("2026-02-02", -2_500, "B"), ("2026-02-03", 700, "C")];
    import(&desk, ("2026-02-01", "2026-02-28"), &lines, Some(48_200));
    let proof = desk.call("proofs", json!({}))[0].clone();
    assert_eq!(
        proof["equation"],
        json!({
            "opening_minor": 50_000, "opening_day": "2026-01-31", "lines": 2,
            "lines_minor": -1_800, "closing_minor": 48_200, "closing_day": "2026-02-28",
        })
    );
    // Later lines without a balance stand beside the proof.
    import(&desk, ("2026-03-01", "2026-03-31"), &[("2026-03-02", 5, "D")], None);
    let proof = desk.call("proofs", json!({}))[0].clone();
    assert_eq!(proof["proved_to"], "2026-02-28");
    let since = (&proof["since_proved_count"], &proof["since_proved_minor"]);
    assert_eq!(since, (&json!(1), &json!(5)));
    assert_eq!(proof["stated_on"], "2026-02-28");
}

#[test]
fn a_break_names_its_difference_in_both_languages() {
    for (language, amount) in [(Language::Fr, "12,40"), (Language::En, "12.40")] {
        let desk = new_book(language);
        import(&desk, ("2026-01-01", "2026-01-31"), &[("2026-01-10", -1_000, "A")], Some(50_000));
        import(&desk, ("2026-02-01", "2026-02-28"), &[("2026-02-02", -100, "B")], Some(51_140));
        let proof = desk.call("proofs", json!({}))[0].clone();
        assert_eq!(
            (&proof["state"], &proof["difference_minor"]),
            (&json!("broken"), &json!(1_240))
        );
        assert_ne!(proof["broken_since"], Value::Null);
        let broken = list(&proof["windows"]).iter().find(|one| one["verdict"] == "broken");
        let why = broken.expect("a broken window")["why"].as_str().expect("a sentence");
        assert!(why.contains(amount) && !why.contains('{'), "{why}");
    }
}

#[test]
fn entries_are_counted_as_the_journal_shows_them() {
    let desk = Desk::with_sample();
    desk.call("validate", json!({ "up_to": "2026-03-31" }));
    for asked in [
        json!({}),
        json!({ "drafts": true }),
        json!({ "drafts": true, "from": "2026-03-15", "to": "2026-04-15" }),
        json!({ "from": "2026-03-15", "to": "2026-04-15" }),
        json!({ "drafts": true, "account": "411" }),
        json!({ "account": "6" }),
        json!({ "account": "999" }),
    ] {
        let mut counted: Vec<Value> = Vec::new();
        for entry in list(&desk.call("journal", asked.clone())) {
            match counted.last_mut() {
                Some(last) if last["day"] == entry["day"] => {
                    last["count"] = json!(last["count"].as_i64().expect("a count") + 1);
                }
                _ => counted.push(json!({ "day": entry["day"], "count": 1 })),
            }
        }
        assert_eq!(desk.call("journal_days", asked.clone()), json!(counted), "{asked}");
    }
}
