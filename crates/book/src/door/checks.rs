//! What SQL cannot check by itself: run on whatever a command touched, before it commits.
//!
//! The rules are those of docs/architecture.md, "what is always true". Each refusal names the
//! entry.

mod invoices;

use super::fold::Changes;
use crate::error::{Code, Error, Result};
use rusqlite::{Connection, OptionalExtension, params};
use values::Day;

/// Checks everything that the changes touched.
pub(crate) fn check(connection: &Connection, changes: &Changes, today: Day) -> Result<()> {
    if changes.fiscal_years {
        check_fiscal_years(connection)?;
    }
    let mut entries = changes.entries.clone();
    entries.sort_unstable();
    entries.dedup();
    for entry in entries {
        check_entry(connection, entry, changes.posted.contains(&entry))?;
        if changes.posted.contains(&entry) {
            check_posting_day(connection, entry, today)?;
        }
    }
    for (item, payment, _) in &changes.ties {
        check_tie(connection, *item, *payment)?;
    }
    for item in &changes.waiting {
        check_waiting(connection, *item)?;
    }
    for invoice in &changes.invoices {
        invoices::check(connection, *invoice)?;
    }
    Ok(())
}

/// Checks every entry, tie and waiting item of the book, for `verify`.
pub(crate) fn check_everything(connection: &Connection) -> Result<()> {
    check_fiscal_years(connection)?;
    for (sql, one) in [
        ("SELECT id FROM entry", check_kept_entry as fn(&Connection, i64) -> Result<()>),
        ("SELECT id FROM tax_item WHERE leg LIKE 'waiting%' AND moves IS NULL", check_waiting),
        ("SELECT id FROM invoice WHERE number IS NOT NULL", invoices::check),
    ] {
        let mut select = connection.prepare(sql)?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            one(connection, row.get(0)?)?;
        }
    }
    let mut select = connection.prepare("SELECT item, payment FROM clearing")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        check_tie(connection, row.get(0)?, row.get(1)?)?;
    }
    check_numbers(connection)?;
    check_vat_balances(connection)
}

/// Numbers of a journal and fiscal year run from 1 without a gap.
fn check_numbers(connection: &Connection) -> Result<()> {
    let gap: Option<String> = connection
        .query_row(
            "SELECT journal.code FROM entry JOIN journal ON journal.id = entry.journal
             WHERE number IS NOT NULL GROUP BY journal, fiscal_year
             HAVING count(*) <> max(number) LIMIT 1",
            [],
            |row| row.get(0),
        )
        .optional()?;
    match gap {
        Some(journal) => Err(Error::Damaged(format!("numbers of journal {journal} have a gap"))),
        None => Ok(()),
    }
}

fn check_kept_entry(connection: &Connection, id: i64) -> Result<()> {
    check_entry(connection, id, false)
}

struct Entry {
    id: i64,
    day: String,
    kind: String,
    label: String,
    origin: String,
}

