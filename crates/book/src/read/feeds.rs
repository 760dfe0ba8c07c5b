//! Banks linked live: which there are, where each stands, what its last run left.

use super::{Reader, day, day_or_none};
use crate::error::{Code, Error, Result};
use crate::feeds::{Heard, PendingLine};
use crate::ids::{BankAccountId, ConnectionId};
use values::Day;

/// A bank linked live.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectionRow {
    /// Its id.
    pub id: ConnectionId,
    /// Its connector's id.
    pub connector: String,
    /// The name people see.
    pub name: String,
    /// Since when.
    pub linked_day: Day,
    /// Until when; none while it is linked.
    pub ended_day: Option<Day>,
    /// `new`, `live`, `expired`, `revoked`, `refused` or `broken`.
    pub state: String,
    /// Since when it stands there, UTC.
    pub since: String,
    /// Why, as a code.
    pub detail: Option<String>,
    /// When it last answered whole, UTC.
    pub heard_at: Option<String>,
}

/// A step of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedStep {
    /// Its place in the run, from 0.
    pub step: i64,
    /// What tells its request from the run's others.
    pub request: String,
    /// Hash of its answer, once that is kept.
    pub blob: Option<String>,
}

impl Reader {
    /// Every bank that is linked or was, the last first.
    pub fn connections(&self) -> Result<Vec<ConnectionRow>> {
        self.all(
            "SELECT id, connector, name, linked_day, ended_day, coalesce(state, 'new'),
               coalesce(since, linked_day), detail, heard_at FROM connection
             LEFT JOIN connection_state ON connection_state.connection = connection.id
             ORDER BY ended_day IS NOT NULL, id DESC",
            [],
            |row| {
                Ok(ConnectionRow {
                    id: row.get(0)?,
                    connector: row.get(1)?,
                    name: row.get(2)?,
                    linked_day: day(row, 3)?,
                    ended_day: day_or_none(row, 4)?,
                    state: row.get(5)?,
                    since: row.get(6)?,
                    detail: row.get(7)?,
                    heard_at: row.get(8)?,
                })
            },
        )
    }

    /// One of them.
    pub fn connected(&self, id: ConnectionId) -> Result<ConnectionRow> {
        self.connections()?
            .into_iter()
            .find(|one| one.id == id)
            .ok_or_else(|| Error::refused(Code::UnknownConnection, &[("connection", &id)]))
    }

    /// The run that was begun and not ended, with its steps in order.
    pub fn open_run(&self, connection: ConnectionId) -> Result<Option<(String, Vec<FeedStep>)>> {
        let rows = self.all(
            "SELECT run, step, request, blob FROM step_state WHERE connection = ?1
             AND run = (SELECT max(run) FROM step_state WHERE connection = ?1) ORDER BY step",
            [connection],
            |row| {
                let step = FeedStep { step: row.get(1)?, request: row.get(2)?, blob: row.get(3)? };
                Ok((row.get::<_, String>(0)?, step))
            },
        )?;
        let Some((run, _)) = rows.first() else { return Ok(None) };
        let run = run.clone();
        Ok(Some((run, rows.into_iter().map(|(_, step)| step).collect())))
    }

    /// Calls spent on a bank's day: unattended, attended.
    pub fn calls_spent(&self, connection: ConnectionId, on: Day) -> Result<(u32, u32)> {
        let rows = self.all(
            "SELECT attended, sum(calls) FROM call_state WHERE connection = ?1 AND day = ?2
             GROUP BY attended",
            [connection.0.to_string(), on.to_string()],
            |row| Ok((row.get::<_, bool>(0)?, row.get::<_, u32>(1)?)),
        )?;
        let of = |attended: bool| {
            rows.iter().find(|(kept, _)| *kept == attended).map_or(0, |(_, calls)| *calls)
        };
        Ok((of(false), of(true)))
    }

    /// What reads that showed nothing new heard.
    pub fn heard(&self) -> Result<Vec<Heard>> {
        self.all(
            "SELECT bank_account, connection, last_day, balance_minor, at, command FROM heard_state
             ORDER BY bank_account",
            [],
            |row| {
                Ok(Heard {
                    bank_account: row.get(0)?,
                    connection: row.get(1)?,
                    last_day: day(row, 2)?,
                    balance_minor: row.get(3)?,
                    at: row.get(4)?,
                    command: row.get(5)?,
                })
            },
        )
    }

    /// What a bank announces on an account.
    pub fn pending(&self, bank_account: BankAccountId) -> Result<Vec<PendingLine>> {
        self.all(
            "SELECT day, amount_minor, label FROM pending_state WHERE bank_account = ?1
             ORDER BY place",
            [bank_account],
            |row| {
                Ok(PendingLine {
                    day: day_or_none(row, 0)?,
                    amount_minor: row.get(1)?,
                    label: row.get(2)?,
                })
            },
        )
    }

    /// The bank account that a source knows by one of these names.
    pub fn bank_account_named(&self, names: &[(String, String)]) -> Result<Option<BankAccountId>> {
        for (scheme, value) in names {
            let found = self.first(
                "SELECT bank_account FROM bank_account_alias WHERE source = ?1 AND value = ?2",
                [scheme, value],
                |row| row.get(0),
            )?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// Which sources showed an account, by the statements kept: `file ofx`, `connection 3`; the
    /// last first, each with the last day it covered.
    pub fn sources_of(&self, bank_account: BankAccountId) -> Result<Vec<(String, Day)>> {
        self.all(
            "SELECT source, max(last_day) FROM statement
             JOIN \"window\" ON \"window\".id = statement.\"window\"
             WHERE bank_account = ?1 GROUP BY source ORDER BY 2 DESC, source",
            [bank_account],
            |row| Ok((row.get(0)?, day(row, 1)?)),
        )
    }
}
