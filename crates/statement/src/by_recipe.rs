//! Tables of text: read by a recipe that knows the bank's columns, else by common header words.
//!
//! A recipe is data (`assets/recipes/*.toml`, told in `docs/adding-a-recipe.md`). The one with the
//! most of its header names in the file is taken. Without any, a header whose words leave no doubt
//! is read with a warning; all else is refused by name.

mod balances;
mod generic;
mod layout;
mod recipe;
mod row;
mod table;

use crate::decode::decode;
use crate::finish::move_places;
use crate::{Format, Reading, Refusal, RefusalCode, Remark, RemarkCode, Severity};
use encoding_rs::UTF_8;
use layout::{Head, Layout};
pub use recipe::{RecipeError, Recipes};
use table::{DELIMITERS, Row, rows};

/// Rows looked at for a header; the longest preamble seen has 24.
const HEADER_REACH: usize = 60;

/// Reads a table; refuses one whose layout is not known.
pub(crate) fn read(
    bytes: &[u8],
    file_name: Option<&str>,
    recipes: &Recipes,
) -> Result<Reading<'static>, Refusal> {
    let text = decode(bytes, None, true);
    let (layout, table) = find_layout(&text.text, file_name, recipes)?;
    let recipe = &layout.recipe;
    let reader = format!("csv {} {}", recipe.id, recipe.version);
    let mut reading = Reading::empty(Format::Csv, "CSV".to_owned(), &reader);
    reading.bank.clone_from(&recipe.bank);
    if let Some(columns) = &layout.guessed {
        let remark = Remark::new(RemarkCode::ColumnsGuessed, Severity::Warning);
        reading.remarks.push(remark.with("columns", columns));
    }
    if text.text.contains('\u{FFFD}') {
        reading.remarks.push(Remark::new(RemarkCode::LettersLost, Severity::Note));
    }
    row::read_rows(&layout, &table, &mut reading)?;
    if reading.statements.iter().all(|statement| statement.lines.is_empty()) {
        reading.remarks.push(Remark::new(RemarkCode::NoLines, Severity::Warning));
    }
    if text.encoding != UTF_8 || text.text.len() != bytes.len() {
        move_places(&mut reading, &mut text.places());
    }
    Ok(reading)
}

/// How well a recipe fits: its layout's score, then whether the file is named as the bank's are.
type Fit = ((bool, usize), bool);

/// The recipe that fits best, with the rows cut at its delimiter.
fn find_layout(
    text: &str,
    file_name: Option<&str>,
    recipes: &Recipes,
) -> Result<(Layout, Vec<Row>), Refusal> {
    let heads: Vec<(u8, Head)> =
        DELIMITERS.iter().map(|d| (*d, Head::of(rows(text, *d, HEADER_REACH)))).collect();
    let mut best: Option<(Fit, u8, Layout)> = None;
    for (delimiter, head) in &heads {
        for recipe in recipes.list.iter().filter(|recipe| recipe.delimiter.fits(*delimiter)) {
            let Some(layout) = Layout::of_recipe(recipe, head) else { continue };
            let score = (layout.score, recipe.names_file(file_name));
            if best.as_ref().is_none_or(|(known, ..)| score > *known) {
                best = Some((score, *delimiter, layout));
            }
        }
    }
    if let Some((_, delimiter, layout)) = best {
        return Ok((layout, rows(text, delimiter, usize::MAX)));
    }
    for (delimiter, head) in &heads {
        if let Some(found) = generic::find(&recipes.words, head) {
            let table = rows(text, *delimiter, usize::MAX);
            return Ok((found.decide(&table)?, table));
        }
    }
    Err(Refusal::new(RefusalCode::UnknownLayout).with("header", widest(&heads)))
}

/// The row that looks most like a header, for the person who meets the refusal.
fn widest(heads: &[(u8, Head)]) -> String {
    let filled = |row: &Row| row.cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    let rows = heads.iter().flat_map(|(_, head)| &head.rows);
    let widest = rows.rev().max_by_key(|row| filled(row));
    widest.map(|row| row.cells.iter().collect::<Vec<_>>().join("; ")).unwrap_or_default()
}

#[cfg(test)]
mod tests;
