use super::*;
use crate::scratch::Scratch;
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
fn closing_leaves_one_file_and_no_desk() {
    let folder = Scratch::new("door");
    let book = folder.path().join("a.comptoir");
    let files = || std::fs::read_dir(folder.path()).unwrap().count();
    let door = Door::open();
    let told = door.listen().unwrap();
    let business = json!({ "country": "fr", "name": "Essai", "first_day": "2026-01-01" });
    let request =
        json!({ "language": "fr", "name": "create_book", "book": book, "params": business });
    let Reply::Answer(_) = ask(&door.desk().unwrap(), request) else { panic!("not made") };
    assert!(files() > 1, "an open book has a log and a lock");
    door.close();
    assert_eq!(files(), 1);
    assert!(door.desk().is_none() && door.listen().is_none());
    // The stream of events ends with the desk, and so does the thread that reads it.
    assert!(told.iter().count() < 100);
}
