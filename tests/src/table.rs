//! The table of a long run, as `docs/simulation.md` shows it.

use crate::run::Tally;
use std::fmt::Write;

/// The page: what ran, what was counted, what failed.
pub fn page(tally: &Tally, commands: u64, failures: &[String], wall_seconds: u64) -> String {
    let mut text = String::from(
        "# The simulation\n\n\
         Written by `cargo xtask simulate`. Random commands of every kind, sound and hostile, go \
         into a book and are held against a simple model; writers are killed at random moments. \
         A seed tells the same story on every machine; `tests/src/` says what is checked.\n\n\
         | what | count |\n|---|---:|\n",
    );
    let refused: u64 = tally.refused.values().sum();
    let rows: &[(&str, u64)] = &[
        ("seeds", tally.seeds),
        ("commands a seed", commands),
        ("commands", tally.commands),
        ("accepted, each with its record", tally.accepted),
        ("without effect and without record", tally.without_record),
        ("refused, the digest unchanged", refused),
        ("dry runs that answered as the command then did", tally.dry),
        ("undone among the commands", tally.kinds.get("Undo").copied().unwrap_or(0)),
        ("last records undone, then or at the end, back to the digest before", tally.unwound),
        ("replays to the same digest", tally.replays),
        ("writers killed, the book then as acknowledged", tally.kills),
        ("of them with one command committed and not yet acknowledged", tally.in_flight),
        ("torn copies that were a state of the book", tally.copies_whole),
        ("torn copies refused", tally.copies_refused),
        ("seconds of wall time", wall_seconds),
    ];
    for (what, count) in rows {
        // Writing into a String cannot fail.
        let _ = writeln!(text, "| {what} | {count} |");
    }
    let _ = writeln!(text, "\n**failures: {}**", failures.len());
    for failure in failures {
        let _ = writeln!(text, "\n```\n{failure}\n```");
    }
    text.push_str("\n| accepted | times |\n|---|---:|\n");
    for (name, count) in &tally.kinds {
        let _ = writeln!(text, "| {name} | {count} |");
    }
    text.push_str("\n| refused because | times |\n|---|---:|\n");
    for (code, count) in &tally.refused {
        let _ = writeln!(text, "| {code} | {count} |");
    }
    text
}
