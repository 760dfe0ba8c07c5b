//! A tax pack: one edition of one form, as data. Boxes, who feeds them, dated values, settlement.

use crate::error::{PackError, PackFault};
use crate::facts::{Leg, Nature, VatRole};
use crate::formula::{Expr, Names};
use crate::grade::Grade;
use assets::Assets;
use std::collections::{BTreeSet, HashMap};
use values::{Day, Decimal, Rounding};

mod blob;
mod read;
mod rows;

/// The files of a pack, in the order of its kept bytes.
pub(crate) const FILES: [&str; 5] =
    ["pack.toml", "boxes.csv", "codes.csv", "rates.toml", "settlement.csv"];

/// One edition of one form, read and checked: every name in it is known, no box reaches itself,
/// no item can be taken by two rows.
#[derive(Clone, Debug)]
pub struct Pack {
    pub(crate) head: Head,
    pub(crate) boxes: Vec<BoxRule>,
    pub(crate) box_names: Names,
    /// Places of `boxes`, each after all those its formula needs.
    pub(crate) order: Vec<usize>,
    pub(crate) rows: Vec<CodeRow>,
    /// The rows of each code.
    pub(crate) by_code: HashMap<String, Vec<usize>>,
    pub(crate) cells: Vec<Cell>,
    pub(crate) rates: Vec<Rate>,
    pub(crate) roundings: Vec<RoundingRule>,
    pub(crate) answers: Vec<AnswerRule>,
    pub(crate) answer_names: Names,
    pub(crate) checks: Vec<CheckRule>,
    pub(crate) settlement: Vec<SettlementRow>,
    pub(crate) files: Vec<(String, Vec<u8>)>,
}

/// What pack.toml says of the whole.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Head {
    /// Its name (`fr-ca3`).
    pub id: String,
    /// The form's name (`CA3`).
    pub form: String,
    /// The edition of this pack (`2026.1`).
    pub version: String,
    /// ISO 3166 country.
    pub country: String,
    /// The currency of the form's figures, ISO 4217.
    pub unit: String,
    /// How many decimals that currency has.
    pub exponent: u32,
    /// The lengths of a period: `month`, `quarter`, `year`.
    pub periods: Vec<String>,
    /// The first day it holds for.
    pub valid_from: Day,
    /// The last day it holds for, if known.
    pub valid_to: Option<Day>,
    /// Who files the form.
    pub regimes: Vec<Regime>,
    /// The article that asks for the return.
    pub law: String,
    /// Who keeps the pack.
    pub author: String,
    /// The form's name in French.
    pub label_fr: String,
    /// The form's name in English.
    pub label_en: String,
    /// What a reader must know of its sources.
    pub note: String,
    /// The parts of the page, in order.
    pub sections: Vec<Section>,
    /// The boxes for tax due and for credit: their difference is the sum of the signed boxes.
    pub(crate) proof: Option<(usize, usize)>,
    /// The boxes that end the form: what is paid, what is carried on.
    pub ends: Vec<String>,
}

/// A VAT regime whose businesses file the form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Regime {
    /// The book's word for it.
    pub id: String,
    /// `month`, `quarter` or `year`.
    pub period: String,
    /// Only for the periods that hold an item of this leg; empty: for each period.
    pub only_with: Option<Leg>,
    /// How sure that is.
    pub grade: Grade,
}

/// A part of the form's page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Section {
    /// Its name in boxes.csv.
    pub id: String,
    /// Its title in French.
    pub title_fr: String,
    /// Its title in English.
    pub title_en: String,
    /// Whether its single figures are amounts of operations rather than of tax.
    pub operations: bool,
}

/// What a box does to the tax payable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sign {
    /// Adds to the tax due.
    Plus,
    /// Lowers it.
    Minus,
    /// Neither.
    Neither,
    /// Neither, and it may be negative.
    Any,
}

/// A box of the form.
#[derive(Clone, Debug)]
pub struct BoxRule {
    /// Its name: the form's line, and the column where a line has two (`08.base`, `08.tax`).
    pub id: String,
    /// The form's own code for the line, if it has one (`0207`).
    pub case: String,
    /// Where it stands on the page.
    pub section: String,
    /// The form's words.
    pub label_fr: String,
    /// The same in English.
    pub label_en: String,
    /// What it does to the tax payable.
    pub sign: Sign,
    /// Its formula, as written.
    pub formula: String,
    /// The article it rests on. `*`: named from professional knowledge, not read in the text.
    pub law: String,
    /// How sure its rule is.
    pub grade: Grade,
    pub(crate) expr: Expr,
    pub(crate) rounding: Option<usize>,
}

/// What a row of codes.csv does with the base or the tax of its items.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Slot {
    /// Adds it to these boxes; none on purpose when empty.
    Boxes(Vec<usize>),
    /// No box is known: anything but zero is left out.
    Refused,
}

/// A row of codes.csv: which items it takes and where they go.
#[derive(Clone, Debug)]
pub(crate) struct CodeRow {
    pub line: u64,
    pub code: String,
    pub leg: Leg,
    pub rate: Option<Decimal>,
    pub nature: Option<RowNature>,
    pub cell: Option<usize>,
    pub base: Slot,
    pub tax: Slot,
    pub base_below: Slot,
    pub tax_below: Slot,
    pub law: String,
    pub grade: Grade,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum RowNature {
    Asset,
    Other,
}

impl CodeRow {
    pub fn takes_nature(&self, nature: Nature) -> bool {
        self.nature.is_none_or(|wanted| (wanted == RowNature::Asset) == (nature == Nature::Asset))
    }
}

/// Items that are summed before their sign decides where they go.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    pub name: String,
    /// Whether the sign of the base decides, else that of the tax.
    pub base_decides: bool,
}

