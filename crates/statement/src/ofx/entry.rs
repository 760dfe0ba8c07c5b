//! One `STMTTRN`: its leaves gathered as bytes, then read as a line.

use super::{Area, Source, day, offset};
use crate::amount::{AmountFault, DecimalMark, ReadAmount, minor_from_text};
use crate::finish::{Draft, line_of, unusable_id};
use crate::{Line, Remark, RemarkCode, Severity, SourceId, Trust};
use std::borrow::Cow;
use values::{Currency, Day};

/// The leaves of a transaction, as bytes of the file.
#[derive(Default)]
pub(super) struct Entry<'a> {
    at: usize,
    posted: Option<&'a [u8]>,
    used: Option<&'a [u8]>,
    available: Option<&'a [u8]>,
    amount: Option<&'a [u8]>,
    kind: Option<&'a [u8]>,
    id: Option<&'a [u8]>,
    check: Option<&'a [u8]>,
    reference: Option<&'a [u8]>,
    name: Option<&'a [u8]>,
    payee: Option<&'a [u8]>,
    memo: Option<&'a [u8]>,
    other_account: Option<&'a [u8]>,
    currency: Option<&'a [u8]>,
}

impl<'a> Entry<'a> {
    pub fn at(at: usize) -> Entry<'a> {
        Entry { at, ..Entry::default() }
    }

    /// Keeps a leaf; the first of its name wins, for a file never means the second.
    pub fn take(&mut self, area: Area, name: &[u8], value: &'a [u8]) {
        let field = match (area, name) {
            (Area::Payee, b"NAME") => &mut self.payee,
            (Area::OtherAccount, b"ACCTID") => &mut self.other_account,
            (Area::OtherCurrency, b"CURSYM") => &mut self.currency,
            (Area::Payee | Area::OtherAccount | Area::OriginalCurrency, _) => return,
            (_, b"DTPOSTED") => &mut self.posted,
            (_, b"DTUSER") => &mut self.used,
            (_, b"DTAVAIL") => &mut self.available,
            (_, b"TRNAMT") => &mut self.amount,
            (_, b"TRNTYPE") => &mut self.kind,
            (_, b"FITID") => &mut self.id,
            (_, b"CHECKNUM") => &mut self.check,
            (_, b"REFNUM") => &mut self.reference,
            (_, b"NAME") => &mut self.name,
            (_, b"MEMO") => &mut self.memo,
            _ => return,
        };
        if field.is_none() && !value.is_empty() {
            *field = Some(value);
        }
    }

    /// Reads the line into the draft, or says why it cannot be.
    pub fn finish(
        self,
        source: Source<'a>,
        end: usize,
        draft: &mut Draft<'a>,
        remarks: &mut Vec<Remark>,
    ) {
        let read = self.booking_day(source).and_then(|(day, remark)| {
            let (minor, unusual) = self.minor(source, draft)?;
            Ok((day, minor, remark.into_iter().chain(unusual)))
        });
        match read {
            Ok((day, minor, told)) => {
                let line = |remark: Remark| remark.at(line_of(source.bytes, self.at));
                remarks.extend(told.map(line));
                draft.lines.push(self.line(source, end, day, minor));
            }
            Err(remark) => remarks.push(remark.at(line_of(source.bytes, self.at))),
        }
    }

    fn booking_day(&self, source: Source<'a>) -> Result<(Day, Option<Remark>), Remark> {
        if let Some(posted) = self.posted.and_then(day) {
            return Ok((posted, None));
        }
        let masked = self.posted.map(|value| source.text(value)).unwrap_or_default();
        // Only an absent day is replaced: a wrong one says that something is wrong.
        let used = self.used.filter(|_| self.posted.is_none()).and_then(day);
        match used {
            Some(used) => {
                let remark = Remark::new(RemarkCode::DayFromOtherField, Severity::Warning);
                Ok((used, Some(remark.with("field", "DTUSER").with("day", used.to_string()))))
            }
            None => {
                Err(Remark::new(RemarkCode::DayUnreadable, Severity::Error).with("value", masked))
            }
        }
    }

    fn minor(
        &self,
        source: Source<'a>,
        draft: &Draft<'a>,
    ) -> Result<(i64, Option<Remark>), Remark> {
        let Some(written) = self.amount else {
            return Err(Remark::new(RemarkCode::AmountMissing, Severity::Error));
        };
        let text = source.text(written);
        if let Some(currency) = self.foreign_currency(source, draft) {
            let account_currency = draft.currency.map(|c| c.to_string()).unwrap_or_default();
            return Err(Remark::new(RemarkCode::AmountOtherCurrency, Severity::Error)
                .with("value", text)
                .with("currency", currency.to_string())
                .with("account_currency", account_currency));
        }
        match amount(&text, draft.exponent()) {
            Ok(read) => {
                let unusual = read.unusual.then(|| {
                    Remark::new(RemarkCode::AmountUnusual, Severity::Warning).with("value", text)
                });
                Ok((read.minor, unusual))
            }
            Err(fault) => Err(Remark::of_amount(fault, &text, draft.currency)),
        }
    }

    /// The currency that the amount is written in, when it is not the account's.
    fn foreign_currency(&self, source: Source<'a>, draft: &Draft<'a>) -> Option<Currency> {
        let currency = Currency::parse(&source.text(self.currency?)).ok()?;
        draft.currency.filter(|account| *account != currency).map(|_| currency)
    }

    fn line(&self, source: Source<'a>, end: usize, day: Day, amount_minor: i64) -> Line<'a> {
        let text = |leaf: Option<&'a [u8]>| leaf.map(|leaf| one_line(source.text(leaf)));
        let (name, payee, memo) = (text(self.name), text(self.payee), text(self.memo));
        let party_name = payee.clone().or_else(|| party_of(name.as_ref(), memo.as_ref()));
        let id = text(self.id);
        let ids = id.map(|value| {
            let trust = if unusable_id(&value) { Trust::None } else { Trust::Normal };
            SourceId { name: "FITID", value, trust }
        });
        let named = |leaf: &Option<&'a [u8]>| {
            let meaningful = leaf.filter(|leaf| leaf.iter().any(|byte| *byte != b'0'));
            text(meaningful.filter(|leaf| Some(*leaf) != self.id))
        };
        let iban = text(self.other_account).filter(|text| values::Iban::parse(text).is_ok());
        Line {
            day,
            value_day: self.available.and_then(super::day),
            amount_minor,
            label: joined(name.or(payee), memo),
            party_name,
            party_iban: iban,
            reference: named(&self.check).or_else(|| named(&self.reference)),
            type_code: text(self.kind),
            balance_after_minor: None,
            original: None,
            fee_minor: None,
            ids: ids.into_iter().collect(),
            place: self.at..end.max(self.end_of_leaves(source)),
        }
    }

    /// Where the last leaf ends, for an entry that another tag closed.
    fn end_of_leaves(&self, source: Source<'a>) -> usize {
        let leaves = [self.amount, self.id, self.name, self.memo, self.posted];
        let ends = leaves.into_iter().flatten().map(|leaf| offset(source, leaf) + leaf.len());
        ends.max().unwrap_or(self.at).min(source.bytes.len())
    }
}

