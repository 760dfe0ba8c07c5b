//! The first record: whose book, where, in which currency, since when.

use super::Outcome;
use super::change_setting::{SETTINGS, check_setting};
use super::open_fiscal_year::OpenFiscalYear;
use crate::blobs;
use crate::error::{Code, Error, Result};
use crate::law::Law;
use crate::tx::Tx;
use rusqlite::params;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use values::{Currency, Day};

/// Makes an empty book for one business.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreateBook {
    /// UUIDv7 of the book, from the shell's clock and randomness.
    pub uuid: String,
    /// ISO 3166 code of the country, lower case: `fr`.
    pub country: String,
    /// The book's one currency.
    pub currency: Currency,
    /// IANA time zone in which an instant becomes a day.
    pub time_zone: String,
    /// First day: bank lines before it are kept and stand before the books.
    pub first_day: Day,
    /// First and last day of the first fiscal year.
    pub fiscal_year: (Day, Day),
    /// Settings as of the first day (see [`SETTINGS`]); `time_zone` has its own field.
    #[serde(default)]
    pub settings: BTreeMap<String, String>,
}

/// Journals every book has: code, French name.
const JOURNALS: &[(&str, &str)] = &[
    ("AN", "À-nouveaux"),
    ("VE", "Ventes"),
    ("AC", "Achats"),
    ("CA", "Caisse"),
    ("PA", "Paie"),
    ("OD", "Opérations diverses"),
];

impl CreateBook {
    pub(crate) fn chart_asset(&self) -> Result<(&'static str, &'static str)> {
        Ok((Law::names(&self.country)?.0, "chart"))
    }

    pub(crate) fn tax_codes_asset(&self) -> Result<(&'static str, &'static str)> {
        Ok((Law::names(&self.country)?.1, "tax codes"))
    }

    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        if tx.first("SELECT 1 FROM book", [], |_| Ok(()))?.is_some() {
            let path = tx.connection.path().unwrap_or_default();
            return Err(Error::refused(Code::PathTaken, &[("path", &path)]));
        }
        let currency = tx.insert(
            "INSERT INTO currency (code, exponent) VALUES (?1, ?2)",
            params![self.currency.code(), self.currency.exponent()],
        )?;
        let (chart, chart_size) = self.asset_blob(tx, self.chart_asset()?.0)?;
        let (codes, codes_size) = self.asset_blob(tx, self.tax_codes_asset()?.0)?;
        tx.insert(
            "INSERT INTO book (uuid, country, currency, first_day, chart, chart_size, tax_codes,
               tax_codes_size) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                self.uuid,
                self.country,
                currency,
                self.first_day.to_string(),
                chart,
                chart_size,
                codes,
                codes_size
            ],
        )?;
        for (code, name) in JOURNALS {
            tx.insert("INSERT INTO journal (code, name) VALUES (?1, ?2)", [code, name])?;
        }
        self.write_settings(tx)?;
        let (first_day, last_day) = self.fiscal_year;
        if !(first_day <= self.first_day && self.first_day <= last_day) {
            let args: [(&'static str, &dyn std::fmt::Display); 2] =
                [("first", &first_day), ("last", &last_day)];
            return Err(Error::refused(Code::BadFiscalYear, &args));
        }
        OpenFiscalYear { first_day, last_day }.apply(tx)
    }

    fn write_settings(&self, tx: &Tx<'_>) -> Result<()> {
        let mut settings = self.settings.clone();
        settings.insert("time_zone".to_owned(), self.time_zone.clone());
        for setting in SETTINGS {
            if let Some(default) = setting.default {
                settings.entry(setting.name.to_owned()).or_insert_with(|| default.to_owned());
            }
        }
        for (name, value) in &settings {
            check_setting(name, value)?;
            // The zone is asked for any instant, also before the first day.
            let from = if name == "time_zone" {
                "0001-01-01".to_owned()
            } else {
                self.first_day.to_string()
            };
            tx.insert(
                "INSERT INTO setting (name, value, valid_from) VALUES (?1, ?2, ?3)",
                params![name, value, from],
            )?;
        }
        Ok(())
    }

    fn asset_blob(&self, tx: &Tx<'_>, name: &str) -> Result<(String, i64)> {
        let bytes = tx
            .law
            .assets()
            .bytes(name)
            .map_err(|why| Error::Asset(name.to_owned(), Box::new(why)))?;
        Ok((blobs::hash(&bytes), bytes.len() as i64))
    }
}
