//! What the chain says of the days around a window that is about to be read.

use super::sums::minor;
use super::sweep::Swept;
use super::{Chain, ReadWindow, Verdict};
use crate::identity::{Around, Read};
use values::Day;

/// A window with what it says of the account before the book's first line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placed {
    read: Read,
    ends_within_day: bool,
    opening: Option<i128>,
    closing: Option<i128>,
    /// The balance before all lines, as the chain it joins has it.
    joined_base: Option<i128>,
    /// The balance before all lines, as it tells by itself.
    own_base: Option<i128>,
}

pub(super) fn place(windows: &[ReadWindow], swept: &Swept, verdicts: &[Verdict]) -> Vec<Placed> {
    windows
        .iter()
        .enumerate()
        .map(|(at, window)| {
            let ends = swept.ends[at];
            let sums_up = ends.is_some_and(|ends| ends.stated_both && ends.sums_up);
            let broken = matches!(verdicts[at], Verdict::Broken(_));
            Placed {
                read: Read {
                    first_day: window.first_day,
                    last_day: window.last_day,
                    opening_minor: window.opening_minor,
                    closing_minor: window.closing_minor,
                    as_of: window.as_of.clone(),
                    sum_minor: window.sum_minor,
                    balanced: sums_up || matches!(verdicts[at], Verdict::Proved { .. }),
                },
                ends_within_day: window.may_end_within_day(),
                opening: ends.map(|ends| ends.opening),
                closing: ends.map(|ends| ends.closing),
                joined_base: swept.places[at]
                    .as_ref()
                    .filter(|_| !broken)
                    .map(|place| swept.groups[place.group].base),
                own_base: ends.map(|ends| ends.base_now),
            }
        })
        .collect()
}

impl Chain {
    /// What the windows of the book say around the days of a window that was just read, for
    /// [`decide`](crate::identity::decide).
    pub fn around(&self, first_day: Day, last_day: Day) -> Around {
        let left = self
            .reads
            .iter()
            .filter(|placed| placed.read.first_day <= first_day && placed.joined_base.is_some())
            .max_by(|one, other| {
                let near = |placed: &Placed| placed.read.last_day.min(first_day);
                (near(one), &one.read.as_of).cmp(&(near(other), &other.read.as_of))
            });
        let right = self
            .reads
            .iter()
            .filter(|placed| {
                placed.own_base.is_some()
                    && placed.read.first_day <= last_day.plus_days(1)
                    && (placed.read.last_day > last_day || placed.read.first_day == last_day)
            })
            .max_by(|one, other| one.read.as_of.cmp(&other.read.as_of));
        Around {
            eve_minor: left
                .and_then(|placed| placed.joined_base)
                .map(|base| minor(base + self.sums.before(first_day))),
            ended_minor: self
                .reads
                .iter()
                .filter(|placed| placed.read.last_day == first_day && placed.ends_within_day)
                .filter_map(|placed| placed.closing.map(minor))
                .collect(),
            end_minor: right
                .and_then(|placed| placed.own_base)
                .map(|base| minor(base + self.sums.until(last_day))),
            began_minor: self
                .reads
                .iter()
                .filter(|placed| placed.read.first_day == last_day)
                .filter_map(|placed| placed.opening.map(minor))
                .collect(),
            reads: self
                .reads
                .iter()
                .map(|placed| &placed.read)
                .filter(|read| read.first_day <= last_day && first_day <= read.last_day)
                .cloned()
                .collect(),
        }
    }
}
