//! The nine digits of a French business.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A SIREN: nine digits whose Luhn key holds (INSEE, décret 73-314).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[ts(type = "string")]
#[serde(try_from = "String", into = "String")]
pub struct Siren(String);

/// Why a text is no SIREN.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SirenError {
    /// Not nine digits.
    #[error("`{0}` is not nine digits")]
    Shape(String),
    /// The last digit does not fit the others.
    #[error("`{0}` is mistyped: its last digit does not fit the others")]
    CheckDigit(String),
}

impl Siren {
    /// Reads nine digits, with or without spaces.
    pub fn parse(text: &str) -> Result<Siren, SirenError> {
        let clean: String = text.chars().filter(|c| !c.is_whitespace()).take(20).collect();
        if clean.len() != 9 || !clean.bytes().all(|b| b.is_ascii_digit()) {
            return Err(SirenError::Shape(clean));
        }
        let sum: u32 = clean
            .bytes()
            .rev()
            .enumerate()
            .map(|(place, byte)| {
                let digit = u32::from(byte - b'0') * if place % 2 == 1 { 2 } else { 1 };
                digit / 10 + digit % 10
            })
            .sum();
        if sum.is_multiple_of(10) { Ok(Siren(clean)) } else { Err(SirenError::CheckDigit(clean)) }
    }

    /// The nine digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The French VAT number that goes with it: FR, a key, the SIREN (CGI ann. II art. 242 nonies
    /// A).
    pub fn vat_number(&self) -> String {
        let number: u64 = self.0.parse().expect("nine digits");
        format!("FR{:02}{}", (12 + 3 * (number % 97)) % 97, self.0)
    }
}

/// In groups of three.
impl fmt::Display for Siren {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", &self.0[..3], &self.0[3..6], &self.0[6..])
    }
}

impl fmt::Debug for Siren {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Siren {
    type Error = SirenError;
    fn try_from(text: String) -> Result<Siren, SirenError> {
        Siren::parse(&text)
    }
}

impl From<Siren> for String {
    fn from(siren: Siren) -> String {
        siren.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn last_digit_decides() {
        // 732 829 320 is the number INSEE's own description uses.
        assert_eq!(Siren::parse("732 829 320").unwrap().to_string(), "732 829 320");
        assert_eq!(Siren::parse("732829320").unwrap().vat_number(), "FR44732829320");
        assert!(matches!(Siren::parse("732829321"), Err(SirenError::CheckDigit(_))));
        for shape in ["", "73282932", "73282932O", "7328293200", "é"] {
            assert!(matches!(Siren::parse(shape), Err(SirenError::Shape(_))), "{shape}");
        }
    }
}
