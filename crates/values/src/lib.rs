//! Plain values that every floor speaks in: money, days, periods, business and bank identifiers.
//!
//! Nothing here reads a file, a clock or a setting. Money is whole minor units (cents for the
//! euro), days are calendar days without a zone, and an identifier that is held has passed its own
//! check digits. Start reading at [`Money`] and [`Day`].

mod day;
mod iban;
mod money;
mod period;
mod secret;
mod siren;
mod vat_number;

pub use day::{Day, DayError};
pub use iban::{Iban, IbanError};
pub use money::{
    Currency, CurrencyError, MAX_MINOR, Money, MoneyError, Rounding, minor_from_decimal,
};
pub use period::{Period, PeriodError};
pub use rust_decimal::Decimal;
pub use secret::Secret;
pub use siren::{Siren, SirenError};
pub use vat_number::{VatNumber, VatNumberError};
