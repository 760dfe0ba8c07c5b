//! Sending under fire: a program that sends through a server that fails, and dies at every step.
//!
//! A parent queues messages in a book through the calls that a person has, then lets one program
//! after the other run the outbox. Every message meets one fault of the server, and a death of the
//! program, killed by the server or by itself. What the server has is held against what the book
//! says: nothing twice without the person's word, nothing lost, nothing claimed that is not so.
//! `docs/sending.md` tells what is promised. Start reading at [`batch`], then [`plan`].

#[path = "../../crates/courier/tests/fault_server/authority.rs"]
pub mod authority;
mod batch;
mod checks;
mod child;
mod desk;
pub mod plan;
mod scenes;
pub mod server;
mod tally;
mod trial;

pub use batch::batch;
pub use child::{Errand, What, send};
pub use desk::Template;
pub use scenes::{half_settled, restored, two_at_once};
pub use tally::Tally;
pub use trial::{Launch, pem};

/// The password of the account; it may stand nowhere but on the wire, under TLS.
const PASSWORD: &str = "pl4nted-Passw0rd-of-the-test";

/// The user of the account, and the address letters come from.
const USER: &str = "atelier@morvan.example";
