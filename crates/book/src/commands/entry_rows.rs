//! How an entry is written as rows: its accounts, lines and tax items, always as a draft.

mod writing;

pub(super) use writing::{
    Head, ItemRow, Move, delete_draft, insert_item, write_head, write_line, write_move,
};

use super::add_counterparties::counterparty_of;
use super::open_account::account_of;
use crate::error::{Code, Error, Result};
use crate::ids::{EntryId, JournalId, PostingId};
use crate::read;
use crate::tax_codes::{self, Leg, Nature, TaxCode};
use crate::tx::Tx;
use rusqlite::params;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use values::{Day, Decimal, MAX_MINOR};

/// An entry as a person or a file asks for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct EntryDraft {
    /// Journal: AN, VE, AC, CA, PA, OD; those of bank accounts are written from bank lines.
    pub journal: String,
    /// The accounting day.
    pub day: Day,
    /// The document's number; one is given when absent.
    #[serde(default, rename = "ref", skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The document's day; the accounting day when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_day: Option<Day>,
    /// What it is about.
    pub label: String,
    /// `ordinary` or `opening`.
    #[serde(default)]
    pub kind: Kind,
    /// The lines; they sum to zero.
    pub lines: Vec<LineDraft>,
    /// The tax items.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ItemDraft>,
}

/// The kinds of entry a person may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// An entry like any other.
    #[default]
    Ordinary,
    /// The takeover: once, journal AN, on the book's first day.
    Opening,
}

/// One line on one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct LineDraft {
    /// The account's code.
    pub account: String,
    /// The counterparty's code, where and only where the account is collective.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counterparty: Option<String>,
    /// Minor units; debit positive, credit negative.
    pub amount_minor: i64,
    /// A label of its own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
}

/// One operation's tax.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct ItemDraft {
    /// The side of the tax.
    pub leg: Leg,
    /// Its tax code.
    pub tax_code: String,
    /// Per cent, one of those the code allows on that day.
    #[ts(type = "string")]
    pub rate: Decimal,
    /// Minor units, signed as the return counts them: a credit note's are negative.
    pub base_minor: i64,
    /// Minor units, signed as the base.
    pub tax_minor: i64,
    /// Deductible part in minor units; computed from code and business when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deductible_minor: Option<i64>,
    /// What was supplied.
    pub nature: Nature,
    /// Place, from 1, of the line it stands on; absent where nothing stands on a line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Place, from 1, of the third-party line whose payment makes a waiting tax fall due; absent
    /// when the entry has just one such line of that counterparty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<usize>,
    /// The day the tax falls due; absent for the waiting legs, and only for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chargeable_on: Option<Day>,
    /// The counterparty's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counterparty: Option<String>,
    /// A consumer rather than a business.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consumer: Option<bool>,
    /// ISO 3166 code of the other side's country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The other side's VAT number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat_number: Option<String>,
    /// How many operations a day's takings hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operations: Option<i64>,
}

