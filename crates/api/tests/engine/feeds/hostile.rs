//! Banks that refuse, lie and lead astray: nothing of it changes the book, each is told in one
//! sentence of the person's language, and the next good answer is read as ever.

use super::counter::{Counter, folder};
use super::model::{ModelBank, Movement, speak};
use super::reaper::{Clock, Drawer};
use super::server::{Bank, Heard, Reply, json as answer};
use super::{QONTO, host, link_request, parameter, path};
use crate::ofx::list;
use api::Language;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tempfile::TempDir;

/// A book with one line of a bank that is linked.
struct Case {
    connector: &'static str,
    bank: ModelBank,
    counter: Counter,
    folder: TempDir,
    clock: Clock,
    drawer: Drawer,
    lines: usize,
}

/// The n-th movement of a case, booked on this day.
fn movement(day: &str, place: usize) -> Movement {
    Movement {
        account: 0,
        at: format!("{day}T{:02}:{:02}:00.000Z", place / 60, place % 60),
        day: day.to_owned(),
        amount_minor: 1_000 + place as i64,
        label: format!("Facture {place}"),
    }
}

impl Case {
    fn open(connector: &'static str, language: Language) -> Case {
        let bank = ModelBank::open(connector, 1);
        let (clock, drawer, folder) =
            (Clock::at("2026-04-02T12:00:00Z"), Drawer::default(), folder());
        let web = Arc::new(bank.bank.web(&[host(connector)]));
        let book = folder.path().join("book");
        let counter = Counter::over(&book, (&clock, &drawer), &web, language);
        counter.make_book("2026-03-25", "Europe/Paris");
        counter.link(connector);
        let mut case = Case { connector, bank, counter, folder, clock, drawer, lines: 0 };
        case.good();
        case
    }

    /// The bank books one more.
    fn book_one(&mut self) {
        let day = self.clock.now().format("%F").to_string();
        self.bank.add(movement(&day, self.lines));
        self.lines += 1;
    }

    /// The bank books some more, and they are read.
    fn good(&mut self) {
        self.bank.disenchant();
        for _ in 0..4 {
            self.book_one();
        }
        let synced = self.counter.sync();
        assert_eq!(synced["stopped"], Value::Null, "{synced}");
        assert_eq!(synced["accounts"][0]["new"], json!(4), "{synced}");
        assert_eq!(self.counter.lines(), self.bank.truth());
        assert_eq!(self.counter.source()["state"], json!("live"));
    }

    /// The bank says this: it is told with this code, and nothing changes.
    fn check(&mut self, code: &str, spell: impl Fn(&Heard) -> Option<Reply> + Send + 'static) {
        // Another day, with its calls; something is to be read, that the answer could change.
        self.clock.set(&(self.clock.now() + chrono::TimeDelta::days(1)).to_rfc3339());
        self.book_one();
        let (seq, before, heard) =
            (self.counter.seq(), self.counter.lines(), self.counter.source()["heard_at"].clone());
        self.bank.enchant(spell);
        let synced = self.counter.sync();
        let told = self.told(&synced);
        let expect = self.sentence(code);
        assert!(told.len() == 1 && expect.contains(&told[0]), "{code}: {told:?}");
        let why = self.counter.source()["why"].clone();
        assert!(why.as_str().is_none_or(|why| expect.iter().any(|one| one == why)), "{why}");
        assert_eq!((self.counter.seq(), self.counter.lines()), (seq, before), "{code}");
        assert_eq!(self.counter.source()["heard_at"], heard, "{code}: not heard whole");
        self.good_with_rest();
    }

    /// As after any fault: what was missed comes with the next good answer.
    fn good_with_rest(&mut self) {
        self.bank.disenchant();
        let synced = self.counter.sync();
        assert_eq!(synced["stopped"], Value::Null, "{synced}");
        assert_eq!(self.counter.lines(), self.bank.truth(), "{synced}");
        let source = self.counter.source();
        assert_eq!((&source["state"], &source["why"]), (&json!("live"), &Value::Null));
        assert_eq!(source["heard_at"], json!(self.clock.now().format("%FT%TZ").to_string()));
    }

    /// What a person reads, each once.
    fn told(&self, synced: &Value) -> Vec<String> {
        let stopped = &synced["stopped"];
        let mut told = Vec::new();
        if let (Some(message), Some(hint)) = (stopped["message"].as_str(), stopped["hint"].as_str())
        {
            told.push(format!("{message} {hint}"));
        }
        let accounts = list(&synced["accounts"]).iter();
        told.extend(accounts.filter_map(|one| one["unfinished"].as_str().map(str::to_owned)));
        told.dedup();
        told
    }

    /// The sentence of a code, from the file of sentences: the bank is named by its host, or by
    /// the connector where that has several.
    fn sentence(&self, code: &str) -> [String; 2] {
        let name = if self.connector == "qonto" { QONTO } else { "SimpleFIN" };
        [host(self.connector), name].map(|asked| self.sentence_of(code, asked))
    }

