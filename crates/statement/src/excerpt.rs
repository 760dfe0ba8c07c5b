//! What a person is shown of a file: a few lines of it as text, and where in that text a bank line,
//! its amount and its label stand.
//!
//! A pure function of bytes; nothing here decides what a line is.

mod amounts;
mod labels;

use crate::decode::decode;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::ops::Range;

/// Lines of the file shown before the bank line, and after it.
const AROUND: (usize, usize) = (2, 3);

/// The most bytes shown of them on either side.
const MOST_AROUND: usize = 600;

/// The most bytes shown of the bank line itself; a payment of a thousand parts is long.
const LONGEST: usize = 6_000;

/// What of a bank line is looked for in its bytes.
#[derive(Debug, Clone, Copy)]
pub struct Sought<'a> {
    /// Minor units, with or without their sign.
    pub amount_minor: i64,
    /// Decimals of their currency.
    pub exponent: u32,
    /// The bank's words.
    pub label: &'a str,
}

/// A stretch of a file as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The bytes it shows.
    pub place: Range<usize>,
    /// What is not text is shown as �.
    pub text: String,
    /// What stands where, in UTF-16 code units of the text.
    pub marks: Vec<(Mark, Range<usize>)>,
}

/// What stands in an excerpt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The bytes of the bank line.
    Line,
    /// Its amount.
    Amount,
    /// Words of its label.
    Label,
}

impl Mark {
    /// The word for machines.
    pub fn word(self) -> &'static str {
        match self {
            Mark::Line => "line",
            Mark::Amount => "amount",
            Mark::Label => "label",
        }
    }
}

/// A file and how it was written, found once for several excerpts.
pub struct Source<'a> {
    bytes: &'a [u8],
    encoding: &'static Encoding,
    /// Bytes of the byte order mark.
    skipped: usize,
}

impl<'a> Source<'a> {
    /// Looks at a file's bytes; whatever they are, they can be shown.
    pub fn of(bytes: &'a [u8]) -> Source<'a> {
        let encoding = decode(bytes, None, true).encoding;
        let skipped = Encoding::for_bom(bytes).map_or(0, |(_, length)| length);
        Source { bytes, encoding, skipped }
    }

    /// About six lines around a bank line.
    pub fn excerpt(&self, place: Range<usize>, sought: Sought<'_>) -> Excerpt {
        let place = self.within(place);
        let first = self.before(place.start);
        let last = if place.len() > LONGEST {
            self.letters(place.start + LONGEST)
        } else {
            self.after(place.end)
        };
        self.show(first..last, Some((place, sought)))
    }

    /// The whole file, or at most so many bytes of it, around a bank line if one is meant.
    pub fn whole(&self, most: usize, sought: Option<(Range<usize>, Sought<'_>)>) -> Excerpt {
        let sought = sought.map(|(place, sought)| (self.within(place), sought));
        if self.bytes.len() <= most {
            return self.show(0..self.bytes.len(), sought);
        }
        let middle = sought.as_ref().map_or(0, |(place, _)| place.start + place.len() / 2);
        let first = middle.saturating_sub(most / 2).min(self.bytes.len() - most);
        let shown = self.letters(first)..self.letters(first + most);
        self.show(shown, sought)
    }

    fn show(&self, shown: Range<usize>, sought: Option<(Range<usize>, Sought<'_>)>) -> Excerpt {
        let shown = shown.start.max(self.skipped.min(shown.end))..shown.end;
        let Some((place, sought)) = sought else {
            return Excerpt { text: self.text(shown.clone()), place: shown, marks: Vec::new() };
        };
        let inside =
            place.start.clamp(shown.start, shown.end)..place.end.clamp(shown.start, shown.end);
        let mut text = self.text(shown.start..inside.start);
        let begins = units(&text);
        let line = self.text(inside.clone());
        let ends = begins + units(&line);
        let mut marks = vec![(Mark::Line, begins..ends)];
        let in_text = |range: Range<usize>| {
            let begins = begins + units(&line[..range.start]);
            begins..begins + units(&line[range])
        };
        let amount = amounts::find(&line, sought.amount_minor, sought.exponent);
        marks.extend(amount.map(|range| (Mark::Amount, in_text(range))));
        let label = labels::find(&line, sought.label);
        marks.extend(label.into_iter().map(|range| (Mark::Label, in_text(range))));
        text.push_str(&line);
        text.push_str(&self.text(inside.end..shown.end));
        Excerpt { place: shown, text, marks }
    }

    fn text(&self, range: Range<usize>) -> String {
        let bytes = self.bytes.get(range).unwrap_or_default();
        self.encoding.decode_without_bom_handling(bytes).0.into_owned()
    }

    fn within(&self, place: Range<usize>) -> Range<usize> {
        let end = place.end.min(self.bytes.len());
        place.start.min(end)..end
    }

    /// Bytes of a letter of ASCII.
    fn unit(&self) -> usize {
        if self.encoding == UTF_16LE || self.encoding == UTF_16BE { 2 } else { 1 }
    }

    /// Whether a line of the file ends before this place.
    fn begins_line(&self, at: usize) -> bool {
        let (unit, big) = (self.unit(), usize::from(self.encoding == UTF_16BE));
        at <= self.skipped
            || (at >= unit
                && self.bytes[at - unit + if unit == 2 { big } else { 0 }] == b'\n'
                && (unit == 1 || self.bytes[at - 1 - big] == 0))
    }

    /// Where the lines before a place begin.
    fn before(&self, place: usize) -> usize {
        let unit = self.unit();
        let (mut at, mut begun, mut lines) = (place, None, 0);
        while at > self.skipped && place - at < MOST_AROUND {
            if self.begins_line(at) {
                begun = Some(at);
                if lines == AROUND.0 {
                    return at;
                }
                lines += 1;
            }
            at = at.saturating_sub(unit);
        }
        match begun {
            _ if at <= self.skipped => self.skipped.min(place),
            Some(begun) => begun,
            // The line of the file begins too far away to be shown whole.
            None => self.letters(at),
        }
    }

    /// Where the lines after a place end.
    fn after(&self, place: usize) -> usize {
        let unit = self.unit();
        let (mut at, mut ended, mut lines) = (place, None, 0);
        while at < self.bytes.len() && at - place < MOST_AROUND {
            at = (at + unit).min(self.bytes.len());
            if self.begins_line(at) {
                ended = Some(at);
                if lines == AROUND.1 {
                    return at;
                }
                lines += 1;
            }
        }
        match ended {
            _ if at == self.bytes.len() => at,
            Some(ended) => ended,
            None => self.letters(at),
        }
    }

    /// The place itself, or the next before it that is not within a letter.
    fn letters(&self, mut at: usize) -> usize {
        if self.encoding == UTF_8 {
            while at > 0 && self.bytes.get(at).is_some_and(|byte| byte & 0xC0 == 0x80) {
                at -= 1;
            }
        } else if self.unit() == 2 {
            at -= (at - self.skipped.min(at)) % 2;
        }
        at
    }
}

/// Length as JavaScript counts it.
fn units(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.encode_utf16().count() }
}

#[cfg(test)]
mod tests;
