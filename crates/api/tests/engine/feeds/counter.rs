//! An application over one book, with a bank on loopback and a keychain in memory.

use super::link_request;
use super::reaper::{Clock, Drawer, WatchedWire};
use crate::ofx::list;
use api::{App, Failure, Host, Language};
use assets::Assets;
use book::read::Reader;
use book::{Book, Law};
use serde_json::{Value, json};
use source::Web;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

/// The application, its book, and everything that it said.
pub struct Counter {
    pub app: App,
    pub clock: Clock,
    pub drawer: Drawer,
    book: PathBuf,
    told: Mutex<String>,
}

pub fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

impl Counter {
    /// An application over a book that is there or is still to be made.
    pub fn over(
        book: &Path,
        (clock, drawer): (&Clock, &Drawer),
        web: &Arc<Web>,
        language: Language,
    ) -> Counter {
        let wire = WatchedWire { web: web.clone(), reaper: clock.reaper.clone() };
        let now = clock.clone();
        let host = Host {
            clock: Box::new(move || now.now()),
            random: Box::new(|| [7; 16]),
            secrets: Box::new(drawer.clone()),
            patience: api::Patience::USUAL,
            wire: Box::new(wire),
            sleep: Box::new(|_| {}),
            language,
            application: "Comptoir under test".to_owned(),
            actor: "person".to_owned(),
            home: None,
            preferences: None,
        };
        Counter {
            app: App::new(host, Assets::built_in()),
            clock: clock.clone(),
            drawer: drawer.clone(),
            book: book.to_owned(),
            told: Mutex::default(),
        }
    }

    /// A book of a business without anything.
    pub fn make_book(&self, first_day: &str, zone: &str) {
        let book =
            json!({ "country": "fr", "name": "A", "first_day": first_day, "time_zone": zone });
        self.call("create_book", book);
    }

    /// Asks a call by its name; what it says is noted, as its JSON and as a log would have it.
    pub fn ask(&self, name: &str, request: Value) -> Result<Value, Failure> {
        let progress = &*self.clock.reaper;
        let asked = self.app.call(Some(&self.book), name, request, progress);
        let mut told = self.told.lock().expect("what was told");
        *told += &format!("{asked:?}\n");
        let asked = asked.inspect_err(|why| {
            *told += &serde_json::to_string(why).expect("JSON");
            *told += &format!("{why}\n");
        });
        let answer = asked?;
        *told += &serde_json::to_string(&answer).expect("JSON");
        Ok(answer.result)
    }

    /// The same, of what must succeed.
    #[track_caller]
    pub fn call(&self, name: &str, request: Value) -> Value {
        self.ask(name, request).unwrap_or_else(|why| panic!("{name}: {why:?}"))
    }

    /// Links a bank, and takes in every account that it shows and a book can hold.
    pub fn link(&self, connector: &str) -> i64 {
        let linked = self.call("link_source", link_request(connector));
        let synced = self.sync();
        for found in list(&synced["found"]) {
            if !found["currency"].is_null() {
                let names = ["names", "label", "currency"];
                let taken: serde_json::Map<String, Value> =
                    names.iter().map(|name| ((*name).to_owned(), found[name].clone())).collect();
                self.call("take_account", taken.into());
            }
        }
        linked["id"].as_i64().expect("an id")
    }

    /// Syncs the only connection, as a person who presses the button.
    #[track_caller]
    pub fn sync(&self) -> Value {
        let synced = self.call("sync", json!({}));
        assert_eq!(list(&synced["connections"]).len(), 1, "{synced}");
        synced["connections"][0].clone()
    }

    /// Every line: day, amount and label, in order.
    pub fn lines(&self) -> Vec<(String, i64, String)> {
        let span = json!({ "from": "1990-01-01", "to": "2030-12-31" });
        let lines = self.call("bank_lines", span);
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        let line = |line: &Value| {
            let amount_minor = line["amount_minor"].as_i64().expect("an amount");
            (text(&line["day"]), amount_minor, text(&line["label"]))
        };
        let mut lines: Vec<_> = list(&lines).iter().map(line).collect();
        lines.sort();
        lines
    }

    /// The only connection, as the screen of sources shows it.
    pub fn source(&self) -> Value {
        self.call("sources", json!({}))["connections"][0].clone()
    }

    /// The last record of the history.
    pub fn seq(&self) -> i64 {
        self.reader().seq()
    }

    /// A snapshot of the book, past the application.
    pub fn reader(&self) -> Reader {
        Reader::open(&self.book, Law::new(Assets::built_in()), None).expect("the book opens")
    }

    /// The book's blobs by their count; the application lets the book go.
    pub fn blobs(&self) -> i64 {
        self.app.close(&self.book);
        let law = Law::new(Assets::built_in());
        let book = Book::open(&self.book, None, law).expect("the book opens");
        assert_eq!(book.digest().expect("a digest"), book.replayed_digest().expect("a replay"));
        book.verify(&book::NoTask).expect("it is sound").blobs
    }

    /// Everything that was said so far.
    pub fn told(&self) -> String {
        self.told.lock().expect("what was told").clone()
    }

    /// Every byte of the files that the book consists of, by their names.
    pub fn bytes(&self) -> Vec<(String, Vec<u8>)> {
        let folder = self.book.parent().expect("a folder");
        let files = std::fs::read_dir(folder).expect("the folder is read");
        files
            .map(|file| file.expect("a file").path())
            .filter(|path| path.is_file())
            .map(|path| (path.display().to_string(), std::fs::read(&path).expect("it is read")))
            .collect()
    }
}
