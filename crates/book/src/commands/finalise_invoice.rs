//! Finalising: checks, number, page and entry of an invoice or credit note, together or not at all.
//!
//! The page was drawn beforehand for the number that came next; the command names that number and
//! what the page says. Has either moved since, it is refused and drawn again: no number is burnt.

mod credit;

use super::Outcome;
use super::draft_invoice::draft_of;
use super::entry_rows::{EntryDraft, ItemRow, Kind, LineDraft, insert_item};
use super::post_entries::{drafts, post};
use crate::blobs;
use crate::error::{Code, Error, Result};
use crate::ids::{EntryId, InvoiceId, PostingId};
use crate::invoicing::{
    Booked, BookedTax, Built, InvoiceDraft, InvoiceKind, booked, build, hash_of, sign,
};
use crate::read;
use crate::tax_codes::{Chargeable, Leg, Occasion, VatOn};
use crate::tx::Tx;
use rusqlite::params;
use serde::{Deserialize, Serialize};
use values::Day;

/// Gives a draft its number and freezes it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FinaliseInvoice {
    /// The draft.
    pub invoice: InvoiceId,
    /// The number its page was drawn with.
    pub number: i64,
    /// SHA-256 of the record its page was drawn from.
    pub record: String,
    /// Hash of the page, a blob of the book.
    pub pdf: String,
    /// Its size in bytes.
    pub pdf_size: i64,
}

