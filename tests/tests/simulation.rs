//! The simulation with few seeds; `cargo xtask simulate` runs many.

use std::ops::RangeInclusive;
use std::process::Command;
use tests::crash::{Hammer, Order, hammer, write};
use tests::run::{Plan, Tally, law, run};

/// The environment variable that makes this program a writer, with its order.
const WRITER: &str = "COMPTOIR_SIMULATION_WRITER";

fn keeps_its_word(seeds: RangeInclusive<u64>) {
    let law = law();
    let mut all = Tally::default();
    let mut failures = Vec::new();
    for seed in seeds {
        match run(Plan { seed, commands: 120, verify_every: 4 }, &law) {
            Ok(tally) => all.add(tally),
            Err(failure) => failures.push(failure.to_string()),
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
    // A generator that only ever asks nonsense would prove nothing.
    assert!(all.accepted > all.commands / 3, "{all:?}");
    assert!(all.kinds.len() > 16 && all.refused.len() > 25 && all.unwound > 0, "{all:?}");
}

// Halves, so that the test runner gives each its own thread.
#[test]
fn a_book_keeps_its_word_whatever_is_asked_of_it() {
    keeps_its_word(1..=6);
}

#[test]
fn a_book_keeps_its_word_whatever_else_is_asked_of_it() {
    keeps_its_word(7..=12);
}

#[test]
fn a_killed_writer_leaves_what_it_acknowledged() {
    let law = law();
    let launch = |order: &Order| {
        let mut command = Command::new(std::env::current_exe().expect("a running test is a file"));
        command.args(["--exact", "writer", "--nocapture", "--test-threads", "1"]);
        command.env(WRITER, order.write());
        command
    };
    match hammer(&Hammer { seed: 501, kills: 6, law: &law, launch: &launch }) {
        Ok(tally) => assert_eq!(tally.kills, 6),
        Err(failure) => panic!("{failure}"),
    }
}

/// Not a test: the writer that the test above starts and kills. By itself it does nothing.
#[test]
#[allow(clippy::disallowed_methods, reason = "this is where the killed process gets its order")]
fn writer() {
    let Ok(order) = std::env::var(WRITER) else { return };
    let order = Order::read(&order).expect("the order of the test above");
    write(&order, &law(), &mut std::io::stdout()).expect("a writer writes until it is killed");
}
