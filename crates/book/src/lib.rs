//! (being laid)

pub mod chart;
pub mod tax_codes;
