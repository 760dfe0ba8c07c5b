//! Numbers that bear their own check, told right or wrong while they are typed.

use super::{Called, Seen};
use crate::app::App;
use crate::host::Progress;
use serde::{Deserialize, Serialize};
use std::path::Path;
use ts_rs::TS;
use values::{Iban, Siren};

/// A number as it is typed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct TypedNumber {
    /// The text.
    pub text: String,
}

/// A SIREN checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SirenCheck {
    /// Whether its own digits hold.
    pub valid: bool,
    /// In groups of three; as it was typed where it is not valid.
    pub formatted: String,
    /// The VAT number that goes with it.
    pub vat_number: Option<String>,
}

/// An IBAN checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct IbanCheck {
    /// Whether its own digits hold.
    pub valid: bool,
    /// In groups of four; as it was typed where it is not valid.
    pub formatted: String,
    /// ISO 3166 code of its country, if valid.
    pub country: Option<String>,
}

impl App {
    /// Whether a text is a SIREN.
    pub fn siren(&self, _: &Path, request: TypedNumber, _: &dyn Progress) -> Called<SirenCheck> {
        Ok(Seen::nowhere(match Siren::parse(&request.text) {
            Ok(siren) => SirenCheck {
                valid: true,
                formatted: siren.to_string(),
                vat_number: Some(siren.vat_number()),
            },
            Err(_) => SirenCheck { valid: false, formatted: request.text, vat_number: None },
        }))
    }

    /// Whether a text is an IBAN.
    pub fn check_iban(
        &self,
        _: &Path,
        request: TypedNumber,
        _: &dyn Progress,
    ) -> Called<IbanCheck> {
        Ok(Seen::nowhere(match Iban::parse(&request.text) {
            Ok(iban) => IbanCheck {
                valid: true,
                formatted: iban.to_string(),
                country: Some(iban.as_str().chars().take(2).collect()),
            },
            Err(_) => IbanCheck { valid: false, formatted: request.text, country: None },
        }))
    }
}
