//! Both connectors from the first paste to lines, as a caller drives them.

use crate::server::{Reply, json};
use crate::*;
use source::{Resource, connect};
use statement::feed::{AccountAsked, accounts, read};
use values::Currency;

const BRIDGE: &str = "bridge.simplefin.org";
/// `https://bridge.simplefin.org/simplefin/claim/ONCE`
const SETUP: &str = "aHR0cHM6Ly9icmlkZ2Uuc2ltcGxlZmluLm9yZy9zaW1wbGVmaW4vY2xhaW0vT05DRQ==";
const ACCESS: &str = "https://me%40home:pass%2Fword@bridge.simplefin.org/simplefin";

#[test]
fn simplefin_from_token_to_lines() {
    let bank = open_one(BRIDGE, |heard| match (path(heard), parameter(heard, "balances-only")) {
        ("/simplefin/claim/ONCE", _) if heard.method == "POST" => {
            Reply::Plain(200, "content-type: text/plain\r\n", format!("{ACCESS}\n").into_bytes())
        }
        ("/simplefin/accounts", Some("1")) => json(sample("simplefin/accounts.json")),
        ("/simplefin/accounts", None) => json(sample("simplefin/transactions.json")),
        _ => nothing(404),
    });
    let (connector, web) = (connector("simplefin"), bank.web(&[BRIDGE]));
    let typed = secrets(&[("setup_token", &format!(" {SETUP}\n"))]);
    let kept = connect(&connector, &typed, &web, now(), &go_on()).expect("it is linked");
    assert_eq!(kept.keys().collect::<Vec<_>>(), ["access_url"], "the token is spent, not kept");
    assert_eq!(kept["access_url"].expose(), ACCESS);
    let claim = &bank.heard()[0];
    assert_eq!(claim.headers.get("content-length").map(String::as_str), Some("0"));
    assert!(!claim.headers.contains_key("authorization"));

    let mut listing = Run::new(&connector, &[], true).expect("it begins");
    let (answers, faults) = drive(&mut listing, &connector, &kept, &web);
    assert!(faults.is_empty() && answers.len() == 1);
    let listing = listing.outcome().listing.expect("a listing");
    let (found, _) = accounts(&connector.mapping, &listing.bytes).expect("it is read");
    let account = &found[0];

    let wanted = [window(&account.reference, "America/New_York", "2025-12-07", "2026-03-06")];
    let mut run = Run::new(&connector, &wanted, false).expect("it begins");
    let planned = run.next().expect("a step");
    assert_eq!((planned.resource, &*planned.path), (Resource::Transactions, "/accounts"));
    let (answers, faults) = drive(&mut run, &connector, &kept, &web);
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(answers.len(), 2, "ninety days and the open end are asked in two calls");
    for heard in &bank.heard()[2..] {
        let number = |name| parameter(heard, name).and_then(|text| text.parse::<i64>().ok());
        let (from, until) = (number("start-date"), number("end-date"));
        let days = (until.expect("an end") - from.expect("a start")) / 86_400;
        assert!(days < 90, "{days} days would be cut without a word");
        assert_eq!(parameter(heard, "account"), Some("100"), "the id, without its connection");
        let basic = "Basic bWVAaG9tZTpwYXNzL3dvcmQ=";
        assert_eq!(heard.headers.get("authorization").map(String::as_str), Some(basic));
        assert_eq!(heard.headers.get("accept-encoding").map(String::as_str), Some("identity"));
    }
    let (pages, balances) = complete(run);
    let pages: Vec<&[u8]> = pages.iter().map(Vec::as_slice).collect();
    let asked = AccountAsked {
        reference: &account.reference,
        currency: Currency::parse("USD").expect("dollars"),
        zone: "America/New_York",
        first_day: day("2025-12-07"),
        last_day: day("2026-03-06"),
        as_of: "2026-03-06T14:00:00Z",
    };
    let got = read(&connector.mapping, &asked, &pages, balances.as_deref()).expect("it is read");
    let statement = &got.reading.statements[0];
    assert_eq!(statement.closing_minor, Some(113_080));
    assert_eq!(statement.lines.len(), 4, "the second call showed the same lines once more");
    assert_eq!(statement.as_of, "2026-03-05T07:00:00");
}

const QONTO: &str = "thirdparty.qonto.com";

#[test]
fn qonto_from_key_to_lines() {
    let bank = open_one(QONTO, |heard| {
        if heard.headers.get("authorization").map(String::as_str) != Some("atelier-1234:s3cr3tk3y")
        {
            return nothing(401);
        }
        match (path(heard), parameter(heard, "status%5B%5D"), parameter(heard, "current_page")) {
            ("/v2/organization", ..) => json(sample("qonto/organization.json")),
            ("/v2/transactions", Some("completed"), None) => {
                json(sample("qonto/transactions-1.json"))
            }
            ("/v2/transactions", Some("completed"), Some("2")) => {
                json(sample("qonto/transactions-2.json"))
            }
            ("/v2/transactions", Some("pending"), None) => json(sample("qonto/pending.json")),
            _ => nothing(404),
        }
    });
    let (connector, web) = (connector("qonto"), bank.web(&[QONTO]));
    let wrong = secrets(&[("login", "atelier-1234"), ("secret_key", "other")]);
    let fault = connect(&connector, &wrong, &web, now(), &go_on()).err().expect("it is refused");
    assert_eq!((fault.meaning.code(), fault.status), ("access-refused", Some(401)));
    let typed = secrets(&[("login", "atelier-1234"), ("secret_key", "s3cr3tk3y")]);
    let kept = connect(&connector, &typed, &web, now(), &go_on()).expect("it is linked");
    assert_eq!(kept.len(), 2);

    let reference = "0d6a6f10-1111-4a3b-9c00-00000000a001";
    let wanted = [window(reference, "Europe/Paris", "2026-04-01", "2026-04-03")];
    let mut run = Run::new(&connector, &wanted, false).expect("it begins");
    let (answers, faults) = drive(&mut run, &connector, &kept, &web);
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(answers.len(), 4, "organisation, two pages, what is pending");
    let lines = &bank.heard()[3];
    let from = parameter(lines, "settled_at_from");
    assert_eq!(from, Some("2026-03-31T22%3A00%3A00.000Z"), "midnight in Paris");
    assert_eq!(parameter(lines, "settled_at_to"), Some("2026-04-03T21%3A59%3A59.999Z"));
    let (pages, balances) = complete(run);
    let pages: Vec<&[u8]> = pages.iter().map(Vec::as_slice).collect();
    let asked = AccountAsked {
        reference,
        currency: Currency::EUR,
        zone: "Europe/Paris",
        first_day: day("2026-04-01"),
        last_day: day("2026-04-03"),
        as_of: "2026-04-03T08:05:00Z",
    };
    let got = read(&connector.mapping, &asked, &pages, balances.as_deref()).expect("it is read");
    let statement = &got.reading.statements[0];
    assert_eq!(statement.difference_minor(), Some(0), "the balances prove the lines");
    assert_eq!((statement.lines.len(), got.pending.len()), (6, 1));
    assert!(got.reading.shows_every_line());
}
