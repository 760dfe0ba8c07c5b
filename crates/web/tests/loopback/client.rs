//! A server of one's own, and a client that says exactly what it is told to.

use api::{App, Desk, Host, Language};
use assets::Assets;
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use web::{Interface, Options, Running};

/// A running server with its folders.
pub struct Shop {
    pub running: Running,
    pub folder: TempDir,
}

/// A desk on which it is always the same day.
pub fn desk() -> Arc<Desk> {
    Arc::new(Desk::new(|language| {
        let host = Host {
            clock: Box::new(|| "2026-11-17T09:00:00Z".parse().expect("an instant")),
            random: Box::new(|| [7; 16]),
            secrets: Box::new(api::NoSecrets),
            patience: api::Patience::USUAL,
            wire: Box::new(api::NoWire),
            sleep: Box::new(|_| {}),
            language,
            application: "a test".to_owned(),
            actor: "person".to_owned(),
            home: None,
            preferences: None,
        };
        App::new(host, Assets::built_in())
    }))
}

impl Shop {
    /// A server without an interface.
    pub fn open() -> Shop {
        let folder = tempfile::tempdir().expect("a folder");
        let options = Options {
            port: 0,
            token: [0xab; 32],
            folder: folder.path().join("private"),
            language: Language::En,
            interface: Interface::in_folder(folder.path().join("dist")),
        };
        let running = web::serve(desk(), options).expect("the server starts");
        Shop { running, folder }
    }

    /// A path beside the server's own folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file of the interface.
    pub fn build(&self, name: &str, text: &str) {
        let path = self.path("dist").join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }

    /// `127.0.0.1:PORT`.
    pub fn host(&self) -> String {
        self.running.address.to_string()
    }

    /// The header that the token stands in.
    pub fn bearer(&self) -> String {
        format!("Authorization: Bearer {}", self.running.token)
    }

    /// Sends a head of these lines, as they stand, and a body; reads the answer to its end.
    pub fn say(&self, lines: &[&str], body: &[u8]) -> Heard {
        self.speak(lines, body).answer()
    }

    /// The same, and leaves the answer to be read as it comes.
    pub fn speak(&self, lines: &[&str], body: &[u8]) -> Line {
        let mut stream = TcpStream::connect(self.running.address).expect("connected");
        // A test that hangs says nothing; one that fails says where.
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a limit");
        let head = lines.iter().map(|line| format!("{line}\r\n")).collect::<String>();
        stream.write_all(format!("{head}\r\n").as_bytes()).expect("sent");
        stream.write_all(body).expect("sent");
        Line { reader: BufReader::new(stream) }
    }

    /// `GET` of an address, as a browser of this machine asks.
    pub fn get(&self, address: &str) -> Heard {
        let host = format!("Host: {}", self.host());
        self.say(&[&format!("GET {address} HTTP/1.1"), &host, "Connection: close"], b"")
    }

    /// `POST` with the token.
    pub fn post(&self, address: &str, kind: &str, body: &[u8]) -> Heard {
        self.say(
            &[
                &format!("POST {address} HTTP/1.1"),
                &format!("Host: {}", self.host()),
                "Connection: close",
                &self.bearer(),
                &format!("Content-Type: {kind}"),
                &format!("Content-Length: {}", body.len()),
            ],
            body,
        )
    }

    /// `POST` of JSON with the token.
    pub fn ask(&self, address: &str, body: &Value) -> Heard {
        self.post(address, "application/json", body.to_string().as_bytes())
    }
}

/// A connection on which an answer comes.
pub struct Line {
    reader: BufReader<TcpStream>,
}

impl Line {
    /// The next line of what comes; empty at its end.
    pub fn next(&mut self) -> String {
        let mut line = String::new();
        self.reader.read_line(&mut line).expect("read");
        line.trim_end().to_owned()
    }

    fn answer(mut self) -> Heard {
        let first = self.next();
        let status = first.split(' ').nth(1).and_then(|word| word.parse().ok());
        let mut headers = Vec::new();
        loop {
            let line = self.next();
            let Some((name, value)) = line.split_once(": ") else { break };
            headers.push((name.to_lowercase(), value.to_owned()));
        }
        let mut body = Vec::new();
        self.reader.read_to_end(&mut body).expect("read");
        Heard { status: status.expect("a status"), headers, body }
    }
}

/// An answer.
pub struct Heard {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Heard {
    /// A header; empty where it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|one| one.0 == name).map_or("", |one| &one.1)
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("text")
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("JSON: {}", self.text()))
    }

    /// The code of the failure, with the status.
    pub fn refusal(&self) -> (u16, String) {
        let failure = &self.json()["failure"];
        let sentence = failure["message"].as_str().expect("a sentence");
        assert!(sentence.ends_with('.') && !sentence.contains(['{', '}']), "{sentence}");
        (self.status, failure["code"].as_str().expect("a code").to_owned())
    }
}
