//! Undo: the inverse of a record's changes, as a new record that passes the same checks.

use super::{Command, Outcome};
use crate::door::apply_inverse;
use crate::error::{Code, Error, Result};
use crate::history;
use crate::schema;
use crate::tx::Tx;
use serde::{Deserialize, Serialize};

/// Undoes one record, unless later records build on it or it posted something.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Undo {
    /// The record's number.
    pub seq: i64,
}

impl Undo {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        let nothing = || Error::refused(Code::NothingToUndo, &[("seq", &self.seq)]);
        let (record, stored) = history::record(tx.connection, self.seq)?.ok_or_else(nothing)?;
        if self.seq <= 1 {
            return Err(nothing());
        }
        if record.schema != schema::VERSION {
            return Err(Error::refused(Code::UndoTooOld, &[("seq", &self.seq)]));
        }
        // What posts has its own answer: a reversal, or a return withdrawn.
        if let Ok(
            Command::PostEntries(_)
            | Command::ReverseEntry(_)
            | Command::MakeReturn(_)
            | Command::WithdrawReturn(_)
            | Command::TakeOver(_),
        ) = serde_json::from_str(&record.command)
        {
            return Err(Error::refused(Code::Posted, &[("entry", &self.seq)]));
        }
        let changesets = history::changesets(tx.connection, self.seq)?;
        let mut hasher = record.hasher();
        changesets.iter().for_each(|changeset| history::absorb(&mut hasher, changeset));
        if sha2::Digest::finalize(hasher)[..] != stored[..] {
            return Err(Error::Damaged(format!("record {} is not what its hash says", self.seq)));
        }
        for changeset in changesets.iter().rev() {
            apply_inverse(tx.connection, changeset)?;
            tx.recorder.wrote(20_000);
            tx.pause()?;
        }
        Ok(Outcome::Done)
    }
}
