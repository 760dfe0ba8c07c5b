//! The list of what can be asked of a book. One command, one file.
//!
//! A command is a stored format: it stands as JSON in the history. Fields are added with defaults,
//! never renamed or reused. It carries references, not bulk: a file is a blob that it names.

mod accept_lines;
mod add_counterparties;
mod change_setting;
mod clear;
mod create_book;
mod delete_draft;
mod dismiss_lines;
mod draft_entries;
mod draft_file;
mod draft_invoice;
mod entry_rows;
mod finalise_invoice;
mod import_feed;
mod import_statement;
mod lettering;
mod link_source;
mod make_return;
mod migrate;
mod open_account;
mod open_bank_account;
mod open_fiscal_year;
mod outbox;
mod post_entries;
mod reverse_entry;
mod save_counterparty;
mod take_over;
mod undo;
mod waiting;
mod waive;

pub use accept_lines::{AcceptLines, Acceptance, Booking, Part, Settlement, Share, TakeBackLine};
pub use add_counterparties::{AddCounterparties, NewCounterparty};
pub use change_setting::{ChangeSetting, SETTINGS};
pub use clear::{ClearPostings, Tie, UnclearPostings};
pub use create_book::CreateBook;
pub use delete_draft::DeleteDraft;
pub use dismiss_lines::{DismissLines, RestoreLines};
pub use draft_entries::{DraftEntries, ReviseDraft};
pub use draft_file::DraftFile;
pub use draft_invoice::{DeleteInvoice, DraftInvoice, ReviseInvoice};
pub use entry_rows::{EntryDraft, ItemDraft, Kind, LineDraft};
pub use finalise_invoice::FinaliseInvoice;
pub use import_feed::{FeedAnswer, ImportFeed};
pub use import_statement::{ImportStatement, Imported, ImportedStatement, Told};
pub use link_source::{LinkAccount, LinkSource, UnlinkSource};
pub use make_return::{FileReturn, MakeReturn, SettlementLine, WithdrawReturn};
pub use migrate::Migrate;
pub use open_account::OpenAccount;
pub use open_bank_account::OpenBankAccount;
pub use open_fiscal_year::OpenFiscalYear;
pub(crate) use outbox::message_key;
pub use outbox::{MessageAnswer, QueueMessage, RequeueMessage, SettleMessage};
pub use post_entries::PostEntries;
pub use reverse_entry::ReverseEntry;
pub use save_counterparty::SaveCounterparty;
pub use take_over::TakeOver;
pub use undo::Undo;
pub use waive::WaiveProof;

use crate::error::Result;
use crate::ids::{BankAccountId, ConnectionId, EntryId, InvoiceId, MessageId, ReturnId};
use crate::tx::Tx;
use serde::{Deserialize, Serialize};

/// What a command answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is done; there is nothing to add.
    Done,
    /// Entries written, posted or taken away.
    Entries(Vec<EntryId>),
    /// A bank account made, and the ledger account it got.
    BankAccount(BankAccountId, String),
    /// What each statement of a file brought.
    Imported(Box<Imported>),
    /// A return made or withdrawn.
    Return(ReturnId),
    /// An invoice or credit note.
    Invoice(InvoiceId),
    /// A counterparty's code.
    Counterparty(String),
    /// A message of the outbox.
    Message(MessageId),
    /// A bank linked live.
    Connection(ConnectionId),
    /// How many things were written.
    Count(u64),
}

macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// Anything that changes a book.
        #[derive(Debug, Clone, Serialize, Deserialize)]
        pub enum Command { $($(#[$doc])* $name($name),)* }

        impl Command {
            /// Every name; a short label of each stands in `assets/locales/*/commands.toml`.
            pub const NAMES: &[&str] = &[$(stringify!($name),)*];

            /// The name of the command, as the history keeps it.
            pub fn name(&self) -> &'static str {
                match self { $(Command::$name(_) => stringify!($name),)* }
            }

            pub(crate) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
                match self { $(Command::$name(command) => command.apply(tx),)* }
            }
        }

        $(impl From<$name> for Command {
            fn from(command: $name) -> Command { Command::$name(command) }
        })*
    };
}

commands! {
    /// The first record of every book.
    CreateBook,
    /// A dated setting.
    ChangeSetting,
    /// A fiscal year.
    OpenFiscalYear,
    /// An account under its own name.
    OpenAccount,
    /// A bank account with its ledger account and journal.
    OpenBankAccount,
    /// Customers, suppliers, anyone.
    AddCounterparties,
    /// Entries as drafts.
    DraftEntries,
    /// A file of entries as drafts.
    DraftFile,
    /// Another content for a draft.
    ReviseDraft,
    /// A draft taken away.
    DeleteDraft,
    /// Drafts posted: numbered and frozen.
    PostEntries,
    /// A posted entry answered by its mirror.
    ReverseEntry,
    /// Payments tied to items.
    ClearPostings,
    /// Ties undone.
    UnclearPostings,
    /// A file of bank statements read into the book.
    ImportStatement,
    /// Bank lines booked as drafts.
    AcceptLines,
    /// A bank line back in the inbox.
    TakeBackLine,
    /// Bank lines set aside.
    DismissLines,
    /// Bank lines set aside, back again.
    RestoreLines,
    /// An unproved stretch accepted, with its reason.
    WaiveProof,
    /// A former software's entries as read-only history.
    TakeOver,
    /// A return: its items taken, its settlement posted.
    MakeReturn,
    /// A made return taken back.
    WithdrawReturn,
    /// A made return filed.
    FileReturn,
    /// A record undone.
    Undo,
    /// The tables of the book brought to a newer version.
    Migrate,
    /// A counterparty written whole.
    SaveCounterparty,
    /// An invoice or credit note as a draft.
    DraftInvoice,
    /// Another content for such a draft.
    ReviseInvoice,
    /// Such a draft thrown away.
    DeleteInvoice,
    /// An invoice or credit note numbered, booked and frozen.
    FinaliseInvoice,
    /// A message to send, its bytes frozen.
    QueueMessage,
    /// The final answer to a message.
    SettleMessage,
    /// A message queued again.
    RequeueMessage,
    /// A bank linked live.
    LinkSource,
    /// A bank account under the names of a source.
    LinkAccount,
    /// Such a link ended.
    UnlinkSource,
    /// Answers of a bank linked live read into the book.
    ImportFeed,
}
