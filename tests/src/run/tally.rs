//! What was counted over many seeds.

use std::collections::BTreeMap;

/// Counts of a seed, or of many.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Seeds that ran to their end.
    pub seeds: u64,
    /// Commands given.
    pub commands: u64,
    /// Commands that left a record.
    pub accepted: u64,
    /// Commands that changed nothing and left no record.
    pub without_record: u64,
    /// Refusals by the word of their code.
    pub refused: BTreeMap<&'static str, u64>,
    /// Accepted commands by name.
    pub kinds: BTreeMap<&'static str, u64>,
    /// Dry runs compared with the command that followed.
    pub dry: u64,
    /// Last records undone, on the way or one by one at the end, each back to the digest before it.
    pub unwound: u64,
    /// Books replayed from their history to the same digest.
    pub replays: u64,
    /// Writers killed; each book then held what was acknowledged.
    pub kills: u64,
    /// Of them, those whose last command was committed and not yet acknowledged.
    pub in_flight: u64,
    /// Files copied while they were written that opened to a state the book had been in.
    pub copies_whole: u64,
    /// Files copied while they were written that were refused.
    pub copies_refused: u64,
}

impl Tally {
    /// Adds another's counts.
    pub fn add(&mut self, other: Tally) {
        self.seeds += other.seeds;
        self.commands += other.commands;
        self.accepted += other.accepted;
        self.without_record += other.without_record;
        for (code, count) in other.refused {
            *self.refused.entry(code).or_default() += count;
        }
        for (name, count) in other.kinds {
            *self.kinds.entry(name).or_default() += count;
        }
        self.dry += other.dry;
        self.unwound += other.unwound;
        self.replays += other.replays;
        self.kills += other.kills;
        self.in_flight += other.in_flight;
        self.copies_whole += other.copies_whole;
        self.copies_refused += other.copies_refused;
    }
}
