//! The journal as hledger reads it: plain text that any plain-text accounting tool can go on with.
//!
//! Accounts are written as their code and name (`512101 Banque`), so their balances can be held
//! against the trial balance by code. Texts are freed of what hledger would read as its own marks.

use crate::csv::{write_amount, write_digits};
use crate::error::{Error, Result};
use crate::journal::{JournalRow, journal};
use crate::query::Query;
use crate::scope::Scope;
use book::EntryId;
use book::read::Reader;
use std::io::{self, Write};
use std::ops::ControlFlow;

/// How much is gathered before it is handed on.
const GATHERED_BYTES: usize = 64 * 1024;

struct Ledger<'out> {
    out: &'out mut dyn Write,
    gathered: Vec<u8>,
    entry: Option<EntryId>,
    currency: values::Currency,
    scale: u64,
}

/// Writes the journal of a query in hledger's format.
pub fn write_hledger(reader: &Reader, query: &Query, out: &mut dyn Write) -> Result<()> {
    let scope = Scope::of(reader, query)?;
    let currency = reader.facts(scope.last)?.currency;
    let scale = 10u64.pow(currency.exponent().min(18));
    let mut ledger = Ledger { out, gathered: Vec::new(), entry: None, currency, scale };
    ledger.gathered.extend_from_slice(b"decimal-mark .\n");
    let mut failed = None;
    journal(reader, query, |row| match ledger.write(row) {
        Ok(()) => ControlFlow::Continue(()),
        Err(why) => {
            failed = Some(why);
            ControlFlow::Break(())
        }
    })?;
    match failed {
        Some(why) => Err(Error::Write(why)),
        None => ledger.out.write_all(&ledger.gathered).map_err(Error::Write),
    }
}

impl Ledger<'_> {
    fn write(&mut self, row: &JournalRow<'_>) -> io::Result<()> {
        if self.entry != Some(row.line.entry) {
            self.entry = Some(row.line.entry);
            self.write_head(row);
        }
        let into = &mut self.gathered;
        into.extend_from_slice(b"    ");
        write_clean(into, row.account, Place::Account);
        into.push(b' ');
        write_clean(into, row.account_name, Place::Account);
        into.extend_from_slice(b"  ");
        let exponent = self.currency.exponent() as usize;
        write_amount(into, row.line.amount_minor, self.scale, exponent);
        into.push(b' ');
        into.extend_from_slice(self.currency.code().as_bytes());
        let party = row.line.counterparty_code.unwrap_or("");
        if !party.is_empty() || !row.line.line_label.is_empty() {
            into.extend_from_slice(b"  ; ");
            write_clean(into, party, Place::Comment);
            into.push(b' ');
            write_clean(into, row.line.line_label, Place::Comment);
        }
        into.push(b'\n');
        if self.gathered.len() >= GATHERED_BYTES {
            self.out.write_all(&self.gathered)?;
            self.gathered.clear();
        }
        Ok(())
    }

    /// `2026-03-05 * (VE-000001) Pose  ; FA-1`, with an empty code for a draft, so that a label in
    /// brackets is never read as one.
    fn write_head(&mut self, row: &JournalRow<'_>) {
        let (into, line) = (&mut self.gathered, row.line);
        into.push(b'\n');
        into.extend_from_slice(line.day.as_bytes());
        into.extend_from_slice(if line.is_draft { b" ! (" } else { b" * (" });
        match line.number {
            Some(number) => {
                write_clean(into, row.journal, Place::Code);
                into.push(b'-');
                write_digits(into, number.unsigned_abs(), 6);
            }
            None => write_clean(into, line.former_number.unwrap_or(""), Place::Code),
        }
        into.extend_from_slice(b") ");
        write_clean(into, line.label, Place::Description);
        into.extend_from_slice(b"  ; ");
        write_clean(into, line.document_reference, Place::Comment);
        into.push(b'\n');
    }
}

#[derive(Clone, Copy)]
enum Place {
    Account,
    Code,
    Description,
    Comment,
}

/// Writes a text without what ends it or means something to hledger in that place: line ends,
/// double spaces, `;`, brackets that would be a code or a date, a colon that would be a tag.
fn write_clean(into: &mut Vec<u8>, text: &str, place: Place) {
    let mut was_space = true;
    for letter in text.chars() {
        let letter = match (place, letter) {
            (_, letter) if letter.is_whitespace() || letter.is_control() => ' ',
            (Place::Account, ':') | (Place::Account | Place::Description, ';') => '-',
            (Place::Account | Place::Code, '(' | ')') => '-',
            (Place::Account, '[' | ']' | '*' | '!' | '"' | '=') => '-',
            (Place::Description, '|') => '-',
            (Place::Comment, '[') => '(',
            (Place::Comment, ']') => ')',
            (Place::Comment, ':') => '-',
            (_, letter) => letter,
        };
        if letter == ' ' && was_space {
            continue;
        }
        was_space = letter == ' ';
        let mut bytes = [0; 4];
        into.extend_from_slice(letter.encode_utf8(&mut bytes).as_bytes());
    }
}
