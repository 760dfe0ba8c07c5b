//! A record and the rows that it changed.

use crate::desk::Desk;
use crate::ofx::{import, list, new_book};
use api::Language;
use serde_json::{Value, json};

fn last(desk: &Desk) -> Value {
    let seq = desk.call("history", json!({ "limit": 1 }))[0]["seq"].clone();
    desk.call("record", json!({ "seq": seq }))
}

fn field<'a>(change: &'a Value, name: &str) -> Option<&'a Value> {
    list(&change["fields"]).iter().find(|field| field["name"] == name)
}

#[test]
fn what_was_added_changed_and_removed() {
    let desk = new_book(Language::En);
    import(&desk, ("2026-01-01", "2026-01-31"), &[("2026-01-10", -1_000, "A")], None);
    let draft = json!({
        "journal": "OD", "day": "2026-01-05", "label": "Frais", "lines": [
            { "account": "627", "amount_minor": 100 }, { "account": "471", "amount_minor": -100 },
        ],
    });
    let entry = desk.call("draft_entry", draft);
    let added = last(&desk);
    assert_eq!((&added["record"]["command"], &added["more"]), (&json!("DraftEntries"), &json!(0)));
    let tables: Vec<&str> =
        list(&added["changes"]).iter().map(|one| one["table"].as_str().expect("table")).collect();
    assert_eq!(tables, ["account", "account", "entry", "posting", "posting"], "parents first");
    let head = &added["changes"][2];
    assert_eq!((&head["kind"], &head["key"]), (&json!("added"), &json!(entry["id"].to_string())));
    let label = json!({ "name": "label", "before": null, "after": "Frais" });
    assert_eq!(field(head, "label"), Some(&label));
    assert_eq!(field(head, "journal").expect("named by its code")["after"], "OD");
    assert_eq!(field(head, "number"), None, "what is empty is not told");
    assert_eq!(field(&added["changes"][3], "account").expect("its code")["after"], "627");

    desk.call("dismiss", json!({ "lines": [1], "reason": "not ours" }));
    let changed = last(&desk)["changes"].clone();
    let fields = json!([{ "name": "dismissed", "before": null, "after": "not ours" }]);
    let wanted = json!([{ "table": "line", "key": "1", "kind": "changed", "fields": fields }]);
    assert_eq!(changed, wanted);
    desk.call("restore_lines", json!({ "lines": [1] }));
    let back = json!({ "name": "dismissed", "before": "not ours", "after": null });
    assert_eq!(last(&desk)["changes"][0]["fields"], json!([back]));

    desk.call("delete_draft", json!({ "entry": entry["id"] }));
    let removed = last(&desk)["changes"].clone();
    assert!(list(&removed).iter().all(|change| change["kind"] == "removed"), "{removed}");
    assert_eq!(field(&removed[0], "label").expect("what it was")["before"], "Frais");
}

#[test]
fn a_long_record_is_counted_on() {
    let desk = new_book(Language::En);
    let lines: Vec<(&str, i64, &str)> = (1..=300).map(|n| ("2026-01-10", n, "X")).collect();
    import(&desk, ("2026-01-01", "2026-01-31"), &lines, None);
    let record = last(&desk);
    assert_eq!(list(&record["changes"]).len(), 200);
    assert!(record["more"].as_u64().is_some_and(|more| more >= 700), "{}", record["more"]);
    let ids = list(&record["changes"]).iter().filter(|change| change["table"] == "line");
    let ids: Vec<&str> = ids.map(|change| change["key"].as_str().expect("id")).collect();
    assert_eq!(ids[..3], ["1", "2", "3"]);
    assert_eq!(desk.ask("record", json!({ "seq": 99 })).expect_err("none").code, "no-record");
}
