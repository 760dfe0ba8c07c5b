//! From rows to lines, and from lines to one statement an account and currency.

use super::balances::{Chain, Link, chain};
use super::layout::Layout;
use super::recipe::{CellWords, FeeWord, Sign};
use super::table::{Row, words};
use crate::account::{named_by_number, named_by_parts};
use crate::amount::{AmountFault, DecimalMark, minor_from_text};
use crate::calendar::day_in_order;
use crate::finish::{Draft, unusable_id};
use crate::fold::{captures, fits, folded};
use crate::{AccountName, Line, Reading, Refusal, RefusalCode, Remark, RemarkCode, Severity};
use crate::{SourceId, Trust};
use std::borrow::Cow;
use std::collections::HashMap;
use values::{Currency, Day, Iban};

/// Remarks on rows that are no lines; more would only hide the others.
const IGNORED_TOLD: usize = 20;

/// Reads every row after the header into statements.
pub(super) fn read_rows(
    layout: &Layout,
    table: &[Row],
    reading: &mut Reading<'static>,
) -> Result<(), Refusal> {
    let (above, body) = table.split_at(layout.first_row.min(table.len()));
    let mut reader = RowReader {
        layout,
        debits: debit_sign(layout, body)?,
        file: FileFacts::read(layout, above),
        groups: Vec::new(),
        known: HashMap::new(),
        pending: 0,
        ignored: 0,
        unread: 0,
        remarks: Vec::new(),
    };
    for row in body {
        let first = first_words(layout, row);
        if layout.recipe.rows.end.iter().any(|pattern| fits(pattern, &first)) {
            break;
        }
        reader.row(row, &first);
    }
    let lines: usize = reader.groups.iter().map(|group| group.rows.len()).sum();
    if layout.guessed.is_some() && reader.unread > lines {
        // Most rows make no sense under these columns: the guess was wrong.
        let names = layout.guessed.clone().unwrap_or_default();
        return Err(Refusal::new(RefusalCode::UnknownLayout).with("header", names));
    }
    reader.finish(reading);
    Ok(())
}

/// The first cell with words, folded; nothing where no pattern asks for it.
fn first_words(layout: &Layout, row: &Row) -> String {
    let rows = &layout.recipe.rows;
    let asked = [&rows.opening, &rows.closing, &rows.skip, &rows.end];
    if asked.iter().all(|patterns| patterns.is_empty()) {
        return String::new();
    }
    folded(row.bare_cells().find(|cell| !cell.is_empty()).unwrap_or_default())
}

/// How debits are written in a column of their own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Debits {
    Positive,
    Negative,
}

/// Looks at the whole debit column where the recipe leaves it open.
fn debit_sign(layout: &Layout, body: &[Row]) -> Result<Debits, Refusal> {
    let Some(column) = layout.columns.debit else { return Ok(Debits::Positive) };
    match layout.recipe.sign {
        Sign::DebitNegative => return Ok(Debits::Negative),
        Sign::DebitCredit => {}
        _ => return Ok(Debits::Positive),
    }
    let mark = layout.recipe.decimal.mark();
    let minors =
        body.iter().filter_map(|row| minor_from_text(row.cell(column), 3, mark, true).ok());
    let (mut positive, mut negative) = (false, false);
    for amount in minors {
        positive |= amount.minor > 0;
        negative |= amount.minor < 0;
    }
    match (positive, negative) {
        (true, true) => Err(Refusal::new(RefusalCode::SignUnknown).with("column", "debit")),
        (_, true) => Ok(Debits::Negative),
        _ => Ok(Debits::Positive),
    }
}

/// What the rows around the lines say of the account.
#[derive(Default)]
struct FileFacts {
    account: AccountName,
    currency: Option<Currency>,
    opening: Option<String>,
    closing: Option<String>,
    stated: [Option<Day>; 2],
}

impl FileFacts {
    fn read(layout: &Layout, above: &[Row]) -> FileFacts {
        let recipe = &layout.recipe;
        let find = |pattern: &Option<String>| {
            let pattern = folded(pattern.as_deref()?);
            above.iter().find_map(|row| found_in(row, &pattern))
        };
        let patterns = &recipe.above;
        let part = |pattern| find(pattern).unwrap_or_default();
        let (bank, branch) = (part(&patterns.bank), part(&patterns.branch));
        let number = part(&patterns.account);
        let account = match (bank.is_empty(), number.is_empty()) {
            (_, true) => AccountName::default(),
            (false, _) => named_by_parts(&bank, &branch, &number),
            (true, _) => named_by_number(&number, "number"),
        };
        let day = |pattern| find(pattern).and_then(|t| day_in_order(&t, recipe.date.order()));
        let mut facts = FileFacts {
            account,
            currency: find(&patterns.currency).and_then(|code| Currency::parse(&code).ok()),
            opening: find(&patterns.opening),
            closing: find(&patterns.closing),
            stated: [day(&patterns.first_day), day(&patterns.last_day)],
        };
        for row in above {
            facts.balance_row(layout, row, &first_words(layout, row));
        }
        facts
    }

