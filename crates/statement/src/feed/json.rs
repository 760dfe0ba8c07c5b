//! JSON with the place of each value: what numbers were written, and where a line stands.
//!
//! Written here because a library that keeps both the text of a number and the bytes of a record
//! reads each answer twice. Strict by RFC 8259; deeper than 64 or longer than two million values
//! is refused, so that no answer can exhaust the program.

use std::borrow::Cow;
use std::ops::Range;

/// How many lists and tables may stand in one another.
const DEEPEST: usize = 64;
/// How many values one answer may hold: fifty thousand lines of forty fields.
const MOST_VALUES: usize = 2_000_000;

/// A value and the bytes it stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Json<'a> {
    /// The bytes, quotes and brackets included.
    pub place: Range<usize>,
    /// What it is.
    pub kind: Kind<'a>,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A number, as written.
    Number(&'a str),
    /// A text, escapes resolved.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Json<'a>>),
    /// Names and values, in their order.
    Table(Vec<(Cow<'a, str>, Json<'a>)>),
}

/// Why bytes are no JSON that is read here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonFault {
    /// Not JSON, from this byte on.
    Broken(usize),
    /// The bytes end within a value.
    CutOff,
    /// More than 64 lists and tables in one another.
    TooDeep,
    /// More values than any honest answer holds.
    TooMany,
}

impl<'a> Json<'a> {
    /// Reads one value that fills the bytes.
    pub fn parse(bytes: &'a [u8]) -> Result<Json<'a>, JsonFault> {
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(why) if why.error_len().is_none() => return Err(JsonFault::CutOff),
            Err(why) => return Err(JsonFault::Broken(why.valid_up_to())),
        };
        let at = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
        let mut scan = Scan { text, at, values: 0 };
        let value = scan.value(0)?;
        scan.blanks();
        if scan.at < bytes.len() { Err(JsonFault::Broken(scan.at)) } else { Ok(value) }
    }

    /// The value of a name; nothing where the name stands twice, for then it says nothing.
    pub fn get(&self, name: &str) -> Option<&Json<'a>> {
        let Kind::Table(pairs) = &self.kind else { return None };
        let mut named = pairs.iter().filter(|(known, _)| known == name);
        let first = named.next();
        if named.next().is_some() { None } else { first.map(|(_, value)| value) }
    }

    /// The value at a JSON pointer (RFC 6901): `/accounts/0/id`; the empty one is this value.
    pub fn pointer(&self, pointer: &str) -> Option<&Json<'a>> {
        steps(pointer).try_fold(self, |value, step| value.step(&step))
    }

    /// One step of a pointer, escapes undone: the item at a place of a list, the value of a name.
    pub fn step(&self, step: &str) -> Option<&Json<'a>> {
        match &self.kind {
            Kind::List(items) => items.get(step.parse::<usize>().ok()?),
            _ => self.get(step),
        }
    }

    /// A text, a number as written, or `true` and `false`; nothing for `null`, lists and tables.
    pub fn scalar(&self) -> Option<Cow<'a, str>> {
        match &self.kind {
            Kind::Text(text) => Some(text.clone()),
            Kind::Number(text) => Some(Cow::Borrowed(text)),
            Kind::Flag(flag) => Some(Cow::Borrowed(if *flag { "true" } else { "false" })),
            Kind::Null | Kind::List(_) | Kind::Table(_) => None,
        }
    }

    /// The items of a list.
    pub fn items(&self) -> Option<&[Json<'a>]> {
        if let Kind::List(items) = &self.kind { Some(items) } else { None }
    }
}

/// Whether a text is a JSON pointer: empty, or begun by a slash.
pub fn is_pointer(text: &str) -> bool {
    text.is_empty() || text.starts_with('/')
}

/// The steps of a JSON pointer, escapes undone.
pub fn steps(pointer: &str) -> impl Iterator<Item = String> {
    pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"))
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
    values: usize,
}

impl<'a> Scan<'a> {
    fn peek(&self) -> Result<u8, JsonFault> {
        self.text.as_bytes().get(self.at).copied().ok_or(JsonFault::CutOff)
    }

    fn blanks(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().take_while(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r')).count();
    }

    fn broken<T>(&self) -> Result<T, JsonFault> {
        if self.at < self.text.len() {
            Err(JsonFault::Broken(self.at))
        } else {
            Err(JsonFault::CutOff)
        }
    }

    fn value(&mut self, depth: usize) -> Result<Json<'a>, JsonFault> {
        self.values += 1;
        if self.values > MOST_VALUES {
            return Err(JsonFault::TooMany);
        }
        self.blanks();
        let start = self.at;
        let kind = match self.peek()? {
            b'{' | b'[' if depth == DEEPEST => return Err(JsonFault::TooDeep),
            b'{' => self.table(depth)?,
            b'[' => self.list(depth)?,
            b'"' => Kind::Text(self.string()?),
            b't' => self.word("true", Kind::Flag(true))?,
            b'f' => self.word("false", Kind::Flag(false))?,
            b'n' => self.word("null", Kind::Null)?,
            _ => Kind::Number(self.number()?),
        };
        Ok(Json { place: start..self.at, kind })
    }

