//! Every entry of `entries.jsonl`, read back as a stranger would, keeps the rules of the books.

use super::*;

/// Accounts whose balance tax items must explain (`vat_role` in the chart is not `none`).
const VAT_ROLE: [&str; 6] = ["44571", "4452", "44562", "44566", "44574", "44564"];

/// Accounts that need a counterparty (`collective` in the chart).
const COLLECTIVE: [&str; 13] =
    ["401", "403", "404", "408", "409", "411", "413", "416", "418", "419", "455", "467", "468"];

fn is_one_of(account: &str, prefixes: &[&str]) -> bool {
    prefixes.iter().any(|prefix| account.starts_with(prefix))
}

fn minor(value: &Value) -> i64 {
    value.as_i64().expect("cents are whole numbers")
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or("")
}

fn rows<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

/// What an item puts on its line.
fn signed(item: &Value) -> i64 {
    match text(item, "leg") {
        "input" | "waiting_input" => minor(&item["deductible_minor"]),
        _ => -minor(&item["tax_minor"]),
    }
}

/// The first rule an entry breaks, in one word; empty when it keeps them all.
fn broken(entry: &Value, parties: &BTreeSet<String>) -> String {
    let lines = rows(entry, "lines");
    if lines.iter().map(|line| minor(&line["amount_minor"])).sum::<i64>() != 0 {
        return "balance".to_owned();
    }
    for line in lines {
        let account = text(line, "account");
        let party = text(line, "counterparty");
        if minor(&line["amount_minor"]) == 0 || account.len() < 3 {
            return "line".to_owned();
        }
        if is_one_of(account, &COLLECTIVE) == party.is_empty()
            || !(party.is_empty() || parties.contains(party))
        {
            return "counterparty".to_owned();
        }
    }
    if let Some(rule) = rows(entry, "items").iter().find_map(|item| broken_item(item, lines)) {
        return rule.to_owned();
    }
    let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
    for line in lines.iter().filter(|line| is_one_of(text(line, "account"), &VAT_ROLE)) {
        *sums.entry(text(line, "account")).or_default() += minor(&line["amount_minor"]);
    }
    for item in rows(entry, "items") {
        if let Some(place) = item["line"].as_u64() {
            let account = text(&lines[place as usize - 1], "account");
            *sums.entry(account).or_default() -= signed(item);
        }
    }
    if sums.values().all(|sum| *sum == 0) { String::new() } else { "explained".to_owned() }
}

fn broken_item(item: &Value, lines: &[Value]) -> Option<&'static str> {
    let (leg, base, tax) = (text(item, "leg"), &item["base_minor"], minor(&item["tax_minor"]));
    if leg.starts_with("waiting_") != item["chargeable_on"].is_null() {
        return Some("chargeable_on");
    }
    // The rate in thousandths of a percent, from its text: "5.5" is 5500.
    let (whole, part) = text(item, "rate").split_once('.').unwrap_or((text(item, "rate"), ""));
    let rate: i64 = format!("{whole}{part:0<3}").parse().ok()?;
    if tax != model::half_up(minor(base) * rate, 100_000) {
        return Some("rate");
    }
    let buys = leg == "input" || leg == "waiting_input";
    let deductible = minor(&item["deductible_minor"]);
    let share = if text(item, "tax_code") == "P20-FUEL80" { 80 } else { 100 };
    if deductible != if buys { model::half_up(tax * share, 100) } else { 0 } {
        return Some("deductible");
    }
    match item["line"].as_u64() {
        None if signed(item) != 0 => Some("stands"),
        None => None,
        Some(place) => {
            let line =
                usize::try_from(place).ok().and_then(|place| lines.get(place.wrapping_sub(1)));
            let account = line.map_or("", |line| text(line, "account"));
            let fits = match leg {
                "output" => account.starts_with("44571"),
                "reverse_due" => account.starts_with("4452"),
                "input" => is_one_of(account, &["44562", "44566"]),
                "waiting_output" => account == "44574",
                _ => account == "44564",
            };
            (!fits).then_some("stands")
        }
    }
}

fn read() -> (BTreeSet<String>, Vec<Value>) {
    let files = written();
    let (mut parties, mut entries) = (BTreeSet::new(), Vec::new());
    for line in files["entries.jsonl"].lines() {
        let value: Value = serde_json::from_str(line).expect("one JSON object a line");
        match value.get("counterparty") {
            Some(party) => {
                assert!(entries.is_empty(), "counterparties come first");
                assert!(parties.insert(text(party, "code").to_owned()), "{party} twice");
            }
            None => entries.push(value),
        }
    }
    (parties, entries)
}

#[test]
fn every_entry_balances_and_is_explained_by_its_items() {
    let (parties, entries) = read();
    assert!(entries.len() > 300);
    for entry in &entries {
        assert_eq!(broken(entry, &parties), "", "{entry}");
    }
    let used: BTreeSet<&str> = entries
        .iter()
        .flat_map(|entry| rows(entry, "lines"))
        .map(|line| text(line, "counterparty"))
        .filter(|code| !code.is_empty())
        .collect();
    assert_eq!(used.len(), parties.len(), "a counterparty without an entry");
}

#[test]
fn each_rule_can_be_broken() {
    let parties = BTreeSet::from(["VASSEUR".to_owned()]);
    let good = json!({
        "lines": [
            {"account": "411", "counterparty": "VASSEUR", "amount_minor": 120_000},
            {"account": "706", "amount_minor": -100_000},
            {"account": "44574", "amount_minor": -20_000},
        ],
        "items": [{
            "leg": "waiting_output", "tax_code": "S20", "rate": "20", "base_minor": 100_000,
            "tax_minor": 20_000, "deductible_minor": 0, "nature": "services", "line": 3,
            "chargeable_on": null, "counterparty": "VASSEUR",
        }],
    });
    let check = |place: &str, value: Value, expect: &str| {
        let mut entry = good.clone();
        if let Some(spot) = entry.pointer_mut(place) {
            *spot = value;
        }
        assert_eq!(broken(&entry, &parties), expect, "{place}");
    };
    check("", good.clone(), "");
    check("/lines/0/amount_minor", json!(120_001), "balance");
    check("/lines/1/account", json!("70"), "line");
    check("/lines/0/counterparty", json!("NOBODY"), "counterparty");
    check("/lines/0/counterparty", Value::Null, "counterparty");
    check("/lines/1/account", json!("401"), "counterparty");
    check("/items/0/chargeable_on", json!("2026-03-05"), "chargeable_on");
    check("/items/0/rate", json!("5.5"), "rate");
    check("/items/0/base_minor", json!(99_990), "rate");
    check("/items/0/deductible_minor", json!(20_000), "deductible");
    check("/items/0/line", Value::Null, "stands");
    check("/items/0/line", json!(2), "stands");
    check("/items/0/line", json!(9), "stands");
    check("/lines/2/account", json!("44564"), "stands");
    check("/items", json!([]), "explained");
}

#[test]
fn accounts_belong_to_the_chart() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/charts/fr-pcg.csv");
    let chart = std::fs::read_to_string(path).unwrap_or_default();
    let codes: BTreeSet<&str> = chart.lines().filter_map(|row| row.split(',').next()).collect();
    if codes.len() < 2 {
        println!("skipped: the chart is not there");
        return;
    }
    let (_, entries) = read();
    for line in entries.iter().flat_map(|entry| rows(entry, "lines")) {
        let account = text(line, "account");
        // 512101 and 310000 take after the longest prefix that the chart knows.
        let known = (2..=account.len()).any(|length| codes.contains(&account[..length]));
        assert!(known, "{account} is unknown to the chart");
    }
}
