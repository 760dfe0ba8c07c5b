//! One page as plain data: what is drawn on it, in order.

use crate::{Face, Fonts, Length};

/// A colour of red, green and blue, the only kind that archives (PDF/A) take with an sRGB intent.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Color(pub u8, pub u8, pub u8);

impl Color {
    /// Text and data.
    pub const INK: Color = Color(0x11, 0x18, 0x1a);
    /// Secondary text.
    pub const INK2: Color = Color(0x42, 0x4c, 0x4f);
    /// Labels and help.
    pub const INK3: Color = Color(0x5b, 0x65, 0x68);
    /// Hairlines between rows.
    pub const HAIRLINE: Color = Color(0xe1, 0xe5, 0xe6);
    /// The band over a section.
    pub const BAND: Color = Color(0xee, 0xf1, 0xf1);
    /// The paper.
    pub const WHITE: Color = Color(0xff, 0xff, 0xff);
}

/// Which end of a text stands at the given place.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Align {
    /// The text begins there.
    Left,
    /// The text ends there: figures.
    Right,
}

/// How a text looks.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Style {
    /// The face.
    pub face: Face,
    /// The type size.
    pub size: Length,
    /// The colour.
    pub color: Color,
    /// Space added after each character, in thousandths of the size; titles have a negative one.
    pub tracking_thousandths: i64,
}

impl Style {
    /// A style without tracking.
    pub const fn new(face: Face, size: Length, color: Color) -> Style {
        Style { face, size, color, tracking_thousandths: 0 }
    }

    /// The same in another face.
    pub const fn in_face(self, face: Face) -> Style {
        Style { face, ..self }
    }

    /// The same in another colour.
    pub const fn in_color(self, color: Color) -> Style {
        Style { color, ..self }
    }

    pub(crate) fn tracking(self) -> Length {
        self.size.scaled(self.tracking_thousandths, 1000)
    }
}

/// A step of a path.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PathStep {
    /// A straight line to a point.
    Line(Length, Length),
    /// A Bézier curve: two control points and the end.
    Curve([(Length, Length); 3]),
}

/// Something drawn. Places are from the top left corner of the sheet, down and to the right.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Mark {
    /// A text, already plain for its face, beginning at `left` on `baseline`.
    Text {
        /// Where it begins.
        left: Length,
        /// The line it stands on.
        baseline: Length,
        /// What is written.
        text: String,
        /// How.
        style: Style,
    },
    /// A straight line, `thickness` wide.
    Line {
        /// One end.
        from: (Length, Length),
        /// The other.
        to: (Length, Length),
        /// Its width.
        thickness: Length,
        /// Its colour.
        color: Color,
    },
    /// A filled rectangle.
    Fill {
        /// Its left edge.
        left: Length,
        /// Its upper edge.
        top: Length,
        /// Its width.
        width: Length,
        /// Its height.
        height: Length,
        /// Its colour.
        color: Color,
    },
    /// A path of lines and curves, filled, or drawn with a pen of that thickness and round ends.
    Path {
        /// Where it begins.
        start: (Length, Length),
        /// How it goes on.
        steps: Vec<PathStep>,
        /// The pen, or none to fill.
        pen: Option<Length>,
        /// Its colour.
        color: Color,
    },
}

/// A sheet and what is drawn on it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page {
    pub(crate) width: Length,
    pub(crate) height: Length,
    pub(crate) marks: Vec<Mark>,
}

impl Page {
    /// The thickness of each of the two rules of a proved figure.
    const PROOF: Length = Length(600);

    /// An empty sheet.
    pub fn new(width: Length, height: Length) -> Page {
        Page { width, height, marks: Vec::new() }
    }

    /// What is drawn, in order.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// Writes one line of text with one end at `place`; gives its width back. Not wrapped.
    pub fn text(
        &mut self,
        fonts: &Fonts<'_>,
        style: Style,
        (place, baseline): (Length, Length),
        align: Align,
        text: &str,
    ) -> Length {
        let text = fonts.plain(style.face, text);
        let width = fonts.width(style, &text);
        let left = match align {
            Align::Left => place,
            Align::Right => place - width,
        };
        if !text.is_empty() {
            self.marks.push(Mark::Text { left, baseline, text, style });
        }
        width
    }

    /// Draws a horizontal line from `left` to `right`.
    pub fn rule(
        &mut self,
        left: Length,
        right: Length,
        y: Length,
        thickness: Length,
        color: Color,
    ) {
        self.marks.push(Mark::Line { from: (left, y), to: (right, y), thickness, color });
    }

    /// Draws anything.
    pub fn mark(&mut self, mark: Mark) {
        self.marks.push(mark);
    }

    /// The two rules of a proved figure, under a text that ends at `right` on `baseline`.
    pub fn double_rule(&mut self, width: Length, right: Length, baseline: Length) {
        self.double_rule_in(Color::INK, width, right, baseline);
    }

    /// The same in a colour of one's own.
    pub fn double_rule_in(&mut self, color: Color, width: Length, right: Length, baseline: Length) {
        for below in [Length(3_100), Length(4_500)] {
            self.rule(right - width, right, baseline + below, Page::PROOF, color);
        }
    }
}
