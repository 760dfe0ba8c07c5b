//! From bytes to text, whatever the file says of itself, and back from text to places in the bytes.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// The text of a file and how it was written.
pub(crate) struct Text<'a> {
    /// The text, without its byte order mark.
    pub text: Cow<'a, str>,
    /// The encoding it was found in.
    pub encoding: &'static Encoding,
    /// Bytes before the first letter: the byte order mark.
    skipped: usize,
    /// How many bytes there are.
    length: usize,
}

/// Decodes: byte order mark first, UTF-8 strictly, then what the file declares, then windows-1252.
///
/// With `guess`, a file of another script than Latin is recognised by its letters.
pub(crate) fn decode<'a>(bytes: &'a [u8], declared: Option<&str>, guess: bool) -> Text<'a> {
    let mark = Encoding::for_bom(bytes);
    let utf16 = mark.filter(|(encoding, _)| *encoding != UTF_8);
    let utf16 = utf16.or_else(|| unmarked_utf16(bytes).map(|encoding| (encoding, 0)));
    if let Some((encoding, skipped)) = utf16 {
        return Text::of(bytes, encoding, skipped, bytes.len());
    }
    let skipped = mark.map_or(0, |(_, length)| length);
    match str::from_utf8(&bytes[skipped..]) {
        Ok(_) => return Text::of(bytes, UTF_8, skipped, bytes.len()),
        // Cut in the middle of a letter: what stands before it shows that it is UTF-8.
        Err(fault) if fault.error_len().is_none() => {
            let sound = skipped + fault.valid_up_to();
            if skipped > 0 || !bytes[..sound].is_ascii() {
                return Text::of(bytes, UTF_8, skipped, sound);
            }
        }
        Err(_) => {}
    }
    let encoding = declared
        .and_then(single_byte)
        .or_else(|| (guess && long_run_of_high_bytes(bytes)).then(|| guessed(bytes)))
        .unwrap_or(WINDOWS_1252);
    Text::of(bytes, encoding, skipped, bytes.len())
}

/// The encoding of a label in a header, if it is one that a file not in UTF-8 can be in.
pub(crate) fn single_byte(label: &str) -> Option<&'static Encoding> {
    let label = label.trim().trim_matches('"');
    let number = label.bytes().all(|byte| byte.is_ascii_digit()) && label.len() == 4;
    let label = if number { format!("windows-{label}") } else { label.to_owned() };
    let usual = Encoding::for_label(label.as_bytes());
    usual.filter(|encoding| *encoding != UTF_8 && *encoding != UTF_16LE && *encoding != UTF_16BE)
}

/// UTF-16 without a mark: every second byte of the beginning is zero.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(64) & !1];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    if half < 4 {
        None
    } else if odd * 10 >= half * 9 && even == 0 {
        Some(UTF_16LE)
    } else if even * 10 >= half * 9 && odd == 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whole words of bytes beyond ASCII: no Latin text has them.
fn long_run_of_high_bytes(bytes: &[u8]) -> bool {
    bytes.windows(4).any(|run| run.iter().all(|byte| *byte >= 0x80))
}

fn guessed(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

impl<'a> Text<'a> {
    fn of(bytes: &'a [u8], encoding: &'static Encoding, skipped: usize, end: usize) -> Text<'a> {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[skipped..end]);
        Text { text, encoding, skipped, length: bytes.len() }
    }

    /// Turns places in the text, asked in ascending order, into places in the bytes.
    pub fn places(&self) -> Places<'_> {
        Places {
            text: &self.text,
            encoding: self.encoding,
            in_text: 0,
            in_bytes: self.skipped,
            length: self.length,
        }
    }
}

/// Walks a text once beside its bytes.
pub(crate) struct Places<'t> {
    text: &'t str,
    encoding: &'static Encoding,
    in_text: usize,
    in_bytes: usize,
    length: usize,
}

impl Places<'_> {
    /// The place in the bytes of a place in the text; a place already passed stays where we are.
    pub fn in_bytes(&mut self, place: usize) -> usize {
        let between = self.text.get(self.in_text..place).unwrap_or_default();
        self.in_bytes += if self.encoding == UTF_8 {
            between.len()
        } else if self.encoding == UTF_16LE || self.encoding == UTF_16BE {
            between.chars().map(|letter| letter.len_utf16() * 2).sum()
        } else if between.is_ascii() {
            between.len()
        } else if self.encoding.is_single_byte() {
            between.chars().count()
        } else {
            // A byte that was no letter came out as U+FFFD and would not go back as itself.
            let sound = between.split('\u{FFFD}').map(|part| self.encoding.encode(part).0.len());
            sound.map(|length| length + 1).sum::<usize>() - 1
        };
        self.in_text += between.len();
        self.in_bytes = self.in_bytes.min(self.length);
        self.in_bytes
    }
}

#[cfg(test)]
mod tests;
