//! General ledger: of each account what it begins with, its lines with a running balance, its end.
//!
//! Balances at both ends come from kept sums, so the last lines of an account are read from its end
//! and the rest is not looked at.

use crate::csv::Table;
use crate::error::{Error, Result};
use crate::figure::{day_of, label_of, opening_journals};
use crate::query::Query;
use crate::scope::Scope;
use crate::sums::{Adder, Sums};
use crate::trial_balance::carry;
use book::read::{LedgerLine, Reader};
use book::{EntryId, JournalId, PostingId};
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::ops::ControlFlow;
use values::Day;

/// An account of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerAccount {
    /// The account; none for one that only a computed opening needs.
    pub account: Option<book::AccountId>,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Balance before the first line of the span, in minor units; debit positive.
    pub opening_minor: i64,
    /// Balance after the last line of the span, in minor units; debit positive.
    pub closing_minor: i64,
    /// Whether the opening is computed from the year before: to be drawn as a draft.
    pub is_computed: bool,
}

/// A line of the ledger, kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerRow {
    /// The line.
    pub posting: PostingId,
    /// Its entry.
    pub entry: EntryId,
    /// Its day.
    pub day: Day,
    /// Code of its journal.
    pub journal: String,
    /// `VE-000012`, or a former software's own number; none for a draft.
    pub number: Option<String>,
    /// The document's number.
    pub document_reference: String,
    /// Its own label, or its entry's.
    pub label: String,
    /// The counterparty's code.
    pub counterparty: Option<String>,
    /// Minor units; debit positive.
    pub amount_minor: i64,
    /// Balance of the account after it, in minor units; debit positive.
    pub balance_minor: i64,
    /// Whether its entry may still change.
    pub is_draft: bool,
}

/// What a general ledger consists of, in this order for each account.
pub enum LedgerEvent<'a> {
    /// An account begins with a balance: its opening, or that before the last lines asked for.
    Account(&'a LedgerAccount, i64),
    /// A line, its journal's code, and the balance after it.
    Line(&'a LedgerLine<'a>, &'a str, i64),
    /// The account ends with its closing balance.
    End(&'a LedgerAccount),
}

/// Where a page of an account ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LedgerPlace {
    /// Day of the last line.
    pub day: Day,
    /// The last line.
    pub posting: PostingId,
    /// The balance after it, in minor units.
    pub balance_minor: i64,
}

/// A page of one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerPage {
    /// The account with its balances at both ends of the span.
    pub account: LedgerAccount,
    /// The lines.
    pub rows: Vec<LedgerRow>,
    /// Where the page that follows begins; none after the last.
    pub next: Option<LedgerPlace>,
}

/// What all accounts of a ledger are read with.
struct Book<'a> {
    reader: &'a Reader,
    scope: Scope,
    opening: std::collections::HashSet<JournalId>,
    journals: HashMap<i64, String>,
}

impl Book<'_> {
    fn of<'a>(reader: &'a Reader, query: &Query) -> Result<Book<'a>> {
        let journals = reader.journals()?.into_iter().map(|one| (one.id.0, one.code)).collect();
        let scope = Scope::of(reader, query)?;
        Ok(Book { reader, scope, opening: opening_journals(reader)?, journals })
    }

    fn days(&self) -> (Day, Day) {
        (self.scope.first, self.scope.last)
    }

    /// Whether a line opens a later year, so that the lines before already stand in the span.
    fn leaves_out(&self, line: &LedgerLine<'_>, later: &str) -> bool {
        line.day >= later && self.opening.contains(&line.journal)
    }

    fn later(&self) -> String {
        self.scope.year.1.plus_days(1).to_string()
    }

    fn journal(&self, line: &LedgerLine<'_>) -> &str {
        self.journals.get(&line.journal.0).map_or("", String::as_str)
    }

    fn row(&self, line: &LedgerLine<'_>, balance_minor: i64) -> Result<LedgerRow> {
        let journal = self.journal(line).to_owned();
        let number = line.number.map(|number| format!("{journal}-{number:06}"));
        Ok(LedgerRow {
            posting: line.posting,
            entry: line.entry,
            day: day_of(line.day)?,
            number: number.or(line.former_number.map(str::to_owned)),
            journal,
            document_reference: line.document_reference.to_owned(),
            label: label_of(line).to_owned(),
            counterparty: line.counterparty_code.map(str::to_owned),
            amount_minor: line.amount_minor,
            balance_minor,
            is_draft: line.is_draft,
        })
    }
}

