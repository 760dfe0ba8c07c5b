//! Pages as PDF: the only module that knows printpdf.
//!
//! printpdf draws; what it would take from a clock or a counter is set here: font ids, the file
//! identifier, the dates, the information dictionary. Its own conformance setting is never used
//! (it writes a CMYK profile and an unescaped XMP packet), nor are its builtin fonts, which no
//! archive accepts.

use crate::subset::subset;
use crate::{Color, DocumentError, Face, Fonts, Language, Length, Mark, Page, PathStep, Style};
use lopdf::{Dictionary, Object, StringFormat};
use printpdf as pp;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use values::Day;

/// What a document says of itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct About {
    /// Its title, which a viewer shows in its frame.
    pub title: String,
    /// The business it is of.
    pub author: String,
    /// The program and its version.
    pub application: String,
    /// The day it was made, at which it is dated.
    pub day: Day,
    /// What it is written in.
    pub language: Language,
}

/// The pages as the bytes of a PDF 1.7 (ISO 32000-1). The same input gives the same bytes.
pub fn write(fonts: &Fonts<'_>, pages: &[Page], about: &About) -> Result<Vec<u8>, DocumentError> {
    let mut document = pp::PdfDocument::new("");
    for (face, used) in used_faces(pages) {
        document.resources.fonts.map.insert(font_id(face), embedded(fonts, face, &used)?);
    }
    document.pages = pages.iter().map(|page| sheet(fonts, page)).collect();
    let options = pp::PdfSaveOptions { image_optimization: None, ..Default::default() };
    let mut warnings = Vec::new();
    let mut file = document.to_lopdf_document(&options, &mut warnings);
    if let Some(warning) = warnings.into_iter().next() {
        return Err(DocumentError::Writing(warning.msg));
    }
    finish(&mut file, about)?;
    file.compress();
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).map_err(|why| DocumentError::Writing(why.to_string()))?;
    Ok(bytes)
}

/// Every face that is written with, and the characters it writes.
fn used_faces(pages: &[Page]) -> BTreeMap<Face, BTreeSet<char>> {
    let mut used: BTreeMap<Face, BTreeSet<char>> = BTreeMap::new();
    for mark in pages.iter().flat_map(|page| &page.marks) {
        if let Mark::Text { style, text, .. } = mark {
            used.entry(style.face).or_default().extend(text.chars());
        }
    }
    used
}

/// Ours, for printpdf's own ids come from a counter of the process.
fn font_id(face: Face) -> pp::FontId {
    pp::FontId(face.name().to_owned())
}

/// The face with the outlines of those characters; whole if it cannot be cut.
fn embedded(
    fonts: &Fonts<'_>,
    face: Face,
    used: &BTreeSet<char>,
) -> Result<pp::PdfFont, DocumentError> {
    let loaded = fonts.loaded(face);
    let glyphs = used.iter().filter_map(|character| loaded.glyph(*character));
    let cut = subset(loaded.bytes, glyphs.map(|glyph| glyph.0));
    let mut parsed = pp::ParsedFont::from_bytes(loaded.bytes, 0, &mut Vec::new())
        .ok_or_else(|| DocumentError::Font(face.name(), "printpdf cannot read it".to_owned()))?;
    parsed.font_name = Some(match &cut {
        Some(bytes) => format!("{}+{}", subset_tag(bytes), face.name()),
        None => face.name().to_owned(),
    });
    if let Some(bytes) = cut {
        parsed.original_bytes = bytes;
    }
    // printpdf copies what it is given several times over; what is not written need not be.
    let known = |code: &u32| char::from_u32(*code).is_some_and(|c| used.contains(&c));
    parsed.codepoint_to_glyph.retain(|code, _| known(code));
    let kept: BTreeSet<u16> = parsed.codepoint_to_glyph.values().copied().collect();
    parsed.glyph_widths.retain(|glyph, _| kept.contains(glyph));
    Ok(pp::PdfFont::new(parsed))
}

