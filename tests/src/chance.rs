//! Chance that is the same on every machine: SplitMix64 (Steele, Lea, Flood, 2014).

/// A sequence of numbers that belongs to a seed.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// The sequence of one step of one seed: a story can be taken up again at any step.
    pub fn new(seed: u64, step: u64) -> Chance {
        let mut chance = Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ step.rotate_left(32));
        chance.number();
        chance
    }

    /// Any number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A whole number from 0 to `limit` − 1; 0 when `limit` is 0 or less.
    pub fn below(&mut self, limit: i64) -> i64 {
        match u64::try_from(limit) {
            Ok(limit) if limit > 0 => (self.number() % limit) as i64,
            _ => 0,
        }
    }

    /// A whole number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below(high - low + 1)
    }

    /// Whether something of this chance in a hundred happens.
    pub fn often(&mut self, percent: i64) -> bool {
        self.below(100) < percent
    }

    /// One of some choices; none when there is none.
    pub fn one<'a, T>(&mut self, choices: &'a [T]) -> Option<&'a T> {
        choices.get(self.below(choices.len() as i64) as usize)
    }

    /// One of some words, which must not be empty.
    pub fn word(&mut self, words: &[&'static str]) -> &'static str {
        words[self.below(words.len() as i64) as usize]
    }
}
