//! International bank account numbers (ISO 13616), checked by their own digits.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An IBAN without spaces, in capitals, whose check digits hold (ISO 7064 mod 97-10).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[ts(type = "string")]
#[serde(try_from = "String", into = "String")]
pub struct Iban(String);

/// Why a text is no IBAN.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IbanError {
    /// Not two letters, two digits and 11 to 30 letters or digits.
    #[error("`{0}` does not have the shape of an IBAN")]
    Shape(String),
    /// The two check digits do not fit the rest.
    #[error("`{0}` is mistyped: its check digits do not fit")]
    CheckDigits(String),
}

impl Iban {
    /// Reads an IBAN written with or without spaces, in any case.
    pub fn parse(text: &str) -> Result<Iban, IbanError> {
        let clean: String = text
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| c.to_ascii_uppercase())
            .take(40)
            .collect();
        let bytes = clean.as_bytes();
        let shaped = (15..=34).contains(&bytes.len())
            && bytes[..2].iter().all(u8::is_ascii_uppercase)
            && bytes[2..4].iter().all(u8::is_ascii_digit)
            && bytes[4..].iter().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
        if !shaped || (clean.starts_with("FR") && bytes.len() != 27) {
            return Err(IbanError::Shape(clean));
        }
        let remainder = bytes[4..].iter().chain(&bytes[..4]).fold(0u32, |rest, byte| {
            if byte.is_ascii_digit() {
                (rest * 10 + u32::from(byte - b'0')) % 97
            } else {
                (rest * 100 + u32::from(byte - b'A') + 10) % 97
            }
        });
        if remainder == 1 { Ok(Iban(clean)) } else { Err(IbanError::CheckDigits(clean)) }
    }

    /// Without spaces.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// In groups of four.
impl fmt::Display for Iban {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, letter) in self.0.chars().enumerate() {
            if place > 0 && place % 4 == 0 {
                f.write_str(" ")?;
            }
            write!(f, "{letter}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Iban {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Iban {
    type Error = IbanError;
    fn try_from(text: String) -> Result<Iban, IbanError> {
        Iban::parse(&text)
    }
}

impl From<Iban> for String {
    fn from(iban: Iban) -> String {
        iban.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_decide() {
        for good in [
            "FR14 2004 1010 0505 0001 3M02 606",
            "de89370400440532013000",
            "GB29 NWBK 6016 1331 9268 19",
        ] {
            assert!(Iban::parse(good).is_ok(), "{good}");
        }
        assert_eq!(
            Iban::parse("FR1420041010050500013M02606").unwrap().to_string(),
            "FR14 2004 1010 0505 0001 3M02 606"
        );
        assert!(matches!(
            Iban::parse("FR1420041010050500013M02607"),
            Err(IbanError::CheckDigits(_))
        ));
        for shape in ["", "FR14", "1234567890123456", "FR142004101005050001", "été"] {
            assert!(matches!(Iban::parse(shape), Err(IbanError::Shape(_))), "{shape}");
        }
    }
}
