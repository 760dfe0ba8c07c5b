//! The door: every write of a book is a command through [`Book::execute`].
//!
//! `execute` reads top to bottom: begin, record, run the handler, check what SQL cannot, fold the
//! changeset into the kept sums, chain the record, commit. Any error rolls all of it back.

mod apply;
mod checks;
mod fold;
mod open;
mod recorder;
#[cfg(test)]
pub(crate) mod tests;

pub(crate) use apply::{apply, apply_inverse};
pub(crate) use checks::{cents, check_vat_balances};
pub(crate) use fold::Changes;
pub use open::Key;
pub(crate) use open::connect_read_only;
pub(crate) use recorder::Recorder;

use crate::blobs::{self, BlobHash};
use crate::commands::{Command, Outcome};
use crate::error::{Error, Result};
use crate::history::{self, Record, Verified};
use crate::law::Law;
use crate::lock::Lock;
use crate::read::{Reader, Readers, WholeEntry, whole};
use crate::schema;
use crate::tx::Tx;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use values::Day;

/// Long work's view of whoever waits for it.
pub trait Task {
    /// Tells how many rows are done, of how many if known; `false` means stop and undo all.
    fn step(&self, done: u64, total: Option<u64>) -> bool;
}

/// For work that nobody watches: never stops.
pub struct NoTask;

impl Task for NoTask {
    fn step(&self, _: u64, _: Option<u64>) -> bool {
        true
    }
}

/// Who asks, when, and who watches.
pub struct Context<'a> {
    /// A person, a rule or a connector: `person`, `rule bank-fees 1`.
    pub actor: &'a str,
    /// The instant, from the shell's clock.
    pub at: DateTime<Utc>,
    /// Name and version of the program, kept with the record.
    pub app: &'a str,
    /// Progress and cancel.
    pub task: &'a dyn Task,
}

/// What a command did.
#[derive(Debug)]
pub struct Done {
    /// The record's number; `None` when nothing changed.
    pub seq: Option<i64>,
    /// The recorded tables that were written.
    pub tables: Vec<&'static str>,
    /// What the command answers.
    pub outcome: Outcome,
}

/// A book open for writing: the only holder of a writable connection.
pub struct Book {
    readers: Readers,
    pub(crate) connection: Connection,
    path: PathBuf,
    law: Law,
    fresh: Option<(BlobHash, Arc<[u8]>)>,
    // Last, so that the lock goes after the connection has folded its log away.
    _lock: Lock,
}

impl Book {
    /// Does what the command asks, as one record of the history, or nothing at all.
    pub fn execute(&mut self, context: &Context<'_>, command: Command) -> Result<Done> {
        Ok(self.run(context, command, true, |_, _| Ok(()))?.0)
    }

    /// What the command would do; nothing is kept.
    pub fn execute_dry(&mut self, context: &Context<'_>, command: Command) -> Result<Done> {
        Ok(self.run(context, command, false, |_, _| Ok(()))?.0)
    }

