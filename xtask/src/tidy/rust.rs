//! Just enough of Rust to tell code from comments, strings and tests.

/// A Rust file taken apart.
pub(super) struct Source {
    /// The code alone: what stands in comments, strings and tests of the file itself is blank,
    /// line by line as it was.
    pub(super) code: String,
    /// The code with its own tests.
    pub(super) with_tests: String,
    /// String literals outside tests, with the line each begins on, from 1.
    pub(super) strings: Vec<(usize, String)>,
}

/// A function: its name, its first line from 1, and how many lines it takes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Function {
    pub(super) name: String,
    pub(super) line: usize,
    pub(super) lines: usize,
}

impl Source {
    /// Takes a file apart.
    pub(super) fn read(text: &str) -> Source {
        let mut lexer = Lexer { rest: text, line: 1, code: String::new(), strings: Vec::new() };
        lexer.run();
        let tests = test_lines(&lexer.code);
        let code = lexer.code.lines().enumerate().map(|(at, line)| {
            if tests.iter().any(|(first, last)| (*first..=*last).contains(&(at + 1))) {
                ""
            } else {
                line
            }
        });
        let code = code.collect::<Vec<_>>().join("\n");
        let strings = lexer.strings.into_iter();
        let strings = strings
            .filter(|(line, _)| !tests.iter().any(|(first, last)| (*first..=*last).contains(line)))
            .collect();
        Source { code, with_tests: lexer.code, strings }
    }

    /// Lines outside the file's own tests.
    pub(super) fn lines(&self) -> usize {
        let tests = test_lines(&self.with_tests);
        let inside: usize = tests.iter().map(|(first, last)| last + 1 - first).sum();
        self.with_tests.lines().count() - inside
    }

    /// Every function that has a body.
    pub(super) fn functions(&self) -> Vec<Function> {
        let mut found = Vec::new();
        for (at, line) in self.with_tests.lines().enumerate() {
            let Some(place) = word_at(line, "fn") else { continue };
            let name: String = line[place + 2..]
                .trim_start()
                .chars()
                .take_while(|one| one.is_alphanumeric() || *one == '_')
                .collect();
            if name.is_empty() {
                continue;
            }
            if let Some(last) = end_of_body(&self.with_tests, at, place) {
                found.push(Function { name, line: at + 1, lines: last + 1 - at });
            }
        }
        found
    }
}

/// Where a word stands alone in a line.
pub(super) fn word_at(line: &str, word: &str) -> Option<usize> {
    let part = |one: char| one.is_alphanumeric() || one == '_';
    line.match_indices(word)
        .map(|(at, _)| at)
        .find(|at| !line[..*at].ends_with(part) && !line[at + word.len()..].starts_with(part))
}

/// The line, from 0, on which the body that begins after a place ends; none where `;` comes first.
fn end_of_body(code: &str, line: usize, place: usize) -> Option<usize> {
    let mut depth = 0_i32;
    let mut inside = false;
    for (at, text) in code.lines().enumerate().skip(line) {
        let from = if at == line { place } else { 0 };
        for one in text[from..].chars() {
            match one {
                // An array type's `;` stands within brackets.
                '(' | '[' => depth += 1,
                ')' | ']' => depth -= 1,
                ';' if !inside && depth == 0 => return None,
                '{' => {
                    inside = true;
                    depth += 1;
                }
                '}' => {
                    depth -= 1;
                    if depth == 0 && inside {
                        return Some(at);
                    }
                }
                _ => {}
            }
        }
    }
    None
}

/// First and last line, from 1, of each item that is only compiled for tests.
fn test_lines(code: &str) -> Vec<(usize, usize)> {
    let lines: Vec<&str> = code.lines().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if lines[at].contains("#[cfg(test)]") || lines[at].trim_start().starts_with("#[test]") {
            let last = end_of_body(code, at, 0).unwrap_or(at);
            found.push((at + 1, last + 1));
            at = last;
        }
        at += 1;
    }
    found
}

struct Lexer<'a> {
    rest: &'a str,
    line: usize,
    code: String,
    strings: Vec<(usize, String)>,
}

impl Lexer<'_> {
    fn run(&mut self) {
        while let Some(one) = self.rest.chars().next() {
            if self.rest.starts_with("//") {
                self.drop(self.rest.find('\n').unwrap_or(self.rest.len()), " ");
            } else if self.rest.starts_with("/*") {
                self.drop(block_comment(self.rest), " ");
            } else if let Some((before, hashes)) = raw_start(self.rest, &self.code) {
                let close = format!("\"{}", "#".repeat(hashes));
                let body = &self.rest[before..];
                let body = body.find(&close).unwrap_or(body.len());
                self.string(before, body, close.len());
            } else if one == '"' {
                self.string(1, string_body(&self.rest[1..]), 1);
            } else if let Some(length) = character(self.rest) {
                self.drop(length, "' '");
            } else {
                self.code.push(one);
                self.line += usize::from(one == '\n');
                self.rest = &self.rest[one.len_utf8()..];
            }
        }
    }

    /// A literal of three parts, in bytes: what opens it, what it says, what closes it.
    fn string(&mut self, before: usize, body: usize, after: usize) {
        self.strings.push((self.line, self.rest[before..before + body].to_owned()));
        self.drop(before + body + after, "\"\"");
    }

    /// Leaves out so many bytes, save their ends of line, for which `shown` stands.
    fn drop(&mut self, bytes: usize, shown: &str) {
        let (gone, left) = self.rest.split_at(bytes.min(self.rest.len()));
        let ends = gone.matches('\n').count();
        self.code.push_str(shown);
        self.code.extend(std::iter::repeat_n('\n', ends));
        self.line += ends;
        self.rest = left;
    }
}

/// Bytes of a comment between `/*` and its `*/`, nested ones within.
fn block_comment(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < text.len() {
        let here = &text.as_bytes()[at..];
        if here.starts_with(b"/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if here.starts_with(b"*/") {
            (depth, at) = (depth - 1, at + 2);
        } else {
            at += 1;
        }
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

/// Bytes that open a raw string here, and how many `#` close it.
fn raw_start(text: &str, before: &str) -> Option<(usize, usize)> {
    if before.ends_with(|one: char| one.is_alphanumeric() || one == '_') {
        return None;
    }
    let marks = ["br", "cr", "r"].iter().find_map(|mark| text.strip_prefix(mark))?;
    let hashes = marks.len() - marks.trim_start_matches('#').len();
    let opens = marks[hashes..].starts_with('"');
    opens.then(|| (text.len() - marks.len() + hashes + 1, hashes))
}

/// Bytes up to the quote that closes a string.
fn string_body(text: &str) -> usize {
    let mut escaped = false;
    for (at, one) in text.bytes().enumerate() {
        match one {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at,
            _ => {}
        }
    }
    text.len()
}

/// Bytes of a character literal that begins here; none where it is a lifetime.
fn character(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('\'')?;
    let one = inside.chars().next()?;
    if one == '\\' {
        // One escaped sign, then whatever stands before the quote: `\u{1F}`.
        return Some(4 + inside.get(2..)?.find('\'')?);
    }
    inside[one.len_utf8()..].starts_with('\'').then_some(2 + one.len_utf8())
}
