//! Applying changesets, for replay and undo: the only conflict callback there is.

use crate::error::{Code, Error, Result};
use rusqlite::Connection;
use rusqlite::session::{ChangesetItem, ConflictAction, ConflictType, invert_strm};

/// Applies a changeset whole or not at all. Its hash must have been checked: SQLite applies half of
/// a damaged one without complaint.
pub(crate) fn apply(connection: &Connection, changeset: &[u8]) -> Result<()> {
    let mut input: &[u8] = changeset;
    let applied = connection.apply_strm(&mut input, None::<fn(&str) -> bool>, refuse);
    applied.map_err(|why| match Error::from(why) {
        Error::Database(_) => Error::refused(Code::UndoConflict, &[]),
        other => other,
    })
}

/// Applies the inverse of a changeset.
pub(crate) fn apply_inverse(connection: &Connection, changeset: &[u8]) -> Result<()> {
    let (mut input, mut inverse): (&[u8], Vec<u8>) = (changeset, Vec::new());
    invert_strm(&mut input, &mut inverse)?;
    apply(connection, &inverse)
}

/// Any conflict stops all. The item is never looked at: for a foreign-key conflict SQLite passes an
/// iterator whose `op` and `pk` are not there.
fn refuse(_: ConflictType, _: &ChangesetItem) -> ConflictAction {
    ConflictAction::SQLITE_CHANGESET_ABORT
}
