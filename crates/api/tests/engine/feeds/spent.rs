//! The calls of a day: counted, kept back for the person, and given anew the next day.

use super::counter::{Counter, folder};
use super::host;
use super::model::{ModelBank, Movement};
use super::reaper::{Clock, Drawer};
use crate::ofx::list;
use api::Language;
use serde_json::{Value, json};
use std::sync::Arc;

fn movement(day: u32) -> Movement {
    Movement {
        account: 0,
        at: format!("2026-04-{day:02}T05:00:00.000Z"),
        day: format!("2026-04-{day:02}"),
        amount_minor: -1_250,
        label: "PARKING".to_owned(),
    }
}

fn calls(counter: &Counter) -> (u64, u64) {
    let source = counter.source();
    let of = |name: &str| source[name].as_u64().expect("a count");
    (of("calls_today"), of("calls_left"))
}

/// The schedule asks a bank that is always busy with its lines, as often as it may: how many
/// requests left, and what the last sync said.
fn by_schedule(counter: &Counter, bank: &ModelBank) -> (usize, Value) {
    bank.enchant(|heard| {
        let lines = super::parameter(heard, "account").is_some();
        lines.then(|| super::server::Reply::Plain(429, "retry-after: 9000\r\n", Vec::new()))
    });
    let reaper = &counter.clock.reaper;
    let (mut asked, mut last) = (0, Value::Null);
    for _ in 0..20 {
        reaper.arm(None);
        last = counter.call("sync", json!({ "unattended": true }))["connections"][0].clone();
        let (_, requests) = reaper.counted();
        asked += requests;
        if requests == 0 {
            break;
        }
    }
    bank.disenchant();
    (asked, last)
}

#[test]
fn twenty_four_a_day_and_a_quarter_for_the_person() {
    let bank = ModelBank::open("simplefin", 1);
    let (clock, drawer, folder) = (Clock::at("2026-04-01T22:30:00Z"), Drawer::default(), folder());
    let web = Arc::new(bank.bank.web(&[host("simplefin")]));
    let book = folder.path().join("book");
    let counter = Counter::over(&book, (&clock, &drawer), &web, Language::En);
    counter.make_book("2026-03-25", "Europe/Paris");
    // The second of April in Paris. Linking costs no call of the day; the first sync lists.
    counter.link("simplefin");
    assert_eq!(calls(&counter), (1, 23));
    bank.add(movement(2));

    // The schedule asks every six hours at most, and spends three quarters at most.
    let unattended = || counter.call("sync", json!({ "unattended": true }))["connections"].clone();
    clock.set("2026-04-02T04:00:00Z");
    assert_eq!(list(&unattended()).len(), 0, "it answered less than six hours ago");
    let reaper = &clock.reaper;
    clock.set("2026-04-02T06:00:00Z");
    let (asked, last) = by_schedule(&counter, &bank);
    assert_eq!((asked, calls(&counter)), (18, (19, 5)), "{last}");
    assert_eq!(last["stopped"]["code"], json!("calls-spent"), "{last}");

    // The person has the rest.
    let synced = counter.sync();
    assert_eq!((&synced["stopped"], &synced["accounts"][0]["new"]), (&Value::Null, &json!(1)));
    assert_eq!(calls(&counter), (21, 3));
    counter.sync();
    assert_eq!(calls(&counter), (23, 1));
    // One call is left, and two are needed: what was got is kept for the day, the rest waits.
    let synced = counter.sync();
    assert_eq!(synced["stopped"]["code"], json!("calls-spent"), "{synced}");
    assert_eq!(
        synced["stopped"]["message"],
        json!("The calls allowed today are spent."),
        "a sentence"
    );
    let seq = counter.seq();
    for _ in 0..2 {
        reaper.arm(None);
        let synced = counter.sync();
        assert_eq!(synced["stopped"]["code"], json!("calls-spent"), "{synced}");
        assert_eq!((reaper.counted().1, calls(&counter)), (0, (24, 0)), "nothing is asked");
    }
    assert_eq!(counter.seq(), seq);

    // At midnight in Paris another day begins.
    clock.set("2026-04-02T21:59:00Z");
    assert_eq!(calls(&counter), (24, 0));
    clock.set("2026-04-02T22:01:00Z");
    assert_eq!(calls(&counter), (0, 24));
    bank.add(movement(3));
    clock.set("2026-04-03T08:00:00Z");
    let synced = counter.sync();
    assert_eq!((&synced["stopped"], &synced["accounts"][0]["new"]), (&Value::Null, &json!(1)));
    assert_eq!((calls(&counter), counter.lines()), ((2, 22), bank.truth()));
}
