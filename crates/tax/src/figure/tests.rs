use super::*;
use crate::formula::{Names, Scope, parse};
use crate::sort::sort;
use crate::tests::{ca3, decimal};
use values::Period;

/// A formula over the French pack, on a period's last day, with 100 answered to 26.
fn compute(formula: &str, period: &str) -> Result<(Decimal, Decimal), TaxError> {
    let pack = ca3();
    let facts = Facts {
        period: Period::parse(period).unwrap(),
        items: Vec::new(),
        roles: BTreeMap::new(),
        balances: BTreeMap::from([("44567".to_owned(), 123_455)]),
        previous: None,
        answers: BTreeMap::from([("26".to_owned(), decimal("100"))]),
    };
    let names =
        |list: Vec<&str>| -> Names { list.into_iter().map(str::to_owned).zip(0..).collect() };
    let scope = Scope {
        boxes: &pack.box_names,
        rates: &names(pack.rates.iter().map(|rate| rate.name.as_str()).collect()),
        roundings: &names(pack.roundings.iter().map(|rule| rule.name.as_str()).collect()),
        answers: &pack.answer_names,
        fed: false,
        rest: false,
    };
    let expr = parse(formula, scope).unwrap();
    let sorted = sort(&pack, &facts);
    let evaluation = Evaluation::<()>::of(&pack, &facts, &sorted, &vec![true; pack.boxes.len()])?;
    evaluation.compute(&expr, None, "a test").map(|figure| (figure.value, figure.exact))
}

#[test]
fn formulas_compute_what_they_say() {
    for (formula, value) in [
        ("1 + 2 * 3 - 4 / 2", "5"),
        ("-(1 - 3)", "2"),
        ("min(2, 1) + max(2, 1) * 10", "21"),
        ("if(1 < 2, 7, 8) + if(2 < 1, 7, 8)", "15"),
        ("(1 = 1) + (1 >= 1) + (1 > 1) + (1 <= 1) + (1 < 1)", "3"),
        ("rate.standard / 100", "0.2"),
        ("answer([26]) - answer([5B])", "100"),
        ("previous([27], balance(44567))", "1234.55"),
        ("round(2.5, euro) + round(-2.5, euro) + round(0.49, euro)", "0"),
    ] {
        assert_eq!(compute(formula, "2026-03").unwrap().0, decimal(value), "{formula}");
    }
}

#[test]
fn a_rounding_leaves_the_exact_figure_alone() {
    let (value, exact) = compute("round(balance(44567), euro) * 2", "2026-03").unwrap();
    assert_eq!((value, exact), (decimal("2470"), decimal("2469.1")));
}

#[test]
fn what_cannot_be_computed_is_refused() {
    for (formula, code) in [
        ("1 / (1 - 1)", "tax_not_exact"),
        ("79228162514264337593543950335 * 10", "tax_not_exact"),
        ("balance(512)", "tax_balance_lacks"),
    ] {
        assert_eq!(compute(formula, "2026-03").unwrap_err().code(), code, "{formula}");
    }
}

#[test]
fn a_dated_value_holds_from_its_day_on() {
    let rate = crate::pack::Rate {
        name: "rate".to_owned(),
        unit: "%".to_owned(),
        law: String::new(),
        grade: Grade::High,
        values: vec![
            (Some(values::Day::parse("2014-01-01").unwrap()), decimal("20")),
            (Some(values::Day::parse("2026-04-01").unwrap()), decimal("21")),
        ],
    };
    for (day, value) in [
        ("2013-12-31", None),
        ("2014-01-01", Some("20")),
        ("2026-03-31", Some("20")),
        ("2026-04-01", Some("21")),
    ] {
        let found = rate.on(values::Day::parse(day).unwrap()).map(|(_, value)| value);
        assert_eq!(found, value.map(decimal), "{day}");
    }
}

#[test]
fn rounding_goes_to_the_rules_step() {
    let rule = |step, mode| RoundingRule {
        name: String::new(),
        step: decimal(step),
        mode,
        law: String::new(),
        grade: Grade::High,
    };
    use values::Rounding::{Down, HalfUp, Up};
    for (value, step, mode, result) in [
        ("26450.50", "1", HalfUp, "26451"),
        ("26450.49", "1", HalfUp, "26450"),
        ("-0.50", "1", HalfUp, "-1"),
        ("26450.99", "1", Down, "26450"),
        ("26450.01", "1", Up, "26451"),
        ("1234", "10", HalfUp, "1230"),
        ("0.555", "0.01", HalfUp, "0.56"),
    ] {
        assert_eq!(rounded(decimal(value), &rule(step, mode)), Some(decimal(result)), "{value}");
    }
}
