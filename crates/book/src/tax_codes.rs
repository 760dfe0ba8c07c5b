//! Tax codes: which taxes an operation bears, at which rates, on which accounts, and when they fall
//! due.
//!
//! A file of `assets/tax-codes/` has one code a row. This module reads it and answers for one code;
//! which box of a return takes an item is the tax pack's, and what is written to the book is the
//! book's. Start reading at [`TaxCode`]; the day a tax falls due is in `chargeability`, splitting
//! and deducting amounts in `amounts`.

mod amounts;
mod chargeability;
mod rates;

pub use amounts::{AmountError, deductible, from_gross, from_net};
pub use chargeability::{Chargeability, Chargeable, Occasion, VatOn};
pub use rates::DatedRate;

use crate::chart::Grade;
use crate::chart::closed_words::closed_words;
use serde::Deserialize;
use std::str::FromStr;
use values::{Day, Decimal};

closed_words! {
    /// Whether we sell or buy.
    pub enum Direction {
        /// We sell.
        Sale = "sale",
        /// We buy.
        Purchase = "purchase",
    }
}

closed_words! {
    /// What was sold or bought, on a tax item.
    pub enum Nature {
        /// Goods other than fixed assets.
        Goods = "goods",
        /// Services.
        Services = "services",
        /// A fixed asset, tangible or not.
        Asset = "asset",
    }
}

closed_words! {
    /// What a code is for. Each of the three may become a fixed asset in the buyer's books.
    pub enum Scope {
        /// Goods, fixed assets among them.
        Goods = "goods",
        /// Services, and what of them is capitalised.
        Services = "services",
        /// Fixed assets alone.
        Asset = "asset",
        /// Anything.
        Both = "both",
    }
}

closed_words! {
    /// The side of the tax that an item stands for.
    pub enum Leg {
        /// Tax that the customer owes us and we owe the State.
        Output = "output",
        /// Tax on a purchase that we owe in the supplier's place.
        ReverseDue = "reverse_due",
        /// Tax on a purchase that we may deduct.
        Input = "input",
        /// Output tax before its payment.
        WaitingOutput = "waiting_output",
        /// Input tax before its payment.
        WaitingInput = "waiting_input",
    }
}

/// One row of the tax codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxCode {
    /// The code: `S20`.
    pub code: String,
    /// Whether it is for sales or purchases.
    pub direction: Direction,
    /// What it is for.
    pub scope: Scope,
    /// Its name in French.
    pub label_fr: String,
    /// Its name in English.
    pub label_en: String,
    /// Where it applies: `FR-MET` (mainland), `FR-20` (Corsica), `FR-971/972/974`, `FR`, `EU`,
    /// `WORLD`. For people; no rule reads it.
    pub territory: String,
    /// The rates it allows. Empty when the table cannot list them: those of the country of
    /// destination, or of the invoice that a correction answers.
    pub rates: Vec<DatedRate>,
    legs: Vec<Leg>,
    /// Account of legs `output` and `reverse_due`.
    pub account_output: Option<String>,
    /// Account of leg `input` for goods and services.
    pub account_input: Option<String>,
    /// Account of leg `input` for fixed assets.
    pub account_input_asset: Option<String>,
    /// Account of leg `waiting_output`.
    pub account_waiting_output: Option<String>,
    /// Account of leg `waiting_input`.
    pub account_waiting_input: Option<String>,
    /// How much of the input tax may be deducted by anyone, in percent; none without a leg
    /// `input`.
    pub deductible_share: Option<Decimal>,
    /// The rule that finds the day on which its tax falls due.
    pub chargeability: Chargeability,
    /// The words that the law wants on the invoice, in French.
    pub mention: Option<String>,
    /// VAT category of EN 16931 (BT-151).
    pub en16931_category: Option<String>,
    /// Reason for exemption (BT-121), a code of the list VATEX.
    pub vatex: Option<String>,
    /// The legal basis: articles of the CGI or a directive.
    pub law: Option<String>,
    /// Where it moves on 1 January 2027 (CIBS), as far as known.
    pub law_2027: Option<String>,
    /// How well the row is known.
    pub grade: Grade,
    /// What people should know.
    pub note: Option<String>,
}

