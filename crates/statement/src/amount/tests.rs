use super::*;
use DecimalMark::{Comma, Dot, Either};
use proptest::prelude::*;

fn check(text: &str, mark: DecimalMark, expect: Result<i64, AmountFault>) {
    let read = minor_from_text(text, 2, mark, true).map(|amount| amount.minor);
    assert_eq!(read, expect, "{text:?} with {mark:?}");
}

#[test]
fn amounts_are_read_exactly() {
    use AmountFault::{Ambiguous, Missing, TooFine, TooLarge, Unreadable};
    for (text, mark, expect) in [
        ("12.34", Dot, Ok(1234)),
        ("-12.34", Dot, Ok(-1234)),
        ("+12", Dot, Ok(1200)),
        ("12.", Dot, Ok(1200)),
        (".5", Dot, Ok(50)),
        ("-,99", Either, Ok(-99)),
        ("12.340", Dot, Ok(1234)),
        ("0.5300", Either, Ok(53)),
        ("0.500", Either, Ok(50)),
        ("12.345", Dot, Err(TooFine)),
        ("1,234.56", Dot, Ok(123_456)),
        ("1.234,56", Comma, Ok(123_456)),
        ("+2.500,00", Either, Ok(250_000)),
        ("-1 234,56", Either, Ok(-123_456)),
        ("1\u{a0}234,56", Comma, Ok(123_456)),
        ("\u{2212}1\u{202f}234,56", Comma, Ok(-123_456)),
        ("62'067.87", Dot, Ok(6_206_787)),
        ("62\u{2019}067.87", Dot, Ok(6_206_787)),
        ("(12,00)", Comma, Ok(-1200)),
        ("12,00-", Comma, Ok(-1200)),
        ("- 12,00", Comma, Ok(-1200)),
        ("£1,183.23", Dot, Ok(118_323)),
        ("+ £1,100.00", Dot, Ok(110_000)),
        ("12,00 €", Comma, Ok(1200)),
        ("EUR 12,00", Comma, Ok(1200)),
        ("1,00,000.00", Dot, Ok(10_000_000)),
        ("1.234.567", Either, Ok(123_456_700)),
        ("1.234", Either, Err(Ambiguous)),
        ("2,500", Either, Err(Ambiguous)),
        ("1.234", Comma, Ok(123_400)),
        ("90071992547409.91", Dot, Ok(MAX_MINOR)),
        ("90071992547409.92", Dot, Err(TooLarge)),
        ("99999999999999999999999999999999999999999999", Dot, Err(TooLarge)),
        ("", Dot, Err(Missing)),
        ("   ", Dot, Err(Missing)),
        (".", Either, Err(Unreadable)),
        ("-", Dot, Err(Unreadable)),
        ("12..34", Dot, Err(Unreadable)),
        ("1.2.3", Dot, Err(Unreadable)),
        ("1.234,56", Dot, Err(Unreadable)),
        ("12 34", Dot, Err(Unreadable)),
        ("--12", Dot, Err(Unreadable)),
        ("1-2", Dot, Err(Unreadable)),
        ("(12", Dot, Err(Unreadable)),
        ("-(12)", Dot, Err(Unreadable)),
        ("1E5", Dot, Err(Unreadable)),
        ("abc", Dot, Err(Unreadable)),
        ("R$ 5.326,43", Either, Err(Unreadable)),
        ("########", Dot, Err(Unreadable)),
    ] {
        check(text, mark, expect);
    }
}

#[test]
fn the_currency_decides_the_decimals() {
    let read = |text, exponent| minor_from_text(text, exponent, Dot, false).map(|a| a.minor);
    assert_eq!(read("1200", 0), Ok(1200));
    assert_eq!(read("1200.00", 0), Ok(1200));
    assert_eq!(read("1200.50", 0), Err(AmountFault::TooFine));
    assert_eq!(read("1.234", 3), Ok(1234));
    assert_eq!(read("$120", 2), Err(AmountFault::Unreadable), "no ornaments where none belong");
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(minor in -MAX_MINOR..=MAX_MINOR, exponent in 0u32..=3) {
        let unit = 10u64.pow(exponent);
        let (whole, part) = (minor.unsigned_abs() / unit, minor.unsigned_abs() % unit);
        let sign = if minor < 0 { "-" } else { "" };
        let width = exponent as usize;
        let decimals = if exponent > 0 { format!("{part:0width$}") } else { String::new() };
        for (mark, letter) in [(Dot, "."), (Comma, ",")] {
            let text = format!("{sign}{whole}{letter}{decimals}");
            let read = minor_from_text(&text, exponent, mark, false).map(|amount| amount.minor);
            prop_assert_eq!(read, Ok(minor), "{}", text);
        }
    }

    #[test]
    fn any_text_is_answered(text in ".{0,60}", exponent in 0u32..=3) {
        for mark in [Dot, Comma, Either] {
            if let Ok(read) = minor_from_text(&text, exponent, mark, true) {
                prop_assert!(read.minor.abs() <= MAX_MINOR);
            }
        }
    }
}
