//! Sums of lines by account: kept ones for whole months, live ones for what is left over.
//!
//! Each question takes a [`Stretch`]; none of them reads a line that the stretch does not hold.

use super::Reader;
use crate::error::Result;
use crate::ids::{AccountId, CounterpartyId};
use rusqlite::{Params, Row, params};
use values::Day;

/// Days from first to last, both in it, on the accounts whose code begins with a prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch<'prefix> {
    /// First day.
    pub first: Day,
    /// Last day.
    pub last: Day,
    /// What the codes of its accounts begin with; empty for all of them.
    pub prefix: &'prefix str,
    /// Whether each month has a sum of its own.
    pub by_month: bool,
}

/// What an account got in a stretch, or in one month of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountSum {
    /// The account.
    pub account: AccountId,
    /// `YYYY-MM`; empty when months were not asked for.
    pub month: String,
    /// Sum of debits in minor units.
    pub debit_minor: i64,
    /// Sum of credits in minor units, as a positive number.
    pub credit_minor: i64,
}

/// The balance of one counterparty on one collective account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartySum {
    /// The account.
    pub account: AccountId,
    /// The counterparty; lines of a former software may lack it.
    pub counterparty: Option<CounterpartyId>,
    /// Minor units; debit positive.
    pub amount_minor: i64,
}

/// Of a kept sum, the days that it covers are those of its month that its fiscal year holds. The
/// month's end is written `31` whichever month it is, on both sides of the comparison.
pub(super) const KEPT: &str = "
 SELECT kept.account, CASE WHEN ?4 THEN month ELSE '' END, sum(debit_minor), sum(credit_minor)
 FROM account CROSS JOIN balance_cache kept ON kept.account = account.id
 CROSS JOIN fiscal_year ON fiscal_year.id = kept.fiscal_year
 WHERE account.code >= ?3 AND account.code < ?3 || char(1114111)
   AND max(first_day, month || '-01') >= ?1 AND min(last_day, month || '-31') <= ?2
 GROUP BY 1, 2";

/// Posted and drafts together, from the index alone.
pub(super) const LINES: &str = "
 SELECT account.id, CASE WHEN ?4 THEN substr(day, 1, 7) ELSE '' END,
   sum(max(amount_minor, 0)), sum(max(-amount_minor, 0))
 FROM account CROSS JOIN posting INDEXED BY posting_account ON posting.account = account.id
 WHERE account.code >= ?3 AND account.code < ?3 || char(1114111) AND day BETWEEN ?1 AND ?2
 GROUP BY 1, 2";

pub(super) const DRAFTS: &str = "
 SELECT account.id, CASE WHEN ?4 THEN substr(entry.day, 1, 7) ELSE '' END,
   sum(max(amount_minor, 0)), sum(max(-amount_minor, 0))
 FROM entry INDEXED BY entry_draft CROSS JOIN posting ON posting.entry = entry.id
 CROSS JOIN account ON account.id = posting.account
 WHERE posted_seq IS NULL AND entry.day BETWEEN ?1 AND ?2
   AND account.code >= ?3 AND account.code < ?3 || char(1114111)
 GROUP BY 1, 2";

/// What stands in journal AN, ours or a former software's, opens its year.
pub(super) const OPENING: &str = "
 SELECT account.id, CASE WHEN ?4 THEN substr(entry.day, 1, 7) ELSE '' END,
   sum(max(amount_minor, 0)), sum(max(-amount_minor, 0))
 FROM journal CROSS JOIN entry INDEXED BY entry_journal ON entry.journal = journal.id
 CROSS JOIN posting ON posting.entry = entry.id
 CROSS JOIN account ON account.id = posting.account
 WHERE journal.code = 'AN' AND entry.day BETWEEN ?1 AND ?2
   AND (?5 OR posted_seq IS NOT NULL)
   AND account.code >= ?3 AND account.code < ?3 || char(1114111)
 GROUP BY 1, 2";

pub(super) const OPENS: &str = "
 SELECT 1 FROM journal CROSS JOIN entry INDEXED BY entry_journal ON entry.journal = journal.id
 WHERE journal.code = 'AN' AND entry.day BETWEEN ?1 AND ?2
   AND (?3 OR posted_seq IS NOT NULL) LIMIT 1";

pub(super) const PARTIES: &str = "
 SELECT account.id, posting.counterparty, sum(amount_minor)
 FROM account CROSS JOIN posting INDEXED BY posting_account ON posting.account = account.id
 WHERE collective = 1 AND day BETWEEN ?1 AND ?2
   AND (?3 OR posting.entry NOT IN (SELECT id FROM entry WHERE posted_seq IS NULL))
 GROUP BY 1, 2";

fn sum(row: &Row<'_>) -> rusqlite::Result<AccountSum> {
    Ok(AccountSum {
        account: row.get(0)?,
        month: row.get(1)?,
        debit_minor: row.get(2)?,
        credit_minor: row.get(3)?,
    })
}

impl Reader {
    fn sums(&self, sql: &str, params: impl Params) -> Result<Vec<AccountSum>> {
        self.all(sql, params, sum)
    }

    /// Kept sums of posted lines, of the months that lie in the stretch with all the days they have
    /// in their fiscal year.
    pub fn kept_sums(&self, of: Stretch<'_>) -> Result<Vec<AccountSum>> {
        let last = if of.last == of.last.month_end() {
            format!("{}-31", of.last.year_month())
        } else {
            of.last.to_string()
        };
        self.sums(KEPT, params![of.first.to_string(), last, of.prefix, of.by_month])
    }

    /// Sums of all lines, drafts among them, added up line by line.
    pub fn live_sums(&self, of: Stretch<'_>) -> Result<Vec<AccountSum>> {
        let (first, last) = (of.first.to_string(), of.last.to_string());
        self.sums(LINES, params![first, last, of.prefix, of.by_month])
    }

    /// Sums of the lines of drafts.
    pub fn draft_sums(&self, of: Stretch<'_>) -> Result<Vec<AccountSum>> {
        let (first, last) = (of.first.to_string(), of.last.to_string());
        self.sums(DRAFTS, params![first, last, of.prefix, of.by_month])
    }

    /// Sums of the lines of journal AN, with or without its drafts.
    pub fn opening_sums(&self, of: Stretch<'_>, drafts: bool) -> Result<Vec<AccountSum>> {
        let (first, last) = (of.first.to_string(), of.last.to_string());
        self.sums(OPENING, params![first, last, of.prefix, of.by_month, drafts])
    }

    /// Whether journal AN has an entry from the first to the last day.
    pub fn has_opening(&self, first: Day, last: Day, drafts: bool) -> Result<bool> {
        let found =
            self.first(OPENS, params![first.to_string(), last.to_string(), drafts], |_| Ok(()))?;
        Ok(found.is_some())
    }

    /// Balances by counterparty of every collective account, from the first to the last day.
    pub fn party_sums(&self, first: Day, last: Day, drafts: bool) -> Result<Vec<PartySum>> {
        self.all(PARTIES, params![first.to_string(), last.to_string(), drafts], |row| {
            Ok(PartySum {
                account: row.get(0)?,
                counterparty: row.get(1)?,
                amount_minor: row.get(2)?,
            })
        })
    }
}

#[cfg(test)]
mod tests;
