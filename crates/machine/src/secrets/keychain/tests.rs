//! What a keychain's errors mean, and what waits for one that hangs.

use super::*;

fn told(asks: bool, error: Error) -> KeychainFault {
    Keychain::new(Patience::where_asked(asks)).fault(error)
}

fn because(words: &str) -> Box<dyn std::error::Error + Send + Sync> {
    words.into()
}

#[test]
fn an_absent_keychain_is_told_from_one_that_says_no() {
    let absent = |asks, error| {
        let fault = told(asks, error);
        assert!(matches!(fault, KeychainFault::Absent(_)), "{fault}");
    };
    let refused = |asks, error| {
        let fault = told(asks, error);
        assert!(matches!(fault, KeychainFault::Refused(_)), "{fault}");
    };
    absent(true, Error::NoDefaultStore);
    absent(true, Error::NoStorageAccess(because("SS Error: object locked")));
    absent(true, Error::NoStorageAccess(because("SS error: result not returned from SS API")));
    absent(false, Error::NoStorageAccess(because("SS error: prompt dismissed")));
    refused(true, Error::NoStorageAccess(because("SS error: prompt dismissed")));
    absent(true, Error::PlatformFailure(because("org.freedesktop.DBus.Error.ServiceUnknown: x")));
    refused(true, Error::PlatformFailure(because("the user name or passphrase is not correct")));
    refused(true, Error::TooLong("secret".to_owned(), 2560));
    refused(true, Error::Ambiguous(Vec::new()));
}

#[test]
fn no_fault_shows_what_an_item_held() {
    for error in [
        Error::BadEncoding(b"planted\xff".to_vec()),
        Error::BadDataFormat(b"planted".to_vec(), because("not ours")),
    ] {
        let fault = told(true, error);
        let shown = format!("{fault} {fault:?}");
        assert!(!shown.contains("planted") && !shown.contains("112, 108"), "{shown}");
    }
}

#[test]
fn words_from_outside_are_one_short_line() {
    let fault = told(true, Error::PlatformFailure(because(&"a\nb\u{1b}[31m".repeat(100))));
    let KeychainFault::Refused(words) = fault else { panic!("{fault}") };
    assert!(words.len() <= 200 && !words.contains(['\n', '\u{1b}']), "{words}");
}

#[test]
fn a_question_given_up_is_not_asked_again_while_it_goes_on() {
    let keychain = Keychain::new(Patience::where_asked(false));
    let (release, held) = std::sync::mpsc::channel::<()>();
    let mut given_up = keychain.given_up.lock().unwrap();
    let hangs = within(Duration::from_millis(10), &mut given_up, move || held.recv());
    assert_eq!(hangs, Err(silent()));
    drop(given_up);
    assert_eq!(keychain.find("item").err(), Some(silent()));
    drop(release);
    let thread = keychain.given_up.lock().unwrap().take().unwrap();
    thread.join().unwrap();
}

#[test]
fn a_library_that_fails_is_no_keychain() {
    let failed: Result<(), _> = within(Duration::from_secs(5), &mut None, || panic!("on purpose"));
    assert!(matches!(failed, Err(KeychainFault::Absent(_))));
}
