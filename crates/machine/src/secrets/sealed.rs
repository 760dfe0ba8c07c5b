//! Secrets in a file beside the book, sealed under a passphrase.

mod envelope;
#[cfg(test)]
mod tests;

use super::{item, place};
use crate::random_bytes;
use api::{SecretFault, SecretName, Secrets};
use envelope::{Contents, Costs, Envelope, Key, Lock};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use values::Secret;

/// Sealed files, each beside its book under the book's name with `.secrets` after it.
///
/// What stays in memory once a file is opened is its key; the secrets are read anew at each
/// question, so that what another program wrote in between is not lost.
pub struct Sealed {
    open: Mutex<HashMap<PathBuf, Opened>>,
    costs: Costs,
}

/// What opens a file.
struct Opened {
    lock: Lock,
    key: Key,
}

impl Sealed {
    /// No file is open yet.
    pub fn new() -> Sealed {
        Sealed::at(Costs::RECOMMENDED)
    }

    /// New files cost that much to open.
    fn at(costs: Costs) -> Sealed {
        Sealed { open: Mutex::new(HashMap::new()), costs }
    }

    /// Whether the book has a sealed file; one that cannot be looked at is there.
    pub fn exists(book: &Path) -> bool {
        path_of(book).try_exists().unwrap_or(true)
    }

    /// Whether the book's file was opened.
    pub fn is_open(&self, book: &Path) -> bool {
        self.opened().contains_key(&path_of(book))
    }

    fn opened(&self) -> MutexGuard<'_, HashMap<PathBuf, Opened>> {
        // A key is whole or not there: what another thread was doing when it failed is no matter.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The contents of a file as it stands now, under the key that opened it.
    fn contents(path: &Path, opened: &Opened) -> Result<Contents, SecretFault> {
        let Some(envelope) = read(path)? else { return Ok(Contents::default()) };
        if envelope.lock() != &opened.lock {
            // Another program made it anew, under a passphrase of its own.
            return Err(SecretFault::Sealed);
        }
        let contents = envelope.open(&opened.key);
        contents.map_err(|_| fault(path, "it was damaged since it was opened"))
    }

    /// Changes the contents and writes the file, unless the change finds nothing to do.
    fn change(
        &self,
        of: &SecretName<'_>,
        change: impl FnOnce(&mut Contents) -> bool,
    ) -> Result<(), SecretFault> {
        let path = path_of(of.book);
        // Held until the file is written: two threads must not each add to the same old contents.
        let open = self.opened();
        let opened = open.get(&path).ok_or(SecretFault::Sealed)?;
        let mut contents = Sealed::contents(&path, opened)?;
        if !change(&mut contents) {
            return Ok(());
        }
        // A nonce serves once. Of 24 random bytes no two are ever alike, so none is counted.
        let nonce = random(&path)?;
        let bytes = Envelope::seal(opened.lock, nonce, &opened.key, &contents)
            .and_then(|envelope| envelope.bytes())
            .ok_or_else(|| fault(&path, "it cannot be sealed"))?;
        if bytes.len() > place::LIMIT {
            return Err(fault(&path, "it would grow too large"));
        }
        place::Unfinished::write(&path, &bytes, u32::from_ne_bytes(random(&path)?))
            .and_then(place::Unfinished::put_in_place)
            .map_err(|why| fault(&path, &why.to_string()))
    }
}

impl Default for Sealed {
    fn default() -> Sealed {
        Sealed::new()
    }
}

impl Secrets for Sealed {
    fn keep(&self, of: &SecretName<'_>, secret: &Secret) -> Result<(), SecretFault> {
        self.change(of, |contents| {
            contents.put(item(of), secret.clone());
            true
        })
    }

    fn find(&self, of: &SecretName<'_>) -> Result<Option<Secret>, SecretFault> {
        let path = path_of(of.book);
        let open = self.opened();
        let opened = open.get(&path).ok_or(SecretFault::Sealed)?;
        Ok(Sealed::contents(&path, opened)?.take(&item(of)))
    }

    fn forget(&self, of: &SecretName<'_>) -> Result<(), SecretFault> {
        if !Sealed::exists(of.book) {
            return Ok(());
        }
        self.change(of, |contents| contents.take(&item(of)).is_some())
    }

    fn unseal(&self, book: &Path, passphrase: Secret) -> Result<(), SecretFault> {
        // No file was ever sealed under nothing.
        if passphrase.expose().is_empty() {
            return Err(SecretFault::WrongPassphrase);
        }
        let path = path_of(book);
        let envelope = read(&path)?;
        let lock = match &envelope {
            Some(envelope) => *envelope.lock(),
            // The salt is the file's for as long as it stands: the passphrase is not kept, and the
            // key that is kept came of this salt.
            None => Lock { costs: self.costs, salt: random(&path)? },
        };
        let key = lock.key(&passphrase).map_err(|why| fault(&path, &why))?;
        if let Some(envelope) = envelope {
            envelope.open(&key).map_err(|_| SecretFault::WrongPassphrase)?;
        }
        self.opened().insert(path, Opened { lock, key });
        Ok(())
    }
}

/// Where a book's sealed file lies.
fn path_of(book: &Path) -> PathBuf {
    let mut path = book.as_os_str().to_owned();
    path.push(".secrets");
    PathBuf::from(path)
}

fn read(path: &Path) -> Result<Option<Envelope>, SecretFault> {
    let bytes = place::read(path).map_err(|why| fault(path, &why.to_string()))?;
    let envelope = bytes.map(|bytes| Envelope::parse(&bytes)).transpose();
    envelope.map_err(|why| fault(path, &why))
}

fn random<const COUNT: usize>(path: &Path) -> Result<[u8; COUNT], SecretFault> {
    random_bytes().ok_or_else(|| fault(path, "the system has no randomness"))
}

/// A file's fault, with its path and nothing of what stands in it.
fn fault(path: &Path, why: &str) -> SecretFault {
    SecretFault::File(format!("{}: {why}", path.display()))
}
