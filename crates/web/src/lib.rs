//! The interface in a browser: a server on this machine's own loopback, for one person and one run.
//!
//! It hands calls to `api`, tells events, takes files in, gives written files out, and serves the
//! built interface. It is never reached from another machine, never answers a page of another
//! origin, and knows no rule of accounting. Who asks holds the token of this run. Start reading at
//! `serve.rs`, then `guards.rs`.

mod body;
mod calls;
mod error;
mod events;
mod file_name;
mod folders;
mod guards;
mod interface;
mod link;
mod routes;
mod saved;
mod serve;

pub use error::WebError;
pub use interface::Interface;
pub use serve::{Options, Running, serve};
