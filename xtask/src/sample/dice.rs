//! Chance that is the same on every machine and every day.

/// A linear congruential generator (Knuth's MMIX constants): enough to vary amounts and days of
/// an invented business, and of no use for anything secret.
pub struct Dice(u64);

impl Dice {
    /// The sequence that belongs to `seed`.
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    /// A whole number from 0 to `limit` − 1; 0 when `limit` is 0 or less.
    pub fn below(&mut self, limit: i64) -> i64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // The low bits of such a generator repeat soon; the high ones do not.
        let high = i64::try_from(self.0 >> 33).unwrap_or(0);
        if limit > 0 { high % limit } else { 0 }
    }

    /// A whole number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below(high - low + 1)
    }

    /// Cents from `low` to `high`, in steps of `step` cents.
    pub fn cents(&mut self, low: i64, high: i64, step: i64) -> i64 {
        low + self.below((high - low) / step + 1) * step
    }

    /// One of `choices`, which must not be empty.
    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        let place = self.below(i64::try_from(choices.len()).unwrap_or(0));
        &choices[usize::try_from(place).unwrap_or(0)]
    }
}
