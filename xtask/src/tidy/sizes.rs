//! How long a file, a function and a line may be.

use super::tree::{File, Tree};

const FILE_LINES: usize = 500;
const FUNCTION_LINES: usize = 70;
const COLUMNS: usize = 100;

/// Functions that may be longer: where, which, why.
const LONG_FUNCTIONS: &[(&str, &str, &str)] = &[
    ("crates/api/tests/engine/returns.rs", "examples", "a table of worked examples"),
    ("crates/cli/tests/terminal/refusals.rs", "what_the_book_refuses", "a table of refusals"),
];

pub(super) fn check(tree: &Tree) -> Vec<String> {
    tree.files.iter().flat_map(complaints).collect()
}

pub(super) fn complaints(file: &File) -> Vec<String> {
    let Some(source) = &file.source else { return Vec::new() };
    let name = &file.name;
    let mut found = Vec::new();
    let lines = source.lines();
    if lines > FILE_LINES && !file.is_test() {
        found.push(format!("{name} has {lines} lines, at most {FILE_LINES}"));
    }
    for function in source.functions() {
        let known = LONG_FUNCTIONS
            .iter()
            .any(|(path, allowed, _)| path == name && *allowed == function.name);
        if function.lines > FUNCTION_LINES && !known {
            found.push(format!(
                "{name}:{} {} has {} lines, at most {FUNCTION_LINES}",
                function.line, function.name, function.lines
            ));
        }
    }
    for (at, line) in file.text.lines().enumerate() {
        let columns = line.chars().count();
        if columns > COLUMNS {
            found.push(format!("{name}:{} has {columns} columns, at most {COLUMNS}", at + 1));
        }
    }
    found
}
