//! What this repository never does, and where an exception stands with its reason.

use super::rust::{Source, word_at};
use super::tree::{File, Tree};

/// How many places of a rule a file may hold, and why they do no harm.
struct Exception {
    file: &'static str,
    places: usize,
    #[allow(dead_code)] // For the reader: an exception without a reason is a fault.
    reason: &'static str,
}

const fn except(file: &'static str, places: usize, reason: &'static str) -> Exception {
    Exception { file, places, reason }
}

/// Words that only SQL begins with, upper case as it is written here.
const SQL: &[&str] =
    &["SELECT ", "INSERT INTO", "INSERT OR", "UPDATE ", "DELETE FROM", "CREATE TABLE", "PRAGMA "];

const SQL_OUTSIDE_BOOK: &[Exception] =
    &[except("xtask/src/tidy/nevers.rs", 7, "this check names the words it looks for")];

/// Crates in which no number with a floating point may stand: money passes through them.
const WITHOUT_FLOATS: &[&str] = &[
    "values",
    "statement",
    "book",
    "matching",
    "report",
    "tax",
    "document",
    "api",
    "cli",
    "tests",
];

const FLOATS: &[Exception] = &[except(
    "crates/document/src/pdf.rs",
    2,
    "the drawing library takes lengths and shares of a colour as floats; no amount passes there",
)];

/// Calls that panic. Only what cannot fail may be so unwrapped.
const PANICS: &[&str] = &[".unwrap()", ".expect(\""];

const UNWRAPPED: &[Exception] = &[
    except("crates/assets/build.rs", 5, "a build that cannot find its files should stop"),
    except("crates/book/src/history.rs", 2, "packing into memory does not fail"),
    except("crates/book/src/read/lending.rs", 1, "what is lent is taken back only when dropped"),
    except("crates/values/src/day.rs", 4, "days that stand in the source, or the 1st of a month"),
    except("crates/values/src/money.rs", 1, "three letters that were checked as ASCII"),
    except("crates/values/src/period.rs", 1, "the first of a month exists"),
    except("crates/values/src/siren.rs", 1, "nine digits that were checked"),
    except("src-tauri/build.rs", 1, "a window whose configuration is unsound should not be built"),
    except("xtask/src/sample/calendar.rs", 1, "months that stand in the source"),
    except("xtask/src/sample/codes.rs", 1, "names that stand in the source"),
    except("xtask/src/sample/model.rs", 1, "names that stand in the source"),
    except("xtask/src/sample/opening.rs", 1, "days that stand in the source"),
];

/// Things left for later.
const LATER: &[&str] = &["todo!", "unimplemented!", "dbg!", "#[ignore"];

/// Names that say nothing of what they name.
const EMPTY_NAMES: &[&str] = &["utils", "helpers", "common", "manager", "service"];

pub(super) fn check(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    found.extend(counted(tree, "SQL outside book", SQL_OUTSIDE_BOOK, sql));
    found.extend(counted(tree, "floats", FLOATS, floats));
    found.extend(counted(tree, "unwraps", UNWRAPPED, unwraps));
    found.extend(counted(tree, "things left for later", &[], |_, source| {
        LATER.iter().map(|word| source.with_tests.matches(word).count()).sum()
    }));
    for file in &tree.files {
        let names_nothing = |part: &str| {
            let stem = part.split('.').next().unwrap_or(part);
            EMPTY_NAMES.contains(&stem)
        };
        if file.name.split('/').any(names_nothing) {
            found.push(format!("{} names nothing: say what it holds", file.name));
        }
    }
    found
}

/// Files whose count of a rule's places is not what is allowed: one too many is a fault, one too
/// few leaves a stale exception.
fn counted(
    tree: &Tree,
    rule: &str,
    allowed: &[Exception],
    count: impl Fn(&File, &Source) -> usize,
) -> Vec<String> {
    let mut found = Vec::new();
    for (file, source) in tree.rust() {
        let places = count(file, source);
        let known = allowed.iter().find(|one| one.file == file.name).map_or(0, |one| one.places);
        if places != known {
            found.push(format!("{}: {places} {rule}, {known} allowed", file.name));
        }
    }
    let gone = allowed.iter().filter(|one| tree.text(one.file).is_none());
    found.extend(gone.map(|one| format!("{} is excepted from {rule} and is gone", one.file)));
    found
}

pub(super) fn sql(file: &File, source: &Source) -> usize {
    if file.of_crate() == "book" || file.of_crate() == "tests" {
        return 0;
    }
    source.strings.iter().filter(|(_, said)| SQL.iter().any(|word| begins(said, word))).count()
}

/// Whether a text holds a statement: the word at its very beginning or after a space.
fn begins(text: &str, word: &str) -> bool {
    let before = |at: usize| text[..at].chars().next_back().is_none_or(|one| " (\n".contains(one));
    text.match_indices(word).any(|(at, _)| before(at))
}

pub(super) fn floats(file: &File, source: &Source) -> usize {
    if !WITHOUT_FLOATS.contains(&file.of_crate()) {
        return 0;
    }
    // A number may carry its type as a suffix: then a digit stands before it.
    let suffixed = |line: &str, word: &str| {
        line.match_indices(word).any(|(at, _)| line[..at].ends_with(|one: char| one.is_numeric()))
    };
    let float = |line: &str| {
        ["f32", "f64"].iter().any(|word| word_at(line, word).is_some() || suffixed(line, word))
    };
    source.with_tests.lines().filter(|line| float(line)).count()
}

pub(super) fn unwraps(file: &File, source: &Source) -> usize {
    if file.is_test() || only_for_tests(file) {
        return 0;
    }
    PANICS.iter().map(|call| source.code.matches(call).count()).sum()
}

/// Files that a `#[cfg(test)] mod` takes in without being called `tests`, and the crate of tests.
fn only_for_tests(file: &File) -> bool {
    const FILES: &[&str] = &[
        "crates/document/src/pdf/tools.rs",
        "crates/document/src/tax_page/sample.rs",
        "src-tauri/src/scratch.rs",
    ];
    FILES.contains(&file.name.as_str())
}
