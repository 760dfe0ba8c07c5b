//! A file of bank statements read into the book: nothing twice, nothing lost, nothing overwritten.
//!
//! Each statement of the file is a window. `statement::identity` decides which of its lines are
//! known; this command turns the decisions into rows.

mod account;
mod rows;

use super::Outcome;
use crate::error::{Error, Result};
use crate::feeds::PendingLine;
use crate::ids::BankAccountId;
use crate::read;
use crate::tx::Tx;
use serde::{Deserialize, Serialize};
use statement::identity::{Around, Decisions, State, Window, decide};
use statement::proof::prove;
use statement::{Format, Reading, Remark, Statement};
use std::collections::BTreeSet;
use values::Day;

/// Reads a file, kept as a blob, into the book.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportStatement {
    /// Hash of the file.
    pub blob: String,
    /// Size of the file in bytes.
    pub blob_size: i64,
    /// Its name, for detection and for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_name: Option<String>,
    /// The bank account it is of, by ledger account or name, when the file does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
}

/// What a file brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Whether the very same bytes had been read before; then nothing below was looked at again.
    pub same_bytes: bool,
    /// The format's family.
    pub format: Option<Format>,
    /// Its version or dialect.
    pub dialect: String,
    /// The bank, if known.
    pub bank: Option<String>,
    /// What each statement brought, in the file's order.
    pub statements: Vec<ImportedStatement>,
    /// What a person should know of the file.
    pub remarks: Vec<Remark>,
    /// What a bank linked live said besides its lines; nothing for a file.
    pub told: Option<Told>,
}

/// What a bank linked live says of an account besides its booked lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Announced, and not booked yet.
    pub pending: Vec<PendingLine>,
    /// The balance that closes the window, in minor units, if the bank stated one.
    pub closing_minor: Option<i64>,
    /// The last day that the answers speak of.
    pub last_day: Day,
}

/// What one statement of a file brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedStatement {
    /// The bank account.
    pub bank_account: BankAccountId,
    /// Code of its ledger account.
    pub account: String,
    /// First day.
    pub first_day: Day,
    /// Last day.
    pub last_day: Day,
    /// Lines it showed.
    pub lines: u32,
    /// Lines that were new.
    pub new: u32,
    /// Lines marked as gone at the bank.
    pub gone: u32,
    /// New lines held as a question: they are in no total.
    pub held: u32,
    /// Lines whose amount the bank changed.
    pub changed: u32,
    /// New lines that may be known ones of a day that two files share.
    pub doubtful: u32,
}

impl ImportStatement {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        let read = tx.first("SELECT 1 FROM statement WHERE blob = ?1", [&self.blob], |_| Ok(()))?;
        if read.is_some() {
            return Ok(Outcome::Imported(Box::new(Imported {
                same_bytes: true,
                format: None,
                dialect: String::new(),
                bank: None,
                statements: Vec::new(),
                remarks: Vec::new(),
                told: None,
            })));
        }
        let bytes = tx.blob(&self.blob)?;
        let reading = statement::read(&bytes, self.file_name.as_deref(), tx.law.recipes()?)?;
        tx.expect(reading.statements.iter().map(|one| one.lines.len() as u64 * 3).sum());
        let mut statements = Vec::with_capacity(reading.statements.len());
        let mut touched = BTreeSet::new();
        for place in 0..reading.statements.len() {
            statements.push(self.take(tx, &reading, place, &mut touched)?);
            tx.pause()?;
        }
        Ok(Outcome::Imported(Box::new(Imported {
            same_bytes: false,
            format: Some(reading.format),
            dialect: reading.dialect,
            bank: reading.bank,
            statements,
            remarks: reading.remarks,
            told: None,
        })))
    }

    /// `touched`: accounts that an earlier statement of this file wrote to; their kept sums are of
    /// before this command.
    fn take(
        &self,
        tx: &Tx<'_>,
        reading: &Reading<'_>,
        place: usize,
        touched: &mut BTreeSet<BankAccountId>,
    ) -> Result<ImportedStatement> {
        let read = &reading.statements[place];
        let found = account::find(tx, self.account.as_deref(), reading, read)?;
        let source = format!("file {}", reading.format.word());
        let papers = [(self.blob.clone(), self.blob_size)];
        let taken = Taken { source: &source, papers: &papers, keeps_windows: true };
        Ok(taken.write(tx, reading, read, found, touched)?.0)
    }
}

/// What a read is taken from.
pub(super) struct Taken<'a> {
    /// `file ofx`, `connection 3`.
    pub(super) source: &'a str,
    /// Hash and size of each blob, in the order of their bytes.
    pub(super) papers: &'a [(String, i64)],
    /// Whether a window that shows nothing new is written all the same.
    pub(super) keeps_windows: bool,
}

impl Taken<'_> {
    /// Decides which lines are known and writes the rest; tells too whether nothing was written.
    pub(super) fn write(
        &self,
        tx: &Tx<'_>,
        reading: &Reading<'_>,
        read: &Statement<'_>,
        (bank_account, account): (BankAccountId, String),
        touched: &mut BTreeSet<BankAccountId>,
    ) -> Result<(ImportedStatement, bool)> {
        let mut window = Window {
            source: self.source,
            first_day: read.first_day,
            last_day: read.last_day,
            opening_minor: read.opening_minor,
            closing_minor: read.closing_minor,
            as_of: &read.as_of,
        };
        // A read with a line that could not be read says nothing of what it does not show.
        if !reading.shows_every_line() {
            (window.opening_minor, window.closing_minor) = (None, None);
        }
        let windows = read::windows(tx.connection, bank_account)?;
        let around = if windows.is_empty() {
            Around::default()
        } else {
            let sums = if touched.contains(&bank_account) {
                rows::live_sums(tx, bank_account)?
            } else {
                read::book_sums(tx.connection, bank_account)?
            };
            prove(&windows, &sums).around(read.first_day, read.last_day)
        };
        let known = rows::KnownRows::load(tx, bank_account, &window, &windows)?;
        let decisions = known.with(|known| decide(known, &read.lines, &window, &around));
        let writer = rows::Writer {
            tx,
            bank_account,
            window: &window,
            read,
            known: &known,
            decisions: &decisions,
            keeps_windows: self.keeps_windows,
        };
        touched.insert(bank_account);
        let known_whole = writer.write(&windows, &reading.reader, self.papers)?;
        let summary = summary(bank_account, account, &window, read.lines.len(), &decisions);
        Ok((summary, known_whole))
    }
}

fn summary(
    bank_account: BankAccountId,
    account: String,
    window: &Window<'_>,
    lines: usize,
    decisions: &Decisions,
) -> ImportedStatement {
    let held = decisions.new.iter().filter(|new| new.state == State::Held).count();
    let doubtful = decisions.new.iter().filter(|new| new.doubtful).count();
    ImportedStatement {
        bank_account,
        account,
        first_day: window.first_day,
        last_day: window.last_day,
        lines: lines as u32,
        new: decisions.new.len() as u32,
        gone: decisions.gone.len() as u32,
        held: held as u32,
        changed: decisions.changed.len() as u32,
        doubtful: doubtful as u32,
    }
}

/// A sum beyond what is kept exactly is refused before it can be written.
fn sum_of(read: &statement::Statement<'_>) -> Result<i64> {
    read.sum_minor()
        .ok_or_else(|| Error::refused(crate::error::Code::TooLarge, &[("amount", &"2^53")]))
}

#[cfg(test)]
mod tests;
