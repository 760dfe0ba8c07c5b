//! The book: one business, one SQLite file, one door.
//!
//! Every write is a [`Command`] through [`Book::execute`]; it leaves one chained history record, or
//! no trace at all. Everything that is asked of a book is a function of [`read`]. This crate holds
//! all the SQL there is, but for office mode. It never reads a clock, the network, the environment
//! or a secret: the caller hands over the instant, the actor and the bytes. A posted entry never
//! changes here, not even to undo. Start reading at `door.rs`, then one file of `commands/`.

mod blobs;
pub mod chart;
mod commands;
mod door;
mod error;
mod feeds;
mod history;
mod ids;
pub mod invoicing;
mod law;
mod lock;
mod outbox;
pub mod read;
mod rows;
mod schema;
pub mod tax_codes;
mod tx;

pub use blobs::BlobHash;
pub use commands::*;
pub use door::{Book, Context, Done, Key, NoTask, Task};
pub use error::{Code, Error, Refusal, Result};
pub use feeds::{Heard, PendingLine};
pub use history::Verified;
pub use ids::*;
pub use law::Law;
pub use outbox::Leased;
