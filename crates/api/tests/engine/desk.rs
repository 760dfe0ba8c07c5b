//! An application on a fixed day, over a folder of its own.

use api::{App, Host, Language, Nothing, Silent};
use assets::Assets;
use book::read::Reader;
use book::{Book, Law};
use chrono::{DateTime, Utc};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The day after the sample's last month; every test stands there.
const NOW: &str = "2026-11-02T09:30:00Z";

/// An application and its folder.
pub struct Desk {
    pub app: App,
    folder: TempDir,
}

impl Desk {
    /// An empty folder.
    pub fn new(language: Language) -> Desk {
        Desk::at(language, NOW)
    }

    /// An empty folder, at another instant.
    pub fn at(language: Language, now: &str) -> Desk {
        let now: DateTime<Utc> = now.parse().expect("an instant");
        let folder = tempfile::tempdir().expect("a folder");
        let host = Host {
            clock: Box::new(move || now),
            random: Box::new(|| [7; 16]),
            secrets: Box::new(api::NoSecrets),
            patience: api::Patience::USUAL,
            wire: Box::new(api::NoWire),
            sleep: Box::new(|_| {}),
            language,
            application: "Comptoir under test".to_owned(),
            actor: "person".to_owned(),
            home: Some(folder.path().join("home")),
            preferences: Some(folder.path().join("settings/preferences.json")),
        };
        Desk { app: App::new(host, Assets::built_in()), folder }
    }

    /// The sample business, with everything sure accepted.
    pub fn with_sample() -> Desk {
        let desk = Desk::new(Language::En);
        desk.app.create_sample(&desk.book(), Nothing {}, &Silent).expect("the sample is made");
        desk.app.accept_sure(&desk.book(), Nothing {}, &Silent).expect("it is accepted");
        desk
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Where the book lies.
    pub fn book(&self) -> PathBuf {
        self.path("book")
    }

    /// Asks a call by its name.
    pub fn ask(&self, name: &str, request: Value) -> Result<Value, api::Failure> {
        let asked = self.app.call(Some(&self.book()), name, request, &Silent);
        asked.map(|answer| answer.result)
    }

    /// The same, of what must succeed.
    #[track_caller]
    pub fn call(&self, name: &str, request: Value) -> Value {
        self.ask(name, request).unwrap_or_else(|why| panic!("{name}: {why:?}"))
    }

    /// A snapshot of the book, past the application.
    pub fn reader(&self) -> Reader {
        Reader::open(&self.book(), law(), None).expect("the book opens")
    }

    /// Digest of the book and of its history replayed; the application lets the book go.
    pub fn digests(&self) -> (String, String) {
        self.app.close(&self.book());
        let book = Book::open(&self.book(), None, law()).expect("the book opens");
        (book.digest().expect("a digest"), book.replayed_digest().expect("a replay"))
    }
}

fn law() -> Law {
    Law::new(Assets::built_in())
}

/// SHA-256 in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The folder of the sample's files.
pub fn sample_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/sample/fr")
}
