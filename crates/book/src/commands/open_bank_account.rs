//! Bank accounts: one currency, one ledger account 5121nn, one journal BQn.

use super::Outcome;
use super::open_account::account_of;
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, BankAccountId};
use crate::tx::Tx;
use rusqlite::params;
use serde::{Deserialize, Serialize};
use values::Currency;

/// Opens a bank account under the next free ledger account and journal.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenBankAccount {
    /// The name people see.
    pub name: String,
    /// Its one currency.
    pub currency: Currency,
    /// `bank`, `psp` or `card`.
    pub kind: String,
    /// How sources name it: scheme and value (`iban`, `FR76…`).
    #[serde(default)]
    pub names: Vec<(String, String)>,
    /// A ledger account of one's own choice.
    #[serde(default)]
    pub account: Option<String>,
}

impl OpenBankAccount {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        let (id, code) = open(tx, &self)?;
        Ok(Outcome::BankAccount(id, code))
    }
}

/// Opens it; gives its id and the code of its ledger account.
pub(super) fn open(tx: &Tx<'_>, wanted: &OpenBankAccount) -> Result<(BankAccountId, String)> {
    let kinds = ["bank", "psp", "card"];
    let blank = wanted.name.trim().is_empty();
    if blank || !kinds.contains(&wanted.kind.as_str()) {
        let (name, value) = if blank { ("name", &wanted.name) } else { ("kind", &wanted.kind) };
        let allowed = kinds.join(", ");
        let args: [(&'static str, &dyn std::fmt::Display); 3] =
            [("name", &name), ("value", value), ("allowed", &allowed)];
        return Err(Error::refused(Code::BadValue, &args));
    }
    let code = match &wanted.account {
        Some(code) => code.clone(),
        None => {
            let used = tx.all("SELECT code FROM account", [], |row| row.get::<_, String>(0))?;
            let next = tx.law.chart()?.next_bank_account(used.iter().map(String::as_str));
            next.map_err(|_| Error::refused(Code::UnknownAccount, &[("account", &"5121")]))?
        }
    };
    let account = account_of(tx, &code)?;
    refuse_account(tx, account, &code)?;
    tx.write("UPDATE account SET name = ?2 WHERE id = ?1", params![account, wanted.name.trim()])?;
    // Not how many there are: after an undo a number in the middle may be free.
    let place: i64 = tx
        .first(
            "SELECT coalesce(max(CAST(substr(code, 3) AS INTEGER)), 0) + 1 FROM journal
             WHERE former = 0 AND code GLOB 'BQ[0-9]*'",
            [],
            |row| row.get(0),
        )?
        .unwrap_or(1);
    let journal = tx.insert(
        "INSERT INTO journal (code, name) VALUES (?1, ?2)",
        params![format!("BQ{place}"), wanted.name.trim()],
    )?;
    let id = BankAccountId(tx.insert(
        "INSERT INTO bank_account (account, journal, currency, name, kind)
         VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            account,
            journal,
            currency_of(tx, wanted.currency)?,
            wanted.name.trim(),
            wanted.kind
        ],
    )?);
    for (source, value) in &wanted.names {
        add_name(tx, id, source, value)?;
    }
    Ok((id, code))
}

/// A bank account stands alone on a ledger account that takes postings from bank lines only: not on
/// one of third parties or of VAT, nor on one whose lines other entries wrote.
fn refuse_account(tx: &Tx<'_>, account: AccountId, code: &str) -> Result<()> {
    let (taken, unfit) = tx
        .first(
            "SELECT EXISTS (SELECT 1 FROM bank_account WHERE bank_account.account = account.id),
               collective = 1 OR vat_role <> 'none' OR EXISTS (
                 SELECT 1 FROM posting JOIN entry ON entry.id = posting.entry
                 WHERE posting.account = account.id AND kind IN ('ordinary', 'settlement'))
             FROM account WHERE id = ?1",
            [account],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?
        .unwrap_or((false, false));
    if taken {
        return Err(Error::refused(Code::AlreadyThere, &[("account", &code)]));
    }
    if unfit {
        let args: [(&'static str, &dyn std::fmt::Display); 3] =
            [("name", &"account"), ("value", &code), ("allowed", &"512")];
        return Err(Error::refused(Code::BadValue, &args));
    }
    Ok(())
}

/// One more way a source names a bank account.
pub(super) fn add_name(tx: &Tx<'_>, id: BankAccountId, source: &str, value: &str) -> Result<()> {
    tx.write(
        "INSERT INTO bank_account_alias (bank_account, source, value) VALUES (?1, ?2, ?3)
         ON CONFLICT DO NOTHING",
        params![id, source, value],
    )?;
    Ok(())
}

fn currency_of(tx: &Tx<'_>, currency: Currency) -> Result<i64> {
    let known =
        tx.first("SELECT id FROM currency WHERE code = ?1", [currency.code()], |row| row.get(0))?;
    match known {
        Some(id) => Ok(id),
        None => tx.insert(
            "INSERT INTO currency (code, exponent) VALUES (?1, ?2)",
            params![currency.code(), currency.exponent()],
        ),
    }
}
