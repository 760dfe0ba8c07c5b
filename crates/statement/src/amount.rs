//! Amounts as banks write them, read straight into minor units: no float, no rounding, no guess.

use values::MAX_MINOR;

/// Which sign stands before the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalMark {
    /// A dot; commas may group thousands.
    Dot,
    /// A comma; dots may group thousands.
    Comma,
    /// Not known: taken only where the text leaves no doubt.
    Either,
}

/// An amount that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadAmount {
    /// Signed minor units, within ± [`MAX_MINOR`].
    pub minor: i64,
    /// Whether the thousands were grouped, or another sign than ASCII was used.
    pub unusual: bool,
}

/// Why a text is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmountFault {
    /// Nothing there.
    Missing,
    /// Not a number.
    Unreadable,
    /// A decimal that the currency lacks is not zero.
    TooFine,
    /// Beyond ± [`MAX_MINOR`].
    TooLarge,
    /// `1.234` with an unknown mark: twelve hundred or one and a bit.
    Ambiguous,
}

/// Reads an amount of major units into minor units of a currency with `exponent` decimals.
///
/// Knows leading and trailing signs, U+2212, parentheses for negatives, blanks of every width and
/// apostrophes as thousands marks, and a currency sign or code of three capitals around the number
/// when `ornaments` allows it.
pub fn minor_from_text(
    text: &str,
    exponent: u32,
    mark: DecimalMark,
    ornaments: bool,
) -> Result<ReadAmount, AmountFault> {
    if let Some(minor) = plain(text.as_bytes(), exponent, mark) {
        return Ok(ReadAmount { minor, unusual: false });
    }
    let bare = peel(text, ornaments)?;
    let (marks, length) = only_marks(bare.core)?;
    let digits = &marks[..length];
    let (whole, part) = match decimal_place(digits, mark, exponent)? {
        Some(place) => (&digits[..place], &digits[place + 1..]),
        None => (digits, &[][..]),
    };
    if (whole.is_empty() && part.is_empty()) || !part.iter().all(u8::is_ascii_digit) {
        return Err(AmountFault::Unreadable);
    }
    let grouped = grouping_holds(whole)?;
    let minor = to_minor(whole, part, exponent)?;
    let minor = if bare.negative { -minor } else { minor };
    Ok(ReadAmount { minor, unusual: bare.unusual || grouped })
}

/// `-1234.56`: what nearly every amount of a file looks like, read without further ado.
fn plain(text: &[u8], exponent: u32, mark: DecimalMark) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    let place = digits.len().checked_sub(exponent as usize + 1)?;
    let usual = mark != DecimalMark::Comma && exponent == 2 && (1..=12).contains(&place);
    if !usual || digits[place] != b'.' {
        return None;
    }
    let number = |part: &[u8]| {
        part.iter().try_fold(0i64, |sum, digit| {
            digit.is_ascii_digit().then(|| sum * 10 + i64::from(digit - b'0'))
        })
    };
    let minor = number(&digits[..place])? * 100 + number(&digits[place + 1..])?;
    Some(if negative { -minor } else { minor })
}

/// An amount whose sign and ornaments were taken off.
struct Bare<'t> {
    core: &'t str,
    negative: bool,
    unusual: bool,
}

fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\0' | '\u{FEFF}' | '\u{200B}')
}

fn is_sign(letter: char) -> bool {
    matches!(letter, '+' | '-' | '\u{2212}' | '\u{2013}')
}

fn peel(text: &str, ornaments: bool) -> Result<Bare<'_>, AmountFault> {
    let mut bare = Bare { core: text.trim_matches(is_blank), negative: false, unusual: false };
    if bare.core.is_empty() {
        return Err(AmountFault::Missing);
    }
    let (mut signed, mut ornamented) = (false, false);
    loop {
        let core = bare.core.trim_matches(is_blank);
        bare.core = core;
        let (Some(first), Some(last)) = (core.chars().next(), core.chars().next_back()) else {
            return Err(AmountFault::Unreadable);
        };
        if !signed && (is_sign(first) || is_sign(last)) {
            let (sign, rest) = if is_sign(first) {
                (first, &core[first.len_utf8()..])
            } else {
                (last, &core[..core.len() - last.len_utf8()])
            };
            signed = true;
            bare.core = rest;
            bare.negative = sign != '+';
            bare.unusual |= !sign.is_ascii() || !is_sign(first);
        } else if !signed && first == '(' && last == ')' && core.len() > 1 {
            signed = true;
            bare.core = &core[1..core.len() - 1];
            bare.negative = true;
            bare.unusual = true;
        } else if ornaments
            && !ornamented
            && let Some(rest) = without_currency(core)
        {
            ornamented = true;
            bare.core = rest;
        } else {
            return Ok(bare);
        }
    }
}

