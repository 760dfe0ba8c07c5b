//! The application as windows see it: every request through one function, by name; what happens is
//! told to all who listen; long work can be cancelled by its id.

use crate::app::{Answer, App};
use crate::failure::Failure;
use crate::host::{Event, Progress};
use crate::sentences::Language;
use serde::Deserialize;
use serde_json::Value;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

/// Events kept for a listener that is slow; what is more is told as [`Event::Lagged`].
const MOST_WAITING: usize = 256;

/// A call as it comes from a window.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// The caller's id of it, for progress and cancel.
    #[serde(default)]
    pub id: Option<String>,
    /// The language of its sentences.
    pub language: Language,
    /// The book's path.
    #[serde(default)]
    pub book: Option<PathBuf>,
    /// The call's name.
    pub name: String,
    /// What is asked.
    #[serde(default)]
    pub params: Value,
}

/// One application per language over the same open books, and those who listen.
pub struct Desk {
    apps: [App; 2],
    listeners: Arc<Mutex<Vec<Listener>>>,
    going: Mutex<HashMap<String, Arc<AtomicBool>>>,
}

struct Listener {
    sender: SyncSender<Event>,
    missed: bool,
}

impl Desk {
    /// A desk over an application for each language. They share their open books.
    pub fn new(app: impl Fn(Language) -> App) -> Desk {
        let french = app(Language::Fr);
        let english = app(Language::En).beside(&french);
        Desk { apps: [french, english], listeners: Arc::default(), going: Mutex::default() }
    }

    /// The application that speaks a language.
    pub fn app(&self, language: Language) -> &App {
        match language {
            Language::Fr => &self.apps[0],
            Language::En => &self.apps[1],
        }
    }

    /// Does what is asked. What was written is told to all listeners.
    pub fn call(&self, request: Request) -> Result<Answer, Failure> {
        let app = self.app(request.language);
        let cancelled = Arc::new(AtomicBool::new(false));
        if let Some(id) = &request.id {
            self.going().insert(id.clone(), cancelled.clone());
        }
        let watch =
            Watch { desk: self, app, id: request.id.as_deref(), cancelled, at: Mutex::default() };
        let answer = app.call(request.book.as_deref(), &request.name, request.params, &watch);
        if let Some(id) = &request.id {
            self.going().remove(id);
        }
        if let (Ok(answer), Some(book)) = (&answer, &request.book) {
            self.wrote(book, answer);
        }
        answer
    }

    /// Stops long work at its next step; nothing of it is kept. Whether there was such work.
    pub fn cancel(&self, id: &str) -> bool {
        let going = self.going();
        let found = going.get(id);
        found.inspect(|cancelled| cancelled.store(true, Ordering::Relaxed)).is_some()
    }

    /// Everything told from now on.
    pub fn listen(&self) -> Receiver<Event> {
        let (sender, receiver) = sync_channel(MOST_WAITING);
        self.listeners().push(Listener { sender, missed: false });
        receiver
    }

    fn wrote(&self, book: &Path, answer: &Answer) {
        let (Some(seq), false) = (answer.seq, answer.tables.is_empty()) else { return };
        let tables = answer.tables.iter().map(|table| (*table).to_owned()).collect();
        self.tell(&Event::Changed { book: book.display().to_string(), seq, tables });
    }

    fn tell(&self, event: &Event) {
        self.listeners().retain_mut(|listener| listener.hears(event));
    }

    fn listeners(&self) -> std::sync::MutexGuard<'_, Vec<Listener>> {
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn going(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<AtomicBool>>> {
        self.going.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Listener {
    /// Whether it still listens.
    fn hears(&mut self, event: &Event) -> bool {
        if self.missed {
            match self.sender.try_send(Event::Lagged) {
                Ok(()) => self.missed = false,
                Err(TrySendError::Full(_)) => return true,
                Err(TrySendError::Disconnected(_)) => return false,
            }
        }
        match self.sender.try_send(event.clone()) {
            Ok(()) => true,
            Err(TrySendError::Full(_)) => {
                self.missed = true;
                true
            }
            Err(TrySendError::Disconnected(_)) => false,
        }
    }
}

/// One call's progress, told to all.
struct Watch<'a> {
    desk: &'a Desk,
    app: &'a App,
    id: Option<&'a str>,
    cancelled: Arc<AtomicBool>,
    at: Mutex<Told>,
}

/// What was last told: the step, and hundredths of it.
#[derive(Default)]
struct Told {
    step: String,
    hundredths: u64,
}

impl Watch<'_> {
    fn tell(&self, told: &Told, done: u64, total: Option<u64>) {
        let Some(id) = self.id else { return };
        let (id, step) = (id.to_owned(), told.step.clone());
        self.desk.tell(&Event::Progress { id, step, done, total });
    }
}

impl Progress for Watch<'_> {
    fn begin(&self, step: &str, about: &str) {
        let step = self.app.step_text(step, about);
        let mut told = self.at.lock().unwrap_or_else(PoisonError::into_inner);
        *told = Told { step, hundredths: 0 };
        self.tell(&told, 0, None);
    }

    fn step(&self, done: u64, total: Option<u64>) -> bool {
        let mut told = self.at.lock().unwrap_or_else(PoisonError::into_inner);
        let hundredths = match total {
            Some(total) => done * 100 / total.max(1),
            None => done,
        };
        // A hundred messages a step are enough for any bar.
        if hundredths != told.hundredths {
            told.hundredths = hundredths;
            self.tell(&told, done, total);
        }
        !self.cancelled.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests;
