//! Returns: the items due in a month taken, the accounts they stand on cleared, rarely well asked.

use super::first_day;
use crate::chance::Chance;
use book::read::{Reader, TaxItemRow};
use book::tax_codes::Leg;
use book::{
    Book, Command, FileReturn, MakeReturn, Result, SettlementLine, TaxItemId, WithdrawReturn,
};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use values::Day;

/// The only form of the invented business.
pub const FORM: &str = "CA3";

/// The next month without a return, or now and then one that has no sense.
pub fn make(chance: &mut Chance, book: &mut Book, at: DateTime<Utc>) -> Result<Command> {
    let (pack_blob, _) = book.note_blob(b"an invented pack", "pack", at)?;
    let reader = book.reader()?;
    let made = reader.returns(FORM)?;
    let mut month = made.last().map_or(first_day(), |last| last.last_day.plus_days(1));
    if chance.often(8) {
        month = first_day().plus_months(chance.below(30) as u32);
    }
    let last_day = month.month_end();
    let mut items = due(&reader, month, last_day)?;
    let mut settlement = settlement(&items);
    let mut pack_blob = pack_blob;
    let mut form = FORM;
    match chance.below(40) {
        0 => drop(settlement.pop()),
        1 => settlement.iter_mut().for_each(|line| line.amount_minor += 1),
        2 => pack_blob = "00".repeat(32),
        3 => drop(items.pop()),
        4 => items.extend(items.first().cloned()),
        5 => form = "CA12",
        _ => {}
    }
    let takes: Vec<TaxItemId> = items.iter().map(|item| item.id).collect();
    Ok(MakeReturn {
        form: form.to_owned(),
        first_day: month,
        last_day,
        pack: "fr-ca3 0".to_owned(),
        pack_blob,
        pack_size: 16,
        answers: "{}".to_owned(),
        boxes: "{}".to_owned(),
        takes,
        settlement,
        label: format!("TVA de {}", month.year_month()),
    }
    .into())
}

/// The last return taken back, or now and then an older one or none.
pub fn withdraw(chance: &mut Chance, reader: &Reader) -> Result<Command> {
    Ok(WithdrawReturn { form: FORM.to_owned(), first_day: standing(chance, reader)? }.into())
}

/// The last return filed.
pub fn file(chance: &mut Chance, reader: &Reader, today: Day) -> Result<Command> {
    let first_day = standing(chance, reader)?;
    Ok(FileReturn { form: FORM.to_owned(), first_day, filed_day: today }.into())
}

fn standing(chance: &mut Chance, reader: &Reader) -> Result<Day> {
    let made = reader.returns(FORM)?;
    let found = if chance.often(80) { made.last() } else { chance.one(&made) };
    Ok(found.map_or(first_day(), |found| found.first_day))
}

fn due(reader: &Reader, first: Day, last: Day) -> Result<Vec<TaxItemRow>> {
    let mut items = reader.tax_items(first, last)?;
    items.retain(|item| item.taken_by.is_none());
    Ok(items)
}

/// Each account turned by what its items wrote; the rest is due or carried in whole euros, and the
/// cents that rounding leaves go to their accounts.
fn settlement(items: &[TaxItemRow]) -> Vec<SettlementLine> {
    let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
    for item in items {
        let stands = if item.leg == Leg::Input { item.deductible_minor } else { -item.tax_minor };
        if let Some(account) = &item.account {
            *sums.entry(account).or_default() -= stands;
        }
    }
    let rest = -sums.values().sum::<i64>();
    let whole = (rest / 100) * 100;
    let cents = rest - whole;
    sums.insert(if whole > 0 { "44567" } else { "44551" }, whole);
    sums.insert(if cents > 0 { "6589" } else { "7589" }, cents);
    sums.into_iter()
        .filter(|(_, amount)| *amount != 0)
        .map(|(account, amount_minor)| SettlementLine { account: account.to_owned(), amount_minor })
        .collect()
}
