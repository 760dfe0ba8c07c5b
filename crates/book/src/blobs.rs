//! Bytes exactly as they came, addressed by their SHA-256, in chunks of one mebibyte.
//!
//! Blobs are state, not records: a record names the hash, `verify` checks that the bytes are there.

use crate::error::{Code, Error, Result};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use std::sync::Arc;

const CHUNK: usize = 1 << 20;

/// The SHA-256 of a blob in 64 hexadecimal digits.
pub type BlobHash = String;

/// The hash that names these bytes.
pub(crate) fn hash(bytes: &[u8]) -> BlobHash {
    hex(&Sha256::digest(bytes))
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(DIGITS[usize::from(byte >> 4)] as char);
        text.push(DIGITS[usize::from(byte & 15)] as char);
    }
    text
}

/// Whether the book holds a blob of this hash.
pub(crate) fn is_known(connection: &Connection, hash: &str) -> Result<bool> {
    Ok(connection
        .prepare_cached("SELECT 1 FROM blob_state WHERE hash = ?1 LIMIT 1")?
        .query_row([hash], |_| Ok(()))
        .optional()?
        .is_some())
}

/// Writes the chunks of a blob that is not there yet, and that it came.
pub(crate) fn keep(
    connection: &Connection,
    hash: &str,
    bytes: &[u8],
    origin: &str,
    at: &str,
) -> Result<()> {
    if is_known(connection, hash)? {
        return Ok(());
    }
    let mut insert =
        connection.prepare_cached("INSERT INTO blob (hash, place, bytes) VALUES (?1, ?2, ?3)")?;
    for (place, chunk) in bytes.chunks(CHUNK).enumerate() {
        insert.execute(params![hash, place as i64, chunk])?;
    }
    connection
        .prepare_cached("INSERT INTO blob_state (hash, size, origin, at) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![hash, bytes.len() as i64, origin, at])?;
    Ok(())
}

/// Takes away the bytes of a blob.
pub(crate) fn forget(connection: &Connection, hash: &str) -> Result<()> {
    for sql in ["DELETE FROM blob WHERE hash = ?1", "DELETE FROM blob_state WHERE hash = ?1"] {
        connection.prepare_cached(sql)?.execute([hash])?;
    }
    Ok(())
}

/// The bytes of a blob, checked against their hash.
pub(crate) fn read(connection: &Connection, wanted: &str) -> Result<Arc<[u8]>> {
    let missing = || Error::refused(Code::MissingBlob, &[("hash", &wanted)]);
    let size: Option<i64> = connection
        .prepare_cached("SELECT size FROM blob_state WHERE hash = ?1 LIMIT 1")?
        .query_row([wanted], |row| row.get(0))
        .optional()?;
    let mut bytes = Vec::with_capacity(size.ok_or_else(missing)? as usize);
    let mut select =
        connection.prepare_cached("SELECT bytes FROM blob WHERE hash = ?1 ORDER BY place")?;
    let mut rows = select.query([wanted])?;
    while let Some(row) = rows.next()? {
        bytes.extend_from_slice(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?);
    }
    if hash(&bytes) != wanted {
        return Err(Error::Damaged(format!("the bytes of blob {wanted} are not those it names")));
    }
    Ok(bytes.into())
}
