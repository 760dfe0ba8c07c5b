//! The world as the application may know it: clock, randomness, language, from the machine.

use api::{App, Host, Language};
use assets::Assets;
use std::path::Path;

/// The language asked for, else that of the environment, else English.
pub(crate) fn language(asked: Option<Language>) -> Language {
    asked.unwrap_or_else(|| {
        ["COMPTOIR_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .filter_map(|name| variable(name))
            .find(|value| !value.is_empty())
            .map_or(Language::En, |value| {
                if value.to_lowercase().starts_with("fr") { Language::Fr } else { Language::En }
            })
    })
}

/// `--language` as it stands among words that could not be parsed.
pub(crate) fn asked_language(words: &[String]) -> Option<Language> {
    let value = words.iter().enumerate().find_map(|(at, word)| {
        word.strip_prefix("--language=")
            .or_else(|| (word == "--language").then(|| words.get(at + 1).map(String::as_str))?)
    })?;
    match value {
        "fr" => Some(Language::Fr),
        "en" => Some(Language::En),
        _ => None,
    }
}

#[allow(clippy::disallowed_methods)] // The shell is where the environment is read.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The application over this machine.
pub(crate) fn application(language: Language) -> App {
    let assets = match variable("COMPTOIR_ASSETS") {
        Some(folder) => Assets::with_folder(Path::new(&folder)),
        None => Assets::built_in(),
    };
    let host = Host {
        clock: Box::new(chrono::Utc::now),
        random: Box::new(|| {
            let mut bytes = [0; 16];
            // Without randomness of the system an identifier rests on the instant alone.
            let _ = getrandom::fill(&mut bytes);
            bytes
        }),
        language,
        application: format!("Comptoir {}", env!("CARGO_PKG_VERSION")),
        actor: "person".to_owned(),
    };
    App::new(host, assets)
}
