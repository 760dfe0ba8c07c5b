//! Sending: a letter is composed once, queued with its bytes, and sent at most once without the
//! person's word (docs/sending.md).

mod account;
mod paused;
mod run;

pub use account::*;

use super::{Called, Nothing, Seen};
use crate::app::App;
use crate::failure::{Explain, Failure};
use crate::host::Progress;
use crate::sentences::Sentences;
use book::read::{OutboxRow, Reader};
use book::{
    Book, InvoiceId, MessageAnswer, MessageId, Outcome, QueueMessage, RequeueMessage, SettleMessage,
};
use courier::{Attachment, Letter};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use ts_rs::TS;

/// What is to be sent, was sent, or may have been.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OutboxView {
    /// Every message, the last queued first.
    pub messages: Vec<MessageView>,
    /// Whether sending is held back: the book is behind what this machine saw of it.
    pub paused: bool,
    /// Whether a mail account is set.
    pub has_account: bool,
    /// Why the last run stopped early, in a sentence.
    pub stopped: Option<Failure>,
}

/// A message. Instants are UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MessageView {
    /// Its id.
    pub id: i64,
    /// The invoice it carries.
    pub invoice: Option<i64>,
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
    /// `queued`, `sending`, `unknown`, `sent`, `refused`, `saved` or `cancelled`.
    pub state: String,
    /// Whether it may still be taken back.
    pub can_cancel: bool,
    /// Since when it stands there.
    pub at: String,
    /// How many times it was tried.
    pub tries: i64,
    /// When it is tried next, at the earliest.
    pub next_try_at: Option<String>,
    /// The server's own words, or whose word it is.
    pub words: String,
}

/// An invoice to send.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct SendInvoice {
    /// The invoice.
    pub invoice: i64,
    /// Whom to; the customer's own address when absent.
    #[serde(default)]
    pub to: Option<Vec<String>>,
    /// The subject; one is written when absent.
    #[serde(default)]
    pub subject: Option<String>,
    /// The text; one is written when absent.
    #[serde(default)]
    pub body: Option<String>,
}

/// What would be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LetterView {
    /// Who it comes from; none while no mail account is set.
    pub from: Option<String>,
    /// Whom it goes to.
    pub to: Vec<String>,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub body: String,
    /// The file that goes with it.
    pub attachment: String,
    /// The message that was queued to these recipients before.
    pub queued_before: Option<i64>,
}

/// A message by its id.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MessageRef {
    /// The id.
    pub message: i64,
}

/// The person's word on a message of which nobody knows.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    /// The message.
    pub message: i64,
    /// Whether it arrived; else it is queued again, with the same bytes and Message-ID.
    pub arrived: bool,
}

/// A message to save as a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveMessage {
    /// The message.
    pub message: i64,
    /// The folder it goes to.
    pub out: PathBuf,
}

/// What a message carries an invoice for.
const PURPOSE: &str = "invoice";

impl App {
    /// The outbox as it stands.
    pub fn outbox(&self, book: &Path, _: Nothing, _: &dyn Progress) -> Called<OutboxView> {
        let reader = self.reader(book)?;
        let view = self.outbox_view(&reader, None)?;
        Ok(Seen::at(reader.seq(), view))
    }

    pub(super) fn outbox_view(
        &self,
        reader: &Reader,
        stopped: Option<Failure>,
    ) -> Result<OutboxView, Failure> {
        let rows = reader.outbox().map_err(|why| self.failed(&why))?;
        Ok(OutboxView {
            paused: self.is_paused(reader, &rows)?,
            has_account: self.account_of(reader)?.is_some(),
            messages: rows.into_iter().map(|row| self.message_view(row)).collect(),
            stopped,
        })
    }

    /// What would be sent for an invoice; nothing is queued.
    pub fn letter(
        &self,
        book: &Path,
        request: SendInvoice,
        _: &dyn Progress,
    ) -> Called<LetterView> {
        let reader = self.reader(book)?;
        let written = self.written(&reader, &request)?;
        let known = reader
            .message_for(&written.reference, PURPOSE, &written.to)
            .map_err(|why| self.failed(&why))?;
        let from = self.account_of(&reader)?.map(|account| account.from.address);
        let view = LetterView {
            from,
            attachment: written.file_name(),
            to: written.to,
            subject: written.subject,
            body: written.body,
            queued_before: known.map(|row| row.id.0),
        };
        Ok(Seen::at(reader.seq(), view))
    }

