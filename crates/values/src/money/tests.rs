use super::*;
use std::str::FromStr;

fn minor(text: &str, rounding: Rounding) -> Result<i64, MoneyError> {
    minor_from_decimal(Decimal::from_str(text).unwrap(), 2, rounding)
}

#[test]
fn decimals_become_cents_by_a_named_rounding() {
    for (text, exact, half_up, up, down) in [
        ("12.34", Some(1234), 1234, 1234, 1234),
        ("-12.340", Some(-1234), -1234, -1234, -1234),
        ("1000", Some(100000), 100000, 100000, 100000),
        ("0.005", None, 1, 1, 0),
        ("-0.005", None, -1, -1, 0),
        ("2.675", None, 268, 268, 267),
        ("0.001", None, 0, 1, 0),
    ] {
        assert_eq!(minor(text, Rounding::Exact).ok(), exact, "{text} exact");
        assert_eq!(minor(text, Rounding::HalfUp), Ok(half_up), "{text} half up");
        assert_eq!(minor(text, Rounding::Up), Ok(up), "{text} up");
        assert_eq!(minor(text, Rounding::Down), Ok(down), "{text} down");
    }
}

#[test]
fn refuses_what_json_cannot_hold() {
    assert_eq!(minor("90071992547409.91", Rounding::Exact), Ok(MAX_MINOR));
    assert!(minor("90071992547409.92", Rounding::Exact).is_err());
    assert!(minor("79228162514264337593543950335", Rounding::Exact).is_err());
    assert!(Money::new(MAX_MINOR + 1, Currency::EUR).is_err());
    assert!(Money::new(i64::MIN, Currency::EUR).is_err());
}

#[test]
fn shows_each_currency_with_its_own_decimals() {
    let show = |minor, code| Money::new(minor, Currency::parse(code).unwrap()).unwrap().to_string();
    assert_eq!(show(-5, "EUR"), "-0.05");
    assert_eq!(show(123456, "eur"), "1234.56");
    assert_eq!(show(1234, "JPY"), "1234");
    assert_eq!(show(1234, "TND"), "1.234");
    assert!(Currency::parse("EURO").is_err());
    assert!(Currency::parse("€").is_err());
}
