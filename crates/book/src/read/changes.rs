//! What a record changed, read back from its changesets.

use super::Reader;
use crate::error::{Error, Result};
use crate::{history, schema};
use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator;
use rusqlite::hooks::Action;
use rusqlite::session::{ChangesetItem, ChangesetIter};
use rusqlite::types::ValueRef;
use std::collections::{BTreeMap, HashMap};
use std::io::Read;

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowFate {
    /// It is new.
    Added,
    /// Fields of it are others now.
    Changed,
    /// It is gone.
    Removed,
}

/// A row that a record changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowChange {
    /// Its table.
    pub table: String,
    /// Its id.
    pub id: i64,
    /// What became of it.
    pub fate: RowFate,
    /// Column, before, after; of a changed row only the columns that changed. Where a column names
    /// an account, a journal and the like, its code stands in place of its id.
    pub fields: Vec<(String, Option<String>, Option<String>)>,
}

/// A table's columns, each with the table that it refers to.
type Columns = Vec<(String, Option<String>)>;

/// What was found of one table: its columns, the rows of the lowest ids, how many there are.
struct Found {
    columns: Columns,
    rows: BTreeMap<i64, RowChange>,
    count: u64,
}

impl Found {
    fn of(columns: Columns) -> Found {
        Found { columns, rows: BTreeMap::new(), count: 0 }
    }
}

impl Reader {
    /// The rows that a record changed, at most `limit`, and how many more there are: parents before
    /// children, as the tables stand in the book, by their ids.
    pub fn changes(&self, seq: i64, limit: usize) -> Result<(Vec<RowChange>, u64)> {
        let mut tables: HashMap<String, Found> = HashMap::new();
        for changeset in history::changesets(&self.connection, seq)? {
            let mut input: &[u8] = &changeset;
            let input: &mut dyn Read = &mut input;
            let mut items = ChangesetIter::start_strm(&input)?;
            while let Some(item) = items.next()? {
                let operation = item.op()?;
                let table = operation.table_name();
                if !tables.contains_key(table) {
                    tables.insert(table.to_owned(), Found::of(self.columns(table)?));
                }
                let Some(found) = tables.get_mut(table) else { continue };
                found.count += 1;
                let id = id_of(item)?;
                let above = found.rows.last_key_value().is_some_and(|(last, _)| id > *last);
                if above && found.rows.len() >= limit {
                    continue;
                }
                found.rows.insert(id, self.change(item, id, table, &found.columns)?);
                if found.rows.len() > limit {
                    found.rows.pop_last();
                }
            }
        }
        let total: u64 = tables.values().map(|found| found.count).sum();
        let rows = schema::RECORDED.iter().filter_map(|table| tables.remove(*table));
        let rows: Vec<RowChange> =
            rows.flat_map(|found| found.rows.into_values()).take(limit).collect();
        let more = total.saturating_sub(rows.len() as u64);
        Ok((rows, more))
    }

    fn change(
        &self,
        item: &ChangesetItem,
        id: i64,
        table: &str,
        columns: &Columns,
    ) -> Result<RowChange> {
        let fate = match item.op()?.code() {
            Action::SQLITE_INSERT => RowFate::Added,
            Action::SQLITE_DELETE => RowFate::Removed,
            _ => RowFate::Changed,
        };
        let mut fields = Vec::new();
        for (at, (name, refers)) in columns.iter().enumerate().filter(|(_, (name, _))| name != "id")
        {
            // An error is a side that says nothing of the column, as of one that did not change;
            // a side that the operation does not have is refused too.
            let before = if fate == RowFate::Added { None } else { item.old_value(at).ok() };
            let after = if fate == RowFate::Removed { None } else { item.new_value(at).ok() };
            let before = self.shown(before, refers.as_deref())?;
            let after = self.shown(after, refers.as_deref())?;
            if before.is_some() || after.is_some() {
                fields.push((name.clone(), before, after));
            }
        }
        Ok(RowChange { table: table.to_owned(), id, fate, fields })
    }

    /// A value as text; nothing for an empty one.
    fn shown(&self, value: Option<ValueRef<'_>>, refers: Option<&str>) -> Result<Option<String>> {
        Ok(match value {
            None | Some(ValueRef::Null) => None,
            Some(ValueRef::Integer(number)) => Some(match refers {
                Some(table) => self.code(table, number)?.unwrap_or_else(|| number.to_string()),
                None => number.to_string(),
            }),
            Some(ValueRef::Text(text)) => Some(String::from_utf8_lossy(text).into_owned()),
            Some(ValueRef::Blob(bytes)) => Some(crate::blobs::hex(bytes)),
            Some(ValueRef::Real(number)) => Some(number.to_string()),
        })
    }

    /// The code by which people know a row, if its table gives one and the row is still there.
    fn code(&self, table: &str, id: i64) -> Result<Option<String>> {
        let sql = match table {
            "account" => "SELECT code FROM account WHERE id = ?1",
            "counterparty" => "SELECT code FROM counterparty WHERE id = ?1",
            "currency" => "SELECT code FROM currency WHERE id = ?1",
            "journal" => "SELECT code FROM journal WHERE id = ?1",
            "bank_account" => "SELECT name FROM bank_account WHERE id = ?1",
            _ => return Ok(None),
        };
        self.first(sql, [id], |row| row.get(0))
    }

    fn columns(&self, table: &str) -> Result<Columns> {
        if !schema::RECORDED.contains(&table) {
            return Ok(Vec::new());
        }
        self.all(
            "SELECT name, (SELECT \"table\" FROM pragma_foreign_key_list(?1)
                           WHERE \"from\" = \"column\".name)
             FROM pragma_table_info(?1) AS \"column\" ORDER BY cid",
            [table],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }
}

/// The id of a changed row, the first column of every recorded table.
fn id_of(item: &ChangesetItem) -> Result<i64> {
    let id = match item.op()?.code() {
        Action::SQLITE_INSERT => item.new_value(0)?,
        _ => item.old_value(0)?,
    };
    match id {
        ValueRef::Integer(id) => Ok(id),
        _ => Err(Error::Damaged("a changeset names a row without its id".to_owned())),
    }
}
