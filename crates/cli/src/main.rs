//! Comptoir in a terminal: words of the command line in, tables and sentences out.
//!
//! It parses, asks the application by its calls, and shows. It knows no rule of accounting, opens
//! no book by itself, and is the only place here that reads the clock and the environment. Exit 0
//! is done, 1 refused, 2 wrong use. Start reading at `arguments.rs`, then `run.rs`.

mod arguments;
mod journey;
mod localise;
mod progress;
mod run;
mod table;
mod world;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().collect();
    let app = |language| world::application(language);
    match arguments::Arguments::try_parse_from(&words) {
        Ok(arguments) => run::run(&app(world::language(arguments.language)), arguments.command),
        // Help and errors of use are told in the person's own language.
        Err(_) => localise::tell(&app(world::language(world::asked_language(&words))), &words),
    }
}
