//! The tracked files and what they hold.

use super::rust::Source;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One tracked file.
pub(super) struct File {
    /// Its name from the root, with forward slashes.
    pub(super) name: String,
    /// Its text; empty where it is not text.
    pub(super) text: String,
    /// What a Rust file says, apart from its comments and strings.
    pub(super) source: Option<Source>,
}

/// The repository as it stands on the disk.
pub(super) struct Tree {
    /// By name.
    pub(super) files: Vec<File>,
}

/// The root of the repository.
pub(super) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

impl Tree {
    /// The files that are tracked, and those about to be: whatever is not ignored.
    pub(super) fn tracked() -> Result<Tree, String> {
        let asked = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
        let told = Command::new("git").args(asked).current_dir(root()).output();
        let told = told.map_err(|why| format!("asking git for its files: {why}"))?;
        if !told.status.success() {
            return Err("git does not know this folder; its files cannot be listed".to_owned());
        }
        let names = String::from_utf8_lossy(&told.stdout).into_owned();
        let mut names: Vec<&str> = names.split('\0').filter(|name| !name.is_empty()).collect();
        names.sort_unstable();
        names.dedup();
        let mut files = Vec::new();
        for name in names {
            // A file that was removed and not yet committed is no longer there.
            let Ok(bytes) = std::fs::read(root().join(name)) else { continue };
            files.push(File::new(name, String::from_utf8(bytes).unwrap_or_default()));
        }
        Ok(Tree { files })
    }

    /// The Rust files, with what they say.
    pub(super) fn rust(&self) -> impl Iterator<Item = (&File, &Source)> {
        self.files.iter().filter_map(|file| Some((file, file.source.as_ref()?)))
    }

    /// The text of a file by its name.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.files.iter().find(|file| file.name == name).map(|file| file.text.as_str())
    }
}

impl File {
    /// A file of a name and a text.
    pub(super) fn new(name: &str, text: String) -> File {
        let source = name.ends_with(".rs").then(|| Source::read(&text));
        File { name: name.to_owned(), text, source }
    }

    /// Whether it holds nothing but tests, or what only tests use.
    pub(super) fn is_test(&self) -> bool {
        let parts: Vec<&str> = self.name.split('/').collect();
        let (last, folders) = parts.split_last().unwrap_or((&"", &[]));
        *last == "tests.rs" || folders.contains(&"tests")
    }

    /// The workspace crate it belongs to, by the name of its folder.
    pub(super) fn of_crate(&self) -> &str {
        let inside = self.name.strip_prefix("crates/").unwrap_or(&self.name);
        inside.split('/').next().unwrap_or("")
    }
}
