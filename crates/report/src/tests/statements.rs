//! Income statement and balance sheet: the small company of the layout's own tests, and the rules.

use super::{Desk, query, sum_of};
use crate::*;
use book::read::Reader;

/// A small company's year before closing, worked by hand, in euros, debit positive.
const SMALL_COMPANY: &[(&str, i64)] = &[
    ("2154", 20_000),
    ("2183", 4_000),
    ("275", 1_200),
    ("37", 8_500),
    ("411", 14_400),
    ("416", 1_200),
    ("4091", 300),
    ("486", 450),
    ("512", 19_990),
    ("53", 150),
    ("607", 52_000),
    ("613", 9_600),
    ("626", 900),
    ("6226", 1_800),
    ("616", 700),
    ("606", 1_400),
    ("63511", 800),
    ("6411", 24_000),
    ("645", 9_500),
    ("6811", 4_500),
    ("6817", 600),
    ("661", 600),
    ("658", 60),
    ("6582", 90),
    ("695", 2_111),
    ("7097", 1_000),
    ("28154", -6_000),
    ("28183", -2_500),
    ("397", -500),
    ("491", -600),
    ("101", -10_000),
    ("1061", -1_000),
    ("110", -4_000),
    ("164", -15_000),
    ("401", -7_200),
    ("404", -1_800),
    ("4191", -960),
    ("431", -1_300),
    ("44551", -1_450),
    ("4421", -200),
    ("444", -2_111),
    ("455", -3_000),
    ("487", -700),
    ("707", -90_000),
    ("706", -30_000),
    ("758", -30),
    ("6037", -1_500),
];

fn small_company() -> Desk {
    let mut desk = Desk::new("2026-01-01", "2026-12-31");
    // A line needs an account of three digits.
    let code = |code: &'static str| match code {
        "37" => "371",
        "53" => "531",
        code => code,
    };
    let lines: Vec<(&str, i64)> =
        SMALL_COMPANY.iter().map(|(account, euros)| (code(account), euros * 100)).collect();
    desk.take_over(&[("OD", "2026-12-31", &lines)]);
    desk
}

/// Ids with gross, less and net in cents; each net is the sum of the lines it names.
fn check(reader: &Reader, statement: &Statement, expect: &[(&str, i64, i64)]) {
    for (id, gross, less) in expect {
        let row = statement.row(id).unwrap();
        assert_eq!((row.gross_minor, row.less_minor), (gross * 100, less * 100), "{id}");
    }
    for row in &statement.rows {
        assert_eq!(sum_of(reader, &statement.figure(row)), row.net_minor, "{}", row.id);
        for account in &row.accounts {
            let lines = sum_of(reader, &statement.account_figure(account));
            assert_eq!(lines, account.amount_minor, "{} {}", row.id, account.code);
        }
    }
    assert!(statement.left_out.is_empty());
}

#[test]
fn a_small_company_gives_the_figures_worked_by_hand() {
    let desk = small_company();
    let reader = desk.reader();
    let income = income_statement(&reader, &query("..")).unwrap();
    check(
        &reader,
        &income,
        &[
            ("sales_goods", 89_000, 0),
            ("sales_services", 30_000, 0),
            ("total_operating_products", 119_030, 0),
            ("change_goods", -1_500, 0),
            ("external_charges", 14_400, 0),
            ("total_operating_charges", 104_450, 0),
            ("operating_result", 14_580, 0),
            ("financial_result", -600, 0),
            ("income_tax", 2_111, 0),
            ("net_result", 11_869, 0),
        ],
    );
    let sheet = balance_sheet(&reader, &query("..")).unwrap();
    check(
        &reader,
        &sheet,
        &[
            ("total_fixed_assets", 25_200, 8_500),
            ("goods", 8_500, 500),
            ("trade_receivables", 15_600, 600),
            ("cash", 20_140, 0),
            ("total_current_assets", 44_990, 1_100),
            ("total_assets", 70_190, 9_600),
            ("result", 11_869, 0),
            ("total_equity", 26_869, 0),
            ("bank_debts", 15_000, 0),
            ("trade_payables", 7_200, 0),
            ("tax_social_debts", 5_061, 0),
            ("total_debts", 33_721, 0),
            ("total_liabilities", 60_590, 0),
        ],
    );
    assert_eq!(sheet.row("total_assets").unwrap().net_minor, 6_059_000);
}

