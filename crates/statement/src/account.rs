//! How a file names an account, and the names that make two files of one account meet.

use crate::AccountName;
use values::Iban;

impl AccountName {
    /// Adds a name unless it is there or empty.
    pub(crate) fn add(&mut self, scheme: &str, value: String) {
        let known = self.names.iter().any(|(s, v)| s == scheme && *v == value);
        if !value.is_empty() && !known {
            self.names.push((scheme.to_owned(), value));
        }
    }

    /// The best name, for people; empty when the file gives none.
    pub fn shown(&self) -> &str {
        let best = self.names.first().map(|(_, value)| value.as_str());
        best.or(self.label.as_deref()).unwrap_or_default()
    }
}

/// Names of an account known by bank, branch and number, as OFX gives them.
///
/// A French number of 5, 5 and 11 characters has one IBAN, so it comes first.
pub(crate) fn named_by_parts(bank: &str, branch: &str, number: &str) -> AccountName {
    let mut account = AccountName::default();
    if let Some(iban) = french_iban(bank, branch, number) {
        account.add("iban", iban);
    } else if let Ok(iban) = Iban::parse(number) {
        account.add("iban", iban.as_str().to_owned());
        add_french_parts(&mut account, iban.as_str());
    }
    let parts: Vec<&str> =
        [bank, branch, number].into_iter().map(str::trim).filter(|p| !p.is_empty()).collect();
    if !number.trim().is_empty() {
        account.add("ofx", parts.join("/"));
    }
    account
}

/// Names of an account known by an IBAN, or by what stands in the place of one.
///
/// A French one is also named by its parts: some files carry an IBAN whose key is wrong.
pub(crate) fn named_by_iban(text: &str) -> AccountName {
    let mut account = AccountName::default();
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let compact = compact.to_uppercase();
    account.add("iban", compact.clone());
    add_french_parts(&mut account, &compact);
    account
}

/// Names of an account known by a number of the bank's own, which may be an IBAN all the same.
pub(crate) fn named_by_number(text: &str, scheme: &str) -> AccountName {
    match Iban::parse(text) {
        Ok(iban) => named_by_iban(iban.as_str()),
        Err(_) => {
            let mut account = AccountName::default();
            account.add(scheme, text.trim().to_owned());
            account
        }
    }
}

fn add_french_parts(account: &mut AccountName, iban: &str) {
    let french = iban.len() == 27 && iban.is_ascii() && iban.starts_with("FR");
    if french {
        let (bank, branch, number) = (&iban[4..9], &iban[9..14], &iban[14..25]);
        account.add("ofx", format!("{bank}/{branch}/{number}"));
    }
}

/// The IBAN of a French account: its RIB key is 97 − (89·bank + 15·branch + 3·number mod 97), the
/// letters of the number counted A–I 1–9, J–R 1–9, S–Z 2–9.
pub(crate) fn french_iban(bank: &str, branch: &str, number: &str) -> Option<String> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let number = number.to_ascii_uppercase();
    let shaped = bank.len() == 5 && digits(bank) && branch.len() == 5 && digits(branch);
    if !shaped || number.len() != 11 || !number.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    let value = |text: &str| {
        text.bytes().fold(0u64, |sum, byte| {
            let digit = match byte {
                b'0'..=b'9' => byte - b'0',
                b'A'..=b'I' => byte - b'A' + 1,
                b'J'..=b'R' => byte - b'J' + 1,
                _ => byte - b'S' + 2,
            };
            sum * 10 + u64::from(digit)
        })
    };
    let key = 97 - (89 * value(bank) + 15 * value(branch) + 3 * value(&number)) % 97;
    // A number all in digits with a sound key always has the check digits 76.
    let iban = format!("FR76{bank}{branch}{number}{key:02}");
    Iban::parse(&iban).ok().map(|iban| iban.as_str().to_owned()).or_else(|| checked(&iban[4..]))
}

/// The French IBAN of a RIB, its check digits computed.
fn checked(rib: &str) -> Option<String> {
    (2..=98).map(|check| format!("FR{check:02}{rib}")).find(|iban| Iban::parse(iban).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_gives_the_iban() {
        for (bank, branch, number, expect) in [
            ("20041", "01005", "0500013M026", Some("FR1420041010050500013M02606")),
            ("30006", "00001", "12345678901", Some("FR7630006000011234567890189")),
            ("30001", "00794", "12345678901", Some("FR7630001007941234567890185")),
            ("3000", "00001", "12345678901", None),
            ("XXXXX", "XXXXX", "XXXXXXXXXXX", None),
            ("30006", "00001", "1234567890", None),
        ] {
            assert_eq!(french_iban(bank, branch, number).as_deref(), expect);
        }
    }

    #[test]
    fn an_ofx_and_a_camt_of_one_account_meet() {
        let ofx = named_by_parts("30006", "00001", "12345678901");
        let camt = named_by_iban("FR76 3000 6000 0112 3456 7890 189");
        assert_eq!(ofx.names, camt.names);
        assert_eq!(ofx.names[0].0, "iban");
        let odd = named_by_iban("FR7630006000011234567890100");
        assert!(odd.names.iter().any(|name| ofx.names.contains(name)), "a wrong key still meets");
        assert_eq!(named_by_parts("", "", "acct").names, [("ofx".into(), "acct".into())]);
        assert!(named_by_parts("123", "", " ").names.is_empty());
    }
}
