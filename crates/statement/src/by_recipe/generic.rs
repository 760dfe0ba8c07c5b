//! The cautious guess: a header in common words, read only where nothing is left open.

use super::layout::{Head, Layout, Places};
use super::recipe::{
    Above, CellWords, Columns, DateWord, DecimalWord, Delimiter, FeeWord, HeaderWords, Recipe,
    Role, Rows, Sign, SignWords,
};
use super::table::Row;
use crate::amount::{DecimalMark, minor_from_text};
use crate::calendar::{DateOrder, orders_allowed};
use crate::fold::fits;
use crate::{Refusal, RefusalCode};
use std::collections::BTreeMap;
use std::sync::Arc;
use values::Currency;

/// A header whose words all have one meaning.
pub(super) struct Found {
    first_row: usize,
    pending: Vec<String>,
    columns: Places,
    heading_currency: Option<Currency>,
    names: String,
    day_heading: String,
}

/// The first row that reads as a header, without two columns for one thing.
pub(super) fn find(words: &HeaderWords, head: &Head) -> Option<Found> {
    head.rows.iter().zip(&head.names).enumerate().find_map(|(place, (row, header))| {
        let roles = roles_of(words, header)?;
        let one = |role: Role| roles.get(&role).map(|places| places[0]);
        let labels = roles.get(&Role::Label).cloned().unwrap_or_default();
        let columns = Places {
            day: one(Role::Day)?,
            pending: one(Role::Day),
            value_day: one(Role::ValueDay),
            amount: one(Role::Amount),
            debit: one(Role::Debit),
            credit: one(Role::Credit),
            balance: one(Role::Balance),
            currency: one(Role::Currency),
            account: one(Role::Account),
            label: labels,
            party_name: one(Role::PartyName),
            party_iban: one(Role::PartyIban),
            reference: one(Role::Reference),
            ..Places::default()
        };
        let pair = columns.debit.is_some() && columns.credit.is_some();
        let lone = columns.debit.is_none() && columns.credit.is_none() && columns.amount.is_some();
        if columns.label.is_empty() || !(pair && columns.amount.is_none() || lone) {
            return None;
        }
        let used = roles.values().flatten().map(|place| row.cell(*place));
        let names = used.collect::<Vec<_>>().join("; ");
        let heading_currency = columns.currency_of_heading(row);
        let pending = words.0.get(&Role::Pending).cloned().unwrap_or_default();
        let day_heading = roles.get(&Role::Day).map(|places| header[places[0]].clone());
        Some(Found {
            first_row: place + 1,
            pending,
            columns,
            heading_currency,
            names,
            day_heading: day_heading.unwrap_or_default(),
        })
    })
}

/// The places of each role; `None` when two columns claim one role, save for labels.
fn roles_of(words: &HeaderWords, names: &[String]) -> Option<BTreeMap<Role, Vec<usize>>> {
    let mut roles: BTreeMap<Role, Vec<usize>> = BTreeMap::new();
    for (place, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
        let fitting = |patterns: &Vec<String>| patterns.iter().any(|p| fits(p, name));
        let headings = words.0.iter().filter(|(role, _)| **role != Role::Pending);
        let mut meanings = headings.filter(|(_, patterns)| fitting(patterns));
        let Some((role, _)) = meanings.next() else { continue };
        if meanings.next().is_some() || *role == Role::Foreign {
            return None;
        }
        roles.entry(*role).or_default().push(place);
    }
    let doubled = roles.iter().any(|(role, places)| *role != Role::Label && places.len() > 1);
    (!doubled).then_some(roles)
}

