//! From the lines a reader found to a statement: period, stamp, ids, and what the sums prove.

use crate::amount::AmountFault;
use crate::decode::Places;
use crate::{
    AccountName, Format, Line, Reading, Refusal, RefusalCode, Remark, RemarkCode, Severity,
};
use crate::{SourceId, Statement, Trust};
use std::borrow::Cow;
use std::collections::HashMap;
use values::{Currency, Day, MAX_MINOR};

/// A statement being read.
#[derive(Default)]
pub(crate) struct Draft<'a> {
    pub account: AccountName,
    pub currency: Option<Currency>,
    /// First and last day as the file states them.
    pub stated: [Option<Day>; 2],
    pub opening_minor: Option<i64>,
    /// The closing balance as written, and its place.
    pub closing: Option<(Cow<'a, str>, usize)>,
    pub closing_minor: Option<i64>,
    /// The day of the closing balance.
    pub closing_day: Option<Day>,
    /// The bank's own stamp, in sortable form.
    pub stamp: Option<String>,
    pub lines: Vec<Line<'a>>,
}

impl<'a> Draft<'a> {
    /// Decimals of the account's currency; two where the file names none.
    pub fn exponent(&self) -> u32 {
        self.currency.map_or(2, Currency::exponent)
    }

    /// Ends the statement, with the remarks it needs.
    pub fn finish(mut self, reading: &mut Reading<'a>) {
        let nameless = self.account.names.is_empty();
        let empty = self.lines.is_empty() && self.closing_minor.is_none();
        if nameless && empty && self.currency.is_none() {
            return;
        }
        if nameless && reading.format != Format::Csv {
            reading.remarks.push(Remark::new(RemarkCode::AccountMissing, Severity::Warning));
        }
        let days = || self.lines.iter().map(|line| line.day);
        let (low, high) = (days().min(), days().max());
        let [mut first, mut last] = self.stated;
        if first.zip(last).is_some_and(|(first, last)| first > last) {
            [first, last] = [None, None];
        }
        let stamped = self.stamp.as_deref().and_then(|text| Day::parse(text.get(..10)?).ok());
        let other = self.closing_day.or(stamped);
        let first = first.or(low).or(last).or(other);
        let last = last.or(high).or(other).or(first);
        let (Some(first_day), Some(last_day)) = (first, last) else {
            let remark = Remark::new(RemarkCode::StatementWithoutDay, Severity::Error);
            reading.remarks.push(remark.with("account", self.account.shown()));
            return;
        };
        let (first_day, last_day) = (first_day.min(last_day), first_day.max(last_day));
        self.tell_period(first_day, last_day, high, &mut reading.remarks);
        distrust_repeated_ids(&mut self.lines, &mut reading.remarks);
        let statement = Statement {
            account: self.account,
            currency: self.currency,
            first_day,
            last_day,
            opening_minor: self.opening_minor,
            closing_minor: self.closing_minor,
            as_of: self.stamp.unwrap_or_else(|| last_day.to_string()),
            lines: self.lines,
        };
        statement.prove(&mut reading.remarks);
        reading.statements.push(statement);
    }

    fn tell_period(&self, first: Day, last: Day, high: Option<Day>, remarks: &mut Vec<Remark>) {
        let outside = self.lines.iter().filter(|line| line.day < first || line.day > last).count();
        if outside > 0 {
            let remark = Remark::new(RemarkCode::LinesOutsidePeriod, Severity::Note)
                .with("count", outside.to_string())
                .with("first", first.to_string())
                .with("last", last.to_string());
            remarks.push(remark);
        }
        if let (Some(day), Some(high), Some(_)) = (self.closing_day, high, self.closing_minor)
            && day < high
        {
            let remark = Remark::new(RemarkCode::BalanceOfEarlierDay, Severity::Note);
            remarks.push(remark.with("day", day.to_string()).with("last", high.to_string()));
        }
    }
}

