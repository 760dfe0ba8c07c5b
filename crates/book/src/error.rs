//! What can be refused, and what can go wrong underneath.

use rusqlite::ffi;

/// What the functions of this crate return.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a book did not do what was asked. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The rules of the book, the file or the machine say no: a person can do something about it.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The file is no statement.
    #[error(transparent)]
    NotAStatement(#[from] statement::Refusal),
    /// The person cancelled.
    #[error("cancelled")]
    Cancelled,
    /// SQLite failed in a way that no person caused.
    #[error("the book's database failed")]
    Database(#[source] rusqlite::Error),
    /// A file could not be read or written.
    #[error("using the file {0}")]
    File(String, #[source] std::io::Error),
    /// A file of `assets/` is missing or wrong.
    #[error("reading the asset {0}")]
    Asset(String, #[source] Box<dyn std::error::Error + Send + Sync>),
    /// The book contradicts itself: the file was damaged or rewritten.
    #[error("the book is damaged: {0}")]
    Damaged(String),
}

/// A refusal: a code, and names and values for its sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What is refused; sentence and hint stand in `assets/locales/*/book.toml`.
    pub code: Code,
    /// Names and values for the sentence.
    pub args: Vec<(&'static str, String)>,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $word:literal;)*) => {
        /// The closed list of what a book refuses.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code.
            pub const ALL: &[Code] = &[$(Code::$name,)*];

            /// The code as machines see it.
            pub fn word(self) -> &'static str {
                match self { $(Code::$name => $word,)* }
            }
        }
    };
}

codes! {
    /// A file stands where a new book should go.
    PathTaken = "path-taken";
    /// No file there.
    NoSuchFile = "no-such-file";
    /// The file is not a book.
    NotABook = "not-a-book";
    /// The book was written by a newer version.
    NewerVersion = "newer-version";
    /// The book was written by an earlier version and was not opened for writing since.
    OlderVersion = "older-version";
    /// Another process holds the book.
    HeldElsewhere = "held-elsewhere";
    /// The file or its folder cannot be written.
    ReadOnly = "read-only";
    /// The disk is full.
    DiskFull = "disk-full";
    /// The book lies on a network drive that cannot keep it safe.
    NetworkDrive = "network-drive";
    /// A command of an older or newer form that this version cannot read.
    UnreadableCommand = "unreadable-command";
    /// A value is missing or has no sense.
    BadValue = "bad-value";
    /// The country has no chart yet.
    UnknownCountry = "unknown-country";
    /// A cash book (trésorerie) is for a later version.
    CashBook = "cash-book";
    /// No such setting.
    UnknownSetting = "unknown-setting";
    /// No such entry.
    UnknownEntry = "unknown-entry";
    /// No such bank line.
    UnknownLine = "unknown-line";
    /// No such journal.
    UnknownJournal = "unknown-journal";
    /// No such counterparty.
    UnknownCounterparty = "unknown-counterparty";
    /// No such bank account.
    UnknownBankAccount = "unknown-bank-account";
    /// The chart has no prefix of this account, or it is too short.
    UnknownAccount = "unknown-account";
    /// No such tax code.
    UnknownTaxCode = "unknown-tax-code";
    /// The code does not allow that rate on that day.
    RateNotAllowed = "rate-not-allowed";
    /// The code has no such leg.
    LegNotAllowed = "leg-not-allowed";
    /// A sale's code on an expense, or a purchase's on an income.
    WrongSide = "wrong-side";
    /// The counterparty's code is taken by another.
    CounterpartyTaken = "counterparty-taken";
    /// The account exists already with that name.
    AlreadyThere = "already-there";
    /// The lines of an entry do not sum to zero.
    Unbalanced = "unbalanced";
    /// A line of zero.
    ZeroLine = "zero-line";
    /// An entry without lines or items.
    NoLines = "no-lines";
    /// An amount beyond what is kept exactly.
    TooLarge = "too-large";
    /// A collective account needs a counterparty.
    CounterpartyMissing = "counterparty-missing";
    /// A counterparty on an account that is not collective.
    CounterpartyNotAllowed = "counterparty-not-allowed";
    /// Tax items and lines of a VAT account disagree.
    TaxItemsDisagree = "tax-items-disagree";
    /// A tax item's place, sign or day does not fit its leg.
    BadTaxItem = "bad-tax-item";
    /// A tax without a base.
    TaxWithoutBase = "tax-without-base";
    /// The day lies in no fiscal year and none can open there.
    OutsideFiscalYears = "outside-fiscal-years";
    /// A fiscal year overlaps another or has an impossible length.
    BadFiscalYear = "bad-fiscal-year";
    /// The fiscal year holds the history of a former software.
    HistoryYear = "history-year";
    /// The fiscal year holds own entries.
    OwnYear = "own-year";
    /// The period is closed.
    Closed = "closed";
    /// An entry dated after today cannot be posted.
    Future = "future";
    /// The entry is posted and never changes.
    Posted = "posted";
    /// The entry is still a draft.
    StillDraft = "still-draft";
    /// The opening entry exists, or is not where it should be.
    Opening = "opening";
    /// That kind of entry is written by its own command only.
    KindNotAllowed = "kind-not-allowed";
    /// Bank accounts take postings only from bank lines.
    BankPosting = "bank-posting";
    /// The entry is reversed already.
    AlreadyReversed = "already-reversed";
    /// Part of the entry's waiting VAT has moved.
    WaitingMoved = "waiting-moved";
    /// The line is in the books already.
    AlreadyMatched = "already-matched";
    /// The line is not in the books.
    NotMatched = "not-matched";
    /// The line was dismissed, or is gone at the bank.
    LineSetAside = "line-set-aside";
    /// The line stands before the book's first day.
    BeforeFirstDay = "before-first-day";
    /// The line's currency is not the book's.
    ForeignCurrency = "foreign-currency";
    /// The open item's amount is not the payment's, and its VAT waits.
    PartialPayment = "partial-payment";
    /// More than is left of the open item, or with another sign.
    PaidTooMuch = "paid-too-much";
    /// The open item is not open, or has another sign.
    NotOpen = "not-open";
    /// A tie of two lines that do not belong together or exceed what is left.
    BadTie = "bad-tie";
    /// No tie there.
    NotTied = "not-tied";
    /// Nothing there to undo.
    NothingToUndo = "nothing-to-undo";
    /// Later records build on what would be undone.
    UndoConflict = "undo-conflict";
    /// The record is older than the last migration.
    UndoTooOld = "undo-too-old";
    /// The file names no account and several or none could be meant.
    WhichAccount = "which-account";
    /// The named account is another one than the file's.
    OtherAccount = "other-account";
    /// A line of a file of entries or history is wrong.
    BadFileLine = "bad-file-line";
    /// The period has a made return.
    ReturnMade = "return-made";
    /// The return was computed from other items than the book holds now.
    StaleReturn = "stale-return";
    /// No made return there.
    NoReturn = "no-return";
    /// A later return must be withdrawn first.
    LaterReturn = "later-return";
    /// The return is filed.
    Filed = "filed";
    /// No such invoice.
    UnknownInvoice = "unknown-invoice";
    /// The invoice has its number and never changes.
    Finalised = "finalised";
    /// The invoice is still a draft.
    InvoiceDraft = "invoice-draft";
    /// The invoice lacks something that the law or the standard asks for.
    InvoiceProblem = "invoice-problem";
    /// Another invoice took the number that the page was drawn for, or its content changed.
    NumberMoved = "number-moved";
    /// The entry is an invoice's: a credit note answers it.
    AnswerByCreditNote = "answer-by-credit-note";
    /// No such message.
    UnknownMessage = "unknown-message";
    /// The message stands in the outbox and never changes.
    Queued = "queued";
    /// Sending has begun, or is over.
    SendingBegun = "sending-begun";
    /// No such connection.
    UnknownConnection = "unknown-connection";
    /// A bank account is not proved over the period and nobody waived it.
    NotProved = "not-proved";
    /// The named bytes are not in the book.
    MissingBlob = "missing-blob";
    /// A backup or a restored file is not what it should be.
    BadBackup = "bad-backup";
}

