//! The keychain of the system: the Keychain of macOS, the Credential Manager of Windows, the Secret
//! Service of a Linux desktop.

#[cfg(test)]
mod tests;

use super::Items;
use keyring::{Entry, Error};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;
use thiserror::Error as Fault;
use values::Secret;
use zeroize::Zeroize;

/// The name under which a person finds our items in the keychain's own window.
const SERVICE: &str = "Comptoir";

/// Why the keychain gave no answer that can be used. It never tells a secret.
#[derive(Debug, Clone, PartialEq, Eq, Fault)]
pub enum KeychainFault {
    /// There is none, or it does not answer, or it is locked and nobody can be asked to open it.
    #[error("no keychain answers: {0}")]
    Absent(String),
    /// It is there and says no, in its own words.
    #[error("the keychain says no: {0}")]
    Refused(String),
}

/// How long a keychain may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Until a connection stands; the first may start the keychain's program.
    pub to_open: Duration,
    /// Until an answer comes.
    pub to_answer: Duration,
    /// Whether a person can be asked: without, a locked keychain is none.
    pub asks: bool,
}

impl Patience {
    /// Where a person may have to type the keychain's password an answer takes minutes; where
    /// nobody can, what does not come at once never comes.
    pub const fn where_asked(asks: bool) -> Patience {
        let answer = if asks { 180 } else { 5 };
        Patience { to_open: Duration::from_secs(10), to_answer: Duration::from_secs(answer), asks }
    }
}

/// The keychain of the system, opened by the first question.
///
/// Each question runs on a thread of its own, because a session bus or a service may accept it and
/// never answer; a question given up goes on there, and while it does the keychain counts as
/// absent.
pub struct Keychain {
    patience: Patience,
    given_up: Mutex<Option<JoinHandle<()>>>,
}

impl Keychain {
    /// The keychain; nothing is asked of it yet.
    pub const fn new(patience: Patience) -> Keychain {
        Keychain { patience, given_up: Mutex::new(None) }
    }

    /// Asks about one item. One question at a time, as keychains want it.
    fn ask<T: Send + 'static>(
        &self,
        item: &str,
        question: impl FnOnce(Entry) -> keyring::Result<T> + Send + 'static,
    ) -> Result<T, KeychainFault> {
        let mut given_up = self.given_up.lock().unwrap_or_else(PoisonError::into_inner);
        if given_up.as_ref().is_some_and(|thread| !thread.is_finished()) {
            return Err(silent());
        }
        let Patience { to_open, to_answer, .. } = self.patience;
        *given_up = None;
        within(to_open, &mut given_up, || Entry::store_status().is_ok())?;
        let item = item.to_owned();
        within(to_answer, &mut given_up, move || Entry::new(SERVICE, &item).and_then(question))?
            .map_err(|error| self.fault(error))
    }

    fn fault(&self, error: Error) -> KeychainFault {
        let words = plain(&words_of(&error));
        match error {
            Error::NoDefaultStore => {
                // The words say that no store was set; the reason stands with the attempt.
                let why = Entry::store_status().as_ref().err().map(words_of);
                KeychainFault::Absent(why.map_or(words, |why| plain(&why)))
            }
            Error::NoStorageAccess(_) if self.is_absence(&words) => KeychainFault::Absent(words),
            Error::PlatformFailure(_) if is_lost(&words) => KeychainFault::Absent(words),
            Error::BadEncoding(mut bytes) | Error::BadDataFormat(mut bytes, _) => {
                bytes.zeroize();
                KeychainFault::Refused(words)
            }
            _ => KeychainFault::Refused(words),
        }
    }

    /// Whether a storage that cannot be entered is as good as none. A person who closes the
    /// question for the password has said no; where nobody can be asked it was closed by nobody.
    fn is_absence(&self, words: &str) -> bool {
        let locked =
            ["object locked", "result not returned"].iter().any(|said| words.contains(said));
        locked || (!self.patience.asks && words.contains("prompt dismissed"))
    }
}

impl Items for Keychain {
    fn keep(&self, item: &str, secret: &Secret) -> Result<(), KeychainFault> {
        let secret = secret.clone();
        // As bytes: as a password Windows would hold half as many letters.
        self.ask(item, move |entry| entry.set_secret(secret.expose().as_bytes()))
    }

    fn find(&self, item: &str) -> Result<Option<Secret>, KeychainFault> {
        self.ask(item, |entry| match entry.get_secret() {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => Ok(Some(Secret::new(text))),
                Err(error) => Err(Error::BadEncoding(error.into_bytes())),
            },
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        })
    }

    fn forget(&self, item: &str) -> Result<(), KeychainFault> {
        self.ask(item, |entry| match entry.delete_credential() {
            Err(Error::NoEntry) => Ok(()),
            done => done,
        })
    }
}

/// The answer of some work on a thread of its own, if it comes in time; else the thread is given
/// up.
fn within<T: Send + 'static>(
    patience: Duration,
    given_up: &mut Option<JoinHandle<()>>,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, KeychainFault> {
    let (answer, answered) = sync_channel(1);
    let thread = Builder::new()
        .name("keychain".to_owned())
        .spawn(move || drop(answer.send(work())))
        .map_err(|why| KeychainFault::Absent(why.to_string()))?;
    answered.recv_timeout(patience).map_err(|why| match why {
        RecvTimeoutError::Timeout => {
            *given_up = Some(thread);
            silent()
        }
        RecvTimeoutError::Disconnected => KeychainFault::Absent("its library failed".to_owned()),
    })
}

fn silent() -> KeychainFault {
    KeychainFault::Absent("it does not answer".to_owned())
}

/// Whether the way to the keychain broke: the bus went away, or the keychain's program did.
fn is_lost(words: &str) -> bool {
    ["ServiceUnknown", "NoReply", "Disconnected", "connection closed", "Broken pipe", "I/O error"]
        .iter()
        .any(|said| words.contains(said))
}

/// An error's words: those of `Display`, since `Debug` of some would show the secret's bytes.
fn words_of(error: &Error) -> String {
    error.to_string()
}

/// Words from outside as one short line: another program may have written them.
fn plain(words: &str) -> String {
    words.chars().filter(|letter| !letter.is_control()).take(200).collect()
}
