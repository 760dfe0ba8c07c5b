//! ISO 20022 CAMT.053 and its family: a pull reader over local names, without a tree.
//!
//! Versions and namespaces are not checked: every one in use shares these names. An entry (`Ntry`)
//! is one line; its details give the other side and the words. Document types are refused, so no
//! entity is ever expanded.

mod collect;
mod entry;
mod tag;

use crate::decode::{Text, decode};
use crate::finish::{line_of, move_places};
use crate::{Format, Reading, Refusal, RefusalCode, Remark, RemarkCode, Severity};
use collect::Collector;
use encoding_rs::UTF_8;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;
use tag::Tag;
use values::Currency;

/// The name and version kept with each statement.
const READER: &str = "camt 1";

/// Reads a CAMT message; refuses other XML by the name of its root.
pub(crate) fn read(bytes: &[u8]) -> Result<Reading<'_>, Refusal> {
    let declared = declared_encoding(bytes);
    let text = decode(bytes, declared.as_deref(), false);
    let mut reading = match &text.text {
        Cow::Borrowed(borrowed) => parse(borrowed)?,
        Cow::Owned(owned) => parse(owned)?.into_owned(),
    };
    if text.encoding != UTF_8 || text.text.len() != bytes.len() {
        move_places(&mut reading, &mut text.places());
    }
    tell_encoding(&text, declared.as_deref(), &mut reading);
    Ok(reading)
}

/// A file that says UTF-8, or says nothing, and is not, may have lost letters on its way.
fn tell_encoding(text: &Text<'_>, declared: Option<&str>, reading: &mut Reading<'_>) {
    let said = declared.unwrap_or("UTF-8");
    if text.encoding.is_single_byte() && said.eq_ignore_ascii_case("UTF-8") {
        let remark = Remark::new(RemarkCode::EncodingWrong, Severity::Warning);
        reading.remarks.push(remark.with("said", said).with("read", text.encoding.name()));
    }
}

/// The encoding named in the XML declaration.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
    let declaration = &head[..head.find("?>")?];
    let rest = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    rest[1..].split(quote).next().map(str::to_owned)
}

fn parse(text: &str) -> Result<Reading<'_>, Refusal> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().allow_dangling_amp = true;
    let mut collector = Collector::new();
    let mut root = Root::default();
    loop {
        let at = reader.buffer_position() as usize;
        let Ok(event) = reader.read_event() else {
            return Err(broken(&reader, text, collector.is_closed()));
        };
        match event {
            Event::Start(start) => {
                let tag = Tag::named(start.local_name().as_ref());
                root.see(start.local_name().as_ref(), tag);
                collector.open(tag, currency_of(&start, tag), at);
            }
            Event::Empty(start) => {
                let name = start.local_name();
                root.see(name.as_ref(), Tag::named(name.as_ref()));
            }
            Event::End(_) => collector.close(reader.buffer_position() as usize),
            Event::Text(content) => collector.text(content.into_inner()),
            Event::CData(content) => collector.text(content.into_inner()),
            Event::GeneralRef(name) => collector.reference(&name.into_inner()),
            Event::DocType(_) => return Err(Refusal::new(RefusalCode::XmlDoctype)),
            Event::Eof if !collector.is_closed() => return Err(Refusal::new(RefusalCode::CutOff)),
            Event::Eof => break,
            _ => {}
        }
    }
    let Some(message) = root.message else { return Err(root.refusal()) };
    let mut reading = Reading::empty(Format::Camt053, dialect(text, message), READER);
    collector.finish(&mut reading, text.as_bytes());
    if reading.statements.is_empty() && reading.remarks.is_empty() {
        return Err(Refusal::new(RefusalCode::NoStatement).with("format", "CAMT"));
    }
    let kind = match message {
        Tag::Notification => Some(RemarkCode::Notification),
        Tag::Report => Some(RemarkCode::Intraday),
        _ => None,
    };
    reading.remarks.extend(kind.map(|code| Remark::new(code, Severity::Note)));
    Ok(reading)
}

/// Whether the text ends too early or is wrong where it stands.
fn broken(reader: &Reader<&[u8]>, text: &str, closed: bool) -> Refusal {
    let ended = reader.buffer_position() as usize >= text.trim_end().len();
    if ended && !closed {
        return Refusal::new(RefusalCode::CutOff);
    }
    let line = line_of(text.as_bytes(), reader.error_position() as usize);
    Refusal::new(RefusalCode::XmlBroken).with("line", line.to_string())
}

/// The first names of the document: what tells a CAMT message from other XML.
#[derive(Default)]
struct Root {
    first: Option<String>,
    second: Option<String>,
    inside: bool,
    message: Option<Tag>,
}

impl Root {
    fn see(&mut self, name: &str, tag: Tag) {
        self.inside |= tag == Tag::Message;
        if self.inside && matches!(tag, Tag::Statement | Tag::Report | Tag::Notification) {
            self.message.get_or_insert(tag);
        }
        if self.first.is_none() {
            self.first = Some(name.to_owned());
        } else if self.second.is_none() {
            self.second = Some(name.to_owned());
        }
    }

    /// Why there is no statement.
    fn refusal(self) -> Refusal {
        let bare = self.first.as_deref() == Some("Document") && self.second.is_none();
        if self.inside || bare {
            return Refusal::new(RefusalCode::NoStatement).with("format", "CAMT");
        }
        let first = self.first.unwrap_or_default();
        let root = if first == "Document" { self.second.unwrap_or(first) } else { first };
        Refusal::new(RefusalCode::OtherXml).with("root", root)
    }
}

fn currency_of(start: &BytesStart<'_>, tag: Tag) -> Option<Currency> {
    if tag != Tag::Amount {
        return None;
    }
    let attribute = start.try_get_attribute("Ccy").ok().flatten()?;
    Currency::parse(&attribute.value).ok()
}

/// `camt.053.001.08` from the namespace, else what the message's name says.
fn dialect(text: &str, message: Tag) -> String {
    let head: String = text.chars().take(2000).collect();
    let named = head.find("camt.05").map(|at| {
        let rest = &head[at..];
        let end =
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).unwrap_or(rest.len());
        rest[..end].trim_end_matches(".xsd").to_owned()
    });
    named.unwrap_or_else(|| {
        match message {
            Tag::Notification => "camt.054",
            Tag::Report => "camt.052",
            _ => "camt.053",
        }
        .to_owned()
    })
}

#[cfg(test)]
mod tests;
