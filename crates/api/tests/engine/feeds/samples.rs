//! The samples of both connectors, from the first paste to lines in a book: once, and again.

use super::counter::{Counter, folder};
use super::reaper::{Clock, Drawer};
use super::server::{Bank, Reply, json as answer};
use super::{ACCESS, BRIDGE, KEY, LOGIN, QONTO, parameter, path};
use crate::ofx::list;
use api::Language;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

const PARIS: &str = "Europe/Paris";
const NEW_YORK: &str = "America/New_York";

/// What a bank answers, by name.
type Files = Vec<(&'static str, Vec<u8>)>;

fn qonto(files: Files) -> Bank {
    let of = move |name: &str| {
        let found = files.iter().find(|(known, _)| *known == name);
        found.map(|(_, bytes)| answer(bytes.clone())).unwrap_or(Reply::Plain(404, "", Vec::new()))
    };
    Bank::open(&[QONTO], move |heard| {
        let right = format!("{LOGIN}:{KEY}");
        if heard.headers.get("authorization") != Some(&right) {
            return Reply::Plain(401, "", Vec::new());
        }
        match (path(heard), parameter(heard, "status%5B%5D"), parameter(heard, "current_page")) {
            ("/v2/organization", ..) => of("organization"),
            ("/v2/transactions", Some("completed"), None) => of("page 1"),
            ("/v2/transactions", Some("completed"), Some("2")) => of("page 2"),
            ("/v2/transactions", Some("pending"), None) => of("pending"),
            _ => Reply::Plain(404, "", Vec::new()),
        }
    })
}

fn simplefin(accounts: Vec<u8>, lines: Vec<u8>) -> Bank {
    Bank::open(&[BRIDGE], move |heard| match (path(heard), parameter(heard, "balances-only")) {
        ("/simplefin/claim/ONCE", _) => {
            Reply::Plain(200, "content-type: text/plain\r\n", ACCESS.as_bytes().to_vec())
        }
        ("/simplefin/accounts", Some("1")) => answer(accounts.clone()),
        ("/simplefin/accounts", None) => answer(lines.clone()),
        _ => Reply::Plain(404, "", Vec::new()),
    })
}

fn sample(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/connectors");
    fs::read(folder.join(name)).expect("a sample")
}

fn own_qonto() -> Bank {
    qonto(vec![
        ("organization", sample("qonto/organization.json")),
        ("page 1", sample("qonto/transactions-1.json")),
        ("page 2", sample("qonto/transactions-2.json")),
        ("pending", sample("qonto/pending.json")),
    ])
}

fn own_simplefin() -> Bank {
    simplefin(sample("simplefin/accounts.json"), sample("simplefin/transactions.json"))
}

/// A new book at this moment, not linked yet.
fn opened(
    bank: &Bank,
    host: &str,
    (now, first_day, zone): (&str, &str, &str),
) -> (TempDir, Counter) {
    let folder = folder();
    let (clock, drawer) = (Clock::at(now), Drawer::default());
    let book = folder.path().join("book");
    let web = Arc::new(bank.web(&[host]));
    let counter = Counter::over(&book, (&clock, &drawer), &web, Language::En);
    counter.make_book(first_day, zone);
    (folder, counter)
}

/// Syncs what is linked, then once more at once: what is new comes with the first alone.
fn twice(counter: &Counter, new: u64) -> Value {
    let first = counter.sync();
    assert_eq!(first["stopped"], Value::Null, "{first}");
    assert_eq!(first["accounts"][0]["unfinished"], Value::Null, "{first}");
    assert_eq!(first["accounts"][0]["new"], json!(new), "{first}");
    let (seq, blobs, lines) = (counter.seq(), counter.blobs(), counter.lines());
    let second = counter.sync();
    assert_eq!(second["accounts"][0]["new"], json!(0), "{second}");
    assert_eq!((counter.seq(), counter.blobs()), (seq, blobs), "nothing is new, nothing is kept");
    assert_eq!(counter.lines(), lines);
    first
}

/// Syncs on the days after, on which nothing happens: only the newest of these reads is kept.
fn quiet_days(counter: &Counter) {
    let (seq, blobs, lines) = (counter.seq(), counter.blobs(), counter.lines());
    for _ in 0..3 {
        let day = counter.clock.now().date_naive().succ_opt().expect("a day");
        counter.clock.set(&format!("{day}T18:00:00Z"));
        let synced = counter.sync();
        assert_eq!(synced["stopped"], Value::Null, "{synced}");
    }
    assert_eq!((counter.seq(), counter.blobs()), (seq, blobs));
    assert_eq!(counter.lines(), lines);
}

/// The lines that `expected.json` gives for the first reading.
fn expected(connector: &str) -> Vec<Value> {
    let text = sample(&format!("{connector}/expected.json"));
    let value: Value = serde_json::from_slice(&text).expect("JSON");
    list(&value["readings"][0]["lines"]).to_vec()
}

/// The book's lines are those, and each leads to the record of the answer that showed it.
fn holds_exactly(counter: &Counter, expected: &[Value]) {
    let span = json!({ "from": "2026-01-01", "to": "2026-12-31" });
    let mut left = list(&counter.call("bank_lines", span)).to_vec();
    assert_eq!(left.len(), expected.len());
    for wanted in expected {
        let is_it = |line: &Value| {
            let same = |name: &str, other: &str| line[name] == wanted[other];
            same("day", "day")
                && same("amount_minor", "amount_minor")
                && same("label", "label")
                && same("party", "party_name")
                && shown(counter, line, wanted)
        };
        let at = left.iter().position(is_it).unwrap_or_else(|| panic!("{wanted} in {left:?}"));
        left.remove(at);
    }
}

fn shown(counter: &Counter, line: &Value, wanted: &Value) -> bool {
    let thread = counter.call("line", json!({ "line": line["id"] }));
    let seen = &thread["origin"]["sightings"][0];
    let record: Value = serde_json::from_str(seen["bytes"].as_str().expect("bytes"))
        .unwrap_or_else(|why| panic!("{why}: {seen}"));
    let excerpt = seen["excerpt"].as_str().expect("an excerpt");
    let id = wanted["id"].as_str().expect("an id");
    assert!(list(&seen["marks"]).iter().any(|mark| mark["kind"] == "line"), "{seen}");
    let whole = counter.reader().blob(seen["blob"].as_str().expect("a hash")).expect("the answer");
    let place = |name: &str| seen[name].as_u64().expect("a place") as usize;
    let stored = String::from_utf8_lossy(&whole[place("from")..place("to")]).into_owned();
    assert_eq!(seen["bytes"], json!(stored), "the bytes are those of the stored answer");
    record["id"] == wanted["id"] && excerpt.contains(id)
}

#[test]
fn qonto_twice() {
    let bank = own_qonto();
    let (_folder, counter) = opened(&bank, QONTO, ("2026-04-03T08:05:00Z", "2026-01-01", PARIS));
    let connection = counter.link("qonto");
    assert_eq!((counter.drawer.count(), counter.lines().len()), (1, 0));
    let synced = twice(&counter, 6);
    assert_eq!(synced["accounts"][0]["pending"], json!(1));
    let remarks = list(&synced["remarks"]);
    let elsewhere = |one: &Value| one.as_str().is_some_and(|one| one.contains("another bank"));
    assert!(remarks.iter().any(elsewhere), "{remarks:?}");
    holds_exactly(&counter, &expected("qonto"));
    quiet_days(&counter);
    let source = counter.source();
    assert_eq!((&source["id"], &source["state"]), (&json!(connection), &json!("live")));
    assert_eq!(source["heard_at"], json!("2026-04-06T18:00:00Z"));
    let account = &source["accounts"][0];
    assert_eq!((&account["state"], &account["bank_minor"]), (&json!("proved"), &json!(361_155)));
    assert_eq!(account["pending"], json!([1, -6000]));
    assert_eq!((&source["calls_today"], &source["calls_left"]), (&json!(5), &Value::Null));
}

#[test]
fn simplefin_twice() {
    let bank = own_simplefin();
    let (_folder, counter) =
        opened(&bank, BRIDGE, ("2026-03-06T14:00:00Z", "2026-01-01", NEW_YORK));
    counter.link("simplefin");
    let synced = twice(&counter, 4);
    let found = list(&synced["found"]);
    assert_eq!((found.len(), &found[0]["currency"]), (1, &Value::Null), "miles are no currency");
    holds_exactly(&counter, &expected("simplefin"));
    quiet_days(&counter);
    let source = counter.source();
    assert_eq!(source["heard_at"], json!("2026-03-09T18:00:00Z"));
    let account = &source["accounts"][0];
    assert_eq!((&account["currency"], &account["bank_minor"]), (&json!("USD"), &json!(113_080)));
    assert_eq!((&source["calls_today"], &source["calls_left"]), (&json!(2), &json!(22)));
}

fn shared() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = root.join("../shared/reference/feeds/samples");
    folder.join("qonto/organization.json").exists().then_some(folder)
}

