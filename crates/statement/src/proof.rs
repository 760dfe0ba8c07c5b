//! The chain of windows of one account: what the bank's own balances prove of the book.
//!
//! [`prove`] is a pure function of the windows and of the book's sums. It trusts no line: a
//! window is proved only when balances that the bank *stated* enclose its days and the book's
//! lines of those days make the difference between them.
//!
//! **How it judges.** A balance says what the bank knew at its moment, so the book is summed
//! twice: as it stood for a read (lines whose earliest read is not later than this one's `as_of`)
//! and as it stands now. Every window with a balance tells what the account held before the
//! book's first line: its opening less the lines of earlier days. Windows that tell the same join
//! one another, whatever the order in which they came, overlapping, repeated or side by side. The
//! chain is followed by days, so that a file that fills a hole is found in its place.
//!
//! - *Proved, from a day on*: it joins; the book's lines of its days, as known then, are what it
//!   showed; its closing is stated; a stated balance of the same chain stands before that day;
//!   and every line that came later on its days was shown by a read that passes the same test.
//! - *Unproved*: no balance stated; or only one, with nothing stated before it (the anchor); or a
//!   later line that no balance vouches for; or outweighed by newer balances around it.
//! - *Broken*: its own sum, the book's sum, or the join fails, with the difference.
//!
//! **A day shared by two windows.** If both show it whole, nothing is special. If one ends where
//! the other begins, within the day, closing and opening are equal without being the balance of
//! the day before; what the first showed of that day is then set aside from the second's sums.
//!
//! **What it cannot see.** Amounts are compared, not lines: errors of the same amount that cancel
//! out, in one window or in two that follow each other, leave no trace; nor do lines that sum to
//! zero, or a line that moved to another day outside the windows read since. A proof holds as of
//! the window's `as_of`: a line that the bank books later on an old day shows as a join that fails
//! in the next window.

mod around;
mod sums;
mod sweep;

use sums::Sums;
use values::Day;

/// A complete read of the account, as kept in the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadWindow {
    /// The caller's id of the window.
    pub id: i64,
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
    /// Sum in minor units of the lines this read itself showed, known lines included.
    pub sum_minor: i64,
}

/// Lines of the book, summed over one day, one earliest read, and one state. Held lines are none
/// of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookSum {
    /// The lines' day.
    pub day: Day,
    /// The earliest `as_of` of the reads that showed them. It must be exact: a read older than
    /// those that showed a line before leaves a sighting too.
    pub since: String,
    /// Whether they are gone at the bank; otherwise they are here.
    pub gone: bool,
    /// Their sum in minor units.
    pub sum_minor: i64,
}

/// What the windows of an account prove together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// One for each window, in the order given.
    pub windows: Vec<WindowProof>,
    /// Stretches of days between the first and the last that no window covers.
    pub gaps: Vec<Gap>,
    /// Proved stretches, in the order of their days; more than one where a gap or a break parts
    /// them. The last day of the last one is the last proved day.
    pub stretches: Vec<Stretch>,
    /// The state of the whole.
    pub state: ChainState,
    reads: Vec<around::Placed>,
    sums: Sums,
}

/// What is known of one window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowProof {
    /// The window's id.
    pub id: i64,
    /// Whether it is proved.
    pub verdict: Verdict,
    /// The window that stands before it in the same chain of balances.
    pub joins: Option<i64>,
}

/// Whether a window is proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Stated balances enclose its days from this one to its last.
    Proved {
        /// The first day proved: that of the window, or the day after the anchor's balance.
        from: Day,
    },
    /// Nothing contradicts it and nothing proves it.
    Unproved(Why),
    /// A balance contradicts it.
    Broken(Break),
}

/// Why a window is not proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// The bank stated no balance, or an opening only.
    NoClosing,
    /// It is the anchor: nothing stated stands before its lines.
    Anchor,
    /// A later read without a proof brought lines to its days.
    LaterLines,
    /// Its balance is contradicted by newer ones, which agree with those before it.
    Outweighed,
}

impl Why {
    /// The word for machines, in kebab-case.
    pub fn word(self) -> &'static str {
        match self {
            Why::NoClosing => "no-closing",
            Why::Anchor => "anchor",
            Why::LaterLines => "later-lines",
            Why::Outweighed => "outweighed",
        }
    }
}

/// A contradiction, and where to look for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// Which equation fails.
    pub fails: Fails,
    /// What the bank has more than the book, in minor units; negative when it has less.
    pub difference_minor: i64,
    /// First of the days where the cause most likely stands.
    pub first_day: Day,
    /// Last of them.
    pub last_day: Day,
    /// Those of these days on which lines of just that difference are too many, or are gone.
    pub likely: Vec<Day>,
}

/// Which equation of a window fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fails {
    /// Stated opening and its own lines do not make the stated closing.
    OwnSum,
    /// The book's lines of its days, as known then, are not what it showed.
    Book,
    /// Its opening is not what the windows before it lead to.
    Join,
}

