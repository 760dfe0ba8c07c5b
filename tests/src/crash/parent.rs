//! The one who starts a writer, copies its files, kills it and looks at what is left.

use super::Order;
use crate::chance::Chance;
use crate::run::{Failure, Tally, new_book};
use book::{Book, Law, NoTask};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// How a story of crashes goes.
pub struct Hammer<'a> {
    /// The seed.
    pub seed: u64,
    /// How many writers are killed, one after the other, over one book.
    pub kills: u64,
    /// The law of the book.
    pub law: &'a Law,
    /// The command that becomes a writer under an order.
    pub launch: &'a dyn Fn(&Order) -> Command,
}

/// What a writer said before it died.
#[derive(Default)]
struct Said {
    begun: Option<u64>,
    done: Option<u64>,
    /// Number and hash of the last acknowledged record of each step.
    records: Vec<(i64, String)>,
}

impl Said {
    fn hear(&mut self, line: &str) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["writer", "begin", step] => self.begun = step.parse().ok(),
            ["writer", "done", step, seq, hash] => {
                self.done = step.parse().ok();
                if let Ok(seq) = seq.parse() {
                    self.records.push((seq, hash.to_owned()));
                }
            }
            _ => {}
        }
    }
}

/// Kills writers over one book and holds it to what each had acknowledged.
pub fn hammer(hammer: &Hammer<'_>) -> Result<Tally, Failure> {
    let mut step = 1;
    let failed = |step, story| Failure { seed: hammer.seed, step, story };
    hammer.run(&mut step).map_err(|story| failed(step, story))
}

impl Hammer<'_> {
    fn run(&self, step: &mut u64) -> Result<Tally, String> {
        let folder = tempfile::tempdir().map_err(|why| why.to_string())?;
        let book = new_book(self.seed, self.law, folder.path()).map_err(|why| why.to_string())?;
        let path = book.path().to_owned();
        drop(book);
        let mut tally = Tally::default();
        for kill in 0..self.kills {
            let mut chance = Chance::new(self.seed, 1_000_000 + kill);
            let order = Order { seed: self.seed, first: *step, path: path.clone() };
            let stem = folder.path().join(format!("torn-{kill}"));
            let (said, copies) = self.life(&mut chance, &order, &stem)?;
            *step = said.begun.map_or(*step, |begun| begun + 1);
            let hashes = self.survived(&path, &said, &mut tally)?;
            for copy in copies {
                self.judge(&copy, &hashes, &mut tally)?;
            }
            tally.kills += 1;
        }
        Ok(tally)
    }

    /// Starts a writer, copies its files now and then, and kills it after some commands.
    fn life(
        &self,
        chance: &mut Chance,
        order: &Order,
        stem: &Path,
    ) -> Result<(Said, Vec<PathBuf>), String> {
        let mut child = (self.launch)(order)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|why| format!("the writer does not start: {why}"))?;
        let out = child.stdout.take().ok_or("the writer has no voice")?;
        let kill_after = chance.between(1, 60);
        let mut said = Said::default();
        let mut copies = Vec::new();
        let mut heard = 0;
        let mut lines = BufReader::new(out).split(b'\n');
        while let Some(Ok(line)) = lines.next() {
            let line = String::from_utf8_lossy(&line).into_owned();
            said.hear(&line);
            if !line.starts_with("writer begin") {
                continue;
            }
            heard += 1;
            if copies.len() < 3 && chance.often(10) {
                pause(chance, 1_500);
                let copy = stem.with_extension(heard.to_string());
                if copy_files(chance, &order.path, &copy).is_ok() {
                    copies.push(copy);
                }
            }
            if heard >= kill_after {
                pause(chance, 4_000);
                break;
            }
        }
        kill(&mut child)?;
        // What it had still said before it died was acknowledged too.
        for line in lines.map_while(Result::ok) {
            said.hear(&String::from_utf8_lossy(&line));
        }
        if heard < kill_after {
            let last = said.begun.unwrap_or(order.first);
            return Err(format!("the writer ended by itself at step {last}"));
        }
        Ok((said, copies))
    }

    /// The book after a crash: its records' hashes, the last of which is known or was under way.
    fn survived(&self, path: &Path, said: &Said, tally: &mut Tally) -> Result<Vec<String>, String> {
        let book = Book::open(path, None, self.law.clone())
            .map_err(|why| format!("after a crash: {why:?}"))?;
        let hashes = sound(&book).map_err(|why| format!("after a crash: {why}"))?;
        for (seq, hash) in &said.records {
            if hashes.get(*seq as usize - 1) != Some(hash) {
                return Err(format!("record {seq} was acknowledged and is lost"));
            }
        }
        let Some((acknowledged, _)) = said.records.last() else { return Ok(hashes) };
        let beyond = hashes.len() as i64 - acknowledged;
        match (beyond, said.begun > said.done) {
            (0, _) => {}
            (1, true) => tally.in_flight += 1,
            _ => return Err(format!("{beyond} records that nobody was told of")),
        }
        tally.replays += 1;
        Ok(hashes)
    }

    /// A copy taken while the book was written is refused, or is a state the book was in.
    fn judge(&self, copy: &Path, hashes: &[String], tally: &mut Tally) -> Result<(), String> {
        let opened = Book::open(copy, None, self.law.clone());
        match opened.map_err(|why| why.to_string()).and_then(|book| sound(&book)) {
            Err(_) => tally.copies_refused += 1,
            Ok(held) if hashes.starts_with(&held) => tally.copies_whole += 1,
            Ok(held) => {
                return Err(format!("a torn copy opened to {} records never written", held.len()));
            }
        }
        Ok(())
    }
}

/// Verifies and replays; gives the hash of each record.
fn sound(book: &Book) -> Result<Vec<String>, String> {
    let told = |why: book::Error| format!("{why:?}");
    book.verify(&NoTask).map_err(told)?;
    if book.digest().map_err(told)? != book.replayed_digest().map_err(told)? {
        return Err("the replay is another book".to_owned());
    }
    let mut records = book.reader().and_then(|r| r.records(None, u32::MAX)).map_err(told)?;
    records.reverse();
    Ok(records.into_iter().map(|record| record.hash).collect())
}

fn kill(child: &mut Child) -> Result<(), String> {
    child.kill().and_then(|()| child.wait()).map(|_| ()).map_err(|why| why.to_string())
}

/// Book and log, in one order or the other, as whoever copies a folder would.
fn copy_files(chance: &mut Chance, from: &Path, to: &Path) -> std::io::Result<()> {
    let log = |path: &Path| -> PathBuf {
        let mut name = path.as_os_str().to_owned();
        name.push("-wal");
        name.into()
    };
    // Long enough between the two for the log to be folded into the book meanwhile.
    let log_first = chance.often(50);
    if log_first {
        fs::copy(log(from), log(to))?;
        pause(chance, 80_000);
    }
    fs::copy(from, to)?;
    if !log_first {
        pause(chance, 80_000);
        fs::copy(log(from), log(to))?;
    }
    Ok(())
}

/// Up to so many microseconds: a crash asks no one when to come.
#[allow(clippy::disallowed_methods, reason = "the moment of a crash belongs to no shell's Host")]
fn pause(chance: &mut Chance, most_us: i64) {
    std::thread::sleep(Duration::from_micros(chance.below(most_us) as u64));
}
