//! Reversal (contre-passation): a posted entry answered by its mirror. Nothing posted is edited.

use super::Outcome;
use super::clear::{Tie, untie, write_tie};
use super::entry_rows::{Head, Move, write_head, write_line, write_move};
use super::post_entries::{drafts, post};
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, CounterpartyId, EntryId, JournalId, PostingId, TaxItemId};
use crate::tax_codes::Leg;
use crate::tx::Tx;
use rusqlite::params;
use serde::{Deserialize, Serialize};
use values::Day;

/// Answers a posted entry by an entry of the other sign, posted at once.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReverseEntry {
    /// The posted entry.
    pub entry: EntryId,
}

impl ReverseEntry {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        let kind: Option<String> =
            tx.first("SELECT kind FROM entry WHERE id = ?1", [self.entry], |row| row.get(0))?;
        match kind.as_deref() {
            None => Err(Error::refused(Code::UnknownEntry, &[("entry", &self.entry)])),
            // A settlement is answered by withdrawing its return; history is not ours.
            Some(kind @ ("settlement" | "carried" | "history" | "reversal")) => {
                Err(Error::refused(Code::KindNotAllowed, &[("kind", &kind)]))
            }
            Some(_) => Ok(Outcome::Entries(vec![reverse(tx, self.entry)?])),
        }
    }
}

struct Original {
    journal: JournalId,
    day: Day,
    label: String,
    reference: String,
    document_day: Day,
}

struct OldLine {
    id: PostingId,
    account: AccountId,
    counterparty: Option<CounterpartyId>,
    amount_minor: i64,
    label: String,
    collective: bool,
}

/// Writes and posts the mirror of a posted entry; gives its id.
pub(super) fn reverse(tx: &Tx<'_>, entry: EntryId) -> Result<EntryId> {
    let original = original(tx, entry)?;
    refuse_invoice(tx, entry)?;
    refuse_moved(tx, entry)?;
    let day = reversal_day(tx, entry, original.day)?;
    let mirror = write_head(
        tx,
        &Head {
            journal: original.journal,
            day,
            reference: &original.reference,
            document_day: original.document_day,
            label: &original.label,
            kind: "reversal",
            reverses: Some(entry),
        },
    )?;
    let lines = lines(tx, entry)?;
    let mut mirrored = Vec::with_capacity(lines.len());
    for (place, line) in lines.iter().enumerate() {
        let to = (line.account, line.counterparty);
        let posting = write_line(tx, mirror, day, place + 1, to, -line.amount_minor, &line.label)?;
        mirrored.push((line.id, posting));
    }
    mirror_items(tx, entry, mirror, &mirrored, day)?;
    undo_ties(tx, entry)?;
    tx.write("UPDATE \"match\" SET released = 1 WHERE entry = ?1 AND released = 0", [entry])?;
    for (line, (_, posting)) in lines.iter().zip(&mirrored) {
        if line.collective && line.counterparty.is_some() {
            let amount_minor = line.amount_minor;
            write_tie(tx, &Tie { item: line.id, payment: *posting, amount_minor })?;
        }
    }
    post(tx, drafts(tx, "entry.id = CAST(?1 AS INTEGER)", &mirror.to_string())?)?;
    Ok(mirror)
}

fn original(tx: &Tx<'_>, entry: EntryId) -> Result<Original> {
    let found = tx.first(
        "SELECT journal, day, label, document_reference, document_day, posted_seq IS NOT NULL,
           EXISTS (SELECT 1 FROM entry AS mirror WHERE mirror.reverses = entry.id)
         FROM entry WHERE id = ?1",
        [entry],
        |row| {
            let original = Original {
                journal: row.get(0)?,
                day: day(row, 1)?,
                label: row.get(2)?,
                reference: row.get(3)?,
                document_day: day(row, 4)?,
            };
            Ok((original, row.get::<_, bool>(5)?, row.get::<_, bool>(6)?))
        },
    )?;
    match found {
        None => Err(Error::refused(Code::UnknownEntry, &[("entry", &entry)])),
        Some((original, false, _)) => {
            Err(Error::refused(Code::StillDraft, &[("entry", &original.label)]))
        }
        Some((original, _, true)) => {
            Err(Error::refused(Code::AlreadyReversed, &[("entry", &original.label)]))
        }
        Some((original, true, false)) => Ok(original),
    }
}