    /// Takes a row that holds a balance; false for any other.
    fn balance_row(&mut self, layout: &Layout, row: &Row, first: &str) -> bool {
        let rows = &layout.recipe.rows;
        let is = |patterns: &[String]| patterns.iter().any(|pattern| fits(pattern, first));
        let figure = || row.bare_cells().rfind(|cell| !cell.is_empty()).map(str::to_owned);
        if is(&rows.opening) {
            self.opening = figure();
        } else if is(&rows.closing) {
            self.closing = figure();
        } else {
            return false;
        }
        true
    }
}

/// What a pattern's `*` stands for in a cell, or the next cell with words.
fn found_in(row: &Row, pattern: &str) -> Option<String> {
    let cells: Vec<&str> = row.bare_cells().collect();
    cells.iter().enumerate().find_map(|(place, cell)| {
        let name = folded(cell);
        let caught = captures(pattern, &name)?;
        let next =
            || cells[place + 1..].iter().find(|cell| !cell.is_empty()).map(|c| c.to_string());
        if pattern.contains('*') && !caught.trim().is_empty() {
            // The folded text lost its case, which a number with letters needs.
            let kept = caught.trim();
            let tail = cell.trim_end();
            let exact = tail.len().checked_sub(kept.len()).and_then(|from| tail.get(from..));
            Some(exact.filter(|t| folded(t) == kept).unwrap_or(kept).to_owned())
        } else {
            next()
        }
    })
}

/// The lines of one account in one currency.
struct Group {
    account: String,
    label: Option<String>,
    currency: Option<Currency>,
    /// Lines with the fee that may have left besides the amount.
    rows: Vec<(Line<'static>, i64)>,
}

struct RowReader<'l> {
    layout: &'l Layout,
    debits: Debits,
    file: FileFacts,
    groups: Vec<Group>,
    known: HashMap<(String, Option<Currency>), usize>,
    pending: u32,
    ignored: usize,
    unread: usize,
    remarks: Vec<Remark>,
}

