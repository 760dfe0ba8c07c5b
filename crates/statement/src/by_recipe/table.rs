//! Text cut into rows and cells, each row with its place.

use csv::{ReaderBuilder, StringRecord};
use std::borrow::Cow;
use std::ops::Range;

/// What stands between cells, likeliest first.
pub(super) const DELIMITERS: [u8; 4] = [b';', b',', b'\t', b'|'];

/// A row of the table.
pub(super) struct Row {
    /// Its cells as written, quotes taken off.
    pub cells: StringRecord,
    /// Where it stands in the text.
    pub place: Range<usize>,
    /// The line it begins on, from 1.
    pub line: u32,
}

/// The rows of a text, at most `limit`.
pub(super) fn rows(text: &str, delimiter: u8, limit: usize) -> Vec<Row> {
    /// A quote that nobody closed swallows the rows after it; no true cell is so long.
    const LONGEST: usize = 20_000;
    let quoted = cut(text, delimiter, limit, true);
    let swallowed = |row: &Row| row.place.len() > LONGEST;
    if quoted.iter().any(swallowed) { cut(text, delimiter, limit, false) } else { quoted }
}

fn cut(text: &str, delimiter: u8, limit: usize, quoting: bool) -> Vec<Row> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .quoting(quoting)
        .from_reader(text.as_bytes());
    let mut found = Vec::new();
    let mut cells = StringRecord::new();
    while found.len() < limit && reader.read_record(&mut cells).unwrap_or(false) {
        let start = cells.position().map_or(0, |place| place.byte() as usize);
        let end = reader.position().byte() as usize;
        let line = cells.position().map_or(1, |place| place.line());
        // The reader skips blank lines only when it comes to the next row.
        let blank = text.get(start..end).unwrap_or_default();
        let start = start + (blank.len() - blank.trim_start_matches(['\r', '\n']).len());
        found.push(Row {
            place: start..end.max(start),
            line: u32::try_from(line).unwrap_or(u32::MAX),
            cells: std::mem::take(&mut cells),
        });
    }
    found
}

impl Row {
    /// A cell without what exports wrap around it: blanks, `="…"`, a leading apostrophe.
    pub fn cell(&self, place: usize) -> &str {
        bare(self.cells.get(place).unwrap_or_default())
    }

    /// Every cell, bare.
    pub fn bare_cells(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.cells.iter().map(bare)
    }

    /// Whether no cell says anything.
    pub fn is_empty(&self) -> bool {
        self.bare_cells().all(str::is_empty)
    }

    /// The cells as one text, for a remark.
    pub fn text(&self) -> String {
        let cells: Vec<&str> = self.bare_cells().filter(|cell| !cell.is_empty()).collect();
        cells.join(" ; ")
    }
}

fn bare(cell: &str) -> &str {
    let blank = |c: char| c.is_whitespace() || matches!(c, '\0' | '\u{FEFF}' | '\u{200B}');
    let cell = cell.trim_matches(blank);
    if let Some(inner) = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        return inner.trim_matches(blank);
    }
    let quoted = cell.len() > 1 && cell.starts_with('\'');
    if quoted { cell[1..].trim_end_matches('\'').trim_matches(blank) } else { cell }
}

/// A cell as words: line breaks and runs of padding become one blank, references are resolved.
pub(super) fn words(cell: &str) -> String {
    let resolved = crate::entities::resolved(Cow::Borrowed(cell));
    if !resolved.contains(['\n', '\r', '\t', '\0']) {
        return resolved.into_owned();
    }
    let parts = resolved.split(['\n', '\r', '\t', '\0']).map(str::trim);
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
