//! The history as people read it.

use super::Reader;
use crate::blobs::hex;
use crate::error::Result;

/// One record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordRow {
    /// Its number.
    pub seq: i64,
    /// When, UTC.
    pub at: String,
    /// The day in the book's time zone.
    pub day: String,
    /// By whom.
    pub actor: String,
    /// What was asked, as JSON.
    pub command: String,
    /// Its hash in hexadecimal.
    pub hash: String,
}

impl Reader {
    /// Records before a number, latest first, at most `limit`.
    pub fn records(&self, before: Option<i64>, limit: u32) -> Result<Vec<RecordRow>> {
        self.all(
            "SELECT seq, at, day, actor, command, hash FROM history WHERE seq < ?1
             ORDER BY seq DESC LIMIT ?2",
            rusqlite::params![before.unwrap_or(i64::MAX), limit],
            |row| {
                Ok(RecordRow {
                    seq: row.get(0)?,
                    at: row.get(1)?,
                    day: row.get(2)?,
                    actor: row.get(3)?,
                    command: row.get(4)?,
                    hash: hex(&row.get::<_, Vec<u8>>(5)?),
                })
            },
        )
    }

    /// One record.
    pub fn record(&self, seq: i64) -> Result<Option<RecordRow>> {
        Ok(self.records(Some(seq.saturating_add(1)), 1)?.pop().filter(|record| record.seq == seq))
    }

    /// Number, hash in hexadecimal and instant of the last record.
    pub fn last_record(&self) -> Result<Option<(i64, String, String)>> {
        self.first("SELECT seq, hash, at FROM history ORDER BY seq DESC LIMIT 1", [], |row| {
            Ok((row.get(0)?, hex(&row.get::<_, Vec<u8>>(1)?), row.get(2)?))
        })
    }

    /// The last record that asked for something other than an undo, and was not undone itself.
    pub fn last_undoable(&self) -> Result<Option<i64>> {
        let mut undone = std::collections::BTreeSet::new();
        // Only an undo is read whole: what others were asked may be long.
        let mut records = self.connection.prepare_cached(
            "SELECT seq, CASE WHEN substr(command, 1, 7) = '{\"Undo\"' THEN command END
             FROM history WHERE seq > 1 ORDER BY seq DESC",
        )?;
        let mut rows = records.query([])?;
        while let Some(row) = rows.next()? {
            let (seq, undo): (i64, Option<String>) = (row.get(0)?, row.get(1)?);
            let command: serde_json::Value =
                undo.and_then(|undo| serde_json::from_str(&undo).ok()).unwrap_or_default();
            match command.pointer("/Undo/seq").and_then(serde_json::Value::as_i64) {
                // Whatever an undo took away no longer counts, an undo among it.
                _ if undone.contains(&seq) => {}
                Some(seq) => drop(undone.insert(seq)),
                None => return Ok(Some(seq)),
            }
        }
        Ok(None)
    }
}
