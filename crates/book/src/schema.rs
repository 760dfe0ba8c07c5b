//! The book's tables: which there are, in which order, and the migrations that make them.

use crate::error::{Code, Error, Result};
use rusqlite::Connection;

/// `PRAGMA application_id` of a book: "CMPT".
pub(crate) const APPLICATION_ID: i32 = 0x434d_5054;

/// Migrations in order; the schema version is how many were applied.
const MIGRATIONS: &[&str] =
    &[include_str!("../migrations/0001.sql"), include_str!("../migrations/0002.sql")];

/// The schema version this program writes.
pub(crate) const VERSION: i64 = MIGRATIONS.len() as i64;

/// Recorded tables, parents before children as the migrations create them.
///
/// A session attaches them in the reverse order, so that a changeset brings an entry's lines before
/// the entry that freezes them.
pub(crate) const RECORDED: &[&str] = &[
    "currency",
    "book",
    "setting",
    "fiscal_year",
    "journal",
    "account",
    "counterparty",
    "bank_account",
    "bank_account_alias",
    "entry",
    "posting",
    "tax_item",
    "clearing_letter",
    "clearing",
    "window",
    "statement",
    "waiver",
    "line",
    "sighting",
    "alias",
    "match",
    "transfer",
    "tax_return",
    "return_item",
    "connection",
    "invoice",
    "outbox",
];

/// Tables that the second version brought, children first.
#[cfg(test)]
pub(crate) const LATER_TABLES: &[&str] = &[
    "outbox",
    "invoice",
    "connection",
    "outbox_state",
    "connection_state",
    "step_state",
    "call_state",
    "heard_state",
    "pending_state",
];

/// Makes the tables of an empty file.
pub(crate) fn create(connection: &Connection) -> Result<()> {
    migrate(connection, 0)?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    Ok(())
}

/// Brings the tables from a version to the one of this program.
pub(crate) fn migrate(connection: &Connection, from: i64) -> Result<()> {
    let done = usize::try_from(from).unwrap_or(0);
    for migration in MIGRATIONS.iter().skip(done) {
        connection.execute_batch(migration)?;
    }
    connection.pragma_update(None, "user_version", VERSION)?;
    Ok(())
}

/// The schema version of a file, refused when it is no book or newer than this program.
pub(crate) fn version(connection: &Connection) -> Result<i64> {
    let not_a_book = |error: rusqlite::Error| match Error::from(error) {
        Error::Database(_) | Error::Damaged(_) => Error::refused(Code::NotABook, &[]),
        other => other,
    };
    let id: i32 =
        connection.query_row("PRAGMA application_id", [], |row| row.get(0)).map_err(not_a_book)?;
    let version: i64 =
        connection.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(not_a_book)?;
    if id != APPLICATION_ID || version < 1 {
        return Err(Error::refused(Code::NotABook, &[]));
    }
    if version > VERSION {
        return Err(Error::refused(
            Code::NewerVersion,
            &[("found", &version), ("known", &VERSION)],
        ));
    }
    Ok(version)
}

#[cfg(test)]
mod tests;
