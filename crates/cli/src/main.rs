//! Comptoir in a terminal: words of the command line in, tables and sentences out.
//!
//! It parses, asks the application by its calls, and shows. It knows no rule of accounting, opens
//! no book by itself; clock and environment reach it through `machine`. Exit 0 is done, 1 refused,
//! 2 wrong use. Start reading at `arguments.rs`, then `run.rs`.

mod arguments;
mod journey;
mod localise;
mod progress;
mod run;
mod serving;
mod table;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().collect();
    let app = |language| machine::application(language);
    match arguments::Arguments::try_parse_from(&words) {
        Ok(arguments) => run::run(&app(machine::language(arguments.language)), arguments.command),
        // Help and errors of use are told in the person's own language.
        Err(_) => localise::tell(&app(machine::language(localise::asked(&words))), &words),
    }
}
