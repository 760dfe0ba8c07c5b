//! One book, one server, and one program after the other between them.

use super::authority::Authority;
use super::child::{Errand, VOICE, What, account};
use super::desk::{Desk, MEMORY, Template, begin_of};
use super::server::{Server, Victim};
use super::{PASSWORD, USER};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use book::Law;
use book::read::{OutboxRow, Reader, Readers};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::{Arc, MutexGuard, PoisonError};
use tempfile::TempDir;

/// The command that becomes the program of an errand.
pub type Launch<'a> = &'a (dyn Fn(&Errand) -> Command + Sync);

/// Gives orders: told of the recipient whose message begins, or of none at the end.
pub(super) type Orders<'a> = dyn FnMut(&mut Server, Option<&str>) -> Result<String, String> + 'a;

/// The law of every book here; files of roots and books lie in the folder.
pub(super) struct Trial<'a> {
    pub(super) folder: TempDir,
    pub(super) path: PathBuf,
    pub(super) law: &'a Law,
    pub(super) server: Server,
    victim: Victim,
    launch: Launch<'a>,
    roots: PathBuf,
    /// How many programs lived, or the desk was opened.
    pub(super) lives: u32,
    /// Everything that programs said, on either stream.
    heard: Vec<u8>,
}

/// How a life ended.
#[derive(Debug, Default)]
pub(super) struct End {
    /// What it said at its end, once for each outbox it ran; nothing if it died.
    pub(super) outcomes: Vec<String>,
    /// The moment at which it said that it kills itself.
    pub(super) died_at: Option<String>,
    /// What it said on its error stream.
    pub(super) errors: String,
}

