//! A real server: exim as Debian ships it.

use std::fs;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use courier::{
    Envelope, FaultKind, HandedOver, MailAccount, Patience, Phase, Security, compose, send,
};
use values::Secret;

use crate::correspondence::{PASSWORD, account, holds_no_secret, letter, trust};
use crate::real_server::{RealServer, eventually};

fn server() -> Option<RealServer> {
    let server = RealServer::start("exim", &[]);
    if server.is_none() {
        println!("skipped: exim4 is not installed");
    }
    server
}

/// The letters in the maildir.
fn delivered(server: &RealServer) -> Vec<String> {
    let Ok(entries) = fs::read_dir(server.folder().join("maildir/new")) else { return Vec::new() };
    let paths = entries.flatten().map(|entry| entry.path());
    paths.map(|path| fs::read_to_string(path).expect("a letter")).collect()
}

/// The bytes of the attached file.
fn attachment(letter: &str) -> Vec<u8> {
    let (_, part) = letter.split_once("Content-Disposition: attachment").expect("an attachment");
    let (_, body) = part.split_once("\n\n").expect("a body");
    let (base64, _) = body.split_once("\n--").expect("an end");
    STANDARD.decode(base64.replace('\n', "")).expect("base64")
}

#[test]
fn exim_delivers_the_letter_whole() {
    let Some(server) = server() else { return };
    let accounts = [
        account(server.starttls_port, Security::StartTls),
        account(server.tls_port, Security::ImplicitTls),
    ];
    for (number, account) in accounts.into_iter().enumerate() {
        let mut letter = letter(300_000);
        letter.message_id = format!("<inv.{number}@crmerie.example>");
        letter.attachments[0].bytes[0] = u8::try_from(number).expect("small");
        let receipt = send(
            &MailAccount { host: "127.0.0.1".to_owned(), ..account },
            &Secret::new(PASSWORD.to_owned()),
            &letter.envelope().expect("an envelope"),
            &compose(&letter).expect("it composes"),
            &trust(),
            &Patience::USUAL,
            &mut |_| Ok(()),
        );
        let receipt = receipt.expect("exim takes it");
        assert!(receipt.words.starts_with("OK id="), "{receipt:?}");
        let id = format!("Message-ID: {}\n", letter.message_id);
        for recipient in ["ada@client.example", "bob@client.example"] {
            let envelope = format!("Envelope-to: {recipient}\n");
            let is_it = |kept: &String| kept.contains(&id) && kept.contains(&envelope);
            let kept = eventually(|| delivered(&server).into_iter().find(is_it));
            assert_eq!(attachment(&kept), letter.attachments[0].bytes);
            assert!(kept.contains("\n.\n..\n.begins with a dot\n\n=C3=80 bient=C3=B4t\n.\n"));
        }
    }
}

#[test]
fn exim_refuses_and_delivers_to_nobody() {
    let Some(server) = server() else { return };
    let letter = letter(100);
    let message = compose(&letter).expect("it composes");
    let check = |password: &str, to: &[&str], phase: Phase, kind: FaultKind, code: u16| {
        let outcome = send(
            &account(server.tls_port, Security::ImplicitTls),
            &Secret::new(password.to_owned()),
            &Envelope::new("compta@crémerie.example", to).expect("an envelope"),
            &message,
            &trust(),
            &Patience::USUAL,
            &mut |_| Ok(()),
        );
        let fault = outcome.expect_err("refused");
        holds_no_secret(&format!("{fault:?} {fault}"));
        assert_eq!((fault.phase, &fault.kind, fault.code), (phase, &kind, Some(code)), "{fault}");
        assert_eq!(fault.handed_over(), HandedOver::No);
    };
    let ada = "ada@client.example";
    check("wrong", &[ada], Phase::SigningIn, FaultKind::SignInRefused, 535);
    let nobody = "nobody@client.example";
    let refused = FaultKind::RecipientRefused(nobody.to_owned());
    check(PASSWORD, &[ada, nobody], Phase::Recipients, refused, 550);
    assert!(delivered(&server).is_empty(), "all or none");
}
