//! A recipe laid over one file: which row is the header, which column holds what.

use super::recipe::{CellWords, Recipe, Shape};
use super::table::Row;
use crate::amount::{DecimalMark, minor_from_text};
use crate::calendar::day_in_order;
use crate::fold::{fits, folded};
use std::sync::Arc;
use values::Currency;

/// A recipe with the places of its columns in one file.
pub(super) struct Layout {
    pub recipe: Arc<Recipe>,
    /// The first row after the header.
    pub first_row: usize,
    /// Whether it is a bank's own layout, and how many names of its header were found.
    pub score: (bool, usize),
    /// For a layout guessed from words: the columns, as told to the person.
    pub guessed: Option<String>,
    pub columns: Places,
    /// A currency named in the headings of the amounts.
    pub heading_currency: Option<Currency>,
    /// The heading of the days, folded: a row that repeats it is the header again.
    pub day_heading: String,
}

/// Where the columns stand.
#[derive(Debug, Default)]
pub(super) struct Places {
    pub day: usize,
    pub value_day: Option<usize>,
    pub amount: Option<usize>,
    pub debit: Option<usize>,
    pub credit: Option<usize>,
    pub sign: Option<usize>,
    pub balance: Option<usize>,
    pub currency: Option<usize>,
    pub account: Option<usize>,
    pub account_label: Option<usize>,
    pub label: Vec<usize>,
    pub party_name: Option<usize>,
    pub party_iban: Option<usize>,
    pub reference: Option<usize>,
    pub type_code: Option<usize>,
    pub id: Option<usize>,
    pub fee: Option<usize>,
    pub original_amount: Option<usize>,
    pub original_currency: Option<usize>,
    pub booked: Option<usize>,
    pub pending: Option<usize>,
    pub skip: Vec<Option<usize>>,
}

impl Layout {
    /// The layout of a recipe, if the file's first rows bear its header or have its shape.
    pub fn of_recipe(recipe: &Arc<Recipe>, head: &Head) -> Option<Layout> {
        if recipe.header.is_empty() {
            let rows = head.rows.iter().filter(|row| !row.is_empty());
            let fit = rows.take(5).all(|row| has_shape(recipe, row)) && !head.rows.is_empty();
            let columns = fit.then(|| Places::of(recipe, &[])).flatten()?;
            let (recipe, score) = (recipe.clone(), (!recipe.common, 0));
            let heading_currency = None;
            return Some(Layout {
                recipe,
                first_row: 0,
                score,
                guessed: None,
                columns,
                heading_currency,
                day_heading: String::new(),
            });
        }
        let wanted = &recipe.header;
        for (place, (row, names)) in head.rows.iter().zip(&head.names).enumerate() {
            let there = |pattern: &String| names.iter().any(|name| fits(pattern, name));
            if !wanted.iter().all(there) {
                continue;
            }
            let columns = Places::of(recipe, names)?;
            let heading_currency = columns.currency_of_heading(row);
            return Some(Layout {
                recipe: recipe.clone(),
                first_row: place + 1,
                score: (!recipe.common, wanted.len()),
                guessed: None,
                day_heading: names.get(columns.day).cloned().unwrap_or_default(),
                columns,
                heading_currency,
            });
        }
        None
    }
}

/// The first rows of a file cut at one delimiter, with their cells as names.
pub(super) struct Head {
    pub rows: Vec<Row>,
    pub names: Vec<Vec<String>>,
}

impl Head {
    pub fn of(rows: Vec<Row>) -> Head {
        let names = rows.iter().map(heading).collect();
        Head { rows, names }
    }
}

/// The names of a header row, folded.
fn heading(row: &Row) -> Vec<String> {
    row.bare_cells().map(|cell| folded(&super::table::words(cell))).collect()
}

fn has_shape(recipe: &Recipe, row: &Row) -> bool {
    // Trailing empty cells come and go with the export.
    let filled = row.bare_cells().collect::<Vec<_>>();
    let length = filled.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    length <= recipe.shape.len()
        && recipe.shape.iter().enumerate().all(|(place, shape)| {
            let cell = row.cell(place);
            match shape {
                Shape::Any => true,
                Shape::Text => !cell.is_empty(),
                Shape::Date => day_in_order(cell, recipe.date.order()).is_some(),
                Shape::Amount => amount_like(cell, recipe.decimal.mark()),
                Shape::Currency => Currency::parse(cell).is_ok(),
                Shape::Iban => values::Iban::parse(cell).is_ok(),
                Shape::Digits => !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_digit()),
            }
        })
}

/// An amount, or nothing where the other column of a pair holds it.
fn amount_like(cell: &str, mark: DecimalMark) -> bool {
    cell.is_empty() || minor_from_text(cell, 3, mark, true).is_ok()
}

impl Places {
    fn of(recipe: &Recipe, names: &[String]) -> Option<Places> {
        let place = |name: &str| -> Option<usize> {
            if let Some(number) = name.strip_prefix('#') {
                return number.parse::<usize>().ok()?.checked_sub(1);
            }
            let pattern = folded(name);
            names.iter().position(|known| fits(&pattern, known))
        };
        let optional = |name: &Option<String>| name.as_deref().and_then(place);
        let of_words = |words: &CellWords| place(&words.column);
        let columns = &recipe.columns;
        let found = Places {
            day: place(&columns.day)?,
            value_day: optional(&columns.value_day),
            amount: optional(&columns.amount),
            debit: optional(&columns.debit),
            credit: optional(&columns.credit),
            sign: optional(&columns.sign),
            balance: optional(&columns.balance),
            currency: optional(&columns.currency),
            account: optional(&columns.account),
            account_label: optional(&columns.account_label),
            label: columns.label.iter().filter_map(|name| place(name)).collect(),
            party_name: optional(&columns.party_name),
            party_iban: optional(&columns.party_iban),
            reference: optional(&columns.reference),
            type_code: optional(&columns.type_code),
            id: optional(&columns.id),
            fee: optional(&columns.fee),
            original_amount: optional(&columns.original_amount),
            original_currency: optional(&columns.original_currency),
            booked: recipe.booked.as_ref().and_then(of_words),
            pending: recipe.pending.as_ref().and_then(of_words),
            skip: recipe.skip.iter().map(of_words).collect(),
        };
        let amounts = found.amount.is_some() || (found.debit.is_some() && found.credit.is_some());
        let words = columns.sign.is_none() || found.sign.is_some();
        let status = recipe.booked.is_none() || found.booked.is_some();
        (amounts && words && status && !found.label.is_empty()).then_some(found)
    }

    /// `Montant (EUR)`, `Saldo CHF`: a code of three capitals of its own.
    pub fn currency_of_heading(&self, row: &Row) -> Option<Currency> {
        let columns = [self.amount, self.debit, self.credit, self.balance];
        columns.into_iter().flatten().find_map(|place| {
            let cell = row.cell(place);
            if cell.contains('€') {
                return Some(Currency::EUR);
            }
            let words = cell.split(|c: char| !c.is_alphanumeric());
            let mut codes = words
                .filter(|word| word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase()));
            const MONEY: [&str; 14] = [
                "EUR", "CHF", "USD", "GBP", "CAD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "JPY",
                "AUD", "MAD",
            ];
            codes.find(|code| MONEY.contains(code)).and_then(|code| Currency::parse(code).ok())
        })
    }
}
