//! The words of the command line. Accountants script them: they stay.

pub(crate) mod selling;

use api::Language;
use clap::{Args, Parser, Subcommand, ValueEnum};
use selling::{
    ConnectWords, ConnectorWords, CreditNoteWords, CustomerWords, DisconnectWords, InvoiceWords,
    MailWords, OutboxWords, SourcesWords, SyncWords,
};
use std::path::PathBuf;
use values::{Day, Decimal, Siren};

/// Comptoir: a small business's books on its own desk.
#[derive(Debug, Parser)]
#[command(name = "comptoir", version, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    /// Language of sentences: fr or en.
    #[arg(long, global = true, value_parser = parse_language)]
    pub(crate) language: Option<Language>,
    #[command(subcommand)]
    pub(crate) command: Words,
}

fn parse_language(text: &str) -> Result<Language, String> {
    match text {
        "fr" => Ok(Language::Fr),
        "en" => Ok(Language::En),
        _ => Err("fr, en".to_owned()),
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Words {
    /// Show what statement files hold; no book is needed.
    Statement(StatementWords),
    /// Make a book.
    New(Box<NewWords>),
    /// Make the sample business.
    Sample(BookWord),
    /// Take over a former software's entries as read-only history.
    Takeover(FileWords),
    /// Read statement files into a book.
    Import(ImportWords),
    /// Show what waits for you, and accept it.
    Inbox(InboxWords),
    /// Keep entries of a file as drafts.
    Post(PostWords),
    /// Post drafts up to a day: numbered and frozen.
    Validate(ValidateWords),
    /// Show the books.
    Report(ReportWords),
    /// Customers: list, show, save.
    Customer(CustomerWords),
    /// Invoices: draft, finalise, list, show, pdf, send.
    Invoice(InvoiceWords),
    /// Credit notes: draft, finalise, list, show, pdf.
    CreditNote(CreditNoteWords),
    /// What is to be sent, was sent, or may have been.
    Outbox(OutboxWords),
    /// The mail account letters go out by.
    Mail(MailWords),
    /// Where papers come from.
    Sources(SourcesWords),
    /// Link a bank live.
    Connect(ConnectWords),
    /// Read the banks that are linked.
    Sync(SyncWords),
    /// Unlink a bank.
    Disconnect(DisconnectWords),
    /// Connector files.
    Connector(ConnectorWords),
    /// Returns: list, preview, make, withdraw.
    Tax(TaxWords),
    /// Why this figure?
    Explain(ExplainWords),
    /// Who, when, what.
    History(HistoryWords),
    /// Undo the last record, or the one named.
    Undo(UndoWords),
    /// Recompute everything that can be proved of a book.
    Verify(BookWord),
    /// Copy a book and verify the copy.
    Backup(BackupWords),
    /// Bring a backup back as a book.
    Restore(RestoreWords),
    /// Ask any call by its name, as machines do.
    Call(CallWords),
    /// The whole way at once: statements, proposals, books, return.
    Start(StartWords),
    /// Show the interface in a browser of this machine.
    Serve(ServeWords),
}

/// A book.
#[derive(Debug, Args)]
pub(crate) struct BookWord {
    /// The book.
    pub(crate) book: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct StatementWords {
    /// The files.
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// One JSON object a file.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct NewWords {
    /// The new book; nothing may stand there.
    pub(crate) book: PathBuf,
    /// Country.
    #[arg(long)]
    pub(crate) country: String,
    /// Name of the business.
    #[arg(long)]
    pub(crate) name: String,
    /// SIREN, checked by its own digits.
    #[arg(long, value_parser = parse_siren)]
    pub(crate) siren: Option<Siren>,
    /// Legal form.
    #[arg(long)]
    pub(crate) legal_form: Option<String>,
    /// VAT regime.
    #[arg(long)]
    pub(crate) vat_regime: Option<String>,
    /// When VAT on services falls due: payments or invoices.
    #[arg(long)]
    pub(crate) vat_on: Option<String>,
    /// goods, services or mixed.
    #[arg(long)]
    pub(crate) activity: Option<String>,
    /// Territory.
    #[arg(long)]
    pub(crate) territory: Option<String>,
    /// Income-tax regime.
    #[arg(long)]
    pub(crate) income_tax: Option<String>,
    /// accrual; cash comes later.
    #[arg(long)]
    pub(crate) basis: Option<String>,
    /// First and last day of the first fiscal year: 2026-01-01..2026-12-31.
    #[arg(long, value_parser = parse_span)]
    pub(crate) fiscal_year: Option<(Day, Day)>,
    /// First day of the book.
    #[arg(long)]
    pub(crate) first_day: Option<Day>,
    /// IANA time zone.
    #[arg(long)]
    pub(crate) time_zone: Option<String>,
}

fn parse_siren(text: &str) -> Result<Siren, String> {
    Siren::parse(text).map_err(|why| why.to_string())
}

fn parse_span(text: &str) -> Result<(Day, Day), String> {
    let period = values::Period::parse(text).map_err(|why| why.to_string())?;
    Ok((period.first, period.last))
}

#[derive(Debug, Args)]
pub(crate) struct FileWords {
    /// The book.
    pub(crate) book: PathBuf,
    /// The file.
    pub(crate) file: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct ImportWords {
    /// The book.
    pub(crate) book: PathBuf,
    /// The files.
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Bank account they are of, where files do not say: ledger account or name.
    #[arg(long)]
    pub(crate) account: Option<String>,
    /// One JSON object a file.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct InboxWords {
    /// The book.
    pub(crate) book: PathBuf,
    /// As JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// Accept every proposal that is sure.
    #[arg(long, conflicts_with = "accept")]
    pub(crate) accept_sure: bool,
    /// Accept the proposal of this line, or book it to --account.
    #[arg(long, value_name = "LINE")]
    pub(crate) accept: Option<i64>,
    /// Bring this line back to the inbox: its draft goes away, a posted entry is reversed.
    #[arg(long, value_name = "LINE", conflicts_with_all = ["accept", "accept_sure"])]
    pub(crate) take_back: Option<i64>,
    /// Set this line aside, with --reason.
    #[arg(
        long,
        value_name = "LINE",
        requires = "reason",
        conflicts_with_all = ["accept", "accept_sure"]
    )]
    pub(crate) dismiss: Option<i64>,
    /// Why a line is set aside.
    #[arg(long, requires = "dismiss")]
    pub(crate) reason: Option<String>,
    /// Another account.
    #[arg(long, requires = "accept")]
    pub(crate) account: Option<String>,
    /// A tax code: by this you say that you hold the invoice.
    #[arg(long, requires = "accept")]
    pub(crate) tax_code: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct PostWords {
    /// The book.
    pub(crate) book: PathBuf,
    /// The file, JSON Lines (docs/entries-file.md).
    pub(crate) file: PathBuf,
    /// Also post them.
    #[arg(long)]
    pub(crate) validate: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ValidateWords {
    /// The book.
    pub(crate) book: PathBuf,
    /// The last day, included.
    #[arg(long)]
    pub(crate) up_to: Day,
}

/// The books that can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportKind {
    /// Every entry, in order.
    Journal,
    /// Each account's lines with a running balance.
    GeneralLedger,
    /// Each account's sums.
    TrialBalance,
    /// Income, expenses, result.
    IncomeStatement,
    /// What is owned and owed.
    BalanceSheet,
}

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A table for people.
    Text,
    /// JSON, amounts in minor units.
    Json,
    /// CSV, amounts as 1234.56.
    Csv,
    /// A journal that hledger reads.
    Hledger,
}

#[derive(Debug, Args)]
pub(crate) struct ReportWords {
    /// The book.
    pub(crate) book: PathBuf,
    /// Which report.
    pub(crate) kind: ReportKind,
    /// First day.
    #[arg(long)]
    pub(crate) from: Option<Day>,
    /// Last day.
    #[arg(long)]
    pub(crate) to: Option<Day>,
    /// A column or row for each month (income-statement).
    #[arg(long, value_parser = ["month"])]
    pub(crate) by: Option<String>,
    /// One account only (general-ledger).
    #[arg(long)]
    pub(crate) account: Option<String>,
    /// Only the last lines (general-ledger).
    #[arg(long)]
    pub(crate) last: Option<u32>,
    /// With drafts.
    #[arg(long)]
    pub(crate) drafts: bool,
    /// text, json, csv or hledger.
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,
    /// Into a file.
    #[arg(long)]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct TaxWords {
    /// The book.
    pub(crate) book: PathBuf,
    #[command(subcommand)]
    pub(crate) what: TaxWhat,
}

#[derive(Debug, Subcommand)]
pub(crate) enum TaxWhat {
    /// The forms, and the returns made.
    List,
    /// The figures of a return.
    Preview(PreviewWords),
    /// Make a return and its page.
    Make(MakeWords),
    /// Take a made return back.
    Withdraw(WithdrawWords),
}

#[derive(Debug, Args)]
pub(crate) struct PreviewWords {
    /// The form: CA3.
    pub(crate) form: String,
    /// The period: 2026-03.
    #[arg(long)]
    pub(crate) period: String,
    /// An answer: 26=5050.
    #[arg(long, value_parser = parse_answer)]
    pub(crate) answer: Vec<(String, Decimal)>,
    /// As JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct MakeWords {
    /// The form: CA3.
    pub(crate) form: String,
    /// The period: 2026-03.
    #[arg(long)]
    pub(crate) period: String,
    /// An answer: 26=5050.
    #[arg(long, value_parser = parse_answer)]
    pub(crate) answer: Vec<(String, Decimal)>,
    /// The folder the page goes to.
    #[arg(long)]
    pub(crate) out: PathBuf,
    /// As JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct WithdrawWords {
    /// The form: CA3.
    pub(crate) form: String,
    /// The period: 2026-03.
    #[arg(long)]
    pub(crate) period: String,
}

fn parse_answer(text: &str) -> Result<(String, Decimal), String> {
    let (name, value) = text.split_once('=').ok_or("26=5050")?;
    let value = value.trim().parse::<Decimal>().map_err(|_| "26=5050")?;
    Ok((name.trim().to_owned(), value))
}

#[derive(Debug, Args)]
pub(crate) struct ExplainWords {
    /// The book.
    pub(crate) book: PathBuf,
    /// The figure: ca3/2026-03/08.base or trial-balance/2026-03/512101.
    pub(crate) figure: String,
    /// As JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct HistoryWords {
    /// The book.
    pub(crate) book: PathBuf,
    /// At most so many records.
    #[arg(long, default_value_t = 30)]
    pub(crate) last: u32,
    /// As JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct UndoWords {
    /// The book.
    pub(crate) book: PathBuf,
    /// The record; the last one that can be undone when absent.
    pub(crate) record: Option<i64>,
}

#[derive(Debug, Args)]
pub(crate) struct BackupWords {
    /// The book.
    pub(crate) book: PathBuf,
    /// Where the copy goes; nothing may stand there.
    pub(crate) to: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct RestoreWords {
    /// The book to make; nothing may stand there.
    pub(crate) book: PathBuf,
    /// The backup.
    pub(crate) from: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct CallWords {
    /// The book.
    pub(crate) book: PathBuf,
    /// The call's name.
    pub(crate) name: String,
    /// The request, as JSON.
    #[arg(default_value = "{}")]
    pub(crate) json: String,
}

#[derive(Debug, Args)]
pub(crate) struct StartWords {
    /// Your own statements; the sample business when none is given.
    pub(crate) files: Vec<PathBuf>,
    /// The folder that books and documents go to.
    #[arg(long, default_value = "out")]
    pub(crate) folder: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct ServeWords {
    /// The book to open.
    pub(crate) book: Option<PathBuf>,
    /// The port; one that is free when absent.
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    pub(crate) port: u16,
}
