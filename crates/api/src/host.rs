//! What a shell gives: the world, as values.

use crate::sentences::Language;
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::path::PathBuf;
use ts_rs::TS;

/// The world outside, as far as the application may know it.
pub struct Host {
    /// The instant now.
    pub clock: Box<dyn Fn() -> DateTime<Utc> + Send + Sync>,
    /// Sixteen random bytes.
    pub random: Box<dyn Fn() -> [u8; 16] + Send + Sync>,
    /// The language of sentences.
    pub language: Language,
    /// Name and version of the program, kept with each record.
    pub application: String,
    /// Who sits there: `person`, or a name.
    pub actor: String,
    /// The folder where books lie, made on first use; none where there is no such place.
    pub home: Option<PathBuf>,
    /// The file that keeps how the person likes the window; none where nothing is kept.
    pub preferences: Option<PathBuf>,
}

/// What the application tells every window of its own accord.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Event {
    /// A record was written: what was read of the book may be old.
    Changed {
        /// The book's path.
        book: String,
        /// The record.
        seq: i64,
        /// Recorded tables that were written.
        tables: Vec<String>,
    },
    /// Long work goes on.
    Progress {
        /// The id that the caller gave.
        id: String,
        /// What is done, in the host's language.
        step: String,
        /// Done so far.
        done: u64,
        /// Of how many, if known.
        total: Option<u64>,
    },
    /// Events were missed: everything read may be old.
    Lagged,
}

/// Whoever watches long work.
pub trait Progress: Send + Sync {
    /// A step begins: a key of `[step]` in the sentences, and what it is about.
    fn begin(&self, step: &str, about: &str);

    /// Done so far, of how many if known; `false` stops the work, and nothing of it is kept.
    fn step(&self, done: u64, total: Option<u64>) -> bool;
}

/// Nobody watches.
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: &str, _: &str) {}

    fn step(&self, _: u64, _: Option<u64>) -> bool {
        true
    }
}

/// A [`Progress`] as the book's task.
pub(crate) struct Watched<'a>(pub(crate) &'a dyn Progress);

impl book::Task for Watched<'_> {
    fn step(&self, done: u64, total: Option<u64>) -> bool {
        self.0.step(done, total)
    }
}
