//! A stretch without proof accepted by a person, with the reason, for a return or a closing.

use super::Outcome;
use crate::error::{Code, Error, Result};
use crate::ids::BankAccountId;
use crate::tx::Tx;
use rusqlite::params;
use serde::{Deserialize, Serialize};
use values::Day;

/// Accepts that a bank account is not proved between two days.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WaiveProof {
    /// The bank account.
    pub bank_account: BankAccountId,
    /// First day.
    pub first_day: Day,
    /// Last day.
    pub last_day: Day,
    /// Why; it is kept.
    pub reason: String,
}

impl WaiveProof {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        let reason = self.reason.trim();
        if reason.is_empty() || self.first_day > self.last_day {
            let args: [(&'static str, &dyn std::fmt::Display); 2] = if reason.is_empty() {
                [("name", &"reason"), ("value", &"")]
            } else {
                [("name", &"last_day"), ("value", &self.last_day)]
            };
            return Err(Error::refused(Code::BadValue, &args));
        }
        let known =
            tx.first("SELECT 1 FROM bank_account WHERE id = ?1", [self.bank_account], |_| Ok(()))?;
        if known.is_none() {
            let args: [(&'static str, &dyn std::fmt::Display); 1] =
                [("account", &self.bank_account)];
            return Err(Error::refused(Code::UnknownBankAccount, &args));
        }
        tx.insert(
            "INSERT INTO waiver (bank_account, first_day, last_day, reason)
             VALUES (?1, ?2, ?3, ?4)",
            params![
                self.bank_account,
                self.first_day.to_string(),
                self.last_day.to_string(),
                reason
            ],
        )?;
        Ok(Outcome::Done)
    }
}
