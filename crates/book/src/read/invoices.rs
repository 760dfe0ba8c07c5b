//! Invoices and credit notes: the list, one with all it says, and how a draft would be issued.

use super::{Reader, day, day_or_none};
use crate::error::{Code, Error, Result};
use crate::ids::{EntryId, InvoiceId, LineId, PostingId};
use crate::invoicing::{self, Built, InvoiceDraft, InvoiceKind};
use rusqlite::Row;
use std::collections::HashMap;
use values::Day;

/// An invoice or credit note, draft or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceRow {
    /// Its id.
    pub id: InvoiceId,
    /// What it is.
    pub kind: InvoiceKind,
    /// The customer's code; a draft may have none.
    pub customer: Option<String>,
    /// The customer's name.
    pub customer_name: Option<String>,
    /// The invoice that a credit note answers.
    pub answers: Option<InvoiceId>,
    /// What the person wrote.
    pub draft: InvoiceDraft,
    /// The number as printed; none of a draft, as of everything below.
    pub reference: Option<String>,
    /// The day of issue.
    pub day: Option<Day>,
    /// The day by which to pay.
    pub due_day: Option<Day>,
    /// Without tax, with the sign of an invoice, in minor units.
    pub net_minor: Option<i64>,
    /// Tax in minor units.
    pub tax_minor: Option<i64>,
    /// With tax, in minor units.
    pub gross_minor: Option<i64>,
    /// What is left to pay, in minor units: of a credit note, what is left of it to give back.
    pub rest_minor: i64,
    /// What credit notes took of it, in minor units.
    pub credited_minor: i64,
    /// Its entry.
    pub entry: Option<EntryId>,
    /// The customer's line in that entry.
    pub claim: Option<PostingId>,
    /// Hash of its page.
    pub pdf: Option<String>,
    /// The last day on which something was paid of it or credited.
    pub settled_day: Option<Day>,
}

/// What pays an invoice, or takes it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoicePaid {
    /// The entry.
    pub entry: EntryId,
    /// Its document's number.
    pub reference: String,
    /// Its day.
    pub day: Day,
    /// Minor units.
    pub amount_minor: i64,
    /// The bank line that it books.
    pub line: Option<LineId>,
}

/// Invoices past the day they were due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LateInvoices {
    /// How many.
    pub count: u64,
    /// What is left of them, in minor units.
    pub rest_minor: i64,
    /// The oldest of their due days; none when there is no such invoice.
    pub oldest: Option<Day>,
}

const COLUMNS: &str = "invoice.id, invoice.kind, counterparty.code, counterparty.name, answers,
   draft, reference, invoice.day, due_day, net_minor, tax_minor, gross_minor,
   coalesce(abs(rest_minor), 0), coalesce((SELECT sum(note.gross_minor) FROM invoice AS note
     WHERE note.answers = invoice.id AND note.number IS NOT NULL), 0),
   entry, claim, pdf_blob,
   (SELECT max(paying.day) FROM clearing JOIN posting AS paying ON paying.id = clearing.payment
     WHERE clearing.item = invoice.claim)
 FROM invoice LEFT JOIN counterparty ON counterparty.id = invoice.counterparty
 LEFT JOIN open_cache ON open_cache.posting = invoice.claim";

fn row_of(row: &Row<'_>) -> rusqlite::Result<InvoiceRow> {
    let wrong = |at: usize, what: &str| {
        rusqlite::Error::FromSqlConversionFailure(
            at,
            rusqlite::types::Type::Text,
            what.to_owned().into(),
        )
    };
    let (kind, draft): (String, String) = (row.get(1)?, row.get(5)?);
    Ok(InvoiceRow {
        id: row.get(0)?,
        kind: InvoiceKind::read(&kind).ok_or_else(|| wrong(1, "a kind of invoice"))?,
        customer: row.get(2)?,
        customer_name: row.get(3)?,
        answers: row.get(4)?,
        draft: serde_json::from_str(&draft).map_err(|_| wrong(5, "a draft of an invoice"))?,
        reference: row.get(6)?,
        day: day_or_none(row, 7)?,
        due_day: day_or_none(row, 8)?,
        net_minor: row.get(9)?,
        tax_minor: row.get(10)?,
        gross_minor: row.get(11)?,
        rest_minor: row.get(12)?,
        credited_minor: row.get(13)?,
        entry: row.get(14)?,
        claim: row.get(15)?,
        pdf: row.get(16)?,
        settled_day: day_or_none(row, 17)?,
    })
}

impl Reader {
    /// Every invoice and credit note: drafts first, the last written first, then by day, the
    /// latest first.
    pub fn invoices(&self) -> Result<Vec<InvoiceRow>> {
        self.all(
            &format!(
                "SELECT {COLUMNS} ORDER BY number IS NOT NULL, invoice.day DESC, invoice.id DESC"
            ),
            [],
            row_of,
        )
    }

    /// Those of one customer, in the same order.
    pub fn invoices_of(&self, customer: &str) -> Result<Vec<InvoiceRow>> {
        self.all(
            &format!(
                "SELECT {COLUMNS} WHERE counterparty.code = ?1
                 ORDER BY number IS NOT NULL, invoice.day DESC, invoice.id DESC"
            ),
            [customer],
            row_of,
        )
    }

