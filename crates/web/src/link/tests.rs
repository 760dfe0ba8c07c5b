use super::*;

#[test]
fn bytes_are_two_digits_each() {
    assert_eq!(hex(&[0, 10, 255]), "000aff");
}

#[test]
fn what_means_something_in_an_address_is_encoded() {
    let check = |text: &str, expect: &str| assert_eq!(percent(text), expect);
    check("a-Z_0.9~", "a-Z_0.9~");
    check("/a b&c=d#e", "%2Fa%20b%26c%3Dd%23e");
    check("été", "%C3%A9t%C3%A9");
}
