//! A bank line that settles open items, wholly or in part; of what waits of their VAT the paid
//! share falls due on its booked day.

use super::{Line, Settlement, Share, parts};
use crate::commands::clear::{Tie, write_tie};
use crate::commands::entry_rows::write_line;
use crate::commands::waiting::{Paid, fall_due};
use crate::door::cents;
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, CounterpartyId, EntryId, PostingId};
use crate::tx::Tx;
use std::collections::BTreeSet;

/// What is left of an open item.
struct Open {
    posting: PostingId,
    account: AccountId,
    counterparty: CounterpartyId,
    rest_minor: i64,
    label: String,
}

/// Settles items whole: what is left of them makes up the line.
pub(super) fn write_whole(
    tx: &Tx<'_>,
    entry: EntryId,
    line: &Line,
    items: &[PostingId],
) -> Result<()> {
    let open = items.iter().map(|item| find(tx, *item)).collect::<Result<Vec<_>>>()?;
    let sum: i64 = open.iter().map(|item| item.rest_minor).sum();
    if sum != line.amount_minor || open.is_empty() {
        let label = open.first().map_or("", |item| item.label.as_str());
        return Err(Error::refused(
            Code::PartialPayment,
            &[("entry", &label), ("rest", &cents(sum)), ("paid", &cents(line.amount_minor))],
        ));
    }
    let mut place = 2;
    for item in &open {
        place = pay(tx, entry, line, place, item, item.rest_minor)?;
    }
    Ok(())
}

/// Pays shares of items, and books the rest of the line to accounts.
pub(super) fn write_shares(
    tx: &Tx<'_>,
    entry: EntryId,
    line: &Line,
    settlement: &Settlement,
) -> Result<()> {
    let (mut place, mut paid, mut seen) = (2, 0_i128, BTreeSet::new());
    for Share { item, amount_minor } in &settlement.items {
        let open = find(tx, *item)?;
        let within = amount_minor.signum() == open.rest_minor.signum()
            && amount_minor.unsigned_abs() <= open.rest_minor.unsigned_abs();
        if !within || !seen.insert(*item) {
            return Err(Error::refused(
                Code::PaidTooMuch,
                &[
                    ("entry", &open.label),
                    ("rest", &cents(open.rest_minor)),
                    ("paid", &cents(*amount_minor)),
                ],
            ));
        }
        place = pay(tx, entry, line, place, &open, *amount_minor)?;
        paid += i128::from(*amount_minor);
    }
    let large = |_| Error::refused(Code::TooLarge, &[("amount", &paid)]);
    let rest = i64::try_from(i128::from(line.amount_minor) - paid).map_err(large)?;
    parts::write(tx, entry, line, (place, rest), &settlement.parts)
}

/// Writes one payment: its line, its tie, and what falls due by it. Gives the next place.
fn pay(
    tx: &Tx<'_>,
    entry: EntryId,
    line: &Line,
    place: usize,
    item: &Open,
    amount_minor: i64,
) -> Result<usize> {
    let to = (item.account, Some(item.counterparty));
    let payment = write_line(tx, entry, line.day, place, to, -amount_minor, "")?;
    write_tie(tx, &Tie { item: item.posting, payment, amount_minor })?;
    let paid = Paid { claim: item.posting, part_minor: amount_minor, of_minor: item.rest_minor };
    fall_due(tx, (entry, line.day), place + 1, &paid)
}

fn find(tx: &Tx<'_>, posting: PostingId) -> Result<Open> {
    let found = tx.first(
        "SELECT posting.account, counterparty, amount_minor
             - coalesce((SELECT sum(amount_minor) FROM clearing WHERE item = posting.id), 0)
             + coalesce((SELECT sum(amount_minor) FROM clearing WHERE payment = posting.id), 0),
           entry.document_reference
         FROM posting JOIN entry ON entry.id = posting.entry
         WHERE posting.id = ?1 AND counterparty IS NOT NULL AND kind <> 'history'",
        [posting],
        |row| {
            Ok(Open {
                posting,
                account: row.get(0)?,
                counterparty: row.get(1)?,
                rest_minor: row.get(2)?,
                label: row.get(3)?,
            })
        },
    )?;
    match found {
        Some(open) if open.rest_minor != 0 => Ok(open),
        Some(open) => Err(Error::refused(Code::NotOpen, &[("entry", &open.label)])),
        None => Err(Error::refused(Code::NotOpen, &[("entry", &posting)])),
    }
}
