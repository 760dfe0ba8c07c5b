//! Words for customers, invoices, what is sent, and banks linked live. JSON goes in and out of
//! customers and invoices (docs/invoice-json.md).

use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct CustomerWords {
    /// The book.
    pub(crate) book: PathBuf,
    #[command(subcommand)]
    pub(crate) what: CustomerWhat,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CustomerWhat {
    /// Everybody the business deals with.
    List(AsJson),
    /// One of them, with its invoices, as JSON.
    Show(CodeWord),
    /// Keep a card, new or changed, from JSON.
    Save(JsonFile),
}

/// Whether the answer is JSON.
#[derive(Debug, Args)]
pub(crate) struct AsJson {
    /// As JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CodeWord {
    /// The code.
    pub(crate) code: String,
}

#[derive(Debug, Args)]
pub(crate) struct JsonFile {
    /// The file with JSON; standard input when absent or -.
    pub(crate) json_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct InvoiceWords {
    /// The book.
    pub(crate) book: PathBuf,
    #[command(subcommand)]
    pub(crate) what: InvoiceWhat,
}

#[derive(Debug, Subcommand)]
pub(crate) enum InvoiceWhat {
    /// Invoices and credit notes.
    List(AsJson),
    /// One of them, as JSON.
    Show(WhichInvoice),
    /// Keep a draft from JSON; gives it back with what it lacks.
    Draft(DraftWords),
    /// Give a draft its number.
    Finalise(WhichInvoice),
    /// Write the PDF of an invoice.
    Pdf(PdfWords),
    /// Queue an invoice to its customer.
    Send(SendWords),
    /// Throw a draft away.
    Delete(WhichInvoice),
}

#[derive(Debug, Args)]
pub(crate) struct CreditNoteWords {
    /// The book.
    pub(crate) book: PathBuf,
    #[command(subcommand)]
    pub(crate) what: CreditNoteWhat,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CreditNoteWhat {
    /// Begin a credit note with the lines of an invoice, or with JSON of one's own.
    Draft(CreditWords),
    /// Give a draft its number.
    Finalise(WhichInvoice),
    /// Invoices and credit notes.
    List(AsJson),
    /// One of them, as JSON.
    Show(WhichInvoice),
    /// Write the PDF of a credit note.
    Pdf(PdfWords),
}

/// An invoice by its number, or a draft by its id.
#[derive(Debug, Args)]
pub(crate) struct WhichInvoice {
    /// The number, or the id of a draft.
    pub(crate) invoice: String,
}

#[derive(Debug, Args)]
pub(crate) struct DraftWords {
    /// The file with JSON; standard input when absent or -.
    pub(crate) json_file: Option<PathBuf>,
    /// The draft that gets this content.
    #[arg(long)]
    pub(crate) id: Option<i64>,
}

#[derive(Debug, Args)]
pub(crate) struct PdfWords {
    /// The number.
    pub(crate) invoice: String,
    /// The folder it is written to.
    #[arg(long, default_value = ".")]
    pub(crate) out: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct SendWords {
    /// The number.
    pub(crate) invoice: String,
    /// Another address than the customer's; may be given several times.
    #[arg(long)]
    pub(crate) address: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct CreditWords {
    /// The number of the invoice that it answers.
    pub(crate) invoice: String,
    /// Why.
    #[arg(long, value_enum)]
    pub(crate) reason: Reason,
    /// The file with JSON of its own lines; those of the invoice when absent.
    pub(crate) json_file: Option<PathBuf>,
}

/// Why a credit note is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Reason {
    /// The sale did not take place.
    Cancellation,
    /// Goods came back.
    Return,
    /// The price is lowered.
    Rebate,
}

#[derive(Debug, Args)]
pub(crate) struct OutboxWords {
    /// The book.
    pub(crate) book: PathBuf,
    /// Send whatever may be sent now.
    #[arg(long)]
    pub(crate) run: bool,
    /// Let a book send again that was found older than what was sent from here.
    #[arg(long)]
    pub(crate) resume: bool,
    /// This uncertain message arrived.
    #[arg(long, value_name = "MESSAGE")]
    pub(crate) arrived: Option<i64>,
    /// Send this uncertain or refused message again.
    #[arg(long, value_name = "MESSAGE")]
    pub(crate) again: Option<i64>,
    /// Take this message back before it leaves.
    #[arg(long, value_name = "MESSAGE")]
    pub(crate) cancel: Option<i64>,
    /// Save this message as a file for another mail program.
    #[arg(long, value_name = "MESSAGE")]
    pub(crate) eml: Option<i64>,
    /// The folder it is written to.
    #[arg(long, default_value = ".")]
    pub(crate) out: PathBuf,
    /// As JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct MailWords {
    /// The book.
    pub(crate) book: PathBuf,
    #[command(subcommand)]
    pub(crate) what: MailWhat,
}

#[derive(Debug, Subcommand)]
pub(crate) enum MailWhat {
    /// Set the mail account; its password is asked, or read from standard input.
    Set(MailSet),
    /// Sign in at the mail server and leave again.
    Test,
    /// The mail account, without its password.
    Show,
}

#[derive(Debug, Args)]
pub(crate) struct MailSet {
    /// The server.
    #[arg(long)]
    pub(crate) server: String,
    /// The port; 587 with STARTTLS, 465 with TLS from the first byte.
    #[arg(long)]
    pub(crate) mail_port: Option<u16>,
    /// STARTTLS rather than TLS from the first byte.
    #[arg(long)]
    pub(crate) starttls: bool,
    /// The name to sign in with; the address when absent.
    #[arg(long)]
    pub(crate) user: Option<String>,
    /// The address letters come from.
    #[arg(long)]
    pub(crate) sender: String,
    /// The name beside it.
    #[arg(long)]
    pub(crate) sender_name: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct SourcesWords {
    /// The book.
    pub(crate) book: PathBuf,
    /// As JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ConnectWords {
    /// The book.
    pub(crate) book: PathBuf,
    /// The connector: qonto, simplefin.
    pub(crate) connector: String,
    /// The name people see.
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// Take every account in that the source shows.
    #[arg(long)]
    pub(crate) all_accounts: bool,
    /// As JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct SyncWords {
    /// The book.
    pub(crate) book: PathBuf,
    /// One connection; every one when absent.
    pub(crate) connection: Option<i64>,
    /// Leave the calls for a person, and banks alone that answered lately.
    #[arg(long)]
    pub(crate) unattended: bool,
    /// As JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct DisconnectWords {
    /// The book.
    pub(crate) book: PathBuf,
    /// The connection.
    pub(crate) connection: i64,
}

#[derive(Debug, Args)]
pub(crate) struct ConnectorWords {
    #[command(subcommand)]
    pub(crate) what: ConnectorWhat,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ConnectorWhat {
    /// Check a connector file against its samples.
    Check(CheckWords),
}

#[derive(Debug, Args)]
pub(crate) struct CheckWords {
    /// The connector file.
    pub(crate) file: PathBuf,
    /// The folder with its samples and what they give.
    #[arg(long)]
    pub(crate) samples: PathBuf,
}
