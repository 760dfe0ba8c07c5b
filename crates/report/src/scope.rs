//! What a span of days means: which fiscal year it begins in, and what that year begins with.
//!
//! A year begins with the entries of its journal AN. As long as it has none, it begins with the
//! balances of the year before, computed here and never stored: accounts of the balance sheet as
//! they stand, the result on the account of profits or losses. A span over several years leaves out
//! the entries of journal AN of all years but its first, since the lines of the years before stand
//! in the span themselves.

use crate::error::{Error, Result};
use crate::query::Query;
use book::chart::{Kind, Role};
use book::read::{Account, FiscalYear, Reader};
use std::collections::{HashMap, HashSet};
use values::Day;

/// First and last day.
pub(crate) type Days = (Day, Day);

/// A span, resolved against the fiscal years of a book.
#[derive(Debug, Clone)]
pub(crate) struct Scope {
    /// Every fiscal year of the book, in order.
    pub(crate) years: Vec<FiscalYear>,
    /// The fiscal year in which the span begins, or the days between two where it has none.
    pub(crate) year: Days,
    /// First day of the span.
    pub(crate) first: Day,
    /// Last day of the span; before `first` when the span holds nothing.
    pub(crate) last: Day,
    /// The years whose balances the first year begins with, oldest first; none when it has entries
    /// in its journal AN, or no year before it.
    pub(crate) carried: Vec<Days>,
    /// Whether drafts count.
    pub(crate) drafts: bool,
}

impl Scope {
    /// The span of a query.
    pub(crate) fn of(reader: &Reader, query: &Query) -> Result<Scope> {
        let years = reader.fiscal_years()?;
        let (Some(oldest), Some(newest)) = (years.first(), years.last()) else {
            return Err(Error::NoFiscalYear);
        };
        let from = query.from.unwrap_or(oldest.first_day);
        let last = query.to.unwrap_or(newest.last_day.max(from));
        if query.from.is_some() && from > last {
            return Err(Error::Backward { from, to: last });
        }
        let place = years.iter().position(|year| year.last_day >= from).unwrap_or(years.len());
        let year = year_at(&years, place, from);
        let mut scope = Scope {
            year,
            first: from.max(year.0),
            last,
            carried: Vec::new(),
            drafts: query.drafts,
            years,
        };
        if scope.last >= scope.year.0 {
            scope.carried = scope.find_carried(reader, place)?;
        }
        Ok(scope)
    }

    /// The fiscal year of a day, up to that day: what a balance sheet reads.
    pub(crate) fn up_to(reader: &Reader, query: &Query) -> Result<Scope> {
        let years = reader.fiscal_years()?;
        let newest = years.last().ok_or(Error::NoFiscalYear)?;
        let on = query.to.unwrap_or(newest.last_day);
        let place = years.iter().position(|year| year.last_day >= on).unwrap_or(years.len());
        let from = year_at(&years, place, on).0.min(on);
        Scope::of(reader, &Query { from: Some(from), to: Some(on), ..query.clone() })
    }

    fn find_carried(&self, reader: &Reader, place: usize) -> Result<Vec<Days>> {
        let opens = |(first, last): Days| reader.has_opening(first, last, self.drafts);
        if opens((self.year.0, self.year.1.min(self.last)))? {
            return Ok(Vec::new());
        }
        // A span that begins between two years stands before the year at `place`.
        let mut carried = Vec::new();
        for year in self.years[..place].iter().rev() {
            let days = (year.first_day, year.last_day);
            carried.push(days);
            if opens(days)? {
                break;
            }
        }
        carried.reverse();
        Ok(carried)
    }

    /// All days of the carried years.
    pub(crate) fn carried_days(&self) -> Option<Days> {
        Some((self.carried.first()?.0, self.carried.last()?.1))
    }

    /// The first year up to the eve of the span.
    pub(crate) fn before(&self) -> Days {
        (self.year.0, self.first.plus_days(-1).min(self.last))
    }

    /// The part of the first year that lies in the span.
    pub(crate) fn in_first_year(&self) -> Days {
        (self.first, self.last.min(self.year.1))
    }

    /// The days of the span in later years, whose journal AN is left out.
    pub(crate) fn in_later_years(&self) -> Days {
        (self.year.1.plus_days(1).max(self.first), self.last)
    }
}

/// The year at a place, or the days between two years where the day stands in none.
fn year_at(years: &[FiscalYear], place: usize, day: Day) -> Days {
    let before = place.checked_sub(1).map(|before| years[before].last_day.plus_days(1));
    match (years.get(place), before) {
        (Some(year), Some(gap)) if day < year.first_day => (gap, year.first_day.plus_days(-1)),
        (Some(year), _) => (year.first_day, year.last_day),
        (None, gap) => (gap.unwrap_or(day), Day::from_ymd(9999, 12, 31).unwrap_or(day)),
    }
}

/// The accounts in use, and which of them make the result.
pub(crate) struct Accounts {
    pub(crate) all: Vec<Account>,
    places: HashMap<i64, usize>,
    result: HashSet<i64>,
    /// Code and name of the account of profits, then of losses.
    pub(crate) results: [(String, String); 2],
}

impl Accounts {
    pub(crate) fn of(reader: &Reader) -> Result<Accounts> {
        let all = reader.accounts()?;
        let chart = reader.law().chart()?;
        let makes_result = |code: &str| {
            let kind = chart.properties(code).map(|found| found.kind);
            matches!(kind, Some(Kind::Expense | Kind::Income))
        };
        let result = all.iter().filter(|one| makes_result(&one.code)).map(|one| one.id.0).collect();
        let results = [Role::ResultProfit, Role::ResultLoss].map(|role| {
            let found = chart.by_role(role);
            (found.code.clone(), found.name_fr.clone())
        });
        let places = all.iter().enumerate().map(|(place, one)| (one.id.0, place)).collect();
        Ok(Accounts { all, places, result, results })
    }

    /// Whether an account makes the result: kind expense or income in the chart.
    pub(crate) fn makes_result(&self, account: book::AccountId) -> bool {
        self.result.contains(&account.0)
    }

    /// The account a result is carried to; debit positive, so that a loss is above zero.
    pub(crate) fn carried_to(&self, result_minor: i64) -> &(String, String) {
        &self.results[usize::from(result_minor > 0)]
    }

    /// The account of an id.
    pub(crate) fn get(&self, id: book::AccountId) -> Option<&Account> {
        self.places.get(&id.0).and_then(|place| self.all.get(*place))
    }
}
