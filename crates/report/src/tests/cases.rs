//! Trial balance and ledger of one small book, each figure worked by hand.

use super::{Desk, day, query, sum_of};
use crate::*;
use book::read::Reader;
use std::ops::ControlFlow;

/// Two years of history, of which the second has no opening entry; one own year with its takeover
/// as opening entry; one own year without any; a draft in each own year.
fn morvan() -> Desk {
    let mut desk = Desk::new("2026-01-01", "2026-12-31");
    desk.take_over(&[
        ("AN", "2024-01-01", &[("530", 50_000), ("101", -50_000)]),
        ("OD", "2024-05-10", &[("530", 20_000), ("706", -20_000)]),
        ("OD", "2025-02-14", &[("606", 30_000), ("530", -30_000)]),
    ]);
    let opening = [("530", 40_000), ("129", 30_000), ("120", -20_000), ("101", -50_000)];
    desk.draft_as("opening", "AN", "2026-01-01", &opening);
    desk.draft("OD", "2026-01-20", &[("530", 7_000), ("706", -7_000)]);
    desk.draft("OD", "2026-03-05", &[("411/VASSEUR", 10_000), ("706", -10_000)]);
    desk.draft("OD", "2026-03-25", &[("606", 1_500), ("401/SCIERIE", -1_500)]);
    desk.post("2026-12-31");
    desk.draft("OD", "2026-04-02", &[("530", 4_000), ("706", -4_000)]);
    desk.draft("OD", "2027-01-15", &[("606", 900), ("530", -900)]);
    desk
}

/// `code opening debit credit balance`, one account a line; a computed opening has a `~`.
fn check(reader: &Reader, span: &str, expect: &[&str]) {
    let report = trial_balance(reader, &query(span)).unwrap();
    let found: Vec<String> = report
        .rows
        .iter()
        .map(|row| {
            let mark = if row.is_computed { "~" } else { "" };
            let (opening, closing) = (row.opening_minor, row.closing_minor());
            let (code, debit, credit) = (&row.code, row.debit_minor, row.credit_minor);
            format!("{code} {mark}{opening} {debit} {credit} {closing}")
        })
        .collect();
    assert_eq!(found, expect, "{span}");
    let totals = report.totals;
    assert_eq!(totals.opening_debit_minor, totals.opening_credit_minor, "{span}");
    assert_eq!(totals.debit_minor, totals.credit_minor, "{span}");
    assert_eq!(totals.closing_debit_minor, totals.closing_credit_minor, "{span}");
    for row in &report.rows {
        let figures = [
            (Cell::Opening, row.opening_minor),
            (Cell::Debit, row.debit_minor),
            (Cell::Credit, row.credit_minor),
            (Cell::Closing, row.closing_minor()),
        ];
        for (cell, amount) in figures {
            let lines = sum_of(reader, &report.figure(row, cell));
            assert_eq!(lines, amount, "{span} {} {cell:?}", row.code);
        }
    }
}

#[test]
fn a_trial_balance_says_what_a_span_holds() {
    let desk = morvan();
    let reader = desk.reader();
    // The whole book: the opening entry of 2026 is left out, its lines stand in the years before.
    check(
        &reader,
        "..",
        &[
            "101 -50000 0 0 -50000",
            "401 0 0 1500 -1500",
            "411 0 10000 0 10000",
            "530 50000 27000 30000 47000",
            "606 0 31500 0 31500",
            "706 0 0 37000 -37000",
        ],
    );
    // One year that opens by an entry of its own.
    check(
        &reader,
        "2026-01-01..2026-12-31",
        &[
            "101 -50000 0 0 -50000",
            "120 -20000 0 0 -20000",
            "129 30000 0 0 30000",
            "401 0 0 1500 -1500",
            "411 0 10000 0 10000",
            "530 40000 7000 0 47000",
            "606 0 1500 0 1500",
            "706 0 0 17000 -17000",
        ],
    );
    // From mid-month to mid-month.
    check(
        &reader,
        "2026-01-21..2026-03-24",
        &[
            "101 -50000 0 0 -50000",
            "120 -20000 0 0 -20000",
            "129 30000 0 0 30000",
            "411 0 10000 0 10000",
            "530 47000 0 0 47000",
            "706 -7000 0 10000 -17000",
        ],
    );
    // A year of history without an opening entry begins with what the year before left.
    check(
        &reader,
        "2025-01-01..2025-12-31",
        &[
            "101 ~-50000 0 0 -50000",
            "120 ~-20000 0 0 -20000",
            "530 ~70000 0 30000 40000",
            "606 0 30000 0 30000",
        ],
    );
    // Drafts count when they are asked for; the year of 2027 begins with what 2026 leaves.
    check(
        &reader,
        "2027-01-01..+",
        &[
            "101 ~-50000 0 0 -50000",
            "120 ~-39500 0 0 -39500",
            "129 ~30000 0 0 30000",
            "401 ~-1500 0 0 -1500",
            "411 ~10000 0 0 10000",
            "530 ~51000 0 900 50100",
            "606 0 900 0 900",
        ],
    );
}

