//! Bank statements: bytes as a bank gave them in, plain lines with their place in those bytes out.
//!
//! [`read`] is a pure function of bytes and recipes. It never fails halfway: what is sound is
//! returned, what is not is told as a [`Remark`], and only "this is no statement at all" is a
//! [`Refusal`]. It opens no file and books nothing. Start reading at [`Reading`].

use serde::Serialize;
use std::borrow::Cow;
use std::ops::Range;
use values::{Currency, Day};

/// What one file or answer held, borrowed from its bytes where the encoding allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading<'a> {
    /// The family of the format.
    pub format: Format,
    /// The version or dialect as people call it: `OFX 1.02`, `camt.053.001.08`, `CSV`.
    pub dialect: String,
    /// The bank, if the file or the recipe says so.
    pub bank: Option<String>,
    /// Name and version of the reader, kept with each statement: `ofx 1`, `csv fr-boursorama 1`,
    /// `simplefin 1`.
    pub reader: String,
    /// The statements, in the file's order.
    pub statements: Vec<Statement<'a>>,
    /// Everything that a person should know about this file.
    pub remarks: Vec<Remark>,
}

/// A family of bank formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Open Financial Exchange, 1 (SGML) and 2 (XML), with QFX and QBO.
    Ofx,
    /// ISO 20022 bank to customer statement; the reports and notifications of its family too.
    Camt053,
    /// Comma-separated values, read by a recipe.
    Csv,
    /// Answers of a bank's interface, read by a connector file.
    Feed,
}

impl Format {
    /// The word that names it in a source: `ofx`, `camt053`, `csv`, `feed`.
    pub fn word(self) -> &'static str {
        match self {
            Format::Ofx => "ofx",
            Format::Camt053 => "camt053",
            Format::Csv => "csv",
            Format::Feed => "feed",
        }
    }
}

/// A stretch of one account, read to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement<'a> {
    /// How the file names the account; may be empty for a CSV.
    pub account: AccountName,
    /// The account's currency; `None` when the file does not say.
    pub currency: Option<Currency>,
    /// First day covered, as stated, else that of the first line.
    pub first_day: Day,
    /// Last day covered, as stated, else that of the last line.
    pub last_day: Day,
    /// Booked balance before the first line, in minor units, as the bank states it.
    pub opening_minor: Option<i64>,
    /// Booked balance after the last line, in minor units, as the bank states it.
    pub closing_minor: Option<i64>,
    /// When the bank said it: the bank's own instant or day, else the last day. Sorts as text.
    pub as_of: String,
    /// Booked lines, in the file's order. Pending ones are remarks.
    pub lines: Vec<Line<'a>>,
}

/// How a source names an account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AccountName {
    /// Scheme and value: (`iban`, `FR76…`), (`ofx`, `30004/00812/00010203041`), best first.
    pub names: Vec<(String, String)>,
    /// What the bank calls it, for people.
    pub label: Option<String>,
    /// Whether it is a card account.
    pub card: bool,
}

/// One booked operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'a> {
    /// The bank's booking day.
    pub day: Day,
    /// The value day, kept and never used for identity.
    pub value_day: Option<Day>,
    /// Signed minor units of the account's currency: money in is positive.
    pub amount_minor: i64,
    /// The bank's own words, entities resolved, otherwise as given; parts joined by a space.
    pub label: Cow<'a, str>,
    /// The other side's name.
    pub party_name: Option<Cow<'a, str>>,
    /// The other side's IBAN, as given, without spaces.
    pub party_iban: Option<Cow<'a, str>>,
    /// A structured reference (end-to-end id, creditor reference, cheque number).
    pub reference: Option<Cow<'a, str>>,
    /// The bank's type code (`PMNT-RCDT-ESCT`, `DEBIT`).
    pub type_code: Option<Cow<'a, str>>,
    /// Balance after this line in minor units, if stated.
    pub balance_after_minor: Option<i64>,
    /// The amount in its own currency, when it differs from the account's.
    pub original: Option<(i64, Currency)>,
    /// A fee contained in the amount, in minor units.
    pub fee_minor: Option<i64>,
    /// Whatever the source calls an id.
    pub ids: Vec<SourceId<'a>>,
    /// Where the line stands in the bytes.
    pub place: Range<usize>,
}

/// Something a source calls an id, and how far to trust it. Never an identity by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceId<'a> {
    /// The field: `FITID`, `AcctSvcrRef`.
    pub name: &'static str,
    /// Its value.
    pub value: Cow<'a, str>,
    /// How far it may be trusted.
    pub trust: Trust,
}

/// How far a source's id may be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Trust {
    /// Kept, never used: positional, repeated in this file, a word such as `NONREF`.
    None,
    /// Holds within one session of a connection.
    Session,
    /// Usually lasting.
    Normal,
    /// Documented unique and seen lasting.
    Strong,
}

/// Something a person should know about a file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// What it is; sentences live in `assets/locales/*/statement.toml` under this code.
    pub code: RemarkCode,
    /// How grave.
    pub severity: Severity,
    /// Line of the text, from 1, when one can be named.
    pub line: Option<u32>,
    /// Names and values for the sentence.
    pub args: Vec<(&'static str, String)>,
}

/// How grave a remark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know; everything was read.
    Note,
    /// Read, but look at it.
    Warning,
    /// Not read: this line or part is missing from the statement.
    Error,
}

mod account;
mod amount;
mod by_recipe;
mod calendar;
mod camt;
pub mod excerpt;
pub mod feed;
pub mod identity;
pub mod proof;

mod codes;
mod decode;
mod detect;
mod entities;
mod finish;
mod fold;
mod label;
mod ofx;
mod read;

pub use amount::{AmountFault, DecimalMark, ReadAmount, minor_from_text};
pub use by_recipe::{RecipeError, Recipes};
pub use calendar::{DateOrder, day_in_order};
pub use codes::{RefusalCode, RemarkCode};
pub use label::clean_label;
pub use read::read;

/// Why a file is no statement. Nothing of it is used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a statement: {code:?}")]
pub struct Refusal {
    /// What it is; sentence and hint live in `assets/locales/*/statement.toml`.
    pub code: RefusalCode,
    /// Names and values for the sentence.
    pub args: Vec<(&'static str, String)>,
}
