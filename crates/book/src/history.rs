//! The chained history: one record for each command that changed something.
//!
//! A record's hash is SHA-256 over its columns and its unpacked changesets, each with its length
//! before it, and over the hash of the record before: a rewritten record shows. `docs/verify.py`
//! recomputes the chain without this program.

use crate::blobs::{self, hex};
use crate::door::Recorder;
use crate::error::{Error, Result};
use crate::schema;
use flate2::read::ZlibDecoder;
use flate2::{Compression, write::ZlibEncoder};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use std::io::{Read, Write};

/// The columns of a record that are known before its command runs.
pub(crate) struct Record {
    pub(crate) seq: i64,
    pub(crate) at: String,
    pub(crate) day: String,
    pub(crate) actor: String,
    pub(crate) command: String,
    pub(crate) app: String,
    pub(crate) schema: i64,
    pub(crate) prev_hash: Vec<u8>,
}

impl Record {
    /// A hasher that has taken in every column; the changesets follow.
    pub(crate) fn hasher(&self) -> Sha256 {
        let mut hasher = Sha256::new();
        let (seq, schema) = (self.seq.to_string(), self.schema.to_string());
        for column in [&seq, &self.at, &self.day, &self.actor, &self.command, &self.app, &schema] {
            absorb(&mut hasher, column.as_bytes());
        }
        absorb(&mut hasher, &self.prev_hash);
        hasher
    }
}

/// Takes a value in with its length before it, as eight bytes, big end first.
pub(crate) fn absorb(hasher: &mut Sha256, bytes: &[u8]) {
    hasher.update((bytes.len() as u64).to_be_bytes());
    hasher.update(bytes);
}

/// The last record's number and hash; zero and 32 zero bytes before the first.
pub(crate) fn head(connection: &Connection) -> Result<(i64, Vec<u8>)> {
    Ok(connection
        .prepare_cached("SELECT seq, hash FROM history ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?
        .unwrap_or((0, vec![0; 32])))
}

/// Packs a changeset with zlib's fast level.
pub(crate) fn pack(changeset: &[u8]) -> Vec<u8> {
    let mut encoder =
        ZlibEncoder::new(Vec::with_capacity(changeset.len() / 4), Compression::fast());
    encoder.write_all(changeset).expect("writing to memory does not fail");
    encoder.finish().expect("writing to memory does not fail")
}

/// Unpacks what [`pack`] packed.
pub(crate) fn unpack(packed: &[u8]) -> Result<Vec<u8>> {
    let mut changeset = Vec::with_capacity(packed.len() * 5);
    ZlibDecoder::new(packed)
        .read_to_end(&mut changeset)
        .map_err(|_| Error::Damaged("a changeset of the history cannot be unpacked".to_owned()))?;
    Ok(changeset)
}

/// Writes a record and its packed changesets.
pub(crate) fn append(
    connection: &Connection,
    record: &Record,
    hash: &[u8],
    parts: &[Vec<u8>],
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO history (seq, at, day, actor, command, app, schema, prev_hash, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            record.seq,
            record.at,
            record.day,
            record.actor,
            record.command,
            record.app,
            record.schema,
            record.prev_hash,
            hash
        ])?;
    let mut insert = connection
        .prepare_cached("INSERT INTO history_part (seq, part, changeset) VALUES (?1, ?2, ?3)")?;
    for (place, part) in parts.iter().enumerate() {
        insert.execute(params![record.seq, place as i64, part])?;
    }
    Ok(())
}

/// The unpacked changesets of a record, in order.
pub(crate) fn changesets(connection: &Connection, seq: i64) -> Result<Vec<Vec<u8>>> {
    let mut select = connection
        .prepare_cached("SELECT changeset FROM history_part WHERE seq = ?1 ORDER BY part")?;
    let packed = select
        .query_map([seq], |row| row.get::<_, Vec<u8>>(0))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    packed.iter().map(|part| unpack(part)).collect()
}

/// What a verification found to be true.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Verified {
    /// Records whose hash was recomputed.
    pub records: i64,
    /// Hash of the last record, in hexadecimal.
    pub head: String,
    /// Blobs whose bytes were compared with their hash.
    pub blobs: i64,
    /// Kept sums compared with the full sums.
    pub kept_sums: i64,
}

/// Reads a record back, with its stored hash.
pub(crate) fn record(connection: &Connection, seq: i64) -> Result<Option<(Record, Vec<u8>)>> {
    Ok(connection
        .prepare_cached(
            "SELECT seq, at, day, actor, command, app, schema, prev_hash, hash
             FROM history WHERE seq = ?1",
        )?
        .query_row([seq], |row| {
            Ok((
                Record {
                    seq: row.get(0)?,
                    at: row.get(1)?,
                    day: row.get(2)?,
                    actor: row.get(3)?,
                    command: row.get(4)?,
                    app: row.get(5)?,
                    schema: row.get(6)?,
                    prev_hash: row.get(7)?,
                },
                row.get(8)?,
            ))
        })
        .optional()?)
}

/// Recomputes the chain from the first record to the last.
pub(crate) fn verify_chain(
    connection: &Connection,
    step: &mut dyn FnMut(u64, u64) -> Result<()>,
) -> Result<(i64, Vec<u8>)> {
    let (last, _) = head(connection)?;
    let mut before = vec![0; 32];
    for seq in 1..=last {
        let damaged = |what: &str| Error::Damaged(format!("record {seq} of the history {what}"));
        let (record, stored) = record(connection, seq)?.ok_or_else(|| damaged("is missing"))?;
        if record.prev_hash != before {
            return Err(damaged("does not follow the one before"));
        }
        let mut hasher = record.hasher();
        for changeset in changesets(connection, seq)? {
            absorb(&mut hasher, &changeset);
        }
        if hasher.finalize()[..] != stored[..] {
            return Err(damaged("is not what its hash says"));
        }
        before = stored;
        step(seq as u64, last as u64)?;
    }
    Ok((last, before))
}

