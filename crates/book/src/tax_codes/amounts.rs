//! Amounts of tax from a gross, a net, and the part that may be deducted. All in minor units.

use values::{Decimal, MoneyError, Rounding, minor_from_decimal};

/// Why an amount of tax cannot be computed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// A rate, share or coefficient outside of what it can be.
    #[error("{0} is outside of {1} to {2}")]
    Outside(Decimal, Decimal, Decimal),
    /// The result is too large to be kept.
    #[error("computing an amount of tax")]
    Money(#[from] MoneyError),
}

/// Splits a gross amount into net and tax: net is gross ÷ (1 + rate) rounded half up, tax the rest,
/// so that both always sum to the gross. Amounts in minor units, the rate in percent.
pub fn from_gross(gross_minor: i64, rate: Decimal) -> Result<(i64, i64), AmountError> {
    within(rate, Decimal::ONE_HUNDRED)?;
    // Multiplied first, so that the one division is the only inexact step; its 28 digits are far
    // finer than the nearest half of a minor unit that a rate of a few decimals can give.
    let net = scaled(gross_minor, Decimal::ONE_HUNDRED)? / (Decimal::ONE_HUNDRED + rate);
    let net_minor = minor_from_decimal(net, 0, Rounding::HalfUp)?;
    Ok((net_minor, gross_minor - net_minor))
}

/// The tax on a net amount, rounded half up: of a reverse charge, or of all the lines of an invoice
/// at one rate. Amounts in minor units, the rate in percent.
pub fn from_net(net_minor: i64, rate: Decimal) -> Result<i64, AmountError> {
    within(rate, Decimal::ONE_HUNDRED)?;
    Ok(minor_from_decimal(scaled(net_minor, rate)? / Decimal::ONE_HUNDRED, 0, Rounding::HalfUp)?)
}

/// The part of a tax that may be deducted, rounded half up: tax × the code's share × the business's
/// taxation coefficient. The product of the two is first rounded up to two decimals (CGI ann. II
/// art. 206 V-2; that it covers this product is professional knowledge).
///
/// Amounts in minor units, the share in percent (0 to 100), the coefficient from 0 to 1.
pub fn deductible(
    tax_minor: i64,
    share_percent: Decimal,
    coefficient: Decimal,
) -> Result<i64, AmountError> {
    within(share_percent, Decimal::ONE_HUNDRED)?;
    within(coefficient, Decimal::ONE)?;
    // In hundredths, rounded up to the next whole one: what two decimals of a coefficient are.
    let hundredths = minor_from_decimal(share_percent * coefficient, 0, Rounding::Up)?;
    let part = scaled(tax_minor, Decimal::from(hundredths))? / Decimal::ONE_HUNDRED;
    Ok(minor_from_decimal(part, 0, Rounding::HalfUp)?)
}

fn within(value: Decimal, highest: Decimal) -> Result<(), AmountError> {
    if value >= Decimal::ZERO && value <= highest {
        Ok(())
    } else {
        Err(AmountError::Outside(value, Decimal::ZERO, highest))
    }
}

fn scaled(minor: i64, factor: Decimal) -> Result<Decimal, AmountError> {
    let large = || AmountError::Money(MoneyError::TooLarge(minor.to_string()));
    Decimal::from(minor).checked_mul(factor).ok_or_else(large)
}
