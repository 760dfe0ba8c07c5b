//! A bank line that settles open items whole; what waits of their VAT falls due on its booked day.

use super::Line;
use crate::commands::clear::{Tie, write_tie};
use crate::commands::entry_rows::{Move, write_line, write_move};
use crate::commands::open_account::account_of;
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, CounterpartyId, EntryId, PostingId, TaxItemId};
use crate::tax_codes::{Leg, Nature};
use crate::tx::Tx;

/// What is left of an open item.
struct Open {
    posting: PostingId,
    account: AccountId,
    counterparty: CounterpartyId,
    rest_minor: i64,
    label: String,
}

/// What still waits of one item's tax, in minor units.
struct Waiting {
    id: TaxItemId,
    leg: Leg,
    tax_code: String,
    nature: Nature,
    base_minor: i64,
    tax_minor: i64,
    deductible_minor: i64,
    account: Option<AccountId>,
}

/// Writes the lines, ties and moves of a payment.
pub(super) fn write(tx: &Tx<'_>, entry: EntryId, line: &Line, items: &[PostingId]) -> Result<()> {
    let open = items.iter().map(|item| find(tx, *item)).collect::<Result<Vec<_>>>()?;
    let sum: i64 = open.iter().map(|item| item.rest_minor).sum();
    if sum != line.amount_minor || open.is_empty() {
        let label = open.first().map_or("", |item| item.label.as_str());
        return Err(Error::refused(
            Code::PartialPayment,
            &[
                ("entry", &label),
                ("rest", &crate::door::cents(sum)),
                ("paid", &crate::door::cents(line.amount_minor)),
            ],
        ));
    }
    let mut place = 2;
    for item in &open {
        let to = (item.account, Some(item.counterparty));
        let payment = write_line(tx, entry, line.day, place, to, -item.rest_minor, "")?;
        place += 1;
        let tie = Tie { item: item.posting, payment, amount_minor: item.rest_minor };
        write_tie(tx, &tie)?;
        for waiting in waiting(tx, item.posting)? {
            place = fall_due(tx, entry, line, place, &waiting)?;
        }
    }
    Ok(())
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

/// What still waits of the tax of an invoice or bill, item by item.
fn waiting(tx: &Tx<'_>, claim: PostingId) -> Result<Vec<Waiting>> {
    let left = |column: &str| {
        format!(
            "first.{column} + coalesce((SELECT sum(move.{column}) FROM tax_item AS move
               WHERE move.moves = first.id AND move.leg = first.leg), 0)"
        )
    };
    let found = tx.all(
        &format!(
            "SELECT first.id, leg, tax_code, nature, {}, {}, {}, posting.account
             FROM tax_item AS first LEFT JOIN posting ON posting.id = first.posting
             WHERE first.claim = ?1 ORDER BY first.id",
            left("base_minor"),
            left("tax_minor"),
            left("deductible_minor")
        ),
        [claim],
        |row| {
            let (leg, nature): (String, String) = (row.get(1)?, row.get(3)?);
            let words = (Leg::read(&leg), Nature::read(&nature));
            let amounts: [i64; 3] = [row.get(4)?, row.get(5)?, row.get(6)?];
            Ok((row.get(0)?, words, row.get(2)?, amounts, row.get(7)?))
        },
    )?;
    found
        .into_iter()
        .filter(|(.., [base, tax, _], _)| (*base, *tax) != (0, 0))
        .map(|(id, words, tax_code, [base_minor, tax_minor, deductible_minor], account)| {
            let (Some(leg), Some(nature)) = words else {
                return Err(Error::Damaged(format!("tax item {id}")));
            };
            let (base_minor, tax_minor) = (base_minor, tax_minor);
            Ok(Waiting {
                id,
                leg,
                tax_code,
                nature,
                base_minor,
                tax_minor,
                deductible_minor,
                account,
            })
        })
        .collect()
}

/// Moves an item whole from its waiting account to the account where it is due or deductible.
fn fall_due(
    tx: &Tx<'_>,
    entry: EntryId,
    line: &Line,
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
        from = Some(write_line(tx, entry, line.day, place, (waiting_account, None), -on_line, "")?);
        to = Some(write_line(tx, entry, line.day, place + 1, (account, None), on_line, "")?);
        place += 2;
    }
    for (leg, posting, sign, chargeable_on) in
        [(item.leg, from, -1, None), (due_leg, to, 1, Some(line.day))]
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
