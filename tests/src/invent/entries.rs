//! Entries as a business writes them: sales, purchases, reverse charges, pay, the takeover.

use crate::chance::Chance;
use book::tax_codes::{Leg, Nature};
use book::{EntryDraft, ItemDraft, Kind, LineDraft};
use values::{Day, Decimal};

/// Customers of the invented business.
pub const CUSTOMERS: &[&str] = &["C1", "C2", "C3", "C4"];
/// Its suppliers.
pub const SUPPLIERS: &[&str] = &["F1", "F2", "F3", "F4"];

/// A tax code with its rate in per mille and the accounts of its legs.
struct Taxed {
    code: &'static str,
    per_mille: i64,
    due: &'static str,
    deductible: &'static str,
}

const SALES: &[Taxed] = &[
    Taxed { code: "S20", per_mille: 200, due: "445711", deductible: "" },
    Taxed { code: "S10", per_mille: 100, due: "445712", deductible: "" },
    Taxed { code: "S55", per_mille: 55, due: "445713", deductible: "" },
    Taxed { code: "S21", per_mille: 21, due: "445714", deductible: "" },
];

const PURCHASES: &[Taxed] = &[
    Taxed { code: "P20", per_mille: 200, due: "", deductible: "445661" },
    Taxed { code: "P10", per_mille: 100, due: "", deductible: "445661" },
    Taxed { code: "P55", per_mille: 55, due: "", deductible: "445661" },
    Taxed { code: "P20-FA", per_mille: 200, due: "", deductible: "44562" },
];

const REVERSED: &[Taxed] = &[
    Taxed { code: "AIC20", per_mille: 200, due: "445201", deductible: "445662" },
    Taxed { code: "RC-BTP-P", per_mille: 200, due: "445203", deductible: "445665" },
    Taxed { code: "IMP20", per_mille: 200, due: "445205", deductible: "445664" },
];

impl Taxed {
    fn rate(&self) -> Decimal {
        Decimal::new(self.per_mille, 1).normalize()
    }

    /// The tax of a base in minor units, half up away from zero.
    fn tax(&self, base: i64) -> i64 {
        let product = i128::from(base) * i128::from(self.per_mille);
        let half = if product < 0 { -500 } else { 500 };
        ((product + half) / 1000) as i64
    }
}

/// A plain entry, of one of all the kinds a person may write.
pub fn entry(chance: &mut Chance, day: Day, bank: Option<&str>) -> EntryDraft {
    match chance.below(20) {
        0..6 => sale(chance, day),
        6..12 => purchase(chance, day),
        12..14 => reverse_charge(chance, day),
        14..16 => pay(chance, day),
        16 => opening(chance, day, bank),
        _ => other(chance, day),
    }
}

fn draft(journal: &str, day: Day, label: &str, lines: Vec<LineDraft>) -> EntryDraft {
    EntryDraft {
        journal: journal.to_owned(),
        day,
        reference: None,
        document_day: None,
        label: label.to_owned(),
        kind: Kind::Ordinary,
        lines,
        items: Vec::new(),
    }
}

/// One line.
pub fn line(account: &str, counterparty: Option<&str>, amount_minor: i64) -> LineDraft {
    LineDraft {
        account: account.to_owned(),
        counterparty: counterparty.map(str::to_owned),
        amount_minor,
        label: String::new(),
    }
}

fn item(taxed: &Taxed, leg: Leg, base: i64, nature: Nature) -> ItemDraft {
    ItemDraft {
        leg,
        tax_code: taxed.code.to_owned(),
        rate: taxed.rate(),
        base_minor: base,
        tax_minor: taxed.tax(base),
        deductible_minor: None,
        nature,
        line: None,
        claim: None,
        chargeable_on: None,
        counterparty: None,
        consumer: None,
        country: None,
        vat_number: None,
        operations: None,
    }
}

/// An amount without tax: mostly small, now and then as large as a book can hold with its tax.
fn base(chance: &mut Chance) -> i64 {
    let size = match chance.below(40) {
        0 => chance.between(1, 9),
        1 => 7_000_000_000_000_000,
        _ => chance.between(100, 500_000),
    };
    if chance.often(12) { -size } else { size }
}

/// An invoice or a credit note: due at once, or waiting for its payment.
fn sale(chance: &mut Chance, day: Day) -> EntryDraft {
    let taxed = &SALES[chance.below(SALES.len() as i64) as usize];
    let (customer, base) = (chance.word(CUSTOMERS), base(chance));
    let tax = taxed.tax(base);
    let waits = chance.often(45);
    let (income, account) = if waits { ("706", "44574") } else { ("707", taxed.due) };
    let mut lines = vec![line("411", Some(customer), base + tax), line(income, None, -base)];
    let mut item = item(
        taxed,
        if waits { Leg::WaitingOutput } else { Leg::Output },
        base,
        if waits { Nature::Services } else { Nature::Goods },
    );
    if tax != 0 {
        lines.push(line(account, None, -tax));
        item.line = Some(3);
    }
    item.chargeable_on = (!waits).then_some(day);
    item.claim = (waits && chance.often(50)).then_some(1);
    item.counterparty = Some(customer.to_owned());
    item.operations = chance.often(10).then_some(3);
    let mut entry = draft("VE", day, "Facture", lines);
    entry.reference = chance.often(50).then(|| format!("FA-{}", chance.below(10_000)));
    entry.items.push(item);
    entry
}