#[test]
fn the_year_after_begins_with_the_result_computed() {
    let desk = small_company();
    let reader = desk.reader();
    let sheet = balance_sheet(&reader, &query("..2027-01-05")).unwrap();
    check(&reader, &sheet, &[("total_liabilities", 60_590, 0), ("result", 11_869, 0)]);
    let result = &sheet.row("result").unwrap().accounts;
    assert_eq!(result.len(), 1);
    assert_eq!((result[0].code.as_str(), result[0].is_computed), ("120", true));
    // On a day of the year itself it is the year's own.
    let sheet = balance_sheet(&reader, &query("2020-01-01..2026-12-31")).unwrap();
    let result = &sheet.row("result").unwrap().accounts;
    assert_eq!((result[0].code.as_str(), result[0].is_computed), ("", false));
    // Nothing stands on a day before.
    let sheet = balance_sheet(&reader, &query("..2026-12-30")).unwrap();
    check(&reader, &sheet, &[("total_liabilities", 0, 0), ("total_assets", 0, 0)]);
    let income = income_statement(&reader, &query("2027-01-01..2027-12-31")).unwrap();
    check(&reader, &income, &[("net_result", 0, 0)]);
}

#[test]
fn what_one_customer_overpaid_never_hides_what_another_owes() {
    let mut desk = Desk::new("2026-01-01", "2026-12-31");
    desk.draft("OD", "2026-02-01", &[("411/VASSEUR", 50_000), ("706", -50_000)]);
    desk.draft("OD", "2026-02-02", &[("531", 12_000), ("411/MENUISIER", -12_000)]);
    desk.draft("OD", "2026-02-03", &[("401/SCIERIE", 3_000), ("531", -3_000)]);
    desk.draft("OD", "2026-02-03", &[("606", 2_000), ("401/VASSEUR", -2_000)]);
    let reader = desk.reader();
    let none = balance_sheet(&reader, &query("..")).unwrap();
    check(&reader, &none, &[("total_assets", 0, 0)]);
    desk.post("2026-02-02");
    for (span, payables) in [("..+", 20), ("..", 0)] {
        let reader = desk.reader();
        let sheet = balance_sheet(&reader, &query(span)).unwrap();
        check(
            &reader,
            &sheet,
            &[
                ("trade_receivables", 500, 0),
                ("other_debts", 120, 0),
                ("trade_payables", payables, 0),
                ("other_receivables", if payables > 0 { 30 } else { 0 }, 0),
            ],
        );
    }
}

#[test]
fn the_income_of_each_month_stands_alone() {
    let mut desk = Desk::new("2026-03-15", "2027-03-14");
    desk.draft("OD", "2026-03-20", &[("531", 700), ("706", -700)]);
    desk.draft("OD", "2026-05-02", &[("531", 100), ("706", -100)]);
    desk.draft("OD", "2026-05-20", &[("531", 50), ("706", -50)]);
    desk.draft("OD", "2027-03-10", &[("606", 30), ("531", -30)]);
    desk.draft("OD", "2027-03-20", &[("606", 4), ("531", -4)]);
    desk.post("2027-03-31");
    desk.draft("OD", "2026-05-31", &[("606", 9), ("531", -9)]);
    let reader = desk.reader();
    let check = |span: &str, expect: &[&str]| {
        let report = income_by_month(&reader, &query(span)).unwrap();
        let found: Vec<String> = report
            .rows
            .iter()
            .map(|row| {
                let balance = row.debit_minor - row.credit_minor;
                assert_eq!(sum_of(&reader, &report.figure(row)), balance, "{span}");
                format!("{} {} {balance}", row.month, row.code)
            })
            .collect();
        assert_eq!(found, expect, "{span}");
    };
    let whole = ["2026-03 706 -700", "2026-05 706 -150", "2027-03 606 34"];
    check("..", &whole);
    check("2026-03-15..2027-03-14", &["2026-03 706 -700", "2026-05 706 -150", "2027-03 606 30"]);
    check("2027-03-15..", &["2027-03 606 4"]);
    check("2026-05-03..2026-05-31+", &["2026-05 606 9", "2026-05 706 -50"]);
}
