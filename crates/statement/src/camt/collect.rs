//! Gathers leaves by their path into statements.

use super::entry::Entry;
use super::tag::Tag;
use crate::amount::{DecimalMark, minor_from_text};
use crate::finish::{Draft, line_of};
use crate::{Reading, Remark, RemarkCode, Severity};
use crate::{account, calendar, entities};
use std::borrow::Cow;
use values::{Currency, Day};

/// A balance as its leaves come.
#[derive(Default)]
struct Balance<'t> {
    code: Cow<'t, str>,
    amount: Cow<'t, str>,
    currency: Option<Currency>,
    debit: bool,
    day: Option<Day>,
    at: usize,
}

/// What a statement's leaves say before its entries are lines.
#[derive(Default)]
struct Head<'t> {
    iban: Cow<'t, str>,
    number: Cow<'t, str>,
    name: Option<String>,
    balances: Vec<Balance<'t>>,
    without_day: u32,
    pending: u32,
}

/// The state of the walk.
pub(super) struct Collector<'t> {
    stack: Vec<Tag>,
    text: Cow<'t, str>,
    currency: Option<Currency>,
    message_stamp: Option<String>,
    bank: Option<String>,
    /// The statement being read, with the depth of its own element.
    statement: Option<(usize, Head<'t>, Draft<'t>)>,
    /// The entry being read, with the depth of its own element.
    entry: Option<(usize, Entry<'t>)>,
    done: Vec<(Head<'t>, Draft<'t>)>,
    /// Remarks with the place they stand at.
    remarks: Vec<(usize, Remark)>,
}

impl<'t> Collector<'t> {
    pub fn new() -> Collector<'t> {
        Collector {
            stack: Vec::new(),
            text: Cow::Borrowed(""),
            currency: None,
            message_stamp: None,
            bank: None,
            statement: None,
            entry: None,
            done: Vec::new(),
            remarks: Vec::new(),
        }
    }

    /// Whether every element was closed.
    pub fn is_closed(&self) -> bool {
        self.stack.is_empty()
    }

    pub fn open(&mut self, tag: Tag, currency: Option<Currency>, at: usize) {
        self.stack.push(tag);
        self.text = Cow::Borrowed("");
        let depth = self.stack.len();
        if tag == Tag::Amount {
            self.currency = currency;
        }
        match (&mut self.statement, &mut self.entry) {
            (None, _) if matches!(tag, Tag::Statement | Tag::Report | Tag::Notification) => {
                self.statement = Some((depth, Head::default(), Draft::default()));
            }
            (Some((base, ..)), None) if tag == Tag::Entry && depth == *base + 1 => {
                self.entry = Some((depth, Entry::at(at)));
            }
            (Some((base, head, _)), None) if tag == Tag::Balance && depth == *base + 1 => {
                head.balances.push(Balance { at, ..Balance::default() });
            }
            (_, Some((base, entry))) => entry.open(&self.stack[*base..]),
            _ => {}
        }
    }

    pub fn text(&mut self, content: Cow<'t, str>) {
        if self.text.is_empty() {
            self.text = content;
        } else {
            self.text.to_mut().push_str(&content);
        }
    }

    /// `&amp;` and its like; an unknown name stays as written, for nothing is ever expanded.
    pub fn reference(&mut self, name: &str) {
        let text = self.text.to_mut();
        match entities::letter(name) {
            Some(letter) => text.push(letter),
            None => {
                text.push('&');
                text.push_str(name);
                text.push(';');
            }
        }
    }

    pub fn close(&mut self, end: usize) {
        let depth = self.stack.len();
        let text = trimmed(std::mem::replace(&mut self.text, Cow::Borrowed("")));
        if !text.is_empty() {
            self.leaf(text);
        }
        if self.entry.as_ref().is_some_and(|(base, _)| *base == depth) {
            self.finish_entry(end);
        }
        if self.statement.as_ref().is_some_and(|(base, ..)| *base == depth) {
            let done = self.statement.take().map(|(_, head, draft)| (head, draft));
            self.done.extend(done);
        }
        self.stack.pop();
    }

    fn leaf(&mut self, text: Cow<'t, str>) {
        if let Some((base, entry)) = &mut self.entry {
            entry.leaf(&self.stack[*base..], text, self.currency);
            return;
        }
        let Some((base, head, draft)) = &mut self.statement else {
            if self.stack.ends_with(&[Tag::Header, Tag::Created]) {
                self.message_stamp = calendar::stamp(&text);
            }
            return;
        };
        let day = |text: &str| Day::parse(text.get(..10)?).ok();
        match &self.stack[*base..] {
            [Tag::Created] => draft.stamp = calendar::stamp(&text),
            [Tag::Period, Tag::From] => draft.stated[0] = day(&text),
            [Tag::Period, Tag::To] => draft.stated[1] = day(&text),
            [Tag::Account, Tag::Id, Tag::Iban] => head.iban = text,
            [Tag::Account, Tag::Id, Tag::Elsewhere, Tag::Id] => head.number = text,
            [Tag::Account, Tag::Currency] => draft.currency = Currency::parse(&text).ok(),
            [Tag::Account, Tag::Name] => head.name = Some(text.into_owned()),
            [Tag::Account, Tag::Servicer, Tag::Institution, Tag::Name] => {
                self.bank.get_or_insert(text.into_owned());
            }
            [Tag::Balance, path @ ..] => {
                if let Some(balance) = head.balances.last_mut() {
                    balance.leaf(path, text, self.currency);
                }
            }
            _ => {}
        }
    }

    fn finish_entry(&mut self, end: usize) {
        let (Some((_, entry)), Some((_, head, draft))) = (self.entry.take(), &mut self.statement)
        else {
            return;
        };
        if draft.currency.is_none() {
            let booked =
                head.balances.iter().find(|b| matches!(&*b.code, "OPBD" | "CLBD" | "PRCD"));
            draft.currency = booked.and_then(|b| b.currency).or(entry.currency());
        }
        if !entry.is_booked() {
            head.pending += 1;
            return;
        }
        let at = entry.place();
        let day = entry.day().or_else(|| {
            head.without_day += 1;
            head.only_day(draft)
        });
        let read = match day {
            Some(day) => entry.line(end, day, draft.currency),
            None => Err(Remark::new(RemarkCode::DayUnreadable, Severity::Error).with("value", "")),
        };
        match read {
            Ok((line, told)) => {
                draft.lines.push(line);
                self.remarks.extend(told.into_iter().map(|remark| (at, remark)));
            }
            Err(remark) => self.remarks.push((at, remark)),
        }
    }

    /// Ends the message: each statement with its account, balances and remarks.
    pub fn finish(self, reading: &mut Reading<'t>, bytes: &[u8]) {
        reading.bank = self.bank;
        for (at, remark) in self.remarks {
            reading.remarks.push(remark.at(line_of(bytes, at)));
        }
        for (head, mut draft) in self.done {
            if draft.stamp.is_none() {
                draft.stamp.clone_from(&self.message_stamp);
            }
            head.finish(draft, reading, bytes);
        }
    }
}

