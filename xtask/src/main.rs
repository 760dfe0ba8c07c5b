//! Chores of this repository, run as `cargo xtask COMMAND`.
//!
//! One file a command: it writes or checks files of this repository and nothing else, asks no
//! network and, save to measure, reads no clock, so that the same sources always give the same
//! answer. Start reading at [`tidy`].

mod bench;
// Amounts are written as euros, then cents: 1_450_00 is 1 450,00 €.
#[allow(clippy::inconsistent_digit_grouping)]
mod sample;
mod simulate;
mod tidy;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask COMMAND

  sample   rewrite assets/sample/fr, the books of an invented business
  simulate [--seeds N] [--commands N] [--first SEED]
           hammer books with random commands and crashes; rewrite docs/simulation.md
  simulate --sending MESSAGES
           send letters, killed at every step; rewrite docs/sending.md
  bench    measure the engine, in a release build (--limit PROGRAM, --data FOLDER, --write)
  tidy     hold the sources against the rules that no compiler knows";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["sample"] => sample::run(),
        ["simulate", options @ ..] => simulate::simulate(options),
        ["simulate-writer", order] => simulate::writer(order),
        ["bench", words @ ..] => bench::run(words),
        ["tidy"] => tidy::run(),
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(told) => {
            println!("{told}");
            ExitCode::SUCCESS
        }
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}
