//! The lock file beside a book: one writer at a time, told by name rather than by a time-out.

use crate::error::{Code, Error, Result};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// Held while a book is open for writing; the file goes away with it.
pub(crate) struct Lock {
    file: File,
    path: PathBuf,
}

impl Lock {
    /// Takes the lock of a book, or refuses because another process writes to it.
    pub(crate) fn take(book: &Path) -> Result<Lock> {
        let mut name = book.file_name().unwrap_or_default().to_owned();
        name.push("-lock");
        let path = book.with_file_name(name);
        loop {
            let file = OpenOptions::new()
                .create(true)
                .truncate(false)
                .write(true)
                .open(&path)
                .map_err(|why| refusal(why, book, &path))?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    return Err(Error::refused(Code::HeldElsewhere, &[]));
                }
                Err(TryLockError::Error(why)) => return Err(refusal(why, book, &path)),
            }
            // The one who held it may have removed the file between our open and our lock.
            if same_file(&file, &path) {
                return Ok(Lock { file, path });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
        let _ = self.file.unlock();
    }
}

/// A person knows the book by its name, never the lock file beside it.
fn refusal(why: io::Error, book: &Path, path: &Path) -> Error {
    match why.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            Error::refused(Code::ReadOnly, &[])
        }
        io::ErrorKind::NotFound => Error::refused(Code::NoSuchFile, &[("path", &book.display())]),
        io::ErrorKind::StorageFull => Error::refused(Code::DiskFull, &[]),
        _ => Error::File(path.display().to_string(), why),
    }
}

#[cfg(unix)]
fn same_file(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(held), Ok(named)) => (held.dev(), held.ino()) == (named.dev(), named.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn same_file(_: &File, path: &Path) -> bool {
    path.exists()
}
