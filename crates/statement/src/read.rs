//! The one entrance: bytes and recipes in, a reading or a refusal out.

use crate::detect::{Kind, kind_of};
use crate::{Reading, Recipes, Refusal, by_recipe, camt, ofx};

/// Reads a bank statement of any known format, found by its content.
///
/// `file_name` only decides between recipes that fit equally well. The result borrows from `bytes`
/// where the encoding allows; [`Reading::into_owned`] cuts the tie. Nothing is opened or kept.
pub fn read<'a>(
    bytes: &'a [u8],
    file_name: Option<&str>,
    recipes: &Recipes,
) -> Result<Reading<'a>, Refusal> {
    match kind_of(bytes) {
        Kind::Ofx => ofx::read(bytes),
        Kind::Xml => camt::read(bytes),
        Kind::Table => by_recipe::read(bytes, file_name, recipes),
        Kind::Other(code) => Err(Refusal::new(code)),
    }
}
