//! What counting leaves on either side: days that moved, amounts that changed, lines gone.

use super::group::{Pairing, ids_of, known_ids_of};
use super::{By, Changed, Known, State, Window};
use crate::{Line, Trust};
use std::collections::HashMap;
use values::Day;

/// How far a bank moves a line when it books it, in days.
const MARGIN_DAYS: i64 = 2;

/// An id's place, or the fact that it stands on several lines.
#[derive(Clone, Copy)]
enum Holder {
    One(u32),
    Several,
}

type Places<'a> = HashMap<(&'a str, &'a str), Holder>;

/// Follows trusted ids from leftover lines of the read to leftover known lines. Ties those whose
/// day moved; returns those whose amount changed.
///
/// An id is believed here only if it stands once in the read and on one known line, and if the
/// ids of its name are borne out by this very read: more of them agree with day and amount than
/// not. A bank that numbers each file from 1 contradicts itself at once. `Strong` ids need no
/// witness, but one contradiction too many silences them as well.
pub(super) fn follow_ids(
    pairing: &mut Pairing,
    known: &[Known],
    seen: &[Line],
    window: &Window,
    balanced: bool,
) -> Vec<Changed> {
    let left = |pairing: &Pairing| pairing.paired < seen.len() && pairing.paired < known.len();
    if !left(pairing) {
        return Vec::new();
    }
    let known_places = places(known.iter().map(|line| known_ids_of(line, window.source)));
    if known_places.is_empty() {
        return Vec::new();
    }
    let seen_places = places(seen.iter().map(|line| ids_of(line)));
    let witnesses = Witnesses::hear(&known_places, &seen_places, known, seen);
    let mut changed = Vec::new();
    for (place, line) in seen.iter().enumerate() {
        if pairing.known_of(place).is_some() {
            continue;
        }
        let found = line.ids.iter().find_map(|id| {
            let key = (id.name, id.value.as_ref());
            let Some(Holder::One(at)) = known_places.get(&key) else { return None };
            let alone = matches!(seen_places.get(&key), Some(Holder::One(_)));
            let at = *at as usize;
            let fits = alone
                && !pairing.is_shown(at)
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

fn places<'a, I>(lines: impl Iterator<Item = I>) -> Places<'a>
where
    I: Iterator<Item = (&'a str, &'a str)>,
{
    let mut places = HashMap::new();
    for (place, ids) in (0u32..).zip(lines) {
        for id in ids {
            places
                .entry(id)
                .and_modify(|holder| {
                    if !matches!(holder, Holder::One(at) if *at == place) {
                        *holder = Holder::Several;
                    }
                })
                .or_insert(Holder::One(place));
        }
    }
    places
}

/// How often the ids of each name agree with day and amount, and how often not.
struct Witnesses<'a>(HashMap<&'a str, (usize, usize)>);

impl<'a> Witnesses<'a> {
    fn hear(
        known_places: &Places<'a>,
        seen_places: &Places<'a>,
        known: &[Known],
        seen: &[Line],
    ) -> Witnesses<'a> {
        let mut heard: HashMap<&str, (usize, usize)> = HashMap::new();
        for (key, seen_holder) in seen_places {
            let Some(known_holder) = known_places.get(key) else { continue };
            let (agree, contradict) = heard.entry(key.0).or_default();
            match (seen_holder, known_holder) {
                (Holder::One(at), Holder::One(known_at)) => {
                    let (line, old) = (&seen[*at as usize], &known[*known_at as usize]);
                    if (line.day, line.amount_minor) == (old.day, old.amount_minor) {
                        *agree += 1;
                    } else {
                        *contradict += 1;
                    }
                }
                _ => *contradict += 1,
            }
        }
        Witnesses(heard)
    }

    fn bear_out(&self, name: &str, trust: Trust) -> bool {
        let (agree, contradict) = self.0.get(name).copied().unwrap_or_default();
        match trust {
            Trust::Strong => contradict <= agree.max(1),
            Trust::Normal => agree > 0 && contradict <= agree,
            Trust::Session | Trust::None => false,
        }
    }
}
