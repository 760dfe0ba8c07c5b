//! Reasons, facts and notes: codes with named arguments. Their sentences stand in
//! `assets/locales/*/matching.toml`; nothing kept or compared is a sentence.

use book::LineId;
use values::Day;

/// Named arguments of a sentence; amounts with two decimals and no sign, days as `YYYY-MM-DD`.
pub type Args = Vec<(&'static str, String)>;

/// Why a line is proposed to be booked so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The document's number stands in the line, and its open amount is the line's.
    Invoice {
        /// The documents' numbers; several when one payment settles several.
        references: Vec<String>,
        /// The counterparty's name.
        counterparty: String,
    },
    /// The document's number stands in the line, which pays a part of what is open of it.
    Part {
        /// The document's number.
        reference: String,
        /// The counterparty's name.
        counterparty: String,
    },
    /// The open amount is the line's; no number stands in it.
    OpenAmount {
        /// The document's number.
        reference: String,
        /// The counterparty's name.
        counterparty: String,
    },
    /// The other half lies in another own account.
    Transfer {
        /// The other half, where it waits in the inbox too.
        other: Option<LineId>,
        /// The name of the other own account.
        account: String,
    },
    /// The person booked such lines so before.
    OwnHistory {
        /// How many times in a row, up to the last.
        times: usize,
        /// The latest booked day among them.
        last_day: Day,
    },
    /// A rule of `assets/rules/` fits.
    Rule {
        /// Country and name: `fr/rent`.
        id: String,
        /// Version of the rules.
        version: u32,
        /// The words it met.
        words: String,
    },
}

impl Why {
    /// The compact words kept in the book with the accepted line: `invoice FA-2026-0012`,
    /// `part FA-2026-0012`, `amount FA-2026-0012`, `transfer 12`, `history 3 2026-05-04`,
    /// `rule fr/rent 1`. A stored
    /// format, read again by [`read_stored`].
    pub fn stored(&self) -> String {
        match self {
            Why::Invoice { references, .. } => format!("invoice {}", references.join(", ")),
            Why::Part { reference, .. } => format!("part {reference}"),
            Why::OpenAmount { reference, .. } => format!("amount {reference}"),
            Why::Transfer { other: Some(line), .. } => format!("transfer {line}"),
            Why::Transfer { other: None, .. } => "transfer".to_owned(),
            Why::OwnHistory { times, last_day } => format!("history {times} {last_day}"),
            Why::Rule { id, version, .. } => format!("rule {id} {version}"),
        }
    }

    /// The sentence's name in the group `why`.
    pub fn code(&self) -> &'static str {
        match self {
            Why::Invoice { references, .. } if references.len() > 1 => "invoices",
            Why::Invoice { .. } => "invoice",
            Why::Part { .. } => "part",
            Why::OpenAmount { .. } => "amount",
            Why::Transfer { other: Some(_), .. } => "transfer",
            Why::Transfer { other: None, .. } => "transfer_half",
            Why::OwnHistory { .. } => "history",
            Why::Rule { .. } => "rule",
        }
    }

    /// What the sentence may name.
    pub fn args(&self) -> Args {
        match self {
            Why::Invoice { references, counterparty } => vec![
                ("reference", references.join(", ")),
                ("counterparty", counterparty.clone()),
                ("count", references.len().to_string()),
            ],
            Why::Part { reference, counterparty } | Why::OpenAmount { reference, counterparty } => {
                vec![("reference", reference.clone()), ("counterparty", counterparty.clone())]
            }
            Why::Transfer { account, .. } => vec![("account", account.clone())],
            Why::OwnHistory { times, last_day } => {
                vec![("times", times.to_string()), ("last_day", last_day.to_string())]
            }
            Why::Rule { id, version, words } => vec![
                ("rule", id.clone()),
                ("version", version.to_string()),
                ("words", words.clone()),
            ],
        }
    }
}

/// Reads a kept reason again: its sentence in the group `stored`, and what that may name. None for
/// words that no proposal wrote, such as a person's own.
pub fn read_stored(kept: &str) -> Option<(&'static str, Args)> {
    let (word, rest) = kept.split_once(' ').unwrap_or((kept, ""));
    let pair =
        || rest.rsplit_once(' ').filter(|(first, last)| !first.is_empty() && !last.is_empty());
    match word {
        "invoice" if !rest.is_empty() => Some(("invoice", vec![("reference", rest.to_owned())])),
        "part" if !rest.is_empty() => Some(("part", vec![("reference", rest.to_owned())])),
        "amount" if !rest.is_empty() => Some(("amount", vec![("reference", rest.to_owned())])),
        "transfer" => Some(("transfer", vec![])),
        "history" => pair().map(|(times, day)| {
            ("history", vec![("times", times.to_owned()), ("last_day", day.to_owned())])
        }),
        "rule" => pair().map(|(id, version)| {
            ("rule", vec![("rule", id.to_owned()), ("version", version.to_owned())])
        }),
        _ => None,
    }
}