impl<'t> Balance<'t> {
    fn leaf(&mut self, path: &[Tag], text: Cow<'t, str>, currency: Option<Currency>) {
        match path {
            [Tag::Type, Tag::CodeOrOwn, Tag::Code] => self.code = text,
            [Tag::Amount] => {
                self.amount = text;
                self.currency = currency;
            }
            [Tag::Side] => self.debit = text.eq_ignore_ascii_case("DBIT"),
            [Tag::Day, Tag::Day | Tag::Instant] => {
                self.day = text.get(..10).and_then(|day| Day::parse(day).ok());
            }
            _ => {}
        }
    }
}

impl<'t> Head<'t> {
    /// The first balance of a code in the account's currency.
    fn balance(&self, code: &str, currency: Option<Currency>) -> Option<&Balance<'t>> {
        let fits =
            |b: &&Balance<'t>| b.code == code && (currency.is_none() || b.currency == currency);
        // Pages repeat their balances: the first opens, the last closes.
        match code {
            "CLBD" => self.balances.iter().rfind(fits),
            _ => self.balances.iter().find(fits),
        }
    }

    /// The day of lines that have none: that of the closing balance, or the period's last.
    fn only_day(&self, draft: &Draft<'t>) -> Option<Day> {
        let closing = self.balance("CLBD", None).and_then(|balance| balance.day);
        let stamped = || draft.stamp.as_deref().and_then(|text| Day::parse(text.get(..10)?).ok());
        closing.or(draft.stated[1]).or_else(stamped)
    }

    fn finish(self, mut draft: Draft<'t>, reading: &mut Reading<'t>, bytes: &[u8]) {
        draft.account = if self.iban.is_empty() {
            account::named_by_number(&self.number, "other")
        } else {
            account::named_by_iban(&self.iban)
        };
        draft.account.label.clone_from(&self.name);
        let currency = draft.currency;
        let opening = self.balance("OPBD", currency).or_else(|| self.balance("PRCD", currency));
        let closing = self.balance("CLBD", currency);
        if draft.currency.is_none() {
            draft.currency = closing.or(opening).and_then(|balance| balance.currency);
        }
        let exponent = draft.exponent();
        let mut read = |balance: &Balance<'t>| match minor_from_text(
            &balance.amount,
            exponent,
            DecimalMark::Dot,
            false,
        ) {
            Ok(read) if balance.debit => Some(-read.minor),
            Ok(read) => Some(read.minor),
            Err(_) => {
                let remark = Remark::new(RemarkCode::BalanceUnreadable, Severity::Warning);
                let line = line_of(bytes, balance.at);
                reading.remarks.push(remark.at(line).with("value", &balance.amount));
                None
            }
        };
        draft.opening_minor = opening.and_then(&mut read);
        draft.closing_minor = closing.and_then(&mut read);
        draft.closing_day = closing.and_then(|balance| balance.day);
        if draft.lines.is_empty() && draft.closing_day.is_none() {
            draft.closing_day = opening.and_then(|balance| balance.day);
        }
        self.tell(&draft, opening.and_then(|balance| balance.day), reading);
        draft.finish(reading);
    }

    fn tell(&self, draft: &Draft<'t>, opened: Option<Day>, reading: &mut Reading<'t>) {
        if self.pending > 0 {
            let remark = Remark::new(RemarkCode::Pending, Severity::Note);
            reading.remarks.push(remark.with("count", self.pending.to_string()));
        }
        if self.without_day > 0
            && let Some(day) = self.only_day(draft)
        {
            // A statement of one day leaves no doubt.
            let one = [opened, draft.stated[0]].into_iter().flatten().all(|first| first == day);
            let severity = if one { Severity::Note } else { Severity::Warning };
            let remark = Remark::new(RemarkCode::DayFromStatement, severity)
                .with("count", self.without_day.to_string())
                .with("day", day.to_string());
            reading.remarks.push(remark);
        }
    }
}

/// Without blanks around, still borrowed where it was.
fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}
