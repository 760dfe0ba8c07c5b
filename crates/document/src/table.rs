//! Tables that break over pages: their head is repeated, a band stays with its first row.

use crate::{Align, Color, Flow, Length, Style};

/// A column: where it lies in the table, and its title.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    /// The title in the head.
    pub title: String,
    /// Its left edge, from the left border of the content.
    pub left: Length,
    /// Its width. Text on the left is wrapped to it; figures on the right are never cut.
    pub width: Length,
    /// Which edge its text stands at.
    pub align: Align,
}

/// What stands in one column of a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cell {
    /// The text, empty for nothing.
    pub text: String,
    /// How it looks.
    pub style: Style,
    /// What stands under the text and never leaves it, a paragraph each, with its look.
    pub under: Vec<(String, Style)>,
    /// Whether the double rule of a proved figure stands under it.
    pub proved: bool,
}

/// A line of a cell, wrapped.
type Wrapped = (String, Style);

impl Cell {
    /// A cell without the double rule, and nothing under its text.
    pub fn new(text: impl Into<String>, style: Style) -> Cell {
        Cell { text: text.into(), style, under: Vec::new(), proved: false }
    }
}

/// A row: a cell for each column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// The cells, in the order of the columns.
    pub cells: Vec<Cell>,
    /// Whether the next item must stand on the same page: the row before a total. In the last row
    /// it holds what follows the table ([`Table::below`]).
    pub keep_with_next: bool,
}

/// A line of a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Item {
    /// A tinted band that names the rows after it.
    Band(String),
    /// A row.
    Row(Row),
}

/// The measures and styles of a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Look {
    /// The titles of the columns.
    pub head: Style,
    /// From the top of the table to the line the titles stand on.
    pub head_baseline: Length,
    /// From the top of the table to its first item.
    pub head_height: Length,
    /// The line under the titles, if there is one.
    pub head_rule: Option<Color>,
    /// The height of a row of one line.
    pub row_height: Length,
    /// From the top of a row to the line its first text stands on.
    pub row_baseline: Length,
    /// From line to line in a row of several.
    pub line_pitch: Length,
    /// The text of a band.
    pub band: Style,
    /// The height of a band.
    pub band_height: Length,
    /// From the top of a band to the line its text stands on.
    pub band_baseline: Length,
    /// The space above a band that follows a row.
    pub band_gap: Length,
    /// How far a band reaches beyond the content on both sides.
    pub band_reach: Length,
    /// The line under a row.
    pub hairline: Color,
}

/// A table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its lines.
    pub items: Vec<Item>,
    /// What is said after a band's name where a new page repeats it: `(suite)`.
    pub continued: String,
    /// The height of what follows the table, where the last rows must stand on its page.
    pub below: Length,
    /// How it looks.
    pub look: Look,
}

/// How far the drawing of a table has come.
struct Progress<'t> {
    /// Whether nothing stands under the head of this page.
    fresh: bool,
    band: Option<&'t str>,
}

/// The largest number of items that are held together.
const BLOCK_LIMIT: usize = 4;

impl Table {
    /// Draws it into the flow, over as many pages as it takes.
    pub fn draw(&self, flow: &mut Flow<'_>) {
        let rows: Vec<Vec<Vec<Wrapped>>> =
            self.items.iter().map(|item| self.lines(flow, item)).collect();
        flow.need(self.look.head_height + self.needed_height(flow, &rows, 0));
        self.head(flow);
        let mut progress = Progress { fresh: true, band: None };
        for (place, item) in self.items.iter().enumerate() {
            let starts = place == 0 || !self.keeps(place - 1);
            if starts && !progress.fresh && self.needed_height(flow, &rows, place) > flow.room() {
                let row = matches!(item, Item::Row(_));
                self.turn(flow, &mut progress, row);
            }
            match item {
                Item::Band(name) => {
                    self.band(flow, name, progress.fresh);
                    progress.band = Some(name);
                    progress.fresh = false;
                }
                Item::Row(row) => self.row(flow, row, &rows[place], &mut progress),
            }
        }
    }

    fn lines(&self, flow: &Flow<'_>, item: &Item) -> Vec<Vec<Wrapped>> {
        let Item::Row(row) = item else { return Vec::new() };
        let wrapped = |column: &Column, text: &str, style: Style| match column.align {
            _ if text.is_empty() => Vec::new(),
            Align::Left => flow.fonts.wrap(style, text, column.width),
            Align::Right => vec![text.to_owned()],
        };
        let cells = self.columns.iter().zip(&row.cells);
        cells
            .map(|(column, cell)| {
                let first = std::iter::once((&cell.text, cell.style));
                let under = cell.under.iter().map(|(text, style)| (text, *style));
                let paragraphs = first.chain(under).flat_map(|(text, style)| {
                    wrapped(column, text, style).into_iter().map(move |line| (line, style))
                });
                paragraphs.collect()
            })
            .collect()
    }

    fn keeps(&self, place: usize) -> bool {
        match &self.items[place] {
            Item::Band(_) => true,
            Item::Row(row) => row.keep_with_next,
        }
    }

    /// The height of what must stand together from `place` on.
    fn block_height(&self, rows: &[Vec<Vec<Wrapped>>], place: usize) -> Length {
        let mut height = Length::ZERO;
        for (at, item) in self.items.iter().enumerate().skip(place).take(BLOCK_LIMIT) {
            height += match item {
                Item::Band(_) => self.look.band_gap + self.look.band_height,
                Item::Row(_) => self.row_height(line_count(&rows[at])),
            };
            if !self.keeps(at) {
                break;
            }
            if at + 1 == self.items.len() {
                height += self.below;
            }
        }
        height
    }

