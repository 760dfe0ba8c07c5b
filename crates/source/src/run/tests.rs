use super::*;
use std::collections::BTreeMap;

/// A connector with one kind of paging.
fn connector(page: &str, extra: &str) -> Connector {
    let text = format!(
        r#"
format = 1
id = "paged"
kind = "feed"
name = {{ en = "Paged", fr = "Paginé" }}
recipe = 1
docs = "https://docs.example"
[access]
hosts = ["bank.example"]
ask = [{{ id = "key", name = {{ en = "Key", fr = "Clé" }}, secret = true }}]
keep = [{{ id = "key" }}]
[auth]
kind = "header"
url = "https://bank.example/v1"
header = "Authorization"
value = "Bearer {{key}}"
[accounts]
call = {{ method = "GET", path = "/accounts" }}
list = "/accounts"
map.ref = "/id"
map.currency = "/currency"
[transactions]
call.method = "GET"
call.path = "/lines/{{account.id}}"
call.query = {{ from = "{{from|day}}", until = "{{until|day}}", page = "{{page.next}}" }}
each = ["/lines"]
window = {{ until = "inclusive" }}
page = {page}
map.id = "/id"
map.booked = {{ at = "/day", read = "day" }}
map.amount = {{ at = "/amount", unit = "major" }}
map.label = "/id"
[[errors]]
at = "/error"
words = {{ busy = "retry-later", closed = "account-closed", bad_key = "access-revoked" }}
{extra}
"#
    );
    Connector::read(&text).unwrap_or_else(|why| panic!("{why}"))
}

const TOKEN: &str = r#"{ kind = "token", next = "/next" }"#;
const LINK: &str = r#"{ kind = "link", next = "/next" }"#;
const NUMBER: &str = r#"{ kind = "number", next = "/next", count = "/count" }"#;

fn window(reference: &str) -> AccountWindow {
    AccountWindow {
        reference: reference.to_owned(),
        zone: "Europe/Paris".to_owned(),
        first_day: Day::parse("2026-01-01").expect("a day"),
        last_day: Day::parse("2026-03-31").expect("a day"),
    }
}

