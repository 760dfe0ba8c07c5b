//! The kept sums: brought up to date from what a command touched, and held against the full sums.

use super::{Changes, LineKey};
use crate::error::{Code, Error, Result};
use rusqlite::{Connection, params};
use std::collections::HashMap;
use values::MAX_MINOR;

impl Changes {
    /// Brings every kept sum up to date.
    pub(crate) fn keep_sums(&self, connection: &Connection) -> Result<()> {
        self.keep_open_items(connection)?;
        self.keep_lines(connection)?;
        self.keep_waiting(connection)?;
        self.keep_balances(connection)
    }

    fn keep_open_items(&self, connection: &Connection) -> Result<()> {
        let mut add = connection
            .prepare_cached("INSERT INTO open_cache (posting, rest_minor) VALUES (?1, ?2)")?;
        for (posting, amount) in &self.postings_added {
            add.execute([posting, amount])?;
        }
        let mut tie = connection.prepare_cached(
            "UPDATE open_cache SET rest_minor = rest_minor + ?2 WHERE posting = ?1",
        )?;
        for (item, payment, amount) in &self.ties {
            tie.execute([item, &-amount])?;
            tie.execute([payment, amount])?;
        }
        let mut remove = connection.prepare_cached("DELETE FROM open_cache WHERE posting = ?1")?;
        for posting in &self.postings_removed {
            remove.execute([posting])?;
        }
        Ok(())
    }

    fn keep_lines(&self, connection: &Connection) -> Result<()> {
        let mut add = connection.prepare_cached(
            "INSERT INTO line_cache (bank_account, day, since, state, lines, sum_minor)
             VALUES (?1, ?2, ?3, 'here', ?4, ?5) ON CONFLICT DO UPDATE
             SET lines = lines + excluded.lines, sum_minor = sum_minor + excluded.sum_minor",
        )?;
        for (key, sums) in &self.lines_added {
            if self.lines_changed.contains(key) {
                continue;
            }
            for (since, (lines, sum)) in sums {
                add.execute(params![key.0, text(key), since, lines, sum])?;
            }
        }
        let mut forget = connection
            .prepare_cached("DELETE FROM line_cache WHERE bank_account = ?1 AND day = ?2")?;
        let mut recount = connection.prepare_cached(
            "INSERT INTO line_cache (bank_account, day, since, state, lines, sum_minor)
             SELECT bank_account, day, since, state, count(*), sum(amount_minor) FROM line
             WHERE bank_account = ?1 AND day = ?2 GROUP BY since, state",
        )?;
        for key in &self.lines_changed {
            forget.execute(params![key.0, text(key)])?;
            recount.execute(params![key.0, text(key)])?;
        }
        Ok(())
    }

    fn keep_waiting(&self, connection: &Connection) -> Result<()> {
        let mut add = connection.prepare_cached("INSERT INTO waiting_cache (line) VALUES (?1)")?;
        for line in self.lines_new.iter().filter(|line| !self.lines_touched.contains(line)) {
            add.execute([line])?;
        }
        let mut forget = connection.prepare_cached("DELETE FROM waiting_cache WHERE line = ?1")?;
        let mut look = connection.prepare_cached(WAITS)?;
        for line in &self.lines_touched {
            forget.execute([line])?;
            if look.exists([line])? {
                add.execute([line])?;
            }
        }
        Ok(())
    }

