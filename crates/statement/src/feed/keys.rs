//! A connector file read strictly: each table tells which of its keys nobody asked for.
//!
//! The file has two halves, read by two crates; both use this reader, so that a misspelt key is an
//! error with its path in either.

use std::cell::RefCell;
use std::collections::BTreeSet;
use toml::{Table, Value};

/// Why a connector file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the connector file is wrong at {path}: {why}")]
pub struct MappingError {
    /// The key, from the top: `transactions.map.amount.unit`; empty for the whole file.
    pub path: String,
    /// What is wrong with it.
    pub why: MappingFault,
}

/// What is wrong with a key of a connector file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MappingFault {
    /// The file is no TOML; line and column are told.
    #[error("not TOML: {0}")]
    Syntax(String),
    /// A key that the format does not have.
    #[error("this key is not known")]
    Unknown,
    /// A key that must be there.
    #[error("this key is missing")]
    Missing,
    /// A value of the wrong kind.
    #[error("this should be {0}")]
    Kind(&'static str),
    /// A word outside its closed list.
    #[error("`{0}` is not one of the words known here")]
    Word(String),
}

/// One table of the file with its path.
pub struct Keys<'t> {
    path: String,
    table: &'t Table,
    asked: RefCell<BTreeSet<&'t str>>,
}

/// The whole file as a table.
pub fn parse(text: &str) -> Result<Table, MappingError> {
    text.parse::<Table>().map_err(|why| MappingError {
        path: String::new(),
        why: MappingFault::Syntax(why.to_string()),
    })
}

impl<'t> Keys<'t> {
    /// The file's top.
    pub fn top(table: &'t Table) -> Keys<'t> {
        Keys { path: String::new(), table, asked: RefCell::default() }
    }

    /// The path of a key of this table.
    pub fn path(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// What is wrong with a key of this table.
    pub fn wrong(&self, key: &str, why: MappingFault) -> MappingError {
        MappingError { path: self.path(key), why }
    }

    /// The value of a key, whatever its kind.
    pub fn value(&self, key: &str) -> Option<&'t Value> {
        let (known, value) = self.table.get_key_value(key)?;
        self.asked.borrow_mut().insert(known.as_str());
        Some(value)
    }

    /// Keys that the other half of the file's readers looks at.
    pub fn leave(&self, keys: &[&str]) {
        for key in keys {
            self.value(key);
        }
    }

    /// The names of this table, in the alphabet's order, each of them asked for hereby.
    pub fn names(&self) -> Vec<&'t str> {
        self.table.keys().filter(|key| self.value(key).is_some()).map(String::as_str).collect()
    }

    /// A text that may be absent.
    pub fn text(&self, key: &str) -> Result<Option<&'t str>, MappingError> {
        self.read(key, "a text", Value::as_str)
    }

    /// A text that must be there.
    pub fn needed(&self, key: &str) -> Result<&'t str, MappingError> {
        self.text(key)?.ok_or_else(|| self.wrong(key, MappingFault::Missing))
    }

    /// A whole number, not negative, that may be absent.
    pub fn number(&self, key: &str) -> Result<Option<u64>, MappingError> {
        self.read(key, "a whole number", |value| u64::try_from(value.as_integer()?).ok())
    }

    /// `true` or `false`; absent is false.
    pub fn flag(&self, key: &str) -> Result<bool, MappingError> {
        Ok(self.read(key, "true or false", Value::as_bool)?.unwrap_or(false))
    }

    /// One text or a list of texts; absent is none.
    pub fn texts(&self, key: &str) -> Result<Vec<&'t str>, MappingError> {
        let list = self.read(key, "a text or a list of texts", |value| match value {
            Value::String(text) => Some(vec![text.as_str()]),
            Value::Array(items) => items.iter().map(Value::as_str).collect(),
            _ => None,
        })?;
        Ok(list.unwrap_or_default())
    }

    /// A table that may be absent.
    pub fn table(&self, key: &str) -> Result<Option<Keys<'t>>, MappingError> {
        let table = self.read(key, "a table", Value::as_table)?;
        Ok(table.map(|table| Keys { path: self.path(key), table, asked: RefCell::default() }))
    }

    /// A table that must be there.
    pub fn needed_table(&self, key: &str) -> Result<Keys<'t>, MappingError> {
        self.table(key)?.ok_or_else(|| self.wrong(key, MappingFault::Missing))
    }

    /// A list of tables (`[[key]]`); absent is none.
    pub fn tables(&self, key: &str) -> Result<Vec<Keys<'t>>, MappingError> {
        let list = self.read(key, "a list of tables", |value| {
            value.as_array()?.iter().map(Value::as_table).collect::<Option<Vec<_>>>()
        })?;
        let path = |place| format!("{}[{place}]", self.path(key));
        let keys = list.unwrap_or_default().into_iter().enumerate();
        Ok(keys
            .map(|(place, table)| Keys { path: path(place), table, asked: RefCell::default() })
            .collect())
    }

    /// A word of a closed list.
    pub fn word<T>(
        &self,
        key: &str,
        of: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, MappingError> {
        let Some(word) = self.text(key)? else { return Ok(None) };
        let known = of(word).ok_or_else(|| self.wrong(key, MappingFault::Word(word.to_owned())));
        known.map(Some)
    }

    /// Ends the reading of this table: a key nobody asked for is an error.
    pub fn end(self) -> Result<(), MappingError> {
        let asked = self.asked.borrow();
        match self.table.keys().find(|key| !asked.contains(key.as_str())) {
            Some(key) => Err(self.wrong(key, MappingFault::Unknown)),
            None => Ok(()),
        }
    }

    fn read<T>(
        &self,
        key: &str,
        kind: &'static str,
        of: impl Fn(&'t Value) -> Option<T>,
    ) -> Result<Option<T>, MappingError> {
        let Some(value) = self.value(key) else { return Ok(None) };
        of(value).ok_or_else(|| self.wrong(key, MappingFault::Kind(kind))).map(Some)
    }
}
