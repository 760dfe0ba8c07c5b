use super::LineSearch;

#[track_caller]
fn check(typed: &str, (label, party, amount): (&str, Option<&str>, i64), fits: bool) {
    let search = LineSearch::of(typed).expect("something was typed");
    assert_eq!(search.fits(label, party, (amount, 2)), fits, "{typed} in {label}");
}

#[test]
fn words_are_found_in_any_case() {
    let line = ("VIR Hôtel DES DUNES", Some("Société d'Été"), 765_617);
    for typed in ["vir", "DUNES", "hôtel", "HÔTEL d", " dunes ", "société d'été", "s"] {
        check(typed, line, true);
    }
    for typed in ["hotel", "dunes x", "VIR HÔTEL DES DUNES 2", "z"] {
        check(typed, line, false);
    }
    assert_eq!(LineSearch::of(" \t"), None);
}

#[test]
fn an_amount_is_found_as_far_as_it_is_typed() {
    let line = ("X", None, -128_450);
    for typed in ["1284,5", "1284.50", "1284", "1 284,5", "-1284,50", "−1284", "1284,"] {
        check(typed, line, true);
    }
    for typed in
        ["1284,51", "128", "284,50", "+1284,5", "1284,500", "1.284,5", "99999999999999999999"]
    {
        check(typed, line, false);
    }
    check("0,05", ("X", None, 5), true);
    check("2026", ("FACTURE 2026", None, 1), true);
}

#[test]
fn a_currency_without_decimals_has_none() {
    let search = LineSearch::of("1284").expect("typed");
    assert!(search.fits("", None, (1284, 0)) && !search.fits("", None, (128_400, 0)));
    assert!(!LineSearch::of("1284,5").expect("typed").fits("", None, (1284, 0)));
}
