//! The one list of what Comptoir can do. Each line is `kind name(Request) -> Answer`.
//!
//! `reads` looks at a snapshot, `writes` leaves at most one record, `works` is long: it tells its
//! progress and can be cancelled. The list feeds the dispatcher here and every shell; a missing
//! handler does not compile.

mod bank;
mod books;
mod brief;
mod choices;
mod copies;
mod customers;
mod entries;
mod explain;
mod export;
mod history;
mod home;
mod inbox;
mod invoices;
mod known_books;
mod line;
mod lines;
mod numbers;
mod outbox;
mod preferences;
mod proofs;
mod record;
mod reports;
mod returns;
mod sample;
mod sources;
mod statements;

pub use bank::*;
pub use books::*;
pub use choices::*;
pub use copies::*;
pub use customers::*;
pub use entries::*;
pub use explain::*;
pub use export::*;
pub use history::*;
pub use home::*;
pub use inbox::*;
pub use invoices::*;
pub use known_books::*;
pub use line::*;
pub use lines::*;
pub use numbers::*;
pub use outbox::*;
pub use preferences::*;
pub use proofs::*;
pub use record::*;
pub use reports::*;
pub use returns::*;
pub use sources::*;
pub use statements::*;

use crate::app::{Answer, App};
use crate::failure::Failure;
use crate::host::Progress;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::path::Path;
use ts_rs::TS;

/// An answer with what it has seen or written of the book.
#[derive(Debug, Clone)]
pub struct Seen<T> {
    /// The last record the answer has seen; none where no book was asked.
    pub seq: Option<i64>,
    /// Recorded tables that were written.
    pub tables: Vec<&'static str>,
    /// The answer.
    pub value: T,
}

impl<T> Seen<T> {
    pub(crate) fn at(seq: i64, value: T) -> Seen<T> {
        Seen { seq: Some(seq), tables: Vec::new(), value }
    }

    pub(crate) fn nowhere(value: T) -> Seen<T> {
        Seen { seq: None, tables: Vec::new(), value }
    }

    pub(crate) fn wrote(done: &book::Done, value: T) -> Seen<T> {
        Seen { seq: done.seq, tables: done.tables.clone(), value }
    }
}

/// What a handler gives.
pub(crate) type Called<T> = Result<Seen<T>, Failure>;

/// Nothing is asked, or there is nothing to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// How a call behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Looks at a snapshot.
    Reads,
    /// Leaves at most one record.
    Writes,
    /// Long: tells its progress, can be cancelled.
    Works,
}

macro_rules! calls {
    ($($kind:ident $name:ident($request:ty) -> $answer:ty;)*) => {
        /// Every call: its name and how it behaves.
        pub const CALLS: &[(&str, Kind)] = &[$((stringify!($name), kind::$kind),)*];

        /// The calls and every type they name, in TypeScript.
        pub fn typescript() -> String {
            let mut types = crate::typescript::Types::default();
            $(types.call::<$request, $answer>(stringify!($name), stringify!($kind));)*
            types.write()
        }

        pub(crate) fn dispatch(
            app: &App,
            book: Option<&Path>,
            name: &str,
            params: Value,
            progress: &dyn Progress,
        ) -> Result<Answer, Failure> {
            match name {
                $(stringify!($name) => {
                    let request: $request = request(app, name, params)?;
                    let book = book.unwrap_or_else(|| Path::new(""));
                    let seen: Seen<$answer> = app.$name(book, request, progress)?;
                    answer(app, name, seen)
                })*
                _ => Err(app.own("unknown-call", &[("call", name)])),
            }
        }
    };
}

#[allow(non_upper_case_globals)] // The words of the list as constants.
mod kind {
    use super::Kind;
    pub(super) const reads: Kind = Kind::Reads;
    pub(super) const writes: Kind = Kind::Writes;
    pub(super) const works: Kind = Kind::Works;
}

