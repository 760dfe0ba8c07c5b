//! Tests of the whole engine, and what they share.
//!
//! The simulation writes random commands, sound and hostile, into a book and holds it against a
//! simple model that knows no SQL; its writer is killed at random moments, and the book must then
//! hold exactly what was acknowledged. A seed tells the same story on every machine. Nothing here
//! is shipped, and nothing here writes into a book but through its door. Start reading at [`run`],
//! then [`model`], then [`crash`]. [`sending`] does the same to the outbox: a program that sends
//! through a server that fails, and dies at every step.

pub mod chance;
pub mod crash;
pub mod invent;
pub mod model;
pub mod run;
pub mod sending;
pub mod table;
