//! The one fold over a command's changesets: what was touched, and the kept sums brought up to date.
//!
//! Execute, undo and replay all end here, so the sums cannot part. It also refuses a row added to an
//! entry that was posted before: triggers guard updates and deletes, the fold guards inserts.

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
    /// Waiting items, or items that move them, which changed.
    pub(crate) waiting: BTreeSet<i64>,
    /// Fiscal years that changed.
    pub(crate) fiscal_years: bool,
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
            waiting: BTreeSet::new(),
            fiscal_years: false,
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
        let mut input: &mut dyn Read = &mut input;
        let mut items = ChangesetIter::start_strm(&mut input)?;
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
            "match" => {
                if let Some(entry) = integer(item, code, 2) {
                    self.entries.push(entry);
                }
                Ok(())
            }
            "line" => self.take_line(connection, item, code),
            "fiscal_year" => {
                self.fiscal_years = true;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// entry: id 0, posted_seq 10.
    fn take_entry(&mut self, item: &ChangesetItem, code: Action) -> Result<()> {
        let id = key(item, code)?;
        self.entries.push(id);
        let posted =
            code != Action::SQLITE_DELETE && matches!(item.new_value(10), Ok(ValueRef::Integer(_)));
        if posted {
            self.posted.insert(id);
        }
        Ok(())
    }

    /// posting: id 0, entry 1, account 3, amount_minor 6.
    fn take_posting(
        &mut self,
        connection: &Connection,
        item: &ChangesetItem,
        code: Action,
    ) -> Result<()> {
        let id = key(item, code)?;
        let (Some(entry), Some(account), Some(amount)) =
            (integer(item, code, 1), integer(item, code, 3), integer(item, code, 6))
        else {
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

    /// tax_item: id 0, entry 1, moves 9.
    fn take_tax_item(&mut self, item: &ChangesetItem, code: Action) -> Result<()> {
        let id = key(item, code)?;
        let Some(entry) = integer(item, code, 1) else {
            return Err(Error::Damaged(format!("the tax item {id} was changed in place")));
        };
        self.entries.push(entry);
        self.waiting.insert(integer(item, code, 9).unwrap_or(id));
        if code == Action::SQLITE_INSERT {
            self.added_to.insert(entry);
        }
        Ok(())
    }

    /// clearing: item 1, payment 2, amount_minor 3; only its letter (4) is ever updated.
    fn take_tie(&mut self, item: &ChangesetItem, code: Action) -> Result<()> {
        let (Some(claim), Some(payment), Some(amount)) =
            (integer(item, code, 1), integer(item, code, 2), integer(item, code, 3))
        else {
            return Ok(());
        };
        let signed = if code == Action::SQLITE_INSERT { amount } else { -amount };
        self.ties.push((claim, payment, signed));
        Ok(())
    }

    /// line: id 0, bank_account 1, day 2, amount_minor 3, state 15, since 17.
    fn take_line(
        &mut self,
        connection: &Connection,
        item: &ChangesetItem,
        code: Action,
    ) -> Result<()> {
        if code == Action::SQLITE_UPDATE {
            let id = key(item, code)?;
            let (account, day) = connection
                .prepare_cached("SELECT bank_account, day FROM line WHERE id = ?1")?
                .query_row([id], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
            self.lines_changed.insert((account, day_key(day.as_bytes())?));
            return Ok(());
        }
        let value = |at| {
            if code == Action::SQLITE_INSERT { item.new_value(at) } else { item.old_value(at) }
        };
        let (Some(account), Some(amount)) = (integer(item, code, 1), integer(item, code, 3)) else {
            return Err(Error::Damaged("a bank line without account or amount".to_owned()));
        };
        let (ValueRef::Text(day), ValueRef::Text(state), Ok(since)) =
            (value(2)?, value(15)?, value(17)?.as_str())
        else {
            return Err(Error::Damaged("a bank line without day or state".to_owned()));
        };
        let key = (account, day_key(day)?);
        if code == Action::SQLITE_INSERT && state == b"here" {
            let sums = self.lines_added.entry(key).or_default();
            match sums.get_mut(since) {
                Some(sum) => *sum = (sum.0 + 1, sum.1 + amount),
                None => drop(sums.insert(since.to_owned(), (1, amount))),
            }
        } else {
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
    let value = if code == Action::SQLITE_INSERT { item.new_value(0)? } else { item.old_value(0)? };
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
