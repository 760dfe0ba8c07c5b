//! One sync of a bank linked live: ask, keep, commit, then read. Only a window that was read to its
//! natural end changes the book; a run that was cut is taken up where it was left.

mod apply;
mod drive;

use super::super::{Called, Seen};
use super::secret_name;
use crate::app::App;
use crate::failure::Failure;
use crate::host::{Progress, SecretName};
use book::read::{ConnectionRow, Reader};
use book::{BankAccountId, ConnectionId};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use source::{Asker, Connector, Connectors, Fault, Kept, Meaning};
use std::collections::BTreeMap;
use std::path::Path;
use ts_rs::TS;
use values::{Day, Secret};

/// What to sync.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct SyncRequest {
    /// One connection; every live one when absent.
    #[serde(default)]
    pub connection: Option<i64>,
    /// Whether the schedule asks, not a person: it leaves calls for the person, and asks nothing of
    /// a bank that answered in the last six hours.
    #[serde(default)]
    pub unattended: bool,
}

/// What a sync brought.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, TS)]
pub struct Synced {
    /// What each connection brought.
    pub connections: Vec<SyncedConnection>,
}

/// What one connection brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SyncedConnection {
    /// Its id.
    pub connection: i64,
    /// Its name.
    pub name: String,
    /// What each account brought.
    pub accounts: Vec<SyncedAccount>,
    /// Accounts that the source shows and the book does not know: proposed, never added alone.
    pub found: Vec<FoundAccount>,
    /// What a person should know.
    pub remarks: Vec<String>,
    /// Why it stopped early, if it did.
    pub stopped: Option<Failure>,
}

/// What one account brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SyncedAccount {
    /// Its ledger account.
    pub account: String,
    /// Its name.
    pub name: String,
    /// First day read.
    pub from: Day,
    /// Last day read.
    pub to: Day,
    /// Lines that are new.
    pub new: u32,
    /// Lines that are gone at the bank.
    pub gone: u32,
    /// Lines whose amount the bank changed.
    pub changed: u32,
    /// Lines held as a question.
    pub held: u32,
    /// Announced lines.
    pub pending: u32,
    /// Why it was not read to its end, if it was not: then it changed nothing.
    pub unfinished: Option<String>,
}

/// An account that a source shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FoundAccount {
    /// Its names at the source.
    pub names: Vec<(String, String)>,
    /// What it is called.
    pub label: String,
    /// Its bank.
    pub bank: Option<String>,
    /// Its currency; none when the source names one that is none: then it cannot be taken in.
    pub currency: Option<String>,
    /// Its booked balance in minor units.
    pub booked_minor: Option<i64>,
}

/// Hours within which the schedule leaves a bank alone that answered.
const REST_HOURS: i64 = 6;

/// Under this name a kept plan is found among the kept answers.
const PLAN: &str = "plan";

/// What ended a run for the whole connection, if anything did.
type Ended = Option<Fault>;

/// One run under way.
struct Running<'a> {
    book: &'a Path,
    connector: &'a Connector,
    connection: ConnectionId,
    secrets: Kept,
    asker: Asker,
    progress: &'a dyn Progress,
    now: DateTime<Utc>,
    today: Day,
    zone: String,
    /// Names the run; a later one sorts after it.
    run: String,
    /// Answers that a run of today kept before it was cut, by their request.
    kept: BTreeMap<String, String>,
    /// Key, hash and size of every answer of this run.
    answers: Vec<(String, String, i64)>,
    /// The last step noted, over every part of a run that was taken up.
    step: i64,
    /// Whether every account that is still there was read to its end.
    whole: bool,
}

/// An account of the book that a run reads.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Asked {
    bank_account: BankAccountId,
    reference: String,
    first_day: Day,
    last_day: Day,
}

impl App {
    /// Reads every live connection, or one.
    pub fn sync(
        &self,
        book: &Path,
        request: SyncRequest,
        progress: &dyn Progress,
    ) -> Called<Synced> {
        let reader = self.reader(book)?;
        let before = reader.seq();
        let rows = reader.connections().map_err(|why| self.failed(&why))?;
        let asked = request.connection.map(ConnectionId);
        let live = rows.into_iter().filter(|row| row.ended_day.is_none());
        let live: Vec<ConnectionRow> =
            live.filter(|row| asked.is_none_or(|asked| asked == row.id)).collect();
        if asked.is_some() && live.is_empty() {
            return Err(self.own("not-linked", &[]));
        }
        drop(reader);
        let connectors = Connectors::of(self.law.assets());
        let mut synced = Synced::default();
        let several = live.len() > 1;
        for row in live {
            if request.unattended && self.rests(&row) {
                continue;
            }
            let asker = if request.unattended { Asker::Schedule } else { Asker::Person };
            let done = match self.sync_one(book, &row, &connectors, asker, progress) {
                Ok(done) => done,
                // Of several banks one that cannot be asked keeps nobody from the others.
                Err(failure) if several && failure.code != "cancelled" => {
                    SyncedConnection { stopped: Some(failure), ..SyncedConnection::of(&row) }
                }
                Err(failure) => return Err(failure),
            };
            synced.connections.push(done);
        }
        let seq = self.reader(book)?.seq();
        let tables = if seq > before { vec!["line", "window", "bank_account"] } else { Vec::new() };
        Ok(Seen { seq: Some(seq), tables, value: synced })
    }

