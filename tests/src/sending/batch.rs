//! One story: a book of messages, each with its fate, and programs that die until all are settled.

use super::checks;
use super::child::What;
use super::desk::Template;
use super::plan::{Death, FAULTS, Fate, Fault};
use super::server::Server;
use super::tally::Tally;
use super::trial::{End, Launch, Trial};
use crate::chance::Chance;
use book::Law;
use book::read::OutboxRow;
use serde_json::json;

/// Sends the messages of a template through faults and deaths, then settles what is unknown as a
/// person would, by evidence. What is not as it should be stands in the tally; an error is a
/// harness that could not go on.
pub fn batch(
    template: &Template,
    law: &Law,
    seed: u64,
    launch: Launch<'_>,
) -> Result<Tally, String> {
    let mut trial = Trial::begin(template, law, launch)?;
    let mut story = Story::of(template, seed);
    story.live_on(&mut trial)?;
    let rows = trial.rows()?;
    checks::settled(&rows, &trial.server, &mut story.tally);
    story.count(&rows);
    story.judge(&mut trial, &rows)?;
    story.live_on(&mut trial)?;
    checks::once(&trial.rows()?, &trial.server, &mut story.tally);
    checks::exact(&trial, &mut story.tally)?;
    let leaks = trial.leaks()?;
    story.tally.leaks += leaks.len() as u64;
    story.tally.broken.extend(leaks.iter().map(|place| format!("the password stands in {place}")));
    story.tally.connections += trial.server.connections();
    Ok(story.tally)
}

struct Story {
    recipients: Vec<String>,
    fates: Vec<Fate>,
    /// The message under way.
    current: Option<usize>,
    tally: Tally,
}

impl Story {
    fn of(template: &Template, seed: u64) -> Story {
        let fates = (0..template.recipients.len() as u64)
            .map(|number| Fate::draw(&mut Chance::new(seed, number)))
            .collect();
        let recipients = template.recipients.clone();
        Story { recipients, fates, current: None, tally: Tally::default() }
    }

    /// Program after program, until nothing waits any more; the last one finds nothing to do.
    fn live_on(&mut self, trial: &mut Trial<'_>) -> Result<(), String> {
        let most = 20 + self.fates.len() as u32 * 10;
        for _ in 0..most {
            let before = self.tally.attempts;
            let end = trial.live(What::Run, 1, &mut |server, about| self.answer(server, about))?;
            self.ended(trial, &end)?;
            checks::meanwhile(&trial.rows()?, &trial.server, &mut self.tally);
            let idle = !end.outcomes.is_empty() && self.tally.attempts == before;
            if idle && trial.rows()?.iter().all(is_settled) {
                return Ok(());
            }
        }
        self.tally.complain(format!("after {most} programs something still waits"));
        Ok(())
    }

    /// The orders for the next message; before that, what became of the one before.
    fn answer(&mut self, server: &mut Server, about: Option<&str>) -> Result<String, String> {
        if let Some(before) = self.current {
            let fate = &mut self.fates[before];
            fate.met |= server.was_met() || fate.due_fault() == Fault::Refused;
        }
        let Some(address) = about else { return Ok(String::new()) };
        let current = self.place(address)?;
        self.current = Some(current);
        self.tally.attempts += 1;
        let fate = &self.fates[current];
        server.play(fate.script());
        if fate.due_fault() == Fault::Refused {
            server.close();
        } else {
            server.open()?;
        }
        Ok(fate.order())
    }

    fn place(&self, address: &str) -> Result<usize, String> {
        let place = self.recipients.iter().position(|one| one == address);
        place.ok_or_else(|| format!("nobody queued a message to {address}"))
    }

