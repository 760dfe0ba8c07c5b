//! What is asked of a report.

use values::Day;

/// The same words for every report; what a report has no use for is left aside.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// First day; from the book's beginning, history included, when absent.
    pub from: Option<Day>,
    /// Last day; to the end of the last fiscal year when absent.
    pub to: Option<Day>,
    /// Whether drafts count.
    pub drafts: bool,
    /// An account's code, or what the codes of several begin with.
    pub account: Option<String>,
    /// Of the general ledger, only so many lines of each account, the last ones.
    pub last: Option<u32>,
}
