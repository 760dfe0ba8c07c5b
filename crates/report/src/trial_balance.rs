//! Trial balance: each account with what it begins with, what moved, and what is left.

use crate::csv::Table;
use crate::error::{Error, Result};
use crate::figure::{Figure, Lines, Part, Side};
use crate::query::Query;
use crate::scope::{Accounts, Days, Scope};
use crate::sums::{Adder, Sum, Sums};
use book::AccountId;
use book::read::Reader;
use std::collections::BTreeMap;
use std::io;

/// One account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TrialRow {
    /// The account; none for an account that only a computed opening needs.
    pub account: Option<AccountId>,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it begins with: journal AN of the first year, or the balance computed from the year
    /// before, and all that moved before the span. Minor units; debit positive.
    pub opening_minor: i64,
    /// Debits of the span but for those of journal AN, in minor units.
    pub debit_minor: i64,
    /// Credits of the span but for those of journal AN, in minor units; positive.
    pub credit_minor: i64,
    /// Whether the opening is computed from the year before: to be drawn as a draft.
    pub is_computed: bool,
}

impl TrialRow {
    /// What is left, in minor units; debit positive.
    pub fn closing_minor(&self) -> i64 {
        self.opening_minor + self.debit_minor - self.credit_minor
    }
}

/// Column sums in minor units, all positive; each pair is equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Of openings in debit.
    pub opening_debit_minor: i64,
    /// Of openings in credit.
    pub opening_credit_minor: i64,
    /// Of debits.
    pub debit_minor: i64,
    /// Of credits.
    pub credit_minor: i64,
    /// Of what is left in debit.
    pub closing_debit_minor: i64,
    /// Of what is left in credit.
    pub closing_credit_minor: i64,
}

/// A column of the trial balance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// What the account begins with.
    Opening,
    /// Debits.
    Debit,
    /// Credits.
    Credit,
    /// What is left.
    Closing,
}

/// A trial balance.
#[derive(Debug, Clone)]
pub struct TrialBalance {
    /// The accounts by code, those without any figure left out.
    pub rows: Vec<TrialRow>,
    /// Column sums.
    pub totals: Totals,
    /// Decimals of the book's currency.
    pub exponent: u32,
    scope: Scope,
    results: Vec<(String, Days)>,
    result_accounts: Vec<AccountId>,
}

/// The trial balance of a query.
pub fn trial_balance(reader: &Reader, query: &Query) -> Result<TrialBalance> {
    let scope = Scope::of(reader, query)?;
    let accounts = reader.accounts()?;
    let prefix = query.account.as_deref().unwrap_or("");
    let adder = Adder::new(reader, &scope, prefix);
    let first_year = (scope.year.0, scope.last.min(scope.year.1));
    let mut opening = Sums::new();
    adder.add_opening(&mut opening, first_year, 1)?;
    adder.add_all(&mut opening, scope.before(), 1)?;
    adder.add_opening(&mut opening, scope.before(), -1)?;
    let mut moved = adder.in_span(&scope)?;
    adder.add_opening(&mut moved, scope.in_first_year(), -1)?;

    let mut rows: BTreeMap<String, TrialRow> = BTreeMap::new();
    for account in accounts {
        let of = |sums: &Sums| sums.get(&(String::new(), account.id)).copied().unwrap_or_default();
        let Sum { debit_minor, credit_minor } = of(&moved);
        let opening_minor = of(&opening).net();
        if (opening_minor, debit_minor, credit_minor) != (0, 0, 0) {
            let row = TrialRow {
                account: Some(account.id),
                code: account.code.clone(),
                name: account.name,
                opening_minor,
                debit_minor,
                credit_minor,
                is_computed: false,
            };
            rows.insert(account.code, row);
        }
    }
    let (mut results, mut result_accounts) = (Vec::new(), Vec::new());
    if let Some(carried) = carry(reader, &scope, prefix)? {
        for one in carried.balances {
            let row = rows.entry(one.code.clone()).or_default();
            row.opening_minor += one.opening_minor;
            *row = TrialRow {
                opening_minor: row.opening_minor,
                debit_minor: row.debit_minor,
                credit_minor: row.credit_minor,
                ..one
            };
        }
        (results, result_accounts) = (carried.results, carried.result_accounts);
    }
    let rows: Vec<TrialRow> = rows.into_values().collect();
    let exponent = reader.facts(scope.last)?.currency.exponent();
    let totals = totals(&rows);
    Ok(TrialBalance { rows, totals, exponent, scope, results, result_accounts })
}

/// What a year begins with while its journal AN has no entry.
pub(crate) struct Carried {
    /// Opening balances, in no order; an account may come twice, as itself and for a result.
    pub(crate) balances: Vec<TrialRow>,
    /// Of each carried year with a result: the account it goes to, the year's days.
    pub(crate) results: Vec<(String, Days)>,
    /// The accounts in use that make results.
    pub(crate) result_accounts: Vec<AccountId>,
}

