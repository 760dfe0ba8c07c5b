//! Reports over a book: journal, general ledger, trial balance, income statement, balance sheet.
//!
//! Each is a pure function of a [`book::read::Reader`] and a [`Query`]. Sums come from the kept
//! sums of the book; what can be long is handed on line by line, never held. Each figure names the
//! lines that it is the sum of ([`lines_of`]). Nothing here writes a book, holds SQL or knows an
//! account number: groups come from `assets/charts/fr-statements.toml`, kinds and roles from the
//! chart. Start reading at `scope.rs`, which says what a span of days means, then
//! `trial_balance.rs`.

mod balance_sheet;
mod csv;
mod error;
mod figure;
mod hledger;
mod income;
mod journal;
mod layout;
mod ledger;
mod months;
mod query;
mod scope;
mod statement;
mod sums;
mod trial_balance;

pub use balance_sheet::balance_sheet;
pub use error::{Error, Result};
pub use figure::{Figure, FigureKey, FigureLine, Lines, Page, Part, Side, lines_of};
pub use hledger::write_hledger;
pub use income::income_statement;
pub use journal::{JournalRow, journal, journal_days, write_journal_csv};
pub use ledger::{
    LedgerAccount, LedgerEvent, LedgerPage, LedgerPlace, LedgerRow, general_ledger, ledger_page,
    write_ledger_csv,
};
pub use months::{MonthRow, MonthlyIncome, income_by_month};
pub use query::Query;
pub use statement::{AccountAmount, Language, Row, RowKind, Statement};
pub use trial_balance::{Cell, Totals, TrialBalance, TrialRow, trial_balance};

#[cfg(test)]
mod tests;
