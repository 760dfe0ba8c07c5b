//! What a book's history says when its tables were brought to a newer version.

use super::Outcome;
use crate::error::{Code, Error, Result};
use crate::tx::Tx;
use serde::{Deserialize, Serialize};

/// The tables of a book were brought to a newer version. Written by opening a book, never asked.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Migrate {
    /// The version before.
    pub from: i64,
    /// The version since.
    pub to: i64,
}

impl Migrate {
    pub(super) fn apply(self, _: &Tx<'_>) -> Result<Outcome> {
        Err(Error::refused(Code::UnreadableCommand, &[]))
    }
}