/// Every blob's bytes against its hash, and every hash that a recorded row names against the blobs.
pub(crate) fn verify_blobs(connection: &Connection) -> Result<i64> {
    let hashes = column(connection, "SELECT DISTINCT hash FROM blob_state")?;
    for hash in &hashes {
        blobs::read(connection, hash)?;
    }
    let named = column(
        connection,
        "SELECT blob FROM statement UNION SELECT pack_blob FROM tax_return
         UNION SELECT chart FROM book UNION SELECT tax_codes FROM book
         UNION SELECT proof_blob FROM tax_return WHERE proof_blob IS NOT NULL
         UNION SELECT pdf_blob FROM invoice WHERE pdf_blob IS NOT NULL
         UNION SELECT message_blob FROM outbox",
    )?;
    for hash in named {
        if !blobs::is_known(connection, &hash)? {
            return Err(Error::Damaged(format!("the bytes of {hash} are not in the book")));
        }
    }
    Ok(hashes.len() as i64)
}

/// Whether a command of that name took these bytes and was not undone since.
pub(crate) fn stands(connection: &Connection, command: &str, blob: &str) -> Result<bool> {
    let mut select = connection.prepare_cached(
        "SELECT seq FROM history
         WHERE command LIKE '{\"' || ?1 || '\"%' AND instr(command, ?2) > 0",
    )?;
    let records = select
        .query_map([command, blob], |row| row.get::<_, i64>(0))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    for seq in records {
        if !is_undone(connection, seq)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether an undo of the record stands; an undo may be undone itself.
fn is_undone(connection: &Connection, seq: i64) -> Result<bool> {
    let mut select = connection.prepare_cached("SELECT seq FROM history WHERE command = ?1")?;
    let undos = select
        .query_map([format!("{{\"Undo\":{{\"seq\":{seq}}}}}")], |row| row.get::<_, i64>(0))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    for undo in undos {
        if !is_undone(connection, undo)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a record or a recorded row names these bytes.
pub(crate) fn names_blob(connection: &Connection, hash: &str) -> Result<bool> {
    Ok(connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM history WHERE instr(command, ?1) > 0)
           OR EXISTS (SELECT 1 FROM statement WHERE blob = ?1)
           OR EXISTS (SELECT 1 FROM tax_return WHERE ?1 IN (pack_blob, proof_blob))
           OR EXISTS (SELECT 1 FROM book WHERE ?1 IN (chart, tax_codes))
           OR EXISTS (SELECT 1 FROM invoice WHERE pdf_blob = ?1)
           OR EXISTS (SELECT 1 FROM outbox WHERE message_blob = ?1)",
        [hash],
        |row| row.get(0),
    )?)
}

fn column(connection: &Connection, sql: &str) -> Result<Vec<String>> {
    let mut select = connection.prepare(sql)?;
    let values = select.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(values)
}

/// A digest over every recorded row: two books of equal digest hold the same facts.
pub(crate) fn digest(connection: &Connection) -> Result<String> {
    use rusqlite::types::ValueRef;
    let mut hasher = Sha256::new();
    for table in schema::RECORDED {
        absorb(&mut hasher, table.as_bytes());
        let mut select = connection.prepare(&format!("SELECT * FROM \"{table}\" ORDER BY id"))?;
        let width = select.column_count();
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            for at in 0..width {
                match row.get_ref(at)? {
                    ValueRef::Null => absorb(&mut hasher, b"n"),
                    ValueRef::Integer(number) => {
                        absorb(&mut hasher, format!("i{number}").as_bytes());
                    }
                    ValueRef::Real(_) => {
                        return Err(Error::Damaged(format!("a real number stands in {table}")));
                    }
                    ValueRef::Text(text) => {
                        absorb(&mut hasher, b"t");
                        absorb(&mut hasher, text);
                    }
                    ValueRef::Blob(bytes) => {
                        absorb(&mut hasher, b"b");
                        absorb(&mut hasher, bytes);
                    }
                }
            }
        }
    }
    Ok(hex(&hasher.finalize()))
}

/// Replays the whole history of `from` into an empty book, each record's hash checked before its
/// changesets are applied, through the same fold as any command.
pub(crate) fn replay(from: &Connection, into: &Connection) -> Result<()> {
    schema::create(into)?;
    let (last, _) = head(from)?;
    for seq in 1..=last {
        let missing = || Error::Damaged(format!("record {seq} of the history is missing"));
        let (record, stored) = record(from, seq)?.ok_or_else(missing)?;
        let recorder = Recorder::start(into, record.hasher())?;
        let changesets = changesets(from, seq)?;
        let mut hasher = record.hasher();
        changesets.iter().for_each(|changeset| absorb(&mut hasher, changeset));
        if hasher.finalize()[..] != stored[..] {
            return Err(Error::Damaged(format!("record {seq} is not what its hash says")));
        }
        for changeset in &changesets {
            crate::door::apply(into, changeset)?;
        }
        let changes = recorder.finish()?;
        changes.keep_sums(into)?;
        let packed: Vec<Vec<u8>> = changesets.iter().map(|changeset| pack(changeset)).collect();
        append(into, &record, &stored, &packed)?;
    }
    Ok(())
}
