//! Follows the windows by days, finds which join one another, and judges each.

use super::sums::{Sums, known_at, minor};
use super::{Break, Fails, Gap, ReadWindow, Verdict, Why};
use values::Day;

/// Banks seldom book a line later than so many days after its day.
const LATE_DAYS: i64 = 10;

/// How many likely days are named at most.
const MOST_LIKELY_DAYS: usize = 8;

/// Opening and closing of a window, as stated or as its own sum makes them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ends {
    pub(super) opening: i128,
    pub(super) closing: i128,
    pub(super) stated_both: bool,
    pub(super) sums_up: bool,
    /// What the account held before the book's first line: as the book stands now, as it stood
    /// for this read, and the same with lines that have gone since.
    pub(super) base_now: i128,
    bases_then: [i128; 2],
}

impl Ends {
    fn of(window: &ReadWindow, sums: &Sums) -> Option<Ends> {
        let own = i128::from(window.sum_minor);
        let (opening, closing) = match (window.opening_minor, window.closing_minor) {
            (Some(opening), Some(closing)) => (i128::from(opening), i128::from(closing)),
            (Some(opening), None) => (i128::from(opening), i128::from(opening) + own),
            (None, Some(closing)) => (i128::from(closing) - own, i128::from(closing)),
            (None, None) => return None,
        };
        let (here, gone) = known_at(sums.entries_before(window.first_day), &window.as_of);
        Some(Ends {
            opening,
            closing,
            stated_both: window.opening_minor.is_some() && window.closing_minor.is_some(),
            sums_up: opening + own == closing,
            base_now: opening - sums.before(window.first_day),
            bases_then: [opening - here, opening - here - gone],
        })
    }

    fn tells(&self, base: i128) -> bool {
        self.base_now == base || self.bases_then.contains(&base)
    }
}

/// Windows that tell the same balance before the book's first line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group {
    pub(super) base: i128,
}

/// Where a window stands in the chain.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) group: usize,
    before: Option<usize>,
    /// Whether it begins where the one before ends, within a day.
    within_day: bool,
}

/// The windows, followed by days.
#[derive(Debug, Clone)]
pub(super) struct Swept {
    pub(super) ends: Vec<Option<Ends>>,
    pub(super) places: Vec<Option<Place>>,
    pub(super) groups: Vec<Group>,
    pub(super) gaps: Vec<Gap>,
    breaks: Vec<Option<Break>>,
}

impl Swept {
    /// The id of the window before each one.
    pub(super) fn joins(&self, windows: &[ReadWindow]) -> Vec<Option<i64>> {
        let before = |place: &Option<Place>| place.and_then(|place| place.before);
        self.places.iter().map(|place| before(place).map(|at| windows[at].id)).collect()
    }
}

/// The chain that is being followed.
#[derive(Default)]
struct Course {
    /// Current group and its latest window.
    current: Option<(usize, usize)>,
    /// A window that broke away, and the balance it tells.
    away: Option<(usize, i128)>,
    /// The last day that any window covered so far.
    covered: Option<Day>,
    /// The last gap since a window joined the current group.
    gap: Option<usize>,
}

/// Follows the windows by their first day and finds groups, gaps and breaks.
pub(super) fn sweep(windows: &[ReadWindow], sums: &Sums) -> Swept {
    let mut order: Vec<usize> = (0..windows.len()).collect();
    order.sort_by(|&one, &other| {
        let key = |at: usize| {
            let window = &windows[at];
            (window.first_day, window.as_of.as_str(), window.last_day, window.id)
        };
        key(one).cmp(&key(other))
    });
    let mut swept = Swept {
        ends: windows.iter().map(|window| Ends::of(window, sums)).collect(),
        places: vec![None; windows.len()],
        groups: Vec::new(),
        gaps: Vec::new(),
        breaks: vec![None; windows.len()],
    };
    let mut course = Course::default();
    for (step, &at) in order.iter().enumerate() {
        let window = &windows[at];
        if let Some(covered) = course.covered
            && covered.plus_days(1) < window.first_day
        {
            course.gap = Some(swept.gaps.len());
            swept.gaps.push(Gap {
                first_day: covered.plus_days(1),
                last_day: window.first_day.plus_days(-1),
                difference_minor: None,
            });
        }
        course.covered = course.covered.max(Some(window.last_day));
        if let Some(ends) = swept.ends[at] {
            if ends.sums_up {
                join(&mut swept, &mut course, windows, &order[..step], at, ends, sums);
            } else {
                let own = i128::from(window.sum_minor);
                let difference = ends.closing - ends.opening - own;
                let days = (window.first_day, window.last_day);
                swept.breaks[at] = Some(broken(Fails::OwnSum, difference, days, sums));
            }
        }
    }
    swept
}

