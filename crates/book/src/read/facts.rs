//! What a book is: its business, its first day, its fiscal years.

use super::{Reader, day};
use crate::error::{Error, Result};
use crate::ids::FiscalYearId;
use crate::rows;
use rusqlite::Connection;
use std::collections::BTreeMap;
use values::{Currency, Day};

/// What never changes, and the settings of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookFacts {
    /// The book's UUID.
    pub uuid: String,
    /// ISO 3166 code of the country, lower case.
    pub country: String,
    /// The book's one currency.
    pub currency: Currency,
    /// First day.
    pub first_day: Day,
    /// Every setting that holds on the day asked for, or the first one when it is earlier.
    pub settings: BTreeMap<String, String>,
}

/// A fiscal year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiscalYear {
    /// Its id.
    pub id: FiscalYearId,
    /// First day.
    pub first_day: Day,
    /// Last day.
    pub last_day: Day,
    /// Whether it holds the history of a former software.
    pub is_history: bool,
}

/// What the book is, with its settings of a day.
pub(crate) fn facts_on(connection: &Connection, on: Day) -> Result<BookFacts> {
    let (uuid, country, code, first_day) = rows::first(
        connection,
        "SELECT uuid, country, currency.code, first_day FROM book
         JOIN currency ON currency.id = book.currency",
        [],
        |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?, day(row, 3)?)),
    )?
    .ok_or_else(|| Error::Damaged("the book has no first record".to_owned()))?;
    let currency = Currency::parse(&code).map_err(|why| Error::Damaged(why.to_string()))?;
    let rows = rows::all(
        connection,
        "SELECT name, value, valid_from FROM setting ORDER BY valid_from DESC",
        [],
        |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, day(row, 2)?)),
    )?;
    let mut settings = BTreeMap::new();
    for (name, value, from) in rows {
        // Latest first: the first that holds stays; one of the future gives way to an older.
        let holds = settings.get(&name).is_some_and(|(kept, _)| *kept <= on);
        if !holds {
            settings.insert(name, (from, value));
        }
    }
    let settings = settings.into_iter().map(|(name, (_, value))| (name, value)).collect();
    Ok(BookFacts { uuid, country, currency, first_day, settings })
}

impl Reader {
    /// What the book is, with its settings of a day.
    pub fn facts(&self, on: Day) -> Result<BookFacts> {
        facts_on(&self.connection, on)
    }

    /// The fiscal years in order.
    pub fn fiscal_years(&self) -> Result<Vec<FiscalYear>> {
        self.all(
            "SELECT id, first_day, last_day, origin = 'history' FROM fiscal_year
             ORDER BY first_day",
            [],
            |row| {
                Ok(FiscalYear {
                    id: row.get(0)?,
                    first_day: day(row, 1)?,
                    last_day: day(row, 2)?,
                    is_history: row.get(3)?,
                })
            },
        )
    }
}
