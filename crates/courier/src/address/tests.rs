use super::*;

fn ascii(given: &str) -> Result<String, AddressFlaw> {
    match Checked::new(given) {
        Ok(checked) => Ok(checked.ascii.to_string()),
        Err(EnvelopeFault::BadAddress { address, flaw }) => {
            assert_eq!(address, given, "the fault names the address as it was given");
            Err(flaw)
        }
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn an_address_is_checked_and_made_ascii() {
    use AddressFlaw::{ControlCharacter, Malformed, UserNotAscii};
    let check = |given: &str, expect: Result<&str, AddressFlaw>| {
        assert_eq!(ascii(given), expect.map(str::to_owned), "{given:?}");
    };
    check("a@b.example", Ok("a@b.example"));
    check("a+b.c@b.example", Ok("a+b.c@b.example"));
    check("compta@crémerie.example", Ok("compta@xn--crmerie-cya.example"));
    check("info@MÜLLER.example", Ok("info@xn--mller-kva.example"));
    check("a@[192.0.2.1]", Ok("a@[192.0.2.1]"));
    check("rené@b.example", Err(UserNotAscii));
    check("", Err(Malformed));
    check("a", Err(Malformed));
    check("a@", Err(Malformed));
    check("@b.example", Err(Malformed));
    check("a b@b.example", Err(Malformed));
    check("a@b@c.example", Err(Malformed));
    check("a@b_c.example", Err(Malformed));
    check("a@b..example", Err(Malformed));
    check("a@b.example>", Err(Malformed));
    check("\"a>b\"@b.example", Err(Malformed));
    check("a@b.example\r\nRCPT TO:<c@d.example>", Err(ControlCharacter));
    check("a@b.example\n", Err(ControlCharacter));
    check("a\u{2028}@b.example", Err(ControlCharacter));
    check(&format!("a@{}.example", "b".repeat(64)), Err(Malformed));
}

#[test]
fn an_envelope_has_a_recipient_and_names_nobody_twice() {
    assert_eq!(Envelope::new("a@b.example", &[]), Err(EnvelopeFault::NoRecipient));
    let envelope = Envelope::new("a@b.example", &["c@d.example", "c@D.example", "e@f.example"]);
    let envelope = envelope.expect("it is sound");
    let given: Vec<&str> = envelope.to.iter().map(|checked| checked.given.as_str()).collect();
    assert_eq!(given, ["c@d.example", "e@f.example"]);
}
