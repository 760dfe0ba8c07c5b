//! `cargo xtask tidy`: the rules of this repository that a compiler does not know.
//!
//! Each check is one file and one function from the tracked files to a list of complaints, so a
//! rule is a test and the drawing in docs/architecture.md cannot lie. Exceptions stand beside the
//! rule they bend, counted and with their reason. Start reading at [`CHECKS`].

mod arrows;
mod assets;
mod interface;
mod locales;
mod nevers;
mod pins;
mod rust;
mod sizes;
mod tree;

use tree::Tree;

/// A check: what it finds wrong, one sentence each.
type Check = fn(&Tree) -> Vec<String>;

/// Every check by its name.
const CHECKS: &[(&str, Check)] = &[
    ("arrows", arrows::check),
    ("assets", assets::check),
    ("interface", interface::check),
    ("locales", locales::check),
    ("nevers", nevers::check),
    ("pins", pins::check),
    ("sizes", sizes::check),
];

/// Runs every check over the tracked files.
pub fn run() -> Result<String, String> {
    let tree = Tree::tracked()?;
    let mut found = Vec::new();
    for (name, check) in CHECKS {
        found.extend(check(&tree).into_iter().map(|complaint| format!("{name}: {complaint}")));
    }
    if found.is_empty() {
        return Ok(format!("{} checks, {} files: tidy", CHECKS.len(), tree.files.len()));
    }
    Err(format!("{}\n{} complaint(s)", found.join("\n"), found.len()))
}

#[cfg(test)]
mod tests;
