//! Entries: drafted, posted, reversed, shown.

use super::{Called, Nothing, Seen};
use crate::app::App;
use crate::failure::Failure;
use crate::host::Progress;
use book::read::{EntryState, Reader, WholeEntry};
use book::{
    DeleteDraft, DraftEntries, DraftFile, EntryDraft, EntryId, Outcome, PostEntries, ReverseEntry,
};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use ts_rs::TS;
use values::Day;

/// A file of entries (docs/entries-file.md).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct PostFile {
    /// The path.
    pub file: PathBuf,
    /// Whether they are also posted.
    #[serde(default)]
    pub validate: bool,
}

/// A day, included.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct UpTo {
    /// The day.
    pub up_to: Day,
}

/// An entry by its id.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct EntryRef {
    /// The id.
    pub entry: i64,
}

/// How many entries were written or posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct Posted {
    /// Entries kept as drafts by this call.
    pub drafts: u64,
    /// Entries posted by this call.
    pub posted: u64,
}

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct EntryView {
    /// Its id.
    pub id: i64,
    /// Code of its journal.
    pub journal: String,
    /// Its number, once posted.
    pub number: Option<String>,
    /// Its day.
    pub day: Day,
    /// What it is about.
    pub label: String,
    /// The document's number.
    #[serde(rename = "ref")]
    pub reference: String,
    /// `ordinary`, `opening`, `carried`, `settlement`, `reversal` or `history`.
    pub kind: String,
    /// Whether it may still change.
    pub draft: bool,
    /// Its lines.
    pub lines: Vec<EntryLineView>,
    /// Its tax items.
    pub items: Vec<TaxItemView>,
}

/// A line of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct EntryLineView {
    /// The account.
    pub account: String,
    /// The account's name.
    pub name: String,
    /// The counterparty's code.
    pub counterparty: Option<String>,
    /// Minor units; debit positive.
    pub amount_minor: i64,
    /// A label of its own.
    pub label: String,
    /// The letter of its clearing.
    pub letter: Option<String>,
}

/// A tax item of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TaxItemView {
    /// Its id.
    pub id: i64,
    /// The side of the tax.
    pub leg: String,
    /// Its tax code.
    pub tax_code: String,
    /// Per cent.
    pub rate: String,
    /// Minor units, signed as the return counts them.
    pub base_minor: i64,
    /// Minor units.
    pub tax_minor: i64,
    /// Minor units.
    pub deductible_minor: i64,
    /// The day it falls due; none while it waits.
    pub chargeable_on: Option<Day>,
}

/// An open item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OpenItemView {
    /// Id of its line.
    pub posting: i64,
    /// Its entry.
    pub entry: i64,
    /// Its account.
    pub account: String,
    /// The counterparty's code.
    pub counterparty: String,
    /// The counterparty's name.
    pub counterparty_name: String,
    /// Its day.
    pub day: Day,
    /// The document's number.
    #[serde(rename = "ref")]
    pub reference: String,
    /// What is left in minor units; debit positive.
    pub rest_minor: i64,
    /// Whether part of its VAT waits for the payment.
    pub vat_waits: bool,
}

impl App {
    /// Keeps the entries of a file as drafts, all or none, and posts them if asked.
    pub fn post_file(
        &self,
        book: &Path,
        request: PostFile,
        progress: &dyn Progress,
    ) -> Called<Posted> {
        let bytes = self.file_bytes(&request.file)?;
        let name = request.file.display().to_string();
        progress.begin("entries", &name);
        self.post_bytes(book, &name, &bytes, request.validate, progress)
    }

    pub(crate) fn post_bytes(
        &self,
        book: &Path,
        name: &str,
        bytes: &[u8],
        validate: bool,
        progress: &dyn Progress,
    ) -> Called<Posted> {
        self.with_book(book, |book| {
            let command = |blob| DraftFile { blob, post: validate };
            let done = self.execute_on(book, (name, bytes), command, progress)?;
            let written = match &done.outcome {
                Outcome::Entries(entries) => entries.len() as u64,
                _ => 0,
            };
            let posted = if validate { written } else { 0 };
            Ok(Seen::wrote(&done, Posted { drafts: written - posted, posted }))
        })
    }