fn join(
    swept: &mut Swept,
    course: &mut Course,
    windows: &[ReadWindow],
    earlier: &[usize],
    at: usize,
    ends: Ends,
    sums: &Sums,
) {
    let first_day = windows[at].first_day;
    let Some((group, before)) = course.current else {
        open_group(swept, course, at, ends.base_now);
        return;
    };
    let base = swept.groups[group].base;
    let difference = ends.base_now - base;
    if ends.tells(base) {
        if let Some(gap) = course.gap {
            swept.gaps[gap].difference_minor = Some(0);
        }
        take(swept, course, at, Place { group, before: Some(before), within_day: false });
        return;
    }
    let meets = |&&other: &&usize| {
        windows[other].last_day == first_day
            && windows[other].may_end_within_day()
            && swept.places[other].is_some_and(|place| place.group == group)
            && swept.ends[other].is_some_and(|other| other.closing == ends.opening)
    };
    if let Some(&other) = earlier.iter().rev().find(meets) {
        take(swept, course, at, Place { group, before: Some(other), within_day: true });
        return;
    }
    if let Some((other, away_base)) = course.away
        && ends.tells(away_base)
    {
        open_group(swept, course, other, away_base);
        let group = swept.groups.len() - 1;
        take(swept, course, at, Place { group, before: Some(other), within_day: false });
        return;
    }
    if let Some(gap) = course.gap {
        swept.gaps[gap].difference_minor = Some(minor(difference));
        open_group(swept, course, at, ends.base_now);
        return;
    }
    let days = seam(swept, windows, before, &windows[at]);
    swept.breaks[at] = Some(broken(Fails::Join, difference, days, sums));
    course.away = Some((at, ends.base_now));
}

/// The days where a join that fails most likely has its cause: the last days that the window
/// before covered, and those of the window itself if its opening is made from its own lines.
fn seam(
    swept: &Swept,
    windows: &[ReadWindow],
    mut before: usize,
    window: &ReadWindow,
) -> (Day, Day) {
    while windows[before].first_day >= window.first_day
        && let Some(earlier) = swept.places[before].and_then(|place| place.before)
    {
        before = earlier;
    }
    let eve = window.first_day.plus_days(-1);
    let first = windows[before].first_day.max(eve.plus_days(1 - LATE_DAYS)).min(eve);
    let last = if window.opening_minor.is_some() { eve } else { window.last_day };
    (first, last)
}

fn open_group(swept: &mut Swept, course: &mut Course, at: usize, base: i128) {
    swept.groups.push(Group { base });
    let group = swept.groups.len() - 1;
    take(swept, course, at, Place { group, before: None, within_day: false });
}

fn take(swept: &mut Swept, course: &mut Course, at: usize, place: Place) {
    swept.places[at] = Some(place);
    course.current = Some((place.group, at));
    course.away = None;
    course.gap = None;
}

/// Gives each window its verdict.
pub(super) fn judge(windows: &[ReadWindow], sums: &Sums, swept: &Swept) -> Vec<Verdict> {
    let mut breaks = swept.breaks.clone();
    for (at, window) in windows.iter().enumerate() {
        if breaks[at].is_none()
            && let Some(difference) = book_differs(windows, sums, swept, at)
        {
            let days = (window.first_day, window.last_day);
            breaks[at] = Some(broken(Fails::Book, difference, days, sums));
        }
    }
    let passes = |at: usize| breaks[at].is_none() && swept.places[at].is_some();
    let stated = stated_since(windows, swept, &passes);
    let vouched = vouched(windows, sums, &passes);
    windows
        .iter()
        .enumerate()
        .map(|(at, window)| {
            if let Some(found) = &breaks[at] {
                return if outweighed(windows, swept, &passes, &stated, at) {
                    Verdict::Unproved(Why::Outweighed)
                } else {
                    Verdict::Broken(found.clone())
                };
            }
            let (Some(place), Some(_)) = (&swept.places[at], window.closing_minor) else {
                return Verdict::Unproved(Why::NoClosing);
            };
            let from = match stated[place.group] {
                Some(day) => window.first_day.max(day.plus_days(1)),
                None => return Verdict::Unproved(Why::Anchor),
            };
            if from > window.last_day {
                return Verdict::Unproved(Why::Anchor);
            }
            if !sums.places(window.first_day, window.last_day).all(|entry| vouched[entry]) {
                return Verdict::Unproved(Why::LaterLines);
            }
            Verdict::Proved { from }
        })
        .collect()
}

