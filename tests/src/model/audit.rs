//! The book held against the model: a little after each command, everything now and then.

use super::{Doubt, Model, Sketch};
use crate::chance::Chance;
use book::EntryId;
use book::read::{EntryState, Reader};
use std::collections::BTreeMap;

/// How many posted entries are looked at after each command; all are in the end.
const SAMPLE: usize = 4;

/// Sums of the lines of each account, counterparty and letter.
type Groups = BTreeMap<(String, Option<String>, String), i128>;

/// An entry is posted under its number, as it was written.
pub(super) fn check_posted(
    reader: &Reader,
    id: EntryId,
    sketch: &Sketch,
    number: &str,
) -> Result<(), Doubt> {
    let row = reader.entry(id).map_err(|why| why.to_string())?;
    let row = row.ok_or_else(|| format!("the posted entry {id} is gone"))?;
    if row.state != EntryState::Posted || row.number.as_deref() != Some(number) {
        return Err(format!("{id} should be posted as {number}: {row:?}"));
    }
    let found = Sketch::read(reader, id)?;
    if found == *sketch {
        Ok(())
    } else {
        Err(format!("the posted entry {id} changed: {found:?}, not {sketch:?}"))
    }
}

impl Model {
    /// The drafts, the returns and a few posted entries are what they should be.
    pub fn check(&self, reader: &Reader, chance: &mut Chance) -> Result<(), Doubt> {
        self.check_drafts(reader)?;
        self.check_returns(reader)?;
        let posted: Vec<_> = self.posted.iter().collect();
        for _ in 0..SAMPLE {
            if let Some((id, posted)) = chance.one(&posted) {
                check_posted(reader, **id, &posted.sketch, &posted.number)?;
            }
        }
        let beyond = EntryId(self.highest + 1);
        match reader.entry(beyond).map_err(|why| why.to_string())? {
            None => Ok(()),
            Some(row) => Err(format!("an entry nobody asked for: {row:?}")),
        }
    }

    /// Everything that was posted, every sum by account, every letter.
    pub fn check_all(&self, reader: &Reader) -> Result<(), Doubt> {
        self.check_drafts(reader)?;
        self.check_returns(reader)?;
        let mut balances: BTreeMap<String, i128> = BTreeMap::new();
        let mut groups = Groups::new();
        for (id, posted) in &self.posted {
            check_posted(reader, *id, &posted.sketch, &posted.number)?;
            for line in reader.postings(*id).map_err(|why| why.to_string())? {
                *balances.entry(line.account.clone()).or_default() += i128::from(line.amount_minor);
                if let Some(letter) = line.letter {
                    let group = groups.entry((line.account, line.counterparty, letter));
                    *group.or_default() += i128::from(line.amount_minor);
                }
            }
        }
        self.check_letters(reader, &groups)?;
        let mut expected: BTreeMap<String, i128> = BTreeMap::new();
        for posted in self.posted.values() {
            for (account, _, amount) in &posted.sketch.lines {
                *expected.entry(account.clone()).or_default() += i128::from(*amount);
            }
        }
        if balances == expected {
            return Ok(());
        }
        Err(format!("balances {balances:?}, expected {expected:?}"))
    }

    /// A letter's group sums to zero and leaves nothing open.
    fn check_letters(&self, reader: &Reader, groups: &Groups) -> Result<(), Doubt> {
        if let Some((group, sum)) = groups.iter().find(|(_, sum)| **sum != 0) {
            return Err(format!("the letter {group:?} sums to {sum}"));
        }
        for open in reader.open_items().map_err(|why| why.to_string())? {
            let lines = reader.postings(open.entry).map_err(|why| why.to_string())?;
            if lines.iter().any(|line| line.id == open.posting && line.letter.is_some()) {
                return Err(format!("a line with a letter is open: {open:?}"));
            }
        }
        Ok(())
    }

    fn check_drafts(&self, reader: &Reader) -> Result<(), Doubt> {
        let mut after = None;
        let mut seen = 0;
        loop {
            let page = reader.drafts(after, 500).map_err(|why| why.to_string())?;
            for row in &page {
                let sketch = self.drafts.get(&row.id);
                let sketch = sketch.ok_or_else(|| format!("a draft nobody wrote: {row:?}"))?;
                let found = Sketch::read(reader, row.id)?;
                if found != *sketch {
                    return Err(format!("the draft {} is {found:?}, not {sketch:?}", row.id));
                }
            }
            seen += page.len();
            match page.last() {
                Some(last) if page.len() == 500 => after = Some((last.day, last.id)),
                _ => break,
            }
        }
        if seen == self.drafts.len() {
            return Ok(());
        }
        Err(format!("{seen} drafts, expected {}", self.drafts.len()))
    }

    fn check_returns(&self, reader: &Reader) -> Result<(), Doubt> {
        for form in ["CA3", "CA12"] {
            let rows = reader.returns(form).map_err(|why| why.to_string())?;
            let expected = self.returns.keys().filter(|(known, _)| known == form).count();
            if rows.len() != expected {
                return Err(format!("{} returns {form}, expected {expected}", rows.len()));
            }
            for row in rows {
                let key = (form.to_owned(), row.first_day);
                let standing = self.returns.get(&key);
                let standing = standing.ok_or_else(|| format!("a return nobody made: {row:?}"))?;
                let takes = reader.items_of_return(row.id).map_err(|why| why.to_string())?;
                let same = takes.iter().eq(standing.takes.iter());
                if row.settlement != standing.settlement || !same {
                    return Err(format!("the return {row:?} took {takes:?}, not {standing:?}"));
                }
            }
        }
        Ok(())
    }
}
