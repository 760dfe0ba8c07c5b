//! A bank that behaves as banks do: lines that come late, twins, few distinct amounts, words that
//! change, ids of every kind, reads that overlap, balances that are stale, reads cut short.

use statement::{Line, SourceId, Trust};
use std::borrow::Cow;
use values::Day;

/// Amounts of which no few make up another few, so that two errors seldom cancel out.
const AMOUNTS: [i64; 5] = [-1_000, -2_310, -70_201, 400_037, -15_000_049];

/// A small seeded generator: the same seed, the same bank, on every machine.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    pub fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            let other = self.below(at as u64 + 1) as usize;
            items.swap(at, other);
        }
    }
}

/// How a source names its lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ids {
    Stable,
    None,
    /// The n-th line of its day: shifts when a late line comes.
    Positional,
    /// Numbered from 1 in each file.
    PerFile,
    /// Absent on the day of the operation, positional later.
    LatePositional,
    /// Made anew at each read.
    NewEachRead,
    /// `0` on every line.
    Zero,
}

pub const ALL_IDS: [Ids; 7] = [
    Ids::Stable,
    Ids::None,
    Ids::Positional,
    Ids::PerFile,
    Ids::LatePositional,
    Ids::NewEachRead,
    Ids::Zero,
];

/// What a format says, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A closing balance, terse words, `FITID`.
    Ofx,
    /// Both balances, long words, `AcctSvcrRef`.
    Camt,
    /// No balance, no ids.
    Csv,
}

impl Kind {
    pub fn source(self) -> &'static str {
        match self {
            Kind::Ofx => "file ofx",
            Kind::Camt => "file camt053",
            Kind::Csv => "file csv",
        }
    }
}

/// One operation: its day, and the days on which the bank begins and ceases to show it.
#[derive(Debug, Clone)]
pub struct Operation {
    pub day: i64,
    pub amount_minor: i64,
    pub shown_from: i64,
    pub shown_until: i64,
    pub reworded_from: i64,
    number: usize,
}

pub struct Bank {
    pub operations: Vec<Operation>,
    initial_minor: i64,
}

/// One file.
#[derive(Debug, Clone)]
pub struct File {
    pub kind: Kind,
    pub first: i64,
    pub last: i64,
    pub opening_minor: Option<i64>,
    pub closing_minor: Option<i64>,
    pub as_of: String,
    pub read_on: i64,
    pub lines: Vec<Line<'static>>,
}

pub fn day(number: i64) -> Day {
    Day::from_ymd(2026, 1, 1).expect("a real day").plus_days(number)
}

pub struct Habits {
    pub days: i64,
    pub late_percent: u64,
    pub twin_percent: u64,
    pub withdrawn_percent: u64,
}

impl Bank {
    pub fn new(dice: &mut Dice, habits: &Habits) -> Bank {
        let mut operations = Vec::new();
        for day in 0..habits.days {
            for _ in 0..dice.below(4) {
                let amount_minor = AMOUNTS[dice.below(5) as usize];
                let copies = if dice.percent(habits.twin_percent) { 2 } else { 1 };
                for _ in 0..copies {
                    let late = dice.percent(habits.late_percent);
                    let shown_from = day + if late { 1 + dice.below(12) as i64 } else { 0 };
                    let withdrawn = dice.percent(habits.withdrawn_percent);
                    operations.push(Operation {
                        day,
                        amount_minor,
                        shown_from,
                        shown_until: if withdrawn {
                            shown_from + 1 + dice.below(10) as i64
                        } else {
                            i64::MAX
                        },
                        reworded_from: if dice.percent(10) { day + 2 } else { i64::MAX },
                        number: operations.len(),
                    });
                }
            }
        }
        Bank { operations, initial_minor: 1_234_567 }
    }

    /// What the bank shows on a day of the days from first to last.
    pub fn shown(&self, on: i64, first: i64, last: i64) -> Vec<&Operation> {
        self.operations
            .iter()
            .filter(|one| first <= one.day && one.day <= last)
            .filter(|one| one.shown_from <= on && on < one.shown_until)
            .collect()
    }

    pub fn balance(&self, on: i64, last: i64) -> i64 {
        let sum: i64 = self.shown(on, i64::MIN, last).iter().map(|one| one.amount_minor).sum();
        self.initial_minor + sum
    }

    pub fn read(&self, kind: Kind, ids: Ids, first: i64, last: i64, read_on: i64) -> File {
        let shown = self.shown(read_on, first, last);
        let lines = shown
            .iter()
            .enumerate()
            .map(|(place, one)| {
                let nth = shown[..place].iter().filter(|other| other.day == one.day).count();
                line(kind, ids, one, read_on, nth, place)
            })
            .collect();
        File {
            kind,
            first,
            last,
            opening_minor: (kind == Kind::Camt).then(|| self.balance(read_on, first - 1)),
            closing_minor: (kind != Kind::Csv).then(|| self.balance(read_on, last)),
            as_of: day(read_on).to_string(),
            read_on,
            lines,
        }
    }

    /// A statement of the operations from one place to another, cut within a day, as of a moment
    /// of that day. Late lines do not occur here.
    pub fn cut(&self, kind: Kind, ids: Ids, from: usize, to: usize) -> File {
        let sum = |end: usize| -> i64 {
            self.operations[..end].iter().map(|one| one.amount_minor).sum::<i64>()
        };
        let taken = &self.operations[from..to];
        let (first, last) = (taken[0].day, taken[taken.len() - 1].day);
        File {
            kind,
            first,
            last,
            opening_minor: (kind == Kind::Camt).then(|| self.initial_minor + sum(from)),
            closing_minor: Some(self.initial_minor + sum(to)),
            as_of: format!("{}T{:06}", day(last), to),
            read_on: last,
            lines: taken
                .iter()
                .enumerate()
                .map(|(place, one)| line(kind, ids, one, last, place, place))
                .collect(),
        }
    }
}

fn line(
    kind: Kind,
    ids: Ids,
    one: &Operation,
    read_on: i64,
    nth: usize,
    place: usize,
) -> Line<'static> {
    let words = if read_on >= one.reworded_from { "PAIEMENT REF" } else { "PAIEMENT" };
    let value = match ids {
        Ids::Stable => Some(format!("K{}", one.number)),
        Ids::None => None,
        Ids::Positional => Some(format!("{}.{nth}", one.day)),
        Ids::PerFile => Some(format!("{}", place + 1)),
        Ids::LatePositional => (read_on > one.day).then(|| format!("{}.{nth}", one.day)),
        Ids::NewEachRead => Some(format!("{read_on}/{}", one.number)),
        Ids::Zero => Some("0".to_owned()),
    };
    let name = if kind == Kind::Ofx { "FITID" } else { "AcctSvcrRef" };
    Line {
        day: day(one.day),
        value_day: None,
        amount_minor: one.amount_minor,
        label: Cow::Owned(format!("{} {words}", kind.source())),
        party_name: None,
        party_iban: None,
        reference: None,
        type_code: None,
        balance_after_minor: None,
        original: None,
        fee_minor: None,
        ids: value
            .filter(|_| kind != Kind::Csv)
            .map(|value| SourceId { name, value: Cow::Owned(value), trust: Trust::Normal })
            .into_iter()
            .collect(),
        place: 0..0,
    }
}
