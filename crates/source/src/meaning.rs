//! The closed list of what can be wrong with an answer, and the fault that carries it.

use std::fmt;

macro_rules! meanings {
    ($($(#[$doc:meta])* $variant:ident = $word:literal,)*) => {
        /// What an answer, or its absence, means for the connection.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Meaning {
            $($(#[$doc])* $variant,)*
        }

        impl Meaning {
            /// Every meaning there is, in the order of this list.
            pub const ALL: &'static [Meaning] = &[$(Meaning::$variant,)*];

            /// The word for connector files, machines and locales.
            pub fn code(self) -> &'static str {
                match self {
                    $(Meaning::$variant => $word,)*
                }
            }
        }
    };
}

meanings! {
    /// Too many calls to the provider.
    RateLimit = "rate-limit",
    /// Too many reads at the bank behind the provider: counted by bank day.
    RateLimitBank = "rate-limit-bank",
    /// The provider or the bank cannot answer now.
    RetryLater = "retry-later",
    /// The permission ran out.
    ConsentExpired = "consent-expired",
    /// The permission was taken back.
    ConsentRevoked = "consent-revoked",
    /// The key or token no longer works.
    AccessRevoked = "access-revoked",
    /// The key is wrong, or may not do this.
    AccessRefused = "access-refused",
    /// The person must sign in at the provider's own site.
    ReconnectOutside = "reconnect-outside",
    /// The provider wants to be paid first.
    PaymentRequired = "payment-required",
    /// More days were asked than may be.
    WindowTooLong = "window-too-long",
    /// The list moved while its pages were read.
    RestartWindow = "restart-window",
    /// The account is closed or no longer shared.
    AccountClosed = "account-closed",
    /// The provider does not know the account.
    AccountGone = "account-gone",
    /// The token that works once was used before, perhaps by somebody else.
    TokenSpent = "token-spent",
    /// An answer that says itself that something is missing.
    Incomplete = "incomplete",
    /// The provider says that the call is wrong: a fault of the connector.
    Bug = "bug",
    /// The answer is no JSON.
    NotJson = "not-json",
    /// The answer lacks what the connector looks for.
    UnknownShape = "unknown-shape",
    /// The answer is longer than allowed.
    TooLarge = "too-large",
    /// The answer is nested too deeply.
    TooDeep = "too-deep",
    /// The answer stops in the middle.
    Truncated = "truncated",
    /// No connection, or it broke.
    Unreachable = "unreachable",
    /// The provider did not answer in time.
    TimedOut = "timed-out",
    /// The provider's certificate is not trusted.
    Certificate = "certificate",
    /// An address outside the connector's hosts; nothing was sent there.
    HostRefused = "host-refused",
    /// The provider sent us elsewhere; we did not go.
    Redirected = "redirected",
    /// A page came twice, or pages bring nothing new.
    RepeatedPage = "repeated-page",
    /// More pages or lines than any account has.
    TooMany = "too-many",
    /// What the connector asks for was not given, or cannot be read.
    SecretMissing = "secret-missing",
    /// The answer gives back a secret that was sent; it is not kept, for no book holds secrets.
    SecretTold = "secret-told",
    /// A person stopped it.
    Stopped = "stopped",
}

impl Meaning {
    /// The meaning of a word in a connector file.
    pub fn of_word(word: &str) -> Option<Meaning> {
        Meaning::ALL.iter().copied().find(|meaning| meaning.code() == word)
    }

    /// Whether it says something of the whole connection, so that asking on is useless or harmful.
    /// Other meanings end one account's reading and leave the rest alone.
    pub fn ends_run(self) -> bool {
        use Meaning::{
            AccessRefused, AccessRevoked, Certificate, ConsentExpired, ConsentRevoked, HostRefused,
            PaymentRequired, RateLimit, Redirected, SecretMissing, Stopped, TimedOut, TokenSpent,
            Unreachable,
        };
        matches!(
            self,
            AccessRefused
                | AccessRevoked
                | Certificate
                | ConsentExpired
                | ConsentRevoked
                | HostRefused
                | PaymentRequired
                | RateLimit
                | Redirected
                | SecretMissing
                | Stopped
                | TimedOut
                | TokenSpent
                | Unreachable
        )
    }

    /// Whether the person has to link the account anew, or see to it at the provider's site.
    pub fn wants_person(self) -> bool {
        use Meaning::{
            AccessRefused, AccessRevoked, ConsentExpired, ConsentRevoked, PaymentRequired,
            ReconnectOutside, SecretMissing, TokenSpent,
        };
        matches!(
            self,
            AccessRefused
                | AccessRevoked
                | ConsentExpired
                | ConsentRevoked
                | PaymentRequired
                | ReconnectOutside
                | SecretMissing
                | TokenSpent
        )
    }
}

/// A call that did not give a usable answer.
///
/// Safe to show and to log: it holds no query, header, body, secret or account number. The path is
/// the connector's template, and the provider's words were cleared of what looks like one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What it means.
    pub meaning: Meaning,
    /// The status of the answer, if there was one.
    pub status: Option<u16>,
    /// How long the provider asks to wait, in seconds.
    pub retry_after_s: Option<u64>,
    /// The host that was asked, or would have been; empty where none was chosen yet.
    pub host: String,
    /// The path as the connector writes it: `/accounts/{account.id}`.
    pub path: String,
    /// The provider's own words: plain, short, untrusted.
    pub words: Option<String>,
    /// Whether the call makes something at the provider: then it is never tried again by itself.
    pub creates: bool,
}

impl Fault {
    pub(crate) fn new(meaning: Meaning, host: &str, path: &str) -> Fault {
        let (host, path) = (host.to_owned(), path.to_owned());
        let (status, retry_after_s, words) = (None, None, None);
        Fault { meaning, status, retry_after_s, host, path, words, creates: false }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} from {}{}", self.meaning.code(), self.host, self.path)?;
        if let Some(status) = self.status {
            write!(f, " (status {status})")?;
        }
        Ok(())
    }
}

impl std::error::Error for Fault {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_unique_and_lead_back() {
        for meaning in Meaning::ALL {
            assert_eq!(Meaning::of_word(meaning.code()), Some(*meaning));
        }
        assert_eq!(Meaning::of_word("broken"), None);
    }
}
