//! The second bank: a CSV with the closing balance above the rows and the opening one below.

use super::calendar::french;
use super::identity::place;
use super::model::{Bank, BankLine, euros};
use std::fmt::Write;
use values::{Day, Period};

/// The file of one period; `lines` are that period's, oldest first, and are written newest first
/// as the bank does. `first` numbers them among all lines of the account.
pub fn file(period: Period, lines: &[&BankLine], opening_minor: i64, first: usize) -> String {
    let held = place(Bank::Cards);
    let closing = opening_minor + lines.iter().map(|line| line.amount_minor).sum::<i64>();
    let mut text = String::new();
    // Writing into a String cannot fail.
    let _ = writeln!(
        text,
        "Code de la banque : {};Code de l'agence : {};\
         Date de début de téléchargement : {};Date de fin de téléchargement : {};\n\
         Numéro de compte : {};Nom du compte : CPT ENCAISSEMENT;Devise : EUR;\n\n\
         Solde en fin de période;;;;{}\n\
         Date;Numéro d'opération;Libellé;Débit;Crédit;Détail;",
        held.bank,
        held.branch,
        french(period.first),
        french(period.last),
        held.account,
        euros(closing, ','),
    );
    for (number, line) in lines.iter().enumerate().rev() {
        text.push_str(&row(line, first + number + 1));
    }
    let _ = writeln!(text, "Solde en début de période;;;;{}", euros(opening_minor, ','));
    text
}

fn row(line: &BankLine, number: usize) -> String {
    let amount = euros(line.amount_minor, ',');
    let (debit, credit) = if line.amount_minor < 0 {
        (amount, String::new())
    } else {
        (String::new(), format!("+{amount}"))
    };
    format!(
        "{};{};{};{debit};{credit};{} ;\n",
        short(line.day),
        operation_number(line.day, number),
        line.party,
        line.memo,
    )
}

/// `DD/MM/YY`.
fn short(day: Day) -> String {
    format!("{:02}/{:02}/{:02}", day.day_of_month(), day.month(), day.year() % 100)
}

/// The bank's own number of an operation: the day, then a time stamp of its machine.
fn operation_number(day: Day, number: usize) -> String {
    let (hour, minute, second) = (6 + number % 12, number * 7 % 60, number * 13 % 60);
    let micro = number * 7_919 % 1_000_000;
    let ymd = day.to_string().replace('-', "");
    format!(
        "{:02}{:02}{:04}{ymd}-{hour:02}.{minute:02}.{second:02}.{micro:06} -",
        day.day_of_month(),
        day.month(),
        day.year()
    )
}
