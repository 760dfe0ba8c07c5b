//! Banks that refuse, stall, lie and lead astray.

use crate::server::{Reply, json};
use crate::*;
use source::{Again, Meaning, Web, again, connect};
use std::sync::atomic::{AtomicUsize, Ordering};

const HOST: &str = "bridge.simplefin.org";
/// Planted wherever a bank could give it back.
const PASSWORD: &str = "pl4nted-pass-w0rd";
const ACCESS: &str = "https://someuser:pl4nted-pass-w0rd@bridge.simplefin.org/simplefin";
const IBAN: &str = "FR7630006000011234567890189";

fn kept() -> Kept {
    secrets(&[("access_url", ACCESS)])
}

fn quick() -> Connector {
    let mut connector = connector("simplefin");
    connector.limits.timeout_s = 1;
    connector
}

/// No secret, account number or query is in what may be shown or logged.
fn nothing_told(fault: &Fault) {
    let told = format!("{fault} {fault:?}");
    for secret in [PASSWORD, "someuser", IBAN, "FR76 3000", "bGNlOg", "start-date", "CON-0001"] {
        assert!(!told.contains(secret), "{told}");
    }
}

fn one_run(connector: &Connector, web: &Web) -> Option<Fault> {
    let wanted = [window("CON-0001/100", "America/New_York", "2026-03-01", "2026-03-06")];
    let mut run = Run::new(connector, &wanted, false).expect("it begins");
    let (_, mut faults) = drive(&mut run, connector, &kept(), web);
    assert!(faults.len() <= 1);
    let done = run.outcome().accounts.remove(0).done;
    let fault = faults.pop().map(|(_, fault)| fault);
    if let Some(fault) = &fault {
        nothing_told(fault);
        assert!(matches!(done, Done::Unfinished { .. }), "{fault:?}");
    }
    fault
}

fn check(reply: impl Fn() -> Reply + Send + Sync + 'static, expect: Meaning) -> Fault {
    let bank = open_one(HOST, move |_| reply());
    let fault = one_run(&quick(), &bank.web(&[HOST])).expect("it is a fault");
    assert_eq!(fault.meaning, expect, "{fault:?}");
    assert!(bank.heard().len() <= 1, "nothing is asked twice");
    fault
}

