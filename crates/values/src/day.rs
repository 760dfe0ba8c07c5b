//! A calendar day, written `YYYY-MM-DD`.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A calendar day without time or zone, from 0001-01-01 to 9999-12-31.
///
/// Accounting knows days, not instants: the day a bank booked a line, the day a tax falls due.
/// Ordered by time; shown and stored as `YYYY-MM-DD`, so its text sorts the same way.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[ts(type = "string")]
#[serde(try_from = "String", into = "String")]
pub struct Day(NaiveDate);

/// A text that names no calendar day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a calendar day written YYYY-MM-DD")]
pub struct DayError(pub String);

impl Day {
    /// The day of that year, month (1–12) and day (1–31), if the calendar has it.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Day> {
        if !(1..=9999).contains(&year) {
            return None;
        }
        NaiveDate::from_ymd_opt(year, month, day).map(Day)
    }

    /// Reads exactly `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Result<Day, DayError> {
        let fail = || DayError(text.chars().take(40).collect());
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return Err(fail());
        }
        let number = |from: usize, to: usize| -> Option<u32> {
            bytes[from..to].iter().try_fold(0u32, |sum, byte| {
                byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0'))
            })
        };
        let (Some(year), Some(month), Some(day)) = (number(0, 4), number(5, 7), number(8, 10))
        else {
            return Err(fail());
        };
        Day::from_ymd(year as i32, month, day).ok_or_else(fail)
    }

    /// The calendar year.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    pub fn day_of_month(self) -> u32 {
        self.0.day()
    }

    /// The month as `YYYY-MM`.
    pub fn year_month(self) -> String {
        format!("{:04}-{:02}", self.year(), self.month())
    }

    /// This day moved by a number of days, forward or back; the calendar's end stops it.
    pub fn plus_days(self, days: i64) -> Day {
        let moved = if days >= 0 {
            self.0.checked_add_days(Days::new(days.unsigned_abs()))
        } else {
            self.0.checked_sub_days(Days::new(days.unsigned_abs()))
        };
        match moved {
            Some(date) if (1..=9999).contains(&date.year()) => Day(date),
            _ if days >= 0 => Day(NaiveDate::from_ymd_opt(9999, 12, 31).expect("a real day")),
            _ => Day(NaiveDate::from_ymd_opt(1, 1, 1).expect("a real day")),
        }
    }

    /// The same day of the month `months` later; a day the month lacks becomes its last one.
    pub fn plus_months(self, months: u32) -> Day {
        match self.0.checked_add_months(Months::new(months)) {
            Some(date) if date.year() <= 9999 => Day(date),
            _ => Day(NaiveDate::from_ymd_opt(9999, 12, 31).expect("a real day")),
        }
    }

    /// The last day of this day's month.
    pub fn month_end(self) -> Day {
        Day::from_ymd(self.year(), self.month(), 1)
            .expect("the first of a month exists")
            .plus_months(1)
            .plus_days(-1)
    }

    /// Days from `earlier` to this day; negative when this one comes first.
    pub fn days_since(self, earlier: Day) -> i64 {
        (self.0 - earlier.0).num_days()
    }

    /// The chrono date behind it, for zone conversion at the edge.
    pub fn date(self) -> NaiveDate {
        self.0
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Day {
        Day(date)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day_of_month())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Day {
    type Err = DayError;
    fn from_str(text: &str) -> Result<Day, DayError> {
        Day::parse(text)
    }
}

impl TryFrom<String> for Day {
    type Error = DayError;
    fn try_from(text: String) -> Result<Day, DayError> {
        Day::parse(&text)
    }
}

impl From<Day> for String {
    fn from(day: Day) -> String {
        day.to_string()
    }
}

#[cfg(test)]
mod tests;
