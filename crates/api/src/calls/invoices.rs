//! Invoices and credit notes: drafted, drawn as they are typed, finalised, shown.

mod views;

pub use views::*;

use super::{Called, Nothing, Seen};
use crate::app::App;
use crate::failure::Failure;
use crate::host::Progress;
use book::invoicing::{Built, InvoiceDraft, InvoiceKind, InvoiceProblem};
use book::read::{InvoiceRow, Reader};
use book::{DeleteInvoice, DraftInvoice, FinaliseInvoice, InvoiceId, Outcome, ReviseInvoice};
use document::{InvoiceSheet, InvoiceStyle, Stationery};
use std::path::Path;
use values::Day;

/// How often a page is drawn again when its number moved meanwhile.
const TRIES: usize = 3;

impl App {
    /// Every invoice and credit note.
    pub fn invoices(&self, book: &Path, _: Nothing, _: &dyn Progress) -> Called<Sales> {
        let reader = self.reader(book)?;
        let today = self.today(&reader)?;
        let rows = reader.invoices().map_err(|why| self.failed(&why))?;
        let rows = self.invoice_rows(&reader, rows, today)?;
        let regime = reader.setting("vat_regime", today).map_err(|why| self.failed(&why))?;
        let codes = &self.law.invoices().map_err(|why| self.failed(&why))?.tax_codes;
        let exempt = regime.as_deref() == Some("franchise");
        let tax_code = if exempt { &codes.franchise } else { &codes.charged }.clone();
        Ok(Seen::at(reader.seq(), Sales { rows, today, tax_code }))
    }

    /// One of them.
    pub fn invoice(
        &self,
        book: &Path,
        request: InvoiceRef,
        _: &dyn Progress,
    ) -> Called<InvoiceView> {
        let reader = self.reader(book)?;
        let view = self.invoice_view(&reader, InvoiceId(request.invoice))?;
        Ok(Seen::at(reader.seq(), view))
    }

    /// How a draft would look and what it lacks; nothing is kept.
    pub fn preview_invoice(
        &self,
        book: &Path,
        request: InvoiceDraft,
        _: &dyn Progress,
    ) -> Called<InvoicePreview> {
        let reader = self.reader(book)?;
        let today = self.today(&reader)?;
        let built = reader.build_invoice(&request, today).map_err(|why| self.failed(&why))?;
        let preview = self.draft_preview(built)?;
        Ok(Seen::at(reader.seq(), preview))
    }

    /// Keeps a draft.
    pub fn draft_invoice(
        &self,
        book: &Path,
        request: KeepDraft,
        progress: &dyn Progress,
    ) -> Called<InvoiceView> {
        let done = match request.invoice {
            None => self.command(book, DraftInvoice { draft: request.draft }, progress)?,
            Some(id) => {
                let invoice = InvoiceId(id);
                self.command(book, ReviseInvoice { invoice, draft: request.draft }, progress)?
            }
        };
        self.shown_invoice(book, &done)
    }

    /// Throws a draft away.
    pub fn delete_invoice(
        &self,
        book: &Path,
        request: InvoiceRef,
        progress: &dyn Progress,
    ) -> Called<Nothing> {
        let invoice = InvoiceId(request.invoice);
        let done = self.command(book, DeleteInvoice { invoice }, progress)?;
        Ok(Seen::wrote(&done, Nothing {}))
    }

    /// Begins a credit note with the lines of the invoice that it answers.
    pub fn credit_invoice(
        &self,
        book: &Path,
        request: CreditRequest,
        progress: &dyn Progress,
    ) -> Called<InvoiceView> {
        let answers = InvoiceId(request.invoice);
        let answered = self.reader(book)?.invoice(answers).map_err(|why| self.failed(&why))?;
        let draft = InvoiceDraft {
            kind: InvoiceKind::CreditNote,
            answers: Some(answers),
            reason: request.reason,
            day: None,
            due_day: None,
            delivery_day: None,
            note: None,
            ..answered.draft
        };
        let done = self.command(book, DraftInvoice { draft }, progress)?;
        self.shown_invoice(book, &done)
    }

