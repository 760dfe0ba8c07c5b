//! The sample business: its folder in `assets/`, played through the same calls as anyone's.

use super::{
    AcceptOne, BookView, Called, CustomerCard, InboxPage, InvoiceRef, InvoiceRowView, KeepDraft,
    NewBook, Nothing,
};
use crate::app::App;
use crate::failure::Failure;
use crate::host::Progress;
use book::InvoiceId;
use book::invoicing::InvoiceDraft;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;
use values::Day;

/// The folder of the sample business in `assets/`.
const SAMPLE: &str = "sample/fr/";

/// A line of `invoices.jsonl`: something that was done in Comptoir.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Step {
    /// A customer's card was filled.
    Customer(Box<CustomerCard>),
    /// An invoice or credit note was written.
    Invoice(Box<Written>),
    /// What is proposed for the bank line that names this document was accepted.
    Accept(String),
}

/// An invoice or credit note that was written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    /// The number it gets; one without stays a draft.
    number: Option<String>,
    /// What it comes to with tax, in minor units.
    gross_minor: i64,
    /// The number of the invoice that a credit note answers: ids are given by the book.
    answers: Option<String>,
    draft: InvoiceDraft,
}

impl App {
    /// Makes the sample business: its statements read, its entries written, its invoices made, by
    /// the same calls as anyone's.
    pub fn create_sample(
        &self,
        book: &Path,
        _: Nothing,
        progress: &dyn Progress,
    ) -> Called<BookView> {
        let text = self.sample_text("business.toml")?;
        let business: toml::Table = toml::from_str(&text).map_err(|why| self.no_sample(&why))?;
        progress.begin("create", "");
        self.create_book(book, sample_book(business), progress)?;
        let made = self.fill_sample(book, progress);
        if made.is_err() {
            // Half a sample is of no use to anyone, and nothing of the person's is in it.
            self.close(book);
            let _ = std::fs::remove_file(book);
        }
        made?;
        self.book(book, Nothing {}, progress)
    }

    fn fill_sample(&self, book: &Path, progress: &dyn Progress) -> Result<(), Failure> {
        let names = self.law.assets().names(SAMPLE);
        let statements: Vec<&String> =
            names.iter().filter(|name| name.contains("/banque-")).collect();
        progress.begin("import", "");
        for (done, name) in statements.iter().enumerate() {
            let bytes = self.sample_bytes(name)?;
            self.import_bytes(book, file_name(name), &bytes, None, progress)?;
            progress.step(done as u64 + 1, Some(statements.len() as u64));
        }
        progress.begin("entries", "");
        let bytes = self.sample_bytes(&format!("{SAMPLE}entries.jsonl"))?;
        self.post_bytes(book, "entries.jsonl", &bytes, false, progress)?;
        progress.begin("invoices", "");
        self.play_invoices(book, progress)
    }

    /// Plays `invoices.jsonl`. Its last steps accept the lines that pay these invoices and no
    /// others: the list of sales then holds each state, and every other decision is left to the
    /// person.
    fn play_invoices(&self, book: &Path, progress: &dyn Progress) -> Result<(), Failure> {
        let text = self.sample_text("invoices.jsonl")?;
        let steps: Result<Vec<Step>, _> = text.lines().map(serde_json::from_str).collect();
        let steps = steps.map_err(|why| self.no_sample(&why))?;
        let count = steps.len() as u64;
        let mut issued = HashMap::new();
        let mut accepted = Vec::new();
        for (done, step) in (1..).zip(steps) {
            match step {
                Step::Customer(card) => {
                    self.save_customer(book, *card, progress)?;
                }
                Step::Invoice(written) => {
                    let row = self.write_invoice(book, *written, &issued, progress)?;
                    issued.extend(row.and_then(|row| Some((row.reference?, row.id))));
                }
                Step::Accept(document) => accepted.push(document),
            }
            progress.step(done, Some(count));
        }
        self.accept_payments(book, &accepted, progress)
    }

    /// Writes an invoice, and gives it its number where it has one. What the clock has not reached
    /// yet stays a draft, and nothing answers it.
    fn write_invoice(
        &self,
        book: &Path,
        written: Written,
        issued: &HashMap<String, i64>,
        progress: &dyn Progress,
    ) -> Result<Option<InvoiceRowView>, Failure> {
        let Written { number, gross_minor, answers, mut draft } = written;
        if let Some(answers) = answers {
            let Some(id) = issued.get(&answers) else { return Ok(None) };
            draft.answers = Some(InvoiceId(*id));
        }
        let today = self.today(&self.reader(book)?)?;
        let due = number.filter(|_| draft.day.is_none_or(|day| day <= today));
        let mut row =
            self.draft_invoice(book, KeepDraft { invoice: None, draft }, progress)?.value.row;
        if due.is_some() {
            let request = InvoiceRef { invoice: row.id };
            row = self.finalise_invoice(book, request, progress)?.value.row;
        }
        // Later steps name it by this number, and statements pay this amount.
        if (&row.reference, row.gross_minor) != (&due, gross_minor) {
            return Err(self.own("sample", &[]));
        }
        Ok(Some(row))
    }

    /// Accepts what is proposed for the lines that settle these documents.
    fn accept_payments(
        &self,
        book: &Path,
        documents: &[String],
        progress: &dyn Progress,
    ) -> Result<(), Failure> {
        let inbox = self.inbox(book, InboxPage::default(), progress)?.value;
        for line in inbox.lines {
            let settled = line.proposal.map(|proposal| proposal.documents).unwrap_or_default();
            if settled.is_empty() || settled.iter().any(|one| !documents.contains(one)) {
                continue;
            }
            let request = AcceptOne {
                line: line.id,
                account: None,
                tax_code: None,
                counterparty: None,
                parts: None,
                label: None,
            };
            self.accept(book, request, progress)?;
        }
        Ok(())
    }

    fn sample_bytes(&self, name: &str) -> Result<Cow<'static, [u8]>, Failure> {
        self.law.assets().bytes(name).map_err(|why| self.no_sample(&why))
    }

    fn sample_text(&self, name: &str) -> Result<Cow<'static, str>, Failure> {
        let text = self.law.assets().text(&format!("{SAMPLE}{name}"));
        text.map_err(|why| self.no_sample(&why))
    }

    fn no_sample(&self, why: &dyn std::error::Error) -> Failure {
        self.own("sample", &[]).with_detail(why)
    }
}

fn sample_book(business: toml::Table) -> NewBook {
    let text = |name: &str| business.get(name).and_then(|value| value.as_str()).unwrap_or("");
    let day = |text: &str| Day::parse(text).ok();
    let named = ["name", "country", "first_day", "fiscal_year", "time_zone"];
    let settings = business
        .iter()
        .filter(|(name, _)| !named.contains(&name.as_str()))
        .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
        .collect();
    NewBook {
        country: text("country").to_owned(),
        name: text("name").to_owned(),
        first_day: day(text("first_day")),
        fiscal_year: text("fiscal_year")
            .split_once("..")
            .and_then(|(first, last)| Some((day(first)?, day(last)?))),
        time_zone: Some(text("time_zone").to_owned()),
        settings,
    }
}

fn file_name(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}
