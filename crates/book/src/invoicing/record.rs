//! A draft as the record of EN 16931, with the mentions of its day, and whatever is missing.

use super::gather::{Answered, Customer, Gathered, gather};
use super::law::{InvoiceLaw, When};
use super::{CreditReason, InvoiceDraft, InvoiceKind, InvoiceLine};
use crate::blobs;
use crate::error::{Error, Result};
use crate::law::Law;
use crate::tax_codes::{Direction, Leg, Nature, TaxCode};
use einvoice::{
    Address, Allowance, Delivery, Invoice, Line, LineVat, Note, Party, Payment, Preceding, Totals,
    TypeCode,
};
use rusqlite::Connection;
use values::{Day, Decimal};

/// Something that keeps an invoice from its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceProblem {
    /// What it is; its sentence stands in `assets/locales/*/book.toml` under `invoice-problem`.
    pub code: &'static str,
    /// The business term it is about (`BT-44`), for the field beside which it is said.
    pub term: &'static str,
    /// Place of the line from 0, where it is one of a line.
    pub line: Option<usize>,
    /// The value as it stands.
    pub value: String,
}

/// An invoice as it would be issued.
#[derive(Debug, Clone)]
pub struct Built {
    /// The record.
    pub record: Invoice,
    /// What is missing; nothing means that it may be finalised.
    pub problems: Vec<InvoiceProblem>,
    /// The series of its number: `FA-2026`.
    pub series: String,
    /// The next number of that series.
    pub number: i64,
    /// The language it is written in.
    pub language: String,
    pub(crate) customer: Option<Customer>,
    pub(crate) answered: Option<Answered>,
    /// The tax code's legs, rate and nature of each line, in their order; none of a line whose code
    /// is unknown.
    pub(crate) taxed: Vec<Option<TaxedLine>>,
}

/// The tax of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TaxedLine {
    pub(crate) tax_code: String,
    pub(crate) rate: Decimal,
    pub(crate) nature: Nature,
}

/// Makes the record of a draft as of a day: its own, else the one given.
pub(crate) fn build(
    connection: &Connection,
    law: &Law,
    draft: &InvoiceDraft,
    today: Day,
) -> Result<Built> {
    let invoice_law = law.invoices()?;
    let day = draft.day.unwrap_or(today);
    let prefix = match draft.kind {
        InvoiceKind::Invoice => &invoice_law.series.invoice,
        InvoiceKind::CreditNote => &invoice_law.series.credit_note,
    };
    let found = gather(connection, draft, day, prefix)?;
    let number = found.last.as_ref().map_or(1, |(number, _)| number + 1);
    let mut builder =
        Builder { law, draft, day, found: &found, problems: Vec::new(), taxed: Vec::new() };
    let mut record = builder.record(invoice_law, number)?;
    match einvoice::sum_up(&mut record) {
        // What could not be added up says nothing of itself.
        Err(_) => builder.add("too-large", "BT-112", None, ""),
        Ok(()) => builder.problems.extend(einvoice::check(&record).into_iter().map(|problem| {
            let einvoice::Problem { code, term, line, value } = problem;
            InvoiceProblem { code: code.word(), term, line, value }
        })),
    }
    builder.dates(today);
    builder.answer(&record);
    let Builder { problems, taxed, .. } = builder;
    let language = found.customer.as_ref().map_or("fr", |one| one.language.as_str()).to_owned();
    let Gathered { customer, answered, series, .. } = found;
    Ok(Built { record, problems, series, number, language, customer, answered, taxed })
}

/// What tells a record apart from any other: the hash of its JSON.
pub(crate) fn hash_of(record: &Invoice) -> Result<String> {
    let text = serde_json::to_vec(record)
        .map_err(|why| Error::Damaged(format!("an invoice cannot be written: {why}")))?;
    Ok(blobs::hash(&text))
}

struct Builder<'a> {
    law: &'a Law,
    draft: &'a InvoiceDraft,
    day: Day,
    found: &'a Gathered,
    problems: Vec<InvoiceProblem>,
    taxed: Vec<Option<TaxedLine>>,
}

