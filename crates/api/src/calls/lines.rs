//! Bank lines in their thousands: how many on each day, and those of some days.

use super::{Called, LineStateView, ReportQuery, Seen};
use crate::app::App;
use crate::failure::Failure;
use crate::host::Progress;
use book::BankAccountId;
use book::read::{BankAccount, LineSearch, LinesAsked, Reader};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::path::Path;
use ts_rs::TS;
use values::Day;

/// Which bank lines.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct LineQuery {
    /// Ledger account of the bank account; all of them when absent.
    #[serde(default)]
    pub account: Option<String>,
    /// Where they stand; anywhere when absent.
    #[serde(default)]
    pub state: Option<LineStateView>,
    /// What label or other side hold, in any case, or an amount as far as it is typed: `1284,5`.
    #[serde(default)]
    pub search: Option<String>,
}

/// Which bank lines, and of which days.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct LineSpan {
    /// Ledger account of the bank account; all of them when absent.
    #[serde(default)]
    pub account: Option<String>,
    /// Where they stand; anywhere when absent.
    #[serde(default)]
    pub state: Option<LineStateView>,
    /// What label or other side hold, in any case, or an amount as far as it is typed: `1284,5`.
    #[serde(default)]
    pub search: Option<String>,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

/// How many bank lines there are, day by day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LineDays {
    /// How many in all.
    pub count: u64,
    /// The days that have any, newest first.
    pub days: Vec<DayCount>,
}

/// How many on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct DayCount {
    /// The day.
    pub day: Day,
    /// How many.
    pub count: u64,
}

/// A bank line in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BankLineView {
    /// Its id.
    pub id: i64,
    /// Ledger account of its bank account.
    pub account: String,
    /// The booked day.
    pub day: Day,
    /// Minor units of the account's currency; money in is positive.
    pub amount_minor: i64,
    /// The account's currency.
    pub currency: String,
    /// The bank's words.
    pub label: String,
    /// The other side's name.
    pub party: Option<String>,
    /// Where it stands.
    pub state: LineStateView,
    /// The entry that books it.
    pub entry: Option<i64>,
    /// Whether that entry is a draft.
    pub entry_draft: Option<bool>,
    /// The entry's other accounts, in the order of its lines.
    pub counter_accounts: Vec<String>,
}

/// The most lines given at once.
const MOST_LINES: usize = 2_000;

impl App {
    /// How many bank lines there are on each day.
    pub fn line_days(&self, book: &Path, request: LineQuery, _: &dyn Progress) -> Called<LineDays> {
        let reader = self.reader(book)?;
        let LineQuery { account, state, search } = request;
        let asked = self.lines_asked(&reader, account.as_deref(), state, search.as_deref())?;
        let days = reader.line_days(&asked).map_err(|why| self.failed(&why))?;
        let count = days.iter().map(|(_, count)| count).sum();
        let days = days.into_iter().map(|(day, count)| DayCount { day, count }).collect();
        Ok(Seen::at(reader.seq(), LineDays { count, days }))
    }

    /// The bank lines of some days, newest first, at most 2,000.
    pub fn bank_lines(
        &self,
        book: &Path,
        request: LineSpan,
        _: &dyn Progress,
    ) -> Called<Vec<BankLineView>> {
        let explain = |why: book::Error| self.failed(&why);
        let reader = self.reader(book)?;
        let LineSpan { account, state, search, from, to } = request;
        let asked = self.lines_asked(&reader, account.as_deref(), state, search.as_deref())?;
        let lines = reader.newest_lines(&asked, (from, to), MOST_LINES).map_err(explain)?;
        let own = reader.bank_accounts().map_err(explain)?;
        let accounts: HashMap<BankAccountId, &BankAccount> =
            own.iter().map(|account| (account.id, account)).collect();
        let mut views = Vec::with_capacity(lines.len());
        for line in lines {
            let account = accounts.get(&line.bank_account);
            let code = account.map_or("", |account| account.account.as_str());
            let entry = line.entry.as_ref().map(|(entry, _)| *entry);
            let counter_accounts = match entry {
                Some(entry) => reader.counter_accounts(entry, code).map_err(explain)?,
                None => Vec::new(),
            };
            let entry_draft = match entry {
                Some(entry) => reader.is_draft(entry).map_err(explain)?,
                None => None,
            };
            views.push(BankLineView {
                id: line.id.0,
                account: code.to_owned(),
                day: line.day,
                amount_minor: line.amount_minor,
                currency: account.map_or("", |account| account.currency.code()).to_owned(),
                label: line.label,
                party: line.party_name,
                state: line.state.place().into(),
                entry: entry.map(|entry| entry.0),
                entry_draft,
                counter_accounts,
            });
        }
        Ok(Seen::at(reader.seq(), views))
    }

    fn lines_asked(
        &self,
        reader: &Reader,
        account: Option<&str>,
        state: Option<LineStateView>,
        search: Option<&str>,
    ) -> Result<LinesAsked, Failure> {
        let bank_account = match account {
            Some(code) => Some(self.bank_account_of(reader, code)?.id),
            None => None,
        };
        let search = search.and_then(LineSearch::of);
        Ok(LinesAsked { bank_account, place: state.map(Into::into), search })
    }

    /// The bank account of a ledger account.
    fn bank_account_of(&self, reader: &Reader, code: &str) -> Result<BankAccount, Failure> {
        let own = reader.bank_accounts().map_err(|why| self.failed(&why))?;
        own.into_iter()
            .find(|one| one.account == code)
            .ok_or_else(|| self.own("no-bank-account", &[("account", code)]))
    }

    /// How many entries the journal has on each day, oldest first.
    pub fn journal_days(
        &self,
        book: &Path,
        request: ReportQuery,
        _: &dyn Progress,
    ) -> Called<Vec<DayCount>> {
        let reader = self.reader(book)?;
        let days =
            report::journal_days(&reader, &request.into()).map_err(|why| self.failed(&why))?;
        let days = days.into_iter().map(|(day, count)| DayCount { day, count }).collect();
        Ok(Seen::at(reader.seq(), days))
    }
}
