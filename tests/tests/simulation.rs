//! The simulation with few seeds; `cargo xtask simulate` runs many.

use tests::run::{Plan, Tally, law, run};

#[test]
fn a_book_keeps_its_word_whatever_is_asked_of_it() {
    let law = law();
    let mut all = Tally::default();
    let mut failures = Vec::new();
    for seed in 1..=12 {
        match run(Plan { seed, commands: 120, verify_every: 1 }, &law) {
            Ok(tally) => all.add(tally),
            Err(failure) => failures.push(failure.to_string()),
        }
    }
    println!("{all:?}");
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}
