//! Words as they are compared: capitals without accents, one space between.

/// A text in capitals without accents, where all that is no letter or digit counts as one space.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for letter in text.chars() {
        if !letter.is_alphanumeric() {
            // Accents that stand as a letter of their own belong to the letter before.
            gap |= !('\u{300}'..='\u{36f}').contains(&letter);
            continue;
        }
        if gap && !folded.is_empty() {
            folded.push(' ');
        }
        gap = false;
        if letter.is_ascii() {
            folded.push(letter.to_ascii_uppercase());
            continue;
        }
        for capital in letter.to_uppercase() {
            match without_accent(capital) {
                Some(plain) => folded.push_str(plain),
                None => folded.push(capital),
            }
        }
    }
    folded
}

fn without_accent(letter: char) -> Option<&'static str> {
    Some(match letter {
        'À'..='Å' | 'Ā' | 'Ă' | 'Ą' => "A",
        'Æ' => "AE",
        'Ç' | 'Ć' | 'Č' => "C",
        'Ď' | 'Đ' | 'Ð' => "D",
        'È'..='Ë' | 'Ē' | 'Ė' | 'Ę' | 'Ě' => "E",
        'Ğ' => "G",
        'Ì'..='Ï' | 'Ī' | 'Į' | 'İ' => "I",
        'Ł' => "L",
        'Ñ' | 'Ń' | 'Ň' => "N",
        'Ò'..='Ö' | 'Ø' | 'Ō' | 'Ő' => "O",
        'Œ' => "OE",
        'Ř' => "R",
        'Ś' | 'Ş' | 'Š' | 'Ș' => "S",
        'ẞ' => "SS",
        'Ţ' | 'Ť' | 'Ț' => "T",
        'Ù'..='Ü' | 'Ū' | 'Ů' | 'Ű' => "U",
        'Ý' | 'Ÿ' => "Y",
        'Ź' | 'Ż' | 'Ž' => "Z",
        _ => return None,
    })
}

/// Whether a folded phrase stands in a folded text as whole words.
pub(crate) fn holds(text: &str, phrase: &str) -> bool {
    !phrase.is_empty()
        && text.match_indices(phrase).any(|(start, _)| {
            let end = start + phrase.len();
            (start == 0 || text.as_bytes()[start - 1] == b' ')
                && (end == text.len() || text.as_bytes()[end] == b' ')
        })
}

/// Letters and digits alone, as capitals: `FA-2026-0012` and `FA 20260012` are the same number.
pub(crate) fn compact(text: &str) -> String {
    fold(text).replace(' ', "")
}

/// How often a token holds a digit.
pub(crate) fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

#[cfg(test)]
mod tests;
