use super::*;
use crate::{RefusalCode, RemarkCode, Severity};

const SIMPLE: &str = r#"
format = 1
id = "plain"
recipe = 3
[accounts]
list = "/accounts"
map.ref = "/id"
map.currency = "/currency"
[balances]
from = "accounts"
booked = { at = "/balance", unit = "major" }
as_of = { at = "/date", read = "day" }
[transactions]
each = ["/lines"]
map.id = "/id"
map.booked = { at = "/day", read = "day" }
map.amount = { at = "/amount", unit = "major" }
map.after = { at = "/after", unit = "major" }
map.label = "/words"
map.code = "/code"
[identity]
trust = "normal"
holds = ["HOLD"]
"#;

fn mapping(text: &str) -> Mapping {
    Mapping::read(text).unwrap_or_else(|why| panic!("{why}"))
}

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

fn asked<'q>() -> AccountAsked<'q> {
    AccountAsked {
        reference: "A",
        currency: Currency::EUR,
        zone: "Europe/Paris",
        first_day: day("2026-03-01"),
        last_day: day("2026-03-31"),
        as_of: "2026-03-31T21:00:00Z",
    }
}

fn codes(read: &FeedReading<'_>) -> Vec<&'static str> {
    read.reading.remarks.iter().map(|remark| remark.code.word()).collect()
}

/// What one line gives: its amount, or the code and field of the remark that holds it.
fn check_line(line: &str, expect: Result<i64, (&str, &str)>) {
    check_line_of(SIMPLE, line, expect);
}

fn check_line_of(file: &str, line: &str, expect: Result<i64, (&str, &str)>) {
    let page = format!(r#"{{"lines":[{line}]}}"#);
    let read = read(&mapping(file), &asked(), &[page.as_bytes()], None).expect("it is read");
    let lines = &read.reading.statements[0].lines;
    match expect {
        Ok(amount) => {
            assert_eq!(lines.len(), 1, "{line}: {:?}", read.held);
            assert_eq!(lines[0].amount_minor, amount, "{line}");
            assert_eq!(&page[lines[0].place.clone()], line);
        }
        Err((code, field)) => {
            assert!(lines.is_empty(), "{line}");
            let held = &read.held[0];
            assert_eq!(held.remark.code.word(), code, "{line}");
            assert_eq!(held.remark.severity, Severity::Error);
            assert_eq!(held.remark.args[0], ("field", field.to_owned()), "{line}");
            assert_eq!(&page[held.place.clone()], line);
            assert!(!read.reading.shows_every_line());
        }
    }
}

#[test]
fn amounts_and_days_are_exact_or_held() {
    for (amount, expect) in [
        ("310.860", Ok(31086)),
        ("\"-12.05\"", Ok(-1205)),
        ("12", Ok(1200)),
        ("0.1", Ok(10)),
        ("-0.00", Ok(0)),
        ("310.861", Err("amount-too-fine")),
        ("1e3", Err("field-unreadable")),
        ("\"1,234.00\"", Err("field-unreadable")),
        ("\"(5.00)\"", Err("field-unreadable")),
        ("\"5 EUR\"", Err("field-unreadable")),
        ("90071992547409.92", Err("amount-too-large")),
        ("null", Err("field-missing")),
        ("\"\"", Err("field-missing")),
        ("true", Err("field-unreadable")),
        ("[1]", Err("field-missing")),
    ] {
        let line = format!(r#"{{"id":"1","day":"2026-03-02","amount":{amount},"words":"x"}}"#);
        check_line(&line, expect.map_err(|code| (code, "/amount")));
    }
    for (day, code) in [
        ("\"2026-02-30\"", "field-unreadable"),
        ("\"02/03/2026\"", "field-unreadable"),
        ("null", "field-missing"),
        ("20260302", "field-unreadable"),
    ] {
        let line = format!(r#"{{"id":"1","day":{day},"amount":"1.00","words":"x"}}"#);
        check_line(&line, Err((code, "/day")));
    }
    check_line(r#"{"day":"2026-03-02","amount":1,"amount":2}"#, Err(("field-missing", "/amount")));
}

#[test]
fn money_in_and_money_out_in_fields_of_their_own() {
    let file = SIMPLE.replacen("{ at = \"/amount\",", "{ at = \"/in\", out = \"/out\",", 1);
    for (fields, expect) in [
        (r#""in":"12.50","out":null"#, Ok(1250)),
        (r#""in":"","out":"12.50""#, Ok(-1250)),
        (r#""out":12.5"#, Ok(-1250)),
        (r#""in":"0.00","out":"12.50""#, Ok(-1250)),
        (r#""in":"0.00","out":"0.00""#, Ok(0)),
        (r#""in":null"#, Err(("field-missing", "/in"))),
        (r#""in":"1.00","out":"12.50""#, Err(("field-unreadable", "/out"))),
        (r#""in":"-12.50""#, Err(("field-unreadable", "/in"))),
        (r#""out":"-12.50""#, Err(("field-unreadable", "/out"))),
        (r#""out":"12.505""#, Err(("amount-too-fine", "/out"))),
    ] {
        check_line_of(&file, &format!(r#"{{"day":"2026-03-02",{fields},"words":"a"}}"#), expect);
    }
}

#[test]
fn places_count_over_the_pages() {
    let pages: [&[u8]; 2] = [
        "\u{FEFF} {\"lines\":[{\"day\":\"2026-03-02\",\"amount\":1}]}\n".as_bytes(),
        br#"{"lines":[ {"day":"2026-03-03","amount":2} , {"day":"2026-03-03","amount":"x"}]}"#,
    ];
    let read = read(&mapping(SIMPLE), &asked(), &pages, None).expect("it is read");
    let all = pages.concat();
    let shown = |place: &Range<usize>| std::str::from_utf8(&all[place.clone()]).expect("text");
    let lines = &read.reading.statements[0].lines;
    assert_eq!(shown(&lines[0].place), r#"{"day":"2026-03-02","amount":1}"#);
    assert_eq!(shown(&lines[1].place), r#"{"day":"2026-03-03","amount":2}"#);
    assert_eq!(shown(&read.held[0].place), r#"{"day":"2026-03-03","amount":"x"}"#);
    assert_eq!(read.reading.reader, "plain 3");
    assert_eq!(read.reading.statements.len(), 1);
}

#[test]
fn a_line_on_two_pages_is_one_and_twins_are_two() {
    let line = |id: &str| format!(r#"{{"id":"{id}","day":"2026-03-02","amount":5}}"#);
    let page = |ids: [&str; 2]| format!(r#"{{"lines":[{},{}]}}"#, line(ids[0]), line(ids[1]));
    let (first, second) = (page(["a", "b"]), page(["b", "c"]));
    let pages = [first.as_bytes(), second.as_bytes()];
    let read = read(&mapping(SIMPLE), &asked(), &pages, None).expect("it is read");
    assert_eq!(read.reading.statements[0].lines.len(), 3);
    assert_eq!(codes(&read), ["line-repeated"]);
    let one = page(["a", "a"]);
    let read = super::read(&mapping(SIMPLE), &asked(), &[one.as_bytes()], None);
    let read = read.expect("it is read");
    assert_eq!(read.reading.statements[0].lines.len(), 2, "a bank may give one id to two lines");
    assert_eq!(codes(&read), ["id-repeated"]);
}

/// A balance dated `date` for lines of 2 and 9 March: opening, closing, last day, remarks.
fn check_balance(balance: &str, expect: (Option<i64>, &str, &[&str])) {
    let page = br#"{"lines":[{"day":"2026-03-02","amount":1},{"day":"2026-03-09","amount":2}]}"#;
    let answer = format!(r#"{{"accounts":[{{"id":"A","currency":"EUR",{balance}}}]}}"#);
    let read = read(&mapping(SIMPLE), &asked(), &[page], Some(answer.as_bytes()));
    let read = read.expect("it is read");
    let statement = &read.reading.statements[0];
    let found = (statement.closing_minor, &*statement.last_day.to_string(), &*codes(&read));
    assert_eq!(found, expect, "{balance}");
    assert_eq!(statement.first_day, day("2026-03-01"));
}

#[test]
fn a_balance_closes_the_window_it_speaks_of() {
    check_balance(r#""balance":10.5,"date":"2026-03-31""#, (Some(1050), "2026-03-31", &[]));
    check_balance(r#""balance":10.5,"date":"2026-03-30""#, (Some(1050), "2026-03-30", &[]));
    check_balance(
        r#""balance":10.5,"date":"2026-03-10""#,
        (Some(1050), "2026-03-10", &["feed-stale"]),
    );
    let early = ["feed-stale", "balance-of-earlier-day"];
    check_balance(r#""balance":10.5,"date":"2026-03-08""#, (None, "2026-03-09", &early));
    // Tomorrow's date is not believed; a balance of no day or of no exact amount proves nothing.
    check_balance(r#""balance":10.5,"date":"2026-04-02""#, (Some(1050), "2026-03-31", &[]));
    check_balance(r#""balance":10.5"#, (None, "2026-03-31", &["field-missing"]));
    check_balance(
        r#""balance":10.555,"date":"2026-03-31""#,
        (None, "2026-03-31", &["amount-too-fine"]),
    );
    let other = r#""balance":1,"date":"2026-03-31","currency2":1"#;
    check_balance(other, (Some(100), "2026-03-31", &[]));
}

#[test]
fn an_older_window_has_no_closing_of_today() {
    let asked = AccountAsked { last_day: day("2026-03-15"), ..asked() };
    let answer = br#"{"accounts":[{"id":"A","currency":"EUR","balance":3,"date":"2026-03-31"}]}"#;
    let page = br#"{"lines":[{"day":"2026-03-02","amount":1},{"day":"2026-03-16","amount":1}]}"#;
    let read = read(&mapping(SIMPLE), &asked, &[page], Some(answer)).expect("it is read");
    let statement = &read.reading.statements[0];
    assert_eq!((statement.closing_minor, statement.last_day), (None, day("2026-03-15")));
    assert_eq!(statement.lines.len(), 1, "a line outside the window waits for its own");
    assert_eq!(codes(&read), ["lines-outside-period"]);
}

#[test]
fn pages_that_are_no_answer_are_refused() {
    let check = |page: &str, code: RefusalCode| {
        let found = read(&mapping(SIMPLE), &asked(), &[page.as_bytes()], None);
        assert_eq!(found.expect_err("it is refused").code, code, "{page}");
    };
    check("<html>busy</html>", RefusalCode::AnswerNotJson);
    check(r#"{"lines":[{"day":"#, RefusalCode::CutOff);
    check(r#"{"other":[]}"#, RefusalCode::AnswerShape);
    check(r#"{"lines":{}}"#, RefusalCode::AnswerShape);
    check(&"[".repeat(5000), RefusalCode::AnswerTooDeep);
    let zone = AccountAsked { zone: "Europe/Nowhere", ..asked() };
    let found = read(&mapping(SIMPLE), &zone, &[], None).expect_err("it is refused");
    assert_eq!(found.code, RefusalCode::ZoneUnknown);
}

#[test]
fn a_hold_sent_as_booked_is_pending() {
    let page = br#"{"lines":[{"day":"2026-03-02","amount":-7,"words":"FUEL","code":"HOLD"}]}"#;
    let read = read(&mapping(SIMPLE), &asked(), &[page], None).expect("it is read");
    assert!(read.reading.statements[0].lines.is_empty());
    let expect = Pending { day: Some(day("2026-03-02")), amount_minor: -700, label: "FUEL".into() };
    assert_eq!(read.pending, [expect]);
}

/// A file with one word changed: the path of the key that is wrong.
fn check_file(from: &str, to: &str, path: &str) {
    assert!(SIMPLE.contains(from), "{from}");
    let why = Mapping::read(&SIMPLE.replacen(from, to, 1)).expect_err("the file is wrong");
    assert_eq!(why.path, path, "{why}");
}

#[test]
fn a_wrong_key_is_told_with_its_path() {
    check_file("format = 1", "format = 2", "format");
    check_file("recipe = 3", "", "recipe");
    check_file("recipe = 3", "recipe = 3\ncolour = 1", "colour");
    check_file("map.ref = \"/id\"", "map.ref = \"id\"", "accounts.map.ref");
    check_file("map.code", "map.coed", "transactions.map.coed");
    check_file("unit = \"major\" }\nas_of", "unti = \"major\" }\nas_of", "balances.booked.unit");
    check_file("\"/date\", read", "\"/date\", more = 1, read", "balances.as_of.more");
    check_file("read = \"day\" }\n[trans", "read = \"date\" }\n[trans", "balances.as_of.read");
    check_file("trust = \"normal\"", "trust = \"high\"", "identity.trust");
    check_file("each = [\"/lines\"]", "each = []", "transactions.each");
    check_file("format = 1", "format =", "");
}

#[test]
fn a_field_for_money_out_needs_no_sign() {
    let to = "{ at = \"/in\", out = \"/out\", sign = \"as-is\",";
    check_file("{ at = \"/amount\",", to, "transactions.map.amount.sign");
}

#[test]
fn a_zone_turns_an_instant_into_its_day() {
    let text =
        SIMPLE.replace("{ at = \"/day\", read = \"day\" }", "{ at = \"/at\", read = \"instant\" }");
    let page = br#"{"lines":[{"at":"2026-03-28T23:30:00Z","amount":1},
        {"at":"2026-03-29T22:30:00.000Z","amount":1},{"at":"2026-03-29T00:30:00+02:00","amount":1},
        {"at":"2026-03-29T00:30:00","amount":1}]}"#;
    let read = read(&mapping(&text), &asked(), &[page], None).expect("it is read");
    let days: Vec<String> =
        read.reading.statements[0].lines.iter().map(|line| line.day.to_string()).collect();
    // Clocks in Paris go forward on the 29th: half past ten in the evening UTC is the 30th.
    assert_eq!(days, ["2026-03-29", "2026-03-30", "2026-03-28"]);
    assert_eq!(read.held[0].remark.code, RemarkCode::FieldUnreadable);
}

#[test]
fn seconds_since_1970_are_whole_and_near() {
    let text = SIMPLE.replace(
        "{ at = \"/day\", read = \"day\" }",
        "{ at = \"/at\", read = \"unix\", zero = \"none\" }",
    );
    for (at, day) in [
        ("1772470800", Some("2026-03-02")),
        ("\"1772470800\"", Some("2026-03-02")),
        ("0", None),
        ("1772470800.5", None),
        ("-1", None),
        ("8210266876799", None),
        ("9223372036854775807", None),
        ("99999999999999999999", None),
    ] {
        let page = format!(r#"{{"lines":[{{"at":{at},"amount":1}}]}}"#);
        let read = read(&mapping(&text), &asked(), &[page.as_bytes()], None).expect("it is read");
        let lines = &read.reading.statements[0].lines;
        let found = lines.first().map(|line| line.day.to_string());
        assert_eq!(found.as_deref(), day, "{at}");
        assert_eq!(read.held.is_empty(), day.is_some(), "{at}");
    }
}

/// Balances after each line, with what they prove: opening, closing, remarks.
fn check_chain(lines: &str, expect: (Option<i64>, Option<i64>, &[&str])) {
    let text =
        SIMPLE.replace("{ at = \"/day\", read = \"day\" }", "{ at = \"/at\", read = \"unix\" }");
    let page = format!(r#"{{"lines":[{lines}]}}"#);
    let read = read(&mapping(&text), &asked(), &[page.as_bytes()], None).expect("it is read");
    let statement = &read.reading.statements[0];
    let found = (statement.opening_minor, statement.closing_minor, &*codes(&read));
    assert_eq!(found, expect, "{lines}");
}

#[test]
fn balances_after_each_line_prove_the_answer() {
    let first = r#"{"at":1772470800,"amount":1,"after":11}"#;
    let second = r#"{"at":1772470900,"amount":2,"after":13}"#;
    let both = format!("{second},{first}");
    check_chain(&both, (Some(1000), Some(1300), &[]));
    let missing = format!(r#"{both},{{"at":1772470950,"amount":1,"after":15}}"#);
    check_chain(&missing, (None, None, &["balance-chain-broken"]));
    let without = format!(r#"{both},{{"at":1772470950,"amount":1}}"#);
    check_chain(&without, (None, None, &[]));
    // A held line may have moved money: the others alone prove nothing.
    let held = format!(r#"{both},{{"at":1772470950,"amount":"x","after":14}}"#);
    check_chain(&held, (None, None, &["field-unreadable"]));
}

#[test]
fn ids_that_name_nothing_are_not_trusted() {
    let page = br#"{"lines":[{"id":"0000","day":"2026-03-02","amount":1},
        {"id":"0000","day":"2026-03-02","amount":1},{"id":7,"day":"2026-03-02","amount":1}]}"#;
    let read = read(&mapping(SIMPLE), &asked(), &[page], None).expect("it is read");
    let lines = &read.reading.statements[0].lines;
    let trust: Vec<crate::Trust> = lines.iter().map(|line| line.ids[0].trust).collect();
    assert_eq!(trust, [crate::Trust::None, crate::Trust::None, crate::Trust::Normal]);
    assert_eq!(lines[2].ids[0].value, "7");
}

#[test]
fn lines_of_other_accounts_in_the_answer_are_not_ours() {
    let text = SIMPLE
        .replace(
            "each = [\"/lines\"]",
            "each = [\"/accounts\", \"/lines\"]\nown = \"enclosing-account\"",
        )
        .replace("map.ref = \"/id\"", "map.ref = \"/id\"\nmap.scope = \"/conn\"");
    let mapping = mapping(&text);
    let account = |conn: &str, id: &str, amount: u32| {
        let line = format!(r#"{{"day":"2026-03-02","amount":{amount}}}"#);
        format!(r#"{{"conn":"{conn}","id":"{id}","currency":"EUR","lines":[{line}]}}"#)
    };
    let all = [account("a/b", "A", 1), account("c", "A", 2), account("c", "B", 3)].join(",");
    let page = format!(r#"{{"accounts":[{all},{{"conn":"d","id":"A","currency":"EUR"}}]}}"#);
    for (reference, amounts) in [("a%2Fb/A", vec![100]), ("c/A", vec![200]), ("d/A", vec![])] {
        let asked = AccountAsked { reference, ..asked() };
        let read = read(&mapping, &asked, &[page.as_bytes()], None).expect("it is read");
        let lines = read.reading.statements[0].lines.iter();
        assert_eq!(lines.map(|line| line.amount_minor).collect::<Vec<_>>(), amounts, "{reference}");
    }
    let gone = AccountAsked { reference: "e/A", ..asked() };
    let refusal = read(&mapping, &gone, &[page.as_bytes()], None).expect_err("it is refused");
    assert_eq!(refusal.code, RefusalCode::AccountNotInAnswer);
    assert_eq!(split_reference(&mapping, "a%2Fb/A/1"), (Some("a/b".to_owned()), "A/1"));
}