/// A value of the law that changes with time.
#[derive(Clone, Debug)]
pub(crate) struct Rate {
    pub name: String,
    pub unit: String,
    pub law: String,
    pub grade: Grade,
    /// From a day (or always) on, the latest last.
    pub values: Vec<(Option<Day>, Decimal)>,
}

impl Rate {
    /// The value that holds on a day, and since when.
    pub fn on(&self, day: Day) -> Option<(Option<Day>, Decimal)> {
        self.values.iter().rev().find(|(from, _)| from.is_none_or(|from| from <= day)).copied()
    }
}

/// How a figure is rounded.
#[derive(Clone, Debug)]
pub(crate) struct RoundingRule {
    pub name: String,
    pub step: Decimal,
    pub mode: Rounding,
    pub law: String,
    pub grade: Grade,
}

/// What an answer may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AnswerKind {
    /// A whole number of the form's unit, 0 or more.
    Whole,
    /// 1 or 0.
    YesNo,
}

#[derive(Clone, Debug)]
pub(crate) struct AnswerRule {
    pub id: String,
    pub kind: AnswerKind,
    pub default: Decimal,
    /// When the law leaves it open; none: never asked, only filled in.
    pub ask: Option<Expr>,
    pub law: String,
    pub grade: Grade,
}

#[derive(Clone, Debug)]
pub(crate) struct CheckRule {
    pub id: String,
    pub boxes: Vec<String>,
    pub formula: String,
    pub expr: Expr,
    pub blocking: bool,
    pub law: String,
    pub grade: Grade,
}

/// A row of settlement.csv.
#[derive(Clone, Debug)]
pub(crate) enum SettlementRow {
    /// Clears each account of the role by what the taken items wrote there.
    Clear { role: VatRole, label_fr: String, label_en: String, grade: Grade },
    /// Writes a figure on an account.
    Write {
        account: String,
        debit: bool,
        formula: String,
        expr: Expr,
        label_fr: String,
        label_en: String,
        grade: Grade,
    },
}

impl Pack {
    /// Reads the pack in `tax/<form>/` (`fr/ca3`), the user's own files first.
    pub fn load(assets: &Assets, form: &str) -> Result<Pack, PackError> {
        let mut files = Vec::new();
        for file in FILES {
            let bytes = assets.bytes(&format!("tax/{form}/{file}")).map_err(|why| PackError {
                pack: form.to_owned(),
                file: file.to_owned(),
                place: "the whole file".to_owned(),
                fault: Box::new(PackFault::Unreadable(why)),
            })?;
            files.push((file.to_owned(), bytes.into_owned()));
        }
        read::pack(form, files)
    }

    /// The packs there are, each as [`Pack::load`] names it (`fr/ca3`).
    pub fn names(assets: &Assets) -> Vec<String> {
        let whole =
            |name: String| name.strip_prefix("tax/")?.strip_suffix("/pack.toml").map(str::to_owned);
        assets.names("tax/").into_iter().filter_map(whole).collect()
    }

    /// The bytes of all its files, to be kept in the book and named by their hash: a return is
    /// always recomputed with the pack that made it.
    pub fn blob(&self) -> Vec<u8> {
        blob::pack_up(&self.files)
    }

    /// Reads a pack back from [`Pack::blob`].
    pub fn from_blob(bytes: &[u8]) -> Result<Pack, PackError> {
        let files = blob::unpack(bytes).map_err(|fault| PackError {
            pack: "blob".to_owned(),
            file: "blob".to_owned(),
            place: "the whole file".to_owned(),
            fault: Box::new(fault),
        })?;
        read::pack("blob", files)
    }

    /// What it says of itself.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// The form's boxes, in the order of the page.
    pub fn boxes(&self) -> &[BoxRule] {
        &self.boxes
    }

    /// The accounts that the settlement writes on or a formula reads, sorted. The book must have
    /// them, and their balances belong into the facts.
    pub fn accounts_named(&self) -> Vec<String> {
        let mut formulas: Vec<&Expr> = self.boxes.iter().map(|rule| &rule.expr).collect();
        formulas.extend(self.checks.iter().map(|rule| &rule.expr));
        formulas.extend(self.answers.iter().filter_map(|rule| rule.ask.as_ref()));
        let mut accounts = BTreeSet::new();
        for row in &self.settlement {
            if let SettlementRow::Write { account, expr, .. } = row {
                formulas.push(expr);
                accounts.insert(account.clone());
            }
        }
        for formula in formulas {
            formula.walk(&mut |node| {
                if let Expr::Balance(account) = node {
                    accounts.insert(account.clone());
                }
            });
        }
        accounts.into_iter().collect()
    }

    /// The codes that some row takes, sorted.
    pub fn codes(&self) -> Vec<&str> {
        let codes: BTreeSet<&str> = self.by_code.keys().map(String::as_str).collect();
        codes.into_iter().collect()
    }

    /// The ids of the questions it may ask and of its own checks, for their sentences.
    pub fn sentences(&self) -> (Vec<&str>, Vec<&str>) {
        (
            self.answers.iter().map(|rule| rule.id.as_str()).collect(),
            self.checks.iter().map(|rule| rule.id.as_str()).collect(),
        )
    }

    /// These boxes and all they need, as a mask over the boxes.
    pub(crate) fn needed(&self, wanted: impl IntoIterator<Item = usize>) -> Vec<bool> {
        let mut mask = vec![false; self.boxes.len()];
        for place in wanted {
            mask[place] = true;
        }
        for &place in self.order.iter().rev() {
            if mask[place] {
                for needed in self.boxes[place].expr.boxes() {
                    mask[needed] = true;
                }
            }
        }
        mask
    }
}

#[cfg(test)]
pub(crate) mod tests;
