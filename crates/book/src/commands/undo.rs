//! Undo: the inverse of a record's changes, as a new record that passes the same checks.

use super::{Command, Outcome};
use crate::door::apply_inverse;
use crate::error::{Code, Error, Result};
use crate::history;
use crate::ids::MessageId;
use crate::outbox;
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
            | Command::TakeOver(_)
            | Command::FinaliseInvoice(_),
        ) = serde_json::from_str(&record.command)
        {
            return Err(Error::refused(Code::Posted, &[("entry", &self.seq)]));
        }
        refuse_begun(tx, &record.command)?;
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

/// Queueing, also anew, is undone only while nothing of the message may have left; answers are
/// never undone.
fn refuse_begun(tx: &Tx<'_>, command: &str) -> Result<()> {
    let message = match serde_json::from_str(command) {
        Ok(Command::QueueMessage(queued)) => {
            tx.first("SELECT id FROM outbox WHERE message_id = ?1", [&queued.message_id], |row| {
                row.get::<_, MessageId>(0)
            })?
        }
        Ok(Command::RequeueMessage(requeued)) => Some(requeued.message),
        Ok(Command::SettleMessage(settled)) => {
            return Err(Error::refused(Code::SendingBegun, &[("message", &settled.message)]));
        }
        _ => None,
    };
    match message {
        Some(message) if outbox::has_begun(tx.connection, message)? => {
            Err(Error::refused(Code::SendingBegun, &[("message", &message)]))
        }
        _ => Ok(()),
    }
}
