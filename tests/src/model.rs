//! The simple model that a book is held against: plain rows, no SQL, no cleverness.
//!
//! It knows which drafts stand, what was posted and that it never changes, the next number of each
//! journal and year, and which returns stand with which items. It learns from the commands that a
//! book accepted; what a command leaves to the book (a bank line's entry, a file's drafts) it reads
//! once and holds the book to it from then on.

mod audit;
mod sketch;

pub use sketch::Sketch;

use book::read::{EntryState, Reader};
use book::{Command, Done, EntryId, Outcome, TaxItemId};
use std::collections::{BTreeMap, BTreeSet};
use values::Day;

/// Why a book and its model part; a sentence for the one who looks for the fault.
pub type Doubt = String;

/// What was posted, with its number.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Posted {
    sketch: Sketch,
    number: String,
    reversed: bool,
}

/// What a record did to the drafts, for its undo.
#[derive(Debug, Clone, Default)]
struct Effect {
    added: BTreeMap<EntryId, Sketch>,
    removed: BTreeMap<EntryId, Sketch>,
}

/// A return that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Standing {
    settlement: Option<EntryId>,
    takes: BTreeSet<TaxItemId>,
}

/// What a book should hold.
#[derive(Debug, Default)]
pub struct Model {
    drafts: BTreeMap<EntryId, Sketch>,
    posted: BTreeMap<EntryId, Posted>,
    /// The last number by journal and first day of the fiscal year.
    numbers: BTreeMap<(String, Day), i64>,
    /// By form and first day.
    returns: BTreeMap<(String, Day), Standing>,
    effects: BTreeMap<i64, Effect>,
    /// The largest id an entry ever had.
    highest: i64,
}

impl Model {
    /// Takes in a command that was accepted as a record.
    pub fn accept(&mut self, reader: &Reader, command: &Command, done: &Done) -> Result<(), Doubt> {
        let mut effect = Effect::default();
        match command {
            Command::DraftEntries(asked) => {
                let ids = ids(done)?;
                let sketches: Vec<Sketch> = asked.entries.iter().map(Sketch::of_draft).collect();
                self.expect_ids(&ids, sketches.len())?;
                effect.added = ids.into_iter().zip(sketches).collect();
            }
            Command::ReviseDraft(asked) => {
                let ids = ids(done)?;
                self.expect_ids(&ids, 1)?;
                self.remove(asked.entry, &mut effect)?;
                effect.added.insert(ids[0], Sketch::of_draft(&asked.draft));
            }
            Command::DeleteDraft(asked) => self.remove(asked.entry, &mut effect)?,
            Command::DraftFile(asked) if asked.post => {
                for id in ids(done)? {
                    self.freeze(reader, id, Sketch::read(reader, id)?)?;
                }
            }
            Command::DraftFile(_) | Command::AcceptLines(_) => {
                for id in ids(done)? {
                    effect.added.insert(id, Sketch::read(reader, id)?);
                }
            }
            Command::TakeBackLine(_) => {
                let id = only(&ids(done)?)?;
                match self.drafts.contains_key(&id) {
                    true => self.remove(id, &mut effect)?,
                    false => self.mirror(reader, id, None)?,
                }
            }
            Command::PostEntries(asked) => {
                let drafts = self.drafts_to_post(|sketch| sketch.day <= asked.up_to);
                if drafts != ids(done)? {
                    return Err(format!("posted {:?}, expected {drafts:?}", done.outcome));
                }
                self.post(reader, &drafts)?;
            }
            Command::ReverseEntry(asked) => {
                self.mirror(reader, only(&ids(done)?)?, Some(asked.entry))?;
            }
            Command::MakeReturn(asked) => {
                let last = asked.last_day;
                let drafts = self.drafts_to_post(|sketch| {
                    sketch.day <= last || sketch.due.iter().any(|due| *due <= last)
                });
                self.post(reader, &drafts)?;
                let settlement = self.settle(reader, asked)?;
                let takes = asked.takes.iter().copied().collect();
                let key = (asked.form.clone(), asked.first_day);
                self.returns.insert(key, Standing { settlement, takes });
            }
            Command::WithdrawReturn(asked) => {
                let standing = self.returns.remove(&(asked.form.clone(), asked.first_day));
                let standing = standing.ok_or("a return was withdrawn that did not stand")?;
                if let Some(settlement) = standing.settlement {
                    self.mirror(reader, EntryId(self.highest + 1), Some(settlement))?;
                }
            }
            Command::TakeOver(_) => self.take_over(reader, done)?,
            Command::Undo(asked) => effect = self.undo(asked.seq)?,
            _ => {}
        }
        self.keep(effect, done)
    }

    fn keep(&mut self, effect: Effect, done: &Done) -> Result<(), Doubt> {
        for (id, sketch) in &effect.added {
            self.highest = self.highest.max(id.0);
            if self.drafts.insert(*id, sketch.clone()).is_some() {
                return Err(format!("the draft {id} came twice"));
            }
        }
        let seq = done.seq.ok_or("a change left no record")?;
        self.effects.insert(seq, effect);
        Ok(())
    }

    fn expect_ids(&self, ids: &[EntryId], count: usize) -> Result<(), Doubt> {
        let expected: Vec<EntryId> =
            (1..=count as i64).map(|place| EntryId(self.highest + place)).collect();
        if ids == expected { Ok(()) } else { Err(format!("ids {ids:?}, expected {expected:?}")) }
    }

