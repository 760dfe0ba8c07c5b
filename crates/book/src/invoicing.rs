//! Invoices: what a person writes, what the law adds, what is booked.
//!
//! A draft is what a person wrote. [`build`] makes of it the record of EN 16931 with every mention
//! that the settings of its day call for, and names whatever is missing; it is the same function
//! for the live picture, for the checks and for finalising, so the three cannot part. `entry` says
//! what is booked. Numbers are given by the command alone.

mod entry;
mod gather;
mod law;
mod record;

pub(crate) use entry::{Booked, BookedTax, booked, sign};
pub use law::{InvoiceLaw, InvoiceLawError};
pub use record::{Built, InvoiceProblem};
pub(crate) use record::{build, hash_of};

use crate::chart::closed_words::closed_words;
use crate::ids::InvoiceId;
use crate::tax_codes::Nature;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use values::{Day, Decimal};

closed_words! {
    /// What a sales document is.
    pub enum InvoiceKind {
        /// An invoice.
        Invoice = "invoice",
        /// A credit note: it answers an invoice, in whole or in part.
        CreditNote = "credit_note",
    }
}

closed_words! {
    /// Why a credit note is given.
    pub enum CreditReason {
        /// The sale did not take place: the accounts of the sale are mirrored.
        Cancellation = "cancellation",
        /// Goods came back: the accounts of the sale are mirrored.
        Return = "return",
        /// The price is lowered: the accounts of rebates are used.
        Rebate = "rebate",
    }
}

/// An invoice or credit note as a person writes it; it may lack anything until it is finalised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct InvoiceDraft {
    /// What it is.
    #[serde(default = "invoice")]
    pub kind: InvoiceKind,
    /// The customer's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
    /// The day of issue; the day of finalising when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
    /// The day by which to pay; by the customer's terms when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_day: Option<Day>,
    /// When the goods were delivered or the service completed; the day of issue when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery_day: Option<Day>,
    /// The customer's order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_reference: Option<String>,
    /// Words of one's own, printed under the lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The lines.
    #[serde(default)]
    pub lines: Vec<InvoiceLine>,
    /// The invoice that a credit note answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(type = "number")]
    pub answers: Option<InvoiceId>,
    /// Why a credit note is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<CreditReason>,
}

fn invoice() -> InvoiceKind {
    InvoiceKind::Invoice
}

/// A line of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct InvoiceLine {
    /// What is sold.
    pub name: String,
    /// More words about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// How many; at most four decimals.
    #[ts(type = "string")]
    pub quantity: Decimal,
    /// UN/ECE recommendation 20: `C62` piece, `HUR` hour, `DAY`.
    #[serde(default = "piece")]
    pub unit: String,
    /// Price of one, without tax; at most six decimals.
    #[ts(type = "string")]
    pub unit_price: Decimal,
    /// Per cent off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(type = "string")]
    pub discount_percent: Option<Decimal>,
    /// The tax code.
    pub tax_code: String,
    /// Per cent, for a code of several rates; its first one of the day when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(type = "string")]
    pub rate: Option<Decimal>,
    /// What it is.
    pub nature: Nature,
    /// Another account than the one its nature calls for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
}

fn piece() -> String {
    "C62".to_owned()
}

#[cfg(test)]
pub(crate) mod tests;
