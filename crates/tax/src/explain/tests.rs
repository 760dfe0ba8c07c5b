use super::*;
use crate::facts::{Item, Leg, Nature};
use crate::fill::fill;
use crate::tests::{ca3, decimal, minor, roles};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::collections::{BTreeMap, BTreeSet};
use values::{Period, Rounding, minor_from_decimal};

/// The same cases at each run: a failure is found again.
fn run<S: Strategy>(cases: u32, strategy: S, test: impl Fn(S::Value))
where
    S::Value: std::fmt::Debug,
{
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, random);
    let outcome = runner.run(&strategy, |value| {
        test(value);
        Ok(())
    });
    outcome.unwrap();
}

/// An item of a row of the pack, with a tax within two cents of its base times its rate.
fn item(pack: &Pack, id: i64, row: usize, base_minor: i64, cents: i64, kept: bool) -> Item {
    let row = &pack.rows[row % pack.rows.len()];
    let rate = row.rate.unwrap_or_default();
    let exact = Decimal::new(base_minor, 2) * rate / Decimal::ONE_HUNDRED;
    let near = minor_from_decimal(exact, 2, Rounding::HalfUp).unwrap();
    let tax_minor = if rate.is_zero() { 0 } else { near + cents };
    let account = match row.leg {
        Leg::Output => "445711",
        Leg::ReverseDue => "445201",
        Leg::Input => "445661",
    };
    let asset = row.nature == Some(crate::pack::RowNature::Asset);
    Item {
        id,
        entry: 100 + id,
        account: Some(account.to_owned()),
        leg: row.leg,
        tax_code: row.code.clone(),
        rate,
        nature: if asset { Nature::Asset } else { Nature::Services },
        base_minor,
        tax_minor,
        deductible_minor: match row.leg {
            Leg::Input if kept => tax_minor * 4 / 5,
            Leg::Input => tax_minor,
            _ => 0,
        },
        chargeable_on: Period::parse("2026-03").unwrap().first,
    }
}

fn facts(items: Vec<Item>) -> Facts {
    let period = Period::parse("2026-03").unwrap();
    let roles = roles(items.iter().filter_map(|item| item.account.as_ref()));
    let answers = BTreeMap::from([("29".to_owned(), decimal("12"))]);
    let balances = BTreeMap::from([("44567".to_owned(), minor("830.60"))]);
    Facts { period, items, roles, balances, previous: None, answers }
}

/// Up to fourteen items of any rows, with bases from `least` cents on.
fn any_facts(least: i64) -> impl Strategy<Value = Facts> {
    let one = (0..1000usize, least..3_000_000i64, -2..=2i64, any::<bool>());
    proptest::collection::vec(one, 1..14).prop_map(move |drawn| {
        let pack = ca3();
        let items = (1..).zip(drawn).map(|(id, (row, base, cents, kept))| {
            // Half of the items are of the first few rows, so that cells hold several.
            let row = if row.is_multiple_of(2) { row % 7 } else { row };
            item(&pack, id, row, base, if least > 0 { cents.abs() } else { cents }, kept)
        });
        facts(items.collect())
    })
}

fn sum<'a>(numbers: impl Iterator<Item = &'a Decimal>) -> Decimal {
    numbers.sum()
}

#[test]
fn leaves_and_rounding_steps_make_every_figure_exactly() {
    let pack = ca3();
    run(150, any_facts(-3_000_000), |facts| {
        let made = fill(&pack, &facts).unwrap();
        for found in &made.boxes {
            let told = explain(&pack, &facts, &found.id).unwrap();
            let leaves = sum(told.leaves.iter().map(|leaf| &leaf.contribution));
            let steps = sum(told.steps.iter().map(|step| &step.contribution));
            assert_eq!(leaves + told.fixed, told.unrounded, "{}: leaves", found.id);
            assert_eq!(told.unrounded + steps, told.value, "{}: steps", found.id);
            assert_eq!((told.value, told.unrounded), (found.value, found.unrounded));
            assert_eq!((told.grade, told.fixed), (found.grade, Decimal::ZERO));
            assert!(found.value.fract().is_zero(), "{} is in whole euros", found.id);
            if told.formula == "fed" {
                let rows = told.parts.iter().map(|part| match part {
                    Part::Row { value, .. } => value,
                    other => panic!("{}: {other:?}", found.id),
                });
                assert_eq!(sum(rows), told.unrounded, "{}: rows", found.id);
            }
        }
    });
}

#[test]
fn every_item_is_taken_or_named_and_what_is_taken_settles() {
    let pack = ca3();
    run(300, any_facts(-3_000_000), |facts| {
        let made = fill(&pack, &facts).unwrap();
        let named = made.left_out.iter().map(|item| item.item);
        let all: BTreeSet<i64> = made.takes.iter().copied().chain(named).collect();
        assert_eq!(all.len(), facts.items.len());
        assert_eq!(made.takes.len() + made.left_out.len(), facts.items.len());
        let failed: Vec<_> =
            made.checks.iter().filter(|check| check.blocking && !check.passed).collect();
        assert!(failed.is_empty(), "{failed:?}");
        let lines = made.settlement.iter().map(|line| line.amount_minor);
        assert_eq!(lines.sum::<i64>(), 0);
    });
}

