//! The rows of `rules/fr/merchants.toml`: they name what exists, and each can be reached.

use super::*;
use book::Law;
use book::chart::{VatRole, is_postable};

#[test]
fn hints_name_accounts_and_codes_that_exist() {
    let law = Law::new(Assets::built_in());
    let (chart, codes) = (law.chart().unwrap(), law.tax_codes().unwrap());
    let rules = rules();
    for hint in rules.iter() {
        let id = &hint.id;
        for account in [Some(&hint.account), hint.account_sole_trader.as_ref()] {
            let Some(account) = account else { continue };
            let listed = chart.get(account).unwrap_or_else(|| panic!("{id}: {account}"));
            assert!(is_postable(account) && !listed.collective, "{id}: {account}");
            assert_eq!(listed.vat_role, VatRole::None, "{id}: {account}");
        }
        let transfer = &chart.by_role(book::chart::Role::Transfer).code;
        assert!(!hint.own_accounts || hint.account == *transfer, "{id}");
        let code = hint.tax_code_if_invoice.as_deref().map(|code| codes.get(code).unwrap());
        assert_eq!(code.is_some(), hint.nature.is_some(), "{id}");
        if let (Some(code), Some(nature)) = (code, hint.nature) {
            assert!(code.takes(nature), "{id}: {} for {nature}", code.code);
        }
        assert!(!hint.fr.is_empty() && !hint.en.is_empty() && !hint.any.is_empty(), "{id}");
        assert_eq!(hint.note_fr.is_some(), hint.note_en.is_some(), "{id}");
        assert_eq!(rules.get(&rules.name_of(hint)).map(|found| &found.id), Some(id));
    }
    assert!(rules.iter().count() >= 60);
}

#[test]
fn every_phrase_of_a_hint_reaches_it() {
    let rules = rules();
    for hint in rules.iter() {
        let sides: &[bool] = match hint.sign {
            Sign::In => &[true],
            Sign::Out => &[false],
            Sign::Both => &[true, false],
        };
        for (phrase, &incoming) in
            hint.any.iter().flat_map(|one| sides.iter().map(move |s| (one, s)))
        {
            let text = [std::slice::from_ref(phrase), hint.all.as_slice()].concat().join(" ");
            let found = rules.find(incoming, &[&text]).map(|(rule, _)| rule.id.as_str());
            assert_eq!(found, Some(hint.id.as_str()), "{text}");
        }
    }
}

#[test]
fn lines_find_their_hint() {
    let rules = rules();
    let check = |incoming: bool, texts: &[&str], expect: Option<&str>| {
        let found = rules.find(incoming, texts).map(|(rule, _)| rule.account.as_str());
        assert_eq!(found, expect, "{incoming} {texts:?}");
    };
    let (incoming, outgoing) = (true, false);
    check(outgoing, &["PRLV SEPA DGFIP TVA 032026"], Some("44551"));
    check(incoming, &["VIR SEPA DGFIP REMBOURSEMENT TVA"], Some("44583"));
    check(outgoing, &["PRLV DGFIP IS ACOMPTE MARS"], Some("444"));
    check(outgoing, &["PRLV SEPA ORANGE SA"], Some("6262"));
    check(outgoing, &["CB PEAGE ORANGE"], Some("6251"));
    check(outgoing, &["PRLV TOTALENERGIES ELECTRICITE ET GAZ"], Some("60612"));
    check(outgoing, &["CB TOTALENERGIES PARIS"], Some("60614"));
    check(outgoing, &["VIR LOYER AVRIL"], Some("6132"));
    check(outgoing, &["PRLV LOYER VEHICULE"], Some("6135"));
    check(outgoing, &["CB UBER EATS"], Some("6257"));
    check(outgoing, &["CB UBER TRIP"], Some("6251"));
    check(incoming, &["REMISE CB 120326"], None);
    check(incoming, &["VIR CLIENT DUPONT FACTURE 12"], None);
    check(incoming, &["PRLV SEPA ORANGE SA"], None);
    check(outgoing, &["ISABELLE MARTIN"], None);
    // The words of label and name count together, but no phrase reaches from one into the other.
    check(outgoing, &["PRLV TVA", "DGFIP"], Some("44551"));
    check(outgoing, &["VIR", "INTERNE"], None);
}

#[test]
fn a_country_without_rules_is_named() {
    let missing = Rules::read(&Assets::built_in(), "xx", false);
    assert!(
        matches!(missing, Err(RulesError::Asset(name, _)) if name == "rules/xx/merchants.toml")
    );
}

#[test]
fn a_users_own_rules_are_written_as_people_write() {
    let folder = tempfile::tempdir().unwrap();
    let rule = "[[rule]]\nid = 'cafe'\nfr = 'Café'\nen = 'Coffee'\nsign = 'out'\n\
                any = ['Café de l’Hôtel']\naccount = '6257'\n";
    let read = |text: String| {
        std::fs::create_dir_all(folder.path().join("rules/fr")).unwrap();
        std::fs::write(folder.path().join("rules/fr/merchants.toml"), text).unwrap();
        Rules::read(&Assets::with_folder(folder.path()), "fr", false)
    };
    let own = read(format!("version = 7\n{rule}")).unwrap();
    let lines = [line(1, -250, "CARTE CAFE DE L'HOTEL")];
    let answer = propose(&lines, &[], &[], &own, &[]);
    assert_eq!(told(answer.proposals[0].as_ref()), "rule fr/cafe 7 | 6257 | ?");
    let twice = read(format!("version = 7\n{rule}{rule}"));
    assert!(matches!(twice, Err(RulesError::Twice(id)) if id == "cafe"));
    let unknown = read(format!("version = 7\n{rule}colour = 'blue'\n"));
    assert!(
        matches!(unknown, Err(RulesError::Syntax(name, _)) if name == "rules/fr/merchants.toml")
    );
}
