//! How bank lines were booked before: what the person's own habits are read from.

use super::{Reader, day};
use crate::chart::Role;
use crate::error::{Error, Result};
use crate::ids::{EntryId, LineId};
use crate::tax_codes::Nature;
use std::collections::HashMap;
use values::{Day, Decimal};

/// A bank line that is booked, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastBooking {
    /// Rises with each decision: the later one counts more, whatever the days of the lines.
    pub decision: i64,
    /// The line.
    pub line: LineId,
    /// The line's booked day.
    pub day: Day,
    /// Minor units of the account's currency; money in is positive.
    pub amount_minor: i64,
    /// The bank's words without dates and noise.
    pub clean_label: String,
    /// The other side's name.
    pub party_name: Option<String>,
    /// The other side's IBAN.
    pub party_iban: Option<String>,
    /// The entry that books it.
    pub entry: EntryId,
    /// The kept reason.
    pub why: String,
    /// The entry's lines but those of the bank account and of tax, in order.
    pub counters: Vec<PastCounter>,
    /// What the person said about tax: codes of the entry's own items. VAT that a payment moves
    /// from waiting to due is not among them.
    pub taxes: Vec<PastTax>,
    /// Whether it went to another own account, through the account of internal transfers.
    pub transfer: bool,
}

/// Where a past booking went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastCounter {
    /// The account's code.
    pub account: String,
    /// The counterparty's code, on a collective account.
    pub counterparty: Option<String>,
}

/// The tax code of a past booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastTax {
    /// The tax code.
    pub code: String,
    /// Per cent.
    pub rate: Decimal,
    /// What was supplied.
    pub nature: Nature,
}

/// The latest decisions that still hold, first of them the latest.
const LATEST: &str = "WITH latest AS (SELECT id, line, entry, why FROM \"match\"
   WHERE released = 0 ORDER BY id DESC LIMIT ?1)";

impl Reader {
    /// How the last `limit` booked lines were booked, the latest decision first. What was taken
    /// back or reversed is left out.
    pub fn history_of_bookings(&self, limit: u32) -> Result<Vec<PastBooking>> {
        let mut bookings = self.all(
            &format!(
                "{LATEST} SELECT latest.id, line.id, line.day, amount_minor,
                   coalesce(clean_label, label), party_name, party_iban, latest.entry, latest.why
                 FROM latest JOIN line ON line.id = latest.line ORDER BY latest.id DESC"
            ),
            [limit],
            |row| {
                Ok(PastBooking {
                    decision: row.get(0)?,
                    line: row.get(1)?,
                    day: day(row, 2)?,
                    amount_minor: row.get(3)?,
                    clean_label: row.get(4)?,
                    party_name: row.get(5)?,
                    party_iban: row.get(6)?,
                    entry: row.get(7)?,
                    why: row.get(8)?,
                    counters: Vec::new(),
                    taxes: Vec::new(),
                    transfer: false,
                })
            },
        )?;
        let places: HashMap<i64, usize> =
            bookings.iter().enumerate().map(|(place, past)| (past.decision, place)).collect();
        for (decision, counter) in self.counters_of_latest(limit)? {
            if let Some(&place) = places.get(&decision) {
                bookings[place].counters.push(counter);
            }
        }
        for (decision, tax) in self.taxes_of_latest(limit)? {
            if let Some(&place) = places.get(&decision) {
                bookings[place].taxes.push(tax);
            }
        }
        let transfer = &self.law.chart()?.by_role(Role::Transfer).code;
        for past in &mut bookings {
            past.transfer = matches!(&past.counters[..], [only] if only.account == *transfer);
        }
        Ok(bookings)
    }

    fn counters_of_latest(&self, limit: u32) -> Result<Vec<(i64, PastCounter)>> {
        self.all(
            &format!(
                "{LATEST} SELECT latest.id, account.code, counterparty.code
                 FROM latest JOIN line ON line.id = latest.line
                 JOIN bank_account ON bank_account.id = line.bank_account
                 JOIN posting ON posting.entry = latest.entry
                   AND posting.account <> bank_account.account
                 JOIN account ON account.id = posting.account
                 LEFT JOIN counterparty ON counterparty.id = posting.counterparty
                 WHERE NOT EXISTS (SELECT 1 FROM tax_item WHERE tax_item.posting = posting.id)
                 ORDER BY latest.id, posting.place"
            ),
            [limit],
            |row| {
                Ok((row.get(0)?, PastCounter { account: row.get(1)?, counterparty: row.get(2)? }))
            },
        )
    }

    fn taxes_of_latest(&self, limit: u32) -> Result<Vec<(i64, PastTax)>> {
        let rows = self.all(
            &format!(
                "{LATEST} SELECT DISTINCT latest.id, tax_code, rate, nature
                 FROM latest JOIN tax_item ON tax_item.entry = latest.entry
                 WHERE moves IS NULL ORDER BY latest.id, tax_code, rate, nature"
            ),
            [limit],
            |row| {
                let (rate, nature): (String, String) = (row.get(2)?, row.get(3)?);
                Ok((row.get(0)?, row.get(1)?, rate, nature))
            },
        )?;
        rows.into_iter()
            .map(|(decision, code, rate, nature): (i64, String, String, String)| {
                let damaged = || Error::Damaged(format!("tax of match {decision}"));
                let rate = rate.parse().map_err(|_| damaged())?;
                let nature = Nature::read(&nature).ok_or_else(damaged)?;
                Ok((decision, PastTax { code, rate, nature }))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests;
