//! Plain tables: columns as wide as what they hold, figures to the right.

use std::fmt::Write;

/// Where the text of a column stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Left,
    Right,
}

/// A table that is being filled.
pub(crate) struct Table {
    sides: Vec<Side>,
    rows: Vec<Vec<String>>,
    rules: Vec<usize>,
}

/// The widest a column grows, but for the last one; what is longer ends in an ellipsis.
const WIDEST: usize = 40;

impl Table {
    pub(crate) fn new(sides: &[Side]) -> Table {
        Table { sides: sides.to_vec(), rows: Vec::new(), rules: Vec::new() }
    }

    pub(crate) fn row<T: Into<String>>(&mut self, cells: impl IntoIterator<Item = T>) {
        self.rows.push(cells.into_iter().map(|cell| clean(cell.into())).collect());
    }

    /// A rule before the next row.
    pub(crate) fn rule(&mut self) {
        self.rules.push(self.rows.len());
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(crate) fn show(&self) -> String {
        let width = |cell: &str| cell.chars().count();
        let mut widths = vec![0; self.sides.len()];
        for row in &self.rows {
            for (at, cell) in row.iter().enumerate().take(widths.len()) {
                let most = if at + 1 == widths.len() { usize::MAX } else { WIDEST };
                widths[at] = widths[at].max(width(cell).min(most));
            }
        }
        let mut text = String::new();
        for (at, row) in self.rows.iter().enumerate() {
            if self.rules.contains(&at) {
                let whole = widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1);
                let _ = writeln!(text, "{}", "─".repeat(whole));
            }
            let mut line = String::new();
            for (at, cell) in row.iter().enumerate().take(widths.len()) {
                let last = at + 1 == widths.len();
                let cell = if last { cell.clone() } else { shortened(cell) };
                let pad = " ".repeat(widths[at].saturating_sub(width(&cell)));
                let gap = if at == 0 { "" } else { "  " };
                match self.sides[at] {
                    Side::Left => drop(write!(line, "{gap}{cell}{pad}")),
                    Side::Right => drop(write!(line, "{gap}{pad}{cell}")),
                }
            }
            let _ = writeln!(text, "{}", line.trim_end());
        }
        text
    }
}

/// What a bank wrote may hold line ends, tabs or marks that turn the writing around.
fn clean(cell: String) -> String {
    let strange = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if cell.chars().any(strange) {
        cell.chars().map(|c| if strange(c) { ' ' } else { c }).collect()
    } else {
        cell
    }
}

fn shortened(cell: &str) -> String {
    if cell.chars().count() <= WIDEST {
        return cell.to_owned();
    }
    let mut short: String = cell.chars().take(WIDEST - 1).collect();
    short.push('…');
    short
}
