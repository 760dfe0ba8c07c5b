//! One `Ntry`: its leaves and those of its details, then a line.

use super::tag::Tag;
use crate::amount::{AmountFault, DecimalMark, minor_from_text};
use crate::finish::{plain_amount, unusable_id};
use crate::{Line, Remark, RemarkCode, Severity, SourceId, Trust};
use std::borrow::Cow;
use values::{Currency, Day, Iban};

type Words<'t> = Cow<'t, str>;

/// An amount with the currency it is written in.
#[derive(Default, Clone)]
struct Amount<'t> {
    text: Words<'t>,
    currency: Option<Currency>,
}

/// One side of a payment.
#[derive(Default)]
struct Party<'t> {
    name: Option<Words<'t>>,
    iban: Option<Words<'t>>,
}

/// One `TxDtls`.
#[derive(Default)]
struct Detail<'t> {
    amount: Option<Amount<'t>>,
    debit: Option<bool>,
    instructed: Option<Amount<'t>>,
    debtor: Party<'t>,
    creditor: Party<'t>,
    end_to_end: Option<Words<'t>>,
    bank_ref: Option<Words<'t>>,
    creditor_ref: Option<Words<'t>>,
    cheque: Option<Words<'t>>,
    words: Vec<Words<'t>>,
    info: Option<Words<'t>>,
}

/// An entry as its leaves come.
#[derive(Default)]
pub(super) struct Entry<'t> {
    at: usize,
    amount: Amount<'t>,
    debit: Option<bool>,
    reversal: bool,
    status: Words<'t>,
    booked: Option<Day>,
    value: Option<Day>,
    entry_ref: Option<Words<'t>>,
    bank_ref: Option<Words<'t>>,
    codes: [Words<'t>; 3],
    own_code: Option<Words<'t>>,
    info: Option<Words<'t>>,
    instructed: Option<Amount<'t>>,
    charge: Option<Amount<'t>>,
    charge_included: bool,
    details: Vec<Detail<'t>>,
}

fn day(text: &str) -> Option<Day> {
    Day::parse(text.get(..10)?).ok()
}

fn side(text: &str) -> Option<bool> {
    match text {
        "DBIT" => Some(true),
        "CRDT" => Some(false),
        _ => None,
    }
}

