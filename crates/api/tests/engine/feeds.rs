//! Banks linked live, by the calls of the application, against banks on loopback: real TLS under
//! the banks' own host names.

mod counter;
mod hostile;
mod killed;
mod model;
mod reaper;
mod restless;
mod samples;
#[path = "../../../source/tests/loopback/server.rs"]
#[allow(dead_code, reason = "the connectors' own tests need more of a bank than these")]
mod server;
mod spent;
mod told;

use serde_json::{Value, json};
use server::Heard;

const QONTO: &str = "thirdparty.qonto.com";
const BRIDGE: &str = "bridge.simplefin.org";

/// Planted: these must be found nowhere.
const LOGIN: &str = "atelier-1234";
const KEY: &str = "pl4nted-s3cret-key";
const USER: &str = "pl4nted-user";
const PASSWORD: &str = "pl4nted-pass-w0rd";
const ACCESS: &str = "https://pl4nted-user:pl4nted-pass-w0rd@bridge.simplefin.org/simplefin";
/// `https://bridge.simplefin.org/simplefin/claim/ONCE`
const SETUP: &str = "aHR0cHM6Ly9icmlkZ2Uuc2ltcGxlZmluLm9yZy9zaW1wbGVmaW4vY2xhaW0vT05DRQ==";

/// What a person gives to link a bank by this connector.
fn link_request(connector: &str) -> Value {
    match connector {
        "qonto" => {
            let answers = json!({ "login": LOGIN, "secret_key": KEY });
            json!({ "connector": connector, "answers": answers })
        }
        _ => json!({ "connector": connector, "answers": { "setup_token": SETUP } }),
    }
}

/// The bank's host.
fn host(connector: &str) -> &'static str {
    if connector == "qonto" { QONTO } else { BRIDGE }
}

/// A parameter of a request's query, as sent.
fn parameter<'h>(heard: &'h Heard, name: &str) -> Option<&'h str> {
    let (_, query) = heard.target.split_once('?')?;
    query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

fn path(heard: &Heard) -> &str {
    heard.target.split('?').next().unwrap_or_default()
}
