//! What passes between a connector and the network, and the trait of whoever carries it.

use crate::address::Address;
use crate::meaning::Meaning;
use std::time::Duration;
use values::Secret;

/// The verbs there are: reading, and the one call that claims a permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Makes something at the provider; only in consent.
    Post,
}

/// A request, ready to be sent. It holds secrets and therefore has no `Debug`.
pub struct WireRequest {
    /// The verb.
    pub method: Method,
    /// Where to; its host is one of the connector's.
    pub address: Address,
    /// The hosts that may be asked, for the carrier to check once more.
    pub hosts: Vec<String>,
    /// Header names with their values.
    pub headers: Vec<(String, Secret)>,
}

/// How long and how large an answer may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WireLimits {
    /// Bytes of a body.
    pub body_bytes: u64,
    /// From the first byte sent to the last one read.
    pub timeout: Duration,
}

/// An answer, whatever its status.
#[derive(Clone, PartialEq, Eq)]
pub struct WireAnswer {
    /// The status: 200 and so on.
    pub status: u16,
    /// The few headers that are looked at, names in lower case: `retry-after`, `content-type`,
    /// `date` and those that begin with `x-ratelimit`.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl WireAnswer {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WireFault {
    /// No connection, or it broke before the answer began.
    Unreachable,
    /// Not in time.
    TimedOut,
    /// The certificate is not trusted.
    Certificate,
    /// The body is longer than allowed; reading stopped there.
    TooLarge,
    /// The body stops in the middle.
    Truncated,
    /// The host is not of the list, or the request cannot be written.
    Refused,
    /// A person stopped it.
    Stopped,
}

impl WireFault {
    pub(crate) fn meaning(self) -> Meaning {
        match self {
            WireFault::Unreachable => Meaning::Unreachable,
            WireFault::TimedOut => Meaning::TimedOut,
            WireFault::Certificate => Meaning::Certificate,
            WireFault::TooLarge => Meaning::TooLarge,
            WireFault::Truncated => Meaning::Truncated,
            WireFault::Refused => Meaning::HostRefused,
            WireFault::Stopped => Meaning::Stopped,
        }
    }
}

/// Carries one request and brings its answer. It follows no redirect and tries nothing again.
pub trait Wire {
    /// Asks once. `stop` is looked at before the request and between parts of the body.
    fn ask(
        &self,
        request: &WireRequest,
        limits: WireLimits,
        stop: &dyn Fn() -> bool,
    ) -> Result<WireAnswer, WireFault>;
}
