//! The interface's own rules: words in both languages, one version of the library, who may import
//! whom.

use super::tree::{File, Tree};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const FILE_LINES: usize = 500;
const COLUMNS: usize = 100;

/// Written by a test from the list of calls.
const GENERATED: &str = "ui/src/api/generated.ts";

/// What a file may not name unless it lies there: folder, the text, the one place for it.
const FORBIDDEN: &[(&str, &str, &str)] =
    &[("ui/src/", "@tauri-apps/", "ui/src/host/"), ("ui/src/parts/", "useCall(", "")];

pub(super) fn check(tree: &Tree) -> Vec<String> {
    let mut found = words(tree);
    found.extend(tree.text("ui/package.json").map(unlike_mantines).unwrap_or_default());
    let ours = |file: &&File| file.name.starts_with("ui/src/") || is_story(&file.name);
    for file in tree.files.iter().filter(ours).filter(|file| file.name != GENERATED) {
        found.extend(long(file));
        found.extend(imports(file));
    }
    found
}

fn is_story(name: &str) -> bool {
    name.starts_with("tests/") && name.ends_with(".mjs")
}

fn long(file: &File) -> Vec<String> {
    let mut found = Vec::new();
    let lines = file.text.lines().count();
    if lines > FILE_LINES {
        found.push(format!("{} has {lines} lines, at most {FILE_LINES}", file.name));
    }
    for (at, line) in file.text.lines().enumerate() {
        let columns = line.chars().count();
        if columns > COLUMNS {
            found.push(format!(
                "{}:{} has {columns} columns, at most {COLUMNS}",
                file.name,
                at + 1
            ));
        }
    }
    found
}

/// A screen knows no other screen, a part asks nothing of the engine, and only the host's files
/// know Tauri.
pub(super) fn imports(file: &File) -> Vec<String> {
    let mut found = Vec::new();
    for (folder, text, but) in FORBIDDEN {
        let excepted = !but.is_empty() && file.name.starts_with(but);
        if file.name.starts_with(folder) && !excepted && file.text.contains(text) {
            found.push(format!("{} names {text:?}", file.name));
        }
    }
    let inside = file.name.strip_prefix("ui/src/screens/");
    if let Some(own) = inside.and_then(|rest| rest.split('/').next()) {
        for line in file.text.lines().filter(|line| line.contains(" from \"../")) {
            let path = line.split("from \"../").nth(1).unwrap_or("");
            let to = path.split(['/', '"']).next().unwrap_or("");
            if to != ".." && to != own {
                found.push(format!("{} imports another screen: {to}", file.name));
            }
        }
    }
    found
}

/// The library's packages have exact peers: one version for all, and no range.
pub(super) fn unlike_mantines(package: &str) -> Vec<String> {
    let Ok(package) = serde_json::from_str::<Value>(package) else {
        return vec!["ui/package.json cannot be read".to_owned()];
    };
    let mut versions = BTreeSet::new();
    for part in ["dependencies", "devDependencies"] {
        let known = package.get(part).and_then(Value::as_object);
        for (name, version) in known.into_iter().flatten() {
            if name.starts_with("@mantine/") {
                versions.insert(version.as_str().unwrap_or("").to_owned());
            }
        }
    }
    let loose = versions.iter().any(|version| !version.starts_with(|one: char| one.is_numeric()));
    if versions.len() > 1 || loose {
        return vec![format!("@mantine/* must have one exact version, not {versions:?}")];
    }
    Vec::new()
}

/// The sentences of a file by their keys, each with the names it puts in.
type Sentences = BTreeMap<String, BTreeSet<String>>;

fn words(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    let interface: String = tree
        .files
        .iter()
        .filter(|file| file.name.starts_with("ui/src/") && file.name != GENERATED)
        .map(|file| file.text.as_str())
        .collect();
    let files = tree.files.iter().filter(|file| file.name.starts_with("assets/locales/fr/window/"));
    for file in files {
        let other = file.name.replace("/fr/", "/en/");
        let (french, english) = (sentences(&file.text), tree.text(&other).and_then(sentences));
        let (Some(french), Some(english)) = (french, english) else {
            found.push(format!("{} or {other} cannot be read", file.name));
            continue;
        };
        for (key, names) in &french {
            match english.get(key) {
                None => found.push(format!("{other} lacks {key}")),
                Some(others) if others != names => {
                    found.push(format!("{key} of {other} puts in {others:?}, in French {names:?}"));
                }
                Some(_) => {}
            }
            if !is_asked(key, &interface) {
                found.push(format!("{key} of {} is asked for by nothing", file.name));
            }
        }
        let more = english.keys().filter(|key| !french.contains_key(*key));
        found.extend(more.map(|key| format!("{} lacks {key}", file.name)));
    }
    found
}

pub(super) fn sentences(text: &str) -> Option<Sentences> {
    let table = serde_json::from_str::<Value>(text).ok()?;
    let mut all = Sentences::new();
    for (key, value) in table.as_object()? {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Object(forms) if forms.contains_key("one") && forms.contains_key("other") => {
                forms.get("other")?.as_str()?.to_owned()
            }
            _ => return None,
        };
        let names = text.split('{').skip(1).filter_map(|part| part.split('}').next());
        all.insert(key.clone(), names.map(str::to_owned).collect());
    }
    Some(all)
}

/// Whether a key stands in the interface, whole or put together from a beginning: `group-${…}`.
pub(super) fn is_asked(key: &str, interface: &str) -> bool {
    let whole = |text: &str| {
        text.match_indices(key).any(|(at, _)| {
            let edge = |one: Option<char>| {
                !one.is_some_and(|one| one.is_alphanumeric() || one == '_' || one == '-')
            };
            edge(text[..at].chars().next_back()) && edge(text[at + key.len()..].chars().next())
        })
    };
    let built = (1..key.len())
        .filter(|&at| key.is_char_boundary(at))
        .any(|at| interface.contains(&format!("`{}${{", &key[..at])));
    whole(interface) || built
}
