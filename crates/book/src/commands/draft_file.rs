//! A file of entries in JSON Lines, kept as a blob and written as drafts (docs/entries-file.md).

use super::Outcome;
use super::add_counterparties::{self, NewCounterparty};
use super::entry_rows::EntryDraft;
use super::post_entries::{drafts as drafts_where, post};
use crate::error::{Code, Error, Result};
use crate::history;
use crate::tx::Tx;
use serde::{Deserialize, Serialize};

/// Writes every entry of a file as a draft, all or none.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftFile {
    /// Hash of the file, kept as a blob.
    pub blob: String,
    /// Whether they are posted at once.
    #[serde(default)]
    pub post: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CounterpartyLine {
    counterparty: NewCounterparty,
}

impl DraftFile {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        if history::stands(tx.connection, "DraftFile", &self.blob)? {
            return Err(Error::refused(Code::AlreadyThere, &[]));
        }
        let bytes = tx.blob(&self.blob)?;
        let mut written = Vec::new();
        for (number, line) in lines(&bytes)? {
            let bad = |why: serde_json::Error| bad_line(number, &why);
            // What names no journal is a counterparty; both then read strictly.
            let value: serde_json::Value = serde_json::from_str(line).map_err(bad)?;
            if value.get("journal").is_none() && value.get("counterparty").is_some() {
                let found: CounterpartyLine = serde_json::from_str(line).map_err(bad)?;
                add_counterparties::add(tx, &found.counterparty)?;
            } else {
                let draft: EntryDraft = serde_json::from_str(line).map_err(bad)?;
                written.push(draft.write(tx)?.0);
            }
            tx.pause()?;
        }
        if self.post {
            let mut drafts = Vec::with_capacity(written.len());
            for entry in &written {
                drafts.extend(drafts_where(
                    tx,
                    "entry.id = CAST(?1 AS INTEGER)",
                    &entry.to_string(),
                )?);
            }
            post(tx, drafts)?;
        }
        Ok(Outcome::Entries(written))
    }
}

/// The lines of a JSON Lines file that hold something, numbered from 1.
pub(super) fn lines(bytes: &[u8]) -> Result<impl Iterator<Item = (usize, &str)>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = str::from_utf8(bytes).map_err(|why| {
        let number = bytes[..why.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
        bad_line(number, &"UTF-8")
    })?;
    let numbered = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim()));
    Ok(numbered.filter(|(_, line)| !line.is_empty()))
}

pub(super) fn bad_line(number: usize, why: &dyn std::fmt::Display) -> Error {
    Error::refused(Code::BadFileLine, &[("line", &number), ("why", &why)])
}
