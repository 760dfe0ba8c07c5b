//! The files of a pack as they are written, before their names are looked up.

use crate::error::{PackError, PackFault};
use crate::facts::Leg;
use crate::grade::Grade;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use toml::value::Datetime;
use values::Day;

/// pack.toml.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HeadFile {
    pub id: String,
    pub form: String,
    pub version: String,
    pub country: String,
    pub unit: String,
    pub periods: Vec<String>,
    pub valid_from: Datetime,
    pub valid_to: Option<Datetime>,
    pub law: String,
    pub author: String,
    pub label_fr: String,
    pub label_en: String,
    #[serde(default)]
    pub note: String,
    pub sign_proof: Option<ProofFile>,
    #[serde(default, rename = "regime")]
    pub regimes: Vec<RegimeFile>,
    #[serde(default, rename = "section")]
    pub sections: Vec<SectionFile>,
    #[serde(default, rename = "answer")]
    pub answers: Vec<AnswerFile>,
    #[serde(default, rename = "check")]
    pub checks: Vec<CheckFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProofFile {
    pub due: String,
    pub credit: String,
    /// The last lines of the form: what is paid, what is carried on.
    pub ends: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RegimeFile {
    pub id: String,
    pub period: String,
    pub only_with: Option<Leg>,
    pub grade: Grade,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SectionFile {
    pub id: String,
    pub title_fr: String,
    pub title_en: String,
    #[serde(default)]
    pub operations: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AnswerFile {
    pub id: String,
    pub kind: String,
    pub default: u32,
    pub ask: Option<String>,
    pub law: String,
    pub grade: Grade,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CheckFile {
    pub id: String,
    pub boxes: Vec<String>,
    pub formula: String,
    pub blocking: bool,
    pub law: String,
    pub grade: Grade,
}

/// A row of boxes.csv.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BoxLine {
    #[serde(rename = "box")]
    pub id: String,
    pub case: String,
    pub section: String,
    pub label_fr: String,
    pub label_en: String,
    pub sign: String,
    pub formula: String,
    pub rounding: String,
    pub law: String,
    pub grade: Grade,
}

/// A row of codes.csv.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CodeLine {
    pub code: String,
    pub leg: Leg,
    pub rate: String,
    pub nature: String,
    pub cell: String,
    pub base: String,
    pub tax: String,
    pub base_below: String,
    pub tax_below: String,
    pub law: String,
    pub grade: Grade,
    #[serde(rename = "note")]
    pub _note: String,
}

/// A row of settlement.csv.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SettlementLine {
    pub account: String,
    pub side: String,
    pub formula: String,
    pub label_fr: String,
    pub label_en: String,
    pub grade: Grade,
}

/// A table of rates.toml that holds values.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RateTable {
    pub unit: String,
    pub law: String,
    pub grade: Grade,
    pub values: Vec<DatedValue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DatedValue {
    pub from: Option<Datetime>,
    pub value: String,
}

/// A table of rates.toml that says how to round.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RoundingTable {
    pub step: String,
    pub mode: String,
    pub law: String,
    pub grade: Grade,
}

/// One file of the pack being read: it names the place of each fault.
#[derive(Clone, Copy)]
pub(super) struct File<'a> {
    pub pack: &'a str,
    pub name: &'a str,
    pub bytes: &'a [u8],
}

impl File<'_> {
    pub fn error(&self, place: impl Into<String>, fault: PackFault) -> PackError {
        PackError {
            pack: self.pack.to_owned(),
            file: self.name.to_owned(),
            place: place.into(),
            fault: Box::new(fault),
        }
    }

    pub fn syntax(&self, place: impl Into<String>, found: impl ToString) -> PackError {
        self.error(place, PackFault::Syntax { found: found.to_string().trim_end().to_owned() })
    }

    /// The bytes without the mark that spreadsheets put before UTF-8.
    fn text(&self) -> &[u8] {
        self.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(self.bytes)
    }

    /// The rows of a CSV file, each with its line.
    pub fn csv<T: DeserializeOwned>(&self) -> Result<Vec<(u64, T)>, PackError> {
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(self.text());
        let headers = reader.headers().map_err(|why| self.syntax("line 1", why))?.clone();
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|why| {
                let line = why.position().map_or(0, csv::Position::line);
                self.syntax(format!("line {line}"), why)
            })?;
            let line = record.position().map_or(0, csv::Position::line);
            let row = record
                .deserialize(Some(&headers))
                .map_err(|why| self.syntax(format!("line {line}"), why))?;
            rows.push((line, row));
        }
        Ok(rows)
    }

    /// A TOML file as a whole.
    pub fn toml<T: DeserializeOwned>(&self) -> Result<T, PackError> {
        let text = str::from_utf8(self.text()).map_err(|why| self.syntax("the whole file", why))?;
        toml::from_str(text).map_err(|why| {
            let line = why.span().map_or(0, |span| {
                1 + text.bytes().take(span.start).filter(|&byte| byte == b'\n').count()
            });
            self.syntax(format!("line {line}"), why.message())
        })
    }

    /// A day written in TOML, without a time.
    pub fn day(&self, place: &str, written: Datetime) -> Result<Day, PackError> {
        match written {
            Datetime { date: Some(_), time: None, offset: None } => {
                Day::parse(&written.to_string()).map_err(|why| self.syntax(place, why))
            }
            _ => Err(self.syntax(place, format!("`{written}` is no day"))),
        }
    }
}

/// The tables of rates.toml by their dotted names: those with values, those below `rounding`.
pub(super) type Tables = (BTreeMap<String, RateTable>, BTreeMap<String, RoundingTable>);

/// Sorts the tables of rates.toml; a name such as `refund.min.period` is a path of tables.
pub(super) fn tables(file: File) -> Result<Tables, PackError> {
    let whole: toml::Table = file.toml()?;
    let (mut rates, mut roundings) = (BTreeMap::new(), BTreeMap::new());
    let mut waiting: Vec<(String, toml::Table)> = vec![(String::new(), whole)];
    while let Some((prefix, table)) = waiting.pop() {
        for (key, value) in table {
            let name = if prefix.is_empty() { key } else { format!("{prefix}.{key}") };
            let toml::Value::Table(inner) = value else {
                return Err(file.syntax(name, "a table was expected"));
            };
            let syntax = |why: toml::de::Error| file.syntax(name.clone(), why.message());
            if inner.contains_key("values") {
                rates.insert(name.clone(), inner.try_into().map_err(syntax)?);
            } else if let Some(rule) = name.strip_prefix("rounding.") {
                roundings.insert(rule.to_owned(), inner.try_into().map_err(syntax)?);
            } else {
                waiting.push((name, inner));
            }
        }
    }
    Ok((rates, roundings))
}
