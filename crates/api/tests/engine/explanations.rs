//! The law of explanations, on every figure of the sample's ten returns: leaves sum to the figure,
//! roundings are told, every fact leads to bytes or to whoever typed it, and none is there in vain.

use crate::desk::{Desk, hash, sample_folder};
use api::{Explained, Figure, LeafView, OriginView, SightingView, Silent};
use assets::Assets;
use book::read::Reader;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use tax::{Facts, Item, Pack, Source};
use values::{Decimal, Period};

#[test]
fn every_figure_of_ten_returns_is_explained_to_the_last_decimal() {
    let desk = Desk::with_sample();
    let files = sample_files();
    let mut counted = (0, 0);
    // Records of what was typed, once each was looked at, and whether it was in a file.
    let mut typed = BTreeSet::new();
    for month in 1..=10 {
        let month = format!("2026-{month:02}");
        let request = json!({ "form": "CA3", "period": month, "out": desk.path("out") });
        desk.call("make_return", request);
        let view = desk.call("preview_return", json!({ "form": "CA3", "period": month }));
        let reader = desk.reader();
        let mut behind = Behind::new();
        let (pack, facts) = facts(&reader, Period::parse(&month).expect("a month"));
        for one in view["boxes"].as_array().expect("boxes") {
            let id = one["box"].as_str().expect("an id");
            if one["value"] == 0 {
                continue;
            }
            let name = format!("ca3/{month}/{id}");
            let asked = Figure { figure: name.clone() };
            let explained = desk.app.explain(&desk.book(), asked, &Silent).expect("explained");
            let explained = explained.value;
            assert_eq!(explained.value, Decimal::from(one["value"].as_i64().unwrap()), "{name}");
            sums(&explained);
            for leaf in &explained.leaves {
                typed.extend(origins(&name, leaf, &files));
            }
            same(&pack, &facts, id, &explained, &mut behind);
            counted.0 += 1;
            counted.1 += explained.leaves.len();
        }
        needed(&pack, &facts, &behind);
    }
    for (seq, by_file) in typed {
        let command = if by_file { "DraftFile" } else { "FinaliseInvoice" };
        assert_eq!(record_command(&desk, seq), command, "record {seq}");
    }
    // The law must have been tried on something.
    assert!(counted.0 >= 140 && counted.1 >= 1_500, "{counted:?}");
    let (digest, replayed) = desk.digests();
    assert_eq!(digest, replayed);
}

/// Leaves sum to the unrounded figure; that and the roundings are the figure.
fn sums(explained: &Explained) {
    let name = &explained.figure;
    let leaves: Decimal = explained.leaves.iter().map(|leaf| leaf.contribution).sum();
    assert_eq!(leaves, explained.unrounded, "{name}: leaves");
    let roundings: Decimal = explained.roundings.iter().map(|step| step.contribution).sum();
    assert_eq!(explained.unrounded + roundings, explained.value, "{name}: roundings");
    for step in &explained.roundings {
        assert!(!step.law.is_empty(), "{name}: a rounding without its article");
        assert!((step.to - step.from).abs() <= Decimal::new(5, 1), "{name}: {step:?}");
    }
    assert!(!explained.law.is_empty() && !explained.formula.is_empty(), "{name}");
    assert!(explained.leaves.iter().all(|leaf| !leaf.contribution.is_zero()), "{name}");
}

/// Name and bytes of each file of the sample, by its hash.
fn sample_files() -> HashMap<String, (String, Vec<u8>)> {
    let files = std::fs::read_dir(sample_folder()).expect("the sample is there");
    files
        .map(|file| file.expect("a file").path())
        .filter(|path| path.is_file())
        .map(|path| {
            let bytes = std::fs::read(&path).expect("it is read");
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (hash(&bytes), (name, bytes))
        })
        .collect()
}

/// A tax item leads to the bank's bytes, or to the file that was typed or the invoice that was
/// made; a payment leads to both. Gives the record of what was typed, and whether it was in a file.
fn origins(
    name: &str,
    leaf: &LeafView,
    files: &HashMap<String, (String, Vec<u8>)>,
) -> Option<(i64, bool)> {
    if leaf.kind == "previous" {
        return None;
    }
    assert_eq!(leaf.kind, "item", "{name}: {leaf:?}");
    let entry = leaf.entry.as_ref().expect("an entry");
    assert!(entry.items.iter().any(|item| Some(item.id) == leaf.id), "{name}: {leaf:?}");
    let (mut banks, mut typed, mut record) = (0, 0, None);
    for origin in &leaf.origins {
        match origin {
            OriginView::Bank { amount_minor, sightings, .. } => {
                banks += 1;
                assert!(!sightings.is_empty(), "{name}: a bank line that nothing showed");
                sightings.iter().for_each(|seen| sighting(name, *amount_minor, seen, files));
            }
            OriginView::Typed { seq, blob, .. } => {
                typed += 1;
                if let Some(blob) = blob {
                    assert_eq!(files[blob].0, "entries.jsonl", "{name}");
                }
                record = Some((*seq, blob.is_some()));
            }
        }
    }
    match leaf.invoice {
        Some(_) => assert_eq!((banks, typed), (1, 1), "{name}: a payment: {leaf:?}"),
        None => assert_eq!(banks + typed, 1, "{name}: {leaf:?}"),
    }
    record
}

