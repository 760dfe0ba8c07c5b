//! A bank linked live, and unlinked. Its secrets are in the keychain; the book knows that it is.

use super::Outcome;
use super::open_bank_account::add_name;
use crate::error::{Code, Error, Result};
use crate::ids::{BankAccountId, ConnectionId};
use crate::tx::Tx;
use rusqlite::params;
use serde::{Deserialize, Serialize};

/// Links a bank by a connector.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkSource {
    /// The connector's id.
    pub connector: String,
    /// The name people see.
    pub name: String,
}

/// Gives a bank account the names by which a source knows it, so that its answers find it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkAccount {
    /// The bank account.
    pub bank_account: BankAccountId,
    /// Scheme and value of each name.
    pub names: Vec<(String, String)>,
}

/// Ends a connection: nothing comes by it any more, what came stays.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnlinkSource {
    /// The connection.
    pub connection: ConnectionId,
}

impl LinkSource {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        if self.name.trim().is_empty() || self.name.len() > 100 {
            let args: [(&'static str, &dyn std::fmt::Display); 2] =
                [("name", &"name"), ("value", &self.name)];
            return Err(Error::refused(Code::BadValue, &args));
        }
        let id = tx.insert(
            "INSERT INTO connection (connector, name, linked_day) VALUES (?1, ?2, ?3)",
            params![self.connector, self.name.trim(), tx.today.to_string()],
        )?;
        Ok(Outcome::Connection(ConnectionId(id)))
    }
}

impl LinkAccount {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        for (scheme, value) in &self.names {
            add_name(tx, self.bank_account, scheme, value)?;
        }
        Ok(Outcome::Done)
    }
}

impl UnlinkSource {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        let rows = tx.write(
            "UPDATE connection SET ended_day = ?2 WHERE id = ?1 AND ended_day IS NULL",
            params![self.connection, tx.today.to_string()],
        )?;
        if rows == 0 {
            return Err(Error::refused(
                Code::UnknownConnection,
                &[("connection", &self.connection)],
            ));
        }
        Ok(Outcome::Connection(self.connection))
    }
}
