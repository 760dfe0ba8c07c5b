//! A former software's entries as read-only history: their own numbers and dates, no tax items.

use super::Outcome;
use super::draft_file::{bad_line, lines};
use super::open_account::history_account_of;
use super::open_fiscal_year::fiscal_year_of;
use crate::error::{Code, Error, Result};
use crate::history;
use crate::ids::{AccountId, FiscalYearId, JournalId};
use crate::tx::Tx;
use rusqlite::params;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use values::{Day, MAX_MINOR};

/// Takes over a file of entries in JSON Lines: `{"journal","day","ref","label","lines":[{"account",
/// "amount_minor"}]}`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TakeOver {
    /// Hash of the file, kept as a blob.
    pub blob: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Former<'a> {
    #[serde(borrow)]
    journal: std::borrow::Cow<'a, str>,
    day: Day,
    #[serde(default, rename = "ref", borrow)]
    reference: Option<std::borrow::Cow<'a, str>>,
    #[serde(borrow)]
    label: std::borrow::Cow<'a, str>,
    #[serde(borrow)]
    lines: Vec<FormerLine<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormerLine<'a> {
    #[serde(borrow)]
    account: std::borrow::Cow<'a, str>,
    amount_minor: i64,
    #[serde(default, borrow)]
    label: std::borrow::Cow<'a, str>,
}

#[derive(Default)]
struct Known {
    journals: HashMap<String, JournalId>,
    accounts: HashMap<String, AccountId>,
    years: Vec<(Day, Day, FiscalYearId)>,
}

impl TakeOver {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        if history::stands(tx.connection, "TakeOver", &self.blob)? {
            return Err(Error::refused(Code::AlreadyThere, &[]));
        }
        let bytes = tx.blob(&self.blob)?;
        let mut known = Known::default();
        let mut written = 0;
        for (number, line) in lines(&bytes)? {
            let former: Former<'_> =
                serde_json::from_str(line).map_err(|why| bad_line(number, &why))?;
            let sum: i128 = former.lines.iter().map(|line| i128::from(line.amount_minor)).sum();
            if sum != 0 || former.lines.is_empty() {
                return Err(bad_line(number, &format!("Σ = {sum}")));
            }
            known.write(tx, &former, number)?;
            written += 1;
            tx.pause()?;
        }
        Ok(Outcome::Count(written))
    }
}

impl Known {
    fn write(&mut self, tx: &Tx<'_>, former: &Former<'_>, number: usize) -> Result<()> {
        let journal = self.journal(tx, &former.journal)?;
        let year = self.year(tx, former.day)?;
        let day = former.day.to_string();
        let reference = match former.reference.as_deref() {
            Some(reference) if !reference.is_empty() => reference.to_owned(),
            _ => number.to_string(),
        };
        let entry = tx.insert(
            "INSERT INTO entry (journal, fiscal_year, day, label, document_reference, document_day,
               kind, posted_seq, former_number, former_posted_day)
             VALUES (?1, ?2, ?3, ?4, ?5, ?3, 'history', ?6, ?5, ?3)",
            params![journal, year, day, former.label, reference, tx.seq],
        )?;
        for (place, line) in former.lines.iter().enumerate() {
            if line.amount_minor == 0 || line.amount_minor.unsigned_abs() > MAX_MINOR as u64 {
                return Err(bad_line(number, &line.amount_minor));
            }
            let account = match self.accounts.get(line.account.as_ref()) {
                Some(id) => *id,
                None => {
                    // Counted in characters, as the table counts them.
                    if !(3..=20).contains(&line.account.chars().count()) {
                        let named = format!("account {:?}", line.account);
                        return Err(bad_line(number, &named));
                    }
                    let id = history_account_of(tx, &line.account)?;
                    self.accounts.insert(line.account.clone().into_owned(), id);
                    id
                }
            };
            tx.insert(
                "INSERT INTO posting (entry, place, account, day, amount_minor, label)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![entry, place as i64 + 1, account, day, line.amount_minor, line.label],
            )?;
        }
        Ok(())
    }

    fn journal(&mut self, tx: &Tx<'_>, code: &str) -> Result<JournalId> {
        if let Some(id) = self.journals.get(code) {
            return Ok(*id);
        }
        let sql = "SELECT id FROM journal WHERE code = ?1 AND former = 1";
        let id = match tx.first(sql, [code], |row| row.get(0))? {
            Some(id) => id,
            None => JournalId(
                tx.insert("INSERT INTO journal (code, former, name) VALUES (?1, 1, ?1)", [code])?,
            ),
        };
        self.journals.insert(code.to_owned(), id);
        Ok(id)
    }

    /// A year holds history or own entries, never both: an own year that is empty still becomes
    /// history, one with entries refuses.
    fn year(&mut self, tx: &Tx<'_>, day: Day) -> Result<FiscalYearId> {
        if let Some((.., id)) =
            self.years.iter().find(|(first, last, _)| *first <= day && day <= *last)
        {
            return Ok(*id);
        }
        let id = fiscal_year_of(tx, day, "history")?;
        let (origin, used, first, last) = tx
            .first(
                "SELECT origin, EXISTS (SELECT 1 FROM entry WHERE fiscal_year = fiscal_year.id),
                   first_day, last_day FROM fiscal_year WHERE id = ?1",
                [id],
                |row| {
                    let (first, last) =
                        (super::reverse_entry::day(row, 2)?, super::reverse_entry::day(row, 3)?);
                    Ok((row.get::<_, String>(0)?, row.get::<_, bool>(1)?, first, last))
                },
            )?
            .ok_or_else(|| Error::refused(Code::OutsideFiscalYears, &[("day", &day)]))?;
        if origin == "own" && used {
            return Err(Error::refused(Code::OwnYear, &[("entry", &""), ("day", &day)]));
        }
        if origin == "own" {
            tx.write("UPDATE fiscal_year SET origin = 'history' WHERE id = ?1", [id])?;
        }
        self.years.push((first, last, id));
        Ok(id)
    }
}
