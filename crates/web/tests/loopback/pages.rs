use super::client::Shop;

#[test]
fn files_come_with_their_kind_and_screens_with_the_page() {
    let shop = Shop::open();
    shop.build("index.html", "the page");
    shop.build("assets/index-B1.js", "script");
    shop.build("assets/index-B1.css", "style");
    shop.build("assets/inter.woff2", "font");
    shop.build("icon.svg", "icon");
    let check = |address: &str, kind: &str, text: &str| {
        let heard = shop.get(address);
        assert_eq!((heard.status, heard.header("content-type")), (200, kind), "{address}");
        assert_eq!(heard.text(), text, "{address}");
    };
    for address in
        ["/", "/index.html", "/inbox", "/reports/balance?year=2026", "/compte/%C3%A9t%C3%A9"]
    {
        check(address, "text/html; charset=utf-8", "the page");
    }
    check("/assets/index-B1.js", "text/javascript; charset=utf-8", "script");
    check("/assets/index-B1.css", "text/css; charset=utf-8", "style");
    check("/assets/inter.woff2", "font/woff2", "font");
    check("/icon.svg", "image/svg+xml", "icon");
}

#[test]
fn nothing_outside_the_interface_is_served() {
    let shop = Shop::open();
    shop.build("index.html", "the page");
    shop.build("assets/a.js", "script");
    std::fs::write(shop.path("secret.txt"), "secret").expect("written");
    for address in [
        "/..%2fsecret.txt",
        "/..%2Fsecret",
        "/assets/..%2f..%2fsecret.txt",
        "/../secret.txt",
        "/assets/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%5csecret.txt",
        "//secret.txt",
        "/assets//a.js",
        "/missing.js",
        "/assets/missing.js",
    ] {
        assert_eq!(shop.get(address).refusal(), (404, "no-page".to_owned()), "{address}");
    }
}

#[test]
fn without_a_built_interface_the_page_says_how_to_build_it() {
    let shop = Shop::open();
    let heard = shop.get("/");
    assert_eq!((heard.status, heard.header("content-type")), (503, "text/html; charset=utf-8"));
    assert!(heard.text().contains("The interface is not built yet: run ./run"), "{}", heard.text());
}

#[test]
fn only_looking_needs_no_token() {
    let shop = Shop::open();
    shop.build("index.html", "the page");
    let head = |method: &str| format!("{method} /inbox HTTP/1.1");
    let host = format!("Host: {}", shop.host());
    let heard = shop.say(&[&head("HEAD"), &host, "Connection: close"], b"");
    assert_eq!((heard.status, heard.header("content-length")), (200, "8"));
    let heard = shop.say(&[&head("PUT"), &host, &shop.bearer(), "Connection: close"], b"");
    assert_eq!(heard.refusal(), (404, "no-page".to_owned()));
}
