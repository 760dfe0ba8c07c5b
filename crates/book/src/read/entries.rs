//! Entries with their lines and tax items.

use super::{Reader, day, day_or_none};
use crate::error::Result;
use crate::ids::{EntryId, PostingId, TaxItemId};
use crate::rows;
use rusqlite::{Connection, Row, params};
use values::Day;

/// Whether an entry may still change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryState {
    /// It may change or vanish.
    Draft,
    /// It is frozen.
    Posted,
}

/// An entry's head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRow {
    /// Its id.
    pub id: EntryId,
    /// Code of its journal.
    pub journal: String,
    /// Its day.
    pub day: Day,
    /// What it is about.
    pub label: String,
    /// The document's number.
    pub document_reference: String,
    /// The document's day.
    pub document_day: Day,
    /// `ordinary`, `opening`, `carried`, `settlement`, `reversal` or `history`.
    pub kind: String,
    /// `BQ1-000012`, or the former software's own number; none for a draft.
    pub number: Option<String>,
    /// Draft or posted.
    pub state: EntryState,
    /// The entry it answers.
    pub reverses: Option<EntryId>,
    /// The record that posted it.
    pub posted_seq: Option<i64>,
}

/// A line of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostingRow {
    /// Its id.
    pub id: PostingId,
    /// Code of its account.
    pub account: String,
    /// Name of its account.
    pub account_name: String,
    /// Code of its counterparty.
    pub counterparty: Option<String>,
    /// Minor units; debit positive.
    pub amount_minor: i64,
    /// A label of its own.
    pub label: String,
    /// The letter of its clearing.
    pub letter: Option<String>,
}

/// A tax item of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemRow {
    /// Its id.
    pub id: TaxItemId,
    /// The leg's word.
    pub leg: String,
    /// Its tax code.
    pub tax_code: String,
    /// Per cent.
    pub rate: String,
    /// Minor units, signed as the return counts them.
    pub base_minor: i64,
    /// Minor units.
    pub tax_minor: i64,
    /// Minor units.
    pub deductible_minor: i64,
    /// The day it falls due; none while it waits.
    pub chargeable_on: Option<Day>,
    /// The waiting item it moves.
    pub moves: Option<TaxItemId>,
}

const ENTRY: &str = "SELECT entry.id, journal.code, entry.day, label, document_reference,
   document_day, kind, number, former_number, posted_seq, reverses
 FROM entry JOIN journal ON journal.id = entry.journal";

fn entry(row: &Row<'_>) -> rusqlite::Result<EntryRow> {
    let journal: String = row.get(1)?;
    let number: Option<i64> = row.get(7)?;
    let former: Option<String> = row.get(8)?;
    let posted_seq: Option<i64> = row.get(9)?;
    Ok(EntryRow {
        id: row.get(0)?,
        number: number.map(|number| format!("{journal}-{number:06}")).or(former),
        journal,
        day: day(row, 2)?,
        label: row.get(3)?,
        document_reference: row.get(4)?,
        document_day: day(row, 5)?,
        kind: row.get(6)?,
        state: if posted_seq.is_some() { EntryState::Posted } else { EntryState::Draft },
        reverses: row.get(10)?,
        posted_seq,
    })
}

const POSTINGS: &str = "SELECT posting.id, account.code, account.name, counterparty.code,
   amount_minor, label,
   (SELECT clearing_letter.letter FROM clearing
    JOIN clearing_letter ON clearing_letter.id = clearing.letter
    WHERE item = posting.id OR payment = posting.id LIMIT 1)
 FROM posting JOIN account ON account.id = posting.account
 LEFT JOIN counterparty ON counterparty.id = posting.counterparty
 WHERE entry = ?1 ORDER BY place";

fn posting(row: &Row<'_>) -> rusqlite::Result<PostingRow> {
    Ok(PostingRow {
        id: row.get(0)?,
        account: row.get(1)?,
        account_name: row.get(2)?,
        counterparty: row.get(3)?,
        amount_minor: row.get(4)?,
        label: row.get(5)?,
        letter: row.get(6)?,
    })
}

const ITEMS: &str = "SELECT id, leg, tax_code, rate, base_minor, tax_minor, deductible_minor,
   chargeable_on, moves FROM tax_item WHERE entry = ?1 ORDER BY id";

fn item(row: &Row<'_>) -> rusqlite::Result<ItemRow> {
    Ok(ItemRow {
        id: row.get(0)?,
        leg: row.get(1)?,
        tax_code: row.get(2)?,
        rate: row.get(3)?,
        base_minor: row.get(4)?,
        tax_minor: row.get(5)?,
        deductible_minor: row.get(6)?,
        chargeable_on: day_or_none(row, 7)?,
        moves: row.get(8)?,
    })
}

/// An entry with all that stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WholeEntry {
    /// Its head.
    pub head: EntryRow,
    /// Its lines, in order.
    pub postings: Vec<PostingRow>,
    /// Its tax items.
    pub items: Vec<ItemRow>,
}

/// An entry as a connection sees it, committed or not.
pub(crate) fn whole(connection: &Connection, id: EntryId) -> Result<Option<WholeEntry>> {
    let sql = format!("{ENTRY} WHERE entry.id = ?1");
    let Some(head) = rows::first(connection, &sql, [id], entry)? else { return Ok(None) };
    let postings = rows::all(connection, POSTINGS, [id], posting)?;
    let items = rows::all(connection, ITEMS, [id], item)?;
    Ok(Some(WholeEntry { head, postings, items }))
}

impl Reader {
    /// One entry's head.
    pub fn entry(&self, id: EntryId) -> Result<Option<EntryRow>> {
        self.first(&format!("{ENTRY} WHERE entry.id = ?1"), [id], entry)
    }

    /// Whether an entry may still change; nothing where there is none.
    pub fn is_draft(&self, id: EntryId) -> Result<Option<bool>> {
        self.first("SELECT posted_seq IS NULL FROM entry WHERE id = ?1", [id], |row| row.get(0))
    }

    /// One entry with its lines and tax items.
    pub fn whole_entry(&self, id: EntryId) -> Result<Option<WholeEntry>> {
        whole(&self.connection, id)
    }

    /// The lines of an entry, in order.
    pub fn postings(&self, id: EntryId) -> Result<Vec<PostingRow>> {
        self.all(POSTINGS, [id], posting)
    }

    /// The tax items of an entry.
    pub fn items(&self, id: EntryId) -> Result<Vec<ItemRow>> {
        self.all(ITEMS, [id], item)
    }

    /// Drafts by day, after a key of day and id, at most `limit`.
    pub fn drafts(&self, after: Option<(Day, EntryId)>, limit: u32) -> Result<Vec<EntryRow>> {
        let (day, id) =
            after.map_or((String::new(), EntryId(0)), |(day, id)| (day.to_string(), id));
        self.all(
            &format!(
                "{ENTRY} WHERE posted_seq IS NULL AND (entry.day, entry.id) > (?1, ?2)
                 ORDER BY entry.day, entry.id LIMIT ?3"
            ),
            params![day, id, limit],
            entry,
        )
    }

    /// How many entries are drafts.
    pub fn draft_count(&self) -> Result<u64> {
        let count: Option<i64> =
            self.first("SELECT count(*) FROM entry WHERE posted_seq IS NULL", [], |row| {
                row.get(0)
            })?;
        Ok(count.unwrap_or(0) as u64)
    }

    /// Whether any entry is there.
    pub fn has_entries(&self) -> Result<bool> {
        Ok(self.first("SELECT 1 FROM entry LIMIT 1", [], |_| Ok(()))?.is_some())
    }
}
