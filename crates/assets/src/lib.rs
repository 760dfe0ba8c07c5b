//! Finds the files of `assets/`: charts, tax codes, bank recipes, tax packs, texts, fonts.
//!
//! They are built into the program; a user's own folder of the same shape adds files and replaces
//! those of the same name. This crate knows names, never meanings: who owns a concept reads its
//! file. Start reading at [`Assets`].

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// The files built in, with a user's folder laid over them if there is one.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    folder: Option<PathBuf>,
}

/// Why a file of `assets/` was not had.
#[derive(Debug, thiserror::Error)]
pub enum AssetError {
    /// Neither built in nor in the user's folder.
    #[error("there is no asset called {0}")]
    Missing(String),
    /// The user's folder has it and cannot give it.
    #[error("reading the user's own asset {0}")]
    Unreadable(String, #[source] io::Error),
    /// It should be text and is not.
    #[error("the asset {0} is not UTF-8 text")]
    NotText(String),
}

impl Assets {
    /// What is built in, alone.
    pub fn built_in() -> Assets {
        Assets { folder: None }
    }

    /// What is built in, with `folder` laid over it.
    pub fn with_folder(folder: &Path) -> Assets {
        Assets { folder: Some(folder.to_owned()) }
    }

    /// The bytes of a file, named from `assets/` with forward slashes: `charts/fr-pcg.csv`.
    pub fn bytes(&self, name: &str) -> Result<Cow<'static, [u8]>, AssetError> {
        let plain = name.split('/').all(|part| !part.is_empty() && part != "." && part != "..");
        if !plain {
            return Err(AssetError::Missing(name.to_owned()));
        }
        if let Some(folder) = &self.folder {
            match fs::read(folder.join(name)) {
                Ok(bytes) => return Ok(Cow::Owned(bytes)),
                Err(why) if why.kind() == io::ErrorKind::NotFound => {}
                Err(why) => return Err(AssetError::Unreadable(name.to_owned(), why)),
            }
        }
        match FILES.binary_search_by(|(known, _)| (*known).cmp(name)) {
            Ok(place) => Ok(Cow::Borrowed(FILES[place].1)),
            Err(_) => Err(AssetError::Missing(name.to_owned())),
        }
    }

    /// The text of a file.
    pub fn text(&self, name: &str) -> Result<Cow<'static, str>, AssetError> {
        let not_text = || AssetError::NotText(name.to_owned());
        Ok(match self.bytes(name)? {
            Cow::Borrowed(bytes) => Cow::Borrowed(str::from_utf8(bytes).map_err(|_| not_text())?),
            Cow::Owned(bytes) => Cow::Owned(String::from_utf8(bytes).map_err(|_| not_text())?),
        })
    }

    /// The names that lie under a folder (`recipes/`), sorted, the user's own among them.
    pub fn names(&self, under: &str) -> Vec<String> {
        let mut names: BTreeSet<String> = FILES
            .iter()
            .filter(|(name, _)| name.starts_with(under))
            .map(|(name, _)| (*name).to_owned())
            .collect();
        if let Some(folder) = &self.folder {
            collect(&folder.join(under.trim_end_matches('/')), under, &mut names);
        }
        names.into_iter().collect()
    }
}

fn collect(folder: &Path, prefix: &str, names: &mut BTreeSet<String>) {
    let Ok(items) = fs::read_dir(folder) else { return };
    for item in items.flatten() {
        let Some(name) = item.file_name().to_str().map(str::to_owned) else { continue };
        let full = format!("{}/{name}", prefix.trim_end_matches('/'));
        if item.path().is_dir() {
            collect(&item.path(), &full, names);
        } else {
            names.insert(full);
        }
    }
}

#[cfg(test)]
mod tests;
