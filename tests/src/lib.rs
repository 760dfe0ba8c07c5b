//! Tests of the whole engine, and what they share.
//!
//! The simulation writes random commands, sound and hostile, into a book and holds it against a
//! simple model that knows no SQL; its writer is killed at random moments, and the book must then
//! hold exactly what was acknowledged. A seed tells the same story on every machine. Nothing here
//! is shipped. Start reading at [`run`], then [`model`], then [`crash`].

pub mod chance;

pub mod invent;
pub mod model;
pub mod run;
