//! What can be wrong with a pack, and why a return is not computed.
//!
//! Each has a code and named arguments; sentences for people are in `assets/locales/*/tax.toml`.

use values::{Day, Period};

/// A fault in a file of a pack. A pack with a fault is not used at all.
#[derive(Debug, thiserror::Error)]
#[error("reading the tax pack {pack}: {file}, {place}")]
pub struct PackError {
    /// The pack's folder below `tax/`, or `blob`.
    pub pack: String,
    /// The file's name in the folder.
    pub file: String,
    /// The row (`line 12`) or the key (`rate.standard`), and the column where it is known.
    pub place: String,
    /// What is wrong there.
    #[source]
    pub fault: Box<PackFault>,
}

/// What is wrong at a place of a pack.
#[derive(Debug, thiserror::Error)]
pub enum PackFault {
    /// The file could not be had.
    #[error("the file could not be read")]
    Unreadable(#[source] assets::AssetError),
    /// Kept bytes that are no pack.
    #[error("these bytes are no tax pack: {found}")]
    Blob {
        /// What was found.
        found: String,
    },
    /// Not the CSV or TOML it should be, or a column or key too many or too few.
    #[error("{found}")]
    Syntax {
        /// What the reader of the format says.
        found: String,
    },
    /// A word outside the closed list of its column.
    #[error("{column} is `{found}`, which is none of: {allowed}")]
    Word {
        /// The column or key.
        column: String,
        /// What was found.
        found: String,
        /// What may stand there.
        allowed: String,
    },
    /// A name given twice.
    #[error("`{found}` is named twice")]
    Twice {
        /// The name.
        found: String,
    },
    /// A name that the pack does not have.
    #[error("there is no {kind} called `{found}`")]
    UnknownName {
        /// Box, rate, rounding, answer or section.
        kind: &'static str,
        /// The name.
        found: String,
    },
    /// A formula that cannot be read.
    #[error("in `{formula}` at character {at}: {found}")]
    Formula {
        /// The whole formula.
        formula: String,
        /// The character, counted from 1.
        at: usize,
        /// What was found, and what was expected.
        found: String,
    },
    /// A box that needs itself.
    #[error("the box reaches itself: {chain}")]
    Loop {
        /// The chain of boxes, first and last the same.
        chain: String,
    },
    /// Two rows that are summed together and go to different boxes: what one has too much would
    /// silently lower the other's box.
    #[error("its cell `{found}` goes to other boxes on line {other}")]
    Cell {
        /// The cell.
        found: String,
        /// The other row's line.
        other: u64,
    },
    /// Two rows that could both take one item.
    #[error("an item of `{found}` would also be taken by line {other}")]
    Overlap {
        /// Code and leg.
        found: String,
        /// The other row's line.
        other: u64,
    },
}

impl PackFault {
    /// The code of its sentence.
    pub fn code(&self) -> &'static str {
        match self {
            PackFault::Unreadable(_) => "pack_unreadable",
            PackFault::Blob { .. } => "pack_blob",
            PackFault::Syntax { .. } => "pack_syntax",
            PackFault::Word { .. } => "pack_word",
            PackFault::Twice { .. } => "pack_twice",
            PackFault::UnknownName { .. } => "pack_unknown_name",
            PackFault::Formula { .. } => "pack_formula",
            PackFault::Loop { .. } => "pack_loop",
            PackFault::Cell { .. } => "pack_cell",
            PackFault::Overlap { .. } => "pack_overlap",
        }
    }
}

impl PackError {
    /// The code of its sentence, under `[error]`.
    pub fn code(&self) -> &'static str {
        self.fault.code()
    }

    /// What the sentence may name.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        let mut args = vec![
            ("pack", self.pack.clone()),
            ("file", self.file.clone()),
            ("place", self.place.clone()),
        ];
        match self.fault.as_ref() {
            PackFault::Unreadable(why) => args.push(("found", why.to_string())),
            PackFault::Blob { found }
            | PackFault::Syntax { found }
            | PackFault::Twice { found } => args.push(("found", found.clone())),
            PackFault::Word { column, found, allowed } => args.extend([
                ("column", column.clone()),
                ("found", found.clone()),
                ("allowed", allowed.clone()),
            ]),
            PackFault::UnknownName { kind, found } => {
                args.extend([("kind", (*kind).to_owned()), ("found", found.clone())]);
            }
            PackFault::Formula { formula, at, found } => args.extend([
                ("formula", formula.clone()),
                ("at", at.to_string()),
                ("found", found.clone()),
            ]),
            PackFault::Loop { chain } => args.push(("chain", chain.clone())),
            PackFault::Cell { found, other } | PackFault::Overlap { found, other } => {
                args.extend([("found", found.clone()), ("other", other.to_string())]);
            }
        }
        args
    }
}