    /// Whether a bank answered so lately that the schedule leaves it alone, or wants its person.
    fn rests(&self, row: &ConnectionRow) -> bool {
        let heard = row.heard_at.as_deref().and_then(|text| text.parse::<DateTime<Utc>>().ok());
        let rest = TimeDelta::hours(REST_HOURS);
        row.state == "broken" || heard.is_some_and(|at| (self.host.clock)() - at < rest)
    }

    fn sync_one(
        &self,
        book: &Path,
        row: &ConnectionRow,
        connectors: &Connectors,
        asker: Asker,
        progress: &dyn Progress,
    ) -> Result<SyncedConnection, Failure> {
        let connector = self.connector(connectors, &row.connector)?;
        progress.begin("sync", &row.name);
        let mut synced = SyncedConnection::of(row);
        let mut running = self.running(book, row.id, connector, asker, progress)?;
        let fault = self.run_source(&mut running, &mut synced)?;
        let (state, detail) = match &fault {
            None => ("live", None),
            Some(fault) if fault.meaning.wants_person() => ("broken", Some(fault.meaning.code())),
            Some(fault) => ("live", Some(fault.meaning.code())),
        };
        match &fault {
            Some(fault) if fault.meaning == Meaning::Stopped => {
                synced.stopped = Some(self.own("stopped", &[]));
            }
            Some(fault) => synced.stopped = Some(self.fault_of(connector, fault)),
            None => {}
        }
        let whole = running.whole && synced.stopped.is_none();
        self.with_book(book, |open| {
            let noted = open.note_connection(row.id, (state, detail), whole, running.now);
            noted.map_err(|why| self.failed(&why))
        })?;
        Ok(synced)
    }

    fn running<'a>(
        &self,
        book: &'a Path,
        connection: ConnectionId,
        connector: &'a Connector,
        asker: Asker,
        progress: &'a dyn Progress,
    ) -> Result<Running<'a>, Failure> {
        let reader = self.reader(book)?;
        let now = (self.host.clock)();
        let today = self.today(&reader)?;
        let facts = reader.facts(today).map_err(|why| self.failed(&why))?;
        let zone = facts.settings.get("time_zone").cloned().unwrap_or_default();
        let name = secret_name(connection);
        let of = SecretName { book, uuid: &facts.uuid, name: &name };
        let text = self.host.secrets.find(&of).map_err(|why| self.failed(&why))?;
        let text = text.ok_or_else(|| self.own("no-source-secret", &[]))?;
        let secrets = secrets_of(&text);
        let (run, kept, step) = self.taken_up(book, &reader, connection, today)?;
        Ok(Running {
            book,
            connector,
            connection,
            secrets,
            asker,
            progress,
            now,
            today,
            zone,
            run,
            kept,
            answers: Vec::new(),
            step,
            whole: true,
        })
    }

    /// A run of today that was cut, with the answers it kept and its last step; else a new one.
    /// What an earlier day left is stale, for its balances are of that day: it is forgotten.
    fn taken_up(
        &self,
        book: &Path,
        reader: &Reader,
        connection: ConnectionId,
        today: Day,
    ) -> Result<(String, BTreeMap<String, String>, i64), Failure> {
        let open = reader.open_run(connection).map_err(|why| self.failed(&why))?;
        let prefix = format!("{today} ");
        let (run, steps) = match open {
            Some((run, steps)) if run.starts_with(&prefix) => (run, steps),
            stale => {
                if let Some((run, steps)) = stale {
                    let hashes: Vec<String> =
                        steps.into_iter().filter_map(|step| step.blob).collect();
                    self.forget(book, connection, &run, &hashes)?;
                }
                let instant = (self.host.clock)().format("%H:%M:%S%.6f");
                return Ok((format!("{prefix}{instant}"), BTreeMap::new(), 0));
            }
        };
        let last = steps.last().map_or(0, |step| step.step);
        let mut kept = BTreeMap::new();
        for step in steps {
            match step.blob {
                Some(blob) => drop(kept.insert(step.request, blob)),
                // The plan is kept as a step without an answer.
                None if step.request.starts_with('[') => {
                    kept.insert(PLAN.to_owned(), step.request);
                }
                None => {}
            }
        }
        Ok((run, kept, last))
    }

    /// A run is over: its steps are forgotten, and the answers on which nothing rests.
    fn forget(
        &self,
        book: &Path,
        connection: ConnectionId,
        run: &str,
        hashes: &[String],
    ) -> Result<(), Failure> {
        self.with_book(book, |open| {
            open.forget_run(connection, run)
                .and_then(|()| open.forget_answers(hashes))
                .map_err(|why| self.failed(&why))
        })
    }
}

impl SyncedConnection {
    /// Nothing brought yet.
    fn of(row: &ConnectionRow) -> SyncedConnection {
        SyncedConnection {
            connection: row.id.0,
            name: row.name.clone(),
            accounts: Vec::new(),
            found: Vec::new(),
            remarks: Vec::new(),
            stopped: None,
        }
    }
}

/// Secrets as the keychain keeps them: one text, JSON.
fn secrets_of(text: &Secret) -> Kept {
    let plain: BTreeMap<String, String> = serde_json::from_str(text.expose()).unwrap_or_default();
    plain.into_iter().map(|(id, text)| (id, Secret::new(text))).collect()
}
