use super::*;
use std::collections::BTreeSet;

mod statements;

fn french() -> Chart {
    let assets = assets::Assets::built_in();
    Chart::read(&assets.text("charts/fr-pcg.csv").unwrap()).unwrap()
}

#[test]
fn the_french_chart_is_whole() {
    let chart = french();
    assert_eq!(chart.accounts().len(), 905);
    let of_origin = |origin| chart.accounts().iter().filter(|a| a.origin == origin).count();
    assert_eq!(
        of_origin(Origin::Pcg) + of_origin(Origin::PcgDerived) + of_origin(Origin::Practice),
        905
    );
    assert!(of_origin(Origin::Pcg) >= 838);
    for account in chart.accounts() {
        assert!(!account.name_fr.is_empty() && !account.name_en.is_empty(), "{}", account.code);
    }
}

#[test]
fn each_role_has_its_account() {
    let chart = french();
    let mut seen = BTreeSet::new();
    for &role in Role::ALL {
        assert_eq!(chart.by_role(role).role, Some(role));
        assert_eq!(Role::read(role.word()), Some(role));
        assert!(seen.insert(&chart.by_role(role).code), "{role}");
    }
    for (role, code) in [
        (Role::Transfer, "580"),
        (Role::Suspense, "471"),
        (Role::Bank, "5121"),
        (Role::ResultProfit, "120"),
        (Role::ResultLoss, "129"),
        (Role::Owner, "108"),
        (Role::Capital, "101"),
        (Role::Customers, "411"),
        (Role::Suppliers, "401"),
        (Role::VatPayable, "44551"),
        (Role::VatCredit, "44567"),
        (Role::VatRefund, "44583"),
        (Role::WaitingOutput, "44574"),
        (Role::WaitingInput, "44564"),
        (Role::RoundingLoss, "6589"),
        (Role::RoundingGain, "7589"),
        (Role::ReverseChargeNotDeductible, "6352"),
        (Role::SalesGoods, "707"),
        (Role::SalesServices, "706"),
        (Role::BankFees, "627"),
        (Role::InterestReceived, "768"),
    ] {
        assert_eq!(chart.by_role(role).code, code, "{role}");
    }
}

#[test]
fn unlisted_accounts_take_the_longest_prefix() {
    let chart = french();
    let check = |code: &str, listed: Option<&str>| {
        assert_eq!(chart.properties(code).map(|found| found.listed), listed, "{code}");
    };
    check("471000", Some("471"));
    check("512101", Some("5121"));
    check("512900", Some("512"));
    check("411", Some("411"));
    check("411DUPONT", Some("411"));
    check("411É", Some("411"));
    check("791000", Some("7"));
    check("999", None);
    check("", None);
    check("é11", None);

    let bank = chart.properties("512101").unwrap();
    assert_eq!((bank.role, bank.kind, bank.collective), (Some(Role::Bank), Kind::Asset, false));
    assert_eq!(chart.properties("4011").unwrap().role, None);
}

#[test]
fn vat_roles_and_collective_accounts_are_those_of_the_domain() {
    let chart = french();
    let check = |code: &str, vat_role, collective| {
        let found = chart.properties(code).unwrap();
        assert_eq!((found.vat_role, found.collective), (vat_role, collective), "{code}");
    };
    check("44571", VatRole::Due, false);
    check("445711", VatRole::Due, false);
    check("445719", VatRole::Due, false);
    check("445205", VatRole::Due, false);
    check("44562", VatRole::Deductible, false);
    check("445621", VatRole::Deductible, false);
    check("445665", VatRole::Deductible, false);
    check("44574", VatRole::Waiting, false);
    check("44564", VatRole::Waiting, false);
    for code in ["445", "4455", "44551", "4456", "44563", "44567", "44568", "4457", "44578"] {
        check(code, VatRole::None, false);
    }
    for code in ["44581", "44583", "44586", "44587", "44588", "512", "707"] {
        check(code, VatRole::None, false);
    }
    let collective = ["401", "403", "404", "408", "409", "411", "413", "416", "418", "419"];
    let groups: BTreeSet<&str> = collective.into_iter().chain(["455", "467", "468"]).collect();
    for account in chart.accounts() {
        let expected = account.code.get(..3).is_some_and(|group| groups.contains(group));
        assert_eq!(account.collective, expected, "{}", account.code);
    }
}

