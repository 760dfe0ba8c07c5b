//! A bank linked live: many new lines by pages beside the same lines from a file, and a sync that
//! brings nothing, on a large book. The bank is in this process and its answers were written
//! before, so that what is measured is the engine alone: no network, no TLS.

use super::Row;
use super::lines::{MANY, Movement, movements, ofx};
use super::meter::{ms, percentile, thread_ns};
use super::office::{Drawer, Office};
use serde_json::{Value, json};
use source::{Wire, WireAnswer, WireFault, WireLimits, WireRequest};
use std::collections::BTreeMap;
use std::path::Path;

/// New lines, and how many of them the bank puts on a page.
const NEW: usize = 10_000;
const PAGE: usize = 100;
/// What pages may cost, in hundredths of the file.
const MOST: u64 = 150;
/// How many times each is measured, on books of their own.
const RUNS: usize = 5;
/// Syncs that bring nothing, and what each may cost, in microseconds.
const QUIET: usize = 25;
const QUIET_US: u64 = 20_000;
/// The book of the quiet sync has so many times the lines that the bench was asked for.
const LARGER: usize = 10;
/// Lines the bank shows again at each quiet sync: what a small business has in ten days.
const SHOWN: usize = 30;
const IBAN: &str = "FR7630004008120001020304178";

/// Measures both, each on books of its own.
pub(super) fn measure(folder: &Path, lines: usize) -> Result<Vec<Row>, String> {
    let folder = folder.join("feeding");
    std::fs::create_dir(&folder).map_err(|why| format!("making a folder: {why}"))?;
    Ok(vec![by_pages(&folder)?, quiet(&folder, lines * LARGER)?])
}

/// Lines by pages to the same lines from a file.
fn by_pages(folder: &Path) -> Result<Row, String> {
    let file = folder.join("new.ofx");
    std::fs::write(&file, ofx(NEW, MANY)).map_err(|why| format!("writing lines: {why}"))?;
    let (mut paged, mut filed) = (Vec::new(), Vec::new());
    for run in 0..RUNS {
        let bank = Bank::new(movements(NEW, MANY), "2025");
        let office = over(&folder.join(format!("paged-{run}.comptoir")), bank)?;
        link(&office, None)?;
        let synced = timed(&office, "sync", json!({}), &mut paged)?;
        told(&synced["connections"][0]["accounts"][0]["new"], NEW)?;
        let bank = Bank::new(movements(0, MANY), "2025");
        let office = over(&folder.join(format!("filed-{run}.comptoir")), bank)?;
        let read = timed(&office, "import", json!({ "files": [file] }), &mut filed)?;
        told(&read[0]["statements"][0]["new"], NEW)?;
    }
    let (paged, filed) = (percentile(&mut paged, 50), percentile(&mut filed, 50));
    let ratio = paged * 100 / filed.max(1);
    let got = format!("{}.{:02} x, {} cpu", ratio / 100, ratio % 100, ms(paged));
    let what = format!("{NEW} new lines by pages to the same from a file");
    Ok(Row::new(&what, got, "1.5 x", ratio <= MOST))
}

/// A sync that brings nothing, on an account of many lines.
fn quiet(folder: &Path, lines: usize) -> Result<Row, String> {
    let file = folder.join("old.ofx");
    std::fs::write(&file, ofx(lines, MANY)).map_err(|why| format!("writing lines: {why}"))?;
    // They go on from where the file ended.
    let before_minor = movements(lines, MANY).last().map_or(0, |last| last.after_minor);
    let late = |one: Movement| Movement {
        month: 2,
        day: 19 + one.place / 3,
        after_minor: before_minor + one.after_minor,
        ..one
    };
    let bank = Bank::new(movements(SHOWN, MANY).map(late), "2026");
    let office = over(&folder.join("quiet.comptoir"), bank)?;
    let read = office.call("import", json!({ "files": [file] }))?;
    let account = read[0]["statements"][0]["account"].clone();
    link(&office, Some(account))?;
    let first = office.call("sync", json!({}))?;
    told(&first["connections"][0]["accounts"][0]["new"], SHOWN)?;
    let records = office.call("book", json!({}))?["records"].clone();
    let mut took = Vec::new();
    for _ in 0..QUIET {
        let synced = timed(&office, "sync", json!({}), &mut took)?;
        told(&synced["connections"][0]["accounts"][0]["new"], 0)?;
    }
    let after = office.call("book", json!({}))?["records"].clone();
    let half = percentile(&mut took, 50);
    let kept = if after == records { "no record" } else { "**records**" };
    let what = format!("a sync that brings nothing, on {lines} lines");
    let met = half <= QUIET_US && after == records;
    Ok(Row::new(&what, format!("{} cpu, {kept}", ms(half)), "20 ms of cpu, no record", met))
}

