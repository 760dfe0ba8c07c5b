//! Income statement by month: one row for each month and account.

use crate::csv::Table;
use crate::error::{Error, Result};
use crate::figure::{Figure, Lines};
use crate::query::Query;
use crate::scope::{Accounts, Scope};
use crate::sums::Adder;
use crate::trial_balance::part;
use book::AccountId;
use book::read::Reader;
use std::io;
use values::Day;

/// An account in a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthRow {
    /// `YYYY-MM`.
    pub month: String,
    /// The account.
    pub account: AccountId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Debits in minor units.
    pub debit_minor: i64,
    /// Credits in minor units; positive.
    pub credit_minor: i64,
}

/// An income statement by month.
#[derive(Debug, Clone)]
pub struct MonthlyIncome {
    /// By month, then account.
    pub rows: Vec<MonthRow>,
    /// Decimals of the book's currency.
    pub exponent: u32,
    scope: Scope,
}

/// Income and expenses of a query by month and account.
pub fn income_by_month(reader: &Reader, query: &Query) -> Result<MonthlyIncome> {
    let scope = Scope::of(reader, query)?;
    let accounts = Accounts::of(reader)?;
    let prefix = query.account.as_deref().unwrap_or("");
    let adder = Adder { by_month: true, ..Adder::new(reader, &scope, prefix) };
    let mut rows = Vec::new();
    for ((month, id), sum) in adder.in_span(&scope)? {
        let is_nothing = (sum.debit_minor, sum.credit_minor) == (0, 0);
        if is_nothing || !accounts.makes_result(id) {
            continue;
        }
        let Some(account) = accounts.get(id) else { continue };
        rows.push(MonthRow {
            month,
            account: id,
            code: account.code.clone(),
            name: account.name.clone(),
            debit_minor: sum.debit_minor,
            credit_minor: sum.credit_minor,
        });
    }
    rows.sort_by(|one, other| (&one.month, &one.code).cmp(&(&other.month, &other.code)));
    let exponent = reader.facts(scope.last)?.currency.exponent();
    Ok(MonthlyIncome { rows, exponent, scope })
}

impl MonthlyIncome {
    /// The lines a row is the sum of, debit positive.
    pub fn figure(&self, row: &MonthRow) -> Figure {
        let mut parts = Vec::new();
        if let Ok(begins) = Day::parse(&format!("{}-01", row.month)) {
            let month = (begins, begins.month_end());
            let halves = [
                (self.scope.in_first_year(), Lines::All),
                (self.scope.in_later_years(), Lines::Movements),
            ];
            for ((first, last), lines) in halves {
                let days = (first.max(month.0), last.min(month.1));
                if days.0 <= days.1 {
                    parts.push(part(vec![row.account], days, lines));
                }
            }
        }
        Figure { parts, drafts: self.scope.drafts }
    }

    /// Writes `month,account,name,debit,credit,balance`, the balance debit positive.
    pub fn write_csv(&self, out: &mut dyn io::Write) -> Result<()> {
        let mut table = Table::new(out, self.exponent);
        table.head("month,account,name,debit,credit,balance");
        for row in &self.rows {
            table.text(&row.month);
            table.text(&row.code);
            table.text(&row.name);
            table.amount(row.debit_minor);
            table.amount(row.credit_minor);
            table.amount(row.debit_minor - row.credit_minor);
            table.end_row().map_err(Error::Write)?;
        }
        table.finish().map_err(Error::Write)
    }
}