/// Why a return is not computed at all. What only forbids making it is a check of the return.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TaxError {
    /// The period is not within the days the pack holds for.
    #[error("the pack holds from {from} to {to}, which does not cover {period}")]
    PeriodOutside {
        /// The period asked for.
        period: Period,
        /// The pack's first day.
        from: Day,
        /// The pack's last day, or `…`.
        to: String,
    },
    /// The period is not of a length that the form is filed for.
    #[error("{period} is not one of the form's periods: {allowed}")]
    PeriodShape {
        /// The period asked for.
        period: Period,
        /// The lengths allowed.
        allowed: String,
    },
    /// A dated value is not known on that day.
    #[error("{rate} has no value on {day}")]
    RateWithoutValue {
        /// Its name.
        rate: String,
        /// The day.
        day: Day,
    },
    /// An answer to a question the pack does not have.
    #[error("the pack asks no question called `{id}`")]
    AnswerUnknown {
        /// What was answered.
        id: String,
    },
    /// An answer for a box that is computed.
    #[error("box {id} is computed and cannot be answered")]
    AnswerNotAsked {
        /// The box.
        id: String,
    },
    /// An answer outside what its question allows.
    #[error("the answer {found} to `{id}` is not {expected}")]
    AnswerValue {
        /// The question.
        id: String,
        /// What was answered.
        found: String,
        /// `whole` (0 or more, without decimals) or `yes_no` (1 or 0).
        expected: &'static str,
    },
    /// The return before lacks a box that this one carries on.
    #[error("the return before has no box {id}")]
    PreviousLacks {
        /// The box.
        id: String,
    },
    /// A balance that the pack names was not given.
    #[error("the balance of account {account} is needed and was not given")]
    BalanceLacks {
        /// The account.
        account: String,
    },
    /// An item that falls due after the period.
    #[error("tax item {item} falls due on {day}, after the period")]
    ItemAfterPeriod {
        /// The item.
        item: i64,
        /// Its day.
        day: Day,
    },
    /// No such box.
    #[error("the form has no box {id}")]
    UnknownBox {
        /// What was asked for.
        id: String,
    },
    /// A figure beyond what can be computed or kept exactly, or a division by zero.
    #[error("{id} cannot be computed exactly")]
    NotExact {
        /// The box, question, check or account.
        id: String,
    },
}

impl TaxError {
    /// The code of its sentence, under `[error]`.
    pub fn code(&self) -> &'static str {
        match self {
            TaxError::PeriodOutside { .. } => "tax_period_outside",
            TaxError::PeriodShape { .. } => "tax_period_shape",
            TaxError::RateWithoutValue { .. } => "tax_rate_without_value",
            TaxError::AnswerUnknown { .. } => "tax_answer_unknown",
            TaxError::AnswerNotAsked { .. } => "tax_answer_not_asked",
            TaxError::AnswerValue { .. } => "tax_answer_value",
            TaxError::PreviousLacks { .. } => "tax_previous_lacks",
            TaxError::BalanceLacks { .. } => "tax_balance_lacks",
            TaxError::ItemAfterPeriod { .. } => "tax_item_after_period",
            TaxError::UnknownBox { .. } => "tax_unknown_box",
            TaxError::NotExact { .. } => "tax_not_exact",
        }
    }

    /// What the sentence may name.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            TaxError::PeriodOutside { period, from, to } => {
                vec![("period", period.to_string()), ("from", from.to_string()), ("to", to.clone())]
            }
            TaxError::PeriodShape { period, allowed } => {
                vec![("period", period.to_string()), ("allowed", allowed.clone())]
            }
            TaxError::RateWithoutValue { rate, day } => {
                vec![("rate", rate.clone()), ("day", day.to_string())]
            }
            TaxError::AnswerValue { id, found, expected } => vec![
                ("id", id.clone()),
                ("found", found.clone()),
                ("expected", (*expected).to_owned()),
            ],
            TaxError::AnswerUnknown { id }
            | TaxError::AnswerNotAsked { id }
            | TaxError::PreviousLacks { id }
            | TaxError::UnknownBox { id }
            | TaxError::NotExact { id } => vec![("id", id.clone())],
            TaxError::BalanceLacks { account } => vec![("account", account.clone())],
            TaxError::ItemAfterPeriod { item, day } => {
                vec![("item", item.to_string()), ("day", day.to_string())]
            }
        }
    }
}