    /// Keeps one entry as a draft.
    pub fn draft_entry(
        &self,
        book: &Path,
        request: EntryDraft,
        progress: &dyn Progress,
    ) -> Called<EntryView> {
        let done = self.command(book, DraftEntries { entries: vec![request] }, progress)?;
        self.first_entry(book, &done)
    }

    /// Takes a draft away.
    pub fn delete_draft(
        &self,
        book: &Path,
        request: EntryRef,
        progress: &dyn Progress,
    ) -> Called<Nothing> {
        let done = self.command(book, DeleteDraft { entry: EntryId(request.entry) }, progress)?;
        Ok(Seen::wrote(&done, Nothing {}))
    }

    /// Answers a posted entry by its mirror.
    pub fn reverse_entry(
        &self,
        book: &Path,
        request: EntryRef,
        progress: &dyn Progress,
    ) -> Called<EntryView> {
        let done = self.command(book, ReverseEntry { entry: EntryId(request.entry) }, progress)?;
        self.first_entry(book, &done)
    }

    /// The first entry a command answered with.
    pub(crate) fn first_entry(&self, book: &Path, done: &book::Done) -> Called<EntryView> {
        let Outcome::Entries(entries) = &done.outcome else {
            return Err(self.own("bug", &[("call", "entry")]));
        };
        let Some(first) = entries.first() else {
            return Err(self.own("bug", &[("call", "entry")]));
        };
        let view = self.entry_view(&self.reader(book)?, *first)?;
        Ok(Seen::wrote(done, view))
    }

    /// One entry.
    pub fn entry(&self, book: &Path, request: EntryRef, _: &dyn Progress) -> Called<EntryView> {
        let reader = self.reader(book)?;
        let view = self.entry_view(&reader, EntryId(request.entry))?;
        Ok(Seen::at(reader.seq(), view))
    }

    pub(crate) fn entry_view(&self, reader: &Reader, id: EntryId) -> Result<EntryView, Failure> {
        let found = reader.whole_entry(id).map_err(|why| self.failed(&why))?;
        found.map(whole_view).ok_or_else(|| self.own("no-entry", &[("entry", &id.to_string())]))
    }

    /// Every open item, oldest first.
    pub fn open_items(
        &self,
        book: &Path,
        _: Nothing,
        _: &dyn Progress,
    ) -> Called<Vec<OpenItemView>> {
        let reader = self.reader(book)?;
        let items = reader.open_items().map_err(|why| self.failed(&why))?;
        let views = items
            .into_iter()
            .map(|item| OpenItemView {
                posting: item.posting.0,
                entry: item.entry.0,
                account: item.account,
                counterparty: item.counterparty,
                counterparty_name: item.counterparty_name,
                day: item.day,
                reference: item.document_reference,
                rest_minor: item.rest_minor,
                vat_waits: item.vat_waits,
            })
            .collect();
        Ok(Seen::at(reader.seq(), views))
    }

    /// Posts every draft up to a day.
    pub fn validate(&self, book: &Path, request: UpTo, progress: &dyn Progress) -> Called<Posted> {
        progress.begin("post", &request.up_to.to_string());
        let done = self.command(book, PostEntries { up_to: request.up_to }, progress)?;
        let posted = match &done.outcome {
            Outcome::Entries(entries) => entries.len() as u64,
            _ => 0,
        };
        Ok(Seen::wrote(&done, Posted { drafts: 0, posted }))
    }
}

/// An entry as it is shown.
pub(super) fn whole_view(whole: WholeEntry) -> EntryView {
    let WholeEntry { head, postings, items } = whole;
    EntryView {
        id: head.id.0,
        journal: head.journal,
        number: head.number,
        day: head.day,
        label: head.label,
        reference: head.document_reference,
        kind: head.kind,
        draft: head.state == EntryState::Draft,
        lines: postings
            .into_iter()
            .map(|line| EntryLineView {
                account: line.account,
                name: line.account_name,
                counterparty: line.counterparty,
                amount_minor: line.amount_minor,
                label: line.label,
                letter: line.letter,
            })
            .collect(),
        items: items
            .into_iter()
            .map(|item| TaxItemView {
                id: item.id.0,
                leg: item.leg,
                tax_code: item.tax_code,
                rate: item.rate,
                base_minor: item.base_minor,
                tax_minor: item.tax_minor,
                deductible_minor: item.deductible_minor,
                chargeable_on: item.chargeable_on,
            })
            .collect(),
    }
}