impl<'t> Entry<'t> {
    pub fn at(at: usize) -> Entry<'t> {
        Entry { at, ..Entry::default() }
    }

    /// Where the entry begins.
    pub fn place(&self) -> usize {
        self.at
    }

    /// The currency its amount is written in.
    pub fn currency(&self) -> Option<Currency> {
        self.amount.currency
    }

    /// Announced and merely informing entries are not booked; without a status it is.
    pub fn is_booked(&self) -> bool {
        !matches!(&*self.status, "PDNG" | "INFO" | "FUTR")
    }

    /// The booking day, else the value day.
    pub fn day(&self) -> Option<Day> {
        self.booked.or(self.value)
    }

    pub fn open(&mut self, path: &[Tag]) {
        if matches!(path, [Tag::Details, Tag::Detail]) {
            self.details.push(Detail::default());
        }
    }

    pub fn leaf(&mut self, path: &[Tag], text: Words<'t>, currency: Option<Currency>) {
        match path {
            [Tag::Amount] => self.amount = Amount { text, currency },
            [Tag::Side] => self.debit = side(&text),
            [Tag::Reversal] => self.reversal = matches!(&*text, "true" | "1"),
            [Tag::Status] | [Tag::Status, Tag::Code] => self.status = text,
            [Tag::Booked, Tag::Day | Tag::Instant] => self.booked = day(&text),
            [Tag::Value, Tag::Day | Tag::Instant] => self.value = day(&text),
            [Tag::EntryRef] => self.entry_ref = Some(text),
            [Tag::BankRef] => self.bank_ref = Some(text),
            [Tag::BankCode, Tag::Domain, Tag::Code] => self.codes[0] = text,
            [Tag::BankCode, Tag::Domain, Tag::Family, Tag::Code] => self.codes[1] = text,
            [Tag::BankCode, Tag::Domain, Tag::Family, Tag::SubFamily] => self.codes[2] = text,
            [Tag::BankCode, Tag::Own, Tag::Code] => self.own_code = Some(text),
            [Tag::EntryInfo] => self.info = Some(text),
            [Tag::Amounts, Tag::Instructed, Tag::Amount] => {
                self.instructed = Some(Amount { text, currency });
            }
            [Tag::Charges, Tag::Record, Tag::Amount] => {
                self.charge = Some(Amount { text, currency })
            }
            [Tag::Charges, Tag::Record, Tag::Included] => {
                self.charge_included = matches!(&*text, "true" | "1");
            }
            [Tag::Details, Tag::Detail, path @ ..] => {
                if let Some(detail) = self.details.last_mut() {
                    detail.leaf(path, text, currency);
                }
            }
            _ => {}
        }
    }

    /// The line, with what is to be said of it; or why it cannot be read.
    pub fn line(
        mut self,
        end: usize,
        day: Day,
        account: Option<Currency>,
    ) -> Result<(Line<'t>, Option<Remark>), Remark> {
        let amount_minor = self.minor(account)?;
        let told = self.check_details(amount_minor, account);
        let (party_name, party_iban) = self.other_side(amount_minor);
        let original = self.original(amount_minor, account);
        let fee_minor = self.fee(account);
        let line = Line {
            day,
            value_day: self.value,
            amount_minor,
            label: self.label(party_name.as_ref()),
            party_name,
            party_iban,
            reference: self.reference(),
            type_code: self.type_code(),
            balance_after_minor: None,
            original,
            fee_minor,
            ids: self.ids(),
            place: self.at..end,
        };
        Ok((line, told))
    }

    fn minor(&self, account: Option<Currency>) -> Result<i64, Remark> {
        let Amount { text, currency } = &self.amount;
        if let (Some(currency), Some(account)) = (currency, account)
            && *currency != account
        {
            return Err(Remark::new(RemarkCode::AmountOtherCurrency, Severity::Error)
                .with("value", text)
                .with("currency", currency.to_string())
                .with("account_currency", account.to_string()));
        }
        let exponent = account.map_or(2, Currency::exponent);
        let minor = match minor_from_text(text, exponent, DecimalMark::Dot, false) {
            Ok(read) if read.unusual => Err(AmountFault::Unreadable),
            Ok(read) => Ok(read.minor),
            Err(fault) => Err(fault),
        };
        let minor = minor.map_err(|fault| Remark::of_amount(fault, text, account))?;
        match self.debit {
            // A reversal already says in which direction the money went.
            Some(true) => Ok(-minor),
            Some(false) => Ok(minor),
            None => Err(Remark::new(RemarkCode::SignMissing, Severity::Error).with("value", text)),
        }
    }

    /// Whether the details that carry amounts of this currency add up to the entry.
    fn check_details(&self, amount_minor: i64, account: Option<Currency>) -> Option<Remark> {
        let exponent = account.map_or(2, Currency::exponent);
        let mut sum = 0i64;
        for detail in &self.details {
            let amount = detail.amount.as_ref()?;
            if amount.currency != self.amount.currency {
                return None;
            }
            let read = minor_from_text(&amount.text, exponent, DecimalMark::Dot, false).ok()?;
            let debit = detail.debit.or(self.debit)?;
            sum = sum.checked_add(if debit { -read.minor } else { read.minor })?;
        }
        if self.details.is_empty() || sum == amount_minor {
            return None;
        }
        Some(
            Remark::new(RemarkCode::DetailsDoNotAddUp, Severity::Warning)
                .with("amount", plain_amount(amount_minor, account))
                .with("details", plain_amount(sum, account)),
        )
    }

    /// Who paid or was paid; only where one detail leaves no doubt.
    fn other_side(&mut self, amount_minor: i64) -> (Option<Words<'t>>, Option<Words<'t>>) {
        let [detail] = &mut self.details[..] else { return (None, None) };
        // Money in comes from the debtor; a reversal brings the first payment's parties again.
        let from_debtor = (amount_minor > 0) != self.reversal;
        let (near, far) = (&mut detail.debtor, &mut detail.creditor);
        let (wanted, other) = if from_debtor { (near, far) } else { (far, near) };
        let empty = wanted.name.is_none() && wanted.iban.is_none();
        let party = if empty && self.reversal { other } else { wanted };
        (party.name.take(), party.iban.take())
    }

    /// The amount in its own currency, signed as the line.
    fn original(&self, amount_minor: i64, account: Option<Currency>) -> Option<(i64, Currency)> {
        let of_detail = match &self.details[..] {
            [detail] => detail.instructed.as_ref(),
            _ => None,
        };
        let amount = of_detail.or(self.instructed.as_ref())?;
        let currency = amount.currency.filter(|currency| Some(*currency) != account)?;
        let read = minor_from_text(&amount.text, currency.exponent(), DecimalMark::Dot, false);
        let minor = read.ok()?.minor;
        Some((if amount_minor < 0 { -minor } else { minor }, currency))
    }

    fn fee(&self, account: Option<Currency>) -> Option<i64> {
        let charge = self.charge.as_ref().filter(|_| self.charge_included)?;
        if charge.currency != account {
            return None;
        }
        let exponent = account.map_or(2, Currency::exponent);
        let read = minor_from_text(&charge.text, exponent, DecimalMark::Dot, false).ok()?;
        Some(read.minor).filter(|minor| *minor != 0)
    }

    /// What the bank says of the entry, then the payer's words; else who it was.
    fn label(&mut self, party: Option<&Words<'t>>) -> Words<'t> {
        /// A batch of hundreds keeps the words of its first payments.
        const DETAILS_QUOTED: usize = 5;
        let mut parts: Vec<Words<'t>> = self.info.take().into_iter().collect();
        let quoted = self.details.iter_mut().take(DETAILS_QUOTED);
        for words in quoted.flat_map(|detail| detail.words.drain(..)) {
            if !parts.contains(&words) {
                parts.push(words);
            }
        }
        if parts.is_empty() {
            parts.extend(self.details.iter_mut().find_map(|detail| detail.info.take()));
        }
        if parts.is_empty() {
            parts.extend(party.cloned().or_else(|| self.type_code()));
        }
        let joined = match &mut parts[..] {
            [] => Cow::Borrowed(""),
            [only] => std::mem::take(only),
            _ => Cow::Owned(parts.join(" ")),
        };
        if !joined.contains(['\n', '\r']) {
            return joined;
        }
        Cow::Owned(joined.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    fn reference(&mut self) -> Option<Words<'t>> {
        let [detail] = &mut self.details[..] else { return None };
        let meaningful = |text: &Words<'t>| !unusable_id(text);
        let creditor = detail.creditor_ref.take().filter(meaningful);
        let end_to_end = || detail.end_to_end.clone().filter(meaningful);
        creditor.or_else(end_to_end).or_else(|| detail.cheque.take().filter(meaningful))
    }

    fn type_code(&self) -> Option<Words<'t>> {
        let [domain, family, sub] = &self.codes;
        let parts = [domain, family, sub].into_iter().filter(|part| !part.is_empty());
        let joined = parts.map(|part| &**part).collect::<Vec<_>>().join("-");
        if joined.is_empty() { self.own_code.clone() } else { Some(Cow::Owned(joined)) }
    }

    fn ids(&mut self) -> Vec<SourceId<'t>> {
        let mut ids = Vec::with_capacity(2);
        let mut add = |name, value: Option<Words<'t>>, trust| {
            if let Some(value) = value {
                let trust = if unusable_id(&value) { Trust::None } else { trust };
                ids.push(SourceId { name, value, trust });
            }
        };
        let [detail] = &mut self.details[..] else {
            add("AcctSvcrRef", self.bank_ref.take(), Trust::Normal);
            add("NtryRef", self.entry_ref.take(), Trust::None);
            return ids;
        };
        let bank_ref = self.bank_ref.take().or_else(|| detail.bank_ref.take());
        add("AcctSvcrRef", bank_ref, Trust::Normal);
        add("NtryRef", self.entry_ref.take(), Trust::None);
        // Chosen by the payer, who may use it twice.
        add("EndToEndId", detail.end_to_end.take(), Trust::None);
        ids
    }
}