/// The end of the earliest day on which each group has a stated balance.
fn stated_since(
    windows: &[ReadWindow],
    swept: &Swept,
    passes: &impl Fn(usize) -> bool,
) -> Vec<Option<Day>> {
    let mut stated: Vec<Option<Day>> = vec![None; swept.groups.len()];
    for (at, window) in windows.iter().enumerate().filter(|(at, _)| passes(*at)) {
        let Some(place) = swept.places[at] else { continue };
        let day = if window.opening_minor.is_none() {
            window.last_day
        } else if place.within_day {
            // Stated in the middle of its first day: the whole of that day is not enclosed.
            window.first_day
        } else {
            window.first_day.plus_days(-1)
        };
        let earliest = &mut stated[place.group];
        *earliest = Some(earliest.map_or(day, |kept| kept.min(day)));
    }
    stated
}

/// Which of the book's sums were shown by a read that passes and states a closing.
fn vouched(windows: &[ReadWindow], sums: &Sums, passes: &impl Fn(usize) -> bool) -> Vec<bool> {
    let mut vouched: Vec<bool> = sums.entries.iter().map(|entry| entry.gone).collect();
    for (at, window) in windows.iter().enumerate() {
        if !passes(at) || window.closing_minor.is_none() {
            continue;
        }
        for place in sums.places(window.first_day, window.last_day) {
            vouched[place] |= *sums.entries[place].since <= *window.as_of;
        }
    }
    vouched
}

/// Whether newer balances that agree with older ones enclose the days of a window that fails.
fn outweighed(
    windows: &[ReadWindow],
    swept: &Swept,
    passes: &impl Fn(usize) -> bool,
    stated: &[Option<Day>],
    at: usize,
) -> bool {
    let failed = &windows[at];
    windows.iter().enumerate().any(|(other, window)| {
        passes(other)
            && window.closing_minor.is_some()
            && window.as_of > failed.as_of
            && window.last_day >= failed.last_day
            && swept.places[other]
                .and_then(|place| stated[place.group])
                .is_some_and(|day| day < failed.first_day)
    })
}

/// What a window showed more than the book holds for its days, as known then; `None` if equal.
fn book_differs(windows: &[ReadWindow], sums: &Sums, swept: &Swept, at: usize) -> Option<i128> {
    let window = &windows[at];
    let (place, ends) = (swept.places[at]?, swept.ends[at]?);
    let earlier = earlier_that_day(&place, &ends, window, sums, swept);
    let shown = i128::from(window.sum_minor);
    let entries = sums.between(window.first_day, window.last_day);
    let (here, gone) = known_at(entries, &window.as_of);
    let equal = |sum: i128| earlier.iter().any(|before| sum - before == shown);
    if equal(here) || equal(here + gone) {
        return None;
    }
    // The rest of its last day may have been shown by a window that takes it up within the day.
    let continued = (0..windows.len()).any(|other| {
        let next = &windows[other];
        let takes_up =
            swept.places[other].is_some_and(|place| place.within_day && place.before == Some(at));
        let as_of = next.as_of.as_str().max(window.as_of.as_str());
        let (here, _) = known_at(sums.between(window.first_day, next.last_day), as_of);
        takes_up && equal(here - i128::from(next.sum_minor))
    });
    (!continued).then(|| shown + earlier[0] - here)
}

/// What was booked on a window's first day before it begins: nothing, unless it begins within.
fn earlier_that_day(
    place: &Place,
    ends: &Ends,
    window: &ReadWindow,
    sums: &Sums,
    swept: &Swept,
) -> [i128; 2] {
    if !place.within_day {
        return [0, 0];
    }
    let base = swept.groups[place.group].base;
    let (then, _) = known_at(sums.entries_before(window.first_day), &window.as_of);
    let now = sums.before(window.first_day);
    [ends.opening - base - then, ends.opening - base - now]
}

fn broken(fails: Fails, difference: i128, days: (Day, Day), sums: &Sums) -> Break {
    let (first_day, last_day) = days;
    let mut likely: Vec<Day> = sums
        .between(first_day, last_day)
        .iter()
        .filter(|entry| {
            let sum = i128::from(entry.sum_minor);
            difference != 0 && sum == if entry.gone { difference } else { -difference }
        })
        .map(|entry| entry.day)
        .collect();
    likely.dedup();
    likely.truncate(MOST_LIKELY_DAYS);
    Break { fails, difference_minor: minor(difference), first_day, last_day, likely }
}
