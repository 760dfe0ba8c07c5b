//! The whole engine by its calls: from bytes and typed entries to returns, and back by explanations.

mod desk;
mod explanations;
mod returns;
mod undo;
