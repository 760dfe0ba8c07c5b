//! Bytes in from banks: connectors as text files, read by one engine.
//!
//! A connector file (`assets/connectors/<id>.toml`) tells how to get permission, what to ask and
//! how answers go on over pages; its other half, how answers become lines, belongs to `statement`.
//! This crate asks and understands refusals. It stores nothing, books nothing, waits for nothing
//! and knows no clock: moments, secrets and the wish to stop come in as values. It reaches only
//! the hosts that a file names, and no verb of the format can move money.
//!
//! Start reading at [`Connector`], then [`connect`], [`Run`], [`fetch`], [`again`].

mod address;
mod again;
mod budget;
mod check;
mod connector;
mod consent;
mod errors;
mod fetch;
mod meaning;
mod run;
mod template;
mod web;
mod wire;
mod words;

pub use address::Address;
pub use again::{Again, again};
pub use budget::{Allowance, Asker, Budget};
pub use check::{Finding, check};
pub use connector::{Ask, BrokenConnector, BrokenWhy, Connector, Connectors, Limits};
pub use consent::connect;
pub use fetch::{Body, Kept, fetch};
pub use meaning::{Fault, Meaning};
pub use run::{
    AccountOutcome, AccountWindow, Answer, Done, Outcome, Planned, Resource, Run, RunError,
};
pub use statement::feed::{Lack, MappingError, MappingFault};
pub use web::{Web, WebError};
pub use wire::{Method, Wire, WireAnswer, WireFault, WireLimits, WireRequest};
