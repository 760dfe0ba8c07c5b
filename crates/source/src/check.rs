//! A connector held against its samples, for whoever writes one.

use crate::connector::Connector;
use crate::errors::{of_status, within};
use crate::meaning::Meaning;
use serde::Deserialize;
use serde_json::{Value, json};
use statement::feed::{
    AccountAsked, FeedAccount, FeedReading, Json, MappingError, MappingFault, accounts, lines_in,
    read,
};
use statement::{Line, Refusal, Remark};
use std::collections::BTreeMap;
use values::{Currency, Day};

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where: a key of the connector file, a file's name, or a place of `expected.json` such as
    /// `readings[0].lines[2].amount_minor`.
    pub place: String,
    /// What should stand there.
    pub wanted: String,
    /// What stands there.
    pub found: String,
}

impl Finding {
    fn new(place: &str, wanted: &str, found: impl ToString) -> Finding {
        let (place, wanted) = (place.to_owned(), wanted.to_owned());
        Finding { place, wanted, found: found.to_string() }
    }
}

const A_FILE: &str = "a file of this name beside the samples";
const KNOWN_KEYS: &str = "the keys told in docs/adding-a-connector.md";

/// What is wrong with the connector file itself.
fn of_file(why: MappingError) -> Finding {
    match why.why {
        MappingFault::Syntax(text) => Finding::new("the connector file", "TOML", text.trim_end()),
        MappingFault::Missing => Finding::new(&why.path, "this key", "nothing"),
        MappingFault::Unknown => Finding::new(&why.path, "no such key", "one"),
        MappingFault::Kind(kind) => Finding::new(&why.path, kind, "something else"),
        MappingFault::Word(word) => {
            Finding::new(&why.path, "a word or name of the format", format!("`{word}`"))
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    #[serde(default)]
    accounts: Vec<Value>,
    readings: Vec<Value>,
    #[serde(default)]
    errors: Vec<ExpectedError>,
}

#[derive(Deserialize)]
struct AccountsOf {
    file: String,
}

/// What a reading is asked; the other keys are what it must give.
#[derive(Deserialize)]
struct ReadingOf {
    pages: Vec<String>,
    balances: Option<String>,
    account: String,
    currency: Currency,
    zone: String,
    first_day: Day,
    last_day: Day,
    as_of: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedError {
    status: u16,
    file: Option<String>,
    account: Option<String>,
    /// Absent: the answer is sound.
    means: Option<String>,
}

/// The samples by file name.
type Files = BTreeMap<String, Vec<u8>>;

/// Reads both halves of a connector file and runs the samples that `expected.json` names. Nothing
/// found: all is well.
pub fn check(toml_text: &str, files: &Files) -> Vec<Finding> {
    let connector = match Connector::read(toml_text) {
        Ok(connector) => connector,
        Err(why) => return vec![of_file(why)],
    };
    let Some(text) = files.get("expected.json") else {
        return vec![Finding::new("expected.json", A_FILE, "nothing")];
    };
    let expected: Expected = match serde_json::from_slice(text) {
        Ok(expected) => expected,
        Err(why) => return vec![Finding::new("expected.json", KNOWN_KEYS, why)],
    };
    let mut found = Vec::new();
    for (at, wanted) in expected.accounts.iter().enumerate() {
        let place = format!("accounts[{at}]");
        found.extend(compare(&place, wanted, accounts_of(&connector, wanted, files)));
    }
    for (at, wanted) in expected.readings.iter().enumerate() {
        let place = format!("readings[{at}]");
        found.extend(compare(&place, wanted, reading_of(&connector, wanted, files)));
    }
    for (at, wanted) in expected.errors.iter().enumerate() {
        found.extend(error_of(&connector, &format!("errors[{at}]"), wanted, files));
    }
    found
}

/// The first difference between what is wanted and what came.
fn compare(place: &str, wanted: &Value, got: Result<Value, Finding>) -> Option<Finding> {
    match got {
        Ok(got) => difference(place, wanted, &got),
        Err(why) => Some(Finding { place: format!("{place}: {}", why.place), ..why }),
    }
}

fn difference(place: &str, wanted: &Value, got: &Value) -> Option<Finding> {
    match (wanted, got) {
        (Value::Object(wanted), Value::Object(got)) => {
            let names = wanted.keys().chain(got.keys().filter(|name| !wanted.contains_key(*name)));
            let of = |table: &serde_json::Map<String, Value>, name: &str| {
                table.get(name).cloned().unwrap_or_default()
            };
            names.into_iter().find_map(|name| {
                difference(&format!("{place}.{name}"), &of(wanted, name), &of(got, name))
            })
        }
        (Value::Array(wanted), Value::Array(got)) => {
            let longest = wanted.len().max(got.len());
            let of = |list: &[Value], at: usize| list.get(at).cloned().unwrap_or_default();
            (0..longest)
                .find_map(|at| difference(&format!("{place}[{at}]"), &of(wanted, at), &of(got, at)))
        }
        _ if wanted == got => None,
        _ => Some(Finding::new(place, &wanted.to_string(), got)),
    }
}

fn file<'f>(files: &'f Files, name: &str) -> Result<&'f [u8], Finding> {
    let found = files.get(name).map(Vec::as_slice);
    found.ok_or_else(|| Finding::new(name, A_FILE, "nothing"))
}

fn asked<T: serde::de::DeserializeOwned>(wanted: &Value) -> Result<T, Finding> {
    let asked = serde_json::from_value(wanted.clone());
    asked.map_err(|why| Finding::new("expected.json", KNOWN_KEYS, why))
}

fn refused(name: &str) -> impl Fn(Refusal) -> Finding {
    move |why| {
        Finding::new(name, "a readable answer", format!("{} {:?}", why.code.word(), why.args))
    }
}

fn words(remarks: &[Remark]) -> Vec<&'static str> {
    remarks.iter().map(|remark| remark.code.word()).collect()
}

