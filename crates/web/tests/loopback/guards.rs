use super::client::Shop;

const CALL: &[u8] = br#"{"language": "en", "name": "nothing"}"#;

/// What comes of a call sent with these lines after the length.
fn call(shop: &Shop, lines: &[&str]) -> (u16, String) {
    let length = format!("Content-Length: {}", CALL.len());
    let head = ["POST /call HTTP/1.1", "Connection: close", &length];
    shop.say(&[&head, lines].concat(), CALL).refusal()
}

#[test]
fn each_guard_refuses_by_itself() {
    let shop = Shop::open();
    let host = format!("Host: {}", shop.host());
    let (token, json) = (shop.bearer(), "Content-Type: application/json");
    let check = |lines: &[&str], status: u16, code: &str| {
        assert_eq!(call(&shop, lines), (status, code.to_owned()), "{lines:?}");
    };
    // The call reaches the application, which does not know it.
    check(&[&host, &token, json], 200, "unknown-call");
    let localhost = format!("Host: localhost:{}", shop.running.address.port());
    check(&[&localhost, &token, json], 200, "unknown-call");
    check(&["Host: evil.example", &token, json], 403, "foreign-host");
    check(&["Host: 127.0.0.1:1", &token, json], 403, "foreign-host");
    check(&[&host, &token, json, "Origin: http://evil.example"], 403, "foreign-origin");
    check(&[&host, &token, json, "Origin: null"], 403, "foreign-origin");
    check(&[&host, &token, json, "Sec-Fetch-Site: same-site"], 403, "foreign-site");
    check(&[&host, &token, json, "Sec-Fetch-Site: cross-site"], 403, "foreign-site");
    let own = format!("Origin: http://{}", shop.host());
    check(&[&host, &token, json, &own, "Sec-Fetch-Site: same-origin"], 200, "unknown-call");
    check(&[&host, json], 401, "no-token");
    let other = format!("Authorization: Bearer {}", "ab".repeat(31) + "ac");
    check(&[&host, &other, json], 401, "no-token");
    check(&[&host, &token, "Content-Type: text/plain"], 415, "not-json");
    check(&[&host, &token], 415, "not-json");
}

#[test]
fn nothing_is_posted_without_the_token() {
    let shop = Shop::open();
    for address in ["/call", "/cancel", "/files?name=a", "/folder", "/", "/anything"] {
        let head = format!("POST {address} HTTP/1.1");
        let host = format!("Host: {}", shop.host());
        let heard = shop.say(
            &[
                &head,
                &host,
                "Connection: close",
                "Content-Type: application/json",
                "Content-Length: 2",
            ],
            b"{}",
        );
        assert_eq!(heard.refusal(), (401, "no-token".to_owned()), "{address}");
    }
    for address in ["/events", "/events?token=ab", "/saved?path=/etc/passwd"] {
        assert_eq!(shop.get(address).refusal(), (401, "no-token".to_owned()), "{address}");
    }
}

#[test]
fn a_foreign_page_gets_no_leave_to_ask() {
    let shop = Shop::open();
    let heard = shop.say(
        &[
            "OPTIONS /call HTTP/1.1",
            &format!("Host: {}", shop.host()),
            "Connection: close",
            "Origin: http://evil.example",
            "Access-Control-Request-Method: POST",
        ],
        b"",
    );
    assert_eq!(heard.refusal(), (403, "foreign-origin".to_owned()));
    assert_eq!(heard.header("access-control-allow-origin"), "");
}

#[test]
fn every_answer_carries_the_policy() {
    let shop = Shop::open();
    shop.build("index.html", "the page");
    shop.build("assets/a-1.js", "0");
    for (address, cache) in [
        ("/", "no-store"),
        ("/nothing.png", "no-store"),
        ("/events", "no-store"),
        ("/call", "no-store"),
        ("/assets/a-1.js", "private, max-age=31536000, immutable"),
        ("/assets/a-2.js", "no-store"),
    ] {
        let heard = shop.get(address);
        assert_eq!(
            heard.header("content-security-policy"),
            "default-src 'self'; connect-src 'self'; img-src 'self' data: blob:; \
             style-src 'self' 'unsafe-inline'; font-src 'self' data:; frame-src 'self' blob:; \
             object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "{address}"
        );
        assert_eq!(heard.header("x-content-type-options"), "nosniff", "{address}");
        assert_eq!(heard.header("referrer-policy"), "no-referrer", "{address}");
        assert_eq!(heard.header("cache-control"), cache, "{address}");
    }
}

#[test]
fn only_the_loopback_is_listened_on() {
    let shop = Shop::open();
    assert!(shop.running.address.ip().is_loopback());
    assert_eq!(shop.running.token, "ab".repeat(32));
    let link = shop.running.link(Some(&std::path::PathBuf::from("/a b/é&.comptoir")));
    let host = shop.host();
    assert_eq!(
        link,
        format!("http://{host}/#token={}&book=%2Fa%20b%2F%C3%A9%26.comptoir", "ab".repeat(32))
    );
}
