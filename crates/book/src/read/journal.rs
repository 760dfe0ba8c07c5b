//! All entries in the order of the journal, line by line, as they are read.

use super::Reader;
use crate::error::Result;
use crate::ids::{AccountId, EntryId, FiscalYearId, JournalId};
use rusqlite::{Row, params};
use std::ops::ControlFlow;
use values::Day;

/// A journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journal {
    /// Its id.
    pub id: JournalId,
    /// Its code: AN, VE, AC, BQ1, OD; a former software's may be any.
    pub code: String,
    /// Whether it is a former software's.
    pub former: bool,
    /// The name people see.
    pub name: String,
}

/// A line with its entry, lent for as long as it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JournalLine<'row> {
    /// The entry.
    pub entry: EntryId,
    /// Its journal.
    pub journal: JournalId,
    /// Its day, `YYYY-MM-DD`.
    pub day: &'row str,
    /// Number in its journal and fiscal year; none for drafts and history.
    pub number: Option<i64>,
    /// The former software's own number.
    pub former_number: Option<&'row str>,
    /// The entry's label.
    pub label: &'row str,
    /// The document's number.
    pub document_reference: &'row str,
    /// The document's day, `YYYY-MM-DD`.
    pub document_day: &'row str,
    /// Whether the entry may still change.
    pub is_draft: bool,
    /// The line's account.
    pub account: AccountId,
    /// The line's counterparty's code.
    pub counterparty_code: Option<&'row str>,
    /// Minor units; debit positive.
    pub amount_minor: i64,
    /// The line's own label, or nothing.
    pub line_label: &'row str,
}

/// Day by day; journal AN first, drafts last, within a day.
pub(super) const HEADS: &str = "
 SELECT entry.id, journal, entry.day, number, former_number, label, document_reference,
   document_day, posted_seq IS NULL
 FROM entry INDEXED BY entry_fiscal_year CROSS JOIN journal ON journal.id = entry.journal
 WHERE fiscal_year = ?1 AND entry.day BETWEEN ?2 AND ?3 AND (?4 OR posted_seq IS NOT NULL)
 ORDER BY entry.day, journal.code <> 'AN', journal.code, number IS NULL, number, entry.id";

pub(super) const LINES: &str = "
 SELECT account, counterparty.code, amount_minor, label
 FROM posting LEFT JOIN counterparty ON counterparty.id = posting.counterparty
 WHERE entry = ?1 ORDER BY place";

fn head<'row>(row: &'row Row<'_>) -> rusqlite::Result<JournalLine<'row>> {
    Ok(JournalLine {
        entry: row.get(0)?,
        journal: row.get(1)?,
        day: row.get_ref(2)?.as_str()?,
        number: row.get(3)?,
        former_number: row.get_ref(4)?.as_str_or_null()?,
        label: row.get_ref(5)?.as_str()?,
        document_reference: row.get_ref(6)?.as_str()?,
        document_day: row.get_ref(7)?.as_str()?,
        is_draft: row.get(8)?,
        account: AccountId(0),
        counterparty_code: None,
        amount_minor: 0,
        line_label: "",
    })
}

/// The line of an entry's head and a row of [`LINES`].
fn line<'row>(head: JournalLine<'row>, row: &'row Row<'_>) -> rusqlite::Result<JournalLine<'row>> {
    Ok(JournalLine {
        account: row.get(0)?,
        counterparty_code: row.get_ref(1)?.as_str_or_null()?,
        amount_minor: row.get(2)?,
        line_label: row.get_ref(3)?.as_str()?,
        ..head
    })
}

impl Reader {
    /// Every journal, by code.
    pub fn journals(&self) -> Result<Vec<Journal>> {
        self.all("SELECT id, code, former, name FROM journal ORDER BY code, former", [], |row| {
            Ok(Journal {
                id: row.get(0)?,
                code: row.get(1)?,
                former: row.get(2)?,
                name: row.get(3)?,
            })
        })
    }

    /// Lends the lines of a fiscal year's entries from the first to the last day, in the order of
    /// the journal, until `each` breaks off. The lines of an entry follow each other.
    pub fn journal(
        &self,
        year: FiscalYearId,
        (first, last): (Day, Day),
        drafts: bool,
        mut each: impl FnMut(&JournalLine<'_>) -> ControlFlow<()>,
    ) -> Result<()> {
        let mut heads = self.connection.prepare_cached(HEADS)?;
        let mut lines = self.connection.prepare_cached(LINES)?;
        let mut entries =
            heads.query(params![year, first.to_string(), last.to_string(), drafts])?;
        while let Some(entry) = entries.next()? {
            let head = head(entry)?;
            let mut rows = lines.query([head.entry])?;
            while let Some(row) = rows.next()? {
                if each(&line(head, row)?).is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}
