//! Books: made, shown, their settings.

use super::{Called, File, Nothing, Seen};
use crate::app::App;
use crate::host::{Progress, Watched};
use book::{Book, ChangeSetting, Context, CreateBook, TakeOver};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use ts_rs::TS;
use values::{Currency, Day, Siren};

/// A new book for one business.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct NewBook {
    /// ISO 3166 code of the country.
    pub country: String,
    /// The business's name.
    pub name: String,
    /// First day; the fiscal year's when absent.
    #[serde(default)]
    pub first_day: Option<Day>,
    /// First and last day of the first fiscal year; the calendar year of the first day when absent.
    #[serde(default)]
    pub fiscal_year: Option<(Day, Day)>,
    /// IANA time zone; that of the country's capital when absent.
    #[serde(default)]
    pub time_zone: Option<String>,
    /// Further settings: `siren`, `legal_form`, `vat_regime`, `vat_on`, `activity`, …
    #[serde(default)]
    pub settings: BTreeMap<String, String>,
}

/// What a book is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BookView {
    /// Its UUID.
    pub uuid: String,
    /// ISO 3166 code of the country.
    pub country: String,
    /// The book's one currency.
    pub currency: String,
    /// First day.
    pub first_day: Day,
    /// The settings of today.
    pub settings: BTreeMap<String, String>,
    /// First and last day of each fiscal year, and whether it holds history.
    pub fiscal_years: Vec<(Day, Day, bool)>,
    /// Today in the book's time zone.
    pub today: Day,
    /// How many entries are drafts.
    pub drafts: u64,
    /// Number of its last record.
    pub records: i64,
}

/// A setting from a day on.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct SettingChange {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// First day it holds.
    pub valid_from: Day,
}

/// How many things were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct Count {
    /// The number.
    pub count: u64,
}

impl App {
    /// Makes a book; a path where anything stands is refused.
    pub fn create_book(
        &self,
        book: &Path,
        request: NewBook,
        progress: &dyn Progress,
    ) -> Called<BookView> {
        let now = (self.host.clock)();
        let zone = request.time_zone.unwrap_or_else(|| "Europe/Paris".to_owned());
        let today = Day::from(now.date_naive());
        let first_day = match (request.first_day, request.fiscal_year) {
            (Some(day), _) => day,
            (None, Some((first, _))) => first,
            (None, None) => Day::from_ymd(today.year(), 1, 1).unwrap_or(today),
        };
        let year = |month, day| Day::from_ymd(first_day.year(), month, day).unwrap_or(first_day);
        let fiscal_year = request.fiscal_year.unwrap_or((year(1, 1), year(12, 31)));
        let mut settings = request.settings;
        settings.insert("name".to_owned(), request.name);
        if let Some(siren) = settings.get("siren").and_then(|text| Siren::parse(text).ok()) {
            settings.insert("siren".to_owned(), siren.as_str().to_owned());
            settings.entry("vat_number".to_owned()).or_insert_with(|| siren.vat_number());
        }
        let command = CreateBook {
            uuid: uuid_v7(now, (self.host.random)()),
            country: request.country.to_lowercase(),
            currency: Currency::EUR,
            time_zone: zone,
            first_day,
            fiscal_year,
            settings,
        };
        let watched = Watched(progress);
        let context = Context {
            actor: &self.host.actor,
            at: now,
            app: &self.host.application,
            task: &watched,
        };
        let (made, _) = Book::create(book, None, self.law.clone(), &context, command)
            .map_err(|why| self.failed(&why))?;
        self.keep(made);
        self.book(book, Nothing {}, progress)
    }

    /// What a book is.
    pub fn book(&self, book: &Path, _: Nothing, _: &dyn Progress) -> Called<BookView> {
        let reader = self.reader(book)?;
        let today = self.today(&reader)?;
        let facts = reader.facts(today).map_err(|why| self.failed(&why))?;
        let years = reader.fiscal_years().map_err(|why| self.failed(&why))?;
        let view = BookView {
            uuid: facts.uuid,
            country: facts.country,
            currency: facts.currency.code().to_owned(),
            first_day: facts.first_day,
            settings: facts.settings,
            fiscal_years: years
                .into_iter()
                .map(|year| (year.first_day, year.last_day, year.is_history))
                .collect(),
            today,
            drafts: reader.draft_count().map_err(|why| self.failed(&why))?,
            records: reader.seq(),
        };
        Ok(Seen::at(reader.seq(), view))
    }

    /// Gives a setting another value from a day on.
    pub fn change_setting(
        &self,
        book: &Path,
        request: SettingChange,
        progress: &dyn Progress,
    ) -> Called<Nothing> {
        let SettingChange { name, value, valid_from } = request;
        let done = self.command(book, ChangeSetting { name, value, valid_from }, progress)?;
        Ok(Seen::wrote(&done, Nothing {}))
    }

    /// Takes over a former software's entries as read-only history.
    pub fn take_over(&self, book: &Path, request: File, progress: &dyn Progress) -> Called<Count> {
        let bytes = self.file_bytes(&request.file)?;
        progress.begin("takeover", "");
        let name = request.file.display().to_string();
        let done = self.with_book(book, |book| {
            self.execute_on(book, (&name, &bytes), |blob| TakeOver { blob }, progress)
        })?;
        let count = match done.outcome {
            book::Outcome::Count(count) => count,
            _ => 0,
        };
        Ok(Seen::wrote(&done, Count { count }))
    }
}

/// A UUID of version 7 from an instant and sixteen random bytes (RFC 9562 section 5.7).
fn uuid_v7(now: chrono::DateTime<chrono::Utc>, random: [u8; 16]) -> String {
    let mut tail = [0; 10];
    tail.copy_from_slice(&random[..10]);
    let millis = now.timestamp_millis().unsigned_abs();
    uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid().to_string()
}
