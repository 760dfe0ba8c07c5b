//! Accounts in use.

use super::Reader;
use crate::chart::VatRole;
use crate::error::{Error, Result};
use crate::ids::AccountId;

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

    /// The account of a code, if it is in use.
    pub fn account(&self, code: &str) -> Result<Option<Account>> {
        Ok(self.accounts()?.into_iter().find(|account| account.code == code))
    }
}
