//! Bank lines in their thousands: how many on each day, and those of some days, newest first.

use super::bank::{BankLine, LineState};
use super::line_search::LineSearch;
use super::{Reader, day};
use crate::error::Result;
use crate::ids::{BankAccountId, EntryId, LineId};
use rusqlite::{Row, params};
use std::collections::BTreeMap;
use values::Day;

/// Where a line stands, draft and posted alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinePlace {
    /// In the inbox.
    Inbox,
    /// Booked by an entry.
    Booked,
    /// Set aside by a person.
    Dismissed,
    /// A question without an answer.
    Held,
    /// No longer shown by the bank.
    Gone,
    /// Before the book's first day.
    Before,
}

impl LineState {
    /// The same, draft and posted alike.
    pub fn place(self) -> LinePlace {
        match self {
            LineState::Inbox => LinePlace::Inbox,
            LineState::Draft | LineState::Posted => LinePlace::Booked,
            LineState::Dismissed => LinePlace::Dismissed,
            LineState::Held => LinePlace::Held,
            LineState::Gone => LinePlace::Gone,
            LineState::BeforeBooks => LinePlace::Before,
        }
    }
}

/// Which lines.
#[derive(Debug, Clone, Default)]
pub struct LinesAsked {
    /// Of which bank account; of all when absent.
    pub bank_account: Option<BankAccountId>,
    /// Where they stand; anywhere when absent.
    pub place: Option<LinePlace>,
    /// What they hold.
    pub search: Option<LineSearch>,
}

/// What of a bank account waits in the inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// The bank account.
    pub account: BankAccountId,
    /// How many lines.
    pub lines: u64,
    /// Their sum in minor units of its currency.
    pub sum_minor: i64,
    /// The day of the oldest.
    pub oldest: Day,
}

/// The same conditions as those of the state that a line is read with.
fn condition(place: Option<LinePlace>) -> &'static str {
    match place {
        None => "",
        Some(LinePlace::Held) => " AND line.state = 'held'",
        Some(LinePlace::Gone) => " AND line.state = 'gone'",
        Some(LinePlace::Dismissed) => " AND line.state = 'here' AND dismissed IS NOT NULL",
        Some(LinePlace::Booked) => {
            " AND line.state = 'here' AND dismissed IS NULL AND EXISTS
               (SELECT 1 FROM \"match\" WHERE \"match\".line = line.id AND released = 0)"
        }
        Some(LinePlace::Inbox) => {
            " AND line.id IN (SELECT line FROM waiting_cache)
               AND line.day >= (SELECT first_day FROM book)"
        }
        Some(LinePlace::Before) => {
            " AND line.id IN (SELECT line FROM waiting_cache)
               AND line.day < (SELECT first_day FROM book)"
        }
    }
}

impl Reader {
    /// How many lines there are on each day that has any, newest first.
    pub fn line_days(&self, asked: &LinesAsked) -> Result<Vec<(Day, u64)>> {
        let place = condition(asked.place);
        // Kept sums know accounts and states, but neither persons' words nor entries.
        let kept = matches!(asked.place, None | Some(LinePlace::Held | LinePlace::Gone));
        match &asked.search {
            Some(search) => self.found_days(asked, search),
            None if kept => self.counts(
                &format!(
                    "SELECT day, sum(lines) FROM line_cache AS line
                     WHERE (?1 IS NULL OR bank_account = ?1){place} GROUP BY day ORDER BY day DESC"
                ),
                [asked.bank_account],
            ),
            None => self.counts(
                &format!(
                    "SELECT line.day, count(*) FROM line
                     WHERE (?1 IS NULL OR bank_account = ?1){place}
                     GROUP BY line.day ORDER BY line.day DESC"
                ),
                [asked.bank_account],
            ),
        }
    }

    fn counts(&self, sql: &str, params: [Option<BankAccountId>; 1]) -> Result<Vec<(Day, u64)>> {
        self.all(sql, params, |row| Ok((day(row, 0)?, row.get::<_, i64>(1)? as u64)))
    }

    fn found_days(&self, asked: &LinesAsked, search: &LineSearch) -> Result<Vec<(Day, u64)>> {
        let exponents = self.exponents()?;
        let sql = format!(
            "SELECT line.day, label, party_name, amount_minor, bank_account FROM line
             WHERE (?1 IS NULL OR bank_account = ?1){}",
            condition(asked.place)
        );
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        self.each(&sql, [asked.bank_account], |row| {
            if fits(row, search, &exponents, [1, 2, 3, 4])? {
                let on = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
                match counts.get_mut(on) {
                    Some(count) => *count += 1,
                    None => drop(counts.insert(on.to_owned(), 1)),
                }
            }
            Ok(())
        })?;
        let days = counts.into_iter().rev();
        Ok(days.filter_map(|(on, count)| Some((Day::parse(&on).ok()?, count))).collect())
    }

