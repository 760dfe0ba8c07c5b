//! The real window beside an empty one of its toolkit: started, used, left alone.

use super::Row;
use super::desk::Desk;
use super::lines;
use std::path::Path;
use std::process::{Command, Stdio};

/// Lines that wait beside the many that are booked.
const WAITING: usize = 300;

/// Measures the program that was built in a folder on the desk's book and on an empty one.
pub(super) fn measure(mut desk: Desk, folder: &Path, built: &Path) -> Result<Vec<Row>, String> {
    let built = built.canonicalize().map_err(|why| format!("{}: {why}", built.display()))?;
    desk.import(lines::ofx(WAITING, lines::FEES).as_bytes(), "fees.ofx")?;
    let (full, first_day) = (desk.book.path().to_owned(), desk.first_day);
    // Both are closed: the window opens them itself.
    drop(desk);
    let none = folder.join("none.comptoir");
    drop(Desk::new(&none, first_day)?);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let ran = Command::new("xvfb-run")
        .args(["-a", "-s", "-screen 0 1440x900x24 -nolisten tcp", "node", "bench/window.mjs"])
        .args([built.join("comptoir-desktop"), built.join("examples/empty"), full, none])
        .current_dir(root)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|why| format!("xvfb-run: {why}"))?;
    let told = String::from_utf8_lossy(&ran.stdout);
    if !ran.status.success() {
        return Err(format!("the window could not be measured\n{told}"));
    }
    told.lines().map(row).collect()
}

/// A row as the script tells it, parted by tabs.
fn row(line: &str) -> Result<Row, String> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [what, got, goal, met] = fields[..] else { return Err(format!("no row: {line}")) };
    Ok(Row::new(what, got.to_owned(), goal, met == "met"))
}
