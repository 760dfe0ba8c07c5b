//! A message is queued once, sent once, and never by two.

use crate::door::tests::at;
use crate::error::Code;
use crate::invoicing::tests::{business, draft, issued, line};
use crate::tax_codes::Nature;
use crate::{
    Error, Leased, MessageAnswer, MessageId, Outcome, QueueMessage, RequeueMessage, SettleMessage,
    Undo,
};
use chrono::{DateTime, TimeDelta, Utc};

const LEASE: TimeDelta = TimeDelta::minutes(10);

fn now() -> DateTime<Utc> {
    at("2026-11-15")
}

struct Sent {
    desk: crate::door::tests::Desk,
    queue: QueueMessage,
}

fn queued() -> Sent {
    let mut desk = business();
    let row =
        issued(&mut desk, draft("2026-11-10", vec![line("Pose", "1", "9", Nature::Services)]));
    let (message, _) = desk.book.note_blob(b"message", "message", now()).unwrap();
    let queue = QueueMessage {
        invoice: row.id,
        purpose: "invoice".to_owned(),
        recipients: vec!["compta@vasseur.example".to_owned(), "b@vasseur.example".to_owned()],
        subject: "Facture FA-2026-0001".to_owned(),
        message_id: "inv.FA-2026-0001.1@example".to_owned(),
        message,
        message_size: 7,
    };
    assert_eq!(desk.done(queue.clone()), Outcome::Message(MessageId(1)));
    Sent { desk, queue }
}

impl Sent {
    fn state(&self) -> String {
        self.desk.book.reader().unwrap().message(MessageId(1)).unwrap().state
    }

    fn lease(&mut self, after: TimeDelta) -> Option<Leased> {
        self.desk.book.lease_message("one", now() + after, LEASE).unwrap()
    }

    fn leased(&mut self, after: TimeDelta) -> Leased {
        self.lease(after).expect("a message to send")
    }

    fn settle(&self, answer: MessageAnswer) -> SettleMessage {
        SettleMessage { message: MessageId(1), answer, words: "250 ok".to_owned() }
    }
}

#[test]
fn the_same_wish_finds_the_same_row() {
    let Sent { mut desk, mut queue } = queued();
    let before = desk.book.reader().unwrap().seq();
    queue.recipients.reverse();
    queue.recipients[0] = " B@Vasseur.example".to_owned();
    queue.message_id = "other@example".to_owned();
    assert_eq!(desk.done(queue), Outcome::Message(MessageId(1)));
    assert_eq!(desk.book.reader().unwrap().seq(), before, "nothing was written");
}

#[test]
fn a_leased_message_is_nobody_elses_until_its_lease_is_over() {
    let mut sent = queued();
    let early = sent.leased(TimeDelta::zero());
    assert_eq!(sent.lease(TimeDelta::minutes(9)), None);
    // Its sender vanished before the body: nothing left, so another may send it.
    let late = sent.leased(TimeDelta::minutes(10));
    sent.desk.book.note_body_started(&late, now()).unwrap();
    // The first one wakes up again, and knows nothing of what became of the message since.
    let book = &mut sent.desk.book;
    assert!(!book.holds(&early).unwrap() && book.holds(&late).unwrap());
    assert!(book.note_body_started(&early, now()).is_err());
    book.note_not_sent(&early, now(), now(), "asleep").unwrap();
    book.note_unknown(&early, now(), "asleep").unwrap();
    assert_eq!(sent.state(), "sending");
    // Its sender vanished after the body began: nobody sends it again.
    assert_eq!(sent.lease(TimeDelta::minutes(30)), None);
    assert_eq!(sent.state(), "unknown");
    let cancel = sent.settle(MessageAnswer::Cancelled);
    assert_eq!(sent.desk.refused(cancel), Code::SendingBegun);
    let done = sent.settle(MessageAnswer::Sent);
    sent.desk.done(done.clone());
    assert_eq!(sent.state(), "sent");
    assert_eq!(sent.desk.refused(done), Code::SendingBegun, "a final answer is final");
    assert_eq!(sent.desk.refused(RequeueMessage { message: MessageId(1) }), Code::SendingBegun);
}

#[test]
fn what_another_run_left_behind_is_taken_up_or_doubted_at_once() {
    let mut sent = queued();
    sent.leased(TimeDelta::zero());
    let next =
        sent.desk.book.lease_message("two", now(), LEASE).unwrap().expect("nothing had left");
    assert_eq!(next.tries, 1);
    sent.desk.book.note_body_started(&next, now()).unwrap();
    assert_eq!(sent.desk.book.lease_message("three", now(), LEASE).unwrap(), None);
    assert_eq!(sent.state(), "unknown");
}

#[test]
fn a_body_is_begun_by_one_only() {
    let mut sent = queued();
    let leased = sent.leased(TimeDelta::zero());
    sent.desk.book.note_body_started(&leased, now()).unwrap();
    let again = sent.desk.book.note_body_started(&leased, now());
    assert!(matches!(again, Err(Error::Refused(refusal)) if refusal.code == Code::SendingBegun));
}

#[test]
fn what_was_not_handed_over_waits_for_its_next_try() {
    let mut sent = queued();
    let leased = sent.leased(TimeDelta::zero());
    let next = now() + TimeDelta::minutes(2);
    sent.desk.book.note_not_sent(&leased, now(), next, "421 later").unwrap();
    assert_eq!(sent.lease(TimeDelta::minutes(1)), None);
    sent.leased(TimeDelta::minutes(2));
    let row = sent.desk.book.reader().unwrap().message(MessageId(1)).unwrap();
    assert_eq!((row.tries, row.words.as_str()), (2, "421 later"));
}

#[test]
fn queueing_is_undone_while_nothing_may_have_left() {
    let mut sent = queued();
    let seq = sent.desk.book.reader().unwrap().seq();
    let leased = sent.leased(TimeDelta::zero());
    sent.desk.book.note_body_started(&leased, now()).unwrap();
    assert_eq!(sent.desk.refused(Undo { seq }), Code::SendingBegun);
    let mut sent = queued();
    let seq = sent.desk.book.reader().unwrap().seq();
    sent.desk.done(Undo { seq });
    assert!(sent.desk.book.reader().unwrap().outbox().unwrap().is_empty());
    // A refused one goes out again only when a person asks, with the same bytes.
    let mut sent = queued();
    let refused = sent.settle(MessageAnswer::Refused);
    sent.desk.done(refused);
    assert_eq!(sent.lease(TimeDelta::zero()), None);
    sent.desk.done(RequeueMessage { message: MessageId(1) });
    let seq = sent.desk.book.reader().unwrap().seq();
    let leased = sent.leased(TimeDelta::zero());
    sent.desk.book.note_body_started(&leased, now()).unwrap();
    // To take that back would leave no place for its answer.
    assert_eq!(sent.desk.refused(Undo { seq }), Code::SendingBegun);
}
