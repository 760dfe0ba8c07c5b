//! The balance as judge: does a read hold together, and does it begin or end within a day?

use super::group::Pairing;
use super::{Around, By, Known, State, Window, made_by};
use crate::Line;
use std::cmp::Reverse;
use values::Day;

/// Beyond so many doubtful pairs on a day, too many choices would fit by chance.
const MOST_DOUBTFUL: usize = 12;

/// Whether opening, or what the account held before, and the lines of the read make the closing
/// that the bank states. A read that states no closing proves nothing.
pub(super) fn balance_holds(seen: &[Line], window: &Window, around: &Around) -> bool {
    let Some(closing) = window.closing_minor else { return false };
    let opening = i128::from(closing) - sum(seen);
    match (window.opening_minor, around.eve_minor) {
        (Some(stated), _) => i128::from(stated) == opening,
        (None, Some(eve)) if i128::from(eve) == opening => true,
        (None, _) => around.ended_minor.iter().any(|&ended| i128::from(ended) == opening),
    }
}

/// Unties lines that only look alike: those of a day which one window leaves and another takes up.
///
/// The condition is narrow. A window that ends on this one's first day must close where this one
/// opens, and that must not be the balance of the eve: then what it showed of the day came
/// before. It must have been made on that day, for what a bank says later holds the whole day.
/// The lines to keep apart must make up the difference, and in one way only. A window that was
/// read before is left alone: its lines are known, whatever was read since.
pub(super) fn keep_apart(
    pairing: &mut Pairing,
    known: &[Known],
    seen: &[Line],
    window: &Window,
    around: &Around,
) {
    let total = sum(seen);
    if around.reads.iter().any(|read| read.is(window, total)) {
        return;
    }
    let stated_opening = window.opening_minor.map(i128::from);
    let stated_closing = window.closing_minor.map(i128::from);
    let Some(opening) = stated_opening.or(stated_closing.map(|closing| closing - total)) else {
        return;
    };
    let closing = stated_closing.unwrap_or(opening + total);
    if opening + total != closing {
        return;
    }
    let before = joined(opening, around.eve_minor, &around.ended_minor).map(|eve| opening - eve);
    let began: &[i64] = match made_by(window.as_of, window.last_day) {
        true => &around.began_minor,
        false => &[],
    };
    let after = joined(closing, around.end_minor, began).map(|end| end - closing);
    if window.first_day == window.last_day {
        if before.is_some() || after.is_some() {
            let outside = before.unwrap_or(0) + after.unwrap_or(0);
            keep_day_apart(pairing, known, seen, window.first_day, window.as_of, outside);
        }
        return;
    }
    if let Some(outside) = before {
        keep_day_apart(pairing, known, seen, window.first_day, window.as_of, outside);
    }
    if let Some(outside) = after {
        keep_day_apart(pairing, known, seen, window.last_day, window.as_of, outside);
    }
}

/// The balance of the day's edge, if another window meets this one within the day instead.
fn joined(own: i128, edge: Option<i64>, meeting: &[i64]) -> Option<i128> {
    let edge = i128::from(edge?);
    let meets = meeting.iter().any(|&balance| i128::from(balance) == own);
    (meets && edge != own).then_some(edge)
}

/// Makes the known lines of a day that stand outside the window sum to `outside`.
///
/// A line of the day that an older read showed and this one does not is evidence that the day is
/// split. Without one, a late line of the same amount on an older day would look the same. The
/// amounts come out right either way, so the line is kept, and the doubt told.
fn keep_day_apart(
    pairing: &mut Pairing,
    known: &[Known],
    seen: &[Line],
    day: Day,
    as_of: &str,
    outside: i128,
) {
    let unshown = || {
        let of_day = known.iter().enumerate().filter(|(_, old)| old.day == day);
        of_day.filter(|(place, old)| old.state == State::Here && !pairing.is_shown(*place))
    };
    let evident = unshown().any(|(_, old)| old.shown_as_of < as_of);
    let missing = outside - unshown().map(|(_, old)| i128::from(old.amount_minor)).sum::<i128>();
    // Surest pairs last, so that among equals the doubtful ones are untied.
    let mut doubtful: Vec<(i64, Reverse<By>, usize)> = (0..seen.len())
        .filter(|&place| seen[place].day == day)
        .filter_map(|place| {
            let (old, by) = pairing.known_of(place)?;
            (known[old].state == State::Here && known[old].day == day)
                .then(|| (seen[place].amount_minor, Reverse(by), place))
        })
        .collect();
    if missing == 0 || doubtful.len() > MOST_DOUBTFUL {
        return;
    }
    doubtful.sort_unstable();
    let mut amounts: Vec<(i64, usize)> = Vec::new();
    for &(amount, ..) in &doubtful {
        match amounts.last_mut() {
            Some((last, count)) if *last == amount => *count += 1,
            _ => amounts.push((amount, 1)),
        }
    }
    let Some(choice) = only_choice(&amounts, missing) else { return };
    let mut first = 0;
    for ((_, count), taken) in amounts.iter().zip(choice) {
        for &(_, _, place) in &doubtful[first..first + taken] {
            pairing.untie(place);
            if !evident {
                pairing.doubtful.push(place);
            }
        }
        first += count;
    }
}

/// How many of each amount make up a sum, if there is exactly one way.
fn only_choice(amounts: &[(i64, usize)], target: i128) -> Option<Vec<usize>> {
    let mut found = Vec::new();
    let mut taken = vec![0; amounts.len()];
    search(amounts, target, 0, &mut taken, &mut found);
    if found.len() == 1 { found.pop() } else { None }
}

fn search(
    amounts: &[(i64, usize)],
    target: i128,
    at: usize,
    taken: &mut Vec<usize>,
    found: &mut Vec<Vec<usize>>,
) {
    if found.len() > 1 {
        return;
    }
    let Some(&(amount, count)) = amounts.get(at) else {
        if target == 0 {
            found.push(taken.clone());
        }
        return;
    };
    for number in 0..=count {
        taken[at] = number;
        search(amounts, target - i128::from(amount) * number as i128, at + 1, taken, found);
    }
}

fn sum(seen: &[Line]) -> i128 {
    seen.iter().map(|line| i128::from(line.amount_minor)).sum()
}
