//! Drafts of invoices and credit notes: without a number, changed or thrown away at will.

use super::Outcome;
use super::add_counterparties::counterparty_of;
use crate::error::{Code, Error, Result};
use crate::ids::{CounterpartyId, InvoiceId};
use crate::invoicing::{InvoiceDraft, InvoiceKind};
use crate::tx::Tx;
use rusqlite::params;
use serde::{Deserialize, Serialize};

/// Keeps a new draft.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftInvoice {
    /// What it says.
    pub draft: InvoiceDraft,
}

/// Gives a draft another content.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviseInvoice {
    /// The draft.
    pub invoice: InvoiceId,
    /// What it says now.
    pub draft: InvoiceDraft,
}

/// Throws a draft away.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeleteInvoice {
    /// The draft.
    pub invoice: InvoiceId,
}

/// More lines than anybody invoices, and more than a page should be drawn of at each key.
const MOST_LINES: usize = 1_000;
/// More characters than a draft of that many lines has.
const LONGEST: usize = 1_000_000;

impl DraftInvoice {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        let (customer, text) = checked(tx, &self.draft)?;
        let id = tx.insert(
            "INSERT INTO invoice (kind, counterparty, answers, draft) VALUES (?1, ?2, ?3, ?4)",
            params![self.draft.kind.word(), customer, self.draft.answers, text],
        )?;
        Ok(Outcome::Invoice(InvoiceId(id)))
    }
}

impl ReviseInvoice {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        draft_of(tx, self.invoice)?;
        let (customer, text) = checked(tx, &self.draft)?;
        tx.write(
            "UPDATE invoice SET kind = ?2, counterparty = ?3, answers = ?4, draft = ?5
             WHERE id = ?1 AND draft <> ?5",
            params![self.invoice, self.draft.kind.word(), customer, self.draft.answers, text],
        )?;
        Ok(Outcome::Invoice(self.invoice))
    }
}

impl DeleteInvoice {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        draft_of(tx, self.invoice)?;
        tx.write("DELETE FROM invoice WHERE id = ?1", [self.invoice])?;
        Ok(Outcome::Done)
    }
}

/// The content of a draft; what has its number is refused.
pub(super) fn draft_of(tx: &Tx<'_>, invoice: InvoiceId) -> Result<InvoiceDraft> {
    let found: Option<(Option<String>, String)> =
        tx.first("SELECT reference, draft FROM invoice WHERE id = ?1", [invoice], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    match found {
        None => Err(Error::refused(Code::UnknownInvoice, &[("invoice", &invoice)])),
        Some((Some(reference), _)) => {
            Err(Error::refused(Code::Finalised, &[("invoice", &reference)]))
        }
        Some((None, draft)) => serde_json::from_str(&draft)
            .map_err(|why| Error::Damaged(format!("draft of an invoice {invoice}: {why}"))),
    }
}

/// What a draft names must be there; anything else may be missing.
fn checked(tx: &Tx<'_>, draft: &InvoiceDraft) -> Result<(Option<CounterpartyId>, String)> {
    let customer = match &draft.customer {
        Some(code) => Some(counterparty_of(tx, code)?),
        None => None,
    };
    if let Some(answered) = draft.answers {
        let known = tx.first(
            "SELECT 1 FROM invoice WHERE id = ?1 AND kind = 'invoice' AND number IS NOT NULL",
            [answered],
            |_| Ok(()),
        )?;
        if known.is_none() || draft.kind != InvoiceKind::CreditNote {
            return Err(Error::refused(Code::UnknownInvoice, &[("invoice", &answered)]));
        }
    }
    let text = serde_json::to_string(draft)
        .map_err(|why| Error::Damaged(format!("a draft cannot be written: {why}")))?;
    if draft.lines.len() > MOST_LINES || text.len() > LONGEST {
        let args: [(&'static str, &dyn std::fmt::Display); 2] =
            [("name", &"lines"), ("value", &draft.lines.len())];
        return Err(Error::refused(Code::BadValue, &args));
    }
    Ok((customer, text))
}
