//! The rows of `rules/fr/merchants.toml`: they name what exists, and each can be reached.

use super::french;
use crate::chart::{VatRole, is_postable};
use std::collections::BTreeSet;

/// One rule of `rules/fr/merchants.toml`, which proposes an account for a bank line.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Hint {
    id: String,
    fr: String,
    en: String,
    sign: String,
    any: Vec<String>,
    #[serde(default)]
    all: Vec<String>,
    #[serde(default)]
    none: Vec<String>,
    account: String,
    account_sole_trader: Option<String>,
    tax_code_if_invoice: Option<String>,
    nature: Option<crate::tax_codes::Nature>,
    note_fr: Option<String>,
    note_en: Option<String>,
}

#[derive(serde::Deserialize)]
struct Hints {
    rule: Vec<Hint>,
}

impl Hint {
    fn fits(&self, text: &str) -> bool {
        let holds = |word: &String| format!(" {text} ").contains(&format!(" {word} "));
        self.any.iter().any(holds) && self.all.iter().all(holds) && !self.none.iter().any(holds)
    }
}

fn hints() -> Vec<Hint> {
    let text = assets::Assets::built_in().text("rules/fr/merchants.toml").unwrap();
    toml::from_str::<Hints>(&text).unwrap().rule
}

#[test]
fn hints_name_accounts_and_codes_that_exist() {
    let chart = french();
    let text = assets::Assets::built_in().text("tax-codes/fr.csv").unwrap();
    let codes = crate::tax_codes::TaxCodes::read(&text).unwrap();
    let mut ids = BTreeSet::new();
    for hint in hints() {
        let id = &hint.id;
        for account in [Some(&hint.account), hint.account_sole_trader.as_ref()] {
            let Some(account) = account else { continue };
            let listed = chart.get(account).unwrap_or_else(|| panic!("{id}: {account}"));
            assert!(is_postable(account) && !listed.collective, "{id}: {account}");
            assert_eq!(listed.vat_role, VatRole::None, "{id}: {account}");
        }
        let code = hint.tax_code_if_invoice.as_deref().map(|code| codes.get(code).unwrap());
        assert_eq!(code.is_some(), hint.nature.is_some(), "{id}");
        if let (Some(code), Some(nature)) = (code, hint.nature) {
            assert!(code.takes(nature), "{id}: {} for {nature}", code.code);
        }
        assert!(!hint.fr.is_empty() && !hint.en.is_empty() && !hint.any.is_empty(), "{id}");
        assert_eq!(hint.note_fr.is_some(), hint.note_en.is_some(), "{id}");
        assert!(["in", "out", "both"].contains(&hint.sign.as_str()), "{id}");
        for word in hint.any.iter().chain(&hint.all).chain(&hint.none) {
            let plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == ' ';
            assert!(word.chars().all(plain) && !word.is_empty(), "{id}: {word}");
        }
        assert!(ids.insert(hint.id.clone()), "{id} stands twice");
    }
    assert!(ids.len() >= 60);
}

#[test]
fn every_phrase_of_a_hint_reaches_it() {
    let hints = hints();
    for (place, hint) in hints.iter().enumerate() {
        for phrase in &hint.any {
            let text = [std::slice::from_ref(phrase), hint.all.as_slice()].concat().join(" ");
            let earlier = hints[..place].iter().find(|other| {
                let same_sign = other.sign == hint.sign || other.sign == "both";
                same_sign && other.fits(&text)
            });
            assert!(hint.fits(&text), "{} does not fit {text}", hint.id);
            assert_eq!(earlier.map(|other| other.id.as_str()), None, "{text} of {}", hint.id);
        }
    }
}

#[test]
fn lines_find_their_hint() {
    let hints = hints();
    let check = |sign: &str, text: &str, expect: Option<&str>| {
        let found =
            hints.iter().find(|hint| (hint.sign == sign || hint.sign == "both") && hint.fits(text));
        assert_eq!(found.map(|hint| hint.account.as_str()), expect, "{sign} {text}");
    };
    check("out", "PRLV SEPA DGFIP TVA 032026", Some("44551"));
    check("in", "VIR SEPA DGFIP REMBOURSEMENT TVA", Some("44583"));
    check("out", "PRLV DGFIP IS ACOMPTE MARS", Some("444"));
    check("out", "PRLV SEPA ORANGE SA", Some("6262"));
    check("out", "CB PEAGE ORANGE", Some("6251"));
    check("out", "PRLV TOTALENERGIES ELECTRICITE ET GAZ", Some("60612"));
    check("out", "CB TOTALENERGIES PARIS", Some("60614"));
    check("out", "VIR LOYER AVRIL", Some("6132"));
    check("out", "PRLV LOYER VEHICULE", Some("6135"));
    check("out", "CB UBER EATS", Some("6257"));
    check("out", "CB UBER TRIP", Some("6251"));
    check("in", "REMISE CB 120326", None);
    check("in", "VIR CLIENT DUPONT FACTURE 12", None);
    check("in", "PRLV SEPA ORANGE SA", None);
    check("out", "ISABELLE MARTIN", None);
}