impl EntryDraft {
    /// Writes the entry as a draft; gives its id and those of its lines.
    pub(super) fn write(&self, tx: &Tx<'_>) -> Result<(EntryId, Vec<PostingId>)> {
        let journal = typed_journal(tx, &self.journal)?;
        if self.label.trim().is_empty() {
            let args: [(&'static str, &dyn std::fmt::Display); 2] =
                [("name", &"label"), ("value", &"")];
            return Err(Error::refused(Code::BadValue, &args));
        }
        let kind = match self.kind {
            Kind::Ordinary => "ordinary",
            Kind::Opening => "opening",
        };
        let reference = match self.reference.as_deref().map(str::trim) {
            Some(given) if !given.is_empty() => given.to_owned(),
            _ => next_reference(tx, &self.journal, self.day)?,
        };
        let entry = write_head(
            tx,
            &Head {
                journal,
                day: self.day,
                reference: &reference,
                document_day: self.document_day.unwrap_or(self.day),
                label: &self.label,
                kind,
                reverses: None,
            },
        )?;
        let postings = self
            .lines
            .iter()
            .enumerate()
            .map(|(place, line)| line.write(tx, entry, self.day, place + 1))
            .collect::<Result<Vec<_>>>()?;
        for item in &self.items {
            self.write_item(tx, entry, &postings, item)?;
        }
        Ok((entry, postings))
    }

    fn write_item(
        &self,
        tx: &Tx<'_>,
        entry: EntryId,
        postings: &[PostingId],
        item: &ItemDraft,
    ) -> Result<()> {
        let bad = || {
            Error::refused(
                Code::BadTaxItem,
                &[("entry", &self.label), ("day", &self.day), ("tax_code", &item.tax_code)],
            )
        };
        let at = |place: usize| place.checked_sub(1).and_then(|at| postings.get(at)).copied();
        let deductible_minor = item.check(tx, self.day)?;
        let posting = match item.line {
            Some(place) => Some(at(place).ok_or_else(bad)?),
            None => None,
        };
        if item.leg.waits() != item.chargeable_on.is_none() {
            return Err(bad());
        }
        let stands = if item.leg.is_input() { deductible_minor } else { item.tax_minor };
        if posting.is_none() && stands != 0 {
            return Err(bad());
        }
        let claim = match (item.leg.waits(), item.claim) {
            (false, None) => None,
            (true, Some(place)) => {
                let claim = at(place).ok_or_else(bad)?;
                // Only a third-party line is ever paid: on another the tax would wait for ever.
                Some(is_collective(tx, claim)?.then_some(claim).ok_or_else(bad)?)
            }
            (true, None) => Some(self.only_claim(tx, postings, item)?.ok_or_else(bad)?),
            (false, Some(_)) => return Err(bad()),
        };
        let counterparty = match &item.counterparty {
            Some(code) => Some(counterparty_of(tx, code)?),
            None => None,
        };
        insert_item(
            tx,
            &ItemRow {
                entry,
                posting,
                leg: item.leg,
                tax_code: &item.tax_code,
                rate: item.rate,
                base_minor: item.base_minor,
                tax_minor: item.tax_minor,
                deductible_minor,
                moves: None,
                claim,
                chargeable_on: item.chargeable_on,
                nature: item.nature,
                counterparty,
                consumer: item.consumer,
                country: item.country.as_deref(),
                vat_number: item.vat_number.as_deref(),
                operations: item.operations,
            },
        )
    }

    /// The one third-party line, of the item's counterparty if it names one.
    fn only_claim(
        &self,
        tx: &Tx<'_>,
        postings: &[PostingId],
        item: &ItemDraft,
    ) -> Result<Option<PostingId>> {
        let mut found = Vec::new();
        for (line, posting) in self.lines.iter().zip(postings) {
            let named = item.counterparty.is_none() || line.counterparty == item.counterparty;
            if line.counterparty.is_some() && named && is_collective(tx, *posting)? {
                found.push(*posting);
            }
        }
        Ok(if let [only] = found[..] { Some(only) } else { None })
    }
}

fn is_collective(tx: &Tx<'_>, posting: PostingId) -> Result<bool> {
    let found = tx.first(
        "SELECT collective FROM posting JOIN account ON account.id = account WHERE posting.id = ?1",
        [posting],
        |row| row.get(0),
    )?;
    Ok(found.unwrap_or(false))
}

impl ItemDraft {
    /// Code, leg and rate must fit on that day; gives the deductible part.
    fn check(&self, tx: &Tx<'_>, day: Day) -> Result<i64> {
        let code =
            tx.law.tax_codes()?.get(&self.tax_code).ok_or_else(|| {
                Error::refused(Code::UnknownTaxCode, &[("tax_code", &self.tax_code)])
            })?;
        if !code.legs().iter().any(|leg| *leg == self.leg || leg.waiting() == Some(self.leg)) {
            let args: [(&'static str, &dyn std::fmt::Display); 2] =
                [("tax_code", &self.tax_code), ("leg", &self.leg.word())];
            return Err(Error::refused(Code::LegNotAllowed, &args));
        }
        if !code.allows(self.rate, self.chargeable_on.unwrap_or(day)) {
            let args: [(&'static str, &dyn std::fmt::Display); 3] =
                [("tax_code", &self.tax_code), ("rate", &self.rate), ("day", &day)];
            return Err(Error::refused(Code::RateNotAllowed, &args));
        }
        if !code.takes(self.nature) {
            let args: [(&'static str, &dyn std::fmt::Display); 3] =
                [("entry", &self.nature), ("day", &day), ("tax_code", &self.tax_code)];
            return Err(Error::refused(Code::BadTaxItem, &args));
        }
        // A reversal writes each with the other sign, which the smallest integer does not have.
        let largest = [self.base_minor, self.tax_minor, self.operations.unwrap_or(0)]
            .map(i64::unsigned_abs)
            .into_iter()
            .fold(0, u64::max);
        if largest > MAX_MINOR as u64 {
            return Err(Error::refused(Code::TooLarge, &[("amount", &largest)]));
        }
        if self.tax_minor != 0 && self.base_minor.signum() != self.tax_minor.signum() {
            return Err(Error::refused(Code::TaxWithoutBase, &[("tax_code", &self.tax_code)]));
        }
        if !self.leg.is_input() {
            return Ok(0);
        }
        self.deductible(tx, code, day)
    }

    /// What may be deducted: as the document's own code and the business allow, or less. A code
    /// whose rates are not listed corrects an older operation, which had its own share.
    fn deductible(&self, tx: &Tx<'_>, code: &TaxCode, day: Day) -> Result<i64> {
        let allowed = deductible(tx, code, self.tax_minor, day)?;
        let Some(given) = self.deductible_minor else { return Ok(allowed) };
        let most = if code.rates.is_empty() && allowed != 0 { self.tax_minor } else { allowed };
        let within = given == 0
            || (given.signum() == self.tax_minor.signum()
                && given.unsigned_abs() <= most.unsigned_abs());
        within.then_some(given).ok_or_else(|| {
            let args: [(&'static str, &dyn std::fmt::Display); 3] =
                [("entry", &""), ("day", &day), ("tax_code", &self.tax_code)];
            Error::refused(Code::BadTaxItem, &args)
        })
    }
}

/// What may be deducted of a purchase's tax, in minor units.
pub(super) fn deductible(tx: &Tx<'_>, code: &TaxCode, tax_minor: i64, day: Day) -> Result<i64> {
    let share = code.deductible_share.unwrap_or(Decimal::ZERO);
    tax_codes::deductible(tax_minor, share, deduction_coefficient(tx, day)?)
        .map_err(|_| Error::refused(Code::TooLarge, &[("amount", &tax_minor)]))
}

/// The business's taxation coefficient on a day; nothing is deducted in franchise (CGI art. 293 B).
fn deduction_coefficient(tx: &Tx<'_>, day: Day) -> Result<Decimal> {
    if read::setting(tx.connection, "vat_regime", &day)? == "franchise" {
        return Ok(Decimal::ZERO);
    }
    let share = read::setting(tx.connection, "deduction_coefficient", &day)?;
    Ok(share.parse().unwrap_or(Decimal::ONE))
}

impl LineDraft {
    fn write(&self, tx: &Tx<'_>, entry: EntryId, day: Day, place: usize) -> Result<PostingId> {
        let account = account_of(tx, &self.account)?;
        let counterparty = match &self.counterparty {
            Some(code) => Some(counterparty_of(tx, code)?),
            None => None,
        };
        write_line(tx, entry, day, place, (account, counterparty), self.amount_minor, &self.label)
    }
}

/// One of the book's own journals.
pub(super) fn own_journal(tx: &Tx<'_>, code: &str) -> Result<JournalId> {
    tx.first("SELECT id FROM journal WHERE code = ?1 AND former = 0", [code], |row| row.get(0))?
        .ok_or_else(|| Error::refused(Code::UnknownJournal, &[("journal", &code)]))
}

/// A journal that a person may write in: those of bank accounts are written from bank lines.
fn typed_journal(tx: &Tx<'_>, code: &str) -> Result<JournalId> {
    let journal = own_journal(tx, code)?;
    let bank = tx.first("SELECT 1 FROM bank_account WHERE journal = ?1", [journal], |_| Ok(()))?;
    match bank {
        Some(()) => Err(Error::refused(Code::UnknownJournal, &[("journal", &code)])),
        None => Ok(journal),
    }
}

/// `OD-2026-12-001`: journal, month, the next place in it. A person's own reference that only looks
/// like one, with more digits than a month has entries, is not counted on from.
fn next_reference(tx: &Tx<'_>, journal: &str, day: Day) -> Result<String> {
    let stem = format!("{journal}-{}-", day.year_month());
    let last: Option<i64> = tx
        .first(
            "SELECT max(CAST(substr(document_reference, length(?1) + 1) AS INTEGER)) FROM entry
             WHERE day BETWEEN ?2 AND ?3 AND document_reference GLOB ?1 || '[0-9]*'
               AND length(document_reference) <= length(?1) + 9",
            params![stem, format!("{}-01", day.year_month()), format!("{}-31", day.year_month())],
            |row| row.get(0),
        )?
        .flatten();
    Ok(format!("{stem}{:03}", last.unwrap_or(0) + 1))
}
