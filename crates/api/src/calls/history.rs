//! History: who, when, what; undo; verification; backups.

use super::brief::{Brief, brief};
use super::{BookView, Called, Nothing, Seen};
use crate::app::App;
use crate::host::{Progress, Watched};
use book::{Book, Undo};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use ts_rs::TS;

/// A page of the history.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct HistoryPage {
    /// Records before this number; from the last one when absent.
    #[serde(default)]
    pub before: Option<i64>,
    /// At most so many; a hundred when absent.
    #[serde(default)]
    pub limit: Option<u32>,
}

/// A record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RecordView {
    /// Its number.
    pub seq: i64,
    /// When, UTC.
    pub at: String,
    /// The day in the book's time zone.
    pub day: String,
    /// By whom.
    pub actor: String,
    /// The command's name.
    pub command: String,
    /// What it did, in words.
    pub text: String,
    /// What was asked, of long lists only the beginning.
    #[ts(type = "unknown")]
    pub asked: serde_json::Value,
    /// How long its longest list is, if it has any.
    pub count: Option<u64>,
    /// Its hash in hexadecimal.
    pub hash: String,
}

/// What to undo.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct UndoOne {
    /// The record; the last one that can be undone when absent.
    #[serde(default)]
    pub seq: Option<i64>,
}

/// What a verification found to be true.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct VerifiedView {
    /// Records whose hash was recomputed.
    pub records: i64,
    /// Hash of the last record.
    pub head: String,
    /// Blobs compared with their hash.
    pub blobs: i64,
    /// Kept sums compared with full sums.
    pub kept_sums: i64,
}

/// Where a backup goes.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct Backup {
    /// A path where nothing stands.
    pub to: PathBuf,
}

/// A backup that was made and verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BackupView {
    /// Where it lies.
    pub path: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// What its verification found.
    pub verified: VerifiedView,
}

/// A backup to restore.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct Restore {
    /// The backup.
    pub from: PathBuf,
}

impl From<book::Verified> for VerifiedView {
    fn from(found: book::Verified) -> VerifiedView {
        VerifiedView {
            records: found.records,
            head: found.head,
            blobs: found.blobs,
            kept_sums: found.kept_sums,
        }
    }
}

impl App {
    /// A page of the history, latest first.
    pub fn history(
        &self,
        book: &Path,
        request: HistoryPage,
        _: &dyn Progress,
    ) -> Called<Vec<RecordView>> {
        let reader = self.reader(book)?;
        let records = reader
            .records(request.before, request.limit.unwrap_or(100).min(1_000))
            .map_err(|why| self.failed(&why))?;
        let views = records.into_iter().map(|record| self.record_view(record)).collect();
        Ok(Seen::at(reader.seq(), views))
    }

    pub(crate) fn record_view(&self, record: book::read::RecordRow) -> RecordView {
        let Brief { name: command, asked, count } = brief(&record.command);
        let text = self.sentences.say(&format!("commands.command.{command}"), &[]);
        let book::read::RecordRow { seq, at, day, actor, hash, .. } = record;
        RecordView { seq, at, day, actor, command, text, asked, count, hash }
    }

    /// Undoes a record, as a new one.
    pub fn undo(
        &self,
        book: &Path,
        request: UndoOne,
        progress: &dyn Progress,
    ) -> Called<RecordView> {
        let reader = self.reader(book)?;
        let seq = match request.seq {
            Some(seq) => Some(seq),
            None => reader.last_undoable().map_err(|why| self.failed(&why))?,
        };
        let seq = seq.ok_or_else(|| self.own("nothing-to-undo", &[]))?;
        let record = reader.record(seq).map_err(|why| self.failed(&why))?;
        drop(reader);
        let done = self.command(book, Undo { seq }, progress)?;
        match record {
            Some(record) => Ok(Seen::wrote(&done, self.record_view(record))),
            None => Err(self.own("bug", &[("call", "undo")])),
        }
    }

    /// Recomputes the chain, every blob's hash, every kept sum and every check, and holds each row
    /// against what the history makes of it.
    pub fn verify(&self, book: &Path, _: Nothing, progress: &dyn Progress) -> Called<VerifiedView> {
        progress.begin("verify", "");
        let found =
            self.with_book(book, |book| whole(book, progress).map_err(|why| self.failed(&why)))?;
        Ok(Seen::at(found.records, found.into()))
    }

    /// Copies a book to another path, and verifies the copy.
    pub fn backup(
        &self,
        book: &Path,
        request: Backup,
        progress: &dyn Progress,
    ) -> Called<BackupView> {
        progress.begin("backup", &request.to.display().to_string());
        self.with_book(book, |book| {
            book.backup(&request.to, &Watched(progress)).map_err(|why| self.failed(&why))
        })?;
        progress.begin("verify", &request.to.display().to_string());
        let verified = self.verify_file(&request.to, progress)?;
        let bytes = std::fs::metadata(&request.to).map_or(0, |found| found.len());
        let path = request.to.display().to_string();
        Ok(Seen::at(verified.records, BackupView { path, bytes, verified }))
    }

    /// Brings a backup back as a book at a path where nothing stands; the backup stays.
    pub fn restore(
        &self,
        book: &Path,
        request: Restore,
        progress: &dyn Progress,
    ) -> Called<BookView> {
        progress.begin("verify", &request.from.display().to_string());
        self.verify_file(&request.from, progress)?;
        progress.begin("restore", &book.display().to_string());
        let copied = Book::open(&request.from, None, self.law.clone())
            .and_then(|from| from.backup(book, &Watched(progress)));
        copied.map_err(|why| self.failed(&why))?;
        self.verify_file(book, progress)?;
        let reader = self.reader(book)?;
        // What went out since the copy is not known in it: it asks before it sends.
        if !reader.outbox().map_err(|why| self.failed(&why))?.is_empty() {
            self.pause(&reader)?;
        }
        drop(reader);
        self.book(book, Nothing {}, progress)
    }

    fn verify_file(
        &self,
        path: &Path,
        progress: &dyn Progress,
    ) -> Result<VerifiedView, crate::Failure> {
        let found =
            Book::open(path, None, self.law.clone()).and_then(|book| whole(&book, progress));
        found.map(VerifiedView::from).map_err(|why| self.failed(&why))
    }
}

/// What a verification finds. A chain that holds says nothing of rows that were written past the
/// door, so the history is replayed and must end in the same rows.
fn whole(book: &Book, progress: &dyn Progress) -> book::Result<book::Verified> {
    let found = book.verify(&Watched(progress))?;
    if book.replayed_digest()? != book.digest()? {
        return Err(book::Error::Damaged("its rows are not those of its history".to_owned()));
    }
    Ok(found)
}
