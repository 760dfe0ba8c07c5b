//! Writes an invoice or a bill as an entry: lines, and the tax items that explain them.

use super::codes::{Code, code};
use super::model::{Entry, Item, half_up};
use values::Day;

/// One part of a document: what it is about, its tax code and its price without VAT.
pub struct Part {
    pub account: &'static str,
    pub code: &'static str,
    pub nature: &'static str,
    /// Cents without VAT; negative on a credit note.
    pub base_minor: i64,
}

/// An invoice we issued, or a bill we received.
pub struct Document {
    pub party: &'static str,
    pub day: Day,
    pub reference: String,
    pub label: String,
    pub parts: Vec<Part>,
    /// The day the VAT falls due, where it does not wait for the payment.
    pub chargeable_on: Day,
    /// A bill that says *débits*: its VAT does not wait for the payment.
    pub on_invoice: bool,
}

impl Document {
    /// A document of one day and one part, whose VAT follows the common rule.
    pub fn new(
        party: &'static str,
        day: Day,
        reference: String,
        label: String,
        part: Part,
    ) -> Document {
        let parts = vec![part];
        Document { party, day, reference, label, parts, chargeable_on: day, on_invoice: false }
    }

    fn waits(&self, part: &Part) -> bool {
        part.nature == "services" && !self.on_invoice
    }
}

/// The VAT of a part, half up to the cent.
fn tax_of(part: &Part, code: &Code) -> i64 {
    half_up(part.base_minor * code.rate_per_mille, 1000)
}

/// Amounts gathered by account, in order of first appearance.
#[derive(Default)]
struct Gathered(Vec<(&'static str, i64)>);

impl Gathered {
    fn add(&mut self, account: &'static str, amount_minor: i64) {
        match self.0.iter_mut().find(|(known, _)| *known == account) {
            Some((_, sum)) => *sum += amount_minor,
            None => self.0.push((account, amount_minor)),
        }
    }

    fn write(&self, entry: &mut Entry) {
        for (account, amount_minor) in &self.0 {
            entry.line(account, *amount_minor);
        }
    }
}

fn place_of(entry: &Entry, account: &str) -> Option<usize> {
    entry.lines.iter().position(|line| line.account == account).map(|place| place + 1)
}

/// The entry of an invoice or credit note of ours (journal VE), and what the customer owes.
pub fn sale(document: &Document) -> (Entry, i64) {
    let mut sums = Gathered::default();
    for part in &document.parts {
        sums.add(part.account, -part.base_minor);
    }
    for part in &document.parts {
        let code = code(part.code);
        if let Some(due) = code.due_account {
            let account = if document.waits(part) { "44574" } else { due };
            sums.add(account, -tax_of(part, code));
        }
    }
    let gross = -sums.0.iter().map(|(_, amount)| amount).sum::<i64>();
    let mut entry = start("VE", document);
    entry.party_line("411", document.party, gross);
    sums.write(&mut entry);
    for part in &document.parts {
        let code = code(part.code);
        let waits = document.waits(part) && code.due_account.is_some();
        let account = if waits { Some("44574") } else { code.due_account };
        entry.items.push(Item {
            leg: if waits { "waiting_output" } else { "output" },
            tax_code: code.name,
            rate: code.rate,
            base_minor: part.base_minor,
            tax_minor: tax_of(part, code),
            deductible_minor: 0,
            nature: part.nature,
            line: account.and_then(|account| place_of(&entry, account)),
            chargeable_on: (!waits).then_some(document.chargeable_on),
            counterparty: document.party,
        });
    }
    (entry, gross)
}

/// The entry of a bill or a supplier's credit note (journal AC) on `creditor` (401 or 404), and
/// what we owe.
pub fn bill(document: &Document, creditor: &'static str) -> (Entry, i64) {
    let mut costs = Gathered::default();
    let mut taxes = Gathered::default();
    let mut items = Vec::new();
    for part in &document.parts {
        let code = code(part.code);
        let tax = tax_of(part, code);
        let deductible = half_up(tax * code.share_percent, 100);
        costs.add(part.account, part.base_minor + tax - deductible);
        let reversed = code.due_account.is_some();
        if let Some(due) = code.due_account {
            taxes.add(due, -tax);
            items.push((Some(due), item(document, part, "reverse_due", tax, 0)));
        }
        let waits = document.waits(part) && !reversed && tax != 0;
        let account = if waits { Some("44564") } else { code.deductible_account };
        if let Some(account) = account {
            taxes.add(account, deductible);
        }
        let leg = if waits { "waiting_input" } else { "input" };
        items.push((account, item(document, part, leg, tax, deductible)));
    }
    let sum = |gathered: &Gathered| gathered.0.iter().map(|(_, amount)| amount).sum::<i64>();
    let gross = sum(&costs) + sum(&taxes);
    let mut entry = start("AC", document);
    costs.write(&mut entry);
    taxes.write(&mut entry);
    entry.party_line(creditor, document.party, -gross);
    for (account, mut item) in items {
        item.line = account.and_then(|account| place_of(&entry, account));
        entry.items.push(item);
    }
    (entry, gross)
}

fn start(journal: &'static str, document: &Document) -> Entry {
    Entry::new(journal, document.day, document.reference.clone(), document.label.clone())
}

fn item(
    document: &Document,
    part: &Part,
    leg: &'static str,
    tax_minor: i64,
    deductible_minor: i64,
) -> Item {
    let code = code(part.code);
    Item {
        leg,
        tax_code: code.name,
        rate: code.rate,
        base_minor: part.base_minor,
        tax_minor,
        deductible_minor,
        nature: part.nature,
        line: None,
        chargeable_on: (leg != "waiting_input").then_some(document.chargeable_on),
        counterparty: document.party,
    }
}
