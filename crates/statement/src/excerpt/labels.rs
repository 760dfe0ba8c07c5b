//! Where the words of a label stand in a text: a reader joins what a file keeps in several fields,
//! and resolves what stands for one letter in the place of many.

use std::ops::Range;

/// Fewer letters than these are not looked for alone: they stand anywhere.
const FEWEST: usize = 3;

/// The stretches of a label in the order of its words, each as long as may be.
pub(super) fn find(text: &str, label: &str) -> Vec<Range<usize>> {
    let words: Vec<&str> = label.split_whitespace().collect();
    let mut found = Vec::new();
    let (mut first, mut from) = (0, 0);
    while first < words.len() {
        match longest(text, from, &words[first..]) {
            Some((range, count)) => {
                from = range.end;
                found.push(range);
                first += count;
            }
            None => first += 1,
        }
    }
    found
}

/// Where the first of these words and as many after it as may be stand, from a place on.
fn longest(text: &str, from: usize, words: &[&str]) -> Option<(Range<usize>, usize)> {
    let (first, others) = words.split_first()?;
    let mut best: Option<(Range<usize>, usize)> = None;
    let (plain, escaped) = (first.chars().next()?, escaped(first).chars().next()?);
    for (at, _) in text[from..].match_indices([plain, escaped]) {
        let start = from + at;
        let Some(length) = written(&text[start..], first) else { continue };
        let (mut end, mut count) = (start + length, 1);
        for word in others {
            let rest = &text[end..];
            let gap = rest.len() - rest.trim_start_matches([' ', '\t', '\u{a0}']).len();
            let Some(length) = written(&rest[gap..], word).filter(|_| gap > 0) else { break };
            end += gap + length;
            count += 1;
        }
        let longer = best.as_ref().is_none_or(|(range, _)| end - start > range.len());
        if longer && end - start >= FEWEST {
            best = Some((start..end, count));
        }
    }
    best
}

/// How many bytes a word takes where a text begins with it, as it is or as XML and OFX write it.
fn written(text: &str, word: &str) -> Option<usize> {
    // As it is it may be the beginning of what stands for it.
    let escaped = escaped(word);
    [escaped.as_str(), word].iter().find(|way| text.starts_with(**way)).map(|way| way.len())
}

fn escaped(word: &str) -> String {
    word.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
