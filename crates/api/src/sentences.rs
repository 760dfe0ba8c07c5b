//! Sentences for people, from `assets/locales/`: a code and its arguments become words.

use assets::Assets;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::OnceLock;
use ts_rs::TS;
use values::Day;

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// French.
    #[default]
    Fr,
    /// English.
    En,
}

impl Language {
    /// Its folder under `assets/locales/`.
    pub fn word(self) -> &'static str {
        match self {
            Language::Fr => "fr",
            Language::En => "en",
        }
    }

    /// The same language for printed pages.
    pub fn printed(self) -> document::format::Language {
        match self {
            Language::Fr => document::format::Language::French,
            Language::En => document::format::Language::English,
        }
    }
}

/// Every sentence of one language: `book.refusal.posted.message` and the like.
pub struct Sentences {
    assets: Assets,
    language: Language,
    // Read when first needed: most calls end well and say nothing.
    texts: OnceLock<HashMap<String, String>>,
}

impl Sentences {
    /// The sentences of a language; a file that cannot be read leaves its codes bare.
    pub fn new(assets: &Assets, language: Language) -> Sentences {
        Sentences { assets: assets.clone(), language, texts: OnceLock::new() }
    }

    fn texts(&self) -> &HashMap<String, String> {
        self.texts.get_or_init(|| {
            let mut texts = HashMap::new();
            let folder = format!("locales/{}/", self.language.word());
            for name in self.assets.names(&folder) {
                let area = name.strip_prefix(&folder).and_then(|name| name.strip_suffix(".toml"));
                let table = self.assets.text(&name).ok();
                let table = table.and_then(|text| text.parse::<toml::Table>().ok());
                if let (Some(area), Some(table)) = (area, table) {
                    flatten(area, &toml::Value::Table(table), &mut texts);
                }
            }
            texts
        })
    }

    /// The sentence of a key with its arguments in place, if there is one.
    pub fn find(&self, key: &str, args: &[(String, String)]) -> Option<String> {
        let mut text = self.texts().get(key)?.clone();
        for (name, value) in args {
            text = text.replace(&format!("{{{name}}}"), &self.shown(value));
        }
        Some(text)
    }

    /// An argument as a person of this language writes it: days, and amounts of two decimals.
    fn shown(&self, value: &str) -> String {
        let language = self.language.printed();
        if let Ok(day) = Day::parse(value) {
            return document::format::day_short(day, language);
        }
        let (sign, digits) = match value.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, value),
        };
        let minor = digits.split_once('.').and_then(|(whole, part)| {
            let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
            let amount = !whole.is_empty() && part.len() == 2 && plain(whole) && plain(part);
            amount.then(|| format!("{whole}{part}").parse::<i64>().ok()).flatten()
        });
        match minor {
            Some(minor) => document::format::amount(sign * minor, 2, language),
            None => value.to_owned(),
        }
    }

    /// Their language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The sentence of a key, or the key itself where the sentence is missing.
    pub fn say(&self, key: &str, args: &[(&str, &str)]) -> String {
        let args: Vec<(String, String)> =
            args.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        self.find(key, &args).unwrap_or_else(|| key.to_owned())
    }
}

fn flatten(path: &str, value: &toml::Value, texts: &mut HashMap<String, String>) {
    match value {
        toml::Value::String(text) => drop(texts.insert(path.to_owned(), text.clone())),
        toml::Value::Table(table) => {
            for (key, value) in table {
                flatten(&format!("{path}.{key}"), value, texts);
            }
        }
        _ => {}
    }
}
