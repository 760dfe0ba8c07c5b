//! Whom a bank line names: the counterparties of open items, by name and by known IBAN.

use crate::rules::Rules;
use crate::words::fold;
use book::read::{OpenItem, PastBooking};
use std::collections::HashMap;

/// A word that so many counterparties share tells none of them apart.
const SHARED: usize = 64;

/// Why a line seems to be about a counterparty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Likeness {
    /// Its name stands in the line.
    pub(crate) name: bool,
    /// How many booked lines of this IBAN were its own.
    pub(crate) iban_times: usize,
}

/// The counterparties of the open items.
pub(crate) struct Parties<'a> {
    /// Code, and how many of its words must stand in a line.
    known: Vec<(&'a str, usize)>,
    by_word: HashMap<String, Vec<usize>>,
    by_iban: HashMap<&'a str, Vec<(usize, usize)>>,
    of_item: Vec<usize>,
}

impl<'a> Parties<'a> {
    pub(crate) fn new(open: &'a [OpenItem], past: &'a [PastBooking], rules: &Rules) -> Self {
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut parties = Parties {
            known: Vec::new(),
            by_word: HashMap::new(),
            by_iban: HashMap::new(),
            of_item: Vec::with_capacity(open.len()),
        };
        for item in open {
            let next = parties.known.len();
            let place = *places.entry(&item.counterparty).or_insert(next);
            if place == next {
                parties.add(&item.counterparty, &item.counterparty_name, rules);
            }
            parties.of_item.push(place);
        }
        parties.by_word.retain(|_, holders| holders.len() <= SHARED);
        for booking in past {
            let Some(iban) = booking.party_iban.as_deref() else { continue };
            let codes = booking.counters.iter().filter_map(|to| to.counterparty.as_deref());
            let Some(&place) = codes.take(1).find_map(|code| places.get(code)) else { continue };
            let holders = parties.by_iban.entry(iban).or_default();
            match holders.iter_mut().find(|(holder, _)| *holder == place) {
                Some((_, times)) => *times += 1,
                None => holders.push((place, 1)),
            }
        }
        parties
    }

    fn add(&mut self, code: &'a str, name: &str, rules: &Rules) {
        let place = self.known.len();
        let name = fold(name);
        let mut words: Vec<&str> =
            name.split(' ').filter(|word| word.len() >= 3 && !rules.is_in_names(word)).collect();
        words.sort_unstable();
        words.dedup();
        let needed = match words[..] {
            [only] if only.len() < 4 => usize::MAX,
            [] => usize::MAX,
            [_] => 1,
            _ => 2,
        };
        self.known.push((code, needed));
        for word in words {
            self.by_word.entry(word.to_owned()).or_default().push(place);
        }
    }

    /// The counterparty of an open item.
    pub(crate) fn of_item(&self, item: usize) -> usize {
        self.of_item[item]
    }

    /// The counterparties a line names, by its folded texts and its other side's IBAN.
    pub(crate) fn named_in(&self, texts: &[&str], iban: Option<&str>) -> HashMap<usize, Likeness> {
        let mut words: Vec<&str> = texts.iter().flat_map(|text| text.split(' ')).collect();
        words.sort_unstable();
        words.dedup();
        let mut counts: HashMap<usize, usize> = HashMap::new();
        for word in words {
            for &party in self.by_word.get(word).into_iter().flatten() {
                *counts.entry(party).or_default() += 1;
            }
        }
        let mut found: HashMap<usize, Likeness> = counts
            .into_iter()
            .filter(|&(party, count)| count >= self.known[party].1)
            .map(|(party, _)| (party, Likeness { name: true, iban_times: 0 }))
            .collect();
        for &(party, times) in iban.and_then(|iban| self.by_iban.get(iban)).into_iter().flatten() {
            found.entry(party).or_default().iban_times = times;
        }
        found
    }
}
