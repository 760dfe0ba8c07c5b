//! Builds the interface of `ui/dist` into a release; a debug build reads it from there when asked.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for item in fs::read_dir(folder)? {
        let path = item?.path();
        if path.is_dir() {
            walk(&path, found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}

/// The list of files as Rust: names from `ui/dist` with forward slashes, and their bytes.
fn list(dist: &Path) -> io::Result<String> {
    let mut found = Vec::new();
    walk(dist, &mut found)?;
    let mut named: Vec<(String, &PathBuf)> = Vec::new();
    for path in &found {
        let name = path.strip_prefix(dist).map_err(io::Error::other)?;
        named.push((name.to_string_lossy().replace('\\', "/"), path));
    }
    named.sort();
    let mut code = String::from("static FILES: &[(&str, &[u8])] = &[\n");
    for (name, path) in &named {
        let path = path.display().to_string();
        writeln!(code, "    ({name:?}, include_bytes!({path:?})),").map_err(io::Error::other)?;
    }
    code.push_str("];\n");
    Ok(code)
}

#[allow(clippy::disallowed_methods)] // A build script is given its folders by the environment.
fn given(name: &str) -> io::Result<PathBuf> {
    env::var(name).map(PathBuf::from).map_err(io::Error::other)
}

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let dist = given("CARGO_MANIFEST_DIR")?.join("../../ui/dist");
    // Cargo can watch only what exists, and the engine builds on a machine without Node.
    fs::create_dir_all(&dist)?;
    let dist = dist.canonicalize()?;
    let code = if given("PROFILE")? == Path::new("release") {
        println!("cargo::rerun-if-changed={}", dist.display());
        list(&dist)?
    } else {
        // Nothing is compiled again when only the interface was built again.
        "static FILES: &[(&str, &[u8])] = &[];\n".to_owned()
    };
    fs::write(given("OUT_DIR")?.join("interface.rs"), code)
}
