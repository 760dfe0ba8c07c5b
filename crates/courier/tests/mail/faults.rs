//! Every way in which sending can fail, against a server that fails there.

use courier::{
    CertificateFlaw, FaultKind, HandedOver, Letter, MailAccount, Phase, Receipt, Security,
    SendFault, Stop, Trust, TrustFault, compose, send,
};
use values::Secret;

use crate::correspondence::{
    HURRIED as PATIENCE, PASSWORD, account, authority, holds_no_secret, letter, now, trust,
};
use crate::fault_server::{Authority, Fault, FaultServer, Papers, Script, Step};
use crate::real_server::pem;

struct Run {
    outcome: Result<Receipt, SendFault>,
    phases: Vec<Phase>,
    letters: Vec<Vec<u8>>,
    commands: Vec<String>,
    message: Vec<u8>,
}

fn run_with(script: Script, letter: &Letter, stop_at: Option<Phase>) -> Run {
    let security = match script.implicit_tls {
        true => Security::ImplicitTls,
        false => Security::StartTls,
    };
    let server = FaultServer::start(authority(), script);
    let message = compose(letter).expect("it composes");
    let mut phases = Vec::new();
    let outcome = send(
        &account(server.port, security),
        &Secret::new(PASSWORD.to_owned()),
        &letter.envelope().expect("an envelope"),
        &message,
        &trust(),
        &PATIENCE,
        &mut |phase| {
            phases.push(phase);
            if stop_at == Some(phase) { Err(Stop) } else { Ok(()) }
        },
    );
    if let Err(fault) = &outcome {
        holds_no_secret(&format!("{fault:?} {fault:#?} {fault}"));
    }
    Run { outcome, phases, letters: server.letters(), commands: server.commands(), message }
}

fn run(script: Script) -> Run {
    run_with(script, &letter(2000), None)
}

/// One fault: what it is called, where it happened, where the letter is.
fn check(script: Script, phase: Phase, kind: FaultKind, code: Option<u16>, where_: HandedOver) {
    let run = run(script.clone());
    let fault = run.outcome.expect_err("it fails");
    let found = (fault.phase, fault.kind.clone(), fault.code, fault.handed_over());
    assert_eq!(found, (phase, kind, code, where_), "{:?}: {fault}", script.fault);
    assert!(run.letters.is_empty(), "{:?}", script.fault);
    assert_eq!(run.phases.last(), Some(&phase), "{:?}", script.fault);
    // An unknown fate is never a reason to send again.
    let later = fault.may_pass_later();
    assert!(!(later && fault.handed_over() == HandedOver::Unknown), "{:?}", script.fault);
}

#[test]
fn a_sound_server_gets_the_letter_byte_for_byte() {
    for implicit_tls in [false, true] {
        for sign_in in ["PLAIN LOGIN", "LOGIN"] {
            let run = run(Script { implicit_tls, sign_in, ..Script::sound() });
            let receipt = run.outcome.expect("it is sent");
            assert_eq!(receipt.words, "2.0.0 queued as 4711");
            assert_eq!(run.letters, [run.message]);
            let expect = [
                Phase::Connecting,
                Phase::Securing,
                Phase::SigningIn,
                Phase::Sender,
                Phase::Recipients,
                Phase::Body,
                Phase::Ended,
            ];
            assert_eq!(run.phases, expect);
            let told = run.commands.join("\n");
            assert!(told.contains("MAIL FROM:<compta@xn--crmerie-cya.example> SIZE="), "{told}");
            assert!(told.contains("RCPT TO:<ada@client.example>\nRCPT TO:<bob@client.example>"));
            assert!(told.ends_with("DATA\nQUIT"), "{told}");
        }
    }
}

#[test]
fn ten_megabytes_pass() {
    let run = run_with(Script::sound(), &letter(10_000_000), None);
    run.outcome.expect("it is sent");
    assert!(run.letters == [run.message], "byte for byte");
}

#[test]
fn nobody_listens() {
    let port = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.local_addr().expect("an address").port()
    };
    for host in ["localhost", "127.0.0.1", "no-such-host.invalid"] {
        let letter = letter(10);
        let outcome = send(
            &MailAccount { host: host.to_owned(), ..account(port, Security::ImplicitTls) },
            &Secret::new(PASSWORD.to_owned()),
            &letter.envelope().expect("an envelope"),
            &compose(&letter).expect("it composes"),
            &trust(),
            &PATIENCE,
            &mut |_| Ok(()),
        );
        let fault = outcome.expect_err("nobody is there");
        assert_eq!((fault.phase, &fault.kind), (Phase::Connecting, &FaultKind::Unreachable));
        assert_eq!(fault.handed_over(), HandedOver::No);
        assert!(fault.may_pass_later() && fault.words.contains(host), "{fault}");
    }
}

