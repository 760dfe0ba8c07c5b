//! A book in memory that applies decisions as the real one does: lines, aliases, sightings,
//! windows. It keeps the first sighting of each source and any that is older than all others.

use crate::bank::{File, day};
use statement::Trust;
use statement::identity::{By, Decisions, Known, KnownId, State, Window, decide};
use statement::proof::{BookSum, Chain, ReadWindow, prove};
use std::collections::BTreeMap;
use values::Day;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookLine {
    pub day: Day,
    pub amount_minor: i64,
    pub ordinal: u32,
    pub state: State,
    label: String,
    balance_after_minor: Option<i64>,
    aliases: Vec<(String, String, String, Trust)>,
    /// Source and `as_of` of the reads that left a sighting.
    sightings: Vec<(String, String)>,
    /// The other day on which an id found it.
    moved_to: Option<Day>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Book {
    pub lines: Vec<BookLine>,
    pub windows: Vec<ReadWindow>,
    sources: Vec<String>,
}

impl Book {
    pub fn chain(&self) -> Chain {
        let mut sums: BTreeMap<(Day, String, bool), i64> = BTreeMap::new();
        for line in self.lines.iter().filter(|line| line.state != State::Held) {
            let key = (line.day, line.since().to_owned(), line.state == State::Gone);
            *sums.entry(key).or_default() += line.amount_minor;
        }
        let sums: Vec<BookSum> = sums
            .into_iter()
            .map(|((day, since, gone), sum_minor)| BookSum { day, since, gone, sum_minor })
            .collect();
        prove(&self.windows, &sums)
    }

    pub fn import(&mut self, file: &File) -> Decisions {
        let (first_day, last_day) = (day(file.first), day(file.last));
        let window = Window {
            source: file.kind.source(),
            first_day,
            last_day,
            opening_minor: file.opening_minor,
            closing_minor: file.closing_minor,
            as_of: &file.as_of,
        };
        let around = self.chain().around(first_day, last_day);
        let near: Vec<usize> = (0..self.lines.len())
            .filter(|&at| {
                let day = self.lines[at].day;
                first_day.plus_days(-2) <= day && day <= last_day.plus_days(2)
            })
            .collect();
        let ids: Vec<Vec<KnownId>> = near.iter().map(|&at| self.lines[at].ids()).collect();
        let known: Vec<Known> = near
            .iter()
            .zip(&ids)
            .map(|(&at, ids)| {
                let line = &self.lines[at];
                Known {
                    id: at as i64,
                    day: line.day,
                    amount_minor: line.amount_minor,
                    ordinal: line.ordinal,
                    balance_after_minor: line.balance_after_minor,
                    party_iban: None,
                    label: &line.label,
                    state: line.state,
                    shown_as_of: self.shown_as_of(line),
                    ids,
                }
            })
            .collect();
        let decisions = decide(&known, &file.lines, &window, &around);
        assert_eq!(decisions, decide(&known, &file.lines, &window, &around));
        drop(known);
        drop(ids);
        self.apply(file, &decisions, &near);
        decisions
    }

    fn apply(&mut self, file: &File, decisions: &Decisions, near: &[usize]) {
        let source = file.kind.source();
        for (places, state) in [
            (&decisions.gone, State::Gone),
            (&decisions.back, State::Here),
            (&decisions.settled, State::Here),
        ] {
            for &known in places {
                self.lines[near[known]].state = state;
            }
        }
        for pair in &decisions.pairs {
            let line = &mut self.lines[near[pair.known]];
            let fresh = line.sightings.iter().all(|(other, _)| other != source)
                || *file.as_of < *line.since();
            if fresh {
                line.sightings.push((source.to_owned(), file.as_of.clone()));
            }
            line.add_aliases(source, &file.lines[pair.seen]);
            if pair.by == By::IdMovedDay {
                line.moved_to = Some(file.lines[pair.seen].day);
            }
        }
        for new in &decisions.new {
            let seen = &file.lines[new.seen];
            let mut line = BookLine {
                day: seen.day,
                amount_minor: seen.amount_minor,
                ordinal: new.ordinal,
                state: new.state,
                label: seen.label.to_string(),
                balance_after_minor: seen.balance_after_minor,
                aliases: Vec::new(),
                sightings: vec![(source.to_owned(), file.as_of.clone())],
                moved_to: None,
            };
            line.add_aliases(source, seen);
            self.lines.push(line);
        }
        let window = ReadWindow {
            id: self.windows.len() as i64,
            first_day: day(file.first),
            last_day: day(file.last),
            opening_minor: file.opening_minor,
            closing_minor: file.closing_minor,
            as_of: file.as_of.clone(),
            sum_minor: file.lines.iter().map(|line| line.amount_minor).sum(),
        };
        let same = |other: &ReadWindow| ReadWindow { id: window.id, ..other.clone() } == window;
        let known = self.windows.iter().zip(&self.sources);
        if !known.into_iter().any(|(other, of)| of == source && same(other)) {
            self.windows.push(window);
            self.sources.push(source.to_owned());
        }
        let mut keys: Vec<_> =
            self.lines.iter().map(|one| (one.day, one.amount_minor, one.ordinal)).collect();
        keys.sort_unstable();
        assert!(keys.windows(2).all(|two| two[0] != two[1]), "a key was given twice");
    }

    fn shown_as_of(&self, line: &BookLine) -> &str {
        self.windows
            .iter()
            .zip(&self.sources)
            .filter(|(window, source)| {
                window.first_day <= line.day
                    && line.day <= window.last_day
                    && line.sightings.iter().any(|(of, _)| of == *source)
            })
            .map(|(window, _)| window.as_of.as_str())
            .max()
            .unwrap_or("")
    }

    /// Lines whose id was found on another day: as they stand, and as they were then shown.
    pub fn moved(&self) -> Vec<((Day, i64), (Day, i64))> {
        let moved = |line: &BookLine| {
            let to = line.moved_to?;
            Some(((line.day, line.amount_minor), (to, line.amount_minor)))
        };
        self.lines.iter().filter_map(moved).collect()
    }

    /// Days and amounts of the lines in a state, sorted.
    pub fn in_state(&self, state: State) -> Vec<(Day, i64)> {
        let mut lines: Vec<(Day, i64)> = self
            .lines
            .iter()
            .filter(|line| line.state == state)
            .map(|line| (line.day, line.amount_minor))
            .collect();
        lines.sort_unstable();
        lines
    }
}

impl BookLine {
    pub fn since(&self) -> &str {
        self.sightings.iter().map(|(_, as_of)| as_of.as_str()).min().unwrap_or("")
    }

    pub fn alias_count(&self) -> usize {
        self.aliases.len()
    }

    pub fn sources(&self) -> usize {
        self.sightings.len()
    }

    fn ids(&self) -> Vec<KnownId<'_>> {
        self.aliases
            .iter()
            .map(|(source, name, value, trust)| KnownId { source, name, value, trust: *trust })
            .collect()
    }

    fn add_aliases(&mut self, source: &str, line: &statement::Line) {
        for id in &line.ids {
            let alias = (source.to_owned(), id.name.to_owned(), id.value.to_string(), id.trust);
            if !self.aliases.contains(&alias) {
                self.aliases.push(alias);
            }
        }
    }
}
