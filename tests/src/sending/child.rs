//! The program that sends and dies: the real application over a book, told by its parent at each
//! message when to kill itself, if at all.

use super::{PASSWORD, USER};
use api::{App, Host, Language, NoWire, Patience, Progress, SecretFault, SecretName, Secrets};
use assets::Assets;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use values::Secret;

/// How long the program waits for the server. A server that is silent costs that much; one that is
/// slow because the machine is busy must not look silent.
const PATIENCE: Patience = Patience {
    connect: Duration::from_millis(1_500),
    reply: Duration::from_millis(1_500),
    verdict: Duration::from_millis(1_500),
};

/// What a program is told to do, as one word of a command line or one environment variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Errand {
    /// What it does.
    pub what: What,
    /// Which life this is: nothing random is the same in two.
    pub life: u32,
    /// When it begins, in seconds since 1970. Its clock goes on by `step_s` at each reading.
    pub at_s: i64,
    /// Seconds from one reading of the clock to the next.
    pub step_s: i64,
    /// The book.
    pub path: PathBuf,
}

/// What a program does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Runs the outbox, and asks its parent before each message.
    Run,
    /// Runs the outbox twice at the same time, on two threads, and asks nobody.
    Twice,
    /// Lets a paused book send again, then runs the outbox as above.
    Resume,
}

/// The word an errand begins with: other programs get orders by the same way.
const SENDING: &str = "sending";

impl Errand {
    /// The errand as text.
    pub fn write(&self) -> String {
        let what = match self.what {
            What::Run => "run",
            What::Twice => "twice",
            What::Resume => "resume",
        };
        let Errand { life, at_s, step_s, path, .. } = self;
        format!("{SENDING},{what},{life},{at_s},{step_s},{}", path.display())
    }

    /// Reads what [`Errand::write`] wrote.
    pub fn read(text: &str) -> Option<Errand> {
        let mut words = text.splitn(6, ',');
        if words.next()? != SENDING {
            return None;
        }
        let what = match words.next()? {
            "run" => What::Run,
            "twice" => What::Twice,
            "resume" => What::Resume,
            _ => return None,
        };
        let life = words.next()?.parse().ok()?;
        let (at_s, step_s) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
        Some(Errand { what, life, at_s, step_s, path: PathBuf::from(words.next()?) })
    }
}

/// The keychain of a machine on which the password is kept.
struct Keychain;

impl Secrets for Keychain {
    fn keep(&self, _: &SecretName<'_>, _: &Secret) -> Result<(), SecretFault> {
        Ok(())
    }

    fn find(&self, _: &SecretName<'_>) -> Result<Option<Secret>, SecretFault> {
        Ok(Some(Secret::new(PASSWORD.to_owned())))
    }

    fn forget(&self, _: &SecretName<'_>) -> Result<(), SecretFault> {
        Ok(())
    }

    fn unseal(&self, _: &Path, _: Secret) -> Result<(), SecretFault> {
        Ok(())
    }
}

/// The mail account of every book here.
pub(super) fn account(port: u16) -> serde_json::Value {
    json!({
        "account": {
            "host": "127.0.0.1",
            "port": port,
            "implicit_tls": false,
            "user": USER,
            "address": USER,
            "name": "Atelier Morvan",
        },
        "password": PASSWORD,
    })
}

/// The application as a machine has it, but for clock and chance, which are given.
pub(super) fn application(errand: &Errand, moments: &Arc<Moments>) -> App {
    let (ticks, clock) = (AtomicU32::new(0), Arc::clone(moments));
    let begin = DateTime::from_timestamp(errand.at_s, 0).unwrap_or_default();
    let step_s = errand.step_s;
    let (drawn, life) = (AtomicU32::new(0), errand.life);
    let host = Host {
        clock: Box::new(move || -> DateTime<Utc> {
            clock.reading();
            let ticks = ticks.fetch_add(1, Ordering::SeqCst);
            begin + TimeDelta::seconds(i64::from(ticks) * step_s)
        }),
        random: Box::new(move || {
            let number = u64::from(drawn.fetch_add(1, Ordering::SeqCst));
            let mut chance = crate::chance::Chance::new(u64::from(life), number);
            let mut bytes = [0; 16];
            bytes[..8].copy_from_slice(&chance.number().to_be_bytes());
            bytes[8..].copy_from_slice(&chance.number().to_be_bytes());
            bytes
        }),
        secrets: Box::new(Keychain),
        patience: PATIENCE,
        wire: Box::new(NoWire),
        sleep: Box::new(|_| {}),
        language: Language::En,
        application: "a program that may die".to_owned(),
        actor: "person".to_owned(),
        home: None,
        preferences: Some(errand.path.with_file_name("preferences.json")),
    };
    App::new(host, Assets::built_in())
}