#[test]
fn before_the_body_nothing_is_handed_over() {
    use Fault::{Drop, Say, SayAndDrop, Silence};
    use FaultKind as K;
    use Phase as P;
    let check = |step, fault, phase, kind, code| {
        check(Script::with(step, fault), phase, kind, code, HandedOver::No);
    };
    let greeting = Step::Greeting;
    check(greeting, SayAndDrop("554 no service"), P::Connecting, K::Rejected, Some(554));
    check(greeting, Say("421 busy"), P::Connecting, K::TemporarilyRefused, Some(421));
    check(greeting, Drop, P::Connecting, K::Dropped, None);
    check(greeting, Silence, P::Connecting, K::Silent, None);
    check(greeting, Say("HTTP/1.1 400 Bad Request"), P::Connecting, K::Unintelligible, None);
    check(Step::Hello, Say("550 who are you"), P::Connecting, K::Rejected, Some(550));
    check(Step::Hello, Say("250-a\r\n251 b"), P::Connecting, K::Unintelligible, None);
    check(Step::StartTls, Say("454 not now"), P::Securing, K::TemporarilyRefused, Some(454));
    check(Step::StartTls, Say("502 not here"), P::Securing, K::NoTls, Some(502));
    check(Step::StartTls, Drop, P::Securing, K::Dropped, None);
    check(Step::StartTls, SayAndDrop("220 go on"), P::Securing, K::Dropped, None);
    check(Step::HelloAgain, Say("550 who are you"), P::Securing, K::Rejected, Some(550));
    check(Step::SignIn, Say("535 5.7.8 no"), P::SigningIn, K::SignInRefused, Some(535));
    check(Step::SignIn, Say("454 not now"), P::SigningIn, K::TemporarilyRefused, Some(454));
    check(Step::SignIn, Say("334 bW9yZQ=="), P::SigningIn, K::Unintelligible, Some(334));
    check(Step::SignIn, Drop, P::SigningIn, K::Dropped, None);
    check(Step::SignIn, Silence, P::SigningIn, K::Silent, None);
    check(Step::Mail, Say("451 not now"), P::Sender, K::TemporarilyRefused, Some(451));
    check(Step::Mail, Say("553 not yours"), P::Sender, K::SenderRefused, Some(553));
    check(Step::Mail, Say("552 too large"), P::Sender, K::TooLarge, Some(552));
    check(Step::Mail, Drop, P::Sender, K::Dropped, None);
    check(Step::Recipient(0), Silence, P::Recipients, K::Silent, None);
    for (reply, code) in [("550 nobody", 550), ("450 greylisted", 450)] {
        let bob = K::RecipientRefused("bob@client.example".to_owned());
        check(Step::Recipient(1), Say(reply), P::Recipients, bob, Some(code));
    }
    check(Step::Data, Say("451 not now"), P::Body, K::TemporarilyRefused, Some(451));
    check(Step::Data, Say("554 no"), P::Body, K::Rejected, Some(554));
    check(Step::Data, Say("250 what"), P::Body, K::Unintelligible, Some(250));
    check(Step::Data, Drop, P::Body, K::Dropped, None);
    check(Step::Data, Silence, P::Body, K::Silent, None);
}

#[test]
fn after_the_first_byte_only_a_refusal_in_words_is_one() {
    use Fault::{Drop, Say, SayAndDrop, Silence};
    use FaultKind as K;
    use HandedOver::{NotAccepted, Rejected, Unknown};
    let check = |step, fault, kind, code, where_| {
        check(Script::with(step, fault), Phase::Body, kind, code, where_);
    };
    let verdict = Step::Verdict;
    check(verdict, Say("451 not now"), K::TemporarilyRefused, Some(451), NotAccepted);
    check(verdict, SayAndDrop("421 closing"), K::TemporarilyRefused, Some(421), NotAccepted);
    check(verdict, Say("554 5.7.1 spam"), K::Rejected, Some(554), Rejected);
    check(verdict, Drop, K::Dropped, None, Unknown);
    check(verdict, Silence, K::Silent, None, Unknown);
    check(verdict, Say("ok, fine"), K::Unintelligible, None, Unknown);
    check(verdict, Say("354 more"), K::Unintelligible, Some(354), Unknown);
    check(verdict, SayAndDrop("250-half"), K::Dropped, None, Unknown);
    check(Step::Body(100), Drop, K::Dropped, None, Unknown);
    check(Step::Body(100), Silence, K::Silent, None, Unknown);
}

