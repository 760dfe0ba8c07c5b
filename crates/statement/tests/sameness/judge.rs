//! Holds what a chain proves against what the bank of the model showed.

use crate::bank::{Bank, File, Operation, day};
use crate::book::{Book, BookLine};
use crate::differs;
use statement::identity::State;
use statement::proof::{ChainState, ReadWindow, Stretch, Verdict};
use values::Day;

type Lines = Vec<(Day, i64)>;

/// Everything a proof is judged by.
pub struct Judge<'a> {
    pub bank: &'a Bank,
    pub book: &'a Book,
    /// What was imported so far.
    pub files: &'a [File],
    /// The day of the latest read with a closing balance.
    pub heard: Day,
    /// The story, for the message of a failed case.
    pub told: &'a dyn Fn() -> String,
}

impl Judge<'_> {
    /// Judges every proof. Counts windows proved and broken, chains proved and not.
    pub fn check(&self) -> [usize; 4] {
        let chain = self.book.chain();
        let mut counts = [0; 4];
        for (window, proof) in self.book.windows.iter().zip(&chain.windows) {
            match proof.verdict {
                Verdict::Proved { from } => {
                    counts[0] += 1;
                    self.check_window(window, from);
                }
                Verdict::Broken(_) => counts[1] += 1,
                Verdict::Unproved(_) => {}
            }
        }
        if chain.state == ChainState::Proved {
            counts[2] += 1;
            chain.stretches.iter().for_each(|stretch| self.check_stretch(stretch));
        } else {
            counts[3] += 1;
        }
        counts
    }

    fn check_window(&self, window: &ReadWindow, from: Day) {
        let on = Day::parse(&window.as_of).expect("a day");
        let shown = self.shown(on, from, window.last_day);
        let then = |line: &BookLine| *line.since() <= *window.as_of;
        let here = |line: &BookLine| then(line) && line.state == State::Here;
        let held = self.held(from, window.last_day, &here);
        let with_gone = self.held(from, window.last_day, &then);
        assert!(
            shown == held
                || within(&shown, &held, &with_gone)
                || self.made_up_for(window, from, &shown, &held),
            "{window:?}\n{shown:?}\n{held:?} {}",
            (self.told)()
        );
    }

    fn check_stretch(&self, stretch: &Stretch) {
        let (first, last) = (stretch.first_day, stretch.last_day);
        let here = self.held(first, last, &|line| line.state == State::Here);
        let on = Day::parse(&stretch.as_of).expect("a day");
        if on == self.heard {
            let shown = self.shown(on, first, last);
            let missing = sum(&shown) - sum(&here);
            let (here, shown) = (amounts(here), amounts(shown));
            let lags = |file: &File| {
                let balance = self.bank.balance(file.read_on, file.last);
                file.closing_minor.is_some_and(|closing| balance - closing == missing)
            };
            // A line that no read showed again, and a stale closing that lacks just its amount.
            let made_up = within(&shown, &here, &shown) && self.files.iter().any(lags);
            let differs = differs(&here, &shown);
            assert!(differs.is_none() || made_up, "{differs:?} {stretch:?} {}", (self.told)());
        } else {
            // Later reads of older days know more than the balance at the end.
            let ever = amounts(truth_until(self.bank, self.heard, first, last));
            let lasting = amounts(shown_since(self.bank, on, self.heard, first, last));
            let stands = within(&amounts(here), &lasting, &ever);
            assert!(stands, "{stretch:?} {}", (self.told)());
        }
    }

    /// The limit of every balance: lines that a read lost are made up for to the cent, by lines on
    /// days before it that the bank booked between it and another read, by equal lines that the
    /// other lost, or by a line that went and may have gone after it. The balance on its eve then
    /// fits the read as it stands, and nothing in any file says otherwise.
    fn made_up_for(
        &self,
        window: &ReadWindow,
        from: Day,
        shown: &[(Day, i64)],
        held: &[(Day, i64)],
    ) -> bool {
        let missing = sum(shown) - sum(held);
        let eve = from.days_since(day(0)) - 1;
        let read_on = Day::parse(&window.as_of).expect("a day").days_since(day(0));
        let then = self.bank.balance(read_on, eve);
        let booked_between = |file: &File| self.bank.balance(file.read_on, eve) - then == missing;
        let lost_too = |file: &File| {
            let all = self.shown(day(file.read_on), day(file.first), day(file.last));
            let kept: i64 = file.lines.iter().map(|line| line.amount_minor).sum();
            file.as_of != window.as_of && sum(&all) - kept == missing
        };
        let gone = self.held(day(-1), from, &|line| line.state == State::Gone);
        missing != 0
            && within(shown, held, shown)
            && (sum(&gone) == missing
                || self.files.iter().any(|file| booked_between(file) || lost_too(file)))
    }

    fn held(&self, first: Day, last: Day, keep: &dyn Fn(&BookLine) -> bool) -> Lines {
        let lines = self.book.lines.iter();
        let kept = lines.filter(|line| first <= line.day && line.day <= last && keep(line));
        sorted(kept.map(|line| (line.day, line.amount_minor)))
    }

    fn shown(&self, on: Day, first: Day, last: Day) -> Lines {
        let number = |of: Day| of.days_since(day(0));
        let shown = self.bank.shown(number(on), number(first), number(last));
        sorted(shown.into_iter().map(|one| (day(one.day), one.amount_minor)))
    }
}

fn sum(lines: &[(Day, i64)]) -> i64 {
    lines.iter().map(|(_, amount)| amount).sum()
}

fn sorted(lines: impl Iterator<Item = (Day, i64)>) -> Lines {
    let mut lines: Lines = lines.collect();
    lines.sort_unstable();
    lines
}

/// The same lines without their days: a line withdrawn on one day and booked on another leaves
/// every later balance alone, so a chain that did not read these days again cannot see it.
fn amounts(lines: Lines) -> Lines {
    let mut lines: Vec<_> = lines.into_iter().map(|(_, amount)| (day(0), amount)).collect();
    lines.sort_unstable();
    lines
}

/// Lines that the bank showed on any day up to one.
fn truth_until(bank: &Bank, on: Day, first: Day, last: Day) -> Lines {
    pick(bank, first, last, |one| one.shown_from <= on.days_since(day(0)))
}

/// Lines that the bank showed on one day and still shows on another.
fn shown_since(bank: &Bank, on: Day, until: Day, first: Day, last: Day) -> Lines {
    pick(bank, first, last, |one| {
        one.shown_from <= on.days_since(day(0)) && until.days_since(day(0)) < one.shown_until
    })
}

fn pick(bank: &Bank, first: Day, last: Day, keep: impl Fn(&Operation) -> bool) -> Lines {
    let mut lines: Lines = bank
        .operations
        .iter()
        .filter(|one| first <= day(one.day) && day(one.day) <= last && keep(one))
        .map(|one| (day(one.day), one.amount_minor))
        .collect();
    lines.sort_unstable();
    lines
}

/// Whether a list stands between two others: lines gone since may or may not have been shown.
fn within(middle: &[(Day, i64)], few: &[(Day, i64)], many: &[(Day, i64)]) -> bool {
    let holds = |large: &[(Day, i64)], small: &[(Day, i64)]| {
        let mut rest = large.to_vec();
        small.iter().all(|one| {
            let found = rest.iter().position(|other| other == one);
            found.map(|at| rest.swap_remove(at)).is_some()
        })
    };
    holds(middle, few) && holds(many, middle)
}
