//! Everything that is asked of a book: one file a question, plain rows back.
//!
//! A [`Reader`] holds a read-only connection and one snapshot of it: all its answers are of one
//! moment, that of [`Reader::seq`]. Lists are read by key, never by counting rows off.

mod accounts;
mod balances;
mod bank;
mod changes;
mod counterparties;
mod entries;
mod entry_days;
mod facts;
mod feeds;
mod history_of_bookings;
mod invoices;
mod journal;
mod ledger;
mod lending;
mod line_search;
mod lines;
mod open_items;
mod outbox;
mod records;
mod returns;
mod tax_items;
mod trace;
mod window_files;

pub use accounts::Account;
pub use balances::{AccountSum, PartySum, Stretch};
pub use bank::{BankAccount, BankLine, LineState, Sighting, Statement};
pub(crate) use bank::{book_sums, windows};
pub use changes::{RowChange, RowFate};
pub use counterparties::{Counterparty, Party};
pub(crate) use entries::whole;
pub use entries::{EntryRow, EntryState, ItemRow, PostingRow, WholeEntry};
pub use entry_days::EntriesAsked;
pub(crate) use facts::facts_on;
pub use facts::{BookFacts, FiscalYear};
pub use feeds::{ConnectionRow, FeedStep};
pub use history_of_bookings::{PastBooking, PastCounter, PastTax};
pub use invoices::{InvoicePaid, InvoiceRow, LateInvoices};
pub use journal::{Journal, JournalLine};
pub use ledger::{LedgerKey, LedgerLine};
pub use lending::Readers;
pub use line_search::LineSearch;
pub use lines::{LinePlace, LinesAsked, Waiting};
pub use open_items::OpenItem;
pub use outbox::OutboxRow;
pub use records::RecordRow;
pub use returns::MadeReturn;
pub use tax_items::TaxItemRow;
pub use window_files::WindowFile;

use crate::blobs;
use crate::door::Key;
use crate::error::{Error, Result};
use crate::history;
use crate::law::Law;
use crate::rows;
use rusqlite::{Connection, Params, Row};
use std::path::Path;
use std::sync::Arc;
use values::Day;

/// A snapshot of a book, for reading only.
pub struct Reader {
    connection: lending::Lent,
    law: Law,
    seq: i64,
}

impl Reader {
    /// Opens a book for reading; it may be open for writing elsewhere.
    pub fn open(path: &Path, law: Law, key: Option<&Key>) -> Result<Reader> {
        Reader::begin(lending::Lent::own(path, key)?, law)
    }

    fn begin(connection: lending::Lent, law: Law) -> Result<Reader> {
        connection.execute_batch("BEGIN")?;
        let (seq, _) = history::head(&connection)?;
        Ok(Reader { connection, law, seq })
    }

    /// The number of the last record this snapshot sees.
    pub fn seq(&self) -> i64 {
        self.seq
    }

    /// The law the book lives under.
    pub fn law(&self) -> &Law {
        &self.law
    }

    /// The bytes of a blob, checked against their hash.
    pub fn blob(&self, hash: &str) -> Result<Arc<[u8]>> {
        blobs::read(&self.connection, hash)
    }

    /// A setting on a day.
    pub fn setting(&self, name: &str, on: Day) -> Result<Option<String>> {
        find_setting(&self.connection, name, &on)
    }

    pub(crate) fn first<T>(
        &self,
        sql: &str,
        params: impl Params,
        map: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>> {
        rows::first(&self.connection, sql, params, map)
    }

    pub(crate) fn all<T>(
        &self,
        sql: &str,
        params: impl Params,
        map: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        rows::all(&self.connection, sql, params, map)
    }

    /// Hands each row to `each` as it is read, for what may be large.
    pub(crate) fn each(
        &self,
        sql: &str,
        params: impl Params,
        mut each: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        while let Some(row) = rows.next()? {
            each(row)?;
        }
        Ok(())
    }
}

/// A day column.
pub(crate) fn day(row: &Row<'_>, at: usize) -> rusqlite::Result<Day> {
    let text = row.get_ref(at)?.as_str()?;
    Day::parse(text).map_err(|why| {
        rusqlite::Error::FromSqlConversionFailure(at, rusqlite::types::Type::Text, Box::new(why))
    })
}

/// A day column that may be empty.
pub(crate) fn day_or_none(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Day>> {
    if row.get_ref(at)? == rusqlite::types::ValueRef::Null {
        Ok(None)
    } else {
        day(row, at).map(Some)
    }
}

fn find_setting(connection: &Connection, name: &str, on: &Day) -> Result<Option<String>> {
    rows::first(
        connection,
        "SELECT value FROM setting WHERE name = ?1 AND valid_from <= ?2
         ORDER BY valid_from DESC LIMIT 1",
        [name, &on.to_string()],
        |row| row.get(0),
    )
}

/// A setting every book has on every day since its first.
pub(crate) fn setting(connection: &Connection, name: &str, on: &Day) -> Result<String> {
    if let Some(value) = find_setting(connection, name, on)? {
        return Ok(value);
    }
    // Before the first day the first value holds.
    let sql = "SELECT value FROM setting WHERE name = ?1 ORDER BY valid_from LIMIT 1";
    rows::first(connection, sql, [name], |row| row.get(0))?
        .ok_or_else(|| Error::Damaged(format!("the setting {name} is missing")))
}

impl Reader {
    /// The day of an instant in the book's time zone.
    pub fn day_of(&self, at: chrono::DateTime<chrono::Utc>) -> Result<Day> {
        let zone = setting(&self.connection, "time_zone", &at.date_naive().into())?;
        let zone: chrono_tz::Tz =
            zone.parse().map_err(|_| Error::Damaged(format!("the time zone {zone} is unknown")))?;
        Ok(at.with_timezone(&zone).date_naive().into())
    }
}
