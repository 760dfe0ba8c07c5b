//! The application: opens books, holds the one list of calls, runs long work; the only place where
//! all crates meet.
//!
//! A shell gives a [`Host`] (clock, randomness, language) and asks by name; everything below gets
//! values. Requests and answers are plain structs in JSON, amounts in minor units. Nothing here
//! draws, parses a command line or knows a window. Start reading at `calls.rs`, the list.

mod app;
mod calls;
mod desk;
mod failure;
mod host;
mod sentences;
mod typescript;

pub use app::{Answer, App};
pub use book::invoicing::{CreditReason, InvoiceDraft, InvoiceKind, InvoiceLine};
pub use calls::*;
pub use courier::Patience;
pub use desk::{Desk, Request};
pub use failure::Failure;
pub use host::{
    Event, Host, NoSecrets, NoWire, Progress, SecretFault, SecretName, Secrets, Silent,
};
pub use sentences::{Language, Sentences};
pub use source::{Finding, Wire};
