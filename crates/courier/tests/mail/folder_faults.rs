//! A server of folders that fails on purpose: it gives canned answers, line by line.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;

use courier::{
    CertificateFlaw, FolderFault, FolderFaultKind, Found, ImapAccount, Security, Step, find_sent,
};
use rustls::{ServerConnection, StreamOwned};
use values::Secret;

use crate::correspondence::{HURRIED, PASSWORD, authority, holds_no_secret, trust};
use crate::fault_server::Papers;

const ID: &str = "<inv.42.1@crmerie.example>";

/// Answers each command that begins with the first word (after its tag) with the second, in which
/// `#` stands for the tag. "" drops the connection, "-" says nothing.
type Answers = &'static [(&'static str, &'static str)];

const SOUND: Answers = &[
    ("CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n# OK done"),
    ("AUTHENTICATE", "+ "),
    ("LIST", "* LIST (\\Sent) \"/\" {4}\r\nSent\r\n# OK done"),
    ("EXAMINE", "* 3 EXISTS\r\n# OK done"),
    ("UID", "* SEARCH 7\r\n# OK done"),
    ("LOGOUT", "* BYE\r\n# OK done"),
    ("", "# OK done"),
];

/// Serves one dialogue. What it heard is kept in plain.
fn serve(greeting: &'static str, papers: Papers, fault: Answers) -> (u16, Arc<Mutex<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let heard = Arc::new(Mutex::new(String::new()));
    let kept = Arc::clone(&heard);
    let tls = authority().server(papers);
    thread::spawn(move || {
        let (mut socket, _) = listener.accept().expect("a client");
        let mut session = ServerConnection::new(tls).expect("a session");
        while session.is_handshaking() {
            if session.complete_io(&mut socket).is_err() {
                return;
            }
        }
        let mut client = BufReader::new(StreamOwned::new(session, socket));
        let _ = client.get_mut().write_all(format!("{greeting}\r\n").as_bytes());
        let mut tag = String::new();
        let mut line = String::new();
        while client.read_line(&mut line).is_ok_and(|count| count > 0) {
            kept.lock().expect("no panic").push_str(&line);
            let words: Vec<&str> = line.split_whitespace().collect();
            let tagged = words.first().is_some_and(|word| word.len() < 4 && word.starts_with('c'));
            if tagged {
                tag = words[0].to_owned();
            }
            let verb = match tagged {
                true => words.get(1).copied().unwrap_or_default(),
                false if line.ends_with("}\r\n") => "(half)",
                false => "(more)",
            };
            let fits = |(begin, _): &&(&str, &str)| verb.starts_with(begin);
            let answer = fault.iter().chain(SOUND).find(fits).map(|(_, answer)| *answer);
            match answer.unwrap_or("") {
                "" => return,
                "-" => {}
                answer => {
                    let answer = format!("{}\r\n", answer.replace('#', &tag));
                    let _ = client.get_mut().write_all(answer.as_bytes());
                }
            }
            line.clear();
        }
    });
    (port, heard)
}

fn ask(port: u16, security: Security) -> Result<Option<Found>, FolderFault> {
    let account =
        ImapAccount { host: "localhost".to_owned(), port, security, user: "ada".to_owned() };
    let found = find_sent(&account, &Secret::new(PASSWORD.to_owned()), ID, &trust(), &HURRIED);
    if let Err(fault) = &found {
        holds_no_secret(&format!("{fault:?} {fault}"));
    }
    found
}

#[test]
fn a_sound_server_tells_where_it_lies() {
    let (port, heard) = serve("* OK hello", Papers::Sound, &[]);
    let found = ask(port, Security::ImplicitTls);
    assert_eq!(found, Ok(Some(Found { folder: "Sent".to_owned() })));
    let heard = heard.lock().expect("no panic");
    assert!(heard.contains(&format!("UID SEARCH HEADER Message-ID \"{ID}\"")), "{heard}");
}

#[test]
fn a_server_without_plain_gets_user_and_password_as_literals() {
    let (port, heard) = serve(
        "* OK hello",
        Papers::Sound,
        &[
            ("CAPABILITY", "* CAPABILITY IMAP4rev1\r\n# OK done"),
            ("LOGIN", "+ go on"),
            ("(half)", "+ go on"),
        ],
    );
    assert!(ask(port, Security::ImplicitTls).expect("an answer").is_some());
    let heard = heard.lock().expect("no panic");
    let expect = format!("c2 LOGIN {{3}}\r\nada {{{}}}\r\n{PASSWORD}\r\n", PASSWORD.len());
    assert!(heard.contains(&expect), "{heard}");
}

