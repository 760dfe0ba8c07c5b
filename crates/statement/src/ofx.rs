//! OFX 1 and 2, QFX, QBO: a tolerant walk over tags, without a tree.
//!
//! Leaves need no closing, one-line files and self-closed tags are the same to it, and what the
//! header says of the encoding is only believed when the bytes are not UTF-8.

mod entry;
mod walk;

use crate::decode::{decode, single_byte};
use crate::finish::{Draft, line_of, move_places};
use crate::{Format, Reading, Refusal, RefusalCode, Remark, RemarkCode, Severity};
use crate::{account, calendar, entities};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use entry::Entry;
use memchr::memmem;
use std::borrow::Cow;
use values::{Currency, Day};
use walk::{Step, Walk};

/// The name and version kept with each statement.
const READER: &str = "ofx 1";

/// Reads an OFX file; refuses one that holds no bank or card statement.
pub(crate) fn read(bytes: &[u8]) -> Result<Reading<'_>, Refusal> {
    let text = (bytes.contains(&0) || bytes.starts_with(&[0xFE, 0xFF]))
        .then(|| decode(bytes, None, false));
    match text {
        // UTF-16 has no ASCII bytes to walk over: walk its text, then find the places again.
        Some(text) if text.encoding != UTF_8 && text.encoding != WINDOWS_1252 => {
            let mut reading = Reader::over(text.text.as_bytes()).read()?.into_owned();
            move_places(&mut reading, &mut text.places());
            Ok(reading)
        }
        _ => Reader::over(bytes).read(),
    }
}

/// The aggregate that the next leaves belong to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Area {
    Other,
    SignOn,
    Status,
    Statement,
    Account,
    Ledger,
    Entry,
    Payee,
    OtherAccount,
    OtherCurrency,
    OriginalCurrency,
    Investment,
}

/// The bytes and how to turn a leaf into text.
#[derive(Clone, Copy)]
struct Source<'a> {
    bytes: &'a [u8],
    fallback: &'static Encoding,
}

impl<'a> Source<'a> {
    /// A leaf as text: strictly UTF-8 first, then the header's encoding; entities resolved.
    fn text(self, leaf: &'a [u8]) -> Cow<'a, str> {
        let text = match str::from_utf8(leaf) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => self.fallback.decode_without_bom_handling(leaf).0,
        };
        // Most leaves hold neither a reference nor a line break: one look tells.
        if memchr::memchr(b'&', leaf).is_none() { text } else { entities::resolved(text) }
    }
}

/// An account of a statement being read.
#[derive(Default)]
struct Parts<'a> {
    bank: &'a [u8],
    branch: &'a [u8],
    number: &'a [u8],
    card: bool,
}

struct Reader<'a> {
    source: Source<'a>,
    says_utf8: bool,
    start: usize,
    area: Area,
    draft: Option<Draft<'a>>,
    parts: Parts<'a>,
    entry: Option<Entry<'a>>,
    investment: Option<String>,
    severity: &'a [u8],
    bank_message: Option<String>,
    stamp: Option<String>,
    bank: Option<String>,
    reading: Reading<'a>,
}

impl<'a> Reader<'a> {
    fn over(bytes: &'a [u8]) -> Reader<'a> {
        let start = start_of_body(bytes);
        let header = &bytes[..start];
        let said = header_value(header, b"CHARSET").or_else(|| header_value(header, b"encoding"));
        let says_utf8 = [b"ENCODING".as_slice(), b"encoding"].iter().any(|name| {
            header_value(header, name).is_some_and(|v| v.eq_ignore_ascii_case("UTF-8"))
        });
        let fallback = said.and_then(|label| single_byte(&label)).unwrap_or(WINDOWS_1252);
        Reader {
            source: Source { bytes, fallback },
            says_utf8,
            start,
            area: Area::Other,
            draft: None,
            parts: Parts::default(),
            entry: None,
            investment: None,
            severity: b"",
            bank_message: None,
            stamp: None,
            bank: None,
            reading: Reading::empty(Format::Ofx, dialect(header), READER),
        }
    }

    fn read(mut self) -> Result<Reading<'a>, Refusal> {
        for step in Walk::from(self.source.bytes, self.start) {
            match step {
                Step::Open { name, value, at } => self.open(name, value, at),
                Step::Close { name, end } => self.close(name, end),
            }
        }
        if self.entry.take().is_some() || self.draft.is_some() {
            self.remark(Remark::new(RemarkCode::Truncated, Severity::Error));
        }
        self.finish_statement();
        self.check_encoding();
        let held = !self.reading.statements.is_empty() || !self.reading.remarks.is_empty();
        match self.bank_message.take() {
            Some(message) if !held => {
                return Err(Refusal::new(RefusalCode::BankError).with("message", message));
            }
            Some(message) => self.remark(
                Remark::new(RemarkCode::BankMessage, Severity::Warning).with("message", message),
            ),
            None if !held => {
                return Err(Refusal::new(RefusalCode::NoStatement).with("format", "OFX"));
            }
            None => {}
        }
        self.reading.bank = self.bank;
        Ok(self.reading)
    }