#[test]
fn a_large_letter_that_breaks_off_on_the_way_is_unknown() {
    for (fault, kind) in [
        (Fault::Drop, FaultKind::Dropped),
        (Fault::Deaf, FaultKind::Silent),
        // An "accepted" before the end is no verdict on the whole.
        (Fault::SayAndDrop("250 fine"), FaultKind::Dropped),
    ] {
        let run = run_with(Script::with(Step::Body(100_000), fault), &letter(10_000_000), None);
        let found = run.outcome.expect_err("it breaks off");
        let where_ = HandedOver::Unknown;
        assert_eq!((found.phase, &found.kind, found.handed_over()), (Phase::Body, &kind, where_));
        assert!(run.letters.is_empty());
    }
}

#[test]
fn without_tls_nothing_is_said() {
    let none = Script { offers_starttls: false, ..Script::sound() };
    let done = run(none.clone());
    assert_eq!(done.commands, ["EHLO [127.0.0.1]", "QUIT"], "no name, no password, no letter");
    check(none, Phase::Securing, FaultKind::NoTls, None, HandedOver::No);

    // A server in plain where TLS was to begin at once.
    let plain = FaultServer::start(authority(), Script::sound());
    let letter = letter(10);
    let outcome = send(
        &account(plain.port, Security::ImplicitTls),
        &Secret::new(PASSWORD.to_owned()),
        &letter.envelope().expect("an envelope"),
        &compose(&letter).expect("it composes"),
        &trust(),
        &PATIENCE,
        &mut |_| Ok(()),
    );
    let fault = outcome.expect_err("no TLS");
    assert_eq!((fault.phase, fault.kind), (Phase::Securing, FaultKind::NoTls));
}

#[test]
fn answers_put_before_tls_are_not_taken() {
    // What somebody on the way could add to the server's last word in plain.
    let injected = "220 go on\r\n250-faults.example\r\n250 AUTH PLAIN\r\n334 \r\n235 welcome\r\n\
                    250 ok\r\n250 ok\r\n250 ok\r\n354 go on\r\n250 queued";
    let script = Script::with(Step::StartTls, Fault::Say(injected));
    let done = run(script.clone());
    assert!(!done.commands.iter().any(|line| line.contains(PASSWORD)), "{:?}", done.commands);
    check(script, Phase::Securing, FaultKind::NoTls, None, HandedOver::No);
}

#[test]
fn a_certificate_is_refused_and_the_words_say_why() {
    for implicit_tls in [false, true] {
        for (papers, flaw, word) in [
            (Papers::OtherName, CertificateFlaw::OtherName, "name"),
            (Papers::Expired, CertificateFlaw::Expired, "expired"),
            (Papers::NotYetValid, CertificateFlaw::NotYetValid, "not valid yet"),
            (Papers::UnknownIssuer, CertificateFlaw::UnknownIssuer, "UnknownIssuer"),
            (Papers::FalseIssuer, CertificateFlaw::UnknownIssuer, "BadSignature"),
        ] {
            let script = Script { papers, implicit_tls, ..Script::sound() };
            let done = run(script.clone());
            let words = done.outcome.expect_err("refused").words;
            assert!(words.contains(word), "{words}");
            assert!(!done.commands.iter().any(|line| line.contains(PASSWORD)));
            let kind = FaultKind::Certificate(flaw);
            check(script, Phase::Securing, kind, None, HandedOver::No);
        }
    }
}

#[test]
fn roots_are_read_from_der_and_pem() {
    let root = authority().root();
    let other = Authority::new("another");
    let two = [pem("CERTIFICATE", other.root()), pem("CERTIFICATE", root)].concat();
    for bytes in [root, two.as_bytes()] {
        let trust = Trust::system(now()).and_roots(bytes).expect("roots");
        let server = FaultServer::start(authority(), Script::sound());
        let letter = letter(10);
        let outcome = send(
            &account(server.port, Security::StartTls),
            &Secret::new(PASSWORD.to_owned()),
            &letter.envelope().expect("an envelope"),
            &compose(&letter).expect("it composes"),
            &trust,
            &PATIENCE,
            &mut |_| Ok(()),
        );
        outcome.expect("one of the roots has signed it");
    }
    let cut = &root[..root.len() / 2];
    for bytes in [b"".as_slice(), b"no certificate", cut, pem("CERTIFICATE", cut).as_bytes()] {
        let refused = Trust::system(now()).and_roots(bytes).err();
        assert_eq!(refused, Some(TrustFault::NoCertificate));
    }
}