impl Builder<'_> {
    fn add(&mut self, code: &'static str, term: &'static str, line: Option<usize>, value: &str) {
        self.problems.push(InvoiceProblem { code, term, line, value: value.to_owned() });
    }

    fn setting(&self, name: &str) -> Option<String> {
        self.found.facts.settings.get(name).filter(|value| !value.trim().is_empty()).cloned()
    }

    fn language(&self) -> &str {
        self.found.customer.as_ref().map_or("fr", |customer| customer.language.as_str())
    }

    fn record(&mut self, invoice_law: &InvoiceLaw, number: i64) -> Result<Invoice> {
        let draft = self.draft;
        let mut lines = Vec::with_capacity(draft.lines.len());
        for (place, line) in draft.lines.iter().enumerate() {
            lines.push(self.line(place, line)?);
        }
        let number = format!("{}-{number:04}", self.found.series);
        let is_note = draft.kind == InvoiceKind::CreditNote;
        let preceding = self.found.answered.iter();
        Ok(Invoice {
            issue_day: self.day,
            type_code: if is_note { TypeCode::CreditNote } else { TypeCode::Invoice },
            currency: self.found.facts.currency,
            due_day: (!is_note).then(|| self.due_day(invoice_law)),
            buyer_reference: None,
            order_reference: text(&draft.order_reference),
            payment_terms: None,
            notes: self.notes(invoice_law, &lines),
            process: self.process(),
            preceding: preceding
                .map(|one| Preceding { number: one.reference.clone(), day: one.day })
                .collect(),
            seller: self.seller(),
            buyer: self.buyer(),
            delivery: self.delivery(),
            payment: if is_note { None } else { self.payment(&number) },
            lines,
            breakdown: Vec::new(),
            totals: Totals::default(),
            number,
        })
    }

    fn line(&mut self, place: usize, line: &InvoiceLine) -> Result<Line> {
        let vat = self.vat(place, line)?;
        let reason = if self.language() == "en" { "Discount" } else { "Remise" };
        Ok(Line {
            id: (place + 1).to_string(),
            name: line.name.trim().to_owned(),
            description: text(&line.description),
            quantity: line.quantity.normalize(),
            unit: line.unit.clone(),
            unit_price: line.unit_price.normalize(),
            allowance: line.discount_percent.filter(|percent| !percent.is_zero()).map(|percent| {
                let percent = percent.normalize();
                Allowance { percent, base_minor: 0, amount_minor: 0, reason: reason.to_owned() }
            }),
            net_minor: 0,
            vat,
        })
    }

    /// The tax of a line: its code must be one of sales, allow the rate on the day of the supply,
    /// and fit the regime of the day.
    fn vat(&mut self, place: usize, line: &InvoiceLine) -> Result<LineVat> {
        let none = LineVat {
            category: "S".to_owned(),
            rate: Decimal::ZERO,
            exemption_reason: None,
            exemption_code: None,
        };
        let codes = self.law.tax_codes()?;
        let sold = |code: &&TaxCode| {
            code.direction == Direction::Sale && matches!(code.legs(), [Leg::Output])
        };
        let code = codes.get(&line.tax_code).filter(sold);
        let category = code.and_then(|code| code.en16931_category.clone());
        let (Some(code), Some(category)) = (code, category) else {
            self.add("tax-code", "BT-151", Some(place), &line.tax_code);
            self.taxed.push(None);
            return Ok(none);
        };
        if !code.takes(line.nature) {
            self.add("tax-code-nature", "BT-151", Some(place), &code.code);
        }
        let supplied = self.draft.delivery_day.unwrap_or(self.day);
        let asked = line.rate.or_else(|| code.rates_on(supplied).next());
        let rate = asked.map(|rate| rate.normalize()).unwrap_or_default();
        let answers = self.draft.kind == InvoiceKind::CreditNote;
        if asked.is_none() || !(answers || code.allows(rate, supplied)) {
            self.add("rate", "BT-152", Some(place), &rate.to_string());
        }
        let franchise = self.law.invoices()?.tax_codes.franchise == code.code;
        let regime = self.setting("vat_regime").is_some_and(|regime| regime == "franchise");
        match (regime, franchise) {
            (true, false) if category == "S" && !answers => {
                self.add("franchise-charges", "BT-152", Some(place), &code.code);
            }
            (false, true) if !answers => {
                self.add("not-franchise", "BT-152", Some(place), &code.code);
            }
            _ => {}
        }
        let (tax_code, nature) = (code.code.clone(), line.nature);
        self.taxed.push(Some(TaxedLine { tax_code, rate, nature }));
        Ok(LineVat {
            category,
            rate,
            exemption_reason: code.mention.clone(),
            exemption_code: code.vatex.clone(),
        })
    }

    fn due_day(&self, invoice_law: &InvoiceLaw) -> Day {
        let own = self.setting("payment_days").and_then(|days| days.parse::<u16>().ok());
        let agreed = self.found.customer.as_ref().and_then(|customer| customer.terms_days);
        let days = agreed.or(own).unwrap_or(invoice_law.payment.days);
        self.draft.due_day.unwrap_or_else(|| self.day.plus_days(i64::from(days)))
    }

    /// BT-23: goods, services or both; the first framework.
    fn process(&self) -> Option<String> {
        let services = self.draft.lines.iter().any(|line| line.nature == Nature::Services);
        let goods = self.draft.lines.iter().any(|line| line.nature != Nature::Services);
        match (goods, services) {
            (true, true) => Some("M1".to_owned()),
            (true, false) => Some("B1".to_owned()),
            (false, true) => Some("S1".to_owned()),
            (false, false) => None,
        }
    }

    fn notes(&self, invoice_law: &InvoiceLaw, lines: &[Line]) -> Vec<Note> {
        let consumer = self.found.customer.as_ref().is_some_and(|customer| customer.consumer);
        let charged = lines.iter().any(|line| line.vat.category == "S");
        let on_invoices = self.setting("vat_on").is_some_and(|on| on == "invoices");
        let holds = |when: &When| match when {
            When::Invoice => self.draft.kind == InvoiceKind::Invoice,
            When::CreditNote => self.draft.kind == InvoiceKind::CreditNote,
            When::Business => !consumer,
            When::Consumer => consumer,
            When::Charged => charged,
            When::Services => self.draft.lines.iter().any(|line| line.nature == Nature::Services),
            When::VatOnPayments => charged && !on_invoices,
            When::VatOnInvoices => charged && on_invoices,
        };
        let due = invoice_law.mentions.iter().filter(|mention| mention.when.iter().all(holds));
        let mut notes: Vec<Note> = due
            .map(|mention| {
                let own = mention.setting.as_ref().and_then(|name| self.setting(name));
                let text = own.unwrap_or_else(|| mention.text(self.language()).to_owned());
                Note { subject: mention.subject.clone(), text }
            })
            .collect();
        if let Some(footer) = self.setting("invoice_footer") {
            notes.push(Note { subject: Some("REG".to_owned()), text: footer });
        }
        if let Some(own) = text(&self.draft.note) {
            notes.push(Note { subject: None, text: own });
        }
        notes
    }

    fn seller(&self) -> Party {
        let country = self.found.facts.country.to_uppercase();
        let form = self.setting("legal_form").filter(|form| form != "other");
        let sole = form.as_deref() == Some("EI");
        let name = self.setting("name").unwrap_or_default();
        let named = name.split_whitespace().any(|word| word == "EI");
        let siren = self.setting("siren");
        let capital = self.setting("share_capital");
        let english = self.language() == "en";
        let capital = capital.map(|amount| {
            if english { format!("share capital {amount}") } else { format!("capital {amount}") }
        });
        let legal: Vec<String> = form
            .filter(|_| !sole)
            .into_iter()
            .chain(capital)
            .chain(self.setting("register"))
            .collect();
        Party {
            // The words that tell a sole trader (C. com. art. R. 526-27).
            name: if sole && !named && !name.is_empty() { format!("{name} EI") } else { name },
            electronic_address: siren.as_ref().map(|siren| format!("0225:{siren}")),
            siren,
            vat_number: self.setting("vat_number"),
            legal_information: (!legal.is_empty()).then(|| legal.join(" · ")),
            address: address_of(&self.setting("address").unwrap_or_default(), &country),
            email: self.setting("email"),
            telephone: self.setting("telephone"),
        }
    }

    fn buyer(&self) -> Party {
        let Some(customer) = &self.found.customer else { return Party::default() };
        let by_siren = customer.siren.as_ref().map(|siren| format!("0225:{siren}"));
        Party {
            name: customer.name.clone(),
            siren: customer.siren.clone(),
            vat_number: customer.vat_number.clone(),
            legal_information: None,
            electronic_address: customer.electronic_address.clone().or(by_siren),
            address: customer.address.clone(),
            email: customer.email.clone(),
            telephone: None,
        }
    }

    fn delivery(&self) -> Option<Delivery> {
        let day = self.draft.delivery_day?;
        Some(Delivery { day: Some(day), ..Delivery::default() })
    }

    /// A transfer, where the business says to which account: SEPA (58 of UNTDID 4461).
    fn payment(&self, number: &str) -> Option<Payment> {
        let iban = self.found.iban.clone()?;
        Some(Payment {
            means_code: "58".to_owned(),
            remittance: Some(number.to_owned()),
            iban: Some(iban),
            account_name: self.setting("name"),
            bic: self.setting("invoice_bic"),
        })
    }

    /// Days do not decrease along numbers, and nothing is issued in the future.
    fn dates(&mut self, today: Day) {
        if self.day > today {
            self.add("future-day", "BT-2", None, &self.day.to_string());
        }
        if let Some(last) = self.found.last.map(|(_, day)| day).filter(|last| self.day < *last) {
            self.add("day-before-last", "BT-2", None, &last.to_string());
        }
    }

    /// A credit note answers an invoice of the same customer, says why, and takes back no more
    /// than is left of it, at rates that stand on it.
    fn answer(&mut self, record: &Invoice) {
        if self.draft.kind != InvoiceKind::CreditNote {
            return;
        }
        if self.draft.reason.is_none() {
            self.add("reason", "BG-3", None, "");
        }
        let found = self.found;
        let Some(answered) = &found.answered else { return };
        if found.customer.as_ref().is_some_and(|customer| customer.id != answered.customer) {
            self.add("other-customer", "BT-44", None, &answered.reference);
        }
        if record.totals.gross_minor > answered.left_minor {
            let left = crate::door::cents(answered.left_minor);
            self.add("credited-too-much", "BT-112", None, &left);
        }
        for place in 0..self.draft.lines.len() {
            let line = &self.draft.lines[place];
            let alike = answered.draft.lines.iter().any(|sold| {
                sold.tax_code == line.tax_code
                    && sold.nature == line.nature
                    && sold.rate == line.rate
            });
            if !alike {
                self.add("not-on-invoice", "BT-151", Some(place), &line.tax_code);
            }
        }
    }
}

/// Whether a reason calls for the accounts of rebates.
pub(super) fn is_rebate(draft: &InvoiceDraft) -> bool {
    draft.kind == InvoiceKind::CreditNote && draft.reason == Some(CreditReason::Rebate)
}

fn text(given: &Option<String>) -> Option<String> {
    given.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// An address as people write it: street, then post code and city, on lines or after commas.
pub(super) fn address_of(written: &str, country: &str) -> Address {
    let mut parts: Vec<&str> =
        written.split(['\n', ',']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let coded = |part: &&str| {
        let code = part.split_whitespace().next().unwrap_or("");
        code.len() == 5 && code.bytes().all(|digit| digit.is_ascii_digit())
    };
    let mut address = Address { country: country.to_owned(), ..Address::default() };
    if let Some(at) = parts.iter().rposition(coded) {
        let (code, city) = parts.remove(at).split_once(char::is_whitespace).unwrap_or_default();
        address.post_code = code.to_owned();
        address.city = city.trim().to_owned();
        // What stands after post code and city is the country in words.
        parts.truncate(at);
    }
    address.line1 = parts.first().copied().unwrap_or_default().to_owned();
    address.line2 = parts.get(1..).unwrap_or_default().join(", ");
    address
}
