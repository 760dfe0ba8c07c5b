//! Counted pairing: within one day and amount, the n-th line here is the n-th line there.

use super::{By, Known, State};
use crate::{Line, Trust};
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
    /// Day, amount and place of each line of the read, sorted.
    pub(super) seen_order: Vec<(Day, i64, u32)>,
    /// Day, amount, rank and place of each known line, sorted: those here first, then held, then
    /// gone, each by ordinal.
    pub(super) known_order: Vec<(Day, i64, Rank, u32)>,
}

type Rank = (State, u32);

impl Pairing {
    /// Pairs by count. A line that is gone or held is taken only when those here do not suffice.
    pub(super) fn count(known: &[Known], seen: &[Line], source: &str) -> Pairing {
        let mut seen_order: Vec<_> =
            (0u32..).zip(seen).map(|(place, line)| (line.day, line.amount_minor, place)).collect();
        seen_order.sort_unstable();
        let mut known_order: Vec<_> = (0u32..)
            .zip(known)
            .map(|(place, line)| (line.day, line.amount_minor, (line.state, line.ordinal), place))
            .collect();
        known_order.sort_unstable();
        let mut pairing = Pairing {
            known_of: vec![NONE; seen.len()],
            seen_of: vec![NONE; known.len()],
            by: vec![By::Count; seen.len()],
            paired: 0,
            seen_order: Vec::new(),
            known_order: Vec::new(),
        };
        let (mut seen_at, mut known_at) = (0, 0);
        while seen_at < seen_order.len() && known_at < known_order.len() {
            let (day, amount, _) = seen_order[seen_at];
            let (known_day, known_amount, ..) = known_order[known_at];
            match (day, amount).cmp(&(known_day, known_amount)) {
                Ordering::Less => seen_at += 1,
                Ordering::Greater => known_at += 1,
                Ordering::Equal => {
                    let seen_end = seen_at
                        + run(&seen_order[seen_at..], |one| (one.0, one.1) == (day, amount));
                    let known_end = known_at
                        + run(&known_order[known_at..], |one| (one.0, one.1) == (day, amount));
                    let mut group = Group { pairing: &mut pairing, known, seen, source };
                    group.pair(&seen_order[seen_at..seen_end], &known_order[known_at..known_end]);
                    (seen_at, known_at) = (seen_end, known_end);
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

/// How many leading items satisfy a condition.
fn run<T>(items: &[T], same: impl Fn(&T) -> bool) -> usize {
    items.iter().take_while(|item| same(item)).count()
}

/// The lines of one day and amount.
struct Group<'g, 'a> {
    pairing: &'g mut Pairing,
    known: &'g [Known<'a>],
    seen: &'g [Line<'a>],
    source: &'g str,
}

impl Group<'_, '_> {
    fn pair(&mut self, seen: &[(Day, i64, u32)], known: &[(Day, i64, Rank, u32)]) {
        if let ([(_, _, seen_place)], [(.., known_place)]) = (seen, known) {
            let (seen_place, known_place) = (*seen_place as usize, *known_place as usize);
            let by = self.reason(seen_place, known_place);
            self.pairing.tie(seen_place, known_place, by);
            return;
        }
        let mut left: Vec<u32> = seen.iter().map(|one| one.2).collect();
        for state in [State::Here, State::Held, State::Gone] {
            let mut of_state: Vec<u32> =
                known.iter().filter(|one| one.2.0 == state).map(|one| one.3).collect();
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
