//! What is invoiced: a row a line, its description and discount under its name.

use super::words::filled;
use super::{BODY, LABEL, MINOR, Paper, STRONG};
use crate::format::{decimal, percent};
use crate::{
    Align, Cell, Color, Column, Face, Flow, Fonts, Item, Language, Length, Look, Row, Style, Table,
};
use einvoice::Line;
use values::Decimal;

const LOOK: Look = Look {
    head: LABEL,
    head_baseline: Length(27_500),
    head_height: Length(33_800),
    head_rule: Some(Color::INK),
    row_height: Length(28_600),
    row_baseline: Length(17_400),
    line_pitch: Length(11_500),
    band: LABEL,
    band_height: Length::ZERO,
    band_baseline: Length::ZERO,
    band_gap: Length::ZERO,
    band_reach: Length::ZERO,
    hairline: Color::HAIRLINE,
};
const NAME: Style = BODY.in_face(Face::Medium);
/// Between two columns of figures, at least.
const GAP: Length = Length(16_000);

/// Draws the table; its last two rows stand on a page with the `below` that follows.
pub(super) fn draw(paper: &Paper<'_>, flow: &mut Flow<'_>, below: Length) {
    let words = &paper.words.lines;
    let mut heads = vec![&words.name, &words.quantity];
    heads.push(if paper.exempt { &words.price_exempt } else { &words.price });
    if !paper.exempt {
        heads.push(&words.rate);
    }
    heads.push(if paper.exempt { &words.net_exempt } else { &words.net });
    let rows: Vec<Vec<Cell>> = paper.invoice.lines.iter().map(|line| cells(paper, line)).collect();
    let columns = columns(flow.fonts, flow.right() - flow.left(), &heads, &rows);
    let count = rows.len();
    let held = |(place, cells)| Item::Row(Row { cells, keep_with_next: place + 2 >= count });
    let table = Table {
        columns,
        items: rows.into_iter().enumerate().map(held).collect(),
        continued: words.continued.clone(),
        below,
        look: LOOK,
    };
    table.draw(flow);
}

fn cells(paper: &Paper<'_>, line: &Line) -> Vec<Cell> {
    let language = paper.language;
    let mut name = Cell::new(line.name.clone(), NAME);
    let description = line.description.as_deref().unwrap_or("");
    name.under.extend(paragraphs(description).map(|text| (text.to_owned(), MINOR)));
    if let Some(allowance) = &line.allowance {
        let values = [
            ("percent", percent(allowance.percent, language)),
            ("base", paper.money(allowance.base_minor)),
            ("amount", paper.money(-allowance.amount_minor)),
        ];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        let mut text = filled(&paper.words.lines.discount, &values);
        if !allowance.reason.trim().is_empty() {
            text = format!("{text} ({})", allowance.reason.trim());
        }
        name.under.push((text, MINOR));
    }
    // French counts as many what is two or more, English what is not one.
    let many = match language {
        Language::French => line.quantity.abs() >= Decimal::TWO,
        Language::English => line.quantity.abs() != Decimal::ONE,
    };
    let unit = paper.words.unit(&line.unit, many).replace(' ', "\u{a0}");
    let quantity = decimal(line.quantity, 0, language);
    let quantity = format!("{quantity}\u{a0}{unit}").trim_end_matches('\u{a0}').to_owned();
    let least = paper.invoice.currency.exponent();
    let mut cells = vec![name, Cell::new(quantity, BODY)];
    cells.push(Cell::new(decimal(line.unit_price, least, language), BODY));
    if !paper.exempt {
        cells.push(Cell::new(percent(line.vat.rate, language), BODY));
    }
    cells.push(Cell::new(paper.amount(line.net_minor), STRONG));
    cells
}

/// The paragraphs of a text that are not empty.
pub(super) fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// The figures take what they need from the right, at least as much as looks calm; the name has
/// the rest.
fn columns(fonts: &Fonts<'_>, width: Length, heads: &[&String], rows: &[Vec<Cell>]) -> Vec<Column> {
    let mut right = width;
    let mut columns = Vec::new();
    for (place, head) in heads.iter().enumerate().skip(1).rev() {
        let texts = rows.iter().map(|cells| fonts.width(cells[place].style, &cells[place].text));
        let needed = texts.chain([fonts.width(LABEL, head)]).max().unwrap_or(Length::ZERO);
        // Net, rate, price, quantity: each with the air it has on a page of common figures.
        let calm = match heads.len() - place {
            1 => Length(62_000),
            2 if heads.len() == 5 => Length(29_000),
            _ => Length(54_000),
        };
        let taken = needed.max(calm).min(right);
        columns.push(Column::new(head, right - taken, taken, Align::Right));
        right = right - taken - GAP;
    }
    let name = right.max(Length(60_000));
    columns.push(Column::new(heads[0], Length::ZERO, name, Align::Left));
    columns.reverse();
    columns
}
