//! Rows of drafts: head, lines, tax items, written and taken away.

use crate::commands::open_fiscal_year::fiscal_year_of;
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, CounterpartyId, EntryId, JournalId, PostingId, TaxItemId};
use crate::tax_codes::{Leg, Nature};
use crate::tx::Tx;
use rusqlite::params;
use values::{Day, Decimal, MAX_MINOR};

/// The head of an entry, ready to be a row.
pub(in crate::commands) struct Head<'a> {
    pub(in crate::commands) journal: JournalId,
    pub(in crate::commands) day: Day,
    pub(in crate::commands) reference: &'a str,
    pub(in crate::commands) document_day: Day,
    pub(in crate::commands) label: &'a str,
    pub(in crate::commands) kind: &'a str,
    pub(in crate::commands) reverses: Option<EntryId>,
}

/// A tax item as its row is written.
pub(in crate::commands) struct ItemRow<'a> {
    pub(in crate::commands) entry: EntryId,
    pub(in crate::commands) posting: Option<PostingId>,
    pub(in crate::commands) leg: Leg,
    pub(in crate::commands) tax_code: &'a str,
    pub(in crate::commands) rate: Decimal,
    pub(in crate::commands) base_minor: i64,
    pub(in crate::commands) tax_minor: i64,
    pub(in crate::commands) deductible_minor: i64,
    pub(in crate::commands) moves: Option<TaxItemId>,
    pub(in crate::commands) claim: Option<PostingId>,
    pub(in crate::commands) chargeable_on: Option<Day>,
    pub(in crate::commands) nature: Nature,
    pub(in crate::commands) counterparty: Option<CounterpartyId>,
    pub(in crate::commands) consumer: Option<bool>,
    pub(in crate::commands) country: Option<&'a str>,
    pub(in crate::commands) vat_number: Option<&'a str>,
    pub(in crate::commands) operations: Option<i64>,
}

/// A tax item that moves a waiting one, or mirrors an item: written as it is.
pub(in crate::commands) struct Move {
    pub(in crate::commands) leg: Leg,
    pub(in crate::commands) of: TaxItemId,
    pub(in crate::commands) posting: Option<PostingId>,
    pub(in crate::commands) base_minor: i64,
    pub(in crate::commands) tax_minor: i64,
    pub(in crate::commands) deductible_minor: i64,
    pub(in crate::commands) chargeable_on: Option<Day>,
}

/// Writes a tax item; code, rate and signs were checked.
pub(in crate::commands) fn insert_item(tx: &Tx<'_>, item: &ItemRow<'_>) -> Result<()> {
    tx.insert(
        "INSERT INTO tax_item (entry, posting, leg, tax_code, rate, base_minor, tax_minor,
           deductible_minor, moves, claim, chargeable_on, nature, counterparty, consumer, country,
           vat_number, operations)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
        params![
            item.entry,
            item.posting,
            item.leg.word(),
            item.tax_code,
            item.rate.normalize().to_string(),
            item.base_minor,
            item.tax_minor,
            item.deductible_minor,
            item.moves,
            item.claim,
            item.chargeable_on.map(|day| day.to_string()),
            item.nature.word(),
            item.counterparty,
            item.consumer,
            item.country,
            item.vat_number,
            item.operations
        ],
    )?;
    Ok(())
}

/// Writes the head of a draft.
pub(in crate::commands) fn write_head(tx: &Tx<'_>, head: &Head<'_>) -> Result<EntryId> {
    let fiscal_year = fiscal_year_of(tx, head.day, "own")?;
    let id = tx.insert(
        "INSERT INTO entry (journal, fiscal_year, day, label, document_reference, document_day,
           kind, reverses) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            head.journal,
            fiscal_year,
            head.day.to_string(),
            head.label,
            head.reference,
            head.document_day.to_string(),
            head.kind,
            head.reverses
        ],
    )?;
    Ok(EntryId(id))
}

/// Writes one line of a draft.
pub(in crate::commands) fn write_line(
    tx: &Tx<'_>,
    entry: EntryId,
    day: Day,
    place: usize,
    (account, counterparty): (AccountId, Option<CounterpartyId>),
    amount_minor: i64,
    label: &str,
) -> Result<PostingId> {
    if amount_minor == 0 {
        return Err(Error::refused(Code::ZeroLine, &[("place", &place)]));
    }
    if amount_minor.unsigned_abs() > MAX_MINOR as u64 {
        return Err(Error::refused(Code::TooLarge, &[("amount", &amount_minor)]));
    }
    let id = tx.insert(
        "INSERT INTO posting (entry, place, account, counterparty, day, amount_minor, label)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![entry, place as i64, account, counterparty, day.to_string(), amount_minor, label],
    )?;
    Ok(PostingId(id))
}

/// Writes an item that moves a waiting one: code, rate, nature and other side are the first one's.
pub(in crate::commands) fn write_move(tx: &Tx<'_>, entry: EntryId, item: &Move) -> Result<()> {
    tx.insert(
        "INSERT INTO tax_item (entry, posting, leg, tax_code, rate, base_minor, tax_minor,
           deductible_minor, moves, chargeable_on, nature, counterparty, consumer, country,
           vat_number)
         SELECT ?1, ?2, ?3, tax_code, rate, ?4, ?5, ?6, id, ?7, nature, counterparty, consumer,
           country, vat_number FROM tax_item WHERE id = ?8",
        params![
            entry,
            item.posting,
            item.leg.word(),
            item.base_minor,
            item.tax_minor,
            item.deductible_minor,
            item.chargeable_on.map(|day| day.to_string()),
            item.of
        ],
    )?;
    Ok(())
}

/// Takes away everything of a draft: its ties, matches, items and lines, then itself.
pub(in crate::commands) fn delete_draft(tx: &Tx<'_>, entry: EntryId) -> Result<()> {
    let posted: Option<bool> =
        tx.first("SELECT posted_seq IS NOT NULL FROM entry WHERE id = ?1", [entry], |row| {
            row.get(0)
        })?;
    match posted {
        None => return Err(Error::refused(Code::UnknownEntry, &[("entry", &entry)])),
        Some(true) => return Err(Error::refused(Code::Posted, &[("entry", &entry)])),
        Some(false) => {}
    }
    // Its payments hold what they moved; they come first.
    let moved: Option<String> = tx.first(
        "SELECT entry.document_reference FROM tax_item AS first
         JOIN tax_item AS move ON move.moves = first.id
         JOIN entry ON entry.id = move.entry
         WHERE first.entry = ?1 AND move.entry <> ?1 LIMIT 1",
        [entry],
        |row| row.get(0),
    )?;
    if let Some(by) = moved {
        return Err(Error::refused(Code::WaitingMoved, &[("by", &by)]));
    }
    for sql in [
        "DELETE FROM clearing WHERE item IN (SELECT id FROM posting WHERE entry = ?1)
           OR payment IN (SELECT id FROM posting WHERE entry = ?1)",
        "DELETE FROM \"match\" WHERE entry = ?1",
        "DELETE FROM tax_item WHERE entry = ?1 AND moves IS NOT NULL",
        "DELETE FROM tax_item WHERE entry = ?1",
        "DELETE FROM posting WHERE entry = ?1",
        "DELETE FROM entry WHERE id = ?1",
    ] {
        tx.write(sql, [entry])?;
    }
    Ok(())
}
