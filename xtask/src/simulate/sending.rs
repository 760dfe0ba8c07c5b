//! Many messages sent under faults and deaths: books of fifty, two at a time, and their tables.

use super::THREADS;
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;
use tests::run::law;
use tests::sending::{Errand, Tally, Template, batch, send};

/// Messages of one book.
const BOOK: usize = 50;

#[derive(Default)]
struct Shared {
    next: AtomicU64,
    tally: Mutex<Tally>,
    failures: Mutex<Vec<String>>,
}

/// Sends so many messages, in whole books; the answer is the tables of `docs/sending.md`.
#[allow(clippy::disallowed_methods, reason = "the table says how long it took")]
pub(super) fn simulate(messages: u64, first: u64) -> Result<String, String> {
    let began = Instant::now();
    let template = Template::new(BOOK)?;
    let shared = Shared::default();
    let books = messages.div_ceil(BOOK as u64);
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| work(&template, (first, books), &shared));
        }
    });
    let tally = shared.tally.into_inner().map_err(|why| why.to_string())?;
    let failures = shared.failures.into_inner().map_err(|why| why.to_string())?;
    let tables = tally.tables(began.elapsed().as_secs());
    let sound = failures.is_empty() && tally.broken.is_empty();
    if sound && tally.doubles == 0 && tally.lost == 0 && tally.leaks == 0 {
        Ok(tables)
    } else {
        Err(format!("{tables}\n{}", failures.join("\n")))
    }
}

/// Becomes the program of an errand.
pub(super) fn sender(errand: &Errand) -> Result<String, String> {
    send(errand).map(|()| "nobody killed me".to_owned())
}

fn work(template: &Template, (first, books): (u64, u64), shared: &Shared) {
    let law = law();
    let launch = |errand: &Errand| {
        let program = std::env::current_exe().unwrap_or_else(|_| "xtask".into());
        let mut command = Command::new(program);
        command.args(["simulate-writer", &errand.write()]);
        command
    };
    loop {
        let place = shared.next.fetch_add(1, Ordering::Relaxed);
        if place >= books {
            return;
        }
        match batch(template, &law, first + place, &launch) {
            Ok(counted) => {
                eprintln!("book {} of {books}: {} broken", place + 1, counted.broken.len());
                if let Ok(mut tally) = shared.tally.lock() {
                    tally.add(counted);
                }
            }
            Err(failure) => {
                let failure = format!("seed {}: {failure}", first + place);
                eprintln!("{failure}");
                if let Ok(mut failures) = shared.failures.lock() {
                    failures.push(failure);
                }
            }
        }
    }
}
