//! Kills the program at its n-th touch of the world, in this process: the book's files are copied
//! as they lie at that moment, then a panic unwinds. What goes on goes on from the copy.

use api::{Progress, SecretFault, SecretName, Secrets};
use chrono::{DateTime, Utc};
use source::{Web, Wire, WireAnswer, WireFault, WireLimits, WireRequest};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use values::Secret;

/// Counts what touches the world, and strikes when it is told to.
#[derive(Default)]
pub struct Reaper(Mutex<Count>);

#[derive(Default)]
struct Count {
    touches: usize,
    asks: usize,
    strike: Option<Strike>,
}

/// When to strike, and which book to copy where.
pub struct Strike {
    pub at: usize,
    pub from: PathBuf,
    pub to: PathBuf,
    /// Thousandths of the log that reached the disk: whatever was committed after is not there, so
    /// that a kill falls between any two commits, and within one.
    pub log: u64,
}

impl Reaper {
    /// Begins to count anew.
    pub fn arm(&self, strike: Option<Strike>) {
        *self.0.lock().expect("a count") = Count { strike, ..Count::default() };
    }

    /// Touches of the world, and requests that left, since it was armed.
    pub fn counted(&self) -> (usize, usize) {
        let count = self.0.lock().expect("a count");
        (count.touches, count.asks)
    }

    /// Whether it struck.
    pub fn struck(&self) -> bool {
        let count = self.0.lock().expect("a count");
        count.strike.as_ref().is_some_and(|strike| count.touches >= strike.at)
    }

    fn touch(&self) {
        let mut count = self.0.lock().expect("a count");
        count.touches += 1;
        let strikes = count.strike.as_ref().filter(|strike| strike.at == count.touches);
        if let Some(strike) = strikes {
            copy(strike);
            drop(count);
            std::panic::resume_unwind(Box::new("killed"));
        }
    }

    fn asked(&self) {
        self.0.lock().expect("a count").asks += 1;
    }
}

/// A log that never grew so long was never folded into the file: it may end at any byte.
const FOLDED_BYTES: u64 = 4_000_000;

/// The file and its log, as a machine that loses power leaves them.
fn copy(strike: &Strike) {
    let log_of = |path: &Path| PathBuf::from(format!("{}-wal", path.display()));
    fs::copy(&strike.from, &strike.to).expect("a copy");
    let (from, to) = (log_of(&strike.from), log_of(&strike.to));
    if !from.exists() {
        return;
    }
    let bytes = fs::copy(from, &to).expect("a copy");
    if bytes < FOLDED_BYTES {
        let log = fs::OpenOptions::new().write(true).open(to).expect("the log");
        log.set_len(bytes * strike.log / 1000).expect("it is cut");
    }
}

/// The network, watched: a touch before a request leaves, and one before its answer is kept.
pub struct WatchedWire {
    pub web: Arc<Web>,
    pub reaper: Arc<Reaper>,
}

impl Wire for WatchedWire {
    fn ask(
        &self,
        request: &WireRequest,
        limits: WireLimits,
        stop: &dyn Fn() -> bool,
    ) -> Result<WireAnswer, WireFault> {
        self.reaper.touch();
        // Asked once, so that a run has as many touches each time.
        let stopped = stop();
        self.reaper.asked();
        let answer = self.web.ask(request, limits, &|| stopped);
        self.reaper.touch();
        answer
    }
}

impl Progress for Reaper {
    fn begin(&self, _: &str, _: &str) {
        self.touch();
    }

    fn step(&self, _: u64, _: Option<u64>) -> bool {
        self.touch();
        true
    }
}

/// The moment of a world.
#[derive(Clone)]
pub struct Clock {
    now: Arc<Mutex<DateTime<Utc>>>,
    pub reaper: Arc<Reaper>,
}

impl Clock {
    pub fn at(instant: &str) -> Clock {
        let now = instant.parse().expect("an instant");
        Clock { now: Arc::new(Mutex::new(now)), reaper: Arc::default() }
    }

    pub fn set(&self, instant: &str) {
        *self.now.lock().expect("the clock") = instant.parse().expect("an instant");
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.reaper.touch();
        *self.now.lock().expect("the clock")
    }
}

/// A keychain in memory.
#[derive(Clone, Default)]
pub struct Drawer(Arc<Mutex<BTreeMap<(String, String), String>>>);

impl Drawer {
    /// How many secrets it keeps, the empty ones of a probe left out.
    pub fn count(&self) -> usize {
        self.0.lock().expect("the drawer").values().filter(|text| !text.is_empty()).count()
    }
}

impl Secrets for Drawer {
    fn keep(&self, of: &SecretName<'_>, secret: &Secret) -> Result<(), SecretFault> {
        let name = (of.uuid.to_owned(), of.name.to_owned());
        self.0.lock().expect("the drawer").insert(name, secret.expose().to_owned());
        Ok(())
    }

    fn find(&self, of: &SecretName<'_>) -> Result<Option<Secret>, SecretFault> {
        let name = (of.uuid.to_owned(), of.name.to_owned());
        Ok(self.0.lock().expect("the drawer").get(&name).cloned().map(Secret::new))
    }

    fn forget(&self, of: &SecretName<'_>) -> Result<(), SecretFault> {
        let name = (of.uuid.to_owned(), of.name.to_owned());
        self.0.lock().expect("the drawer").remove(&name);
        Ok(())
    }

    fn unseal(&self, _: &Path, _: Secret) -> Result<(), SecretFault> {
        Ok(())
    }
}
