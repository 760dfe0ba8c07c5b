//! What this machine saw of each book, kept outside it: a book found behind that is a copy of an
//! earlier day, and might send again what went out since. A message in doubt leaves no record, so
//! those are remembered beside the last one.

use crate::app::App;
use crate::failure::Failure;
use book::MessageId;
use book::read::{OutboxRow, Reader};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// The last record seen of each book that sends from here, by its UUID.
#[derive(Default, Serialize, Deserialize)]
struct Memory(BTreeMap<String, SeenRecord>);

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
struct SeenRecord {
    seq: i64,
    hash: String,
    /// Messages that may have arrived and have no answer.
    #[serde(default)]
    in_doubt: BTreeSet<i64>,
}

impl App {
    /// Whether sending from this book waits for the person's word.
    pub(super) fn is_paused(&self, reader: &Reader, rows: &[OutboxRow]) -> Result<bool, Failure> {
        let Some(file) = self.memory_file() else { return Ok(false) };
        let unsettled =
            rows.iter().any(|row| matches!(row.state.as_str(), "queued" | "sending" | "unknown"));
        let Some(seen) = read(&file).0.remove(&self.uuid(reader)?) else { return Ok(unsettled) };
        // In the book that sent it, what was in doubt still is or was answered since.
        let waits = |row: &OutboxRow| matches!(row.state.as_str(), "queued" | "sending");
        let forgot = |row: &OutboxRow| waits(row) && !is_in_doubt(row);
        if rows.iter().any(|row| forgot(row) && seen.in_doubt.contains(&row.id.0)) {
            return Ok(true);
        }
        let ours = reader.record_hash(Some(seen.seq)).map_err(|why| self.failed(&why))?;
        Ok(ours.map(|(_, hash)| hash) != Some(seen.hash))
    }

    /// This book is the one that sends from here, as it stands now.
    pub(crate) fn remember(&self, reader: &Reader) -> Result<(), Failure> {
        self.remember_without(reader, None)
    }

    /// The same, when the book is about to learn that this message has not arrived.
    pub(super) fn remember_without(
        &self,
        reader: &Reader,
        settled: Option<MessageId>,
    ) -> Result<(), Failure> {
        let Some((seq, hash)) = reader.record_hash(None).map_err(|why| self.failed(&why))? else {
            return Ok(());
        };
        let rows = reader.outbox().map_err(|why| self.failed(&why))?;
        let doubted = rows.iter().filter(|row| is_in_doubt(row) && Some(row.id) != settled);
        let in_doubt = doubted.map(|row| row.id.0).collect();
        self.keep_memory(self.uuid(reader)?, SeenRecord { seq, hash, in_doubt })
    }

    /// A copy was made a book again: whoever sends from that UUID asks first.
    pub(crate) fn pause(&self, reader: &Reader) -> Result<(), Failure> {
        let never = SeenRecord { seq: i64::MAX, hash: String::new(), in_doubt: BTreeSet::new() };
        self.keep_memory(self.uuid(reader)?, never)
    }

    fn keep_memory(&self, uuid: String, seen: SeenRecord) -> Result<(), Failure> {
        let Some(file) = self.memory_file() else { return Ok(()) };
        let mut memory = read(&file);
        if memory.0.get(&uuid) == Some(&seen) {
            return Ok(());
        }
        memory.0.insert(uuid, seen);
        let text = serde_json::to_vec_pretty(&memory).unwrap_or_default();
        let beside = file.with_extension("new");
        let written = file
            .parent()
            .map_or(Ok(()), std::fs::create_dir_all)
            .and_then(|()| std::fs::write(&beside, text))
            .and_then(|()| std::fs::rename(&beside, &file));
        written.map_err(|why| self.unwritable(&file).with_detail(&why))
    }

    fn memory_file(&self) -> Option<PathBuf> {
        Some(self.host.preferences.as_ref()?.with_file_name("outboxes.json"))
    }
}

/// Whether it may have arrived, and nobody has said so yet.
fn is_in_doubt(row: &OutboxRow) -> bool {
    row.state == "unknown" || (row.state == "sending" && row.begun)
}

/// A file that is missing or damaged remembers nothing: then every book with something to send is
/// paused, which is the safe side.
fn read(file: &std::path::Path) -> Memory {
    let bytes = std::fs::read(file).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}
