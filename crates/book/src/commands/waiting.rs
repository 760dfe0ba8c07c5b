//! VAT that waits for a payment: what is left of it, the share that falls due by a payment, and
//! what a credit note takes off it (docs/architecture.md, "VAT that waits").

use super::entry_rows::{Move, write_line, write_move};
use super::open_account::account_of;
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, EntryId, PostingId, TaxItemId};
use crate::tax_codes::{Leg, Nature};
use crate::tx::Tx;
use values::{Day, Decimal, Rounding, minor_from_decimal};

/// What still waits of one item's tax, in minor units.
pub(super) struct Waiting {
    pub(super) id: TaxItemId,
    pub(super) leg: Leg,
    pub(super) tax_code: String,
    pub(super) rate: String,
    pub(super) nature: Nature,
    pub(super) base_minor: i64,
    pub(super) tax_minor: i64,
    pub(super) deductible_minor: i64,
    pub(super) account: Option<AccountId>,
}

/// A payment of a claim: how much of how much that was left, in minor units of one sign.
pub(super) struct Paid {
    pub(super) claim: PostingId,
    pub(super) part_minor: i64,
    pub(super) of_minor: i64,
}

/// What still waits of the tax of an invoice or bill, item by item.
pub(super) fn waiting(tx: &Tx<'_>, claim: PostingId) -> Result<Vec<Waiting>> {
    let left = |column: &str| {
        format!(
            "first.{column} + coalesce((SELECT sum(move.{column}) FROM tax_item AS move
               WHERE move.moves = first.id AND move.leg = first.leg), 0)"
        )
    };
    let found = tx.all(
        &format!(
            "SELECT first.id, leg, tax_code, rate, nature, {}, {}, {}, posting.account
             FROM tax_item AS first LEFT JOIN posting ON posting.id = first.posting
             WHERE first.claim = ?1 ORDER BY first.id",
            left("base_minor"),
            left("tax_minor"),
            left("deductible_minor")
        ),
        [claim],
        |row| {
            let (leg, nature): (String, String) = (row.get(1)?, row.get(4)?);
            let words = (Leg::read(&leg), Nature::read(&nature));
            let amounts: [i64; 3] = [row.get(5)?, row.get(6)?, row.get(7)?];
            Ok((row.get(0)?, words, (row.get(2)?, row.get(3)?), amounts, row.get(8)?))
        },
    )?;
    found
        .into_iter()
        .filter(|(.., [base, tax, _], _)| (*base, *tax) != (0, 0))
        .map(|(id, words, (tax_code, rate), [base_minor, tax_minor, deductible_minor], account)| {
            let (Some(leg), Some(nature)) = words else {
                return Err(Error::Damaged(format!("tax item {id}")));
            };
            Ok(Waiting {
                id,
                leg,
                tax_code,
                rate,
                nature,
                base_minor,
                tax_minor,
                deductible_minor,
                account,
            })
        })
        .collect()
}

/// The paid share of whatever waits of a claim falls due on the entry's day: part ÷ rest of each
/// amount, half up, and the last payment takes what is left. Writes from `place` on; gives the next
/// place.
pub(super) fn fall_due(
    tx: &Tx<'_>,
    (entry, day): (EntryId, Day),
    place: usize,
    paid: &Paid,
) -> Result<usize> {
    let mut place = place;
    for item in waiting(tx, paid.claim)? {
        let [base_minor, tax_minor, deductible_minor] =
            [item.base_minor, item.tax_minor, item.deductible_minor]
                .map(|left| share(left, paid.part_minor, paid.of_minor));
        let part = Waiting {
            base_minor: base_minor?,
            tax_minor: tax_minor?,
            deductible_minor: deductible_minor?,
            ..item
        };
        if (part.base_minor, part.tax_minor) != (0, 0) {
            place = move_to_due(tx, (entry, day), place, &part)?;
        }
    }
    Ok(place)
}

/// `part` ÷ `of` of what is left, half up; all of it when `part` is all.
fn share(left_minor: i64, part_minor: i64, of_minor: i64) -> Result<i64> {
    if part_minor == of_minor {
        return Ok(left_minor);
    }
    let large = || Error::refused(Code::TooLarge, &[("amount", &left_minor)]);
    // Both sizes fit 2^53: their product fits the 28 digits of a decimal but for the largest.
    let product =
        Decimal::from(left_minor).checked_mul(Decimal::from(part_minor)).ok_or_else(large)?;
    minor_from_decimal(product / Decimal::from(of_minor), 0, Rounding::HalfUp).map_err(|_| large())
}

/// Moves amounts of an item from its waiting account to the account where it is due or deductible.
fn move_to_due(
    tx: &Tx<'_>,
    (entry, day): (EntryId, Day),
    place: usize,
    item: &Waiting,
) -> Result<usize> {
    let due_leg = if item.leg == Leg::WaitingInput { Leg::Input } else { Leg::Output };
    let on_line =
        if item.leg == Leg::WaitingInput { item.deductible_minor } else { -item.tax_minor };
    let (mut place, mut from, mut to) = (place, None, None);
    if let (Some(waiting_account), true) = (item.account, on_line != 0) {
        let code = tx.law.tax_codes()?.get(&item.tax_code);
        let account = code
            .and_then(|code| code.account(due_leg, item.nature))
            .ok_or_else(|| Error::refused(Code::UnknownTaxCode, &[("tax_code", &item.tax_code)]))?;
        let account = account_of(tx, account)?;
        from = Some(write_line(tx, entry, day, place, (waiting_account, None), -on_line, "")?);
        to = Some(write_line(tx, entry, day, place + 1, (account, None), on_line, "")?);
        place += 2;
    }
    for (leg, posting, sign, chargeable_on) in
        [(item.leg, from, -1, None), (due_leg, to, 1, Some(day))]
    {
        write_move(
            tx,
            entry,
            &Move {
                leg,
                of: item.id,
                posting,
                base_minor: sign * item.base_minor,
                tax_minor: sign * item.tax_minor,
                deductible_minor: sign * item.deductible_minor,
                chargeable_on,
            },
        )?;
    }
    Ok(place)
}