#[test]
fn a_server_without_a_way_to_sign_in_is_named() {
    for sign_in in ["", "CRAM-MD5 XOAUTH2"] {
        let script = Script { sign_in, ..Script::sound() };
        check(script, Phase::SigningIn, FaultKind::NoSignIn, None, HandedOver::No);
    }
}

#[test]
fn a_letter_above_the_servers_limit_is_not_begun() {
    let script = Script { offers: &["SIZE 1000"], ..Script::sound() };
    check(script, Phase::Sender, FaultKind::TooLarge, None, HandedOver::No);
}

#[test]
fn a_stop_before_the_body_leaves_nothing() {
    let before =
        [Phase::Connecting, Phase::Securing, Phase::SigningIn, Phase::Sender, Phase::Recipients];
    for phase in before.into_iter().chain([Phase::Body]) {
        let run = run_with(Script::sound(), &letter(10), Some(phase));
        let fault = run.outcome.expect_err("stopped");
        assert_eq!((fault.phase, &fault.kind), (phase, &FaultKind::Stopped));
        assert_eq!(fault.handed_over(), HandedOver::No);
        assert!(!run.commands.iter().any(|line| line == "DATA"), "{:?}", run.commands);
    }
    let run = run_with(Script::sound(), &letter(10), Some(Phase::Ended));
    assert!(run.outcome.is_ok(), "the letter is gone, a stop comes too late");
}

#[test]
fn a_password_that_a_server_repeats_is_hidden() {
    use base64::Engine as _;
    let encoded = base64::engine::general_purpose::STANDARD.encode(format!("\0ada\0{PASSWORD}"));
    let all = format!("{PASSWORD} for ada, sent as {encoded}");
    let leaked: &'static str = Box::leak(format!("535 no such password: {all}").into_boxed_str());
    let fault = run(Script::with(Step::SignIn, Fault::Say(leaked))).outcome.expect_err("refused");
    assert_eq!(fault.words, "no such password: [hidden] for ada, sent as [hidden]");
    let leaked: &'static str = Box::leak(format!("554 {all}").into_boxed_str());
    for step in [Step::Mail, Step::Recipient(0), Step::Data, Step::Verdict] {
        run(Script::with(step, Fault::Say(leaked))).outcome.expect_err("refused");
    }
    let leaked: &'static str = Box::leak(format!("what? {all}").into_boxed_str());
    for step in [Step::SignIn, Step::Mail, Step::Verdict] {
        run(Script::with(step, Fault::Say(leaked))).outcome.expect_err("no reply");
    }
}

#[test]
fn what_cannot_be_put_on_the_wire_calls_nobody() {
    let server = FaultServer::start(authority(), Script::sound());
    let letter = letter(10);
    let message = compose(&letter).expect("it composes");
    let check = |account: MailAccount, password: &str, message: &[u8]| {
        let outcome = send(
            &account,
            &Secret::new(password.to_owned()),
            &letter.envelope().expect("an envelope"),
            message,
            &trust(),
            &PATIENCE,
            &mut |_| Ok(()),
        );
        let fault = outcome.expect_err("refused");
        assert_eq!((&fault.kind, fault.handed_over()), (&FaultKind::Unsendable, HandedOver::No));
        assert!(!fault.may_pass_later());
    };
    let sound = account(server.port, Security::StartTls);
    for hello in ["", "a b", "a\r\nMAIL FROM:<x@y.example>", "é.example"] {
        let odd = MailAccount { hello: Some(hello.to_owned()), ..sound.clone() };
        check(odd, PASSWORD, &message);
    }
    check(MailAccount { user: "a\0b".to_owned(), ..sound.clone() }, PASSWORD, &message);
    check(sound.clone(), "a\0b", &message);
    check(sound.clone(), PASSWORD, b"Subject: x\n\nlone line feeds\n.\n");
    check(sound, PASSWORD, b"Subject: no end");
    assert!(server.commands().is_empty());
}

#[test]
fn an_account_is_kept_without_its_password_and_grows() {
    let kept = serde_json::to_string(&account(465, Security::ImplicitTls)).expect("JSON");
    assert!(kept.contains(r#""security":"implicit_tls""#), "{kept}");
    let short = r#"{"host":"h","port":587,"security":"start_tls","user":"u",
                    "from":{"address":"a@b.example"}}"#;
    let read: MailAccount = serde_json::from_str(short).expect("fields have defaults");
    assert_eq!((read.hello, read.from.name), (None, None));
    let none = short.replace("start_tls", "none");
    assert!(serde_json::from_str::<MailAccount>(&none).is_err(), "there is no way without TLS");
}
