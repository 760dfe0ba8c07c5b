//! Which bank account a statement is of; one that the book does not know is opened.

use crate::commands::open_bank_account::{OpenBankAccount, add_name, open};
use crate::error::{Code, Error, Result};
use crate::ids::BankAccountId;
use crate::tx::Tx;
use statement::{Reading, Statement};
use values::Currency;

/// The bank account of a statement and the code of its ledger account.
pub(super) fn find(
    tx: &Tx<'_>,
    asked: Option<&str>,
    reading: &Reading<'_>,
    read: &Statement<'_>,
) -> Result<(BankAccountId, String)> {
    let mut named = None;
    for (scheme, value) in &read.account.names {
        named = named.or(by_name(tx, scheme, value)?);
    }
    let asked = match asked {
        Some(asked) => Some(by_person(tx, asked, reading, read)?),
        None => None,
    };
    let found = match (named, asked) {
        (Some(named), Some(asked)) if named.0 != asked.0 => {
            let args: [(&'static str, &dyn std::fmt::Display); 2] =
                [("asked", &asked.1), ("found", &named.1)];
            return Err(Error::refused(Code::OtherAccount, &args));
        }
        (Some(found), _) => found,
        (None, Some(asked)) => {
            refuse_other_name(tx, &asked, read)?;
            asked
        }
        (None, None) if read.account.names.is_empty() => return nameless(tx, reading, read),
        (None, None) => open(tx, &wanted(tx, reading, read, None)?)?,
    };
    check_currency(tx, &found, read)?;
    for (scheme, value) in &read.account.names {
        add_name(tx, found.0, scheme, value)?;
    }
    if read.account.names.is_empty() {
        add_name(tx, found.0, "layout", &reading.reader)?;
    }
    Ok(found)
}

fn by_name(tx: &Tx<'_>, scheme: &str, value: &str) -> Result<Option<(BankAccountId, String)>> {
    tx.first(
        "SELECT bank_account.id, account.code FROM bank_account_alias
         JOIN bank_account ON bank_account.id = bank_account_alias.bank_account
         JOIN account ON account.id = bank_account.account WHERE source = ?1 AND value = ?2",
        [scheme, value],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// By ledger account, by name, or by any name a source gave; a free 512… is opened.
fn by_person(
    tx: &Tx<'_>,
    asked: &str,
    reading: &Reading<'_>,
    read: &Statement<'_>,
) -> Result<(BankAccountId, String)> {
    let plain: String = asked.chars().filter(|letter| !letter.is_whitespace()).collect();
    let found = tx.first(
        "SELECT bank_account.id, account.code FROM bank_account
         JOIN account ON account.id = bank_account.account
         WHERE account.code = ?1 OR bank_account.name = ?2 COLLATE NOCASE OR bank_account.id IN (
           SELECT bank_account FROM bank_account_alias WHERE value IN (?1, ?2))
         ORDER BY account.code = ?1 DESC LIMIT 1",
        [plain.as_str(), asked.trim()],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    match found {
        Some(found) => Ok(found),
        None if plain.starts_with("512") => open(tx, &wanted(tx, reading, read, Some(plain))?),
        None => Err(Error::refused(Code::UnknownBankAccount, &[("account", &asked)])),
    }
}

/// A file of another account under the asked one would mix two banks.
fn refuse_other_name(
    tx: &Tx<'_>,
    asked: &(BankAccountId, String),
    read: &Statement<'_>,
) -> Result<()> {
    for (scheme, value) in &read.account.names {
        let other: Option<String> = tx.first(
            "SELECT value FROM bank_account_alias WHERE bank_account = ?1 AND source = ?2",
            rusqlite::params![asked.0, scheme],
            |row| row.get(0),
        )?;
        if other.is_some() {
            let args: [(&'static str, &dyn std::fmt::Display); 2] =
                [("asked", &asked.1), ("found", &value)];
            return Err(Error::refused(Code::OtherAccount, &args));
        }
    }
    Ok(())
}

/// A file that names no account: the book's first one, or its only one if the same layout filled
/// it before. Anything else is asked, for two accounts of one bank look alike.
fn nameless(
    tx: &Tx<'_>,
    reading: &Reading<'_>,
    read: &Statement<'_>,
) -> Result<(BankAccountId, String)> {
    let accounts = tx.all(
        "SELECT bank_account.id, account.code, EXISTS (SELECT 1 FROM bank_account_alias
           WHERE bank_account = bank_account.id AND source = 'layout' AND value = ?1)
         FROM bank_account JOIN account ON account.id = bank_account.account",
        [&reading.reader],
        |row| Ok(((row.get(0)?, row.get::<_, String>(1)?), row.get::<_, bool>(2)?)),
    )?;
    match &accounts[..] {
        [] => {
            let made = open(tx, &wanted(tx, reading, read, None)?)?;
            add_name(tx, made.0, "layout", &reading.reader)?;
            Ok(made)
        }
        [(only, true)] => {
            check_currency(tx, only, read)?;
            Ok(only.clone())
        }
        several => {
            let codes: Vec<&str> = several.iter().map(|(account, _)| account.1.as_str()).collect();
            let args: [(&'static str, &dyn std::fmt::Display); 1] =
                [("accounts", &codes.join(", "))];
            Err(Error::refused(Code::WhichAccount, &args))
        }
    }
}

fn wanted(
    tx: &Tx<'_>,
    reading: &Reading<'_>,
    read: &Statement<'_>,
    account: Option<String>,
) -> Result<OpenBankAccount> {
    let currency = match read.currency {
        Some(currency) => currency,
        None => book_currency(tx)?,
    };
    let tail = read.account.names.first().map(|(_, value)| {
        let digits: Vec<char> = value.chars().filter(|c| c.is_alphanumeric()).collect();
        digits[digits.len().saturating_sub(4)..].iter().collect::<String>()
    });
    let label = read.account.label.clone().or_else(|| reading.bank.clone());
    let name = match (label, tail) {
        (Some(label), Some(tail)) => format!("{label} …{tail}"),
        (Some(label), None) => label,
        (None, Some(tail)) => format!("Banque …{tail}"),
        (None, None) => "Banque".to_owned(),
    };
    let kind = if read.account.card { "card" } else { "bank" };
    Ok(OpenBankAccount { name, currency, kind: kind.to_owned(), names: Vec::new(), account })
}

fn book_currency(tx: &Tx<'_>) -> Result<Currency> {
    let code: Option<String> = tx.first(
        "SELECT currency.code FROM book JOIN currency ON currency.id = book.currency",
        [],
        |row| row.get(0),
    )?;
    Ok(code.and_then(|code| Currency::parse(&code).ok()).unwrap_or(Currency::EUR))
}

/// A bank account has one currency.
fn check_currency(
    tx: &Tx<'_>,
    account: &(BankAccountId, String),
    read: &Statement<'_>,
) -> Result<()> {
    let code: Option<String> = tx.first(
        "SELECT currency.code FROM bank_account
         JOIN currency ON currency.id = bank_account.currency WHERE bank_account.id = ?1",
        [account.0],
        |row| row.get(0),
    )?;
    match (read.currency, code) {
        (Some(said), Some(kept)) if said.code() != kept => Err(Error::refused(
            Code::OtherAccount,
            &[("asked", &format!("{} {kept}", account.1)), ("found", &said)],
        )),
        _ => Ok(()),
    }
}
