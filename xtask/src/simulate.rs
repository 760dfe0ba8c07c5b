//! The long simulation: many seeds on two threads, writers killed in between, one page of counts.
//! With `--sending` it is the outbox that is hammered (`docs/sending.md`).

mod sending;

use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;
use tests::crash::{Hammer, Order, hammer, write};
use tests::run::{Plan, Tally, law, run};
use tests::sending::Errand;
use tests::table::page;

const THREADS: u64 = 2;
/// A writer is killed this many times in the story of every so many seeds.
const KILLS: u64 = 4;
const SEEDS_PER_HAMMER: u64 = 10;
const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/simulation.md");

/// What is run.
#[derive(Clone, Copy)]
struct Wanted {
    first: u64,
    seeds: u64,
    commands: u64,
    /// Messages to send; none when books are hammered.
    sending: u64,
}

#[derive(Default)]
struct Shared {
    next: AtomicU64,
    tally: Mutex<Tally>,
    failures: Mutex<Vec<String>>,
}

/// Runs `--seeds N --commands N [--first N]` and writes the page; fails if a seed does. Runs
/// `--sending N [--first N]` and gives its tables.
#[allow(clippy::disallowed_methods, reason = "the page says how long it took")]
pub fn simulate(words: &[&str]) -> Result<String, String> {
    let wanted = wanted(words)?;
    if wanted.sending > 0 {
        return sending::simulate(wanted.sending, wanted.first);
    }
    let began = Instant::now();
    let shared = Shared::default();
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| work(wanted, &shared));
        }
    });
    let tally = shared.tally.into_inner().map_err(|why| why.to_string())?;
    let failures = shared.failures.into_inner().map_err(|why| why.to_string())?;
    let text = page(&tally, wanted.commands, &failures, began.elapsed().as_secs());
    std::fs::write(PAGE, text).map_err(|why| format!("{PAGE}: {why}"))?;
    match failures.first() {
        None => Ok(format!("{} seeds, failures: 0; see docs/simulation.md", tally.seeds)),
        Some(first) => Err(format!("failures: {}, the first: {first}", failures.len())),
    }
}

/// Becomes the writer that a hammer kills, or a program that sends and dies.
pub fn writer(order: &str) -> Result<String, String> {
    if let Some(errand) = Errand::read(order) {
        return sending::sender(&errand);
    }
    let order = Order::read(order).ok_or("an order is SEED,FIRST,PATH")?;
    write(&order, &law(), &mut std::io::stdout()).map(|()| "nobody killed me".to_owned())
}

fn work(wanted: Wanted, shared: &Shared) {
    let law = law();
    let launch = |order: &Order| {
        let program = std::env::current_exe().unwrap_or_else(|_| "xtask".into());
        let mut command = Command::new(program);
        command.args(["simulate-writer", &order.write()]);
        command
    };
    loop {
        let place = shared.next.fetch_add(1, Ordering::Relaxed);
        if place >= wanted.seeds {
            return;
        }
        let seed = wanted.first + place;
        let mut outcomes =
            vec![run(Plan { seed, commands: wanted.commands, verify_every: 20 }, &law)];
        if place.is_multiple_of(SEEDS_PER_HAMMER) {
            outcomes.push(hammer(&Hammer { seed, kills: KILLS, law: &law, launch: &launch }));
        }
        for outcome in outcomes {
            match outcome {
                Ok(counted) => {
                    if let Ok(mut tally) = shared.tally.lock() {
                        tally.add(counted);
                    }
                }
                Err(failure) => {
                    eprintln!("{failure}");
                    if let Ok(mut failures) = shared.failures.lock() {
                        failures.push(failure.to_string());
                    }
                }
            }
        }
        if place.is_multiple_of(20) {
            eprintln!("{place} of {} seeds", wanted.seeds);
        }
    }
}

fn wanted(words: &[&str]) -> Result<Wanted, String> {
    let mut wanted = Wanted { first: 1, seeds: 200, commands: 300, sending: 0 };
    for pair in words.chunks(2) {
        let [name, value] = pair else { return Err(format!("{pair:?} needs a number")) };
        let number = value.parse().map_err(|_| format!("`{value}` is no number"))?;
        match *name {
            "--seeds" => wanted.seeds = number,
            "--commands" => wanted.commands = number,
            "--first" => wanted.first = number,
            "--sending" => wanted.sending = number,
            _ => return Err(format!("unknown option {name}")),
        }
    }
    Ok(wanted)
}
