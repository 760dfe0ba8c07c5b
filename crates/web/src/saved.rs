//! Files that a call has written into a folder given out, for the browser to show or keep.

use crate::error::WebError;
use crate::interface::content_type;
use crate::link::percent;
use crate::routes::Server;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

/// Bytes read from the disk at once.
const CHUNK: usize = 256 * 1024;

/// Chunks under way to a browser.
const MOST_UNDER_WAY: usize = 4;

/// Which file.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    path: PathBuf,
}

/// Gives a written file: a PDF to look at, anything else to keep.
pub(crate) async fn saved(
    State(server): State<Arc<Server>>,
    wanted: Query<Wanted>,
) -> Result<Response, WebError> {
    if wanted.path.as_os_str().is_empty() {
        return Err(WebError::NoFile);
    }
    let path = server.folders.given(&wanted.path)?;
    let file = File::open(&path).map_err(|_| WebError::NoFile)?;
    let length = file.metadata().map_err(|_| WebError::NoFile)?.len();
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let kind = content_type(&name);
    let way = if kind == "application/pdf" { "inline" } else { "attachment" };
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (CONTENT_LENGTH, length.to_string()),
        (CONTENT_DISPOSITION, format!("{way}; filename*=UTF-8''{}", percent(&name))),
    ];
    let (sender, receiver) = mpsc::channel(MOST_UNDER_WAY);
    // What is added to the file meanwhile is not part of the answer, whose length is told.
    tokio::task::spawn_blocking(move || read(file.take(length), &sender));
    Ok((headers, Body::from_stream(ReceiverStream::new(receiver))).into_response())
}

fn read(mut file: impl Read, sender: &mpsc::Sender<io::Result<Vec<u8>>>) {
    loop {
        let mut chunk = vec![0; CHUNK];
        let read = match file.read(&mut chunk) {
            Ok(0) => return,
            Ok(count) => {
                chunk.truncate(count);
                Ok(chunk)
            }
            Err(why) => Err(why),
        };
        let ended = read.is_err();
        if sender.blocking_send(read).is_err() || ended {
            return;
        }
    }
}