#[test]
fn a_trial_balance_says_what_stands_outside_the_years() {
    let desk = morvan();
    let reader = desk.reader();
    // A day after the last year, without drafts; and a day before the book.
    check(
        &reader,
        "2029-06-01..2029-06-30",
        &[
            "101 ~-50000 0 0 -50000",
            "120 ~-35500 0 0 -35500",
            "129 ~30000 0 0 30000",
            "401 ~-1500 0 0 -1500",
            "411 ~10000 0 0 10000",
            "530 ~47000 0 0 47000",
        ],
    );
    check(&reader, "..2023-06-30", &[]);
    check(&reader, "2024-01-02..2024-05-09", &["101 -50000 0 0 -50000", "530 50000 0 0 50000"]);
}

#[test]
fn results_of_two_years_that_were_not_carried_stay_apart() {
    let mut desk = Desk::new("2026-01-01", "2026-12-31");
    desk.draft("OD", "2026-05-10", &[("530", 20_000), ("706", -20_000)]);
    desk.draft("OD", "2027-05-10", &[("606", 5_000), ("530", -5_000)]);
    desk.post("2027-12-31");
    desk.draft("OD", "2028-05-10", &[("530", 1_000), ("706", -1_000)]);
    let reader = desk.reader();
    check(
        &reader,
        "2028-05-01..2028-05-31+",
        &[
            "120 ~-20000 0 0 -20000",
            "129 ~5000 0 0 5000",
            "530 ~15000 1000 0 16000",
            "706 0 0 1000 -1000",
        ],
    );
    // A day between two years: the year after has not begun.
    desk.open_year("2031-01-01", "2031-12-31");
    check(
        &desk.reader(),
        "2030-02-01..2030-02-28",
        &["120 ~-20000 0 0 -20000", "129 ~5000 0 0 5000", "530 ~15000 0 0 15000"],
    );
}

#[test]
fn an_account_or_a_group_of_them_can_be_asked_for() {
    let desk = morvan();
    let reader = desk.reader();
    let asked =
        |account: &str| Query { account: Some(account.to_owned()), ..query("2026-01-01..") };
    let codes = |account: &str| -> Vec<String> {
        let rows = trial_balance(&reader, &asked(account)).unwrap().rows;
        rows.into_iter().map(|row| row.code).collect()
    };
    assert_eq!(codes("4"), ["401", "411"]);
    assert_eq!(codes("411"), ["411"]);
    assert_eq!(codes("12"), ["120", "129"]);
    let backward = trial_balance(&reader, &query("2026-02-01..2026-01-01"));
    assert!(matches!(backward, Err(Error::Backward { .. })));
    let none = general_ledger(&reader, &asked("999"), |_| ControlFlow::Continue(()));
    assert!(matches!(none, Err(Error::NoSuchAccount(_))));
}

fn ledger_of(reader: &Reader, asked: &Query) -> Vec<String> {
    let mut found = Vec::new();
    general_ledger(reader, asked, |event| {
        found.push(match event {
            LedgerEvent::Account(account, before) => format!("{} {before}", account.code),
            LedgerEvent::Line(line, journal, balance) => {
                let state = if line.is_draft { " draft" } else { "" };
                format!("{} {journal} {} {balance}{state}", line.day, line.amount_minor)
            }
            LedgerEvent::End(account) => format!("= {}", account.closing_minor),
        });
        ControlFlow::Continue(())
    })
    .unwrap();
    found
}

