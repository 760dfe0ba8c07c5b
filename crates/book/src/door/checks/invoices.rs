//! An invoice that has its number: what it says is what is booked, and its series has no gap.

use crate::error::{Error, Result};
use rusqlite::{Connection, OptionalExtension};

/// What a finalised invoice must agree with.
struct Invoice {
    reference: String,
    series: String,
    number: i64,
    day: String,
    kind: String,
    gross_minor: i64,
    claim: Option<i64>,
}

/// Checks an invoice by its id. A draft, or one that was deleted, has nothing to agree with.
///
/// Nothing here is a person's fault: the command checks beforehand and says so in a sentence.
pub(super) fn check(connection: &Connection, id: i64) -> Result<()> {
    let found = connection
        .prepare_cached(
            "SELECT reference, series, number, day, kind, gross_minor, claim FROM invoice
             WHERE id = ?1 AND number IS NOT NULL",
        )?
        .query_row([id], |row| {
            Ok(Invoice {
                reference: row.get(0)?,
                series: row.get(1)?,
                number: row.get(2)?,
                day: row.get(3)?,
                kind: row.get(4)?,
                gross_minor: row.get(5)?,
                claim: row.get(6)?,
            })
        })
        .optional()?;
    let Some(invoice) = found else { return Ok(()) };
    let damaged = |what: &str| Err(Error::Damaged(format!("invoice {} {what}", invoice.reference)));
    let before: Option<(i64, String)> = connection
        .prepare_cached(
            "SELECT number, day FROM invoice WHERE series = ?1 AND number < ?2
             ORDER BY number DESC LIMIT 1",
        )?
        .query_row((&invoice.series, invoice.number), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match before {
        None if invoice.number != 1 => return damaged("does not begin its series with 1"),
        Some((number, _)) if number + 1 != invoice.number => return damaged("follows a gap"),
        Some((_, day)) if day > invoice.day => return damaged("is dated before the one before"),
        _ => {}
    }
    let sign = if invoice.kind == "invoice" { 1 } else { -1 };
    let on_line: Option<i64> = match invoice.claim {
        None => None,
        Some(claim) => connection
            .prepare_cached(
                "SELECT amount_minor FROM posting JOIN entry ON entry.id = posting.entry
                 WHERE posting.id = ?1 AND posted_seq IS NOT NULL",
            )?
            .query_row([claim], |row| row.get(0))
            .optional()?,
    };
    if on_line.unwrap_or(0) == sign * invoice.gross_minor {
        Ok(())
    } else {
        damaged("is booked with another amount")
    }
}
