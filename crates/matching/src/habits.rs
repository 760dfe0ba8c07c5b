//! The person's own habits: how lines of the same other side or the same words were booked before.

use crate::rules::Rules;
use crate::words::digits;
use crate::words::fold;
use book::read::{BankLine, PastBooking, PastTax};
use std::collections::HashMap;
use values::Day;

/// So many equal decisions in a row make a habit.
const HABIT: usize = 2;

/// So many make it sure.
const SURE: usize = 3;

/// Where lines went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way<'a> {
    /// Whole to this account.
    Account(&'a str),
    /// To another own account.
    Transfer,
    /// To a counterparty's documents, or split: the next line is not known from the last.
    NotRepeatable,
}

/// The latest decisions of a key, as long as they are equal.
#[derive(Debug, Clone)]
pub(crate) struct Habit<'a> {
    pub(crate) way: Way<'a>,
    pub(crate) times: usize,
    pub(crate) last_day: Day,
    /// The tax code they all had; none when they had none.
    pub(crate) tax: Option<&'a PastTax>,
    /// Whether they were at one about the tax code.
    pub(crate) tax_at_one: bool,
    least: u64,
    most: u64,
    ended: bool,
}

impl Habit<'_> {
    /// Half the least to twice the most.
    pub(crate) fn is_usual(&self, amount_minor: i64) -> bool {
        let size = u128::from(amount_minor.unsigned_abs());
        size * 2 >= u128::from(self.least) && size <= u128::from(self.most) * 2
    }

    pub(crate) fn is_sure(&self, amount_minor: i64) -> bool {
        self.times >= SURE && self.tax_at_one && self.is_usual(amount_minor)
    }
}

/// What lines have in common: the side of money, and IBAN and words, IBAN alone, or words alone.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    incoming: bool,
    iban: Option<String>,
    words: Option<String>,
}

/// All habits, by key.
pub(crate) struct Habits<'a>(HashMap<Key, Habit<'a>>);

impl<'a> Habits<'a> {
    pub(crate) fn new(past: &'a [PastBooking], rules: &Rules) -> Habits<'a> {
        let mut newest: Vec<&PastBooking> =
            past.iter().filter(|booking| booking.amount_minor != 0).collect();
        newest.sort_by_key(|booking| std::cmp::Reverse(booking.decision));
        let mut habits: HashMap<Key, Habit<'a>> = HashMap::with_capacity(past.len());
        for booking in newest {
            let texts = [fold(&booking.clean_label), party(booking.party_name.as_deref())];
            let words = key_words(&[&texts[0], &texts[1]], rules);
            let iban = booking.party_iban.as_deref();
            for key in keys(booking.amount_minor > 0, iban, words) {
                match habits.get_mut(&key) {
                    Some(habit) => habit.go_on(booking),
                    None => drop(habits.insert(key, Habit::begin(booking))),
                }
            }
        }
        Habits(habits)
    }

    /// The habit that a line falls under, by the narrowest key that was booked before. `texts` are
    /// its folded clean label and its other side's name.
    pub(crate) fn of(&self, line: &BankLine, texts: &[&str], rules: &Rules) -> Option<&Habit<'a>> {
        let words = key_words(texts, rules);
        let known = keys(line.amount_minor > 0, line.party_iban.as_deref(), words);
        let (key, habit) =
            known.into_iter().find_map(|key| self.0.get(&key).map(|habit| (key, habit)))?;
        // With other words than ever before, an IBAN that stood for several things tells nothing.
        let one_thing = key.words.is_some() || !habit.ended;
        (one_thing && habit.times >= HABIT && habit.way != Way::NotRepeatable).then_some(habit)
    }
}

/// The folded name of the other side, empty without one.
pub(crate) fn party(name: Option<&str>) -> String {
    name.map(fold).unwrap_or_default()
}

impl<'a> Habit<'a> {
    fn begin(booking: &'a PastBooking) -> Habit<'a> {
        let size = booking.amount_minor.unsigned_abs();
        let (way, tax) = way_of(booking);
        Habit {
            way,
            times: 1,
            last_day: booking.day,
            tax,
            tax_at_one: true,
            least: size,
            most: size,
            ended: false,
        }
    }

    fn go_on(&mut self, booking: &'a PastBooking) {
        let (way, tax) = way_of(booking);
        self.ended |= way != self.way;
        if self.ended {
            return;
        }
        let size = booking.amount_minor.unsigned_abs();
        self.times += 1;
        self.last_day = self.last_day.max(booking.day);
        self.tax_at_one &= tax == self.tax;
        self.least = self.least.min(size);
        self.most = self.most.max(size);
    }
}

fn way_of(booking: &PastBooking) -> (Way<'_>, Option<&PastTax>) {
    match (&booking.counters[..], &booking.taxes[..]) {
        ([_], []) if booking.transfer => (Way::Transfer, None),
        ([only], taxes @ ([] | [_])) if only.counterparty.is_none() => {
            (Way::Account(&only.account), taxes.first())
        }
        _ => (Way::NotRepeatable, None),
    }
}

/// From the narrowest to the widest. One IBAN may stand for many things (the tax office), so its
/// words come first; words alone say something only where the line has no IBAN to contradict them.
fn keys(incoming: bool, iban: Option<&str>, words: Option<String>) -> Vec<Key> {
    let iban = iban.map(str::to_owned);
    let mut keys = Vec::with_capacity(3);
    if iban.is_some() {
        if words.is_some() {
            keys.push(Key { incoming, iban: iban.clone(), words: words.clone() });
        }
        keys.push(Key { incoming, iban, words: None });
    }
    if words.is_some() {
        keys.push(Key { incoming, iban: None, words });
    }
    keys
}

/// The words that stay the same from one line to the next, in order, each once.
fn key_words(texts: &[&str], rules: &Rules) -> Option<String> {
    let mut words: Vec<&str> = texts
        .iter()
        .flat_map(|text| text.split(' '))
        .filter(|word| word.len() > 1 && digits(word) == 0 && !rules.is_in_lines(word))
        .collect();
    words.sort_unstable();
    words.dedup();
    (!words.is_empty()).then(|| words.join(" "))
}
