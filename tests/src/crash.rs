//! Crashes that are real: a writer in a process of its own, killed at moments nobody chose.
//!
//! The writer says on its standard output what it begins and what was acknowledged, record by
//! record with its hash. Once it is dead, the book must open, verify, and hold exactly what was
//! acknowledged, and at most the one command that was under way. While it lives its files are
//! copied as they are written: such a copy may be refused, but never open to a state the book was
//! not in.

mod parent;

pub use parent::{Hammer, hammer};

use crate::invent;
use crate::run::{Impatient, execute, refusal};
use book::{Book, Law};
use std::io::Write;
use std::path::PathBuf;

/// What a writer is told to do, as one word of a command line or one environment variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The seed of the story.
    pub seed: u64,
    /// The step to begin with.
    pub first: u64,
    /// The book.
    pub path: PathBuf,
}

impl Order {
    /// The order as text.
    pub fn write(&self) -> String {
        format!("{},{},{}", self.seed, self.first, self.path.display())
    }

    /// Reads what [`Order::write`] wrote.
    pub fn read(text: &str) -> Option<Order> {
        let mut words = text.splitn(3, ',');
        let (seed, first) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
        Some(Order { seed, first, path: PathBuf::from(words.next()?) })
    }
}

/// The most commands a writer gives when nobody kills it.
const STEPS: u64 = 400;

/// Writes until it is killed. Says `begin STEP`, then `done STEP SEQ HASH` with the book's last
/// record, each on a line of its own that begins with `writer`.
pub fn write(order: &Order, law: &Law, out: &mut dyn Write) -> Result<(), String> {
    let told = |why: book::Error| format!("{why:?}");
    let mut book = Book::open(&order.path, None, law.clone()).map_err(told)?;
    for number in order.first..order.first + STEPS {
        let step = invent::step(order.seed, number, &mut book).map_err(told)?;
        say(out, &format!("writer begin {number}"))?;
        let answer = execute(&mut book, &step, &Impatient::at(step.cancel_at), true);
        if let Err(why) = answer
            && refusal(&why, step.cancel_at).is_none()
        {
            return Err(format!("step {number}: {why:?}"));
        }
        let records = book.reader().and_then(|reader| reader.records(None, 1)).map_err(told)?;
        let last = records.first().ok_or("a book without a record")?;
        say(out, &format!("writer done {number} {} {}", last.seq, last.hash))?;
    }
    Ok(())
}

fn say(out: &mut dyn Write, line: &str) -> Result<(), String> {
    // A leading line end, for the test runner leaves its own line open.
    writeln!(out, "\n{line}").and_then(|()| out.flush()).map_err(|why| why.to_string())
}
