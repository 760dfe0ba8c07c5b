//! Dated settings: value, valid from.

use super::Outcome;
use super::save_counterparty::is_mail_address;
use crate::error::{Code, Error, Result};
use crate::tx::Tx;
use rusqlite::params;
use serde::{Deserialize, Serialize};
use values::{Day, Decimal, Iban, Siren, VatNumber};

/// Gives a setting another value from a day on.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeSetting {
    /// One of [`SETTINGS`].
    pub name: String,
    /// The value.
    pub value: String,
    /// First day it holds.
    pub valid_from: Day,
}

/// A setting that a book knows.
pub struct Setting {
    /// Its name.
    pub name: &'static str,
    /// The words it may hold; empty when it is free text or checked otherwise.
    pub words: &'static [&'static str],
    /// What a new book gets when nothing is said.
    pub default: Option<&'static str>,
}

const fn free(name: &'static str) -> Setting {
    Setting { name, words: &[], default: None }
}

const fn words(name: &'static str, words: &'static [&'static str]) -> Setting {
    Setting { name, words, default: Some(words[0]) }
}

/// Every setting there is, with its closed list of words.
pub const SETTINGS: &[Setting] = &[
    free("name"),
    free("siren"),
    free("vat_number"),
    free("address"),
    free("time_zone"),
    Setting {
        name: "legal_form",
        words: &["EI", "EURL", "SARL", "SAS", "SASU", "SA", "SNC", "SCI", "association", "other"],
        default: None,
    },
    words("vat_regime", &["normal_monthly", "normal_quarterly", "simplified", "franchise"]),
    words("vat_on", &["payments", "invoices"]),
    words("activity", &["mixed", "goods", "services"]),
    words("territory", &["FR-MET", "FR-20", "FR-971", "FR-972", "FR-973", "FR-974", "FR-976"]),
    words("income_tax", &["IS", "BIC", "BNC", "micro"]),
    words("basis", &["accrual", "cash"]),
    Setting { name: "deduction_coefficient", words: &[], default: Some("1") },
    // What invoices say, and how they are numbered and sent.
    free("share_capital"),
    free("register"),
    free("email"),
    free("telephone"),
    free("invoice_iban"),
    free("invoice_bic"),
    free("invoice_prefix"),
    free("credit_note_prefix"),
    free("payment_days"),
    free("late_payment"),
    free("discount_terms"),
    free("invoice_footer"),
    free("mail_account"),
];

/// Settings that may be empty again: what invoices say besides what they must.
const OPTIONAL: &[&str] = &[
    "share_capital",
    "register",
    "email",
    "telephone",
    "invoice_iban",
    "invoice_bic",
    "invoice_prefix",
    "credit_note_prefix",
    "payment_days",
    "late_payment",
    "discount_terms",
    "invoice_footer",
    "mail_account",
];

impl ChangeSetting {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        check_setting(&self.name, &self.value)?;
        tx.write(
            "INSERT INTO setting (name, value, valid_from) VALUES (?1, ?2, ?3)
             ON CONFLICT (name, valid_from) DO UPDATE SET value = excluded.value
             WHERE value <> excluded.value",
            params![self.name, self.value, self.valid_from.to_string()],
        )?;
        Ok(Outcome::Done)
    }
}

/// Refuses an unknown setting, a word outside its list, or a number whose own digits do not fit.
pub(super) fn check_setting(name: &str, value: &str) -> Result<()> {
    let Some(setting) = SETTINGS.iter().find(|setting| setting.name == name) else {
        return Err(Error::refused(Code::UnknownSetting, &[("name", &name)]));
    };
    if (name, value) == ("basis", "cash") {
        return Err(Error::refused(Code::CashBook, &[]));
    }
    let coefficient = |value: &str| {
        value.parse::<Decimal>().is_ok_and(|share| {
            share >= Decimal::ZERO && share <= Decimal::ONE && share.scale() <= 2
        })
    };
    let cleared = value.is_empty() && OPTIONAL.contains(&name);
    let good = match name {
        _ if cleared => true,
        "siren" => Siren::parse(value).is_ok(),
        "vat_number" => VatNumber::parse(value).is_ok(),
        "time_zone" => value.parse::<chrono_tz::Tz>().is_ok(),
        "deduction_coefficient" => coefficient(value),
        "invoice_iban" => Iban::parse(value).is_ok(),
        "email" => is_mail_address(value),
        "payment_days" => value.parse::<u16>().is_ok_and(|days| days <= 366),
        "invoice_prefix" | "credit_note_prefix" => is_prefix(value),
        _ if setting.words.is_empty() => !value.trim().is_empty() && value.len() <= 1_000,
        _ => setting.words.contains(&value),
    };
    if good {
        return Ok(());
    }
    let allowed = setting.words.join(", ");
    Err(Error::refused(
        Code::BadValue,
        &[("name", &name), ("value", &value), ("allowed", &allowed)],
    ))
}

/// What may begin a number: year, dashes and four digits or more follow, 35 characters in all
/// (BR-FR-01).
fn is_prefix(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "+-_/".contains(c);
    (1..=16).contains(&text.len()) && text.chars().all(plain)
}
