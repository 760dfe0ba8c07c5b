//! Sales over the counter, paid by card into the second bank, and that bank's own lines.

use super::calendar::{french, is_working, last_day, on, weekday, working_from, working_until};
use super::documents::{Document, Part, sale};
use super::model::{Bank, BankLine, Means, World, half_up};
use values::Day;

/// Writes the daily sales, the remittances that pay them, commissions and sweeps.
pub fn write(world: &mut World) {
    let mut number = 105_031;
    let mut day = on(1, 3);
    let mut month_minor = [0i64; 12];
    while day <= last_day() {
        if opens(world, day) {
            let remitted = working_from(day.plus_days(1));
            let gross = takings(world, day, remitted, number);
            month_minor[remitted.month() as usize - 1] += gross;
            number += 1;
        }
        day = day.plus_days(1);
    }
    for month in 1..=10 {
        own_lines(world, month, month_minor[month as usize - 1]);
    }
}

/// The shop opens on Saturdays and on some Wednesdays; it closes for three weeks in August.
fn opens(world: &mut World, day: Day) -> bool {
    if (on(8, 1)..=on(8, 23)).contains(&day) {
        return false;
    }
    match weekday(day) {
        5 => true,
        2 => is_working(day) && world.dice.below(10) < 7,
        _ => false,
    }
}

fn takings(world: &mut World, day: Day, remitted: Day, number: u32) -> i64 {
    // Shelf prices are whole tenths of a euro, so that price = base + half-up(base × 20 %).
    let gross = world.dice.cents(45_00, 780_00, 10);
    let base_minor = half_up(gross * 10, 12);
    let reference = format!("REM-{number}");
    let label = format!("Ventes du magasin du {}, cartes", french(day));
    let part = Part { account: "707", code: "S20", nature: "goods", base_minor };
    let (entry, owed) = sale(&Document::new("COMPTOIR", day, reference.clone(), label, part));
    world.entries.push(entry);
    let short = format!("{:02}{:02}{:02}", day.day_of_month(), day.month(), day.year() % 100);
    world.bank.push(BankLine {
        bank: Bank::Cards,
        day: remitted,
        amount_minor: owed,
        means: Means::CardTakings,
        party: format!("CB ATELIER MORVAN    {short}"),
        iban: None,
        memo: format!("CB ATELIER MORVAN    {short} CONTRAT 8316640 {reference}"),
        pays: Some(reference),
        pays_part: None,
    });
    owed
}

/// Commission on the month's cards, account fee each quarter, and the sweep to the current
/// account.
fn own_lines(world: &mut World, month: u32, takings_minor: i64) {
    let end = working_until(on(month, 31));
    let commission = half_up(takings_minor * 85, 10_000);
    if commission > 0 {
        let memo = "*COM CB ATELIER MORVAN CONTRAT 8316640".to_owned();
        let party = format!("*COM CB ATELIER MORVAN {month:02}26");
        world.plain(Bank::Cards, end, -commission, Means::Fee, &party, memo);
    }
    if month.is_multiple_of(3) {
        let memo = "COTISATION FORFAIT ENCAISSEMENT TRIMESTRE".to_owned();
        world.plain(Bank::Cards, end, -36_00, Means::Fee, "COTISATION FORFAIT", memo);
    }
    let sweep = takings_minor / 100_00 * 100_00;
    if sweep > 0 {
        let day = working_until(on(month, 30));
        transfer(world, day, Bank::Cards, Bank::Current, sweep);
    }
}

/// Moves money between two accounts of the business: one line in each, on the same day.
pub fn transfer(world: &mut World, day: Day, from: Bank, to: Bank, amount_minor: i64) {
    let name = |bank| match bank {
        Bank::Current => "COMPTE COURANT",
        Bank::Cards => "COMPTE ENCAISSEMENT",
        Bank::Savings => "LIVRET",
    };
    let memo = format!("VIREMENT INTERNE {} VERS {}", name(from), name(to));
    let party = "ATELIER MORVAN";
    world.plain(from, day, -amount_minor, Means::Internal, party, memo.clone());
    world.plain(to, day, amount_minor, Means::Internal, party, memo);
}
