//! Random books held against a plain model that adds up every line by the rules as they are told:
//! year by year, an opening by entries or by what the year before left.

use super::{Desk, Former, sum_of};
use crate::*;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use values::Day;

const ACCOUNTS: &[&str] = &[
    "101",
    "2183",
    "401/SCIERIE",
    "401/VASSEUR",
    "411/VASSEUR",
    "411/MENUISIER",
    "531",
    "606",
    "641",
    "706",
    "758",
    "120",
];

/// An entry before it is written: days after the beginning, accounts by place, state.
#[derive(Debug, Clone)]
struct Sketch {
    offset: i64,
    lines: Vec<(usize, i64)>,
    opens: bool,
    is_draft: bool,
}

/// An entry of the model.
struct Entry {
    day: Day,
    lines: Vec<(String, i64)>,
    opens: bool,
    is_draft: bool,
}

/// An entry of a former software before it is lent.
type Owned<'a> = (&'a str, String, Vec<(&'a str, i64)>);

fn sketch() -> impl Strategy<Value = Sketch> {
    let line = (0..ACCOUNTS.len(), -5_000i64..5_000);
    let lines = proptest::collection::vec(line, 1..4);
    (0i64..4 * 365, lines, prop::bool::weighted(0.12), prop::bool::weighted(0.25))
        .prop_map(|(offset, lines, opens, is_draft)| Sketch { offset, lines, opens, is_draft })
}

impl Sketch {
    /// Lines without zero that sum to zero.
    fn balanced(&self) -> Vec<(&'static str, i64)> {
        let mut lines: Vec<(&str, i64)> = self
            .lines
            .iter()
            .map(|(place, amount)| (ACCOUNTS[*place], if *amount == 0 { 1 } else { *amount }))
            .collect();
        let rest: i64 = lines.iter().map(|(_, amount)| amount).sum();
        if rest != 0 {
            lines.push(("531", -rest));
        }
        lines
    }
}

struct World {
    desk: Desk,
    years: Vec<(Day, Day)>,
    entries: Vec<Entry>,
}

/// Two years of history, then two own ones, cut in mid-month or not.
fn world(sketches: &[Sketch], mid_month: bool) -> World {
    let cut = if mid_month { "03-15" } else { "01-01" };
    let begins: Vec<Day> = (2024..=2028).map(|year| super::day(&format!("{year}-{cut}"))).collect();
    let years: Vec<(Day, Day)> =
        begins.windows(2).map(|pair| (pair[0], pair[1].plus_days(-1))).collect();
    let own = years[2];
    let mut desk = Desk::new(&own.0.to_string(), &own.1.to_string());
    desk.open_year(&years[3].0.to_string(), &years[3].1.to_string());
    let mut entries = Vec::new();
    let mut former: Vec<Owned<'_>> = vec![
        ("OD", years[0].0.to_string(), vec![("531", 1), ("101", -1)]),
        ("OD", years[1].0.to_string(), vec![("531", 1), ("101", -1)]),
    ];
    for year in &years[..2] {
        let lines = vec![("531".to_owned(), 1), ("101".to_owned(), -1)];
        entries.push(Entry { day: year.0, lines, opens: false, is_draft: false });
    }
    let mut drafts = Vec::new();
    for one in sketches {
        let day = begins[0].plus_days(one.offset).min(years[3].1);
        let journal = if one.opens { "AN" } else { "OD" };
        let lines = one.balanced();
        let is_former = day < own.0;
        let bare = |code: &str| code.split('/').next().unwrap().to_owned();
        entries.push(Entry {
            day,
            lines: lines.iter().map(|(code, amount)| (bare(code), *amount)).collect(),
            opens: one.opens,
            is_draft: one.is_draft && !is_former,
        });
        if is_former {
            let lines = lines
                .iter()
                .map(|(code, amount)| (code.split('/').next().unwrap(), *amount))
                .collect();
            former.push((journal, day.to_string(), lines));
        } else if one.is_draft {
            drafts.push((journal, day, lines));
        } else {
            desk.draft(journal, &day.to_string(), &lines);
        }
    }
    desk.post(&years[3].1.to_string());
    for (journal, day, lines) in drafts {
        desk.draft(journal, &day.to_string(), &lines);
    }
    let former: Vec<Former<'_>> = former
        .iter()
        .map(|(journal, day, lines)| (*journal, day.as_str(), lines.as_slice()))
        .collect();
    desk.take_over(&former);
    World { desk, years, entries }
}

