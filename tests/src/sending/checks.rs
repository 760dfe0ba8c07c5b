//! What the server has, held against what the book says.

use super::server::{Said, Server};
use super::tally::Tally;
use super::trial::Trial;
use book::read::OutboxRow;
use std::collections::BTreeMap;

/// How often the server has each message: accepted, or taken whole and never answered.
pub(super) fn has(server: &Server) -> BTreeMap<String, u64> {
    count(server, |said| matches!(said, Said::Accepted | Said::Nothing))
}

fn count(server: &Server, wanted: impl Fn(Said) -> bool) -> BTreeMap<String, u64> {
    let mut found = BTreeMap::new();
    for letter in server.letters().iter().filter(|letter| wanted(letter.said)) {
        *found.entry(message_id(&letter.bytes)).or_default() += 1;
    }
    found
}

/// The Message-ID of a letter, without angle brackets; empty if it has none.
fn message_id(letter: &[u8]) -> String {
    let head = String::from_utf8_lossy(letter);
    let line = head.lines().take_while(|line| !line.is_empty()).find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("message-id").then_some(value)
    });
    let trimmed = line.unwrap_or_default().trim();
    trimmed.trim_start_matches('<').trim_end_matches('>').to_owned()
}

/// After each life: nothing went twice, and nothing that the server has waits to be sent.
pub(super) fn meanwhile(rows: &[OutboxRow], server: &Server, tally: &mut Tally) {
    let has = has(server);
    for row in rows {
        let times = has.get(&row.message_id).copied().unwrap_or(0);
        let may_leave = row.state == "queued" || (row.state == "sending" && !row.begun);
        if times > 0 && may_leave {
            let reference = &row.message_id;
            tally.complain(format!("{reference} is {} and the server has it", row.state));
        }
        if times > 1 {
            tally.complain(format!("{} went {times} times", row.message_id));
        }
    }
}

/// Before the person is asked: sent is sent, refused is refused, and all else is listed.
pub(super) fn settled(rows: &[OutboxRow], server: &Server, tally: &mut Tally) {
    let (has, accepted) = (has(server), count(server, |said| said == Said::Accepted));
    let refused = server.refused();
    let strangers = has.keys().filter(|id| !rows.iter().any(|row| row.message_id == **id));
    tally.broken.extend(strangers.map(|id| format!("{id} went out and is in no row")));
    for row in rows {
        let id = &row.message_id;
        let times = has.get(id).copied().unwrap_or(0);
        tally.doubles += times.saturating_sub(1);
        match row.state.as_str() {
            "sent" if !accepted.contains_key(id) => {
                tally.lost += 1;
                tally.complain(format!("{id} is called sent, and no server said so"));
            }
            "refused" if times > 0 || !refused.contains(&row.recipients) => {
                tally.lost += u64::from(times == 0);
                tally.complain(format!("{id} is called refused, and no server said so"));
            }
            "sent" | "refused" | "unknown" => {}
            other => {
                tally.lost += 1;
                tally.complain(format!("{id} ends as {other}"));
            }
        }
    }
}

/// After the person's word: each arrived once, or was refused and never arrived.
pub(super) fn once(rows: &[OutboxRow], server: &Server, tally: &mut Tally) {
    let has = has(server);
    for row in rows {
        let times = has.get(&row.message_id).copied().unwrap_or(0);
        match (row.state.as_str(), times) {
            ("sent", 1) => tally.arrived += 1,
            ("refused", 0) => {}
            (state, times) => {
                tally.doubles += times.saturating_sub(1);
                tally.lost += u64::from(times == 0);
                let id = &row.message_id;
                tally.complain(format!("{id} is {state} at the end and arrived {times} times"));
            }
        }
    }
}

/// What arrived is what was queued, byte for byte; also what the server then refused.
pub(super) fn exact(trial: &Trial<'_>, tally: &mut Tally) -> Result<(), String> {
    let rows = trial.rows()?;
    let reader = trial.reader()?;
    for letter in trial.server.letters() {
        let id = message_id(&letter.bytes);
        let Some(row) = rows.iter().find(|row| row.message_id == id) else { continue };
        let queued = reader.blob(&row.blob).map_err(|why| format!("{why:?}"))?;
        if *queued == *letter.bytes {
            tally.exact += 1;
        } else {
            tally.complain(format!("{id} arrived with other bytes"));
        }
    }
    Ok(())
}
