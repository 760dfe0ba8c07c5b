//! Pages as SVG (1.1): the same marks as the PDF, for a picture that follows typing.
//!
//! The faces are not inside: the page that shows the picture has them. So that the browser's own
//! idea of a width changes nothing, each word stands where the layout put it. There is no script,
//! no style sheet and no reference to anything outside.

use crate::font::Pen;
use crate::{Color, Face, Fonts, Length, Mark, Page, PathStep, Style};
use std::fmt::Write;

/// The families under which a browser may know the faces, the static ones first.
const SANS: &str = "Geist,'Geist Variable',sans-serif";
const MONO: &str = "'Geist Mono','Geist Mono Variable',monospace";

/// The page as a picture of its own size in points; `title` is what is read aloud for it.
pub fn svg(fonts: &Fonts<'_>, page: &Page, title: &str) -> String {
    let mut picture = Picture { text: String::with_capacity(32_000) };
    picture.open(page, title);
    let mut marks = page.marks().iter().peekable();
    while let Some(mark) = marks.next() {
        match mark {
            Mark::Text { left, baseline, text, style } => {
                picture.text(fonts, (*left, *baseline), text, *style);
            }
            Mark::Line { from, to, thickness, color } => {
                picture.path_begin();
                picture.step('M', &[from.0, from.1]);
                picture.step('L', &[to.0, to.1]);
                picture.path_end(Some(*thickness), false, *color);
            }
            Mark::Path { start, steps, pen, color } => {
                picture.path_begin();
                picture.step('M', &[start.0, start.1]);
                for step in steps {
                    match step {
                        PathStep::Line(x, y) => picture.step('L', &[*x, *y]),
                        PathStep::Curve([a, b, c]) => {
                            picture.step('C', &[a.0, a.1, b.0, b.1, c.0, c.1]);
                        }
                    }
                }
                picture.path_end(*pen, true, *color);
            }
            Mark::Fill { color, .. } => {
                // Neighbours of one colour are one path: a payment code has hundreds of them.
                let first = *color;
                picture.path_begin();
                picture.rectangle(mark);
                while let Some(next) = marks
                    .next_if(|mark| matches!(mark, Mark::Fill { color, .. } if *color == first))
                {
                    picture.rectangle(next);
                }
                picture.path_end(None, false, first);
            }
        }
    }
    picture.text.push_str("</svg>\n");
    picture.text
}

struct Picture {
    text: String,
}

impl Picture {
    fn open(&mut self, page: &Page, title: &str) {
        self.text.push_str("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 ");
        self.number(page.width);
        self.text.push(' ');
        self.number(page.height);
        self.text.push_str("\" font-family=\"");
        self.text.push_str(SANS);
        // Digits of one width, and no two letters drawn as one: that is how the layout measured.
        self.text.push_str("\" font-variant=\"tabular-nums no-common-ligatures\"><title>");
        self.escaped(title);
        self.text.push_str("</title><path fill=\"#ffffff\" d=\"M0 0H");
        self.number(page.width);
        self.text.push('V');
        self.number(page.height);
        self.text.push_str("H0Z\"/>");
    }

    fn text(
        &mut self,
        fonts: &Fonts<'_>,
        (left, baseline): (Length, Length),
        text: &str,
        style: Style,
    ) {
        self.text.push_str("<text y=\"");
        self.number(baseline);
        self.text.push_str("\" font-size=\"");
        self.number(style.size);
        self.text.push_str("\" font-weight=\"");
        self.text.push_str(match style.face {
            Face::Regular | Face::Mono => "400",
            Face::Medium => "500",
            Face::SemiBold => "600",
        });
        if style.face == Face::Mono {
            self.text.push_str("\" font-family=\"");
            self.text.push_str(MONO);
        }
        if style.tracking() != Length::ZERO {
            self.text.push_str("\" letter-spacing=\"");
            self.number(style.tracking());
        }
        self.text.push_str("\" fill=\"");
        self.color(style.color);
        self.text.push_str("\" x=\"");
        self.number(left);
        self.text.push_str("\">");
        let mut pen = Pen::new(fonts, style);
        let mut after_space = false;
        let mut opened = false;
        for character in text.chars() {
            let space = is_space(character);
            if after_space && !space {
                // Where this letter stands: behind all the others and its own distance to them.
                let place = pen.next_place(character);
                if opened {
                    self.text.push_str("</tspan>");
                }
                self.text.push_str("<tspan x=\"");
                self.number(left + place);
                self.text.push_str("\">");
                opened = true;
            }
            pen.advance(character);
            self.escaped_character(character);
            after_space = space;
        }
        self.text.push_str(if opened { "</tspan></text>" } else { "</text>" });
    }

    fn path_begin(&mut self) {
        self.text.push_str("<path d=\"");
    }

    fn step(&mut self, letter: char, places: &[Length]) {
        self.text.push(letter);
        for (number, place) in places.iter().enumerate() {
            if number > 0 {
                self.text.push(' ');
            }
            self.number(*place);
        }
    }

    fn rectangle(&mut self, mark: &Mark) {
        if let Mark::Fill { left, top, width, height, .. } = mark {
            self.step('M', &[*left, *top]);
            self.step('h', &[*width]);
            self.step('v', &[*height]);
            self.step('h', &[-*width]);
            self.text.push('z');
        }
    }

    fn path_end(&mut self, pen: Option<Length>, round: bool, color: Color) {
        match pen {
            Some(thickness) => {
                self.text.push_str("\" fill=\"none\" stroke-width=\"");
                self.number(thickness);
                if round {
                    self.text.push_str("\" stroke-linecap=\"round");
                }
                self.text.push_str("\" stroke=\"");
            }
            None => self.text.push_str("\" fill=\""),
        }
        self.color(color);
        self.text.push_str("\"/>");
    }

    /// Points with at most three decimals.
    fn number(&mut self, length: Length) {
        let size = length.0.unsigned_abs();
        if length.0 < 0 {
            self.text.push('-');
        }
        let (whole, part) = (size / 1000, size % 1000);
        // Writing to a string cannot fail.
        let _ = match part {
            0 => write!(self.text, "{whole}"),
            _ if part % 100 == 0 => write!(self.text, "{whole}.{}", part / 100),
            _ if part % 10 == 0 => write!(self.text, "{whole}.{:02}", part / 10),
            _ => write!(self.text, "{whole}.{part:03}"),
        };
    }

    fn color(&mut self, Color(red, green, blue): Color) {
        let _ = write!(self.text, "#{red:02x}{green:02x}{blue:02x}");
    }

    fn escaped(&mut self, text: &str) {
        for character in text.chars() {
            self.escaped_character(character);
        }
    }

    fn escaped_character(&mut self, character: char) {
        match character {
            '&' => self.text.push_str("&amp;"),
            '<' => self.text.push_str("&lt;"),
            '>' => self.text.push_str("&gt;"),
            '"' => self.text.push_str("&quot;"),
            '\'' => self.text.push_str("&#39;"),
            // XML 1.0 knows no others below the space, and not these two (production 2).
            '\t' | '\n' | '\r' => self.text.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => self.text.push('\u{fffd}'),
            _ => self.text.push(character),
        }
    }
}

/// Spaces whose width a browser may not know: its fonts lack some that ours have.
fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}')
}

#[cfg(test)]
pub(crate) mod tests;
