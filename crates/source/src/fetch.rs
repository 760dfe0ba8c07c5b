//! One request made: the right shown, the answer brought, its status understood.

use crate::address::Address;
use crate::connector::{Auth, Connector};
use crate::errors::of_status;
use crate::meaning::{Fault, Meaning};
use crate::run::Asked;
use crate::run::Planned;
use crate::wire::{Method, Wire, WireAnswer, WireLimits, WireRequest};
use crate::words::without_secrets;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use std::time::Duration;
use values::Secret;

/// Secrets by the names of the connector file; what the keychain keeps of a connection.
pub type Kept = BTreeMap<String, Secret>;

/// A good answer, to be kept before anybody reads it.
#[derive(Clone, PartialEq, Eq)]
pub struct Body {
    /// The bytes as they came.
    pub bytes: Vec<u8>,
    /// Seconds that the provider's clock is ahead of ours, where it told the time: beyond a minute
    /// it is worth a word.
    pub ahead_s: Option<i64>,
    /// Calls left, where the provider counts them aloud (`x-ratelimit-remaining`).
    pub calls_left: Option<u32>,
}

/// Makes the request of a step, once. What to do after a fault tells [`crate::again`].
pub fn fetch(
    connector: &Connector,
    planned: &Planned,
    secrets: &Kept,
    wire: &dyn Wire,
    now: DateTime<Utc>,
    stop: &dyn Fn() -> bool,
) -> Result<Body, Fault> {
    let request = request(connector, planned, secrets).map_err(|why| planned.fault(why))?;
    let host = request.address.host().to_owned();
    let fault = |meaning| Fault { host: host.clone(), ..planned.fault(meaning) };
    let limits = limits(connector);
    let answer = wire.ask(&request, limits, stop).map_err(|why| fault(why.meaning()))?;
    let sensitive = sensitive(connector, secrets);
    if !(200..300).contains(&answer.status) {
        return Err(refused(connector, &answer, &sensitive, now, &fault));
    }
    if sensitive.iter().any(|secret| holds(&answer.body, secret)) {
        return Err(fault(Meaning::SecretTold));
    }
    Ok(body(answer, now))
}

/// What must not be seen: everything kept but a plain login, and the parts of an address.
pub(crate) fn sensitive(connector: &Connector, secrets: &Kept) -> Vec<Secret> {
    let plain = |id: &String| connector.asks.iter().any(|ask| ask.id == *id && !ask.secret);
    let mut found: Vec<Secret> =
        (secrets.iter()).filter(|(id, _)| !plain(id)).map(|(_, secret)| secret.clone()).collect();
    let mut parts = Vec::new();
    for secret in &found {
        if let Some((_, user, password)) = Address::with_user(secret.expose(), &connector.hosts) {
            parts.extend([user, password]);
        }
        // As it stands in the address, escapes and all.
        let written = secret.expose().split_once("://").and_then(|(_, rest)| rest.split_once('@'));
        let pair = written.and_then(|(pair, _)| pair.split_once(':'));
        parts.extend(pair.into_iter().flat_map(|(user, password)| {
            [Secret::new(user.to_owned()), Secret::new(password.to_owned())]
        }));
    }
    found.extend(parts);
    found
}

/// Whether a body holds a secret; a short one may well be an ordinary word.
fn holds(body: &[u8], secret: &Secret) -> bool {
    const SHORTEST: usize = 8;
    let secret = secret.expose().as_bytes();
    secret.len() >= SHORTEST && memchr::memmem::find(body, secret).is_some()
}

fn body(answer: WireAnswer, now: DateTime<Utc>) -> Body {
    let said = answer.header("date").and_then(|date| DateTime::parse_from_rfc2822(date).ok());
    let calls_left = answer.header("x-ratelimit-remaining").and_then(|left| left.parse().ok());
    let ahead_s = said.map(|said| (said.to_utc() - now).num_seconds());
    Body { bytes: answer.body, ahead_s, calls_left }
}

/// The fault of an answer with a bad status.
pub(crate) fn refused(
    connector: &Connector,
    answer: &WireAnswer,
    secrets: &[Secret],
    now: DateTime<Utc>,
    fault: &dyn Fn(Meaning) -> Fault,
) -> Fault {
    let told = of_status(connector, answer.status, &answer.body);
    Fault {
        status: Some(answer.status),
        retry_after_s: answer.header("retry-after").and_then(|text| wait(text, now)),
        words: told.words.map(|words| without_secrets(words, secrets)),
        ..fault(told.meaning)
    }
}

/// `Retry-After`: seconds, or the moment from which one may ask again (RFC 9110 section 10.2.3).
fn wait(text: &str, now: DateTime<Utc>) -> Option<u64> {
    if let Ok(seconds) = text.trim().parse() {
        return Some(seconds);
    }
    let until = DateTime::parse_from_rfc2822(text.trim()).ok()?.to_utc();
    Some(u64::try_from((until - now).num_seconds()).unwrap_or(0))
}

pub(crate) fn limits(connector: &Connector) -> WireLimits {
    WireLimits {
        body_bytes: connector.limits.body_bytes,
        timeout: Duration::from_secs(connector.limits.timeout_s),
    }
}

fn request(
    connector: &Connector,
    planned: &Planned,
    secrets: &Kept,
) -> Result<WireRequest, Meaning> {
    let (base, header) = right(connector, secrets)?;
    let address = match &planned.ask {
        Asked::Path { path, query } => base.below(path, query),
        // Looked at when the page was taken, and again here.
        Asked::Link(link) => Address::parse(link, &connector.hosts).ok_or(Meaning::HostRefused)?,
    };
    let hosts = connector.hosts.clone();
    Ok(WireRequest { method: Method::Get, address, hosts, headers: vec![header] })
}

/// Where the connection's calls begin, and the header that shows the right to them.
pub(crate) fn right(
    connector: &Connector,
    secrets: &Kept,
) -> Result<(Address, (String, Secret)), Meaning> {
    let text_of = |name: &str| secrets.get(name).map(|secret| secret.expose().to_owned());
    match &connector.auth {
        Auth::UrlBasic { url } => {
            let url = Secret::new(url.fill(&text_of).ok_or(Meaning::SecretMissing)?);
            let found = Address::with_user(url.expose(), &connector.hosts);
            let (address, user, password) = found.ok_or(Meaning::HostRefused)?;
            let pair = Secret::new(format!("{}:{}", user.expose(), password.expose()));
            let value = Secret::new(format!("Basic {}", STANDARD.encode(pair.expose())));
            Ok((address, ("authorization".to_owned(), value)))
        }
        Auth::Header { url, header, value } => {
            let address = Address::parse(url, &connector.hosts).ok_or(Meaning::HostRefused)?;
            let value = value.fill(&text_of).ok_or(Meaning::SecretMissing)?;
            Ok((address, (header.to_lowercase(), Secret::new(value))))
        }
    }
}