impl Error {
    /// A refusal with its arguments.
    pub(crate) fn refused(code: Code, args: &[(&'static str, &dyn std::fmt::Display)]) -> Error {
        let args = args.iter().map(|(name, value)| (*name, value.to_string())).collect();
        Error::Refused(Refusal { code, args })
    }
}

/// Database failures that a person can do something about become refusals.
impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Error {
        let rusqlite::Error::SqliteFailure(failure, words) = &error else {
            return Error::Database(error);
        };
        let word = words.as_deref().unwrap_or("");
        let code = match (failure.extended_code & 0xff, word) {
            (ffi::SQLITE_CONSTRAINT, "posted") => Code::Posted,
            (ffi::SQLITE_CONSTRAINT, "filed") => Code::Filed,
            (ffi::SQLITE_CONSTRAINT, "finalised") => Code::Finalised,
            (ffi::SQLITE_CONSTRAINT, "frozen") => Code::Queued,
            (ffi::SQLITE_FULL, _) => Code::DiskFull,
            (ffi::SQLITE_READONLY | ffi::SQLITE_CANTOPEN, _) => Code::ReadOnly,
            (ffi::SQLITE_BUSY, _) => Code::HeldElsewhere,
            (ffi::SQLITE_NOTADB, _) => Code::NotABook,
            (ffi::SQLITE_ERROR, "integer overflow") => {
                return Error::refused(Code::TooLarge, &[("amount", &"2^63")]);
            }
            (ffi::SQLITE_CORRUPT, _) => return Error::Damaged(word.to_owned()),
            _ => return Error::Database(error),
        };
        Error::refused(code, &[])
    }
}

#[cfg(test)]
pub(crate) mod tests;