impl<'a> Trial<'a> {
    pub(super) fn begin(
        template: &Template,
        law: &'a Law,
        launch: Launch<'a>,
    ) -> Result<Trial<'a>, String> {
        let (folder, path) = template.copy()?;
        let authority = Authority::new("an authority of the test");
        let roots = folder.path().join("roots.pem");
        fs::write(&roots, pem(authority.root())).map_err(|why| why.to_string())?;
        let victim = Victim::default();
        let (watched, watching) = (path.clone(), law.clone());
        let recorded = Box::new(move |to: &str| await_outcome(&watched, &watching, to));
        let server = Server::start(authority, Arc::clone(&victim), recorded)?;
        let port = server.port;
        let heard = Vec::new();
        let mut trial = Trial { folder, path, law, server, victim, launch, roots, lives: 0, heard };
        trial.desk().call("set_mail_account", account(port))?;
        Ok(trial)
    }

    /// The application as the person has it now.
    pub(super) fn desk(&mut self) -> Desk {
        self.lives += 1;
        Desk::open(&self.path, self.lives)
    }

    /// Lets a program live. `answer` is told of each message it begins and gives its orders; it is
    /// told of `None` when the program has ended by itself.
    pub(super) fn live(
        &mut self,
        what: What,
        step_s: i64,
        answer: &mut Orders<'_>,
    ) -> Result<End, String> {
        self.lives += 1;
        let (life, path) = (self.lives, self.path.clone());
        let errand = Errand { what, life, at_s: begin_of(life), step_s, path };
        let mut child = (self.launch)(&errand)
            // Its system trusts the authority of the test and nobody else.
            .env("SSL_CERT_FILE", &self.roots)
            .env_remove("SSL_CERT_DIR")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|why| format!("the program does not start: {why}"))?;
        let mut orders = child.stdin.take().ok_or("the program has no ear")?;
        let out = child.stdout.take().ok_or("the program has no voice")?;
        let mut complaints = child.stderr.take().ok_or("the program has no second voice")?;
        *self.victim() = Some(child);
        let errors = std::thread::spawn(move || {
            let mut errors = Vec::new();
            let _ = complaints.read_to_end(&mut errors);
            errors
        });
        let mut end = End::default();
        let heard = self.listen(out, &mut orders, &mut end, answer);
        let child = self.victim().take();
        if let Some(mut child) = child {
            if heard.is_err() {
                let _ = child.kill();
            }
            child.wait().map_err(|why| why.to_string())?;
        }
        let errors = errors.join().unwrap_or_default();
        end.errors = String::from_utf8_lossy(&errors).into_owned();
        self.heard.extend_from_slice(&errors);
        heard?;
        if !end.outcomes.is_empty() {
            answer(&mut self.server, None)?;
        }
        Ok(end)
    }

    fn listen(
        &mut self,
        out: impl Read,
        orders: &mut ChildStdin,
        end: &mut End,
        answer: &mut Orders<'_>,
    ) -> Result<(), String> {
        for line in BufReader::new(out).split(b'\n').map_while(Result::ok) {
            self.heard.extend_from_slice(&line);
            self.heard.push(b'\n');
            let line = String::from_utf8_lossy(&line).into_owned();
            let Some(said) = line.strip_prefix(VOICE) else { continue };
            let (word, rest) = said.split_once(' ').unwrap_or((said, ""));
            match word {
                "attempt" => {
                    let order = answer(&mut self.server, Some(rest))?;
                    // A program that died meanwhile needs no orders.
                    let _ = writeln!(orders, "{order}").and_then(|()| orders.flush());
                }
                "dies" => end.died_at = Some(rest.to_owned()),
                "done" => end.outcomes.push(rest.to_owned()),
                _ => return Err(format!("the program says `{line}`")),
            }
        }
        Ok(())
    }

    fn victim(&self) -> MutexGuard<'_, Option<std::process::Child>> {
        self.victim.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The book as anybody reads it.
    pub(super) fn reader(&self) -> Result<Reader, String> {
        Reader::open(&self.path, self.law.clone(), None).map_err(|why| format!("{why:?}"))
    }

    /// The messages, the first queued first.
    pub(super) fn rows(&self) -> Result<Vec<OutboxRow>, String> {
        let mut rows = self.reader()?.outbox().map_err(|why| format!("{why:?}"))?;
        rows.reverse();
        Ok(rows)
    }

    /// The last record that the machine remembers of its only book.
    pub(super) fn remembered(&self) -> Result<i64, String> {
        let file = self.folder.path().join(MEMORY);
        let bytes = fs::read(&file).map_err(|why| why.to_string())?;
        let memory: serde_json::Value =
            serde_json::from_slice(&bytes).map_err(|why| why.to_string())?;
        let first = memory.as_object().and_then(|books| books.values().next());
        first.and_then(|seen| seen["seq"].as_i64()).ok_or_else(|| format!("{MEMORY}: {memory}"))
    }

    /// The places where the password, or what is sent for it, stands.
    pub(super) fn leaks(&self) -> Result<Vec<String>, String> {
        let sent = STANDARD.encode(format!("\0{USER}\0{PASSWORD}"));
        let secrets = [PASSWORD.to_owned(), STANDARD.encode(PASSWORD), sent];
        let mut places = vec![("what the programs said".to_owned(), self.heard.clone())];
        for entry in fs::read_dir(self.folder.path()).map_err(|why| why.to_string())?.flatten() {
            if entry.path().is_file() {
                let bytes = fs::read(entry.path()).map_err(|why| why.to_string())?;
                places.push((entry.path().display().to_string(), bytes));
            }
        }
        let holds = |bytes: &[u8]| secrets.iter().any(|secret| find(bytes, secret.as_bytes()));
        Ok(places.into_iter().filter(|(_, bytes)| holds(bytes)).map(|(name, _)| name).collect())
    }
}

/// How often a book is looked at for an outcome before that is given up.
const LOOKS: u32 = 20_000;

/// Looks at the book until the message to a recipient is no longer being sent. Nothing is kept open
/// afterwards, or the book could not be folded.
fn await_outcome(path: &Path, law: &Law, to: &str) {
    let readers = Readers::new(path, law.clone());
    for _ in 0..LOOKS {
        let rows = readers.reader().and_then(|reader| reader.outbox()).unwrap_or_default();
        if rows.iter().any(|row| row.recipients == to && row.state != "sending") {
            return;
        }
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// A certificate in DER as the text that programs read.
pub fn pem(der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let lines: Vec<&str> =
        text.as_bytes().chunks(64).filter_map(|line| std::str::from_utf8(line).ok()).collect();
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
}

/// Copies a book that nobody writes.
pub(super) fn copy_book(from: &Path, to: &Path) -> Result<(), String> {
    fs::copy(from, to).map(|_| ()).map_err(|why| why.to_string())
}