    /// The entries that the command would write, as they would stand; nothing is kept.
    pub fn preview(&mut self, context: &Context<'_>, command: Command) -> Result<Vec<WholeEntry>> {
        let look = |connection: &Connection, outcome: &Outcome| {
            let Outcome::Entries(entries) = outcome else { return Ok(Vec::new()) };
            let found = entries.iter().map(|entry| whole(connection, *entry));
            Ok(found.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
        };
        Ok(self.run(context, command, false, look)?.1)
    }

    /// Runs a command, and looks at what it made before it is kept or thrown away.
    fn run<T>(
        &mut self,
        context: &Context<'_>,
        command: Command,
        keep: bool,
        look: impl FnOnce(&Connection, &Outcome) -> Result<T>,
    ) -> Result<(Done, T)> {
        let text = serde_json::to_string(&command)
            .map_err(|why| Error::Damaged(format!("a command cannot be written: {why}")))?;
        let fresh = self.fresh.clone();
        let transaction =
            Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let (last, prev_hash) = history::head(&transaction)?;
        let today = book_day(&transaction, context.at, &command)?;
        let record = Record {
            seq: last + 1,
            at: context.at.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
            day: today.to_string(),
            actor: context.actor.to_owned(),
            command: text,
            app: context.app.to_owned(),
            schema: schema::VERSION,
            prev_hash,
        };
        let recorder = Recorder::start(&transaction, record.hasher())?;
        let tx = Tx::new(&transaction, context, &self.law, (record.seq, today), recorder, fresh);
        let outcome = command.apply(&tx)?;
        let changes = tx.into_changes()?;
        if changes.is_empty() {
            let seen = look(&transaction, &outcome)?;
            return Ok((Done { seq: None, tables: Vec::new(), outcome }, seen));
        }
        changes.keep_sums(&transaction)?;
        checks::check(&transaction, &changes, today)?;
        let tables = changes.tables();
        let (hash, parts) = changes.into_hash_and_parts();
        history::append(&transaction, &record, &hash, &parts)?;
        let seen = look(&transaction, &outcome)?;
        if keep {
            transaction.commit()?;
        }
        Ok((Done { seq: Some(record.seq), tables, outcome }, seen))
    }

    /// Writes `*_state` tables, never a recorded row, in one transaction that is committed before
    /// this returns.
    pub(crate) fn note<T>(&mut self, write: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let transaction =
            Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let done = write(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }

    /// The same, of what may be lost with the machine's power and not with the program's death:
    /// the disk is not waited for.
    pub(crate) fn note_lightly<T>(
        &mut self,
        write: impl FnOnce(&Connection) -> Result<T>,
    ) -> Result<T> {
        self.connection.pragma_update(None, "synchronous", "NORMAL")?;
        let noted = self.note(write);
        self.connection.pragma_update(None, "synchronous", "FULL")?;
        noted
    }

    /// Keeps bytes as they came, before anything is made of them. Gives their hash, and whether
    /// they were known.
    pub fn note_blob(
        &mut self,
        bytes: &[u8],
        origin: &str,
        at: DateTime<Utc>,
    ) -> Result<(BlobHash, bool)> {
        let hash = blobs::hash(bytes);
        if blobs::is_known(&self.connection, &hash)? {
            return Ok((hash, true));
        }
        let transaction =
            Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let at = at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
        blobs::keep(&transaction, &hash, bytes, origin, &at)?;
        transaction.commit()?;
        self.fresh = Some((hash.clone(), bytes.into()));
        Ok((hash, false))
    }

    /// Forgets bytes that were noted and of which nothing came: no record may name them.
    pub fn forget_blob(&mut self, hash: &str) -> Result<()> {
        self.fresh = None;
        let transaction =
            Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        if !history::names_blob(&transaction, hash)? {
            blobs::forget(&transaction, hash)?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// A reader of what is committed now.
    pub fn reader(&self) -> Result<Reader> {
        self.readers.reader()
    }

    /// Where the book lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The law the book lives under.
    pub fn law(&self) -> &Law {
        &self.law
    }

    /// A digest over every recorded row: equal books have equal digests.
    pub fn digest(&self) -> Result<String> {
        history::digest(&self.connection)
    }

    /// Recomputes the chain, every blob's hash, every kept sum and every check of the door.
    pub fn verify(&self, task: &dyn Task) -> Result<Verified> {
        let mut step = |done, total| {
            if task.step(done, Some(total)) { Ok(()) } else { Err(Error::Cancelled) }
        };
        let (records, head) = history::verify_chain(&self.connection, &mut step)?;
        let blobs = history::verify_blobs(&self.connection)?;
        let kept_sums = fold::verify_sums(&self.connection)?;
        checks::check_everything(&self.connection)?;
        Ok(Verified { records, head: blobs::hex(&head), blobs, kept_sums })
    }

    /// Replays the whole history into an empty book in memory and gives its digest, which equals
    /// [`Book::digest`] unless the file was changed behind the door.
    pub fn replayed_digest(&self) -> Result<String> {
        let scratch = Connection::open_in_memory()?;
        scratch.pragma_update(None, "foreign_keys", true)?;
        history::replay(&self.connection, &scratch)?;
        fold::verify_sums(&scratch)?;
        history::digest(&scratch)
    }
}

/// The day of an instant in the book's time zone, a dated setting; the book to be made says its
/// own.
fn book_day(connection: &Connection, at: DateTime<Utc>, command: &Command) -> Result<Day> {
    let zone = match command {
        Command::CreateBook(create) => create.time_zone.clone(),
        _ => crate::read::setting(connection, "time_zone", &at.date_naive().into())?,
    };
    let zone: chrono_tz::Tz = match zone.parse() {
        Ok(zone) => zone,
        Err(_) => {
            return Err(Error::refused(
                crate::error::Code::BadValue,
                &[("name", &"time_zone"), ("value", &zone)],
            ));
        }
    };
    Ok(at.with_timezone(&zone).date_naive().into())
}
