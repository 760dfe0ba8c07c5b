//! What a letter's bytes must be on the wire, and the dots that protect its end.

/// RFC 5322 section 2.1.1, without the CRLF.
const LONGEST_LINE_BYTES: usize = 998;

/// True if these bytes can be handed to any server as they are: ASCII without NUL, lines that end
/// in CRLF and nowhere else, none too long, the last one ended too. A lone CR or LF is refused
/// because servers disagree on whether it ends a line, which has been used to smuggle letters.
pub(crate) fn is_sound(message: &[u8]) -> bool {
    let Some(lines) = message.strip_suffix(b"\r\n") else { return false };
    let mut rest = lines;
    loop {
        let end = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
        let line = &rest[..end.unwrap_or(rest.len())];
        if line.len() > LONGEST_LINE_BYTES || line.iter().any(|&b| b == 0 || !b.is_ascii()) {
            return false;
        }
        let Some(end) = end else { return true };
        match rest[end..].strip_prefix(b"\r\n") {
            Some(next) => rest = next,
            None => return false,
        }
    }
}

/// The letter with its dots doubled and its end mark (RFC 5321 section 4.5.2).
pub(super) fn stuffed(message: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(message.len() + message.len() / 64 + 3);
    for line in message.split_inclusive(|&byte| byte == b'\n') {
        if line.first() == Some(&b'.') {
            out.push(b'.');
        }
        out.extend_from_slice(line);
    }
    out.extend_from_slice(b".\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_plain_lines_are_sound() {
        let check = |message: &[u8], expect| {
            assert_eq!(is_sound(message), expect, "{}", String::from_utf8_lossy(message));
        };
        check(b"a\r\n", true);
        check(b"\r\n", true);
        check(b"a\r\n\r\n.\r\n..b\r\n", true);
        check(b"", false);
        check(b"a", false);
        check(b"a\n", false);
        check(b"a\nb\r\n", false);
        check(b"a\rb\r\n", false);
        check(b"a\r\r\n", false);
        check(b"a\n.\nMAIL FROM:<b@c.example>\r\n", false);
        check(b"a\0\r\n", false);
        check("é\r\n".as_bytes(), false);
        check(&[&[b'a'; 998][..], b"\r\n"].concat(), true);
        check(&[&[b'a'; 999][..], b"\r\n"].concat(), false);
    }

    #[test]
    fn dots_are_doubled_at_the_start_of_lines() {
        let check = |message: &[u8], expect: &[u8]| assert_eq!(stuffed(message), expect);
        check(b".\r\n", b"..\r\n.\r\n");
        check(b"a.\r\n.b\r\n\r\n..\r\n", b"a.\r\n..b\r\n\r\n...\r\n.\r\n");
    }
}
