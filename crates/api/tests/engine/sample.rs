//! The sample business as it is made: a list of sales with each state, three accounts fed by files,
//! and forms that say what its answers say.

use crate::desk::{Desk, sample_folder};
use crate::ofx::list;
use api::{Language, Nothing, Silent};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The sample before the person decided anything.
fn fresh(now: &str) -> Desk {
    let desk = Desk::at(Language::En, now);
    desk.app.create_sample(&desk.book(), Nothing {}, &Silent).expect("the sample is made");
    desk
}

fn answers() -> Value {
    let text = std::fs::read_to_string(sample_folder().join("tests/answers.json"));
    serde_json::from_str(&text.expect("the answers")).expect("JSON")
}

fn minor(value: &Value) -> i64 {
    value.as_i64().expect("minor units")
}

/// Count, sum with tax and rest of the sales, by kind and state.
fn by_state(desk: &Desk) -> BTreeMap<String, (usize, i64, i64)> {
    let mut sums: BTreeMap<String, (usize, i64, i64)> = BTreeMap::new();
    for row in list(&desk.call("invoices", json!({}))["rows"]) {
        let told = |name: &str| row[name].as_str().expect("a word").to_owned();
        let sum = sums.entry(format!("{} {}", told("kind"), told("state"))).or_default();
        *sum = (sum.0 + 1, sum.1 + minor(&row["gross_minor"]), sum.2 + minor(&row["rest_minor"]));
    }
    sums
}

fn expected(sums: &[(&str, usize, i64, i64)]) -> BTreeMap<String, (usize, i64, i64)> {
    sums.iter()
        .map(|(state, count, gross, rest)| ((*state).to_owned(), (*count, *gross, *rest)))
        .collect()
}

#[test]
fn the_list_of_sales_holds_each_state() {
    let desk = fresh("2026-11-02T09:30:00Z");
    let sums = [
        // Beds for the hotel, shelves for the studio.
        ("invoice draft", 2, 369_360 + 122_400, 0),
        ("invoice open", 9, 2_635_152, 2_635_152),
        // Of one 40 % was paid at once; a rebate of 273.10 came off the other.
        ("invoice partly_paid", 2, 462_000 + 546_180, 277_200 + 518_870),
        // The dancing school since 20 October, the brasserie since the 26th, which is not much.
        ("invoice late", 2, 197_774 + 60_930, 197_774 + 60_930),
        ("invoice paid", 1, 81_058, 0),
        ("invoice credited", 1, 586_440, 0),
        ("credit_note paid", 2, 586_440 + 27_310, 0),
    ];
    assert_eq!(by_state(&desk), expected(&sums));
    let rows = desk.call("invoices", json!({}))["rows"].clone();
    let lacks = |row: &Value| {
        let problems =
            desk.call("invoice", json!({ "invoice": row["id"] }))["preview"]["problems"].clone();
        let terms = list(&problems).iter().map(|problem| problem["term"].clone());
        (row["customer"].clone(), terms.collect::<Vec<Value>>())
    };
    let drafts: Vec<_> =
        list(&rows).iter().filter(|row| row["state"] == "draft").map(lacks).collect();
    let address = (json!("MALAKOFF"), vec![json!("BG-8")]);
    assert_eq!(drafts, [address, (json!("KERLANN"), Vec::new())]);
    assert_eq!(desk.digests().0, desk.digests().1);
}

#[test]
fn no_state_is_lost_as_months_go_by() {
    let desk = fresh("2027-06-15T09:30:00Z");
    let states: Vec<String> = by_state(&desk).into_keys().collect();
    let all = ["credited", "draft", "late", "open", "paid", "partly_paid"];
    let invoices: Vec<&str> =
        states.iter().filter_map(|one| one.strip_prefix("invoice ")).collect();
    assert_eq!(invoices, all);
}

#[test]
fn before_its_days_the_sample_is_made_without_numbers() {
    let desk = fresh("2026-10-06T09:30:00Z");
    let rows = desk.call("invoices", json!({}))["rows"].clone();
    let (issued, drafts): (Vec<&Value>, Vec<&Value>) =
        list(&rows).iter().partition(|row| !row["reference"].is_null());
    // Five until the 6th; the credit note of the 14th takes back the fourth, and is a draft.
    assert_eq!((issued.len(), drafts.len()), (5, 10 + 2 + 1));
    assert!(issued.iter().all(|row| row["day"].as_str() < Some("2026-10-07")), "{issued:?}");
}

#[test]
fn three_accounts_are_fed_by_files() {
    let desk = fresh("2026-11-02T09:30:00Z");
    let sources = desk.call("sources", json!({}));
    assert_eq!(sources["connections"], json!([]));
    let told: Vec<Value> = list(&sources["files"])
        .iter()
        .map(|one| json!([one["account"], one["formats"], one["state"], one["last_day"]]))
        .collect();
    let last = "2026-10-31";
    assert_eq!(
        told,
        [
            json!(["512101", ["camt053"], "proved", last]),
            json!(["512102", ["csv"], "proved", last]),
            json!(["512103", ["ofx"], "unproved", last]),
        ]
    );
}

#[test]
fn what_was_sure_and_posted_fills_the_forms_as_answered() {
    let desk = Desk::with_sample();
    let answers = answers();
    desk.call("validate", json!({ "up_to": "2026-10-31" }));
    let query = json!({ "from": "2026-01-01", "to": "2026-10-31", "drafts": false });
    let balance = desk.call("trial_balance", query);
    let open = &answers["open_after_exact_payments"];
    let rows = list(&balance["rows"]);
    let stands = |account: &str| {
        let row = rows.iter().find(|row| row["account"] == account);
        minor(&row.unwrap_or_else(|| panic!("no {account}"))["balance_minor"])
    };
    for account in ["44564", "44574"] {
        assert_eq!(stands(account), minor(&open["waiting_vat_minor"][account]), "{account}");
    }
    for account in ["401", "411"] {
        assert_eq!(stands(account), minor(&open["items"][account]["sum_minor"]), "{account}");
    }
    for (month, expected) in answers["ca3_euros"].as_object().expect("months") {
        let request = json!({ "form": "CA3", "period": month, "out": desk.path("out") });
        let made = desk.call("make_return", request);
        let held = list(&made["boxes"]).iter().filter(|one| one["value"] != 0);
        let named = held.map(|one| (one["box"].as_str().expect("an id"), &one["value"]));
        assert_eq!(json!(named.collect::<BTreeMap<_, _>>()), *expected, "{month}");
    }
}