impl TaxCode {
    /// Whether an item of that day may bear `rate`, in percent. A code whose rates are not listed
    /// takes any from 0 to 100.
    pub fn allows(&self, rate: Decimal, day: Day) -> bool {
        if self.rates.is_empty() {
            return rate >= Decimal::ZERO && rate <= Decimal::ONE_HUNDRED;
        }
        self.rates_on(day).any(|allowed| allowed == rate)
    }

    /// The rates of that day, in percent, in the order of the file: the first is proposed.
    pub fn rates_on(&self, day: Day) -> impl Iterator<Item = Decimal> {
        self.rates.iter().filter(move |dated| dated.covers(day)).map(|dated| dated.rate)
    }

    /// The items that one operation writes, one per leg: `[Output]`, `[Input]`, reverse charge
    /// `[ReverseDue, Input]`, self-supply `[Output, Input]`, margin scheme `[Output, Output]`
    /// (the margin at its rate, then the purchase part at rate 0).
    ///
    /// A tax that waits for its payment is first written with the waiting leg in its place
    /// (see [`Leg::waiting`]).
    pub fn legs(&self) -> &[Leg] {
        &self.legs
    }

    /// Whether an item of that nature may bear this code.
    pub fn takes(&self, nature: Nature) -> bool {
        match (self.scope, nature) {
            (Scope::Both, _) | (_, Nature::Asset) => true,
            (Scope::Goods, Nature::Goods) | (Scope::Services, Nature::Services) => true,
            (Scope::Goods | Scope::Services | Scope::Asset, _) => false,
        }
    }

    /// The account on which an item of that leg stands; none where no tax can stand on a line.
    pub fn account(&self, leg: Leg, nature: Nature) -> Option<&str> {
        let account = match (leg, nature) {
            (Leg::Output | Leg::ReverseDue, _) => &self.account_output,
            (Leg::Input, Nature::Asset) if self.account_input_asset.is_some() => {
                &self.account_input_asset
            }
            (Leg::Input, _) => &self.account_input,
            (Leg::WaitingOutput, _) => &self.account_waiting_output,
            (Leg::WaitingInput, _) => &self.account_waiting_input,
        };
        account.as_deref()
    }

    /// Every account that the code names, with the leg that stands on it.
    pub fn accounts(&self) -> impl Iterator<Item = (Leg, &str)> {
        let due = if self.legs.contains(&Leg::ReverseDue) { Leg::ReverseDue } else { Leg::Output };
        [
            (due, &self.account_output),
            (Leg::Input, &self.account_input),
            (Leg::Input, &self.account_input_asset),
            (Leg::WaitingOutput, &self.account_waiting_output),
            (Leg::WaitingInput, &self.account_waiting_input),
        ]
        .into_iter()
        .filter_map(|(leg, account)| Some((leg, account.as_deref()?)))
    }

    /// When the tax of an operation falls due.
    pub fn chargeable_on(&self, occasion: &Occasion) -> Chargeable {
        self.chargeability.falls_on(occasion)
    }
}

impl Leg {
    /// The leg that an item takes while it waits for a payment; a reverse charge never waits.
    pub fn waiting(self) -> Option<Leg> {
        match self {
            Leg::Output | Leg::WaitingOutput => Some(Leg::WaitingOutput),
            Leg::Input | Leg::WaitingInput => Some(Leg::WaitingInput),
            Leg::ReverseDue => None,
        }
    }

    /// Whether the tax waits for a payment.
    pub fn waits(self) -> bool {
        matches!(self, Leg::WaitingOutput | Leg::WaitingInput)
    }

    /// Whether the tax is a purchase's own, with a deductible part.
    pub fn is_input(self) -> bool {
        matches!(self, Leg::Input | Leg::WaitingInput)
    }
}

