//! A send in progress: which message, by whom, how far. State of the book, not history: each step
//! is committed before the next act in the world, so a crash finds the last step that was certain.
//!
//! The steps, and what may follow each (docs/sending.md):
//!
//! | state | means | after a crash |
//! |---|---|---|
//! | queued, or no row | nothing has left | sent |
//! | sending, body not begun | a connection may have been opened | sent again: no message left |
//! | sending, body begun | the message may have arrived | unknown |
//! | unknown | nobody knows | evidence or the person decides |

use crate::door::Book;
use crate::error::{Error, Result};
use crate::ids::MessageId;
use crate::rows;
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, params};

/// A message that may be sent now, and its leave to do so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leased {
    /// The message.
    pub message: MessageId,
    /// Hash of its bytes.
    pub blob: String,
    /// Whom it goes to.
    pub recipients: Vec<String>,
    /// How many times it was tried before.
    pub tries: i64,
}

impl Leased {
    /// Which try this lease is for. Each lease adds one, so it tells this lease from a later one.
    fn try_number(&self) -> i64 {
        self.tries + 1
    }
}

fn instant(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Whether sending began, or nobody knows how it ended.
pub(crate) fn has_begun(connection: &Connection, message: MessageId) -> Result<bool> {
    let begun = rows::first(
        connection,
        "SELECT state = 'unknown' OR (state = 'sending' AND body_started_at IS NOT NULL)
         FROM outbox_state WHERE outbox = ?1",
        [message],
        |row| row.get(0),
    )?;
    Ok(begun.unwrap_or(false))
}

impl Book {
    /// Takes the next message that may be sent, for `worker` alone until `lease` has passed, and
    /// commits that before anything is done. A message found half sent is set to unknown.
    ///
    /// A worker is one run of the program. Only one at a time may write a book, so a message that
    /// another one was sending was left behind by it.
    pub fn lease_message(
        &mut self,
        worker: &str,
        at: DateTime<Utc>,
        lease: TimeDelta,
    ) -> Result<Option<Leased>> {
        let now = instant(at);
        let until = instant(at + lease);
        self.note(|connection| {
            doubt(connection, worker, &now)?;
            let found = rows::first(
                connection,
                "SELECT outbox.id, message_blob, recipients, coalesce(tries, 0) FROM outbox
                 LEFT JOIN outbox_state ON outbox_state.outbox = outbox.id
                 WHERE answer IS NULL AND (state IS NULL
                   OR (state = 'queued' AND coalesce(next_try_at, '') <= ?1)
                   OR (state = 'sending' AND body_started_at IS NULL
                     AND (lease_until <= ?1 OR worker <> ?2)))
                 ORDER BY outbox.id LIMIT 1",
                [&now, worker],
                |row| {
                    let recipients: String = row.get(2)?;
                    Ok(Leased {
                        message: row.get(0)?,
                        blob: row.get(1)?,
                        recipients: recipients.split(", ").map(str::to_owned).collect(),
                        tries: row.get(3)?,
                    })
                },
            )?;
            let Some(leased) = found else { return Ok(None) };
            connection.execute(
                "INSERT INTO outbox_state (outbox, state, worker, lease_until, tries, at)
                 VALUES (?1, 'sending', ?2, ?3, 1, ?4)
                 ON CONFLICT (outbox) DO UPDATE SET state = 'sending', worker = ?2,
                   lease_until = ?3, body_started_at = NULL, tries = tries + 1, next_try_at = NULL,
                   at = ?4",
                params![leased.message, worker, until, now],
            )?;
            Ok(Some(leased))
        })
    }

    /// Commits that the next thing to leave is the message itself. Refused when the lease ran out
    /// and another took it: whoever holds it sends.
    pub fn note_body_started(&mut self, leased: &Leased, at: DateTime<Utc>) -> Result<()> {
        let now = instant(at);
        self.note(|connection| {
            let rows = connection.execute(
                "UPDATE outbox_state SET body_started_at = ?3, at = ?3
                 WHERE outbox = ?1 AND tries = ?2 AND state = 'sending'
                   AND body_started_at IS NULL",
                params![leased.message, leased.try_number(), now],
            )?;
            if rows == 1 {
                Ok(())
            } else {
                let message = &leased.message;
                Err(Error::refused(crate::Code::SendingBegun, &[("message", message)]))
            }
        })
    }

    /// Whether nobody took this message since: only then does its answer speak of it.
    pub fn holds(&self, leased: &Leased) -> Result<bool> {
        let tries: Option<i64> = self.reader()?.first(
            "SELECT tries FROM outbox_state WHERE outbox = ?1",
            [leased.message],
            |row| row.get(0),
        )?;
        Ok(tries == Some(leased.try_number()))
    }

    /// Sets whatever another run of the program left half sent to unknown, for the screen to ask.
    pub fn doubt_messages(&mut self, worker: &str, at: DateTime<Utc>) -> Result<()> {
        self.note(|connection| doubt(connection, worker, &instant(at)))
    }

    /// Nothing left: the message waits for its next try, with the reason in the server's words.
    /// Changes nothing when another took it since.
    pub fn note_not_sent(
        &mut self,
        leased: &Leased,
        at: DateTime<Utc>,
        next_try: DateTime<Utc>,
        words: &str,
    ) -> Result<()> {
        let (now, next) = (instant(at), instant(next_try));
        self.note(|connection| {
            connection.execute(
                "UPDATE outbox_state SET state = 'queued', worker = NULL, lease_until = NULL,
                   body_started_at = NULL, next_try_at = ?4, words = ?5, at = ?3
                 WHERE outbox = ?1 AND tries = ?2",
                params![leased.message, leased.try_number(), now, next, words],
            )?;
            Ok(())
        })
    }

    /// The message may have arrived, and nobody said so. Changes nothing when another took it
    /// since.
    pub fn note_unknown(&mut self, leased: &Leased, at: DateTime<Utc>, words: &str) -> Result<()> {
        let now = instant(at);
        self.note(|connection| {
            connection.execute(
                "UPDATE outbox_state SET state = 'unknown', worker = NULL, lease_until = NULL,
                   words = ?4, at = ?3 WHERE outbox = ?1 AND tries = ?2",
                params![leased.message, leased.try_number(), now, words],
            )?;
            Ok(())
        })
    }

    /// Its final answer is recorded, or it is queued anew: nothing is in progress any more.
    pub fn forget_sending(&mut self, message: MessageId) -> Result<()> {
        self.note(|connection| {
            connection.execute("DELETE FROM outbox_state WHERE outbox = ?1", [message])?;
            Ok(())
        })
    }
}

/// Whoever sent these is gone, and their bodies had begun.
fn doubt(connection: &Connection, worker: &str, now: &str) -> Result<()> {
    connection.execute(
        "UPDATE outbox_state SET state = 'unknown', worker = NULL, lease_until = NULL, at = ?1
         WHERE state = 'sending' AND body_started_at IS NOT NULL
           AND (lease_until <= ?1 OR worker <> ?2)",
        [now, worker],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests;
