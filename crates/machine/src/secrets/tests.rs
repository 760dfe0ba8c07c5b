//! Which of the two keeps a secret, and who is asked for it.

use super::*;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// A keychain that does as it is told.
#[derive(Clone, Default)]
struct Told {
    fault: Arc<Mutex<Option<KeychainFault>>>,
    items: Arc<Mutex<HashMap<String, Secret>>>,
}

impl Told {
    fn absent() -> Told {
        let told = Told::default();
        told.say(Some(KeychainFault::Absent("no bus".to_owned())));
        told
    }

    fn say(&self, fault: Option<KeychainFault>) {
        *self.fault.lock().unwrap() = fault;
    }

    fn answer(&self) -> Result<(), KeychainFault> {
        self.fault.lock().unwrap().clone().map_or(Ok(()), Err)
    }

    fn holds(&self, item: &str) -> bool {
        self.items.lock().unwrap().contains_key(item)
    }
}

impl Items for Told {
    fn keep(&self, item: &str, secret: &Secret) -> Result<(), KeychainFault> {
        self.answer()?;
        self.items.lock().unwrap().insert(item.to_owned(), secret.clone());
        Ok(())
    }

    fn find(&self, item: &str) -> Result<Option<Secret>, KeychainFault> {
        self.answer()?;
        Ok(self.items.lock().unwrap().get(item).cloned())
    }

    fn forget(&self, item: &str) -> Result<(), KeychainFault> {
        self.answer()?;
        self.items.lock().unwrap().remove(item);
        Ok(())
    }
}

struct Place {
    _folder: tempfile::TempDir,
    book: std::path::PathBuf,
}

impl Place {
    fn new() -> Place {
        let folder = tempfile::tempdir().unwrap();
        Place { book: folder.path().join("book.comptoir"), _folder: folder }
    }

    fn name(&self) -> SecretName<'_> {
        SecretName { book: &self.book, uuid: "uuid", name: "mail" }
    }

    fn file(&self) -> bool {
        Sealed::exists(&self.book)
    }
}

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

fn over(keychain: &Told) -> KeychainOrFile {
    KeychainOrFile::new(Some(keychain.clone()), None)
}

fn found(secrets: &KeychainOrFile, of: &SecretName<'_>) -> Result<Option<String>, SecretFault> {
    Ok(secrets.find(of)?.map(|secret| secret.expose().to_owned()))
}

fn is(text: &str) -> Result<Option<String>, SecretFault> {
    Ok(Some(text.to_owned()))
}

#[test]
fn a_keychain_that_answers_keeps_everything() {
    let (place, keychain) = (Place::new(), Told::default());
    let secrets = over(&keychain);
    let name = place.name();
    assert_eq!(found(&secrets, &name), Ok(None));
    secrets.keep(&name, &secret("one")).unwrap();
    assert!(keychain.holds("uuid mail") && !place.file());
    assert_eq!(found(&secrets, &name), is("one"));
    secrets.forget(&name).unwrap();
    secrets.forget(&name).unwrap();
    assert_eq!(found(&secrets, &name), Ok(None));
    assert!(!place.file());
}

#[test]
fn without_a_keychain_a_passphrase_is_needed() {
    let place = Place::new();
    let name = place.name();
    let nothing = KeychainOrFile::new(None::<Told>, None);
    for secrets in [over(&Told::absent()), nothing] {
        assert_eq!(secrets.keep(&name, &secret("one")), Err(SecretFault::Sealed));
        assert_eq!(found(&secrets, &name), Err(SecretFault::Sealed));
        assert_eq!(secrets.forget(&name), Ok(()), "where no file is, nothing is kept");
        secrets.unseal(&place.book, secret("passphrase")).unwrap();
        assert_eq!(found(&secrets, &name), Ok(None));
        secrets.keep(&name, &secret("one")).unwrap();
        assert!(place.file());
        assert_eq!(found(&secrets, &name), is("one"));
        secrets.forget(&name).unwrap();
        assert_eq!(found(&secrets, &name), Ok(None));
        std::fs::remove_file(place.book.with_extension("comptoir.secrets")).unwrap();
    }
}

#[test]
fn a_keychain_that_says_no_is_not_gone_around() {
    let (place, keychain) = (Place::new(), Told::default());
    keychain.say(Some(KeychainFault::Refused("not you".to_owned())));
    let secrets = over(&keychain);
    secrets.unseal(&place.book, secret("passphrase")).unwrap();
    let no = SecretFault::Refused("not you".to_owned());
    assert_eq!(secrets.keep(&place.name(), &secret("one")), Err(no.clone()));
    assert_eq!(found(&secrets, &place.name()), Err(no.clone()));
    assert_eq!(secrets.forget(&place.name()), Err(no));
    assert!(!place.file());
}

#[test]
fn what_was_sealed_stays_findable_when_a_keychain_appears() {
    let (place, keychain) = (Place::new(), Told::absent());
    let name = place.name();
    let before = over(&keychain);
    before.unseal(&place.book, secret("passphrase")).unwrap();
    before.keep(&name, &secret("old")).unwrap();
    keychain.say(None);
    assert_eq!(found(&before, &name), is("old"));
    let later = over(&keychain);
    assert_eq!(found(&later, &name), Err(SecretFault::Sealed), "it may be in the file");
    assert_eq!(later.forget(&name), Err(SecretFault::Sealed));
    assert_eq!(later.unseal(&place.book, secret("wrong")), Err(SecretFault::WrongPassphrase));
    later.unseal(&place.book, secret("passphrase")).unwrap();
    assert_eq!(found(&later, &name), is("old"));
    later.keep(&name, &secret("new")).unwrap();
    assert!(keychain.holds("uuid mail"));
    assert_eq!(found(&later, &name), is("new"));
    keychain.say(Some(KeychainFault::Absent("gone again".to_owned())));
    assert_eq!(found(&later, &name), Ok(None), "the old one does not rise again");
    keychain.say(None);
    later.forget(&name).unwrap();
    assert_eq!(found(&later, &name), Ok(None));
}

#[test]
fn a_closed_file_does_not_hide_what_the_keychain_holds() {
    let (place, keychain) = (Place::new(), Told::default());
    let name = place.name();
    std::fs::write(place.book.with_extension("comptoir.secrets"), "damaged").unwrap();
    let secrets = over(&keychain);
    secrets.keep(&name, &secret("one")).unwrap();
    assert_eq!(found(&secrets, &name), is("one"));
}

#[test]
fn a_passphrase_given_beforehand_opens_the_file_when_it_is_needed() {
    let place = Place::new();
    let name = place.name();
    let given = |passphrase: &str| KeychainOrFile::new(None::<Told>, Some(secret(passphrase)));
    given("passphrase").keep(&name, &secret("one")).unwrap();
    assert_eq!(found(&given("passphrase"), &name), is("one"));
    assert_eq!(found(&given("wrong"), &name), Err(SecretFault::WrongPassphrase));
    // With a keychain it is needed only where a file is.
    let keychain = Told::default();
    let both = KeychainOrFile::new(Some(keychain.clone()), Some(secret("passphrase")));
    assert_eq!(found(&both, &name), is("one"));
    both.forget(&name).unwrap();
    assert_eq!(found(&both, &name), Ok(None));
}
