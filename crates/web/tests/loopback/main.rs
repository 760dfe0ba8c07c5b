//! The server over real sockets: who is refused, what is answered, what is left behind.

mod calls;
mod client;
mod events;
mod files;
mod guards;
mod pages;
mod stopping;
