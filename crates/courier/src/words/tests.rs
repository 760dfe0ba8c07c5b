use super::*;

#[test]
fn words_lose_control_characters_secrets_and_excess() {
    let password = Secret::new("corr3ct horse".to_owned());
    let scrubber = Scrubber::new("ada", &password);
    let check = |words: &str, expect: &str| assert_eq!(scrubber.clean(words), expect, "{words:?}");
    check("5.7.8 no\tsuch\r\n user\u{1b}[31m", "5.7.8 no such user[31m");
    check("bad password corr3ct horse, ada", "bad password [hidden], ada");
    check("corr3ct\r\nhorse", "[hidden]");
    check("co\u{7}rr3ct   horse", "[hidden]");
    check(&format!("got {}", STANDARD.encode("corr3ct horse")), "got [hidden]");
    check(&format!("got {}", STANDARD.encode("\0ada\0corr3ct horse")), "got [hidden]");
    let long = scrubber.clean(&"é".repeat(2000));
    assert_eq!(long.chars().count(), LONGEST_CHARACTERS + 1);
}

#[test]
fn an_empty_password_hides_nothing() {
    let scrubber = Scrubber::new("ada", &Secret::new(String::new()));
    assert_eq!(scrubber.clean("535 no"), "535 no");
}
