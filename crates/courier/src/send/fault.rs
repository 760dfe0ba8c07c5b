//! How sending failed, and what that says about the letter.

use thiserror::Error;

use crate::CertificateFlaw;
use crate::wire::WireKind;

/// The steps of sending, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Reaching the server; with [`crate::Security::StartTls`] also its greeting and first answer.
    Connecting,
    /// Making TLS stand, then the server's answer to who we are.
    Securing,
    /// Signing in.
    SigningIn,
    /// Naming the sender.
    Sender,
    /// Naming the recipients, all of them.
    Recipients,
    /// Asking to hand the letter over, handing it over, waiting for the verdict. It is told before
    /// the first word of it is written: who notes it durably then, knows after a crash.
    Body,
    /// The server has taken the letter.
    Ended,
}

impl Phase {
    /// The word that sentences are found by.
    pub fn code(self) -> &'static str {
        match self {
            Phase::Connecting => "connecting",
            Phase::Securing => "securing",
            Phase::SigningIn => "signing_in",
            Phase::Sender => "sender",
            Phase::Recipients => "recipients",
            Phase::Body => "body",
            Phase::Ended => "ended",
        }
    }
}

/// The caller's word not to go on. Heeded before each phase up to [`Phase::Body`]; later there is
/// nothing left to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop;

/// Where the letter is, as far as anybody can tell from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandedOver {
    /// Not a byte of it left: sending again is safe.
    No,
    /// The server had it whole or in part and said "not now" (4yz): it may be sent again later,
    /// with the same Message-ID.
    NotAccepted,
    /// The server had it whole or in part and said no (5yz): sending it again as it is would bring
    /// the same answer.
    Rejected,
    /// It began to leave and no answer came that can be read. Never send it again without evidence
    /// or a person's word.
    Unknown,
}

impl HandedOver {
    /// The word that sentences are found by.
    pub fn code(self) -> &'static str {
        match self {
            HandedOver::No => "no",
            HandedOver::NotAccepted => "not_accepted",
            HandedOver::Rejected => "rejected",
            HandedOver::Unknown => "unknown",
        }
    }
}

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// Refused by us, before connecting: the account or the letter cannot be put on the wire.
    Unsendable,
    /// No such host, or nobody listens there.
    Unreachable,
    /// The server does not offer STARTTLS, refuses it, or does not speak TLS on this port.
    NoTls,
    /// TLS could not be agreed on, for another reason than the certificate.
    TlsFailed,
    /// The server's certificate is refused.
    Certificate(CertificateFlaw),
    /// The server offers no way of signing in that we speak (PLAIN, LOGIN).
    NoSignIn,
    /// User or password refused.
    SignInRefused,
    /// The sender's address refused for good.
    SenderRefused,
    /// This recipient refused, for now (4yz) or for good (5yz): nobody gets the letter.
    RecipientRefused(String),
    /// The letter is larger than the server takes.
    TooLarge,
    /// "Not now" (4yz).
    TemporarilyRefused,
    /// "No" (5yz).
    Rejected,
    /// No answer within the time given.
    Silent,
    /// The connection ended.
    Dropped,
    /// An answer that is none, or the answer to something else.
    Unintelligible,
    /// The caller said [`Stop`].
    Stopped,
}

impl FaultKind {
    /// The word that sentences are found by.
    pub fn code(&self) -> &'static str {
        match self {
            FaultKind::Unsendable => "unsendable",
            FaultKind::Unreachable => "unreachable",
            FaultKind::NoTls => "no_tls",
            FaultKind::TlsFailed => "tls_failed",
            FaultKind::Certificate(_) => "certificate",
            FaultKind::NoSignIn => "no_sign_in",
            FaultKind::SignInRefused => "sign_in_refused",
            FaultKind::SenderRefused => "sender_refused",
            FaultKind::RecipientRefused(_) => "recipient_refused",
            FaultKind::TooLarge => "too_large",
            FaultKind::TemporarilyRefused => "temporarily_refused",
            FaultKind::Rejected => "rejected",
            FaultKind::Silent => "silent",
            FaultKind::Dropped => "dropped",
            FaultKind::Unintelligible => "unintelligible",
            FaultKind::Stopped => "stopped",
        }
    }
}

impl From<WireKind> for FaultKind {
    fn from(kind: WireKind) -> FaultKind {
        match kind {
            WireKind::Unreachable => FaultKind::Unreachable,
            WireKind::NoTls => FaultKind::NoTls,
            WireKind::TlsFailed => FaultKind::TlsFailed,
            WireKind::Certificate(flaw) => FaultKind::Certificate(flaw),
            WireKind::Silent => FaultKind::Silent,
            WireKind::Dropped => FaultKind::Dropped,
            WireKind::Unintelligible => FaultKind::Unintelligible,
        }
    }
}

/// A letter that was not sent, or of which nobody knows.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{} while {}: {words}", .kind.code(), .phase.code())]
pub struct SendFault {
    /// The step at which it happened.
    pub phase: Phase,
    /// What happened.
    pub kind: FaultKind,
    /// The server's reply code (RFC 5321 section 4.2), if it was a reply.
    pub code: Option<u16>,
    /// The server's or the system's own words: without control characters, without the password,
    /// at most 500 characters.
    pub words: String,
    pub(super) handed_over: HandedOver,
}

impl SendFault {
    /// Where the letter is now.
    pub fn handed_over(&self) -> HandedOver {
        self.handed_over
    }

    /// True if the same letter to the same server may pass later without anybody changing anything:
    /// the server said so (4yz), or it was not reached, or the talk broke off before the letter
    /// began to leave.
    pub fn may_pass_later(&self) -> bool {
        match self.handed_over {
            HandedOver::NotAccepted => true,
            HandedOver::Rejected | HandedOver::Unknown => false,
            HandedOver::No => match self.code {
                Some(code) => (400..500).contains(&code),
                None => matches!(
                    self.kind,
                    FaultKind::Unreachable
                        | FaultKind::Silent
                        | FaultKind::Dropped
                        | FaultKind::Unintelligible
                        | FaultKind::Stopped
                ),
            },
        }
    }
}
