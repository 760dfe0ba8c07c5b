//! What is written: CSV as it stands, and hledger's own sums of what it reads.

use super::{Desk, query};
use crate::*;
use std::collections::BTreeMap;
use std::process::Command;

fn desk() -> Desk {
    let mut desk = Desk::new("2026-01-01", "2026-12-31");
    desk.take_over(&[
        ("AN", "2025-01-01", &[("512100", 123_456), ("101000", -123_456)]),
        ("BQ: \"1\"", "2025-02-01", &[("606400", 7), ("512100", -7)]),
    ]);
    desk.draft_as(
        "opening",
        "AN",
        "2026-01-01",
        &[("512100", 123_449), ("101000", -123_456), ("129", 7)],
    );
    desk.draft("VE", "2026-03-05", &[("411/VASSEUR", 120_050), ("706", -120_050)]);
    desk.post("2026-12-31");
    desk.draft("OD", "2026-03-06", &[("606400", 5), ("401/SCIERIE", -5)]);
    let odd = serde_json::json!({"journal": "OD", "day": "2026-03-07", "ref": "date:demain [1/2]",
        "label": "(achat; \"spécial\", date:hier)  = 5 | x", "lines": [
            {"account": "606400", "amount_minor": 1, "label": "date:x [2026-99-99]\nsuite"},
            {"account": "758", "amount_minor": -1}]});
    let entries = vec![serde_json::from_value(odd).unwrap()];
    desk.ask(book::DraftEntries { entries });
    desk.ask(book::OpenAccount { code: "758".to_owned(), name: "Divers: a  b; (c)".to_owned() });
    desk
}

