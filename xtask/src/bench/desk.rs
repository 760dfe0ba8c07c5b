//! A book to measure on.

use assets::Assets;
use book::{
    AcceptLines, Book, Command, Context, CreateBook, Done, DraftEntries, EntryDraft,
    ImportStatement, Law, LineDraft, NoTask,
};
use std::path::Path;
use values::{Currency, Day};

/// A book open for writing, and when everything on it happens.
pub(super) struct Desk {
    pub(super) book: Book,
    /// First day of the book.
    pub(super) first_day: Day,
}

/// The instant of every command: what is measured does not depend on it.
const AT: &str = "2026-06-01T08:00:00Z";

fn context() -> Result<Context<'static>, String> {
    let at = AT.parse().map_err(|why| format!("the instant of the bench: {why}"))?;
    Ok(Context { actor: "person", at, app: "bench", task: &NoTask })
}

impl Desk {
    /// An empty book whose first year begins on a day; the years after it open by themselves.
    pub(super) fn new(path: &Path, first_day: Day) -> Result<Desk, String> {
        let create = CreateBook {
            uuid: "0198c0de-0000-7000-8000-000000000001".to_owned(),
            country: "fr".to_owned(),
            currency: Currency::EUR,
            time_zone: "Europe/Paris".to_owned(),
            first_day,
            fiscal_year: (first_day, first_day.plus_months(12).plus_days(-1)),
            settings: std::iter::once(("name".to_owned(), "Bench".to_owned())).collect(),
        };
        let law = Law::new(Assets::built_in());
        let made = Book::create(path, None, law, &context()?, create);
        let (book, _) = made.map_err(|why| format!("making a book: {why}"))?;
        Ok(Desk { book, first_day })
    }

    /// Gives a command to the book.
    pub(super) fn execute(&mut self, command: impl Into<Command>) -> Result<Done, String> {
        let done = self.book.execute(&context()?, command.into());
        done.map_err(|why| format!("a command was refused: {why:?}"))
    }

    /// Keeps a file in the book; its hash and its size.
    fn keep(&mut self, bytes: &[u8], name: &str) -> Result<(String, i64), String> {
        let kept = self.book.note_blob(bytes, name, context()?.at);
        let (hash, _) = kept.map_err(|why| format!("keeping a file: {why}"))?;
        Ok((hash, i64::try_from(bytes.len()).unwrap_or(i64::MAX)))
    }

    /// Imports a bank file.
    pub(super) fn import(&mut self, bytes: &[u8], name: &str) -> Result<(), String> {
        let (blob, blob_size) = self.keep(bytes, name)?;
        let file_name = Some(name.to_owned());
        self.execute(ImportStatement { blob, blob_size, file_name, account: None })?;
        Ok(())
    }

    /// A small entry, the n-th.
    pub(super) fn small_entry(&self, n: i64) -> DraftEntries {
        let line = |account: &str, amount_minor| LineDraft {
            account: account.to_owned(),
            counterparty: None,
            amount_minor,
            label: String::new(),
        };
        DraftEntries {
            entries: vec![EntryDraft {
                journal: "OD".to_owned(),
                day: self.first_day.plus_days(n % 300),
                reference: None,
                document_day: None,
                label: format!("Fournitures {n}"),
                kind: book::Kind::Ordinary,
                lines: vec![line("6064", 1_000 + n), line("471", -1_000 - n)],
                items: Vec::new(),
            }],
        }
    }

    /// Every line of the inbox, each wholly to the account of what is not yet known.
    pub(super) fn all_to_suspense(&self) -> Result<AcceptLines, String> {
        let reader = self.book.reader().map_err(|why| format!("reading the book: {why}"))?;
        let lines = reader.inbox(None, u32::MAX).map_err(|why| format!("the inbox: {why}"))?;
        let part = |gross_minor| book::Part {
            account: "471".to_owned(),
            gross_minor,
            tax_code: None,
            rate: None,
            nature: None,
            counterparty: None,
        };
        let lines = lines.into_iter().map(|line| book::Acceptance {
            line: line.id,
            booking: book::Booking::Parts(vec![part(line.amount_minor)]),
            why: "bench".to_owned(),
            label: None,
        });
        Ok(AcceptLines { lines: lines.collect() })
    }
}