fn record_command(desk: &Desk, seq: i64) -> String {
    let page = desk.call("history", json!({ "before": seq + 1, "limit": 1 }));
    page[0]["command"].as_str().expect("a command").to_owned()
}

/// The bytes that showed a line are the file's own and state its amount.
fn sighting(
    name: &str,
    amount_minor: i64,
    seen: &SightingView,
    files: &HashMap<String, (String, Vec<u8>)>,
) {
    let (file, bytes) = &files[&seen.blob];
    assert_eq!(*file, seen.file, "{name}");
    let place = usize::try_from(seen.from).unwrap()..usize::try_from(seen.to).unwrap();
    let shown = String::from_utf8_lossy(&bytes[place]).into_owned();
    assert_eq!(shown, seen.bytes, "{name}: {file}");
    // Thousands may be grouped by any kind of space; the decimal sign is the bank's.
    let plain: String = shown.chars().filter(|one| !one.is_whitespace()).collect();
    let (units, cents) = (amount_minor.abs() / 100, amount_minor.abs() % 100);
    let stated = [format!("{units}.{cents:02}"), format!("{units},{cents:02}")];
    assert!(stated.iter().any(|one| plain.contains(one)), "{name}: {amount_minor} in {shown}");
}

/// The facts alone, without the application, give the same explanation; its sources are noted.
fn same(pack: &Pack, facts: &Facts, id: &str, explained: &Explained, behind: &mut Behind) {
    let alone = tax::explain(pack, facts, id).expect("explained from facts alone");
    let name = &explained.figure;
    assert_eq!(alone.value, explained.value, "{name}");
    assert_eq!(alone.unrounded, explained.unrounded, "{name}");
    assert_eq!(alone.leaves.len(), explained.leaves.len(), "{name}");
    for leaf in &alone.leaves {
        let source = match &leaf.source {
            Source::Item { id, .. } => Removed::Item(*id),
            Source::Previous { id } => Removed::Previous(id.clone()),
            other => panic!("{name}: {other:?}"),
        };
        behind.entry(source).or_default().push((id.to_owned(), alone.unrounded));
    }
}

/// A fact that is taken away.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Removed {
    Item(i64),
    Previous(String),
}

/// The figures that each fact stands behind, unrounded.
type Behind = BTreeMap<Removed, Vec<(String, Decimal)>>;

/// Without any one of its facts a figure is another.
fn needed(pack: &Pack, facts: &Facts, behind: &Behind) {
    for (fact, figures) in behind {
        let mut fewer = facts.clone();
        match fact {
            Removed::Item(id) => fewer.items.retain(|item| item.id != *id),
            Removed::Previous(id) => {
                let previous = fewer.previous.as_mut().expect("a return before");
                previous.insert(id.clone(), Decimal::ZERO);
            }
        }
        let without = tax::fill(pack, &fewer).expect("filled without it");
        for (id, unrounded) in figures {
            let found = without.boxes.iter().find(|one| one.id == *id).expect("the box");
            assert_ne!(found.unrounded, *unrounded, "{}: {id} without {fact:?}", facts.period);
        }
    }
}

/// The facts of a made return, gathered from the book past the application.
fn facts(reader: &Reader, period: Period) -> (Pack, Facts) {
    let assets = Assets::built_in();
    let names = Pack::names(&assets);
    let packs = names.iter().map(|name| Pack::load(&assets, name).expect("a pack"));
    let pack = packs.into_iter().find(|pack| pack.head().form == "CA3").expect("the CA3");
    let returns = reader.returns("CA3").expect("returns");
    let made = returns.iter().find(|one| one.first_day == period.first).expect("made");
    let before = returns.iter().rfind(|one| one.last_day < period.first);
    let rows = reader.tax_items(period.first, period.last).expect("items");
    let items = rows.iter().filter(|row| row.taken_by == Some(made.id)).map(|row| Item {
        id: row.id.0,
        entry: row.entry.0,
        account: row.account.clone(),
        leg: tax::Leg::parse(row.leg.word()).expect("a leg"),
        tax_code: row.tax_code.clone(),
        rate: row.rate,
        nature: tax::Nature::parse(row.nature.word()).expect("a nature"),
        base_minor: row.base_minor,
        tax_minor: row.tax_minor,
        deductible_minor: row.deductible_minor,
        chargeable_on: row.chargeable_on,
    });
    let roles =
        reader.accounts().expect("accounts").into_iter().filter_map(|account| {
            match account.vat_role {
                book::chart::VatRole::Due => Some((account.code, tax::VatRole::Due)),
                book::chart::VatRole::Deductible => Some((account.code, tax::VatRole::Deductible)),
                _ => None,
            }
        });
    let balances: BTreeMap<String, i64> = pack
        .accounts_named()
        .iter()
        .map(|code| (code.to_string(), reader.balance_on(code, period.last).expect("a balance")))
        .collect();
    let facts = Facts {
        period,
        items: items.collect(),
        roles: roles.collect(),
        balances,
        previous: before.map(|one| serde_json::from_str(&one.boxes).expect("boxes")),
        answers: serde_json::from_str(&made.answers).expect("answers"),
    };
    (pack, facts)
}
