//! Posting (validation): drafts get the next number of their journal and year, and are frozen.

use super::Outcome;
use super::lettering::letter_groups;
use crate::error::Result;
use crate::ids::{EntryId, FiscalYearId, JournalId, PostingId};
use crate::tx::Tx;
use rusqlite::params;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use values::Day;

/// Posts every draft dated up to a day.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostEntries {
    /// The last day, included.
    pub up_to: Day,
}

impl PostEntries {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        let drafts = drafts(tx, "entry.day <= ?1", &self.up_to.to_string())?;
        let posted: Vec<EntryId> = drafts.iter().map(|draft| draft.0).collect();
        post(tx, drafts)?;
        Ok(Outcome::Entries(posted))
    }
}

/// A draft to post, with what its number is counted in.
pub(super) type Draft = (EntryId, JournalId, FiscalYearId);

/// Drafts that meet a condition on `?1`: opening entries first, then by day, in order of writing.
pub(super) fn drafts(tx: &Tx<'_>, condition: &str, value: &str) -> Result<Vec<Draft>> {
    tx.all(
        &format!(
            "SELECT entry.id, journal, fiscal_year FROM entry
             JOIN journal ON journal.id = entry.journal
             WHERE posted_seq IS NULL AND ({condition})
             ORDER BY journal.code <> 'AN', entry.day, entry.id"
        ),
        [value],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// Numbers and freezes drafts, in the order given, and letters what is settled by them.
pub(super) fn post(tx: &Tx<'_>, drafts: Vec<Draft>) -> Result<()> {
    let mut last: HashMap<(JournalId, FiscalYearId), i64> = HashMap::new();
    let mut touched: Vec<PostingId> = Vec::new();
    tx.expect(drafts.len() as u64);
    for (entry, journal, year) in drafts {
        let number = match last.get(&(journal, year)) {
            Some(number) => number + 1,
            None => tx
                .first(
                    "SELECT coalesce(max(number), 0) + 1 FROM entry
                     WHERE journal = ?1 AND fiscal_year = ?2",
                    params![journal, year],
                    |row| row.get(0),
                )?
                .unwrap_or(1),
        };
        last.insert((journal, year), number);
        tx.write(
            "UPDATE entry SET number = ?2, posted_seq = ?3 WHERE id = ?1",
            params![entry, number, tx.seq],
        )?;
        touched.extend(tx.all(
            "SELECT posting.id FROM posting JOIN account ON account.id = posting.account
             WHERE entry = ?1 AND collective = 1",
            [entry],
            |row| row.get::<_, PostingId>(0),
        )?);
        tx.pause()?;
    }
    letter_groups(tx, &touched)
}
