//! Builds every file of `assets/` into the program, save what only tests read.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for item in fs::read_dir(folder)? {
        let path = item?.path();
        if path.is_dir() {
            // A folder called `tests` or `samples` holds what proves its neighbours.
            if !matches!(path.file_name().and_then(|n| n.to_str()), Some("tests" | "samples")) {
                walk(&path, found)?;
            }
        } else {
            found.push(path);
        }
    }
    Ok(())
}

#[allow(clippy::disallowed_methods)] // A build script is given its folders by the environment.
fn main() -> io::Result<()> {
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let root = here.join("../../assets").canonicalize()?;
    println!("cargo::rerun-if-changed={}", root.display());
    let mut found = Vec::new();
    walk(&root, &mut found)?;
    // By name, byte by byte: `tax-codes/` comes before `tax/`, as the reader's search expects.
    let mut named: Vec<(String, &PathBuf)> = found
        .iter()
        .map(|path| {
            let name = path.strip_prefix(&root).expect("under the root");
            (name.to_str().expect("asset names are UTF-8").replace('\\', "/"), path)
        })
        .collect();
    named.sort();
    let mut code = String::from("static FILES: &[(&str, &[u8])] = &[\n");
    for (name, path) in &named {
        writeln!(code, "    ({name:?}, include_bytes!({:?})),", path.display().to_string())
            .expect("writing to a string");
    }
    code.push_str("];\n");
    fs::write(PathBuf::from(env::var("OUT_DIR").expect("cargo sets it")).join("files.rs"), code)
}