fn makes_result(code: &str) -> bool {
    code.starts_with(['6', '7'])
}

type Balances = BTreeMap<String, i64>;

impl World {
    fn seen(&self, drafts: bool, first: Day, last: Day) -> impl Iterator<Item = &Entry> {
        self.entries
            .iter()
            .filter(move |entry| drafts || !entry.is_draft)
            .filter(move |entry| first <= entry.day && entry.day <= last)
    }

    /// What a year begins with, as far as is seen up to a day.
    fn opening(&self, year: usize, up_to: Day, drafts: bool) -> Balances {
        let (first, last) = self.years[year];
        let mut balances = Balances::new();
        let opens: Vec<&Entry> =
            self.seen(drafts, first, last.min(up_to)).filter(|entry| entry.opens).collect();
        if !opens.is_empty() {
            for (code, amount) in opens.iter().flat_map(|entry| &entry.lines) {
                *balances.entry(code.clone()).or_default() += amount;
            }
        } else if year > 0 {
            let mut result = 0;
            for (code, amount) in self.closing(year - 1, drafts) {
                if makes_result(&code) {
                    result += amount
                } else {
                    balances.insert(code, amount);
                }
            }
            let carried_to = if result > 0 { "129" } else { "120" };
            *balances.entry(carried_to.to_owned()).or_default() += result;
        }
        balances
    }

    fn closing(&self, year: usize, drafts: bool) -> Balances {
        let (first, last) = self.years[year];
        let mut balances = self.opening(year, last, drafts);
        for entry in self.seen(drafts, first, last).filter(|entry| !entry.opens) {
            for (code, amount) in &entry.lines {
                *balances.entry(code.clone()).or_default() += amount;
            }
        }
        balances
    }

    /// Opening, debit, credit of each account that has any.
    fn trial(&self, from: Day, to: Day, drafts: bool) -> BTreeMap<String, (i64, i64, i64)> {
        let year = self.years.iter().position(|year| year.1 >= from).unwrap();
        let mut rows: BTreeMap<String, (i64, i64, i64)> = BTreeMap::new();
        for (code, amount) in self.opening(year, to, drafts) {
            rows.entry(code).or_default().0 += amount;
        }
        for entry in self.seen(drafts, self.years[year].0, to).filter(|entry| !entry.opens) {
            for (code, amount) in &entry.lines {
                let row = rows.entry(code.clone()).or_default();
                match (entry.day < from, *amount > 0) {
                    (true, _) => row.0 += amount,
                    (false, true) => row.1 += amount,
                    (false, false) => row.2 -= amount,
                }
            }
        }
        rows.retain(|_, row| *row != (0, 0, 0));
        rows
    }
}

fn check(world: &World, from: Day, to: Day, drafts: bool) {
    let reader = world.desk.reader();
    let query = Query { from: Some(from), to: Some(to), drafts, ..Query::default() };
    let report = trial_balance(&reader, &query).unwrap();
    let found = report
        .rows
        .iter()
        .map(|row| (row.code.clone(), (row.opening_minor, row.debit_minor, row.credit_minor)));
    let found: BTreeMap<_, _> = found.filter(|(_, row)| *row != (0, 0, 0)).collect();
    assert_eq!(found, world.trial(from, to, drafts), "{from}..{to} {drafts}");
    let totals = report.totals;
    assert_eq!(totals.closing_debit_minor, totals.closing_credit_minor);
    assert_eq!(totals.debit_minor, totals.credit_minor);
    for row in &report.rows {
        for (cell, amount) in [
            (Cell::Opening, row.opening_minor),
            (Cell::Debit, row.debit_minor),
            (Cell::Credit, row.credit_minor),
            (Cell::Closing, row.closing_minor()),
        ] {
            assert_eq!(sum_of(&reader, &report.figure(row, cell)), amount, "{} {cell:?}", row.code);
        }
    }
    let closings = check_ledger(&reader, &query);
    for row in &report.rows {
        assert_eq!(closings.get(&row.code).copied().unwrap_or(0), row.closing_minor());
    }
    check_statements(&reader, &query);
}

