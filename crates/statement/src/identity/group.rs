//! Counted pairing: within one day and amount, the n-th line here is the n-th line there.

use super::{By, Known, State};
use crate::{Line, Trust};
use chrono::Datelike;
use std::cmp::Ordering;
use values::Day;

const NONE: u32 = u32::MAX;

/// Which line of the read is which line of the book, so far.
pub(super) struct Pairing {
    known_of: Vec<u32>,
    seen_of: Vec<u32>,
    by: Vec<By>,
    /// How many pairs there are.
    pub(super) paired: usize,
    /// Lines of the read that a split day may set apart, without evidence beyond the balance.
    pub(super) doubtful: Vec<usize>,
    /// The read's lines by day, amount and place.
    pub(super) seen_order: Vec<Key>,
    /// The known lines by day, amount and place.
    pub(super) known_order: Vec<Key>,
}

/// Day, amount and place of a line in one number, which sorts in that order: sorting whole numbers
/// costs a fifth of sorting lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key(u128);

impl Key {
    fn new(day: Day, amount_minor: i64, place: u32) -> Key {
        let day = day.date().num_days_from_ce() as u32;
        // The sign bit is turned so that negative amounts come first.
        let amount = (amount_minor as u64) ^ (1 << 63);
        Key(u128::from(day) << 96 | u128::from(amount) << 32 | u128::from(place))
    }

    fn all(lines: impl Iterator<Item = (Day, i64)>) -> Vec<Key> {
        let mut keys: Vec<Key> = (0u32..)
            .zip(lines)
            .map(|(place, (day, amount))| Key::new(day, amount, place))
            .collect();
        keys.sort_unstable();
        keys
    }

    /// Day and amount, as one number.
    pub(super) fn group(self) -> u128 {
        self.0 >> 32
    }

    /// The line's place in its slice.
    pub(super) fn place(self) -> usize {
        self.0 as u32 as usize
    }
}

impl Pairing {
    /// Pairs by count. A line that is gone or held is taken only when those here do not suffice.
    pub(super) fn count(known: &[Known], seen: &[Line], source: &str) -> Pairing {
        let seen_order = Key::all(seen.iter().map(|line| (line.day, line.amount_minor)));
        let known_order = Key::all(known.iter().map(|line| (line.day, line.amount_minor)));
        let mut pairing = Pairing {
            known_of: vec![NONE; seen.len()],
            seen_of: vec![NONE; known.len()],
            by: vec![By::Count; seen.len()],
            paired: 0,
            doubtful: Vec::new(),
            seen_order: Vec::new(),
            known_order: Vec::new(),
        };
        let mut of_seen = seen_order.as_slice();
        let mut of_known = known_order.as_slice();
        while let (Some(seen_key), Some(known_key)) = (of_seen.first(), of_known.first()) {
            let group = seen_key.group();
            match group.cmp(&known_key.group()) {
                Ordering::Less => of_seen = &of_seen[1..],
                Ordering::Greater => of_known = &of_known[1..],
                Ordering::Equal => {
                    let (here, rest) = of_seen.split_at(run(of_seen, group));
                    let (there, known_rest) = of_known.split_at(run(of_known, group));
                    Group { pairing: &mut pairing, known, seen, source }.pair(here, there);
                    (of_seen, of_known) = (rest, known_rest);
                }
            }
        }
        pairing.seen_order = seen_order;
        pairing.known_order = known_order;
        pairing
    }

    /// The known line that a line of the read is, and what told it.
    pub(super) fn known_of(&self, seen: usize) -> Option<(usize, By)> {
        let place = self.known_of[seen];
        (place != NONE).then(|| (place as usize, self.by[seen]))
    }

    /// Whether a known line was found in the read.
    pub(super) fn is_shown(&self, known: usize) -> bool {
        self.seen_of[known] != NONE
    }

    /// Ties two lines.
    pub(super) fn tie(&mut self, seen: usize, known: usize, by: By) {
        self.known_of[seen] = known as u32;
        self.seen_of[known] = seen as u32;
        self.by[seen] = by;
        self.paired += 1;
    }

    /// Takes a line of the read from the known line it was tied to.
    pub(super) fn untie(&mut self, seen: usize) {
        if let Some((known, _)) = self.known_of(seen) {
            self.known_of[seen] = NONE;
            self.seen_of[known] = NONE;
            self.paired -= 1;
        }
    }
}

/// How many leading keys are of one day and amount.
fn run(keys: &[Key], group: u128) -> usize {
    keys.iter().take_while(|key| key.group() == group).count()
}

/// The lines of one day and amount.
struct Group<'g, 'a> {
    pairing: &'g mut Pairing,
    known: &'g [Known<'a>],
    seen: &'g [Line<'a>],
    source: &'g str,
}

