//! A server's replies (RFC 5321 section 4.2) and what it offers in the one to EHLO.

use crate::login::{Method, choose};
use crate::wire::{Wire, WireFault, WireKind};

/// More lines than any server sends; one that goes on for ever is given up.
const MOST_LINES: usize = 200;

/// One reply: a code and what was said with it, line by line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reply {
    pub code: u16,
    pub lines: Vec<String>,
}

/// What a reply means by its first digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    Done,
    GoOn,
    NotNow,
    No,
}

impl Reply {
    /// Reads one, however many lines it has; all must bear the same code.
    pub fn read(wire: &mut Wire) -> Result<Reply, WireFault> {
        let mut reply: Option<Reply> = None;
        for _ in 0..MOST_LINES {
            let line = wire.line()?;
            let garbage = || WireFault::new(WireKind::Unintelligible, line.clone());
            let (code, last, text) = parse(&line).ok_or_else(garbage)?;
            let so_far = reply.get_or_insert_with(|| Reply { code, lines: Vec::new() });
            if so_far.code != code {
                return Err(garbage());
            }
            so_far.lines.push(text.to_owned());
            if last {
                return reply.ok_or_else(garbage);
            }
        }
        Err(WireFault::new(WireKind::Unintelligible, "a reply without end"))
    }

    pub fn sense(&self) -> Sense {
        match self.code / 100 {
            2 => Sense::Done,
            3 => Sense::GoOn,
            4 => Sense::NotNow,
            _ => Sense::No,
        }
    }

    pub fn words(&self) -> String {
        self.lines.join(" ")
    }
}

/// `250-text`, `250 text` or `250`: code, whether it is the last line, text.
fn parse(line: &str) -> Option<(u16, bool, &str)> {
    let digits = line.get(..3).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let code: u16 = digits.parse().ok().filter(|code| (200..600).contains(code))?;
    match line.as_bytes().get(3) {
        None => Some((code, true, "")),
        Some(b' ') => Some((code, true, &line[4..])),
        Some(b'-') => Some((code, false, &line[4..])),
        Some(_) => None,
    }
}

/// What a server offers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Offers {
    /// RFC 3207.
    pub starttls: bool,
    /// RFC 4954: the best way of signing in that both speak.
    pub sign_in: Option<Method>,
    /// RFC 1870: that the letter's size may be told, and the largest one, 0 for no limit.
    pub size_bytes: Option<u64>,
}

impl Offers {
    pub fn read(reply: &Reply) -> Offers {
        let mut offers = Offers::default();
        for line in reply.lines.iter().skip(1) {
            // Some old servers write "AUTH=PLAIN".
            let line = line.replace('=', " ");
            let mut words = line.split_whitespace();
            match words.next().map(str::to_ascii_uppercase).as_deref() {
                Some("STARTTLS") => offers.starttls = true,
                Some("AUTH") => offers.sign_in = offers.sign_in.or(choose(words)),
                Some("SIZE") => {
                    offers.size_bytes =
                        Some(words.next().and_then(|n| n.parse().ok()).unwrap_or(0));
                }
                _ => {}
            }
        }
        offers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_reply_or_none() {
        let check = |line: &str, expect| assert_eq!(parse(line), expect, "{line:?}");
        check("250 OK", Some((250, true, "OK")));
        check("250-SIZE 1", Some((250, false, "SIZE 1")));
        check("354", Some((354, true, "")));
        check("250_OK", None);
        check("25", None);
        check("", None);
        check("HTTP/1.1 400 Bad Request", None);
        check("99é", None);
        check("150 odd", None);
        check("600 odd", None);
    }

    #[test]
    fn offers_are_read_whatever_their_case() {
        let lines = ["mx.example", "size 1000", "StartTLS", "AUTH LOGIN plain"];
        let reply = Reply { code: 250, lines: lines.map(str::to_owned).to_vec() };
        let expect =
            Offers { starttls: true, sign_in: Some(Method::Plain), size_bytes: Some(1000) };
        assert_eq!(Offers::read(&reply), expect);
        let reply = Reply { code: 250, lines: vec!["STARTTLS".to_owned()] };
        assert_eq!(Offers::read(&reply), Offers::default(), "the first line is the server's name");
    }
}
