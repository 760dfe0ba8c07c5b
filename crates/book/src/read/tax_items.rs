//! Tax items by the day they fall due: all that a VAT return reads.

use super::{Reader, day};
use crate::error::{Error, Result};
use crate::ids::{EntryId, PostingId, ReturnId, TaxItemId};
use crate::tax_codes::{Leg, Nature};
use rusqlite::{Row, params};
use values::{Day, Decimal};

/// A tax item that has fallen due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxItemRow {
    /// Its id.
    pub id: TaxItemId,
    /// Its entry.
    pub entry: EntryId,
    /// The line it stands on.
    pub posting: Option<PostingId>,
    /// Code of that line's account.
    pub account: Option<String>,
    /// The side of the tax.
    pub leg: Leg,
    /// Its tax code.
    pub tax_code: String,
    /// Per cent.
    pub rate: Decimal,
    /// What was supplied.
    pub nature: Nature,
    /// Minor units, signed as the return counts them.
    pub base_minor: i64,
    /// Minor units.
    pub tax_minor: i64,
    /// Minor units.
    pub deductible_minor: i64,
    /// The day it falls due.
    pub chargeable_on: Day,
    /// The return that took it.
    pub taken_by: Option<ReturnId>,
    /// The entry's own day.
    pub entry_day: Day,
    /// The entry's label.
    pub entry_label: String,
    /// The entry's document.
    pub document_reference: String,
    /// Whether the entry is posted.
    pub posted: bool,
}

const ITEM: &str = "SELECT tax_item.id, tax_item.entry, tax_item.posting, account.code, leg,
   tax_code, rate, nature, base_minor, tax_minor, deductible_minor, chargeable_on,
   (SELECT tax_return FROM return_item WHERE return_item.tax_item = tax_item.id),
   entry.day, entry.label, entry.document_reference, entry.posted_seq IS NOT NULL
 FROM tax_item JOIN entry ON entry.id = tax_item.entry
 LEFT JOIN posting ON posting.id = tax_item.posting
 LEFT JOIN account ON account.id = posting.account";

impl Reader {
    /// Items that fall due in a period, in order.
    pub fn tax_items(&self, first: Day, last: Day) -> Result<Vec<TaxItemRow>> {
        let mut rows = Vec::new();
        self.each(
            &format!("{ITEM} WHERE chargeable_on BETWEEN ?1 AND ?2 ORDER BY tax_item.id"),
            params![first.to_string(), last.to_string()],
            |row| {
                rows.push(item(row)?);
                Ok(())
            },
        )?;
        Ok(rows)
    }

    /// One item that has fallen due.
    pub fn tax_item(&self, id: TaxItemId) -> Result<Option<TaxItemRow>> {
        let mut found = None;
        let sql = format!("{ITEM} WHERE tax_item.id = ?1 AND chargeable_on IS NOT NULL");
        self.each(&sql, [id], |row| {
            found = Some(item(row)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// The entry that a waiting item was first written in, for the items that move it.
    pub fn entry_of_moved(&self, id: TaxItemId) -> Result<Option<EntryId>> {
        self.first(
            "SELECT first.entry FROM tax_item JOIN tax_item AS first ON first.id = tax_item.moves
             WHERE tax_item.id = ?1",
            [id],
            |row| row.get(0),
        )
    }

    /// Items dated into a period that a made return covers and did not take.
    pub fn left_over(&self, before: Day) -> Result<Vec<TaxItemRow>> {
        let mut rows = Vec::new();
        self.each(
            &format!(
                "{ITEM} WHERE chargeable_on < ?1
                   AND NOT EXISTS (SELECT 1 FROM return_item WHERE tax_item = tax_item.id)
                   AND EXISTS (SELECT 1 FROM tax_return WHERE withdrawn = 0
                     AND chargeable_on BETWEEN first_day AND last_day)
                 ORDER BY tax_item.id"
            ),
            [before.to_string()],
            |row| {
                rows.push(item(row)?);
                Ok(())
            },
        )?;
        Ok(rows)
    }
}

fn item(row: &Row<'_>) -> Result<TaxItemRow> {
    let (leg, rate, nature): (String, String, String) = (row.get(4)?, row.get(6)?, row.get(7)?);
    let id: TaxItemId = row.get(0)?;
    let damaged = || Error::Damaged(format!("tax item {id}"));
    Ok(TaxItemRow {
        id,
        entry: row.get(1)?,
        posting: row.get(2)?,
        account: row.get(3)?,
        leg: Leg::read(&leg).ok_or_else(damaged)?,
        tax_code: row.get(5)?,
        rate: rate.parse().map_err(|_| damaged())?,
        nature: Nature::read(&nature).ok_or_else(damaged)?,
        base_minor: row.get(8)?,
        tax_minor: row.get(9)?,
        deductible_minor: row.get(10)?,
        chargeable_on: day(row, 11)?,
        taken_by: row.get(12)?,
        entry_day: day(row, 13)?,
        entry_label: row.get(14)?,
        document_reference: row.get(15)?,
        posted: row.get(16)?,
    })
}
