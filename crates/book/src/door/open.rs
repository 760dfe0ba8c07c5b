//! Making and opening book files: the one place where a writable connection comes from.

use super::{Book, Context, Done, Task};
use crate::commands::{Command, CreateBook, Migrate};
use crate::error::{Code, Error, Result};
use crate::history::{self, Record};
use crate::law::Law;
use crate::lock::Lock;
use crate::read::Readers;
use crate::schema;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use sha2::Digest;
use std::fs;
use std::path::Path;

/// The raw 256-bit key of an encrypted book. Books are not keyed yet; this is its one seat.
pub struct Key([u8; 32]);

impl Key {
    /// A key of 32 bytes.
    pub fn new(bytes: [u8; 32]) -> Key {
        Key(bytes)
    }
}

/// Kibibytes of page cache, and how many statements stay prepared.
const CACHE_KIB: i64 = 16_384;
const PREPARED: usize = 128;

impl Book {
    /// Makes a book in a new file; refuses a path where anything stands.
    pub fn create(
        path: &Path,
        key: Option<&Key>,
        law: Law,
        context: &Context<'_>,
        command: CreateBook,
    ) -> Result<(Book, Done)> {
        if path.symlink_metadata().is_ok() {
            return Err(Error::refused(Code::PathTaken, &[("path", &path.display())]));
        }
        refuse_network_drive(path)?;
        let lock = Lock::take(path)?;
        // Another process may have made its book there before the lock was ours.
        if path.symlink_metadata().is_ok() {
            return Err(Error::refused(Code::PathTaken, &[("path", &path.display())]));
        }
        let made = || -> Result<(Book, Done)> {
            let connection = connect(path, OpenFlags::SQLITE_OPEN_CREATE, key)?;
            schema::create(&connection)?;
            prepare(&connection)?;
            let (path, readers) = (path.to_owned(), Readers::new(path, law.clone()));
            let mut book = Book { readers, connection, path, law, fresh: None, _lock: lock };
            for (name, origin) in [command.chart_asset()?, command.tax_codes_asset()?] {
                let bytes = book
                    .law
                    .assets()
                    .bytes(name)
                    .map_err(|why| Error::Asset(name.to_owned(), Box::new(why)))?;
                book.note_blob(&bytes, origin, context.at)?;
            }
            let done = book.execute(context, Command::CreateBook(command))?;
            Ok((book, done))
        };
        made().inspect_err(|_| {
            for end in ["", "-wal", "-shm", "-journal"] {
                let mut name = path.as_os_str().to_owned();
                name.push(end);
                let _ = fs::remove_file(name);
            }
        })
    }

    /// Opens a book for writing; only one process at a time may.
    pub fn open(path: &Path, key: Option<&Key>, law: Law) -> Result<Book> {
        if !path.is_file() {
            return Err(Error::refused(Code::NoSuchFile, &[("path", &path.display())]));
        }
        refuse_network_drive(path)?;
        // What is no book is left without so much as a lock file beside it.
        check_header(path)?;
        let lock = Lock::take(path)?;
        let connection = connect(path, OpenFlags::empty(), key)?;
        let version = schema::version(&connection)?;
        prepare(&connection)?;
        if version < schema::VERSION {
            migrate(&connection, version)?;
        }
        let (path, readers) = (path.to_owned(), Readers::new(path, law.clone()));
        Ok(Book { readers, connection, path, law, fresh: None, _lock: lock })
    }
}

/// Brings a book of an earlier version to this one's tables, all or nothing, with a record of its
/// own in the history. Nothing here knows what time it is: the record takes that of the last one.
fn migrate(connection: &Connection, from: i64) -> Result<()> {
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    schema::migrate(&transaction, from)?;
    let (last, prev_hash) = history::head(&transaction)?;
    let before = history::record(&transaction, last)?
        .ok_or_else(|| Error::Damaged("the history has no record".to_owned()))?;
    let command = Command::Migrate(Migrate { from, to: schema::VERSION });
    let record = Record {
        seq: last + 1,
        command: serde_json::to_string(&command)
            .map_err(|why| Error::Damaged(format!("a command cannot be written: {why}")))?,
        actor: "program".to_owned(),
        schema: schema::VERSION,
        prev_hash,
        ..before.0
    };
    let hash = record.hasher().finalize().to_vec();
    history::append(&transaction, &record, &hash, &[])?;
    transaction.commit()?;
    Ok(())
}

