//! One record of the history, and the rows that it changed.

use super::{Called, RecordView, Seen};
use crate::app::App;
use crate::host::Progress;
use book::read::RowFate;
use serde::{Deserialize, Serialize};
use std::path::Path;
use ts_rs::TS;

/// A record by its number.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct RecordRef {
    /// The number.
    pub seq: i64,
}

/// A record and what it changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RecordChanges {
    /// The record.
    pub record: RecordView,
    /// The first rows that it changed.
    pub changes: Vec<ChangeView>,
    /// How many more rows it changed.
    pub more: u64,
}

/// A row that a record changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ChangeView {
    /// The table.
    pub table: String,
    /// The row's id.
    pub key: String,
    /// What became of it.
    #[ts(type = "\"added\" | \"changed\" | \"removed\"")]
    pub kind: &'static str,
    /// Its fields; of a changed row only those that changed.
    pub fields: Vec<FieldView>,
}

/// A field of a row, as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FieldView {
    /// The column.
    pub name: String,
    /// Before; none if the row was added, or if it was empty.
    pub before: Option<String>,
    /// After; none if the row was removed, or if it is empty.
    pub after: Option<String>,
}

/// The most rows shown of a record.
const MOST_CHANGES: usize = 200;

impl App {
    /// A record and the rows that it changed.
    pub fn record(
        &self,
        book: &Path,
        request: RecordRef,
        _: &dyn Progress,
    ) -> Called<RecordChanges> {
        let explain = |why: book::Error| self.failed(&why);
        let reader = self.reader(book)?;
        let record = reader.record(request.seq).map_err(explain)?;
        let shown = request.seq.to_string();
        let record = record.ok_or_else(|| self.own("no-record", &[("seq", &shown)]))?;
        let (changes, more) = reader.changes(request.seq, MOST_CHANGES).map_err(explain)?;
        let changes = changes
            .into_iter()
            .map(|change| ChangeView {
                table: change.table,
                key: change.id.to_string(),
                kind: match change.fate {
                    RowFate::Added => "added",
                    RowFate::Changed => "changed",
                    RowFate::Removed => "removed",
                },
                fields: change
                    .fields
                    .into_iter()
                    .map(|(name, before, after)| FieldView { name, before, after })
                    .collect(),
            })
            .collect();
        let value = RecordChanges { record: self.record_view(record), changes, more };
        Ok(Seen::at(reader.seq(), value))
    }
}
