//! Bodies that come in, within a limit.

use crate::error::WebError;
use axum::body::Body;
use tokio_stream::StreamExt;

/// Bytes of a megabyte.
pub(crate) const MEGABYTE: u64 = 1_000_000;

/// Reads a body of at most so many megabytes into memory.
pub(crate) async fn whole(body: Body, most_megabytes: u64) -> Result<Vec<u8>, WebError> {
    let mut bytes = Vec::new();
    let mut chunks = body.into_data_stream();
    let mut length = 0_u64;
    // What is too long is read to its end and not kept: a client that is still sending would see
    // a broken connection instead of the answer.
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| WebError::Unfinished)?;
        length += chunk.len() as u64;
        if length <= most_megabytes * MEGABYTE {
            bytes.extend_from_slice(&chunk);
        } else {
            bytes = Vec::new();
        }
    }
    if length > most_megabytes * MEGABYTE {
        return Err(WebError::TooLong(most_megabytes));
    }
    Ok(bytes)
}
