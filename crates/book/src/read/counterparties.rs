//! Counterparties to choose from.

use super::Reader;
use crate::error::Result;

/// A counterparty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counterparty {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Code of the account of the last line that named it.
    pub last_account: Option<String>,
}

impl Reader {
    /// Every counterparty, by name.
    pub fn counterparties(&self) -> Result<Vec<Counterparty>> {
        self.all(
            "SELECT counterparty.code, counterparty.name, account.code FROM counterparty
             LEFT JOIN posting ON posting.id =
               (SELECT max(id) FROM posting WHERE posting.counterparty = counterparty.id)
             LEFT JOIN account ON account.id = posting.account
             ORDER BY counterparty.name, counterparty.code",
            [],
            |row| {
                Ok(Counterparty { code: row.get(0)?, name: row.get(1)?, last_account: row.get(2)? })
            },
        )
    }
}