impl Found {
    /// Decides over the whole file what the header leaves open, or refuses naming it.
    pub fn decide(mut self, table: &[Row]) -> Result<Layout, Refusal> {
        let first_row = self.first_row;
        let rows = || table.iter().skip(first_row);
        // Several accounts in one guessed column may as well be those of the other side.
        if let Some(place) = self.columns.account {
            let mut names = rows().map(|row| row.cell(place)).filter(|name| !name.is_empty());
            let first = names.next();
            self.columns.account = names.all(|name| Some(name) == first).then_some(place);
        }
        let days = rows().map(|row| row.cell(self.columns.day));
        let date = order_of(days)?;
        let places = [self.columns.amount, self.columns.debit, self.columns.credit];
        let places: Vec<usize> = places.into_iter().flatten().collect();
        let amounts = rows().flat_map(|row| places.iter().map(|place| row.cell(*place)));
        let decimal = mark_of(amounts)?;
        let sign = if self.columns.amount.is_some() { Sign::Signed } else { Sign::DebitCredit };
        Ok(Layout {
            recipe: Arc::new(recipe(date, decimal, sign, self.pending)),
            first_row: self.first_row,
            score: (false, 0),
            guessed: Some(self.names),
            columns: self.columns,
            heading_currency: self.heading_currency,
            day_heading: self.day_heading,
        })
    }
}

fn recipe(date: DateWord, decimal: DecimalWord, sign: Sign, pending: Vec<String>) -> Recipe {
    // The words stand in the column of the day, which is found already.
    let pending = CellWords { column: String::new(), words: pending };
    Recipe {
        id: "generic".to_owned(),
        version: 1,
        bank: None,
        country: None,
        currency: None,
        card: false,
        common: true,
        delimiter: Delimiter::Any,
        header: Vec::new(),
        shape: Vec::new(),
        file: None,
        date,
        decimal,
        sign,
        sign_words: SignWords::default(),
        fee: FeeWord::Within,
        above: Above::default(),
        columns: Columns::default(),
        rows: Rows::default(),
        booked: None,
        pending: Some(pending),
        skip: Vec::new(),
    }
}

/// The one order that every day of the file allows.
fn order_of<'c>(days: impl Iterator<Item = &'c str>) -> Result<DateWord, Refusal> {
    let mut open = vec![DateOrder::YearMonthDay, DateOrder::DayMonthYear, DateOrder::MonthDayYear];
    let mut example = None;
    for day in days {
        let allowed = orders_allowed(day);
        if allowed.is_empty() {
            continue;
        }
        example.get_or_insert(day);
        open.retain(|order| allowed.contains(order));
    }
    let Some(example) = example else { return Ok(DateWord::YearMonthDay) };
    match open[..] {
        [DateOrder::YearMonthDay] => Ok(DateWord::YearMonthDay),
        [DateOrder::DayMonthYear] => Ok(DateWord::DayMonthYear),
        [DateOrder::MonthDayYear] => Ok(DateWord::MonthDayYear),
        _ => Err(Refusal::new(RefusalCode::DateOrderUnknown).with("example", example)),
    }
}

/// The one decimal mark that the amounts of the file allow.
fn mark_of<'c>(amounts: impl Iterator<Item = &'c str>) -> Result<DecimalWord, Refusal> {
    let (mut dot, mut comma, mut open) = (None, None, None);
    for cell in amounts.filter(|cell| !cell.is_empty()) {
        let read = |mark| minor_from_text(cell, 3, mark, true).ok().map(|amount| amount.minor);
        match (read(DecimalMark::Dot), read(DecimalMark::Comma)) {
            (Some(_), None) => dot = dot.or(Some(cell)),
            (None, Some(_)) => comma = comma.or(Some(cell)),
            (Some(one), Some(other)) if one != other => open = open.or(Some(cell)),
            _ => {}
        }
    }
    match (dot, comma, open) {
        (Some(_), None, _) => Ok(DecimalWord::Dot),
        (None, Some(_), _) => Ok(DecimalWord::Comma),
        (None, None, None) => Ok(DecimalWord::Dot),
        (Some(one), Some(other), _) => Err(Refusal::new(RefusalCode::AmountFormUnknown)
            .with("example", format!("{one} / {other}"))),
        (None, None, Some(cell)) => {
            Err(Refusal::new(RefusalCode::AmountFormUnknown).with("example", cell))
        }
    }
}
