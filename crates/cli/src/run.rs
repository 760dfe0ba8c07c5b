//! Each command: its call, its answer shown.

pub(crate) mod books;
mod linking;
pub(crate) mod money;
pub(crate) mod reports;
mod selling;
pub(crate) mod taxes;

use crate::arguments::Words;
use crate::progress::Bars;
use api::{App, Failure};
use serde::Serialize;
use std::io::Write;
use std::process::ExitCode;

/// Runs a command. What is refused is one sentence on standard error, with a hint.
pub(crate) fn run(app: &App, words: Words) -> ExitCode {
    let done = match words {
        Words::Statement(words) => money::statement(app, words),
        Words::New(words) => books::new(app, *words),
        Words::Sample(words) => books::sample(app, words),
        Words::Takeover(words) => books::takeover(app, words),
        Words::Import(words) => money::import(app, words),
        Words::Inbox(words) => money::inbox(app, words),
        Words::Post(words) => money::post(app, words),
        Words::Validate(words) => money::validate(app, words),
        Words::Report(words) => books::report(app, words),
        Words::Customer(words) => selling::customer(app, words),
        Words::Invoice(words) => selling::invoice(app, words),
        Words::CreditNote(words) => selling::credit_note(app, words),
        Words::Outbox(words) => selling::outbox(app, words),
        Words::Mail(words) => selling::mail(app, words),
        Words::Sources(words) => linking::sources(app, words),
        Words::Connect(words) => linking::connect(app, words),
        Words::Sync(words) => linking::sync(app, words),
        Words::Disconnect(words) => linking::disconnect(app, words),
        Words::Connector(words) => linking::connector(app, words),
        Words::Tax(words) => taxes::tax(app, words),
        Words::Explain(words) => taxes::explain(app, words),
        Words::History(words) => books::history(app, words),
        Words::Undo(words) => books::undo(app, words),
        Words::Verify(words) => books::verify(app, words),
        Words::Backup(words) => books::backup(app, words),
        Words::Restore(words) => books::restore(app, words),
        Words::Call(words) => books::call(app, words),
        Words::Start(words) => crate::journey::start(app, words),
        Words::Serve(words) => crate::serving::serve(app, words),
    };
    match done {
        Ok(code) => code,
        Err(failure) => {
            tell(app, &failure);
            ExitCode::from(1)
        }
    }
}

/// What a command ends with.
pub(crate) type Ran = Result<ExitCode, Failure>;

/// One sentence on standard error, what to do, and that nothing was changed.
pub(crate) fn tell(app: &App, failure: &Failure) {
    let nothing = app.sentences().say("cli.nothing-changed", &[]);
    let mut words = vec![failure.message.as_str(), failure.hint.as_str(), &nothing];
    words.retain(|word| !word.is_empty());
    eprintln!("{}", words.join(" "));
    if let Some(detail) = &failure.detail {
        eprintln!("  ({}: {detail})", failure.code);
    }
}

/// Bars for long work.
pub(crate) fn bars(app: &App) -> Bars<'_> {
    Bars::new(app)
}

/// Text to standard output; a reader that has gone away is no error.
pub(crate) fn print(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes());
    let _ = out.flush();
}

/// One JSON value on a line.
pub(crate) fn print_json(value: &impl Serialize) {
    if let Ok(text) = serde_json::to_string(value) {
        print(&format!("{text}\n"));
    }
}
