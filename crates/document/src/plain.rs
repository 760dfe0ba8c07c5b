//! Text made fit for a font: composed accents, plain spaces, and a visible sign for the rest.

/// Marks that follow a letter, with the letters they join and what comes of it (Unicode NFC).
///
/// File names of some systems arrive with accents apart; only letters that the printed languages
/// use are joined.
const ACCENTS: [(char, &str, &str); 8] = [
    ('\u{300}', "AEIOUaeiou", "ÀÈÌÒÙàèìòù"),
    ('\u{301}', "AEIOUYaeiouyCNSZcnsz", "ÁÉÍÓÚÝáéíóúýĆŃŚŹćńśź"),
    ('\u{302}', "AEIOUaeiou", "ÂÊÎÔÛâêîôû"),
    ('\u{303}', "ANOano", "ÃÑÕãñõ"),
    ('\u{308}', "AEIOUYaeiouy", "ÄËÏÖÜŸäëïöüÿ"),
    ('\u{30a}', "AUau", "ÅŮåů"),
    ('\u{30c}', "CDENRSTZcdenrstz", "ČĎĚŇŘŠŤŽčďěňřšťž"),
    ('\u{327}', "CSTcst", "ÇŞŢçşţ"),
];

/// The text with every character one that `has` knows.
///
/// Line ends, tabs and rare spaces become a space. A character that the font lacks, and one that
/// cannot be seen (control, direction mark), becomes U+FFFD, or `?` where the font lacks that too:
/// a page must not hide what it was given.
pub(crate) fn plain(text: &str, has: impl Fn(char) -> bool) -> String {
    let unknown = if has('\u{fffd}') { '\u{fffd}' } else { '?' };
    converted(text, has, |_| unknown)
}

/// The first character that [`plain`] would not show, or U+FFFD, which shows that one was lost.
pub(crate) fn first_unknown(text: &str, has: impl Fn(char) -> bool) -> Option<char> {
    let mut first = None;
    converted(text, |c| c != '\u{fffd}' && has(c), |unknown| *first.get_or_insert(unknown));
    first
}

fn converted(
    text: &str,
    has: impl Fn(char) -> bool,
    mut unknown: impl FnMut(char) -> char,
) -> String {
    let mut result = String::with_capacity(text.len());
    for character in text.chars() {
        if let Some(joined) = result.chars().next_back().and_then(|last| join(last, character))
            && has(joined)
        {
            result.pop();
            result.push(joined);
        } else if matches!(character, '\u{2028}' | '\u{2029}') {
            result.push(' ');
        } else if has(character) {
            result.push(character);
        } else {
            result.push(if character.is_whitespace() { ' ' } else { unknown(character) });
        }
    }
    result
}

fn join(letter: char, mark: char) -> Option<char> {
    let (_, letters, joined) = ACCENTS.iter().find(|(accent, _, _)| *accent == mark)?;
    let place = letters.chars().position(|known| known == letter)?;
    joined.chars().nth(place)
}

/// Letters that are no letter with an accent, and how they are written without.
const LIGATURES: [(char, &str); 14] = [
    ('œ', "oe"),
    ('Œ', "OE"),
    ('æ', "ae"),
    ('Æ', "AE"),
    ('ß', "ss"),
    ('ø', "o"),
    ('Ø', "O"),
    ('ł', "l"),
    ('Ł', "L"),
    ('đ', "d"),
    ('Đ', "D"),
    ('ą', "a"),
    ('ę', "e"),
    ('ğ', "g"),
];

/// A letter without its accents, as ASCII; none for what is no such letter.
pub(crate) fn base_letters(character: char) -> Option<&'static str> {
    if let Some((_, letters)) = LIGATURES.iter().find(|(known, _)| *known == character) {
        return Some(letters);
    }
    ACCENTS.iter().find_map(|(_, letters, joined)| {
        let place = joined.chars().position(|known| known == character)?;
        letters.get(place..place + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_are_joined_and_the_unknown_is_seen() {
        let latin = |c: char| matches!(c, ' '..='~' | '\u{a0}'..='\u{17f}' | '\u{fffd}');
        let check =
            |given: &str, wanted: &str| assert_eq!(plain(given, latin), wanted, "{given:?}");
        check("Brûlé & Fils", "Brûlé & Fils");
        check("Bru\u{302}le\u{301} c\u{327}a", "Brûlé ça");
        check("a\tb\r\nc\u{2028}d\u{3000}e", "a b  c d e");
        check("x\u{301}", "x\u{fffd}");
        check("\u{301}", "\u{fffd}");
        check("A\u{202e}B\u{200b}\u{0}\u{7f}", "A\u{fffd}B\u{fffd}\u{fffd}\u{fffd}");
        check("😀", "\u{fffd}");
        check("", "");
    }

    #[test]
    fn the_first_unknown_is_named() {
        let latin = |c: char| matches!(c, ' '..='~' | '\u{a0}'..='\u{17f}' | '\u{fffd}');
        let check = |given: &str, wanted| assert_eq!(first_unknown(given, latin), wanted);
        check("Bru\u{302}le\u{301}\n\tça", None);
        check("a😀\u{0}", Some('😀'));
        check("A\u{202e}", Some('\u{202e}'));
        check("lost \u{fffd}", Some('\u{fffd}'));
        check("", None);
    }

    #[test]
    fn a_font_without_the_box_shows_a_question_mark() {
        assert_eq!(plain("a😀", |c| c.is_ascii()), "a?");
    }

    #[test]
    fn the_table_of_accents_is_even() {
        for (accent, letters, joined) in ACCENTS {
            assert_eq!(letters.chars().count(), joined.chars().count(), "{accent:?}");
        }
    }
}
