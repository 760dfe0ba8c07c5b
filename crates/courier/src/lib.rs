//! Mail out: a letter composed once, sent once, and what is known of it.
//!
//! [`compose`] turns a [`Letter`] into the bytes that are kept and sent; the same letter gives the
//! same bytes. [`send`] hands those bytes to the sender's own mail server and says at which step it
//! failed, if it failed: [`SendFault::handed_over`] tells whether sending again could make a second
//! letter. [`find_sent`] looks for evidence of a letter whose fate is unknown; [`file_sent`] keeps
//! a copy where the person's mail program looks for it.
//!
//! It never sends twice, never sends to some of the recipients, never speaks to a server without
//! TLS, and never falls back. It reads neither clock nor randomness: the instant and the Message-ID
//! are given. It keeps nothing: the outbox, its retries and its leases are the caller's.
//!
//! The dialogue is our own; lettre only composes. lettre 0.11.23 keeps what a server sent in plain
//! after its answer to STARTTLS and takes it for answers given under TLS, which RFC 3207 section 6
//! forbids: somebody on the way could answer "accepted" for the server, and the letter be lost.
//!
//! Start reading at `send.rs`, then `wire.rs`.

mod account;
mod address;
mod letter;
mod login;
mod send;
mod sent_folder;
mod trust;
mod wire;
mod words;

pub use account::{ImapAccount, MailAccount, Patience, Security};
pub use address::{Address, AddressFlaw, Envelope, EnvelopeFault};
pub use letter::{Attachment, ComposeFault, Field, Letter, compose};
pub use send::fault::{FaultKind, HandedOver, Phase, SendFault, Stop};
pub use send::{Receipt, send};
pub use sent_folder::fault::{FolderFault, FolderFaultKind, Step};
pub use sent_folder::{Filed, Found, file_sent, find_sent};
pub use trust::{Trust, TrustFault};
pub use wire::CertificateFlaw;