    /// Queues an invoice to its customer, or finds the message that was queued before.
    pub fn send_invoice(
        &self,
        book: &Path,
        request: SendInvoice,
        progress: &dyn Progress,
    ) -> Called<MessageView> {
        let reader = self.reader(book)?;
        let written = self.written(&reader, &request)?;
        let known = reader
            .message_for(&written.reference, PURPOSE, &written.to)
            .map_err(|why| self.failed(&why))?;
        if let Some(row) = known {
            return Ok(Seen::at(reader.seq(), self.message_view(row)));
        }
        let rows = reader.outbox().map_err(|why| self.failed(&why))?;
        let paused = self.is_paused(&reader, &rows)?;
        let (message_id, bytes) = self.composed(&reader, &written)?;
        drop(reader);
        let name = format!("{}.eml", written.reference);
        let message_size = bytes.len() as i64;
        let command = |message| QueueMessage {
            invoice: InvoiceId(request.invoice),
            purpose: PURPOSE.to_owned(),
            recipients: written.to.clone(),
            subject: written.subject.clone(),
            message_id,
            message,
            message_size,
        };
        let done =
            self.with_book(book, |open| self.execute_on(open, (&name, &bytes), command, progress))?;
        let reader = self.reader(book)?;
        if !paused {
            self.remember(&reader)?;
        }
        let Outcome::Message(id) = done.outcome else {
            return Err(self.own("bug", &[("call", "send_invoice")]));
        };
        let row = reader.message(id).map_err(|why| self.failed(&why))?;
        Ok(Seen::wrote(&done, self.message_view(row)))
    }

    /// Takes a message back that has not begun to leave.
    pub fn cancel_message(
        &self,
        book: &Path,
        request: MessageRef,
        progress: &dyn Progress,
    ) -> Called<Nothing> {
        let id = MessageId(request.message);
        let done = self.with_book(book, |open| {
            let words = self.host.actor.clone();
            self.settle(open, id, MessageAnswer::Cancelled, words, progress)
        })?;
        Ok(Seen::wrote(&done, Nothing {}))
    }

    /// The person's word on a message of which nobody knows: it arrived, or is sent again.
    pub fn settle_message(
        &self,
        book: &Path,
        request: Verdict,
        progress: &dyn Progress,
    ) -> Called<Nothing> {
        let id = MessageId(request.message);
        let answer = if request.arrived { MessageAnswer::Sent } else { MessageAnswer::Refused };
        let done = self.with_book(book, |open| {
            let explain = |why: book::Error| self.failed(&why);
            let reader = open.reader().map_err(explain)?;
            if reader.message(id).map_err(explain)?.state != "unknown" {
                return Err(self.own("message-not-in-doubt", &[]));
            }
            let paused = self.is_paused(&reader, &reader.outbox().map_err(explain)?)?;
            drop(reader);
            let words = self.host.actor.clone();
            let settled = self.settle(open, id, answer, words, progress)?;
            // Before it may leave again: it is in doubt no more.
            if !paused {
                self.remember(&open.reader().map_err(explain)?)?;
            }
            if request.arrived {
                return Ok(settled);
            }
            self.execute(open, RequeueMessage { message: id }, progress)
        })?;
        Ok(Seen::wrote(&done, Nothing {}))
    }

    /// Queues a refused, saved or cancelled message again.
    pub fn requeue_message(
        &self,
        book: &Path,
        request: MessageRef,
        progress: &dyn Progress,
    ) -> Called<Nothing> {
        let id = MessageId(request.message);
        let done = self.with_book(book, |open| {
            // Nothing of an earlier try stays: its final answer was recorded.
            let row = open.reader().and_then(|reader| reader.message(id));
            let row = row.map_err(|why| self.failed(&why))?;
            let done = self.execute(open, RequeueMessage { message: id }, progress)?;
            if row.state != "unknown" {
                open.forget_sending(id).map_err(|why| self.failed(&why))?;
            }
            Ok(done)
        })?;
        Ok(Seen::wrote(&done, Nothing {}))
    }

    /// Writes a message as a file that mail programs open, and takes it out of the queue.
    pub fn save_message(
        &self,
        book: &Path,
        request: SaveMessage,
        progress: &dyn Progress,
    ) -> Called<super::SavedFile> {
        let id = MessageId(request.message);
        let reader = self.reader(book)?;
        let row = reader.message(id).map_err(|why| self.failed(&why))?;
        let bytes = reader.blob(&row.blob).map_err(|why| self.failed(&why))?;
        drop(reader);
        let name = row.reference.unwrap_or_else(|| row.id.to_string()).replace('/', "-");
        let path = request.out.join(format!("{name}.eml"));
        let done = if row.state == "queued" {
            let saved = MessageAnswer::Saved;
            let words = path.display().to_string();
            Some(self.with_book(book, |open| self.settle(open, id, saved, words, progress))?)
        } else {
            None
        };
        std::fs::write(&path, &*bytes).map_err(|why| self.unwritable(&path).with_detail(&why))?;
        let written = super::SavedFile { path: path.display().to_string() };
        Ok(match done {
            Some(done) => Seen::wrote(&done, written),
            None => Seen::nowhere(written),
        })
    }

    /// Records a final answer, and forgets what was in progress.
    fn settle(
        &self,
        open: &mut Book,
        message: MessageId,
        answer: MessageAnswer,
        words: String,
        progress: &dyn Progress,
    ) -> Result<book::Done, Failure> {
        let done = self.execute(open, SettleMessage { message, answer, words }, progress)?;
        open.forget_sending(message).map_err(|why| self.failed(&why))?;
        Ok(done)
    }

