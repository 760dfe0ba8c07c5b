//! Fiscal years: opened by a person, or by themselves with the first entry dated in the next one.

use super::Outcome;
use crate::error::{Code, Error, Result};
use crate::ids::FiscalYearId;
use crate::tx::Tx;
use rusqlite::params;
use serde::{Deserialize, Serialize};
use values::Day;

/// Opens a fiscal year for own entries; the door refuses an overlap or more than 24 months.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenFiscalYear {
    /// First day.
    pub first_day: Day,
    /// Last day.
    pub last_day: Day,
}

impl OpenFiscalYear {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        if self.first_day > self.last_day {
            let args: [(&'static str, &dyn std::fmt::Display); 2] =
                [("first", &self.first_day), ("last", &self.last_day)];
            return Err(Error::refused(Code::BadFiscalYear, &args));
        }
        open(tx, self.first_day, self.last_day, "own")?;
        Ok(Outcome::Done)
    }
}

/// The fiscal year of a day for an entry of the given origin; the next one opens by itself.
pub(super) fn fiscal_year_of(tx: &Tx<'_>, day: Day, origin: &str) -> Result<FiscalYearId> {
    let found = tx.first(
        "SELECT id FROM fiscal_year WHERE ?1 BETWEEN first_day AND last_day",
        [day.to_string()],
        |row| row.get(0),
    )?;
    if let Some(found) = found {
        return Ok(found);
    }
    if origin == "history" {
        let (first, last) = history_year(tx, day)?;
        return open(tx, first, last, origin);
    }
    // Twelve months after the last own year, and only these: a typing error opens no decade.
    let last: Option<String> = tx
        .first("SELECT max(last_day) FROM fiscal_year WHERE origin = 'own'", [], |row| row.get(0))?
        .flatten();
    if let Some(last) = last.and_then(|last| Day::parse(&last).ok()) {
        let (first, end) = (last.plus_days(1), last.plus_days(1).plus_months(12).plus_days(-1));
        if first <= day && day <= end {
            return open(tx, first, end, origin);
        }
    }
    Err(Error::refused(Code::OutsideFiscalYears, &[("entry", &""), ("day", &day)]))
}

/// Twelve months around a day of the past, cut as the book's own years are.
fn history_year(tx: &Tx<'_>, day: Day) -> Result<(Day, Day)> {
    let own: String = tx
        .first("SELECT min(first_day) FROM fiscal_year", [], |row| row.get::<_, Option<String>>(0))?
        .flatten()
        .unwrap_or_else(|| "0001-01-01".to_owned());
    let (month, of_month) = (own[5..7].parse().unwrap_or(1), own[8..10].parse().unwrap_or(1));
    // A year that begins on 29 February begins on the 28th where there is none.
    let start = |year| {
        let whole = Day::from_ymd(year, month, of_month);
        whole.or(Day::from_ymd(year, month, 28)).unwrap_or(day)
    };
    let this = start(day.year());
    let first = if this <= day { this } else { start(day.year() - 1) };
    Ok((first, first.plus_months(12).plus_days(-1)))
}

fn open(tx: &Tx<'_>, first: Day, last: Day, origin: &str) -> Result<FiscalYearId> {
    // The door looks again at all years; before that the table would refuse the same first day
    // without a word.
    let overlaps = tx.first(
        "SELECT 1 FROM fiscal_year WHERE first_day <= ?2 AND last_day >= ?1",
        params![first.to_string(), last.to_string()],
        |_| Ok(()),
    )?;
    if overlaps.is_some() {
        let args: [(&'static str, &dyn std::fmt::Display); 2] =
            [("first", &first), ("last", &last)];
        return Err(Error::refused(Code::BadFiscalYear, &args));
    }
    let id = tx.insert(
        "INSERT INTO fiscal_year (first_day, last_day, origin) VALUES (?1, ?2, ?3)",
        params![first.to_string(), last.to_string(), origin],
    )?;
    Ok(FiscalYearId(id))
}
