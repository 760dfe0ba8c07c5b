//! Connectors against banks on loopback: real TLS, the banks' own names, the same checks.

mod hostile;
mod server;
mod sound;

use chrono::{DateTime, Utc};
use server::{Bank, Heard, Reply};
use source::{AccountWindow, Connector, Connectors, Done, Fault, Kept, Planned, Run, Wire, fetch};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use values::{Day, Secret};

fn connector(id: &str) -> Connector {
    let found = Connectors::of(&assets::Assets::built_in());
    found.find(id).expect("it is built in").clone()
}

fn sample(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/connectors");
    fs::read(folder.join(name)).expect("a sample")
}

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

fn now() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2026-03-06T14:00:00Z").expect("a moment").to_utc()
}

fn secrets(pairs: &[(&str, &str)]) -> Kept {
    pairs.iter().map(|(id, text)| ((*id).to_owned(), Secret::new((*text).to_owned()))).collect()
}

fn go_on() -> impl Fn() -> bool {
    || false
}

/// A step with the fault it ended in.
type Failed = (Planned, Fault);

/// Drives a run to its end, each answer kept before it is taken; faults by step.
fn drive(
    run: &mut Run<'_>,
    connector: &Connector,
    secrets: &Kept,
    wire: &dyn Wire,
) -> (BTreeMap<String, Vec<u8>>, Vec<Failed>) {
    let (mut kept, mut faults) = (BTreeMap::new(), Vec::new());
    while let Some(planned) = run.next() {
        match fetch(connector, &planned, secrets, wire, now(), &go_on()) {
            Ok(body) => {
                kept.insert(planned.key.clone(), body.bytes.clone());
                if let Err(fault) = run.take(&planned, &body.bytes) {
                    faults.push((planned, fault));
                }
            }
            Err(fault) => {
                run.fail(&planned, &fault);
                faults.push((planned, fault));
            }
        }
    }
    (kept, faults)
}

fn window(reference: &str, zone: &str, first: &str, last: &str) -> AccountWindow {
    AccountWindow {
        reference: reference.to_owned(),
        zone: zone.to_owned(),
        first_day: day(first),
        last_day: day(last),
    }
}

/// The pages and the balance of the only account, which must be complete.
fn complete(run: Run<'_>) -> (Vec<Vec<u8>>, Option<Vec<u8>>) {
    match run.outcome().accounts.remove(0).done {
        Done::Complete { pages, balances, .. } => (
            pages.iter().map(|page| page.bytes.clone()).collect(),
            balances.map(|answer| answer.bytes.clone()),
        ),
        Done::Unfinished { why } => panic!("unfinished: {why:?}"),
    }
}

/// A parameter of a request's query, as sent.
fn parameter<'h>(heard: &'h Heard, name: &str) -> Option<&'h str> {
    let (_, query) = heard.target.split_once('?')?;
    query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

fn path(heard: &Heard) -> &str {
    heard.target.split('?').next().unwrap_or_default()
}

fn nothing(status: u16) -> Reply {
    Reply::Plain(status, "", Vec::new())
}

fn open_one(host: &str, teller: impl Fn(&Heard) -> Reply + Send + Sync + 'static) -> Bank {
    Bank::open(&[host], teller)
}
