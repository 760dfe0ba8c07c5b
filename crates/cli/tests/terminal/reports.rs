//! The books written out: hledger and the trial balance agree to the cent, CSV parses, any period
//! and the next year stand.

use crate::desk::Desk;
use serde_json::Value;
use std::collections::BTreeMap;
use std::process::Command;

/// A table of CSV: its head, then rows by the head's names.
fn csv(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers().expect("a head").clone();
    let rows = reader.records().map(|row| row.expect("a row as long as the head"));
    rows.map(|row| {
        let cells = head.iter().zip(row.iter());
        cells.map(|(name, cell)| (name.to_owned(), cell.to_owned())).collect()
    })
    .collect()
}

/// `1234.56` in cents; an empty cell is none.
fn cents(text: &str) -> i64 {
    if text.is_empty() {
        return 0;
    }
    let (units, cents) = text.split_once('.').unwrap_or_else(|| panic!("{text} has no cents"));
    assert_eq!(cents.len(), 2, "{text}");
    format!("{units}{cents}").parse().unwrap_or_else(|_| panic!("{text} is no amount"))
}

fn trial_balance(desk: &Desk, more: &str) -> BTreeMap<String, [i64; 4]> {
    let text = desk.run(&format!("report BOOK trial-balance --format csv {more}")).done().out;
    let mut rows = BTreeMap::new();
    for row in csv(&text) {
        let amounts = ["opening", "debit", "credit", "balance"].map(|name| cents(&row[name]));
        let [opening, debit, credit, balance] = amounts;
        assert_eq!(opening + debit - credit, balance, "{row:?}");
        if !row["account"].is_empty() {
            rows.insert(row["account"].clone(), amounts);
        }
    }
    let sum = |at: usize| rows.values().map(|row| row[at]).sum::<i64>();
    assert_eq!(sum(1), sum(2), "debits and credits");
    assert_eq!((sum(0), sum(3)), (0, 0), "openings and balances");
    rows
}

fn program(name: &str) -> bool {
    let found = Command::new(name).arg("--version").output().is_ok();
    if !found {
        eprintln!("skipped: {name} is not on this machine");
    }
    found
}

/// The balances that hledger finds, by account code, in cents; zeros left out.
fn hledger(desk: &Desk, more: &str) -> BTreeMap<String, i64> {
    desk.run(&format!("report BOOK journal --format hledger --out ./books.journal {more}")).done();
    let ran = Command::new("hledger")
        .args(["-f".as_ref(), desk.path("books.journal").as_os_str()])
        .args(["balance", "--flat", "--no-total", "-O", "csv"])
        .output()
        .expect("hledger starts");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let text = String::from_utf8(ran.stdout).expect("UTF-8");
    let rows = csv(&text).into_iter().map(|row| {
        let (code, _) = row["account"].split_once(' ').expect("code and name");
        let (amount, unit) = row["balance"].split_once(' ').expect("amount and currency");
        assert_eq!(unit, "EUR");
        (code.to_owned(), cents(amount))
    });
    rows.collect()
}

#[test]
fn hledger_finds_the_same_balances_with_drafts_and_without() {
    if !program("hledger") {
        return;
    }
    let desk = Desk::with_sample();
    desk.run("inbox BOOK --accept-sure").done();
    desk.run("validate BOOK --up-to 2026-04-30").done();
    for more in ["", "--drafts", "--drafts --from 2026-01-01 --to 2026-06-30"] {
        let expected: BTreeMap<String, i64> = trial_balance(&desk, more)
            .into_iter()
            .map(|(account, row)| (account, row[3]))
            .filter(|(_, balance)| *balance != 0)
            .collect();
        assert!(expected.len() > 20, "{more}");
        assert_eq!(hledger(&desk, more), expected, "{more}");
    }
}

#[test]
fn every_report_is_a_table_whose_debits_equal_its_credits() {
    let desk = Desk::with_sample();
    desk.run("inbox BOOK --accept-sure").done();
    for kind in ["journal", "general-ledger"] {
        for more in ["", "--from 2026-03-01 --to 2026-03-31", "--from 2026-02-10 --to 2026-08-03"] {
            let words = format!("report BOOK {kind} --drafts --format csv {more}");
            let rows = csv(&desk.run(&words).done().out);
            let lines: Vec<_> =
                rows.iter().filter(|row| row.get("row").is_none_or(|row| row == "line")).collect();
            let sum = |name: &str| lines.iter().map(|row| cents(&row[name])).sum::<i64>();
            assert!(lines.len() > 50, "{words}");
            assert_eq!(sum("debit"), sum("credit"), "{words}");
            assert!(sum("debit") > 0, "{words}");
            let days = lines.iter().map(|row| row["day"].as_str());
            let (first, last) = (days.clone().min().unwrap(), days.max().unwrap());
            assert!(!more.contains("2026-03-01") || (first, last) >= ("2026-03-01", ""), "{words}");
            assert!(!more.contains("2026-03-01") || last <= "2026-03-31", "{words}");
        }
    }
    for kind in ["income-statement", "balance-sheet"] {
        for language in ["fr", "en"] {
            let words = format!("report BOOK {kind} --drafts --format csv");
            assert!(!csv(&desk.run_in(language, &words).done().out).is_empty(), "{words}");
        }
    }
}

