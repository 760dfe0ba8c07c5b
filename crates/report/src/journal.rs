//! The journal: every entry in order of day, then journal AN first, journal, number.

use crate::csv::Table;
use crate::error::{Error, Result};
use crate::figure::opening_journals;
use crate::query::Query;
use crate::scope::Scope;
use book::read::{EntriesAsked, JournalLine, Reader};
use std::collections::HashMap;
use std::io;
use std::ops::ControlFlow;
use values::Day;

/// A line of the journal with the words for its ids.
pub struct JournalRow<'row> {
    /// The line and its entry.
    pub line: &'row JournalLine<'row>,
    /// Code of its journal.
    pub journal: &'row str,
    /// Code of its account.
    pub account: &'row str,
    /// Name of its account.
    pub account_name: &'row str,
}

/// Lends each line of the journal, entry by entry, until `each` breaks off.
///
/// An account of the query lets only its own lines through.
pub fn journal(
    reader: &Reader,
    query: &Query,
    mut each: impl FnMut(&JournalRow<'_>) -> ControlFlow<()>,
) -> Result<()> {
    let scope = Scope::of(reader, query)?;
    let opening = opening_journals(reader)?;
    let journals: HashMap<i64, String> =
        reader.journals()?.into_iter().map(|one| (one.id.0, one.code)).collect();
    let accounts: HashMap<i64, (String, String)> =
        reader.accounts()?.into_iter().map(|one| (one.id.0, (one.code, one.name))).collect();
    let unknown = (String::new(), String::new());
    let prefix = query.account.as_deref().unwrap_or("");
    for year in &scope.years {
        let days = (year.first_day.max(scope.first), year.last_day.min(scope.last));
        if days.0 > days.1 {
            continue;
        }
        let is_later = year.first_day > scope.year.1;
        let mut broken = ControlFlow::Continue(());
        reader.journal(year.id, days, scope.drafts, |line| {
            let (account, account_name) = accounts.get(&line.account.0).unwrap_or(&unknown);
            let left_out = is_later && opening.contains(&line.journal);
            if left_out || !account.starts_with(prefix) {
                return ControlFlow::Continue(());
            }
            let journal = journals.get(&line.journal.0).map_or("", String::as_str);
            broken = each(&JournalRow { line, journal, account, account_name });
            broken
        })?;
        if broken.is_break() {
            break;
        }
    }
    Ok(())
}

/// How many entries the journal of a query has on each day that has any, oldest first.
pub fn journal_days(reader: &Reader, query: &Query) -> Result<Vec<(Day, u64)>> {
    let scope = Scope::of(reader, query)?;
    let mut days = Vec::new();
    for year in &scope.years {
        let (first, last) = (year.first_day.max(scope.first), year.last_day.min(scope.last));
        if first > last {
            continue;
        }
        days.extend(reader.entry_days(EntriesAsked {
            year: year.id,
            first,
            last,
            drafts: scope.drafts,
            opening: year.first_day <= scope.year.1,
            prefix: query.account.as_deref().unwrap_or(""),
        })?);
    }
    Ok(days)
}

/// Writes the journal, one row a line: `entry,day,journal,number,reference,document_day,label,
/// account,account_name,counterparty,debit,credit,state`.
pub fn write_journal_csv(reader: &Reader, query: &Query, out: &mut dyn io::Write) -> Result<()> {
    let scope = Scope::of(reader, query)?;
    let mut table = Table::new(out, reader.facts(scope.last)?.currency.exponent());
    table.head(
        "entry,day,journal,number,reference,document_day,label,account,account_name,counterparty,\
         debit,credit,state",
    );
    let mut failed = None;
    journal(reader, query, |row| match write_row(&mut table, row) {
        Ok(()) => ControlFlow::Continue(()),
        Err(why) => {
            failed = Some(why);
            ControlFlow::Break(())
        }
    })?;
    match failed {
        Some(why) => Err(Error::Write(why)),
        None => table.finish().map_err(Error::Write),
    }
}

fn write_row(table: &mut Table<'_>, row: &JournalRow<'_>) -> io::Result<()> {
    let line = row.line;
    table.integer(line.entry.0);
    table.text(line.day);
    table.text(row.journal);
    table.number(row.journal, line.number, line.former_number);
    table.text(line.document_reference);
    table.text(line.document_day);
    table.text(if line.line_label.is_empty() { line.label } else { line.line_label });
    table.text(row.account);
    table.text(row.account_name);
    table.text(line.counterparty_code.unwrap_or(""));
    table.debit_credit(line.amount_minor);
    table.text(if line.is_draft { "draft" } else { "posted" });
    table.end_row()
}
