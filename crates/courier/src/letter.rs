//! Composing: a letter to the bytes that are kept, hashed and sent (RFC 5322, RFC 2045).

use std::time::SystemTime;

use chrono::{DateTime, Datelike, Utc};
use lettre::Message;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment as AttachmentPart, Body, Mailbox, MultiPart, SinglePart};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::address::{Checked, breaks_a_line};
use crate::send::wire_form;
use crate::{Address, AddressFlaw, Envelope, EnvelopeFault};

mod encoded_words;

/// A letter before it is bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Who it comes from.
    pub from: Address,
    /// Where answers go, if not there.
    pub reply_to: Option<Address>,
    /// Who gets it. All see one another.
    pub to: Vec<Address>,
    /// One line, in any script.
    pub subject: String,
    /// Plain text; a line ends with LF or CRLF.
    pub body: String,
    /// Files, in this order.
    pub attachments: Vec<Attachment>,
    /// `<left@right>`, ASCII (RFC 5322 section 3.6.4); fixed when the letter is queued.
    pub message_id: String,
    /// When it was written.
    pub date: DateTime<Utc>,
}

/// A file that goes with a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// File name, in any script, without a folder.
    pub name: String,
    /// Like `application/pdf` (RFC 2046).
    pub media_type: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Part of a letter that a fault can lie in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The subject.
    Subject,
    /// A name beside an address.
    Name,
    /// A mail address.
    Address,
    /// The name of an attached file.
    FileName,
    /// The media type of an attached file.
    MediaType,
    /// The Message-ID.
    MessageId,
    /// The date.
    Date,
}

impl Field {
    /// The word that sentences are found by.
    pub fn code(self) -> &'static str {
        match self {
            Field::Subject => "subject",
            Field::Name => "name",
            Field::Address => "address",
            Field::FileName => "file_name",
            Field::MediaType => "media_type",
            Field::MessageId => "message_id",
            Field::Date => "date",
        }
    }
}

/// Why a letter was not composed. Nothing is silently mended: what a person typed is what goes out.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ComposeFault {
    /// Nobody to send to.
    #[error("no recipient")]
    NoRecipient,
    /// A line break or another control character, which could begin a header of its own.
    #[error("a control character in the {}: {text:?}", .field.code())]
    ControlCharacter {
        /// Where.
        field: Field,
        /// As it was given.
        text: String,
    },
    /// An address that cannot be used.
    #[error("the address {address:?} is refused ({})", .flaw.code())]
    BadAddress {
        /// As it was given.
        address: String,
        /// What is wrong with it.
        flaw: AddressFlaw,
    },
    /// A value that its standard does not allow there.
    #[error("no {} that can be sent: {text:?}", .field.code())]
    Malformed {
        /// Where.
        field: Field,
        /// As it was given.
        text: String,
    },
}

impl ComposeFault {
    /// The word that sentences are found by.
    pub fn code(&self) -> &'static str {
        match self {
            ComposeFault::NoRecipient => "no_recipient",
            ComposeFault::ControlCharacter { .. } => "control_character",
            ComposeFault::BadAddress { .. } => "bad_address",
            ComposeFault::Malformed { .. } => "malformed",
        }
    }
}

impl From<EnvelopeFault> for ComposeFault {
    fn from(fault: EnvelopeFault) -> ComposeFault {
        match fault {
            EnvelopeFault::NoRecipient => ComposeFault::NoRecipient,
            EnvelopeFault::BadAddress { address, flaw: AddressFlaw::ControlCharacter } => {
                ComposeFault::ControlCharacter { field: Field::Address, text: address }
            }
            EnvelopeFault::BadAddress { address, flaw } => {
                ComposeFault::BadAddress { address, flaw }
            }
        }
    }
}

impl Letter {
    /// The envelope that belongs to it: the same sender, the same recipients.
    pub fn envelope(&self) -> Result<Envelope, EnvelopeFault> {
        let to: Vec<&str> = self.to.iter().map(|address| address.address.as_str()).collect();
        Envelope::new(&self.from.address, &to)
    }
}

/// The letter as bytes: ASCII, CRLF, no line above 998 bytes. The same letter gives the same bytes.
pub fn compose(letter: &Letter) -> Result<Vec<u8>, ComposeFault> {
    if letter.to.is_empty() {
        return Err(ComposeFault::NoRecipient);
    }
    one_line(Field::Subject, &letter.subject)?;
    check_message_id(&letter.message_id)?;
    let mut builder = Message::builder()
        .date(header_date(letter.date)?)
        .from(mailbox(&letter.from)?)
        .message_id(Some(letter.message_id.clone()));
    if let Some(address) = &letter.reply_to {
        builder = builder.reply_to(mailbox(address)?);
    }
    for address in &letter.to {
        builder = builder.to(mailbox(address)?);
    }
    builder = builder.raw_header(subject(&letter.subject));
    let text = text_part(&letter.body);
    let built = if letter.attachments.is_empty() {
        builder.singlepart(text)
    } else {
        let mut parts = MultiPart::mixed().boundary(boundary(letter)).singlepart(text);
        for attachment in &letter.attachments {
            parts = parts.singlepart(file_part(attachment)?);
        }
        builder.multipart(parts)
    };
    // With a sender and a recipient checked, lettre has nothing left to refuse.
    let mut bytes = built.map_err(|_| ComposeFault::NoRecipient)?.formatted();
    if !bytes.ends_with(b"\r\n") {
        bytes.extend_from_slice(b"\r\n");
    }
    if wire_form::is_sound(&bytes) {
        return Ok(bytes);
    }
    // All else is encoded and folded: only the one value that cannot be is left.
    Err(ComposeFault::Malformed { field: Field::MessageId, text: letter.message_id.clone() })
}

