//! Each sentence asked for exists in both languages, and each that exists is asked for.

use super::tree::Tree;
use std::collections::{BTreeMap, BTreeSet};

const LANGUAGES: [&str; 2] = ["fr", "en"];

/// Files whose every key stands in Rust, or is put together there.
const AREAS: [&str; 4] = ["api.", "cli.", "desktop.", "web."];

/// How code asks for a sentence: files that do, the text before the key, what the key lacks.
const ASKED: &[(&str, &str, &str)] = &[
    ("crates/api/src/", ".say(\"", ""),
    ("crates/api/src/", ".own(\"", "api.failure."),
    ("crates/api/src/calls/explain.rs", " say(\"", "api.part."),
    ("crates/api/src/calls/explain.rs", "(say(\"", "api.part."),
    ("crates/cli/src/", ".say(\"", ""),
    ("crates/cli/src/run/", "say(app, \"", "cli."),
    ("crates/cli/src/journey.rs", "say(app, \"", "cli.start."),
    ("crates/cli/src/localise.rs", "(say(\"", "cli.help."),
    ("crates/web/src/", ".say(\"", ""),
    ("src-tauri/src/", ".say(\"", ""),
];

/// Keys that are put together while running: what comes before the part that varies, and where
/// its words come from.
const BUILT: &[(&str, Words)] = &[
    ("api.check.", Words::Code),
    ("api.failure.", Words::Code),
    ("api.leaf.", Words::Code),
    ("api.month.", Words::Anywhere),
    ("api.part.", Words::Code),
    ("api.proof.", Words::Code),
    ("api.report.", Words::Code),
    ("api.regime.", Words::Code),
    ("api.return.", Words::Folder("assets/tax/fr/")),
    ("api.waiting.", Words::Code),
    ("cli.", Words::Code),
    ("cli.argument.", Words::Arguments),
    ("cli.argument_of.", Words::Anywhere),
    ("cli.chain.", Words::Code),
    ("cli.command.", Words::Arguments),
    ("cli.command_of.", Words::Anywhere),
    ("cli.head.", Words::Code),
    ("cli.help.", Words::Code),
    ("cli.invoice.", Words::Anywhere),
    ("cli.proof.", Words::Code),
    ("cli.sent.", Words::Anywhere),
    ("cli.setting.", Words::Code),
    ("cli.source.", Words::Anywhere),
    ("cli.start.", Words::Code),
    ("cli.step.", Words::Code),
    ("cli.word.", Words::Anywhere),
    ("web.failure.", Words::Code),
];

/// Where the varying part of a key comes from.
#[derive(Clone, Copy)]
enum Words {
    /// It stands as a string in code.
    Code,
    /// It is a field or a command of the terminal's arguments.
    Arguments,
    /// It is a folder of assets.
    Folder(&'static str),
    /// It is data: what a person may choose, or a number.
    Anywhere,
}

pub(super) fn check(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    let tables = LANGUAGES.map(|language| keys(tree, language, &mut found));
    for (a, b) in [(0, 1), (1, 0)] {
        let missing = tables[a].difference(&tables[b]);
        found.extend(missing.map(|key| format!("{key} is missing in {}", LANGUAGES[b])));
    }
    let asked = asked(tree);
    for (key, place) in &asked {
        if !tables[0].contains(key) {
            found.push(format!("{place} asks for {key}, which no language has"));
        }
    }
    let known = Known::of(tree);
    let asked_by_rust = |key: &&String| AREAS.iter().any(|area| key.starts_with(area));
    for key in tables[0].iter().filter(asked_by_rust) {
        if !asked.contains_key(key) && !known.builds(key) {
            found.push(format!("{key} is asked for by nothing"));
        }
    }
    found.extend(known.idle(&tables[0]));
    found.extend(known.mute(&tables[0]));
    found
}

/// Every key of a language, `area.section.name`; a sentence with its hint is one key.
fn keys(tree: &Tree, language: &str, found: &mut Vec<String>) -> BTreeSet<String> {
    let folder = format!("assets/locales/{language}/");
    let mut keys = BTreeSet::new();
    for file in &tree.files {
        let area = file.name.strip_prefix(&folder).and_then(|name| name.strip_suffix(".toml"));
        let Some(area) = area else { continue };
        match file.text.parse::<toml::Table>() {
            Ok(table) => flatten(area, &toml::Value::Table(table), &mut keys),
            Err(why) => found.push(format!("{}: {}", file.name, why.message())),
        }
    }
    keys
}

fn flatten(path: &str, value: &toml::Value, keys: &mut BTreeSet<String>) {
    match value {
        toml::Value::Table(table) if !table.contains_key("message") => {
            for (key, value) in table {
                flatten(&format!("{path}.{key}"), value, keys);
            }
        }
        _ => drop(keys.insert(path.to_owned())),
    }
}

/// Every key that stands whole in code, with where.
fn asked(tree: &Tree) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for file in tree.files.iter().filter(|file| file.name.ends_with(".rs") && !file.is_test()) {
        // A call that is broken over lines is one call.
        let text =
            file.text.split_whitespace().collect::<Vec<_>>().join(" ").replace("( \"", "(\"");
        for (_, before, lacks) in ASKED.iter().filter(|ask| file.name.starts_with(ask.0)) {
            for (at, _) in text.match_indices(before) {
                let key: String =
                    text[at + before.len()..].chars().take_while(|one| *one != '"').collect();
                found.insert(format!("{lacks}{key}"), file.name.clone());
            }
        }
    }
    found
}

