//! The real network: https by rustls, with the certificates the system trusts.

use crate::wire::{Method, Wire, WireAnswer, WireFault, WireLimits, WireRequest};
use reqwest::blocking::{Client, RequestBuilder, Response};
use reqwest::header::{HeaderName, HeaderValue};
use reqwest::{Certificate, redirect};
use std::collections::BTreeMap;
use std::error::Error;
use std::io::Read;
use std::net::SocketAddr;
use std::time::Duration;

/// The network. One client for all connectors: it keeps no cookie and follows no redirect.
pub struct Web(Client);

/// The network cannot be used at all: the system's certificates cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("preparing the network")]
pub struct WebError(#[from] reqwest::Error);

/// An answer that is a refusal is read this far, for the provider's words.
const REFUSAL_BYTES: u64 = 64 * 1024;
const CONNECT: Duration = Duration::from_secs(30);

impl Web {
    /// The network as it is.
    pub fn new() -> Result<Web, WebError> {
        Web::with_detours(&BTreeMap::new(), &[])
    }

    /// For tests: some hosts are looked for at other addresses, and further roots (DER) are
    /// trusted. The same code asks, under the hosts' own names; no check is left out.
    pub fn with_detours(
        detours: &BTreeMap<String, SocketAddr>,
        extra_roots: &[Vec<u8>],
    ) -> Result<Web, WebError> {
        let roots: Result<Vec<_>, _> =
            extra_roots.iter().map(|der| Certificate::from_der(der)).collect();
        let mut builder = Client::builder()
            .https_only(true)
            .redirect(redirect::Policy::none())
            // A proxy would be read from the environment, and see which bank is asked.
            .no_proxy()
            .referer(false)
            .http1_only()
            .connect_timeout(CONNECT)
            .user_agent(concat!("Comptoir/", env!("CARGO_PKG_VERSION")))
            .tls_certs_merge(roots?);
        for (host, address) in detours {
            builder = builder.resolve(host, *address);
        }
        Ok(Web(builder.build()?))
    }

    fn build(&self, request: &WireRequest) -> Option<RequestBuilder> {
        let url = request.address.url().clone();
        let mut builder = match request.method {
            Method::Get => self.0.get(url),
            Method::Post => self.0.post(url).body(Vec::new()),
        };
        for (name, value) in &request.headers {
            let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
            let mut value = HeaderValue::from_str(value.expose()).ok()?;
            value.set_sensitive(true);
            builder = builder.header(name, value);
        }
        Some(builder.header("accept", "application/json").header("accept-encoding", "identity"))
    }
}

impl Wire for Web {
    fn ask(
        &self,
        request: &WireRequest,
        limits: WireLimits,
        stop: &dyn Fn() -> bool,
    ) -> Result<WireAnswer, WireFault> {
        if stop() {
            return Err(WireFault::Stopped);
        }
        if !request.address.is_of(&request.hosts) {
            return Err(WireFault::Refused);
        }
        let builder = self.build(request).ok_or(WireFault::Refused)?;
        let mut response = builder.timeout(limits.timeout).send().map_err(|why| no_answer(&why))?;
        let status = response.status().as_u16();
        let headers = looked_at(&response);
        let sound = response.status().is_success();
        let most = if sound { limits.body_bytes } else { limits.body_bytes.min(REFUSAL_BYTES) };
        if sound && response.content_length().is_some_and(|stated| stated > most) {
            return Err(WireFault::TooLarge);
        }
        let body = match read_body(&mut response, most, stop) {
            // The status of a refusal says enough; its words may be cut.
            Err((WireFault::TooLarge | WireFault::Truncated, part)) if !sound => part,
            Err((fault, _)) => return Err(fault),
            Ok(body) => body,
        };
        Ok(WireAnswer { status, headers, body })
    }
}

fn looked_at(response: &Response) -> Vec<(String, String)> {
    let wanted = |name: &str| {
        matches!(name, "retry-after" | "content-type" | "date") || name.starts_with("x-ratelimit")
    };
    let headers = response.headers().iter().filter(|(name, _)| wanted(name.as_str()));
    headers
        .filter_map(|(name, value)| {
            Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
        })
        .collect()
}

/// Reads to the end, or as far as allowed: what is beyond is never held.
fn read_body(
    response: &mut Response,
    most: u64,
    stop: &dyn Fn() -> bool,
) -> Result<Vec<u8>, (WireFault, Vec<u8>)> {
    let mut body = Vec::new();
    let mut part = vec![0u8; 64 * 1024];
    loop {
        if stop() {
            return Err((WireFault::Stopped, Vec::new()));
        }
        match response.read(&mut part) {
            Ok(0) => return Ok(body),
            Ok(count) if body.len() as u64 + count as u64 > most => {
                return Err((WireFault::TooLarge, body));
            }
            Ok(count) => body.extend_from_slice(&part[..count]),
            Err(why) => {
                let inner = why.get_ref().and_then(|inner| inner.downcast_ref::<reqwest::Error>());
                let late = why.kind() == std::io::ErrorKind::TimedOut
                    || inner.is_some_and(reqwest::Error::is_timeout);
                let fault = if late { WireFault::TimedOut } else { WireFault::Truncated };
                return Err((fault, body));
            }
        }
    }
}

/// What kept the answer away. The library's own words may hold the address, so only their kind is
/// looked at.
fn no_answer(why: &reqwest::Error) -> WireFault {
    if why.is_timeout() {
        return WireFault::TimedOut;
    }
    let mut cause: Option<&dyn Error> = why.source();
    while let Some(error) = cause {
        if error.to_string().contains("certificate") {
            return WireFault::Certificate;
        }
        cause = error.source();
    }
    if why.is_builder() { WireFault::Refused } else { WireFault::Unreachable }
}
