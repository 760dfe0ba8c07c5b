//! Which crate may use which: the floors of docs/architecture.md as data.

use super::tree::{Tree, root};
use std::collections::BTreeMap;
use std::process::Command;

/// Each crate with the crates it may use, from the ground up. `xtask` stands beside the house.
const FLOORS: &[(&str, &[&str])] = &[
    ("values", &[]),
    ("assets", &[]),
    ("statement", &["values", "assets"]),
    ("einvoice", &["values"]),
    ("book", &["values", "assets", "statement", "einvoice"]),
    ("matching", &["values", "assets", "book"]),
    ("report", &["values", "assets", "book"]),
    ("tax", &["values", "assets", "report"]),
    ("document", &["values", "assets", "book", "report", "tax", "einvoice"]),
    ("source", &["values", "assets", "statement"]),
    ("courier", &["values"]),
    ("api", &BELOW_API),
    ("web", &["assets", "api"]),
    ("machine", &["values", "assets", "api", "source", "courier"]),
    // The terminal hands over values, finds assets and writes numbers as printed pages do.
    ("cli", &["values", "assets", "document", "api", "machine", "web"]),
    ("comptoir-desktop", &["api", "machine"]),
    ("tests", &EVERYTHING),
    // The long simulation is a command of the one and lives in the other.
    ("xtask", &EVERYTHING_AND_TESTS),
];

const BELOW_API: [&str; 11] = [
    "values",
    "assets",
    "statement",
    "einvoice",
    "book",
    "matching",
    "report",
    "tax",
    "document",
    "source",
    "courier",
];

const EVERYTHING: [&str; 13] = [
    "values",
    "assets",
    "statement",
    "einvoice",
    "book",
    "matching",
    "report",
    "tax",
    "document",
    "source",
    "courier",
    "api",
    "web",
];

const EVERYTHING_AND_TESTS: [&str; 14] = [
    "values",
    "assets",
    "statement",
    "einvoice",
    "book",
    "matching",
    "report",
    "tax",
    "document",
    "source",
    "courier",
    "api",
    "web",
    "tests",
];

/// The one crate that speaks to the database, and the one that tampers with a book to see that
/// verification finds it.
const RUSQLITE: &[&str] = &["book", "tests"];

pub(super) fn check(_: &Tree) -> Vec<String> {
    match metadata() {
        Ok(metadata) => complaints(&metadata),
        Err(why) => vec![why],
    }
}

/// What cargo knows of the workspace.
fn metadata() -> Result<serde_json::Value, String> {
    let asked = ["metadata", "--format-version", "1", "--no-deps", "--offline"];
    let told = Command::new(env!("CARGO")).args(asked).current_dir(root()).output();
    let told = told.map_err(|why| format!("asking cargo for its metadata: {why}"))?;
    if !told.status.success() {
        return Err(format!("cargo metadata: {}", String::from_utf8_lossy(&told.stderr)));
    }
    serde_json::from_slice(&told.stdout).map_err(|why| format!("reading cargo metadata: {why}"))
}

/// The arrows that are not in the table, and the crates that are not.
pub(super) fn complaints(metadata: &serde_json::Value) -> Vec<String> {
    let floors: BTreeMap<&str, &[&str]> = FLOORS.iter().copied().collect();
    let mut found = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or("");
        let Some(allowed) = floors.get(name) else {
            found.push(format!("{name} is not in the table of floors"));
            continue;
        };
        for used in package["dependencies"].as_array().into_iter().flatten() {
            let used = used["name"].as_str().unwrap_or("");
            if floors.contains_key(used) && !allowed.contains(&used) {
                found.push(format!("{name} uses {used}: that arrow needs a decision first"));
            }
            if used == "rusqlite" && !RUSQLITE.contains(&name) {
                found.push(format!("{name} uses rusqlite: all the SQL there is lies in book"));
            }
        }
    }
    found
}
