//! Documents that calls write: where they go, and how a person then sees one.

use crate::door::Door;
use std::path::{Path, PathBuf};
use tauri::State;

/// What the application writes for people to read. Nothing that a system would run is among it.
const SHOWN: &[&str] = &["csv", "json", "journal", "pdf", "txt"];

/// The folder for documents, made when first asked for.
#[tauri::command]
pub(crate) fn documents() -> Result<PathBuf, String> {
    let folder = folder().ok_or("no folder")?;
    std::fs::create_dir_all(&folder).map_err(|why| format!("{}: {why}", folder.display()))?;
    Ok(folder)
}

/// Beside the books, where a person finds both.
fn folder() -> Option<PathBuf> {
    machine::home().map(|home| home.join("documents"))
}

/// Opens a document with the program that the person has for it.
#[tauri::command]
pub(crate) fn show(path: PathBuf) -> Result<(), String> {
    let document = folder().and_then(|folder| shown(&folder, &path));
    let document = document.ok_or_else(|| path.display().to_string())?;
    open::that_detached(document).map_err(|why| why.to_string())
}

/// Opens a page of a provider in the person's own browser: one that a connector file names, and no
/// other. The page must not be able to send what it knows to an address of its choice.
#[tauri::command]
pub(crate) fn browse(door: State<'_, Door>, url: String) -> Result<(), String> {
    let known = door.links().contains(&url);
    if !known || !url.starts_with("https://") {
        return Err(url);
    }
    open::that_detached(url).map_err(|why| why.to_string())
}

/// The document, if it is one: a file of a kind that is read, within the folder for documents.
/// The page must not be able to start a program by naming a file.
fn shown(folder: &Path, path: &Path) -> Option<PathBuf> {
    let (folder, path) = (folder.canonicalize().ok()?, path.canonicalize().ok()?);
    let kind = path.extension()?.to_str()?.to_lowercase();
    let is_document = path.is_file() && SHOWN.contains(&kind.as_str());
    (is_document && path.starts_with(&folder)).then_some(path)
}

#[cfg(test)]
mod tests;
