//! Text in a column: lines that fit a width.

use crate::font::Pen;
use crate::{Fonts, Length, Style};

impl Fonts<'_> {
    /// The text in lines no wider than `width`; at least one line, which may be empty.
    ///
    /// Lines end at a space, or after a hyphen or a slash; a word wider than the column is cut. A
    /// no-break space holds its neighbours together. A column narrower than a letter gets one
    /// letter a line.
    pub fn wrap(&self, style: Style, text: &str, width: Length) -> Vec<String> {
        let characters: Vec<char> = self.plain(style.face, text).chars().collect();
        let mut lines = Vec::new();
        let mut start = 0;
        loop {
            while characters.get(start) == Some(&' ') {
                start += 1;
            }
            let end = self.line_end(style, &characters[start..], width) + start;
            lines.push(
                characters[start..end].iter().collect::<String>().trim_end_matches(' ').to_owned(),
            );
            if end >= characters.len() {
                return lines;
            }
            start = end;
        }
    }

    /// The text in at most `most` lines; where it needs more, the last one ends in an ellipsis.
    pub fn wrap_within(&self, style: Style, text: &str, width: Length, most: usize) -> Vec<String> {
        let mut lines = self.wrap(style, text, width);
        if lines.len() > most && most > 0 {
            // One line of the rest is enough to fill the last one.
            let rest = lines.drain(most - 1..).take(2).collect::<Vec<_>>().join(" ");
            lines.push(self.ended(style, &rest, width));
        }
        lines.truncate(most);
        lines
    }

    /// The text on one line no wider than `width`, its end cut to an ellipsis if it must be.
    pub fn fit(&self, style: Style, text: &str, width: Length) -> String {
        let text = self.plain(style.face, text);
        if self.width(style, &text) <= width {
            return text;
        }
        self.ended(style, &text, width)
    }

    /// As much of a plain text as leaves room for the ellipsis after it.
    fn ended(&self, style: Style, text: &str, width: Length) -> String {
        let ellipsis = self.plain(style.face, "…");
        let room = width - self.width(style, &ellipsis);
        let mut pen = Pen::new(self, style);
        let mut kept = String::new();
        for character in text.chars() {
            pen.advance(character);
            if pen.position() > room {
                break;
            }
            kept.push(character);
        }
        format!("{}{ellipsis}", kept.trim_end_matches(' '))
    }

    /// How many characters the first line takes, spaces at its end among them.
    fn line_end(&self, style: Style, characters: &[char], width: Length) -> usize {
        let mut pen = Pen::new(self, style);
        let mut chance = 0;
        for (place, &character) in characters.iter().enumerate() {
            pen.advance(character);
            if character == ' ' {
                chance = place + 1;
                continue;
            }
            if pen.position() > width {
                return if chance > 0 { chance } else { place.max(1) };
            }
            if matches!(character, '-' | '\u{2010}' | '/') && place > 0 {
                chance = place + 1;
            }
        }
        characters.len()
    }
}

#[cfg(test)]
mod tests;