/// Counts what the program does since it leased a message, and kills it at the moment ordered.
#[derive(Default)]
pub(super) struct Moments {
    order: Mutex<(String, u32)>,
    phases: AtomicU32,
    readings: AtomicU32,
    readings_of_phase: AtomicU32,
}

/// The phases, as the watch of a sending tells them.
const PHASES: [&str; 7] =
    ["lease", "connecting", "securing", "signing in", "sender", "recipients", "body"];

impl Moments {
    /// A message was leased: the counts begin anew.
    fn leased(&self, order: &str, number: u32) {
        for count in [&self.phases, &self.readings, &self.readings_of_phase] {
            count.store(0, Ordering::SeqCst);
        }
        *self.order.lock().unwrap_or_else(PoisonError::into_inner) = (order.to_owned(), number);
        self.die_at("leased", 0, || "after the lease".to_owned());
    }

    fn phase(&self) {
        let number = self.phases.fetch_add(1, Ordering::SeqCst) + 1;
        self.die_at("phase", number, || format!("before {}", phase_name(number)));
        self.readings_of_phase.store(0, Ordering::SeqCst);
    }

    fn reading(&self) {
        let number = self.readings.fetch_add(1, Ordering::SeqCst) + 1;
        let of_phase = self.readings_of_phase.fetch_add(1, Ordering::SeqCst) + 1;
        let phase = self.phases.load(Ordering::SeqCst);
        self.die_at("reading", number, || moment(phase, of_phase).to_owned());
    }

    fn die_at(&self, event: &str, number: u32, name: impl FnOnce() -> String) {
        let dies = {
            let order = self.order.lock().unwrap_or_else(PoisonError::into_inner);
            order.0 == event && order.1 == number
        };
        if dies {
            say(&format!("dies {}", name()));
            std::process::abort();
        }
    }
}

fn phase_name(number: u32) -> &'static str {
    PHASES.get(number as usize).copied().unwrap_or("a command's end")
}

/// What lies behind a reading of the clock: how many there were since the last phase.
fn moment(phase: u32, number: u32) -> &'static str {
    match (phase, number) {
        (0, _) => "between the lease and the connection",
        (6, 1) => "before the commit that the body begins",
        (6, 2) => "after that commit, before the machine remembers it",
        (6, 3) => "before the commit of the outcome",
        (6, _) => "between what the machine remembers, that commit and the next lease",
        (_, 1) => "no body, before the commit of the outcome",
        _ => "no body, after that commit, or before that of a refusal",
    }
}

/// Asks the parent before each message, and counts the phases.
struct Obedient<'a>(&'a Moments);

impl Progress for Obedient<'_> {
    fn begin(&self, step: &str, about: &str) {
        if step != "send" {
            return;
        }
        say(&format!("attempt {about}"));
        let mut line = String::new();
        // A parent that is gone gives no orders: the program goes on.
        let _ = std::io::stdin().lock().read_line(&mut line);
        let mut words = line.split_whitespace();
        let order = words.next().unwrap_or("live");
        let number = words.next().and_then(|word| word.parse().ok()).unwrap_or(0);
        self.0.leased(order, number);
    }

    fn step(&self, _: u64, _: Option<u64>) -> bool {
        self.0.phase();
        true
    }
}

/// Becomes the program of an errand. It says `attempt ADDRESS` and waits for a line of orders,
/// `dies MOMENT` before it kills itself, and `done OUTCOME` at its end, each behind `sending`.
pub fn send(errand: &Errand) -> Result<(), String> {
    let moments = Arc::new(Moments::default());
    let app = application(errand, &moments);
    let told = |outcome: Result<api::Answer, api::Failure>| match outcome {
        Ok(answer) => match answer.result["stopped"]["code"].as_str() {
            Some(code) => format!("stopped {code}"),
            None => "whole".to_owned(),
        },
        Err(failure) => format!("failed {}", failure.code),
    };
    let run =
        |watch: &dyn Progress| told(app.call(Some(&errand.path), "run_outbox", json!({}), watch));
    let outcomes = match errand.what {
        What::Run => vec![run(&Obedient(&moments))],
        What::Resume => {
            let resumed = app.call(Some(&errand.path), "resume_outbox", json!({}), &api::Silent);
            resumed.map_err(|failure| failure.code)?;
            vec![run(&Obedient(&moments))]
        }
        What::Twice => std::thread::scope(|scope| {
            let workers = [(); 2].map(|()| scope.spawn(|| run(&api::Silent)));
            workers.into_iter().flat_map(|worker| worker.join()).collect()
        }),
    };
    // The book is closed before the parent hears that this is the end.
    drop(app);
    for outcome in outcomes {
        say(&format!("done {outcome}"));
    }
    Ok(())
}

/// The word that each line for the parent begins with; the test runner says things of its own.
pub(super) const VOICE: &str = "sending ";

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    // A leading line end, for the test runner leaves its own line open. A parent that is gone
    // hears nothing.
    let _ = writeln!(out, "\n{VOICE}{line}").and_then(|()| out.flush());
}