    /// A posted entry never changes, so its amounts are added once, when it is posted.
    fn keep_balances(&self, connection: &Connection) -> Result<()> {
        let mut sums: HashMap<(i64, i64, String, String), (i128, i128)> = HashMap::new();
        let mut lines = connection.prepare_cached(
            "SELECT posting.account, entry.fiscal_year, entry.day, entry.kind, posting.amount_minor
             FROM entry JOIN posting ON posting.entry = entry.id WHERE entry.id = ?1",
        )?;
        for entry in &self.posted {
            let mut rows = lines.query([entry])?;
            while let Some(row) = rows.next()? {
                let day: String = row.get(2)?;
                let key = (row.get(0)?, row.get(1)?, day[..7].to_owned(), row.get(3)?);
                let amount: i64 = row.get(4)?;
                let sum: &mut (i128, i128) = sums.entry(key).or_default();
                if amount > 0 {
                    sum.0 += i128::from(amount);
                } else {
                    sum.1 -= i128::from(amount);
                }
            }
        }
        let mut add = connection.prepare_cached(
            "INSERT INTO balance_cache
               (account, fiscal_year, month, kind, debit_minor, credit_minor)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE SET
               debit_minor = debit_minor + excluded.debit_minor,
               credit_minor = credit_minor + excluded.credit_minor
             RETURNING debit_minor, credit_minor",
        )?;
        for ((account, year, month, kind), (debit, credit)) in &sums {
            let (debit, credit) = (exact(*debit)?, exact(*credit)?);
            let kept = add
                .query_row(params![account, year, month, kind, debit, credit], |row| {
                    Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))
                })?;
            exact(kept.0.into())?;
            exact(kept.1.into())?;
        }
        Ok(())
    }
}

/// A sum of a month on one account, which must be as exact as the amounts it is made of.
fn exact(sum: i128) -> Result<i64> {
    match i64::try_from(sum) {
        Ok(exact) if sum <= i128::from(MAX_MINOR) => Ok(exact),
        _ => Err(Error::refused(Code::TooLarge, &[("amount", &sum)])),
    }
}

fn text(key: &LineKey) -> &str {
    str::from_utf8(&key.1).unwrap_or("")
}

/// Whether a bank line waits for a decision; one before the book's first day does, but not there.
const WAITS: &str = "SELECT 1 FROM line WHERE id = ?1 AND state = 'here' AND dismissed IS NULL
   AND NOT EXISTS (SELECT 1 FROM \"match\" WHERE line = ?1 AND released = 0)";

/// Each kept sum: its name, what is kept, what a full sum gives.
const PAIRS: &[(&str, &str, &str)] = &[
    (
        "balances",
        "SELECT account, fiscal_year, month, kind, debit_minor, credit_minor FROM balance_cache",
        "SELECT posting.account, entry.fiscal_year, substr(entry.day, 1, 7), entry.kind,
           sum(max(amount_minor, 0)), sum(max(-amount_minor, 0))
         FROM entry JOIN posting ON posting.entry = entry.id
         WHERE entry.posted_seq IS NOT NULL GROUP BY 1, 2, 3, 4",
    ),
    (
        "open items",
        "SELECT posting, rest_minor FROM open_cache",
        "SELECT posting.id, amount_minor
           - coalesce((SELECT sum(amount_minor) FROM clearing WHERE item = posting.id), 0)
           + coalesce((SELECT sum(amount_minor) FROM clearing WHERE payment = posting.id), 0)
         FROM posting JOIN account ON account.id = posting.account WHERE account.collective = 1",
    ),
    (
        "bank lines",
        "SELECT bank_account, day, since, state, lines, sum_minor FROM line_cache",
        "SELECT bank_account, day, since, state, count(*), sum(amount_minor) FROM line
         GROUP BY 1, 2, 3, 4",
    ),
    (
        "waiting lines",
        "SELECT line FROM waiting_cache",
        "SELECT id FROM line WHERE state = 'here' AND dismissed IS NULL
           AND id NOT IN (SELECT line FROM \"match\" WHERE released = 0)",
    ),
];

/// Holds every kept sum against the full sum; gives how many were compared.
pub(crate) fn verify_sums(connection: &Connection) -> Result<i64> {
    let mut compared = 0;
    for (name, kept, full) in PAIRS {
        let differ: i64 = connection.query_row(
            &format!(
                "SELECT (SELECT count(*) FROM ({kept} EXCEPT {full}))
                      + (SELECT count(*) FROM ({full} EXCEPT {kept}))"
            ),
            [],
            |row| row.get(0),
        )?;
        if differ > 0 {
            return Err(Error::Damaged(format!(
                "{differ} kept sums of {name} are not the full sums"
            )));
        }
        compared += connection
            .query_row(&format!("SELECT count(*) FROM ({kept})"), [], |row| row.get::<_, i64>(0))?;
    }
    Ok(compared)
}
