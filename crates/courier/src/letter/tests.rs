use chrono::TimeZone;

use super::*;

fn person(name: Option<&str>, address: &str) -> Address {
    Address { name: name.map(str::to_owned), address: address.to_owned() }
}

fn file(name: &str, bytes: &[u8]) -> Attachment {
    Attachment {
        name: name.to_owned(),
        media_type: "application/pdf".to_owned(),
        bytes: bytes.to_vec(),
    }
}

fn letter() -> Letter {
    Letter {
        from: person(Some("Crèmerie du Port"), "compta@crémerie.example"),
        reply_to: Some(person(None, "answers@b.example")),
        to: vec![person(Some("Müller, Jörg"), "jm@d.example"), person(None, "e@f.example")],
        subject: "Votre facture n° 2026-0042".to_owned(),
        body: "Bonjour,\n.\nÀ bientôt \n".to_owned(),
        attachments: vec![file("Facture n° 42 (été).pdf", b"%PDF-1.7\n.\r\n\0\xff")],
        message_id: "<inv.42.1@b.example>".to_owned(),
        date: Utc.with_ymd_and_hms(2026, 6, 1, 8, 30, 0).single().expect("a date"),
    }
}

fn text(letter: &Letter) -> String {
    String::from_utf8(compose(letter).expect("it composes")).expect("ASCII")
}

fn fault(change: impl FnOnce(&mut Letter)) -> ComposeFault {
    let mut changed = letter();
    change(&mut changed);
    compose(&changed).expect_err("it is refused")
}

/// A header's value, unfolded.
fn header<'t>(text: &'t str, name: &str) -> Option<String> {
    let head: &'t str = text.split("\r\n\r\n").next()?;
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let found = unfolded.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
    found.map(str::to_owned)
}

#[test]
fn the_same_letter_gives_the_same_bytes() {
    assert_eq!(compose(&letter()), compose(&letter()));
    let mut other = letter();
    other.attachments[0].bytes.push(1);
    assert_ne!(boundary(&letter()), boundary(&other));
}

#[test]
fn headers_are_ascii_and_say_what_was_given() {
    let text = text(&letter());
    let check = |name: &str, expect: &str| {
        assert_eq!(header(&text, name).as_deref(), Some(expect), "{name}");
    };
    check("Date", "Mon, 01 Jun 2026 08:30:00 +0000");
    check("Message-ID", "<inv.42.1@b.example>");
    check("Reply-To", "answers@b.example");
    check("Subject", "Votre facture =?utf-8?b?bsKw?= 2026-0042");
    check("MIME-Version", "1.0");
    check("From", "=?utf-8?b?Q3LDqG1lcmllIGR1IFBvcnQ=?= <compta@xn--crmerie-cya.example>");
    let to = header(&text, "To").expect("a To");
    assert!(to.ends_with("<jm@d.example>, e@f.example"), "{to}");
    assert!(text.lines().all(|line| line.len() <= 80), "short lines");
    assert!(text.is_ascii());
}

#[test]
fn a_letter_without_files_has_one_part() {
    let mut plain = letter();
    plain.attachments.clear();
    let text = text(&plain);
    assert_eq!(header(&text, "Content-Type").as_deref(), Some("text/plain; charset=utf-8"));
    let encoding = header(&text, "Content-Transfer-Encoding");
    assert_eq!(encoding.as_deref(), Some("quoted-printable"));
    assert!(text.ends_with("\r\n"), "{text}");
    assert!(text.contains("\r\n\r\nBonjour,\r\n.\r\n=C3=80 bient=C3=B4t=20\r\n"), "{text}");
}

#[test]
fn a_subject_that_looks_encoded_is_encoded() {
    let mut odd = letter();
    odd.subject = format!("=?utf-8?q?paid?= {}", "é".repeat(40));
    let subject = header(&text(&odd), "Subject").expect("a subject");
    let mut read = Vec::new();
    for word in subject.split(' ') {
        let inside = word.strip_prefix("=?utf-8?b?").and_then(|w| w.strip_suffix("?="));
        use base64::Engine as _;
        let engine = base64::engine::general_purpose::STANDARD;
        read.extend(engine.decode(inside.expect("an encoded word")).expect("base64"));
        assert!(word.len() <= 75);
    }
    assert_eq!(String::from_utf8(read).expect("text"), odd.subject);
}

#[test]
fn a_control_character_is_refused_by_the_name_of_its_field() {
    let check = |field: Field, change: &dyn Fn(&mut Letter, &str)| {
        for bad in ["a\r\nBcc: x@y.example", "a\nb", "a\rb", "a\0b", "a\u{85}b", "a\u{2028}b"] {
            let fault = fault(|letter| change(letter, bad));
            let expect = ComposeFault::ControlCharacter { field, text: bad.to_owned() };
            assert_eq!(fault, expect, "{bad:?}");
        }
    };
    check(Field::Subject, &|letter, bad| letter.subject = bad.to_owned());
    check(Field::Name, &|letter, bad| letter.from.name = Some(bad.to_owned()));
    check(Field::Name, &|letter, bad| letter.to[1].name = Some(bad.to_owned()));
    check(Field::Address, &|letter, bad| letter.from.address = bad.to_owned());
    check(Field::Address, &|letter, bad| letter.to[1].address = bad.to_owned());
    check(Field::Address, &|letter, bad| letter.reply_to = Some(person(None, bad)));
    check(Field::FileName, &|letter, bad| letter.attachments[0].name = bad.to_owned());
    check(Field::MediaType, &|letter, bad| letter.attachments[0].media_type = bad.to_owned());
    check(Field::MessageId, &|letter, bad| letter.message_id = bad.to_owned());
}

#[test]
fn what_no_letter_can_hold_is_refused() {
    assert_eq!(fault(|letter| letter.to.clear()), ComposeFault::NoRecipient);
    let bad = fault(|letter| letter.to[1].address = "rené@f.example".to_owned());
    let flaw = AddressFlaw::UserNotAscii;
    assert_eq!(bad, ComposeFault::BadAddress { address: "rené@f.example".to_owned(), flaw });

    let check = |field: Field, text: &str, change: &dyn Fn(&mut Letter, &str)| {
        let expect = ComposeFault::Malformed { field, text: text.to_owned() };
        assert_eq!(fault(|letter| change(letter, text)), expect);
    };
    let long = format!("<{}@b.example>", "a".repeat(300));
    for id in ["", "a@b", "<a>", "<@b>", "<a@>", "<a b@c>", "<a@b@c>", "<é@b>", &long] {
        check(Field::MessageId, id, &|letter, id| letter.message_id = id.to_owned());
    }
    for name in ["", " ", "a/b.pdf", "..\\b.pdf"] {
        check(Field::FileName, name, &|letter, name| letter.attachments[0].name = name.to_owned());
    }
    for kind in ["", "pdf", "multipart/mixed", "Message/rfc822", "application/é"] {
        check(Field::MediaType, kind, &|letter, kind| {
            letter.attachments[0].media_type = kind.to_owned();
        });
    }
}

#[test]
fn hostile_bodies_stay_bodies() {
    let bodies = ["", "\n", ".", "From me", "a\0b\u{1b}", "--=_x--", "a\rb", "Bcc: a@b.example"];
    for body in bodies.into_iter().chain([&*"x".repeat(5000), &*"\n.\n".repeat(50)]) {
        let mut odd = letter();
        odd.body = body.to_owned();
        let text = text(&odd);
        assert!(wire_form::is_sound(text.as_bytes()), "{body:?}");
        assert_eq!(header(&text, "Bcc"), None);
    }
}