    /// Gives a draft its number, its page and its entry, together or not at all.
    pub fn finalise_invoice(
        &self,
        book: &Path,
        request: InvoiceRef,
        progress: &dyn Progress,
    ) -> Called<InvoiceView> {
        let id = InvoiceId(request.invoice);
        let mut tries = 0;
        let done = loop {
            tries += 1;
            let finalised = self.with_book(book, |open| {
                let reader = open.reader().map_err(|why| self.failed(&why))?;
                let today = self.today(&reader)?;
                let row = reader.invoice(id).map_err(|why| self.failed(&why))?;
                let built =
                    reader.build_invoice(&row.draft, today).map_err(|why| self.failed(&why))?;
                drop(reader);
                let record = built.record_hash().map_err(|why| self.failed(&why))?;
                // What is not ready is refused by the command, with its sentence, before a page.
                let bytes = match built.problems.is_empty() {
                    true => self.page_of(&built, false)?,
                    false => Vec::new(),
                };
                let number = built.number;
                let pdf_size = bytes.len() as i64;
                let name = format!("{}.pdf", built.record.number);
                let command = |pdf| FinaliseInvoice { invoice: id, number, record, pdf, pdf_size };
                self.execute_on(open, (&name, &bytes), command, progress)
            });
            match finalised {
                Err(failure) if failure.code == "number-moved" && tries < TRIES => {}
                other => break other?,
            }
        };
        self.shown_invoice(book, &done)
    }

    /// Writes the PDF of an invoice into a folder: the bytes that were frozen with its number.
    pub fn save_invoice(
        &self,
        book: &Path,
        request: SaveInvoice,
        _: &dyn Progress,
    ) -> Called<SavedFile> {
        let reader = self.reader(book)?;
        let row = reader.invoice(InvoiceId(request.invoice)).map_err(|why| self.failed(&why))?;
        let (Some(reference), Some(pdf)) = (row.reference, row.pdf) else {
            let id = InvoiceId(request.invoice);
            // A draft has no page of its own.
            return Err(match reader.invoice_record(id) {
                Err(why) => self.failed(&why),
                Ok(_) => self.own("bug", &[("call", "save_invoice")]),
            });
        };
        let bytes = reader.blob(&pdf).map_err(|why| self.failed(&why))?;
        let path = request.out.join(format!("{}.pdf", reference.replace('/', "-")));
        std::fs::write(&path, &*bytes).map_err(|why| self.unwritable(&path).with_detail(&why))?;
        Ok(Seen::at(reader.seq(), SavedFile { path: path.display().to_string() }))
    }

    fn shown_invoice(&self, book: &Path, done: &book::Done) -> Called<InvoiceView> {
        let Outcome::Invoice(id) = done.outcome else {
            return Err(self.own("bug", &[("call", "invoice")]));
        };
        let reader = self.reader(book)?;
        Ok(Seen::wrote(done, self.invoice_view(&reader, id)?))
    }

    fn invoice_view(&self, reader: &Reader, id: InvoiceId) -> Result<InvoiceView, Failure> {
        let explain = |why: book::Error| self.failed(&why);
        let today = self.today(reader)?;
        let row = reader.invoice(id).map_err(explain)?;
        let preview = match row.reference {
            None => {
                self.draft_preview(reader.build_invoice(&row.draft, today).map_err(explain)?)?
            }
            Some(_) => self.frozen_preview(reader, &row)?,
        };
        let notes = reader.credit_notes_of(id).map_err(explain)?;
        let payments = reader.payments_of(id).map_err(explain)?;
        let messages = reader.messages_of(id).map_err(explain)?;
        Ok(InvoiceView {
            draft: row.draft.clone(),
            entry: row.entry.map(|entry| entry.0),
            credit_notes: notes.into_iter().map(|note| (note.id.0, note.reference)).collect(),
            payments: payments
                .into_iter()
                .map(|paid| InvoicePayment {
                    entry: paid.entry.0,
                    reference: paid.reference,
                    day: paid.day,
                    amount_minor: paid.amount_minor,
                    line: paid.line.map(|line| line.0),
                })
                .collect(),
            messages: messages.into_iter().map(|one| self.message_view(one)).collect(),
            pdf: row.pdf.clone(),
            preview,
            row: self.one_row(reader, row, today)?,
        })
    }