    pub(super) fn message_view(&self, row: OutboxRow) -> MessageView {
        MessageView {
            id: row.id.0,
            invoice: row.invoice.map(|invoice| invoice.0),
            reference: row.reference,
            customer: row.customer,
            recipients: row.recipients,
            subject: row.subject,
            message_id: row.message_id,
            can_cancel: row.state == "queued" || (row.state == "sending" && !row.begun),
            state: row.state,
            at: row.at,
            tries: row.tries,
            next_try_at: row.next_try_at,
            words: row.words,
        }
    }
}

/// A letter as words.
struct WrittenLetter {
    reference: String,
    to: Vec<String>,
    subject: String,
    body: String,
    pdf: String,
}

impl WrittenLetter {
    fn file_name(&self) -> String {
        format!("{}.pdf", self.reference.replace('/', "-"))
    }
}

impl App {
    /// Recipients, subject and text, in the customer's language.
    fn written(&self, reader: &Reader, request: &SendInvoice) -> Result<WrittenLetter, Failure> {
        let explain = |why: book::Error| self.failed(&why);
        let id = InvoiceId(request.invoice);
        let row = reader.invoice(id).map_err(explain)?;
        // A draft is refused with the book's own sentence.
        let record = reader.invoice_record(id).map_err(explain)?;
        let party = match &row.customer {
            Some(code) => Some(reader.party(code).map_err(explain)?),
            None => None,
        };
        let own = party.as_ref().and_then(|party| party.email.clone());
        let to: Vec<String> = match &request.to {
            Some(to) => to.iter().map(|one| one.trim().to_owned()).collect(),
            None => own.into_iter().collect(),
        };
        if to.iter().all(String::is_empty) {
            let name = row.customer_name.clone().unwrap_or_default();
            return Err(self.own("no-recipient", &[("name", &name)]));
        }
        let language = party.and_then(|party| party.language).unwrap_or_else(|| "fr".to_owned());
        let sentences = self.sentences_of(&language);
        let currency = record.currency;
        let printed = sentences.language().printed();
        let due = record.due_day.map(|day| document::format::day_long(day, printed));
        let amount = document::format::money(record.totals.due_minor, currency, printed);
        let kind = row.kind.word().replace('_', "-");
        let args = [
            ("number", record.number.as_str()),
            ("seller", record.seller.name.as_str()),
            ("amount", amount.as_str()),
            ("due", due.as_deref().unwrap_or("")),
        ];
        let say = |what: &str| sentences.say(&format!("letter.{kind}.{what}"), &args);
        Ok(WrittenLetter {
            subject: request.subject.clone().unwrap_or_else(|| say("subject")),
            body: request.body.clone().unwrap_or_else(|| say("body")),
            pdf: row.pdf.unwrap_or_default(),
            reference: record.number.clone(),
            to,
        })
    }

    /// The bytes of the letter, with a Message-ID that no other has.
    fn composed(
        &self,
        reader: &Reader,
        written: &WrittenLetter,
    ) -> Result<(String, Vec<u8>), Failure> {
        let from = match self.account_of(reader)? {
            Some(account) => account.from,
            // Without an account the message is saved for another program, which signs it.
            None => self.own_address(reader)?,
        };
        let domain = from.address.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
        let random = (self.host.random)();
        let group: String = random[..6].iter().map(|byte| format!("{byte:02x}")).collect();
        let number: String = written
            .reference
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' })
            .collect();
        let message_id = format!("inv.{number}.{group}@{domain}");
        let bytes = reader.blob(&written.pdf).map_err(|why| self.failed(&why))?;
        let letter = Letter {
            to: written
                .to
                .iter()
                .map(|address| courier::Address { name: None, address: address.clone() })
                .collect(),
            reply_to: None,
            from,
            subject: written.subject.clone(),
            body: written.body.clone(),
            attachments: vec![Attachment {
                name: written.file_name(),
                media_type: "application/pdf".to_owned(),
                bytes: bytes.to_vec(),
            }],
            message_id: format!("<{message_id}>"),
            date: (self.host.clock)(),
        };
        let bytes = courier::compose(&letter).map_err(|why| self.failed(&why))?;
        Ok((message_id, bytes))
    }

    fn own_address(&self, reader: &Reader) -> Result<courier::Address, Failure> {
        let today = self.today(reader)?;
        let setting = |name: &str| reader.setting(name, today).map_err(|why| self.failed(&why));
        let name = setting("name")?;
        let email = setting("email")?.filter(|email| !email.is_empty());
        match email {
            Some(address) => Ok(courier::Address { name, address }),
            None => Err(self.own("no-own-address", &[])),
        }
    }
}

impl Explain for courier::ComposeFault {
    fn explain(&self, sentences: &Sentences) -> Failure {
        let value = match self {
            courier::ComposeFault::NoRecipient => String::new(),
            courier::ComposeFault::ControlCharacter { text, .. }
            | courier::ComposeFault::Malformed { text, .. } => text.escape_debug().to_string(),
            courier::ComposeFault::BadAddress { address, .. } => address.clone(),
        };
        Failure::of(sentences, "courier.letter", self.code(), [("value", value)])
    }
}
