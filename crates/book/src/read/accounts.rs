//! Accounts in use.

use super::Reader;
use crate::chart::VatRole;
use crate::error::{Error, Result};
use crate::ids::AccountId;
use values::Day;

/// An account in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Its code.
    pub code: String,
    /// The name people see.
    pub name: String,
    /// Which tax items its lines equal.
    pub vat_role: VatRole,
    /// Whether each line names a counterparty.
    pub collective: bool,
}

impl Reader {
    /// Every account in use, by code.
    pub fn accounts(&self) -> Result<Vec<Account>> {
        let rows = self.all(
            "SELECT id, code, name, vat_role, collective FROM account ORDER BY code",
            [],
            |row| {
                let role: String = row.get(3)?;
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, role, row.get(4)?))
            },
        )?;
        rows.into_iter()
            .map(|(id, code, name, role, collective)| {
                let vat_role = VatRole::read(&role)
                    .ok_or_else(|| Error::Damaged(format!("account role {role}")))?;
                Ok(Account { id, code, name, vat_role, collective })
            })
            .collect()
    }

    /// The balance of an account at the end of a day, in minor units, debit positive: own entries,
    /// drafts included, without what a later year carries over from an earlier one.
    pub fn balance_on(&self, code: &str, day: Day) -> Result<i64> {
        let balance: Option<i64> = self.first(
            "SELECT coalesce(sum(amount_minor), 0) FROM posting
             JOIN account ON account.id = posting.account JOIN entry ON entry.id = posting.entry
             WHERE account.code = ?1 AND posting.day <= ?2 AND kind NOT IN ('carried', 'history')",
            [code, &day.to_string()],
            |row| row.get(0),
        )?;
        Ok(balance.unwrap_or(0))
    }

    /// The account of a code, if it is in use.
    pub fn account(&self, code: &str) -> Result<Option<Account>> {
        Ok(self.accounts()?.into_iter().find(|account| account.code == code))
    }
}