/// A day column as a [`Day`].
pub(super) fn day(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<Day> {
    let text: String = row.get(at)?;
    Day::parse(&text).map_err(|why| {
        rusqlite::Error::FromSqlConversionFailure(at, rusqlite::types::Type::Text, Box::new(why))
    })
}

/// What a customer was sent is answered by what a customer can be sent.
fn refuse_invoice(tx: &Tx<'_>, entry: EntryId) -> Result<()> {
    let invoice: Option<String> =
        tx.first("SELECT reference FROM invoice WHERE entry = ?1", [entry], |row| row.get(0))?;
    match invoice {
        Some(invoice) => Err(Error::refused(Code::AnswerByCreditNote, &[("invoice", &invoice)])),
        None => Ok(()),
    }
}

/// While part of its waiting VAT has moved, the payments come first.
fn refuse_moved(tx: &Tx<'_>, entry: EntryId) -> Result<()> {
    let by: Option<String> = tx.first(
        "SELECT entry.document_reference FROM tax_item AS first
         JOIN tax_item AS move ON move.moves = first.id AND move.leg = first.leg
         JOIN entry ON entry.id = move.entry
         WHERE first.entry = ?1 GROUP BY first.id HAVING sum(move.tax_minor) <> 0 LIMIT 1",
        [entry],
        |row| row.get(0),
    )?;
    match by {
        Some(by) => Err(Error::refused(Code::WaitingMoved, &[("by", &by)])),
        None => Ok(()),
    }
}

/// The first day, from the original's on, that is not closed and, if the entry has items that fall
/// due, lies in no made return.
fn reversal_day(tx: &Tx<'_>, entry: EntryId, original: Day) -> Result<Day> {
    let taxed = tx
        .first(
            "SELECT 1 FROM tax_item WHERE entry = ?1 AND chargeable_on IS NOT NULL",
            [entry],
            |_| Ok(()),
        )?
        .is_some();
    let mut day = original;
    loop {
        let closed_to: Option<Option<String>> = tx.first(
            "SELECT closed_to FROM fiscal_year WHERE ?1 BETWEEN first_day AND last_day",
            [day.to_string()],
            |row| row.get(0),
        )?;
        let after_closing = closed_to.flatten().filter(|closed| *closed >= day.to_string());
        let after_return = if taxed { made_return_over(tx, day)? } else { None };
        match after_closing.max(after_return).and_then(|last| Day::parse(&last).ok()) {
            Some(last) => day = last.plus_days(1),
            None => return Ok(day),
        }
    }
}

/// The last day of the made return that covers a day.
pub(super) fn made_return_over(tx: &Tx<'_>, day: Day) -> Result<Option<String>> {
    Ok(tx
        .first(
            "SELECT max(last_day) FROM tax_return
             WHERE withdrawn = 0 AND ?1 BETWEEN first_day AND last_day",
            [day.to_string()],
            |row| row.get(0),
        )?
        .flatten())
}

fn lines(tx: &Tx<'_>, entry: EntryId) -> Result<Vec<OldLine>> {
    tx.all(
        "SELECT posting.id, account, counterparty, amount_minor, label, collective FROM posting
         JOIN account ON account.id = posting.account WHERE entry = ?1 ORDER BY place",
        [entry],
        |row| {
            Ok(OldLine {
                id: row.get(0)?,
                account: row.get(1)?,
                counterparty: row.get(2)?,
                amount_minor: row.get(3)?,
                label: row.get(4)?,
                collective: row.get(5)?,
            })
        },
    )
}

/// The mirror of a waiting item moves that item; any other keeps its day if no made return covers
/// it, else takes the reversal's.
fn mirror_items(
    tx: &Tx<'_>,
    entry: EntryId,
    mirror: EntryId,
    postings: &[(PostingId, PostingId)],
    reversal_day: Day,
) -> Result<()> {
    type Row = (TaxItemId, Option<PostingId>, String, [i64; 3], Option<TaxItemId>, Option<String>);
    let items: Vec<Row> = tx.all(
        "SELECT id, posting, leg, base_minor, tax_minor, deductible_minor, moves, chargeable_on
         FROM tax_item WHERE entry = ?1 ORDER BY id",
        [entry],
        |row| {
            let amounts = [row.get(3)?, row.get(4)?, row.get(5)?];
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, amounts, row.get(6)?, row.get(7)?))
        },
    )?;
    for (id, posting, leg, [base, tax, deductible], moves, chargeable) in items {
        let posting =
            posting.and_then(|old| postings.iter().find(|pair| pair.0 == old).map(|pair| pair.1));
        let leg = Leg::read(&leg).ok_or_else(|| Error::Damaged(format!("tax item {id}")))?;
        let chargeable_on = match chargeable.and_then(|day| Day::parse(&day).ok()) {
            Some(day) if made_return_over(tx, day)?.is_some() => Some(reversal_day),
            kept => kept,
        };
        let waits = chargeable_on.is_none();
        match moves.or(waits.then_some(id)) {
            Some(of) => write_move(
                tx,
                mirror,
                &Move {
                    leg,
                    of,
                    posting,
                    base_minor: -base,
                    tax_minor: -tax,
                    deductible_minor: -deductible,
                    chargeable_on,
                },
            )?,
            None => {
                tx.insert(
                    "INSERT INTO tax_item (entry, posting, leg, tax_code, rate, base_minor,
                       tax_minor, deductible_minor, chargeable_on, nature, counterparty, consumer,
                       country, vat_number, operations)
                     SELECT ?1, ?2, leg, tax_code, rate, -base_minor, -tax_minor,
                       -deductible_minor, ?3, nature, counterparty, consumer, country, vat_number,
                       -operations FROM tax_item WHERE id = ?4",
                    params![mirror, posting, chargeable_on.map(|day| day.to_string()), id],
                )?;
            }
        }
    }
    Ok(())
}

fn undo_ties(tx: &Tx<'_>, entry: EntryId) -> Result<()> {
    let ties = tx.all(
        "SELECT item, payment FROM clearing WHERE item IN (SELECT id FROM posting WHERE entry = ?1)
         UNION SELECT item, payment FROM clearing
         WHERE payment IN (SELECT id FROM posting WHERE entry = ?1)",
        [entry],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    for (item, payment) in ties {
        untie(tx, item, payment)?;
    }
    Ok(())
}
