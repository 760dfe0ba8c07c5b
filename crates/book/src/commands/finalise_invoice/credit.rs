//! A credit note takes first what waits of its invoice's tax at its own code and rate, then tax
//! that is due, on its own day; if it leaves nothing unpaid, what still waits falls due.

use super::PlannedTax;
use crate::commands::clear::{Tie, write_tie};
use crate::commands::waiting::{Paid, Waiting, fall_due, waiting};
use crate::error::{Code, Error, Result};
use crate::ids::{EntryId, PostingId};
use crate::invoicing::{Booked, BookedTax, Built};
use crate::tax_codes::Leg;
use crate::tx::Tx;
use values::{Day, Decimal};

/// The tax items of a credit note: negative, as the return counts them.
pub(super) fn taxes(tx: &Tx<'_>, built: &Built, booked: &Booked) -> Result<Vec<PlannedTax>> {
    let claim = built.answered.as_ref().and_then(|answered| answered.claim);
    let mut left = match claim {
        Some(claim) => waiting(tx, claim)?,
        None => Vec::new(),
    };
    let mut plan = Vec::new();
    for credited in &booked.taxes {
        let mut rest = credited.clone();
        for first in left.iter_mut().filter(|first| is_alike(first, credited)) {
            plan.extend(take(tx, &mut rest, first)?);
        }
        if (rest.base_minor, rest.tax_minor) != (0, 0) {
            plan.push(due(tx, rest, built.record.issue_day)?);
        }
    }
    Ok(plan)
}

fn is_alike(first: &Waiting, credited: &BookedTax) -> bool {
    first.leg == Leg::WaitingOutput
        && first.tax_code == credited.tax_code
        && first.rate.parse() == Ok(credited.rate)
        && first.nature == credited.nature
}

/// Takes as much of a waiting item as there is of both, and lowers both by it.
fn take(tx: &Tx<'_>, rest: &mut BookedTax, first: &mut Waiting) -> Result<Option<PlannedTax>> {
    if rest.tax_minor.signum() != first.tax_minor.signum() || rest.tax_minor == 0 {
        return Ok(None);
    }
    let smaller = |a: i64, b: i64| if a.unsigned_abs() <= b.unsigned_abs() { a } else { b };
    let tax_minor = smaller(rest.tax_minor, first.tax_minor);
    let mut base_minor = smaller(rest.base_minor, first.base_minor);
    if base_minor == rest.base_minor && tax_minor != rest.tax_minor {
        // A cent of tax is left over by rounding; a tax without a base is none.
        base_minor -= base_of(rest.tax_minor - tax_minor, rest.rate);
    }
    if tax_minor == rest.tax_minor && tax_minor != first.tax_minor {
        // The other way round: what still waits keeps its base.
        base_minor = rest.base_minor;
    }
    let account = match first.account {
        Some(account) => {
            tx.first("SELECT code FROM account WHERE id = ?1", [account], |row| row.get(0))?
        }
        None => None,
    };
    rest.base_minor -= base_minor;
    rest.tax_minor -= tax_minor;
    first.base_minor -= base_minor;
    first.tax_minor -= tax_minor;
    Ok(Some(PlannedTax {
        leg: Leg::WaitingOutput,
        tax: BookedTax { base_minor: -base_minor, tax_minor: -tax_minor, ..rest.clone() },
        account: account.unwrap_or_default(),
        on_line_minor: tax_minor,
        chargeable_on: None,
        moves: Some(first.id),
    }))
}

/// The smallest base that bears so much tax, in minor units.
fn base_of(tax_minor: i64, rate: Decimal) -> i64 {
    let base = Decimal::from(tax_minor) * Decimal::ONE_HUNDRED / rate.max(Decimal::ONE);
    i64::try_from(base.ceil().mantissa()).unwrap_or(tax_minor)
}

fn due(tx: &Tx<'_>, rest: BookedTax, day: Day) -> Result<PlannedTax> {
    let unknown = || Error::refused(Code::UnknownTaxCode, &[("tax_code", &rest.tax_code)]);
    let code = tx.law.tax_codes()?.get(&rest.tax_code).ok_or_else(unknown)?;
    let account = match (code.account(Leg::Output, rest.nature), rest.tax_minor) {
        (Some(account), _) => account.to_owned(),
        (None, 0) => String::new(),
        (None, _) => return Err(unknown()),
    };
    let on_line_minor = rest.tax_minor;
    let tax = BookedTax { base_minor: -rest.base_minor, tax_minor: -rest.tax_minor, ..rest };
    let chargeable_on = Some(day);
    Ok(PlannedTax { leg: Leg::Output, tax, account, on_line_minor, chargeable_on, moves: None })
}

/// Ties the credit note to what is left of its invoice. Is nothing unpaid then, whatever still
/// waits falls due; the rest of a credit note larger than that stays open for the customer.
pub(super) fn tie(
    tx: &Tx<'_>,
    built: &Built,
    at: (EntryId, Day),
    place: usize,
    payment: PostingId,
) -> Result<()> {
    let Some(item) = built.answered.as_ref().and_then(|answered| answered.claim) else {
        return Ok(());
    };
    let rest_minor: i64 = tx
        .first(
            "SELECT amount_minor
               - coalesce((SELECT sum(amount_minor) FROM clearing WHERE item = posting.id), 0)
               + coalesce((SELECT sum(amount_minor) FROM clearing WHERE payment = posting.id), 0)
             FROM posting WHERE id = ?1",
            [item],
            |row| row.get(0),
        )?
        .unwrap_or(0);
    let amount_minor = rest_minor.min(built.record.totals.gross_minor);
    if amount_minor <= 0 {
        return Ok(());
    }
    write_tie(tx, &Tie { item, payment, amount_minor })?;
    if amount_minor == rest_minor {
        let all = Paid { claim: item, part_minor: amount_minor, of_minor: amount_minor };
        fall_due(tx, at, place, &all)?;
    }
    Ok(())
}
