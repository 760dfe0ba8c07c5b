//! Daily copies: a verified copy of the book for each day on which it was open and had changed, the
//! latest fourteen, in a folder beside it. Each can be restored like any backup.

use super::{Called, Nothing, Seen};
use crate::app::App;
use crate::failure::Failure;
use crate::host::{Progress, Watched};
use book::Book;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use std::fs;
use std::path::{Path, PathBuf};
use ts_rs::TS;
use values::Day;

/// A copy that was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DailyCopy {
    /// Where it lies.
    pub path: String,
    /// The day it was made, in the book's time zone.
    pub day: Day,
    /// The last record in it.
    pub seq: i64,
    /// Its size in bytes.
    pub bytes: u64,
    /// First digits of its last record's hash.
    #[serde(skip)]
    head: String,
}

/// The most copies kept; of more, the oldest goes.
const MOST: usize = 14;
/// How their names end, so that none is ever taken for a book.
const ENDING: &str = "comptoir-backup";
/// How the name of one ends while it is not verified yet.
const UNFINISHED: &str = "unfinished";
/// Digits of a hash in a name.
const DIGITS: usize = 8;

impl App {
    /// The copies that are kept, the latest first.
    pub fn daily_copies(
        &self,
        book: &Path,
        _: Nothing,
        _: &dyn Progress,
    ) -> Called<Vec<DailyCopy>> {
        Ok(Seen::nowhere(copies_in(&folder_of(book))))
    }

    /// Makes today's copy, verifies it, and lets the oldest go. Where today has its copy already,
    /// or nothing was recorded since the last one, nothing is done.
    pub fn copy_of_today(
        &self,
        book: &Path,
        _: Nothing,
        progress: &dyn Progress,
    ) -> Called<Vec<DailyCopy>> {
        let reader = self.reader(book)?;
        let (seq, today) = (reader.seq(), self.today(&reader)?);
        let last = reader.last_record().map_err(|why| self.failed(&why))?;
        drop(reader);
        let folder = folder_of(book);
        let head = last.map(|(_, hash, _)| digits(&hash)).unwrap_or_default();
        let kept = copies_in(&folder);
        let known = |copy: &DailyCopy| copy.day == today || (copy.seq, &copy.head) == (seq, &head);
        if !kept.iter().any(known) {
            let folder = self.folder(&folder)?;
            self.copy(book, &folder, today, progress)?;
            forget(&folder, (self.host.clock)());
        }
        Ok(Seen::at(seq, copies_in(&folder)))
    }

    /// Writes a copy under a name that is none, and gives it its own only once it is verified.
    fn copy(
        &self,
        book: &Path,
        folder: &Path,
        day: Day,
        progress: &dyn Progress,
    ) -> Result<(), Failure> {
        let random = u64::from_be_bytes(*(self.host.random)().first_chunk().unwrap_or(&[0; 8]));
        let unfinished = folder.join(format!("{random:016x}.{UNFINISHED}"));
        let made = || -> Result<(), Failure> {
            progress.begin("backup", &book.display().to_string());
            Book::backup_of(book, None, &unfinished, &Watched(progress))
                .map_err(|why| self.failed(&why))?;
            progress.begin("verify", &book.display().to_string());
            // Chain, files and sums. That each row is what the history makes of it takes long on a
            // large book, and is proved when a copy is restored.
            let copy = Book::open(&unfinished, None, self.law.clone());
            let found = copy.and_then(|copy| copy.verify(&Watched(progress)));
            let found = found.map_err(|why| self.failed(&why))?;
            let (seq, head) = (found.records, digits(&found.head));
            let path = folder.join(format!("{day} {seq}-{head}.{ENDING}"));
            fs::rename(&unfinished, &path).map_err(|why| self.unwritable(&path).with_detail(&why))
        };
        made().inspect_err(|_| drop(fs::remove_file(&unfinished)))
    }
}

/// `atelier.comptoir-backups` beside `atelier.comptoir`.
fn folder_of(book: &Path) -> PathBuf {
    let mut name = book.as_os_str().to_owned();
    name.push("-backups");
    name.into()
}

fn digits(hash: &str) -> String {
    hash.chars().take(DIGITS).collect()
}

/// What a folder holds of copies, the latest first; whatever else lies there is none of ours.
fn copies_in(folder: &Path) -> Vec<DailyCopy> {
    let found = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut copies: Vec<DailyCopy> = found.filter_map(|entry| copy_at(&entry.path())).collect();
    copies.sort_by_key(|copy| std::cmp::Reverse((copy.day, copy.seq)));
    copies
}

/// `2026-11-28 1234-a1b2c3d4.comptoir-backup`
fn copy_at(path: &Path) -> Option<DailyCopy> {
    let name = path.file_name()?.to_str()?.strip_suffix(ENDING)?.strip_suffix('.')?;
    let (day, state) = name.split_once(' ')?;
    let (seq, head) = state.split_once('-')?;
    let found = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file)?;
    Some(DailyCopy {
        path: path.display().to_string(),
        day: Day::parse(day).ok()?,
        seq: seq.parse().ok()?,
        bytes: found.len(),
        head: head.to_owned(),
    })
}

/// Lets go what is too old, and what a crash left unfinished more than a day ago.
fn forget(folder: &Path, now: DateTime<Utc>) {
    for copy in copies_in(folder).into_iter().skip(MOST) {
        let _ = fs::remove_file(copy.path);
    }
    let long_ago = |path: &Path| {
        let modified = fs::metadata(path).and_then(|found| found.modified());
        modified.is_ok_and(|at| DateTime::<Utc>::from(at) + TimeDelta::days(1) < now)
    };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|ending| ending == UNFINISHED) && long_ago(&path) {
            let _ = fs::remove_file(path);
        }
    }
}
