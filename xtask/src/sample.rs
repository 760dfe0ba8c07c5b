//! `cargo xtask sample`: ten months in the books of Atelier Morvan, a business that never was.
//!
//! Everything is made from one seed and a few tables, so the same sources write the same bytes;
//! what is committed under `assets/sample/fr` is checked against it by a test. Start reading at
//! [`world`], which lists the parts, and [`files`], which lists what they become.

mod answers;
mod caisse;
mod calendar;
mod camt;
mod codes;
mod dice;
mod documents;
mod everyday;
mod exact;
mod identity;
mod invoices;
mod model;
mod ofx;
mod opening;
mod parties;
mod payroll;
mod purchases;
mod sales;
mod takings;
mod vat;

pub(crate) use model::euros;
use model::{Bank, BankLine, World};
use opening::{OWED_VAT, bank_opening};
use std::path::{Path, PathBuf};
use values::{Day, Period};

/// Rewrites the folder and tells what it wrote.
pub fn run() -> Result<String, String> {
    let folder = folder();
    let files = files(&world()).map_err(|error| format!("writing JSON: {error}"))?;
    let mut total = 0;
    for (name, text) in &files {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(&folder);
        let failed = |error| format!("{}: {error}", path.display());
        std::fs::create_dir_all(parent).map_err(failed)?;
        std::fs::write(&path, text).map_err(failed)?;
        total += text.len();
    }
    Ok(format!("{} files, {total} bytes in assets/sample/fr", files.len()))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/sample/fr")
}

/// The whole business: counterparties, entries by day, bank lines by account and day.
fn world() -> World {
    let mut world = World {
        parties: parties::table(),
        entries: Vec::new(),
        invoices: Vec::new(),
        bank: Vec::new(),
        dice: dice::Dice::new(44_000),
    };
    opening::write(&mut world);
    sales::write(&mut world);
    invoices::write(&mut world);
    purchases::write(&mut world);
    takings::write(&mut world);
    payroll::write(&mut world);
    everyday::write(&mut world);
    in_order(&mut world);
    // The tax office comes last: what it takes follows from all the rest.
    vat::pay(&mut world, OWED_VAT);
    in_order(&mut world);
    world
}

fn in_order(world: &mut World) {
    world.entries.sort_by_key(|entry| entry.day);
    world.bank.retain(|line| line.day <= calendar::last_day());
    world.bank.sort_by_key(|line| (line.bank, line.day));
}

/// Every file by its name inside the folder.
fn files(world: &World) -> Result<Vec<(String, String)>, serde_json::Error> {
    let statements = statements(world);
    let answers = answers::file(world, &statements)?;
    let mut files = vec![
        ("README.md".to_owned(), README.to_owned()),
        ("business.toml".to_owned(), business()),
        ("entries.jsonl".to_owned(), entries(world)?),
        ("invoices.jsonl".to_owned(), invoices::file(world)?),
        ("tests/answers.json".to_owned(), answers),
    ];
    files.extend(statements.into_iter().map(|told| (told.name, told.text)));
    Ok(files)
}

const README: &str = "\
# Atelier Morvan

Ten months, January to October 2026, of a joinery in Nantes that does not exist. Business, people,
banks, accounts, amounts and identifiers are all invented; check digits hold only so that readers
accept them. `business.toml` holds the settings, `entries.jsonl` what was typed besides the bank
(takeover, invoices until September, till, bills, payroll), `invoices.jsonl` what was made in
Comptoir since October (customers' cards, invoices, credit notes, drafts, and the payments of these
that were accepted), the `banque-*` files what the banks say of three accounts, and
`tests/answers.json` the figures that must come out. `cargo xtask sample` writes all of it.
";

fn business() -> String {
    format!(
        "\
# Settings of the sample business, as `new` asks for them.
name = \"Atelier Morvan\"
country = \"fr\"
siren = \"{}\"
legal_form = \"SARL\"
vat_regime = \"normal_monthly\"
vat_on = \"payments\"
activity = \"mixed\"
territory = \"FR-MET\"
income_tax = \"IS\"
fiscal_year = \"2026-01-01..2026-12-31\"
first_day = \"2026-01-01\"
time_zone = \"Europe/Paris\"
address = \"14 rue des Charpentiers, 44000 Nantes\"
email = \"contact@atelier-morvan.example\"
share_capital = \"30\u{a0}000\u{a0}€\"
register = \"RCS Nantes 123\u{a0}456\u{a0}782\"
invoice_prefix = \"{}\"
credit_note_prefix = \"{}\"
",
        identity::SIREN,
        invoices::INVOICE_PREFIX,
        invoices::CREDIT_NOTE_PREFIX,
    )
}

/// JSON Lines: counterparties first, then the entries that are typed, by day.
fn entries(world: &World) -> Result<String, serde_json::Error> {
    let mut text = String::new();
    for party in &world.parties {
        text += &serde_json::to_string(&serde_json::json!({ "counterparty": party }))?;
        text.push('\n');
    }
    for entry in world.entries.iter().filter(|entry| !entry.is_made_here) {
        text += &serde_json::to_string(entry)?;
        text.push('\n');
    }
    Ok(text)
}

/// A stretch of one account's lines: the file that tells it, and what came before.
struct Stretch<'a> {
    lines: Vec<&'a BankLine>,
    opening_minor: i64,
    before: usize,
}

fn stretch(world: &World, bank: Bank, first: Day, last: Day) -> Stretch<'_> {
    let own = || world.bank.iter().filter(move |line| line.bank == bank);
    let earlier = || own().filter(move |line| line.day < first);
    Stretch {
        lines: own().filter(|line| (first..=last).contains(&line.day)).collect(),
        opening_minor: bank_opening(bank) + earlier().map(|line| line.amount_minor).sum::<i64>(),
        before: earlier().count(),
    }
}

/// One file of a bank, and what it states.
struct Statement {
    name: String,
    text: String,
    lines: usize,
    /// Balances in cents before the first line and after the last.
    opening_minor: i64,
    closing_minor: i64,
}

impl Statement {
    fn new(name: String, text: String, part: &Stretch) -> Statement {
        let sum: i64 = part.lines.iter().map(|line| line.amount_minor).sum();
        Statement {
            name,
            text,
            lines: part.lines.len(),
            opening_minor: part.opening_minor,
            closing_minor: part.opening_minor + sum,
        }
    }
}

/// The files of the three accounts. Their names sort as the accounts of the book are numbered.
fn statements(world: &World) -> Vec<Statement> {
    let mut told = Vec::new();
    for month in 1..=10 {
        let part = stretch(world, Bank::Current, calendar::on(month, 1), calendar::on(month, 31));
        let text = camt::file(month, &part.lines, part.opening_minor, part.before);
        let name = format!("banque-courant-2026-{month:02}.camt.xml");
        told.push(Statement::new(name, text, &part));
    }
    for (span, first, last) in [("T1", 1, 3), ("T2", 4, 6), ("T3", 7, 9), ("10", 10, 10)] {
        let period = Period { first: calendar::on(first, 1), last: calendar::on(last, 31) };
        let part = stretch(world, Bank::Cards, period.first, period.last);
        let text = caisse::file(period, &part.lines, part.opening_minor, part.before);
        told.push(Statement::new(format!("banque-encaissement-2026-{span}.csv"), text, &part));
    }
    let part = stretch(world, Bank::Savings, calendar::on(1, 1), calendar::last_day());
    let text = ofx::file(&part.lines, part.opening_minor);
    told.push(Statement::new("banque-livret-2026.ofx".to_owned(), text, &part));
    told
}

#[cfg(test)]
mod tests;
