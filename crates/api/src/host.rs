//! What a shell gives: the world, as values.

use crate::sentences::Language;
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::path::{Path, PathBuf};
use ts_rs::TS;
use values::Secret;

/// The world outside, as far as the application may know it.
pub struct Host {
    /// The instant now.
    pub clock: Box<dyn Fn() -> DateTime<Utc> + Send + Sync>,
    /// Sixteen random bytes.
    pub random: Box<dyn Fn() -> [u8; 16] + Send + Sync>,
    /// Where secrets are kept.
    pub secrets: Box<dyn Secrets>,
    /// How long a mail server is waited for.
    pub patience: courier::Patience,
    /// The way to banks.
    pub wire: Box<dyn source::Wire + Send + Sync>,
    /// Waits.
    pub sleep: Box<dyn Fn(std::time::Duration) + Send + Sync>,
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

/// Where secrets are kept: the keychain of the system; where there is none, a file beside the book,
/// sealed under a passphrase. A secret has one name in one book (`mail`, `connection 3`).
pub trait Secrets: Send + Sync {
    /// Keeps a secret, in the place of another of that name.
    fn keep(&self, of: &SecretName<'_>, secret: &Secret) -> Result<(), SecretFault>;

    /// The secret of that name, if there is one.
    fn find(&self, of: &SecretName<'_>) -> Result<Option<Secret>, SecretFault>;

    /// Forgets a secret; one that is not there is forgotten already.
    fn forget(&self, of: &SecretName<'_>) -> Result<(), SecretFault>;

    /// Opens the sealed file of a book for as long as the program runs, and makes it with its first
    /// secret. Only where the system has no keychain.
    fn unseal(&self, book: &Path, passphrase: Secret) -> Result<(), SecretFault>;
}

/// The name of a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecretName<'a> {
    /// The book's file, beside which a sealed file lies.
    pub book: &'a Path,
    /// The book's own identifier: two books never share a secret.
    pub uuid: &'a str,
    /// What it opens.
    pub name: &'a str,
}

/// Why a secret can be neither kept nor found. It never tells a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretFault {
    /// The system has no keychain, and the sealed file was not opened: a passphrase is needed.
    Sealed,
    /// Another passphrase sealed the file.
    WrongPassphrase,
    /// The keychain is there and says no, in its own words.
    Refused(String),
    /// The sealed file cannot be read or written.
    File(String),
}

/// For shells without a way out: every bank is out of reach.
pub struct NoWire;

impl source::Wire for NoWire {
    fn ask(
        &self,
        _: &source::WireRequest,
        _: source::WireLimits,
        _: &dyn Fn() -> bool,
    ) -> Result<source::WireAnswer, source::WireFault> {
        Err(source::WireFault::Unreachable)
    }
}

/// For shells that keep nothing: every secret is sealed.
pub struct NoSecrets;

impl Secrets for NoSecrets {
    fn keep(&self, _: &SecretName<'_>, _: &Secret) -> Result<(), SecretFault> {
        Err(SecretFault::Sealed)
    }

    fn find(&self, _: &SecretName<'_>) -> Result<Option<Secret>, SecretFault> {
        Ok(None)
    }

    fn forget(&self, _: &SecretName<'_>) -> Result<(), SecretFault> {
        Ok(())
    }

    fn unseal(&self, _: &Path, _: Secret) -> Result<(), SecretFault> {
        Err(SecretFault::Refused(String::new()))
    }
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
