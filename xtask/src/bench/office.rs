//! The application as a machine has it, but for its clock, its keychain and its way to banks.

use api::{App, Host, Language, Patience, Progress, SecretFault, SecretName, Secrets, Wire};
use assets::Assets;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use values::Secret;

/// An application with one book, asked as a window asks it.
pub(super) struct Office {
    app: App,
    book: PathBuf,
}

/// A keychain in memory: the system's own is no part of what is measured.
#[derive(Default)]
pub(super) struct Drawer(Mutex<BTreeMap<String, String>>);

impl Office {
    /// Over a book that is there or is still to be made; its clock begins at an instant and goes
    /// on by a millisecond at each look.
    pub(super) fn new(
        book: &Path,
        begin: &str,
        drawer: Drawer,
        wire: impl Wire + Send + Sync + 'static,
    ) -> Result<Office, String> {
        let begin: DateTime<Utc> = begin.parse().map_err(|why| format!("the instant: {why}"))?;
        let (looks, drawn) = (AtomicI64::new(0), AtomicU64::new(0));
        let host = Host {
            clock: Box::new(move || {
                begin + TimeDelta::milliseconds(looks.fetch_add(1, Ordering::Relaxed))
            }),
            random: Box::new(move || {
                let number = u128::from(drawn.fetch_add(1, Ordering::Relaxed));
                number.to_be_bytes()
            }),
            secrets: Box::new(drawer),
            patience: Patience::USUAL,
            wire: Box::new(wire),
            sleep: Box::new(|_| {}),
            language: Language::Fr,
            application: "bench".to_owned(),
            actor: "person".to_owned(),
            home: None,
            preferences: Some(book.with_extension("json")),
        };
        Ok(Office { app: App::new(host, Assets::built_in()), book: book.to_owned() })
    }

    /// Asks a call.
    pub(super) fn call(&self, name: &str, params: Value) -> Result<Value, String> {
        self.watched(name, params, &api::Silent)
    }

    /// The same, while somebody watches.
    pub(super) fn watched(
        &self,
        name: &str,
        params: Value,
        progress: &dyn Progress,
    ) -> Result<Value, String> {
        let answer = self.app.call(Some(&self.book), name, params, progress);
        answer.map(|answer| answer.result).map_err(|why| format!("{name}: {why:?}"))
    }
}

impl Drawer {
    /// One that holds this for every name.
    pub(super) fn with(text: &str) -> Drawer {
        Drawer(Mutex::new(std::iter::once((String::new(), text.to_owned())).collect()))
    }

    fn held<T>(
        &self,
        act: impl FnOnce(&mut BTreeMap<String, String>) -> T,
    ) -> Result<T, SecretFault> {
        let held = self.0.lock().map_err(|why| SecretFault::Refused(why.to_string()));
        held.map(|mut held| act(&mut held))
    }
}

impl Secrets for Drawer {
    fn keep(&self, of: &SecretName<'_>, secret: &Secret) -> Result<(), SecretFault> {
        self.held(|held| drop(held.insert(of.name.to_owned(), secret.expose().to_owned())))
    }

    fn find(&self, of: &SecretName<'_>) -> Result<Option<Secret>, SecretFault> {
        let found = self.held(|held| held.get(of.name).or_else(|| held.get("")).cloned())?;
        Ok(found.map(Secret::new))
    }

    fn forget(&self, of: &SecretName<'_>) -> Result<(), SecretFault> {
        self.held(|held| drop(held.remove(of.name)))
    }

    fn unseal(&self, _: &Path, _: Secret) -> Result<(), SecretFault> {
        Ok(())
    }
}