impl Group<'_, '_> {
    fn pair(&mut self, seen: &[Key], known: &[Key]) {
        if let ([seen_key], [known_key]) = (seen, known) {
            let by = self.reason(seen_key.place(), known_key.place());
            self.pairing.tie(seen_key.place(), known_key.place(), by);
            return;
        }
        let mut left: Vec<u32> = seen.iter().map(|key| key.place() as u32).collect();
        let mut by_ordinal: Vec<usize> = known.iter().map(|key| key.place()).collect();
        by_ordinal.sort_unstable_by_key(|&place| self.known[place].ordinal);
        for state in [State::Here, State::Held, State::Gone] {
            let mut of_state: Vec<u32> = by_ordinal
                .iter()
                .filter(|&&place| self.known[place].state == state)
                .map(|&place| place as u32)
                .collect();
            for by in [By::Id, By::BalanceAfter, By::Words, By::Count] {
                if left.is_empty() || of_state.is_empty() {
                    break;
                }
                self.pass(by, &left, &of_state);
                left.retain(|&place| self.pairing.known_of[place as usize] == NONE);
                of_state.retain(|&place| self.pairing.seen_of[place as usize] == NONE);
            }
        }
    }

    /// One counted pass: sorts both sides by what tells equals apart and walks them together.
    fn pass(&mut self, by: By, left: &[u32], of_state: &[u32]) {
        let (seen, known, source) = (self.seen, self.known, self.source);
        match by {
            By::Id => self.walk(
                by,
                left.iter().flat_map(|&at| ids_of(&seen[at as usize]).map(move |id| (id, at))),
                of_state.iter().flat_map(|&at| {
                    known_ids_of(&known[at as usize], source).map(move |id| (id, at))
                }),
            ),
            By::BalanceAfter => self.walk(
                by,
                left.iter().filter_map(|&at| Some((seen[at as usize].balance_after_minor?, at))),
                of_state
                    .iter()
                    .filter_map(|&at| Some((known[at as usize].balance_after_minor?, at))),
            ),
            By::Words => self.walk(
                by,
                left.iter().map(|&at| {
                    let line = &seen[at as usize];
                    ((line.party_iban.as_deref(), line.label.as_ref()), at)
                }),
                of_state.iter().map(|&at| {
                    let line = &known[at as usize];
                    ((line.party_iban, line.label), at)
                }),
            ),
            By::Count | By::IdMovedDay => {
                for (&seen_place, &known_place) in left.iter().zip(of_state) {
                    self.pairing.tie(seen_place as usize, known_place as usize, by);
                }
            }
        }
    }

    fn walk<K: Ord>(
        &mut self,
        by: By,
        left: impl Iterator<Item = (K, u32)>,
        of_state: impl Iterator<Item = (K, u32)>,
    ) {
        // Sorts are stable, so equals keep the read's order and the ordinals' order.
        let mut left: Vec<(K, u32)> = left.collect();
        left.sort_by(|one, other| one.0.cmp(&other.0));
        let mut of_state: Vec<(K, u32)> = of_state.collect();
        of_state.sort_by(|one, other| one.0.cmp(&other.0));
        let (mut seen_at, mut known_at) = (0, 0);
        while let (Some((key, seen)), Some((known_key, known))) =
            (left.get(seen_at), of_state.get(known_at))
        {
            let (seen, known) = (*seen as usize, *known as usize);
            if self.pairing.known_of[seen] != NONE {
                seen_at += 1;
            } else if self.pairing.seen_of[known] != NONE {
                known_at += 1;
            } else {
                match key.cmp(known_key) {
                    Ordering::Less => seen_at += 1,
                    Ordering::Greater => known_at += 1,
                    Ordering::Equal => {
                        self.pairing.tie(seen, known, by);
                        seen_at += 1;
                        known_at += 1;
                    }
                }
            }
        }
    }

    /// What would tell two lines of one day and amount from their equals, if they had any.
    fn reason(&self, seen: usize, known: usize) -> By {
        let (line, old) = (&self.seen[seen], &self.known[known]);
        let share_id =
            ids_of(line).any(|id| known_ids_of(old, self.source).any(|known_id| known_id == id));
        if share_id {
            By::Id
        } else if line.balance_after_minor.is_some()
            && line.balance_after_minor == old.balance_after_minor
        {
            By::BalanceAfter
        } else if super::same_words(old, line) {
            By::Words
        } else {
            By::Count
        }
    }
}

/// Name and value of the ids of a line that may be trusted beyond its session.
pub(super) fn ids_of<'l>(line: &'l Line) -> impl Iterator<Item = (&'l str, &'l str)> {
    line.ids
        .iter()
        .filter(|id| id.trust >= Trust::Normal && !id.value.is_empty())
        .map(|id| (id.name, id.value.as_ref()))
}

/// Name and value of the ids that a source gave to a known line, to be trusted likewise.
pub(super) fn known_ids_of<'k>(
    known: &Known<'k>,
    source: &str,
) -> impl Iterator<Item = (&'k str, &'k str)> {
    known
        .ids
        .iter()
        .filter(move |id| id.trust >= Trust::Normal && id.source == source)
        .map(|id| (id.name, id.value))
}
