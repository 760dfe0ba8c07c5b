//! Accounts in use: opened by name, or by the first entry that needs them.

use super::Outcome;
use crate::error::{Code, Error, Result};
use crate::ids::AccountId;
use crate::tx::Tx;
use rusqlite::params;
use serde::{Deserialize, Serialize};

/// Opens an account, or gives one that is open another name.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenAccount {
    /// At least three characters; the chart must know a prefix of it.
    pub code: String,
    /// The name people see.
    pub name: String,
}

impl OpenAccount {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        let account = account_of(tx, &self.code)?;
        let name = self.name.trim();
        if name.is_empty() {
            let args: [(&'static str, &dyn std::fmt::Display); 2] =
                [("name", &"name"), ("value", &"")];
            return Err(Error::refused(Code::BadValue, &args));
        }
        tx.write(
            "UPDATE account SET name = ?2 WHERE id = ?1 AND name <> ?2",
            params![account, name],
        )?;
        Ok(Outcome::Done)
    }
}

/// The account of a code, opened with the properties of its longest prefix in the chart if it is
/// not in use yet.
pub(super) fn account_of(tx: &Tx<'_>, code: &str) -> Result<AccountId> {
    match known(tx, code)? {
        Some(id) => Ok(id),
        None => {
            let known = tx.law.chart()?.properties(code);
            let plain = crate::chart::is_postable(code);
            let properties = known
                .filter(|_| plain)
                .ok_or_else(|| Error::refused(Code::UnknownAccount, &[("account", &code)]))?;
            open(tx, code, properties.name_fr, properties.vat_role.word(), properties.collective)
        }
    }
}

/// The account of a former software's code: any code is taken, known to the chart or not.
pub(super) fn history_account_of(tx: &Tx<'_>, code: &str) -> Result<AccountId> {
    if let Some(id) = known(tx, code)? {
        return Ok(id);
    }
    match tx.law.chart()?.properties(code) {
        Some(found) => open(tx, code, found.name_fr, found.vat_role.word(), found.collective),
        None => open(tx, code, code, "none", false),
    }
}

fn known(tx: &Tx<'_>, code: &str) -> Result<Option<AccountId>> {
    tx.first("SELECT id FROM account WHERE code = ?1", [code], |row| row.get(0))
}

fn open(tx: &Tx<'_>, code: &str, name: &str, role: &str, collective: bool) -> Result<AccountId> {
    let id = tx.insert(
        "INSERT INTO account (code, name, vat_role, collective) VALUES (?1, ?2, ?3, ?4)",
        params![code, name, role, collective],
    )?;
    Ok(AccountId(id))
}