impl Entry {
    fn refused(&self, code: Code, more: &[(&'static str, &dyn std::fmt::Display)]) -> Error {
        let mut args: Vec<(&'static str, &dyn std::fmt::Display)> =
            vec![("entry", &self.label), ("day", &self.day)];
        args.extend_from_slice(more);
        Error::refused(code, &args)
    }
}

/// `touched`: whether it was posted by this command, so that a closed period forbids it.
fn check_entry(connection: &Connection, id: i64, touched: bool) -> Result<()> {
    let entry = connection
        .prepare_cached(
            "SELECT entry.id, day, kind, label, origin, day BETWEEN first_day AND last_day,
               (posted_seq IS NULL OR ?2) AND closed_to IS NOT NULL AND day <= closed_to, closed_to,
               (SELECT kind FROM entry AS first WHERE first.id = entry.reverses)
             FROM entry JOIN fiscal_year ON fiscal_year.id = entry.fiscal_year WHERE entry.id = ?1",
        )?
        .query_row(params![id, touched], |row| {
            let entry = Entry {
                id: row.get(0)?,
                day: row.get(1)?,
                kind: row.get(2)?,
                label: row.get(3)?,
                origin: row.get(4)?,
            };
            let (inside, closed): (bool, bool) = (row.get(5)?, row.get(6)?);
            let closed_to: Option<String> = row.get(7)?;
            Ok((entry, inside, closed, closed_to, row.get::<_, Option<String>>(8)?))
        })
        .optional()?;
    // A draft that was deleted has nothing left to check.
    let Some((entry, inside, closed, closed_to, reversed_kind)) = entry else { return Ok(()) };
    if !inside {
        return Err(entry.refused(Code::OutsideFiscalYears, &[]));
    }
    if closed {
        return Err(entry.refused(Code::Closed, &[("closed_to", &closed_to.unwrap_or_default())]));
    }
    match (entry.kind.as_str(), entry.origin.as_str()) {
        ("history", "own") => return Err(entry.refused(Code::OwnYear, &[])),
        ("history", _) | (_, "own") => {}
        _ => return Err(entry.refused(Code::HistoryYear, &[])),
    }
    check_lines(connection, &entry)?;
    let kind = reversed_kind.as_deref().unwrap_or(&entry.kind);
    if !matches!(kind, "settlement" | "carried" | "history") {
        check_tax_items(connection, &entry)?;
    }
    if entry.kind == "opening" {
        check_opening(connection, &entry)?;
    }
    // What only bank lines may write; a reversal mirrors what was right.
    if matches!(entry.kind.as_str(), "ordinary" | "settlement") {
        check_bank_lines(connection, &entry)?;
    }
    Ok(())
}

/// The lines sum to zero, are of the entry's day, and name a counterparty where, and only where,
/// the account is collective.
fn check_lines(connection: &Connection, entry: &Entry) -> Result<()> {
    let (lines, sum, other_days): (i64, Option<i64>, i64) = connection
        .prepare_cached(
            "SELECT count(*), sum(amount_minor), coalesce(sum(day <> ?2), 0)
             FROM posting WHERE entry = ?1",
        )?
        .query_row(params![entry.id, entry.day], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
    if lines == 0 {
        return Err(entry.refused(Code::NoLines, &[]));
    }
    if let Some(sum) = sum.filter(|sum| *sum != 0) {
        return Err(entry.refused(Code::Unbalanced, &[("difference", &cents(sum))]));
    }
    if other_days > 0 {
        return Err(Error::Damaged(format!("lines of entry {} carry another day", entry.id)));
    }
    if entry.kind == "history" {
        return Ok(());
    }
    let wrong: Option<(String, bool)> = connection
        .prepare_cached(
            "SELECT account.code, collective FROM posting
             JOIN account ON account.id = posting.account
             WHERE entry = ?1 AND (counterparty IS NOT NULL) <> collective LIMIT 1",
        )?
        .query_row([entry.id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match wrong {
        Some((account, true)) => {
            Err(entry.refused(Code::CounterpartyMissing, &[("account", &account)]))
        }
        Some((account, false)) => {
            Err(entry.refused(Code::CounterpartyNotAllowed, &[("account", &account)]))
        }
        None => Ok(()),
    }
}

/// For each account with a VAT role, the signed tax items equal the lines; each item stands on an
/// account of its leg's role and of its own entry.
fn check_tax_items(connection: &Connection, entry: &Entry) -> Result<()> {
    let wrong: Option<(String, i64, i64)> = connection
        .prepare_cached(
            "SELECT account.code, sum(amount_minor) AS lines, coalesce((
               SELECT sum(signed_minor) FROM tax_item_line
               JOIN posting AS stood ON stood.id = tax_item_line.posting
               WHERE tax_item_line.entry = ?1 AND stood.account = account.id), 0) AS items
             FROM posting JOIN account ON account.id = posting.account
             WHERE posting.entry = ?1 AND vat_role <> 'none'
             GROUP BY account.id HAVING lines <> items LIMIT 1",
        )?
        .query_row([entry.id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    if let Some((account, lines, items)) = wrong {
        return Err(entry.refused(
            Code::TaxItemsDisagree,
            &[("account", &account), ("lines", &cents(lines)), ("items", &cents(items))],
        ));
    }
    let misplaced: Option<String> = connection
        .prepare_cached(
            "SELECT tax_item.tax_code FROM tax_item JOIN posting ON posting.id = tax_item.posting
             JOIN account ON account.id = posting.account
             WHERE tax_item.entry = ?1 AND (posting.entry <> ?1 OR vat_role <> CASE leg
               WHEN 'input' THEN 'deductible' WHEN 'output' THEN 'due' WHEN 'reverse_due' THEN 'due'
               ELSE 'waiting' END) LIMIT 1",
        )?
        .query_row([entry.id], |row| row.get(0))
        .optional()?;
    match misplaced {
        Some(tax_code) => Err(entry.refused(Code::BadTaxItem, &[("tax_code", &tax_code)])),
        None => Ok(()),
    }
}

/// One opening entry that is not reversed, in journal AN, on the book's first day.
fn check_opening(connection: &Connection, entry: &Entry) -> Result<()> {
    let (others, right): (i64, bool) = connection
        .prepare_cached(
            "SELECT (SELECT count(*) FROM entry AS other WHERE other.kind = 'opening'
                AND other.id <> ?1
                AND NOT EXISTS (SELECT 1 FROM entry WHERE reverses = other.id)),
               (SELECT journal.code = 'AN' AND former = 0
                  AND day = (SELECT first_day FROM book)
                FROM entry JOIN journal ON journal.id = entry.journal WHERE entry.id = ?1)",
        )?
        .query_row([entry.id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let reversed: bool = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM entry WHERE reverses = ?1)")?
        .query_row([entry.id], |row| row.get(0))?;
    if (others == 0 || reversed) && right {
        return Ok(());
    }
    Err(entry.refused(Code::Opening, &[]))
}

/// The lines of an entry on a bank account equal the bank lines that the entry books.
fn check_bank_lines(connection: &Connection, entry: &Entry) -> Result<()> {
    let wrong: Option<(String, i64)> = connection
        .prepare_cached(
            "SELECT account.code, sum(amount_minor) - coalesce((
               SELECT sum(line.amount_minor) FROM \"match\" JOIN line ON line.id = \"match\".line
               WHERE \"match\".entry = ?1 AND line.bank_account = bank_account.id), 0) AS differs
             FROM posting JOIN bank_account ON bank_account.account = posting.account
             JOIN account ON account.id = posting.account
             WHERE posting.entry = ?1 GROUP BY bank_account.id HAVING differs <> 0 LIMIT 1",
        )?
        .query_row([entry.id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match wrong {
        Some((account, differs)) => Err(entry
            .refused(Code::BankPosting, &[("account", &account), ("difference", &cents(differs))])),
        None => Ok(()),
    }
}

fn check_posting_day(connection: &Connection, id: i64, today: Day) -> Result<()> {
    let (label, day): (String, String) = connection
        .prepare_cached("SELECT label, day FROM entry WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if day > today.to_string() {
        return Err(Error::refused(
            Code::Future,
            &[("entry", &label), ("day", &day), ("today", &today)],
        ));
    }
    Ok(())
}

/// Both lines stand on one account and counterparty, and no more is tied than there is.
fn check_tie(connection: &Connection, item: i64, payment: i64) -> Result<()> {
    let lines: Vec<(i64, Option<i64>, i64, i64)> = connection
        .prepare_cached(
            "SELECT account, counterparty, amount_minor, rest_minor
             FROM posting JOIN open_cache ON posting = id WHERE id IN (?1, ?2)",
        )?
        .query_map([item, payment], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
        .collect::<rusqlite::Result<_>>()?;
    // Ties of lines that are gone with their draft were removed with them.
    let still: bool = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM clearing WHERE item = ?1 AND payment = ?2)")?
        .query_row([item, payment], |row| row.get(0))?;
    let within = lines.iter().all(|(_, _, amount, rest)| {
        *rest == 0 || (rest.signum() == amount.signum() && rest.abs() <= amount.abs())
    });
    let together =
        !still || matches!(lines[..], [a, b] if a.0 == b.0 && a.1 == b.1 && a.1.is_some());
    if within && together { Ok(()) } else { Err(Error::refused(Code::BadTie, &[])) }
}

/// What is left of a waiting item has its sign or is nothing, and its moves name it directly.
fn check_waiting(connection: &Connection, item: i64) -> Result<()> {
    let found = connection
        .prepare_cached(
            "SELECT leg LIKE 'waiting%' AND moves IS NULL, tax_code, tax_minor,
               tax_minor + coalesce((SELECT sum(move.tax_minor) FROM tax_item AS move
                 WHERE move.moves = tax_item.id AND move.leg = tax_item.leg), 0),
               EXISTS (SELECT 1 FROM tax_item AS move WHERE move.moves = tax_item.id)
             FROM tax_item WHERE id = ?1",
        )?
        .query_row([item], |row| {
            let (first, code): (bool, String) = (row.get(0)?, row.get(1)?);
            let (tax, left, moved): (i64, i64, bool) = (row.get(2)?, row.get(3)?, row.get(4)?);
            Ok((first, code, tax, left, moved))
        })
        .optional()?;
    let Some((first, tax_code, tax, left, moved)) = found else { return Ok(()) };
    let sound = if first {
        left == 0 || (left.signum() == tax.signum() && left.abs() <= tax.abs())
    } else {
        !moved
    };
    if sound {
        return Ok(());
    }
    let args: [(&'static str, &dyn std::fmt::Display); 3] =
        [("entry", &""), ("day", &""), ("tax_code", &tax_code)];
    Err(Error::refused(Code::BadTaxItem, &args))
}

/// No two fiscal years overlap; the first lasts at most 24 months, any other twelve.
fn check_fiscal_years(connection: &Connection) -> Result<()> {
    let bad: Option<(String, String)> = connection
        .query_row(
            "SELECT a.first_day, a.last_day FROM fiscal_year a WHERE
               EXISTS (SELECT 1 FROM fiscal_year b WHERE b.id <> a.id
                 AND b.first_day <= a.last_day AND a.first_day <= b.last_day)
               OR (a.origin = 'own' AND a.last_day >= date(a.first_day, CASE WHEN EXISTS (
                 SELECT 1 FROM fiscal_year b WHERE b.origin = 'own' AND b.first_day < a.first_day)
                 THEN '+12 months' ELSE '+24 months' END)) LIMIT 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    match bad {
        Some((first, last)) => {
            Err(Error::refused(Code::BadFiscalYear, &[("first", &first), ("last", &last)]))
        }
        None => Ok(()),
    }
}

/// In cents, over all own entries: the balance of each due or deductible account equals the items
/// that no made return took (docs/architecture.md, "what is always true").
pub(crate) fn check_vat_balances(connection: &Connection) -> Result<()> {
    let wrong: Option<(String, i64, i64)> = connection
        .query_row(
            "SELECT code, balance, items FROM (
               SELECT account.code AS code,
                 coalesce((SELECT sum(amount_minor) FROM posting
                   JOIN entry ON entry.id = posting.entry
                   WHERE posting.account = account.id
                     AND entry.kind IN ('ordinary', 'opening', 'reversal', 'settlement')), 0)
                   AS balance,
                 coalesce((SELECT sum(signed_minor) FROM tax_item_line
                   JOIN posting ON posting.id = tax_item_line.posting
                   WHERE posting.account = account.id AND NOT EXISTS (
                     SELECT 1 FROM return_item WHERE return_item.tax_item = tax_item_line.tax_item)
                 ), 0) AS items
               FROM account WHERE vat_role IN ('due', 'deductible'))
             WHERE balance <> items LIMIT 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .optional()?;
    match wrong {
        Some((account, lines, items)) => Err(Error::refused(
            Code::TaxItemsDisagree,
            &[
                ("entry", &""),
                ("day", &""),
                ("account", &account),
                ("lines", &cents(lines)),
                ("items", &cents(items)),
            ],
        )),
        None => Ok(()),
    }
}

/// An amount of minor units for a sentence, with two decimals.
pub(crate) fn cents(minor: i64) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", minor.unsigned_abs() / 100, minor.unsigned_abs() % 100)
}