/// An amount of OFX: a dot by the standard, a comma in the wild, never both meanings.
pub(super) fn amount(text: &str, exponent: u32) -> Result<ReadAmount, AmountFault> {
    minor_from_text(text, exponent, DecimalMark::Either, false)
}

/// NAME is the other side only where MEMO carries the words: many banks put the words in both.
fn party_of<'a>(name: Option<&Cow<'a, str>>, memo: Option<&Cow<'a, str>>) -> Option<Cow<'a, str>> {
    let (name, memo) = (name?, memo?);
    (!memo.starts_with(&**name)).then(|| name.clone())
}

fn joined<'a>(first: Option<Cow<'a, str>>, second: Option<Cow<'a, str>>) -> Cow<'a, str> {
    match (first, second) {
        (Some(first), Some(second)) if first == second => first,
        (Some(first), Some(second)) => {
            let mut both = String::with_capacity(first.len() + second.len() + 1);
            both.push_str(&first);
            both.push(' ');
            both.push_str(&second);
            Cow::Owned(both)
        }
        (first, second) => first.or(second).unwrap_or_default(),
    }
}

/// Line breaks inside a leaf become one blank.
fn one_line(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr::memchr3(b'\n', b'\r', 0, text.as_bytes()).is_none() {
        return text;
    }
    let parts: Vec<&str> =
        text.split(['\n', '\r', '\0']).map(str::trim).filter(|part| !part.is_empty()).collect();
    Cow::Owned(parts.join(" "))
}
