//! Answers of a bank's interface read by a connector file, as a table is read by a recipe.
//!
//! [`read`] is a pure function of stored answers and a [`Mapping`]: it asks nobody, knows no clock
//! and changes nothing. What it cannot read exactly it holds out with a remark that names the
//! field; it never guesses a sign, a day or a decimal. The words of a mapping stand in
//! `docs/adding-a-connector.md`; who asks the questions is the crate `source`.

mod accounts;
mod chain;
mod json;
mod keys;
mod line;
mod mapping;
mod moment;
mod record;
mod rules;
mod statement;
mod text;

pub use accounts::{FeedAccount, accounts};
pub use json::{Json, JsonFault, Kind, is_pointer};
pub use keys::{Keys, MappingError, MappingFault, parse as parse_file};
pub use mapping::{BalanceFrom, Lack, Mapping};
pub use record::{json_of, lines_in, split_reference};
pub use statement::read;
pub use text::plain_text;

use crate::{Reading, Remark};
use std::borrow::Cow;
use std::ops::Range;
use values::{Currency, Day};

/// What was asked of one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountAsked<'q> {
    /// The account, as [`FeedAccount::reference`] named it.
    pub reference: &'q str,
    /// Its currency; a line in another one is held.
    pub currency: Currency,
    /// IANA name of the zone in which the account has its days: `Europe/Paris`.
    pub zone: &'q str,
    /// First day asked.
    pub first_day: Day,
    /// Last day asked.
    pub last_day: Day,
    /// When the answers were got: RFC 3339. Taken where the bank dates its balance nowhere.
    pub as_of: &'q str,
}

/// One account's answers, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedReading<'a> {
    /// The booked lines: exactly one statement, `reader` being connector and recipe.
    pub reading: Reading<'a>,
    /// What the bank announces; replaces all that it announced before, and is never booked.
    pub pending: Vec<Pending<'a>>,
    /// Records that could not be read; each has its remark among those of the reading too.
    pub held: Vec<Held>,
}

/// An operation that is announced, not booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending<'a> {
    /// The day it happened, if the bank says so.
    pub day: Option<Day>,
    /// Signed minor units of the account's currency: money in is positive.
    pub amount_minor: i64,
    /// The bank's own words.
    pub label: Cow<'a, str>,
}

/// A record that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its bytes, counted over all pages.
    pub place: Range<usize>,
    /// Why, the field named.
    pub remark: Remark,
}

#[cfg(test)]
mod tests;