    /// Leaves that are not UTF-8 in a file that says it is, or that is so elsewhere.
    fn check_encoding(&mut self) {
        if self.says_utf8 && str::from_utf8(self.source.bytes).is_err() {
            let remark = Remark::new(RemarkCode::EncodingWrong, Severity::Warning);
            let read = self.source.fallback.name();
            self.remark(remark.with("said", "UTF-8").with("read", read));
        }
    }

    fn remark(&mut self, remark: Remark) {
        self.reading.remarks.push(remark);
    }

    fn open(&mut self, name: &'a [u8], value: &'a [u8], at: usize) {
        let mut upper = [0u8; 24];
        let name = in_capitals(name, &mut upper);
        if value.is_empty() && self.aggregate(name, at) {
            return;
        }
        self.leaf(name, value);
    }

    /// Enters an aggregate; false when the name is none that matters.
    fn aggregate(&mut self, name: &[u8], at: usize) -> bool {
        self.area = match name {
            b"SONRS" => Area::SignOn,
            b"STATUS" => {
                self.severity = b"";
                Area::Status
            }
            b"STMTRS" | b"CCSTMTRS" => {
                self.begin_statement(name == b"CCSTMTRS");
                Area::Statement
            }
            b"INVSTMTRS" => {
                self.finish_statement();
                self.investment = Some(String::new());
                Area::Investment
            }
            b"BANKACCTFROM" | b"CCACCTFROM" if self.draft.is_some() && self.entry.is_none() => {
                Area::Account
            }
            b"INVACCTFROM" => Area::Investment,
            b"LEDGERBAL" => {
                self.finish_entry(at);
                Area::Ledger
            }
            b"AVAILBAL" | b"BALLIST" | b"BANKTRANLISTP" | b"STMTTRNP" => {
                self.finish_entry(at);
                Area::Other
            }
            b"BANKTRANLIST" => Area::Statement,
            b"STMTTRN" => {
                self.finish_entry(at);
                if self.draft.is_some() {
                    self.entry = Some(Entry::at(at));
                }
                Area::Entry
            }
            b"PAYEE" => Area::Payee,
            b"BANKACCTTO" | b"CCACCTTO" => Area::OtherAccount,
            b"CURRENCY" => Area::OtherCurrency,
            b"ORIGCURRENCY" => Area::OriginalCurrency,
            _ => return false,
        };
        true
    }

    fn close(&mut self, name: &'a [u8], end: usize) {
        let mut upper = [0u8; 24];
        match in_capitals(name, &mut upper) {
            b"STMTTRN" => {
                self.finish_entry(end);
                self.area = Area::Statement;
            }
            b"STMTRS" | b"CCSTMTRS" => {
                self.finish_entry(end);
                self.finish_statement();
                self.area = Area::Other;
            }
            b"STMTTRNRS" | b"CCSTMTTRNRS" | b"OFX" => {
                self.finish_entry(end);
                self.finish_statement();
                self.finish_investment();
                self.area = Area::Other;
            }
            b"INVSTMTRS" => self.finish_investment(),
            b"BANKTRANLIST" => {
                self.finish_entry(end);
                self.area = Area::Statement;
            }
            b"BANKACCTFROM" | b"CCACCTFROM" | b"LEDGERBAL" | b"AVAILBAL" => {
                self.area = Area::Statement;
            }
            b"PAYEE" | b"BANKACCTTO" | b"CCACCTTO" | b"CURRENCY" | b"ORIGCURRENCY" => {
                self.area = Area::Entry;
            }
            b"SONRS" => self.area = Area::Other,
            b"STATUS" => self.area = if self.stamp.is_none() { Area::SignOn } else { Area::Other },
            _ => {}
        }
    }

    fn leaf(&mut self, name: &[u8], value: &'a [u8]) {
        let source = self.source;
        match (self.area, name) {
            (_, b"DTSERVER") => self.stamp = calendar::stamp(&source.text(value)),
            (_, b"ORG") if self.bank.is_none() && !value.is_empty() => {
                self.bank = Some(source.text(value).into_owned());
            }
            (Area::Status, b"SEVERITY") => self.severity = value,
            (Area::Status, b"MESSAGE") if self.severity.eq_ignore_ascii_case(b"ERROR") => {
                self.bank_message = Some(source.text(value).into_owned());
            }
            (Area::Account, b"BANKID" | b"ORGID") => self.parts.bank = value,
            (Area::Account, b"BRANCHID") => self.parts.branch = value,
            (Area::Account, b"ACCTID") => self.parts.number = value,
            (Area::Investment, b"ACCTID") => {
                if let Some(name) = &mut self.investment {
                    *name = source.text(value).into_owned();
                }
            }
            (Area::Ledger, b"BALAMT") => self.balance(value),
            (Area::Ledger, b"DTASOF") => {
                if let Some(draft) = &mut self.draft {
                    draft.closing_day = day(value);
                }
            }
            (_, b"CURDEF") => {
                if let Some(draft) = &mut self.draft {
                    draft.currency = Currency::parse(&source.text(value)).ok();
                }
            }
            (_, b"DTSTART" | b"DTEND") => {
                if let Some(draft) = &mut self.draft {
                    // Converters write the first day of Unix time where they know none.
                    let stated = day(value).filter(|day| day.year() > 1980);
                    let side = if name == b"DTSTART" { 0 } else { 1 };
                    draft.stated[side] = stated;
                }
            }
            (area, _) => {
                if let Some(entry) = &mut self.entry {
                    entry.take(area, name, value);
                }
            }
        }
    }

