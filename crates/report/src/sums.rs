//! Sums by account over days: kept sums for whole months, live ones at the edges and for drafts.

use crate::error::Result;
use crate::scope::{Days, Scope};
use book::AccountId;
use book::read::{AccountSum, FiscalYear, Reader, Stretch};
use std::collections::BTreeMap;

/// Debits and credits in minor units, both as they are added up, so both at least zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Sum {
    pub(crate) debit_minor: i64,
    pub(crate) credit_minor: i64,
}

impl Sum {
    /// Debit minus credit.
    pub(crate) fn net(self) -> i64 {
        self.debit_minor - self.credit_minor
    }
}

/// By month (empty unless asked for) and account.
pub(crate) type Sums = BTreeMap<(String, AccountId), Sum>;

/// Adds up sums of one book.
pub(crate) struct Adder<'a> {
    pub(crate) reader: &'a Reader,
    pub(crate) years: &'a [FiscalYear],
    pub(crate) drafts: bool,
    pub(crate) prefix: &'a str,
    pub(crate) by_month: bool,
}

impl<'a> Adder<'a> {
    pub(crate) fn new(reader: &'a Reader, scope: &'a Scope, prefix: &'a str) -> Adder<'a> {
        Adder { reader, years: &scope.years, drafts: scope.drafts, prefix, by_month: false }
    }

    fn stretch(&self, (first, last): Days) -> Stretch<'a> {
        Stretch { first, last, prefix: self.prefix, by_month: self.by_month }
    }

    /// Adds `sign` times all lines of the days.
    pub(crate) fn add_all(&self, sums: &mut Sums, days: Days, sign: i64) -> Result<()> {
        if days.0 > days.1 {
            return Ok(());
        }
        add(sums, self.reader.kept_sums(self.stretch(days))?, sign);
        for cut in cut_months(self.years, days) {
            add(sums, self.reader.live_sums(self.stretch(cut))?, sign);
            add(sums, self.reader.draft_sums(self.stretch(cut))?, -sign);
        }
        if self.drafts {
            add(sums, self.reader.draft_sums(self.stretch(days))?, sign);
        }
        Ok(())
    }

    /// Adds `sign` times the lines of journal AN.
    pub(crate) fn add_opening(&self, sums: &mut Sums, days: Days, sign: i64) -> Result<()> {
        if days.0 > days.1 {
            return Ok(());
        }
        add(sums, self.reader.opening_sums(self.stretch(days), self.drafts)?, sign);
        Ok(())
    }

    /// All lines of the span that count: those of its first year, and those of later years but for
    /// their journal AN.
    pub(crate) fn in_span(&self, scope: &Scope) -> Result<Sums> {
        let mut sums = Sums::new();
        self.add_all(&mut sums, (scope.first, scope.last), 1)?;
        self.add_opening(&mut sums, scope.in_later_years(), -1)?;
        Ok(sums)
    }
}

fn add(sums: &mut Sums, more: Vec<AccountSum>, sign: i64) {
    for one in more {
        let sum = sums.entry((one.month, one.account)).or_default();
        sum.debit_minor += sign * one.debit_minor;
        sum.credit_minor += sign * one.credit_minor;
    }
}

/// The days of months that the stretch does not hold whole, as far as their fiscal year has them.
fn cut_months(years: &[FiscalYear], (first, last): Days) -> Vec<Days> {
    let piece = |day: values::Day| {
        let year = years.iter().find(|year| year.first_day <= day && day <= year.last_day)?;
        let month = day.plus_days(1 - i64::from(day.day_of_month()));
        Some((month.max(year.first_day), day.month_end().min(year.last_day)))
    };
    let mut cut = Vec::new();
    if let Some((begins, ends)) = piece(first)
        && (begins < first || last < ends)
    {
        cut.push((first, last.min(ends)));
    }
    if let Some((begins, ends)) = piece(last)
        && last < ends
        && first < begins
    {
        cut.push((begins, last));
    }
    cut
}
