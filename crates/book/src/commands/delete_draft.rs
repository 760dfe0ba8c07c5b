//! A draft taken away; a bank line it booked is in the inbox again.

use super::Outcome;
use super::entry_rows;
use crate::error::Result;
use crate::ids::EntryId;
use crate::tx::Tx;
use serde::{Deserialize, Serialize};

/// Takes a draft away.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeleteDraft {
    /// The draft.
    pub entry: EntryId,
}

impl DeleteDraft {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        entry_rows::delete_draft(tx, self.entry)?;
        Ok(Outcome::Entries(vec![self.entry]))
    }
}
