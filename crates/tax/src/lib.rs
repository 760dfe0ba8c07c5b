//! Reads tax packs from `assets/tax`, fills the boxes of a return from tax items, explains each
//! box down to the items, and gives the entry that settles it.
//!
//! It never reads the book: facts come in as [`Facts`], a [`Return`] goes out. It knows no rate,
//! no form and no account: those are in the pack. It never rounds where the pack names no rule,
//! and never drops an item: what has no place is named in [`Return::left_out`].
//! Start reading at [`fill`], then [`explain`]; a pack's files are read in `pack/read.rs`.

mod error;
mod explain;
mod facts;
mod figure;
mod fill;
mod formula;
mod grade;
mod pack;
mod settle;
mod sort;

pub use error::{PackError, PackFault, TaxError};
pub use explain::{Explanation, Leaf, Part, RoundingStep, Source, explain};
pub use facts::{Facts, Item, Leg, Nature, VatRole};
pub use fill::{BoxValue, Check, Question, Return, fill};
pub use grade::Grade;
pub use pack::{AnswerKind, BoxRule, Head, Pack, Regime, Section, Sign};
pub use settle::{SettlementLine, SettlementWhy};
pub use sort::{LeftOut, LeftOutWhy};

#[cfg(test)]
mod tests;
