//! The sums of an invoice, in the order of EN 16931-1 (BR-CO-10 to BR-CO-17): a line is rounded
//! once, the tax once for each category and rate, everything else is addition.

use crate::{Allowance, Invoice, Totals, VatBreakdown};
use values::{Currency, Decimal, MAX_MINOR, MoneyError, Rounding, minor_from_decimal};

/// Why sums cannot be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SumError {
    /// Beyond what is kept exactly: 2^53 − 1 minor units, or 28 digits on the way.
    #[error("an amount of the invoice is too large to be kept exactly")]
    TooLarge,
}

impl From<MoneyError> for SumError {
    fn from(_: MoneyError) -> SumError {
        SumError::TooLarge
    }
}

/// What one line comes to, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineSum {
    /// Quantity × price, rounded half up: BT-137.
    pub base_minor: i64,
    /// What is taken off, rounded half up: BT-136.
    pub allowance_minor: i64,
    /// BT-131: the exact product less the discount, rounded half up.
    pub net_minor: i64,
}

/// Quantity × unit price less a discount in per cent.
pub fn line_sum(
    quantity: Decimal,
    unit_price: Decimal,
    discount_percent: Option<Decimal>,
    currency: Currency,
) -> Result<LineSum, SumError> {
    let minor = |value: Decimal| -> Result<i64, SumError> {
        Ok(minor_from_decimal(value, currency.exponent(), Rounding::HalfUp)?)
    };
    let exact = quantity.checked_mul(unit_price).ok_or(SumError::TooLarge)?;
    let allowance_minor = match discount_percent {
        None => 0,
        Some(percent) => {
            let part = exact.checked_mul(percent).ok_or(SumError::TooLarge)?;
            minor(part / Decimal::ONE_HUNDRED)?
        }
    };
    let off = Decimal::new(allowance_minor, currency.exponent());
    let net = exact.checked_sub(off).ok_or(SumError::TooLarge)?;
    Ok(LineSum { base_minor: minor(exact)?, allowance_minor, net_minor: minor(net)? })
}

/// Fills in every amount of an invoice from its quantities, prices, discounts and rates.
pub fn sum_up(invoice: &mut Invoice) -> Result<(), SumError> {
    let currency = invoice.currency;
    let mut breakdown: Vec<VatBreakdown> = Vec::new();
    let mut lines_minor = 0;
    for line in &mut invoice.lines {
        let percent = line.allowance.as_ref().map(|allowance| allowance.percent);
        let sum = line_sum(line.quantity, line.unit_price, percent, currency)?;
        line.net_minor = sum.net_minor;
        if let Some(Allowance { base_minor, amount_minor, .. }) = &mut line.allowance {
            (*base_minor, *amount_minor) = (sum.base_minor, sum.allowance_minor);
        }
        lines_minor = added(lines_minor, line.net_minor)?;
        let same = |group: &&mut VatBreakdown| {
            group.category == line.vat.category
                && group.rate == line.vat.rate
                && group.exemption_code == line.vat.exemption_code
                && group.exemption_reason == line.vat.exemption_reason
        };
        match breakdown.iter_mut().find(same) {
            Some(group) => group.base_minor = added(group.base_minor, line.net_minor)?,
            None => breakdown.push(VatBreakdown {
                category: line.vat.category.clone(),
                rate: line.vat.rate,
                base_minor: line.net_minor,
                tax_minor: 0,
                exemption_reason: line.vat.exemption_reason.clone(),
                exemption_code: line.vat.exemption_code.clone(),
            }),
        }
    }
    let mut tax_minor = 0;
    for group in &mut breakdown {
        group.tax_minor = tax_on(group.base_minor, group.rate)?;
        tax_minor = added(tax_minor, group.tax_minor)?;
    }
    let gross_minor = added(lines_minor, tax_minor)?;
    let paid_minor = invoice.totals.paid_minor;
    invoice.breakdown = breakdown;
    invoice.totals = Totals {
        lines_minor,
        net_minor: lines_minor,
        tax_minor,
        gross_minor,
        paid_minor,
        due_minor: added(gross_minor, -paid_minor)?,
    };
    Ok(())
}

/// The tax on a base, rounded half up (BR-CO-17), held to the cent.
fn tax_on(base_minor: i64, rate: Decimal) -> Result<i64, SumError> {
    let tax = Decimal::from(base_minor).checked_mul(rate).ok_or(SumError::TooLarge)?;
    Ok(minor_from_decimal(tax / Decimal::ONE_HUNDRED, 0, Rounding::HalfUp)?)
}

fn added(a: i64, b: i64) -> Result<i64, SumError> {
    a.checked_add(b).filter(|sum| sum.unsigned_abs() <= MAX_MINOR as u64).ok_or(SumError::TooLarge)
}

#[cfg(test)]
mod tests;