    fn balance(&mut self, value: &'a [u8]) {
        let text = self.source.text(value);
        if let Some(draft) = &mut self.draft {
            draft.closing = Some((text, self.source.bytes.len().min(offset(self.source, value))));
        }
    }

    fn begin_statement(&mut self, card: bool) {
        self.finish_statement();
        self.draft = Some(Draft::default());
        self.parts = Parts { card, ..Parts::default() };
    }

    fn finish_entry(&mut self, end: usize) {
        let (Some(entry), Some(draft)) = (self.entry.take(), &mut self.draft) else { return };
        entry.finish(self.source, end, draft, &mut self.reading.remarks);
    }

    fn finish_investment(&mut self) {
        if let Some(account) = self.investment.take() {
            let remark = Remark::new(RemarkCode::InvestmentNotRead, Severity::Error);
            self.remark(remark.with("account", account));
        }
    }

    fn finish_statement(&mut self) {
        let Some(mut draft) = self.draft.take() else { return };
        let text = |leaf| self.source.text(leaf);
        let parts = &self.parts;
        draft.account =
            account::named_by_parts(&text(parts.bank), &text(parts.branch), &text(parts.number));
        draft.account.card = parts.card;
        draft.stamp = self.stamp.clone();
        if let Some((value, at)) = draft.closing.take() {
            let exponent = draft.exponent();
            match entry::amount(&value, exponent) {
                Ok(read) => draft.closing_minor = Some(read.minor),
                Err(_) => {
                    let line = line_of(self.source.bytes, at);
                    let remark = Remark::new(RemarkCode::BalanceUnreadable, Severity::Warning);
                    self.reading.remarks.push(remark.at(line).with("value", value));
                }
            }
        }
        draft.finish(&mut self.reading);
    }
}

/// The place of a leaf in the bytes; the end for a leaf that is nowhere.
fn offset(source: Source<'_>, leaf: &[u8]) -> usize {
    let (base, place) = (source.bytes.as_ptr() as usize, leaf.as_ptr() as usize);
    place.saturating_sub(base).min(source.bytes.len())
}

/// A day as OFX writes it; whatever follows the first eight digits is time and zone.
fn day(value: &[u8]) -> Option<Day> {
    let text = str::from_utf8(value.get(..10.min(value.len()))?).ok()?;
    calendar::compact_day(text).or_else(|| Day::parse(text).ok())
}

fn in_capitals<'n>(name: &'n [u8], upper: &'n mut [u8; 24]) -> &'n [u8] {
    if name.len() > upper.len() || !name.iter().any(u8::is_ascii_lowercase) {
        return name;
    }
    let upper = &mut upper[..name.len()];
    upper.copy_from_slice(name);
    upper.make_ascii_uppercase();
    upper
}

/// Where `<OFX>` stands; the beginning if it is missing.
fn start_of_body(bytes: &[u8]) -> usize {
    let head = &bytes[..bytes.len().min(64 << 10)];
    let found = memmem::find(head, b"<OFX>").or_else(|| memmem::find(head, b"<OFX "));
    found.or_else(|| memmem::find(head, b"<ofx>")).unwrap_or(0)
}

/// `VERSION:102` or `VERSION="220"` of the header.
fn header_value(header: &[u8], name: &[u8]) -> Option<String> {
    let place = memmem::find_iter(header, name).find(|place| {
        let before = place.checked_sub(1).and_then(|before| header.get(before));
        before.is_none_or(|byte| !byte.is_ascii_alphanumeric())
    })?;
    let rest = &header[place + name.len()..];
    let rest = rest.strip_prefix(b":").or_else(|| rest.strip_prefix(b"="))?;
    let rest = rest.strip_prefix(b"\"").unwrap_or(rest);
    let end = rest.iter().position(|byte| !(byte.is_ascii_alphanumeric() || *byte == b'-'));
    let value = &rest[..end.unwrap_or(rest.len())];
    str::from_utf8(value).ok().filter(|value| !value.is_empty()).map(str::to_owned)
}

fn dialect(header: &[u8]) -> String {
    match header_value(header, b"VERSION").as_deref() {
        Some(version) if version.len() == 3 && version.bytes().all(|b| b.is_ascii_digit()) => {
            format!("OFX {}.{}", &version[..1], &version[1..])
        }
        _ => "OFX".to_owned(),
    }
}

#[cfg(test)]
mod tests;
