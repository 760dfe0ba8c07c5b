//! One connection: lines in, bytes out, in plain only until TLS stands. SMTP and IMAP share it.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream, ToSocketAddrs};
use std::time::Duration;

use rustls::pki_types::ServerName;
use rustls::{CertificateError, ClientConnection, StreamOwned};

use crate::Trust;

/// A line of an answer longer than this is no answer of a mail server: RFC 5321 section 4.5.3.1.5
/// allows 512 bytes, IMAP names no limit, and a list of found messages can be long.
const LONGEST_LINE_BYTES: usize = 64 * 1024;

/// What is wrong with a server's certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertificateFlaw {
    /// It belongs to another host name than the account's.
    OtherName,
    /// Its time is over.
    Expired,
    /// Its time has not come; or this machine's clock is wrong.
    NotYetValid,
    /// Nobody whom this system or the caller trusts has signed it.
    UnknownIssuer,
    /// Anything else; the words say what.
    Other,
}

impl CertificateFlaw {
    /// The word that sentences are found by.
    pub fn code(self) -> &'static str {
        match self {
            CertificateFlaw::OtherName => "other_name",
            CertificateFlaw::Expired => "expired",
            CertificateFlaw::NotYetValid => "not_yet_valid",
            CertificateFlaw::UnknownIssuer => "unknown_issuer",
            CertificateFlaw::Other => "other",
        }
    }
}

/// What can go wrong between two machines, whatever they speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WireKind {
    /// No such host, or nobody listens.
    Unreachable,
    /// The other side does not speak TLS, or spoke in plain when TLS had to begin.
    NoTls,
    /// TLS could not be agreed on.
    TlsFailed,
    /// The certificate is refused.
    Certificate(CertificateFlaw),
    /// Nothing came within the time given.
    Silent,
    /// The connection ended.
    Dropped,
    /// What came is no answer.
    Unintelligible,
}

/// A kind with the system's words, not yet cleaned.
#[derive(Clone, Debug)]
pub(crate) struct WireFault {
    pub kind: WireKind,
    pub words: String,
}

impl WireFault {
    pub fn new(kind: WireKind, words: impl Into<String>) -> WireFault {
        WireFault { kind, words: words.into() }
    }

    fn of(error: &io::Error) -> WireFault {
        let inside = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
        if let Some(tls) = inside {
            return WireFault::new(kind_of_tls(tls), tls.to_string());
        }
        let kind = match error.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => WireKind::Silent,
            _ => WireKind::Dropped,
        };
        WireFault::new(kind, error.to_string())
    }
}

fn kind_of_tls(error: &rustls::Error) -> WireKind {
    let flaw = match error {
        rustls::Error::InvalidCertificate(flaw) => flaw,
        rustls::Error::InvalidMessage(_) => return WireKind::NoTls,
        _ => return WireKind::TlsFailed,
    };
    WireKind::Certificate(match flaw {
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            CertificateFlaw::OtherName
        }
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            CertificateFlaw::Expired
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            CertificateFlaw::NotYetValid
        }
        // A bad signature: it names somebody trusted as its issuer, who has not signed it.
        CertificateError::UnknownIssuer | CertificateError::BadSignature => {
            CertificateFlaw::UnknownIssuer
        }
        _ => CertificateFlaw::Other,
    })
}

enum Stream {
    Plain(TcpStream),
    Tls(Box<StreamOwned<ClientConnection, TcpStream>>),
}

/// A connection with what was read of it and not yet taken.
pub(crate) struct Wire {
    stream: Stream,
    pending: Vec<u8>,
}

impl Wire {
    /// Opens a connection to the first of the host's addresses that answers.
    pub fn connect(host: &str, port: u16, within: Duration) -> Result<Wire, WireFault> {
        let unreachable = |error: io::Error| {
            WireFault::new(WireKind::Unreachable, format!("{host}:{port}: {error}"))
        };
        let name = ascii_host(host)?;
        let mut last = io::Error::new(io::ErrorKind::NotFound, "no address");
        for address in (name.as_str(), port).to_socket_addrs().map_err(unreachable)? {
            match TcpStream::connect_timeout(&address, at_least_something(within)) {
                Ok(stream) => {
                    // Commands are short and each waits for its answer: nothing to gather.
                    let _ = stream.set_nodelay(true);
                    return Ok(Wire { stream: Stream::Plain(stream), pending: Vec::new() });
                }
                Err(error) => last = error,
            }
        }
        Err(unreachable(last))
    }

