//! Sentences for people, from `assets/locales/`: a code and its arguments become words.

use assets::Assets;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
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
    texts: HashMap<String, String>,
}

impl Sentences {
    /// Reads the sentences of a language; a file that cannot be read leaves its codes bare.
    pub fn load(assets: &Assets, language: Language) -> Sentences {
        let mut texts = HashMap::new();
        let folder = format!("locales/{}/", language.word());
        for name in assets.names(&folder) {
            let Some(area) = name.strip_prefix(&folder).and_then(|name| name.strip_suffix(".toml"))
            else {
                continue;
            };
            if let Some(table) =
                assets.text(&name).ok().and_then(|text| text.parse::<toml::Table>().ok())
            {
                flatten(area, &toml::Value::Table(table), &mut texts);
            }
        }
        Sentences { texts }
    }

    /// The sentence of a key with its arguments in place, if there is one.
    pub fn find(&self, key: &str, args: &[(String, String)]) -> Option<String> {
        let mut text = self.texts.get(key)?.clone();
        for (name, value) in args {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        Some(text)
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