fn written(write: impl FnOnce(&mut Vec<u8>) -> Result<()>) -> String {
    let mut bytes = Vec::new();
    write(&mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// The rows, without the ends of their lines.
fn rows(text: &str) -> Vec<&str> {
    assert!(text.ends_with("\r\n"));
    text.trim_end().split("\r\n").collect()
}

#[test]
fn a_trial_balance_is_written_with_a_point_before_the_cents() {
    let desk = desk();
    let report = trial_balance(&desk.reader(), &query("..2026-12-31")).unwrap();
    let text = written(|out| report.write_csv(out));
    let rows = rows(&text);
    assert_eq!(rows[0], "account,name,opening,debit,credit,balance");
    assert!(rows[1].starts_with("101000,"), "{text}");
    assert!(rows[1].ends_with(",-1234.56,0.00,0.00,-1234.56"), "{text}");
    let cash = rows.iter().find(|row| row.starts_with("512100,")).unwrap();
    assert!(cash.ends_with(",1234.56,0.00,0.07,1234.49"), "{text}");
}

#[test]
fn a_journal_is_written_line_by_line_in_its_order() {
    let desk = desk();
    let text = written(|out| write_journal_csv(&desk.reader(), &query("..+"), out));
    let text = text.replace("\nsuite", " suite");
    let rows = rows(&text);
    assert_eq!(
        rows[0],
        "entry,day,journal,number,reference,document_day,label,account,account_name,\
         counterparty,debit,credit,state"
    );
    let cells = |at: usize| rows[at].split(',').collect::<Vec<_>>();
    assert_eq!(rows.len(), 11, "{text}");
    assert_eq!(cells(1)[1..5], ["2025-01-01", "AN", "F-0", "F-0"]);
    assert!(rows[3].starts_with("2,2025-02-01,\"BQ: \"\"1\"\"\",F-1,"), "{text}");
    let sale = cells(5);
    assert_eq!(sale[1..4], ["2026-03-05", "VE", "VE-000001"]);
    assert_eq!(sale[9..], ["VASSEUR", "1200.50", "", "posted"]);
    assert_eq!(cells(7)[10..], ["0.05", "", "draft"]);
    let own = written(|out| write_journal_csv(&desk.reader(), &query("2026-01-01.."), out));
    assert_eq!(own.matches(",AN,AN-000001,").count(), 3, "{own}");
}

#[test]
fn a_ledger_is_written_with_its_running_balance() {
    let desk = desk();
    let asked = Query { account: Some("512100".to_owned()), ..query("..") };
    let text = written(|out| write_ledger_csv(&desk.reader(), &asked, out));
    let label = "Ancien logiciel";
    assert_eq!(
        rows(&text),
        [
            concat!(
                "account,row,day,journal,number,reference,label,counterparty,",
                "debit,credit,balance,state"
            ),
            "512100,opening,,,,,,,,,0.00,",
            &format!("512100,line,2025-01-01,AN,F-0,F-0,{label},,1234.56,,1234.56,posted"),
            &format!(
                "512100,line,2025-02-01,\"BQ: \"\"1\"\"\",F-1,F-1,{label},,,0.07,1234.49,posted"
            ),
            "512100,closing,,,,,,,,,1234.49,",
        ]
    );
    let last = Query { last: Some(1), ..asked };
    let text = written(|out| write_ledger_csv(&desk.reader(), &last, out));
    assert_eq!(rows(&text)[1], "512100,opening,,,,,,,,,1234.56,");
    assert_eq!(rows(&text).len(), 4);
}

#[test]
fn statements_and_months_are_written_in_both_languages() {
    let desk = desk();
    let reader = desk.reader();
    let income = income_statement(&reader, &query("2026-01-01..")).unwrap();
    let text = written(|out| income.write_csv(Language::English, out));
    assert!(text.contains("products,sales_services,group,,Sales of services and works,1200.50,"));
    let text = written(|out| income.write_csv(Language::French, out));
    assert!(text.contains("results,net_result,total,,Bénéfice ou perte,1200.50,0.00,1200.50\r\n"));
    let months = income_by_month(&reader, &query("..+")).unwrap();
    let text = written(|out| months.write_csv(out));
    assert!(text.contains("2026-03,706,") && text.contains(",0.00,1200.50,-1200.50\r\n"), "{text}");
}

/// hledger's balances by account code, in cents.
fn hledger(text: &str) -> BTreeMap<String, i64> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("livre.journal");
    std::fs::write(&file, text).unwrap();
    let told = Command::new("hledger")
        .env("LC_ALL", "C.UTF-8")
        .args(["-f", file.to_str().unwrap(), "balance", "-N", "--flat", "-O", "csv"])
        .output()
        .expect("hledger must be installed");
    assert!(told.status.success(), "{}\n{text}", String::from_utf8_lossy(&told.stderr));
    let told = String::from_utf8(told.stdout).unwrap();
    let rows = told.lines().skip(1).map(|row| {
        let (account, amount) = row.trim_matches('"').split_once("\",\"").unwrap();
        let code = account.split(' ').next().unwrap();
        let cents = amount.strip_suffix(" EUR").unwrap().replace('.', "");
        (code.to_owned(), cents.parse().unwrap())
    });
    rows.collect()
}

#[test]
fn hledger_finds_the_balances_of_the_trial_balance() {
    let desk = desk();
    let reader = desk.reader();
    for (span, accounts) in [("..", 5), ("..+", 7), ("2026-01-01..2026-12-31+", 8)] {
        let text = written(|out| write_hledger(&reader, &query(span), out));
        let expect: BTreeMap<String, i64> = trial_balance(&reader, &query(span))
            .unwrap()
            .rows
            .into_iter()
            .map(|row| (row.code.clone(), row.closing_minor()))
            .filter(|(_, balance)| *balance != 0)
            .collect();
        assert_eq!(expect.len(), accounts, "{expect:?}");
        assert_eq!(hledger(&text), expect, "{span}");
    }
}

#[test]
fn an_entry_is_written_as_hledger_reads_it() {
    let desk = desk();
    let text = written(|out| write_hledger(&desk.reader(), &query("2026-03-05..+"), out));
    let sale = "\n2026-03-05 * (VE-000001) Écriture  ; ";
    assert!(text.contains(sale), "{text}");
    assert!(text.contains("  1200.50 EUR  ; VASSEUR "), "{text}");
    assert!(text.contains("\n2026-03-06 ! () Écriture"), "{text}");
}
