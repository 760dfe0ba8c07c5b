//! What must stand exactly as it is, and what must not stand anywhere.

use super::tree::Tree;

/// Dependencies whose every version draws or writes differently.
const EXACT: &[&str] = &["printpdf"];

/// The lock file is where cargo itself writes what is forbidden elsewhere.
const LOCK: &str = "Cargo.lock";

/// Words that betray where a file was written; each is written in two halves, so that this list
/// does not find itself.
const FOREIGN: &[(&str, &str)] = &[
    (concat!("/ho", "me/"), "a folder of one machine"),
    (concat!("/Us", "ers/"), "a folder of one machine"),
    (concat!("/ro", "ot/"), "a folder of one machine"),
    (concat!("/wo", "rk/"), "a folder of one machine"),
    (concat!("C:\\\\Us", "ers"), "a folder of one machine"),
    (concat!("crates", ".io"), "a registry's host"),
    (concat!("npm", "js.org"), "a registry's host"),
    (concat!("py", "pi.org"), "a registry's host"),
    (concat!("co-authored", "-by"), "a word of how the file came to be"),
    (concat!("sub", "agent"), "a word of how the file came to be"),
    (concat!("coding ", "agent"), "a word of how the file came to be"),
    (concat!("language ", "model"), "a word of how the file came to be"),
    (concat!("this ", "session"), "a word of how the file came to be"),
    (concat!("as an a", "i "), "a word of how the file came to be"),
];

pub(super) fn check(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    let manifest = tree.text("Cargo.toml").unwrap_or("");
    found.extend(loose(manifest));
    if tree.text(LOCK).is_none() {
        found.push(format!("{LOCK} is not tracked"));
    }
    for file in tree.files.iter().filter(|file| file.name != LOCK) {
        found.extend(foreign(&file.name, &file.text));
    }
    found
}

/// Dependencies that should be pinned to one version and are not.
pub(super) fn loose(manifest: &str) -> Vec<String> {
    let read = manifest.parse::<toml::Table>();
    let Ok(table) = read else { return vec!["Cargo.toml cannot be read".to_owned()] };
    let known = table.get("workspace").and_then(|one| one.get("dependencies"));
    let version = |name: &str| {
        let one = known?.get(name)?;
        one.as_str().or_else(|| one.get("version")?.as_str())
    };
    EXACT
        .iter()
        .filter(|name| !version(name).is_some_and(|version| version.starts_with('=')))
        .map(|name| format!("{name} must be pinned to one version with ="))
        .collect()
}

/// Lines that speak of something besides the project.
pub(super) fn foreign(name: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let small = line.to_lowercase();
        for (word, why) in FOREIGN {
            if holds(&small, &word.to_lowercase()) {
                found.push(format!("{name}:{} holds {word:?}, {why}", at + 1));
            }
        }
    }
    found
}

/// Whether a line holds a word. A folder of a machine begins a path: what stands before it is no
/// part of one, unlike in `screens/home/` or `#/home`.
fn holds(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !word.starts_with('/')
            || !before.is_some_and(|one| one.is_alphanumeric() || "#.\\".contains(one))
    })
}