fn page(lines: &[&str], next: &str) -> String {
    let lines: Vec<String> = lines.iter().map(|id| format!(r#"{{"id":"{id}"}}"#)).collect();
    format!(r#"{{"lines":[{}],"next":{next}}}"#, lines.join(","))
}

/// Drives a run over one account by given pages; the meaning it ends with.
fn check_pages(connector: &Connector, pages: &[String], expect: Option<Meaning>) {
    let mut run = Run::new(connector, &[window("A")], false).expect("it begins");
    let mut last = None;
    for page in pages {
        let planned = run.next().expect("a step");
        last = run.take(&planned, page.as_bytes()).err().map(|fault| fault.meaning);
    }
    assert!(run.next().is_none(), "more is asked: {:?}", run.next());
    let done = run.outcome().accounts.remove(0).done;
    match done {
        Done::Complete { pages: kept, .. } => assert_eq!((expect, kept.len()), (None, pages.len())),
        Done::Unfinished { why } => {
            assert_eq!(why.map(|why| why.meaning), expect);
            assert_eq!(last, expect);
        }
    }
}

#[test]
fn pages_end_by_themselves_or_are_stopped() {
    let token = connector(TOKEN, "");
    check_pages(&token, &[page(&["1"], "null")], None);
    check_pages(&token, &[page(&["1"], "\"b\""), page(&["2"], "\"\"")], None);
    check_pages(&token, &[page(&[], "\"b\""), page(&["2"], "null")], None);
    let same = || page(&["1"], "\"b\"");
    check_pages(&token, &[same(), same()], Some(Meaning::RepeatedPage));
    let idle = [page(&["1"], "\"b\""), page(&["1"], "\"c\""), page(&["1"], "\"d\"")];
    check_pages(&token, &idle, Some(Meaning::RepeatedPage));
    let link = connector(LINK, "");
    let sound = page(&["1"], "\"https://bank.example/v1/lines?page=2\"");
    check_pages(&link, &[sound, page(&["2"], "null")], None);
    for elsewhere in
        ["https://evil.example/", "http://bank.example/", "https://u@bank.example/", "/x"]
    {
        let page = page(&["1"], &format!("{elsewhere:?}"));
        check_pages(&link, &[page], Some(Meaning::HostRefused));
    }
    let number = connector(NUMBER, "");
    check_pages(&number, &[page(&["1"], "2"), page(&["2"], "null")], None);
    let endless = r#"{"lines":[{"id":"1"}]}"#.to_owned();
    check_pages(&number, &[endless], Some(Meaning::UnknownShape));
}

#[test]
fn a_thousand_pages_or_fifty_thousand_lines_are_too_many() {
    let token = connector(TOKEN, "");
    let many: Vec<String> =
        (0..1000).map(|at| page(&[&at.to_string()], &format!("\"{at}\""))).collect();
    check_pages(&token, &many, Some(Meaning::TooMany));
    let ids: Vec<String> = (0..50_001).map(|at| at.to_string()).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    check_pages(&token, &[page(&ids, "null")], Some(Meaning::TooMany));
}

#[test]
fn a_list_that_moves_is_read_again() {
    let number = connector(NUMBER, "");
    let page = |id: &str, next: &str, count: u32| {
        format!(r#"{{"lines":[{{"id":"{id}"}}],"next":{next},"count":{count}}}"#)
    };
    let mut run = Run::new(&number, &[window("A")], false).expect("it begins");
    let mut keys = Vec::new();
    for answer in [page("1", "2", 2), page("2", "3", 3), page("0", "2", 3), page("1", "3", 3)] {
        let planned = run.next().expect("a step");
        keys.push(planned.key.clone());
        run.take(&planned, answer.as_bytes()).expect("it goes on");
    }
    let planned = run.next().expect("a step");
    run.take(&planned, page("2", "null", 3).as_bytes()).expect("it ends");
    keys.push(planned.key);
    let keys: BTreeSet<String> = keys.into_iter().collect();
    assert_eq!(keys.len(), 5, "each request has a key of its own");
    let Done::Complete { pages, .. } = run.outcome().accounts.remove(0).done else {
        panic!("it ended");
    };
    assert_eq!(pages.len(), 3, "what was read before it moved is left out");
    // For ever moving: it stops.
    let moving: Vec<String> =
        (0..3).flat_map(|at| [page("1", "2", at * 2), page("2", "3", at * 2 + 1)]).collect();
    check_pages(&number, &moving, Some(Meaning::RestartWindow));
}

#[test]
fn one_account_fails_alone_and_a_connection_fails_whole() {
    let token = connector(TOKEN, "");
    let asked = [window("A"), window("B")];
    let answers = |first: &str| {
        let mut run = Run::new(&token, &asked, false).expect("it begins");
        let planned = run.next().expect("a step");
        run.take(&planned, first.as_bytes()).expect_err("it is a fault");
        while let Some(planned) = run.next() {
            run.take(&planned, page(&["1"], "null").as_bytes()).expect("it is sound");
        }
        let done: Vec<Option<Meaning>> = (run.outcome().accounts.into_iter())
            .map(|one| match one.done {
                Done::Complete { .. } => None,
                Done::Unfinished { why } => why.map(|why| why.meaning),
            })
            .collect();
        done
    };
    assert_eq!(answers(r#"{"error":"closed"}"#), [Some(Meaning::AccountClosed), None]);
    let revoked = Some(Meaning::AccessRevoked);
    assert_eq!(answers(r#"{"error":"bad_key"}"#), [revoked, revoked]);
    assert_eq!(answers("<html>"), [Some(Meaning::NotJson), None]);
    assert_eq!(answers(r#"{"lines":[{"id":"#), [Some(Meaning::Truncated), None]);
    assert_eq!(answers(&"[".repeat(100)), [Some(Meaning::TooDeep), None]);
    assert_eq!(answers(r#"{"rows":[]}"#), [Some(Meaning::UnknownShape), None]);
}

#[test]
fn a_step_of_another_run_changes_nothing() {
    let token = connector(TOKEN, "");
    let mut run = Run::new(&token, &[window("A")], false).expect("it begins");
    let other = Run::new(&token, &[window("B")], false).expect("it begins").next().expect("a step");
    let fault = run.take(&other, b"{}").expect_err("it is refused");
    assert_eq!(fault.meaning, Meaning::Bug);
    run.fail(&other, &fault);
    assert_eq!(run.next().map(|next| next.step), Some(1));
}

#[test]
fn an_account_that_is_no_longer_listed_is_gone() {
    let token = connector(TOKEN, "");
    let mut run = Run::new(&token, &[window("A"), window("B")], true).expect("it begins");
    let planned = run.next().expect("a step");
    assert_eq!(planned.resource, Resource::Accounts);
    let listing = br#"{"accounts":[{"id":"B","currency":"EUR"}]}"#;
    run.take(&planned, listing).expect("it is sound");
    let next = run.next().expect("a step");
    assert_eq!(next.account.as_deref(), Some("B"));
    assert_eq!(
        (next.path.as_str(), next.host.as_deref()),
        ("/lines/{account.id}", Some("bank.example"))
    );
    assert!(!format!("{next:?}").contains("2026"), "no query in sight");
}

/// A bank of some accounts with pages, faults and moved lists, by seed.
struct Model {
    seed: u64,
}

impl Model {
    fn chance(&self, key: &str, out_of: u64) -> u64 {
        let mut state = self.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5;
        for byte in key.bytes() {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        }
        (state >> 33) % out_of
    }

    /// The answer to a step: the same for the same key.
    fn answer(&self, planned: &Planned) -> String {
        let key = &planned.key;
        if planned.resource == Resource::Accounts {
            return r#"{"accounts":[{"id":"A"},{"id":"B"},{"id":"C"}]}"#.to_owned();
        }
        match self.chance(key, 23) {
            0 => return r#"{"error":"busy"}"#.to_owned(),
            1 => return "<html>".to_owned(),
            2 if self.seed.is_multiple_of(5) => return r#"{"error":"bad_key"}"#.to_owned(),
            _ => {}
        }
        let more = self.chance(&format!("{key} more"), 4) > 0 && planned.page < 9;
        let next = if more { (planned.page + 1).to_string() } else { "null".to_owned() };
        let count = if self.chance(&format!("{key} moved"), 12) == 0 { 2 } else { 1 };
        format!(r#"{{"lines":[{{"id":"{key}"}}],"next":{next},"count":{count}}}"#)
    }
}

/// Steps a run to its end, asking the model for what is not kept; at most `steps` new answers.
fn drive(run: &mut Run<'_>, kept: &mut BTreeMap<String, String>, model: &Model, steps: usize) {
    let mut new = 0;
    while let Some(planned) = run.next() {
        if !kept.contains_key(&planned.key) {
            if new == steps {
                return;
            }
            new += 1;
            // Kept before it is taken: a fall between the two loses nothing.
            kept.insert(planned.key.clone(), model.answer(&planned));
            if new == steps && steps % 2 == 1 {
                return;
            }
        }
        let _ = run.take(&planned, kept[&planned.key].as_bytes());
    }
}

#[test]
fn a_run_that_is_killed_at_any_step_ends_the_same() {
    let connector = connector(NUMBER, "[limits]\nwindow_days = 40");
    let asked = [window("A"), window("B"), window("C")];
    let (mut complete, mut unfinished) = (0, 0);
    for seed in 0..200 {
        let model = Model { seed };
        let mut whole = BTreeMap::new();
        let mut run = Run::new(&connector, &asked, seed % 2 == 0).expect("it begins");
        drive(&mut run, &mut whole, &model, usize::MAX);
        let expect = run.outcome();
        for one in &expect.accounts {
            let done = matches!(one.done, Done::Complete { .. });
            *(if done { &mut complete } else { &mut unfinished }) += 1;
        }
        for stop in 0..whole.len() {
            let mut kept = BTreeMap::new();
            let mut first = Run::new(&connector, &asked, seed % 2 == 0).expect("it begins");
            drive(&mut first, &mut kept, &model, stop);
            drop(first);
            let mut again = Run::new(&connector, &asked, seed % 2 == 0).expect("it begins");
            drive(&mut again, &mut kept, &model, usize::MAX);
            assert!(again.outcome() == expect, "seed {seed}, killed after {stop} steps");
            assert!(kept == whole, "seed {seed}: other requests were made");
        }
    }
    assert!(complete > 100 && unfinished > 100, "{complete} complete, {unfinished} not");
}
