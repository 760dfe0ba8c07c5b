//! Every connector built in, held against the samples beside it.

use source::{Connectors, Meaning};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use values::Day;

fn folder(id: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/connectors").join(id)
}

fn samples(id: &str) -> BTreeMap<String, Vec<u8>> {
    let items = fs::read_dir(folder(id)).expect("a connector has samples beside it");
    items
        .map(|item| item.expect("an item"))
        .map(|item| (item.file_name().into_string().expect("UTF-8"), item.path()))
        .map(|(name, path)| (name, fs::read(path).expect("a sample")))
        .collect()
}

fn text(id: &str) -> String {
    fs::read_to_string(folder(id).with_extension("toml")).expect("the connector")
}

fn built_in() -> Connectors {
    let found = Connectors::of(&assets::Assets::built_in());
    assert!(found.broken.is_empty(), "{:?}", found.broken);
    found
}

#[test]
fn each_connector_gives_what_its_samples_say() {
    let found = built_in();
    let ids: Vec<&str> = found.list.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["qonto", "simplefin"]);
    for id in ids {
        assert_eq!(source::check(&text(id), &samples(id)), [], "{id}");
        let unused: Vec<String> = samples(id)
            .into_keys()
            .filter(|name| name != "expected.json")
            .filter(|name| !said(id).contains(&format!("\"{name}\"")))
            .collect();
        assert!(unused.is_empty(), "{id}: no sample is in vain: {unused:?}");
    }
}

fn said(id: &str) -> String {
    String::from_utf8(samples(id).remove("expected.json").expect("there")).expect("UTF-8")
}

#[test]
fn the_first_difference_is_told() {
    let (file, mut samples) = (text("simplefin"), samples("simplefin"));
    let changed = said("simplefin").replacen("-4510", "4510", 1);
    samples.insert("expected.json".to_owned(), changed.into_bytes());
    let found = source::check(&file, &samples);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].place, "readings[0].lines[0].amount_minor");
    assert_eq!((&*found[0].wanted, &*found[0].found), ("4510", "-4510"));
    samples.remove("odd.json");
    let found = source::check(&file, &samples);
    assert!(found.iter().any(|one| one.found == "nothing"), "{found:?}");
    for (from, to, place, wanted) in [
        ("once   = true", "often  = true", "access.ask[0].often", "no such key"),
        ("id      = \"simplefin\"", "", "id", "this key"),
        ("[auth]", "[auth", "the connector file", "TOML"),
    ] {
        let found = source::check(&file.replace(from, to), &samples);
        let told: Vec<_> = found.iter().map(|one| (&*one.place, &*one.wanted)).collect();
        assert_eq!(told, [(place, wanted)], "nothing is told as `expected` with no word after it");
    }
}

/// A file with one thing changed: the path of the key that is wrong.
fn check_file(id: &str, from: &str, to: &str, path: &str) {
    let text = text(id);
    assert!(text.contains(from), "{id}: {from}");
    match source::Connector::read(&text.replacen(from, to, 1)) {
        Ok(_) => panic!("{to} was taken"),
        Err(why) => assert_eq!(why.path, path, "{why}"),
    }
}

#[test]
fn a_wrong_connector_is_refused_with_the_path() {
    check_file("qonto", "\"thirdparty.qonto.com\"]", "\"127.0.0.1\"]", "access.hosts");
    check_file("qonto", "\"thirdparty.qonto.com\"]", "\"a.example:8443\"]", "access.hosts");
    check_file("qonto", "hosts = [\"thirdparty", "hosts = [\"third", "auth.url");
    check_file("qonto", "url    = \"https", "url    = \"http", "auth.url");
    check_file("qonto", "{login}:", "{logon}:", "auth.value");
    check_file("qonto", "method = \"GET\"", "method = \"POST\"", "consent_check.call.method");
    check_file("qonto", "{account.id}", "{secret_key}", "transactions.call.query.bank_account_id");
    check_file("qonto", "kind = \"number\"", "kind = \"numbers\"", "transactions.page.kind");
    check_file("qonto", "\"rate-limit\"", "\"rate-limits\"", "errors[1].means");
    check_file("qonto", "timeout_s", "timeout_ms", "limits.timeout_ms");
    check_file("qonto", "fr = \"Clé secrète\"", "de = \"Schlüssel\"", "access.ask[1].name.fr");
    check_file("simplefin", "{setup_token|base64}", "{access_url}", "consent[0].call.url");
    check_file("simplefin", "take   = { access_url", "take   = { access", "access.keep");
    check_file("simplefin", "\"exclusive\"", "\"open\"", "transactions.window.until");
    // These would be taken and then ask for everything, or for the first page alone.
    let day = "transactions.call.query.settled_at_to";
    check_file("qonto", "{until|rfc3339}", "{until}", day);
    check_file(
        "qonto",
        "{account.id}",
        "{account.id|day}",
        "transactions.call.query.bank_account_id",
    );
    check_file("qonto", "\"/meta/next_page\"", "\"meta.next_page\"", "transactions.page.next");
    check_file("qonto", "\"/meta/total_count\"", "\"total\"", "transactions.page.count");
    check_file("qonto", "current_page = \"{page.next}\", ", "", "transactions.call");
    check_file("simplefin", "at    = \"/code\"", "at = \"code\"", "errors[2].at");
    check_file(
        "simplefin",
        "\"/conn_id\", account",
        "\"conn_id\", account",
        "errors[2].scope.connection",
    );
}

#[test]
fn a_screen_can_tell_what_a_source_gives() {
    let found = built_in();
    let simplefin = found.find("simplefin").expect("there");
    assert_eq!((simplefin.name("fr"), simplefin.recipe()), ("SimpleFIN", 1));
    let asks: Vec<(&str, bool, bool)> =
        simplefin.asks().iter().map(|ask| (&*ask.id, ask.secret, ask.once)).collect();
    assert_eq!(asks, [("setup_token", true, true)]);
    assert_eq!(simplefin.keeps(), ["access_url"]);
    let lacks: Vec<&str> = simplefin.lacks().iter().map(|lack| lack.word()).collect();
    assert_eq!(lacks, ["balance-after", "party-iban", "value-day"]);
    let day = |text| Day::parse(text).expect("a day");
    let (today, wanted) = (day("2026-11-29"), day("2020-01-01"));
    assert_eq!(simplefin.longest_history(today, wanted), day("2026-09-01"));
    let qonto = found.find("qonto").expect("there");
    assert_eq!(qonto.longest_history(today, wanted), wanted);
    assert_eq!(qonto.hosts, ["thirdparty.qonto.com"]);
    assert!(Meaning::of_word("token-spent").is_some());
}