#[test]
fn months_sum_to_the_year() {
    let desk = Desk::with_sample();
    desk.run("inbox BOOK --accept-sure").done();
    let rows =
        csv(&desk.run("report BOOK income-statement --drafts --by month --format csv").done().out);
    let months: std::collections::BTreeSet<&str> =
        rows.iter().map(|row| row["month"].as_str()).collect();
    let expected: Vec<String> = (1..=10).map(|month| format!("2026-{month:02}")).collect();
    assert_eq!(months.into_iter().collect::<Vec<_>>(), expected);
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    for row in &rows {
        let amount = cents(&row["debit"]) - cents(&row["credit"]);
        *sums.entry(row["account"].clone()).or_default() += amount;
    }
    for (account, row) in trial_balance(&desk, "--drafts") {
        if account.starts_with(['6', '7']) {
            assert_eq!(sums.remove(&account), Some(row[3]), "{account}");
        }
    }
    assert!(sums.is_empty(), "{sums:?}");
}

#[test]
fn the_next_year_opens_by_itself_with_computed_balances() {
    let desk = Desk::with_sample();
    desk.run("inbox BOOK --accept-sure").done();
    let before = trial_balance(&desk, "--drafts --from 2026-01-01 --to 2026-12-31");
    let entry = serde_json::json!({
        "journal": "OD", "day": "2027-02-03", "ref": "OD-1", "label": "Timbres",
        "lines": [
            { "account": "626", "amount_minor": 1_250 },
            { "account": "108", "amount_minor": -1_250 },
        ],
    });
    desk.write("next.jsonl", entry.to_string());
    desk.run("post BOOK ./next.jsonl").done();
    let years = desk.call("book", serde_json::json!({}))["fiscal_years"].clone();
    assert_eq!(years[1], serde_json::json!(["2027-01-01", "2027-12-31", false]));

    let after = trial_balance(&desk, "--drafts --from 2027-01-01 --to 2027-12-31");
    let result: i64 = before
        .iter()
        .filter(|(account, _)| account.starts_with(['6', '7']))
        .map(|(_, row)| row[3])
        .sum();
    for (account, row) in &before {
        let opening = after.get(account).map_or(0, |row| row[0]);
        match account.as_bytes()[0] {
            b'6' | b'7' => assert_eq!(opening, 0, "{account} begins anew"),
            _ if account.starts_with("12") => {}
            _ => assert_eq!(opening, row[3], "{account}"),
        }
    }
    let twelve = |rows: &BTreeMap<String, [i64; 4]>, at: usize| {
        rows.iter()
            .filter(|(account, _)| account.starts_with("12"))
            .map(|(_, row)| row[at])
            .sum::<i64>()
    };
    assert_eq!(twelve(&after, 0), twelve(&before, 3) + result, "the result joins 12");
    assert_eq!(after["626"], [0, 1_250, 0, 1_250]);

    let sheet = desk
        .run("report BOOK balance-sheet --drafts --from 2027-01-01 --to 2027-12-31 --format json");
    assert_balanced(&sheet.done().json());
    let sheet = desk
        .run("report BOOK balance-sheet --drafts --from 2026-01-01 --to 2026-12-31 --format json");
    assert_balanced(&sheet.done().json());
}

/// Totals of both sides agree and are not nothing.
fn assert_balanced(sheet: &Value) {
    let rows = sheet["rows"].as_array().expect("rows");
    let total = |section: &str| {
        let of_section =
            rows.iter().filter(|row| row["section"] == section && row["kind"] == "total");
        of_section.filter_map(|row| row["net_minor"].as_i64()).next_back()
    };
    let sections: std::collections::BTreeSet<&str> =
        rows.iter().filter_map(|row| row["section"].as_str()).collect();
    let totals: Vec<i64> = sections.iter().filter_map(|section| total(section)).collect();
    assert_eq!(totals.len(), 2, "{sections:?}");
    assert_eq!(totals[0], totals[1], "{sheet}");
    assert!(totals[0] > 0);
    assert_eq!(sheet["left_out"], serde_json::json!([]));
}