#[test]
fn the_shared_samples_twice() {
    let Some(folder) = shared() else {
        println!("skipped: there are no shared samples beside the project");
        return;
    };
    let file = |name: &str| fs::read(folder.join(name)).expect("a sample");
    let none = br#"{"transactions":[],"meta":{"next_page":null,"total_count":0}}"#.to_vec();
    let bank = qonto(vec![
        ("organization", file("qonto/organization.json")),
        ("page 1", file("qonto/transactions.json")),
        ("pending", none),
    ]);
    // A book so young that both reads are of the same days: these balances contradict the line, and
    // a contradiction of other days would be worth a record.
    let moment = ("2021-03-04T08:00:00Z", "2021-02-25", PARIS);
    let (_folder, counter) = opened(&bank, QONTO, moment);
    counter.link("qonto");
    twice(&counter, 1);
    assert_eq!(counter.lines(), [("2021-03-03".to_owned(), -43, "Ferry-Purdy".to_owned())]);
    let source = counter.source();
    // The balances of two documentation pages do not belong together, and that is said.
    assert_ne!(source["accounts"][0]["state"], json!("proved"), "{source}");

    for version in ["accounts_v1", "accounts_v2"] {
        let accounts = file(&format!("simplefin/{version}.json"));
        let bank = simplefin(accounts.clone(), accounts);
        let (_folder, counter) =
            opened(&bank, BRIDGE, ("1995-02-20T14:00:00Z", "1995-01-01", NEW_YORK));
        counter.link("simplefin");
        twice(&counter, 1);
        let line = ("1995-02-18".to_owned(), -3_329_343, "Uncle Frank's Bait Shop".to_owned());
        assert_eq!(counter.lines(), [line], "{version}");
    }
}