    /// Makes TLS stand, before anything more is read or written. What the server sent in plain
    /// after its word that TLS may begin is refused, never taken for an answer given under TLS (RFC
    /// 3207 section 6): anybody on the way could have put it there.
    pub fn secure(self, host: &str, trust: &Trust) -> Result<Wire, WireFault> {
        let Stream::Plain(mut socket) = self.stream else { return Ok(self) };
        if !self.pending.is_empty() {
            let words = "the server went on in plain after it had agreed to TLS";
            return Err(WireFault::new(WireKind::NoTls, words));
        }
        let failed = |words: String| WireFault::new(WireKind::TlsFailed, words);
        let config = trust.config().map_err(failed)?;
        let name = ServerName::try_from(ascii_host(host)?).map_err(|e| failed(e.to_string()))?;
        let mut session =
            ClientConnection::new(config, name).map_err(|error| failed(error.to_string()))?;
        while session.is_handshaking() {
            session.complete_io(&mut socket).map_err(|error| WireFault::of(&error))?;
        }
        let stream = Stream::Tls(Box::new(StreamOwned::new(session, socket)));
        Ok(Wire { stream, pending: Vec::new() })
    }

    /// How long to wait for each read and each write.
    pub fn set_patience(&self, span: Duration) -> Result<(), WireFault> {
        let socket = match &self.stream {
            Stream::Plain(socket) => socket,
            Stream::Tls(tls) => tls.get_ref(),
        };
        let span = Some(at_least_something(span));
        socket
            .set_read_timeout(span)
            .and_then(|()| socket.set_write_timeout(span))
            .map_err(|error| WireFault::of(&error))
    }

    /// Writes all of it and pushes it out.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), WireFault> {
        let written = match &mut self.stream {
            Stream::Plain(socket) => socket.write_all(bytes).and_then(|()| socket.flush()),
            Stream::Tls(tls) => tls.write_all(bytes).and_then(|()| tls.flush()),
        };
        written.map_err(|error| WireFault::of(&error))
    }

    /// The next line, without its end. Bytes that are no UTF-8 are replaced: words are for people,
    /// and everything that is acted on is ASCII.
    pub fn line(&mut self) -> Result<String, WireFault> {
        let mut searched = 0;
        loop {
            if let Some(at) = self.pending[searched..].iter().position(|&byte| byte == b'\n') {
                let mut line: Vec<u8> = self.pending.drain(..=searched + at).collect();
                line.pop();
                if line.last() == Some(&b'\r') {
                    line.pop();
                }
                return Ok(String::from_utf8_lossy(&line).into_owned());
            }
            searched = self.pending.len();
            if searched > LONGEST_LINE_BYTES {
                return Err(WireFault::new(WireKind::Unintelligible, "a line without end"));
            }
            self.read_more()?;
        }
    }

    /// The next `count` bytes (a literal of IMAP, RFC 9051 section 4.3).
    pub fn bytes(&mut self, count: usize) -> Result<Vec<u8>, WireFault> {
        if count > LONGEST_LINE_BYTES {
            return Err(WireFault::new(WireKind::Unintelligible, "a literal without end"));
        }
        while self.pending.len() < count {
            self.read_more()?;
        }
        Ok(self.pending.drain(..count).collect())
    }

    fn read_more(&mut self) -> Result<(), WireFault> {
        let mut chunk = [0_u8; 4096];
        let count = loop {
            let read = match &mut self.stream {
                Stream::Plain(socket) => socket.read(&mut chunk),
                Stream::Tls(tls) => tls.read(&mut chunk),
            };
            match read {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other.map_err(|error| WireFault::of(&error))?,
            }
        };
        if count == 0 {
            return Err(WireFault::new(WireKind::Dropped, "the server ended the connection"));
        }
        self.pending.extend_from_slice(&chunk[..count]);
        Ok(())
    }

    /// Ends the connection in peace, TLS told.
    pub fn close(self) {
        match self.stream {
            Stream::Plain(socket) => {
                let _ = socket.shutdown(Shutdown::Both);
            }
            Stream::Tls(mut tls) => {
                tls.conn.send_close_notify();
                let _ = tls.flush();
                let _ = tls.get_ref().shutdown(Shutdown::Both);
            }
        }
    }
}

/// The host in ASCII, for the resolver and the certificate alike.
fn ascii_host(host: &str) -> Result<String, WireFault> {
    if host.is_ascii() && !host.is_empty() && !host.contains(|c: char| c.is_ascii_control()) {
        return Ok(host.to_owned());
    }
    idna::domain_to_ascii_strict(host)
        .ok()
        .filter(|name| !name.is_empty())
        .ok_or_else(|| WireFault::new(WireKind::Unreachable, "no host name"))
}

/// A socket takes no span of nothing: it would wait for ever.
fn at_least_something(span: Duration) -> Duration {
    span.max(Duration::from_millis(1))
}