impl Fails {
    /// The word for machines, in kebab-case.
    pub fn word(self) -> &'static str {
        match self {
            Fails::OwnSum => "own-sum",
            Fails::Book => "book",
            Fails::Join => "join",
        }
    }
}

/// Days that no window covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// First day.
    pub first_day: Day,
    /// Last day.
    pub last_day: Day,
    /// What the lines missing from these days sum to, in minor units, if the balances on either
    /// side tell. Zero is a gap in which nothing happened.
    pub difference_minor: Option<i64>,
}

/// Days whose lines are proved, by balances up to that of the last day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// First day.
    pub first_day: Day,
    /// Last day.
    pub last_day: Day,
    /// Balance at the end of the last day in minor units, as the bank stated it.
    pub balance_minor: i64,
    /// The `as_of` of that balance: what the bank booked later is not in it.
    pub as_of: String,
}

/// The state of an account's chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChainState {
    /// The last day heard is proved, nothing is broken, and no gap hides an amount.
    Proved,
    /// Nothing is contradicted, but the last day heard is not proved, or a gap hides an amount.
    Unproved,
    /// A window is broken.
    Broken {
        /// First day where the earliest cause most likely stands.
        since: Day,
    },
}

/// Judges all windows of one account against its book.
pub fn prove(windows: &[ReadWindow], book: &[BookSum]) -> Chain {
    let sums = Sums::new(windows, book);
    let swept = sweep::sweep(windows, &sums);
    let verdicts = sweep::judge(windows, &sums, &swept);
    let reads = around::place(windows, &swept, &verdicts);
    let state = state_of(windows, &verdicts, &swept.gaps);
    let stretches = stretches(windows, &swept, &verdicts);
    let joins = swept.joins(windows);
    let proofs = windows
        .iter()
        .zip(verdicts)
        .zip(joins)
        .map(|((window, verdict), joins)| WindowProof { id: window.id, verdict, joins })
        .collect();
    Chain { windows: proofs, gaps: swept.gaps, stretches, state, reads, sums }
}

impl ReadWindow {
    /// Whether it may end within its last day: it was made on that day, not after it. What a
    /// bank says the day after holds the whole day.
    fn may_end_within_day(&self) -> bool {
        crate::identity::made_by(&self.as_of, self.last_day)
    }
}

impl Chain {
    /// The last day whose lines are proved.
    pub fn last_proved_day(&self) -> Option<Day> {
        self.stretches.last().map(|stretch| stretch.last_day)
    }

    /// The balance at the end of that day in minor units, as the bank stated it.
    pub fn proved_balance_minor(&self) -> Option<i64> {
        self.stretches.last().map(|stretch| stretch.balance_minor)
    }
}

fn state_of(windows: &[ReadWindow], verdicts: &[Verdict], gaps: &[Gap]) -> ChainState {
    let since = verdicts
        .iter()
        .filter_map(|verdict| match verdict {
            Verdict::Broken(broken) => Some(broken.first_day),
            _ => None,
        })
        .min();
    if let Some(since) = since {
        return ChainState::Broken { since };
    }
    let last = windows.iter().map(|window| window.last_day).max();
    let proved = windows.iter().zip(verdicts).any(|(window, verdict)| {
        Some(window.last_day) == last && matches!(verdict, Verdict::Proved { .. })
    });
    let hidden = gaps.iter().any(|gap| gap.difference_minor.is_some_and(|amount| amount != 0));
    // A line that no balance vouches for may stand on days that another window proved.
    let unvouched =
        verdicts.iter().any(|verdict| matches!(verdict, Verdict::Unproved(Why::LaterLines)));
    if proved && !hidden && !unvouched { ChainState::Proved } else { ChainState::Unproved }
}

fn stretches(windows: &[ReadWindow], swept: &sweep::Swept, verdicts: &[Verdict]) -> Vec<Stretch> {
    let mut by_group: Vec<Option<Stretch>> = vec![None; swept.groups.len()];
    for ((window, place), verdict) in windows.iter().zip(&swept.places).zip(verdicts) {
        let (Verdict::Proved { from }, Some(place), Some(balance_minor)) =
            (verdict, place, window.closing_minor)
        else {
            continue;
        };
        let kept = by_group[place.group].get_or_insert_with(|| Stretch {
            first_day: *from,
            last_day: window.last_day,
            balance_minor,
            as_of: window.as_of.clone(),
        });
        kept.first_day = kept.first_day.min(*from);
        if (window.last_day, &window.as_of) > (kept.last_day, &kept.as_of) {
            kept.last_day = window.last_day;
            kept.balance_minor = balance_minor;
            kept.as_of.clone_from(&window.as_of);
        }
    }
    let mut stretches: Vec<Stretch> = by_group.into_iter().flatten().collect();
    stretches.sort_by_key(|stretch| (stretch.last_day, stretch.first_day));
    stretches
}

#[cfg(test)]
mod tests;
