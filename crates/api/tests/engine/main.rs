//! The whole engine by its calls: from bytes and typed entries to returns, and back again.

mod bank_screen;
mod choices;
mod copies;
mod desk;
mod explanations;
mod feeds;
mod home;
mod ofx;
mod places;
mod records;
mod returns;
mod sales;
mod sample;
mod thread;
mod undo;
