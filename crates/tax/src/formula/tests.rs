use super::*;

fn names(list: &[&str]) -> Names {
    list.iter().map(|name| (*name).to_owned()).zip(0..).collect()
}

fn read(formula: &str) -> Result<Expr, PackFault> {
    let (boxes, rates) = (names(&["08.base", "20", "TD"]), names(&["rate.standard", "zero"]));
    let (roundings, answers) = (names(&["euro"]), names(&["26", "year_end"]));
    let scope = Scope {
        boxes: &boxes,
        rates: &rates,
        roundings: &roundings,
        answers: &answers,
        fed: true,
        rest: false,
    };
    parse(formula, scope)
}

#[test]
fn reads_what_a_pack_may_write() {
    for formula in [
        "fed",
        "[08.base] * rate.standard / 100",
        "rate.standard * [08.base]",
        "max(0, [20] - [TD])",
        "-[20] - -3.5",
        "if([20] >= 760, ([20] <= [TD]) * (2 = 2), answer([26]))",
        "if(answer(year_end), zero, 1)",
        "previous([20], balance(044567))",
        "round([20] / 3, euro) + min(1, 2)",
    ] {
        assert!(read(formula).is_ok(), "{formula}: {:?}", read(formula));
    }
    let balance = Expr::Balance("044567".to_owned());
    assert_eq!(read("balance(044567)").unwrap(), balance, "an account keeps its zeros");
}

#[test]
fn products_bind_tighter_than_sums_and_sums_than_comparisons() {
    for (one, other) in [
        ("1 + 2 * 3", "1 + (2 * 3)"),
        ("1 - 2 - 3", "(1 - 2) - 3"),
        ("8 / 4 / 2", "(8 / 4) / 2"),
        ("1 + 1 < 3 * 1", "(1 + 1) < (3 * 1)"),
    ] {
        assert_eq!(read(one).unwrap(), read(other).unwrap(), "{one}");
    }
    assert_ne!(read("1 - 2 - 3").unwrap(), read("1 - (2 - 3)").unwrap());
}

#[test]
fn refuses_the_rest_and_says_where() {
    for (formula, at) in [
        ("", 1),
        ("1 +", 4),
        ("1 2", 3),
        ("(1", 3),
        ("[20", 1),
        ("[]", 1),
        ("1 € 2", 3),
        ("1.2.3", 1),
        ("max(1)", 6),
        ("if(1, 2)", 8),
        ("balance(x)", 9),
        ("balance(4.5)", 9),
        ("previous(20, 0)", 10),
        ("1 < 2 < 3", 7),
        ("[20] * [TD]", 6),
        ("1 / [20]", 3),
        ("[20] * balance(44567)", 6),
    ] {
        match read(formula) {
            Err(PackFault::Formula { at: found, .. }) => assert_eq!(found, at, "{formula}"),
            other => panic!("{formula}: {other:?}"),
        }
    }
}

#[test]
fn refuses_names_that_the_pack_does_not_have() {
    for (formula, kind, name) in [
        ("[21]", "box", "21"),
        ("rate.other", "rate", "rate.other"),
        ("rest", "rate", "rest"),
        ("round([20], franc)", "rounding", "franc"),
        ("answer([20])", "answer", "20"),
        ("previous([99], 0)", "box", "99"),
        ("system(1)", "rate", "system"),
    ] {
        match read(formula) {
            Err(PackFault::UnknownName { kind: of, found }) => {
                assert_eq!((of, found.as_str()), (kind, name), "{formula}");
            }
            other => panic!("{formula}: {other:?}"),
        }
    }
}

#[test]
fn a_formula_cannot_exhaust_the_stack() {
    let deep = format!("{}1{}", "(".repeat(100_000), ")".repeat(100_000));
    let long = "1 + ".repeat(100_000) + "1";
    let nested = format!("{}1{}", "max(1, ".repeat(60), ")".repeat(60));
    for formula in [deep, long, nested, "-".repeat(100_000)] {
        assert!(matches!(read(&formula), Err(PackFault::Formula { .. })));
    }
}