impl RowReader<'_> {
    fn row(&mut self, row: &Row, first: &str) {
        let recipe = &self.layout.recipe;
        let columns = &self.layout.columns;
        if row.is_empty() || self.file.balance_row(self.layout, row, first) {
            return;
        }
        let skipped = recipe.rows.skip.iter().any(|pattern| fits(pattern, first));
        let mut by_cell = recipe.skip.iter().zip(&columns.skip);
        if skipped || by_cell.any(|(rule, place)| says(row, rule, *place)) {
            return;
        }
        let booked = recipe.booked.as_ref().is_none_or(|rule| says(row, rule, columns.booked));
        let pending = recipe.pending.as_ref().is_some_and(|rule| says(row, rule, columns.pending));
        if pending || !booked {
            self.pending += 1;
            return;
        }
        let day = day_in_order(row.cell(columns.day), recipe.date.order());
        let written = [columns.amount, columns.debit, columns.credit];
        let bare = written.into_iter().flatten().all(|place| blank(row.cell(place)));
        let Some(day) = day else {
            return self.not_a_line(row, bare);
        };
        let currency = self.currency(row);
        match self.amount(row, currency) {
            Ok(minor) => self.keep(row, day, minor, currency),
            Err((fault, text)) => {
                self.unread += 1;
                self.remarks.push(Remark::of_amount(fault, &text, currency).at(row.line));
            }
        }
    }

    /// A row without a day: a line that cannot be read if it has an amount, else some text.
    fn not_a_line(&mut self, row: &Row, without_amount: bool) {
        let value = row.cell(self.layout.columns.day);
        let heading = &self.layout.day_heading;
        // Files put one after the other repeat their header.
        if !heading.is_empty() && folded(value) == *heading {
            return;
        }
        if !without_amount {
            self.unread += 1;
            let remark = Remark::new(RemarkCode::DayUnreadable, Severity::Error);
            self.remarks.push(remark.at(row.line).with("value", value));
            return;
        }
        self.ignored += 1;
        if self.ignored <= IGNORED_TOLD {
            let remark = Remark::new(RemarkCode::RowIgnored, Severity::Note);
            self.remarks.push(remark.at(row.line).with("text", row.text()));
        }
    }

    fn currency(&self, row: &Row) -> Option<Currency> {
        let cell = self.layout.columns.currency.map(|place| row.cell(place)).unwrap_or_default();
        let said = Currency::parse(cell).ok().or_else(|| (cell == "€").then_some(Currency::EUR));
        let around = said.or(self.file.currency).or(self.layout.heading_currency);
        around.or(self.layout.recipe.currency)
    }

    /// The signed amount of a row in minor units.
    fn amount(&self, row: &Row, currency: Option<Currency>) -> Result<i64, (AmountFault, String)> {
        let columns = &self.layout.columns;
        let exponent = currency.map_or(2, Currency::exponent);
        let mark = self.layout.recipe.decimal.mark();
        let read = |place: Option<usize>| {
            let cell = place.map(|place| row.cell(place)).unwrap_or_default();
            if blank(cell) {
                return Ok(None);
            }
            let read = minor_from_text(cell, exponent, mark, true);
            read.map(|amount| Some(amount.minor)).map_err(|fault| (fault, cell.to_owned()))
        };
        let missing = || (AmountFault::Missing, String::new());
        if columns.amount.is_none() {
            let (debit, credit) = (read(columns.debit)?, read(columns.credit)?);
            let out = match self.debits {
                Debits::Positive => -debit.unwrap_or(0),
                Debits::Negative => debit.unwrap_or(0),
            };
            return match (debit.unwrap_or(0), credit) {
                (0, Some(credit)) if credit != 0 || debit.is_none() => Ok(credit),
                (_, None | Some(0)) if debit.is_some() => Ok(out),
                (0, _) => Err(missing()),
                _ => Err((AmountFault::Ambiguous, row.text())),
            };
        }
        let minor = read(columns.amount)?.ok_or_else(missing)?;
        match self.layout.recipe.sign {
            Sign::Inverted => Ok(-minor),
            Sign::Word => {
                let word = columns.sign.map(|place| folded(row.cell(place))).unwrap_or_default();
                let among = |list: &[String]| list.iter().any(|pattern| fits(pattern, &word));
                let sign_words = &self.layout.recipe.sign_words;
                match (among(&sign_words.debit), among(&sign_words.credit)) {
                    (true, false) => Ok(-minor.abs()),
                    (false, true) => Ok(minor.abs()),
                    _ => Err((AmountFault::Ambiguous, format!("{word} {}", row.text()))),
                }
            }
            _ => Ok(minor),
        }
    }

    fn keep(&mut self, row: &Row, day: Day, amount_minor: i64, currency: Option<Currency>) {
        let columns = &self.layout.columns;
        let order = self.layout.recipe.date.order();
        let text = |place: Option<usize>| {
            let text = place.map(|place| words(row.cell(place)))?;
            (!text.is_empty()).then_some(Cow::<'static, str>::Owned(text))
        };
        let fee = self.small_amount(row, columns.fee, currency).map_or(0, i64::abs);
        let apart = self.layout.recipe.fee == FeeWord::Apart;
        let iban = columns.party_iban.and_then(|place| Iban::parse(row.cell(place)).ok());
        let line = Line {
            day,
            value_day: columns.value_day.and_then(|place| day_in_order(row.cell(place), order)),
            amount_minor,
            label: label(row, &columns.label),
            party_name: text(columns.party_name),
            party_iban: iban.map(|iban| Cow::Owned(iban.as_str().to_owned())),
            reference: text(columns.reference).filter(|text| !unusable_id(text)),
            type_code: text(columns.type_code),
            balance_after_minor: self.small_amount(row, columns.balance, currency),
            original: self.original(row, currency),
            fee_minor: Some(fee).filter(|fee| *fee != 0),
            ids: text(columns.id)
                .map(|value| {
                    let trust = if unusable_id(&value) { Trust::None } else { Trust::Normal };
                    SourceId { name: "id", value, trust }
                })
                .into_iter()
                .collect(),
            place: row.place.clone(),
        };
        let account = columns.account.map(|place| row.cell(place).to_owned()).unwrap_or_default();
        let place = *self.known.entry((account.clone(), currency)).or_insert_with(|| {
            let label = text(columns.account_label).map(Cow::into_owned);
            self.groups.push(Group { account, label, currency, rows: Vec::new() });
            self.groups.len() - 1
        });
        self.groups[place].rows.push((line, if apart { fee } else { 0 }));
    }

    /// A balance or fee: in the table's own form, else in any form that leaves no doubt.
    fn small_amount(
        &self,
        row: &Row,
        place: Option<usize>,
        currency: Option<Currency>,
    ) -> Option<i64> {
        let cell = row.cell(place?);
        let exponent = currency.map_or(2, Currency::exponent);
        let own = minor_from_text(cell, exponent, self.layout.recipe.decimal.mark(), true);
        let read = own.or_else(|_| minor_from_text(cell, exponent, DecimalMark::Either, true));
        read.ok().map(|amount| amount.minor)
    }

    fn original(&self, row: &Row, currency: Option<Currency>) -> Option<(i64, Currency)> {
        let columns = &self.layout.columns;
        let other = Currency::parse(row.cell(columns.original_currency?)).ok()?;
        let minor = self.small_amount(row, columns.original_amount, Some(other))?;
        (Some(other) != currency).then_some((minor, other))
    }

    fn finish(self, reading: &mut Reading<'static>) {
        reading.remarks.extend(self.remarks);
        if self.pending > 0 {
            let remark = Remark::new(RemarkCode::Pending, Severity::Note);
            reading.remarks.push(remark.with("count", self.pending.to_string()));
        }
        let alone = self.groups.len() == 1;
        for group in self.groups {
            let mut draft = Draft { currency: group.currency, ..Draft::default() };
            draft.account = match group.account.as_str() {
                "" => self.file.account.clone(),
                number => named_by_number(number, "number"),
            };
            draft.account.label = group.label;
            draft.account.card = self.layout.recipe.card;
            draft.stated = self.file.stated;
            settle(group.rows, &mut draft, reading);
            if alone {
                self.file.balances(self.layout, &mut draft, reading);
            }
            draft.finish(reading);
        }
    }
}

