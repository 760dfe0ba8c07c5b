//! What a command's handler works with: the open transaction, the day, the law, the task.

use crate::blobs;
use crate::door::{Changes, Context, Recorder};
use crate::error::{Error, Result};
use crate::law::Law;
use crate::rows;
use rusqlite::{Connection, Params, Row, ToSql};
use std::cell::Cell;
use std::sync::Arc;
use values::Day;

/// Rows between two questions to the task whether to go on.
const ROWS_PER_STEP: u64 = 1_000;

/// Rows by one statement of a bulk insert.
const ROWS_PER_STATEMENT: usize = 64;

/// Puts the columns of a bulk insert's rows, one after another.
pub(crate) struct Binding<'s, 'c> {
    statement: &'s mut rusqlite::CachedStatement<'c>,
    at: usize,
}

impl Binding<'_, '_> {
    /// Puts the next column.
    pub(crate) fn put(&mut self, value: impl ToSql) -> rusqlite::Result<()> {
        self.at += 1;
        self.statement.raw_bind_parameter(self.at, value)
    }
}

/// One command's view of the book: it may read and write, and it never commits.
pub(crate) struct Tx<'a> {
    pub(crate) connection: &'a Connection,
    pub(crate) context: &'a Context<'a>,
    pub(crate) law: &'a Law,
    /// The number of the record this command will be.
    pub(crate) seq: i64,
    /// The day of the record in the book's time zone.
    pub(crate) today: Day,
    pub(crate) recorder: Recorder<'a>,
    /// The blob that was noted last, so that a large file is not read back at once.
    pub(crate) fresh: Option<(String, Arc<[u8]>)>,
    rows: Cell<u64>,
    total: Cell<Option<u64>>,
}

impl<'a> Tx<'a> {
    pub(crate) fn new(
        connection: &'a Connection,
        context: &'a Context<'a>,
        law: &'a Law,
        (seq, today): (i64, Day),
        recorder: Recorder<'a>,
        fresh: Option<(String, Arc<[u8]>)>,
    ) -> Tx<'a> {
        let (rows, total) = (Cell::new(0), Cell::new(None));
        Tx { connection, context, law, seq, today, recorder, fresh, rows, total }
    }

    /// Ends the recording, and the command's hold on the book with it.
    pub(crate) fn into_changes(self) -> Result<Changes> {
        self.recorder.finish()
    }

    /// Writes rows of recorded tables; gives how many.
    pub(crate) fn write(&self, sql: &str, params: impl Params) -> Result<usize> {
        let rows = self.connection.prepare_cached(sql)?.execute(params)?;
        self.count(rows as u64)?;
        Ok(rows)
    }

    /// Inserts one row of a recorded table; gives its id.
    pub(crate) fn insert(&self, sql: &str, params: impl Params) -> Result<i64> {
        let id = self.connection.prepare_cached(sql)?.insert(params)?;
        self.count(1)?;
        Ok(id)
    }

    /// The id that the next row of a recorded table gets.
    pub(crate) fn next_id(&self, table: &str) -> Result<i64> {
        let last =
            self.first("SELECT seq FROM sqlite_sequence WHERE name = ?1", [table], |row| {
                row.get::<_, i64>(0)
            })?;
        Ok(last.unwrap_or(0) + 1)
    }

    /// Inserts rows by as few statements as may be: each statement alone costs as much as several
    /// rows, for it looks up what ids were given before. `head` ends with `VALUES`; `bind` puts the
    /// columns of one row, its id among them.
    pub(crate) fn insert_many<T>(
        &self,
        head: &str,
        columns: usize,
        rows: &[T],
        mut bind: impl FnMut(&mut Binding<'_, '_>, &T) -> rusqlite::Result<()>,
    ) -> Result<()> {
        for chunk in rows.chunks(ROWS_PER_STATEMENT) {
            let one = format!("({}?)", "?,".repeat(columns - 1));
            let sql = format!("{head} {one}{}", format!(",{one}").repeat(chunk.len() - 1));
            let mut statement = self.connection.prepare_cached(&sql)?;
            let mut binding = Binding { statement: &mut statement, at: 0 };
            for row in chunk {
                bind(&mut binding, row)?;
            }
            statement.raw_execute()?;
            self.count(chunk.len() as u64)?;
        }
        Ok(())
    }

    /// The first row, if any.
    pub(crate) fn first<T>(
        &self,
        sql: &str,
        params: impl Params,
        map: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>> {
        rows::first(self.connection, sql, params, map)
    }

    /// All rows.
    pub(crate) fn all<T>(
        &self,
        sql: &str,
        params: impl Params,
        map: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        rows::all(self.connection, sql, params, map)
    }

    /// Between two whole things of a bulk command: the changeset may be cut here.
    pub(crate) fn pause(&self) -> Result<()> {
        self.recorder.pause()
    }

    /// How many rows this command expects to write, for the progress bar.
    pub(crate) fn expect(&self, rows: u64) {
        self.total.set(Some(rows));
    }

    /// The bytes of a blob of this book.
    pub(crate) fn blob(&self, hash: &str) -> Result<Arc<[u8]>> {
        match &self.fresh {
            Some((name, bytes)) if name == hash => Ok(bytes.clone()),
            _ => blobs::read(self.connection, hash),
        }
    }

    fn count(&self, rows: u64) -> Result<()> {
        let before = self.rows.get();
        self.rows.set(before + rows);
        self.recorder.wrote(rows);
        let crossed = before / ROWS_PER_STEP != (before + rows) / ROWS_PER_STEP;
        if crossed && !self.context.task.step(before + rows, self.total.get()) {
            return Err(Error::Cancelled);
        }
        Ok(())
    }
}
