//! How many entries of a fiscal year there are on each day.

use super::Reader;
use crate::error::Result;
use crate::ids::FiscalYearId;
use rusqlite::params;
use std::collections::BTreeMap;
use values::Day;

/// Which entries of a fiscal year are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntriesAsked<'a> {
    /// The fiscal year.
    pub year: FiscalYearId,
    /// First day.
    pub first: Day,
    /// Last day.
    pub last: Day,
    /// Whether drafts count.
    pub drafts: bool,
    /// Whether entries of journal AN count, ours or a former software's.
    pub opening: bool,
    /// What the code of one of its accounts begins with; empty for all entries.
    pub prefix: &'a str,
}

/// From the index alone; what does not count is few, and taken off.
const ALL: &str = "
 SELECT day, count(*) FROM entry INDEXED BY entry_fiscal_year
 WHERE fiscal_year = ?1 AND day BETWEEN ?2 AND ?3 GROUP BY day";

const DRAFTS: &str = "
 SELECT day, count(*) FROM entry INDEXED BY entry_draft
 WHERE posted_seq IS NULL AND fiscal_year = ?1 AND day BETWEEN ?2 AND ?3 GROUP BY day";

const OPENING: &str = "
 SELECT entry.day, count(*)
 FROM journal CROSS JOIN entry INDEXED BY entry_journal ON entry.journal = journal.id
 WHERE journal.code = 'AN' AND fiscal_year = ?1 AND entry.day BETWEEN ?2 AND ?3
   AND (?4 OR posted_seq IS NOT NULL)
 GROUP BY entry.day";

const OF_ACCOUNTS: &str = "
 SELECT posting.day, count(DISTINCT entry.id)
 FROM account CROSS JOIN posting INDEXED BY posting_account ON posting.account = account.id
 CROSS JOIN entry ON entry.id = posting.entry CROSS JOIN journal ON journal.id = entry.journal
 WHERE account.code >= ?6 AND account.code < ?6 || char(1114111)
   AND posting.day BETWEEN ?2 AND ?3 AND fiscal_year = ?1
   AND (?4 OR posted_seq IS NOT NULL) AND (?5 OR journal.code <> 'AN')
 GROUP BY posting.day";

impl Reader {
    /// How many entries there are on each day that has any, oldest first.
    pub fn entry_days(&self, asked: EntriesAsked<'_>) -> Result<Vec<(Day, u64)>> {
        let EntriesAsked { year, first, last, drafts, opening, prefix } = asked;
        let (first, last) = (first.to_string(), last.to_string());
        let mut days: BTreeMap<String, i64> = BTreeMap::new();
        let mut add = |sql: &str, params: &[&dyn rusqlite::ToSql], sign: i64| -> Result<()> {
            self.each(sql, params, |row| {
                *days.entry(row.get(0)?).or_default() += sign * row.get::<_, i64>(1)?;
                Ok(())
            })
        };
        if prefix.is_empty() {
            add(ALL, params![year, first, last], 1)?;
            if !drafts {
                add(DRAFTS, params![year, first, last], -1)?;
            }
            if !opening {
                add(OPENING, params![year, first, last, drafts], -1)?;
            }
        } else {
            add(OF_ACCOUNTS, params![year, first, last, drafts, opening, prefix], 1)?;
        }
        let days = days.into_iter().filter(|(_, count)| *count > 0);
        Ok(days.filter_map(|(on, count)| Some((Day::parse(&on).ok()?, count as u64))).collect())
    }
}
