//! A real server of folders: dovecot as Debian ships it.

use courier::{
    Filed, FolderFaultKind, Found, ImapAccount, Patience, Security, Step, compose, file_sent,
    find_sent,
};
use values::Secret;

use crate::correspondence::{PASSWORD, holds_no_secret, letter, trust};
use crate::real_server::RealServer;

fn server(more: &[&str]) -> Option<RealServer> {
    let server = RealServer::start("dovecot", more);
    if server.is_none() {
        println!("skipped: dovecot is not installed");
    }
    server
}

fn accounts(server: &RealServer) -> [ImapAccount; 2] {
    [(Security::StartTls, server.starttls_port), (Security::ImplicitTls, server.tls_port)].map(
        |(security, port)| ImapAccount {
            host: "localhost".to_owned(),
            port,
            security,
            user: "ada".to_owned(),
        },
    )
}

#[test]
fn a_letter_is_filed_once_and_found() {
    let Some(server) = server(&[]) else { return };
    let password = Secret::new(PASSWORD.to_owned());
    for (number, account) in accounts(&server).iter().enumerate() {
        let mut letter = letter(20_000);
        letter.message_id = format!("<inv.{number}@crmerie.example>");
        let id = letter.message_id.as_str();
        let message = compose(&letter).expect("it composes");
        let find = |id: &str| find_sent(account, &password, id, &trust(), &Patience::USUAL);
        let file = || file_sent(account, &password, id, &message, &trust(), &Patience::USUAL);
        let folder = "Envoyés".to_owned();
        assert_eq!(find(id), Ok(None));
        assert_eq!(file(), Ok(Filed::Added { folder: folder.clone() }));
        assert_eq!(file(), Ok(Filed::AlreadyThere { folder: folder.clone() }));
        assert_eq!(find(id), Ok(Some(Found { folder })));
        assert_eq!(find("<inv@crmerie.example>"), Ok(None), "not by a part of it");
    }
}

#[test]
fn without_a_folder_for_sent_letters_none_is_guessed() {
    let Some(server) = server(&[r"\All"]) else { return };
    let [_, account] = accounts(&server);
    let password = Secret::new(PASSWORD.to_owned());
    let letter = letter(10);
    let id = letter.message_id.as_str();
    let message = compose(&letter).expect("it composes");
    let found = find_sent(&account, &password, id, &trust(), &Patience::USUAL);
    assert_eq!(found, Ok(None), "looked for in \\All");
    let filed = file_sent(&account, &password, id, &message, &trust(), &Patience::USUAL);
    let fault = filed.expect_err("no folder for it");
    assert_eq!((fault.step, fault.kind), (Step::Searching, FolderFaultKind::NoSentFolder));
}

#[test]
fn a_wrong_password_is_refused() {
    let Some(server) = server(&[]) else { return };
    for account in accounts(&server) {
        let wrong = Secret::new("wrong-pa55word".to_owned());
        let found = find_sent(&account, &wrong, "<a@b.example>", &trust(), &Patience::USUAL);
        let fault = found.expect_err("refused");
        assert_eq!((fault.step, &fault.kind), (Step::SigningIn, &FolderFaultKind::SignInRefused));
        holds_no_secret(&format!("{fault:?} {fault}"));
    }
}
