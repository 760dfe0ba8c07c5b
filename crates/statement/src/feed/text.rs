//! A provider's words as plain text: nothing that steers a terminal, a page or the eye.

use std::borrow::Cow;

/// Letters that turn the direction of writing or take no place; they can make one text look like
/// another (Unicode Technical Report 36).
fn hides(letter: char) -> bool {
    matches!(letter,
        '\u{061C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

fn breaks(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}')
}

/// The text without control characters and bidi marks, blanks at the ends taken off, breaks turned
/// into single spaces, cut after `most` letters.
pub fn plain_text(text: Cow<'_, str>, most: usize) -> Cow<'_, str> {
    let odd = |letter: char| hides(letter) || breaks(letter);
    let trimmed = text.trim().len() == text.len();
    if trimmed && text.chars().count() <= most && !text.contains(odd) {
        return text;
    }
    let mut plain = String::with_capacity(text.len().min(most * 4));
    let mut gap = false;
    for letter in text.trim().chars().filter(|letter| !hides(*letter)) {
        gap |= breaks(letter);
        if breaks(letter) || (gap && letter == ' ') {
            continue;
        }
        if std::mem::take(&mut gap) && !plain.ends_with(' ') && !plain.is_empty() {
            plain.push(' ');
        }
        plain.push(letter);
    }
    let end = plain.char_indices().nth(most).map(|(end, _)| end);
    if let Some(end) = end {
        plain.truncate(end);
        plain.push('…');
    }
    plain.truncate(plain.trim_end().len());
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_text_is_left() {
        for (text, expect) in [
            ("Café de l'Étoile", "Café de l'Étoile"),
            ("  two \r\n lines\t", "two lines"),
            ("red\u{1b}[31m", "red [31m"),
            ("\u{202e}fdp.exe\u{202c}", "fdp.exe"),
            ("a\u{200b}b\u{2066}c", "abc"),
            ("a\u{0}b", "a b"),
            ("éééééééééééééééééééé", "éééééééééééééééé…"),
            ("", ""),
        ] {
            assert_eq!(plain_text(Cow::Borrowed(text), 16), expect);
        }
        let kept = plain_text(Cow::Borrowed("as it is"), 20);
        assert!(matches!(kept, Cow::Borrowed("as it is")));
    }
}
