//! How sure we are that a fact of the pack is what the law says.

use serde::Deserialize;
use std::fmt;

/// The confidence of a fact, lowest first, so that the lowest of several is their `min`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    /// To be confirmed on the official form; a figure that rests on it warns.
    Low,
    /// Secondary source or professional knowledge, coherent but not read in the official text.
    Medium,
    /// Official text or form read, or two independent sources that agree.
    High,
}

impl Grade {
    /// The word of the pack's files: `low`, `medium`, `high`.
    pub fn word(self) -> &'static str {
        match self {
            Grade::Low => "low",
            Grade::Medium => "medium",
            Grade::High => "high",
        }
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