/// Calls, and notes the microseconds of processor time it took.
fn timed(office: &Office, call: &str, params: Value, took: &mut Vec<u64>) -> Result<Value, String> {
    let before = thread_ns();
    let answer = office.call(call, params)?;
    took.push((thread_ns() - before) / 1_000);
    Ok(answer)
}

fn told(count: &Value, wanted: usize) -> Result<(), String> {
    match count.as_u64() == Some(wanted as u64) {
        true => Ok(()),
        false => Err(format!("{count} lines came, not {wanted}")),
    }
}

/// A business in the spring after the year of the lines.
fn over(path: &Path, bank: Bank) -> Result<Office, String> {
    let office = Office::new(path, "2026-03-01T08:00:00Z", Drawer::default(), bank)?;
    let business = json!({ "country": "fr", "name": "Bench", "first_day": "2025-01-01" });
    office.call("create_book", business)?;
    Ok(office)
}

/// Links the bank and takes its account in, as a new one or as one that files fed.
fn link(office: &Office, account: Option<Value>) -> Result<(), String> {
    let answers = json!({ "login": "bench", "secret_key": "of-the-bench" });
    office.call("link_source", json!({ "connector": "qonto", "answers": answers }))?;
    let synced = office.call("sync", json!({}))?;
    let found = &synced["connections"][0]["found"][0];
    let mut taken = json!({
        "names": found["names"],
        "label": found["label"],
        "currency": found["currency"],
    });
    if let Some(account) = account {
        taken["account"] = account;
    }
    office.call("take_account", taken).map(drop)
}

/// A bank that speaks like Qonto, with one account.
struct Bank {
    list: Vec<u8>,
    pages: BTreeMap<String, Vec<u8>>,
}

impl Bank {
    /// With these movements, on their days in a year.
    fn new(movements: impl Iterator<Item = Movement>, year: &str) -> Bank {
        let movements: Vec<Movement> = movements.collect();
        let balance = movements.last().map_or(0, |last| last.after_minor);
        let account = json!({
            "id": "account-1",
            "name": "Compte principal",
            "iban": IBAN,
            "currency": "EUR",
            "balance_cents": balance,
            "authorized_balance_cents": balance,
            "is_external_account": false,
        });
        let list = json!({ "organization": { "bank_accounts": [account] } });
        let count = movements.len();
        let last = count.div_ceil(PAGE).max(1);
        let mut pages = BTreeMap::new();
        for number in 1..=last {
            let shown = movements.iter().skip((number - 1) * PAGE).take(PAGE);
            let shown: Vec<Value> = shown.map(|one| line(one, year)).collect();
            let next = (number < last).then_some(number + 1);
            let meta = json!({ "next_page": next, "total_count": count });
            let page = json!({ "transactions": shown, "meta": meta });
            pages.insert(number.to_string(), page.to_string().into_bytes());
        }
        Bank { list: list.to_string().into_bytes(), pages }
    }
}

fn line(one: &Movement, year: &str) -> Value {
    let settled = format!("{year}-{:02}-{:02}T09:00:00.000Z", one.month, one.day);
    json!({
        "id": format!("0198c0de-0000-7000-8000-{:012}", one.place),
        "amount_cents": one.amount_minor.abs(),
        "currency": "EUR",
        "side": if one.amount_minor < 0 { "debit" } else { "credit" },
        "settled_balance_cents": one.after_minor,
        "settled_at": settled,
        "emitted_at": settled,
        "status": "completed",
        "label": one.label,
        "reference": one.reference,
        "operation_type": "transfer",
    })
}

const NONE: &str = r#"{"transactions":[],"meta":{"next_page":null,"total_count":0}}"#;

impl Wire for Bank {
    fn ask(
        &self,
        request: &WireRequest,
        _: WireLimits,
        _: &dyn Fn() -> bool,
    ) -> Result<WireAnswer, WireFault> {
        let target = request.address.target();
        let body = if target.starts_with("/v2/organization") {
            self.list.clone()
        } else if target.contains("=pending") {
            NONE.as_bytes().to_vec()
        } else {
            let asked = target.split_once("current_page=").map_or("1", |(_, rest)| rest);
            let page = asked.split('&').next().unwrap_or("1");
            self.pages.get(page).cloned().ok_or(WireFault::Unreachable)?
        };
        let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        Ok(WireAnswer { status: 200, headers, body })
    }
}
