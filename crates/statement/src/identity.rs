//! Which lines of a freshly read window the book already knows.
//!
//! [`decide`] is a pure function: the same input gives the same decisions, whatever the clock or
//! the order of the files. It writes nothing; the caller turns [`Decisions`] into rows.
//!
//! The rules, in their order. No id is an identity, so none decides alone.
//!
//! 1. **Count.** For each day and amount the n-th line here is the n-th line there. Two equal
//!    payments stay two; a second reading of them adds nothing. Which of several equals is which
//!    is told by a trusted id, then the balance after the line, then the other side and the
//!    words, then the place: that choice moves aliases, never the count.
//! 2. **Split day.** A window that begins where another one ended, in the middle of a day, shows
//!    other lines of that day, even when they look alike. The stated balances say so: see
//!    [`Around`]. Nothing is kept apart unless exactly one choice makes the equation hold. If
//!    every line of the day looks alike, a line of that amount booked late on an older day would
//!    look the same to a balance: the line is kept, and the doubt told ([`New::doubtful`]).
//! 3. **Moved day.** A line left over on both sides with the same trusted id and amount, at most
//!    two days apart, is the same line. It keeps the day it was first given.
//! 4. **Changed.** The same trusted id on the same day with another amount is told, never written
//!    over the known line. If the balance proves this read, the new amount is a new line and the
//!    old one is gone; otherwise the new amount is held as a question.
//! 5. **Left over.** What is left of the read is new. What is left of the book strictly inside a
//!    window whose balance holds, and which no later read showed, is gone at the bank.
//!
//! A reader's `balance after` is used to tell equals apart only: banks recompute it when a late
//! line enters an old day, so a difference there is no proof of another payment. Where it does
//! prove something, the reader states it as the window's opening and closing balance.
//!
//! Nearness in time without an id is not looked at: a file's unpaired line is new. A live feed's
//! moved day belongs between rules 4 and 5, as a candidate that only the balance may accept.
//!
//! Limits, told rather than hidden. Without any stated balance a day split between two files
//! whose halves hold equal lines loses the second of them; lines that cancel out to zero leave no
//! trace in a balance; and a read without a balance never takes a line away.

mod group;
mod left_over;
mod split_day;

use crate::{Line, Trust};
use group::Pairing;
use values::Day;

/// A line that the book knows, of any state, dismissed ones included: to be dismissed is a word
/// about booking, and such a line pairs like any other, so that it does not come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known<'a> {
    /// The caller's own id of the line; not looked at.
    pub id: i64,
    /// The bank's booking day, as first given.
    pub day: Day,
    /// Signed minor units of the account's currency.
    pub amount_minor: i64,
    /// The n-th line of that day and amount, from 1, never renumbered.
    pub ordinal: u32,
    /// Balance after the line in minor units, if a source stated it.
    pub balance_after_minor: Option<i64>,
    /// The other side's IBAN.
    pub party_iban: Option<&'a str>,
    /// The bank's words, as first given.
    pub label: &'a str,
    /// Where the line stands.
    pub state: State,
    /// The latest `as_of` of a read that showed the line or, where that is not kept, may have:
    /// a window over its day from a source that has shown it. Too late is safe (a line stays),
    /// too early is not.
    pub shown_as_of: &'a str,
    /// The ids any source gave the line.
    pub ids: &'a [KnownId<'a>],
}

/// An id that a source gave to a known line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct KnownId<'a> {
    /// The source, as in [`Window::source`].
    pub source: &'a str,
    /// The field: `FITID`, `AcctSvcrRef`.
    pub name: &'a str,
    /// Its value.
    pub value: &'a str,
    /// How far it may be trusted.
    pub trust: Trust,
}

/// Where a line of the book stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// At the bank, counted.
    Here,
    /// A question: kept, not counted, until a balance, a statement or a person answers.
    Held,
    /// No longer shown by the bank: kept, not counted.
    Gone,
}

