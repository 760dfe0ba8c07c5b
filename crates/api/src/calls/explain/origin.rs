//! Where an entry comes from: the bytes of a bank, or the record of whoever typed it.

use super::{MarkView, OriginView, SightingView};
use crate::app::App;
use crate::failure::Failure;
use book::EntryId;
use book::read::{BankLine, Reader};
use statement::excerpt::{Excerpt, Sought, Source};
use std::collections::HashMap;
use std::sync::Arc;

/// The longest stretch of bytes shown for one line.
const LONGEST: usize = 2_000;

/// Finds origins; a blob is read once, however many lines it showed.
pub(in crate::calls) struct Origins<'a> {
    app: &'a App,
    reader: &'a Reader,
    records: HashMap<EntryId, i64>,
    blobs: HashMap<String, Arc<[u8]>>,
    /// Ledger account and decimals of each bank account.
    accounts: HashMap<i64, (String, u32)>,
}

impl<'a> Origins<'a> {
    /// Prepares for these entries; others are found one by one.
    pub(in crate::calls) fn load(
        app: &'a App,
        reader: &'a Reader,
        entries: &[EntryId],
    ) -> Result<Origins<'a>, Failure> {
        let explain = |why: book::Error| app.failed(&why);
        let records = reader.records_of_entries(entries).map_err(explain)?;
        let accounts = reader
            .bank_accounts()
            .map_err(explain)?
            .into_iter()
            .map(|one| (one.id.0, (one.account, one.currency.exponent())))
            .collect();
        Ok(Origins { app, reader, records, blobs: HashMap::new(), accounts })
    }

    /// Every origin of an entry: its bank lines if it books any, else who typed it.
    pub(in crate::calls) fn of(&mut self, entry: EntryId) -> Result<Vec<OriginView>, Failure> {
        let lines = self.reader.lines_of_entry(entry).map_err(|why| self.app.failed(&why))?;
        if !lines.is_empty() {
            return lines.into_iter().map(|line| self.bank(line)).collect();
        }
        Ok(self.typed(entry)?.into_iter().collect())
    }

    /// The origin of a bank line: every place that showed it.
    pub(in crate::calls) fn bank(&mut self, line: BankLine) -> Result<OriginView, Failure> {
        let explain = |why: book::Error| self.app.failed(&why);
        let (account, exponent) =
            self.accounts.get(&line.bank_account.0).cloned().unwrap_or_default();
        let sought = Sought { amount_minor: line.amount_minor, exponent, label: &line.label };
        let mut sightings = Vec::new();
        for seen in self.reader.sightings(line.id).map_err(explain)? {
            let hash = seen.statement.blob;
            let bytes = match self.blobs.get(&hash) {
                Some(bytes) => bytes.clone(),
                None => {
                    let bytes = self.reader.blob(&hash).map_err(explain)?;
                    self.blobs.insert(hash.clone(), bytes.clone());
                    bytes
                }
            };
            let (from, to) = (seen.place.0 as usize, seen.place.1 as usize);
            let shown = bytes.get(from..to.min(from + LONGEST)).unwrap_or_default();
            let excerpt = Source::of(&bytes).excerpt(from..to, sought);
            sightings.push(SightingView {
                file: seen.statement.origin,
                at: seen.statement.at,
                reader: seen.statement.reader,
                blob: hash,
                from: seen.place.0,
                to: seen.place.1,
                bytes: String::from_utf8_lossy(shown).into_owned(),
                marks: marks(&excerpt),
                excerpt: excerpt.text,
            });
        }
        Ok(OriginView::Bank {
            line: line.id.0,
            account,
            day: line.day,
            amount_minor: line.amount_minor,
            label: line.label.clone(),
            why: line.entry.map(|(_, why)| why).unwrap_or_default(),
            sightings,
        })
    }

    fn typed(&mut self, entry: EntryId) -> Result<Option<OriginView>, Failure> {
        let explain = |why: book::Error| self.app.failed(&why);
        if !self.records.contains_key(&entry) {
            self.records.extend(self.reader.records_of_entries(&[entry]).map_err(explain)?);
        }
        let Some(seq) = self.records.get(&entry) else { return Ok(None) };
        let Some(record) = self.reader.record(*seq).map_err(explain)? else { return Ok(None) };
        let record = self.app.record_view(record);
        let blob = record.asked.get("blob").and_then(|blob| blob.as_str()).map(str::to_owned);
        let super::super::RecordView { seq, at, actor, text, .. } = record;
        Ok(Some(OriginView::Typed { seq, at, actor, text, blob }))
    }
}

/// The marks of an excerpt.
pub(in crate::calls) fn marks(excerpt: &Excerpt) -> Vec<MarkView> {
    let marks = excerpt.marks.iter();
    marks
        .map(|(mark, range)| MarkView { kind: mark.word(), start: range.start, end: range.end })
        .collect()
}
