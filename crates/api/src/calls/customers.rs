//! Customers and suppliers: who they are, what they owe, what was written for them.

use super::{Called, InvoiceRowView, Nothing, Seen};
use crate::app::App;
use crate::failure::Failure;
use crate::host::Progress;
use book::read::{Party, Reader};
use book::{Outcome, SaveCounterparty};
use serde::{Deserialize, Serialize};
use std::path::Path;
use ts_rs::TS;
use values::{Siren, VatNumber};

/// A customer or supplier, in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PartyView {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its city, if its address is known.
    pub city: String,
    /// What is open on its accounts in minor units: what it owes is positive.
    pub open_minor: i64,
    /// Invoices written for it.
    pub invoices: u64,
}

/// A customer or supplier whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CustomerView {
    /// Everything that invoices say of it.
    pub card: CustomerCard,
    /// What is open on its accounts in minor units: what it owes is positive.
    pub open_minor: i64,
    /// What of it is late.
    pub late_minor: i64,
    /// Days from invoice to payment, of the invoices that are paid; none while none is.
    pub mean_days: Option<i64>,
    /// The IBANs its payments came from.
    pub ibans: Vec<String>,
    /// Its invoices and credit notes, drafts first, then the latest first.
    pub invoices: Vec<InvoiceRowView>,
}

/// What is kept of a customer or supplier.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct CustomerCard {
    /// Its code; one is made of the name for a new one.
    #[serde(default)]
    pub code: Option<String>,
    /// The name.
    pub name: String,
    /// SIREN, with or without spaces.
    #[serde(default)]
    pub siren: Option<String>,
    /// VAT number.
    #[serde(default)]
    pub vat_number: Option<String>,
    /// A consumer rather than a business.
    #[serde(default)]
    pub consumer: bool,
    /// Street.
    #[serde(default)]
    pub line1: String,
    /// The rest of the street's lines.
    #[serde(default)]
    pub line2: String,
    /// Post code.
    #[serde(default)]
    pub post_code: String,
    /// City.
    #[serde(default)]
    pub city: String,
    /// ISO 3166-1, two capitals.
    #[serde(default)]
    pub country: String,
    /// Where invoices are sent.
    #[serde(default)]
    pub email: Option<String>,
    /// Days after the invoice in which it pays.
    #[serde(default)]
    pub terms_days: Option<u16>,
    /// `fr` or `en`.
    #[serde(default)]
    pub language: Option<String>,
}

/// A customer by its code.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CustomerRef {
    /// The code.
    pub code: String,
}

impl App {
    /// Everybody the business deals with, by name.
    pub fn customers(&self, book: &Path, _: Nothing, _: &dyn Progress) -> Called<Vec<PartyView>> {
        let reader = self.reader(book)?;
        let parties = reader.parties().map_err(|why| self.failed(&why))?;
        let views = parties.into_iter().map(|party| PartyView {
            city: party.address.city.clone(),
            code: party.code,
            name: party.name,
            open_minor: party.open_minor,
            invoices: party.invoices,
        });
        Ok(Seen::at(reader.seq(), views.collect()))
    }

    /// One of them, with its invoices.
    pub fn customer(
        &self,
        book: &Path,
        request: CustomerRef,
        _: &dyn Progress,
    ) -> Called<CustomerView> {
        let reader = self.reader(book)?;
        let view = self.customer_view(&reader, &request.code)?;
        Ok(Seen::at(reader.seq(), view))
    }

    /// Keeps a card, new or changed.
    pub fn save_customer(
        &self,
        book: &Path,
        request: CustomerCard,
        progress: &dyn Progress,
    ) -> Called<CustomerView> {
        let filled = |text: &Option<String>| {
            text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let siren = match filled(&request.siren) {
            Some(text) => {
                Some(Siren::parse(&text).map_err(|_| self.own("bad-siren", &[("value", &text)]))?)
            }
            None => None,
        };
        let vat_number = match filled(&request.vat_number) {
            Some(text) => {
                let number = VatNumber::parse(&text).ok();
                let number = number.filter(|number| number.key_fits() != Some(false));
                Some(number.ok_or_else(|| self.own("bad-vat-number", &[("value", &text)]))?)
            }
            None => None,
        };
        let command = SaveCounterparty {
            code: filled(&request.code),
            name: request.name,
            siren,
            vat_number,
            consumer: request.consumer,
            address: einvoice::Address {
                line1: request.line1,
                line2: request.line2,
                post_code: request.post_code,
                city: request.city,
                country: request.country.trim().to_uppercase(),
            },
            email: filled(&request.email),
            electronic_address: None,
            terms_days: request.terms_days,
            language: filled(&request.language),
        };
        let done = self.command(book, command, progress)?;
        let Outcome::Counterparty(code) = &done.outcome else {
            return Err(self.own("bug", &[("call", "save_customer")]));
        };
        let reader = self.reader(book)?;
        let view = self.customer_view(&reader, code)?;
        Ok(Seen::wrote(&done, view))
    }

    fn customer_view(&self, reader: &Reader, code: &str) -> Result<CustomerView, Failure> {
        let explain = |why: book::Error| self.failed(&why);
        let party = reader.party(code).map_err(explain)?;
        let today = self.today(reader)?;
        let rows = reader.invoices_of(code).map_err(explain)?;
        let invoices = self.invoice_rows(reader, rows, today)?;
        let late = invoices.iter().filter(|row| row.late_days.is_some());
        let days: Vec<i64> = invoices
            .iter()
            .filter(|row| row.rest_minor == 0)
            .filter_map(|row| Some(row.settled_day?.days_since(row.day?)))
            .collect();
        let mean_days = (!days.is_empty()).then(|| days.iter().sum::<i64>() / days.len() as i64);
        Ok(CustomerView {
            open_minor: party.open_minor,
            late_minor: late.map(|row| row.rest_minor).sum(),
            mean_days,
            ibans: reader.ibans_of(code).map_err(explain)?,
            invoices,
            card: card_of(party),
        })
    }
}

fn card_of(party: Party) -> CustomerCard {
    CustomerCard {
        code: Some(party.code),
        name: party.name,
        siren: party.siren,
        vat_number: party.vat_number,
        consumer: party.consumer,
        line1: party.address.line1,
        line2: party.address.line2,
        post_code: party.address.post_code,
        city: party.address.city,
        country: party.address.country,
        email: party.email,
        terms_days: party.terms_days,
        language: party.language,
    }
}
