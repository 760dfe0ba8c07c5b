//! The numbers of documents, and where they stand in a bank line.

use crate::words::{compact, digits};
use book::read::OpenItem;
use std::collections::{BTreeSet, HashMap};

/// A document's number is cut by banks and people in at most so many pieces.
const PIECES: usize = 6;

/// The open items by their document's number, letters and digits alone.
pub(crate) struct Numbers {
    places: HashMap<String, Vec<usize>>,
    longest: usize,
}

impl Numbers {
    pub(crate) fn new(open: &[OpenItem]) -> Numbers {
        let mut places: HashMap<String, Vec<usize>> = HashMap::with_capacity(open.len());
        for (place, item) in open.iter().enumerate() {
            let own = leading_number(&item.label).map(compact);
            let document = compact(&item.document_reference);
            for number in own.into_iter().chain([document]) {
                if is_telling(&number) {
                    let items = places.entry(number).or_default();
                    if items.last() != Some(&place) {
                        items.push(place);
                    }
                }
            }
        }
        let longest = places.keys().map(String::len).max().unwrap_or(0);
        Numbers { places, longest }
    }

    /// The open items whose number stands in one of the folded texts as whole words. A number that
    /// stands within a longer one (`2026-0012` in `FA-2026-0012`) is not meant.
    pub(crate) fn named_in(&self, texts: &[&str]) -> BTreeSet<usize> {
        let mut named = BTreeSet::new();
        for text in texts {
            let tokens: Vec<&str> = text.split(' ').collect();
            let mut hits: Vec<(usize, usize, &[usize])> = Vec::new();
            for start in 0..tokens.len() {
                let mut joined = String::new();
                for (end, token) in tokens.iter().enumerate().skip(start).take(PIECES) {
                    joined.push_str(token);
                    if joined.len() > self.longest {
                        break;
                    }
                    if let Some(items) = self.places.get(&joined) {
                        hits.push((start, end, items));
                    }
                }
            }
            for (start, end, items) in &hits {
                let within = |(from, to, _): &(usize, usize, &[usize])| {
                    from <= start && end <= to && (from, to) != (start, end)
                };
                if !hits.iter().any(within) {
                    named.extend(*items);
                }
            }
        }
        named
    }
}

/// The number people write on a transfer for this item, as its document spells it. The items of a
/// takeover stand in one entry: there each label begins with the document's own number.
pub(crate) fn number_of(item: &OpenItem) -> &str {
    leading_number(&item.label).unwrap_or(&item.document_reference)
}

fn leading_number(label: &str) -> Option<&str> {
    let first = label.split_whitespace().next()?;
    let letters = first.bytes().any(|byte| byte.is_ascii_alphabetic());
    (letters && is_telling(&compact(first))).then_some(first)
}

/// Whether a number proves anything by standing in a line: a year or a two-digit number stands in
/// many.
fn is_telling(number: &str) -> bool {
    let year = number.len() == 4 && digits(number) == 4 && {
        number.starts_with("19") || number.starts_with("20")
    };
    number.len() >= 4 && digits(number) >= 3 && !year
}

#[cfg(test)]
mod tests;
