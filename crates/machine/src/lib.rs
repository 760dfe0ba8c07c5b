//! The world as values: clock, randomness, language, folders, secrets, of the machine that a shell
//! runs on.
//!
//! The shells share it, so that the window and the terminal see one world. It asks the system and
//! hands over; it decides nothing, opens no book, and nothing below the shells uses it. Start
//! reading at [`application`].

pub mod secrets;
mod wire;

use api::{App, Host, Language};
use assets::Assets;
use secrets::{Keychain, KeychainOrFile, Patience};
use std::path::{Path, PathBuf};
use values::Secret;

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
        secrets: Box::new(kept_secrets()),
        patience: api::Patience::USUAL,
        wire: Box::new(wire::LazyWeb::default()),
        #[allow(clippy::disallowed_methods)] // The shell is where the program waits.
        sleep: Box::new(std::thread::sleep),
        language,
        application: format!("Comptoir {}", env!("CARGO_PKG_VERSION")),
        actor: "person".to_owned(),
        home: home(),
        preferences: settings_folder().map(|folder| folder.join("comptoir/preferences.json")),
    };
    App::new(host, assets)
}

/// Where this machine keeps secrets: its keychain; where none answers, a sealed file beside the
/// book.
///
/// `COMPTOIR_SECRETS=file` leaves the keychain alone. `COMPTOIR_PASSPHRASE` opens the sealed file
/// without a question; it is for scripts, since the system shows a program's environment to whoever
/// runs as the same user, and hands it to every program that this one starts.
pub fn kept_secrets() -> KeychainOrFile {
    let forced = variable("COMPTOIR_SECRETS").is_some_and(|value| value == "file");
    let passphrase = variable("COMPTOIR_PASSPHRASE").filter(|value| !value.is_empty());
    let keychain = (!forced).then(|| Keychain::new(Patience::where_asked(has_screen())));
    KeychainOrFile::new(keychain, passphrase.map(Secret::new))
}

/// Whether a keychain can put a question before a person here.
fn has_screen() -> bool {
    cfg!(any(windows, target_os = "macos"))
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .filter_map(|name| variable(name))
            .any(|value| !value.is_empty())
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
