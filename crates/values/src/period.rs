//! A span of whole days, first and last included.

use crate::Day;
use serde::{Deserialize, Serialize};
use std::fmt;

/// From a first to a last day, both included.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Period {
    /// First day.
    pub first: Day,
    /// Last day, never before the first.
    pub last: Day,
}

/// A text that names no period, or a span that ends before it begins.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a period: write 2026-03, 2026-T1, 2026 or 2026-01-01..2026-03-31")]
pub struct PeriodError(pub String);

impl Period {
    /// The span between two days; `None` when the last comes before the first.
    pub fn new(first: Day, last: Day) -> Option<Period> {
        (first <= last).then_some(Period { first, last })
    }

    /// The calendar month of a day.
    pub fn month_of(day: Day) -> Period {
        let first = Day::from_ymd(day.year(), day.month(), 1).expect("the first of a month exists");
        Period { first, last: day.month_end() }
    }

    /// Reads `2026-03`, `2026-T1` or `2026-Q1`, `2026`, or `2026-01-01..2026-03-31`.
    pub fn parse(text: &str) -> Result<Period, PeriodError> {
        let fail = || PeriodError(text.chars().take(40).collect());
        if let Some((first, last)) = text.split_once("..") {
            let (first, last) =
                (Day::parse(first).map_err(|_| fail())?, Day::parse(last).map_err(|_| fail())?);
            return Period::new(first, last).ok_or_else(fail);
        }
        let months = |year: &str, month: u32, count: u32| -> Option<Period> {
            let first = Day::parse(&format!("{year}-{month:02}-01")).ok()?;
            Period::new(first, first.plus_months(count).plus_days(-1))
        };
        let found = match text.split_once('-') {
            None if text.len() == 4 => months(text, 1, 12),
            Some((year, quarter)) if quarter.starts_with(['T', 't', 'Q', 'q']) => {
                match quarter[1..].parse::<u32>() {
                    Ok(n @ 1..=4) if quarter.len() == 2 => months(year, n * 3 - 2, 3),
                    _ => None,
                }
            }
            Some((year, month)) if month.len() == 2 => match month.parse::<u32>() {
                Ok(n @ 1..=12) => months(year, n, 1),
                _ => None,
            },
            _ => None,
        };
        found.ok_or_else(fail)
    }

    /// Whether the day lies within.
    pub fn contains(self, day: Day) -> bool {
        self.first <= day && day <= self.last
    }
}

/// The shortest of the forms that [`Period::parse`] reads.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, last) = (self.first, self.last);
        let spans = |months: u32| {
            first.day_of_month() == 1 && first.plus_months(months).plus_days(-1) == last
        };
        if spans(1) {
            write!(f, "{}", first.year_month())
        } else if spans(3) && first.month() % 3 == 1 {
            write!(f, "{:04}-T{}", first.year(), first.month().div_ceil(3))
        } else if spans(12) && first.month() == 1 {
            write!(f, "{:04}", first.year())
        } else {
            write!(f, "{first}..{last}")
        }
    }
}

#[cfg(test)]
mod tests;
