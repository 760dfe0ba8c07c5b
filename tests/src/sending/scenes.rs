//! Stories of their own: two workers at once, and a book that comes back from an earlier day.

use super::checks;
use super::child::What;
use super::desk::{Template, begin_of};
use super::server::{Answer, Script, Step};
use super::tally::Tally;
use super::trial::{End, Launch, Trial, copy_book};
use book::{Book, Context, Law, MessageAnswer, NoTask, SettleMessage};
use chrono::{DateTime, TimeDelta};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Two runs of one outbox at the same time, again and again until nothing waits. Between two
/// readings of their clock lie so many seconds: with none no lease ever ends, with an hour each has
/// ended before the body begins.
pub fn two_at_once(
    template: &Template,
    law: &Law,
    step_s: i64,
    launch: Launch<'_>,
) -> Result<(), String> {
    let mut trial = Trial::begin(template, law, launch)?;
    for _ in 0..template.recipients.len() * 3 + 1 {
        let end = trial.live(What::Twice, step_s, &mut |_, _| Ok(String::new()))?;
        if end.outcomes.len() != 2 {
            return Err(format!("{end:?}"));
        }
        if step_s == 0 && end.outcomes.iter().any(|outcome| outcome != "whole") {
            return Err(format!("{end:?}"));
        }
        let waits = |state: &str| matches!(state, "queued" | "sending");
        if !trial.rows()?.iter().any(|row| waits(&row.state)) {
            break;
        }
    }
    let mut tally = Tally::default();
    let rows = trial.rows()?;
    checks::settled(&rows, &trial.server, &mut tally);
    checks::exact(&trial, &mut tally)?;
    if let Some(row) = rows.iter().find(|row| row.state != "sent") {
        tally.complain(format!("{} is {}", row.message_id, row.state));
    }
    if tally.broken.is_empty() && tally.doubles == 0 { Ok(()) } else { Err(format!("{tally:?}")) }
}

/// A book sends, then its file is put back as it was before: it is paused, nothing leaves until the
/// person says so. `answer` is what the server does after each body the first time; with silence
/// the messages are unknown to the book that is lost.
pub fn restored(
    template: &Template,
    law: &Law,
    answer: Option<Answer>,
    launch: Launch<'_>,
) -> Result<(), String> {
    let mut trial = Trial::begin(template, law, launch)?;
    let earlier = trial.folder.path().join("earlier");
    copy_book(&trial.path, &earlier)?;
    let script = Script { fault: answer.map(|answer| (Step::Verdict, answer)), ..Script::sound() };
    let end = run(&mut trial, What::Run, &script)?;
    if end.outcomes != ["whole"] {
        return Err(format!("the first run: {end:?}"));
    }
    let times = all_times(&trial, template, 1)?;
    copy_book(&earlier, &trial.path)?;
    let before = trial.server.connections();
    let shown = trial.desk().call("outbox", json!({}))?;
    if shown["paused"] != Value::Bool(true) {
        return Err("a book from before these sends is not paused".to_owned());
    }
    let end = run(&mut trial, What::Run, &Script::sound())?;
    if end.outcomes != ["failed outbox-paused"] || trial.server.connections() != before {
        return Err(format!("a paused book sends: {end:?}"));
    }
    // The person looked, and says that it may send: what it knows to be queued leaves again.
    let end = run(&mut trial, What::Resume, &Script::sound())?;
    if end.outcomes != ["whole"] || all_times(&trial, template, 2)? == times {
        return Err(format!("a book that may send again does not: {end:?}"));
    }
    Ok(())
}

/// A program that died between the commit of an answer and the commit that forgets what was in
/// progress: too short a while to be hit by chance. The answer stands, nothing leaves again.
pub fn half_settled(template: &Template, law: &Law, launch: Launch<'_>) -> Result<(), String> {
    let mut trial = Trial::begin(template, law, launch)?;
    let told = |why: book::Error| format!("{why:?}");
    let mut book = Book::open(&trial.path, None, law.clone()).map_err(told)?;
    let at = DateTime::from_timestamp(begin_of(trial.lives), 0).unwrap_or_default();
    let leased = book.lease_message("a run that died", at, TimeDelta::minutes(1)).map_err(told)?;
    let leased = leased.ok_or("nothing waits")?;
    let message = leased.message;
    book.note_body_started(&leased, at).map_err(told)?;
    let words = "250 ok".to_owned();
    let settle = SettleMessage { message, answer: MessageAnswer::Sent, words };
    let context = Context { actor: "person", at, app: "a run that died", task: &NoTask };
    book.execute(&context, settle.into()).map_err(told)?;
    drop(book);
    let end = run(&mut trial, What::Run, &Script::sound())?;
    let has = checks::has(&trial.server);
    let rows = trial.rows()?;
    let right = rows.iter().all(|row| {
        let times = if row.id == message { 0 } else { 1 };
        row.state == "sent" && has.get(&row.message_id).copied().unwrap_or(0) == times
    });
    if right && end.outcomes == ["whole"] { Ok(()) } else { Err(format!("{end:?}: {rows:?}")) }
}

fn run(trial: &mut Trial<'_>, what: What, script: &Script) -> Result<End, String> {
    trial.live(what, 0, &mut |server, _| {
        server.play(script.clone());
        Ok("live 0".to_owned())
    })
}

/// The server has each message so many times.
fn all_times(
    trial: &Trial<'_>,
    template: &Template,
    times: u64,
) -> Result<BTreeMap<String, u64>, String> {
    let has = checks::has(&trial.server);
    if has.len() == template.recipients.len() && has.values().all(|one| *one == times) {
        Ok(has)
    } else {
        Err(format!("at {}, not {times} times each: {has:?}", begin_of(trial.lives)))
    }
}
