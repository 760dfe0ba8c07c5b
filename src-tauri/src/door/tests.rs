use super::*;
use serde_json::json;

fn reply(request: Value) -> Value {
    let desk = Door::open().desk().unwrap();
    serde_json::to_value(ask(&desk, request)).unwrap()
}

#[test]
fn an_answer_stands_under_its_name() {
    let told = reply(json!({ "language": "en", "name": "books" }));
    assert!(told["answer"]["result"].is_array(), "{told}");
}

#[test]
fn a_refusal_is_a_reply_too() {
    let told = reply(json!({ "language": "fr", "name": "no_such_call" }));
    assert!(told["failure"]["message"].is_string(), "{told}");
}

#[test]
fn a_request_that_is_none_is_refused_by_name() {
    for request in [json!(null), json!([]), json!({}), json!({ "name": "books", "language": "xx" })]
    {
        let told = reply(request);
        assert_eq!(told["failure"]["code"], "bad-request", "{told}");
    }
}

#[test]
fn a_closed_door_gives_no_desk() {
    let door = Door::open();
    door.close();
    assert!(door.desk().is_none() && door.listen().is_none());
}
