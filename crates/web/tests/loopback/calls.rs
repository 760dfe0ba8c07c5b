use super::client::Shop;
use serde_json::{Value, json};

fn request(shop: &Shop, name: &str, params: Value) -> Value {
    let book = shop.path("a.comptoir");
    json!({"language": "en", "book": book, "name": name, "params": params})
}

#[test]
fn a_call_is_answered_or_refused_with_the_same_status() {
    let shop = Shop::open();
    let made =
        shop.ask("/call", &request(&shop, "create_book", json!({"country": "fr", "name": "A"})));
    assert_eq!(made.status, 200);
    assert_eq!(made.header("content-type"), "application/json");
    assert_eq!(made.json()["answer"]["seq"], 1);
    let seen = shop.ask("/call", &request(&shop, "book", json!({})));
    assert_eq!(seen.json()["answer"]["result"]["settings"]["name"], "A");
    let mut again = request(&shop, "create_book", json!({"country": "fr", "name": "A"}));
    let english = shop.ask("/call", &again).json();
    again["language"] = json!("fr");
    let french = shop.ask("/call", &again).json();
    assert_eq!(english["failure"]["code"], french["failure"]["code"]);
    assert_ne!(english["failure"]["message"], french["failure"]["message"]);
}

#[test]
fn what_is_no_call_is_refused_in_a_sentence() {
    let shop = Shop::open();
    for body in ["", "{", "[]", r#"{"name": "book"}"#, r#"{"language": "en", "name": "a", "x": 1}"#]
    {
        let heard = shop.post("/call", "application/json", body.as_bytes());
        assert_eq!(
            (heard.status, heard.json()["failure"]["code"].as_str()),
            (400, Some("bad-request"))
        );
    }
    assert_eq!(shop.ask("/cancel", &json!({})).status, 400);
    assert_eq!(shop.get("/call").status, 405);
}

#[test]
fn a_request_has_a_limit() {
    let shop = Shop::open();
    let long = |length: usize| {
        let mut body = br#"{"language": "en", "name": "nothing", "params": ""#.to_vec();
        body.resize(length - 2, b'a');
        body.extend(b"\"}");
        shop.post("/call", "application/json", &body).refusal()
    };
    assert_eq!(long(8_000_000), (200, "unknown-call".to_owned()));
    assert_eq!(long(8_000_001), (413, "too-long".to_owned()));
    assert_eq!(long(40_000_000), (413, "too-long".to_owned()));
}

#[test]
fn the_language_of_a_refusal_can_be_asked_for() {
    let shop = Shop::open();
    let english = shop.get("/nothing.png").json();
    let french = shop.get("/nothing.png?language=fr").json();
    assert_eq!(english["failure"]["message"], "There is nothing at this address.");
    assert_eq!(french["failure"]["message"], "Il n’y a rien à cette adresse.");
}

#[test]
fn long_work_is_cancelled_by_its_id() {
    let shop = Shop::open();
    let events = format!("GET /events?token={} HTTP/1.1", shop.running.token);
    let mut line = shop.speak(&[&events, &format!("Host: {}", shop.host())], b"");
    while !line.next().is_empty() {}
    let mut sample = request(&shop, "create_sample", json!({}));
    sample["id"] = json!("7");
    std::thread::scope(|scope| {
        let working = scope.spawn(|| shop.ask("/call", &sample));
        while !line.next().contains("\"progress\"") {}
        assert_eq!(shop.ask("/cancel", &json!({"id": "7"})).json(), json!({"cancelled": true}));
        assert_eq!(working.join().expect("no panic").refusal(), (200, "cancelled".to_owned()));
    });
    assert!(!shop.path("a.comptoir").exists());
    assert_eq!(shop.ask("/cancel", &json!({"id": "7"})).json(), json!({"cancelled": false}));
}
