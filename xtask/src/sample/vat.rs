//! The monthly returns (form 3310-CA3) that the sample leads to, computed apart from the engine.

use super::calendar::{on, working_from};
use super::codes::{Code, code};
use super::exact::{part_payments, payments};
use super::model::{Bank, BankLine, Entry, Item, Means, World, half_up};
use std::collections::BTreeMap;
use values::Day;

/// Boxes of one return in whole euros, by their name on the form; a rate line has `.base` and
/// `.tax`. Boxes at zero are absent.
pub type Boxes = BTreeMap<&'static str, i64>;

/// What of an item a return counts, on the day its VAT falls due.
struct Charged<'a> {
    day: Day,
    item: &'a Item,
    base_minor: i64,
    tax_minor: i64,
    deductible_minor: i64,
}

impl Charged<'_> {
    /// The share of an item that falls due; the whole of it by the identity.
    fn share(day: Day, item: &Item, of: impl Fn(i64) -> i64) -> Charged<'_> {
        Charged {
            day,
            item,
            base_minor: of(item.base_minor),
            tax_minor: of(item.tax_minor),
            deductible_minor: of(item.deductible_minor),
        }
    }

    fn code(&self) -> &'static Code {
        code(self.item.tax_code)
    }

    /// Whether it stands on the side of what is owed, be its tax waiting before or not.
    fn is_due(&self) -> bool {
        matches!(self.item.leg, "output" | "waiting_output" | "reverse_due")
    }
}

/// Everything that falls due: items with a day of their own, and waiting items on the day the
/// bank booked the payment of their document.
fn charged<'a>(entries: &'a [Entry], bank: &[BankLine]) -> Vec<Charged<'a>> {
    let mut all = Vec::new();
    for item in entries.iter().flat_map(|entry| &entry.items) {
        if let Some(day) = item.chargeable_on {
            all.push(Charged::share(day, item, |whole| whole));
        }
    }
    for payment in payments(entries, bank) {
        let day = bank[payment.line].day;
        for item in &entries[payment.entry].items {
            if item.waits() && item.counterparty == payment.party {
                all.push(Charged::share(day, item, |whole| whole));
            }
        }
    }
    for part in part_payments(entries, bank) {
        for item in entries[part.entry].items.iter().filter(|item| item.waits()) {
            let day = bank[part.line].day;
            all.push(Charged::share(day, item, |whole| part.share_of(whole)));
        }
    }
    all
}

/// The returns of January to October, each taking the credit of the one before (line 22).
pub fn returns(entries: &[Entry], bank: &[BankLine]) -> Vec<(u32, Boxes)> {
    let all = charged(entries, bank);
    let mut credit = 0;
    let mut told = Vec::new();
    for month in 1..=10 {
        let own: Vec<&Charged> = all.iter().filter(|one| one.day.month() == month).collect();
        let boxes = boxes(&own, credit);
        credit = boxes.get("27").copied().unwrap_or(0);
        told.push((month, boxes));
    }
    told
}

/// Cents to whole euros, 0.50 up (CGI art. 1657).
fn rounded(minor: i64) -> i64 {
    half_up(minor, 100)
}

fn boxes(own: &[&Charged], credit: i64) -> Boxes {
    let mut boxes = Boxes::new();
    for name in ["A1", "A3", "B2", "E1", "E2", "F2"] {
        let bases = own.iter().filter(|one| one.is_due() && one.code().base_box == name);
        boxes.insert(name, rounded(bases.map(|one| one.base_minor).sum()));
    }
    let mut gross = 0;
    for (base_name, tax_name, per_mille) in
        [("08.base", "08.tax", 200), ("09.base", "09.tax", 55), ("9B.base", "9B.tax", 100)]
    {
        let bases = own.iter().filter(|one| one.is_due() && one.code().rate_per_mille == per_mille);
        let base = rounded(bases.map(|one| one.base_minor).sum());
        assert!(base >= 0, "the sample keeps clear of credit notes larger than sales");
        let tax = half_up(base * per_mille, 1000);
        boxes.insert(base_name, base);
        boxes.insert(tax_name, tax);
        gross += tax;
    }
    let acquired = own.iter().filter(|one| one.is_due() && one.item.tax_code == "AIC20");
    boxes.insert("17", rounded(acquired.map(|one| one.tax_minor).sum()));
    let deductible = |asset: bool| -> i64 {
        let inputs = own.iter().filter(|one| !one.is_due());
        let chosen = inputs.filter(|one| (one.item.nature == "asset") == asset);
        rounded(chosen.map(|one| one.deductible_minor).sum())
    };
    let (assets, others) = (deductible(true), deductible(false));
    let total = assets + others + credit;
    let due = (gross - total).max(0);
    for (name, value) in [
        ("16", gross),
        ("19", assets),
        ("20", others),
        ("22", credit),
        ("23", total),
        ("25", (total - gross).max(0)),
        ("27", (total - gross).max(0)),
        ("TD", due),
        ("28", due),
        ("32", due),
    ] {
        boxes.insert(name, value);
    }
    boxes.retain(|_, value| *value != 0);
    boxes
}

/// Writes the direct debits of the tax office: each return is paid the month after, on the 21st
/// or the first working day from there (a company outside Paris; CIBS art. A. 161-29).
pub fn pay(world: &mut World, owed_for_december: i64) {
    let mut owed = vec![(1, "122025".to_owned(), owed_for_december)];
    for (month, boxes) in returns(&world.entries, &world.bank) {
        let euros = boxes.get("32").copied().unwrap_or(0);
        if euros > 0 {
            owed.push((month + 1, format!("{month:02}2026"), euros * 100));
        }
    }
    for (month, period, amount_minor) in owed.into_iter().filter(|(month, _, _)| *month <= 10) {
        let day = working_from(on(month, 21));
        let memo = format!("PRLV DGFIP TVA CA3 {period}");
        world.plain(Bank::Current, day, -amount_minor, Means::DirectDebit, "DGFIP", memo);
    }
}
