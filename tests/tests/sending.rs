//! Sending under faults and deaths with few messages; `cargo xtask simulate --sending 1000` sends
//! many (`docs/sending.md`).

use std::process::Command;
use tests::run::law;
use tests::sending::server::Answer;
use tests::sending::{Errand, Template, batch, half_settled, restored, send, two_at_once};

/// The environment variable that makes this program one that sends, with its errand.
const SENDER: &str = "COMPTOIR_SENDER";

fn launch(errand: &Errand) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("a running test is a file"));
    command.args(["--exact", "sender", "--nocapture", "--test-threads", "1"]);
    command.env(SENDER, errand.write());
    command
}

#[test]
fn nothing_is_sent_twice_and_nothing_lost_whoever_dies() {
    let law = law();
    let template = Template::new(40).expect("a book");
    let tally = batch(&template, &law, 1, &launch).expect("a story with an end");
    let tables = tally.tables(0);
    assert!(tally.broken.is_empty(), "{tables}");
    assert_eq!((tally.doubles, tally.lost, tally.leaks), (0, 0, 0), "{tables}");
    // Stories in which little happens would prove little.
    assert!(tally.died() > 20 && tally.deaths.len() > 10 && tally.arrived > 30, "{tables}");
    println!("{tables}");
}

#[test]
fn two_workers_at_once_send_each_message_once() {
    let law = law();
    let template = Template::new(8).expect("a book");
    for step_s in [0, 3_600] {
        two_at_once(&template, &law, step_s, &launch).expect("each once");
    }
}

#[test]
fn a_book_put_back_sends_nothing_until_the_person_says_so() {
    let law = law();
    let template = Template::new(3).expect("a book");
    restored(&template, &law, None, &launch).expect("paused after what was sent");
    restored(&template, &law, Some(Answer::Silence), &launch).expect("paused after unknowns");
}

#[test]
fn an_answer_stands_whether_or_not_the_try_was_forgotten() {
    let template = Template::new(2).expect("a book");
    half_settled(&template, &law(), &launch).expect("sent once");
}

/// Not a test: the program that the tests above start and kill. By itself it does nothing.
#[test]
#[allow(clippy::disallowed_methods, reason = "this is where the program gets its errand")]
fn sender() {
    let Ok(errand) = std::env::var(SENDER) else { return };
    let errand = Errand::read(&errand).expect("an errand of the tests above");
    send(&errand).expect("a program that was not killed says how it went");
}
