//! The server's own folder on the disk: files that a browser sent, and folders given out for what
//! calls write. It is private to this user and gone when the server ends.

use crate::body::MEGABYTE;
use crate::error::WebError;
use crate::file_name;
use crate::routes::Server;
use axum::Json;
use axum::body::{Body, HttpBody};
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::io::AsyncWriteExt;
use tokio_stream::StreamExt;

/// Megabytes of a file that is sent.
const MOST_MEGABYTES: u64 = 512;

/// The part for files that were sent.
const SENT: &str = "sent";

/// The part for folders that were given out.
const GIVEN: &str = "given";

/// The server's own folder.
pub(crate) struct Folders {
    root: PathBuf,
    last: AtomicU64,
}

impl Folders {
    /// Makes the folder at a path where nothing stands.
    pub(crate) fn make(root: &Path) -> Result<Folders, WebError> {
        let failed = |why| WebError::Folder(root.display().to_string(), why);
        // Nothing may stand there, or somebody else's folder would be used, and removed.
        make_private(root).map_err(failed)?;
        let root = root.canonicalize().map_err(failed)?;
        let folders = Folders { root, last: AtomicU64::new(0) };
        for part in [SENT, GIVEN] {
            make_private(&folders.root.join(part)).map_err(failed)?;
        }
        Ok(folders)
    }

    fn fresh(&self, part: &str) -> Result<PathBuf, WebError> {
        let number = self.last.fetch_add(1, Ordering::Relaxed) + 1;
        let path = self.root.join(part).join(number.to_string());
        make_private(&path).map_err(|why| WebError::Folder(path.display().to_string(), why))?;
        Ok(path)
    }

    /// A file inside a folder that was given out, by its real path.
    pub(crate) fn given(&self, path: &Path) -> Result<PathBuf, WebError> {
        let given = self.root.join(GIVEN);
        let climbs = path.components().any(|part| part == std::path::Component::ParentDir);
        if climbs || !path.starts_with(&given) {
            return Err(WebError::NotGiven);
        }
        let real = path.canonicalize().map_err(|_| WebError::NoFile)?;
        if !real.starts_with(&given) {
            return Err(WebError::NotGiven);
        }
        if real.is_file() { Ok(real) } else { Err(WebError::NoFile) }
    }

    /// Removes the folder and everything in it.
    pub(crate) fn remove(&self) {
        let _ = std::fs::remove_dir_all(&self.root);
    }
}

impl Drop for Folders {
    fn drop(&mut self) {
        self.remove();
    }
}

/// Makes a folder that only this user may enter.
fn make_private(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// A path on this machine.
#[derive(Serialize)]
pub(crate) struct Given {
    path: String,
}

impl Given {
    fn at(path: &Path) -> Json<Given> {
        Json(Given { path: path.display().to_string() })
    }
}

/// A fresh private folder, for what a call writes and the person then takes.
pub(crate) async fn folder(State(server): State<Arc<Server>>) -> Result<Json<Given>, WebError> {
    Ok(Given::at(&server.folders.fresh(GIVEN)?))
}

/// What is said of a file that is sent.
#[derive(Default, Deserialize)]
pub(crate) struct Sent {
    #[serde(default)]
    name: String,
}

/// Keeps a file that is sent, under its own name in a folder of its own.
pub(crate) async fn send(
    State(server): State<Arc<Server>>,
    sent: Query<Sent>,
    body: Body,
) -> Result<Json<Given>, WebError> {
    let name = file_name::safe(&sent.name);
    let mut unkept = Unkept { folder: server.folders.fresh(SENT)?, kept: false };
    let path = unkept.folder.join(&name);
    write(&path, body).await?;
    unkept.kept = true;
    Ok(Given::at(&path))
}

/// A folder that is removed again unless its file came whole; also when the browser goes away.
struct Unkept {
    folder: PathBuf,
    kept: bool,
}

impl Drop for Unkept {
    fn drop(&mut self) {
        if !self.kept {
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }
}

async fn write(path: &Path, body: Body) -> Result<(), WebError> {
    let shown = || path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let failed = |why| WebError::Unwritable(shown(), why);
    let mut file = tokio::fs::File::create_new(path).await.map_err(failed)?;
    // As with requests, what is too large is read to its end and not kept; nothing of it is where
    // its length is told beforehand.
    let mut too_large = body.size_hint().lower() > MOST_MEGABYTES * MEGABYTE;
    let mut length = 0_u64;
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| WebError::Unfinished)?;
        length += chunk.len() as u64;
        too_large |= length > MOST_MEGABYTES * MEGABYTE;
        if !too_large {
            file.write_all(&chunk).await.map_err(failed)?;
        }
    }
    if too_large {
        return Err(WebError::TooLarge(MOST_MEGABYTES));
    }
    file.flush().await.map_err(failed)
}
