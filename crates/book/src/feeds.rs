//! Where the sync of a bank linked live stands: state of the book, not history. Each step of a run
//! is committed before the next act in the world, so a run is taken up where it was left.

use crate::blobs::{self, BlobHash};
use crate::door::Book;
use crate::error::Result;
use crate::ids::{BankAccountId, ConnectionId};
use crate::read::FeedStep;
use chrono::{DateTime, Utc};
use rusqlite::params;
use values::Day;

fn instant(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A read that showed nothing new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// The bank account.
    pub bank_account: BankAccountId,
    /// By which connection.
    pub connection: ConnectionId,
    /// The last day it covers.
    pub last_day: Day,
    /// The balance the bank stated, in minor units.
    pub balance_minor: Option<i64>,
    /// When, UTC.
    pub at: String,
    /// The import that would write it as a window, JSON of [`crate::ImportFeed`].
    pub command: String,
}

/// An operation that the bank announces and has not booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingLine {
    /// The day it happened, if the bank says so.
    pub day: Option<Day>,
    /// Minor units; money in is positive.
    pub amount_minor: i64,
    /// The bank's words.
    pub label: String,
}

impl Book {
    /// Commits that a request is about to leave, and that a call is spent by it. A power cut may
    /// lose the count of the last calls: the bank then refuses what it no longer allows.
    pub fn note_step_sent(
        &mut self,
        connection: ConnectionId,
        run: &str,
        step: &FeedStep,
        (resource, day, attended): (&str, Day, bool),
        at: DateTime<Utc>,
    ) -> Result<()> {
        let now = instant(at);
        self.note_lightly(|book| {
            book.execute(
                "INSERT INTO step_state (connection, run, step, request, state, at, blob)
                 VALUES (?1, ?2, ?3, ?4, 'sent', ?5, NULL)
                 ON CONFLICT (connection, run, step) DO UPDATE SET request = ?4, at = ?5",
                params![connection, run, step.step, step.request, now],
            )?;
            book.execute(
                "INSERT INTO call_state (connection, resource, day, attended, calls)
                 VALUES (?1, ?2, ?3, ?4, 1)
                 ON CONFLICT (connection, resource, day, attended) DO UPDATE SET calls = calls + 1",
                params![connection, resource, day.to_string(), attended],
            )?;
            Ok(())
        })
    }

    /// Keeps an answer and the step that got it, together, before anything is read of it.
    pub fn note_step_stored(
        &mut self,
        connection: ConnectionId,
        run: &str,
        step: i64,
        bytes: &[u8],
        (origin, at): (&str, DateTime<Utc>),
    ) -> Result<BlobHash> {
        let now = instant(at);
        let hash = blobs::hash(bytes);
        self.note(|book| {
            if !blobs::is_known(book, &hash)? {
                blobs::keep(book, &hash, bytes, origin, &now)?;
            }
            book.execute(
                "UPDATE step_state SET state = 'stored', at = ?4, blob = ?5
                 WHERE connection = ?1 AND run = ?2 AND step = ?3",
                params![connection, run, step, now, hash],
            )?;
            Ok(hash.clone())
        })
    }

    /// A run is over: its steps are forgotten, its answers stay where a window names them.
    pub fn forget_run(&mut self, connection: ConnectionId, run: &str) -> Result<()> {
        self.note(|book| {
            book.execute(
                "DELETE FROM step_state WHERE connection = ?1 AND run = ?2",
                params![connection, run],
            )?;
            Ok(())
        })
    }

    /// Where a connection stands, and since when it does.
    pub fn note_connection(
        &mut self,
        connection: ConnectionId,
        (state, detail): (&str, Option<&str>),
        heard: bool,
        at: DateTime<Utc>,
    ) -> Result<()> {
        let now = instant(at);
        self.note(|book| {
            book.execute(
                "INSERT INTO connection_state (connection, state, since, detail, heard_at)
                 VALUES (?1, ?2, ?3, ?4, CASE WHEN ?5 THEN ?3 END)
                 ON CONFLICT (connection) DO UPDATE SET
                   since = CASE WHEN state = ?2 THEN since ELSE ?3 END, state = ?2, detail = ?4,
                   heard_at = CASE WHEN ?5 THEN ?3 ELSE heard_at END",
                params![connection, state, now, detail, heard],
            )?;
            Ok(())
        })
    }

    /// What a read that showed nothing new heard; the next import or return makes it a window.
    pub fn note_heard(&mut self, heard: &Heard) -> Result<()> {
        self.note(|book| {
            book.execute(
                "INSERT INTO heard_state (bank_account, connection, last_day, balance_minor, at,
                   command) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (bank_account) DO UPDATE SET connection = ?2, last_day = ?3,
                   balance_minor = ?4, at = ?5, command = ?6",
                params![
                    heard.bank_account,
                    heard.connection,
                    heard.last_day.to_string(),
                    heard.balance_minor,
                    heard.at,
                    heard.command
                ],
            )?;
            Ok(())
        })
    }

    /// A window says it now.
    pub fn forget_heard(&mut self, bank_account: BankAccountId) -> Result<()> {
        self.note(|book| {
            book.execute("DELETE FROM heard_state WHERE bank_account = ?1", [bank_account])?;
            Ok(())
        })
    }

    /// Replaces everything that a bank announced on an account.
    pub fn note_pending(
        &mut self,
        bank_account: BankAccountId,
        pending: &[PendingLine],
    ) -> Result<()> {
        self.note(|book| {
            book.execute("DELETE FROM pending_state WHERE bank_account = ?1", [bank_account])?;
            let mut insert = book.prepare_cached(
                "INSERT INTO pending_state (bank_account, place, day, amount_minor, label)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            for (place, line) in pending.iter().enumerate() {
                insert.execute(params![
                    bank_account,
                    place as i64,
                    line.day.map(|day| day.to_string()),
                    line.amount_minor,
                    line.label
                ])?;
            }
            Ok(())
        })
    }

    /// Forgets answers that nothing rests on: no window, no read that was heard, no run that is
    /// still open.
    pub fn forget_answers(&mut self, hashes: &[String]) -> Result<()> {
        self.note(|book| {
            for hash in hashes {
                let kept: bool = book.query_row(
                    "SELECT EXISTS (SELECT 1 FROM statement WHERE blob = ?1)
                       OR EXISTS (SELECT 1 FROM heard_state WHERE instr(command, ?1) > 0)
                       OR EXISTS (SELECT 1 FROM step_state WHERE blob = ?1)",
                    [hash],
                    |row| row.get(0),
                )?;
                if !kept {
                    blobs::forget(book, hash)?;
                }
            }
            Ok(())
        })
    }

    /// Keeps what a run is going to ask, so that one taken up after a crash asks the same.
    pub fn note_plan(
        &mut self,
        connection: ConnectionId,
        run: &str,
        (step, plan): (i64, &str),
        at: DateTime<Utc>,
    ) -> Result<()> {
        let now = instant(at);
        self.note(|book| {
            book.execute(
                "INSERT INTO step_state (connection, run, step, request, state, at, blob)
                 VALUES (?1, ?2, ?3, ?4, 'stored', ?5, NULL)",
                params![connection, run, step, plan, now],
            )?;
            Ok(())
        })
    }
}
