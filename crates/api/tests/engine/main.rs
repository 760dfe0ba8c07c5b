//! The whole engine by its calls: from bytes and typed entries to returns, and back again.

mod desk;
mod explanations;
mod returns;
mod undo;
