//! Clearing (lettrage) by hand: payments tied to items, and ties undone.

use super::Outcome;
use super::lettering::letter_groups;
use crate::door::cents;
use crate::error::{Code, Error, Result};
use crate::ids::PostingId;
use crate::tx::Tx;
use rusqlite::params;
use serde::{Deserialize, Serialize};
use values::MAX_MINOR;

/// Ties payments to items.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClearPostings {
    /// The ties.
    pub ties: Vec<Tie>,
}

/// One tie.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tie {
    /// What is settled.
    pub item: PostingId,
    /// What settles it: a line of the same account and counterparty and of the other sign.
    pub payment: PostingId,
    /// Minor units, with the item's sign.
    pub amount_minor: i64,
}

/// Undoes ties.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnclearPostings {
    /// Item and payment of each tie.
    pub ties: Vec<(PostingId, PostingId)>,
}

impl ClearPostings {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        for tie in &self.ties {
            refuse_waiting(tx, tie)?;
            write_tie(tx, tie)?;
        }
        let items: Vec<PostingId> = self.ties.iter().map(|tie| tie.item).collect();
        letter_groups(tx, &items)?;
        Ok(Outcome::Count(self.ties.len() as u64))
    }
}

impl UnclearPostings {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        for (item, payment) in &self.ties {
            refuse_bound(tx, *item, *payment)?;
            untie(tx, *item, *payment)?;
        }
        Ok(Outcome::Count(self.ties.len() as u64))
    }
}

/// Document and rest of a line, ties of this command counted.
const LEFT: &str = "SELECT entry.document_reference, amount_minor
     - coalesce((SELECT sum(amount_minor) FROM clearing WHERE item = posting.id), 0)
     + coalesce((SELECT sum(amount_minor) FROM clearing WHERE payment = posting.id), 0)
   FROM posting JOIN entry ON entry.id = posting.entry WHERE posting.id = ?1";

/// A payment's tie moves waiting VAT in its own entry; a tie alone cannot.
fn refuse_waiting(tx: &Tx<'_>, tie: &Tie) -> Result<()> {
    let waits = tx.first(
        "SELECT 1 FROM tax_item WHERE claim IN (?1, ?2) AND tax_minor + coalesce((
           SELECT sum(move.tax_minor) FROM tax_item AS move
           WHERE move.moves = tax_item.id AND move.leg = tax_item.leg), 0) <> 0",
        params![tie.item, tie.payment],
        |_| Ok(()),
    )?;
    if waits.is_none() {
        return Ok(());
    }
    let left = tx.first(LEFT, [tie.item], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
    let (entry, rest) = left.unwrap_or_default();
    let paid = cents(tie.amount_minor);
    Err(Error::refused(
        Code::PartialPayment,
        &[("entry", &entry), ("rest", &cents(rest)), ("paid", &paid)],
    ))
}

/// A tie whose payment moved VAT, or that ties a line to its mirror, goes with its entry only.
fn refuse_bound(tx: &Tx<'_>, item: PostingId, payment: PostingId) -> Result<()> {
    let by: Option<String> = tx.first(
        "SELECT paying.document_reference FROM posting AS paid, posting AS pays
         JOIN entry AS paying ON paying.id = pays.entry
         WHERE paid.id = ?1 AND pays.id = ?2 AND (paying.reverses = paid.entry OR EXISTS (
           SELECT 1 FROM tax_item AS move JOIN tax_item AS first ON first.id = move.moves
           WHERE move.entry = paying.id AND first.claim = paid.id))",
        params![item, payment],
        |row| row.get(0),
    )?;
    match by {
        Some(by) => Err(Error::refused(Code::WaitingMoved, &[("by", &by)])),
        None => Ok(()),
    }
}

/// Writes one tie; the door refuses more than is left, or lines that do not belong together.
pub(super) fn write_tie(tx: &Tx<'_>, tie: &Tie) -> Result<()> {
    let impossible = tie.amount_minor == 0 || tie.amount_minor.unsigned_abs() > MAX_MINOR as u64;
    if impossible || tie.item == tie.payment {
        return Err(Error::refused(Code::BadTie, &[]));
    }
    tx.insert(
        "INSERT INTO clearing (item, payment, amount_minor) VALUES (?1, ?2, ?3)",
        params![tie.item, tie.payment, tie.amount_minor],
    )
    .map_err(|why| match why {
        // The same pair twice, or a line that is not there.
        Error::Database(_) => Error::refused(Code::BadTie, &[]),
        other => other,
    })?;
    // A settled group that moves again has no letter until it is settled again.
    for posting in [tie.item, tie.payment] {
        let letters = tx.all(
            "SELECT letter FROM clearing WHERE item = ?1 AND letter IS NOT NULL
             UNION SELECT letter FROM clearing WHERE payment = ?1 AND letter IS NOT NULL",
            [posting],
            |row| row.get::<_, i64>(0),
        )?;
        for letter in letters {
            unletter(tx, letter)?;
        }
    }
    Ok(())
}

fn unletter(tx: &Tx<'_>, letter: i64) -> Result<()> {
    tx.write("UPDATE clearing SET letter = NULL WHERE letter = ?1", [letter])?;
    tx.write("DELETE FROM clearing_letter WHERE id = ?1", [letter])?;
    Ok(())
}

/// Undoes one tie, and the letter of its group.
pub(super) fn untie(tx: &Tx<'_>, item: PostingId, payment: PostingId) -> Result<()> {
    let letter: Option<Option<i64>> = tx.first(
        "SELECT letter FROM clearing WHERE item = ?1 AND payment = ?2",
        params![item, payment],
        |row| row.get(0),
    )?;
    let Some(letter) = letter else { return Err(Error::refused(Code::NotTied, &[])) };
    if let Some(letter) = letter {
        unletter(tx, letter)?;
    }
    tx.write("DELETE FROM clearing WHERE item = ?1 AND payment = ?2", params![item, payment])?;
    Ok(())
}
