//! An entry as the model holds it: what its numbers and reports depend on.

use super::Doubt;
use book::read::Reader;
use book::{EntryDraft, EntryId, Kind};
use values::Day;

/// Journal, day, kind, lines and tax items of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    /// The journal's code.
    pub journal: String,
    /// The entry's day.
    pub day: Day,
    /// The kind's word.
    pub kind: String,
    /// Account, counterparty, minor units; in the order of places.
    pub lines: Vec<(String, Option<String>, i64)>,
    /// Leg, tax code, base and tax in minor units; in the order of writing.
    pub items: Vec<(String, String, i64, i64)>,
    /// The days on which its items fall due, those that wait left out.
    pub due: Vec<Day>,
}

impl Sketch {
    /// What a person asked for.
    pub fn of_draft(draft: &EntryDraft) -> Sketch {
        let items = draft.items.iter();
        Sketch {
            journal: draft.journal.clone(),
            day: draft.day,
            kind: if draft.kind == Kind::Opening { "opening" } else { "ordinary" }.to_owned(),
            lines: draft
                .lines
                .iter()
                .map(|line| (line.account.clone(), line.counterparty.clone(), line.amount_minor))
                .collect(),
            items: items
                .clone()
                .map(|item| {
                    let leg = item.leg.word().to_owned();
                    (leg, item.tax_code.clone(), item.base_minor, item.tax_minor)
                })
                .collect(),
            due: items.filter_map(|item| item.chargeable_on).collect(),
        }
    }

    /// What the book holds.
    pub fn read(reader: &Reader, id: EntryId) -> Result<Sketch, Doubt> {
        let told = |why: book::Error| why.to_string();
        let row = reader.entry(id).map_err(told)?;
        let row = row.ok_or_else(|| format!("the entry {id} is not there"))?;
        let items = reader.items(id).map_err(told)?;
        Ok(Sketch {
            journal: row.journal,
            day: row.day,
            kind: row.kind,
            lines: reader
                .postings(id)
                .map_err(told)?
                .into_iter()
                .map(|line| (line.account, line.counterparty, line.amount_minor))
                .collect(),
            due: items.iter().filter_map(|item| item.chargeable_on).collect(),
            items: items
                .into_iter()
                .map(|item| (item.leg, item.tax_code, item.base_minor, item.tax_minor))
                .collect(),
        })
    }

    /// Whether this is the other one's reversal.
    pub fn mirrors(&self, other: &Sketch) -> bool {
        let lines = other.lines.iter().map(|(account, counterparty, amount)| {
            (account.clone(), counterparty.clone(), -amount)
        });
        let items = other
            .items
            .iter()
            .map(|(leg, code, base, tax)| (leg.clone(), code.clone(), -base, -tax));
        self.kind == "reversal"
            && self.journal == other.journal
            && self.day >= other.day
            && self.lines.iter().cloned().eq(lines)
            && self.items.iter().cloned().eq(items)
    }
}
