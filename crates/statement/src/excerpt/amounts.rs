//! Where an amount stands in a text, however the bank writes it.

use std::ops::Range;

/// What banks put between thousands.
const BETWEEN: [&str; 7] = ["", " ", "\u{a0}", "\u{202f}", ".", ",", "'"];

/// What may stand before and after an amount without decimals; anything else may be part of a day
/// or of a reference.
const EDGES: &str = ";,\t|<>\"'=:+-";

/// The first place of an amount.
pub(super) fn find(text: &str, amount_minor: i64, exponent: u32) -> Option<Range<usize>> {
    let digits = amount_minor.unsigned_abs().to_string();
    let places = exponent as usize;
    let digits = format!("{}{digits}", "0".repeat((places + 1).saturating_sub(digits.len())));
    let (whole, decimals) = digits.split_at(digits.len() - places);
    let short = decimals.trim_end_matches('0');
    for decimals in [decimals, short] {
        for mark in [".", ","] {
            for between in BETWEEN.into_iter().filter(|between| *between != mark) {
                if decimals.is_empty() || (!between.is_empty() && whole.len() <= 3) {
                    continue;
                }
                let wanted = format!("{}{mark}{decimals}", grouped(whole, between));
                let alone = |before: Option<char>, after: Option<char>| {
                    let digit = |letter: Option<char>| letter.is_some_and(|c| c.is_ascii_digit());
                    !digit(before) && !digit(after)
                };
                if let Some(found) = place(text, &wanted, alone) {
                    return Some(found);
                }
            }
        }
    }
    if !short.is_empty() {
        return None;
    }
    let edge = |letter: Option<char>| letter.is_none_or(|letter| EDGES.contains(letter));
    let lines = |letter: Option<char>| letter.is_some_and(|c| c == '\n' || c == '\r');
    BETWEEN.into_iter().find_map(|between| {
        let alone =
            |before, after| (edge(before) || lines(before)) && (edge(after) || lines(after));
        place(text, &grouped(whole, between), alone)
    })
}

fn grouped(whole: &str, between: &str) -> String {
    let mut text = String::with_capacity(whole.len() * 2);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push_str(between);
        }
        text.push(digit);
    }
    text
}

fn place(
    text: &str,
    wanted: &str,
    alone: impl Fn(Option<char>, Option<char>) -> bool,
) -> Option<Range<usize>> {
    text.match_indices(wanted).map(|(at, _)| at..at + wanted.len()).find(|range| {
        alone(text[..range.start].chars().next_back(), text[range.end..].chars().next())
    })
}
