//! Bank lines without a document: cards, fees, loans, taxes, transfers, and some that nobody
//! explains.

use super::calendar::{on, working_from};
use super::model::{Bank, Means, World};
use super::opening::OWED_COMPANY_TAX;
use super::takings::transfer;
use values::Day;

/// Where the cards go: label, price range in cents, times in an ordinary month.
const MERCHANTS: [(&str, i64, i64, u32); 10] = [
    ("STATION DU PERIPHERIQUE SUD", 38_00, 96_00, 2),
    ("BRASSERIE DU QUAI VERT", 16_50, 74_00, 4),
    ("LE LEVAIN BLEU", 4_10, 18_60, 3),
    ("PAPETERIE BERANGERE", 6_20, 82_00, 1),
    ("OUTILLAGE PRECIS 44", 14_90, 262_00, 3),
    ("PEAGE ATLANTIQUE SUD", 4_10, 21_30, 2),
    ("PARKING GLORIETTE-SUD", 2_40, 9_60, 2),
    ("GUICHET POSTAL NANTES", 5_26, 31_00, 1),
    ("TRAINS DE L'OUEST", 24_00, 118_00, 1),
    ("DROGUERIE DU MARCHE", 7_80, 64_00, 1),
];

/// Writes all of them.
pub fn write(world: &mut World) {
    for month in 1..=10 {
        cards(world, month);
        standing(world, month);
    }
    twins(world);
    state(world);
    machine_loan(world);
    savings(world);
    unexplained(world);
}

fn cards(world: &mut World, month: u32) {
    for (name, low, high, times) in MERCHANTS {
        for _ in 0..times {
            // The closed weeks of August keep a third of the usual spending.
            let skipped = month == 8 && world.dice.below(3) > 0;
            let spent = on(month, u32::try_from(world.dice.between(1, 28)).unwrap_or(1));
            let amount_minor = world.dice.between(low, high);
            if !skipped {
                card(world, spent, name, amount_minor);
            }
        }
    }
    card(world, on(month, 9), "PLANS EN LIGNE ABONNEMENT", 29_00);
}

/// A card payment is booked on the working day after it.
fn card(world: &mut World, spent: Day, name: &str, amount_minor: i64) {
    let booked = working_from(spent.plus_days(1));
    let memo = format!("CARTE {:02}/{:02} {name}", spent.day_of_month(), spent.month());
    world.plain(Bank::Current, booked, -amount_minor, Means::Card, name, memo);
}

fn standing(world: &mut World, month: u32) {
    let fifth = working_from(on(month, 5));
    let bank = "BANQUE DU PONANT";
    let mut fee = |day, amount_minor: i64, memo: &str| {
        world.plain(Bank::Current, day, -amount_minor, Means::Fee, bank, memo.to_owned());
    };
    fee(fifth, 18_50, "FRAIS DE TENUE DE COMPTE");
    if month == 3 {
        fee(on(3, 10), 54_00, "COTISATION CARTE PRO");
    }
    if [4, 8, 10].contains(&month) {
        fee(working_from(on(month, 22)), 12_00, "COMMISSION SUR VIREMENT ETRANGER");
    }
    let memo = "ECHEANCE PRET 0048127".to_owned();
    world.plain(Bank::Current, fifth, -1_042_18, Means::Loan, bank, memo);
    if month >= 6 {
        let memo = "ECHEANCE PRET 0052210".to_owned();
        let day = working_from(on(month, 20));
        world.plain(Bank::Current, day, -742_90, Means::Loan, bank, memo);
    }
}

/// Two drivers parked in the same place on one day, at the same price: two payments, not one.
fn twins(world: &mut World) {
    for _ in 0..2 {
        card(world, on(4, 15), "PARKING GLORIETTE-SUD", 4_20);
    }
}

/// Companies' tax: the balance of 2025 and three instalments (CGI art. 1668).
fn state(world: &mut World) {
    for (day, amount_minor, memo) in [
        (on(3, 15), 1_120_00, "PRLV DGFIP IS ACOMPTE 032026"),
        (on(5, 15), OWED_COMPANY_TAX, "PRLV DGFIP IS SOLDE 2025"),
        (on(6, 15), 1_120_00, "PRLV DGFIP IS ACOMPTE 062026"),
        (on(9, 15), 1_120_00, "PRLV DGFIP IS ACOMPTE 092026"),
    ] {
        let day = working_from(day);
        let memo = memo.to_owned();
        world.plain(Bank::Current, day, -amount_minor, Means::DirectDebit, "DGFIP", memo);
    }
}

fn machine_loan(world: &mut World) {
    let memo = "DEBLOCAGE PRET 0052210".to_owned();
    world.plain(Bank::Current, on(5, 20), 40_000_00, Means::Loan, "BANQUE DU PONANT", memo);
}

fn savings(world: &mut World) {
    transfer(world, on(3, 27), Bank::Current, Bank::Savings, 5_000_00);
    transfer(world, on(5, 11), Bank::Savings, Bank::Current, 12_000_00);
    transfer(world, on(7, 24), Bank::Current, Bank::Savings, 4_000_00);
    transfer(world, on(10, 16), Bank::Current, Bank::Savings, 6_000_00);
    for (day, amount_minor) in [(on(3, 31), 96_71), (on(6, 30), 104_28), (on(9, 30), 88_15)] {
        let memo = "INTERETS CREDITEURS DU TRIMESTRE".to_owned();
        world.plain(Bank::Savings, day, amount_minor, Means::Interest, "INTERETS", memo);
    }
}

/// Lines that wait in the inbox for someone who remembers.
fn unexplained(world: &mut World) {
    for (day, amount_minor, means, party, memo) in [
        (on(2, 18), 384_00, Means::TransferIn, "LEQUERIEC CONSEIL", "VIR RECU SANS MOTIF"),
        (on(3, 24), 1_260_00, Means::Cheque, "REMISE DE CHEQUE", "REMISE CHEQUE 0004127"),
        (on(5, 6), -47_88, Means::DirectDebit, "SERVICES NUMERIQUES REUNIS", "ABT 9917-C"),
        (on(7, 20), 96_40, Means::TransferIn, "TRESORERIE", "REMBOURSEMENT TROP PERCU"),
        (on(9, 3), -612_30, Means::Card, "MATERIAUX PRESQU'ILE", "CARTE 02/09 MATERIAUX"),
        (on(10, 12), -350_00, Means::TransferOut, "CLUB NAUTIQUE DU BAS-CHANTENAY", "PARTENARIAT"),
        (on(10, 20), 1_500_00, Means::TransferIn, "MAISON TREGUELAN", "ACOMPTE DEVIS DE-2026-041"),
    ] {
        world.plain(Bank::Current, day, amount_minor, means, party, memo.to_owned());
    }
}
