//! Clearing (lettrage) by hand: payments tied to items, and ties undone.

use super::Outcome;
use super::lettering::{letter_groups, unletter};
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

/// Writes one tie; the door refuses more than is left, or lines that do not belong together.
pub(super) fn write_tie(tx: &Tx<'_>, tie: &Tie) -> Result<()> {
    let impossible = tie.amount_minor == 0 || tie.amount_minor.unsigned_abs() > MAX_MINOR as u64;
    if impossible || tie.item == tie.payment {
        return Err(Error::refused(Code::BadTie, &[]));
    }
    unletter(tx, tie.item)?;
    unletter(tx, tie.payment)?;
    tx.insert(
        "INSERT INTO clearing (item, payment, amount_minor) VALUES (?1, ?2, ?3)",
        params![tie.item, tie.payment, tie.amount_minor],
    )
    .map_err(|why| match why {
        // The same pair twice, or a line that is not there.
        Error::Database(_) => Error::refused(Code::BadTie, &[]),
        other => other,
    })?;
    Ok(())
}

/// Undoes one tie, and the letter of its group.
pub(super) fn untie(tx: &Tx<'_>, item: PostingId, payment: PostingId) -> Result<()> {
    let tied = tx.first(
        "SELECT 1 FROM clearing WHERE item = ?1 AND payment = ?2",
        params![item, payment],
        |_| Ok(()),
    )?;
    if tied.is_none() {
        return Err(Error::refused(Code::NotTied, &[]));
    }
    unletter(tx, item)?;
    tx.write("DELETE FROM clearing WHERE item = ?1 AND payment = ?2", params![item, payment])?;
    Ok(())
}
