use super::client::{Shop, desk};
use api::Language;
use serde_json::json;
use std::net::TcpStream;
use web::{Interface, Options};

fn options(shop: &Shop, port: u16, name: &str) -> Options {
    Options {
        port,
        token: [1; 32],
        folder: shop.path(name),
        language: Language::En,
        interface: Interface::built(),
    }
}

#[test]
fn nothing_is_left_when_the_server_stops() {
    let shop = Shop::open();
    let stopping = web::serve(desk(), options(&shop, 0, "second")).expect("the server starts");
    let address = stopping.address;
    assert!(shop.path("second").exists());
    // A browser that keeps its connections open does not keep the server from stopping.
    let idle = TcpStream::connect(address).expect("connected");
    stopping.stop();
    assert!(!shop.path("second").exists());
    assert!(TcpStream::connect(address).is_err());
    drop(idle);
}

#[test]
fn stopping_ends_events_and_long_work_and_folds_the_book_away() {
    let shop = Shop::open();
    let events = format!("GET /events?token={} HTTP/1.1", shop.running.token);
    let mut line = shop.speak(&[&events, &format!("Host: {}", shop.host())], b"");
    while !line.next().is_empty() {}
    let book = shop.path("a.comptoir");
    let new = json!({"language": "en", "book": book, "name": "create_book",
        "params": {"country": "fr", "name": "A"}});
    assert_eq!(shop.ask("/call", &new).status, 200);
    let sample = json!({"id": "7", "language": "en", "book": shop.path("b.comptoir"),
        "name": "create_sample"});
    let sample = sample.to_string();
    let head = [
        "POST /call HTTP/1.1",
        &format!("Host: {}", shop.host()),
        &shop.bearer(),
        "Content-Type: application/json",
        &format!("Content-Length: {}", sample.len()),
    ];
    let mut working = shop.speak(&head, sample.as_bytes());
    while !line.next().contains("\"progress\"") {}
    let Shop { running, folder } = shop;
    running.stop();
    assert_eq!(working.next(), "HTTP/1.1 200 OK");
    while !working.next().contains("\"cancelled\"") {}
    let left = std::fs::read_dir(folder.path()).expect("there");
    let left: Vec<_> = left.map(|one| one.expect("a file").file_name()).collect();
    assert_eq!(left, ["a.comptoir"]);
}

#[test]
fn a_server_that_cannot_start_says_why() {
    let shop = Shop::open();
    let sentences = desk();
    let sentences = sentences.app(Language::En).sentences();
    let refused = |port: u16, name: &str| {
        let refused = web::serve(desk(), options(&shop, port, name)).err().expect("refused");
        refused.failure(sentences)
    };
    let port = shop.running.address.port();
    let failure = refused(port, "third");
    assert_eq!(failure.message, format!("Port {port} of this machine cannot be used."));
    // A folder that stands is somebody else's: it is neither used nor removed.
    assert_eq!(refused(0, "private").code, "folder");
    assert!(shop.path("private/sent").exists());
}