/// The text without the currency sign or code that stands before or after it.
fn without_currency(core: &str) -> Option<&str> {
    for sign in ["€", "£", "$", "¥"] {
        if let Some(rest) = core.strip_prefix(sign).or_else(|| core.strip_suffix(sign)) {
            return Some(rest);
        }
    }
    let bytes = core.as_bytes();
    let code = |part: &[u8]| part.len() == 3 && part.iter().all(u8::is_ascii_uppercase);
    if bytes.len() > 3 && code(&bytes[..3]) {
        return Some(&core[3..]);
    }
    (bytes.len() > 3 && code(&bytes[bytes.len() - 3..])).then(|| &core[..core.len() - 3])
}

/// Digits, `.`, `,`, and `'` for every other mark that groups thousands.
fn only_marks(core: &str) -> Result<([u8; 40], usize), AmountFault> {
    let mut marks = [0u8; 40];
    let mut length = 0;
    for letter in core.chars() {
        let mark = match letter {
            '0'..='9' | '.' | ',' => letter as u8,
            '\'' | '\u{2019}' | '\u{00B4}' => b'\'',
            _ if is_blank(letter) => b'\'',
            _ => return Err(AmountFault::Unreadable),
        };
        if length == marks.len() {
            return Err(AmountFault::TooLarge);
        }
        marks[length] = mark;
        length += 1;
    }
    Ok((marks, length))
}

/// Where the decimal mark stands, if there is one.
fn decimal_place(
    digits: &[u8],
    mark: DecimalMark,
    exponent: u32,
) -> Result<Option<usize>, AmountFault> {
    let count = |kind: u8| digits.iter().filter(|byte| **byte == kind).count();
    let last = |kind: u8| digits.iter().rposition(|byte| *byte == kind);
    let alone = |kind: u8| match count(kind) {
        0 | 1 => Ok(last(kind)),
        _ => Err(AmountFault::Unreadable),
    };
    match mark {
        DecimalMark::Dot => alone(b'.'),
        DecimalMark::Comma => alone(b','),
        DecimalMark::Either => match (last(b'.'), last(b',')) {
            (None, None) => Ok(None),
            (Some(dot), Some(comma)) => alone(if dot > comma { b'.' } else { b',' }),
            (Some(place), None) | (None, Some(place)) => {
                if count(digits[place]) > 1 {
                    return Ok(None);
                }
                let thousands = (1..=3).contains(&place) && digits[0] != b'0';
                if digits.len() - place - 1 == 3 && thousands && exponent != 3 {
                    return Err(AmountFault::Ambiguous);
                }
                Ok(Some(place))
            }
        },
    }
}

/// Whether thousands are grouped; an error where the groups make no sense.
fn grouping_holds(whole: &[u8]) -> Result<bool, AmountFault> {
    let Some(mark) = whole.iter().find(|byte| !byte.is_ascii_digit()) else { return Ok(false) };
    let groups: Vec<&[u8]> = whole.split(|byte| byte == mark).collect();
    let digits = |group: &[u8], lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&group.len()) && group.iter().all(u8::is_ascii_digit)
    };
    let (first, rest) = (groups[0], &groups[1..]);
    let middle = rest.len().saturating_sub(1);
    // Two digits in the middle: lakh and crore, as banks of India write them.
    let sound = digits(first, 1..=3)
        && rest[..middle].iter().all(|group| digits(group, 2..=3))
        && rest[middle..].iter().all(|group| digits(group, 3..=3));
    if sound { Ok(true) } else { Err(AmountFault::Unreadable) }
}

fn to_minor(whole: &[u8], part: &[u8], exponent: u32) -> Result<i64, AmountFault> {
    let kept = part.len().min(exponent as usize);
    if part[kept..].iter().any(|digit| *digit != b'0') {
        return Err(AmountFault::TooFine);
    }
    let missing = exponent as usize - kept;
    let zeros = std::iter::repeat_n(&b'0', missing);
    let digits = whole.iter().filter(|byte| byte.is_ascii_digit());
    digits.chain(&part[..kept]).chain(zeros).try_fold(0i64, |sum, digit| {
        let next = sum * 10 + i64::from(digit - b'0');
        if next > MAX_MINOR { Err(AmountFault::TooLarge) } else { Ok(next) }
    })
}

#[cfg(test)]
mod tests;
