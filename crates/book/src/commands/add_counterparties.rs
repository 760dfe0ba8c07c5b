//! Customers, suppliers, anyone we deal with.

use super::Outcome;
use crate::error::{Code, Error, Result};
use crate::ids::CounterpartyId;
use crate::tx::Tx;
use rusqlite::params;
use serde::{Deserialize, Serialize};
use values::{Siren, VatNumber};

/// Adds counterparties; one whose code is known with the same content is left alone.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddCounterparties {
    /// The counterparties.
    pub counterparties: Vec<NewCounterparty>,
}

/// One counterparty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewCounterparty {
    /// Short and unique: the auxiliary account of the legal export.
    pub code: String,
    /// The name.
    pub name: String,
    /// SIREN of a French business, checked by its own digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub siren: Option<Siren>,
    /// VAT number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat_number: Option<VatNumber>,
    /// ISO 3166 code of the country, capitals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// A consumer rather than a business.
    #[serde(default)]
    pub consumer: bool,
}

impl AddCounterparties {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        for counterparty in &self.counterparties {
            add(tx, counterparty)?;
        }
        Ok(Outcome::Count(self.counterparties.len() as u64))
    }
}

/// Adds one counterparty, unless it is there already.
pub(super) fn add(tx: &Tx<'_>, new: &NewCounterparty) -> Result<CounterpartyId> {
    let code = new.code.trim();
    if code.is_empty() || new.name.trim().is_empty() || code.len() > 40 {
        let (name, value) =
            if code.is_empty() || code.len() > 40 { ("code", code) } else { ("name", "") };
        let args: [(&'static str, &dyn std::fmt::Display); 2] =
            [("name", &name), ("value", &value)];
        return Err(Error::refused(Code::BadValue, &args));
    }
    if let Some(id) = known(tx, code, new)? {
        return Ok(id);
    }
    let id = tx.insert(
        "INSERT INTO counterparty (code, name, siren, vat_number, country, consumer)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            code,
            new.name.trim(),
            new.siren.as_ref().map(Siren::as_str),
            new.vat_number.as_ref().map(VatNumber::as_str),
            new.country,
            new.consumer
        ],
    )?;
    Ok(CounterpartyId(id))
}

/// A counterparty of that code: what it did not say yet is added, another name or number refused.
fn known(tx: &Tx<'_>, code: &str, new: &NewCounterparty) -> Result<Option<CounterpartyId>> {
    let found = tx.first(
        "SELECT id, name, siren, vat_number, country FROM counterparty WHERE code = ?1",
        [code],
        |row| {
            let kept: [Option<String>; 3] = [row.get(2)?, row.get(3)?, row.get(4)?];
            Ok((row.get::<_, CounterpartyId>(0)?, row.get::<_, String>(1)?, kept))
        },
    )?;
    let Some((id, name, kept)) = found else { return Ok(None) };
    let said = [
        new.siren.as_ref().map(Siren::as_str),
        new.vat_number.as_ref().map(VatNumber::as_str),
        new.country.as_deref(),
    ];
    let contradicts = kept
        .iter()
        .zip(said)
        .any(|(kept, said)| matches!((kept, said), (Some(kept), Some(said)) if kept != said));
    if name != new.name.trim() || contradicts {
        let args: [(&'static str, &dyn std::fmt::Display); 2] = [("code", &code), ("name", &name)];
        return Err(Error::refused(Code::CounterpartyTaken, &args));
    }
    for (column, (kept, said)) in
        ["siren", "vat_number", "country"].iter().zip(kept.iter().zip(said))
    {
        if let (None, Some(said)) = (kept, said) {
            tx.write(
                &format!("UPDATE counterparty SET {column} = ?2 WHERE id = ?1"),
                params![id, said],
            )?;
        }
    }
    Ok(Some(id))
}

/// The counterparty of a code.
pub(super) fn counterparty_of(tx: &Tx<'_>, code: &str) -> Result<CounterpartyId> {
    tx.first("SELECT id FROM counterparty WHERE code = ?1", [code], |row| row.get(0))?
        .ok_or_else(|| Error::refused(Code::UnknownCounterparty, &[("code", &code)]))
}
