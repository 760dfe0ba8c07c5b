//! What the law of a country says of invoices, read from `assets/invoices/`.

use crate::chart::Grade;
use serde::Deserialize;

/// A condition under which a mention is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum When {
    /// The document is an invoice.
    Invoice,
    /// The document is a credit note.
    CreditNote,
    /// The customer is a business.
    Business,
    /// The customer is a consumer.
    Consumer,
    /// Some line bears tax.
    Charged,
    /// Some line is a service.
    Services,
    /// The business owes VAT on services when it is paid.
    VatOnPayments,
    /// The business owes VAT on services when it invoices.
    VatOnInvoices,
}

/// Numbers, proposals and mentions of a country's invoices.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvoiceLaw {
    pub(super) series: Series,
    /// Tax codes proposed for a new line.
    pub tax_codes: Proposed,
    /// Terms when nothing was agreed.
    pub payment: Terms,
    #[serde(rename = "mention")]
    pub(super) mentions: Vec<Mention>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Series {
    pub(super) invoice: String,
    pub(super) credit_note: String,
}

/// Tax codes proposed for a line, by VAT regime.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposed {
    /// Of a business that charges VAT.
    pub charged: String,
    /// Of one that does not.
    pub franchise: String,
}

/// Terms of payment when nothing was agreed.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Days after the invoice.
    pub days: u16,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mention {
    #[allow(dead_code)] // Names the row for people.
    id: String,
    pub(super) subject: Option<String>,
    pub(super) when: Vec<When>,
    pub(super) setting: Option<String>,
    fr: String,
    en: Option<String>,
    #[allow(dead_code)] // Shown in the file, where people look it up.
    law: String,
    #[allow(dead_code)] // A low one would warn; there is none yet.
    grade: Grade,
}

/// Why a text is no law of invoices.
#[derive(Debug, thiserror::Error)]
#[error("the file of invoices is not what is expected")]
pub struct InvoiceLawError(#[from] toml::de::Error);

impl InvoiceLaw {
    /// Reads `invoices/fr.toml`.
    pub fn read(text: &str) -> Result<InvoiceLaw, InvoiceLawError> {
        Ok(toml::from_str(text)?)
    }
}

impl Mention {
    /// Its words for a customer who reads that language. What the law words itself is never
    /// translated.
    pub(super) fn text(&self, language: &str) -> &str {
        match &self.en {
            Some(english) if language == "en" => english,
            _ => &self.fr,
        }
    }
}
