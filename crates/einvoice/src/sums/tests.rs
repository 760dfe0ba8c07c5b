use super::*;
use std::str::FromStr;

fn decimal(text: &str) -> Decimal {
    Decimal::from_str(text).unwrap()
}

#[test]
fn a_line_is_rounded_once() {
    for (quantity, price, discount, expected) in [
        ("1", "4620", None, (462_000, 0, 462_000)),
        ("12", "135", None, (162_000, 0, 162_000)),
        // A price of a tenth of a cent is a price: only the product is rounded.
        ("1000", "0.001", None, (100, 0, 100)),
        ("1", "0.001", None, (0, 0, 0)),
        ("3", "0.335", None, (101, 0, 101)),
        ("1", "100", Some("10"), (10_000, 1_000, 9_000)),
        // The discount is a kept amount of two decimals, the rest is rounded after it.
        ("1", "0.99", Some("33.333"), (99, 33, 66)),
        ("-2", "10.005", None, (-2_001, 0, -2_001)),
    ] {
        let percent = discount.map(decimal);
        let sum = line_sum(decimal(quantity), decimal(price), percent, Currency::EUR).unwrap();
        let found = (sum.base_minor, sum.allowance_minor, sum.net_minor);
        assert_eq!(found, expected, "{quantity} × {price}");
    }
}

#[test]
fn what_cannot_be_kept_exactly_is_refused() {
    for (quantity, price) in
        [("1", "90071992547410"), ("79228162514264337593543950335", "2"), ("1e3", "1e12")]
    {
        let quantity = Decimal::from_scientific(quantity).or_else(|_| Decimal::from_str(quantity));
        let price = Decimal::from_scientific(price).or_else(|_| Decimal::from_str(price));
        let sum = line_sum(quantity.unwrap(), price.unwrap(), None, Currency::EUR);
        assert_eq!(sum, Err(SumError::TooLarge));
    }
}
