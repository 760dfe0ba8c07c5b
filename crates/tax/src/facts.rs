//! What the book tells: tax items, balances, the return before, answers given.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;
use values::{Day, Decimal, Period};

/// On which side of the tax an item stands. Items that wait for a payment are on no return, so
/// they have no leg here.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Leg {
    /// Tax on a sale.
    Output,
    /// Tax that the buyer owes (reverse charge, intra-EU purchase, import).
    ReverseDue,
    /// Tax on a purchase; its deductible part counts.
    Input,
}

impl Leg {
    /// The word kept in the book: `output`, `reverse_due`, `input`.
    pub fn word(self) -> &'static str {
        match self {
            Leg::Output => "output",
            Leg::ReverseDue => "reverse_due",
            Leg::Input => "input",
        }
    }

    /// Reads the word kept in the book; the two waiting legs give `None`.
    pub fn parse(word: &str) -> Option<Leg> {
        [Leg::Output, Leg::ReverseDue, Leg::Input].into_iter().find(|leg| leg.word() == word)
    }
}

impl fmt::Display for Leg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// What was bought or sold.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// Goods.
    Goods,
    /// Services.
    Services,
    /// A fixed asset.
    Asset,
}

impl Nature {
    /// The word kept in the book: `goods`, `services`, `asset`.
    pub fn word(self) -> &'static str {
        match self {
            Nature::Goods => "goods",
            Nature::Services => "services",
            Nature::Asset => "asset",
        }
    }

    /// Reads the word kept in the book.
    pub fn parse(word: &str) -> Option<Nature> {
        [Nature::Goods, Nature::Services, Nature::Asset].into_iter().find(|n| n.word() == word)
    }
}

/// The part that an account of the chart plays in VAT.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VatRole {
    /// Tax due: 44571x and 4452x in the French chart.
    Due,
    /// Tax that may be deducted: 44562x and 44566x in the French chart.
    Deductible,
}

/// One operation's tax, chargeable by the period's last day and taken by no made return.
///
/// Amounts are minor units of the book's currency, signed as the return counts them: those of a
/// credit note are negative.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    /// The tax item's number in the book.
    pub id: i64,
    /// The entry that holds it.
    pub entry: i64,
    /// The account its line stands on; none where nothing stands on a line.
    pub account: Option<String>,
    /// Its side.
    pub leg: Leg,
    /// Its tax code (`S20`).
    pub tax_code: String,
    /// Its rate in per cent.
    pub rate: Decimal,
    /// What was bought or sold.
    pub nature: Nature,
    /// The base, in minor units.
    pub base_minor: i64,
    /// The tax, in minor units.
    pub tax_minor: i64,
    /// The part of the tax that may be deducted, in minor units; 0 unless the leg is `input`.
    pub deductible_minor: i64,
    /// The day the tax fell due.
    pub chargeable_on: Day,
}

impl Item {
    /// The tax that the return counts: the deductible part on the input leg, else the tax.
    pub fn counted_minor(&self) -> i64 {
        if self.leg == Leg::Input { self.deductible_minor } else { self.tax_minor }
    }

    /// What the item wrote on its line, debit positive.
    pub fn line_minor(&self) -> i64 {
        if self.leg == Leg::Input { self.deductible_minor } else { -self.tax_minor }
    }
}

/// Everything that a return is computed from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Facts {
    /// The days the return is for; dated values are read on the last one.
    pub period: Period,
    /// The tax items that the return may take, earlier left-over ones among them.
    pub items: Vec<Item>,
    /// The VAT role of each account that has one.
    pub roles: BTreeMap<String, VatRole>,
    /// Balances on the period's last day before settlement, in minor units, debit positive, of
    /// [`crate::Pack::accounts_named`]; an account that is not open has 0.
    pub balances: BTreeMap<String, i64>,
    /// The boxes of the return before, by their names, in the form's unit; none if there is none.
    pub previous: Option<BTreeMap<String, Decimal>>,
    /// What the person answered, by the question's name, in the form's unit (yes is 1, no is 0).
    pub answers: BTreeMap<String, Decimal>,
}
