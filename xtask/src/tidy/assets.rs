//! No dead weight: whatever lies in `assets/` is read by something.

use super::tree::{File, Tree};

/// Folders of which code reads every file, as a string of the code that does.
const READ_WHOLE: &[&str] = &["locales/{}/", "recipes/", "connectors/", "tax/", "sample/fr/"];

/// Files that only people read.
const FOR_PEOPLE: &[(&str, &str)] = &[
    ("assets/fonts/OFL.txt", "the licence that travels with the fonts"),
    ("assets/fonts/README.md", "where the fonts come from"),
    ("assets/icons/comptoir.svg", "what scripts/icons.sh draws the window's pictures from"),
];

pub(super) fn check(tree: &Tree) -> Vec<String> {
    let strings: Vec<&str> = tree
        .rust()
        .filter(|(file, _)| file.name.starts_with("crates/"))
        .flat_map(|(_, source)| source.strings.iter().map(|(_, said)| said.as_str()))
        .collect();
    let mut found = Vec::new();
    for folder in READ_WHOLE {
        if !strings.contains(folder) {
            found.push(format!("no code names {folder}, which is said to be read whole"));
        }
    }
    for (name, _) in FOR_PEOPLE {
        if tree.text(name).is_none() {
            found.push(format!("{name} is excepted and is gone"));
        }
    }
    let files = tree.files.iter().filter(|file| file.name.starts_with("assets/"));
    found.extend(
        files
            .filter(|file| !is_read(file, &strings, tree))
            .map(|file| format!("{} is named by no code and by no other asset", file.name)),
    );
    found
}

/// Whether a file lies in a folder read whole, or is named by code or by another asset.
fn is_read(file: &File, strings: &[&str], tree: &Tree) -> bool {
    let name = file.name.trim_start_matches("assets/");
    let last = name.rsplit('/').next().unwrap_or(name);
    let stem = last.split('.').next().unwrap_or(last);
    let whole = READ_WHOLE.iter().any(|read| name.starts_with(read.trim_end_matches("{}/")));
    let for_people = FOR_PEOPLE.iter().any(|(known, _)| *known == file.name);
    // A name may be put together: of a country's rules the folder varies, of a font the stem.
    let template = strings.iter().any(|said| said.contains('{') && fits(said, name));
    let built = template
        && (strings.contains(&stem)
            || strings.iter().any(|said| said.ends_with(&format!("}}/{last}"))));
    let by_asset = || {
        let mut others = tree.files.iter().filter(|one| one.name.starts_with("assets/"));
        others.any(|one| one.name != file.name && one.text.contains(&format!("\"{last}\"")))
    };
    whole || for_people || built || strings.contains(&name) || by_asset()
}

/// Whether a name is made by a template like `rules/{country}/words.toml`.
fn fits(template: &str, name: &str) -> bool {
    let (parts, names) = (template.split('/'), name.split('/'));
    parts.clone().count() == names.clone().count()
        && parts.zip(names).all(|(part, name)| match (part.find('{'), part.rfind('}')) {
            (Some(from), Some(to)) => {
                name.starts_with(&part[..from]) && name.ends_with(&part[to + 1..])
            }
            _ => part == name,
        })
}
