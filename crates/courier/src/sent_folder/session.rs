//! As much of IMAP (RFC 9051, and RFC 3501 before it) as the two questions need.

use base64::Engine as _;
use values::Secret;
use zeroize::Zeroizing;

use super::fault::{FolderFault, FolderFaultKind, Step};
use crate::login::{Method, choose, responses};
use crate::send::GOODBYE;
use crate::wire::{Wire, WireFault};
use crate::words::Scrubber;
use crate::{ImapAccount, Patience, Security, Trust};

/// More lines than any answer has that we ask for; one that goes on for ever is given up.
const MOST_LINES: usize = 20_000;

/// A connection to a server of folders.
pub(super) struct Session {
    wire: Wire,
    scrubber: Scrubber,
    step: Step,
    tag: u32,
}

/// A folder as the server names it, with its marks in capitals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Folder {
    pub raw_name: String,
    pub marks: Vec<String>,
}

impl Session {
    /// Connects, makes TLS stand, signs in.
    pub fn open(
        account: &ImapAccount,
        password: &Secret,
        trust: &Trust,
        patience: &Patience,
    ) -> Result<Session, FolderFault> {
        let scrubber = Scrubber::new(&account.user, password);
        let wire = Wire::connect(&account.host, account.port, patience.connect)
            .and_then(|wire| wire.set_patience(patience.reply).map(|()| wire))
            .map_err(|fault| broken(&scrubber, Step::Connecting, &fault))?;
        let mut session = Session { wire, scrubber, step: Step::Connecting, tag: 0 };
        if account.security == Security::StartTls {
            session.greeting()?;
            session.step = Step::Securing;
            if !session.offers()?.iter().any(|offer| offer == "STARTTLS") {
                let words = "the server does not offer STARTTLS";
                return Err(session.fault(FolderFaultKind::NoTls, words));
            }
            session.command("STARTTLS", FolderFaultKind::NoTls)?;
        }
        let mut session = session.secured(account, trust)?;
        if account.security == Security::ImplicitTls {
            session.greeting()?;
        }
        session.sign_in(&account.user, password)?;
        Ok(session)
    }

    fn secured(self, account: &ImapAccount, trust: &Trust) -> Result<Session, FolderFault> {
        let Session { wire, scrubber, tag, .. } = self;
        match wire.secure(&account.host, trust) {
            Ok(wire) => Ok(Session { wire, scrubber, step: Step::Securing, tag }),
            Err(fault) => Err(broken(&scrubber, Step::Securing, &fault)),
        }
    }

    fn greeting(&mut self) -> Result<(), FolderFault> {
        let line = self.line()?;
        if line.to_ascii_uppercase().starts_with("* OK") {
            return Ok(());
        }
        let kind = match line.strip_prefix("* BYE") {
            Some(_) => FolderFaultKind::Refused,
            // Signed in before TLS: by somebody else than we.
            None => FolderFaultKind::Unintelligible,
        };
        Err(self.fault(kind, &line))
    }

    /// The server's abilities, in capitals.
    fn offers(&mut self) -> Result<Vec<String>, FolderFault> {
        let lines = self.command("CAPABILITY", FolderFaultKind::Refused)?;
        let words = lines.iter().filter_map(|line| line.strip_prefix("* CAPABILITY "));
        Ok(words.flat_map(str::split_whitespace).map(str::to_ascii_uppercase).collect())
    }

    fn sign_in(&mut self, user: &str, password: &Secret) -> Result<(), FolderFault> {
        self.step = Step::SigningIn;
        let offers = self.offers()?;
        let methods = offers.iter().filter_map(|offer| offer.strip_prefix("AUTH="));
        let refused = FolderFaultKind::SignInRefused;
        if choose(methods) == Some(Method::Plain) {
            let parts = responses(Method::Plain, user, password);
            let first = Zeroizing::new(b"AUTHENTICATE PLAIN".to_vec());
            let rest = parts.into_iter().map(|part| Zeroizing::new(part.as_bytes().to_vec()));
            self.dialogue(std::iter::once(first).chain(rest).collect(), refused)?;
        } else if !offers.iter().any(|offer| offer == "LOGINDISABLED") {
            // As literals, so that no character of either needs care.
            let parts = vec![
                Zeroizing::new(format!("LOGIN {{{}}}", user.len()).into_bytes()),
                Zeroizing::new(format!("{user} {{{}}}", password.expose().len()).into_bytes()),
                Zeroizing::new(password.expose().as_bytes().to_vec()),
            ];
            self.dialogue(parts, refused)?;
        } else {
            let words = "the server offers no way to sign in that is known here";
            return Err(self.fault(FolderFaultKind::NoSignIn, words));
        }
        Ok(())
    }

