//! Bank accounts, their windows, their lines, and where each line was seen.

use super::{Reader, day};
use crate::error::{Error, Result};
use crate::ids::{BankAccountId, EntryId, LineId};
use rusqlite::{Row, params};
use statement::proof::{BookSum, Chain, ReadWindow, prove};
use values::{Currency, Day};

/// A bank account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankAccount {
    /// Its id.
    pub id: BankAccountId,
    /// Code of its ledger account: `512101`.
    pub account: String,
    /// Code of its journal: `BQ1`.
    pub journal: String,
    /// The name people see.
    pub name: String,
    /// Its one currency.
    pub currency: Currency,
    /// How sources name it: scheme and value.
    pub names: Vec<(String, String)>,
}

/// Where a bank line stands on its way to the books.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineState {
    /// In the inbox.
    Inbox,
    /// Booked by a draft.
    Draft,
    /// Booked by a posted entry.
    Posted,
    /// Set aside by a person.
    Dismissed,
    /// Before the book's first day.
    BeforeBooks,
    /// A question without an answer.
    Held,
    /// No longer shown by the bank.
    Gone,
}

/// One bank line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankLine {
    /// Its id.
    pub id: LineId,
    /// Its bank account.
    pub bank_account: BankAccountId,
    /// The booked day.
    pub day: Day,
    /// Minor units of the account's currency; money in is positive.
    pub amount_minor: i64,
    /// The bank's words.
    pub label: String,
    /// The words without dates and noise.
    pub clean_label: String,
    /// The other side's name.
    pub party_name: Option<String>,
    /// The other side's IBAN.
    pub party_iban: Option<String>,
    /// A structured reference.
    pub reference: Option<String>,
    /// The bank's type code.
    pub type_code: Option<String>,
    /// Where it stands.
    pub state: LineState,
    /// The entry that books it, and why.
    pub entry: Option<(EntryId, String)>,
}

/// Where a line was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// The statement.
    pub statement: Statement,
    /// First and last byte of the line in the blob, the last excluded.
    pub place: (u64, u64),
}

/// One paper of a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Where it came from: `file ofx`.
    pub source: String,
    /// The reader and its version.
    pub reader: String,
    /// The blob's hash.
    pub blob: String,
    /// Where the blob came from: a file's name.
    pub origin: String,
    /// When it came, UTC.
    pub at: String,
}

const LINE: &str = "SELECT line.id, line.bank_account, line.day, line.amount_minor, line.label,
   coalesce(line.clean_label, line.label), party_name, party_iban, reference, type_code,
   CASE WHEN line.state <> 'here' THEN line.state WHEN dismissed IS NOT NULL THEN 'dismissed'
     WHEN entry.id IS NOT NULL THEN CASE WHEN posted_seq IS NULL THEN 'draft' ELSE 'posted' END
     WHEN line.day < (SELECT first_day FROM book) THEN 'before' ELSE 'inbox' END,
   entry.id, \"match\".why
 FROM line LEFT JOIN \"match\" ON \"match\".line = line.id AND released = 0
 LEFT JOIN entry ON entry.id = \"match\".entry";

fn line(row: &Row<'_>) -> rusqlite::Result<BankLine> {
    let state: String = row.get(10)?;
    let entry: Option<EntryId> = row.get(11)?;
    let why: Option<String> = row.get(12)?;
    Ok(BankLine {
        id: row.get(0)?,
        bank_account: row.get(1)?,
        day: day(row, 2)?,
        amount_minor: row.get(3)?,
        label: row.get(4)?,
        clean_label: row.get(5)?,
        party_name: row.get(6)?,
        party_iban: row.get(7)?,
        reference: row.get(8)?,
        type_code: row.get(9)?,
        state: match state.as_str() {
            "held" => LineState::Held,
            "gone" => LineState::Gone,
            "dismissed" => LineState::Dismissed,
            "draft" => LineState::Draft,
            "posted" => LineState::Posted,
            "before" => LineState::BeforeBooks,
            _ => LineState::Inbox,
        },
        entry: entry.zip(why),
    })
}

