//! Where secrets are kept: the keychain of the system, or a file beside the book.
//!
//! It keeps what it is given under a name and gives it back; it puts no question to a person, logs
//! nothing, and no fault of it tells a secret or a passphrase. Start reading at [`KeychainOrFile`].

mod keychain;
mod place;
mod sealed;
#[cfg(test)]
mod tests;

pub use keychain::{Keychain, KeychainFault, Patience};
pub use sealed::Sealed;

use api::{SecretFault, SecretName, Secrets};
use std::path::Path;
use values::Secret;

/// A keychain as [`KeychainOrFile`] sees it: one text, one secret.
pub trait Items: Send + Sync {
    /// Keeps a secret, in the place of another of that item.
    fn keep(&self, item: &str, secret: &Secret) -> Result<(), KeychainFault>;

    /// The secret of that item, if there is one.
    fn find(&self, item: &str) -> Result<Option<Secret>, KeychainFault>;

    /// Forgets a secret; one that is not there is forgotten already.
    fn forget(&self, item: &str) -> Result<(), KeychainFault>;
}

/// The keychain where one answers, else the sealed file beside the book.
///
/// A keychain that says no has answered: the file is no way around it. What was sealed in the file
/// stays findable after a keychain appeared; where both hold a name, the keychain's is taken.
pub struct KeychainOrFile {
    keychain: Option<Box<dyn Items>>,
    file: Sealed,
    passphrase: Option<Secret>,
}

impl KeychainOrFile {
    /// Over a keychain, or the file alone. A passphrase given here opens any book's file when it is
    /// first needed.
    pub fn new(keychain: Option<impl Items + 'static>, passphrase: Option<Secret>) -> Self {
        let keychain = keychain.map(|keychain| Box::new(keychain) as Box<dyn Items>);
        KeychainOrFile { keychain, file: Sealed::new(), passphrase }
    }

    /// What the keychain answers; nothing where there is none that does.
    fn asked<T>(
        &self,
        question: impl FnOnce(&dyn Items) -> Result<T, KeychainFault>,
    ) -> Option<Result<T, SecretFault>> {
        match question(self.keychain.as_deref()?) {
            Ok(answer) => Some(Ok(answer)),
            Err(KeychainFault::Refused(words)) => Some(Err(SecretFault::Refused(words))),
            Err(KeychainFault::Absent(_)) => None,
        }
    }

    /// The sealed file, opened if the passphrase is known already.
    fn file(&self, book: &Path) -> Result<&Sealed, SecretFault> {
        if !self.file.is_open(book)
            && let Some(passphrase) = &self.passphrase
        {
            self.file.unseal(book, passphrase.clone())?;
        }
        Ok(&self.file)
    }
}

impl Secrets for KeychainOrFile {
    fn keep(&self, of: &SecretName<'_>, secret: &Secret) -> Result<(), SecretFault> {
        match self.asked(|keychain| keychain.keep(&item(of), secret)) {
            None => self.file(of.book)?.keep(of, secret),
            Some(answer) => {
                answer?;
                // What the file holds under that name is of yesterday now. The secret is kept all
                // the same where the file is closed or cannot be written.
                drop(self.file.forget(of));
                Ok(())
            }
        }
    }

    fn find(&self, of: &SecretName<'_>) -> Result<Option<Secret>, SecretFault> {
        match self.asked(|keychain| keychain.find(&item(of))) {
            None => self.file(of.book)?.find(of),
            Some(Ok(None)) if Sealed::exists(of.book) => self.file(of.book)?.find(of),
            Some(answer) => answer,
        }
    }

    fn forget(&self, of: &SecretName<'_>) -> Result<(), SecretFault> {
        if let Some(answer) = self.asked(|keychain| keychain.forget(&item(of))) {
            answer?;
        }
        // A closed file may hold the name as well: to call that forgotten would be untrue.
        if Sealed::exists(of.book) { self.file(of.book)?.forget(of) } else { Ok(()) }
    }

    fn unseal(&self, book: &Path, passphrase: Secret) -> Result<(), SecretFault> {
        self.file.unseal(book, passphrase)
    }
}

/// The text under which a secret lies, in the keychain and in the file: the book's identifier comes
/// first, so a file left beside another book opens nothing there.
fn item(of: &SecretName<'_>) -> String {
    format!("{} {}", of.uuid, of.name)
}
