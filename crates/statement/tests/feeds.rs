//! Answers from providers' own documents, read by the connectors built in.
//!
//! They stand beside the project, not in it; without them this test says so and passes.

use statement::feed::{AccountAsked, Mapping, accounts, read};
use std::fs;
use std::path::{Path, PathBuf};
use values::{Currency, Day};

fn samples() -> Option<PathBuf> {
    ["../../../shared", "../../../../shared"]
        .into_iter()
        .map(|shared| Path::new(env!("CARGO_MANIFEST_DIR")).join(shared))
        .map(|shared| shared.join("reference/feeds/samples"))
        .find(|folder| folder.join("INDEX.tsv").exists())
}

fn mapping(id: &str) -> Mapping {
    let text = assets::Assets::built_in().text(&format!("connectors/{id}.toml"));
    Mapping::read(&text.expect("it is built in")).unwrap_or_else(|why| panic!("{id}: {why}"))
}

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

#[test]
fn simplefin_of_the_protocol() {
    let Some(folder) = samples() else {
        println!("skipped: no shared samples");
        return;
    };
    let mapping = mapping("simplefin");
    for (file, reference, bank) in [
        ("accounts_v1.json", "/2930002", "mybank.com"),
        ("accounts_v2.json", "CON-1122121298398234234/2930002", "My Bank - Jill"),
    ] {
        let bytes = fs::read(folder.join("simplefin").join(file)).expect("the sample");
        let (found, remarks) = accounts(&mapping, &bytes).expect("it is read");
        assert_eq!((found.len(), remarks.len()), (1, 0));
        let account = &found[0];
        assert_eq!((&*account.reference, account.bank.as_deref()), (reference, Some(bank)));
        assert_eq!(account.booked_minor, Some(10023));
        assert_eq!(account.as_of.as_deref(), Some("2001-01-01T16:22:33Z"));
        let asked = AccountAsked {
            reference,
            currency: account.currency.clone().expect("dollars"),
            zone: "America/New_York",
            first_day: day("1995-01-01"),
            last_day: day("2001-01-02"),
            as_of: "2001-01-02T12:00:00Z",
        };
        let got = read(&mapping, &asked, &[&bytes], None).expect("it is read");
        let statement = &got.reading.statements[0];
        assert_eq!((statement.closing_minor, statement.lines.len()), (Some(10023), 1));
        let line = &statement.lines[0];
        assert_eq!((line.amount_minor, line.day), (-3329343, day("1995-02-18")));
        assert_eq!(line.label, "Uncle Frank's Bait Shop");
        assert!(bytes[line.place.clone()].starts_with(b"{"));
        assert!(got.reading.remarks.is_empty(), "{:?}", got.reading.remarks);
    }
}

#[test]
fn qonto_of_its_documents() {
    let Some(folder) = samples() else {
        println!("skipped: no shared samples");
        return;
    };
    let mapping = mapping("qonto");
    let file = |name: &str| fs::read(folder.join("qonto").join(name)).expect("the sample");
    let (organization, page) = (file("organization.json"), file("transactions.json"));
    let (found, _) = accounts(&mapping, &organization).expect("it is read");
    assert_eq!(found[0].names[0].0, "iban");
    assert_eq!((found[0].booked_minor, found[0].available_minor), (Some(1000050), Some(950000)));
    let asked = AccountAsked {
        reference: &found[0].reference,
        currency: Currency::EUR,
        zone: "Europe/Paris",
        first_day: day("2021-03-01"),
        last_day: day("2021-03-31"),
        as_of: "2026-01-15T10:00:00Z",
    };
    let got = read(&mapping, &asked, &[&page], Some(&organization)).expect("it is read");
    let statement = &got.reading.statements[0];
    // Today's balance says nothing of a month long past; the line's own balance does.
    assert_eq!((statement.opening_minor, statement.closing_minor), (Some(11153), Some(11110)));
    assert_eq!(statement.account.names[0].0, "iban");
    let line = &statement.lines[0];
    assert_eq!((line.amount_minor, line.day), (-43, day("2021-03-03")));
    assert_eq!(line.party_iban.as_deref(), Some("NL93RABO3730976796"));
    assert_eq!(line.ids[0].value, "df346899-3595-421a-8b26-f9d9616ce496");
}

fn own_sample(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/connectors");
    fs::read(folder.join(name)).expect("a sample")
}

/// What an answer gives, or nothing where it is refused; never a panic, and each place a record.
fn try_page(mapping: &Mapping, page: &[u8]) -> Option<usize> {
    let asked = AccountAsked {
        reference: if mapping.id() == "qonto" { "A" } else { "CON-0001/100" },
        currency: if mapping.id() == "qonto" {
            Currency::EUR
        } else {
            Currency::parse("USD").expect("dollars")
        },
        zone: "Europe/Paris",
        first_day: day("2026-03-01"),
        last_day: day("2026-04-30"),
        as_of: "2026-04-30T12:00:00Z",
    };
    let got = read(mapping, &asked, &[page], None).ok()?;
    let statement = &got.reading.statements[0];
    let lines = statement.lines.iter().map(|line| &line.place);
    for place in lines.chain(got.held.iter().map(|held| &held.place)) {
        assert!(page[place.clone()].starts_with(b"{") && page[place.clone()].ends_with(b"}"));
    }
    Some(statement.lines.len())
}

#[test]
fn an_answer_cut_at_any_byte_is_refused() {
    for (id, name) in
        [("qonto", "qonto/transactions-1.json"), ("simplefin", "simplefin/transactions.json")]
    {
        let (mapping, page) = (mapping(id), own_sample(name));
        let whole = try_page(&mapping, &page).expect("it is read");
        assert!(whole > 2);
        for end in 0..page.len() - 2 {
            assert_eq!(try_page(&mapping, &page[..end]), None, "{name} cut at {end}");
        }
    }
}

#[test]
fn damaged_answers_never_panic() {
    for (id, name) in [("qonto", "qonto/odd.json"), ("simplefin", "simplefin/odd.json")] {
        let (mapping, page) = (mapping(id), own_sample(name));
        for at in 0..page.len() {
            for byte in [b'"', b'9', b'-', b'}', 0xC3] {
                let mut damaged = page.clone();
                damaged[at] = byte;
                try_page(&mapping, &damaged);
                let _ = accounts(&mapping, &damaged);
            }
        }
    }
}
