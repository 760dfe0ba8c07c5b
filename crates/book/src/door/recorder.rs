//! The session that records what a command changes, closed into a part every 20,000 rows.

use super::fold::Changes;
use crate::error::Result;
use crate::history;
use crate::schema;
use rusqlite::Connection;
use rusqlite::session::Session;
use sha2::Sha256;
use std::cell::{Cell, RefCell};

const ROWS_PER_PART: u64 = 20_000;

/// Records every change of the recorded tables between its start and its end.
pub(crate) struct Recorder<'c> {
    connection: &'c Connection,
    session: RefCell<Option<Session<'c>>>,
    changes: RefCell<Changes>,
    rows: Cell<u64>,
}

impl<'c> Recorder<'c> {
    /// Starts to record; `hasher` has taken in the record's columns.
    pub(crate) fn start(connection: &'c Connection, hasher: Sha256) -> Result<Recorder<'c>> {
        Ok(Recorder {
            connection,
            session: RefCell::new(Some(attach(connection)?)),
            changes: RefCell::new(Changes::new(hasher)),
            rows: Cell::new(0),
        })
    }

    /// Counts rows.
    pub(crate) fn wrote(&self, rows: u64) {
        self.rows.set(self.rows.get() + rows);
    }

    /// Closes a part when there are enough rows. Called between whole things only: an entry and its
    /// lines stand in one part, so that the fold can tell a new entry from one posted before.
    pub(crate) fn pause(&self) -> Result<()> {
        if self.rows.get() >= ROWS_PER_PART {
            self.close_part()?;
            *self.session.borrow_mut() = Some(attach(self.connection)?);
            self.rows.set(0);
        }
        Ok(())
    }

    /// Ends the recording.
    pub(crate) fn finish(self) -> Result<Changes> {
        self.close_part()?;
        Ok(self.changes.into_inner())
    }

    fn close_part(&self) -> Result<()> {
        let Some(mut session) = self.session.borrow_mut().take() else { return Ok(()) };
        let mut changeset = Vec::new();
        session.changeset_strm(&mut changeset)?;
        drop(session);
        if changeset.is_empty() {
            return Ok(());
        }
        let mut changes = self.changes.borrow_mut();
        changes.take_part(self.connection, &changeset)?;
        changes.push_part(&changeset, history::pack(&changeset));
        Ok(())
    }
}

/// Children first: a changeset keeps the order in which its tables were attached.
fn attach(connection: &Connection) -> Result<Session<'_>> {
    let mut session = Session::new(connection)?;
    for table in schema::RECORDED.iter().rev() {
        session.attach(Some(*table))?;
    }
    Ok(session)
}
