//! Content that runs down pages: where the next thing goes, and the next page if there is no room.

use crate::{Align, Color, Face, Fonts, Length, Page, Style};

/// The borders of the place where content goes, measured from the sheet's own edges.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Margins {
    /// From the left edge.
    pub left: Length,
    /// From the right edge.
    pub right: Length,
    /// From the top edge, on every page after the first.
    pub top: Length,
    /// From the bottom edge; the footer stands below it.
    pub bottom: Length,
}

/// Pages being filled from top to bottom.
pub struct Flow<'a> {
    /// The faces to measure and write with.
    pub fonts: &'a Fonts<'a>,
    /// How far down the current page is filled.
    pub y: Length,
    pages: Vec<Page>,
    current: Page,
    margins: Margins,
    running: (String, String),
}

/// From the line the running head stands on to the rule under it.
const HEAD_DEPTH: Length = Length(7_500);
const RUNNING: Style = Style::new(Face::Regular, Length(7_100), Color::INK3);

impl<'a> Flow<'a> {
    /// Begins a document on sheets of that width and height. `running` stands left and right at
    /// the top of each page but the first.
    pub fn new(
        fonts: &'a Fonts<'a>,
        (width, height): (Length, Length),
        margins: Margins,
        running: (String, String),
    ) -> Flow<'a> {
        let current = Page::new(width, height);
        Flow { fonts, y: margins.top, pages: Vec::new(), current, margins, running }
    }

    /// The page being filled.
    pub fn page(&mut self) -> &mut Page {
        &mut self.current
    }

    /// The left border of the content.
    pub fn left(&self) -> Length {
        self.margins.left
    }

    /// The right border of the content.
    pub fn right(&self) -> Length {
        self.current.width - self.margins.right
    }

    /// How much height is left on the page.
    pub fn room(&self) -> Length {
        self.current.height - self.margins.bottom - self.y
    }

    /// How much height a page that follows has under its running head.
    pub fn full_room(&self) -> Length {
        self.current.height - self.margins.bottom - self.margins.top - HEAD_DEPTH
    }

    /// Goes to the next page if less than `height` is left; says whether it did.
    pub fn need(&mut self, height: Length) -> bool {
        let turn = height > self.room();
        if turn {
            self.next_page();
        }
        turn
    }

    /// Begins the next page with its running head.
    pub fn next_page(&mut self) {
        let empty = Page::new(self.current.width, self.current.height);
        self.pages.push(std::mem::replace(&mut self.current, empty));
        let (left, right, baseline) = (self.left(), self.right(), self.margins.top);
        let half = Length((right - left).0 / 2);
        let strong = RUNNING.in_face(Face::SemiBold).in_color(Color::INK);
        let title = self.fonts.fit(strong, &self.running.0, half);
        let name = self.fonts.fit(RUNNING, &self.running.1, half - Length(12_000));
        self.current.text(self.fonts, strong, (left, baseline), Align::Left, &title);
        self.current.text(self.fonts, RUNNING, (right, baseline), Align::Right, &name);
        self.current.rule(left, right, baseline + HEAD_DEPTH, Length(750), Color::INK);
        self.y = baseline + HEAD_DEPTH;
    }

    /// Writes lines that fit `width`, `pitch` apart, the first one `pitch` below; turns pages.
    pub fn paragraph(
        &mut self,
        style: Style,
        left: Length,
        width: Length,
        pitch: Length,
        text: &str,
    ) {
        for line in self.fonts.wrap(style, text, width) {
            self.need(pitch + Length(3_000));
            self.y += pitch;
            let at = (left, self.y);
            self.current.text(self.fonts, style, at, Align::Left, &line);
        }
    }

    /// Ends the document: `foot` draws on each page, knowing its number from 1 and their count.
    pub fn finish(mut self, mut foot: impl FnMut(&mut Page, usize, usize)) -> Vec<Page> {
        self.pages.push(self.current);
        let count = self.pages.len();
        for (place, page) in self.pages.iter_mut().enumerate() {
            foot(page, place + 1, count);
        }
        self.pages
    }
}