    /// One invoice.
    pub fn invoice(&self, id: InvoiceId) -> Result<InvoiceRow> {
        self.first(&format!("SELECT {COLUMNS} WHERE invoice.id = ?1"), [id], row_of)?
            .ok_or_else(|| Error::refused(Code::UnknownInvoice, &[("invoice", &id)]))
    }

    /// The invoice of a printed number.
    pub fn invoice_of_number(&self, reference: &str) -> Result<Option<InvoiceRow>> {
        self.first(&format!("SELECT {COLUMNS} WHERE reference = ?1"), [reference], row_of)
    }

    /// The credit notes that answer an invoice, with their numbers; drafts have none.
    pub fn credit_notes_of(&self, id: InvoiceId) -> Result<Vec<InvoiceRow>> {
        self.all(&format!("SELECT {COLUMNS} WHERE answers = ?1 ORDER BY invoice.id"), [id], row_of)
    }

    /// What was paid of an invoice and credited, in the order of days.
    pub fn payments_of(&self, id: InvoiceId) -> Result<Vec<InvoicePaid>> {
        self.all(
            "SELECT entry.id, entry.document_reference, entry.day, abs(clearing.amount_minor),
               (SELECT line FROM \"match\" WHERE \"match\".entry = entry.id AND released = 0)
             FROM invoice JOIN clearing ON clearing.item = invoice.claim
             JOIN posting ON posting.id = clearing.payment
             JOIN entry ON entry.id = posting.entry
             WHERE invoice.id = ?1 ORDER BY entry.day, entry.id",
            [id],
            |row| {
                Ok(InvoicePaid {
                    entry: row.get(0)?,
                    reference: row.get(1)?,
                    day: day(row, 2)?,
                    amount_minor: row.get(3)?,
                    line: row.get(4)?,
                })
            },
        )
    }

    /// Invoices that were due before a day and of which something is left.
    pub fn late_invoices(&self, today: Day) -> Result<LateInvoices> {
        let found = self.first(
            "SELECT count(*), coalesce(sum(rest_minor), 0), min(due_day) FROM open_cache
             JOIN invoice ON invoice.claim = open_cache.posting
             WHERE rest_minor <> 0 AND kind = 'invoice' AND due_day < ?1",
            [today.to_string()],
            |row| {
                let count: i64 = row.get(0)?;
                let (rest_minor, oldest) = (row.get(1)?, day_or_none(row, 2)?);
                Ok(LateInvoices { count: count.unsigned_abs(), rest_minor, oldest })
            },
        )?;
        found.ok_or_else(|| Error::Damaged("a count without an answer".to_owned()))
    }

    /// Where sending stands of each invoice that was queued: of several messages the one that says
    /// most.
    pub fn sent_states(&self) -> Result<HashMap<InvoiceId, String>> {
        let rows = self.all(
            "SELECT invoice, coalesce(answer, outbox_state.state, 'queued') FROM outbox
             LEFT JOIN outbox_state ON outbox_state.outbox = outbox.id
             WHERE invoice IS NOT NULL ORDER BY outbox.id",
            [],
            |row| Ok((row.get(0)?, row.get::<_, String>(1)?)),
        )?;
        const SAYS_MOST: [&str; 7] =
            ["cancelled", "refused", "saved", "queued", "sending", "sent", "unknown"];
        let weight = |word: &str| SAYS_MOST.iter().position(|known| *known == word);
        let mut states: HashMap<InvoiceId, String> = HashMap::new();
        for (invoice, state) in rows {
            let kept = states.entry(invoice).or_insert_with(|| state.clone());
            if weight(&state) > weight(kept) {
                *kept = state;
            }
        }
        Ok(states)
    }

    /// The invoice that an entry books.
    pub fn invoice_of_entry(&self, entry: EntryId) -> Result<Option<InvoiceRow>> {
        self.first(&format!("SELECT {COLUMNS} WHERE entry = ?1"), [entry], row_of)
    }

    /// How a draft would be issued today: the record, and what is missing.
    pub fn build_invoice(&self, draft: &InvoiceDraft, today: Day) -> Result<Built> {
        invoicing::build(&self.connection, &self.law, draft, today)
    }

    /// The record of an invoice that has its number, as it was frozen.
    pub fn invoice_record(&self, id: InvoiceId) -> Result<einvoice::Invoice> {
        let record: Option<Option<String>> =
            self.first("SELECT record FROM invoice WHERE id = ?1", [id], |row| row.get(0))?;
        match record {
            None => Err(Error::refused(Code::UnknownInvoice, &[("invoice", &id)])),
            Some(None) => Err(Error::refused(Code::InvoiceDraft, &[("invoice", &id)])),
            Some(Some(text)) => serde_json::from_str(&text)
                .map_err(|why| Error::Damaged(format!("the record of invoice {id}: {why}"))),
        }
    }
}

impl Built {
    /// What tells this record from any other, for [`crate::FinaliseInvoice`].
    pub fn record_hash(&self) -> Result<String> {
        invoicing::hash_of(&self.record)
    }
}
