//! Which record wrote an entry: found in the changesets themselves, nothing about it is stored.

use super::Reader;
use crate::error::Result;
use crate::history;
use crate::ids::EntryId;
use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator;
use rusqlite::hooks::Action;
use rusqlite::session::ChangesetIter;
use rusqlite::types::ValueRef;
use std::collections::{BTreeSet, HashMap};
use std::io::Read;

/// Commands that write entries; the others need not be unpacked.
const WRITERS: &[&str] = &[
    "DraftEntries",
    "DraftFile",
    "ReviseDraft",
    "AcceptLines",
    "FinaliseInvoice",
    "TakeBackLine",
    "ReverseEntry",
    "TakeOver",
    "MakeReturn",
    "WithdrawReturn",
    "Undo",
];

impl Reader {
    /// The number of the record that wrote each of these entries.
    pub fn records_of_entries(&self, entries: &[EntryId]) -> Result<HashMap<EntryId, i64>> {
        let mut wanted: BTreeSet<i64> = entries.iter().map(|entry| entry.0).collect();
        let mut found = HashMap::new();
        if wanted.is_empty() {
            return Ok(found);
        }
        let writers =
            self.all("SELECT seq, command FROM history ORDER BY seq DESC", [], |row| {
                let writes = {
                    let command = row.get_ref(1)?.as_str()?;
                    WRITERS.iter().any(|name| {
                        command.strip_prefix("{\"").is_some_and(|rest| {
                            rest.strip_prefix(name).is_some_and(|rest| rest.starts_with('"'))
                        })
                    })
                };
                Ok((row.get::<_, i64>(0)?, writes))
            })?;
        for (seq, writes) in writers {
            if wanted.is_empty() {
                break;
            }
            if !writes {
                continue;
            }
            for changeset in history::changesets(&self.connection, seq)? {
                for entry in inserted_entries(&changeset)? {
                    if wanted.remove(&entry) {
                        found.insert(EntryId(entry), seq);
                    }
                }
            }
        }
        Ok(found)
    }
}

fn inserted_entries(changeset: &[u8]) -> Result<Vec<i64>> {
    let mut input: &[u8] = changeset;
    let input: &mut dyn Read = &mut input;
    let mut items = ChangesetIter::start_strm(&input)?;
    let mut entries = Vec::new();
    while let Some(item) = items.next()? {
        let operation = item.op()?;
        if operation.table_name() == "entry"
            && operation.code() == Action::SQLITE_INSERT
            && let ValueRef::Integer(id) = item.new_value(0)?
        {
            entries.push(id);
        }
    }
    Ok(entries)
}
