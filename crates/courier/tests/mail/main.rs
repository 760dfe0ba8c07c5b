//! Mail on loopback: a server that fails on purpose, and the real ones if they are installed.

#[path = "../fault_server/mod.rs"]
mod fault_server;

mod correspondence;
mod exim;
mod faults;
mod folder_faults;
mod folders;
mod real_server;