/// What code says, for keys put together while running.
struct Known<'a> {
    strings: BTreeSet<&'a str>,
    words: BTreeSet<String>,
    folders: BTreeSet<&'a str>,
}

impl Known<'_> {
    fn of(tree: &Tree) -> Known<'_> {
        let code = tree.rust().filter(|(file, _)| file.name.starts_with("crates/"));
        let strings = code.flat_map(|(_, source)| source.strings.iter());
        Known {
            strings: strings.map(|(_, said)| said.as_str()).collect(),
            words: arguments(tree),
            folders: tree.files.iter().map(|file| file.name.as_str()).collect(),
        }
    }

    /// Whether a key can be put together.
    fn builds(&self, key: &str) -> bool {
        BUILT.iter().any(|(prefix, words)| {
            let Some(word) = key.strip_prefix(prefix) else { return false };
            match words {
                Words::Code => self.strings.contains(word),
                Words::Arguments => self.words.contains(word),
                Words::Folder(folder) => {
                    let folder = format!("{folder}{word}/");
                    self.folders.iter().any(|name| name.starts_with(&folder))
                }
                Words::Anywhere => true,
            }
        })
    }

    /// Declared prefixes that code does not build or that no key has.
    fn idle(&self, keys: &BTreeSet<String>) -> Vec<String> {
        let built = |prefix: &str| {
            let whole = format!("{prefix}{{");
            // The terminal's own shorthand leaves the area out.
            let short = whole.trim_start_matches("cli.");
            let part = prefix.trim_end_matches('.');
            let builds =
                |said: &&str| said.starts_with(&whole) || said.starts_with(short) || *said == part;
            self.strings.iter().any(builds)
        };
        let used = |prefix: &str| keys.iter().any(|key| key.starts_with(prefix));
        let idle = BUILT.iter().filter(|(prefix, _)| !built(prefix) || !used(prefix));
        idle.map(|(prefix, _)| format!("{prefix} is declared and not used")).collect()
    }

    /// Commands and arguments of the terminal that no language explains.
    fn mute(&self, keys: &BTreeSet<String>) -> Vec<String> {
        let told = |word: &str| {
            ["cli.argument.", "cli.command."]
                .iter()
                .any(|area| keys.contains(&format!("{area}{word}")))
        };
        let mute = self.words.iter().filter(|word| !told(word));
        mute.map(|word| format!("no help in any language for {word}")).collect()
    }
}

/// Fields and commands of the terminal's arguments, as the parser names them.
fn arguments(tree: &Tree) -> BTreeSet<String> {
    const NOT_SHOWN: [&str; 2] = ["command", "what"];
    let mut words = BTreeSet::from(["comptoir".to_owned()]);
    let texts = ["crates/cli/src/arguments.rs", "crates/cli/src/arguments/selling.rs"];
    let lines = texts.iter().filter_map(|name| tree.text(name)).flat_map(str::lines);
    let mut commands = false;
    for line in lines {
        if line.starts_with("pub(crate) enum") {
            commands = line.contains("Words") || line.contains("What");
        } else if line == "}" {
            commands = false;
        }
        let line = line.trim();
        let field = line.strip_prefix("pub(crate) ").and_then(|rest| rest.split_once(':'));
        let variant = line.split_once(['(', ',']).map(|(name, _)| name);
        if let Some((field, _)) = field.filter(|(field, _)| !NOT_SHOWN.contains(field)) {
            words.insert(field.to_owned());
        } else if let Some(name) = variant.filter(|name| commands && is_variant(name)) {
            words.insert(kebab(name));
        }
    }
    words
}

/// `CreditNote` as the terminal writes it: `credit-note`.
fn kebab(name: &str) -> String {
    let mut word = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !word.is_empty() {
            word.push('-');
        }
        word.extend(letter.to_lowercase());
    }
    word
}

fn is_variant(name: &str) -> bool {
    name.starts_with(|one: char| one.is_uppercase()) && name.chars().all(char::is_alphanumeric)
}
