//! Why a folder of sent letters could not be asked.

use thiserror::Error;

use crate::CertificateFlaw;
use crate::wire::WireKind;

/// The steps of asking, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Reaching the server.
    Connecting,
    /// Making TLS stand.
    Securing,
    /// Signing in.
    SigningIn,
    /// Asking which folder holds sent letters.
    Listing,
    /// Looking for the letter.
    Searching,
    /// Putting a copy there.
    Filing,
}

impl Step {
    /// The word that sentences are found by.
    pub fn code(self) -> &'static str {
        match self {
            Step::Connecting => "connecting",
            Step::Securing => "securing",
            Step::SigningIn => "signing_in",
            Step::Listing => "listing",
            Step::Searching => "searching",
            Step::Filing => "filing",
        }
    }
}

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FolderFaultKind {
    /// Refused by us, before connecting: no Message-ID that could be asked for, a NUL in user or
    /// password, a letter not in the form of RFC 5322.
    Unsendable,
    /// No such host, or nobody listens there.
    Unreachable,
    /// The server does not offer STARTTLS, refuses it, or does not speak TLS on this port.
    NoTls,
    /// TLS could not be agreed on, for another reason than the certificate.
    TlsFailed,
    /// The server's certificate is refused.
    Certificate(CertificateFlaw),
    /// The server offers no way of signing in that we speak.
    NoSignIn,
    /// User or password refused.
    SignInRefused,
    /// No folder is marked as the one of sent letters (RFC 6154).
    NoSentFolder,
    /// The server says no.
    Refused,
    /// No answer within the time given.
    Silent,
    /// The connection ended.
    Dropped,
    /// An answer that is none.
    Unintelligible,
}

impl FolderFaultKind {
    /// The word that sentences are found by.
    pub fn code(&self) -> &'static str {
        match self {
            FolderFaultKind::Unsendable => "unsendable",
            FolderFaultKind::Unreachable => "unreachable",
            FolderFaultKind::NoTls => "no_tls",
            FolderFaultKind::TlsFailed => "tls_failed",
            FolderFaultKind::Certificate(_) => "certificate",
            FolderFaultKind::NoSignIn => "no_sign_in",
            FolderFaultKind::SignInRefused => "sign_in_refused",
            FolderFaultKind::NoSentFolder => "no_sent_folder",
            FolderFaultKind::Refused => "refused",
            FolderFaultKind::Silent => "silent",
            FolderFaultKind::Dropped => "dropped",
            FolderFaultKind::Unintelligible => "unintelligible",
        }
    }
}

impl From<WireKind> for FolderFaultKind {
    fn from(kind: WireKind) -> FolderFaultKind {
        match kind {
            WireKind::Unreachable => FolderFaultKind::Unreachable,
            WireKind::NoTls => FolderFaultKind::NoTls,
            WireKind::TlsFailed => FolderFaultKind::TlsFailed,
            WireKind::Certificate(flaw) => FolderFaultKind::Certificate(flaw),
            WireKind::Silent => FolderFaultKind::Silent,
            WireKind::Dropped => FolderFaultKind::Dropped,
            WireKind::Unintelligible => FolderFaultKind::Unintelligible,
        }
    }
}

/// A question without answer. It says nothing about the letter.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{} while {}: {words}", .kind.code(), .step.code())]
pub struct FolderFault {
    /// The step at which it happened.
    pub step: Step,
    /// What happened.
    pub kind: FolderFaultKind,
    /// The server's or the system's own words: without control characters, without the password,
    /// at most 500 characters.
    pub words: String,
}
