//! Sums over the book's lines, as it stands now and as it stood for a read.

use super::{BookSum, ReadWindow};
use values::Day;

/// One of the book's sums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) day: Day,
    pub(super) since: String,
    pub(super) gone: bool,
    pub(super) sum_minor: i64,
    /// The earliest `as_of` of a read over its day, whether it showed the lines or not.
    first_read: Option<String>,
    /// The earliest `as_of` of a read that should have shown gone lines and did not.
    missed: Option<String>,
}

/// The book's sums, sorted by day and earliest read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sums {
    pub(super) entries: Vec<Entry>,
    /// Sum of the lines here before each entry; one more than entries.
    before: Vec<i128>,
}

impl Sums {
    pub(super) fn new(windows: &[ReadWindow], book: &[BookSum]) -> Sums {
        let mut entries: Vec<Entry> = book
            .iter()
            .map(|sum| Entry {
                day: sum.day,
                since: sum.since.clone(),
                gone: sum.gone,
                sum_minor: sum.sum_minor,
                first_read: None,
                missed: None,
            })
            .collect();
        entries.sort_by(|one, other| (one.day, &one.since).cmp(&(other.day, &other.since)));
        let mut before = Vec::with_capacity(entries.len() + 1);
        let mut sum = 0i128;
        before.push(sum);
        for entry in &entries {
            if !entry.gone {
                sum += i128::from(entry.sum_minor);
            }
            before.push(sum);
        }
        let mut sums = Sums { entries, before };
        for window in windows {
            for place in sums.places(window.first_day, window.last_day) {
                let first = &mut sums.entries[place].first_read;
                if first.as_ref().is_none_or(|first| window.as_of < *first) {
                    *first = Some(window.as_of.clone());
                }
            }
        }
        if book.iter().any(|sum| sum.gone) {
            sums.find_missed(windows);
        }
        sums
    }

    /// Finds since when gone lines are gone: a read over their day that shows the lines here, and
    /// them alone, did not show them.
    fn find_missed(&mut self, windows: &[ReadWindow]) {
        for window in windows.iter().filter(|window| window.closing_minor.is_some()) {
            let places = self.places(window.first_day, window.last_day);
            let (here, _) = known_at(&self.entries[places.clone()], &window.as_of);
            if here != i128::from(window.sum_minor) {
                continue;
            }
            for entry in &mut self.entries[places] {
                let inside = window.first_day < entry.day && entry.day < window.last_day;
                let earlier = entry.missed.as_ref().is_none_or(|missed| window.as_of < *missed);
                if entry.gone && inside && earlier && window.as_of > entry.since {
                    entry.missed = Some(window.as_of.clone());
                }
            }
        }
    }

    /// Sum of the lines here on all days before one, as the book stands now.
    pub(super) fn before(&self, day: Day) -> i128 {
        self.before[self.start(day)]
    }

    /// Sum of the lines here up to the end of a day, as the book stands now.
    pub(super) fn until(&self, day: Day) -> i128 {
        self.before[self.end(day)]
    }

    /// Entries of the days from first to last.
    pub(super) fn between(&self, first: Day, last: Day) -> &[Entry] {
        &self.entries[self.places(first, last)]
    }

    /// Places of the entries of the days from first to last.
    pub(super) fn places(&self, first: Day, last: Day) -> std::ops::Range<usize> {
        let start = self.start(first);
        start..self.end(last).max(start)
    }

    /// Entries of all days before one.
    pub(super) fn entries_before(&self, day: Day) -> &[Entry] {
        &self.entries[..self.start(day)]
    }

    fn start(&self, day: Day) -> usize {
        self.entries.partition_point(|entry| entry.day < day)
    }

    fn end(&self, day: Day) -> usize {
        self.entries.partition_point(|entry| entry.day <= day)
    }
}

impl Entry {
    /// Whether the bank showed the lines at a moment. Of a day not read by then it is supposed:
    /// only a line that a read of its day lacked came late.
    fn known_at(&self, as_of: &str) -> bool {
        *self.since <= *as_of || self.first_read.as_ref().is_some_and(|first| *as_of < **first)
    }
}

/// Sums as known at a moment: of lines here, and of lines that have gone since.
pub(super) fn known_at(entries: &[Entry], as_of: &str) -> (i128, i128) {
    let (mut here, mut gone) = (0, 0);
    for entry in entries.iter().filter(|entry| entry.known_at(as_of)) {
        if !entry.gone {
            here += i128::from(entry.sum_minor);
        } else if entry.missed.as_ref().is_none_or(|missed| *as_of < **missed) {
            gone += i128::from(entry.sum_minor);
        }
    }
    (here, gone)
}

/// An amount as kept; beyond what 64 bits hold it stays at their end.
pub(super) fn minor(amount: i128) -> i64 {
    i64::try_from(amount).unwrap_or(if amount < 0 { i64::MIN } else { i64::MAX })
}
