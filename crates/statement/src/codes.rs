//! The closed lists of what can be said of a file.

/// What a remark says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RemarkCode {
    /// Opening + lines is not the closing balance.
    BalanceNotProved,
}

impl RemarkCode {
    /// The code as stored and shown to machines, in kebab-case.
    pub fn word(self) -> &'static str {
        match self {
            RemarkCode::BalanceNotProved => "balance-not-proved",
        }
    }
}

/// What a refusal says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RefusalCode {
    /// No bytes.
    Empty,
}

impl RefusalCode {
    /// The code as shown to machines, in kebab-case.
    pub fn word(self) -> &'static str {
        match self {
            RefusalCode::Empty => "empty",
        }
    }
}