    /// The lines of some days, newest first, at most `limit`.
    pub fn newest_lines(
        &self,
        asked: &LinesAsked,
        (first, last): (Day, Day),
        limit: usize,
    ) -> Result<Vec<BankLine>> {
        let exponents = self.exponents()?;
        // Account by account, each in the order of its key; a business has few.
        let sql = format!(
            "SELECT line.id, line.day, label, party_name, amount_minor, bank_account FROM line
             WHERE bank_account = ?1 AND line.day BETWEEN ?2 AND ?3{} ORDER BY line.day DESC",
            condition(asked.place)
        );
        let (first, last) = (first.to_string(), last.to_string());
        let mut found: Vec<(Day, LineId)> = Vec::new();
        let asked_for = |id: &&BankAccountId| asked.bank_account.is_none_or(|one| one == **id);
        for account in exponents.keys().filter(asked_for) {
            let mut of_account = 0;
            let mut statement = self.connection.prepare_cached(&sql)?;
            let mut rows = statement.query(params![account, first, last])?;
            while let Some(row) = rows.next()? {
                let fits = match &asked.search {
                    Some(search) => fits(row, search, &exponents, [2, 3, 4, 5])?,
                    None => true,
                };
                if !fits {
                    continue;
                }
                let on = day(row, 1)?;
                // A day is taken whole: its lines come in no order that counts.
                if of_account >= limit && found.last().is_some_and(|(day, _)| *day != on) {
                    break;
                }
                found.push((on, row.get(0)?));
                of_account += 1;
            }
        }
        found.sort_unstable_by(|one, other| other.cmp(one));
        found.truncate(limit);
        let lines = found.into_iter().map(|(_, id)| self.line(id));
        Ok(lines.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
    }

    /// Codes of the accounts of an entry but one, in the order of its lines.
    pub fn counter_accounts(&self, entry: EntryId, but: &str) -> Result<Vec<String>> {
        self.all(
            "SELECT account.code FROM posting JOIN account ON account.id = posting.account
             WHERE entry = ?1 AND account.code <> ?2 GROUP BY account.id ORDER BY min(place)",
            params![entry, but],
            |row| row.get(0),
        )
    }

    /// What waits in the inbox, by bank account; those without any are left out.
    pub fn waiting(&self) -> Result<Vec<Waiting>> {
        self.all(
            &format!(
                "SELECT bank_account, count(*), sum(amount_minor), min(line.day) FROM line
                 WHERE true{} GROUP BY bank_account",
                condition(Some(LinePlace::Inbox))
            ),
            [],
            |row| {
                Ok(Waiting {
                    account: row.get(0)?,
                    lines: row.get::<_, i64>(1)? as u64,
                    sum_minor: row.get(2)?,
                    oldest: day(row, 3)?,
                })
            },
        )
    }

    /// Count and sum in minor units of the lines that stand at the bank, from a day to a day, both
    /// included; from the first or to the last one where none is given.
    pub fn lines_between(
        &self,
        of: BankAccountId,
        first: Option<Day>,
        last: Option<Day>,
    ) -> Result<(u64, i64)> {
        let text = |day: Option<Day>| day.map(|day| day.to_string());
        let found = self.first(
            "SELECT coalesce(sum(lines), 0), coalesce(sum(sum_minor), 0) FROM line_cache
             WHERE bank_account = ?1 AND state = 'here'
               AND day >= coalesce(?2, '') AND day <= coalesce(?3, '~')",
            params![of, text(first), text(last)],
            |row| Ok((row.get::<_, i64>(0)? as u64, row.get(1)?)),
        )?;
        Ok(found.unwrap_or((0, 0)))
    }

    /// Decimals of the currency of each bank account.
    fn exponents(&self) -> Result<BTreeMap<BankAccountId, u32>> {
        let rows = self.all(
            "SELECT bank_account.id, exponent FROM bank_account
             JOIN currency ON currency.id = bank_account.currency",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        Ok(rows.into_iter().collect())
    }
}

/// Whether the row of a line is searched for; the places of label, other side, amount, account.
fn fits(
    row: &Row<'_>,
    search: &LineSearch,
    exponents: &BTreeMap<BankAccountId, u32>,
    [label, party, amount, account]: [usize; 4],
) -> rusqlite::Result<bool> {
    let exponent = exponents.get(&row.get(account)?).copied().unwrap_or(2);
    let (label, party) = (row.get_ref(label)?.as_str()?, row.get_ref(party)?.as_str_or_null()?);
    Ok(search.fits(label, party, (row.get(amount)?, exponent)))
}