fn one_line(field: Field, text: &str) -> Result<(), ComposeFault> {
    if text.chars().any(breaks_a_line) {
        return Err(ComposeFault::ControlCharacter { field, text: text.to_owned() });
    }
    Ok(())
}

fn malformed(field: Field, text: impl Into<String>) -> ComposeFault {
    ComposeFault::Malformed { field, text: text.into() }
}

fn mailbox(address: &Address) -> Result<Mailbox, ComposeFault> {
    if let Some(name) = &address.name {
        one_line(Field::Name, name)?;
    }
    Ok(Checked::new(&address.address)?.named(address.name.as_deref()))
}

/// The years that four digits can name; the header has no others.
fn header_date(date: DateTime<Utc>) -> Result<SystemTime, ComposeFault> {
    if !(1970..=9999).contains(&date.year()) {
        return Err(malformed(Field::Date, date.to_string()));
    }
    Ok(SystemTime::from(date))
}

/// `<left@right>` of the plain form: no quotes, no comments, nothing that servers read differently.
pub(crate) fn check_message_id(id: &str) -> Result<(), ComposeFault> {
    one_line(Field::MessageId, id)?;
    let allowed =
        |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&byte);
    let sound = |part: &str| !part.is_empty() && part.bytes().all(allowed);
    id.strip_prefix('<')
        .and_then(|rest| rest.strip_suffix('>'))
        .and_then(|inside| inside.split_once('@'))
        .filter(|(left, right)| id.len() <= 250 && sound(left) && sound(right))
        .map(|_| ())
        .ok_or_else(|| malformed(Field::MessageId, id))
}

/// The subject, so that every program reads back what was typed: a text that looks encoded already
/// is encoded once more, or it would be read as what it pretends to be.
fn subject(text: &str) -> HeaderValue {
    let name = HeaderName::new_from_ascii_str("Subject");
    if text.contains("=?") {
        let encoded = encoded_words::encode(text);
        HeaderValue::dangerous_new_pre_encoded(name, text.to_owned(), encoded)
    } else {
        HeaderValue::new(name, text.to_owned())
    }
}

/// Always quoted-printable: nothing on the way breaks its lines or eats the blanks at their ends.
fn text_part(text: &str) -> SinglePart {
    let lines = text.replace("\r\n", "\n").replace('\n', "\r\n");
    let encoding = ContentTransferEncoding::QuotedPrintable;
    let body = match Body::new_with_encoding(lines.into_bytes(), encoding) {
        Ok(body) => body,
        // It refuses no text in this encoding; were that to change, base64 carries anything.
        Err(bytes) => Body::new(bytes),
    };
    SinglePart::builder().header(ContentType::TEXT_PLAIN).body(body)
}

fn file_part(attachment: &Attachment) -> Result<SinglePart, ComposeFault> {
    one_line(Field::FileName, &attachment.name)?;
    one_line(Field::MediaType, &attachment.media_type)?;
    if attachment.name.trim().is_empty() || attachment.name.contains(['/', '\\']) {
        return Err(malformed(Field::FileName, &attachment.name));
    }
    let refused = || malformed(Field::MediaType, &attachment.media_type);
    let media_type = ContentType::parse(&attachment.media_type).map_err(|_| refused())?;
    // These hold parts of their own and must not be in base64 (RFC 2046 sections 5.1 and 5.2).
    let lower = attachment.media_type.to_ascii_lowercase();
    if !lower.is_ascii() || lower.starts_with("multipart/") || lower.starts_with("message/") {
        return Err(refused());
    }
    let encoding = ContentTransferEncoding::Base64;
    let body = Body::new_with_encoding(attachment.bytes.clone(), encoding);
    let body = body.map_err(|_| refused())?;
    Ok(AttachmentPart::new(attachment.name.clone()).body(body, media_type))
}

/// What parts the parts. From a hash, so that the same letter gives the same one; `=_` stands in no
/// line of quoted-printable or base64, so that it can never be found inside a part.
fn boundary(letter: &Letter) -> String {
    let mut hash = Sha256::new();
    let texts = [letter.message_id.as_bytes(), letter.body.as_bytes()];
    let files = letter
        .attachments
        .iter()
        .flat_map(|file| [file.name.as_bytes(), file.media_type.as_bytes(), file.bytes.as_slice()]);
    for part in texts.into_iter().chain(files) {
        hash.update(part.len().to_string());
        hash.update(b":");
        hash.update(part);
    }
    let digest = hash.finalize();
    let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("=_{hex}")
}

#[cfg(test)]
mod tests;
