//! Character references, as OFX, CSV exports and sloppy XML carry them.

use std::borrow::Cow;

/// Resolves `&amp;`, `&#233;`, `&#xE9;`, `&eacute;` once; a bare `&` stays.
pub(crate) fn resolved(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains('&') {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some(place) = rest.find('&') {
        out.push_str(&rest[..place]);
        rest = &rest[place..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        match end.and_then(|end| Some((letter(&rest[1..end])?, end))) {
            Some((letter, end)) => {
                out.push(letter);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The letter of a reference's name, without `&` and `;`.
pub(crate) fn letter(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code)
            .filter(|letter| !letter.is_control() || letter.is_whitespace());
    }
    const NAMES: &[(&str, char)] = &[
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", '\u{a0}'),
        ("euro", '€'),
        ("deg", '°'),
        ("oelig", 'œ'),
        ("OElig", 'Œ'),
        ("szlig", 'ß'),
        ("aelig", 'æ'),
        ("laquo", '«'),
        ("raquo", '»'),
        ("rsquo", '’'),
        ("lsquo", '‘'),
        ("ndash", '–'),
        ("mdash", '—'),
        ("hellip", '…'),
        ("pound", '£'),
        ("sect", '§'),
        ("ordm", 'º'),
        ("ordf", 'ª'),
        ("middot", '·'),
    ];
    if let Some((_, letter)) = NAMES.iter().find(|(known, _)| *known == name) {
        return Some(*letter);
    }
    accented(name)
}

/// `eacute`, `Ccedil`, `uuml`: a letter and the name of its accent.
fn accented(name: &str) -> Option<char> {
    let base = name.chars().next().filter(char::is_ascii_alphabetic)?;
    const ACCENTS: &[(&str, &str, &str)] = &[
        ("acute", "aeiouyAEIOUY", "áéíóúýÁÉÍÓÚÝ"),
        ("grave", "aeiouAEIOU", "àèìòùÀÈÌÒÙ"),
        ("circ", "aeiouAEIOU", "âêîôûÂÊÎÔÛ"),
        ("uml", "aeiouyAEIOU", "äëïöüÿÄËÏÖÜ"),
        ("tilde", "anoANO", "ãñõÃÑÕ"),
        ("cedil", "cC", "çÇ"),
        ("ring", "aA", "åÅ"),
        ("slash", "oO", "øØ"),
    ];
    let (_, bases, letters) = ACCENTS.iter().find(|(accent, ..)| *accent == &name[1..])?;
    letters.chars().nth(bases.chars().position(|letter| letter == base)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_once() {
        for (text, expect) in [
            ("A &amp; B", "A & B"),
            ("A & B", "A & B"),
            ("AT&T;", "AT&T;"),
            ("Caf&eacute; &#233;&#xE9;", "Café éé"),
            ("&amp;amp;", "&amp;"),
            ("Fran&ccedil;ois &OElig;uvre", "François Œuvre"),
            ("&#0;&#x110000;&unknown;&", "&#0;&#x110000;&unknown;&"),
            ("1 &lt; 2 &nbsp;", "1 < 2 \u{a0}"),
            ("&é;", "&é;"),
        ] {
            assert_eq!(resolved(Cow::Borrowed(text)), expect);
        }
    }
}
