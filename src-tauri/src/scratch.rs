//! A folder for one test. Not `tempfile`: it asks features of the crates below that the window does
//! not, and the whole toolkit would be compiled a second time for these tests.

use std::path::{Path, PathBuf};

/// A folder of its own beside what is built, removed at the end.
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    /// The folder of a name that no other test has.
    pub(crate) fn new(name: &str) -> Scratch {
        let folder = Path::new(env!("OUT_DIR")).join(format!("{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Scratch(folder)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
