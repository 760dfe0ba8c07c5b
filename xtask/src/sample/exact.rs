//! Which bank line pays which document to the cent, found as a matching engine would find it:
//! the number stands in the label, and the amount is what is owed. Besides, the lines that pay a
//! part of an invoice made in Comptoir, which the sample accepts.

use super::model::{BankLine, Entry, Kind, half_up};
use std::collections::BTreeSet;

/// A line that settles a document.
pub struct Payment {
    /// Place of the line among the bank lines.
    pub line: usize,
    /// Place of the document's entry.
    pub entry: usize,
    /// The counterparty whose item it settles.
    pub party: &'static str,
    pub reference: String,
}

/// An open item: a line on a collective account, with the number people write on a transfer.
pub struct OpenItem {
    pub entry: usize,
    pub account: &'static str,
    pub party: &'static str,
    pub reference: String,
    pub amount_minor: i64,
}

/// Every item that a payment may settle, in the order of the entries. A credit note made in
/// Comptoir comes off the invoice that it answers.
pub fn open_items(entries: &[Entry]) -> Vec<OpenItem> {
    let mut items: Vec<OpenItem> = Vec::new();
    for (place, entry) in entries.iter().enumerate() {
        if let Some(answered) = &entry.answers {
            let given_back = entry.lines.iter().filter(|line| line.counterparty.is_some());
            let given_back: i64 = given_back.map(|line| line.amount_minor).sum();
            if let Some(item) = items.iter_mut().find(|item| item.reference == *answered) {
                item.amount_minor += given_back;
            }
            continue;
        }
        for line in &entry.lines {
            let Some(party) = line.counterparty else { continue };
            let own = line.label.as_deref().and_then(|label| label.split(' ').next());
            let reference = match (entry.kind, own) {
                (Kind::Opening, Some(number)) => number.to_owned(),
                _ => entry.reference.clone(),
            };
            items.push(OpenItem {
                entry: place,
                account: line.account,
                party,
                reference,
                amount_minor: line.amount_minor,
            });
        }
    }
    items.retain(|item| item.amount_minor != 0);
    items
}

/// A line that pays a part of a document, and that the sample accepts.
pub struct PartPayment {
    /// Place of the line among the bank lines.
    pub line: usize,
    /// Place of the document's entry.
    pub entry: usize,
    pub account: &'static str,
    pub paid_minor: i64,
    /// What was open before.
    pub owed_minor: i64,
}

impl PartPayment {
    /// The share of an amount that waits which the payment moves, half up.
    pub fn share_of(&self, waiting_minor: i64) -> i64 {
        half_up(waiting_minor * self.paid_minor, self.owed_minor)
    }
}

/// The payments in part that the sample accepts: one for a document, none of which has a credit
/// note or a payment besides.
pub fn part_payments(entries: &[Entry], bank: &[BankLine]) -> Vec<PartPayment> {
    let items = open_items(entries);
    let mut found = Vec::new();
    for (line, told) in bank.iter().enumerate() {
        let Some(reference) = &told.pays_part else { continue };
        let Some(item) = items.iter().find(|item| item.reference == *reference) else { continue };
        found.push(PartPayment {
            line,
            entry: item.entry,
            account: item.account,
            paid_minor: told.amount_minor,
            owed_minor: item.amount_minor,
        });
    }
    found
}

/// The exact payments, in the order of the bank lines; a document is settled once.
pub fn payments(entries: &[Entry], bank: &[BankLine]) -> Vec<Payment> {
    let items = open_items(entries);
    let mut settled = BTreeSet::new();
    let mut found = Vec::new();
    for (line, told) in bank.iter().enumerate() {
        let hit = items.iter().enumerate().find(|(place, item)| {
            item.amount_minor == told.amount_minor
                && !settled.contains(place)
                && told.memo.contains(&item.reference)
        });
        if let Some((place, item)) = hit {
            settled.insert(place);
            let reference = item.reference.clone();
            found.push(Payment { line, entry: item.entry, party: item.party, reference });
        }
    }
    found
}