calls! {
    reads home(Nothing) -> HomeView;
    reads preferences(Nothing) -> Preferences;
    works keep_preferences(Preferences) -> Preferences;
    reads books(Nothing) -> Vec<KnownBook>;
    reads place_for(PlaceFor) -> Place;
    reads siren(TypedNumber) -> SirenCheck;
    reads check_iban(TypedNumber) -> IbanCheck;
    reads read_statements(Files) -> Vec<StatementFile>;
    works create_book(NewBook) -> BookView;
    works create_sample(Nothing) -> BookView;
    reads book(Nothing) -> BookView;
    writes change_setting(SettingChange) -> Nothing;
    works take_over(File) -> Count;
    works import(Import) -> Vec<ImportedFile>;
    reads bank_accounts(Nothing) -> Vec<BankAccountView>;
    writes open_bank_account(NewBankAccount) -> BankAccountView;
    writes waive_proof(Waiver) -> Nothing;
    reads proofs(Nothing) -> Vec<AccountProof>;
    reads line_days(LineQuery) -> LineDays;
    reads bank_lines(LineSpan) -> Vec<BankLineView>;
    reads line(LineRef) -> LineThread;
    reads whole_file(BlobRef) -> WholeFile;
    reads inbox(InboxPage) -> Inbox;
    writes accept(AcceptOne) -> EntryView;
    works accept_sure(Nothing) -> Accepted;
    writes take_back(LineRef) -> Nothing;
    writes dismiss(Dismissal) -> Nothing;
    writes restore_lines(LineRefs) -> Nothing;
    works post_file(PostFile) -> Posted;
    writes draft_entry(book::EntryDraft) -> EntryView;
    writes delete_draft(EntryRef) -> Nothing;
    writes reverse_entry(EntryRef) -> EntryView;
    reads entry(EntryRef) -> EntryView;
    reads open_items(Nothing) -> Vec<OpenItemView>;
    reads accounts(Nothing) -> Vec<AccountChoice>;
    reads tax_codes(Nothing) -> Vec<TaxCodeChoice>;
    reads counterparties(Nothing) -> Vec<CounterpartyChoice>;
    reads journals(Nothing) -> Vec<JournalChoice>;
    works validate(UpTo) -> Posted;
    reads trial_balance(ReportQuery) -> TrialBalanceView;
    reads statement_report(StatementQuery) -> StatementReportView;
    reads ledger(ReportQuery) -> Vec<LedgerView>;
    reads journal(ReportQuery) -> Vec<EntryView>;
    reads journal_days(ReportQuery) -> Vec<DayCount>;
    reads income_by_month(ReportQuery) -> Vec<MonthView>;
    works export(Export) -> Exported;
    reads customers(Nothing) -> Vec<PartyView>;
    reads customer(CustomerRef) -> CustomerView;
    writes save_customer(CustomerCard) -> CustomerView;
    reads invoices(Nothing) -> Sales;
    reads invoice(InvoiceRef) -> InvoiceView;
    reads preview_invoice(book::invoicing::InvoiceDraft) -> InvoicePreview;
    writes draft_invoice(KeepDraft) -> InvoiceView;
    writes delete_invoice(InvoiceRef) -> Nothing;
    writes credit_invoice(CreditRequest) -> InvoiceView;
    writes finalise_invoice(InvoiceRef) -> InvoiceView;
    works save_invoice(SaveInvoice) -> SavedFile;
    reads outbox(Nothing) -> OutboxView;
    reads letter(SendInvoice) -> LetterView;
    writes send_invoice(SendInvoice) -> MessageView;
    works run_outbox(Nothing) -> OutboxView;
    writes resume_outbox(Nothing) -> OutboxView;
    writes cancel_message(MessageRef) -> Nothing;
    writes settle_message(Verdict) -> Nothing;
    writes requeue_message(MessageRef) -> Nothing;
    works save_message(SaveMessage) -> SavedFile;
    reads mail_account(Nothing) -> MailAccountView;
    works set_mail_account(SetMailAccount) -> MailAccountView;
    works test_mail(Nothing) -> Nothing;
    works unseal_secrets(Passphrase) -> Nothing;
    reads sources(Nothing) -> Sources;
    works link_source(LinkRequest) -> ConnectionView;
    writes unlink_source(ConnectionRef) -> Nothing;
    writes take_account(TakeAccount) -> Nothing;
    works sync(SyncRequest) -> Synced;
    reads forms(Nothing) -> Vec<FormView>;
    reads preview_return(ReturnQuery) -> ReturnView;
    works make_return(MakeQuery) -> MadeReturnView;
    writes withdraw_return(ReturnRef) -> Nothing;
    writes file_return(Filing) -> Nothing;
    reads explain(Figure) -> Explained;
    reads history(HistoryPage) -> Vec<RecordView>;
    reads record(RecordRef) -> RecordChanges;
    writes undo(UndoOne) -> RecordView;
    works verify(Nothing) -> VerifiedView;
    works backup(Backup) -> BackupView;
    works restore(Restore) -> BookView;
    reads daily_copies(Nothing) -> Vec<DailyCopy>;
    works copy_of_today(Nothing) -> Vec<DailyCopy>;
}

fn request<T: DeserializeOwned>(app: &App, name: &str, params: Value) -> Result<T, Failure> {
    let params = if params.is_null() { Value::Object(Default::default()) } else { params };
    serde_json::from_value(params)
        .map_err(|why| app.own("bad-request", &[("call", name), ("why", &why.to_string())]))
}

fn answer<T: Serialize>(app: &App, name: &str, seen: Seen<T>) -> Result<Answer, Failure> {
    let result = serde_json::to_value(&seen.value)
        .map_err(|why| app.own("bug", &[("call", name)]).with_detail(&why))?;
    Ok(Answer { seq: seen.seq, tables: seen.tables, result })
}
