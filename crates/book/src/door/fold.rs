//! The one fold over a command's changesets: what was touched, and the kept sums brought up to
//! date.
//!
//! Execute, undo and replay all end here, so the sums cannot part. It also refuses a row added to
//! an entry that was posted before: triggers guard updates and deletes, the fold guards inserts.

mod sums;

pub(crate) use sums::verify_sums;

use crate::error::{Code, Error, Result};
use crate::history::absorb;
use crate::schema;
use rusqlite::Connection;
use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator;
use rusqlite::hooks::Action;
use rusqlite::session::{ChangesetItem, ChangesetIter};
use rusqlite::types::ValueRef;
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashMap};
use std::io::Read;

/// Where the columns that the fold reads stand in their tables; a test holds them to the schema.
mod column {
    pub(super) const ID: usize = 0;
    pub(super) const ENTRY_POSTED_SEQ: usize = 10;
    pub(super) const POSTING_ENTRY: usize = 1;
    pub(super) const POSTING_ACCOUNT: usize = 3;
    pub(super) const POSTING_AMOUNT: usize = 6;
    pub(super) const TAX_ITEM_ENTRY: usize = 1;
    pub(super) const TAX_ITEM_MOVES: usize = 9;
    pub(super) const CLEARING_ITEM: usize = 1;
    pub(super) const CLEARING_PAYMENT: usize = 2;
    pub(super) const CLEARING_AMOUNT: usize = 3;
    pub(super) const MATCH_LINE: usize = 1;
    pub(super) const MATCH_ENTRY: usize = 2;
    pub(super) const LINE_BANK_ACCOUNT: usize = 1;
    pub(super) const LINE_DAY: usize = 2;
    pub(super) const LINE_AMOUNT: usize = 3;
    pub(super) const LINE_STATE: usize = 16;
    pub(super) const LINE_DISMISSED: usize = 17;
    pub(super) const LINE_SINCE: usize = 18;

    #[cfg(test)]
    pub(super) const ALL: &[(&str, &str, usize)] = &[
        ("entry", "posted_seq", ENTRY_POSTED_SEQ),
        ("posting", "entry", POSTING_ENTRY),
        ("posting", "account", POSTING_ACCOUNT),
        ("posting", "amount_minor", POSTING_AMOUNT),
        ("tax_item", "entry", TAX_ITEM_ENTRY),
        ("tax_item", "moves", TAX_ITEM_MOVES),
        ("clearing", "item", CLEARING_ITEM),
        ("clearing", "payment", CLEARING_PAYMENT),
        ("clearing", "amount_minor", CLEARING_AMOUNT),
        ("match", "line", MATCH_LINE),
        ("match", "entry", MATCH_ENTRY),
        ("line", "bank_account", LINE_BANK_ACCOUNT),
        ("line", "day", LINE_DAY),
        ("line", "amount_minor", LINE_AMOUNT),
        ("line", "state", LINE_STATE),
        ("line", "dismissed", LINE_DISMISSED),
        ("line", "since", LINE_SINCE),
    ];
}

/// Bank account and day: the key of a sum of bank lines.
pub(crate) type LineKey = (i64, [u8; 10]);

/// What the changesets of one command touched.
pub(crate) struct Changes {
    parts: Vec<Vec<u8>>,
    hasher: Sha256,
    tables: BTreeSet<&'static str>,
    /// Entries whose rows, lines, items or matches changed, with repeats.
    pub(crate) entries: Vec<i64>,
    /// Entries that were not posted before this command and are now.
    pub(crate) posted: BTreeSet<i64>,
    /// Entries that got a line or an item since the last part began.
    added_to: BTreeSet<i64>,
    /// Lines added on collective accounts: posting, amount.
    postings_added: Vec<(i64, i64)>,
    postings_removed: Vec<i64>,
    /// Ties: item, payment, amount; negative when the tie was removed.
    pub(crate) ties: Vec<(i64, i64, i64)>,
    /// Sums of bank lines added as `here`, by their earliest read: count, sum.
    lines_added: HashMap<LineKey, HashMap<String, (i64, i64)>>,
    /// Days whose sums of bank lines are recounted.
    lines_changed: BTreeSet<LineKey>,
    /// Bank lines that are new and wait.
    lines_new: Vec<i64>,
    /// Bank lines that may have begun or ceased to wait.
    lines_touched: BTreeSet<i64>,
    /// Waiting items, or items that move them, which changed.
    pub(crate) waiting: BTreeSet<i64>,
    /// Fiscal years that changed.
    pub(crate) fiscal_years: bool,
    /// Invoices that changed.
    pub(crate) invoices: BTreeSet<i64>,
    collective: HashMap<i64, bool>,
}

