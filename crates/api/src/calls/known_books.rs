//! Which books there are on this machine, and where a new one may go. None is opened.

use super::{Called, Nothing, Seen};
use crate::app::App;
use crate::host::Progress;
use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use ts_rs::TS;

/// A book that was open lately, or lies where books lie.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct KnownBook {
    /// Where it lies.
    pub path: String,
    /// The business's name if it was open lately, else the file's.
    pub name: String,
    /// When it was last written, UTC; none if it is not there.
    pub modified: Option<String>,
    /// Its size in bytes.
    pub size: u64,
    /// Whether it is there.
    pub exists: bool,
}

/// A new book's business.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct PlaceFor {
    /// Its name.
    pub name: String,
}

/// A path where nothing stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Place {
    /// The path.
    pub path: String,
}

/// How the name of a book's file ends.
const ENDING: &str = "comptoir";

/// The most letters of a file's name that come from the business's.
const LONGEST: usize = 60;

impl App {
    /// The books that were open lately, then those that lie where books lie, the latest first.
    pub fn books(&self, _: &Path, _: Nothing, _: &dyn Progress) -> Called<Vec<KnownBook>> {
        let mut seen = HashSet::new();
        let mut is_new =
            |path: &Path| seen.insert(path.canonicalize().unwrap_or_else(|_| path.to_owned()));
        let recent = self.kept_preferences().recent.into_iter();
        let mut books: Vec<KnownBook> = recent
            .filter(|book| is_new(Path::new(&book.path)))
            .map(|book| known(Path::new(&book.path), Some(book.name)))
            .collect();
        let mut lying: Vec<KnownBook> = self
            .host
            .home
            .as_deref()
            .map(books_in)
            .unwrap_or_default()
            .into_iter()
            .filter(|path| is_new(path))
            .map(|path| known(&path, None))
            .collect();
        lying.sort_by(|one, other| (&other.modified, &one.path).cmp(&(&one.modified, &other.path)));
        books.append(&mut lying);
        Ok(Seen::nowhere(books))
    }

    /// A path for a new book where nothing stands, in the folder where books lie.
    pub fn place_for(&self, _: &Path, request: PlaceFor, _: &dyn Progress) -> Called<Place> {
        let home = self.host.home.as_deref().ok_or_else(|| self.own("no-home", &[]))?;
        let home = self.folder(home)?;
        let stem = match plain(&request.name) {
            stem if stem.is_empty() => self.sentences.say("api.book.file", &[]),
            stem => stem,
        };
        let path = free(&home, &stem, ENDING);
        Ok(Seen::nowhere(Place { path: path.display().to_string() }))
    }
}

/// A path in a folder where nothing stands: the name itself, else with a number behind it.
pub(super) fn free(folder: &Path, stem: &str, ending: &str) -> PathBuf {
    let mut path = folder.join(format!("{stem}.{ending}"));
    let mut number = 2_u64;
    while path.symlink_metadata().is_ok() {
        path = folder.join(format!("{stem}-{number}.{ending}"));
        number += 1;
    }
    path
}

/// What the disk says of a book; it is not opened.
fn known(path: &Path, name: Option<String>) -> KnownBook {
    let found = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file);
    let stem = || path.file_stem().map_or_else(String::new, |stem| stem.display().to_string());
    KnownBook {
        path: path.display().to_string(),
        name: name.filter(|name| !name.is_empty()).unwrap_or_else(stem),
        modified: found
            .as_ref()
            .and_then(|found| found.modified().ok())
            .map(|at| DateTime::<Utc>::from(at).to_rfc3339_opts(SecondsFormat::Secs, true)),
        size: found.as_ref().map_or(0, std::fs::Metadata::len),
        exists: found.is_some(),
    }
}

/// The books of a folder and of the folders in it; what cannot be read holds none.
fn books_in(home: &Path) -> Vec<PathBuf> {
    let entries = |folder: &Path| -> Vec<PathBuf> {
        let found = std::fs::read_dir(folder).into_iter().flatten().flatten();
        found.map(|entry| entry.path()).collect()
    };
    let (folders, mut files): (Vec<PathBuf>, Vec<PathBuf>) =
        entries(home).into_iter().partition(|path| path.is_dir());
    files.extend(folders.iter().flat_map(|folder| entries(folder)));
    files.retain(|path| path.extension().is_some_and(|ending| ending == ENDING) && path.is_file());
    files
}

/// A name as a file is called everywhere: small letters without accents, digits, hyphens.
pub(super) fn plain(name: &str) -> String {
    let mut text = String::new();
    for letter in name.chars().flat_map(char::to_lowercase) {
        let letters = match letter {
            'a'..='z' | '0'..='9' => {
                text.push(letter);
                continue;
            }
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => "a",
            'ç' => "c",
            'è' | 'é' | 'ê' | 'ë' => "e",
            'ì' | 'í' | 'î' | 'ï' => "i",
            'ñ' => "n",
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => "o",
            'ù' | 'ú' | 'û' | 'ü' => "u",
            'ý' | 'ÿ' => "y",
            'æ' => "ae",
            'œ' => "oe",
            'ß' => "ss",
            // A combining accent belongs to the letter before it.
            '\u{300}'..='\u{36f}' => "",
            _ if text.is_empty() || text.ends_with('-') => "",
            _ => "-",
        };
        text.push_str(letters);
    }
    text.truncate(LONGEST);
    text.trim_end_matches('-').to_owned()
}
