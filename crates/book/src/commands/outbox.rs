//! The outbox: a message is queued with its bytes frozen, and gets one final answer.
//!
//! What happens between the two is state, not history (`crate::outbox`). Nothing here sends.

use super::Outcome;
use crate::blobs;
use crate::error::{Code, Error, Result};
use crate::ids::{InvoiceId, MessageId};
use crate::tx::Tx;
use rusqlite::params;
use serde::{Deserialize, Serialize};

/// Queues a message. The same document, purpose and recipients are one row for ever: asked again,
/// that row is found and nothing changes.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QueueMessage {
    /// The invoice it carries.
    pub invoice: InvoiceId,
    /// What for: `invoice`, later a reminder and its level.
    pub purpose: String,
    /// Whom it goes to, as addresses, in their order.
    pub recipients: Vec<String>,
    /// Its subject, for people.
    pub subject: String,
    /// The Message-ID in its bytes, without angle brackets.
    pub message_id: String,
    /// Hash of the whole message, a blob of the book.
    pub message: String,
    /// Its size in bytes.
    pub message_size: i64,
}

/// The final answer to a message.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettleMessage {
    /// The message.
    pub message: MessageId,
    /// What became of it.
    pub answer: MessageAnswer,
    /// The server's own words, or whose word it is.
    pub words: String,
}

/// What becomes of a message in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MessageAnswer {
    /// A server took it, or the person says that it arrived.
    Sent,
    /// A server refused it for good.
    Refused,
    /// It was saved as a file, for another program to send.
    Saved,
    /// The person took it back before it left.
    Cancelled,
}

impl MessageAnswer {
    fn word(self) -> &'static str {
        match self {
            MessageAnswer::Sent => "sent",
            MessageAnswer::Refused => "refused",
            MessageAnswer::Saved => "saved",
            MessageAnswer::Cancelled => "cancelled",
        }
    }
}

/// Queues a refused, saved or cancelled message again, with the same bytes and Message-ID. Only a
/// person asks for that.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequeueMessage {
    /// The message.
    pub message: MessageId,
}

impl QueueMessage {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        let finalised: Option<Option<String>> =
            tx.first("SELECT reference FROM invoice WHERE id = ?1", [self.invoice], |row| {
                row.get(0)
            })?;
        let reference = match finalised {
            None => {
                return Err(Error::refused(Code::UnknownInvoice, &[("invoice", &self.invoice)]));
            }
            Some(None) => {
                return Err(Error::refused(Code::InvoiceDraft, &[("invoice", &self.invoice)]));
            }
            Some(Some(reference)) => reference,
        };
        if !blobs::is_known(tx.connection, &self.message)? {
            return Err(Error::refused(Code::MissingBlob, &[("hash", &self.message)]));
        }
        let key = message_key(&reference, &self.purpose, &self.recipients);
        let known: Option<MessageId> =
            tx.first("SELECT id FROM outbox WHERE purpose = ?1", [&key], |row| row.get(0))?;
        if let Some(known) = known {
            return Ok(Outcome::Message(known));
        }
        let id = tx.insert(
            "INSERT INTO outbox (invoice, purpose, recipients, subject, message_id, message_blob,
               message_size, queued_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                self.invoice,
                key,
                self.recipients.join(", "),
                self.subject,
                self.message_id,
                self.message,
                self.message_size,
                now(tx)
            ],
        )?;
        Ok(Outcome::Message(MessageId(id)))
    }
}

impl SettleMessage {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        open_message(tx, self.message)?;
        // A message that may be on its way is not taken back.
        let begun = crate::outbox::has_begun(tx.connection, self.message)?;
        if begun && matches!(self.answer, MessageAnswer::Cancelled | MessageAnswer::Saved) {
            return Err(Error::refused(Code::SendingBegun, &[("message", &self.message)]));
        }
        tx.write(
            "UPDATE outbox SET answer = ?2, answer_words = ?3, answer_at = ?4 WHERE id = ?1",
            params![self.message, self.answer.word(), self.words, now(tx)],
        )?;
        Ok(Outcome::Message(self.message))
    }
}

impl RequeueMessage {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        let answer: Option<Option<String>> =
            tx.first("SELECT answer FROM outbox WHERE id = ?1", [self.message], |row| row.get(0))?;
        match answer {
            None => Err(Error::refused(Code::UnknownMessage, &[("message", &self.message)])),
            Some(Some(answer)) if answer != "sent" => {
                tx.write(
                    "UPDATE outbox SET answer = NULL, answer_words = NULL, answer_at = NULL
                     WHERE id = ?1",
                    [self.message],
                )?;
                Ok(Outcome::Message(self.message))
            }
            Some(_) => Err(Error::refused(Code::SendingBegun, &[("message", &self.message)])),
        }
    }
}

/// What makes a message the same as another: document, purpose, and the set of recipients.
pub(crate) fn message_key(reference: &str, purpose: &str, recipients: &[String]) -> String {
    let mut sorted: Vec<String> = recipients.iter().map(|one| one.trim().to_lowercase()).collect();
    sorted.sort();
    sorted.dedup();
    format!("{reference} {purpose} {}", sorted.join(" "))
}

/// A message without a final answer.
fn open_message(tx: &Tx<'_>, message: MessageId) -> Result<()> {
    let open: Option<bool> =
        tx.first("SELECT answer IS NULL FROM outbox WHERE id = ?1", [message], |row| row.get(0))?;
    match open {
        None => Err(Error::refused(Code::UnknownMessage, &[("message", &message)])),
        Some(false) => Err(Error::refused(Code::SendingBegun, &[("message", &message)])),
        Some(true) => Ok(()),
    }
}

fn now(tx: &Tx<'_>) -> String {
    tx.context.at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}