/// Lends the ledger event by event until `each` breaks off.
///
/// Of an account without a line in the span nothing is said unless it begins with a balance.
pub fn general_ledger(
    reader: &Reader,
    query: &Query,
    mut each: impl FnMut(LedgerEvent<'_>) -> ControlFlow<()>,
) -> Result<()> {
    let book = Book::of(reader, query)?;
    let later = book.later();
    for account in accounts(reader, &book.scope, query)? {
        if match (query.last, account.account) {
            (Some(last), Some(id)) => last_lines(&book, &account, id, last as usize, &mut each)?,
            (_, None) => each(LedgerEvent::Account(&account, account.opening_minor)),
            (None, Some(id)) => {
                let mut balance = account.opening_minor;
                let mut flow = each(LedgerEvent::Account(&account, balance));
                if flow.is_continue() {
                    reader.ledger(id, book.days(), None, book.scope.drafts, |line| {
                        if book.leaves_out(line, &later) {
                            return ControlFlow::Continue(());
                        }
                        balance += line.amount_minor;
                        flow = each(LedgerEvent::Line(line, book.journal(line), balance));
                        flow
                    })?;
                }
                flow
            }
        }
        .is_break()
            || each(LedgerEvent::End(&account)).is_break()
        {
            break;
        }
    }
    Ok(())
}

/// Reads the last lines from the end, then hands them on forward.
fn last_lines(
    book: &Book<'_>,
    account: &LedgerAccount,
    id: book::AccountId,
    last: usize,
    each: &mut impl FnMut(LedgerEvent<'_>) -> ControlFlow<()>,
) -> Result<ControlFlow<()>> {
    let rows = rows_from_end(book, id, account.closing_minor, last)?;
    let before = match rows.first() {
        Some(row) => row.balance_minor - row.amount_minor,
        None => account.closing_minor,
    };
    let mut flow = each(LedgerEvent::Account(account, before));
    for row in &rows {
        if flow.is_break() {
            break;
        }
        let day = row.day.to_string();
        let line = LedgerLine {
            posting: row.posting,
            entry: row.entry,
            journal: JournalId(0),
            day: &day,
            number: None,
            former_number: row.number.as_deref(),
            label: &row.label,
            line_label: "",
            document_reference: &row.document_reference,
            counterparty: None,
            counterparty_code: row.counterparty.as_deref(),
            amount_minor: row.amount_minor,
            is_draft: row.is_draft,
        };
        flow = each(LedgerEvent::Line(&line, &row.journal, row.balance_minor));
    }
    Ok(flow)
}

/// The last rows of an account, in order, counted back from its closing balance.
fn rows_from_end(
    book: &Book<'_>,
    id: book::AccountId,
    closing_minor: i64,
    last: usize,
) -> Result<Vec<LedgerRow>> {
    let (mut rows, mut failed, mut balance) = (Vec::new(), None, closing_minor);
    let later = book.later();
    book.reader.ledger_from_end(id, book.days(), book.scope.drafts, |line| {
        if rows.len() == last {
            return ControlFlow::Break(());
        }
        if book.leaves_out(line, &later) {
            return ControlFlow::Continue(());
        }
        match book.row(line, balance) {
            Ok(row) => {
                balance -= row.amount_minor;
                rows.push(row);
                ControlFlow::Continue(())
            }
            Err(why) => {
                failed = Some(why);
                ControlFlow::Break(())
            }
        }
    })?;
    rows.reverse();
    failed.map_or(Ok(rows), Err)
}

/// A page of one account, forward by key; with `query.last`, the last lines and no page after them.
pub fn ledger_page(
    reader: &Reader,
    query: &Query,
    code: &str,
    after: Option<LedgerPlace>,
    limit: usize,
) -> Result<LedgerPage> {
    let book = Book::of(reader, query)?;
    let account = account_of(reader, &book.scope, code)?;
    let mut page = LedgerPage { account, rows: Vec::new(), next: None };
    let Some(id) = page.account.account else { return Ok(page) };
    if let Some(last) = query.last {
        page.rows = rows_from_end(&book, id, page.account.closing_minor, last as usize)?;
        return Ok(page);
    }
    let mut balance = after.map_or(page.account.opening_minor, |place| place.balance_minor);
    let key = after.map(|place| (place.day, place.posting));
    let (mut failed, later) = (None, book.later());
    reader.ledger(id, book.days(), key, book.scope.drafts, |line| {
        if book.leaves_out(line, &later) {
            return ControlFlow::Continue(());
        }
        if page.rows.len() == limit {
            page.next = page.rows.last().map(|row| LedgerPlace {
                day: row.day,
                posting: row.posting,
                balance_minor: row.balance_minor,
            });
            return ControlFlow::Break(());
        }
        balance += line.amount_minor;
        match book.row(line, balance) {
            Ok(row) => page.rows.push(row),
            Err(why) => failed = Some(why),
        }
        if failed.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    failed.map_or(Ok(page), Err)
}

/// The one account of exactly this code.
fn account_of(reader: &Reader, scope: &Scope, code: &str) -> Result<LedgerAccount> {
    let found = reader.account(code)?;
    let mut known = with_balances(reader, scope, code)?;
    match (known.remove(code), found) {
        (Some(account), _) => Ok(account),
        (None, Some(found)) => Ok(LedgerAccount {
            account: Some(found.id),
            code: found.code,
            name: found.name,
            opening_minor: 0,
            closing_minor: 0,
            is_computed: false,
        }),
        (None, None) => Err(Error::NoSuchAccount(code.to_owned())),
    }
}

fn accounts(reader: &Reader, scope: &Scope, query: &Query) -> Result<Vec<LedgerAccount>> {
    let prefix = query.account.as_deref().unwrap_or("");
    let known = with_balances(reader, scope, prefix)?;
    let in_use = || reader.accounts().map(|all| all.iter().any(|one| one.code.starts_with(prefix)));
    if known.is_empty() && !prefix.is_empty() && !in_use()? {
        return Err(Error::NoSuchAccount(prefix.to_owned()));
    }
    Ok(known.into_values().collect())
}

/// The accounts that begin with a balance or have a line in the span, by code.
fn with_balances(
    reader: &Reader,
    scope: &Scope,
    prefix: &str,
) -> Result<BTreeMap<String, LedgerAccount>> {
    let adder = Adder::new(reader, scope, prefix);
    let mut before = Sums::new();
    adder.add_all(&mut before, scope.before(), 1)?;
    let moved = adder.in_span(scope)?;
    let mut known = BTreeMap::new();
    for account in reader.accounts()? {
        let key = (String::new(), account.id);
        let opening_minor = before.get(&key).map_or(0, |sum| sum.net());
        let moved = moved.get(&key).copied().unwrap_or_default();
        if opening_minor != 0 || (moved.debit_minor, moved.credit_minor) != (0, 0) {
            let row = LedgerAccount {
                account: Some(account.id),
                code: account.code.clone(),
                name: account.name,
                opening_minor,
                closing_minor: opening_minor + moved.net(),
                is_computed: false,
            };
            known.insert(account.code, row);
        }
    }
    let carried = carry(reader, scope, prefix)?;
    for one in carried.into_iter().flat_map(|carried| carried.balances) {
        let row = known.entry(one.code.clone()).or_insert(LedgerAccount {
            account: one.account,
            code: one.code,
            name: one.name,
            opening_minor: 0,
            closing_minor: 0,
            is_computed: true,
        });
        row.opening_minor += one.opening_minor;
        row.closing_minor += one.opening_minor;
        row.is_computed = true;
    }
    Ok(known)
}

/// Writes the ledger: `account,row,day,journal,number,reference,label,counterparty,debit,credit,
/// balance,state`, where row is `opening`, `line` or `closing`.
pub fn write_ledger_csv(reader: &Reader, query: &Query, out: &mut dyn io::Write) -> Result<()> {
    let scope = Scope::of(reader, query)?;
    let mut table = Table::new(out, reader.facts(scope.last)?.currency.exponent());
    table.head(
        "account,row,day,journal,number,reference,label,counterparty,debit,credit,balance,state",
    );
    let (mut code, mut failed) = (String::new(), None);
    general_ledger(reader, query, |event| {
        if let LedgerEvent::Account(account, _) = &event {
            code.clone_from(&account.code);
        }
        match write_event(&mut table, &code, &event) {
            Ok(()) => ControlFlow::Continue(()),
            Err(why) => {
                failed = Some(why);
                ControlFlow::Break(())
            }
        }
    })?;
    match failed {
        Some(why) => Err(Error::Write(why)),
        None => table.finish().map_err(Error::Write),
    }
}

fn write_event(table: &mut Table<'_>, code: &str, event: &LedgerEvent<'_>) -> io::Result<()> {
    table.text(code);
    let (row, balance, state) = match event {
        LedgerEvent::Account(account, before) => {
            ("opening", *before, if account.is_computed { "computed" } else { "" })
        }
        LedgerEvent::Line(line, _, balance) => {
            ("line", *balance, if line.is_draft { "draft" } else { "posted" })
        }
        LedgerEvent::End(account) => ("closing", account.closing_minor, ""),
    };
    table.text(row);
    if let LedgerEvent::Line(line, journal, _) = event {
        table.text(line.day);
        table.text(journal);
        table.number(journal, line.number, line.former_number);
        table.text(line.document_reference);
        table.text(label_of(line));
        table.text(line.counterparty_code.unwrap_or(""));
        table.debit_credit(line.amount_minor);
    } else {
        (0..8).for_each(|_| table.empty());
    }
    table.amount(balance);
    table.text(state);
    table.end_row()
}
