//! What other readers make of our files: poppler and qpdf, which the tests need installed.

use lopdf::{Document, Object};
use std::io::Write;
use std::process::{Command, Output};

/// A word as it lies on a page, in whole points from the top left corner.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) left: i64,
    pub(crate) top: i64,
    pub(crate) right: i64,
    pub(crate) bottom: i64,
}

fn run(tool: &str, before: &[&str], bytes: &[u8], after: &[&str]) -> Output {
    let mut file = tempfile::NamedTempFile::with_suffix(".pdf").unwrap();
    file.write_all(bytes).unwrap();
    let output = Command::new(tool).args(before).arg(file.path()).args(after).output();
    output.unwrap_or_else(|why| panic!("{tool} must be installed to test documents: {why}"))
}

fn said(tool: &str, before: &[&str], bytes: &[u8], after: &[&str]) -> String {
    let output = run(tool, before, bytes, after);
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && complaint.is_empty(), "{tool}: {complaint}");
    String::from_utf8(output.stdout).unwrap()
}

/// The structure is sound, every font is embedded and can be read back.
pub(crate) fn sound(bytes: &[u8]) {
    let checked = said("qpdf", &["--check"], bytes, &[]);
    assert!(checked.contains("No syntax or stream encoding errors"), "{checked}");
    let fonts = said("pdffonts", &[], bytes, &[]);
    assert!(fonts.lines().count() > 2, "no font:\n{fonts}");
    for font in fonts.lines().skip(2) {
        let mut fields = font.split_whitespace().rev().skip(2);
        let (unicode, _, embedded) = (fields.next(), fields.next(), fields.next());
        assert_eq!((unicode, embedded), (Some("yes"), Some("yes")), "{font}");
        assert!(font.contains("Identity-H"), "{font}");
    }
}

/// The text of all pages, laid out.
pub(crate) fn text(bytes: &[u8]) -> String {
    said("pdftotext", &["-layout"], bytes, &["-"])
}

/// The words of each page with their boxes.
pub(crate) fn words_by_page(bytes: &[u8]) -> Vec<Vec<Word>> {
    let text = said("pdftotext", &["-bbox"], bytes, &["-"]);
    let pages = text.split("<page ").skip(1);
    pages.map(|page| page.lines().filter_map(word).collect()).collect()
}

fn word(line: &str) -> Option<Word> {
    let line = line.trim().strip_prefix("<word ")?;
    let (attributes, rest) = line.split_once('>')?;
    let side = |name: &str| -> Option<i64> {
        let (_, value) = attributes.split_once(&format!("{name}=\""))?;
        value.split(['.', '"']).next()?.parse().ok()
    };
    Some(Word {
        text: rest.strip_suffix("</word>")?.to_owned(),
        left: side("xMin")?,
        top: side("yMin")?,
        right: side("xMax")?,
        bottom: side("yMax")?,
    })
}

/// No text shows the glyph that stands for "none".
pub(crate) fn without_missing_glyphs(bytes: &[u8]) {
    let file = Document::load_mem(bytes).unwrap();
    for page in file.get_pages().into_values() {
        let content = file.get_and_decode_page_content(page).unwrap();
        for operation in
            content.operations.iter().filter(|o| matches!(o.operator.as_str(), "Tj" | "TJ"))
        {
            for shown in operation.operands.iter().flat_map(strings) {
                assert!(shown.len().is_multiple_of(2), "half a glyph");
                assert!(!shown.chunks(2).any(|glyph| glyph == [0, 0]), "a missing glyph is drawn");
            }
        }
    }
}

fn strings(object: &Object) -> Vec<Vec<u8>> {
    match object {
        Object::String(bytes, _) => vec![bytes.clone()],
        Object::Array(items) => items.iter().flat_map(strings).collect(),
        _ => Vec::new(),
    }
}