/// A figure without the item: `None` where a sum below zero, or a maximum, now falls otherwise, so
/// that other leaves count differently too.
fn without(pack: &Pack, facts: &Facts, id: i64, told: &Explanation) -> Option<Decimal> {
    let mut fewer = facts.clone();
    fewer.items.retain(|item| item.id != id);
    let again = explain(pack, &fewer, &told.id).unwrap();
    let is_it = |leaf: &&Leaf| matches!(leaf.source, Source::Item { id: of, .. } if of == id);
    let others: Vec<&Leaf> = told.leaves.iter().filter(|leaf| !is_it(leaf)).collect();
    (again.leaves.iter().collect::<Vec<_>>() == others).then_some(again.unrounded)
}

#[test]
fn a_leaf_taken_away_changes_the_figure_by_what_it_added() {
    let pack = ca3();
    for (least, always) in [(100, true), (-3_000_000, false)] {
        let tried = std::cell::Cell::new((0u32, 0u32));
        run(60, any_facts(least), |facts| {
            for rule in pack.boxes() {
                let told = explain(&pack, &facts, &rule.id).unwrap();
                for leaf in &told.leaves {
                    let Source::Item { id, .. } = leaf.source else { continue };
                    let (linear, bent) = tried.get();
                    match without(&pack, &facts, id, &told) {
                        Some(figure) => {
                            assert_eq!(told.unrounded - figure, leaf.contribution, "{}", rule.id);
                            assert_ne!(told.unrounded, figure, "{}", rule.id);
                            tried.set((linear + 1, bent));
                        }
                        None => {
                            // Without sums below zero only the result's two maxima can turn.
                            assert!(!always || rule.section == "result", "{}", rule.id);
                            tried.set((linear, bent + 1));
                        }
                    }
                }
            }
        });
        let (linear, bent) = tried.get();
        assert!(linear > 500 && bent < linear, "{linear} linear, {bent} not");
    }
}

#[test]
fn a_tax_line_shows_its_base_its_rate_and_both_roundings() {
    let pack = ca3();
    let place = |code: &str, leg| {
        pack.rows.iter().position(|row| row.code == code && row.leg == leg).unwrap()
    };
    let facts = facts(vec![
        item(&pack, 1, place("S20", Leg::Output), minor("18450.40"), 0, false),
        item(&pack, 2, place("AIC20", Leg::ReverseDue), minor("8000.30"), 0, false),
    ]);
    let told = explain(&pack, &facts, "08.tax").unwrap();
    assert_eq!((told.value, told.unrounded), (decimal("5290"), decimal("5290.14")));
    let leaves: Vec<_> = told.leaves.iter().map(|leaf| leaf.contribution).collect();
    assert_eq!(leaves, [decimal("3690.08"), decimal("1600.06")]);
    // 26 450.70 becomes 26 451, which adds 0.06 of tax; 5 290.20 becomes 5 290.
    let steps: Vec<_> =
        told.steps.iter().map(|s| (s.of.as_str(), s.from, s.to, s.contribution)).collect();
    assert_eq!(
        steps,
        [
            ("08.base", decimal("26450.70"), decimal("26451"), decimal("0.06")),
            ("08.tax", decimal("5290.2"), decimal("5290"), decimal("-0.2")),
        ]
    );
    assert!(told.steps.iter().all(|step| step.law.starts_with("CGI 1657") && step.whole_box));
    let Part::Box { id, value, parts, .. } = &told.parts[0] else { panic!("{:?}", told.parts) };
    assert_eq!((id.as_str(), *value), ("08.base", decimal("26451")));
    let cells: Vec<&str> = parts
        .iter()
        .map(|part| match part {
            Part::Row { cell, .. } => cell.as_str(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(cells, ["A1 output 20", "B2 reverse_due 20"]);
    let Part::Rate { name, value, from, law, .. } = &told.parts[1] else { panic!() };
    assert_eq!((name.as_str(), *value, law.as_str()), ("rate.standard", decimal("20"), "CGI 278"));
    assert_eq!(from.unwrap().to_string(), "2014-01-01");
}

#[test]
fn answers_balances_and_the_return_before_are_leaves_too() {
    let pack = ca3();
    let mut facts = facts(Vec::new());
    facts.answers = BTreeMap::from([("26".to_owned(), decimal("800"))]);
    let told = explain(&pack, &facts, "27").unwrap();
    let leaves: Vec<(Source, Decimal)> =
        told.leaves.iter().map(|leaf| (leaf.source.clone(), leaf.contribution)).collect();
    let balance = Source::Balance { account: "44567".to_owned() };
    let answer = Source::Answer { id: "26".to_owned() };
    assert_eq!(leaves, [(answer.clone(), decimal("-800")), (balance, decimal("830.6"))]);
    assert_eq!((told.unrounded, told.value), (decimal("30.6"), decimal("31")));
    facts.previous = Some(BTreeMap::from([("27".to_owned(), decimal("900"))]));
    facts.balances.clear();
    let told = explain(&pack, &facts, "27").unwrap();
    let leaves: Vec<(Source, Decimal)> =
        told.leaves.iter().map(|leaf| (leaf.source.clone(), leaf.contribution)).collect();
    let previous = Source::Previous { id: "27".to_owned() };
    assert_eq!(leaves, [(answer, decimal("-800")), (previous, decimal("900"))]);
    assert_eq!(explain(&pack, &facts, "99").unwrap_err().code(), "tax_unknown_box");
}
