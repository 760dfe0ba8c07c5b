//! One small command through the door: what it costs and how often it waits for the disk.

use super::Row;
use super::desk::Desk;
use super::meter::{each_us, ms, percentile, thread_ns, wall_us};
use book::{ChangeSetting, Command};
use std::path::Path;
use values::Day;

/// How many commands of each kind, measured in groups.
const COMMANDS: i64 = 500;
const GROUP: i64 = 25;
/// The most processor time a command may take, in microseconds.
const MOST_US: u64 = 1_000;
/// How many commands the counted syncs are spread over.
const COUNTED: i64 = 100;

pub(super) fn measure(folder: &Path) -> Result<Vec<Row>, String> {
    let day = Day::parse("2026-01-01").map_err(|why| why.to_string())?;
    let mut desk = Desk::new(&folder.join("door.comptoir"), day)?;
    let mut rows = Vec::new();
    let (cpu, wall) = kind(&mut desk, |desk, n| desk.small_entry(n).into())?;
    rows.push(row("one small entry as a draft", cpu, wall));
    let (cpu, wall) = kind(&mut desk, |desk, n| setting(desk.first_day, n).into())?;
    rows.push(row("one setting", cpu, wall));
    rows.push(match syncs(folder)? {
        Some(hundredths) => Row::new(
            "syncs a command",
            format!("{}.{:02}", hundredths / 100, hundredths % 100),
            "1",
            hundredths == 100,
        ),
        None => Row::new("syncs a command", "strace is not there".to_owned(), "1", false),
    });
    Ok(rows)
}

fn row(what: &str, cpu_us: u64, wall_us: u64) -> Row {
    let got = format!("{} cpu, {} wall", ms(cpu_us), ms(wall_us));
    Row::new(what, got, "1 ms of cpu, median", cpu_us <= MOST_US)
}

fn setting(day: Day, n: i64) -> ChangeSetting {
    ChangeSetting {
        name: "name".to_owned(),
        value: format!("Atelier {n}"),
        valid_from: day.plus_days(n % 300),
    }
}

/// Medians of processor time by group and of wall time by command, in microseconds.
fn kind(desk: &mut Desk, make: impl Fn(&Desk, i64) -> Command) -> Result<(u64, u64), String> {
    let (mut cpu, mut wall) = (Vec::new(), Vec::new());
    // The first ones fill caches that every later one finds.
    for n in 0..COMMANDS + GROUP {
        let command = make(desk, n);
        let before = (n % GROUP == 0).then(thread_ns);
        if let Some(now) = before {
            cpu.push(now);
        }
        let (done, took) = wall_us(|| desk.execute(command));
        done?;
        wall.push(took);
    }
    cpu.push(thread_ns());
    let mut cpu = each_us(&cpu, GROUP as usize);
    Ok((percentile(&mut cpu, 50), percentile(&mut wall, 50)))
}

/// Syncs a command, in hundredths: what many commands cause more than none do.
fn syncs(folder: &Path) -> Result<Option<u64>, String> {
    let count = |name: &str, commands: i64| -> Result<Option<u64>, String> {
        let own = std::env::current_exe().map_err(|why| format!("finding this program: {why}"))?;
        let book = folder.join(name);
        std::fs::create_dir(&book).map_err(|why| format!("making a folder: {why}"))?;
        let told = book.join("calls");
        let ran = std::process::Command::new("strace")
            .args(["-f", "-e", "trace=fsync,fdatasync", "-o"])
            .arg(&told)
            .arg(own)
            .args(["bench", "commands"])
            .arg(&book)
            .arg(commands.to_string())
            .output();
        let Ok(ran) = ran else { return Ok(None) };
        if !ran.status.success() {
            return Err(String::from_utf8_lossy(&ran.stderr).into_owned());
        }
        let calls = std::fs::read_to_string(told).map_err(|why| format!("reading calls: {why}"))?;
        Ok(Some(calls.lines().filter(|line| line.contains("sync(")).count() as u64))
    };
    let (none, many) = (count("none", 0)?, count("many", COUNTED)?);
    Ok(none.zip(many).map(|(none, many)| many.saturating_sub(none) * 100 / COUNTED as u64))
}

/// Only the commands, for whoever counts what they ask of the system.
pub(super) fn only_commands(folder: &Path, count: &str) -> Result<String, String> {
    let count: i64 = count.parse().map_err(|_| "a number of commands is needed".to_owned())?;
    let day = Day::parse("2026-01-01").map_err(|why| why.to_string())?;
    let mut desk = Desk::new(&folder.join("counted.comptoir"), day)?;
    for n in 0..count {
        let command: Command =
            if n % 2 == 0 { desk.small_entry(n).into() } else { setting(day, n).into() };
        desk.execute(command)?;
    }
    Ok(format!("{count} commands"))
}
