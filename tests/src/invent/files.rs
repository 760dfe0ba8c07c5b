//! Files of entries, kept as blobs: drafts in bulk, and a former software's history.

use super::entries;
use crate::chance::Chance;
use book::{Book, Command, DraftFile, Result, TakeOver};
use chrono::{DateTime, Utc};
use std::fmt::Write;
use values::Day;

/// Few or many drafts in one file, some posted at once; `many` is enough for the task to be asked.
pub fn drafts(
    chance: &mut Chance,
    book: &mut Book,
    (at, today): (DateTime<Utc>, Day),
    (many, may_post): (bool, bool),
) -> Result<Command> {
    let mut text = String::new();
    for place in 0..if many { 240 } else { chance.below(6) } {
        let mut entry = entries::entry(chance, today.plus_days(-(place % 40)), None);
        entry.kind = book::Kind::Ordinary;
        // Writing into a String cannot fail; an entry has no part that JSON cannot hold.
        let _ = writeln!(text, "{}", serde_json::to_string(&entry).unwrap_or_default());
    }
    match chance.below(12) {
        0 => text.push_str("{\"journal\":\"VE\"}\n"),
        1 => text.push_str("\u{feff}[]"),
        2 => text.push_str("{\"counterparty\":{\"code\":\"C9\",\"name\":\"Neuf\"}}"),
        _ => {}
    }
    let (blob, _) = book.note_blob(text.as_bytes(), "ecritures.jsonl", at)?;
    let blob = if chance.often(4) { "ab".repeat(32) } else { blob };
    Ok(DraftFile { blob, post: may_post && chance.often(30) }.into())
}

/// Years of a former software.
pub fn history(chance: &mut Chance, book: &mut Book, at: DateTime<Utc>) -> Result<Command> {
    let mut text = String::new();
    let latest = if chance.often(10) { 2027 } else { 2025 };
    let year = chance.between(2023, latest);
    for _ in 0..chance.between(1, 8) {
        let amount = chance.between(1, 100_000);
        let (month, of_month) = (chance.between(1, 12), chance.between(1, 28));
        let account = chance.word(&["411000", "606400", "445710", "9ABC", "706"]);
        let _ = writeln!(
            text,
            "{{\"journal\":\"{}\",\"day\":\"{year}-{month:02}-{of_month:02}\",\"label\":\"Repris\",\
             \"lines\":[{{\"account\":\"512100\",\"amount_minor\":{amount}}},\
             {{\"account\":\"{account}\",\"amount_minor\":{}}}]}}",
            chance.word(&["OD", "VE", "BQ", "AN"]),
            -amount,
        );
    }
    match chance.below(12) {
        0 => text = text.replacen("512100", "é1", 1),
        1 => text = text.replacen("\"amount_minor\":", "\"amount_minor\":1", 1),
        2 => text = text.replacen("512100", "", 1),
        3 => text.push_str("{}"),
        _ => {}
    }
    let (blob, _) = book.note_blob(text.as_bytes(), "historique.jsonl", at)?;
    Ok(TakeOver { blob }.into())
}
