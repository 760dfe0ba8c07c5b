//! What stood behind the program's name: a book, statement files.

use serde::Serialize;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use tauri::State;

/// What a person gave to open with, as whole paths.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct OpenedWith {
    book: Option<PathBuf>,
    files: Vec<PathBuf>,
}

impl OpenedWith {
    #[allow(clippy::disallowed_methods)] // The shell is where the current folder is asked for.
    pub(crate) fn from_command_line() -> OpenedWith {
        let here = std::env::current_dir().unwrap_or_default();
        OpenedWith::of(&here, std::env::args_os().skip(1))
    }

    /// The first name that ends in `.comptoir` is the book; whatever else is named is a file.
    fn of(here: &Path, words: impl Iterator<Item = OsString>) -> OpenedWith {
        let mut given = OpenedWith::default();
        for word in words.filter(|word| !word.is_empty()) {
            let path = here.join(word);
            let is_book = path.extension().is_some_and(|end| end == "comptoir");
            if is_book && given.book.is_none() {
                given.book = Some(path);
            } else {
                given.files.push(path);
            }
        }
        given
    }
}

/// Tells the page what the program was opened with.
#[tauri::command]
pub(crate) fn opened_with(given: State<'_, OpenedWith>) -> OpenedWith {
    given.inner().clone()
}

#[cfg(test)]
mod tests;
