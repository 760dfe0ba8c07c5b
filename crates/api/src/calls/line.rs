//! The thread of one bank line: from the bytes that showed it to the entry that books it, or the
//! one that it would become.

use super::entries::whole_view;
use super::explain::origin::{Origins, marks};
use super::inbox::Shown;
use super::{Called, EntryView, LineRef, LineView, MarkView, OriginView, RefusedView, Seen};
use crate::app::App;
use crate::failure::Failure;
use crate::host::Progress;
use book::read::{BankLine, LinePlace, Reader};
use book::{AcceptLines, Acceptance, LineId};
use serde::{Deserialize, Serialize};
use statement::excerpt::{Sought, Source};
use std::ops::Range;
use std::path::Path;
use ts_rs::TS;

/// Where a bank line stands on its way to the books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum LineStateView {
    /// It waits in the inbox.
    Inbox,
    /// An entry books it, draft or posted.
    Booked,
    /// A person set it aside.
    Dismissed,
    /// A question without an answer.
    Held,
    /// The bank shows it no longer; it may still be booked.
    Gone,
    /// It stands before the book's first day.
    Before,
}

/// A bank line, where it comes from and where it goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LineThread {
    /// The line as the inbox gives it; a proposal only while it waits there.
    pub line: LineView,
    /// Where it stands.
    pub state: LineStateView,
    /// Why it was set aside, in the person's words.
    pub reason: Option<String>,
    /// The bytes that showed it.
    pub origin: OriginView,
    /// The draft that accepting the proposal as it is would write; its id and those of its items
    /// are the next free ones, and hold for nothing.
    pub would: Option<EntryView>,
    /// Why accepting the proposal would be refused.
    pub refusal: Option<RefusedView>,
    /// The entry that books it.
    pub entry: Option<EntryView>,
}

/// Bytes that the book keeps.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct BlobRef {
    /// Their SHA-256 in hexadecimal.
    pub hash: String,
    /// A bank line to mark in them.
    #[serde(default)]
    pub line: Option<i64>,
}

/// A file that the book keeps, as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct WholeFile {
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// First byte of the text; more than zero only where the file is too long to show whole.
    pub from: u64,
    /// Last byte of the text, excluded.
    pub to: u64,
    /// What is not text is shown as �.
    pub text: String,
    /// Where the line stands in the text.
    pub marks: Vec<MarkView>,
}

/// The most bytes of a file that are shown at once.
const MOST_SHOWN: usize = 2 << 20;

impl From<LinePlace> for LineStateView {
    fn from(place: LinePlace) -> LineStateView {
        match place {
            LinePlace::Inbox => LineStateView::Inbox,
            LinePlace::Booked => LineStateView::Booked,
            LinePlace::Dismissed => LineStateView::Dismissed,
            LinePlace::Held => LineStateView::Held,
            LinePlace::Gone => LineStateView::Gone,
            LinePlace::Before => LineStateView::Before,
        }
    }
}

impl From<LineStateView> for LinePlace {
    fn from(state: LineStateView) -> LinePlace {
        match state {
            LineStateView::Inbox => LinePlace::Inbox,
            LineStateView::Booked => LinePlace::Booked,
            LineStateView::Dismissed => LinePlace::Dismissed,
            LineStateView::Held => LinePlace::Held,
            LineStateView::Gone => LinePlace::Gone,
            LineStateView::Before => LinePlace::Before,
        }
    }
}

impl App {
    /// The thread of a bank line.
    pub fn line(&self, book: &Path, request: LineRef, _: &dyn Progress) -> Called<LineThread> {
        let explain = |why: book::Error| self.failed(&why);
        let reader = self.reader(book)?;
        let line = self.bank_line(&reader, request.line)?;
        let place = line.state.place();
        let mut acceptance = None;
        let view = if place == LinePlace::Inbox {
            let standing = self.standing(&reader)?;
            acceptance = standing.proposal(line.id).map(|found| Acceptance {
                line: line.id,
                booking: found.booking.clone(),
                why: found.why.stored(),
                label: None,
            });
            self.shown_line(&line, &standing)
        } else {
            let accounts = Shown::accounts(&reader.bank_accounts().map_err(explain)?);
            Shown { line: &line, accounts: &accounts }.view(None, None)
        };
        let entry = match &line.entry {
            Some((entry, _)) => Some(self.entry_view(&reader, *entry)?),
            None => None,
        };
        let reason = reader.reason(line.id).map_err(explain)?;
        let origin = Origins::load(self, &reader, &[])?.bank(line)?;
        let seq = reader.seq();
        drop(reader);
        let (would, refusal) = match acceptance {
            Some(acceptance) => match self.would(book, acceptance) {
                Ok(would) => (would, None),
                Err(failure) => (None, Some(failure.into())),
            },
            None => (None, None),
        };
        let state = place.into();
        let thread = LineThread { line: view, state, reason, origin, would, refusal, entry };
        Ok(Seen::at(seq, thread))
    }

    /// The draft that an acceptance would write.
    fn would(&self, book: &Path, acceptance: Acceptance) -> Result<Option<EntryView>, Failure> {
        let entries = self.preview(book, AcceptLines { lines: vec![acceptance] })?;
        Ok(entries.into_iter().next().map(whole_view))
    }

    pub(crate) fn bank_line(&self, reader: &Reader, id: i64) -> Result<BankLine, Failure> {
        let found = reader.line(LineId(id)).map_err(|why| self.failed(&why))?;
        found.ok_or_else(|| self.own("no-line", &[("line", &id.to_string())]))
    }

    /// A file that the book keeps, as text.
    pub fn whole_file(&self, book: &Path, request: BlobRef, _: &dyn Progress) -> Called<WholeFile> {
        let explain = |why: book::Error| self.failed(&why);
        let reader = self.reader(book)?;
        let bytes = reader.blob(&request.hash).map_err(explain)?;
        let (name, size) = reader.blob_name(&request.hash).map_err(explain)?.unwrap_or_default();
        let line = match request.line {
            Some(id) => self.sought(&reader, id, &request.hash)?,
            None => None,
        };
        let sought = line.as_ref().map(|(line, exponent, place)| {
            let (amount_minor, exponent) = (line.amount_minor, *exponent);
            (place.clone(), Sought { amount_minor, exponent, label: &line.label })
        });
        let shown = Source::of(&bytes).whole(MOST_SHOWN, sought);
        let file = WholeFile {
            name,
            size,
            from: shown.place.start as u64,
            to: shown.place.end as u64,
            marks: marks(&shown),
            text: shown.text,
        };
        Ok(Seen::at(reader.seq(), file))
    }

    /// A line, the decimals of its currency, and where it stands in a blob that showed it.
    fn sought(
        &self,
        reader: &Reader,
        id: i64,
        hash: &str,
    ) -> Result<Option<(BankLine, u32, Range<usize>)>, Failure> {
        let explain = |why: book::Error| self.failed(&why);
        let line = self.bank_line(reader, id)?;
        let sightings = reader.sightings(line.id).map_err(explain)?;
        let Some(seen) = sightings.into_iter().find(|seen| seen.statement.blob == hash) else {
            return Ok(None);
        };
        let accounts = reader.bank_accounts().map_err(explain)?;
        let account = accounts.iter().find(|account| account.id == line.bank_account);
        let exponent = account.map_or(2, |account| account.currency.exponent());
        Ok(Some((line, exponent, seen.place.0 as usize..seen.place.1 as usize)))
    }
}