    /// The folders with a mark of RFC 6154 or any other, in the server's order.
    pub fn folders(&mut self) -> Result<Vec<Folder>, FolderFault> {
        self.step = Step::Listing;
        let offers = self.offers()?;
        let extended = ["LIST-EXTENDED", "SPECIAL-USE"];
        let all = extended.iter().all(|need| offers.iter().any(|offer| offer == need));
        // Without the extension a server may show the marks unasked, and most do.
        let question = if all { r#"LIST "" "*" RETURN (SPECIAL-USE)"# } else { r#"LIST "" "*""# };
        let lines = self.command(question, FolderFaultKind::Refused)?;
        Ok(lines.iter().filter_map(|line| read_folder(line)).collect())
    }

    /// True if the folder holds a letter of this Message-ID, which has been checked. The folder is
    /// opened for reading only.
    pub fn holds(&mut self, folder: &Folder, message_id: &str) -> Result<bool, FolderFault> {
        self.step = Step::Searching;
        let open = format!("EXAMINE {}", quoted(&folder.raw_name));
        self.command(&open, FolderFaultKind::Refused)?;
        let question = format!("UID SEARCH HEADER Message-ID {}", quoted(message_id));
        let lines = self.command(&question, FolderFaultKind::Refused)?;
        let mut found = lines.iter().filter_map(|line| line.strip_prefix("* SEARCH"));
        Ok(found.any(|uids| uids.bytes().any(|byte| byte.is_ascii_digit())))
    }

    /// Puts the letter into the folder, as one that was read.
    pub fn append(&mut self, folder: &Folder, message: &[u8]) -> Result<(), FolderFault> {
        self.step = Step::Filing;
        let size = message.len();
        let command = format!("APPEND {} (\\Seen) {{{size}}}", quoted(&folder.raw_name));
        let parts = vec![Zeroizing::new(command.into_bytes()), Zeroizing::new(message.to_vec())];
        self.dialogue(parts, FolderFaultKind::Refused).map(|_| ())
    }

    /// LOGOUT. Nothing hangs on it any more.
    pub fn close(mut self) {
        if self.wire.set_patience(GOODBYE).is_ok() {
            let _ = self.command("LOGOUT", FolderFaultKind::Refused);
        }
        self.wire.close();
    }

    fn command(
        &mut self,
        text: &str,
        refusal: FolderFaultKind,
    ) -> Result<Vec<String>, FolderFault> {
        self.dialogue(vec![Zeroizing::new(text.as_bytes().to_vec())], refusal)
    }

    /// One command, whose parts but the first wait for the server's invitation. Returns the lines
    /// that came before its "OK".
    fn dialogue(
        &mut self,
        parts: Vec<Zeroizing<Vec<u8>>>,
        refusal: FolderFaultKind,
    ) -> Result<Vec<String>, FolderFault> {
        self.tag += 1;
        let tag = format!("c{} ", self.tag);
        let mut parts = parts.into_iter();
        let first = parts.next().unwrap_or_default();
        self.write(&[tag.as_bytes(), &first, b"\r\n"].concat())?;
        let mut lines = Vec::new();
        for _ in 0..MOST_LINES {
            let line = self.line()?;
            if let Some(result) = line.strip_prefix(&tag) {
                let word = result.split(' ').next().unwrap_or_default().to_ascii_uppercase();
                return match word.as_str() {
                    "OK" if parts.len() == 0 => Ok(lines),
                    "NO" | "BAD" => Err(self.fault(refusal, result)),
                    _ => Err(self.fault(FolderFaultKind::Unintelligible, &line)),
                };
            }
            if line.starts_with('+') {
                let Some(part) = parts.next() else {
                    return Err(self.fault(FolderFaultKind::Unintelligible, &line));
                };
                self.write(&[&part, b"\r\n".as_slice()].concat())?;
            } else {
                lines.push(line);
            }
        }
        Err(self.fault(FolderFaultKind::Unintelligible, "an answer without end"))
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), FolderFault> {
        self.wire.write(bytes).map_err(|fault| broken(&self.scrubber, self.step, &fault))
    }

    /// One line; a literal in it is put in its place as a quoted string.
    fn line(&mut self) -> Result<String, FolderFault> {
        read_line(&mut self.wire).map_err(|fault| broken(&self.scrubber, self.step, &fault))
    }

    /// A fault at the step that is going on.
    pub fn fault(&self, kind: FolderFaultKind, words: &str) -> FolderFault {
        FolderFault { step: self.step, kind, words: self.scrubber.clean(words) }
    }
}

fn broken(scrubber: &Scrubber, step: Step, fault: &WireFault) -> FolderFault {
    FolderFault { step, kind: fault.kind.into(), words: scrubber.clean(&fault.words) }
}

fn read_line(wire: &mut Wire) -> Result<String, WireFault> {
    let mut line = wire.line()?;
    for _ in 0..MOST_LINES {
        let Some((before, size)) = literal_at_end(&line) else { break };
        let literal = String::from_utf8_lossy(&wire.bytes(size)?).into_owned();
        line = format!("{}{}{}", &line[..before], quoted(&literal), wire.line()?);
    }
    Ok(line)
}

/// `... {12}`: where the brace stands, and the size in bytes of what follows the line.
fn literal_at_end(line: &str) -> Option<(usize, usize)> {
    let before = line.strip_suffix('}')?.rfind('{')?;
    let size = line[before + 1..line.len() - 1].parse().ok()?;
    Some((before, size))
}

/// As a quoted string (RFC 9051 section 4.3).
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// `* LIST (\Sent) "/" "name"`: a folder that can be opened, or nothing.
fn read_folder(line: &str) -> Option<Folder> {
    let rest = line.strip_prefix("* LIST (")?;
    let (marks, rest) = rest.split_once(") ")?;
    let marks: Vec<String> = marks.split_whitespace().map(str::to_ascii_uppercase).collect();
    if marks.iter().any(|mark| mark == "\\NOSELECT" || mark == "\\NONEXISTENT") {
        return None;
    }
    let (_delimiter, rest) = read_string(rest)?;
    let (raw_name, _) = read_string(rest.strip_prefix(' ')?)?;
    Some(Folder { raw_name, marks })
}

/// A quoted string or a bare word, and what follows it.
fn read_string(text: &str) -> Option<(String, &str)> {
    let Some(inside) = text.strip_prefix('"') else {
        let end = text.find(' ').unwrap_or(text.len());
        return Some((text[..end].to_owned(), &text[end..])).filter(|_| end > 0);
    };
    let mut out = String::new();
    let mut characters = inside.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((out, &inside[at + 1..])),
            '\\' => out.push(characters.next()?.1),
            other => out.push(other),
        }
    }
    None
}

/// A folder's name for people: IMAP writes it in a UTF-7 of its own (RFC 3501 section 5.1.3). What
/// is not well-formed stays as it is.
pub(super) fn readable(raw_name: &str) -> String {
    decode(raw_name).unwrap_or_else(|| raw_name.to_owned())
}

fn decode(raw_name: &str) -> Option<String> {
    use base64::engine::general_purpose::STANDARD_NO_PAD;
    let mut out = String::new();
    let mut rest = raw_name;
    while let Some((plain, shifted)) = rest.split_once('&') {
        let (code, after) = shifted.split_once('-')?;
        out.push_str(plain);
        if code.is_empty() {
            out.push('&');
        } else {
            let bytes = STANDARD_NO_PAD.decode(code.replace(',', "/")).ok()?;
            let pairs = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            out.push_str(&String::from_utf16(&pairs.collect::<Vec<_>>()).ok()?);
        }
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

#[cfg(test)]
mod tests;
