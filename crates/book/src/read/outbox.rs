//! What is to be sent, was sent, or may have been.

use super::Reader;
use crate::error::{Code, Error, Result};
use crate::ids::{InvoiceId, MessageId};
use rusqlite::Row;

/// A message of the outbox. Instants are UTC, `YYYY-MM-DDTHH:MM:SSZ`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxRow {
    /// Its id.
    pub id: MessageId,
    /// The invoice it carries.
    pub invoice: Option<InvoiceId>,
    /// That invoice's number.
    pub reference: Option<String>,
    /// The customer's name.
    pub customer: Option<String>,
    /// Whom it goes to.
    pub recipients: String,
    /// Its subject.
    pub subject: String,
    /// Its Message-ID.
    pub message_id: String,
    /// Hash of its bytes.
    pub blob: String,
    /// Their size.
    pub size: i64,
    /// When it was queued.
    pub queued_at: String,
    /// Where it stands: `queued`, `sending`, `unknown`, or its final answer: `sent`, `refused`,
    /// `saved`, `cancelled`.
    pub state: String,
    /// Whether its body had begun to leave.
    pub begun: bool,
    /// Since when it stands there.
    pub at: String,
    /// How many times it was tried.
    pub tries: i64,
    /// When it is tried next, at the earliest.
    pub next_try_at: Option<String>,
    /// The server's own words, or the person's.
    pub words: String,
}

const COLUMNS: &str = "outbox.id, outbox.invoice, invoice.reference, counterparty.name, recipients,
   subject, message_id, message_blob, message_size, queued_at,
   coalesce(answer, outbox_state.state, 'queued'), body_started_at IS NOT NULL,
   coalesce(answer_at, outbox_state.at, queued_at), coalesce(tries, 0),
   CASE WHEN answer IS NULL THEN next_try_at END, coalesce(answer_words, outbox_state.words, '')
 FROM outbox LEFT JOIN outbox_state ON outbox_state.outbox = outbox.id
 LEFT JOIN invoice ON invoice.id = outbox.invoice
 LEFT JOIN counterparty ON counterparty.id = invoice.counterparty";

fn row_of(row: &Row<'_>) -> rusqlite::Result<OutboxRow> {
    Ok(OutboxRow {
        id: row.get(0)?,
        invoice: row.get(1)?,
        reference: row.get(2)?,
        customer: row.get(3)?,
        recipients: row.get(4)?,
        subject: row.get(5)?,
        message_id: row.get(6)?,
        blob: row.get(7)?,
        size: row.get(8)?,
        queued_at: row.get(9)?,
        state: row.get(10)?,
        begun: row.get(11)?,
        at: row.get(12)?,
        tries: row.get(13)?,
        next_try_at: row.get(14)?,
        words: row.get(15)?,
    })
}

impl Reader {
    /// Every message, the last queued first.
    pub fn outbox(&self) -> Result<Vec<OutboxRow>> {
        self.all(&format!("SELECT {COLUMNS} ORDER BY outbox.id DESC"), [], row_of)
    }

    /// The messages that carry an invoice, the last queued first.
    pub fn messages_of(&self, invoice: InvoiceId) -> Result<Vec<OutboxRow>> {
        let sql = format!("SELECT {COLUMNS} WHERE outbox.invoice = ?1 ORDER BY outbox.id DESC");
        self.all(&sql, [invoice], row_of)
    }

    /// One message.
    pub fn message(&self, id: MessageId) -> Result<OutboxRow> {
        self.first(&format!("SELECT {COLUMNS} WHERE outbox.id = ?1"), [id], row_of)?
            .ok_or_else(|| Error::refused(Code::UnknownMessage, &[("message", &id)]))
    }

    /// The message of a document, purpose and set of recipients, if it was queued before.
    pub fn message_for(
        &self,
        reference: &str,
        purpose: &str,
        recipients: &[String],
    ) -> Result<Option<OutboxRow>> {
        let key = crate::commands::message_key(reference, purpose, recipients);
        self.first(&format!("SELECT {COLUMNS} WHERE outbox.purpose = ?1"), [key], row_of)
    }

    /// Number and hash of a record, the last one when none is named: what tells a book that went
    /// on from a copy of it that did not.
    pub fn record_hash(&self, seq: Option<i64>) -> Result<Option<(i64, String)>> {
        let seq = seq.unwrap_or(self.seq());
        self.first("SELECT seq, hash FROM history WHERE seq = ?1", [seq], |row| {
            let hash: Vec<u8> = row.get(1)?;
            Ok((row.get(0)?, crate::blobs::hex(&hash)))
        })
    }
}
