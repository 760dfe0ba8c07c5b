//! Open items: lines on collective accounts of which something is left.

use super::{Reader, day};
use crate::error::Result;
use crate::ids::{EntryId, PostingId};
use values::Day;

/// A line of which something is left, drafts and all ties counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenItem {
    /// The line.
    pub posting: PostingId,
    /// Its entry.
    pub entry: EntryId,
    /// Its account's code.
    pub account: String,
    /// Its counterparty's code.
    pub counterparty: String,
    /// Its counterparty's name.
    pub counterparty_name: String,
    /// The entry's day.
    pub day: Day,
    /// The document's number.
    pub document_reference: String,
    /// The line's own label, else its entry's.
    pub label: String,
    /// What is left in minor units; debit positive.
    pub rest_minor: i64,
    /// Whether part of its VAT waits for the payment.
    pub vat_waits: bool,
}

impl Reader {
    /// Every open item, oldest first.
    pub fn open_items(&self) -> Result<Vec<OpenItem>> {
        self.all(
            "SELECT posting.id, entry.id, account.code, counterparty.code, counterparty.name,
               entry.day, document_reference,
               CASE WHEN posting.label <> '' THEN posting.label ELSE entry.label END, rest_minor,
               EXISTS (SELECT 1 FROM tax_item WHERE claim = posting.id AND tax_minor + coalesce((
                 SELECT sum(move.tax_minor) FROM tax_item AS move WHERE move.moves = tax_item.id
                 AND move.leg = tax_item.leg), 0) <> 0)
             FROM open_cache JOIN posting ON posting.id = open_cache.posting
             JOIN entry ON entry.id = posting.entry
             JOIN account ON account.id = posting.account
             JOIN counterparty ON counterparty.id = posting.counterparty
             WHERE rest_minor <> 0 ORDER BY entry.day, posting.id",
            [],
            |row| {
                Ok(OpenItem {
                    posting: row.get(0)?,
                    entry: row.get(1)?,
                    account: row.get(2)?,
                    counterparty: row.get(3)?,
                    counterparty_name: row.get(4)?,
                    day: day(row, 5)?,
                    document_reference: row.get(6)?,
                    label: row.get(7)?,
                    rest_minor: row.get(8)?,
                    vat_waits: row.get(9)?,
                })
            },
        )
    }
}
