//! Entries as drafts: they count in reports, drawn as drafts, and may change or vanish.

use super::Outcome;
use super::entry_rows::{EntryDraft, delete_draft};
use crate::error::{Code, Error, Result};
use crate::ids::EntryId;
use crate::tx::Tx;
use serde::{Deserialize, Serialize};

/// Keeps entries as drafts, all or none.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftEntries {
    /// The entries.
    pub entries: Vec<EntryDraft>,
}

/// Gives a draft another content; its id does not last.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviseDraft {
    /// The draft.
    pub entry: EntryId,
    /// Its new content.
    pub draft: EntryDraft,
}

impl DraftEntries {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        let mut written = Vec::with_capacity(self.entries.len());
        for draft in &self.entries {
            written.push(draft.write(tx)?.0);
            tx.pause()?;
        }
        Ok(Outcome::Entries(written))
    }
}

impl ReviseDraft {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        let from_bank =
            tx.first("SELECT 1 FROM \"match\" WHERE entry = ?1", [self.entry], |_| Ok(()))?;
        if from_bank.is_some() {
            return Err(Error::refused(Code::AlreadyMatched, &[("entry", &self.entry)]));
        }
        delete_draft(tx, self.entry)?;
        Ok(Outcome::Entries(vec![self.draft.write(tx)?.0]))
    }
}
