//! Bank lines set aside by a person: kept, proved, out of the inbox; they stay out by themselves.

use super::Outcome;
use crate::error::{Code, Error, Result};
use crate::ids::LineId;
use crate::tx::Tx;
use rusqlite::params;
use serde::{Deserialize, Serialize};

/// Sets lines aside.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DismissLines {
    /// The lines.
    pub lines: Vec<LineId>,
    /// Why; it is kept.
    pub reason: String,
}

/// Brings lines back to the inbox: those that were set aside, and those held as a question, which
/// is thereby answered: the bank means another operation.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestoreLines {
    /// The lines.
    pub lines: Vec<LineId>,
}

impl DismissLines {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        let reason = self.reason.trim();
        if reason.is_empty() {
            let args: [(&'static str, &dyn std::fmt::Display); 2] =
                [("name", &"reason"), ("value", &"")];
            return Err(Error::refused(Code::BadValue, &args));
        }
        for line in &self.lines {
            let matched = tx.first(
                "SELECT EXISTS (SELECT 1 FROM \"match\" WHERE line = ?1 AND released = 0)
                 FROM line WHERE id = ?1",
                [line],
                |row| row.get::<_, bool>(0),
            )?;
            match matched {
                None => return Err(Error::refused(Code::UnknownLine, &[("line", line)])),
                Some(true) => return Err(Error::refused(Code::AlreadyMatched, &[("line", line)])),
                Some(false) => tx.write(
                    "UPDATE line SET dismissed = ?2 WHERE id = ?1 AND dismissed IS NOT ?2",
                    params![line, reason],
                )?,
            };
        }
        Ok(Outcome::Count(self.lines.len() as u64))
    }
}

impl RestoreLines {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        for line in &self.lines {
            let known = tx.first("SELECT 1 FROM line WHERE id = ?1", [line], |_| Ok(()))?;
            if known.is_none() {
                return Err(Error::refused(Code::UnknownLine, &[("line", line)]));
            }
            tx.write(
                "UPDATE line SET dismissed = NULL,
                   state = CASE state WHEN 'held' THEN 'here' ELSE state END
                 WHERE id = ?1 AND (dismissed IS NOT NULL OR state = 'held')",
                [line],
            )?;
        }
        Ok(Outcome::Count(self.lines.len() as u64))
    }
}
