//! Counterparties to choose from.

use super::Reader;
use crate::error::{Code, Error, Result};
use einvoice::Address;
use rusqlite::Row;

/// A counterparty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counterparty {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Code of the account of the last line that named it.
    pub last_account: Option<String>,
}

impl Reader {
    /// Every counterparty, by name.
    pub fn counterparties(&self) -> Result<Vec<Counterparty>> {
        self.all(
            "SELECT counterparty.code, counterparty.name, account.code FROM counterparty
             LEFT JOIN posting ON posting.id =
               (SELECT max(id) FROM posting WHERE posting.counterparty = counterparty.id)
             LEFT JOIN account ON account.id = posting.account
             ORDER BY counterparty.name, counterparty.code",
            [],
            |row| {
                Ok(Counterparty { code: row.get(0)?, name: row.get(1)?, last_account: row.get(2)? })
            },
        )
    }
}

/// A counterparty whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its SIREN.
    pub siren: Option<String>,
    /// Its VAT number.
    pub vat_number: Option<String>,
    /// A consumer rather than a business.
    pub consumer: bool,
    /// Its address; empty where none is known.
    pub address: Address,
    /// Where invoices are sent.
    pub email: Option<String>,
    /// Days after the invoice in which it pays.
    pub terms_days: Option<u16>,
    /// `fr` or `en`.
    pub language: Option<String>,
    /// What is open on its accounts in minor units: what it owes is positive.
    pub open_minor: i64,
    /// How many invoices and credit notes were written for it.
    pub invoices: u64,
}

const PARTY: &str = "code, name, siren, vat_number, consumer, address, email, terms, language,
   country, coalesce((SELECT sum(rest_minor) FROM posting
     JOIN open_cache ON open_cache.posting = posting.id
     WHERE posting.counterparty = counterparty.id), 0),
   (SELECT count(*) FROM invoice WHERE invoice.counterparty = counterparty.id)
 FROM counterparty";

fn party(row: &Row<'_>) -> rusqlite::Result<Party> {
    let texts: [Option<String>; 3] = [row.get(5)?, row.get(7)?, row.get(9)?];
    let [address, terms, country] = texts;
    let mut address: Address =
        address.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    if address.country.is_empty() {
        address.country = country.unwrap_or_default();
    }
    Ok(Party {
        code: row.get(0)?,
        name: row.get(1)?,
        siren: row.get(2)?,
        vat_number: row.get(3)?,
        consumer: row.get(4)?,
        address,
        email: row.get(6)?,
        terms_days: terms.and_then(|text| text.parse().ok()),
        language: row.get(8)?,
        open_minor: row.get(10)?,
        invoices: row.get::<_, i64>(11)?.unsigned_abs(),
    })
}

impl Reader {
    /// Every counterparty whole, by name.
    pub fn parties(&self) -> Result<Vec<Party>> {
        self.all(&format!("SELECT {PARTY} ORDER BY name, code"), [], party)
    }

    /// One counterparty whole.
    pub fn party(&self, code: &str) -> Result<Party> {
        self.first(&format!("SELECT {PARTY} WHERE code = ?1"), [code], party)?
            .ok_or_else(|| Error::refused(Code::UnknownCounterparty, &[("code", &code)]))
    }

    /// The IBANs of the bank lines that were booked to a counterparty, the latest first.
    pub fn ibans_of(&self, code: &str) -> Result<Vec<String>> {
        self.all(
            "SELECT party_iban FROM line JOIN \"match\" ON \"match\".line = line.id AND released = 0
             JOIN posting ON posting.entry = \"match\".entry
             JOIN counterparty ON counterparty.id = posting.counterparty
             WHERE counterparty.code = ?1 AND party_iban IS NOT NULL
             GROUP BY party_iban ORDER BY max(line.day) DESC LIMIT 10",
            [code],
            |row| row.get(0),
        )
    }
}
