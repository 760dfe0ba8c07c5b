//! A small file that is there whole or not at all, for its owner alone.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// The most that is read of a file, in bytes: thousands of secrets fit, and a wrong file named so
/// does not fill the memory.
pub(super) const LIMIT: usize = 1 << 20;

/// The bytes of a file; none where there is no file.
pub(super) fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let about = match fs::metadata(path) {
        Err(why) if why.kind() == ErrorKind::NotFound => return Ok(None),
        about => about?,
    };
    // Opening a pipe would wait for its other end.
    if !about.is_file() {
        return Err(io::Error::new(ErrorKind::InvalidInput, "it is no file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(LIMIT as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > LIMIT {
        return Err(io::Error::new(ErrorKind::FileTooLarge, "it is too large"));
    }
    Ok(Some(bytes))
}

/// A file written beside another whose place it will take; dropped before that, it is removed.
pub(super) struct Unfinished<'a> {
    beside: PathBuf,
    place: &'a Path,
}

impl<'a> Unfinished<'a> {
    /// Writes it through to the disk. The mark, eight random hexadecimal digits in its name, keeps
    /// apart two programs that write at one moment.
    pub(super) fn write(place: &'a Path, bytes: &[u8], mark: u32) -> io::Result<Unfinished<'a>> {
        let mut beside = place.as_os_str().to_owned();
        beside.push(format!(".{mark:08x}"));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        // Windows has no such mode: there the folder says who may read.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&beside)?;
        let unfinished = Unfinished { beside: PathBuf::from(beside), place };
        file.write_all(bytes)?;
        file.sync_all()?;
        Ok(unfinished)
    }

    /// Puts it in the place of the other: who reads finds either, never half.
    pub(super) fn put_in_place(mut self) -> io::Result<()> {
        fs::rename(&self.beside, self.place)?;
        self.beside.clear();
        // The name is safe once the folder is; a system that cannot do that for a folder has its
        // own way, and the file itself is whole.
        #[cfg(unix)]
        if let Some(folder) = self.place.parent() {
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            drop(File::open(folder).and_then(|folder| folder.sync_all()));
        }
        Ok(())
    }
}

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        if !self.beside.as_os_str().is_empty() {
            drop(fs::remove_file(&self.beside));
        }
    }
}