    fn remove(&mut self, id: EntryId, effect: &mut Effect) -> Result<(), Doubt> {
        let removed = self.drafts.remove(&id);
        let removed = removed.ok_or_else(|| format!("{id} was no draft and went away"))?;
        effect.removed.insert(id, removed);
        Ok(())
    }

    /// The inverse of what a record did: posted entries are never among it.
    fn undo(&mut self, seq: i64) -> Result<Effect, Doubt> {
        let undone = self.effects.get(&seq).cloned().unwrap_or_default();
        let mut effect = Effect::default();
        for (id, sketch) in &undone.added {
            self.remove(*id, &mut effect)?;
            if effect.removed.get(id) != Some(sketch) {
                return Err(format!("the draft {id} had changed before its undo"));
            }
        }
        effect.added = undone.removed;
        Ok(effect)
    }

    /// Drafts in the order of their numbers: opening entries first, then by day and id.
    fn drafts_to_post(&self, wanted: impl Fn(&Sketch) -> bool) -> Vec<EntryId> {
        let mut drafts: Vec<_> = self.drafts.iter().filter(|(_, sketch)| wanted(sketch)).collect();
        drafts.sort_by_key(|(id, sketch)| (sketch.journal != "AN", sketch.day, **id));
        drafts.into_iter().map(|(id, _)| *id).collect()
    }

    fn post(&mut self, reader: &Reader, drafts: &[EntryId]) -> Result<(), Doubt> {
        for id in drafts {
            let sketch = self.drafts.remove(id).ok_or("a draft went away while it was posted")?;
            self.freeze(reader, *id, sketch)?;
        }
        Ok(())
    }

    /// Gives the next number of journal and year; the book must have given the same.
    fn freeze(&mut self, reader: &Reader, id: EntryId, sketch: Sketch) -> Result<(), Doubt> {
        let years = reader.fiscal_years().map_err(|why| why.to_string())?;
        let year = years
            .iter()
            .find(|year| year.first_day <= sketch.day && sketch.day <= year.last_day)
            .ok_or_else(|| format!("{id} was posted outside all years"))?;
        let number = self.numbers.entry((sketch.journal.clone(), year.first_day)).or_default();
        *number += 1;
        let number = format!("{}-{number:06}", sketch.journal);
        self.highest = self.highest.max(id.0);
        let posted = Posted { sketch, number, reversed: false };
        audit::check_posted(reader, id, &posted.sketch, &posted.number)?;
        match self.posted.insert(id, posted) {
            None => Ok(()),
            Some(_) => Err(format!("{id} was posted twice")),
        }
    }

    /// A reversal: the other sign on each line of the original, posted at once.
    fn mirror(&mut self, reader: &Reader, id: EntryId, of: Option<EntryId>) -> Result<(), Doubt> {
        let row = reader.entry(id).map_err(|why| why.to_string())?;
        let row = row.ok_or_else(|| format!("the reversal {id} is not there"))?;
        let original = row.reverses.ok_or_else(|| format!("{id} reverses nothing"))?;
        if of.is_some_and(|of| of != original) {
            return Err(format!("{id} reverses {original}, not {of:?}"));
        }
        let sketch = Sketch::read(reader, id)?;
        let reversed = self.posted.get_mut(&original);
        let reversed = reversed.ok_or_else(|| format!("{original} was reversed, not posted"))?;
        if reversed.reversed {
            return Err(format!("{original} was reversed twice"));
        }
        reversed.reversed = true;
        if !sketch.mirrors(&reversed.sketch) {
            return Err(format!("{id} is no mirror of {original}: {sketch:?}"));
        }
        self.freeze(reader, id, sketch)
    }

    fn settle(
        &mut self,
        reader: &Reader,
        asked: &book::MakeReturn,
    ) -> Result<Option<EntryId>, Doubt> {
        if asked.settlement.is_empty() {
            return Ok(None);
        }
        let id = EntryId(self.highest + 1);
        let sketch = Sketch::read(reader, id)?;
        let asked_lines: Vec<(String, Option<String>, i64)> = asked
            .settlement
            .iter()
            .map(|line| (line.account.clone(), None, line.amount_minor))
            .collect();
        if sketch.kind != "settlement" || sketch.lines != asked_lines {
            return Err(format!("the settlement {id} is {sketch:?}"));
        }
        self.freeze(reader, id, sketch)?;
        Ok(Some(id))
    }

    /// History keeps its own numbers.
    fn take_over(&mut self, reader: &Reader, done: &Done) -> Result<(), Doubt> {
        let Outcome::Count(count) = done.outcome else {
            return Err("history did not say how many entries it brought".to_owned());
        };
        for _ in 0..count {
            self.highest += 1;
            let id = EntryId(self.highest);
            let row = reader.entry(id).map_err(|why| why.to_string())?;
            let row = row.filter(|row| row.state == EntryState::Posted && row.kind == "history");
            let number = row.and_then(|row| row.number);
            let number = number.ok_or_else(|| format!("the history entry {id} is not there"))?;
            let sketch = Sketch::read(reader, id)?;
            self.posted.insert(id, Posted { sketch, number, reversed: false });
        }
        Ok(())
    }
}

fn ids(done: &Done) -> Result<Vec<EntryId>, Doubt> {
    match &done.outcome {
        Outcome::Entries(ids) => Ok(ids.clone()),
        other => Err(format!("entries were expected: {other:?}")),
    }
}

fn only(ids: &[EntryId]) -> Result<EntryId, Doubt> {
    match ids {
        [only] => Ok(*only),
        other => Err(format!("one entry was expected: {other:?}")),
    }
}
