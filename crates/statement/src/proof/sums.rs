//! Sums over the book's lines, as it stands now and as it stood for a read.

use super::BookSum;
use values::Day;

/// The book's sums, sorted by day and earliest read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sums {
    pub(super) entries: Vec<BookSum>,
    /// Sum of the lines here before each entry; one more than entries.
    before: Vec<i128>,
}

impl Sums {
    pub(super) fn new(book: &[BookSum]) -> Sums {
        let mut entries = book.to_vec();
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
        Sums { entries, before }
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
    pub(super) fn between(&self, first: Day, last: Day) -> &[BookSum] {
        let (start, end) = (self.start(first), self.end(last));
        if start < end { &self.entries[start..end] } else { &[] }
    }

    /// Places of the entries of the days from first to last.
    pub(super) fn places(&self, first: Day, last: Day) -> std::ops::Range<usize> {
        self.start(first)..self.end(last)
    }

    /// Entries of all days before one.
    pub(super) fn entries_before(&self, day: Day) -> &[BookSum] {
        &self.entries[..self.start(day)]
    }

    fn start(&self, day: Day) -> usize {
        self.entries.partition_point(|entry| entry.day < day)
    }

    fn end(&self, day: Day) -> usize {
        self.entries.partition_point(|entry| entry.day <= day)
    }
}

/// Sums as known at a moment: of lines here, and of lines gone since.
pub(super) fn known_at(entries: &[BookSum], as_of: &str) -> (i128, i128) {
    let (mut here, mut gone) = (0, 0);
    for entry in entries.iter().filter(|entry| *entry.since <= *as_of) {
        let sum = if entry.gone { &mut gone } else { &mut here };
        *sum += i128::from(entry.sum_minor);
    }
    (here, gone)
}

/// An amount as kept; beyond what 64 bits hold it stays at their end.
pub(super) fn minor(amount: i128) -> i64 {
    i64::try_from(amount).unwrap_or(if amount < 0 { i64::MIN } else { i64::MAX })
}
