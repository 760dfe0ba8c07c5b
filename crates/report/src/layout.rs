//! Reads `assets/charts/fr-statements.toml`: the rows of the statements and what goes where.

use crate::error::{Error, Result};
use book::read::Reader;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use values::Day;

/// A row as the file has it; `charts/fr-statements.toml` says what each field means.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Line {
    pub(crate) id: String,
    pub(crate) fr: String,
    pub(crate) en: String,
    #[serde(default)]
    accounts: Vec<String>,
    #[serde(default)]
    debit: Vec<String>,
    #[serde(default)]
    credit: Vec<String>,
    #[serde(default)]
    less: Vec<String>,
    #[serde(default)]
    pub(crate) sum: Vec<String>,
    #[serde(default)]
    pub(crate) result: bool,
}

impl Line {
    pub(crate) fn is_group(&self) -> bool {
        [&self.accounts, &self.debit, &self.credit, &self.less].iter().any(|list| !list.is_empty())
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    products: Vec<Line>,
    charges: Vec<Line>,
    results: Vec<Line>,
    assets: Vec<Line>,
    liabilities: Vec<Line>,
}

/// A list of rows, and the sign by which it counts a debit.
#[derive(Debug)]
pub(crate) struct Section {
    pub(crate) name: &'static str,
    pub(crate) sign: i64,
    pub(crate) lines: Vec<Line>,
}

/// Where an account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) section: usize,
    pub(crate) line: usize,
    /// Whether it lowers the group, in a column of its own.
    pub(crate) is_less: bool,
}

/// The sections of one statement with the place of each prefix.
#[derive(Debug)]
pub(crate) struct Layout {
    pub(crate) sections: Vec<Section>,
    debit: HashMap<String, Place>,
    credit: HashMap<String, Place>,
}

impl Layout {
    /// Products, charges, results.
    pub(crate) fn of_income(reader: &Reader, on: Day) -> Result<Layout> {
        let file = read(reader, on)?;
        Layout::new(vec![
            Section { name: "products", sign: -1, lines: file.products },
            Section { name: "charges", sign: 1, lines: file.charges },
            Section { name: "results", sign: 1, lines: file.results },
        ])
    }

    /// Assets, liabilities.
    pub(crate) fn of_balance_sheet(reader: &Reader, on: Day) -> Result<Layout> {
        let file = read(reader, on)?;
        Layout::new(vec![
            Section { name: "assets", sign: 1, lines: file.assets },
            Section { name: "liabilities", sign: -1, lines: file.liabilities },
        ])
    }

    fn new(sections: Vec<Section>) -> Result<Layout> {
        let mut layout =
            Layout { sections: Vec::new(), debit: HashMap::new(), credit: HashMap::new() };
        let mut above: HashSet<&str> = HashSet::new();
        for (section, part) in sections.iter().enumerate() {
            for (line, row) in part.lines.iter().enumerate() {
                let place = Place { section, line, is_less: false };
                let less = Place { is_less: true, ..place };
                for (prefixes, place, sides) in [
                    (&row.accounts, place, [true, true]),
                    (&row.debit, place, [true, false]),
                    (&row.credit, place, [false, true]),
                    (&row.less, less, [true, true]),
                ] {
                    for prefix in prefixes {
                        layout.put(prefix, place, sides)?;
                    }
                }
                for term in &row.sum {
                    let (_, id) = signed(term)?;
                    if !above.contains(id) {
                        return Err(Error::Layout(format!("{} sums {id}, not above it", row.id)));
                    }
                }
                if !above.insert(&row.id) {
                    return Err(Error::Layout(format!("{} stands twice", row.id)));
                }
            }
        }
        layout.sections = sections;
        Ok(layout)
    }

    fn put(&mut self, prefix: &str, place: Place, [debit, credit]: [bool; 2]) -> Result<()> {
        let twice = || Error::Layout(format!("{prefix} stands in two groups"));
        for (map, here) in [(&mut self.debit, debit), (&mut self.credit, credit)] {
            if here && map.insert(prefix.to_owned(), place).is_some() {
                return Err(twice());
            }
        }
        Ok(())
    }

    /// The group that holds the longest prefix of a code, for a balance of that sign.
    pub(crate) fn place(&self, code: &str, balance_minor: i64) -> Option<Place> {
        let map = if balance_minor < 0 { &self.credit } else { &self.debit };
        (1..=code.len()).rev().find_map(|length| map.get(code.get(..length)?)).copied()
    }
}

/// `+turnover` as a sign and an id.
pub(crate) fn signed(term: &str) -> Result<(i64, &str)> {
    match (term.strip_prefix('+'), term.strip_prefix('-')) {
        (Some(id), _) => Ok((1, id)),
        (_, Some(id)) => Ok((-1, id)),
        _ => Err(Error::Layout(format!("`{term}` has no sign"))),
    }
}

fn read(reader: &Reader, on: Day) -> Result<File> {
    let name = format!("charts/{}-statements.toml", reader.facts(on)?.country);
    let text = reader.law().assets().text(&name);
    let text = text.map_err(|why| book::Error::Asset(name.clone(), Box::new(why)))?;
    toml::from_str(&text).map_err(|why| Error::Layout(why.to_string()))
}