impl Reader {
    /// Every bank account.
    pub fn bank_accounts(&self) -> Result<Vec<BankAccount>> {
        let rows = self.all(
            "SELECT bank_account.id, account.code, journal.code, bank_account.name, currency.code
             FROM bank_account JOIN account ON account.id = bank_account.account
             JOIN journal ON journal.id = bank_account.journal
             JOIN currency ON currency.id = bank_account.currency ORDER BY account.code",
            [],
            |row| {
                let code: String = row.get(4)?;
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, code))
            },
        )?;
        rows.into_iter()
            .map(|(id, account, journal, name, code)| {
                let currency =
                    Currency::parse(&code).map_err(|why| Error::Damaged(why.to_string()))?;
                let names = self.all(
                    "SELECT source, value FROM bank_account_alias WHERE bank_account = ?1
                     ORDER BY id",
                    [id],
                    |row| Ok((row.get(0)?, row.get(1)?)),
                )?;
                Ok(BankAccount { id, account, journal, name, currency, names })
            })
            .collect()
    }

    /// Every window of a bank account, by first day.
    pub fn windows(&self, bank_account: BankAccountId) -> Result<Vec<ReadWindow>> {
        windows(&self.connection, bank_account)
    }

    /// What the windows of a bank account prove together.
    pub fn proof(&self, bank_account: BankAccountId) -> Result<Chain> {
        Ok(prove(&self.windows(bank_account)?, &book_sums(&self.connection, bank_account)?))
    }

    /// How many lines stand at the bank.
    pub fn line_count(&self, bank_account: BankAccountId) -> Result<u64> {
        let count: Option<i64> = self.first(
            "SELECT coalesce(sum(lines), 0) FROM line_cache
             WHERE bank_account = ?1 AND state = 'here'",
            [bank_account],
            |row| row.get(0),
        )?;
        Ok(count.unwrap_or(0) as u64)
    }

    /// Lines in the inbox, oldest first, after a key of day and id, at most `limit`.
    pub fn inbox(&self, after: Option<(Day, LineId)>, limit: u32) -> Result<Vec<BankLine>> {
        let (day, id) = after.map_or((String::new(), LineId(0)), |(day, id)| (day.to_string(), id));
        self.all(
            &format!(
                "{LINE} WHERE line.id IN (SELECT line FROM waiting_cache)
                   AND line.day >= (SELECT first_day FROM book) AND (line.day, line.id) > (?1, ?2)
                 ORDER BY line.day, line.id LIMIT ?3"
            ),
            params![day, id, limit],
            line,
        )
    }

    /// One line.
    pub fn line(&self, id: LineId) -> Result<Option<BankLine>> {
        self.first(&format!("{LINE} WHERE line.id = ?1"), [id], line)
    }

    /// The lines of one entry.
    pub fn lines_of_entry(&self, entry: EntryId) -> Result<Vec<BankLine>> {
        self.all(&format!("{LINE} WHERE entry.id = ?1 ORDER BY line.id"), [entry], line)
    }

    /// Lines of a bank account between two days, after a key of day and id.
    pub fn lines(
        &self,
        bank_account: BankAccountId,
        (first, last): (Day, Day),
        after: Option<(Day, LineId)>,
        limit: u32,
    ) -> Result<Vec<BankLine>> {
        // The key's own day is where the index begins; the order within it is the id's.
        let (start, id) = match after {
            Some((day, id)) if day >= first => (day, id),
            _ => (first, LineId(0)),
        };
        self.all(
            &format!(
                "{LINE} WHERE line.bank_account = ?1 AND line.day BETWEEN ?2 AND ?3
                   AND (line.day > ?2 OR line.id > ?4) ORDER BY line.day, line.id LIMIT ?5"
            ),
            params![bank_account, start.to_string(), last.to_string(), id, limit],
            line,
        )
    }

    /// Every place where a line was seen.
    pub fn sightings(&self, line: LineId) -> Result<Vec<Sighting>> {
        self.all(
            "SELECT statement.source, reader, blob, coalesce(origin, ''), coalesce(at, ''), place
             FROM sighting JOIN statement ON statement.id = sighting.statement
             LEFT JOIN blob_state ON blob_state.hash = statement.blob
             WHERE line = ?1 GROUP BY sighting.id ORDER BY sighting.id",
            [line],
            |row| {
                let place: String = row.get(5)?;
                let (first, last) = place.split_once("..").unwrap_or(("0", "0"));
                Ok(Sighting {
                    statement: Statement {
                        source: row.get(0)?,
                        reader: row.get(1)?,
                        blob: row.get(2)?,
                        origin: row.get(3)?,
                        at: row.get(4)?,
                    },
                    place: (first.parse().unwrap_or(0), last.parse().unwrap_or(0)),
                })
            },
        )
    }

    /// Waivers of a bank account: first day, last day, reason.
    pub fn waivers(&self, bank_account: BankAccountId) -> Result<Vec<(Day, Day, String)>> {
        self.all(
            "SELECT first_day, last_day, reason FROM waiver WHERE bank_account = ?1 ORDER BY id",
            [bank_account],
            |row| Ok((day(row, 0)?, day(row, 1)?, row.get(2)?)),
        )
    }
}

/// Every window of a bank account, by first day.
pub(crate) fn windows(
    connection: &rusqlite::Connection,
    bank_account: BankAccountId,
) -> Result<Vec<ReadWindow>> {
    let mut select = connection.prepare_cached(
        "SELECT id, first_day, last_day, opening_minor, closing_minor, as_of, sum_minor
         FROM \"window\" WHERE bank_account = ?1 ORDER BY first_day, id",
    )?;
    let rows = select.query_map([bank_account], |row| {
        Ok(ReadWindow {
            id: row.get(0)?,
            first_day: day(row, 1)?,
            last_day: day(row, 2)?,
            opening_minor: row.get(3)?,
            closing_minor: row.get(4)?,
            as_of: row.get(5)?,
            sum_minor: row.get(6)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What the book holds of a bank account, summed by day, earliest read and state.
pub(crate) fn book_sums(
    connection: &rusqlite::Connection,
    bank_account: BankAccountId,
) -> Result<Vec<BookSum>> {
    let mut select = connection.prepare_cached(
        "SELECT day, since, state = 'gone', sum_minor FROM line_cache
         WHERE bank_account = ?1 AND state <> 'held' ORDER BY day, since",
    )?;
    let rows = select.query_map([bank_account], |row| {
        Ok(BookSum {
            day: day(row, 0)?,
            since: row.get(1)?,
            gone: row.get(2)?,
            sum_minor: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl Reader {
    /// Why a line was set aside, if it was.
    pub fn reason(&self, id: LineId) -> Result<Option<String>> {
        Ok(self
            .first("SELECT dismissed FROM line WHERE id = ?1", [id], |row| row.get(0))?
            .flatten())
    }
}
