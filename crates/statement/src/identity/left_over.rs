//! What counting leaves on either side: days that moved, amounts that changed, lines gone.

use super::group::{Pairing, ids_of, known_ids_of};
use super::{By, Changed, Known, State, Window};
use crate::{Line, Trust};
use std::collections::HashMap;
use values::Day;

/// How far a bank moves a line when it books it, in days.
const MARGIN_DAYS: i64 = 2;

/// Where an id stands in the read and in the book: at one place each, or it is of no use.
#[derive(Default)]
struct Stands {
    seen: Holder,
    known: Holder,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Holder {
    #[default]
    Nowhere,
    One(usize),
    Several,
}

impl Holder {
    fn add(&mut self, place: usize) {
        *self = match *self {
            Holder::Nowhere => Holder::One(place),
            Holder::One(at) if at == place => *self,
            _ => Holder::Several,
        };
    }
}

/// Follows trusted ids from leftover lines of the read to leftover known lines. Ties those whose
/// day moved; returns those whose amount changed.
///
/// An id is believed here only if it stands once in the read and on one known line, and if the
/// ids of its name are borne out by this very read: of the lines that count has paired, some carry
/// the same id on both sides and none carries different ones. A bank that numbers each file from 1
/// contradicts itself at the first late line, though all numbers after a second one agree again;
/// one that numbers anew at each read does so at once. `Strong` ids need no witness, but more than
/// one contradiction silences them as well.
pub(super) fn follow_ids(
    pairing: &mut Pairing,
    known: &[Known],
    seen: &[Line],
    window: &Window,
    balanced: bool,
) -> Vec<Changed> {
    if pairing.paired == seen.len() || pairing.paired == known.len() {
        return Vec::new();
    }
    let stands = left_over_ids(pairing, known, seen, window.source);
    if stands.values().all(|stand| stand.known == Holder::Nowhere) {
        return Vec::new();
    }
    let witnesses = Witnesses::hear(pairing, known, seen, window.source);
    let mut changed = Vec::new();
    for (place, line) in seen.iter().enumerate() {
        if pairing.known_of(place).is_some() {
            continue;
        }
        let found = line.ids.iter().find_map(|id| {
            let stand = stands.get(&(id.name, id.value.as_ref()))?;
            let (Holder::One(_), Holder::One(at)) = (stand.seen, stand.known) else { return None };
            let fits = !pairing.is_shown(at)
                && known[at].state != State::Gone
                && known[at].day.days_since(line.day).abs() <= MARGIN_DAYS
                && witnesses.bear_out(id.name, id.trust);
            fits.then_some((at, id.trust))
        });
        let Some((at, trust)) = found else { continue };
        if known[at].amount_minor != line.amount_minor {
            // With another day as well, a number that a bank used twice is the likelier story.
            let same_day = known[at].day == line.day;
            changed.extend(same_day.then_some(Changed { seen: place, known: at }));
        } else if inside(window, known[at].day) || (balanced && trust == Trust::Strong) {
            // Inside the window its old day was shown whole, and without it.
            pairing.tie(place, at, By::IdMovedDay);
        }
    }
    changed
}

/// Known lines that this read should have shown and did not.
///
/// Only a read whose balance holds may say so, only of days it shows whole, and only if it is
/// newer than every read that showed the line: of two reads of one moment neither is right.
pub(super) fn gone(
    pairing: &Pairing,
    known: &[Known],
    window: &Window,
    balanced: bool,
) -> Vec<usize> {
    if !balanced {
        return Vec::new();
    }
    (0..known.len())
        .filter(|&place| {
            let line = &known[place];
            line.state == State::Here
                && !pairing.is_shown(place)
                && inside(window, line.day)
                && window.as_of > line.shown_as_of
        })
        .collect()
}

/// Whether the window shows the whole of a day beyond doubt.
fn inside(window: &Window, day: Day) -> bool {
    window.first_day < day && day < window.last_day
}

/// Where the ids of the read's leftover lines stand.
fn left_over_ids<'a>(
    pairing: &Pairing,
    known: &'a [Known],
    seen: &'a [Line],
    source: &str,
) -> HashMap<(&'a str, &'a str), Stands> {
    let mut stands: HashMap<(&str, &str), Stands> = HashMap::new();
    let (mut left, mut paired) = (Vec::new(), Vec::new());
    for (place, line) in seen.iter().enumerate() {
        let is_left = pairing.known_of(place).is_none();
        if is_left { left.push((place, line)) } else { paired.push((place, line)) }
    }
    for (place, line) in left {
        for id in ids_of(line) {
            stands.entry(id).or_default().seen.add(place);
        }
    }
    if stands.is_empty() {
        return stands;
    }
    for (place, line) in paired {
        for id in ids_of(line) {
            stands.entry(id).and_modify(|stand| stand.seen.add(place));
        }
    }
    for (place, line) in known.iter().enumerate() {
        for id in known_ids_of(line, source) {
            stands.entry(id).and_modify(|stand| stand.known.add(place));
        }
    }
    stands
}

/// For each name of an id, how many counted pairs carry the same id on both sides, and how many
/// carry different ones.
struct Witnesses<'a>(HashMap<&'a str, (usize, usize)>);

impl<'a> Witnesses<'a> {
    fn hear(pairing: &Pairing, known: &[Known], seen: &'a [Line], source: &str) -> Witnesses<'a> {
        let mut heard: HashMap<&str, (usize, usize)> = HashMap::new();
        for (place, line) in seen.iter().enumerate() {
            let Some((at, _)) = pairing.known_of(place) else { continue };
            for (name, value) in ids_of(line) {
                let ids = || known_ids_of(&known[at], source).filter(|(other, _)| *other == name);
                if ids().any(|(_, other)| other == value) {
                    heard.entry(name).or_default().0 += 1;
                } else if ids().next().is_some() {
                    heard.entry(name).or_default().1 += 1;
                }
            }
        }
        Witnesses(heard)
    }

    fn bear_out(&self, name: &str, trust: Trust) -> bool {
        let (agree, contradict) = self.0.get(name).copied().unwrap_or_default();
        match trust {
            Trust::Strong => contradict <= agree.max(1),
            Trust::Normal => agree > 0 && contradict == 0,
            Trust::Session | Trust::None => false,
        }
    }
}
