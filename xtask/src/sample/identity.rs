//! Identifiers of invented businesses whose check digits hold, so that readers accept them.

use super::model::Bank;

/// The SIREN of the business itself; 123 456 78x belongs to nobody.
pub const SIREN: &str = "123456782";

/// Where one of our accounts is held: bank, branch and account number, as statements give them.
/// No bank of France has a code that begins with 999.
pub struct Place {
    pub bank: &'static str,
    pub branch: &'static str,
    pub account: &'static str,
}

/// The account as its bank names it.
pub fn place(bank: Bank) -> Place {
    match bank {
        Bank::Current => Place { bank: "99901", branch: "00812", account: "00010203041" },
        Bank::Cards => Place { bank: "99902", branch: "00400", account: "08004512345" },
        Bank::Savings => Place { bank: "99901", branch: "00812", account: "00098700112" },
    }
}

impl Place {
    /// The IBAN with its RIB key.
    pub fn iban(&self) -> String {
        french_iban(self.bank, self.branch, self.account)
    }
}

/// Nine digits that begin with 12345 and end with the Luhn key (ISO/IEC 7812-1, annex B).
pub fn siren(number: u32) -> String {
    let eight = format!("12345{:03}", number % 1000);
    let sum: u32 = eight
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte - b'0') * if place % 2 == 0 { 2 } else { 1 };
            digit / 10 + digit % 10
        })
        .sum();
    format!("{eight}{}", (10 - sum % 10) % 10)
}

/// FR, check digits, bank, branch, account and RIB key
/// (key = 97 − (89 × bank + 15 × branch + 3 × account) mod 97; ISO 13616 for the check digits).
pub fn french_iban(bank: &str, branch: &str, account: &str) -> String {
    let rest = |digits: &str| remainder(0, digits);
    let weighed = 89 * rest(bank) + 15 * rest(branch) + 3 * rest(account);
    let key = 97 - weighed % 97;
    let domestic = format!("{bank}{branch}{account}{key:02}");
    // F is 15 and R is 27 in the ISO alphabet; "00" keeps the place of the check digits.
    let check = 98 - remainder(remainder(0, &domestic), "152700");
    format!("FR{check:02}{domestic}")
}

fn remainder(start: u64, digits: &str) -> u64 {
    digits.bytes().fold(start, |rest, byte| (rest * 10 + u64::from(byte - b'0')) % 97)
}
