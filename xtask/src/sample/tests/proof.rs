//! The statements, read back from their bytes: balances chain, and answer what the books open on.

use super::*;

/// What a statement says of itself.
struct Told {
    opening: Option<i64>,
    closing: i64,
    amounts: Vec<i64>,
}

/// `1234,56`, `+30,00` or `-0.39` in cents.
fn cents(text: &str) -> i64 {
    text.trim().trim_start_matches('+').replace([',', '.'], "").parse().expect("an amount")
}

fn camt(text: &str) -> Told {
    let amount = |piece: &str| {
        let digits =
            piece.split("<Amt Ccy=\"EUR\">").nth(1).and_then(|rest| rest.split('<').next());
        let size = cents(digits.expect("an amount"));
        if piece.contains("<CdtDbtInd>DBIT") { -size } else { size }
    };
    let balance = |code: &str| {
        let piece = text.split("<Bal>").find(|piece| piece.contains(code)).expect("a balance");
        amount(piece.split("</Bal>").next().unwrap_or(""))
    };
    Told {
        opening: Some(balance("OPBD")),
        closing: balance("CLBD"),
        amounts: text.split("<Ntry>").skip(1).map(amount).collect(),
    }
}

fn caisse(text: &str) -> Told {
    let balance = |name: &str| {
        let row = text.lines().find(|row| row.starts_with(name)).expect("a balance");
        cents(row.rsplit(';').next().unwrap_or(""))
    };
    let rows = text.lines().skip(5).filter(|row| !row.starts_with("Solde"));
    let amounts = rows.map(|row| {
        let fields: Vec<&str> = row.split(';').collect();
        assert_eq!(fields.len(), 7, "{row}");
        cents(if fields[3].is_empty() { fields[4] } else { fields[3] })
    });
    Told {
        opening: Some(balance("Solde en début")),
        closing: balance("Solde en fin"),
        amounts: amounts.collect(),
    }
}

fn ofx(text: &str) -> Told {
    assert!(text.is_ascii(), "the header says so");
    let leaf = |tag: &str| -> Vec<i64> {
        text.lines().filter_map(|row| row.strip_prefix(tag)).map(cents).collect()
    };
    Told { opening: None, closing: leaf("<BALAMT>")[0], amounts: leaf("<TRNAMT>") }
}

/// Statements of one account in the order in which they were issued.
fn check(bank: Bank, prefix: &str, names: &[&str], read: fn(&str) -> Told) {
    let files = written();
    let mut balance = bank_opening(bank);
    let mut lines = 0;
    for name in names {
        let told = read(&files[&format!("{prefix}{name}")]);
        assert!(told.opening.is_none_or(|opening| opening == balance), "{name} does not join");
        balance += told.amounts.iter().sum::<i64>();
        lines += told.amounts.len();
        assert_eq!(balance, told.closing, "{name} is not proved");
    }
    let found = files.keys().filter(|name| name.starts_with(prefix)).count();
    assert_eq!(found, names.len(), "a statement of {prefix} is left over");
    let answers: Value = serde_json::from_str(&files["tests/answers.json"]).expect("JSON");
    let account = &answers["accounts"][opening::bank_account(bank)];
    assert_eq!(account["lines"], lines);
    assert_eq!(account["closing_minor"], balance);
}

#[test]
fn statements_chain_and_are_proved() {
    let months: Vec<String> = (1..=10).map(|month| format!("{month:02}.camt.xml")).collect();
    let months: Vec<&str> = months.iter().map(String::as_str).collect();
    check(Bank::Current, "banque-courant-2026-", &months, camt);
    let quarters = ["T1.csv", "T2.csv", "T3.csv", "10.csv"];
    check(Bank::Cards, "banque-encaissement-2026-", &quarters, caisse);
    check(Bank::Savings, "banque-livret-2026", &[".ofx"], ofx);
}

#[test]
fn the_books_open_on_what_the_banks_state() {
    let world = world();
    let entry = &world.entries[0];
    assert!(entry.kind == model::Kind::Opening && entry.journal == "AN");
    for bank in [Bank::Current, Bank::Cards, Bank::Savings] {
        let own: Vec<i64> = entry
            .lines
            .iter()
            .filter(|line| line.account == opening::bank_account(bank))
            .map(|line| line.amount_minor)
            .collect();
        assert_eq!(own, [bank_opening(bank)]);
    }
    let banks = world.entries[1..].iter().flat_map(|entry| &entry.lines);
    assert!(banks.into_iter().all(|line| !line.account.starts_with("512")), "lines do that");
}

#[test]
fn ids_of_the_banks_are_given_once() {
    let files = written();
    let mut seen = BTreeSet::new();
    for text in files.values() {
        for piece in text.split("<AcctSvcrRef>").skip(1) {
            assert!(seen.insert(piece.split('<').next().unwrap_or("").to_owned()));
        }
    }
    assert!(seen.len() > 400);
    let numbers: Vec<&str> = files
        .iter()
        .filter(|(name, _)| name.ends_with(".csv"))
        .flat_map(|(_, text)| text.lines().filter_map(|row| row.split(';').nth(1)))
        .filter(|field| field.ends_with(" -"))
        .collect();
    let different: BTreeSet<&&str> = numbers.iter().collect();
    assert_eq!(different.len(), numbers.len());
}

#[test]
fn boxes_stay_near_the_ledger() {
    // Rounding moves a box by half a euro, and a rate line by the rounding of its base: a month's
    // tax cannot part from its items by more than a few euros.
    let world = world();
    let mut exact = [0i64; 13];
    let mut add = |day: Day, item: &model::Item, of: &dyn Fn(i64) -> i64| {
        exact[day.month() as usize] += match item.leg {
            "input" | "waiting_input" => -of(item.deductible_minor),
            _ => of(item.tax_minor),
        };
    };
    let whole = |amount: i64| amount;
    for entry in &world.entries {
        for item in &entry.items {
            if let Some(day) = item.chargeable_on {
                add(day, item, &whole);
            }
        }
    }
    for payment in payments(&world.entries, &world.bank) {
        let items = world.entries[payment.entry].items.iter();
        for item in items.filter(|item| item.waits() && item.counterparty == payment.party) {
            add(world.bank[payment.line].day, item, &whole);
        }
    }
    for part in part_payments(&world.entries, &world.bank) {
        let items = world.entries[part.entry].items.iter();
        for item in items.filter(|item| item.waits()) {
            add(world.bank[part.line].day, item, &|amount| part.share_of(amount));
        }
    }
    let mut credit = 0;
    for (month, boxes) in returns(&world.entries, &world.bank) {
        let told = |name| boxes.get(name).copied().unwrap_or(0);
        assert_eq!(told("22"), credit, "month {month} takes the credit of the one before");
        assert_eq!(told("16") - told("23"), told("28") - told("27"), "month {month}");
        let ledger = exact[month as usize];
        let boxed = (told("16") - told("19") - told("20")) * 100;
        assert!((ledger - boxed).abs() < 300, "month {month}: {ledger} against {boxed}");
        credit = told("27");
    }
}