#[test]
fn a_ledger_runs_from_opening_to_closing() {
    let desk = morvan();
    let reader = desk.reader();
    let check = |span: &str, last: Option<u32>, expect: &[&str]| {
        let asked = Query { account: Some("530".to_owned()), last, ..query(span) };
        assert_eq!(ledger_of(&reader, &asked), expect, "{span} {last:?}");
    };
    check(
        "..",
        None,
        &[
            "530 0",
            "2024-01-01 AN 50000 50000",
            "2024-05-10 OD 20000 70000",
            "2025-02-14 OD -30000 40000",
            "2026-01-20 OD 7000 47000",
            "= 47000",
        ],
    );
    check(
        "..",
        Some(2),
        &["530 70000", "2025-02-14 OD -30000 40000", "2026-01-20 OD 7000 47000", "= 47000"],
    );
    check("..", Some(0), &["530 47000", "= 47000"]);
    check("..+", Some(1), &["530 51000", "2027-01-15 OD -900 50100 draft", "= 50100"]);
    check(
        "2026-01-01..2026-01-31",
        None,
        &["530 0", "2026-01-01 AN 40000 40000", "2026-01-20 OD 7000 47000", "= 47000"],
    );
    check("2026-01-02..2026-01-31", None, &["530 40000", "2026-01-20 OD 7000 47000", "= 47000"]);
    check("2027-01-01..", None, &["530 47000", "= 47000"]);
    check("2027-01-01..+", None, &["530 51000", "2027-01-15 OD -900 50100 draft", "= 50100"]);
}

#[test]
fn a_ledger_is_read_in_pages_by_key() {
    let mut desk = Desk::new("2026-01-01", "2026-12-31");
    for amount in 1..=7 {
        // Several lines a day, so that a page ends within one.
        let day = format!("2026-02-0{}", 1 + amount / 4);
        desk.draft("OD", &day, &[("530", amount), ("706", -amount)]);
    }
    let reader = desk.reader();
    let (mut after, mut found, mut pages) = (None, Vec::new(), 0);
    loop {
        let page = ledger_page(&reader, &query("..+"), "530", after, 2).unwrap();
        found.extend(page.rows.iter().map(|row| (row.amount_minor, row.balance_minor)));
        assert_eq!(page.account.closing_minor, 28);
        pages += 1;
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(pages, 4);
    assert_eq!(found, [(1, 1), (2, 3), (3, 6), (4, 10), (5, 15), (6, 21), (7, 28)]);
    let last = Query { last: Some(2), ..query("..+") };
    let page = ledger_page(&reader, &last, "530", None, 0).unwrap();
    let rows: Vec<_> = page.rows.iter().map(|row| (row.day, row.balance_minor)).collect();
    assert_eq!(rows, [(day("2026-02-02"), 21), (day("2026-02-02"), 28)]);
    assert!(ledger_page(&reader, &last, "531", None, 2).is_err());
}

#[test]
fn a_reversed_opening_entry_opens_nothing() {
    let mut desk = Desk::new("2026-01-01", "2026-12-31");
    desk.take_over(&[("OD", "2025-05-10", &[("530", 20_000), ("101", -20_000)])]);
    desk.draft_as("opening", "AN", "2026-01-01", &[("530", 19_000), ("101", -19_000)]);
    desk.post("2026-01-01");
    desk.ask(book::ReverseEntry { entry: book::EntryId(2) });
    desk.draft_as("opening", "AN", "2026-01-01", &[("530", 20_000), ("101", -20_000)]);
    desk.post("2026-01-01");
    let reader = desk.reader();
    check(&reader, "2026-01-01..", &["101 -20000 0 0 -20000", "530 20000 0 0 20000"]);
    check(&reader, "..", &["101 0 0 20000 -20000", "530 0 20000 0 20000"]);
}
