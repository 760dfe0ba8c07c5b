//! The faces of the documents: what they hold, how wide a text is, how its letters pair.

use crate::kerning::Kerning;
use crate::plain::{first_unknown, plain};
use crate::{DocumentError, Length, Style};
use assets::Assets;
use std::borrow::Cow;
use ttf_parser::GlyphId;

/// A face that documents are printed with; its file is `fonts/<name>.ttf` of the assets.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Face {
    /// Geist, weight 400.
    Regular,
    /// Geist, weight 500.
    Medium,
    /// Geist, weight 600.
    SemiBold,
    /// Geist Mono, weight 400: hashes and bytes.
    Mono,
}

impl Face {
    /// Every face, in the order of the enum.
    pub const ALL: [Face; 4] = [Face::Regular, Face::Medium, Face::SemiBold, Face::Mono];

    /// The PostScript name.
    pub fn name(self) -> &'static str {
        match self {
            Face::Regular => "Geist-Regular",
            Face::Medium => "Geist-Medium",
            Face::SemiBold => "Geist-SemiBold",
            Face::Mono => "GeistMono-Regular",
        }
    }
}

/// The bytes of the faces, which [`Fonts`] borrows.
pub struct FontFiles([FontFile; 4]);

struct FontFile {
    bytes: Cow<'static, [u8]>,
    /// The glyphs of the first characters, which nearly every text is made of: the tables of a
    /// font are slow to search, and a page asks for each letter several times.
    first_glyphs: Vec<u16>,
}

impl FontFile {
    /// Basic Latin to Latin Extended-A.
    const FIRST: u32 = 0x180;

    fn new(bytes: Cow<'static, [u8]>) -> FontFile {
        let first_glyphs = match ttf_parser::Face::parse(&bytes, 0) {
            Ok(face) => (0..FontFile::FIRST)
                .map(|code| char::from_u32(code).and_then(|c| face.glyph_index(c)))
                .map(|glyph| glyph.map_or(0, |glyph| glyph.0))
                .collect(),
            // [`Fonts::parse`] says what is wrong with it.
            Err(_) => Vec::new(),
        };
        FontFile { bytes, first_glyphs }
    }
}

impl FontFiles {
    /// Reads the faces from the assets.
    pub fn load(assets: &Assets) -> Result<FontFiles, DocumentError> {
        let file = |face: Face| {
            let bytes = assets.bytes(&format!("fonts/{}.ttf", face.name()));
            bytes.map(FontFile::new)
        };
        Ok(FontFiles([
            file(Face::Regular)?,
            file(Face::Medium)?,
            file(Face::SemiBold)?,
            file(Face::Mono)?,
        ]))
    }
}

/// The faces, ready to measure with.
pub struct Fonts<'a>([Loaded<'a>; 4]);

pub(crate) struct Loaded<'a> {
    pub(crate) bytes: &'a [u8],
    first_glyphs: &'a [u16],
    face: ttf_parser::Face<'a>,
    kerning: Kerning<'a>,
}

/// A stretch of text that is shown at once, and the step to the right that follows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Stretch {
    pub(crate) text: String,
    /// In thousandths of the type size; negative goes back.
    pub(crate) step: i64,
}

impl<'a> Fonts<'a> {
    /// Reads the tables of the faces; refuses a face without a space or a question mark.
    pub fn parse(files: &'a FontFiles) -> Result<Fonts<'a>, DocumentError> {
        let [regular, medium, semi_bold, mono] = &files.0;
        Ok(Fonts([
            Loaded::parse(Face::Regular, regular)?,
            Loaded::parse(Face::Medium, medium)?,
            Loaded::parse(Face::SemiBold, semi_bold)?,
            Loaded::parse(Face::Mono, mono)?,
        ]))
    }

    /// The text as the face can show it: a character that it lacks becomes a visible box.
    pub fn plain(&self, face: Face, text: &str) -> String {
        let loaded = self.loaded(face);
        plain(text, |character| loaded.glyph(character).is_some())
    }

    /// The first character of a text that the face cannot show: one that it lacks, one that
    /// cannot be seen, or the sign for "unknown" itself.
    pub fn unprintable(&self, face: Face, text: &str) -> Option<char> {
        let loaded = self.loaded(face);
        first_unknown(text, |character| loaded.glyph(character).is_some())
    }

    /// How wide a text is in a style.
    pub fn width(&self, style: Style, text: &str) -> Length {
        let mut pen = Pen::new(self, style);
        for character in self.plain(style.face, text).chars() {
            pen.advance(character);
        }
        pen.position()
    }

    pub(crate) fn loaded(&self, face: Face) -> &Loaded<'a> {
        match face {
            Face::Regular => &self.0[0],
            Face::Medium => &self.0[1],
            Face::SemiBold => &self.0[2],
            Face::Mono => &self.0[3],
        }
    }

