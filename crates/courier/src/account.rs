//! Where a person's mail goes out and where it is kept. No password: the keychain has it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::Address;

/// How a connection is made secret. There is no third way, and no fall-back from one to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Security {
    /// TLS from the first byte (RFC 8314): port 465 for SMTP, 993 for IMAP.
    ImplicitTls,
    /// Plain at first, then TLS (RFC 3207, RFC 9051 section 6.2.1): port 587 for SMTP, 143 for
    /// IMAP. A server that does not offer it is refused.
    StartTls,
}

/// An account at a mail server that takes letters from its owner (message submission, RFC 6409).
/// Stored in the book as JSON, so fields are only ever added, with a default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailAccount {
    /// Name or IP address of the server; its certificate must bear it.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// How the connection is made secret.
    pub security: Security,
    /// Name to sign in with, often the address itself.
    pub user: String,
    /// Who letters come from.
    pub from: Address,
    /// The name to greet the server with (EHLO). Without one the literal `[127.0.0.1]` is given, as
    /// RFC 5321 section 4.1.4 allows, so that the machine's own name does not leave it.
    #[serde(default)]
    pub hello: Option<String>,
}

/// The same person's folders of mail at an IMAP server. Stored in the book as JSON like
/// [`MailAccount`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImapAccount {
    /// Name or IP address of the server; its certificate must bear it.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// How the connection is made secret.
    pub security: Security,
    /// Name to sign in with.
    pub user: String,
}

/// How long to wait. Each span is for one wait on the socket, not for the whole dialogue: nothing
/// here reads a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For a connection to one of the server's addresses.
    pub connect: Duration,
    /// For an answer to a command, and for the server to take some of what is written.
    pub reply: Duration,
    /// For the answer to a whole letter. RFC 5321 section 4.5.3.2.6 asks for ten minutes: who gives
    /// up sooner makes unknowns of letters that were accepted.
    pub verdict: Duration,
}

impl Patience {
    /// Half a minute to connect, two minutes for an answer, ten for the last one.
    pub const USUAL: Patience = Patience {
        connect: Duration::from_secs(30),
        reply: Duration::from_secs(120),
        verdict: Duration::from_secs(600),
    };
}
