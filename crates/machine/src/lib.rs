//! The world as values: clock, randomness, language, folders, of the machine that a shell runs on.
//!
//! The shells share it, so that the window and the terminal see one world. It asks the system and
//! hands over; it decides nothing, opens no book, and nothing below the shells uses it. Start
//! reading at [`application`].

use api::{App, Host, Language};
use assets::Assets;
use std::path::{Path, PathBuf};

/// The language asked for, else that of the environment, else English.
pub fn language(asked: Option<Language>) -> Language {
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

#[allow(clippy::disallowed_methods)] // The shell is where the environment is read.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The application over this machine.
pub fn application(language: Language) -> App {
    let assets = match variable("COMPTOIR_ASSETS") {
        Some(folder) => Assets::with_folder(Path::new(&folder)),
        None => Assets::built_in(),
    };
    let host = Host {
        clock: Box::new(chrono::Utc::now),
        random: Box::new(|| {
            // Without randomness of the system an identifier rests on the instant alone.
            random_bytes().unwrap_or([0; 16])
        }),
        language,
        application: format!("Comptoir {}", env!("CARGO_PKG_VERSION")),
        actor: "person".to_owned(),
        home: home(),
        preferences: settings_folder().map(|folder| folder.join("comptoir/preferences.json")),
    };
    App::new(host, assets)
}

/// The folder for books and documents, in the person's own.
pub fn home() -> Option<PathBuf> {
    home_folder().map(|home| home.join("Comptoir"))
}

/// The person's own folder.
fn home_folder() -> Option<PathBuf> {
    ["HOME", "USERPROFILE"].iter().find_map(|name| folder(name))
}

/// The folder where programs keep a person's settings: the system's own word for it, else the usual
/// place.
fn settings_folder() -> Option<PathBuf> {
    let said = ["XDG_CONFIG_HOME", "APPDATA"].iter().find_map(|name| folder(name));
    said.or_else(|| home_folder().map(|home| home.join(".config")))
}

/// A folder that the environment names; one that is not absolute is no answer.
fn folder(name: &str) -> Option<PathBuf> {
    variable(name).map(PathBuf::from).filter(|path| path.is_absolute())
}

/// Random bytes, if the system has any.
pub fn random_bytes<const COUNT: usize>() -> Option<[u8; COUNT]> {
    let mut bytes = [0; COUNT];
    getrandom::fill(&mut bytes).ok()?;
    Some(bytes)
}

/// Where a private folder may be made among the system's temporary files: a name that nobody else
/// can know beforehand.
#[allow(clippy::disallowed_methods)] // The shell gives paths.
pub fn private_folder() -> Option<PathBuf> {
    let name = u128::from_ne_bytes(random_bytes()?);
    Some(std::env::temp_dir().join(format!("comptoir-{name:032x}")))
}
