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

/// A tag's `<` and its `>`; an aside has its `<` twice.
#[derive(Clone, Copy)]
struct Tag {
    start: usize,
    end: usize,
}

/// Goes from tag to tag. A `<` that opens no tag is text.
pub(super) struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The tag at `at`, where the value before it has already found it.
    found: Option<Tag>,
}

/// No tag of OFX is longer; a `<` without `>` in this reach is text.
const LONGEST_TAG: usize = 80;

impl<'a> Walk<'a> {
    /// Starts at a place, usually that of `<OFX>`.
    pub fn from(bytes: &'a [u8], at: usize) -> Walk<'a> {
        Walk { bytes, at, found: None }
    }

    /// The next `<` that opens a tag, from a place on.
    fn next_tag(&self, mut from: usize) -> Option<Tag> {
        loop {
            let start = from + memchr(b'<', self.bytes.get(from..)?)?;
            match self.bytes.get(start + 1) {
                Some(b'!' | b'?') => return Some(Tag { start, end: start }),
                Some(b'/' | b'A'..=b'Z' | b'a'..=b'z') => {
                    if let Some(end) = self.tag_end(start) {
                        return Some(Tag { start, end });
                    }
                }
                _ => {}
            }
            from = start + 1;
        }
    }

    /// The place of the `>` of a tag, if the tag has one on its line.
    fn tag_end(&self, start: usize) -> Option<usize> {
        let reach = &self.bytes[start..self.bytes.len().min(start + LONGEST_TAG)];
        for (length, byte) in reach.iter().enumerate().skip(1) {
            match byte {
                b'>' => return Some(start + length),
                b'<' | b'\n' | b'\r' => return None,
                _ => {}
            }
        }
        None
    }

    /// The end of a comment, instruction or declaration.
    fn after_aside(&self, place: usize) -> usize {
        let rest = &self.bytes[place..];
        let past = |mark: &[u8]| memmem::find(rest, mark).map(|end| place + end + mark.len());
        let end = if rest.starts_with(b"<!--") { past(b"-->") } else { past(b">") };
        end.unwrap_or(self.bytes.len())
    }

    /// The text from a place on; the walk goes on after it.
    fn value(&mut self, from: usize) -> &'a [u8] {
        const CDATA: &[u8] = b"<![CDATA[";
        let rest = &self.bytes[from..];
        if rest.starts_with(CDATA) {
            let inner = &rest[CDATA.len()..];
            let length = memmem::find(inner, b"]]>").unwrap_or(inner.len());
            self.at = (from + CDATA.len() + length + 3).min(self.bytes.len());
            return &inner[..length];
        }
        self.found = self.next_tag(from);
        self.at = self.found.map_or(self.bytes.len(), |tag| tag.start);
        trimmed(&self.bytes[from..self.at])
    }
}

impl<'a> Iterator for Walk<'a> {
    type Item = Step<'a>;

    fn next(&mut self) -> Option<Step<'a>> {
        loop {
            let Tag { start, end } = self.found.take().or_else(|| self.next_tag(self.at))?;
            if start == end {
                self.at = self.after_aside(start);
                continue;
            }
            let inner = &self.bytes[start + 1..end];
            let closes = inner.first() == Some(&b'/');
            let name = if closes { &inner[1..] } else { inner };
            let length = name.iter().position(|byte| !is_name(*byte)).unwrap_or(name.len());
            let name = &name[..length];
            self.at = end + 1;
            if closes {
                return Some(Step::Close { name, end: end + 1 });
            }
            let value = if inner.last() == Some(&b'/') { &[] } else { self.value(end + 1) };
            return Some(Step::Open { name, value, at: start });
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