impl FileFacts {
    /// The balances that stand outside the rows; they say more than the chain of the rows.
    fn balances(
        &self,
        layout: &Layout,
        draft: &mut Draft<'static>,
        reading: &mut Reading<'static>,
    ) {
        let exponent = draft.exponent();
        let mut read = |text: &Option<String>| {
            let text = text.as_deref()?;
            match minor_from_text(text, exponent, layout.recipe.decimal.mark(), true) {
                Ok(amount) => Some(amount.minor),
                Err(_) => {
                    let remark = Remark::new(RemarkCode::BalanceUnreadable, Severity::Warning);
                    reading.remarks.push(remark.with("value", text));
                    None
                }
            }
        };
        draft.opening_minor = read(&self.opening).or(draft.opening_minor);
        draft.closing_minor = read(&self.closing).or(draft.closing_minor);
    }
}

/// Lets the running balance speak: both ends, the fees, and whether it is one at all.
fn settle(
    rows: Vec<(Line<'static>, i64)>,
    draft: &mut Draft<'static>,
    reading: &mut Reading<'static>,
) {
    let link = |(line, fee): &(Line<'static>, i64)| Link {
        amount: line.amount_minor,
        fee: *fee,
        balance: line.balance_after_minor,
    };
    let found = chain(&rows.iter().map(link).collect::<Vec<_>>());
    let fees_leave = !matches!(found, Chain::Holds { with_fees: false, .. });
    let proved = matches!(found, Chain::Holds { .. });
    draft.lines = rows
        .into_iter()
        .map(|(mut line, fee)| {
            if fees_leave {
                line.amount_minor -= fee;
            } else if fee != 0 {
                // The balances show that this fee is no part of what moved.
                line.fee_minor = None;
            }
            line.balance_after_minor = line.balance_after_minor.filter(|_| proved);
            line
        })
        .collect();
    match found {
        Chain::Holds { opening, closing, .. } => {
            draft.opening_minor = Some(opening);
            draft.closing_minor = Some(closing);
        }
        Chain::Broken(count) => {
            let remark = Remark::new(RemarkCode::BalanceChainBroken, Severity::Warning);
            reading.remarks.push(remark.with("count", count.to_string()));
        }
        Chain::Absent => {}
    }
}

fn says(row: &Row, rule: &CellWords, place: Option<usize>) -> bool {
    let Some(place) = place else { return false };
    let cell = folded(row.cell(place));
    rule.words.iter().any(|word| fits(word, &cell))
}

/// Nothing, or a dash in its place.
fn blank(cell: &str) -> bool {
    cell.is_empty() || matches!(cell, "-" | "--" | "—" | "–")
}

fn label(row: &Row, places: &[usize]) -> Cow<'static, str> {
    let mut parts: Vec<String> = Vec::with_capacity(places.len());
    for part in places.iter().map(|place| words(row.cell(*place))) {
        if !part.is_empty() && !parts.contains(&part) {
            parts.push(part);
        }
    }
    Cow::Owned(if parts.len() == 1 { parts.remove(0) } else { parts.join(" ") })
}