impl FinaliseInvoice {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        let draft = draft_of(tx, self.invoice)?;
        let built = build(tx.connection, tx.law, &draft, tx.today)?;
        if let Some(problem) = built.problems.first() {
            return Err(refused(problem, built.problems.len()));
        }
        if built.number != self.number || hash_of(&built.record)? != self.record {
            let args: [(&'static str, &dyn std::fmt::Display); 1] =
                [("number", &built.record.number)];
            return Err(Error::refused(Code::NumberMoved, &args));
        }
        if !blobs::is_known(tx.connection, &self.pdf)? {
            return Err(Error::refused(Code::MissingBlob, &[("hash", &self.pdf)]));
        }
        let written = write_entry(tx, &draft, &built)?;
        let record = serde_json::to_string(&built.record)
            .map_err(|why| Error::Damaged(format!("an invoice cannot be written: {why}")))?;
        let totals = &built.record.totals;
        tx.write(
            "UPDATE invoice SET series = ?2, number = ?3, reference = ?4, day = ?5, due_day = ?6,
               net_minor = ?7, tax_minor = ?8, gross_minor = ?9, record = ?10, entry = ?11,
               claim = ?12, pdf_blob = ?13, pdf_size = ?14 WHERE id = ?1",
            params![
                self.invoice,
                built.series,
                built.number,
                built.record.number,
                built.record.issue_day.to_string(),
                built.record.due_day.map(|day| day.to_string()),
                totals.net_minor,
                totals.tax_minor,
                totals.gross_minor,
                record,
                written.map(|(entry, _)| entry),
                written.map(|(_, claim)| claim),
                self.pdf,
                self.pdf_size
            ],
        )?;
        if let Some((entry, _)) = written {
            post(tx, drafts(tx, "entry.id = CAST(?1 AS INTEGER)", &entry.to_string())?)?;
        }
        Ok(Outcome::Invoice(self.invoice))
    }
}

/// The first thing that is missing, and how many there are.
fn refused(problem: &crate::invoicing::InvoiceProblem, count: usize) -> Error {
    let line = problem.line.map(|line| (line + 1).to_string()).unwrap_or_default();
    let args: [(&'static str, &dyn std::fmt::Display); 5] = [
        ("problem", &problem.code),
        ("term", &problem.term),
        ("line", &line),
        ("value", &problem.value),
        ("count", &count),
    ];
    Error::refused(Code::InvoiceProblem, &args)
}

/// Writes entry and tax items; none for what comes to zero. Gives the customer's line too.
fn write_entry(
    tx: &Tx<'_>,
    draft: &InvoiceDraft,
    built: &Built,
) -> Result<Option<(EntryId, PostingId)>> {
    let gross_minor = built.record.totals.gross_minor;
    if gross_minor == 0 {
        return Ok(None);
    }
    let booked = booked(tx.law, draft, built)?;
    let plan = match draft.kind {
        InvoiceKind::Invoice => invoice_taxes(tx, draft, built, &booked)?,
        InvoiceKind::CreditNote => credit::taxes(tx, built, &booked)?,
    };
    let sign = sign(draft.kind);
    let customers = tx.law.chart()?.by_role(crate::chart::Role::Customers).code.clone();
    let customer = draft.customer.clone();
    let line = |account: String, counterparty: Option<String>, amount_minor: i64| LineDraft {
        account,
        counterparty,
        amount_minor,
        label: String::new(),
    };
    let mut lines = vec![line(customers, customer, sign * gross_minor)];
    let income = booked.income.into_iter();
    lines.extend(income.map(|(account, sum)| line(account, None, -sign * sum)));
    let first_tax = lines.len();
    let with_line = || plan.iter().filter(|tax| tax.on_line_minor != 0);
    for tax in with_line() {
        lines.push(line(tax.account.clone(), None, tax.on_line_minor));
    }
    let entry = EntryDraft {
        journal: "VE".to_owned(),
        day: built.record.issue_day,
        reference: Some(built.record.number.clone()),
        document_day: None,
        label: built.record.buyer.name.clone(),
        kind: Kind::Ordinary,
        lines,
        items: Vec::new(),
    };
    let (entry, postings) = entry.write(tx)?;
    let claim = postings[0];
    let mut places = postings[first_tax..].iter().copied();
    for tax in &plan {
        let posting = if tax.on_line_minor == 0 { None } else { places.next() };
        tax.write(tx, entry, posting, claim, built)?;
    }
    if draft.kind == InvoiceKind::CreditNote {
        credit::tie(tx, built, (entry, built.record.issue_day), postings.len() + 1, claim)?;
    }
    Ok(Some((entry, claim)))
}

/// One tax item to write, and what of it stands on a line.
struct PlannedTax {
    leg: Leg,
    tax: BookedTax,
    account: String,
    /// Signed as the ledger signs it.
    on_line_minor: i64,
    chargeable_on: Option<Day>,
    /// The waiting item that it takes from.
    moves: Option<crate::ids::TaxItemId>,
}

impl PlannedTax {
    fn write(
        &self,
        tx: &Tx<'_>,
        entry: EntryId,
        posting: Option<PostingId>,
        claim: PostingId,
        built: &Built,
    ) -> Result<()> {
        let customer = built.customer.as_ref();
        let first_waits = self.leg.waits() && self.moves.is_none();
        insert_item(
            tx,
            &ItemRow {
                entry,
                posting,
                leg: self.leg,
                tax_code: &self.tax.tax_code,
                rate: self.tax.rate,
                base_minor: self.tax.base_minor,
                tax_minor: self.tax.tax_minor,
                deductible_minor: 0,
                moves: self.moves,
                claim: first_waits.then_some(claim),
                chargeable_on: self.chargeable_on,
                nature: self.tax.nature,
                counterparty: customer.and_then(|customer| customer.id),
                consumer: customer.map(|customer| customer.consumer),
                country: customer.and_then(|customer| customer.country.as_deref()),
                vat_number: customer.and_then(|customer| customer.vat_number.as_deref()),
                operations: None,
            },
        )
    }
}

/// The tax of an invoice: due on the day its code says, or waiting for the payment.
fn invoice_taxes(
    tx: &Tx<'_>,
    draft: &InvoiceDraft,
    built: &Built,
    booked: &Booked,
) -> Result<Vec<PlannedTax>> {
    let day = built.record.issue_day;
    let setting = read::setting(tx.connection, "vat_on", &day)?;
    let vat_on = VatOn::read(&setting)
        .ok_or_else(|| Error::Damaged(format!("the setting vat_on is {setting}")))?;
    let codes = tx.law.tax_codes()?;
    let mut plan = Vec::with_capacity(booked.taxes.len());
    for tax in &booked.taxes {
        let unknown = || Error::refused(Code::UnknownTaxCode, &[("tax_code", &tax.tax_code)]);
        let code = codes.get(&tax.tax_code).ok_or_else(unknown)?;
        let chargeable = code.chargeable_on(&Occasion {
            nature: tax.nature,
            vat_on,
            document_day: day,
            event_day: draft.delivery_day,
            paid_day: None,
            deposit: false,
        });
        let (leg, chargeable_on) = match chargeable {
            Chargeable::OnDay(day) => (Leg::Output, Some(day)),
            Chargeable::OnPayment => (Leg::WaitingOutput, None),
        };
        let account = match (code.account(leg, tax.nature), tax.tax_minor) {
            (Some(account), _) => account.to_owned(),
            (None, 0) => String::new(),
            (None, _) => return Err(unknown()),
        };
        let on_line_minor = -tax.tax_minor;
        let tax = tax.clone();
        plan.push(PlannedTax { leg, tax, account, on_line_minor, chargeable_on, moves: None });
    }
    Ok(plan)
}
