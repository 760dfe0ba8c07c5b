//! The interface in a browser of this machine, until the person ends it.

use crate::arguments::ServeWords;
use crate::run::{Ran, bars, print};
use api::{App, Desk, Failure, Nothing};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use web::{Interface, Options, WebError};

/// Serves, and prints the link alone on standard output: a script may take it from there.
pub(crate) fn serve(app: &App, words: ServeWords) -> Ran {
    let refused = |why: WebError| why.failure(app.sentences());
    let desk = Arc::new(Desk::new(machine::application));
    let book = words.book.map(|book| whole(app, &desk, &book)).transpose()?;
    let token = machine::random_bytes::<32>().ok_or_else(|| refused(WebError::Randomness))?;
    let folder = machine::private_folder().ok_or_else(|| refused(WebError::Randomness))?;
    let (port, language, interface) = (words.port, app.language(), Interface::built());
    let options = Options { port, token, folder, language, interface };
    let running = web::serve(desk, options).map_err(refused)?;
    let ready = |running: &web::Running| {
        print(&format!("{}\n", running.link(book.as_deref())));
        eprintln!("{}", app.sentences().say("cli.serving", &[]));
    };
    running.until_interrupted(ready).map_err(refused)?;
    Ok(ExitCode::SUCCESS)
}

/// The whole path of a book, once it could be read: better refused here than in an empty page.
fn whole(app: &App, desk: &Desk, book: &Path) -> Result<PathBuf, Failure> {
    desk.app(app.language()).book(book, Nothing {}, &bars(app))?;
    Ok(std::path::absolute(book).unwrap_or_else(|_| book.to_owned()))
}
