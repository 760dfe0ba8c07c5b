//! What is asked and answered of invoices.

use super::super::MessageView;
use book::invoicing::{CreditReason, InvoiceDraft, InvoiceKind};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use ts_rs::TS;
use values::Day;

/// An invoice or credit note by its id.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct InvoiceRef {
    /// The id.
    pub invoice: i64,
}

/// The list of sales with its totals; amounts in minor units of the book's currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Sales {
    /// Drafts first, the last written first; then by day, the latest first.
    pub rows: Vec<InvoiceRowView>,
    /// Today in the book's time zone.
    pub today: Day,
    /// The tax code proposed for a new line.
    pub tax_code: String,
}

/// Where an invoice stands; derived, never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceState {
    /// Without a number.
    Draft,
    /// Finalised, and nothing of it paid.
    Open,
    /// Partly paid.
    PartlyPaid,
    /// Not paid by the day it was due.
    Late,
    /// Paid, or a credit note that is used up.
    Paid,
    /// Taken back whole by credit notes.
    Credited,
}

/// Whether an invoice was sent, as far as is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SentState {
    /// Nothing was queued.
    No,
    /// It waits to be sent, or is being sent.
    Queued,
    /// A server took it.
    Sent,
    /// It was saved as a file for another program.
    Saved,
    /// A server refused it.
    Refused,
    /// Nobody knows.
    Unknown,
}

/// An invoice or credit note in a list; amounts in minor units of the book's currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct InvoiceRowView {
    /// Its id.
    pub id: i64,
    /// What it is.
    pub kind: InvoiceKind,
    /// Its number; none of a draft.
    pub reference: Option<String>,
    /// The customer's code.
    pub customer: Option<String>,
    /// The customer's name.
    pub customer_name: Option<String>,
    /// The day of issue.
    pub day: Option<Day>,
    /// The day by which to pay.
    pub due_day: Option<Day>,
    /// Without tax.
    pub net_minor: i64,
    /// With tax.
    pub gross_minor: i64,
    /// What is left to pay, or to give back.
    pub rest_minor: i64,
    /// Where it stands.
    pub state: InvoiceState,
    /// Days since it was due, while it is not paid.
    pub late_days: Option<i64>,
    /// The last day something was paid of it or credited.
    pub settled_day: Option<Day>,
    /// Whether it was sent.
    pub sent: SentState,
    /// The number of the invoice that a credit note answers.
    pub answers: Option<String>,
    /// What its first line says.
    pub about: String,
}

/// An invoice or credit note whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct InvoiceView {
    /// As in the list.
    pub row: InvoiceRowView,
    /// What the person wrote.
    pub draft: InvoiceDraft,
    /// Its page, its sums and what it lacks.
    pub preview: InvoicePreview,
    /// Its entry.
    pub entry: Option<i64>,
    /// Credit notes that answer it, with their ids and numbers.
    pub credit_notes: Vec<(i64, Option<String>)>,
    /// Bank lines that paid it: line, day, amount.
    pub payments: Vec<InvoicePayment>,
    /// Messages that carry it, the last first.
    pub messages: Vec<MessageView>,
    /// Hash of its PDF.
    pub pdf: Option<String>,
}

/// What was paid of an invoice, or credited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct InvoicePayment {
    /// The entry that pays.
    pub entry: i64,
    /// Its document's number.
    pub reference: String,
    /// Its day.
    pub day: Day,
    /// Minor units.
    pub amount_minor: i64,
    /// The bank line it books.
    pub line: Option<i64>,
}

/// An invoice as it would be issued; amounts in minor units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct InvoicePreview {
    /// A picture of each page, SVG.
    pub pages: Vec<String>,
    /// Why there is no picture: a character that cannot be printed.
    pub not_drawn: Option<String>,
    /// What each line comes to.
    pub lines: Vec<i64>,
    /// The tax of each category and rate.
    pub taxes: Vec<InvoiceTaxView>,
    /// Without tax.
    pub net_minor: i64,
    /// Tax.
    pub tax_minor: i64,
    /// With tax.
    pub gross_minor: i64,
    /// The day of issue.
    pub day: Day,
    /// The day by which to pay.
    pub due_day: Option<Day>,
    /// The number it would get, or has.
    pub number: String,
    /// What is missing; nothing means that it may be finalised.
    pub problems: Vec<ProblemView>,
}

/// The tax of one category and rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct InvoiceTaxView {
    /// Per cent.
    pub rate: String,
    /// Minor units.
    pub base_minor: i64,
    /// Minor units.
    pub tax_minor: i64,
    /// Why no tax is charged.
    pub reason: Option<String>,
}

/// Something that is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ProblemView {
    /// The code.
    pub code: String,
    /// The business term it is about: `BT-44`.
    pub term: String,
    /// Place of the line, from 0.
    pub line: Option<usize>,
    /// In a sentence.
    pub text: String,
    /// What to do.
    pub hint: String,
}

/// A draft to keep: a new one, or another content for one that is there.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct KeepDraft {
    /// The draft; a new one when absent.
    #[serde(default)]
    pub invoice: Option<i64>,
    /// What it says.
    pub draft: InvoiceDraft,
}

/// A credit note to begin.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct CreditRequest {
    /// The invoice that it answers.
    pub invoice: i64,
    /// Why.
    #[serde(default)]
    pub reason: Option<CreditReason>,
}

/// An invoice's PDF to save.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveInvoice {
    /// The id.
    pub invoice: i64,
    /// The folder it goes to.
    pub out: PathBuf,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SavedFile {
    /// Its path.
    pub path: String,
}
