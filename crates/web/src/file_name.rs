//! A file name that came from outside, made one that any disk takes.

/// Bytes of the longest name; systems take 255, and a note may be added to it.
const MOST_BYTES: usize = 150;

/// Bytes of an ending that is kept when a name is cut: `.camt.053.xml` does not fit, `.xml` does.
const MOST_ENDING: usize = 16;

/// What a name without any sound part becomes.
const NAMELESS: &str = "file";

/// The last part of `name` without separators, dots at its ends and what Windows refuses; letters
/// of every script stay. At most 150 bytes, its ending kept.
pub(crate) fn safe(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or("");
    let plain = |one: char| if one.is_control() || ":*?\"<>|".contains(one) { '_' } else { one };
    let plain: String = last.chars().map(plain).collect();
    let at_ends = |one: char| one == '.' || one.is_whitespace();
    let trimmed = plain.trim_matches(at_ends);
    let cut = cut(trimmed);
    let cut = cut.trim_matches(at_ends);
    if cut.is_empty() { NAMELESS.to_owned() } else { cut.to_owned() }
}

fn cut(name: &str) -> String {
    if name.len() <= MOST_BYTES {
        return name.to_owned();
    }
    let ending = name.rfind('.').map_or("", |at| &name[at..]);
    let ending = if ending.len() <= MOST_ENDING { ending } else { "" };
    let mut end = MOST_BYTES - ending.len();
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{ending}", &name[..end])
}

#[cfg(test)]
mod tests;
