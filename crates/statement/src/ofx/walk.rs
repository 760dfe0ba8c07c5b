//! The tags of an OFX file, closed or not, one after the other, over the raw bytes.

use memchr::{memchr, memmem};

/// One tag, with the text that follows it up to the next tag.
pub(super) enum Step<'a> {
    /// `<NAME>`; the value is empty for an aggregate and for an empty leaf.
    Open {
        /// The name as written.
        name: &'a [u8],
        /// What stands between this tag and the next one, blanks taken off.
        value: &'a [u8],
        /// Where the tag begins.
        at: usize,
    },
    /// `</NAME>`.
    Close {
        /// The name as written.
        name: &'a [u8],
        /// Where the tag ends.
        end: usize,
    },
}

/// Goes from tag to tag. A `<` that opens no tag is text.
pub(super) struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// No tag of OFX is longer; a `<` without `>` in this reach is text.
const LONGEST_TAG: usize = 80;

impl<'a> Walk<'a> {
    /// Starts at a place, usually that of `<OFX>`.
    pub fn from(bytes: &'a [u8], at: usize) -> Walk<'a> {
        Walk { bytes, at }
    }

    /// The place of the next `<` that opens a tag, from a place on.
    fn next_tag(&self, mut from: usize) -> Option<usize> {
        loop {
            let place = from + memchr(b'<', self.bytes.get(from..)?)?;
            match self.bytes.get(place + 1) {
                Some(b'!' | b'?') => return Some(place),
                Some(b'/' | b'A'..=b'Z' | b'a'..=b'z') if self.tag_end(place).is_some() => {
                    return Some(place);
                }
                _ => from = place + 1,
            }
        }
    }

    /// The place of the `>` of a tag, if the tag has one on its line.
    fn tag_end(&self, place: usize) -> Option<usize> {
        let reach = &self.bytes[place..self.bytes.len().min(place + LONGEST_TAG)];
        let end = memchr(b'>', reach)?;
        let broken = reach[1..end].iter().any(|byte| matches!(byte, b'<' | b'\n' | b'\r'));
        (!broken).then_some(place + end)
    }

    /// The end of a comment, instruction or declaration.
    fn after_aside(&self, place: usize) -> usize {
        let rest = &self.bytes[place..];
        let past = |mark: &[u8]| memmem::find(rest, mark).map(|end| place + end + mark.len());
        let end = if rest.starts_with(b"<!--") { past(b"-->") } else { past(b">") };
        end.unwrap_or(self.bytes.len())
    }

    /// The text from a place on, and where the walk goes on after it.
    fn value(&self, from: usize) -> (&'a [u8], usize) {
        const CDATA: &[u8] = b"<![CDATA[";
        let rest = &self.bytes[from..];
        if rest.starts_with(CDATA) {
            let inner = &rest[CDATA.len()..];
            let length = memmem::find(inner, b"]]>").unwrap_or(inner.len());
            let end = (from + CDATA.len() + length + 3).min(self.bytes.len());
            return (&inner[..length], end);
        }
        let end = self.next_tag(from).unwrap_or(self.bytes.len());
        (trimmed(&self.bytes[from..end]), end)
    }
}

impl<'a> Iterator for Walk<'a> {
    type Item = Step<'a>;

    fn next(&mut self) -> Option<Step<'a>> {
        loop {
            let place = self.next_tag(self.at)?;
            if matches!(self.bytes[place + 1], b'!' | b'?') {
                self.at = self.after_aside(place);
                continue;
            }
            let end = self.tag_end(place)?;
            let inner = &self.bytes[place + 1..end];
            let closes = inner.first() == Some(&b'/');
            let name = if closes { &inner[1..] } else { inner };
            let length = name.iter().position(|byte| !is_name(*byte)).unwrap_or(name.len());
            let name = &name[..length];
            if closes {
                self.at = end + 1;
                return Some(Step::Close { name, end: end + 1 });
            }
            if inner.last() == Some(&b'/') {
                self.at = end + 1;
                return Some(Step::Open { name, value: &[], at: place });
            }
            let (value, next) = self.value(end + 1);
            self.at = next;
            return Some(Step::Open { name, value, at: place });
        }
    }
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-')
}

fn is_blank(byte: &u8) -> bool {
    byte.is_ascii_whitespace() || *byte == 0
}

/// Without the blanks and zero bytes around.
pub(super) fn trimmed(bytes: &[u8]) -> &[u8] {
    let Some(start) = bytes.iter().position(|byte| !is_blank(byte)) else { return &[] };
    let end = bytes.iter().rposition(|byte| !is_blank(byte)).unwrap_or(start);
    &bytes[start..=end]
}
