//! Returns: made (drafts posted, items taken, settlement posted), withdrawn until filed, filed.

use super::Outcome;
use super::entry_rows::{Head, own_journal, write_head, write_line};
use super::open_account::account_of;
use super::post_entries::{drafts, post};
use super::reverse_entry::reverse;
use crate::door::check_vat_balances;
use crate::error::{Code, Error, Result};
use crate::ids::{EntryId, ReturnId, TaxItemId};
use crate::tx::Tx;
use rusqlite::params;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use values::Day;

/// Makes a return of a form for a period, from figures that a pack gave.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MakeReturn {
    /// The form: `CA3`.
    pub form: String,
    /// First day of the period.
    pub first_day: Day,
    /// Last day of the period.
    pub last_day: Day,
    /// Name and version of the pack: `fr-ca3 2026.1`.
    pub pack: String,
    /// Hash of the pack's bytes, kept as a blob.
    pub pack_blob: String,
    /// Size of that blob in bytes.
    pub pack_size: i64,
    /// Answers given, as JSON.
    pub answers: String,
    /// Boxes and their values, as JSON.
    pub boxes: String,
    /// The items it takes: all that fall due in the period and that no return took.
    pub takes: Vec<TaxItemId>,
    /// The lines of the settlement entry (OD de TVA), none when there is nothing to clear.
    pub settlement: Vec<SettlementLine>,
    /// Label of that entry.
    pub label: String,
}

/// One line of the settlement entry.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettlementLine {
    /// The account's code.
    pub account: String,
    /// Minor units; debit positive.
    pub amount_minor: i64,
}

/// Takes a made return back: its settlement is reversed, its items are free again.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WithdrawReturn {
    /// The form.
    pub form: String,
    /// First day of its period.
    pub first_day: Day,
}

/// Says that a made return was filed: from then on it stays.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileReturn {
    /// The form.
    pub form: String,
    /// First day of its period.
    pub first_day: Day,
    /// The day it was filed.
    pub filed_day: Day,
}

/// Drafts that a return over a period posts: dated in it or before, or holding an item of it.
const DRAFTS_OF_PERIOD: &str = "entry.day <= ?1 OR EXISTS (SELECT 1 FROM tax_item
   WHERE tax_item.entry = entry.id AND chargeable_on <= ?1)";

