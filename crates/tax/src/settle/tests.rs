use crate::facts::{Facts, Item, Leg, Nature};
use crate::fill::{Check, fill};
use crate::tests::{ca3, decimal, minor, roles};
use std::collections::BTreeMap;
use values::Period;

/// Sales at 20 % as (base, tax, account), the lines written, and whether the rest is explained.
/// Gives the warning that the tax is not base times rate, if there is one.
fn check(sales: &[(&str, &str, &str)], lines: &[(&str, &str)], passed: bool) -> Option<Check> {
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
    made.checks.into_iter().find(|check| check.id == "tax_off_rate" && !check.passed)
}

#[test]
fn every_account_is_cleared_by_what_the_items_wrote_there() {
    let warning = check(
        &[("100", "20", "445711"), ("200", "40", "445712"), ("-50", "-10", "445712")],
        &[("445711", "20"), ("445712", "30"), ("44551", "-50")],
        true,
    );
    assert_eq!(warning, None);
    // An account that comes to nothing needs no line.
    let warning = check(&[("100", "20", "445711"), ("-100", "-20", "445711")], &[], true);
    assert_eq!(warning, None);
}

#[test]
fn a_rest_is_booked_only_as_far_as_it_is_explained() {
    // Rounding alone: 2.50 of base becomes 3, whose tax of 0.60 becomes 1.
    let warning = check(
        &[("2.50", "0.50", "445711")],
        &[("445711", "0.50"), ("44551", "-1"), ("6589", "0.50")],
        true,
    );
    assert_eq!(warning, None);
    // A cent an item is what rounding documents makes; more is a warning.
    let cent = check(
        &[("100", "20.01", "445711")],
        &[("445711", "20.01"), ("44551", "-20"), ("7589", "-0.01")],
        true,
    );
    assert_eq!(cent, None);
    let warning = check(
        &[("100", "21.50", "445711")],
        &[("445711", "21.50"), ("44551", "-20"), ("7589", "-1.50")],
        true,
    );
    let warning = warning.expect("1.50 more than base times rate");
    assert_eq!((warning.blocking, warning.args[0].1.as_str()), (false, "S20 1.5"));
    // An account without a VAT role is not cleared, so 20 are missing and no rounding says why.
    assert_eq!(check(&[("100", "20", "512000")], &[], false), None);
}