/// An id that several lines of one statement bear names none of them.
fn distrust_repeated_ids(lines: &mut [Line<'_>], remarks: &mut Vec<Remark>) {
    if ids_ascend(lines) {
        return;
    }
    let mut seen: HashMap<(&'static str, &str), u32> = HashMap::with_capacity(lines.len());
    let trusted = |id: &&SourceId<'_>| id.trust != Trust::None;
    for id in lines.iter().flat_map(|line| line.ids.iter().filter(trusted)) {
        *seen.entry((id.name, &*id.value)).or_default() += 1;
    }
    if seen.values().any(|count| *count > 1) {
        let repeated: Vec<(&'static str, String)> = seen
            .iter()
            .filter(|(_, count)| **count > 1)
            .map(|((name, value), _)| (*name, (*value).to_owned()))
            .collect();
        let repeated: std::collections::HashSet<(&str, &str)> =
            repeated.iter().map(|(name, value)| (*name, value.as_str())).collect();
        for id in lines.iter_mut().flat_map(|line| line.ids.iter_mut()) {
            if repeated.contains(&(id.name, &*id.value)) {
                id.trust = Trust::None;
            }
        }
        let remark = Remark::new(RemarkCode::IdRepeated, Severity::Warning);
        remarks.push(remark.with("count", repeated.len().to_string()));
    }
    let empty = lines.iter().filter(|l| l.ids.iter().any(|id| unusable_id(&id.value))).count();
    if empty > 0 {
        let remark = Remark::new(RemarkCode::IdEmpty, Severity::Note);
        remarks.push(remark.with("count", empty.to_string()));
    }
}

/// Whether each line has one trusted id, greater than the one before: then none is repeated.
fn ids_ascend(lines: &[Line<'_>]) -> bool {
    let id = |line: &'_ Line<'_>| match &line.ids[..] {
        [id] => id.trust != Trust::None,
        _ => false,
    };
    lines.iter().all(id) && lines.windows(2).all(|pair| pair[0].ids[0].value < pair[1].ids[0].value)
}

/// Words and zeros that stand where an id should: they name nothing.
pub(crate) fn unusable_id(id: &str) -> bool {
    let letters = || id.bytes().filter(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_uppercase());
    const WORDS: [&str; 7] = ["NONREF", "NOREF", "NOTPROVIDED", "NONE", "NA", "NULL", "UNKNOWN"];
    letters().all(|byte| byte == b'0') || WORDS.iter().any(|word| letters().eq(word.bytes()))
}

impl Statement<'_> {
    /// The sum of the booked lines in minor units; `None` beyond what can be kept exactly.
    pub fn sum_minor(&self) -> Option<i64> {
        let sum: i128 = self.lines.iter().map(|line| i128::from(line.amount_minor)).sum();
        i64::try_from(sum).ok().filter(|sum| sum.abs() <= MAX_MINOR)
    }

    /// Closing − opening − lines, in minor units: zero when the statement proves itself; `None`
    /// when a balance is not stated or the sum cannot be kept.
    pub fn difference_minor(&self) -> Option<i64> {
        Some(self.closing_minor? - self.opening_minor? - self.sum_minor()?)
    }

    /// Says what does not add up.
    fn prove(&self, remarks: &mut Vec<Remark>) {
        let account = self.account.shown();
        let Some(sum) = self.sum_minor() else {
            let remark = Remark::new(RemarkCode::SumTooLarge, Severity::Warning);
            remarks.push(remark.with("account", account));
            return;
        };
        let (Some(difference), Some(opening), Some(closing)) =
            (self.difference_minor(), self.opening_minor, self.closing_minor)
        else {
            return;
        };
        if difference != 0 {
            let shown = |minor| plain_amount(minor, self.currency);
            remarks.push(
                Remark::new(RemarkCode::BalanceNotProved, Severity::Warning)
                    .with("account", account)
                    .with("opening", shown(opening))
                    .with("sum", shown(sum))
                    .with("closing", shown(closing))
                    .with("difference", shown(difference)),
            );
        }
    }
}

/// Minor units as major units with a dot, two decimals where no currency is known.
pub(crate) fn plain_amount(minor: i64, currency: Option<Currency>) -> String {
    values::Money { minor, currency: currency.unwrap_or(Currency::EUR) }.to_string()
}

impl Remark {
    /// A remark without place or arguments yet.
    pub(crate) fn new(code: RemarkCode, severity: Severity) -> Remark {
        Remark { code, severity, line: None, args: Vec::new() }
    }

    /// At a line of the text, from 1.
    pub(crate) fn at(mut self, line: u32) -> Remark {
        self.line = Some(line);
        self
    }

    /// With an argument for its sentence, cut to what a person reads.
    pub(crate) fn with(mut self, name: &'static str, value: impl AsRef<str>) -> Remark {
        self.args.push((name, shortened(value.as_ref())));
        self
    }

    /// What is wrong with an amount; the line is not read.
    pub(crate) fn of_amount(fault: AmountFault, text: &str, currency: Option<Currency>) -> Remark {
        let code = match fault {
            AmountFault::Missing => RemarkCode::AmountMissing,
            AmountFault::Unreadable => RemarkCode::AmountUnreadable,
            AmountFault::TooFine => RemarkCode::AmountTooFine,
            AmountFault::TooLarge => RemarkCode::AmountTooLarge,
            AmountFault::Ambiguous => RemarkCode::AmountAmbiguous,
        };
        let remark = Remark::new(code, Severity::Error);
        match fault {
            AmountFault::Missing => remark,
            AmountFault::TooFine => {
                let currency = currency.map(|c| c.to_string()).unwrap_or_default();
                remark.with("value", text).with("currency", currency)
            }
            _ => remark.with("value", text),
        }
    }
}

impl Refusal {
    /// A refusal without arguments yet.
    pub(crate) fn new(code: RefusalCode) -> Refusal {
        Refusal { code, args: Vec::new() }
    }

    /// With an argument for its sentence, cut to what a person reads.
    pub(crate) fn with(mut self, name: &'static str, value: impl AsRef<str>) -> Refusal {
        self.args.push((name, shortened(value.as_ref())));
        self
    }
}

fn shortened(text: &str) -> String {
    const SHOWN: usize = 160;
    let clean = text.trim().replace(['\0', '\n', '\r'], " ");
    match clean.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &clean[..end]),
        None => clean,
    }
}

/// The line of the text, from 1, on which a byte stands.
pub(crate) fn line_of(bytes: &[u8], at: usize) -> u32 {
    let before = &bytes[..at.min(bytes.len())];
    let feeds = memchr::memchr_iter(b'\n', before).count();
    // Files of old Macs end their lines with CR alone.
    let ends = if feeds == 0 { memchr::memchr_iter(b'\r', before).count() } else { feeds };
    u32::try_from(ends).unwrap_or(u32::MAX - 1) + 1
}

/// Turns places in a text into places in its bytes; lines stand in the file's order.
pub(crate) fn move_places(reading: &mut Reading<'_>, places: &mut Places<'_>) {
    let lines = reading.statements.iter_mut().flat_map(|s| s.lines.iter_mut());
    let mut all: Vec<&mut Line<'_>> = lines.collect();
    all.sort_by_key(|line| line.place.start);
    for line in all {
        let start = places.in_bytes(line.place.start);
        let end = places.in_bytes(line.place.end);
        line.place = start..end.max(start);
    }
}

impl<'a> Reading<'a> {
    /// A reading that holds nothing yet.
    pub(crate) fn empty(format: Format, dialect: String, reader: &str) -> Reading<'a> {
        let reader = reader.to_owned();
        Reading { format, dialect, bank: None, reader, statements: vec![], remarks: vec![] }
    }

    /// Whether every line of the stretch is here: nothing was left unread, cut off or chosen.
    ///
    /// Only such a reading may say that a line known before is gone at the bank.
    pub fn shows_every_line(&self) -> bool {
        !self.remarks.iter().any(|remark| {
            let chosen = matches!(remark.code, RemarkCode::Notification | RemarkCode::Intraday);
            chosen || remark.severity == Severity::Error
        })
    }

    /// The same, holding its own text: for keeping it longer than the bytes.
    pub fn into_owned(self) -> Reading<'static> {
        let statements = self.statements.into_iter().map(|statement| Statement {
            account: statement.account,
            currency: statement.currency,
            first_day: statement.first_day,
            last_day: statement.last_day,
            opening_minor: statement.opening_minor,
            closing_minor: statement.closing_minor,
            as_of: statement.as_of,
            lines: statement.lines.into_iter().map(Line::into_owned).collect(),
        });
        Reading {
            format: self.format,
            dialect: self.dialect,
            bank: self.bank,
            reader: self.reader,
            statements: statements.collect(),
            remarks: self.remarks,
        }
    }
}

impl Line<'_> {
    /// The same, holding its own text.
    pub fn into_owned(self) -> Line<'static> {
        fn own(text: Cow<'_, str>) -> Cow<'static, str> {
            Cow::Owned(text.into_owned())
        }
        Line {
            day: self.day,
            value_day: self.value_day,
            amount_minor: self.amount_minor,
            label: own(self.label),
            party_name: self.party_name.map(own),
            party_iban: self.party_iban.map(own),
            reference: self.reference.map(own),
            type_code: self.type_code.map(own),
            balance_after_minor: self.balance_after_minor,
            original: self.original,
            fee_minor: self.fee_minor,
            ids: self
                .ids
                .into_iter()
                .map(|id| SourceId { name: id.name, value: own(id.value), trust: id.trust })
                .collect(),
            place: self.place,
        }
    }
}