#[test]
fn each_fault_has_its_step_and_kind() {
    use FolderFaultKind as K;
    let check = |greeting, fault: Answers, step: Step, kind: K| {
        let (port, _) = serve(greeting, Papers::Sound, fault);
        let found = ask(port, Security::ImplicitTls).expect_err("it fails");
        assert_eq!((found.step, found.kind.clone()), (step, kind), "{fault:?}: {found}");
    };
    let hello = "* OK hello";
    check("* BYE busy", &[], Step::Securing, K::Refused);
    check("* PREAUTH hello", &[], Step::Securing, K::Unintelligible);
    check("220 smtp", &[], Step::Securing, K::Unintelligible);
    let off = &[("CAPABILITY", "* CAPABILITY IMAP4rev1 LOGINDISABLED\r\n# OK done")];
    check(hello, off, Step::SigningIn, K::NoSignIn);
    check(hello, &[("AUTHENTICATE", "# NO no such user")], Step::SigningIn, K::SignInRefused);
    check(hello, &[("AUTHENTICATE", "# OK already")], Step::SigningIn, K::Unintelligible);
    let repeats = &[("(more)", "# NO corr3ct-h0rse-b4ttery is wrong")];
    check(hello, repeats, Step::SigningIn, K::SignInRefused);
    check(hello, &[("(more)", "")], Step::SigningIn, K::Dropped);
    check(hello, &[("(more)", "-")], Step::SigningIn, K::Silent);
    let none = &[("LIST", "* LIST () \"/\" \"Sent\"\r\n# OK done")];
    check(hello, none, Step::Listing, K::NoSentFolder);
    check(hello, &[("LIST", "* LIST () {99999999999}")], Step::Listing, K::Unintelligible);
    check(hello, &[("EXAMINE", "# NO gone")], Step::Searching, K::Refused);
    check(hello, &[("UID", "# BAD what")], Step::Searching, K::Refused);
    check(hello, &[("UID", "+ more")], Step::Searching, K::Unintelligible);
    check(hello, &[("UID", "")], Step::Searching, K::Dropped);
}

#[test]
fn certificates_and_ids_are_checked_here_too() {
    let (port, heard) = serve("* OK hello", Papers::OtherName, &[]);
    let fault = ask(port, Security::ImplicitTls).expect_err("refused");
    let flaw = FolderFaultKind::Certificate(CertificateFlaw::OtherName);
    assert_eq!((fault.step, fault.kind), (Step::Securing, flaw));
    assert!(heard.lock().expect("no panic").is_empty());

    let account = ImapAccount {
        host: "localhost".to_owned(),
        port,
        security: Security::ImplicitTls,
        user: "ada".to_owned(),
    };
    let password = Secret::new(PASSWORD.to_owned());
    for id in ["", "<a\"b@c>", "<a@b>\r\nc9 DELETE INBOX"] {
        let found = find_sent(&account, &password, id, &trust(), &HURRIED);
        assert_eq!(found.expect_err("refused").kind, FolderFaultKind::Unsendable);
    }
}

#[test]
fn without_starttls_nothing_is_said() {
    for (answers, kind) in [
        ("* CAPABILITY IMAP4rev1\r\nc1 OK done", FolderFaultKind::NoTls),
        // What somebody on the way could add.
        (
            "* CAPABILITY STARTTLS\r\nc1 OK done\r\nc2 OK go on\r\n* CAPABILITY AUTH=PLAIN",
            FolderFaultKind::NoTls,
        ),
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let served = thread::spawn(move || {
            let (socket, _) = listener.accept().expect("a client");
            let mut client = BufReader::new(socket);
            let _ = client.get_mut().write_all(format!("* OK hello\r\n{answers}\r\n").as_bytes());
            let mut heard = Vec::new();
            let _ = std::io::Read::read_to_end(&mut client, &mut heard);
            String::from_utf8_lossy(&heard).into_owned()
        });
        let fault = ask(port, Security::StartTls).expect_err("refused");
        assert_eq!((fault.step, fault.kind), (Step::Securing, kind));
        let heard = served.join().expect("no panic");
        assert!(!heard.contains("AUTH") && !heard.contains("LOGIN"), "{heard}");
    }
}
