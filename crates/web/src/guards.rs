//! Who may ask. A request passes only if it is for this server by its own name, comes from no
//! foreign page, and holds the token of this run wherever it can see or do something.
//!
//! Any page in the same browser can send requests to the loopback: names that point here (DNS
//! rebinding) are stopped by the host, foreign pages by origin and site, other programs of this
//! machine by the token.

use crate::error::WebError;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderName, ORIGIN};
use axum::http::{HeaderMap, Method, Uri};
use std::hint::black_box;

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Addresses whose body is JSON. A form of a foreign page can send everything but that.
const JSON: &[&str] = &["/call", "/cancel"];

/// Addresses that a browser itself opens, without headers of ours: the token stands in the query.
const BY_QUERY: &[&str] = &["/events", "/saved"];

/// What a request must show.
pub(crate) struct Guard {
    /// The names of this server, `127.0.0.1:PORT` first.
    hosts: [String; 2],
    token: String,
}

impl Guard {
    /// A guard of the server at a port, and of one run by its token.
    pub(crate) fn new(port: u16, token: String) -> Guard {
        let hosts = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
        Guard { hosts, token }
    }

    /// Refuses what may not ask.
    pub(crate) fn check(
        &self,
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
    ) -> Result<(), WebError> {
        let host = self.host(uri, headers)?;
        if let Some(origin) = only(headers, &ORIGIN).map_err(|()| WebError::ForeignOrigin)?
            && origin.strip_prefix("http://") != Some(host)
        {
            return Err(WebError::ForeignOrigin);
        }
        let site = only(headers, &FETCH_SITE).map_err(|()| WebError::ForeignSite)?;
        if !matches!(site, None | Some("same-origin" | "none")) {
            return Err(WebError::ForeignSite);
        }
        let asks = *method != Method::GET && *method != Method::HEAD;
        if asks && !self.holds(bearer(headers)) {
            return Err(WebError::NoToken);
        }
        if BY_QUERY.contains(&uri.path()) && !self.holds(queried(uri, "token")) {
            return Err(WebError::NoToken);
        }
        if asks && JSON.contains(&uri.path()) && !is_json(headers) {
            return Err(WebError::NotJson);
        }
        Ok(())
    }

    /// The name by which the server was asked, if it is one of its own.
    fn host<'a>(&self, uri: &Uri, headers: &'a HeaderMap) -> Result<&'a str, WebError> {
        // A request line with a whole address would speak for another host than its header.
        if uri.authority().is_some() {
            return Err(WebError::ForeignHost);
        }
        match only(headers, &HOST) {
            Ok(Some(host)) if self.hosts.iter().any(|own| own == host) => Ok(host),
            _ => Err(WebError::ForeignHost),
        }
    }

    fn holds(&self, token: Option<&str>) -> bool {
        token.is_some_and(|token| same(token.as_bytes(), self.token.as_bytes()))
    }
}

/// A header that stands at most once; twice, or not in ASCII, is an error.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, ()> {
    let mut found = headers.get_all(name).iter();
    let first = found.next();
    if found.next().is_some() {
        return Err(());
    }
    first.map(|value| value.to_str()).transpose().map_err(|_| ())
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    only(headers, &AUTHORIZATION).ok()??.strip_prefix("Bearer ")
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = only(headers, &CONTENT_TYPE).ok().flatten().unwrap_or("");
    let kind = kind.split(';').next().unwrap_or("").trim();
    kind.eq_ignore_ascii_case("application/json")
}

/// A word of the query that needs no decoding.
pub(crate) fn queried<'a>(uri: &'a Uri, name: &str) -> Option<&'a str> {
    let parts = uri.query()?.split('&');
    parts.filter_map(|part| part.split_once('=')).find(|part| part.0 == name).map(|part| part.1)
}

/// Whether two texts are equal, in a time that does not tell how far they are.
fn same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let pairs = one.iter().zip(other);
    black_box(pairs.fold(0, |unlike, (a, b)| black_box(unlike | (a ^ b)))) == 0
}

#[cfg(test)]
mod tests;