#[test]
fn refusals_have_one_meaning_each() {
    let words = format!(r#"{{"errlist":[{{"code":"gen.","msg":"{PASSWORD} for {IBAN}"}}]}}"#);
    let body = move || words.clone().into_bytes();
    let busy = body.clone();
    assert_eq!(check(|| nothing(401), Meaning::AccessRefused).status, Some(401));
    check(|| nothing(402), Meaning::PaymentRequired);
    check(|| nothing(403), Meaning::AccessRevoked);
    check(|| nothing(400), Meaning::Bug);
    let fault = check(move || Reply::Plain(503, "", busy()), Meaning::RetryLater);
    assert_eq!(fault.words.as_deref(), Some("… for …"));
    let limited = || Reply::Plain(429, "retry-after: 30\r\n", b"slow down".to_vec());
    let fault = check(limited, Meaning::RateLimit);
    assert_eq!((fault.retry_after_s, again(&fault, 1)), (Some(30), Again::After(30)));
    let dated = || Reply::Plain(429, "retry-after: Fri, 06 Mar 2026 15:00:00 GMT\r\n", Vec::new());
    let fault = check(dated, Meaning::RateLimit);
    assert_eq!((fault.retry_after_s, again(&fault, 1)), (Some(3600), Again::NextSlot));
    let page = || Reply::Plain(502, "content-type: text/html\r\n", b"<html>".repeat(50_000));
    check(page, Meaning::RetryLater);
}

#[test]
fn a_redirect_is_not_followed() {
    let leads = || Reply::Plain(302, "location: https://evil.example/x\r\n", Vec::new());
    assert_eq!(check(leads, Meaning::Redirected).status, Some(302));
    let home = || Reply::Plain(307, "location: /simplefin/accounts\r\n", Vec::new());
    check(home, Meaning::Redirected);
}

#[test]
fn bodies_that_cannot_be_read() {
    check(|| json("<html><body>Maintenance</body></html>"), Meaning::NotJson);
    check(|| json(r#"{"errlist":[],"accounts":["#), Meaning::Truncated);
    check(|| Reply::Cut(br#"{"errlist":[],"accounts":["#.to_vec()), Meaning::Truncated);
    check(|| json(vec![b'['; 100_000]), Meaning::TooDeep);
    check(|| json(r#"{"errlist":[],"accounts":[]}"#), Meaning::AccountGone);
    check(|| json("{}"), Meaning::UnknownShape);
    check(|| json(vec![0xFF, 0xFE, 0x00]), Meaning::NotJson);
}

#[test]
fn an_endless_body_is_left_at_the_limit() {
    let bank = open_one(HOST, |_| Reply::Endless(300 * 1024 * 1024));
    let mut connector = connector("simplefin");
    connector.limits.body_bytes = 4 * 1024 * 1024;
    let fault = one_run(&connector, &bank.web(&[HOST])).expect("it is a fault");
    assert_eq!(fault.meaning, Meaning::TooLarge);
    assert!(matches!(again(&fault, 1), Again::Stop { reconnect: false }));
    // A length stated beyond the limit is not even begun.
    let large = || Reply::Plain(200, "", vec![b' '; 5 * 1024 * 1024]);
    let bank = open_one(HOST, move |_| large());
    let fault = one_run(&connector, &bank.web(&[HOST])).expect("it is a fault");
    assert_eq!(fault.meaning, Meaning::TooLarge);
}

#[test]
fn silence_and_dripping_end_in_time() {
    check(|| Reply::Silent, Meaning::TimedOut);
    check(|| Reply::Drip, Meaning::TimedOut);
}

#[test]
fn errors_inside_a_good_answer() {
    let fault =
        check(|| json(sample("simplefin/error-connection.json")), Meaning::ReconnectOutside);
    assert_eq!(fault.words.as_deref(), Some("Sign in to Harbor Credit Union again"));
    assert_eq!(again(&fault, 1), Again::Stop { reconnect: true });
    let fault = check(|| json(sample("simplefin/error-range.json")), Meaning::Incomplete);
    assert_eq!(again(&fault, 1), Again::NextSlot);
    // An error of another connection's account is not ours.
    let text = String::from_utf8(sample("simplefin/error-connection.json")).expect("text");
    let text = text.replacen("\"conn_id\": \"CON-0001\"", "\"conn_id\": \"CON-0009\"", 1);
    let bank = open_one(HOST, move |_| json(text.clone()));
    assert_eq!(one_run(&quick(), &bank.web(&[HOST])), None);
    // Nor is one of another account of the same connection; ours is.
    for (account, expect) in [("200", None), ("100", Some(Meaning::RetryLater))] {
        let error = format!(
            r#"{{"code":"act.failed","msg":"Busy","conn_id":"CON-0001","account_id":"{account}"}}"#
        );
        let ours = r#"{"conn_id":"CON-0001","id":"100","currency":"USD"}"#;
        let text = format!(r#"{{"errlist":[{error}],"accounts":[{ours}]}}"#);
        let bank = open_one(HOST, move |_| json(text.clone()));
        let found = one_run(&quick(), &bank.web(&[HOST])).map(|fault| fault.meaning);
        assert_eq!(found, expect, "{account}");
    }
    // A code that nobody knows is no reason to believe the answer.
    let unknown = r#"{"errlist":[{"code":"new.thing","msg":"?"}],"accounts":[{"id":"100"}]}"#;
    check(move || json(unknown), Meaning::Incomplete);
    // Protocol 1: words alone.
    let old = r#"{"errors":["You must reauthenticate."],"accounts":[{"id":"100"}]}"#;
    let fault = check(move || json(old), Meaning::Incomplete);
    assert_eq!(fault.words.as_deref(), Some("You must reauthenticate."));
}

#[test]
fn a_secret_given_back_is_neither_told_nor_kept() {
    let echo = |msg: &str| {
        let msg = msg.to_owned();
        move || json(format!(r#"{{"errlist":[{{"code":"con.auth","msg":"{msg}"}}]}}"#))
    };
    check(echo(ACCESS), Meaning::SecretTold);
    check(echo(&format!("key {PASSWORD} expired")), Meaning::SecretTold);
    let fault = check(echo("account FR76 3000 6000 0112 3456 7890 189"), Meaning::ReconnectOutside);
    assert_eq!(fault.words.as_deref(), Some("account …"));
    // Words that nothing but the secret itself gives away.
    let connector = quick();
    for status in [200, 503] {
        let words = r#"{"errlist":[{"code":"gen.","msg":"unknown opensesame, user fatima"}]}"#;
        let bank = open_one(HOST, move |_| Reply::Plain(status, "", words.as_bytes().to_vec()));
        let url = "https://fatima:opensesame@bridge.simplefin.org/simplefin";
        let wanted = [window("CON-0001/100", "America/New_York", "2026-03-01", "2026-03-06")];
        let mut run = Run::new(&connector, &wanted, false).expect("it begins");
        let kept = secrets(&[("access_url", url)]);
        let (answers, faults) = drive(&mut run, &connector, &kept, &bank.web(&[HOST]));
        assert!(answers.is_empty(), "it would be kept in the book");
        let told = format!("{:?}", faults[0].1);
        assert!(!told.contains("opensesame") && !told.contains("fatima"), "{told}");
    }
}

#[test]
fn a_claim_goes_to_a_listed_host_or_nowhere() {
    let asked = std::sync::Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let bank = Bank::open(&[HOST, "evil.example"], move |_| {
        count.fetch_add(1, Ordering::SeqCst);
        nothing(403)
    });
    let (connector, web) = (connector("simplefin"), bank.web(&[HOST, "evil.example"]));
    let link = |token: &str| {
        let typed = secrets(&[("setup_token", token)]);
        let fault = connect(&connector, &typed, &web, now(), &go_on()).err().expect("a fault");
        assert!(!format!("{fault:?}").contains("ONCE"), "{fault:?}");
        fault
    };
    for (token, meaning) in [
        // https://evil.example/claim/ONCE
        ("aHR0cHM6Ly9ldmlsLmV4YW1wbGUvY2xhaW0vT05DRQ==", Meaning::HostRefused),
        // http://bridge.simplefin.org/simplefin/claim/ONCE
        ("aHR0cDovL2JyaWRnZS5zaW1wbGVmaW4ub3JnL3NpbXBsZWZpbi9jbGFpbS9PTkNF", Meaning::HostRefused),
        ("not base64!", Meaning::SecretMissing),
        ("", Meaning::SecretMissing),
    ] {
        let fault = link(token);
        assert_eq!(fault.meaning, meaning, "{token}");
        assert!(matches!(again(&fault, 1), Again::Stop { .. }));
    }
    assert_eq!(asked.load(Ordering::SeqCst), 0, "no byte left");
    let spent = "aHR0cHM6Ly9icmlkZ2Uuc2ltcGxlZmluLm9yZy9zaW1wbGVmaW4vY2xhaW0vT05DRQ";
    let fault = link(spent);
    assert_eq!((fault.meaning, fault.creates), (Meaning::TokenSpent, true));
    assert_eq!(asked.load(Ordering::SeqCst), 1, "claimed once");
}

#[test]
fn an_access_address_elsewhere_is_not_kept() {
    let away = "https://u:p@evil.example/simplefin";
    let bank = open_one(HOST, move |_| Reply::Plain(200, "", away.as_bytes().to_vec()));
    let setup = "aHR0cHM6Ly9icmlkZ2Uuc2ltcGxlZmluLm9yZy9zaW1wbGVmaW4vY2xhaW0vT05DRQ==";
    let typed = secrets(&[("setup_token", setup)]);
    let connector = connector("simplefin");
    let linked = connect(&connector, &typed, &bank.web(&[HOST]), now(), &go_on());
    assert_eq!(linked.err().map(|fault| fault.meaning), Some(Meaning::HostRefused));
}

#[test]
fn a_certificate_nobody_vouches_for_is_refused() {
    let bank = open_one(HOST, |_| nothing(200));
    let fault = one_run(&quick(), &bank.web_trusting(&[HOST], &[])).expect("it is a fault");
    assert_eq!(fault.meaning, Meaning::Certificate);
    // A sound certificate of another name.
    let bank = open_one("other.example", |_| nothing(200));
    let fault = one_run(&quick(), &bank.web(&[HOST])).expect("it is a fault");
    assert_eq!(fault.meaning, Meaning::Certificate);
    assert!(bank.heard().is_empty());
}

#[test]
fn nobody_there_and_a_person_who_stops() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = closed.local_addr().expect("an address");
    drop(closed);
    let detours = [(HOST.to_owned(), address)].into_iter().collect();
    let web = Web::with_detours(&detours, &[]).expect("the network");
    let fault = one_run(&quick(), &web).expect("it is a fault");
    assert_eq!((fault.meaning, again(&fault, 1)), (Meaning::Unreachable, Again::After(2)));
    let connector = quick();
    let wanted = [window("CON-0001/100", "America/New_York", "2026-03-01", "2026-03-06")];
    let run = Run::new(&connector, &wanted, false).expect("it begins");
    let planned = run.next().expect("a step");
    let stopped = fetch(&connector, &planned, &kept(), &web, now(), &|| true);
    assert_eq!(stopped.err().map(|fault| fault.meaning), Some(Meaning::Stopped));
}

#[test]
fn lines_that_are_not_exact_are_held() {
    let bank = open_one(HOST, |_| json(sample("simplefin/odd.json")));
    let connector = quick();
    let wanted = [window("CON-0001/100", "America/New_York", "2026-03-01", "2026-03-06")];
    let mut run = Run::new(&connector, &wanted, false).expect("it begins");
    let (_, faults) = drive(&mut run, &connector, &kept(), &bank.web(&[HOST]));
    assert!(faults.is_empty());
    let (pages, _) = complete(run);
    let asked = statement::feed::AccountAsked {
        reference: "CON-0001/100",
        currency: values::Currency::parse("USD").expect("dollars"),
        zone: "America/New_York",
        first_day: day("2026-03-01"),
        last_day: day("2026-03-06"),
        as_of: "2026-03-06T14:00:00Z",
    };
    let got = statement::feed::read(&connector.mapping, &asked, &[&pages[0]], None);
    let got = got.expect("it is read");
    assert_eq!((got.held.len(), got.reading.shows_every_line()), (4, false));
}
