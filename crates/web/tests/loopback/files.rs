use super::client::{Heard, Shop};
use serde_json::json;
use std::path::{Path, PathBuf};

const BYTES: &str = "application/octet-stream";

fn path_of(heard: &Heard) -> PathBuf {
    assert_eq!(heard.status, 200, "{}", heard.text());
    heard.json()["path"].as_str().expect("a path").into()
}

/// Text as it stands in a query.
fn encoded(path: &Path) -> String {
    path.display().to_string().bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn saved(shop: &Shop, path: &Path) -> Heard {
    shop.get(&format!("/saved?token={}&path={}", shop.running.token, encoded(path)))
}

#[test]
fn a_file_that_is_sent_keeps_its_name_and_bytes() {
    let shop = Shop::open();
    let bytes: Vec<u8> = (0..3_000_000_u32).map(|at| (at % 251) as u8).collect();
    let one = path_of(&shop.post("/files?name=relev%C3%A9%20mars.csv", BYTES, &bytes));
    let two = path_of(&shop.post("/files?name=..%2F..%2Frelev%C3%A9%20mars.csv", BYTES, b""));
    for path in [&one, &two] {
        assert_eq!(path.file_name().expect("a name"), "relevé mars.csv");
        assert!(path.starts_with(shop.path("private").canonicalize().expect("there")));
    }
    assert_ne!(one, two);
    assert_eq!(std::fs::read(&one).expect("read"), bytes);
    assert_eq!(std::fs::read(&two).expect("read"), b"");
    // What was sent is no document to be downloaded.
    assert_eq!(saved(&shop, &one).refusal(), (403, "not-given".to_owned()));
}

#[cfg(unix)]
#[test]
fn nobody_else_may_enter() {
    use std::os::unix::fs::PermissionsExt;
    let shop = Shop::open();
    let sent = path_of(&shop.post("/files?name=a", BYTES, b"a"));
    let given = path_of(&shop.ask("/folder", &json!({})));
    for folder in [&shop.path("private"), sent.parent().expect("a folder"), &given] {
        let mode = std::fs::metadata(folder).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o700, "{}", folder.display());
    }
}

#[test]
fn a_file_that_does_not_come_whole_is_not_kept() {
    let shop = Shop::open();
    let head = [
        "POST /files?name=a HTTP/1.1",
        &format!("Host: {}", shop.host()),
        &shop.bearer(),
        "Content-Length: 10",
    ];
    let line = shop.speak(&head, b"12345");
    let becomes = |count: usize| {
        let folder = shop.path("private/sent");
        // Each look is a request of its own: the server has its time, and the test an end.
        let seen = (0..10_000).any(|_| {
            let seen = std::fs::read_dir(&folder).expect("there").count() == count;
            seen || shop.get("/nothing.png").status != 404
        });
        assert!(seen, "never {count}");
    };
    becomes(1);
    drop(line);
    becomes(0);
}

#[test]
fn a_file_has_a_limit() {
    let shop = Shop::open();
    let head = [
        "POST /files?name=a HTTP/1.1",
        &format!("Host: {}", shop.host()),
        "Connection: close",
        &shop.bearer(),
        "Content-Length: 512000001",
    ];
    let heard = shop.say(&head, &vec![0; 512_000_001]);
    assert_eq!(heard.refusal(), (413, "too-large".to_owned()));
    assert_eq!(std::fs::read_dir(shop.path("private/sent")).expect("there").count(), 0);
}

#[test]
fn what_a_call_writes_is_given_out() {
    let shop = Shop::open();
    let folder = path_of(&shop.ask("/folder", &json!({})));
    for (name, kind, way) in [
        ("déclaration.pdf", "application/pdf", "inline"),
        ("journal.csv", "text/csv; charset=utf-8", "attachment"),
        ("a.comptoir", "application/octet-stream", "attachment"),
        ("page.html", "text/html; charset=utf-8", "attachment"),
    ] {
        std::fs::write(folder.join(name), vec![b'7'; 600_000]).expect("written");
        let heard = saved(&shop, &folder.join(name));
        assert_eq!((heard.status, heard.header("content-type")), (200, kind));
        assert_eq!(heard.body, vec![b'7'; 600_000]);
        let name = name.replace('é', "%C3%A9");
        assert_eq!(heard.header("content-disposition"), format!("{way}; filename*=UTF-8''{name}"));
        assert_eq!(heard.header("content-length"), "600000");
    }
}

#[test]
fn nothing_else_is_given_out() {
    let shop = Shop::open();
    let folder = path_of(&shop.ask("/folder", &json!({})));
    let outside = shop.path("secret");
    std::fs::write(&outside, "secret").expect("written");
    let check = |path: &Path, status: u16, code: &str| {
        assert_eq!(saved(&shop, path).refusal(), (status, code.to_owned()), "{}", path.display());
    };
    check(&outside, 403, "not-given");
    check(&folder.join("../../../secret"), 403, "not-given");
    check(Path::new("secret"), 403, "not-given");
    check(&shop.path("private-not"), 403, "not-given");
    check(&folder.join("missing.pdf"), 404, "no-file");
    check(&folder, 404, "no-file");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&outside, folder.join("link")).expect("linked");
        check(&folder.join("link"), 403, "not-given");
    }
    let bare = shop.get(&format!("/saved?token={}", shop.running.token));
    assert_eq!(bare.refusal(), (404, "no-file".to_owned()));
}
