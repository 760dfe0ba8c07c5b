use super::*;
use Language::{English, French};

#[test]
fn amounts_are_grouped_and_keep_their_decimals() {
    let check = |minor, exponent, french: &str, english: &str| {
        assert_eq!(amount(minor, exponent, French), french, "{minor} {exponent}");
        assert_eq!(amount(minor, exponent, English), english, "{minor} {exponent}");
    };
    check(0, 2, "0,00", "0.00");
    check(5, 2, "0,05", "0.05");
    check(-5, 2, "\u{2212}0,05", "\u{2212}0.05");
    check(99_999, 2, "999,99", "999.99");
    check(100_000, 2, "1\u{202f}000,00", "1,000.00");
    check(123_456_789, 2, "1\u{202f}234\u{202f}567,89", "1,234,567.89");
    check(1_234, 0, "1\u{202f}234", "1,234");
    check(1_234_567, 3, "1\u{202f}234,567", "1,234.567");
    check(7, 3, "0,007", "0.007");
    check(
        i64::MIN,
        2,
        "\u{2212}92\u{202f}233\u{202f}720\u{202f}368\u{202f}547\u{202f}758,08",
        "\u{2212}92,233,720,368,547,758.08",
    );
    check(1, 40, "0,000000000000000001", "0.000000000000000001");
}

#[test]
fn money_carries_its_currency() {
    let check = |minor, code: &str, french: &str, english: &str| {
        let currency = Currency::parse(code).unwrap();
        assert_eq!(money(minor, currency, French), french);
        assert_eq!(money(minor, currency, English), english);
    };
    check(123_456, "EUR", "1\u{202f}234,56\u{a0}€", "€1,234.56");
    check(-100, "EUR", "\u{2212}1,00\u{a0}€", "\u{2212}€1.00");
    check(5_000, "JPY", "5\u{202f}000\u{a0}JPY", "JPY\u{a0}5,000");
}

#[test]
fn decimals_are_as_they_were_given() {
    let check = |text: &str, least, french: &str, english: &str| {
        let value: Decimal = text.parse().unwrap();
        assert_eq!(decimal(value, least, French), french, "{text}");
        assert_eq!(decimal(value, least, English), english, "{text}");
    };
    check("12", 0, "12", "12");
    check("12.50", 0, "12,5", "12.5");
    check("0", 2, "0,00", "0.00");
    check("-0.0", 0, "0", "0");
    check("-1234.5", 2, "\u{2212}1\u{202f}234,50", "\u{2212}1,234.50");
    check("0.123456", 2, "0,123456", "0.123456");
    check("1000000", 2, "1\u{202f}000\u{202f}000,00", "1,000,000.00");
    assert_eq!(percent("5.50".parse().unwrap(), French), "5,5\u{a0}%");
    assert_eq!(percent("20".parse().unwrap(), English), "20%");
}

#[test]
fn whole_numbers_and_days() {
    assert_eq!(whole(4_812, French), "4\u{202f}812");
    assert_eq!(whole(-1_234_567, English), "\u{2212}1,234,567");
    let check = |text: &str, french: (&str, &str), english: (&str, &str)| {
        let day = Day::parse(text).unwrap();
        assert_eq!((day_long(day, French).as_str(), day_short(day, French).as_str()), french);
        assert_eq!((day_long(day, English).as_str(), day_short(day, English).as_str()), english);
    };
    check(
        "2026-11-17",
        ("17\u{a0}novembre 2026", "17\u{a0}nov. 2026"),
        ("17\u{a0}November 2026", "17\u{a0}Nov 2026"),
    );
    check(
        "2026-08-01",
        ("1ᵉʳ\u{a0}août 2026", "1ᵉʳ\u{a0}août 2026"),
        ("1\u{a0}August 2026", "1\u{a0}Aug 2026"),
    );
}
