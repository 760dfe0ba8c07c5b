//! Rates with the days on which they hold, as a cell writes them.

use std::str::FromStr;
use values::{Day, Decimal};

/// A rate and the days on which it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedRate {
    /// In percent: `5.5`.
    pub rate: Decimal,
    /// The first day, if a source gives one; none means that no earlier rate is known.
    pub from: Option<Day>,
    /// The last day, if it has ended.
    pub to: Option<Day>,
}

impl DatedRate {
    /// Whether the rate holds on that day.
    pub fn covers(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Reads `20`, `20@2014-01-01`, `20@2014-01-01..2026-12-31` or `19.6@..2013-12-31`.
    fn read(text: &str) -> Option<DatedRate> {
        let (rate, days) = text.split_once('@').map_or((text, None), |(r, d)| (r, Some(d)));
        let rate = Decimal::from_str(rate).ok()?;
        if rate < Decimal::ZERO || rate > Decimal::ONE_HUNDRED {
            return None;
        }
        let (from, to) = match days.map(|days| days.split_once("..").unwrap_or((days, ""))) {
            None => (None, None),
            Some(("", "")) => return None,
            Some((from, to)) => (read_day(from)?, read_day(to)?),
        };
        Some(DatedRate { rate, from, to })
    }
}

/// Reads a list of dated rates joined by `;`; an empty cell is an empty list.
pub(super) fn read_list(cell: &str) -> Option<Vec<DatedRate>> {
    if cell.is_empty() {
        return Some(Vec::new());
    }
    cell.split(';').map(DatedRate::read).collect()
}

/// An empty text, or a day; the outer none is neither.
fn read_day(text: &str) -> Option<Option<Day>> {
    if text.is_empty() { Some(None) } else { Day::parse(text).ok().map(Some) }
}
