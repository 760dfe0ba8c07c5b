//! A customer or supplier as a person keeps it: everything that an invoice says of the other side.

use super::Outcome;
use crate::error::{Code, Error, Result};
use crate::ids::CounterpartyId;
use crate::tx::Tx;
use einvoice::Address;
use rusqlite::params;
use serde::{Deserialize, Serialize};
use values::{Siren, VatNumber};

/// Writes a counterparty whole: what is absent is taken away. An entry that names it keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveCounterparty {
    /// Its code; one is made of the name for a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The name.
    pub name: String,
    /// SIREN of a French business, checked by its own digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub siren: Option<Siren>,
    /// VAT number; a French one is checked by its key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat_number: Option<VatNumber>,
    /// A consumer rather than a business.
    #[serde(default)]
    pub consumer: bool,
    /// The postal address, its country in two capitals.
    #[serde(default)]
    pub address: Address,
    /// Where invoices are sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Electronic address with its scheme: `0225:812345676`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub electronic_address: Option<String>,
    /// Days after the invoice in which it pays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms_days: Option<u16>,
    /// `fr` or `en`: the language of what it is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// The longest term that anything allows: a year.
const LONGEST_TERM: u16 = 366;

impl SaveCounterparty {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        self.check()?;
        let code = match &self.code {
            Some(code) => code.trim().to_owned(),
            None => free_code(tx, &self.name)?,
        };
        let address = serde_json::to_string(&self.address)
            .map_err(|why| Error::Damaged(format!("an address cannot be written: {why}")))?;
        let country = Some(&self.address.country).filter(|country| !country.is_empty());
        let known: Option<CounterpartyId> =
            tx.first("SELECT id FROM counterparty WHERE code = ?1", [&code], |row| row.get(0))?;
        let values = params![
            code,
            self.name.trim(),
            self.siren.as_ref().map(Siren::as_str),
            self.vat_number.as_ref().map(VatNumber::as_str),
            country,
            self.consumer,
            address,
            filled(&self.email),
            filled(&self.electronic_address),
            self.terms_days.map(|days| days.to_string()),
            filled(&self.language),
        ];
        if known.is_some() {
            tx.write(
                "UPDATE counterparty SET name = ?2, siren = ?3, vat_number = ?4, country = ?5,
                   consumer = ?6, address = ?7, email = ?8, electronic_address = ?9, terms = ?10,
                   language = ?11
                 WHERE code = ?1",
                values,
            )?;
        } else {
            tx.insert(
                "INSERT INTO counterparty (code, name, siren, vat_number, country, consumer,
                   address, email, electronic_address, terms, language)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                values,
            )?;
        }
        Ok(Outcome::Counterparty(code))
    }

    fn check(&self) -> Result<()> {
        let bad = |name: &'static str, value: &str| {
            let args: [(&'static str, &dyn std::fmt::Display); 2] =
                [("name", &name), ("value", &value)];
            Err(Error::refused(Code::BadValue, &args))
        };
        let code = self.code.as_deref().map(str::trim);
        if code.is_some_and(|code| code.is_empty() || code.len() > 40) {
            return bad("code", code.unwrap_or(""));
        }
        if self.name.trim().is_empty() || self.name.len() > 200 || has_control(&self.name) {
            return bad("name", &self.name);
        }
        if let Some(number) = self.vat_number.as_ref().filter(|one| one.key_fits() == Some(false)) {
            return bad("vat_number", number.as_str());
        }
        if let Some(email) = filled(&self.email).filter(|email| !is_mail_address(email)) {
            return bad("email", email);
        }
        let country = &self.address.country;
        let plain = country.len() == 2 && country.bytes().all(|one| one.is_ascii_uppercase());
        if !country.is_empty() && !plain {
            return bad("country", country);
        }
        let Address { line1, line2, post_code, city, .. } = &self.address;
        for text in [line1, line2, post_code, city] {
            if has_control(text) || text.len() > 200 {
                return bad("address", text);
            }
        }
        if let Some(days) = self.terms_days.filter(|days| *days > LONGEST_TERM) {
            return bad("terms_days", &days.to_string());
        }
        match filled(&self.language) {
            None | Some("fr" | "en") => Ok(()),
            Some(other) => bad("language", other),
        }
    }
}

fn filled(text: &Option<String>) -> Option<&str> {
    text.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

fn has_control(text: &str) -> bool {
    text.chars().any(char::is_control)
}

/// One `@` with something on both sides, a dot in the domain, nothing that ends a header.
pub(super) fn is_mail_address(text: &str) -> bool {
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>,;\"()[]\\".contains(c);
    match text.split_once('@') {
        Some((local, domain)) => {
            !local.is_empty()
                && domain.contains('.')
                && !domain.contains('@')
                && domain.split('.').all(|label| !label.is_empty())
                && text.chars().all(plain)
                && text.len() <= 254
        }
        None => false,
    }
}

/// A code of the name's letters that is not taken: `GALERIEVASSEUR`, `GALERIEVASSEUR2`.
fn free_code(tx: &Tx<'_>, name: &str) -> Result<String> {
    let letters: String = name
        .chars()
        .flat_map(char::to_uppercase)
        .map(plain_letter)
        .filter(char::is_ascii_alphanumeric)
        .take(14)
        .collect();
    let stem = if letters.is_empty() { "TIERS".to_owned() } else { letters };
    for place in 1.. {
        let code = if place == 1 { stem.clone() } else { format!("{stem}{place}") };
        let taken = tx.first("SELECT 1 FROM counterparty WHERE code = ?1", [&code], |_| Ok(()))?;
        if taken.is_none() {
            return Ok(code);
        }
    }
    Ok(stem)
}

/// A capital without its accent; what has no plain letter stays, and is dropped.
fn plain_letter(letter: char) -> char {
    const FOLDED: &[(&str, char)] = &[
        ("ÀÁÂÃÄÅ", 'A'),
        ("Ç", 'C'),
        ("ÈÉÊË", 'E'),
        ("ÌÍÎÏ", 'I'),
        ("Ñ", 'N'),
        ("ÒÓÔÕÖØ", 'O'),
        ("ÙÚÛÜ", 'U'),
        ("ÝŸ", 'Y'),
    ];
    FOLDED.iter().find(|(from, _)| from.contains(letter)).map_or(letter, |(_, plain)| *plain)
}
