//! What must be read of a book to make an invoice: the customer, the settings of the day, the last
//! number, the invoice that is answered.

use super::{InvoiceDraft, InvoiceKind};
use crate::error::{Code, Error, Result};
use crate::ids::{CounterpartyId, InvoiceId, PostingId};
use crate::read::{BookFacts, day_or_none, facts_on};
use crate::rows;
use einvoice::Address;
use rusqlite::Connection;
use values::Day;

/// A customer as an invoice needs it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Customer {
    pub(crate) id: Option<CounterpartyId>,
    pub(crate) name: String,
    pub(crate) siren: Option<String>,
    pub(crate) vat_number: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) consumer: bool,
    pub(crate) address: Address,
    pub(crate) email: Option<String>,
    pub(crate) electronic_address: Option<String>,
    /// Days after the invoice.
    pub(crate) terms_days: Option<u16>,
    pub(crate) language: String,
}

/// The invoice that a credit note answers.
#[derive(Debug, Clone)]
pub(crate) struct Answered {
    pub(crate) reference: String,
    pub(crate) day: Option<Day>,
    pub(crate) customer: Option<CounterpartyId>,
    pub(crate) draft: InvoiceDraft,
    pub(crate) claim: Option<PostingId>,
    /// What no credit note took yet, in minor units.
    pub(crate) left_minor: i64,
}

/// Everything that an invoice is made of besides its draft.
pub(super) struct Gathered {
    pub(super) facts: BookFacts,
    pub(super) customer: Option<Customer>,
    pub(super) answered: Option<Answered>,
    /// The last number of the series and its day.
    pub(super) last: Option<(i64, Day)>,
    pub(super) series: String,
    /// The IBAN customers pay to.
    pub(super) iban: Option<String>,
}

pub(super) fn gather(
    connection: &Connection,
    draft: &InvoiceDraft,
    day: Day,
    prefix: &str,
) -> Result<Gathered> {
    let facts = facts_on(connection, day)?;
    let setting = |name: &str| facts.settings.get(name).filter(|value| !value.is_empty());
    let own = match draft.kind {
        InvoiceKind::Invoice => setting("invoice_prefix"),
        InvoiceKind::CreditNote => setting("credit_note_prefix"),
    };
    let series = format!("{}-{}", own.map_or(prefix, String::as_str), day.year());
    let customer = match &draft.customer {
        Some(code) => Some(customer(connection, code)?),
        None => None,
    };
    let answered = match draft.answers {
        Some(id) => Some(answered(connection, id)?),
        None => None,
    };
    let iban = match setting("invoice_iban") {
        Some(iban) => Some(iban.clone()),
        None => first_iban(connection)?,
    };
    let last = last_of_series(connection, &series)?;
    Ok(Gathered { facts, customer, answered, last, series, iban })
}

/// The last number of a series, and its day.
fn last_of_series(connection: &Connection, series: &str) -> Result<Option<(i64, Day)>> {
    let found = rows::first(
        connection,
        "SELECT number, day FROM invoice WHERE series = ?1 ORDER BY number DESC LIMIT 1",
        [series],
        |row| Ok((row.get(0)?, day_or_none(row, 1)?)),
    )?;
    Ok(found.and_then(|(number, day)| Some((number, day?))))
}

/// The customer of a code.
fn customer(connection: &Connection, code: &str) -> Result<Customer> {
    let found = rows::first(
        connection,
        "SELECT id, name, siren, vat_number, country, consumer, address, email,
           electronic_address, terms, language FROM counterparty WHERE code = ?1",
        [code],
        |row| {
            let customer = Customer {
                id: row.get(0)?,
                name: row.get(1)?,
                siren: row.get(2)?,
                vat_number: row.get(3)?,
                country: row.get(4)?,
                consumer: row.get(5)?,
                address: Address::default(),
                email: row.get(7)?,
                electronic_address: row.get(8)?,
                terms_days: None,
                language: row.get::<_, Option<String>>(10)?.unwrap_or_else(|| "fr".to_owned()),
            };
            let texts: [Option<String>; 2] = [row.get(6)?, row.get(9)?];
            Ok((customer, texts))
        },
    )?;
    let Some((mut customer, [address, terms])) = found else {
        return Err(Error::refused(Code::UnknownCounterparty, &[("code", &code)]));
    };
    customer.address =
        address.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    if customer.address.country.is_empty() {
        customer.address.country = customer.country.clone().unwrap_or_default();
    }
    customer.terms_days = terms.and_then(|text| text.parse().ok());
    Ok(customer)
}

fn answered(connection: &Connection, id: InvoiceId) -> Result<Answered> {
    let found = rows::first(
        connection,
        "SELECT reference, day, counterparty, draft, claim, gross_minor - coalesce((
           SELECT sum(note.gross_minor) FROM invoice AS note
           WHERE note.answers = invoice.id AND note.number IS NOT NULL), 0)
         FROM invoice WHERE id = ?1 AND kind = 'invoice' AND number IS NOT NULL",
        [id],
        |row| {
            let (reference, draft): (String, String) = (row.get(0)?, row.get(3)?);
            let ids = (row.get(2)?, row.get(4)?);
            Ok((reference, day_or_none(row, 1)?, ids, draft, row.get(5)?))
        },
    )?;
    let Some((reference, day, (customer, claim), draft, left_minor)) = found else {
        return Err(Error::refused(Code::UnknownInvoice, &[("invoice", &id)]));
    };
    let draft = serde_json::from_str(&draft)
        .map_err(|why| Error::Damaged(format!("invoice {reference}: {why}")))?;
    Ok(Answered { reference, day, customer, draft, claim, left_minor })
}

/// The IBAN of the oldest open bank account in the book's currency.
fn first_iban(connection: &Connection) -> Result<Option<String>> {
    rows::first(
        connection,
        "SELECT value FROM bank_account_alias
         JOIN bank_account ON bank_account.id = bank_account_alias.bank_account
         WHERE source = 'iban' AND closed_day IS NULL AND kind = 'bank'
           AND currency = (SELECT currency FROM book)
         ORDER BY bank_account.id, bank_account_alias.id LIMIT 1",
        [],
        |row| row.get(0),
    )
}