/// The ledger runs in order, its end is what is read from the end, and the journal holds its lines.
fn check_ledger(reader: &book::read::Reader, query: &Query) -> BTreeMap<String, i64> {
    let (mut closings, mut rows, mut code) = (BTreeMap::new(), Vec::new(), String::new());
    let mut moved: BTreeMap<String, i64> = BTreeMap::new();
    let mut balance = 0;
    general_ledger(reader, query, |event| {
        match event {
            LedgerEvent::Account(account, before) => {
                (balance, code) = (before, account.code.clone());
                *moved.entry(code.clone()).or_default() -= before;
            }
            LedgerEvent::Line(line, _, after) => {
                balance += line.amount_minor;
                assert_eq!(balance, after);
                rows.push((code.clone(), line.day.to_owned(), line.posting, balance));
            }
            LedgerEvent::End(account) => {
                assert_eq!(balance, account.closing_minor, "{}", account.code);
                *moved.entry(code.clone()).or_default() += balance;
                closings.insert(account.code.clone(), balance);
            }
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    assert!(rows.is_sorted_by(|one, other| one < other), "{rows:?}");
    let mut last = Vec::new();
    general_ledger(reader, &Query { last: Some(2), ..query.clone() }, |event| {
        if let LedgerEvent::Account(account, _) = &event {
            code = account.code.clone();
        }
        if let LedgerEvent::Line(line, _, after) = event {
            last.push((code.clone(), line.day.to_owned(), line.posting, after));
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    rows.reverse();
    let mut taken: BTreeMap<String, u32> = BTreeMap::new();
    rows.retain(|row| {
        let count = taken.entry(row.0.clone()).or_default();
        *count += 1;
        *count <= 2
    });
    rows.reverse();
    assert_eq!(rows, last, "{query:?}");
    journal(reader, query, |row| {
        *moved.entry(row.account.to_owned()).or_default() -= row.line.amount_minor;
        ControlFlow::Continue(())
    })
    .unwrap();
    assert!(moved.values().all(|rest| *rest == 0), "{query:?} {moved:?}");
    closings
}

fn check_statements(reader: &book::read::Reader, query: &Query) {
    let sheet = balance_sheet(reader, query).unwrap();
    let net = |id: &str| sheet.row(id).unwrap().net_minor;
    assert_eq!(net("total_assets"), net("total_liabilities"), "{query:?}");
    let income = income_statement(reader, query).unwrap();
    for statement in [&sheet, &income] {
        for row in &statement.rows {
            let lines = sum_of(reader, &statement.figure(row));
            assert_eq!(lines, row.net_minor, "{query:?} {}", row.id);
        }
    }
    let months = income_by_month(reader, query).unwrap();
    let by_month: i64 = months.rows.iter().map(|row| row.credit_minor - row.debit_minor).sum();
    assert_eq!(by_month, income.row("net_result").unwrap().net_minor);
    for row in &months.rows {
        let lines = sum_of(reader, &months.figure(row));
        assert_eq!(lines, row.debit_minor - row.credit_minor, "{query:?} {row:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 16,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn kept_sums_give_what_adding_up_every_line_gives(
        sketches in proptest::collection::vec(sketch(), 0..40),
        mid_month in any::<bool>(),
        spans in proptest::collection::vec((0i64..4 * 365, 0i64..900, any::<bool>()), 12),
    ) {
        let world = world(&sketches, mid_month);
        let (first, last) = (world.years[0].0, world.years[3].1);
        for drafts in [false, true] {
            check(&world, first, last, drafts);
            check(&world, world.years[1].0, world.years[1].1, drafts);
            check(&world, world.years[3].0, world.years[3].1, drafts);
        }
        for (offset, length, drafts) in spans {
            let from = first.plus_days(offset).min(last);
            check(&world, from, from.plus_days(length).min(last), drafts);
        }
    }
}