/// Six capitals that tell one part of a font from another (ISO 32000-1 9.6.4), from its content.
fn subset_tag(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

fn sheet(fonts: &Fonts<'_>, page: &Page) -> pp::PdfPage {
    // Neighbouring fills of one colour are one shape: where they touch, no seam shows.
    let joined = page.marks.chunk_by(|one, next| match (one, next) {
        (Mark::Fill { color: one, .. }, Mark::Fill { color: next, .. }) => one == next,
        _ => false,
    });
    let ops = joined.flat_map(|marks| match marks {
        [mark] => drawn(fonts, page, mark),
        fills => joined_fills(page, fills),
    });
    let ops = ops.collect();
    let area = rectangle(Length::ZERO, Length::ZERO, page.width, page.height);
    pp::PdfPage { media_box: area.clone(), trim_box: area.clone(), crop_box: area, ops }
}

fn drawn(fonts: &Fonts<'_>, page: &Page, mark: &Mark) -> Vec<pp::Op> {
    match mark {
        Mark::Text { left, baseline, text, style } => {
            written(fonts, text, *style, point(page, (*left, *baseline)))
        }
        Mark::Line { from, to, thickness, color } => {
            let points = vec![corner(page, *from, false), corner(page, *to, false)];
            stroked(points, *thickness, pp::LineCapStyle::Butt, *color)
        }
        Mark::Fill { left, top, width, height, color } => {
            let bottom = page.height - *top - *height;
            let mut rectangle = rectangle(*left, bottom, *width, *height);
            rectangle.mode = Some(pp::PaintMode::Fill);
            let col = colored(*color);
            vec![pp::Op::SetFillColor { col }, pp::Op::DrawRectangle { rectangle }]
        }
        Mark::Path { start, steps, pen, color } => {
            let mut points = vec![corner(page, *start, false)];
            for step in steps {
                match step {
                    PathStep::Line(x, y) => points.push(corner(page, (*x, *y), false)),
                    PathStep::Curve([first, second, end]) => points.extend([
                        corner(page, *first, true),
                        corner(page, *second, true),
                        corner(page, *end, false),
                    ]),
                }
            }
            match pen {
                Some(thickness) => stroked(points, *thickness, pp::LineCapStyle::Round, *color),
                None => filled(vec![pp::PolygonRing { points }], *color),
            }
        }
    }
}

fn written(fonts: &Fonts<'_>, text: &str, style: Style, pos: pp::Point) -> Vec<pp::Op> {
    let mut items = Vec::new();
    for stretch in fonts.stretches(style.face, text) {
        items.push(pp::TextItem::Text(stretch.text));
        if stretch.step != 0 {
            // The operator TJ takes away what it is given.
            items.push(pp::TextItem::Offset(points(Length(-stretch.step * 1000)).0));
        }
    }
    let font = pp::PdfFontHandle::External(font_id(style.face));
    vec![
        pp::Op::StartTextSection,
        pp::Op::SetFillColor { col: colored(style.color) },
        pp::Op::SetFont { font, size: points(style.size) },
        pp::Op::SetCharacterSpacing { multiplier: points(style.tracking()).0 },
        pp::Op::SetTextCursor { pos },
        pp::Op::ShowText { items },
        pp::Op::EndTextSection,
    ]
}

fn stroked(
    points_of_line: Vec<pp::LinePoint>,
    thickness: Length,
    cap: pp::LineCapStyle,
    color: Color,
) -> Vec<pp::Op> {
    vec![
        pp::Op::SetOutlineColor { col: colored(color) },
        pp::Op::SetOutlineThickness { pt: points(thickness) },
        pp::Op::SetLineCapStyle { cap },
        pp::Op::DrawLine { line: pp::Line { points: points_of_line, is_closed: false } },
    ]
}

/// Rectangles of one colour as one shape.
fn joined_fills(page: &Page, fills: &[Mark]) -> Vec<pp::Op> {
    let mut rings = Vec::with_capacity(fills.len());
    let mut shared = None;
    for fill in fills {
        let Mark::Fill { left, top, width, height, color } = fill else { continue };
        let (right, bottom) = (*left + *width, *top + *height);
        let corners = [(*left, *top), (right, *top), (right, bottom), (*left, bottom)];
        let points = corners.map(|place| corner(page, place, false)).to_vec();
        rings.push(pp::PolygonRing { points });
        shared = Some(*color);
    }
    shared.map(|color| filled(rings, color)).unwrap_or_default()
}

fn filled(rings: Vec<pp::PolygonRing>, color: Color) -> Vec<pp::Op> {
    let polygon =
        pp::Polygon { rings, mode: pp::PaintMode::Fill, winding_order: pp::WindingOrder::NonZero };
    vec![pp::Op::SetFillColor { col: colored(color) }, pp::Op::DrawPolygon { polygon }]
}

fn point(page: &Page, (x, y): (Length, Length)) -> pp::Point {
    pp::Point { x: points(x), y: points(page.height - y) }
}

fn corner(page: &Page, place: (Length, Length), bezier: bool) -> pp::LinePoint {
    pp::LinePoint { p: point(page, place), bezier }
}

fn rectangle(x: Length, y: Length, width: Length, height: Length) -> pp::Rect {
    pp::Rect {
        x: points(x),
        y: points(y),
        width: points(width),
        height: points(height),
        mode: None,
        winding_order: None,
    }
}

// A PDF holds lengths and colours as decimals, and printpdf wants floats for them. No money here.
#[allow(clippy::float_arithmetic)]
fn points(length: Length) -> pp::Pt {
    pp::Pt(length.0 as f32 / 1000.0)
}

#[allow(clippy::float_arithmetic)]
fn colored(Color(red, green, blue): Color) -> pp::Color {
    let share = |part: u8| f32::from(part) / 255.0;
    pp::Color::Rgb(pp::Rgb { r: share(red), g: share(green), b: share(blue), icc_profile: None })
}

/// Sets what printpdf does not know or would make up.
fn finish(file: &mut lopdf::Document, about: &About) -> Result<(), DocumentError> {
    let refused = |why: lopdf::Error| DocumentError::Writing(why.to_string());
    file.version = "1.7".to_owned();
    file.binary_mark = vec![0xe2, 0xe3, 0xcf, 0xd3];
    let identifier = identifier(file, about);
    // Theirs is overwritten: it names a PDF/X version that the file does not follow.
    let place = file.trailer.get(b"Info").and_then(Object::as_reference).map_err(refused)?;
    file.set_object(place, information(about));
    let id = Object::String(identifier, StringFormat::Hexadecimal);
    file.trailer.set("ID", Object::Array(vec![id.clone(), id]));
    let catalog = file.catalog_mut().map_err(refused)?;
    catalog.set("Lang", Object::string_literal(about.language.tag()));
    let shows_title = Dictionary::from_iter([("DisplayDocTitle", Object::Boolean(true))]);
    catalog.set("ViewerPreferences", Object::Dictionary(shows_title));
    Ok(())
}

fn information(about: &About) -> Dictionary {
    let date = about.day.to_string().replace('-', "");
    let date = Object::string_literal(format!("D:{date}000000Z"));
    Dictionary::from_iter([
        ("Title", text(&about.title)),
        ("Author", text(&about.author)),
        ("Creator", text(&about.application)),
        ("Producer", text(&about.application)),
        ("CreationDate", date.clone()),
        ("ModDate", date),
    ])
}

/// A text string (ISO 32000-1 7.9.2.2): UTF-16 with its byte order mark.
fn text(text: &str) -> Object {
    let mut bytes = vec![0xfe, 0xff];
    let shown = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    bytes.extend(shown.collect::<String>().encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// The file identifier (ISO 32000-1 14.4): from the content, so that it changes only with it.
fn identifier(file: &lopdf::Document, about: &About) -> Vec<u8> {
    let mut hash = Sha256::new();
    for object in file.objects.values() {
        if let Object::Stream(stream) = object {
            hash.update((stream.content.len() as u64).to_be_bytes());
            hash.update(&stream.content);
        }
    }
    let told = [&about.title, &about.author, &about.application, &about.day.to_string()];
    for text in told.into_iter().chain([&about.language.tag().to_owned()]) {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text);
    }
    hash.finalize()[..16].to_vec()
}

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) mod tools;