/// Computes what the first year of a span begins with from the years before, if it must.
pub(crate) fn carry(reader: &Reader, scope: &Scope, prefix: &str) -> Result<Option<Carried>> {
    let Some(days) = scope.carried_days() else { return Ok(None) };
    let accounts = Accounts::of(reader)?;
    let mut all = Sums::new();
    Adder::new(reader, scope, prefix).add_all(&mut all, days, 1)?;
    let mut balances = Vec::new();
    for ((_, id), sum) in all {
        let Some(account) = accounts.get(id) else { continue };
        if sum.net() != 0 && !accounts.makes_result(id) {
            let opening_minor = sum.net();
            let (code, name) = (account.code.clone(), account.name.clone());
            let account = Some(id);
            let is_computed = true;
            balances.push(TrialRow {
                account,
                code,
                name,
                opening_minor,
                is_computed,
                ..TrialRow::default()
            });
        }
    }
    let mut results = Vec::new();
    for year in &scope.carried {
        let mut sums = Sums::new();
        Adder::new(reader, scope, "").add_all(&mut sums, *year, 1)?;
        let made = sums.iter().filter(|((_, id), _)| accounts.makes_result(*id));
        let result_minor: i64 = made.map(|(_, sum)| sum.net()).sum();
        let (code, name) = accounts.carried_to(result_minor);
        if result_minor != 0 && code.starts_with(prefix) {
            let account = accounts.all.iter().find(|one| one.code == *code);
            results.push((code.clone(), *year));
            balances.push(TrialRow {
                account: account.map(|one| one.id),
                code: code.clone(),
                name: account.map_or(name, |one| &one.name).clone(),
                opening_minor: result_minor,
                is_computed: true,
                ..TrialRow::default()
            });
        }
    }
    let all = accounts.all.iter().map(|one| one.id);
    let result_accounts = all.filter(|id| accounts.makes_result(*id)).collect();
    Ok(Some(Carried { balances, results, result_accounts }))
}

fn totals(rows: &[TrialRow]) -> Totals {
    let mut totals = Totals::default();
    for row in rows {
        let closing = row.closing_minor();
        totals.opening_debit_minor += row.opening_minor.max(0);
        totals.opening_credit_minor += (-row.opening_minor).max(0);
        totals.debit_minor += row.debit_minor;
        totals.credit_minor += row.credit_minor;
        totals.closing_debit_minor += closing.max(0);
        totals.closing_credit_minor += (-closing).max(0);
    }
    totals
}

impl TrialBalance {
    /// What a cell is the sum of; debit positive, but for credits, which are counted as positive.
    pub fn figure(&self, row: &TrialRow, cell: Cell) -> Figure {
        let mut parts = Vec::new();
        if matches!(cell, Cell::Opening | Cell::Closing) {
            self.opening_parts(row, &mut parts);
        }
        let side = match cell {
            Cell::Opening => None,
            Cell::Debit => Some((Side::Debit, 1)),
            Cell::Credit => Some((Side::Credit, -1)),
            Cell::Closing => Some((Side::Both, 1)),
        };
        if let (Some((side, sign)), Some(account)) = (side, row.account) {
            let days = (self.scope.first, self.scope.last);
            parts.push(Part { side, sign, ..part(vec![account], days, Lines::Movements) });
        }
        parts.retain(|part| part.first <= part.last && !part.accounts.is_empty());
        Figure { parts, drafts: self.scope.drafts }
    }

    fn opening_parts(&self, row: &TrialRow, parts: &mut Vec<Part>) {
        let scope = &self.scope;
        if let Some(account) = row.account {
            let first_year = (scope.year.0, scope.last.min(scope.year.1));
            if let Some(days) = scope.carried_days()
                && !self.result_accounts.contains(&account)
            {
                parts.push(part(vec![account], days, Lines::All));
            }
            parts.push(part(vec![account], first_year, Lines::Opening));
            parts.push(part(vec![account], scope.before(), Lines::Movements));
        }
        for (code, year) in &self.results {
            if *code == row.code {
                parts.push(part(self.result_accounts.clone(), *year, Lines::All));
            }
        }
    }

    /// Writes `account,name,opening,debit,credit,balance`, amounts with a point, debit positive.
    pub fn write_csv(&self, out: &mut dyn io::Write) -> Result<()> {
        let mut table = Table::new(out, self.exponent);
        table.head("account,name,opening,debit,credit,balance");
        for row in &self.rows {
            table.text(&row.code);
            table.text(&row.name);
            table.amount(row.opening_minor);
            table.amount(row.debit_minor);
            table.amount(row.credit_minor);
            table.amount(row.closing_minor());
            table.end_row().map_err(Error::Write)?;
        }
        table.finish().map_err(Error::Write)
    }
}

/// Both sides, debit positive, of all counterparties.
pub(crate) fn part(accounts: Vec<AccountId>, (first, last): Days, lines: Lines) -> Part {
    Part { accounts, parties: None, first, last, lines, side: Side::Both, sign: 1 }
}
