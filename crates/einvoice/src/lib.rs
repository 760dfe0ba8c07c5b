//! The invoice as the European standard models it (EN 16931-1): one structure of plain values, its
//! sums, and the rules that it must keep.
//!
//! Every field names the business term (BT) or group (BG) that it is. An [`Invoice`] is a record:
//! it knows no customer list, no account and no page, and is never changed once its number is
//! given. Amounts are whole minor units of its currency; quantities, unit prices and rates are
//! decimals. Terms that Comptoir neither issues nor shows (payee, tax representative, cards) are
//! left out until something needs them; they join as optional fields, so a kept record stays
//! readable. Start reading at [`Invoice`], then [`sum_up`], then [`check`].

mod check;
mod model;
mod sums;

pub use check::{Problem, ProblemCode, check};
pub use model::*;
pub use sums::{LineSum, SumError, line_sum, sum_up};