    /// A plain text cut where two neighbours stand nearer or farther than their widths say.
    pub(crate) fn stretches(&self, face: Face, text: &str) -> Vec<Stretch> {
        let loaded = self.loaded(face);
        let mut stretches = vec![Stretch { text: String::new(), step: 0 }];
        let mut previous = None;
        for character in text.chars() {
            let glyph = loaded.glyph(character);
            let step = loaded.thousandths(loaded.between(previous, glyph));
            if step != 0
                && let Some(last) = stretches.last_mut()
            {
                last.step = step;
                stretches.push(Stretch { text: String::new(), step: 0 });
            }
            if let Some(last) = stretches.last_mut() {
                last.text.push(character);
            }
            previous = glyph;
        }
        stretches
    }
}

impl<'a> Loaded<'a> {
    fn parse(name: Face, file: &'a FontFile) -> Result<Loaded<'a>, DocumentError> {
        let bytes = &file.bytes;
        let unfit = |why: String| DocumentError::Font(name.name(), why);
        let face = ttf_parser::Face::parse(bytes, 0).map_err(|why| unfit(why.to_string()))?;
        let kerning = Kerning::of(face.tables().gpos);
        let first_glyphs = &file.first_glyphs;
        let loaded = Loaded { bytes, first_glyphs, face, kerning };
        for needed in [' ', '?'] {
            if loaded.glyph(needed).is_none() {
                return Err(unfit(format!("it has no {needed:?}")));
            }
        }
        Ok(loaded)
    }

    /// The glyph of a character; the first glyph of a font stands for "none".
    pub(crate) fn glyph(&self, character: char) -> Option<GlyphId> {
        let known = self.first_glyphs.get(character as usize).map(|glyph| GlyphId(*glyph));
        known.or_else(|| self.face.glyph_index(character)).filter(|glyph| glyph.0 != 0)
    }

    /// Font units as thousandths of the type size.
    fn thousandths(&self, units: i64) -> i64 {
        Length(1000).scaled(units, i64::from(self.face.units_per_em())).0
    }

    fn between(&self, left: Option<GlyphId>, right: Option<GlyphId>) -> i64 {
        match (left, right) {
            (Some(left), Some(right)) => self.kerning.between(left, right),
            _ => 0,
        }
    }
}

/// Walks over a plain text and knows how far it has come.
pub(crate) struct Pen<'a, 'f> {
    loaded: &'a Loaded<'f>,
    style: Style,
    previous: Option<GlyphId>,
    thousandths: i64,
    characters: i64,
}

impl<'a, 'f> Pen<'a, 'f> {
    pub(crate) fn new(fonts: &'a Fonts<'f>, style: Style) -> Pen<'a, 'f> {
        let loaded = fonts.loaded(style.face);
        Pen { loaded, style, previous: None, thousandths: 0, characters: 0 }
    }

    pub(crate) fn advance(&mut self, character: char) {
        let glyph = self.loaded.glyph(character);
        let units = glyph.and_then(|glyph| self.loaded.face.glyph_hor_advance(glyph)).unwrap_or(0);
        // Both are brought to thousandths apart, for that is how the PDF holds them.
        self.thousandths += self.loaded.thousandths(i64::from(units))
            + self.loaded.thousandths(self.loaded.between(self.previous, glyph));
        self.characters += 1;
        self.previous = glyph;
    }

    /// Where that character would begin if it came next.
    pub(crate) fn next_place(&self, character: char) -> Length {
        let step = self.loaded.between(self.previous, self.loaded.glyph(character));
        self.style.size.scaled(self.thousandths + self.loaded.thousandths(step), 1000)
            + self.style.tracking() * self.characters
    }

    /// The width so far; the tracking after the last character does not count.
    pub(crate) fn position(&self) -> Length {
        self.style.size.scaled(self.thousandths, 1000)
            + self.style.tracking() * (self.characters - 1).max(0)
    }
}

#[cfg(test)]
mod tests;