fn accounts_of(connector: &Connector, wanted: &Value, files: &Files) -> Result<Value, Finding> {
    let AccountsOf { file: name } = asked(wanted)?;
    let bytes = file(files, &name)?;
    let (found, remarks) = accounts(&connector.mapping, bytes).map_err(refused(&name))?;
    let found: Vec<Value> = found.iter().map(account).collect();
    Ok(json!({ "file": name, "found": found, "remarks": words(&remarks) }))
}

fn account(account: &FeedAccount) -> Value {
    json!({
        "reference": account.reference,
        "names": account.names,
        "label": account.label,
        "currency": account.currency.as_ref().ok(),
        "refused": account.currency.as_ref().err().map(|why| why.code.word()),
        "bank": account.bank,
        "booked_minor": account.booked_minor,
        "available_minor": account.available_minor,
        "as_of": account.as_of,
    })
}

fn reading_of(connector: &Connector, wanted: &Value, files: &Files) -> Result<Value, Finding> {
    let of: ReadingOf = asked(wanted)?;
    let pages: Vec<&[u8]> =
        of.pages.iter().map(|name| file(files, name)).collect::<Result<_, _>>()?;
    let balances = of.balances.as_deref().map(|name| file(files, name)).transpose()?;
    let account = AccountAsked {
        reference: &of.account,
        currency: of.currency,
        zone: &of.zone,
        first_day: of.first_day,
        last_day: of.last_day,
        as_of: &of.as_of,
    };
    let got = read(&connector.mapping, &account, &pages, balances);
    let got = got.map_err(refused(&of.pages.join(", ")))?;
    places_hold(&got, &pages.concat())?;
    let mut shown = reading(&got, of.last_day);
    // What was asked stands in the same table; it is its own answer.
    if let (Some(shown), Some(wanted)) = (shown.as_object_mut(), wanted.as_object()) {
        const ASKED: [&str; 8] =
            ["pages", "balances", "account", "currency", "zone", "first_day", "last_day", "as_of"];
        let asked = wanted.iter().filter(|(name, _)| ASKED.contains(&name.as_str()));
        shown.extend(asked.map(|(name, value)| (name.clone(), value.clone())));
    }
    Ok(shown)
}

/// Each line's place holds one record.
fn places_hold(got: &FeedReading<'_>, all: &[u8]) -> Result<(), Finding> {
    let lines = got.reading.statements.iter().flat_map(|one| &one.lines);
    let places = lines.map(|line| &line.place).chain(got.held.iter().map(|held| &held.place));
    for place in places {
        if all.get(place.clone()).is_none_or(|bytes| Json::parse(bytes).is_err()) {
            return Err(Finding::new("place", "one record", format!("{place:?}")));
        }
    }
    Ok(())
}

fn reading(got: &FeedReading<'_>, last_day: Day) -> Value {
    let one = got.reading.statements.first();
    let pending: Vec<Value> = (got.pending.iter())
        .map(|one| json!({ "day": one.day, "amount_minor": one.amount_minor, "label": one.label }))
        .collect();
    json!({
        "opening_minor": one.and_then(|one| one.opening_minor),
        "closing_minor": one.and_then(|one| one.closing_minor),
        "read_to": one.map(|one| one.last_day).filter(|day| *day != last_day),
        "lines": one.map(|one| one.lines.iter().map(line).collect::<Vec<_>>()),
        "pending": if pending.is_empty() { Value::Null } else { Value::from(pending) },
        "remarks": words(&got.reading.remarks),
    })
}

fn line(line: &Line<'_>) -> Value {
    json!({
        "day": line.day,
        "value_day": line.value_day,
        "amount_minor": line.amount_minor,
        "label": line.label,
        "id": line.ids.first().map(|id| &id.value),
        "balance_after_minor": line.balance_after_minor,
        "party_name": line.party_name,
        "party_iban": line.party_iban,
        "reference": line.reference,
        "type_code": line.type_code,
        "original": line.original,
        "fee_minor": line.fee_minor,
    })
}

fn error_of(
    connector: &Connector,
    place: &str,
    wanted: &ExpectedError,
    files: &Files,
) -> Option<Finding> {
    let bytes = match wanted.file.as_deref().map(|name| file(files, name)).transpose() {
        Ok(bytes) => bytes.unwrap_or_default(),
        Err(why) => return Some(why),
    };
    let account = wanted.account.as_deref();
    let meaning = if (200..300).contains(&wanted.status) {
        match Json::parse(bytes) {
            Err(_) => Some(Meaning::NotJson),
            Ok(root) => within(connector, &root, account).map(|told| told.meaning).or_else(|| {
                let lines = account.map(|account| lines_in(&connector.mapping, &root, account));
                lines.and_then(Result::err).map(|_| Meaning::AccountGone)
            }),
        }
    } else {
        Some(of_status(connector, wanted.status, bytes).meaning)
    };
    let (wanted, found) = (wanted.means.as_deref(), meaning.map(Meaning::code));
    (wanted != found).then(|| {
        Finding::new(&format!("{place}.means"), wanted.unwrap_or("-"), found.unwrap_or("-"))
    })
}
