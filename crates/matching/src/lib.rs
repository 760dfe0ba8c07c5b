//! Proposes how bank lines of the inbox are booked, each proposal with its reason and its evidence.
//!
//! Pure: lines, open items, past bookings and rules in, proposals out. It never writes, never reads
//! a clock, never learns between two calls, and never gives a percentage: a proposal is sure or it
//! is not, and its facts for and against can be read. A person, or a rule that the person switched
//! to automatic, accepts.
//!
//! Reasons, strongest first. An open item is given to one line only; among equals the oldest line
//! chooses first, and of equal items the oldest is taken.
//!
//! 1. The number of a document stands in the line and its open amount is the line's; or several
//!    documents of one counterparty are named and their sum is. Sure, unless more is named.
//! 2. The open amount is the line's, and the line names the counterparty (two words of its name, or
//!    an IBAN booked for it before). Sure where no other open item has that amount.
//! 3. A move between own accounts whose two halves are in the inbox within five days, and which
//!    says so by its words or an IBAN. Sure.
//! 4. The same way as at least twice before in a row, for the same IBAN or words and side of money.
//!    Sure from three times on, with an amount between half the least and twice the most, and one
//!    mind about the tax code. What went to documents or was split is not repeated.
//! 5. An open amount that only one item has, though nothing names its counterparty. Not sure, and
//!    behind a sure habit: an amount alone may be chance.
//! 6. A rule of `assets/rules/`. Never sure.
//!
//! A line that names a document of which another amount is open gets a [`Note`] and no proposal.
//! Without a document no tax item is proposed, unless the person always gave the same tax code.
//! Start reading at [`propose`], then `desk.rs`.

mod desk;
mod habits;
mod named;
mod numbers;
mod parties;
mod rules;
mod transfers;
mod why;
mod words;

pub use rules::{Rule, Rules, RulesError, Sign};
pub use why::{Args, Fact, Note, Why, read_stored};

use book::read::{BankAccount, BankLine, OpenItem, PastBooking};
use book::{Booking, LineId};

/// How a line may be booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The line.
    pub line: LineId,
    /// Where it goes; its amounts sum to the line's.
    pub booking: Booking,
    /// The reason, kept with the line when it is accepted.
    pub why: Why,
    /// What speaks for and against, for the eye.
    pub facts: Vec<Fact>,
    /// Whether it may be accepted with the others that are sure, without a look at each.
    pub sure: bool,
    /// The tax code a person may pick who holds the invoice.
    pub tax_code_hint: Option<String>,
}

/// What is proposed, and what is to be said besides.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// One place for each line that was given, in that order; none where nothing fits.
    pub proposals: Vec<Option<Proposal>>,
    /// Notes on lines without a proposal, the oldest line first.
    pub notes: Vec<Note>,
}

/// Proposes for each line. The lines are those of the inbox, in the book's currency; `open` are all
/// open items; `past` the latest bookings that still hold, in any order; `own` the bank accounts of
/// the book.
pub fn propose(
    lines: &[BankLine],
    open: &[OpenItem],
    past: &[PastBooking],
    rules: &Rules,
    own: &[BankAccount],
) -> Answer {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_key(|&place| (lines[place].day, lines[place].id));
    let oldest_first = order.iter().map(|&place| &lines[place]).collect();
    let mut answer = desk::Desk::new(oldest_first, open, past, rules, own).answer();
    let mut proposals = vec![None; lines.len()];
    for (proposal, place) in answer.proposals.into_iter().zip(order) {
        proposals[place] = proposal;
    }
    answer.proposals = proposals;
    answer
}

#[cfg(test)]
mod tests;
