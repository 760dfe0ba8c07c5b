//! What a form offers, held against what the book takes.

use crate::desk::Desk;
use crate::ofx::{list, new_book};
use api::Language;
use serde_json::{Value, json};

fn of<'a>(choices: &'a Value, code: &str) -> &'a Value {
    let found = list(choices).iter().find(|one| one["code"] == code);
    found.unwrap_or_else(|| panic!("{code} is not offered"))
}

#[test]
fn accounts_are_those_in_use_and_those_of_the_chart() {
    let desk = Desk::with_sample();
    let accounts = desk.call("accounts", json!({}));
    let codes: Vec<&str> =
        list(&accounts).iter().map(|one| one["code"].as_str().expect("code")).collect();
    assert!(codes.is_sorted_by(|one, other| one < other) && codes.iter().all(|it| it.len() >= 3));
    let balances = desk.call("trial_balance", json!({ "drafts": true }));
    for row in list(&balances["rows"]) {
        let choice = of(&accounts, row["account"].as_str().expect("code"));
        assert_eq!(choice["balance_minor"], row["balance_minor"], "{row}");
        assert_eq!(choice["used"], true, "{row}");
    }
    let bank = of(&accounts, "512101");
    assert_eq!((&bank["bookable"], &bank["name"]), (&json!(false), &json!("Compte courant …4170")));
    let customers = of(&accounts, "411");
    assert_eq!((&customers["collective"], &customers["class"]), (&json!(true), &json!("4")));
    assert_eq!(
        (&of(&accounts, "445711")["taxed"], &customers["taxed"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(of(&accounts, "607")["kind"], "expense");
}

/// Each account of the chart that is said to take a line takes one.
#[test]
fn what_is_bookable_can_be_booked() {
    let desk = new_book(Language::En);
    let accounts = desk.call("accounts", json!({}));
    let plain = |one: &&Value| {
        one["bookable"] == true && one["collective"] == false && one["taxed"] == false
    };
    let mut count = 0;
    for account in list(&accounts).iter().filter(plain).step_by(40) {
        desk.call(
            "draft_entry",
            json!({
                "journal": "OD", "day": "2026-01-05", "label": "x", "lines": [
                    { "account": account["code"], "amount_minor": 100 },
                    { "account": "471", "amount_minor": -100 },
                ],
            }),
        );
        count += 1;
    }
    assert!(count > 10);
}

#[test]
fn names_are_those_of_the_language_unless_a_person_gave_one() {
    for (language, name, class) in [
        (Language::Fr, "Fournisseurs", "Comptes de tiers"),
        (Language::En, "Trade suppliers", "Third-party accounts"),
    ] {
        let accounts = new_book(language).call("accounts", json!({}));
        let suppliers = of(&accounts, "401");
        assert_eq!((&suppliers["name"], &suppliers["used"]), (&json!(name), &json!(false)));
        assert_eq!(suppliers["class_name"], class);
    }
}

#[test]
fn tax_codes_journals_and_counterparties() {
    let desk = Desk::with_sample();
    let codes = desk.call("tax_codes", json!({}));
    let standard = of(&codes, "S20");
    assert_eq!((&standard["side"], &standard["rates"]), (&json!("sale"), &json!(["20"])));
    assert_eq!(of(&codes, "P10")["side"], "purchase");
    let journals = desk.call("journals", json!({}));
    assert_eq!(of(&journals, "OD")["by_hand"], true);
    assert_eq!(of(&journals, "BQ1")["by_hand"], false);
    let parties = desk.call("counterparties", json!({}));
    let vasseur = of(&parties, "VASSEUR");
    assert_eq!(
        (&vasseur["name"], &vasseur["kind"]),
        (&json!("Galerie Vasseur"), &json!("customer"))
    );
    assert_eq!(of(&parties, "BESCHLAG")["kind"], "supplier");
}