/// Why a text is no table of tax codes.
#[derive(Debug, thiserror::Error)]
pub enum TaxCodeError {
    /// Not CSV with the columns of tax codes.
    #[error("the tax codes are not a table with the columns of tax codes")]
    Table(#[source] csv::Error),
    /// A cell that its column cannot hold.
    #[error("tax code {code}: column {column} cannot hold `{cell}`")]
    Cell {
        /// The code of the row.
        code: String,
        /// The column's name.
        column: &'static str,
        /// What the cell holds.
        cell: String,
    },
    /// Two rows for one code.
    #[error("the tax code {0} is listed twice")]
    Twice(String),
}

/// The tax codes of a country.
#[derive(Debug, Clone)]
pub struct TaxCodes {
    /// In the order of the file, which is the order of lists on a screen.
    codes: Vec<TaxCode>,
}

impl TaxCodes {
    /// Reads the text of a table of tax codes (`tax-codes/fr.csv`).
    pub fn read(text: &str) -> Result<TaxCodes, TaxCodeError> {
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        let mut codes: Vec<TaxCode> = Vec::new();
        for row in rows.deserialize::<Row>() {
            let code = row.map_err(TaxCodeError::Table)?.tax_code()?;
            if codes.iter().any(|known| known.code == code.code) {
                return Err(TaxCodeError::Twice(code.code));
            }
            codes.push(code);
        }
        Ok(TaxCodes { codes })
    }

    /// The code of that name.
    pub fn get(&self, code: &str) -> Option<&TaxCode> {
        self.codes.iter().find(|known| known.code == code)
    }

    /// All codes, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &TaxCode> {
        self.codes.iter()
    }
}

/// A row as the file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    code: String,
    direction: String,
    nature: String,
    label_fr: String,
    label_en: String,
    territory: String,
    rates: String,
    legs: String,
    account_output: String,
    account_input: String,
    account_input_asset: String,
    account_waiting_output: String,
    account_waiting_input: String,
    deductible_share: String,
    chargeability: String,
    mention: String,
    en16931_category: String,
    vatex: String,
    law: String,
    law_2027: String,
    grade: String,
    note: String,
}

impl Row {
    fn tax_code(self) -> Result<TaxCode, TaxCodeError> {
        let cell = |column: &'static str, cell: &str| TaxCodeError::Cell {
            code: self.code.clone(),
            column,
            cell: cell.to_owned(),
        };
        if self.code.is_empty() {
            return Err(cell("code", ""));
        }
        let direction =
            Direction::read(&self.direction).ok_or_else(|| cell("direction", &self.direction))?;
        let scope = Scope::read(&self.nature).ok_or_else(|| cell("nature", &self.nature))?;
        let rates = rates::read_list(&self.rates).ok_or_else(|| cell("rates", &self.rates))?;
        let legs: Vec<Leg> = self
            .legs
            .split('+')
            .map(|word| Leg::read(word).ok_or_else(|| cell("legs", &self.legs)))
            .collect::<Result<_, _>>()?;
        let share = read_share(&self.deductible_share)
            .filter(|share| share.is_some() == legs.contains(&Leg::Input))
            .ok_or_else(|| cell("deductible_share", &self.deductible_share))?;
        let chargeability = Chargeability::read(&self.chargeability)
            .ok_or_else(|| cell("chargeability", &self.chargeability))?;
        let grade = Grade::read(&self.grade).ok_or_else(|| cell("grade", &self.grade))?;
        Ok(TaxCode {
            code: self.code,
            direction,
            scope,
            label_fr: self.label_fr,
            label_en: self.label_en,
            territory: self.territory,
            rates,
            legs,
            account_output: filled(self.account_output),
            account_input: filled(self.account_input),
            account_input_asset: filled(self.account_input_asset),
            account_waiting_output: filled(self.account_waiting_output),
            account_waiting_input: filled(self.account_waiting_input),
            deductible_share: share,
            chargeability,
            mention: filled(self.mention),
            en16931_category: filled(self.en16931_category),
            vatex: filled(self.vatex),
            law: filled(self.law),
            law_2027: filled(self.law_2027),
            grade,
            note: filled(self.note),
        })
    }
}

fn filled(cell: String) -> Option<String> {
    Some(cell).filter(|cell| !cell.is_empty())
}

/// An empty cell, or a percentage from 0 to 100; the outer none is neither.
fn read_share(cell: &str) -> Option<Option<Decimal>> {
    if cell.is_empty() {
        return Some(None);
    }
    let share = Decimal::from_str(cell).ok()?;
    (share >= Decimal::ZERO && share <= Decimal::ONE_HUNDRED).then_some(Some(share))
}

#[cfg(test)]
mod tests;
