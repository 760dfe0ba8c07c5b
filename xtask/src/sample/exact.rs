//! Which bank line pays which document to the cent, found as a matching engine would find it:
//! the number stands in the label, and the amount is what is owed.

use super::model::{BankLine, Entry, Kind};
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

/// Every item that a payment may settle, in the order of the entries.
pub fn open_items(entries: &[Entry]) -> Vec<OpenItem> {
    let mut items = Vec::new();
    for (place, entry) in entries.iter().enumerate() {
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
    items
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
