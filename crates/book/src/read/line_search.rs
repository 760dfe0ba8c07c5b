//! What a person types to find a bank line: words of its label or other side, or its amount.

/// A search as it was typed, ready to be held against lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineSearch {
    /// Lower case.
    words: String,
    amount: Option<Typed>,
}

/// An amount as far as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Typed {
    /// −1 or 1 where a sign was typed; 0 finds either.
    sign: i64,
    whole: i64,
    /// The decimals, as many as were typed.
    decimals: String,
}

impl LineSearch {
    /// Nothing for a text without a letter or digit: everything fits it.
    pub fn of(text: &str) -> Option<LineSearch> {
        let words = text.trim().to_lowercase();
        if words.is_empty() {
            return None;
        }
        Some(LineSearch { amount: Typed::read(&words), words })
    }

    /// Whether a line is meant: by its label, its other side, or its amount in minor units of a
    /// currency of `exponent` decimals.
    pub fn fits(
        &self,
        label: &str,
        party: Option<&str>,
        (amount_minor, exponent): (i64, u32),
    ) -> bool {
        holds(label, &self.words)
            || party.is_some_and(|party| holds(party, &self.words))
            || self.amount.as_ref().is_some_and(|typed| typed.fits(amount_minor, exponent))
    }
}

impl Typed {
    /// Reads `1284`, `1 284,5`, `-37.46`; no thousands by point or comma.
    fn read(text: &str) -> Option<Typed> {
        let (sign, digits) = match text.strip_prefix(['-', '−', '–']) {
            Some(rest) => (-1, rest),
            None => match text.strip_prefix('+') {
                Some(rest) => (1, rest),
                None => (0, text),
            },
        };
        let digits: String = digits.chars().filter(|letter| !letter.is_whitespace()).collect();
        let (whole, decimals) = digits.split_once([',', '.']).unwrap_or((&digits, ""));
        let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !plain(whole) || !plain(decimals) || whole.is_empty() {
            return None;
        }
        Some(Typed { sign, whole: whole.parse().ok()?, decimals: decimals.to_owned() })
    }

    /// Whether an amount begins with what was typed: 1284 is 1 284.00 to 1 284.99.
    fn fits(&self, amount_minor: i64, exponent: u32) -> bool {
        let typed = self.decimals.len() as u32;
        if typed > exponent || (self.sign != 0 && self.sign != amount_minor.signum()) {
            return false;
        }
        let decimals = self.decimals.parse().unwrap_or(0_i64);
        let ten = |power: u32| 10_i64.checked_pow(power);
        let first = ten(typed)
            .and_then(|scale| self.whole.checked_mul(scale)?.checked_add(decimals))
            .zip(ten(exponent - typed));
        first.is_some_and(|(number, step)| amount_minor.abs() / step == number)
    }
}

/// Whether a text holds lower-case words, in any case.
fn holds(text: &str, words: &str) -> bool {
    let (text_bytes, wanted) = (text.as_bytes(), words.as_bytes());
    if words.is_ascii() {
        // A byte of a longer letter is never an ASCII one, so that bytes may be compared.
        let first = [wanted[0], wanted[0].to_ascii_uppercase()];
        return text_bytes.len() >= wanted.len()
            && text_bytes[..=text_bytes.len() - wanted.len()].iter().enumerate().any(
                |(at, byte)| {
                    first.contains(byte)
                        && text_bytes[at..at + wanted.len()].eq_ignore_ascii_case(wanted)
                },
            );
    }
    !text.is_ascii() && text.to_lowercase().contains(words)
}

#[cfg(test)]
mod tests;
