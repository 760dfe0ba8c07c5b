//! Returns that were made.

use super::{Reader, day, day_or_none};
use crate::error::Result;
use crate::ids::{EntryId, ReturnId, TaxItemId};
use rusqlite::params;
use values::Day;

/// A made return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeReturn {
    /// Its id.
    pub id: ReturnId,
    /// The form.
    pub form: String,
    /// First day of its period.
    pub first_day: Day,
    /// Last day of its period.
    pub last_day: Day,
    /// Name and version of its pack.
    pub pack: String,
    /// Hash of the pack's bytes.
    pub pack_blob: String,
    /// Answers given, as JSON.
    pub answers: String,
    /// Boxes and values, as JSON.
    pub boxes: String,
    /// The record that made it.
    pub made_seq: i64,
    /// Its settlement entry.
    pub settlement: Option<EntryId>,
    /// The day it was filed.
    pub filed_day: Option<Day>,
}

impl Reader {
    /// Returns of a form that stand, oldest first.
    pub fn returns(&self, form: &str) -> Result<Vec<MadeReturn>> {
        self.all(
            "SELECT id, form, first_day, last_day, pack, pack_blob, answers, boxes, made_seq,
               settlement, filed_day
             FROM tax_return WHERE form = ?1 AND withdrawn = 0 ORDER BY first_day",
            params![form],
            |row| {
                Ok(MadeReturn {
                    id: row.get(0)?,
                    form: row.get(1)?,
                    first_day: day(row, 2)?,
                    last_day: day(row, 3)?,
                    pack: row.get(4)?,
                    pack_blob: row.get(5)?,
                    answers: row.get(6)?,
                    boxes: row.get(7)?,
                    made_seq: row.get(8)?,
                    settlement: row.get(9)?,
                    filed_day: day_or_none(row, 10)?,
                })
            },
        )
    }

    /// The items a return took.
    pub fn items_of_return(&self, id: ReturnId) -> Result<Vec<TaxItemId>> {
        self.all(
            "SELECT tax_item FROM return_item WHERE tax_return = ?1 ORDER BY tax_item",
            [id],
            |row| row.get(0),
        )
    }
}
