//! `cargo xtask bench`: what the engine costs, in process, each figure beside its goal.
//!
//! It is the one chore that reads the clock. Everything is measured on books of its own in a
//! folder that goes away, with invented lines or with those of a folder given by `--data`. Ratios
//! come from one run, since machines differ. Start reading at [`run`].

mod bulk;
mod desk;
mod door;
mod feeding;
mod lines;
mod meter;
mod office;
mod pages;
mod selling;
mod window;

use desk::Desk;
use meter::{ms, percentile};
use std::path::{Path, PathBuf};

/// What may be asked.
#[derive(Default)]
struct Asked {
    /// A folder with `bank.ofx`, in place of invented lines.
    data: Option<PathBuf>,
    /// A program to compare with: `PROGRAM import BOOK FILE` inserts the lines of a bank file into
    /// an SQLite file with prepared statements and indexes, and does nothing else.
    limit: Option<PathBuf>,
    /// How many lines to invent.
    lines: usize,
    /// A folder with the window's program and `examples/empty`, to measure the window too.
    window: Option<PathBuf>,
    /// Whether the table goes into docs/performance.md.
    write: bool,
}

/// One figure beside its goal.
struct Row {
    what: String,
    got: String,
    goal: String,
    met: bool,
}

impl Row {
    fn new(what: &str, got: String, goal: &str, met: bool) -> Row {
        Row { what: what.to_owned(), got, goal: goal.to_owned(), met }
    }

    /// What many took on the clock, in microseconds: 99 of 100 of them at most so much.
    fn spread(what: &str, mut took: Vec<u64>, goal: &str, most_us: u64) -> Row {
        let (half, most) = (percentile(&mut took, 50), percentile(&mut took, 99));
        let got = format!("{} p99, {} median", ms(most), ms(half));
        Row::new(what, got, goal, most <= most_us)
    }
}

/// Measures everything and gives the table.
pub fn run(words: &[&str]) -> Result<String, String> {
    if let ["commands", folder, count] = words {
        return door::only_commands(Path::new(folder), count);
    }
    if let ["letters", book] = words {
        return selling::only_letters(Path::new(book));
    }
    let asked = asked(words)?;
    let folder = tempfile::tempdir().map_err(|why| format!("making a folder: {why}"))?;
    let file = match &asked.data {
        Some(data) => data.join("bank.ofx"),
        None => {
            let file = folder.path().join("bank.ofx");
            let text = lines::ofx(asked.lines, lines::MANY);
            std::fs::write(&file, text).map_err(|why| format!("writing lines: {why}"))?;
            file
        }
    };
    let mut rows = door::measure(folder.path())?;
    let mut desk = Desk::new(&folder.path().join("bulk.comptoir"), lines::first_day(&file)?)?;
    rows.extend(bulk::measure(&mut desk, &file, asked.limit.as_deref())?);
    rows.extend(pages::measure(&desk)?);
    rows.extend(selling::measure(folder.path())?);
    rows.extend(feeding::measure(folder.path(), asked.lines)?);
    let mut told = table(&rows);
    if asked.write {
        write("bench", &told)?;
    }
    if let Some(built) = &asked.window {
        let shown = table(&window::measure(desk, folder.path(), built)?);
        if asked.write {
            write("bench of the window", &shown)?;
        }
        told += &format!("\n{shown}");
    }
    Ok(told)
}

fn asked(words: &[&str]) -> Result<Asked, String> {
    let mut asked = Asked { lines: 100_000, ..Asked::default() };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("{word} needs a value"));
        match *word {
            "--data" => asked.data = Some(value()?.into()),
            "--limit" => asked.limit = Some(value()?.into()),
            "--lines" => {
                asked.lines = value()?.parse().map_err(|_| "--lines needs a number".to_owned())?;
            }
            "--window" => asked.window = Some(value()?.into()),
            "--write" => asked.write = true,
            _ => return Err(format!("bench does not know {word}")),
        }
    }
    Ok(asked)
}

fn table(rows: &[Row]) -> String {
    let mut text = "| what | here | goal | |\n|---|---|---|---|\n".to_owned();
    for row in rows {
        let verdict = if row.met { "met" } else { "**missed**" };
        text += &format!("| {} | {} | {} | {verdict} |\n", row.what, row.got, row.goal);
    }
    text
}

/// Between its two marks, the table of the last run.
fn write(name: &str, table: &str) -> Result<(), String> {
    let marks = [format!("<!-- {name} -->\n"), format!("<!-- end of {name} -->")];
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/performance.md");
    let failed = |why| format!("{}: {why}", path.display());
    let text = std::fs::read_to_string(&path).map_err(failed)?;
    let found = text.split_once(&marks[0]);
    let found = found.and_then(|(before, rest)| Some((before, rest.split_once(&marks[1])?.1)));
    let Some((before, after)) = found else {
        return Err(format!("docs/performance.md has lost the marks of its table, {name}"));
    };
    let text = format!("{before}{}{table}{}{after}", marks[0], marks[1]);
    std::fs::write(&path, text).map_err(failed)
}
