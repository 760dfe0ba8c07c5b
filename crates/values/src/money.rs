//! Amounts: whole minor units of one currency, and the one way a decimal becomes one.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The largest amount kept, in minor units: 2^53 − 1, which JSON and TypeScript hold exactly.
pub const MAX_MINOR: i64 = (1 << 53) - 1;

/// An ISO 4217 currency: three capital letters and its number of decimals.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ts_rs::TS)]
#[ts(type = "string")]
pub struct Currency([u8; 3]);

/// A text that is no currency code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a currency of three letters")]
pub struct CurrencyError(pub String);

impl Currency {
    /// The euro.
    pub const EUR: Currency = Currency(*b"EUR");

    /// Reads three letters, in any case.
    pub fn parse(code: &str) -> Result<Currency, CurrencyError> {
        match code.trim().as_bytes() {
            [a, b, c] if [a, b, c].iter().all(|l| l.is_ascii_alphabetic()) => {
                Ok(Currency([a, b, c].map(|l| l.to_ascii_uppercase())))
            }
            _ => Err(CurrencyError(code.chars().take(20).collect())),
        }
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("three ASCII letters")
    }

    /// How many decimals its minor unit has (ISO 4217 table A.1): 2 unless listed otherwise.
    pub fn exponent(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG"
            | b"RWF" | b"UGX" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Currency, D::Error> {
        Currency::parse(&String::deserialize(from)?).map_err(serde::de::Error::custom)
    }
}

/// An amount of one currency in minor units; debit and money in are positive.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Money {
    /// Minor units (cents for the euro), within ± [`MAX_MINOR`].
    pub minor: i64,
    /// The currency those units are of.
    pub currency: Currency,
}

/// Why an amount cannot be held.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Beyond ± [`MAX_MINOR`].
    #[error(
        "{0} is larger than the largest amount that can be kept exactly (2^53 - 1 minor units)"
    )]
    TooLarge(String),
    /// More decimals than the currency has, where none may be lost.
    #[error("{0} has more decimals than its currency")]
    TooFine(String),
    /// Two currencies where one is needed.
    #[error("{0} and {1} cannot be added")]
    Currencies(Currency, Currency),
}

impl Money {
    /// An amount, refused beyond ± [`MAX_MINOR`].
    pub fn new(minor: i64, currency: Currency) -> Result<Money, MoneyError> {
        if minor.unsigned_abs() > MAX_MINOR as u64 {
            return Err(MoneyError::TooLarge(minor.to_string()));
        }
        Ok(Money { minor, currency })
    }

    /// The sum, of one currency and within the limit.
    pub fn plus(self, other: Money) -> Result<Money, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::Currencies(self.currency, other.currency));
        }
        Money::new(self.minor + other.minor, self.currency)
    }

    /// The amount as a decimal of major units: 1234 cents are 12.34.
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.minor, self.currency.exponent())
    }
}

/// Major units with a dot: `-1234.50`. For files and machines; people get localised text.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let exponent = self.currency.exponent() as usize;
        if exponent == 0 {
            return write!(f, "{}", self.minor);
        }
        let unit = 10u64.pow(exponent as u32);
        let (whole, part) = (self.minor.unsigned_abs() / unit, self.minor.unsigned_abs() % unit);
        write!(f, "{}{whole}.{part:0exponent$}", if self.minor < 0 { "-" } else { "" })
    }
}

/// What happens to decimals that the currency does not have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rounding {
    /// Any non-zero lost decimal is an error: what a bank or a person wrote is never rounded.
    Exact,
    /// To the nearest, 0.5 away from zero (commercial rounding; CGI art. 1657 for the euro).
    HalfUp,
    /// Away from zero.
    Up,
    /// Towards zero.
    Down,
}

/// A decimal of major units as minor units: the only function that makes money from a decimal.
///
/// `exponent` is the currency's number of decimals. Refuses what is beyond ± [`MAX_MINOR`], and
/// under [`Rounding::Exact`] what has more decimals than the currency (trailing zeros excepted).
pub fn minor_from_decimal(
    value: Decimal,
    exponent: u32,
    rounding: Rounding,
) -> Result<i64, MoneyError> {
    let large = || MoneyError::TooLarge(value.to_string());
    let scaled = value.checked_mul(Decimal::from(10u64.pow(exponent))).ok_or_else(large)?;
    let whole = match rounding {
        Rounding::Exact if scaled.fract().is_zero() => scaled.trunc(),
        Rounding::Exact => return Err(MoneyError::TooFine(value.to_string())),
        Rounding::HalfUp => {
            scaled.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
        }
        Rounding::Up => scaled.round_dp_with_strategy(0, RoundingStrategy::AwayFromZero),
        Rounding::Down => scaled.trunc(),
    };
    let minor = i64::try_from(whole.normalize().mantissa()).map_err(|_| large())?;
    let minor = if whole.normalize().scale() == 0 { minor } else { return Err(large()) };
    if minor.unsigned_abs() > MAX_MINOR as u64 { Err(large()) } else { Ok(minor) }
}

#[cfg(test)]
mod tests;
