//! Ids of rows, one type a table, so that a line is never taken for an entry.

use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlResult, ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                self.0.to_sql()
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                i64::column_result(value).map($name)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )* };
}

ids! {
    /// An account in use.
    AccountId;
    /// A bank account.
    BankAccountId;
    /// A counterparty.
    CounterpartyId;
    /// An entry.
    EntryId;
    /// A fiscal year.
    FiscalYearId;
    /// A connection: a bank linked live.
    ConnectionId;
    /// An invoice or credit note.
    InvoiceId;
    /// A journal.
    JournalId;
    /// A message to send.
    MessageId;
    /// A bank line.
    LineId;
    /// A posting line of an entry.
    PostingId;
    /// A made return.
    ReturnId;
    /// A tax item.
    TaxItemId;
    /// A window: a complete read of a bank account.
    WindowId;
}