#[test]
fn kinds_follow_the_classes() {
    let chart = french();
    let check = |code: &str, kind| assert_eq!(chart.get(code).unwrap().kind, kind, "{code}");
    for (code, kind) in [
        ("101", Kind::Equity),
        ("109", Kind::Asset),
        ("129", Kind::Equity),
        ("151", Kind::Liability),
        ("164", Kind::Liability),
        ("169", Kind::Asset),
        ("2183", Kind::Asset),
        ("28183", Kind::Asset),
        ("269", Kind::Liability),
        ("37", Kind::Asset),
        ("401", Kind::Liability),
        ("4091", Kind::Asset),
        ("411", Kind::Asset),
        ("4191", Kind::Liability),
        ("445661", Kind::Asset),
        ("445711", Kind::Liability),
        ("491", Kind::Asset),
        ("512", Kind::Asset),
        ("519", Kind::Liability),
        ("580", Kind::Asset),
    ] {
        check(code, kind);
    }
    for account in chart.accounts() {
        let class = account.code.as_bytes()[0];
        let expected = match account.kind {
            Kind::Asset | Kind::Liability => (b'1'..=b'5').contains(&class),
            Kind::Equity => class == b'1',
            Kind::Expense => class == b'6',
            Kind::Income => class == b'7',
            Kind::Off => class == b'8',
        };
        assert!(expected, "{} is of kind {}", account.code, account.kind);
    }
}

#[test]
fn account_numbers_are_digits_then_letters() {
    for (code, written, postable) in [
        ("4", true, false),
        ("44", true, false),
        ("445", true, true),
        ("512101", true, true),
        ("411DUPONT", true, true),
        ("41A", false, false),
        ("411 01", false, false),
        ("411-1", false, false),
        ("411É", false, false),
        ("", false, false),
        ("é", false, false),
    ] {
        assert_eq!(is_account_code(code), written, "{code}");
        assert_eq!(is_postable(code), postable, "{code}");
    }
}

#[test]
fn bank_accounts_are_numbered_from_the_first_free() {
    let chart = french();
    let check = |existing: &[&str], expect: &str| {
        let next = chart.next_bank_account(existing.iter().copied()).unwrap();
        assert_eq!(next, expect, "{existing:?}");
    };
    check(&[], "512101");
    check(&["512101", "512102", "411"], "512103");
    check(&["512102"], "512101");
    check(&["5121010"], "512102");
    check(&["5121"], "512101");
    let all: Vec<String> = (1..=99).map(|number| format!("5121{number:02}")).collect();
    let error = chart.next_bank_account(all.iter().map(String::as_str)).unwrap_err();
    assert_eq!(error.to_string(), "all 99 bank accounts under 5121 are taken");
    let next = chart.next_bank_account(all[..98].iter().map(String::as_str)).unwrap();
    assert_eq!(next, "512199");
}

#[test]
fn broken_charts_are_refused_by_name() {
    let whole = assets::Assets::built_in().text("charts/fr-pcg.csv").unwrap().into_owned();
    let row = |code: &str| {
        let start = format!("{code},");
        whole.lines().find(|line| line.starts_with(&start)).unwrap().to_owned()
    };
    let check = |from: &str, to: &str, expect: &str| {
        assert!(whole.contains(from), "{from}");
        let broken = whole.replacen(from, to, 1);
        assert_eq!(Chart::read(&broken).unwrap_err().to_string(), expect);
    };
    check(
        "confidence,clearing",
        "confidence",
        "the chart is not a table with the columns of a chart",
    );
    check(
        &row("580"),
        &row("580").replace("transfer", "suspense"),
        "accounts 471 and 580 both have the role suspense",
    );
    check(
        &row("580"),
        &row("580").replace("transfer", ""),
        "no account of the chart has the role transfer",
    );
    check(
        &row("580"),
        &row("580").replace("transfer", "move"),
        "account 580: column role does not know the word `move`",
    );
    check(&row("580"), &format!("{0}\n{0}", row("580")), "the chart lists account 580 twice");
    check("\n580,", "\n5x0,", "`5x0` is no account number");
    check(
        &row("445711"),
        &row("445711").replace(",44571,", ",4457,"),
        "account 445711 names 4457 as its parent, the longest listed prefix is 44571",
    );
}
