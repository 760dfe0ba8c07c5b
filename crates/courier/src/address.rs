//! Mail addresses: what a person typed, and what may stand in a header and an envelope.

use lettre::message::Mailbox;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A mail address with the name of whose it is. As typed: it is checked where it is used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// The name shown beside it, in any script.
    #[serde(default)]
    pub name: Option<String>,
    /// `user@domain`; the domain may be an international one.
    pub address: String,
}

/// What is wrong with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressFlaw {
    /// A line break or another control character stands in it.
    ControlCharacter,
    /// The part before the `@` is not plain ASCII; few servers could deliver it (RFC 6531), so it
    /// is refused rather than tried.
    UserNotAscii,
    /// It is no `user@domain` of RFC 5321 section 4.1.2, or its domain has no form in ASCII (IDNA).
    Malformed,
}

impl AddressFlaw {
    /// The word that sentences are found by.
    pub fn code(self) -> &'static str {
        match self {
            AddressFlaw::ControlCharacter => "control_character",
            AddressFlaw::UserNotAscii => "user_not_ascii",
            AddressFlaw::Malformed => "malformed",
        }
    }
}

/// Why no envelope was made.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum EnvelopeFault {
    /// Nobody to send to.
    #[error("no recipient")]
    NoRecipient,
    /// An address that cannot be used.
    #[error("the address {address:?} is refused ({})", .flaw.code())]
    BadAddress {
        /// As it was given.
        address: String,
        /// What is wrong with it.
        flaw: AddressFlaw,
    },
}

impl EnvelopeFault {
    /// The word that sentences are found by.
    pub fn code(&self) -> &'static str {
        match self {
            EnvelopeFault::NoRecipient => "no_recipient",
            EnvelopeFault::BadAddress { .. } => "bad_address",
        }
    }
}

/// Who a letter comes from and who gets it, checked, for the server (RFC 5321 section 2.3.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    pub(crate) from: Checked,
    pub(crate) to: Vec<Checked>,
}

impl Envelope {
    /// Checks each address and turns international domains into ASCII. A recipient named twice is
    /// kept once, so that nobody gets a letter twice.
    pub fn new(from: &str, to: &[&str]) -> Result<Envelope, EnvelopeFault> {
        let from = Checked::new(from)?;
        let mut recipients: Vec<Checked> = Vec::new();
        for address in to {
            let checked = Checked::new(address)?;
            if !recipients.iter().any(|known| known.ascii == checked.ascii) {
                recipients.push(checked);
            }
        }
        if recipients.is_empty() {
            return Err(EnvelopeFault::NoRecipient);
        }
        Ok(Envelope { from, to: recipients })
    }
}

/// An address that may be written to a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Checked {
    /// As it was given, for telling people.
    pub given: String,
    /// All ASCII, domain in its ASCII form.
    pub ascii: lettre::Address,
}

impl Checked {
    /// Checks one address.
    pub fn new(given: &str) -> Result<Checked, EnvelopeFault> {
        let refuse = |flaw| EnvelopeFault::BadAddress { address: given.to_owned(), flaw };
        if given.chars().any(breaks_a_line) {
            return Err(refuse(AddressFlaw::ControlCharacter));
        }
        let (user, domain) =
            given.rsplit_once('@').ok_or_else(|| refuse(AddressFlaw::Malformed))?;
        if !user.is_ascii() {
            return Err(refuse(AddressFlaw::UserNotAscii));
        }
        // A domain literal, [192.0.2.1], is no name and has no IDNA form.
        let domain = if domain.starts_with('[') {
            domain.to_owned()
        } else {
            idna::domain_to_ascii_strict(domain).map_err(|_| refuse(AddressFlaw::Malformed))?
        };
        let ascii = lettre::Address::new(user, domain)
            .ok()
            .filter(|address| fits_an_envelope(address.as_ref()))
            .ok_or_else(|| refuse(AddressFlaw::Malformed))?;
        Ok(Checked { given: given.to_owned(), ascii })
    }

    /// With a name, for a header.
    pub fn named(self, name: Option<&str>) -> Mailbox {
        let name = name.map(str::trim).filter(|name| !name.is_empty());
        Mailbox::new(name.map(str::to_owned), self.ascii)
    }
}

/// True for what must stand in no header value and no command: control characters, and the two
/// separators of Unicode that some programs take for a line break.
pub(crate) fn breaks_a_line(character: char) -> bool {
    character.is_control() || matches!(character, '\u{2028}' | '\u{2029}')
}

/// RFC 5321 section 4.5.3.1.3 allows 256 bytes with the angle brackets; and outside of a quoted
/// user part nothing may end the brackets early, inside it we want no such risk either.
fn fits_an_envelope(address: &str) -> bool {
    address.is_ascii()
        && address.len() <= 254
        && !address.bytes().any(|byte| matches!(byte, b'<' | b'>' | b' '))
}

#[cfg(test)]
mod tests;