impl MakeReturn {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        let made = tx.first(
            "SELECT 1 FROM tax_return WHERE form = ?1 AND withdrawn = 0
             AND first_day <= ?3 AND last_day >= ?2",
            params![self.form, self.first_day.to_string(), self.last_day.to_string()],
            |_| Ok(()),
        )?;
        if made.is_some() {
            return Err(Error::refused(Code::ReturnMade, &[("form", &self.form)]));
        }
        if self.first_day > self.last_day {
            let span = format!("{}..{}", self.first_day, self.last_day);
            let args: [(&'static str, &dyn std::fmt::Display); 2] =
                [("name", &"period"), ("value", &span)];
            return Err(Error::refused(Code::BadValue, &args));
        }
        if self.last_day > tx.today {
            let args: [(&'static str, &dyn std::fmt::Display); 3] =
                [("entry", &self.form), ("day", &self.last_day), ("today", &tx.today)];
            return Err(Error::refused(Code::Future, &args));
        }
        if !crate::blobs::is_known(tx.connection, &self.pack_blob)? {
            return Err(Error::refused(Code::MissingBlob, &[("hash", &self.pack_blob)]));
        }
        post(tx, drafts(tx, DRAFTS_OF_PERIOD, &self.last_day.to_string())?)?;
        let takes = self.items_due(tx)?;
        let settlement = self.write_settlement(tx)?;
        let id = tx.insert(
            "INSERT INTO tax_return (form, first_day, last_day, pack, pack_blob, pack_size,
               made_seq, answers, boxes, settlement)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                self.form,
                self.first_day.to_string(),
                self.last_day.to_string(),
                self.pack,
                self.pack_blob,
                self.pack_size,
                tx.seq,
                self.answers,
                self.boxes,
                settlement
            ],
        )?;
        for item in takes {
            tx.insert(
                "INSERT INTO return_item (tax_return, tax_item) VALUES (?1, ?2)",
                params![id, item],
            )?;
        }
        check_vat_balances(tx.connection)?;
        Ok(Outcome::Return(ReturnId(id)))
    }

    /// The items it takes: what the figures were made of must be what the book holds now.
    fn items_due(&self, tx: &Tx<'_>) -> Result<BTreeSet<TaxItemId>> {
        let due: BTreeSet<TaxItemId> = tx
            .all(
                "SELECT id FROM tax_item WHERE chargeable_on BETWEEN ?1 AND ?2
                 AND NOT EXISTS (SELECT 1 FROM return_item WHERE tax_item = tax_item.id)",
                params![self.first_day.to_string(), self.last_day.to_string()],
                |row| row.get(0),
            )?
            .into_iter()
            .collect();
        if due == self.takes.iter().copied().collect() {
            return Ok(due);
        }
        Err(Error::refused(Code::StaleReturn, &[]))
    }

    fn write_settlement(&self, tx: &Tx<'_>) -> Result<Option<EntryId>> {
        if self.settlement.is_empty() {
            return Ok(None);
        }
        let reference = format!("{}-{}", self.form, self.first_day.year_month());
        let entry = write_head(
            tx,
            &Head {
                journal: own_journal(tx, "OD")?,
                day: self.last_day,
                reference: &reference,
                document_day: self.last_day,
                label: &self.label,
                kind: "settlement",
                reverses: None,
            },
        )?;
        for (place, line) in self.settlement.iter().enumerate() {
            let account = account_of(tx, &line.account)?;
            let to = (account, None);
            write_line(tx, entry, self.last_day, place + 1, to, line.amount_minor, "")?;
        }
        post(tx, drafts(tx, "entry.id = CAST(?1 AS INTEGER)", &entry.to_string())?)?;
        Ok(Some(entry))
    }
}

fn standing(tx: &Tx<'_>, form: &str, first_day: Day) -> Result<(ReturnId, Option<EntryId>, bool)> {
    tx.first(
        "SELECT id, settlement, filed_day IS NOT NULL FROM tax_return
         WHERE form = ?1 AND first_day = ?2 AND withdrawn = 0",
        params![form, first_day.to_string()],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?
    .ok_or_else(|| Error::refused(Code::NoReturn, &[("form", &form), ("first", &first_day)]))
}

impl WithdrawReturn {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        let (id, settlement, filed) = standing(tx, &self.form, self.first_day)?;
        if filed {
            return Err(Error::refused(Code::Filed, &[]));
        }
        let later: Option<String> = tx
            .first(
                "SELECT min(first_day) FROM tax_return
                 WHERE form = ?1 AND first_day > ?2 AND withdrawn = 0",
                params![self.form, self.first_day.to_string()],
                |row| row.get(0),
            )?
            .flatten();
        if let Some(later) = later {
            return Err(Error::refused(Code::LaterReturn, &[("later", &later)]));
        }
        tx.write("DELETE FROM return_item WHERE tax_return = ?1", [id])?;
        tx.write("UPDATE tax_return SET withdrawn = 1 WHERE id = ?1", [id])?;
        if let Some(settlement) = settlement {
            reverse(tx, settlement)?;
        }
        check_vat_balances(tx.connection)?;
        Ok(Outcome::Return(id))
    }
}

impl FileReturn {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        let (id, _, filed) = standing(tx, &self.form, self.first_day)?;
        if filed {
            return Err(Error::refused(Code::Filed, &[]));
        }
        if self.filed_day > tx.today {
            let args: [(&'static str, &dyn std::fmt::Display); 3] =
                [("entry", &self.form), ("day", &self.filed_day), ("today", &tx.today)];
            return Err(Error::refused(Code::Future, &args));
        }
        tx.write(
            "UPDATE tax_return SET filed_day = ?2 WHERE id = ?1",
            params![id, self.filed_day.to_string()],
        )?;
        Ok(Outcome::Return(id))
    }
}