impl Book {
    /// Whether a book is one file now, without a log beside it.
    pub fn is_folded(path: &Path) -> bool {
        !has_log(path)
    }

    /// Writes everything that only the log holds into the book's file, wherever that was moved
    /// while it was open. Closing does so by itself, but not for a file that was moved.
    pub fn fold_log(&self) -> Result<()> {
        self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    /// Folds away the empty log that a reader leaves beside a book, so that it is one file again.
    /// Does nothing while anybody writes, or where there is nothing to fold.
    pub fn fold_away(path: &Path, key: Option<&Key>) {
        if !has_log(path) {
            return;
        }
        let Ok(_lock) = Lock::take(path) else { return };
        // SQLite itself takes the log away when the last connection that may write is closed.
        let opened = connect(path, OpenFlags::empty(), key);
        let _ = opened.and_then(|connection| schema::version(&connection));
    }
}

/// Pages copied between two questions to the task.
const PAGES_PER_STEP: i32 = 1_024;

impl Book {
    /// Copies the book to a path where nothing stands; whoever reads or waits is not disturbed.
    pub fn backup(&self, to: &Path, task: &dyn Task) -> Result<()> {
        copy(&self.connection, to, task)
    }

    /// The same of a book that is not open here, also while another process writes it.
    pub fn backup_of(path: &Path, key: Option<&Key>, to: &Path, task: &dyn Task) -> Result<()> {
        copy(&connect_read_only(path, key)?, to, task)
    }
}

fn copy(from: &Connection, to: &Path, task: &dyn Task) -> Result<()> {
    use rusqlite::backup::{Backup, StepResult};
    if to.symlink_metadata().is_ok() {
        return Err(Error::refused(Code::PathTaken, &[("path", &to.display())]));
    }
    let folder = to.parent().filter(|parent| !parent.as_os_str().is_empty());
    if let Some(missing) = folder.filter(|folder| !folder.is_dir()) {
        return Err(Error::refused(Code::NoSuchFile, &[("path", &missing.display())]));
    }
    let copied = || -> Result<()> {
        let mut copy = connect(to, OpenFlags::SQLITE_OPEN_CREATE, None)?;
        let backup = Backup::new(from, &mut copy)?;
        loop {
            match backup.step(PAGES_PER_STEP)? {
                StepResult::Done => return Ok(()),
                StepResult::More => {}
                // Nobody else writes to the new file, so the book itself is held.
                _ => return Err(Error::refused(Code::HeldElsewhere, &[])),
            }
            let progress = backup.progress();
            let (left, all) = (progress.remaining as u64, progress.pagecount as u64);
            if !task.step(all.saturating_sub(left), Some(all)) {
                return Err(Error::Cancelled);
            }
        }
    };
    copied().inspect_err(|_| {
        let _ = fs::remove_file(to);
    })
}

/// A read-only connection of one snapshot at a time.
pub(crate) fn connect_read_only(path: &Path, key: Option<&Key>) -> Result<Connection> {
    if !path.is_file() {
        return Err(Error::refused(Code::NoSuchFile, &[("path", &path.display())]));
    }
    check_header(path)?;
    let connection = match read_only(path, false, key) {
        // A medium that cannot be written has no place for the log's index; without a log there
        // is nothing it would say.
        Err(Error::Refused(refusal)) if refusal.code == Code::ReadOnly && !has_log(path) => {
            read_only(path, true, key)?
        }
        opened => opened?,
    };
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    connection.pragma_update(None, "query_only", true)?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    connection.busy_timeout(std::time::Duration::from_secs(2))?;
    Ok(connection)
}

fn read_only(path: &Path, immutable: bool, key: Option<&Key>) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = if immutable {
        let uri = format!("file:{}?immutable=1", as_uri(path));
        Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI)?
    } else {
        Connection::open_with_flags(path, flags)?
    };
    settle(&connection, key)?;
    let version = schema::version(&connection)?;
    if version < schema::VERSION {
        // Its tables are made by whoever opens it for writing; a reader would miss them.
        return Err(Error::refused(
            Code::OlderVersion,
            &[("found", &version), ("known", &schema::VERSION)],
        ));
    }
    Ok(connection)
}

