use crate::facts::{Facts, Item, Leg, Nature};
use crate::fill::fill;
use crate::tests::{ca3, decimal, minor, roles};
use std::collections::BTreeMap;
use values::Period;

/// Sales at 20 % as (base, tax, account), the lines written, and whether the rest is explained.
fn check(sales: &[(&str, &str, &str)], lines: &[(&str, &str)], passed: bool) {
    let period = Period::parse("2026-03").unwrap();
    let items: Vec<Item> = (1..)
        .zip(sales)
        .map(|(id, (base, tax, account))| Item {
            id,
            entry: id,
            account: Some((*account).to_owned()),
            leg: Leg::Output,
            tax_code: "S20".to_owned(),
            rate: decimal("20"),
            nature: Nature::Goods,
            base_minor: minor(base),
            tax_minor: minor(tax),
            deductible_minor: 0,
            chargeable_on: period.first,
        })
        .collect();
    let roles = roles(items.iter().filter_map(|item| item.account.as_ref()));
    let balances = BTreeMap::from([("44567".to_owned(), 0)]);
    let answers = BTreeMap::new();
    let facts = Facts { period, items, roles, balances, previous: None, answers };
    let made = fill(&ca3(), &facts).unwrap();
    let found: Vec<(&str, i64)> =
        made.settlement.iter().map(|line| (line.account.as_str(), line.amount_minor)).collect();
    let lines: Vec<(&str, i64)> =
        lines.iter().map(|(account, amount)| (*account, minor(amount))).collect();
    assert_eq!(found, lines, "{sales:?}");
    let rest = made.checks.iter().find(|check| check.id == "settlement_rest").unwrap();
    assert_eq!(rest.passed, passed, "{sales:?}: {:?}", rest.args);
}

#[test]
fn every_account_is_cleared_by_what_the_items_wrote_there() {
    check(
        &[("100", "20", "445711"), ("200", "40", "445712"), ("-50", "-10", "445712")],
        &[("445711", "20"), ("445712", "30"), ("44551", "-50")],
        true,
    );
    // An account that comes to nothing needs no line.
    check(&[("100", "20", "445711"), ("-100", "-20", "445711")], &[], true);
}

#[test]
fn a_rest_is_booked_only_as_far_as_it_is_explained() {
    // Rounding alone: 2.50 of base becomes 3, whose tax of 0.60 becomes 1.
    check(
        &[("2.50", "0.50", "445711")],
        &[("445711", "0.50"), ("44551", "-1"), ("6589", "0.50")],
        true,
    );
    // The books hold another tax than base times rate: the form does not, the gap is income.
    check(
        &[("100", "21.50", "445711")],
        &[("445711", "21.50"), ("44551", "-20"), ("7589", "-1.50")],
        true,
    );
    // An account without a VAT role is not cleared, so 20 are missing and no rounding says why.
    check(&[("100", "20", "512000")], &[], false);
}