/// A bill: goods deducted at once, services waiting for the payment, an asset.
fn purchase(chance: &mut Chance, day: Day) -> EntryDraft {
    let taxed = &PURCHASES[chance.below(PURCHASES.len() as i64) as usize];
    let (supplier, base) = (chance.word(SUPPLIERS), base(chance));
    let tax = taxed.tax(base);
    let asset = taxed.code == "P20-FA";
    let waits = !asset && chance.often(40);
    let (cost, nature) = match (asset, waits) {
        (true, _) => ("2183", Nature::Asset),
        (_, true) => ("622", Nature::Services),
        _ => ("607", Nature::Goods),
    };
    let mut lines = vec![line("401", Some(supplier), -base - tax), line(cost, None, base)];
    let mut item = item(taxed, if waits { Leg::WaitingInput } else { Leg::Input }, base, nature);
    // Said outright: what the business may deduct by default changes with its settings.
    let deductible = if chance.often(90) { tax } else { tax / 2 };
    item.deductible_minor = Some(deductible);
    if deductible != 0 {
        lines.push(line(if waits { "44564" } else { taxed.deductible }, None, deductible));
        item.line = Some(lines.len());
    }
    if tax != deductible {
        lines.push(line(cost, None, tax - deductible));
    }
    item.chargeable_on = (!waits).then_some(day);
    item.claim = waits.then_some(1);
    let mut entry = draft("AC", day, "Achat", lines);
    entry.document_day = chance.often(30).then(|| day.plus_days(-chance.below(20)));
    entry.items.push(item);
    entry
}

/// A purchase whose tax we owe and deduct at once.
fn reverse_charge(chance: &mut Chance, day: Day) -> EntryDraft {
    let taxed = &REVERSED[chance.below(REVERSED.len() as i64) as usize];
    let (supplier, base) = (chance.word(SUPPLIERS), base(chance));
    let tax = taxed.tax(base);
    let nature = if taxed.code == "RC-BTP-P" { Nature::Services } else { Nature::Goods };
    let on = day.plus_days(chance.below(20));
    let mut lines = vec![line("401", Some(supplier), -base), line("607", None, base)];
    let (mut due, mut input) =
        (item(taxed, Leg::ReverseDue, base, nature), item(taxed, Leg::Input, base, nature));
    input.deductible_minor = Some(tax);
    (due.chargeable_on, input.chargeable_on) = (Some(on), Some(on));
    if tax != 0 {
        lines.extend([line(taxed.due, None, -tax), line(taxed.deductible, None, tax)]);
        (due.line, input.line) = (Some(3), Some(4));
    }
    let mut entry = draft("AC", day, "Achat autoliquidé", lines);
    entry.items = vec![due, input];
    entry
}

fn pay(chance: &mut Chance, day: Day) -> EntryDraft {
    let (gross, social) = (chance.between(150_000, 900_000), chance.between(30_000, 140_000));
    draft(
        "PA",
        day,
        "Salaires",
        vec![
            line("641", None, gross),
            line("421", None, -(gross - social)),
            line("431", None, -social),
        ],
    )
}

/// The takeover, on the first day and seldom elsewhere; with the bank's balance if there is one.
fn opening(chance: &mut Chance, day: Day, bank: Option<&str>) -> EntryDraft {
    let amount = chance.between(1, 1_000_000);
    let mut lines = vec![line("101", None, -3 * amount), line("530", None, amount)];
    lines.push(line(bank.unwrap_or("2183"), None, amount));
    lines.push(line("411", Some(chance.word(CUSTOMERS)), amount));
    let on = if chance.often(90) { super::first_day() } else { day };
    let mut entry = draft("AN", on, "Reprise des soldes", lines);
    entry.kind = Kind::Opening;
    entry
}

fn other(chance: &mut Chance, day: Day) -> EntryDraft {
    const ACCOUNTS: &[&str] = &["108", "471", "530", "580", "606", "6061", "622", "7589", "44551"];
    let amount = chance.between(1, 80_000);
    let third = chance.often(40).then(|| chance.word(CUSTOMERS));
    let against = if third.is_some() { "411" } else { chance.word(ACCOUNTS) };
    let journal = chance.word(&["OD", "CA"]);
    let lines = vec![line(chance.word(ACCOUNTS), None, amount), line(against, third, -amount)];
    draft(journal, day, "Opération diverse", lines)
}
