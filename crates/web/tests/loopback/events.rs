use super::client::{Line, Shop};
use serde_json::{Value, json};

fn listen(shop: &Shop) -> Line {
    let address = format!("GET /events?token={} HTTP/1.1", shop.running.token);
    let mut line = shop.speak(&[&address, &format!("Host: {}", shop.host())], b"");
    assert_eq!(line.next(), "HTTP/1.1 200 OK");
    let mut headers = Vec::new();
    loop {
        match line.next() {
            header if header.is_empty() => break,
            header => headers.push(header),
        }
    }
    assert!(headers.contains(&"content-type: text/event-stream".to_owned()), "{headers:?}");
    line
}

fn heard(line: &mut Line) -> Value {
    loop {
        if let Some(json) = line.next().strip_prefix("data: ") {
            return serde_json::from_str(json).expect("JSON");
        }
    }
}

#[test]
fn what_is_written_is_told_to_every_listener() {
    let shop = Shop::open();
    let book = shop.path("a.comptoir");
    let call = |name: &str, params: Value| {
        let asked = json!({"language": "en", "book": book, "name": name, "params": params});
        assert!(shop.ask("/call", &asked).json().get("answer").is_some());
    };
    call("create_book", json!({"country": "fr", "name": "A"}));
    let (mut one, two) = (listen(&shop), listen(&shop));
    let change =
        |value: &str| json!({"name": "legal_form", "value": value, "valid_from": "2026-01-01"});
    // One who goes away disturbs nobody.
    drop(two);
    call("change_setting", change("SARL"));
    call("change_setting", change("SAS"));
    for seq in [2, 3] {
        let expect = json!({"kind": "changed", "book": book, "seq": seq, "tables": ["setting"]});
        assert_eq!(heard(&mut one), expect);
    }
}