fn has_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    Path::new(&log).exists()
}

/// A path inside a URI: what has a meaning there is written in hexadecimal.
fn as_uri(path: &Path) -> String {
    let mut uri = String::new();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => {
                uri.push(char::from(*byte));
            }
            other => uri += &format!("%{other:02X}"),
        }
    }
    uri
}

fn connect(path: &Path, more: OpenFlags, key: Option<&Key>) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | more;
    let connection = Connection::open_with_flags(path, flags)?;
    settle(&connection, key)?;
    Ok(connection)
}

/// What every connection needs before its first question.
fn settle(connection: &Connection, key: Option<&Key>) -> Result<()> {
    // A statement stays prepared. Otherwise the planner looks at bound values where a partial index
    // might serve, and prepares the statement again at each new value: that was half of a command.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    if let Some(Key(bytes)) = key {
        connection.pragma_update(None, "cipher_log_level", "NONE")?;
        connection.pragma_update(None, "key", format!("x'{}'", crate::blobs::hex(bytes)))?;
    }
    Ok(())
}

/// Durable at each commit, folded into one file at the end; alone where a log is refused.
fn prepare(connection: &Connection) -> Result<()> {
    let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    if mode != "wal" {
        connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    }
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    connection.busy_timeout(std::time::Duration::from_secs(2))?;
    Ok(())
}

/// A plain book begins with SQLite's own words; anything else is told apart before it is touched.
fn check_header(path: &Path) -> Result<()> {
    use std::io::Read;
    let unreadable = |why: std::io::Error| match why.kind() {
        std::io::ErrorKind::PermissionDenied => Error::refused(Code::ReadOnly, &[]),
        _ => Error::File(path.display().to_string(), why),
    };
    let mut head = [0; 16];
    let mut file = fs::File::open(path).map_err(unreadable)?;
    match file.read_exact(&mut head) {
        Ok(()) if &head == b"SQLite format 3\0" => Ok(()),
        Ok(()) => Err(Error::refused(Code::NotABook, &[])),
        Err(why) if why.kind() == std::io::ErrorKind::UnexpectedEof => {
            Err(Error::refused(Code::NotABook, &[]))
        }
        Err(why) => Err(unreadable(why)),
    }
}

/// SQLite's locks do not hold over a network: the longest mount point above the path decides.
#[cfg(target_os = "linux")]
fn refuse_network_drive(path: &Path) -> Result<()> {
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let Ok(folder) = folder.unwrap_or(Path::new(".")).canonicalize() else { return Ok(()) };
    let Ok(mounts) = fs::read_to_string("/proc/self/mounts") else { return Ok(()) };
    let kind = mounts
        .lines()
        .filter_map(|line| {
            let mut words = line.split(' ').skip(1);
            Some((words.next()?.replace("\\040", " "), words.next()?))
        })
        .filter(|(point, _)| folder.starts_with(point))
        .max_by_key(|(point, _)| point.len())
        .map(|(_, kind)| kind);
    match kind {
        Some(kind) if NETWORK_DRIVES.contains(&kind) => {
            Err(Error::refused(Code::NetworkDrive, &[("kind", &kind)]))
        }
        _ => Ok(()),
    }
}

#[cfg(target_os = "linux")]
const NETWORK_DRIVES: &[&str] =
    &["nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "fuse.sshfs", "davfs"];

#[cfg(not(target_os = "linux"))]
fn refuse_network_drive(_: &Path) -> Result<()> {
    Ok(())
}
