//! The lines of one account by day and id, forward or from the end, as they are read.

use super::Reader;
use crate::error::Result;
use crate::ids::{AccountId, CounterpartyId, EntryId, JournalId, PostingId};
use rusqlite::{Row, params};
use std::ops::ControlFlow;
use values::Day;

/// A line with what its entry says, lent for as long as it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LedgerLine<'row> {
    /// The line.
    pub posting: PostingId,
    /// Its entry.
    pub entry: EntryId,
    /// Its entry's journal.
    pub journal: JournalId,
    /// The entry's day, `YYYY-MM-DD`.
    pub day: &'row str,
    /// Number in its journal and fiscal year; none for drafts and history.
    pub number: Option<i64>,
    /// The former software's own number.
    pub former_number: Option<&'row str>,
    /// The entry's label.
    pub label: &'row str,
    /// The line's own label, or nothing.
    pub line_label: &'row str,
    /// The document's number.
    pub document_reference: &'row str,
    /// The counterparty.
    pub counterparty: Option<CounterpartyId>,
    /// The counterparty's code.
    pub counterparty_code: Option<&'row str>,
    /// Minor units; debit positive.
    pub amount_minor: i64,
    /// Whether its entry may still change.
    pub is_draft: bool,
}

/// Where a ledger begins after.
pub type LedgerKey = (Day, PostingId);

macro_rules! lines {
    ($after:literal, $order:literal) => {
        concat!(
            "SELECT posting.id, entry.id, journal, entry.day, number, former_number, entry.label,
               posting.label, document_reference, posting.counterparty, counterparty.code,
               posting.amount_minor, posted_seq IS NULL
             FROM (SELECT id FROM posting INDEXED BY posting_account
               WHERE account = ?1 AND day BETWEEN ?2 AND ?3 ",
            $after,
            $order,
            " LIMIT -1) AS place
             CROSS JOIN posting ON posting.id = place.id
             CROSS JOIN entry ON entry.id = posting.entry
             LEFT JOIN counterparty ON counterparty.id = posting.counterparty
             WHERE (?4 OR posted_seq IS NOT NULL)"
        )
    };
}

// The index alone gives the order, where only ids of one day are sorted; what a line says is read
// after that. The joins keep to the order written, so the rows come out in the order of `place`.
pub(super) const FORWARD: &str = lines!("AND (day > ?2 OR id > ?5)", " ORDER BY day, id");
pub(super) const BACKWARD: &str = lines!("", "ORDER BY day DESC, id DESC");

fn line<'row>(row: &'row Row<'_>) -> rusqlite::Result<LedgerLine<'row>> {
    Ok(LedgerLine {
        posting: row.get(0)?,
        entry: row.get(1)?,
        journal: row.get(2)?,
        day: row.get_ref(3)?.as_str()?,
        number: row.get(4)?,
        former_number: row.get_ref(5)?.as_str_or_null()?,
        label: row.get_ref(6)?.as_str()?,
        line_label: row.get_ref(7)?.as_str()?,
        document_reference: row.get_ref(8)?.as_str()?,
        counterparty: row.get(9)?,
        counterparty_code: row.get_ref(10)?.as_str_or_null()?,
        amount_minor: row.get(11)?,
        is_draft: row.get(12)?,
    })
}

impl Reader {
    /// Lends the lines of an account from the first to the last day, by day and id, after a key if
    /// one is given, until `each` breaks off.
    pub fn ledger(
        &self,
        account: AccountId,
        (first, last): (Day, Day),
        after: Option<LedgerKey>,
        drafts: bool,
        mut each: impl FnMut(&LedgerLine<'_>) -> ControlFlow<()>,
    ) -> Result<()> {
        let (first, id) = match after {
            Some((day, id)) if day >= first => (day, id),
            _ => (first, PostingId(0)),
        };
        let mut statement = self.connection.prepare_cached(FORWARD)?;
        let (first, last) = (first.to_string(), last.to_string());
        let mut rows = statement.query(params![account, first, last, drafts, id])?;
        while let Some(row) = rows.next()? {
            if each(&line(row)?).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Lends the lines of an account from its last one backward, until `each` breaks off.
    pub fn ledger_from_end(
        &self,
        account: AccountId,
        (first, last): (Day, Day),
        drafts: bool,
        mut each: impl FnMut(&LedgerLine<'_>) -> ControlFlow<()>,
    ) -> Result<()> {
        let mut statement = self.connection.prepare_cached(BACKWARD)?;
        let (first, last) = (first.to_string(), last.to_string());
        let mut rows = statement.query(params![account, first, last, drafts])?;
        while let Some(row) = rows.next()? {
            if each(&line(row)?).is_break() {
                break;
            }
        }
        Ok(())
    }
}