/// A complete read: from a first to a last day, to its natural end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window<'a> {
    /// Where it comes from: `file ofx`, `file camt053`. Ids are compared within a source.
    pub source: &'a str,
    /// First day covered.
    pub first_day: Day,
    /// Last day covered.
    pub last_day: Day,
    /// Booked balance before the first line, in minor units, as stated.
    pub opening_minor: Option<i64>,
    /// Booked balance after the last line, in minor units, as stated.
    pub closing_minor: Option<i64>,
    /// When the bank said it; sorts as text.
    pub as_of: &'a str,
}

/// What the other windows of the account say about the days around this one; made by
/// [`Chain::around`](crate::proof::Chain::around). The default knows nothing, and then only
/// counting decides.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Around {
    /// The bank's balance at the end of the day before the window, by earlier days' windows.
    pub eve_minor: Option<i64>,
    /// Closing balances of windows that end on the window's first day, and may end within it.
    pub ended_minor: Vec<i64>,
    /// The bank's balance at the end of the window's last day, by later days' windows.
    pub end_minor: Option<i64>,
    /// Opening balances of windows that begin on the window's last day.
    pub began_minor: Vec<i64>,
    /// The windows that share a day with this one.
    pub reads: Vec<Read>,
}

/// A window already in the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// First day covered.
    pub first_day: Day,
    /// Last day covered.
    pub last_day: Day,
    /// Booked balance before its first line in minor units, as stated.
    pub opening_minor: Option<i64>,
    /// Booked balance after its last line in minor units, as stated.
    pub closing_minor: Option<i64>,
    /// When the bank said it; sorts as text.
    pub as_of: String,
    /// Sum in minor units of the lines it showed.
    pub sum_minor: i64,
    /// Whether a stated closing balance equals what came before and what it showed.
    pub balanced: bool,
}

impl Read {
    /// Whether this read shows the whole of a day beyond doubt: days at the edge may be split.
    fn holds_whole(&self, day: Day) -> bool {
        self.first_day < day && day < self.last_day
    }

    /// Whether it is that very window, read before.
    fn is(&self, window: &Window, sum_minor: i128) -> bool {
        (self.first_day, self.last_day) == (window.first_day, window.last_day)
            && (self.opening_minor, self.closing_minor)
                == (window.opening_minor, window.closing_minor)
            && self.as_of == window.as_of
            && i128::from(self.sum_minor) == sum_minor
    }
}

/// What is to be done with a read. Indexes are places in the slices given to [`decide`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decisions {
    /// Lines that are known: they may gain aliases and a sighting. In the order of the read.
    pub pairs: Vec<Pair>,
    /// Lines to add. In the order of the read.
    pub new: Vec<New>,
    /// The same trusted id with another amount: to be told to a person.
    pub changed: Vec<Changed>,
    /// Known lines that turn from here to gone.
    pub gone: Vec<usize>,
    /// Known lines that turn from gone to here: the bank shows them again.
    pub back: Vec<usize>,
    /// Known lines that turn from held to here: a read whose balance holds shows them.
    pub settled: Vec<usize>,
    /// Whether the balance of this read holds: opening, or what came before, and its lines make
    /// the stated closing.
    pub balanced: bool,
}

impl Decisions {
    /// Whether no line is added and none changes its state. Aliases and sightings may still grow.
    pub fn leaves_lines_alone(&self) -> bool {
        self.new.is_empty()
            && self.gone.is_empty()
            && self.back.is_empty()
            && self.settled.is_empty()
    }
}

/// A line of the read that is a line of the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// Its place in the read.
    pub seen: usize,
    /// Its place among the known lines.
    pub known: usize,
    /// What told it from its equals.
    pub by: By,
    /// Whether the words differ from those kept. The kept words stay.
    pub reworded: bool,
}

/// What told a line from others of its day and amount, surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum By {
    /// A trusted id of the same source.
    Id,
    /// The balance after the line.
    BalanceAfter,
    /// The other side's IBAN and the words.
    Words,
    /// Its place among the equals.
    Count,
    /// A trusted id, over a day that moved.
    IdMovedDay,
}

/// A line to add.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct New {
    /// Its place in the read.
    pub seen: usize,
    /// One more than the highest ever given for its day and amount.
    pub ordinal: u32,
    /// Here; held, if it may be a known line with another amount; gone, if a later read whose
    /// balance holds no longer shows it, so that the order of imports does not matter.
    pub state: State,
    /// Kept apart from a known line that looks alike by the balance alone, with nothing else to
    /// show that two windows split the day: to be told to a person.
    pub doubtful: bool,
}

