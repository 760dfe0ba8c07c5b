//! Chores of this repository, run as `cargo xtask COMMAND`.
//!
//! One file a command: it writes or checks files of this repository and nothing else and asks no
//! network, so that the same sources always give the same answer; only the long simulation looks at
//! a clock, to say how long it took. Start reading at [`sample`].

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
  tidy     hold the sources against the rules that no compiler knows";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["sample"] => sample::run(),
        ["simulate", options @ ..] => simulate::simulate(options),
        ["simulate-writer", order] => simulate::writer(order),
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
