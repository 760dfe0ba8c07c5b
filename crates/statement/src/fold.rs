//! Comparing words of headers: without case, accents or what an export lost of them.

/// Lower case without Latin accents; runs of blanks become one blank.
///
/// Only the beginning is kept: no heading is longer, and patterns are slow on long text.
pub fn folded(text: &str) -> String {
    const LONGEST: usize = 300;
    let mut out = String::with_capacity(text.len().min(LONGEST));
    for letter in text.trim().chars().take(LONGEST) {
        if letter.is_whitespace() {
            if !out.ends_with(' ') {
                out.push(' ');
            }
            continue;
        }
        for lower in letter.to_lowercase() {
            match base(lower) {
                Some(plain) => out.push_str(plain),
                None => out.push(lower),
            }
        }
    }
    out
}

fn base(letter: char) -> Option<&'static str> {
    Some(match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => "a",
        'ç' => "c",
        'è' | 'é' | 'ê' | 'ë' => "e",
        'ì' | 'í' | 'î' | 'ï' => "i",
        'ñ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' => "o",
        'ù' | 'ú' | 'û' | 'ü' => "u",
        'ý' | 'ÿ' => "y",
        'œ' => "oe",
        'æ' => "ae",
        'ß' => "ss",
        '’' | '`' | '´' => "'",
        _ => return None,
    })
}

/// Whether a folded text fits a folded pattern.
///
/// In the pattern `*` stands for any run and `?` for one letter. In the text U+FFFD, left where an
/// export lost a letter, stands for any letter; two in a row may stand for one.
pub fn fits(pattern: &str, text: &str) -> bool {
    captures(pattern, text).is_some()
}

/// What the last `*` of the pattern stands for, if the text fits; the whole text without one.
pub fn captures<'t>(pattern: &str, text: &'t str) -> Option<&'t str> {
    let (before, after) = match pattern.split_once('*') {
        None => return fixed(pattern, text).filter(|rest| rest.is_empty()).map(|_| text),
        Some(parts) => parts,
    };
    let rest = fixed(before, text)?;
    if after.is_empty() {
        return Some(rest);
    }
    let ends = rest.char_indices().map(|(place, _)| place).chain([rest.len()]);
    ends.into_iter().find_map(|place| {
        let caught = captures(after, &rest[place..])?;
        Some(if after.contains('*') { caught } else { &rest[..place] })
    })
}

/// The text after the pattern's letters, if it begins with them.
fn fixed<'t>(pattern: &str, text: &'t str) -> Option<&'t str> {
    let mut rest = text;
    for wanted in pattern.chars() {
        let letter = rest.chars().next()?;
        if letter != wanted && wanted != '?' && letter != '\u{FFFD}' {
            return None;
        }
        rest = &rest[letter.len_utf8()..];
        if letter == '\u{FFFD}' && wanted != '\u{FFFD}' {
            rest = rest.strip_prefix('\u{FFFD}').unwrap_or(rest);
        }
    }
    Some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_fit_whatever_was_lost() {
        for (pattern, text, expect) in [
            ("Libellé", "LIBELLE", true),
            ("Libellé", "Libell\u{FFFD}", true),
            ("Libellé", "Libell\u{FFFD}\u{FFFD}", true),
            ("Libellé", "Libell", false),
            ("Date", "Date de valeur", false),
            ("Date*", "Date de valeur", true),
            ("Montant (*)", "Montant (EUR)", true),
            ("*solde*", "Votre solde au 3", true),
            ("a?c", "abc", true),
            ("Date  d’opération", "date d'operation", true),
            ("", "", true),
            ("*", "", true),
        ] {
            assert_eq!(fits(&folded(pattern), &folded(text)), expect, "{pattern} ~ {text}");
        }
        assert_eq!(captures("compte : *", "compte : 12"), Some("12"));
        assert_eq!(captures("du * au *", "du 1 au 2"), Some("2"));
        assert_eq!(captures("solde", "soldes"), None);
    }
}