    /// A program is gone: by itself, by our hand, or for a reason that nobody planned.
    fn ended(&mut self, trial: &Trial<'_>, end: &End) -> Result<(), String> {
        self.tally.lives += 1;
        let killed = trial.server.killed();
        let alive = !end.outcomes.is_empty();
        if let Some(failed) = end.outcomes.iter().find(|outcome| outcome.starts_with("failed")) {
            self.tally.complain(format!("a run {failed}: {}", end.errors));
        }
        let (victim, moment) = match (killed, &end.died_at) {
            (Some((death, to)), _) => {
                let victim = if to.is_empty() { self.current } else { Some(self.place(&to)?) };
                (victim, moment_of(death).to_owned())
            }
            (None, Some(moment)) => (self.current, format!("by itself: {moment}")),
            (None, None) if alive => return Ok(()),
            (None, None) => {
                self.tally.complain(format!("a program died unasked: {}", end.errors));
                return Ok(());
            }
        };
        let victim = victim.ok_or("a program died before its first message")?;
        self.fates[victim].death = None;
        if alive {
            // The blow came when all was done.
            return Ok(());
        }
        if let Some(current) = self.current.take() {
            self.fates[current].met |= trial.server.was_met();
        }
        *self.tally.deaths.entry(moment).or_default() += 1;
        let left = left_behind(trial, victim)?;
        *self.tally.left.entry(left.to_owned()).or_default() += 1;
        Ok(())
    }

    /// Counts what became of each message before the person was asked.
    fn count(&mut self, rows: &[OutboxRow]) {
        self.tally.messages += rows.len() as u64;
        for (fate, row) in self.fates.iter().zip(rows) {
            let line = self.tally.outcomes.entry(fate.fault).or_default();
            line.messages += 1;
            match row.state.as_str() {
                "sent" => line.sent += 1,
                "refused" => line.refused += 1,
                "unknown" => line.unknown += 1,
                _ => {}
            }
            self.tally.spared += u64::from(fate.death.is_some());
        }
    }

    /// The person's word on every unknown one, by evidence; it is sent again where there is none.
    fn judge(&mut self, trial: &mut Trial<'_>, rows: &[OutboxRow]) -> Result<(), String> {
        let has = checks::has(&trial.server);
        let desk = trial.desk();
        for (fate, row) in self.fates.iter_mut().zip(rows) {
            (fate.met, fate.death) = (true, None);
            if row.state != "unknown" {
                continue;
            }
            let arrived = has.contains_key(&row.message_id);
            desk.call("settle_message", json!({ "message": row.id.0, "arrived": arrived }))?;
            let line = self.tally.outcomes.entry(fate.fault).or_default();
            *(if arrived { &mut line.arrived } else { &mut line.resent }) += 1;
        }
        Ok(())
    }
}

fn is_settled(row: &OutboxRow) -> bool {
    matches!(row.state.as_str(), "sent" | "refused" | "unknown")
}

/// What the dead program left of its message in the book and in the memory of the machine.
fn left_behind(trial: &Trial<'_>, victim: usize) -> Result<&'static str, String> {
    let reader = trial.reader()?;
    let rows = trial.rows()?;
    let row = rows.get(victim).ok_or("a message is gone")?;
    Ok(match (row.state.as_str(), row.begun) {
        ("queued", _) => "waiting for its next try",
        ("sending", false) => "leased, body not begun",
        ("sending", true) => "body begun, no outcome",
        ("unknown", _) => "unknown",
        _ if row.tries > 0 => "final answer, what was in progress not yet forgotten",
        _ if trial.remembered()? < reader.seq() => {
            "final answer, not yet remembered by the machine"
        }
        _ => "final answer, nothing left to do",
    })
}

fn moment_of(death: Death) -> &'static str {
    use super::server::Step;
    match death {
        Death::At(Step::Greeting) => "killed: connected, before the greeting",
        Death::At(Step::Hello) => "killed: after the greeting, before the answer to EHLO",
        Death::At(Step::StartTls) => "killed: before the answer to STARTTLS",
        Death::At(Step::HelloAgain) => "killed: before the answer to EHLO under TLS",
        Death::At(Step::SignIn) => "killed: before the answer to AUTH",
        Death::At(Step::Mail) => "killed: before the answer to MAIL",
        Death::At(Step::Recipient) => "killed: before the answer to RCPT",
        Death::At(Step::Data) => "killed: before the answer to DATA",
        Death::At(Step::Body) => "killed: in the middle of the body",
        Death::At(Step::Verdict) => "killed: after the body, before any reply",
        Death::Answered { .. } => "killed: 0 to 12 ms after the reply was written",
        Death::Recorded => "killed: as soon as the outcome could be read in the book",
        Death::Leased | Death::Phase(_) | Death::Reading(_) => "by itself",
    }
}

/// The name of a fault by its place.
pub(super) fn fault_name(place: usize) -> &'static str {
    FAULTS.get(place).map_or("", |(_, name, _)| name)
}
