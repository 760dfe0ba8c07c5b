use super::desk::{Desk, comptoir};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A server that ends with its test, also where the test fails.
struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        // It has ended already where all went well.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts `serve`; gives the process, and the one line it prints.
fn serve(words: &[&Path], temporary: &Path) -> (Serving, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_comptoir"));
    command.args(["--language=en", "serve"]).args(words).env("TMPDIR", temporary);
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let mut line = String::new();
    let out = child.stdout.as_mut().expect("standard output");
    BufReader::new(out).read_line(&mut line).expect("a line");
    (Serving(child), line.trim_end().to_owned())
}

/// The answer to a call, asked as the page does.
fn ask(address: &str, token: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("connected");
    let length = body.len();
    let head = format!(
        "POST /call HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
         Authorization: Bearer {token}\r\nContent-Type: application/json\r\n\
         Content-Length: {length}\r\n\r\n"
    );
    stream.write_all((head + body).as_bytes()).expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("read");
    answer
}

#[cfg(unix)]
#[test]
fn the_link_alone_is_printed_and_an_interrupt_leaves_nothing_behind() {
    let desk = Desk::with_new_book();
    let temporary = desk.path("temporary");
    std::fs::create_dir(&temporary).expect("made");
    for (signal, form) in [("-INT", "SARL"), ("-TERM", "SAS"), ("-HUP", "SA")] {
        let (mut serving, link) = serve(&[&desk.book()], &temporary);
        let rest = link.strip_prefix("http://").expect("a link");
        let (address, rest) = rest.split_once("/#token=").expect("a token");
        let (token, book) = rest.split_once("&book=").expect("a book");
        assert!(address.starts_with("127.0.0.1:"), "{address}");
        assert_eq!(token.len(), 64);
        assert!(book.starts_with("%2F") && book.ends_with("book"), "{book}");
        assert_eq!(std::fs::read_dir(&temporary).expect("there").count(), 1);
        let change = serde_json::json!({
            "language": "en", "book": desk.book(), "name": "change_setting",
            "params": {"name": "legal_form", "value": form, "valid_from": "2026-01-01"},
        });
        let answer = ask(address, token, &change.to_string());
        assert!(answer.contains("\"answer\""), "{answer}");
        let child = &mut serving.0;
        let id = child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().expect("sent").success());
        let mut error = String::new();
        child.stderr.take().expect("standard error").read_to_string(&mut error).expect("text");
        assert_eq!(child.wait().expect("ended").code(), Some(0), "{signal}: {error}");
        assert_eq!(
            error.lines().collect::<Vec<_>>(),
            ["Comptoir answers at this address, on this machine alone. Ctrl C stops it."]
        );
        assert_eq!(std::fs::read_dir(&temporary).expect("there").count(), 0, "{signal}");
    }
    // The books are one file each again.
    let names = std::fs::read_dir(desk.path(".")).expect("there").map(|one| one.expect("a file"));
    let mut names: Vec<_> = names.map(|one| one.file_name()).collect();
    names.retain(|name| name != "temporary");
    assert_eq!(names, ["book"]);
}

#[test]
fn what_cannot_be_served_is_refused_at_once() {
    let desk = Desk::new();
    let ran = desk.run("serve ./missing").refused();
    assert!(ran.error.contains("missing"), "{}", ran.error);
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let port = taken.local_addr().expect("an address").port();
    let ran = comptoir(["--language=fr", "serve", "--port", &port.to_string()]).refused();
    assert!(ran.error.starts_with(&format!("Le port {port} de cette machine")), "{}", ran.error);
    assert_eq!(ran.out, "");
}