    fn word(&mut self, word: &str, kind: Kind<'a>) -> Result<Kind<'a>, JsonFault> {
        let rest = &self.text.as_bytes()[self.at..];
        let same = rest.iter().zip(word.as_bytes()).take_while(|(a, b)| a == b).count();
        self.at += same;
        if same == word.len() { Ok(kind) } else { self.broken() }
    }

    fn list(&mut self, depth: usize) -> Result<Kind<'a>, JsonFault> {
        let mut items = Vec::new();
        self.at += 1;
        self.blanks();
        if self.peek()? == b']' {
            self.at += 1;
            return Ok(Kind::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            if self.ends(b']')? {
                return Ok(Kind::List(items));
            }
        }
    }

    fn table(&mut self, depth: usize) -> Result<Kind<'a>, JsonFault> {
        // Records of banks have some ten to twenty names.
        let mut pairs = Vec::with_capacity(16);
        self.at += 1;
        self.blanks();
        if self.peek()? == b'}' {
            self.at += 1;
            return Ok(Kind::Table(pairs));
        }
        loop {
            self.blanks();
            if self.peek()? != b'"' {
                return self.broken();
            }
            let name = self.string()?;
            self.blanks();
            if self.peek()? != b':' {
                return self.broken();
            }
            self.at += 1;
            pairs.push((name, self.value(depth + 1)?));
            if self.ends(b'}')? {
                return Ok(Kind::Table(pairs));
            }
        }
    }

    /// Past a comma, or past the end of what is being read.
    fn ends(&mut self, end: u8) -> Result<bool, JsonFault> {
        self.blanks();
        let byte = self.peek()?;
        if byte != b',' && byte != end {
            return self.broken();
        }
        self.at += 1;
        Ok(byte == end)
    }

    fn digits(&mut self) -> Result<(), JsonFault> {
        let rest = &self.text.as_bytes()[self.at..];
        let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += count;
        if count == 0 { self.broken() } else { Ok(()) }
    }

    fn next_is(&self, bytes: &[u8]) -> bool {
        self.text.as_bytes().get(self.at).is_some_and(|byte| bytes.contains(byte))
    }

    fn number(&mut self) -> Result<&'a str, JsonFault> {
        let start = self.at;
        if self.next_is(b"-") {
            self.at += 1;
        }
        if self.next_is(b"0") {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.next_is(b".") {
            self.at += 1;
            self.digits()?;
        }
        if self.next_is(b"eE") {
            self.at += 1;
            if self.next_is(b"+-") {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(&self.text[start..self.at])
    }

    fn string(&mut self) -> Result<Cow<'a, str>, JsonFault> {
        self.at += 1;
        let text = self.text;
        let start = self.at;
        let mut owned: Option<String> = None;
        let mut copied = start;
        loop {
            let rest = &text.as_bytes()[self.at..];
            let ends = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..=0x1F);
            self.at += rest.iter().position(ends).unwrap_or(rest.len());
            match self.peek()? {
                b'"' => {
                    let rest = &text[copied..self.at];
                    self.at += 1;
                    return Ok(match owned {
                        None => Cow::Borrowed(rest),
                        Some(before) => Cow::Owned(before + rest),
                    });
                }
                b'\\' => {
                    let before = owned.get_or_insert_default();
                    before.push_str(&text[copied..self.at]);
                    let letter = self.escape()?;
                    owned.get_or_insert_default().push(letter);
                    copied = self.at;
                }
                _ => return self.broken(),
            }
        }
    }

    fn escape(&mut self) -> Result<char, JsonFault> {
        self.at += 1;
        let letter = match self.peek()? {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{C}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                self.at += 1;
                return self.unicode();
            }
            _ => return self.broken(),
        };
        self.at += 1;
        Ok(letter)
    }

    /// Four hexadecimal digits, eight for a pair of surrogates; half a pair is broken.
    fn unicode(&mut self) -> Result<char, JsonFault> {
        let first = self.hex()?;
        let code = match first {
            0xD800..=0xDBFF => {
                for byte in [b'\\', b'u'] {
                    if self.peek()? != byte {
                        return self.broken();
                    }
                    self.at += 1;
                }
                let second = self.hex()?;
                if !(0xDC00..=0xDFFF).contains(&second) {
                    return self.broken();
                }
                0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)
            }
            _ => first,
        };
        char::from_u32(code).ok_or(JsonFault::Broken(self.at))
    }

    fn hex(&mut self) -> Result<u32, JsonFault> {
        let mut code = 0;
        for _ in 0..4 {
            match char::from(self.peek()?).to_digit(16) {
                Some(digit) => code = code * 16 + digit,
                None => return self.broken(),
            }
            self.at += 1;
        }
        Ok(code)
    }
}

#[cfg(test)]
mod tests;
