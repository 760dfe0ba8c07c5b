//! A TrueType font with the outlines of a few glyphs only (OpenType 1.9: loca, glyf, head).
//!
//! Glyphs keep their numbers, so that nothing else in a document changes; an outline that is not
//! needed becomes empty. An invoice then carries some ten kilobytes of a face instead of all of it.

use std::collections::BTreeSet;
use ttf_parser::{RawFace, Tag};

/// What a PDF reader needs of an embedded TrueType font (ISO 32000-1 9.9), in the order of tags.
const KEPT: [&[u8; 4]; 9] =
    [b"cvt ", b"fpgm", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"prep"];

/// The font with the outlines of `used` and of what they are composed of.
///
/// None for a font without TrueType outlines, or one whose tables contradict each other: such a
/// font is embedded whole.
pub(crate) fn subset(bytes: &[u8], used: impl IntoIterator<Item = u16>) -> Option<Vec<u8>> {
    let face = RawFace::parse(bytes, 0).ok()?;
    let outlines = Outlines::of(&face)?;
    let mut glyphs: BTreeSet<u16> = used.into_iter().collect();
    // A reader shows glyph 0 for whatever it cannot find.
    glyphs.insert(0);
    let mut waiting: Vec<u16> = glyphs.iter().copied().collect();
    while let Some(glyph) = waiting.pop() {
        for part in parts(outlines.of_glyph(glyph)?)? {
            if glyphs.insert(part) {
                waiting.push(part);
            }
        }
    }
    let mut glyf = Vec::new();
    let mut loca = vec![0u8; 4];
    for glyph in 0..outlines.count {
        if glyphs.contains(&glyph) {
            glyf.extend_from_slice(outlines.of_glyph(glyph)?);
            glyf.resize(glyf.len().next_multiple_of(4), 0);
        }
        loca.extend(u32::try_from(glyf.len()).ok()?.to_be_bytes());
    }
    let mut head = face.table(Tag::from_bytes(b"head"))?.to_vec();
    // Places are written in four bytes (indexToLocFormat); the checksum of the whole is filled in
    // at the end.
    head.get_mut(50..52)?.copy_from_slice(&[0, 1]);
    head.get_mut(8..12)?.fill(0);
    let mut tables = Vec::new();
    for tag in KEPT {
        match tag {
            b"glyf" => tables.push((tag, glyf.clone())),
            b"loca" => tables.push((tag, loca.clone())),
            b"head" => tables.push((tag, head.clone())),
            _ => tables.extend(face.table(Tag::from_bytes(tag)).map(|t| (tag, t.to_vec()))),
        }
    }
    written(&tables)
}

/// Where the outline of each glyph lies.
struct Outlines<'a> {
    glyf: &'a [u8],
    loca: &'a [u8],
    long: bool,
    count: u16,
}

impl<'a> Outlines<'a> {
    fn of(face: &RawFace<'a>) -> Option<Outlines<'a>> {
        let table = |tag| face.table(Tag::from_bytes(tag));
        Some(Outlines {
            glyf: table(b"glyf")?,
            loca: table(b"loca")?,
            long: word(table(b"head")?, 50)? != 0,
            count: word(table(b"maxp")?, 4)?,
        })
    }

    fn of_glyph(&self, glyph: u16) -> Option<&'a [u8]> {
        let place = |number: usize| -> Option<usize> {
            if self.long {
                let bytes = self.loca.get(number * 4..number * 4 + 4)?;
                usize::try_from(u32::from_be_bytes(bytes.try_into().ok()?)).ok()
            } else {
                Some(usize::from(word(self.loca, number * 2)?) * 2)
            }
        };
        self.glyf.get(place(usize::from(glyph))?..place(usize::from(glyph) + 1)?)
    }
}

/// The glyphs that an outline is composed of; none for one that has contours of its own.
fn parts(outline: &[u8]) -> Option<Vec<u16>> {
    const WORDS: u16 = 0x0001;
    const SCALE: u16 = 0x0008;
    const MORE: u16 = 0x0020;
    const TWO_SCALES: u16 = 0x0040;
    const MATRIX: u16 = 0x0080;
    let mut found = Vec::new();
    if outline.is_empty() || word(outline, 0)? < 0x8000 {
        return Some(found);
    }
    let mut at = 10;
    loop {
        let flags = word(outline, at)?;
        found.push(word(outline, at + 2)?);
        at += 4 + if flags & WORDS != 0 { 4 } else { 2 };
        at += match flags {
            _ if flags & SCALE != 0 => 2,
            _ if flags & TWO_SCALES != 0 => 4,
            _ if flags & MATRIX != 0 => 8,
            _ => 0,
        };
        if flags & MORE == 0 {
            return Some(found);
        }
    }
}

fn word(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

/// The tables as one file, with its checksums.
fn written(tables: &[(&[u8; 4], Vec<u8>)]) -> Option<Vec<u8>> {
    let count = u16::try_from(tables.len()).ok()?;
    let log = count.checked_ilog2()? as u16;
    let mut file = vec![0, 1, 0, 0];
    for field in [count, 16 << log, log, (count - (1 << log)) * 16] {
        file.extend(field.to_be_bytes());
    }
    let mut offset = 12 + 16 * tables.len();
    let mut head_at = 0;
    for (tag, bytes) in tables {
        if *tag == b"head" {
            head_at = offset;
        }
        file.extend_from_slice(*tag);
        for field in [checksum(bytes), u32::try_from(offset).ok()?, bytes.len() as u32] {
            file.extend(field.to_be_bytes());
        }
        offset += bytes.len().next_multiple_of(4);
    }
    for (_, bytes) in tables {
        file.extend_from_slice(bytes);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    // The constant is that of the standard: with it the sum of the whole file comes out right.
    let adjustment = 0xb1b0_afba_u32.wrapping_sub(checksum(&file));
    file.get_mut(head_at + 8..head_at + 12)?.copy_from_slice(&adjustment.to_be_bytes());
    Some(file)
}

fn checksum(bytes: &[u8]) -> u32 {
    bytes.chunks(4).fold(0u32, |sum, chunk| {
        let mut four = [0; 4];
        four[..chunk.len()].copy_from_slice(chunk);
        sum.wrapping_add(u32::from_be_bytes(four))
    })
}

#[cfg(test)]
mod tests;