impl<'t> Detail<'t> {
    fn leaf(&mut self, path: &[Tag], text: Words<'t>, currency: Option<Currency>) {
        match path {
            [Tag::Amount] => self.amount = Some(Amount { text, currency }),
            [Tag::Amounts, Tag::Transaction, Tag::Amount] => {
                self.amount.get_or_insert(Amount { text, currency });
            }
            [Tag::Amounts, Tag::Instructed, Tag::Amount] => {
                self.instructed = Some(Amount { text, currency });
            }
            [Tag::Side] => self.debit = side(&text),
            [Tag::Refs, Tag::EndToEnd] => self.end_to_end = Some(text),
            [Tag::Refs, Tag::BankRef] => self.bank_ref = Some(text),
            [Tag::Refs, Tag::Cheque] => self.cheque = Some(text),
            [Tag::Parties, Tag::Debtor, Tag::Name]
            | [Tag::Parties, Tag::Debtor, Tag::Party, Tag::Name] => self.debtor.name = Some(text),
            [Tag::Parties, Tag::Creditor, Tag::Name]
            | [Tag::Parties, Tag::Creditor, Tag::Party, Tag::Name] => {
                self.creditor.name = Some(text);
            }
            [Tag::Parties, Tag::DebtorAccount, Tag::Id, rest @ ..] => {
                self.debtor.account(rest, text);
            }
            [Tag::Parties, Tag::CreditorAccount, Tag::Id, rest @ ..] => {
                self.creditor.account(rest, text);
            }
            [Tag::Remittance, Tag::Words] => self.words.push(text),
            [Tag::Remittance, Tag::Structured, Tag::CreditorRef, Tag::Ref] => {
                self.creditor_ref = Some(text);
            }
            [Tag::DetailInfo] => self.info = Some(text),
            _ => {}
        }
    }
}

impl<'t> Party<'t> {
    fn account(&mut self, path: &[Tag], text: Words<'t>) {
        let iban = match path {
            [Tag::Iban] => true,
            [Tag::Elsewhere, Tag::Id] => Iban::parse(&text).is_ok(),
            _ => false,
        };
        if iban {
            let spaced = text.contains(char::is_whitespace);
            let compact = || Cow::Owned(text.split_whitespace().collect());
            self.iban = Some(if spaced { compact() } else { text });
        }
    }
}
