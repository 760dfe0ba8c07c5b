//! A provider's own words, cleared of whatever should not be shown or logged.

use statement::feed::{Json, plain_text};
use std::borrow::Cow;
use values::{Iban, Secret};

/// The longest text of a provider that is passed on, in letters.
const LONGEST: usize = 200;

/// The first text that stands at one of the pointers, cleared.
pub(crate) fn shown(root: &Json<'_>, at: &[String]) -> Option<String> {
    let text = at.iter().find_map(|pointer| root.pointer(pointer)?.scalar())?;
    Some(cleared(&text)).filter(|text| !text.is_empty())
}

/// Plain and short, without tags, addresses, account numbers and whatever looks like a key.
pub(crate) fn cleared(text: &str) -> String {
    let plain = plain_text(Cow::Owned(without_tags(text)), LONGEST * 4);
    let words: Vec<&str> = plain.split_whitespace().collect();
    let mut kept: Vec<&str> = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let grouped = iban_words(&words[at..]);
        if grouped > 0 || secretive(words[at]) {
            if kept.last() != Some(&"…") {
                kept.push("…");
            }
            at += grouped.max(1);
        } else {
            kept.push(words[at]);
            at += 1;
        }
    }
    plain_text(Cow::Owned(kept.join(" ")), LONGEST).into_owned()
}

/// The same, with every secret that was used taken out, however the provider wraps it.
pub(crate) fn without_secrets(words: String, secrets: &[Secret]) -> String {
    let shown = |words: String, secret: &Secret| match secret.expose() {
        "" => words,
        secret => words.replace(secret, "…"),
    };
    secrets.iter().fold(words, shown)
}

fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut within = false;
    for letter in text.chars() {
        match letter {
            '<' => within = true,
            '>' if within => {
                within = false;
                out.push(' ');
            }
            _ if !within => out.push(letter),
            _ => {}
        }
    }
    out
}

/// How many words from here make an IBAN, in groups or in one piece; 0 for none.
fn iban_words(words: &[&str]) -> usize {
    let mut joined = String::new();
    for (count, word) in words.iter().take(9).enumerate() {
        joined.push_str(word.trim_matches(|letter: char| !letter.is_ascii_alphanumeric()));
        if joined.len() > 34 {
            break;
        }
        if Iban::parse(&joined).is_ok() {
            return count + 1;
        }
    }
    0
}

/// An address, or a long word with digits: a token, a key, a number of an account.
fn secretive(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    word.contains("://") || word.contains('@') || (word.len() >= 12 && digits >= 2) || digits >= 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_should_not_be_shown_is_gone() {
        for (text, expect) in [
            ("Please sign in again.", "Please sign in again."),
            ("<b>Busy</b>, try <a href=\"x\">later</a>", "Busy , try later"),
            ("account FR76 3000 6000 0112 3456 7890 189 closed", "account … closed"),
            ("account FR7630006000011234567890189, closed", "account … closed"),
            ("token 62885d0f31aa9c is bad", "token … is bad"),
            ("see https://u:p@bank.example/x now", "see … now"),
            ("\u{202e}evil\u{1b}[0m", "evil [0m"),
            ("capped at 90 days on 2026-03-01", "capped at 90 days on …"),
        ] {
            assert_eq!(cleared(text), expect);
        }
        assert!(cleared(&"word ".repeat(500)).chars().count() <= LONGEST + 1);
    }
}
