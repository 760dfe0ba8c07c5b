//! One account's pages into one statement, with what its balance proves.

use super::accounts::{bank, currency, find_record, named};
use super::chain::{Link, ends};
use super::line::{Row, row};
use super::mapping::{BalanceFrom, Mapping};
use super::moment::{Moment, stamp};
use super::record::{json_of, line_records};
use super::{AccountAsked, FeedReading, Held, Json};
use crate::finish::Draft;
use crate::{AccountName, Format, Line, Reading, Refusal, RefusalCode, Remark, RemarkCode};
use crate::{Severity, Trust};
use chrono_tz::Tz;
use std::collections::HashMap;
use values::Day;

/// The bank's balance may be this many days old before it is worth a word: a long weekend.
const FRESH_DAYS: i64 = 3;

/// Reads one account's answers: pages of lines in their order, and the answer with its balance
/// where that is another one.
///
/// A line's place counts bytes over all pages, one after the other. The stated balance closes the
/// statement only if it is booked and of a day within it, with no line after it; the statement then
/// ends on that day, for what the bank knows later it has not told yet.
pub fn read<'a>(
    mapping: &Mapping,
    account: &AccountAsked<'_>,
    pages: &[&'a [u8]],
    balances: Option<&[u8]>,
) -> Result<FeedReading<'a>, Refusal> {
    let unknown = |_| Refusal::new(RefusalCode::ZoneUnknown).with("zone", account.zone);
    let zone: Tz = account.zone.parse().map_err(unknown)?;
    let reader = format!("{} {}", mapping.id, mapping.recipe);
    let mut sheet = Sheet {
        mapping,
        account,
        zone,
        moments: Vec::new(),
        lines: Vec::new(),
        outside: 0,
        repeated: 0,
        page: 0,
        seen: HashMap::new(),
        read: FeedReading {
            reading: Reading::empty(Format::Feed, mapping.id.clone(), &reader),
            pending: Vec::new(),
            held: Vec::new(),
        },
    };
    let mut before = 0;
    let mut last = None;
    for page in pages {
        let root = json_of(page)?;
        sheet.take_page(&root, before)?;
        before += page.len();
        last = Some(page);
    }
    let stated = match mapping.balance_from() {
        Some(BalanceFrom::Transactions) => last.copied(),
        Some(BalanceFrom::Accounts | BalanceFrom::Call) => balances,
        None => None,
    };
    let stated = match stated {
        Some(bytes) => sheet.stated(&json_of(bytes)?),
        None => Stated::default(),
    };
    sheet.finish(stated)
}

/// What the answer with the balance says of the account.
#[derive(Default)]
struct Stated {
    name: Option<AccountName>,
    bank: Option<String>,
    booked_minor: Option<i64>,
    as_of: Option<Moment>,
}

struct Sheet<'a, 'q> {
    mapping: &'q Mapping,
    account: &'q AccountAsked<'q>,
    zone: Tz,
    lines: Vec<Line<'a>>,
    moments: Vec<Moment>,
    outside: usize,
    repeated: usize,
    /// The page that is read, from 1.
    page: usize,
    /// On which page an id was shown first, to know a line that stands on two pages because the
    /// list moved between them. On one page a list shows nothing twice: two lines that a bank gave
    /// one id are two.
    seen: HashMap<(String, Day, i64), usize>,
    read: FeedReading<'a>,
}