    fn sentence_of(&self, code: &str, asked: &str) -> String {
        let args = [("host".to_owned(), asked.to_owned())];
        let sentences = self.counter.app.sentences();
        let of = |part: &str| {
            let key = format!("source.fault.{code}.{part}");
            sentences.find(&key, &args).unwrap_or_else(|| panic!("{key}"))
        };
        let (message, hint) = (of("message"), of("hint"));
        for text in [&message, &hint] {
            assert!(text.ends_with('.') && text.contains(' ') && !text.contains('{'), "{text}");
            assert!(!text.contains(code) || !code.contains('-'), "no bare code: {text}");
        }
        format!("{message} {hint}")
    }
}

fn is_lines(heard: &Heard) -> bool {
    path(heard) == "/v2/transactions"
        || (path(heard) == "/simplefin/accounts" && parameter(heard, "account").is_some())
}

/// Where the bank says it: in the list of accounts, or beside the lines.
fn both(case: &mut Case, code: &str, reply: impl Fn() -> Reply + Clone + Send + 'static) {
    let again = reply.clone();
    case.check(code, move |heard| (!is_lines(heard)).then(&again));
    case.check(code, move |heard| is_lines(heard).then(&reply));
}

fn every_bad_answer(connector: &'static str, language: Language) {
    let mut case = Case::open(connector, language);
    both(&mut case, "rate-limit", || {
        Reply::Plain(429, "retry-after: 30\r\n", b"slow down".to_vec())
    });
    both(&mut case, "rate-limit", || Reply::Plain(429, "retry-after: 7200\r\n", Vec::new()));
    both(&mut case, "not-json", || answer("<html><body>Maintenance</body></html>"));
    both(&mut case, "truncated", || Reply::Cut(br#"{"transactions":["#.to_vec()));
    both(&mut case, "truncated", || answer(r#"{"accounts":[{"id":"#));
    both(&mut case, "retry-later", || Reply::Plain(503, "", Vec::new()));
    both(&mut case, "redirected", || {
        Reply::Plain(302, "location: https://evil.example/\r\n", Vec::new())
    });
    both(&mut case, "unknown-shape", || answer("{}"));
    if connector == "qonto" {
        both(&mut case, "access-refused", || Reply::Plain(401, "", Vec::new()));
        // A page that leads to itself, with the same line for ever.
        case.check("repeated-page", |heard| is_lines(heard).then(|| qonto_page("1250", "2")));
        // The next page by an address, which is none of the connector's.
        let away = "\"https://evil.example/v2/transactions?page=2\"";
        case.check("unknown-shape", move |heard| is_lines(heard).then(|| qonto_page("1250", away)));
    } else {
        both(&mut case, "access-refused", || Reply::Plain(401, "", Vec::new()));
        both(&mut case, "access-revoked", || Reply::Plain(403, "", Vec::new()));
    }
    case.good();
    case.counter.blobs();
}

/// A page of one line of so many cents.
fn qonto_page(cents: &str, next: &str) -> Reply {
    let line = format!(
        r#"{{"id":"odd","amount_cents":{cents},"currency":"EUR","side":"debit","status":"completed",
        "settled_at":"2026-04-02T05:00:00.000Z","label":"PARKING","settled_balance_cents":1}}"#
    );
    let meta = format!(r#"{{"next_page":{next},"total_count":9}}"#);
    answer(format!(r#"{{"transactions":[{line}],"meta":{meta}}}"#))
}

#[test]
fn an_answer_of_three_hundred_megabytes() {
    for connector in ["qonto", "simplefin"] {
        let mut case = Case::open(connector, Language::En);
        case.check("too-large", |heard| {
            is_lines(heard).then_some(Reply::Endless(300 * 1024 * 1024))
        });
    }
}

/// A bank of another name answers in the place of ours, before the first byte of a request.
#[test]
fn a_certificate_of_another_name() {
    for (connector, language) in [("qonto", Language::En), ("simplefin", Language::Fr)] {
        let mut case = Case::open(connector, language);
        let asked = Arc::new(AtomicUsize::new(0));
        let count = asked.clone();
        let other = Bank::open(&["other.example"], move |_| {
            count.fetch_add(1, Ordering::SeqCst);
            answer("{}")
        });
        let web = Arc::new(other.web(&[host(connector)]));
        let (seq, lines) = (case.counter.seq(), case.counter.lines());
        let book = case.folder.path().join("book");
        case.counter.app.close(&book);
        let counter = Counter::over(&book, (&case.clock, &case.drawer), &web, language);
        let synced = counter.sync();
        assert_eq!(case.told(&synced), case.sentence("certificate")[..1]);
        assert_eq!((counter.seq(), counter.lines()), (seq, lines));
        assert_eq!(asked.load(Ordering::SeqCst), 0, "nothing was sent");
        drop(counter);
        case.good();
    }
}

/// A setup token that leads elsewhere, and an access address that does: nothing is linked.
#[test]
fn a_claim_that_leads_elsewhere() {
    // https://evil.example/claim/ONCE
    const EVIL: &str = "aHR0cHM6Ly9ldmlsLmV4YW1wbGUvY2xhaW0vT05DRQ==";
    for language in [Language::En, Language::Fr] {
        let mut case = Case::open("simplefin", language);
        let (seq, kept) = (case.counter.seq(), case.drawer.count());
        let requests = case.bank.bank.heard().len();
        let request = json!({ "connector": "simplefin", "answers": { "setup_token": EVIL } });
        let failure = case.counter.ask("link_source", request).expect_err("it is refused");
        assert_eq!(failure.code, "host-refused");
        assert!(failure.message.ends_with('.') && failure.hint.ends_with('.'), "{failure:?}");
        assert!(!failure.message.contains("()"), "no empty brackets: {}", failure.message);
        assert_eq!(case.bank.bank.heard().len(), requests, "nothing was asked");
        case.bank.enchant(|heard| {
            let away = b"https://u:p@evil.example/simplefin".to_vec();
            (heard.method == "POST").then(|| Reply::Plain(200, "", away.clone()))
        });
        let failure = case.counter.ask("link_source", link_request("simplefin"));
        assert_eq!(failure.expect_err("it is refused").code, "host-refused");
        case.bank
            .enchant(|heard| (heard.method == "POST").then(|| Reply::Plain(403, "", Vec::new())));
        let failure = case.counter.ask("link_source", link_request("simplefin"));
        assert_eq!(failure.expect_err("it is refused").code, "token-spent");
        assert_eq!((case.counter.seq(), case.drawer.count()), (seq, kept));
        case.good();
    }
}

/// A line that cannot be read exactly is left out with a remark, and no read that lacks it proves
/// anything; the next good answer brings it. `odd` turns an answer's text into the bad one.
fn one_bad_line(connector: &'static str, (from, to): (&'static str, &'static str), remark: &str) {
    let mut case = Case::open(connector, Language::En);
    let proof = |case: &Case| case.counter.call("proofs", json!({}))[0].clone();
    let before = proof(&case);
    let known = case.counter.lines();
    let mut movements: Vec<Movement> =
        (0..case.lines + 2).map(|place| movement("2026-04-02", place)).collect();
    movements[case.lines + 1].amount_minor = 7_777;
    for one in &movements[case.lines..] {
        case.bank.add(one.clone());
    }
    let all = from.contains("USD");
    case.bank.enchant(move |heard| {
        let Reply::Plain(status, headers, body) = speak(connector, &movements, 1, heard) else {
            return None;
        };
        let text = String::from_utf8(body).expect("text");
        let text = if is_lines(heard) { text.replace(from, to) } else { text };
        Some(Reply::Plain(status, headers, text.into_bytes()))
    });
    let synced = case.counter.sync();
    let remarks = list(&synced["remarks"]);
    let says = |one: &Value| one.as_str().is_some_and(|one| one.contains(remark));
    assert!(remarks.iter().any(says), "{remarks:?}");
    let mut expect = case.bank.truth();
    expect.retain(|line| if all { known.contains(line) } else { line.1 != 7_777 });
    assert_eq!(case.counter.lines(), expect, "the others are taken, or none");
    let after = proof(&case);
    // What is missing shows in the bank's balance: red, or not proved, and never green.
    assert_ne!(after["state"], json!("proved"), "{after}");
    assert!(after["proved_to"].is_null() || after["proved_to"] == before["proved_to"], "{after}");
    case.clock.set("2026-04-02T13:00:00Z");
    case.good_with_rest();
    if connector == "qonto" {
        assert_eq!(proof(&case)["state"], json!("proved"), "green again");
    }
}

#[test]
fn an_amount_with_three_decimals() {
    let cents = ("\"amount_cents\":7777", "\"amount_cents\":7777.5");
    one_bad_line("qonto", cents, "more decimals than the currency EUR");
    let major = ("\"amount\":\"77.77\"", "\"amount\":\"77.775\"");
    one_bad_line("simplefin", major, "more decimals than the currency USD");
}

#[test]
fn a_currency_that_is_none() {
    let line = ("7777,\"currency\":\"EUR\"", "7777,\"currency\":\"EURO\"");
    one_bad_line("qonto", line, "is not a currency");
    let account = ("\"currency\":\"USD\"", "\"currency\":\"https://miles.example/points\"");
    one_bad_line("simplefin", account, "is not a currency");
}

#[test]
fn qonto_lies_in_english() {
    every_bad_answer("qonto", Language::En);
}

#[test]
fn qonto_lies_in_french() {
    every_bad_answer("qonto", Language::Fr);
}

#[test]
fn simplefin_lies_in_english() {
    every_bad_answer("simplefin", Language::En);
}

#[test]
fn simplefin_lies_in_french() {
    every_bad_answer("simplefin", Language::Fr);
}