/// One piece of evidence, for or against a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// The amounts are equal to the cent.
    SameAmount,
    /// The document's number stands in the line.
    NumberInLine,
    /// The counterparty's name stands in the line.
    NameInLine,
    /// Booked lines of this IBAN were this counterparty's.
    KnownIban {
        /// How many.
        times: usize,
    },
    /// No other open item has this amount.
    OnlyOne,
    /// The other half waits in the inbox of another own account.
    OtherHalf {
        /// Days between the two.
        days: i64,
    },
    /// The line says that it is a move between own accounts.
    SaysTransfer,
    /// The other side's IBAN is that of another own account.
    OwnIban,
    /// Such lines were booked so.
    BookedBefore {
        /// How many times in a row.
        times: usize,
    },
    /// The amount lies where those of the earlier lines lie: half the least to twice the most.
    UsualAmount,
    /// The earlier lines had always this tax code.
    SameTaxCode {
        /// The tax code.
        tax_code: String,
    },
    /// Against: so much stays open of the document.
    LeavesOpen {
        /// In minor units, with the document's sign.
        rest_minor: i64,
    },
    /// Against: other open items would do as well.
    Others {
        /// How many.
        count: usize,
    },
    /// Against: the line also names other documents.
    NamesMore,
    /// Against: nothing in the line names the counterparty.
    NoName,
    /// Against: the document is dated after the payment.
    BeforeDocument {
        /// By so many days.
        days: i64,
    },
    /// Against: the amount is far from those of the earlier lines.
    UnusualAmount,
    /// Against: the earlier lines had different tax codes, so none is proposed.
    TaxCodesDiffer,
}

impl Fact {
    /// Whether it speaks for the proposal.
    pub fn speaks_for(&self) -> bool {
        !matches!(
            self,
            Fact::LeavesOpen { .. }
                | Fact::Others { .. }
                | Fact::NamesMore
                | Fact::NoName
                | Fact::BeforeDocument { .. }
                | Fact::UnusualAmount
                | Fact::TaxCodesDiffer
        )
    }

    /// The sentence's name in the group `fact`.
    pub fn code(&self) -> &'static str {
        match self {
            Fact::SameAmount => "same_amount",
            Fact::NumberInLine => "number_in_line",
            Fact::NameInLine => "name_in_line",
            Fact::KnownIban { .. } => "known_iban",
            Fact::OnlyOne => "only_one",
            Fact::OtherHalf { .. } => "other_half",
            Fact::SaysTransfer => "says_transfer",
            Fact::OwnIban => "own_iban",
            Fact::BookedBefore { .. } => "booked_before",
            Fact::UsualAmount => "usual_amount",
            Fact::SameTaxCode { .. } => "same_tax_code",
            Fact::LeavesOpen { .. } => "leaves_open",
            Fact::Others { .. } => "others",
            Fact::NamesMore => "names_more",
            Fact::NoName => "no_name",
            Fact::BeforeDocument { .. } => "before_document",
            Fact::UnusualAmount => "unusual_amount",
            Fact::TaxCodesDiffer => "tax_codes_differ",
        }
    }

    /// What the sentence may name.
    pub fn args(&self) -> Args {
        match self {
            Fact::KnownIban { times } | Fact::BookedBefore { times } => {
                vec![("times", times.to_string())]
            }
            Fact::OtherHalf { days } | Fact::BeforeDocument { days } => {
                vec![("days", days.to_string())]
            }
            Fact::SameTaxCode { tax_code } => vec![("tax_code", tax_code.clone())],
            Fact::LeavesOpen { rest_minor } => vec![("rest", two_decimals(*rest_minor))],
            Fact::Others { count } => vec![("count", count.to_string())],
            _ => vec![],
        }
    }
}

/// What is to be said of a line that gets no proposal, though open items are concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// It names documents of which another amount is open: paid in part, or too much.
    Partial {
        /// The line.
        line: LineId,
        /// The documents' numbers.
        reference: String,
        /// The counterparty's name.
        counterparty: String,
        /// What is open of them, in minor units; debit positive.
        rest_minor: i64,
        /// The line's amount in minor units; money in is positive.
        paid_minor: i64,
    },
    /// It names a document that another line of the inbox pays.
    Taken {
        /// The line.
        line: LineId,
        /// The document's number.
        reference: String,
        /// The line that pays it.
        by: LineId,
    },
    /// Several open items have its amount, and nothing tells which is meant.
    Several {
        /// The line.
        line: LineId,
        /// How many.
        count: usize,
    },
}

impl Note {
    /// The line it is about.
    pub fn line(&self) -> LineId {
        match self {
            Note::Partial { line, .. } | Note::Taken { line, .. } | Note::Several { line, .. } => {
                *line
            }
        }
    }

    /// The sentence's name in the group `note`.
    pub fn code(&self) -> &'static str {
        match self {
            Note::Partial { .. } => "partial",
            Note::Taken { .. } => "taken",
            Note::Several { .. } => "several",
        }
    }

    /// What the sentence may name.
    pub fn args(&self) -> Args {
        match self {
            Note::Partial { reference, counterparty, rest_minor, paid_minor, .. } => vec![
                ("reference", reference.clone()),
                ("counterparty", counterparty.clone()),
                ("rest", two_decimals(*rest_minor)),
                ("paid", two_decimals(*paid_minor)),
            ],
            Note::Taken { reference, by, .. } => {
                vec![("reference", reference.clone()), ("by", by.to_string())]
            }
            Note::Several { count, .. } => vec![("count", count.to_string())],
        }
    }
}

/// Without its sign: what is paid and what is open lie on the same side.
fn two_decimals(minor: i64) -> String {
    let size = minor.unsigned_abs();
    format!("{}.{:02}", size / 100, size % 100)
}
