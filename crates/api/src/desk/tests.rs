use super::*;
use crate::Host;
use assets::Assets;
use serde_json::json;

fn desk() -> Desk {
    Desk::new(|language| {
        let host = Host {
            clock: Box::new(|| "2026-11-17T09:00:00Z".parse().expect("an instant")),
            random: Box::new(|| [7; 16]),
            secrets: Box::new(crate::NoSecrets),
            patience: courier::Patience::USUAL,
            wire: Box::new(crate::NoWire),
            sleep: Box::new(|_| {}),
            language,
            application: "a test".to_owned(),
            actor: "person".to_owned(),
            home: None,
            preferences: None,
        };
        App::new(host, Assets::built_in())
    })
}

fn request(book: &Path, name: &str, params: Value) -> Request {
    let (language, book) = (Language::En, Some(book.to_owned()));
    Request { id: Some("1".to_owned()), language, book, name: name.to_owned(), params }
}

#[test]
fn what_is_written_is_told_to_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.comptoir");
    let desk = desk();
    desk.call(request(&path, "create_book", json!({"country": "fr", "name": "A"}))).expect("made");
    let (one, two) = (desk.listen(), desk.listen());
    let change = json!({"name": "legal_form", "value": "SARL", "valid_from": "2026-01-01"});
    desk.call(request(&path, "change_setting", change)).expect("changed");
    for heard in [one, two] {
        let Event::Changed { seq: 2, tables, .. } = heard.recv().expect("told") else {
            panic!("told otherwise");
        };
        assert_eq!(tables, ["setting"]);
        assert!(heard.try_recv().is_err());
    }
    // Those who went are forgotten.
    let change = json!({"name": "legal_form", "value": "SAS", "valid_from": "2026-01-01"});
    desk.call(request(&path, "change_setting", change)).expect("changed");
    assert!(desk.listeners().is_empty());
}

#[test]
fn both_languages_share_the_open_book() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.comptoir");
    let desk = desk();
    let new = json!({"country": "fr", "name": "A"});
    desk.call(request(&path, "create_book", new.clone())).expect("made");
    let mut again = request(&path, "create_book", new);
    let english = desk.call(again.clone()).expect_err("refused").message;
    again.language = Language::Fr;
    assert_ne!(desk.call(again).expect_err("refused").message, english);
    let mut change = json!({"name": "legal_form", "value": "SARL", "valid_from": "2026-01-01"});
    let mut french = request(&path, "change_setting", change.take());
    french.params = json!({"name": "legal_form", "value": "SARL", "valid_from": "2026-01-01"});
    french.language = Language::Fr;
    desk.call(french).expect("the one writable connection serves both");
}

#[test]
fn long_work_tells_its_steps_and_stops_when_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.comptoir");
    let desk = desk();
    let heard = desk.listen();
    std::thread::scope(|scope| {
        let working = scope.spawn(|| desk.call(request(&path, "create_sample", json!({}))));
        let first = heard.recv().expect("a step");
        assert!(matches!(first, Event::Progress { ref step, .. } if !step.is_empty()), "{first:?}");
        assert!(desk.cancel("1"));
        assert_eq!(working.join().expect("no panic").expect_err("stopped").code, "cancelled");
    });
    assert!(!path.exists());
    assert!(!desk.cancel("1"));
}

#[test]
fn a_slow_listener_is_told_that_it_missed_something() {
    let desk = desk();
    let heard = desk.listen();
    let event =
        |done| Event::Progress { id: "1".to_owned(), step: "s".to_owned(), done, total: None };
    for done in 0..=MOST_WAITING as u64 {
        desk.tell(&event(done));
    }
    assert_eq!(heard.recv().expect("the first"), event(0));
    assert_eq!(heard.recv().expect("the second"), event(1));
    desk.tell(&event(9_999));
    let rest: Vec<Event> = heard.try_iter().collect();
    assert_eq!(rest[rest.len() - 2..], [Event::Lagged, event(9_999)]);
}
