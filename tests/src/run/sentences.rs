//! A refusal must be able to say its sentence: each name in braces is given, once, and not empty
//! unless nothing was what was asked for.

use assets::Assets;
use book::Refusal;
use std::collections::{BTreeMap, BTreeSet};

/// Names that give back what was asked for, which may have been nothing.
const ECHOES: &[&str] = &["value", "code", "tax_code", "account", "journal"];

/// The names that message and hint of each refusal need.
pub struct Sentences(BTreeMap<String, BTreeSet<String>>);

impl Sentences {
    /// Reads the French sentences; a test of the book holds the English ones to the same names.
    pub fn read(assets: &Assets) -> Result<Sentences, String> {
        let text = assets.text("locales/fr/book.toml").map_err(|why| why.to_string())?;
        let table: toml::Table = text.parse().map_err(|why: toml::de::Error| why.to_string())?;
        let section = table.get("refusal").and_then(toml::Value::as_table);
        let section = section.ok_or("no sentences of refusals")?;
        let names = section.iter().map(|(code, entry)| (code.clone(), named(&entry.to_string())));
        Ok(Sentences(names.collect()))
    }

    /// Whether a refusal gives what its sentences need; else what is missing.
    pub fn fit(&self, refusal: &Refusal) -> Result<(), String> {
        let names = self.0.get(refusal.code.word()).ok_or("a refusal without a sentence")?;
        for name in names {
            let given: Vec<_> = refusal.args.iter().filter(|(arg, _)| arg == name).collect();
            let asked = ECHOES.contains(&name.as_str());
            match given[..] {
                [(_, value)] if asked || !value.is_empty() => {}
                _ => return Err(format!("{{{name}}} is not said, or is empty: {refusal:?}")),
            }
        }
        Ok(())
    }
}

/// The names in braces of an entry written as an inline table, whose own braces hold more than one
/// word.
fn named(entry: &str) -> BTreeSet<String> {
    let word = |text: &&str| text.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let parts = entry.split('{').skip(1).filter_map(|part| part.split('}').next());
    parts.filter(|part| !part.is_empty()).filter(word).map(str::to_owned).collect()
}
