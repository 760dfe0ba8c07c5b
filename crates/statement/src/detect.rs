//! What a file is, by its content alone.

use crate::RefusalCode;
use crate::decode::decode;
use memchr::memmem;

/// What the bytes are.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Open Financial Exchange.
    Ofx,
    /// XML: a CAMT message, or to be refused by the name of its root.
    Xml,
    /// Text in lines, for the recipes.
    Table,
    /// Something known that is not read here.
    Other(RefusalCode),
}

/// How much of a file is looked at.
const HEAD: usize = 8 << 10;

/// Tells the kind of a file.
pub(crate) fn kind_of(bytes: &[u8]) -> Kind {
    if let Some(code) = by_first_bytes(bytes) {
        return Kind::Other(code);
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    let text = decode(head, None, false).text;
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\0' || c == '\u{FEFF}');
    if text.is_empty() {
        let blank = bytes.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0);
        return if blank || bytes.len() < HEAD {
            Kind::Other(RefusalCode::Empty)
        } else {
            kind_of(&bytes[bytes.len().min(HEAD)..])
        };
    }
    let control = |c: &char| c.is_control() && !c.is_whitespace();
    let controls = text.chars().filter(control).count();
    if controls * 10 > text.chars().count() {
        return Kind::Other(RefusalCode::Binary);
    }
    kind_of_text(text)
}

fn by_first_bytes(bytes: &[u8]) -> Option<RefusalCode> {
    const MARKS: &[(&[u8], RefusalCode)] = &[
        (b"%PDF", RefusalCode::Pdf),
        (b"\xD0\xCF\x11\xE0", RefusalCode::Spreadsheet),
        (b"\x89PNG", RefusalCode::Image),
        (b"\xFF\xD8\xFF", RefusalCode::Image),
        (b"GIF8", RefusalCode::Image),
        (b"II*\0", RefusalCode::Image),
        (b"MM\0*", RefusalCode::Image),
        (b"RIFF", RefusalCode::Image),
        (b"\x1F\x8B", RefusalCode::Archive),
        (b"Rar!", RefusalCode::Archive),
        (b"7z\xBC\xAF", RefusalCode::Archive),
        (b"BZh", RefusalCode::Archive),
        (b"\xFD7zXZ", RefusalCode::Archive),
        (b"SQLite format 3", RefusalCode::Binary),
        (b"MZ", RefusalCode::Binary),
        (b"\x7FELF", RefusalCode::Binary),
        (b"{\\rtf", RefusalCode::Binary),
    ];
    if bytes.is_empty() {
        return Some(RefusalCode::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        let workbook = [b"xl/".as_slice(), b"content.xml", b"[Content_Types]"];
        let found = workbook.iter().any(|name| memmem::find(bytes, name).is_some());
        return Some(if found { RefusalCode::Spreadsheet } else { RefusalCode::Archive });
    }
    MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)).map(|(_, code)| *code)
}

fn kind_of_text(text: &str) -> Kind {
    let start: String = text.chars().take(200).collect::<String>().to_ascii_lowercase();
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        return Kind::Other(RefusalCode::Html);
    }
    let holds = |mark: &str| memmem::find(text.as_bytes(), mark.as_bytes()).is_some();
    if holds("OFXHEADER") || holds("<OFX>") || holds("<OFX ") || holds("<ofx>") {
        return Kind::Ofx;
    }
    if text.starts_with('<') {
        let page = holds("<html") || holds("<HTML") || holds("<body");
        return if page { Kind::Other(RefusalCode::Html) } else { Kind::Xml };
    }
    if start.starts_with('{') && !start.starts_with("{1:") && start.contains('"') {
        return Kind::Other(RefusalCode::Json);
    }
    if start.starts_with('[') && start.contains('"') {
        return Kind::Other(RefusalCode::Json);
    }
    match line_format(text) {
        Some(code) => Kind::Other(code),
        None => Kind::Table,
    }
}

/// The formats cut by lines and columns.
fn line_format(text: &str) -> Option<RefusalCode> {
    let lines: Vec<&str> =
        text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).collect();
    let first = *lines.first()?;
    // Some exports of MT940 put marks of their own before the tags.
    let bare = |line: &str| line.trim_start_matches(['@', '$', ' ']).to_owned();
    let begins = |mark: &str| lines.iter().any(|line| bare(line).starts_with(mark));
    if is_qif(&lines) {
        return Some(RefusalCode::Qif);
    }
    if first.starts_with("{1:")
        || (begins(":20:") && text.contains(":25:"))
        || (begins(":61:") && begins(":86:"))
    {
        return Some(RefusalCode::Mt940);
    }
    if first.starts_with("01,") && lines.iter().any(|line| line.trim_end().ends_with('/')) {
        return Some(RefusalCode::Bai2);
    }
    let digits = |text: &str, from: usize, to: usize| {
        text.get(from..to).is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let plain = first.chars().filter(|c| matches!(c, ';' | ',' | '\t' | '|')).count() < 4;
    let width = first.chars().count();
    if !plain {
        return None;
    }
    if digits(first, 0, 11) && first.starts_with("0000") && (100..=130).contains(&width) {
        return Some(RefusalCode::Coda);
    }
    if first.starts_with("11") && digits(first, 0, 33) && (50..=90).contains(&width) {
        return Some(RefusalCode::Norma43);
    }
    // CFONB: record code, bank, four letters or blanks, branch, currency and its decimals.
    let record = ["01", "04", "05", "07", "31", "34", "39"].iter().any(|c| first.starts_with(c));
    let middle =
        first.get(7..11).is_some_and(|m| m.bytes().all(|b| b == b' ' || b.is_ascii_alphanumeric()));
    (record && digits(first, 2, 7) && middle && width >= 90 && digits(first, 11, 16))
        .then_some(RefusalCode::Cfonb)
}

/// QIF: a header with `!`, or records of lettered lines ended by `^`.
fn is_qif(lines: &[&str]) -> bool {
    let header = |line: &&str| {
        let lower = line.trim_start().to_ascii_lowercase();
        ["!type", "!account", "!option", "!clear"].iter().any(|mark| lower.starts_with(mark))
    };
    if lines.iter().take(5).any(header) {
        return true;
    }
    let carets = lines.iter().filter(|line| line.trim() == "^").count();
    carets > 0
        && lines.iter().any(|line| line.starts_with('D'))
        && lines.iter().any(|line| line.starts_with('T'))
}

#[cfg(test)]
mod tests;