    fn one_row(
        &self,
        reader: &Reader,
        row: InvoiceRow,
        today: Day,
    ) -> Result<InvoiceRowView, Failure> {
        let mut rows = self.invoice_rows(reader, vec![row], today)?;
        rows.pop().ok_or_else(|| self.own("bug", &[("call", "invoice")]))
    }

    pub(super) fn invoice_rows(
        &self,
        reader: &Reader,
        rows: Vec<InvoiceRow>,
        today: Day,
    ) -> Result<Vec<InvoiceRowView>, Failure> {
        let explain = |why: book::Error| self.failed(&why);
        let sent = reader.sent_states().map_err(explain)?;
        let mut views = Vec::with_capacity(rows.len());
        for row in rows {
            // A draft has no sums of its own yet.
            let sums = match (row.net_minor, row.gross_minor) {
                (Some(net), Some(gross)) => (net, gross),
                _ => {
                    let built = reader.build_invoice(&row.draft, today).map_err(explain)?;
                    (built.record.totals.net_minor, built.record.totals.gross_minor)
                }
            };
            let answers = match row.answers {
                Some(id) => reader.invoice(id).map_err(explain)?.reference,
                None => None,
            };
            let word = sent.get(&row.id).map(String::as_str);
            views.push(row_view(row, sums, (answers, word), today));
        }
        Ok(views)
    }

    fn draft_preview(&self, built: Built) -> Result<InvoicePreview, Failure> {
        let mut shown = built.record.clone();
        // The number is given at the end; the picture of a draft promises none.
        shown.number.clear();
        if let Some(payment) = &mut shown.payment {
            payment.remittance = None;
        }
        let (pages, not_drawn) = self.draw(&shown, &built.language, true)?;
        let problems = built.problems.iter().map(|problem| self.problem_view(problem)).collect();
        Ok(preview_of(&built.record, pages, not_drawn, problems))
    }

    fn frozen_preview(&self, reader: &Reader, row: &InvoiceRow) -> Result<InvoicePreview, Failure> {
        let record = reader.invoice_record(row.id).map_err(|why| self.failed(&why))?;
        let language = self.written_in(reader, row)?;
        let (pages, not_drawn) = self.draw(&record, &language, false)?;
        Ok(preview_of(&record, pages, not_drawn, Vec::new()))
    }

    /// The language a customer's papers are written in.
    fn written_in(&self, reader: &Reader, row: &InvoiceRow) -> Result<String, Failure> {
        let Some(code) = &row.customer else { return Ok("fr".to_owned()) };
        let party = reader.party(code).map_err(|why| self.failed(&why))?;
        Ok(party.language.unwrap_or_else(|| "fr".to_owned()))
    }

    fn stationery(&self) -> Result<&Stationery, Failure> {
        if let Some(kept) = self.stationery.get() {
            return Ok(kept);
        }
        let loaded = Stationery::load(self.law.assets()).map_err(|why| self.failed(&why))?;
        Ok(self.stationery.get_or_init(|| loaded))
    }

    /// The pictures, or why there are none.
    fn draw(
        &self,
        record: &einvoice::Invoice,
        language: &str,
        draft: bool,
    ) -> Result<(Vec<String>, Option<String>), Failure> {
        let style = style(language, draft);
        match InvoiceSheet::new(self.stationery()?, record, &style) {
            Ok(sheet) => Ok((sheet.svg(), None)),
            Err(why) => Ok((Vec::new(), Some(self.failed(&why).message))),
        }
    }

