//! The keys of both connectors are planted, and looked for in every byte that is kept or said.

use super::counter::{Counter, folder};
use super::model::{ModelBank, Movement};
use super::reaper::{Clock, Drawer};
use super::server::{Reply, json as answer};
use super::{ACCESS, KEY, LOGIN, PASSWORD, SETUP, USER, host, link_request, parameter};
use api::Language;
use serde_json::json;
use std::sync::Arc;

/// `pl4nted-user:pl4nted-pass-w0rd`, as the header shows it.
const PAIR: &str = "cGw0bnRlZC11c2VyOnBsNG50ZWQtcGFzcy13MHJk";

/// None of them is there; `where_from` is said where one is.
fn without(bytes: &[u8], where_from: &str) {
    for secret in [KEY, USER, PASSWORD, PAIR, SETUP, ACCESS] {
        let found = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
        assert!(!found, "{secret} in {where_from}");
    }
}

fn nothing_told(counter: &Counter) {
    let told = counter.told();
    let at = [KEY, USER, PASSWORD, PAIR].iter().find_map(|secret| told.find(secret));
    let near = at.map(|at| &told[at.saturating_sub(200)..(at + 50).min(told.len())]);
    assert_eq!(near, None);
    without(told.as_bytes(), "what was said");
    let files = counter.bytes();
    assert!(files.iter().any(|(name, _)| name.ends_with("-wal")), "the log is looked at too");
    for (name, bytes) in files {
        without(&bytes, &name);
    }
}

fn check(connector: &'static str) {
    let bank = ModelBank::open(connector, 1);
    let (clock, drawer, folder) = (Clock::at("2026-04-02T08:00:00Z"), Drawer::default(), folder());
    let web = Arc::new(bank.bank.web(&[host(connector)]));
    let book = folder.path().join("book");
    let counter = Counter::over(&book, (&clock, &drawer), &web, Language::En);
    counter.make_book("2026-03-25", "Europe/Paris");
    // A wrong key, and a bank that gives back what it was sent.
    let echo = format!("{{\"errors\":[\"{KEY} {ACCESS} {PAIR} {LOGIN}\"]}}");
    let refusal = echo.clone();
    bank.enchant(move |_| Some(Reply::Plain(401, "", refusal.clone().into_bytes())));
    counter.ask("link_source", link_request(connector)).expect_err("it is refused");
    bank.disenchant();
    counter.link(connector);
    assert_eq!(drawer.count(), 1);
    bank.add(Movement {
        account: 0,
        at: "2026-04-02T05:00:00.000Z".to_owned(),
        day: "2026-04-02".to_owned(),
        amount_minor: 4_200,
        label: "Facture".to_owned(),
    });
    counter.sync();
    nothing_told(&counter);
    for status in [200, 401, 403, 500] {
        for lines_only in [false, true] {
            let body = echo.clone();
            bank.enchant(move |heard| {
                let is_lines =
                    heard.target.contains("transactions") || parameter(heard, "account").is_some();
                let reply = match status {
                    200 => answer(body.clone()),
                    status => Reply::Plain(status, "", body.clone().into_bytes()),
                };
                (is_lines || !lines_only).then_some(reply)
            });
            let synced = counter.sync();
            assert!(!synced["stopped"].is_null() || lines_only, "{synced}");
        }
    }
    bank.disenchant();
    counter.sync();
    for call in ["sources", "proofs", "home", "verify", "inbox"] {
        counter.call(call, json!({}));
    }
    for record in crate::ofx::list(&counter.call("history", json!({}))) {
        counter.call("record", json!({ "seq": record["seq"] }));
    }
    nothing_told(&counter);
    assert_eq!(counter.lines(), bank.truth());
    let connection = counter.source()["id"].clone();
    counter.call("unlink_source", json!({ "connection": connection }));
    assert_eq!(drawer.count(), 0, "the keychain keeps nothing either");
    nothing_told(&counter);
    counter.blobs();
    for (name, bytes) in counter.bytes() {
        without(&bytes, &name);
    }
}

#[test]
fn the_key_of_qonto_is_found_nowhere() {
    check("qonto");
}

#[test]
fn the_address_of_simplefin_is_found_nowhere() {
    check("simplefin");
}
