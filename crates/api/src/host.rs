//! What a shell gives: the world, as values.

use crate::sentences::Language;
use chrono::{DateTime, Utc};

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
