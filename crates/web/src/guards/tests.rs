use super::*;
use axum::http::HeaderValue;

const OWN: &str = "host: 127.0.0.1:4000";

/// The code of the refusal of `METHOD /path` with these headers; nothing if it passes.
fn check(line: &str, headers: &[&str], expect: &str) {
    let (method, uri) = line.split_once(' ').expect("a method and an address");
    let mut map = HeaderMap::new();
    for header in headers {
        let (name, value) = header.split_once(": ").expect("a header");
        let name: HeaderName = name.parse().expect("a name");
        map.append(name, HeaderValue::from_str(value).expect("a value"));
    }
    let guard = Guard::new(4000, "ab12".to_owned());
    let method = method.parse().expect("a method");
    let found = guard.check(&method, &uri.parse().expect("an address"), &map);
    let code = found.map_or_else(|why| why.code(), |()| "");
    assert_eq!(code, expect, "{line} {headers:?}");
}

#[test]
fn the_host_is_this_server() {
    check("GET /", &[OWN], "");
    check("GET /", &["host: localhost:4000"], "");
    for host in
        ["127.0.0.1", "127.0.0.1:4001", "evil.example:4000", "localhost.:4000", "[::1]:4000"]
    {
        check("GET /", &[&format!("host: {host}")], "foreign-host");
    }
    check("GET /", &[], "foreign-host");
    check("GET /", &[OWN, OWN], "foreign-host");
    check("GET http://evil.example/", &[OWN], "foreign-host");
}

#[test]
fn the_page_is_this_servers() {
    check("GET /", &[OWN, "origin: http://127.0.0.1:4000"], "");
    check("GET /", &["host: localhost:4000", "origin: http://localhost:4000"], "");
    for origin in ["http://localhost:4000", "https://127.0.0.1:4000", "null", "http://127.0.0.1"] {
        check("GET /", &[OWN, &format!("origin: {origin}")], "foreign-origin");
    }
    check("GET /", &[OWN, "sec-fetch-site: same-origin"], "");
    check("GET /", &[OWN, "sec-fetch-site: none"], "");
    check("GET /", &[OWN, "sec-fetch-site: same-site"], "foreign-site");
    check("GET /", &[OWN, "sec-fetch-site: cross-site"], "foreign-site");
}

#[test]
fn who_asks_holds_the_token() {
    let token = "authorization: Bearer ab12";
    check("POST /folder", &[OWN, token], "");
    check("POST /folder", &[OWN], "no-token");
    check("POST /anything", &[OWN], "no-token");
    check("DELETE /", &[OWN], "no-token");
    check("POST /folder?token=ab12", &[OWN], "no-token");
    for wrong in ["Bearer ab13", "Bearer ab1", "Bearer ab123", "Bearer ", "ab12", "Basic ab12"] {
        check("POST /folder", &[OWN, &format!("authorization: {wrong}")], "no-token");
    }
    check("GET /events?token=ab12", &[OWN], "");
    check("GET /saved?path=a&token=ab12", &[OWN], "");
    check("GET /events", &[OWN], "no-token");
    check("GET /events?token=ab13", &[OWN], "no-token");
    check("GET /saved?path=token=ab12", &[OWN], "no-token");
}

#[test]
fn a_call_is_json() {
    let token = "authorization: Bearer ab12";
    check("POST /call", &[OWN, token, "content-type: application/json"], "");
    check("POST /call", &[OWN, token, "content-type: application/JSON; charset=utf-8"], "");
    check("POST /call", &[OWN, token], "not-json");
    check("POST /cancel", &[OWN, token, "content-type: text/plain"], "not-json");
    check("POST /call", &[OWN, "content-type: text/plain"], "no-token");
    check("POST /files?name=a", &[OWN, token, "content-type: application/octet-stream"], "");
}