impl<'a> Sheet<'a, '_> {
    fn take_page(&mut self, root: &Json<'a>, before: usize) -> Result<(), Refusal> {
        self.page += 1;
        for chain in line_records(self.mapping, root, Some(self.account.reference))? {
            let Some(record) = chain.last() else { continue };
            let place = before + record.place.start..before + record.place.end;
            match row(self.mapping, &chain, self.account.currency, self.zone, place.clone()) {
                Ok(Row::Booked(line, moment)) => self.take_line(line, moment),
                Ok(Row::Pending(pending)) => self.read.pending.push(pending),
                Ok(Row::Void) => {}
                Err(remark) => {
                    self.read.reading.remarks.push(remark.clone());
                    self.read.held.push(Held { place, remark });
                }
            }
        }
        Ok(())
    }

    fn take_line(&mut self, line: Line<'a>, moment: Moment) {
        if line.day < self.account.first_day || line.day > self.account.last_day {
            self.outside += 1;
            return;
        }
        let trusted = line.ids.iter().find(|id| id.trust >= Trust::Normal);
        if let Some(id) = trusted {
            let key = (id.value.clone().into_owned(), line.day, line.amount_minor);
            if *self.seen.entry(key).or_insert(self.page) < self.page {
                self.repeated += 1;
                return;
            }
        }
        self.lines.push(line);
        self.moments.push(moment);
    }

    /// The account's name, and its booked balance where it is one that can prove something.
    fn stated(&mut self, root: &Json<'_>) -> Stated {
        let Some(balances) = &self.mapping.balances else { return Stated::default() };
        let own = balances.from == BalanceFrom::Call;
        let record =
            if own { Some(root) } else { find_record(self.mapping, root, self.account.reference) };
        let remarks = &mut self.read.reading.remarks;
        let Some(record) = record else {
            let remark = Remark::new(RemarkCode::AccountNotShown, Severity::Warning);
            remarks.push(remark.with("account", self.account.reference));
            return Stated::default();
        };
        let chain = [root, record];
        let mut warn =
            |remark: Remark| remarks.push(Remark { severity: Severity::Warning, ..remark });
        let mut stated = Stated::default();
        if !own {
            stated.name = Some(named(self.mapping, &chain));
            stated.bank = bank(self.mapping, &chain);
            match currency(self.mapping, &chain) {
                Ok(currency) if currency == self.account.currency => {}
                Ok(currency) => {
                    let remark = Remark::new(RemarkCode::AmountOtherCurrency, Severity::Warning);
                    let ours = self.account.currency;
                    let remark = remark.with("value", "").with("currency", currency.code());
                    warn(remark.with("account_currency", ours.code()));
                    return stated;
                }
                Err(remark) => {
                    warn(remark);
                    return stated;
                }
            }
        }
        match balances.as_of.as_ref().map(|rule| rule.needed(&chain, self.zone)).transpose() {
            Ok(as_of) => stated.as_of = as_of,
            // A balance whose day is not known proves nothing.
            Err(remark) => {
                warn(remark);
                return stated;
            }
        }
        match balances.booked.find(&chain, self.account.currency) {
            Ok(booked) => stated.booked_minor = Some(booked),
            Err(remark) => warn(remark),
        }
        stated
    }

    fn remark(&mut self, code: RemarkCode, severity: Severity, args: &[(&'static str, String)]) {
        let with =
            |remark: Remark, (name, value): &(&'static str, String)| remark.with(name, value);
        self.read.reading.remarks.push(args.iter().fold(Remark::new(code, severity), with));
    }

    /// What the balances after each line prove; nothing where one line lacks its own or was held.
    fn chained(&mut self) -> Option<(i64, i64)> {
        let links: Option<Vec<Link>> = (self.lines.iter().zip(&self.moments))
            .map(|(line, moment)| {
                let (instant_ms, after) = (moment.instant_ms?, line.balance_after_minor?);
                Some(Link { instant_ms, amount: line.amount_minor, after })
            })
            .collect();
        match ends(&links?)? {
            Ok(ends) => self.read.held.is_empty().then_some(ends),
            Err(_) if !self.read.held.is_empty() => None,
            Err(breaks) => {
                let count = [("count", breaks.to_string())];
                self.remark(RemarkCode::BalanceChainBroken, Severity::Warning, &count);
                None
            }
        }
    }

    fn finish(mut self, stated: Stated) -> Result<FeedReading<'a>, Refusal> {
        let asked = self.account;
        let got = stamp(asked.as_of, self.zone)
            .ok_or_else(|| Refusal::new(RefusalCode::AnswerWithoutMoment))?;
        // Nobody knows a balance of later than the moment the answer was got.
        let as_of = match stated.as_of {
            Some(said) if said.stamp < got.stamp => said,
            _ => got,
        };
        if self.outside > 0 {
            let days =
                [("first", asked.first_day.to_string()), ("last", asked.last_day.to_string())];
            let count = ("count", self.outside.to_string());
            let [first, last] = days;
            self.remark(RemarkCode::LinesOutsidePeriod, Severity::Note, &[count, first, last]);
        }
        if self.repeated > 0 {
            let count = [("count", self.repeated.to_string())];
            self.remark(RemarkCode::LineRepeated, Severity::Note, &count);
        }
        let chained = self.chained();
        let (closing, last_day) = self.closing(stated.booked_minor, &as_of);
        let mut name = stated.name.unwrap_or_default();
        name.add(&self.mapping.id, asked.reference.to_owned());
        let mut reading = self.read.reading;
        reading.bank = stated.bank;
        let draft = Draft {
            account: name,
            currency: Some(asked.currency),
            stated: [Some(asked.first_day), Some(last_day)],
            opening_minor: chained.map(|(opening, _)| opening),
            closing_minor: closing.or(chained.map(|(_, closing)| closing)),
            stamp: Some(as_of.stamp),
            lines: self.lines,
            ..Draft::default()
        };
        draft.finish(&mut reading);
        Ok(FeedReading { reading, pending: self.read.pending, held: self.read.held })
    }

    /// The stated balance if it closes this window, and the last day that the answer speaks of.
    fn closing(&mut self, booked_minor: Option<i64>, as_of: &Moment) -> (Option<i64>, Day) {
        let asked = self.account;
        let day = as_of.day;
        let late = self.lines.iter().map(|line| line.day).max().filter(|last| *last > day);
        if day > asked.last_day {
            // An older window: the balance is of days that it does not show.
            return (None, asked.last_day);
        }
        if asked.last_day.days_since(day) > FRESH_DAYS {
            let days = [("day", day.to_string()), ("last", asked.last_day.to_string())];
            self.remark(RemarkCode::FeedStale, Severity::Warning, &days);
        }
        if let Some(last) = late {
            let days = [("day", day.to_string()), ("last", last.to_string())];
            self.remark(RemarkCode::BalanceOfEarlierDay, Severity::Note, &days);
            return (None, last);
        }
        if day < asked.first_day {
            return (None, asked.first_day);
        }
        (booked_minor, day)
    }
}
