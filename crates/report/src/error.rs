//! What can go wrong in a report.

use values::Day;

/// What the functions of this crate return.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a report was not made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The book did not answer.
    #[error("reading the book for a report")]
    Book(#[from] book::Error),
    /// The report could not be written where it was to go.
    #[error("writing a report")]
    Write(#[source] std::io::Error),
    /// The first day asked for comes after the last one.
    #[error("a report cannot run from {from} back to {to}")]
    Backward {
        /// The first day.
        from: Day,
        /// The last day.
        to: Day,
    },
    /// The book has no fiscal year at all.
    #[error("the book has no fiscal year")]
    NoFiscalYear,
    /// No account in use begins with what was asked for.
    #[error("no account in use begins with {0}")]
    NoSuchAccount(String),
    /// The layout of the statements is not one.
    #[error("the layout of the statements: {0}")]
    Layout(String),
}
