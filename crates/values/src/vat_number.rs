//! VAT identification numbers of the European Union: their shape, and the French key.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A VAT number with its country prefix, without spaces, in capitals.
///
/// Holding one means that its shape is possible. Only VIES says that it is in use; a French key
/// that fails is a warning, for the algorithm is not law ([`VatNumber::key_fits`]).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, ts_rs::TS)]
#[ts(type = "string")]
#[serde(try_from = "String", into = "String")]
pub struct VatNumber(String);

/// A text without the shape of a VAT number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` does not have the shape of a VAT number (FR12345678901)")]
pub struct VatNumberError(pub String);

impl VatNumber {
    /// Reads a number with its two-letter prefix; spaces, dots, dashes and slashes are dropped.
    pub fn parse(text: &str) -> Result<VatNumber, VatNumberError> {
        let clean: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '/' | ','))
            .map(|c| c.to_ascii_uppercase())
            .take(24)
            .collect();
        let bytes = clean.as_bytes();
        let shaped = (4..=16).contains(&bytes.len())
            && bytes[..2].iter().all(u8::is_ascii_uppercase)
            && bytes[2..].iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'*'))
            && (!clean.starts_with("FR")
                || bytes.len() == 13 && bytes[4..].iter().all(u8::is_ascii_digit));
        if shaped { Ok(VatNumber(clean)) } else { Err(VatNumberError(clean)) }
    }

    /// The number as one word.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The country prefix (`EL` for Greece, as VIES writes it).
    pub fn prefix(&self) -> &str {
        &self.0[..2]
    }

    /// Whether a French number's key of two digits fits its SIREN; `None` where no key is known.
    pub fn key_fits(&self) -> Option<bool> {
        if self.prefix() != "FR" {
            return None;
        }
        let key: u64 = self.0[2..4].parse().ok()?;
        let siren: u64 = self.0[4..].parse().ok()?;
        Some(key == (12 + 3 * (siren % 97)) % 97)
    }
}

impl fmt::Display for VatNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for VatNumber {
    type Error = VatNumberError;
    fn try_from(text: String) -> Result<VatNumber, VatNumberError> {
        VatNumber::parse(&text)
    }
}

impl From<VatNumber> for String {
    fn from(number: VatNumber) -> String {
        number.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shape_is_checked_and_the_french_key_only_told() {
        assert_eq!(VatNumber::parse("fr 44 732 829 320").unwrap().key_fits(), Some(true));
        assert_eq!(VatNumber::parse("FR45732829320").unwrap().key_fits(), Some(false));
        assert_eq!(VatNumber::parse("IE6388047V").unwrap().key_fits(), None);
        for bad in ["", "FR", "FR4473282932", "12345678901", "FRé"] {
            assert!(VatNumber::parse(bad).is_err(), "{bad}");
        }
    }
}