/// The same trusted id and day with another amount: the bank corrected a line. The known line and
/// what is booked on it stay as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Changed {
    /// Its place in the read; it also stands among the new lines, here or held.
    pub seen: usize,
    /// Its place among the known lines.
    pub known: usize,
}

/// Tells which lines of a complete read are known, which are new, and which are gone.
///
/// `known` holds every line of the account, of any state, from two days before the window to two
/// days after it. More does no harm; fewer would make known lines new.
pub fn decide(known: &[Known], seen: &[Line], window: &Window, around: &Around) -> Decisions {
    let mut pairing = Pairing::count(known, seen, window.source);
    if !known.is_empty() {
        split_day::keep_apart(&mut pairing, known, seen, window, around);
    }
    let balanced = split_day::balance_holds(seen, window, around);
    let changed = left_over::follow_ids(&mut pairing, known, seen, window, balanced);
    let mut decisions = Decisions { balanced, ..Decisions::default() };
    tell_pairs(&mut decisions, &pairing, known, seen, window, around);
    tell_new(&mut decisions, &pairing, known, seen, window, around, &changed);
    decisions.gone = left_over::gone(&pairing, known, window, balanced);
    decisions.changed = changed;
    decisions
}

fn tell_pairs(
    decisions: &mut Decisions,
    pairing: &Pairing,
    known: &[Known],
    seen: &[Line],
    window: &Window,
    around: &Around,
) {
    decisions.pairs.reserve(pairing.paired);
    for (place, line) in seen.iter().enumerate() {
        let Some((known_place, by)) = pairing.known_of(place) else { continue };
        let old = &known[known_place];
        let reworded = by != By::Words && !same_words(old, line);
        decisions.pairs.push(Pair { seen: place, known: known_place, by, reworded });
        match old.state {
            State::Gone if !withdrawn_later(around, window, old.day) => {
                decisions.back.push(known_place);
            }
            State::Held if decisions.balanced => decisions.settled.push(known_place),
            _ => {}
        }
    }
}

fn tell_new(
    decisions: &mut Decisions,
    pairing: &Pairing,
    known: &[Known],
    seen: &[Line],
    window: &Window,
    around: &Around,
    changed: &[Changed],
) {
    decisions.new.reserve(seen.len() - pairing.paired);
    let mut known_rest = pairing.known_order.iter().peekable();
    let mut group = None;
    let mut highest = 0;
    for key in &pairing.seen_order {
        if group != Some(key.group()) {
            group = Some(key.group());
            highest = 0;
            while let Some(old) = known_rest.next_if(|old| old.group() <= key.group()) {
                if old.group() == key.group() {
                    highest = highest.max(known[old.place()].ordinal);
                }
            }
        }
        let place = key.place();
        if pairing.known_of(place).is_some() {
            continue;
        }
        highest += 1;
        let is_changed = changed.binary_search_by_key(&place, |one| one.seen).is_ok();
        let state = if is_changed && !decisions.balanced {
            State::Held
        } else if withdrawn_later(around, window, seen[place].day) {
            State::Gone
        } else {
            State::Here
        };
        let doubtful = pairing.doubtful.contains(&place);
        decisions.new.push(New { seen: place, ordinal: highest, state, doubtful });
    }
    decisions.new.sort_unstable_by_key(|new| new.seen);
}

/// Whether a later read, whose balance holds, covers that day and so would have shown the line.
fn withdrawn_later(around: &Around, window: &Window, day: Day) -> bool {
    around
        .reads
        .iter()
        .any(|read| read.balanced && *read.as_of > *window.as_of && read.holds_whole(day))
}

/// Whether a moment, as text that begins with a day, is not after the end of a day.
pub(crate) fn made_by(as_of: &str, day: Day) -> bool {
    let moment = as_of.as_bytes();
    moment.get(..10).is_some_and(|made| made <= day.to_string().as_bytes())
}

fn same_words(known: &Known, line: &Line) -> bool {
    known.label == line.label && known.party_iban == line.party_iban.as_deref()
}

#[cfg(test)]
mod tests;
