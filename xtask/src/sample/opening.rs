//! The takeover on 1 January 2026: balances, open items one by one, and the VAT that waits.

use super::calendar::{french, on};
use super::codes::code;
use super::model::{Bank, Entry, Item, Kind, Means, World};
use values::Day;

/// What each bank states on the eve of the first day, in cents.
pub fn bank_opening(bank: Bank) -> i64 {
    match bank {
        Bank::Current => 31_482_17,
        Bank::Cards => 3_850_40,
        Bank::Savings => 22_000_00,
    }
}

/// The account of the book that each bank account becomes, in the order of their files.
pub fn bank_account(bank: Bank) -> &'static str {
    match bank {
        Bank::Current => "512101",
        Bank::Cards => "512102",
        Bank::Savings => "512103",
    }
}

/// Debts of December that January pays, in cents.
pub const OWED_URSSAF: i64 = 5_412_00;
pub const OWED_PENSION: i64 = 1_186_40;
pub const OWED_INCOME_TAX_WITHHELD: i64 = 612_00;
pub const OWED_VAT: i64 = 4_812_00;
/// Balance of the companies' tax of 2025, paid on 15 May.
pub const OWED_COMPANY_TAX: i64 = 2_915_00;

/// Balances that are nobody's open item, but for the banks and the result brought forward.
const BALANCES: [(&str, i64); 18] = [
    ("101", -30_000_00),
    ("1061", -3_000_00),
    ("1068", -18_500_00),
    ("120", -16_742_35),
    ("164", -36_250_00),
    ("2154", 38_000_00),
    ("28154", -15_200_00),
    ("2182", 24_000_00),
    ("28182", -9_600_00),
    ("2183", 5_400_00),
    ("28183", -2_700_00),
    ("275", 4_350_00),
    ("310000", 11_860_00),
    ("431", -OWED_URSSAF),
    ("437", -OWED_PENSION),
    ("4421", -OWED_INCOME_TAX_WITHHELD),
    ("44551", -OWED_VAT),
    ("444", -OWED_COMPANY_TAX),
];

/// An invoice or a bill of 2025 that is still open.
struct Open {
    account: &'static str,
    party: &'static str,
    reference: &'static str,
    day: (u32, u32),
    /// As on the line: what customers owe is positive.
    amount_minor: i64,
    /// Tax code, base and tax of its services, whose VAT waits for the payment.
    waiting: Option<(&'static str, i64, i64)>,
    paid: (u32, u32),
}

const OPEN: [Open; 6] = [
    Open {
        account: "411",
        party: "VASSEUR",
        reference: "FA-2025-0148",
        day: (12, 4),
        amount_minor: 2_340_00,
        waiting: None,
        paid: (1, 8),
    },
    Open {
        account: "411",
        party: "PENHOEL",
        reference: "FA-2025-0151",
        day: (12, 10),
        amount_minor: 4_080_00,
        waiting: Some(("S20", 3_400_00, 680_00)),
        paid: (1, 14),
    },
    Open {
        account: "411",
        party: "TILLEULS",
        reference: "FA-2025-0153",
        day: (12, 16),
        amount_minor: 2_310_00,
        waiting: Some(("S10", 2_100_00, 210_00)),
        paid: (1, 21),
    },
    // Half goods, whose VAT the return of December took; half services, whose VAT waits.
    Open {
        account: "411",
        party: "KERLANN",
        reference: "FA-2025-0156",
        day: (12, 18),
        amount_minor: 5_760_00,
        waiting: Some(("S20", 1_800_00, 360_00)),
        paid: (1, 12),
    },
    Open {
        account: "401",
        party: "BOISOUEST",
        reference: "BPO-129907",
        day: (12, 11),
        amount_minor: -3_228_00,
        waiting: None,
        paid: (1, 9),
    },
    Open {
        account: "401",
        party: "POSE44",
        reference: "PRV-124410",
        day: (12, 15),
        amount_minor: -1_680_00,
        waiting: Some(("P20", 1_400_00, 280_00)),
        paid: (1, 15),
    },
];

/// Writes the opening entry and the January lines that pay its open items.
pub fn write(world: &mut World) {
    let label = "Soldes et factures ouvertes repris au 1er janvier 2026".to_owned();
    let mut entry = Entry::new("AN", on(1, 1), "AN-2026".to_owned(), label);
    entry.kind = Kind::Opening;
    for (account, amount_minor) in BALANCES {
        entry.line(account, amount_minor);
    }
    for bank in [Bank::Current, Bank::Cards, Bank::Savings] {
        entry.line(bank_account(bank), bank_opening(bank));
    }
    for open in &OPEN {
        let day = Day::from_ymd(2025, open.day.0, open.day.1).expect("a day of 2025");
        let label = format!("{} du {}", open.reference, french(day));
        entry.push(open.account, Some(open.party), open.amount_minor, Some(label));
    }
    waiting(&mut entry);
    // What is left is the result of the years before, brought forward.
    let rest = -entry.balance();
    entry.line(if rest < 0 { "110" } else { "119" }, rest);
    world.entries.push(entry);
    for open in &OPEN {
        pay(world, open);
    }
}

/// The VAT that waits, on one line for sales and one for purchases, with an item for each open
/// item.
fn waiting(entry: &mut Entry) {
    for (account, open_account, leg) in
        [("44574", "411", "waiting_output"), ("44564", "401", "waiting_input")]
    {
        let own = || OPEN.iter().filter(|open| open.account == open_account);
        let total: i64 = own().filter_map(|open| open.waiting).map(|(_, _, tax)| tax).sum();
        let buys = leg == "waiting_input";
        let line = entry.line(account, if buys { total } else { -total });
        for open in own() {
            let Some((name, base_minor, tax_minor)) = open.waiting else { continue };
            entry.items.push(Item {
                leg,
                tax_code: code(name).name,
                rate: code(name).rate,
                base_minor,
                tax_minor,
                deductible_minor: if buys { tax_minor } else { 0 },
                nature: "services",
                line,
                chargeable_on: None,
                counterparty: open.party,
            });
        }
    }
}

fn pay(world: &mut World, open: &Open) {
    let (month, day) = open.paid;
    let (means, memo) = if open.amount_minor > 0 {
        (Means::TransferIn, format!("REGLEMENT {}", open.reference))
    } else {
        (Means::TransferOut, format!("VIR FACTURE {}", open.reference))
    };
    let amount = open.amount_minor;
    world.settle(on(month, day), open.party, amount, means, memo, open.reference);
}