    /// The height that must be free for what stands together from `place` on.
    ///
    /// What is taller than a page breaks anyway: it begins wherever its first line has room.
    fn needed_height(&self, flow: &Flow<'_>, rows: &[Vec<Vec<Wrapped>>], place: usize) -> Length {
        let block = self.block_height(rows, place);
        if block <= self.page_room(flow) {
            return block;
        }
        let bands = self.items.iter().skip(place).take(BLOCK_LIMIT);
        let bands = bands.take_while(|item| matches!(item, Item::Band(_))).count() as i64;
        (self.look.band_gap + self.look.band_height) * bands + self.look.row_height
    }

    /// What a page that follows has for rows, its band being named again.
    fn page_room(&self, flow: &Flow<'_>) -> Length {
        flow.full_room() - self.look.head_height - self.look.band_height
    }

    fn row_height(&self, lines: usize) -> Length {
        self.look.row_height + self.look.line_pitch * lines.saturating_sub(1) as i64
    }

    fn turn(&self, flow: &mut Flow<'_>, progress: &mut Progress<'_>, repeat_band: bool) {
        flow.next_page();
        self.head(flow);
        progress.fresh = true;
        if let Some(name) = progress.band.filter(|_| repeat_band) {
            self.band(flow, &format!("{name} {}", self.continued), true);
        }
    }

    fn head(&self, flow: &mut Flow<'_>) {
        let (fonts, left, baseline) = (flow.fonts, flow.left(), flow.y + self.look.head_baseline);
        for column in &self.columns {
            let style = self.look.head;
            let title = fonts.fit(style, &column.title, column.width);
            let place = left + column.edge();
            flow.page().text(fonts, style, (place, baseline), column.align, &title);
        }
        flow.y += self.look.head_height;
        if let Some(color) = self.look.head_rule {
            let (right, y) = (flow.right(), flow.y);
            flow.page().rule(left, right, y, Length(750), color);
        }
    }

    fn band(&self, flow: &mut Flow<'_>, name: &str, fresh: bool) {
        let look = &self.look;
        if !fresh {
            flow.y += look.band_gap;
        }
        let (fonts, left, right, top) = (flow.fonts, flow.left(), flow.right(), flow.y);
        flow.page().mark(crate::Mark::Fill {
            left: left - look.band_reach,
            top,
            width: right - left + look.band_reach * 2,
            height: look.band_height,
            color: Color::BAND,
        });
        let name = fonts.fit(look.band, name, right - left);
        let baseline = top + look.band_baseline;
        flow.page().text(fonts, look.band, (left, baseline), Align::Left, &name);
        flow.y += look.band_height;
    }

    /// Draws a row; one that is taller than a page goes on over several.
    fn row(
        &self,
        flow: &mut Flow<'_>,
        row: &Row,
        lines: &[Vec<Wrapped>],
        progress: &mut Progress<'_>,
    ) {
        let count = line_count(lines);
        let mut from = 0;
        loop {
            let fitting = self.fitting_lines(flow.room());
            let breaks_anyway = self.row_height(count) > self.page_room(flow) && fitting > 0;
            if fitting < count - from && from == 0 && !progress.fresh && !breaks_anyway {
                self.turn(flow, progress, true);
                continue;
            }
            let until = count.min(from + fitting.max(1));
            self.part_of_row(flow, row, lines, from..until);
            progress.fresh = false;
            from = until;
            if from == count {
                return;
            }
            self.turn(flow, progress, true);
        }
    }

    fn fitting_lines(&self, room: Length) -> usize {
        if room < self.look.row_height {
            return 0;
        }
        1 + usize::try_from((room - self.look.row_height) / self.look.line_pitch).unwrap_or(0)
    }

    fn part_of_row(
        &self,
        flow: &mut Flow<'_>,
        row: &Row,
        lines: &[Vec<Wrapped>],
        range: std::ops::Range<usize>,
    ) {
        let (fonts, left, right, top) = (flow.fonts, flow.left(), flow.right(), flow.y);
        for ((column, cell), lines) in self.columns.iter().zip(&row.cells).zip(lines) {
            let place = left + column.edge();
            let part = lines.iter().enumerate().take(range.end).skip(range.start);
            for (number, (line, style)) in part {
                let down = self.look.line_pitch * (number - range.start) as i64;
                let baseline = top + self.look.row_baseline + down;
                let at = (place, baseline);
                let width = flow.page().text(fonts, *style, at, column.align, line);
                if cell.proved && number + 1 == lines.len() {
                    let end = if column.align == Align::Left { place + width } else { place };
                    flow.page().double_rule(width, end, baseline);
                }
            }
        }
        flow.y += self.row_height(range.len());
        let y = flow.y;
        flow.page().rule(left, right, y, Length(600), self.look.hairline);
    }
}

impl Column {
    /// A column.
    pub fn new(title: &str, left: Length, width: Length, align: Align) -> Column {
        Column { title: title.to_owned(), left, width, align }
    }

    fn edge(&self) -> Length {
        match self.align {
            Align::Left => self.left,
            Align::Right => self.left + self.width,
        }
    }
}

fn line_count(lines: &[Vec<Wrapped>]) -> usize {
    lines.iter().map(Vec::len).max().unwrap_or(0).max(1)
}

#[cfg(test)]
mod tests;
