use super::*;
use crate::facts::{Item, Leg, Nature};
use crate::tests::{ca3, decimal};
use std::collections::BTreeMap;
use values::Day;

fn facts(period: &str) -> Facts {
    Facts {
        period: Period::parse(period).unwrap(),
        items: Vec::new(),
        roles: BTreeMap::new(),
        balances: BTreeMap::from([("44567".to_owned(), 0)]),
        previous: None,
        answers: BTreeMap::new(),
    }
}

fn sale(day: &str, base_minor: i64) -> Item {
    Item {
        id: 7,
        entry: 7,
        account: Some("445711".to_owned()),
        leg: Leg::Output,
        tax_code: "S20".to_owned(),
        rate: decimal("20"),
        nature: Nature::Goods,
        base_minor,
        tax_minor: base_minor / 5,
        deductible_minor: 0,
        chargeable_on: Day::parse(day).unwrap(),
    }
}

#[test]
fn facts_that_make_no_return_are_refused() {
    let answered = |id: &str, value: &str| {
        let mut facts = facts("2026-03");
        facts.answers.insert(id.to_owned(), decimal(value));
        facts
    };
    let sold = |day: &str, base_minor| {
        let mut facts = facts("2026-03");
        facts.items.push(sale(day, base_minor));
        facts
    };
    let mut no_balance = facts("2026-03");
    no_balance.balances.clear();
    let mut older = facts("2026-03");
    older.previous = Some(BTreeMap::new());
    for (facts, code) in [
        (facts("2025-12"), "tax_period_outside"),
        (facts("2027-01"), "tax_period_outside"),
        (facts("2026"), "tax_period_shape"),
        (facts("2026-01-02..2026-01-31"), "tax_period_shape"),
        (facts("2026-02-01..2026-04-30"), "tax_period_shape"),
        (answered("16", "3"), "tax_answer_not_asked"),
        (answered("77", "3"), "tax_answer_unknown"),
        (answered("26", "3.5"), "tax_answer_value"),
        (answered("26", "-3"), "tax_answer_value"),
        (answered("year_end", "2"), "tax_answer_value"),
        (answered("26", "79228162514264337593543950335"), "tax_answer_value"),
        (sold("2026-04-01", 100), "tax_item_after_period"),
        (sold("2026-03-01", i64::MIN), "tax_not_exact"),
        (no_balance, "tax_balance_lacks"),
        (older, "tax_previous_lacks"),
    ] {
        let error = fill(&ca3(), &facts).expect_err(code);
        assert_eq!(error.code(), code);
        assert!(!error.args().is_empty());
    }
}

#[test]
fn months_and_quarters_are_filed_and_late_items_taken() {
    for period in ["2026-01", "2026-12", "2026-T1", "2026-T4"] {
        let mut facts = facts(period);
        facts.items.push(sale("2025-12-31", 10000));
        let made = fill(&ca3(), &facts).unwrap();
        assert_eq!((made.takes.as_slice(), made.is_nil()), ([7].as_slice(), false), "{period}");
        assert_eq!(made.value("A1").unwrap().value, decimal("100"), "{period}");
    }
}

#[test]
fn a_return_without_anything_is_nil() {
    let made = fill(&ca3(), &facts("2026-03")).unwrap();
    assert!(made.can_be_made() && made.settlement.is_empty() && made.takes.is_empty());
    assert!(made.is_nil());
    assert!(made.questions.iter().all(|question| !question.asked));
    assert_eq!(made.questions.len(), 9);
}

#[test]
fn the_grade_is_the_lowest_of_what_a_figure_rests_on() {
    let mut facts = facts("2026-03");
    facts.items.push(sale("2026-03-05", 10000));
    let grade = |facts: &Facts, id: &str| fill(&ca3(), facts).unwrap().value(id).unwrap().grade;
    assert_eq!((grade(&facts, "08.tax"), grade(&facts, "16")), (Grade::High, Grade::High));
    // Box 15 itself is medium; while it is empty it lowers no total.
    assert_eq!(grade(&facts, "15"), Grade::Medium);
    facts.items.push(Item { tax_code: "S-ASSET".to_owned(), ..sale("2026-03-05", 10000) });
    assert_eq!((grade(&facts, "A1"), grade(&facts, "A2")), (Grade::High, Grade::Medium));
    assert_eq!((grade(&facts, "08.tax"), grade(&facts, "32")), (Grade::Medium, Grade::Medium));
}

#[test]
fn ten_thousand_items_are_filled_and_counted() {
    let mut facts = facts("2026-03");
    facts.items = (0..10_000).map(|id| Item { id, ..sale("2026-03-05", 10_050) }).collect();
    let made = fill(&ca3(), &facts).unwrap();
    assert_eq!(made.takes.len(), 10_000);
    let tax = made.value("08.tax").unwrap();
    assert_eq!((tax.value, tax.line(), tax.column()), (decimal("201000"), "08", "tax"));
    let total = made.value("16").unwrap();
    assert_eq!((total.value, total.line(), total.column()), (decimal("201000"), "16", ""));
}