impl Changes {
    pub(super) fn new(hasher: Sha256) -> Changes {
        Changes {
            parts: Vec::new(),
            hasher,
            tables: BTreeSet::new(),
            entries: Vec::new(),
            posted: BTreeSet::new(),
            added_to: BTreeSet::new(),
            postings_added: Vec::new(),
            postings_removed: Vec::new(),
            ties: Vec::new(),
            lines_added: HashMap::new(),
            lines_changed: BTreeSet::new(),
            lines_new: Vec::new(),
            lines_touched: BTreeSet::new(),
            waiting: BTreeSet::new(),
            fiscal_years: false,
            invoices: BTreeSet::new(),
            collective: HashMap::new(),
        }
    }

    /// Whether nothing changed at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The recorded tables that changed.
    pub(crate) fn tables(&self) -> Vec<&'static str> {
        self.tables.iter().copied().collect()
    }

    /// The record's hash and its packed changesets.
    pub(crate) fn into_hash_and_parts(self) -> (Vec<u8>, Vec<Vec<u8>>) {
        (self.hasher.finalize().to_vec(), self.parts)
    }

    pub(super) fn push_part(&mut self, changeset: &[u8], packed: Vec<u8>) {
        absorb(&mut self.hasher, changeset);
        self.parts.push(packed);
    }

    /// Goes once over a part's changeset.
    pub(super) fn take_part(&mut self, connection: &Connection, changeset: &[u8]) -> Result<()> {
        let mut input: &[u8] = changeset;
        let input: &mut dyn Read = &mut input;
        let mut items = ChangesetIter::start_strm(&input)?;
        let posted_before = self.posted.clone();
        self.added_to.clear();
        while let Some(item) = items.next()? {
            self.take_item(connection, item)?;
        }
        let mut is_posted =
            connection.prepare_cached("SELECT posted_seq IS NOT NULL FROM entry WHERE id = ?1")?;
        for entry in &self.added_to {
            let new = self.posted.contains(entry) && !posted_before.contains(entry);
            if !new && is_posted.query_row([entry], |row| row.get::<_, bool>(0))? {
                return Err(Error::refused(Code::Posted, &[("entry", entry)]));
            }
        }
        Ok(())
    }

    fn take_item(&mut self, connection: &Connection, item: &ChangesetItem) -> Result<()> {
        let operation = item.op()?;
        let code = operation.code();
        let Some(table) = schema::RECORDED.iter().find(|name| **name == operation.table_name())
        else {
            return Err(Error::Damaged("a changeset names an unknown table".to_owned()));
        };
        self.tables.insert(table);
        match *table {
            "entry" => self.take_entry(item, code),
            "posting" => self.take_posting(connection, item, code),
            "tax_item" => self.take_tax_item(item, code),
            "clearing" => self.take_tie(item, code),
            "match" => self.take_match(connection, item, code),
            "line" => self.take_line(connection, item, code),
            "fiscal_year" => {
                self.fiscal_years = true;
                Ok(())
            }
            "invoice" => {
                self.invoices.insert(key(item, code)?);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn take_entry(&mut self, item: &ChangesetItem, code: Action) -> Result<()> {
        let id = key(item, code)?;
        self.entries.push(id);
        let posted = code != Action::SQLITE_DELETE
            && matches!(item.new_value(column::ENTRY_POSTED_SEQ), Ok(ValueRef::Integer(_)));
        if posted {
            self.posted.insert(id);
        }
        Ok(())
    }

    fn take_posting(
        &mut self,
        connection: &Connection,
        item: &ChangesetItem,
        code: Action,
    ) -> Result<()> {
        let id = key(item, code)?;
        let (Some(entry), Some(account), Some(amount)) = (
            integer(item, code, column::POSTING_ENTRY),
            integer(item, code, column::POSTING_ACCOUNT),
            integer(item, code, column::POSTING_AMOUNT),
        ) else {
            return Err(Error::Damaged(format!("the line {id} of an entry was changed in place")));
        };
        self.entries.push(entry);
        if code == Action::SQLITE_INSERT {
            self.added_to.insert(entry);
        }
        // What goes away may take its account along: a sum that was not kept is not missed.
        if code != Action::SQLITE_INSERT {
            self.postings_removed.push(id);
        } else if self.is_collective(connection, account)? {
            self.postings_added.push((id, amount));
        }
        Ok(())
    }

    fn is_collective(&mut self, connection: &Connection, account: i64) -> Result<bool> {
        if let Some(known) = self.collective.get(&account) {
            return Ok(*known);
        }
        let known = connection
            .prepare_cached("SELECT collective FROM account WHERE id = ?1")?
            .query_row([account], |row| row.get(0))?;
        self.collective.insert(account, known);
        Ok(known)
    }

    fn take_tax_item(&mut self, item: &ChangesetItem, code: Action) -> Result<()> {
        let id = key(item, code)?;
        let Some(entry) = integer(item, code, column::TAX_ITEM_ENTRY) else {
            return Err(Error::Damaged(format!("the tax item {id} was changed in place")));
        };
        self.entries.push(entry);
        self.waiting.insert(integer(item, code, column::TAX_ITEM_MOVES).unwrap_or(id));
        if code == Action::SQLITE_INSERT {
            self.added_to.insert(entry);
        }
        Ok(())
    }

    /// Only the letter of a tie is ever updated.
    fn take_tie(&mut self, item: &ChangesetItem, code: Action) -> Result<()> {
        let (Some(claim), Some(payment), Some(amount)) = (
            integer(item, code, column::CLEARING_ITEM),
            integer(item, code, column::CLEARING_PAYMENT),
            integer(item, code, column::CLEARING_AMOUNT),
        ) else {
            return Ok(());
        };
        let signed = if code == Action::SQLITE_INSERT { amount } else { -amount };
        self.ties.push((claim, payment, signed));
        Ok(())
    }

    fn take_match(
        &mut self,
        connection: &Connection,
        item: &ChangesetItem,
        code: Action,
    ) -> Result<()> {
        if let Some(entry) = integer(item, code, column::MATCH_ENTRY) {
            self.entries.push(entry);
        }
        let line = match integer(item, code, column::MATCH_LINE) {
            Some(line) => line,
            // Of an update only what changed is told: whether it was released.
            None => connection
                .prepare_cached("SELECT line FROM \"match\" WHERE id = ?1")?
                .query_row([key(item, code)?], |row| row.get(0))?,
        };
        self.lines_touched.insert(line);
        Ok(())
    }

    fn take_line(
        &mut self,
        connection: &Connection,
        item: &ChangesetItem,
        code: Action,
    ) -> Result<()> {
        let id = key(item, code)?;
        if code == Action::SQLITE_UPDATE {
            self.lines_touched.insert(id);
            let (account, day) = connection
                .prepare_cached("SELECT bank_account, day FROM line WHERE id = ?1")?
                .query_row([id], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
            self.lines_changed.insert((account, day_key(day.as_bytes())?));
            return Ok(());
        }
        let value = |at| {
            if code == Action::SQLITE_INSERT { item.new_value(at) } else { item.old_value(at) }
        };
        let (Some(account), Some(amount)) = (
            integer(item, code, column::LINE_BANK_ACCOUNT),
            integer(item, code, column::LINE_AMOUNT),
        ) else {
            return Err(Error::Damaged("a bank line without account or amount".to_owned()));
        };
        let (ValueRef::Text(day), ValueRef::Text(state), Ok(since)) = (
            value(column::LINE_DAY)?,
            value(column::LINE_STATE)?,
            value(column::LINE_SINCE)?.as_str(),
        ) else {
            return Err(Error::Damaged("a bank line without day or state".to_owned()));
        };
        let key = (account, day_key(day)?);
        if code == Action::SQLITE_INSERT && state == b"here" {
            match value(column::LINE_DISMISSED)? {
                ValueRef::Null => self.lines_new.push(id),
                _ => drop(self.lines_touched.insert(id)),
            }
            let sums = self.lines_added.entry(key).or_default();
            match sums.get_mut(since) {
                Some(sum) => *sum = (sum.0 + 1, sum.1 + amount),
                None => drop(sums.insert(since.to_owned(), (1, amount))),
            }
        } else {
            self.lines_touched.insert(id);
            self.lines_changed.insert(key);
        }
        Ok(())
    }
}

fn day_key(day: &[u8]) -> Result<[u8; 10]> {
    day.try_into().map_err(|_| Error::Damaged("a day of another form than YYYY-MM-DD".to_owned()))
}

/// The id of the row.
fn key(item: &ChangesetItem, code: Action) -> Result<i64> {
    let value = if code == Action::SQLITE_INSERT {
        item.new_value(column::ID)?
    } else {
        item.old_value(column::ID)?
    };
    Ok(value.as_i64().map_err(rusqlite::Error::from)?)
}

/// An integer column of the row as it is after an insert or was before a delete; of an update only
/// what changed, as it is now.
fn integer(item: &ChangesetItem, code: Action, column: usize) -> Option<i64> {
    let value =
        if code == Action::SQLITE_DELETE { item.old_value(column) } else { item.new_value(column) };
    match value {
        Ok(ValueRef::Integer(number)) => Some(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::column;

    #[test]
    fn columns_stand_where_the_fold_reads_them() {
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        crate::schema::create(&connection).unwrap();
        for (table, name, place) in column::ALL {
            let found: i64 = connection
                .query_row(
                    "SELECT cid FROM pragma_table_info(?1) WHERE name = ?2",
                    [table, name],
                    |row| row.get(0),
                )
                .unwrap();
            assert_eq!(found, *place as i64, "{table}.{name}");
        }
    }
}