    fn page_of(&self, built: &Built, draft: bool) -> Result<Vec<u8>, Failure> {
        let style = style(&built.language, draft);
        let sheet = InvoiceSheet::new(self.stationery()?, &built.record, &style);
        let bytes = sheet.and_then(|sheet| sheet.pdf(&self.host.application));
        bytes.map_err(|why| self.failed(&why))
    }

    fn problem_view(&self, problem: &InvoiceProblem) -> ProblemView {
        let line = problem.line.map(|line| (line + 1).to_string()).unwrap_or_default();
        let args = [("line", line), ("value", problem.value.clone())];
        let failure = Failure::of(&self.sentences, "book.invoice-problem", problem.code, args);
        ProblemView {
            code: problem.code.to_owned(),
            term: problem.term.to_owned(),
            line: problem.line,
            text: failure.message,
            hint: failure.hint,
        }
    }
}

fn style(language: &str, draft: bool) -> InvoiceStyle {
    let language =
        if language == "en" { document::Language::English } else { document::Language::French };
    InvoiceStyle { language, accent: None, draft }
}

fn preview_of(
    record: &einvoice::Invoice,
    pages: Vec<String>,
    not_drawn: Option<String>,
    problems: Vec<ProblemView>,
) -> InvoicePreview {
    let taxes = record.breakdown.iter().map(|group| InvoiceTaxView {
        rate: group.rate.normalize().to_string(),
        base_minor: group.base_minor,
        tax_minor: group.tax_minor,
        reason: group.exemption_reason.clone(),
    });
    InvoicePreview {
        pages,
        not_drawn,
        lines: record.lines.iter().map(|line| line.net_minor).collect(),
        taxes: taxes.collect(),
        net_minor: record.totals.net_minor,
        tax_minor: record.totals.tax_minor,
        gross_minor: record.totals.gross_minor,
        day: record.issue_day,
        due_day: record.due_day,
        number: record.number.clone(),
        problems,
    }
}

fn row_view(
    row: InvoiceRow,
    (net_minor, gross_minor): (i64, i64),
    (answers, sent): (Option<String>, Option<&str>),
    today: Day,
) -> InvoiceRowView {
    let is_open = row.reference.is_some() && row.rest_minor != 0;
    let late_days = row
        .due_day
        .filter(|due| is_open && row.kind == InvoiceKind::Invoice && *due < today)
        .map(|due| today.days_since(due));
    let state = match (&row.reference, is_open, late_days) {
        (None, ..) => InvoiceState::Draft,
        (_, true, Some(_)) => InvoiceState::Late,
        (_, true, None) if row.rest_minor == gross_minor => InvoiceState::Open,
        (_, true, None) => InvoiceState::PartlyPaid,
        (_, false, _) if gross_minor != 0 && row.credited_minor == gross_minor => {
            InvoiceState::Credited
        }
        (_, false, _) => InvoiceState::Paid,
    };
    let sent = match sent {
        Some("sent") => SentState::Sent,
        Some("saved") => SentState::Saved,
        Some("refused") => SentState::Refused,
        Some("unknown") => SentState::Unknown,
        Some("queued" | "sending") => SentState::Queued,
        _ => SentState::No,
    };
    InvoiceRowView {
        id: row.id.0,
        kind: row.kind,
        about: row.draft.lines.first().map(|line| line.name.clone()).unwrap_or_default(),
        reference: row.reference,
        customer: row.customer,
        customer_name: row.customer_name,
        day: row.day.or(row.draft.day),
        due_day: row.due_day,
        net_minor,
        gross_minor,
        rest_minor: row.rest_minor,
        state,
        late_days,
        settled_day: row.settled_day,
        sent,
        answers,
    }
}
