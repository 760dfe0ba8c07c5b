//! The steps of a run: each is noted before it leaves and kept before it is read.

use super::{Asked, Ended, PLAN, Running, SyncedConnection};
use crate::app::App;
use crate::failure::Failure;
use book::read::FeedStep;
use book::{BankAccountId, ConnectionId};
use source::{
    AccountWindow, Again, Allowance, Body, Budget, Done, Fault, Meaning, Planned, Run, again, fetch,
};
use statement::feed::FeedAccount;
use std::time::Duration;
use values::Day;

impl App {
    /// Lists the accounts, reads those that the book knows, and takes in what was read whole.
    pub(super) fn run_source(
        &self,
        running: &mut Running<'_>,
        synced: &mut SyncedConnection,
    ) -> Result<Ended, Failure> {
        let mut listing = self.begun(running, &[], true)?;
        if let Some(fault) = self.drive(running, &mut listing, "list", synced)? {
            // An answer that is no list serves no later try of the day.
            if fault.meaning != Meaning::Stopped {
                self.end(running)?;
            }
            return Ok(Some(fault));
        }
        let Some(listed) = listing.outcome().listing else {
            return Ok(None);
        };
        let read = statement::feed::accounts(&running.connector.mapping, &listed.bytes);
        let (accounts, remarks) = read.map_err(|why| self.failed(&why))?;
        synced.remarks.extend(self.remarks(&remarks).into_iter().map(|one| one.text));
        let asked = self.planned(running, accounts, synced)?;
        if asked.is_empty() {
            self.end(running)?;
            return Ok(None);
        }
        let windows: Vec<AccountWindow> = asked
            .iter()
            .map(|one| AccountWindow {
                reference: one.reference.clone(),
                zone: running.zone.clone(),
                first_day: one.first_day,
                last_day: one.last_day,
            })
            .collect();
        let mut run = self.begun(running, &windows, false)?;
        let fault = self.drive(running, &mut run, "read", synced)?;
        let stopped = fault.as_ref().is_some_and(|fault| fault.meaning == Meaning::Stopped);
        let outcome = run.outcome();
        let mut whole = true;
        for (account, asked) in outcome.accounts.into_iter().zip(&asked) {
            whole &= matches!(account.done, Done::Complete { .. });
            running.whole &= answered(&account.done);
            self.take_in(running, asked, account.done, synced)?;
        }
        // What was cut by the person, or by the day's calls, is taken up where it was left.
        if whole || !(stopped || synced.stopped.is_some()) {
            self.end(running)?;
        }
        Ok(fault)
    }

    fn begun<'c>(
        &self,
        running: &Running<'c>,
        windows: &[AccountWindow],
        listing: bool,
    ) -> Result<Run<'c>, Failure> {
        let run = Run::new(running.connector, windows, listing);
        run.map_err(|why| self.own("bug", &[("call", "sync")]).with_detail(&why))
    }

    /// Asks step after step; gives what ended the run early.
    fn drive(
        &self,
        running: &mut Running<'_>,
        run: &mut Run<'_>,
        part: &str,
        synced: &mut SyncedConnection,
    ) -> Result<Ended, Failure> {
        let mut ended = None;
        while let Some(planned) = run.next() {
            let request = format!("{part} {}", planned.key);
            if let Some(hash) = running.kept.get(&request).cloned() {
                let reader = self.reader(running.book)?;
                if let Ok(bytes) = reader.blob(&hash) {
                    running.answers.push((planned.key.clone(), hash, bytes.len() as i64));
                    let taken = run.take(&planned, &bytes);
                    ended = taken.err().filter(|fault| ends(&planned, fault)).or(ended);
                    continue;
                }
            }
            match self.answer(running, &planned, &request, synced)? {
                Some(Ok(body)) => {
                    let hash = self.keep_answer(running, &planned, &body)?;
                    running.answers.push((planned.key.clone(), hash, body.bytes.len() as i64));
                    let taken = run.take(&planned, &body.bytes);
                    ended = taken.err().filter(|fault| ends(&planned, fault)).or(ended);
                }
                Some(Err(fault)) => {
                    run.fail(&planned, &fault);
                    ended = Some(fault).filter(|fault| ends(&planned, fault)).or(ended);
                }
                // No call is left today: the rest waits.
                None => return Ok(ended),
            }
        }
        Ok(ended)
    }

    /// Asks until there is an answer or no more reason to ask; `None` when no call is left.
    fn answer(
        &self,
        running: &mut Running<'_>,
        planned: &Planned,
        request: &str,
        synced: &mut SyncedConnection,
    ) -> Result<Option<Result<Body, Fault>>, Failure> {
        let mut tries = 0;
        running.step += 1;
        loop {
            if !self.may_call(running)? {
                synced.stopped = Some(self.own("calls-spent", &[]));
                return Ok(None);
            }
            tries += 1;
            let now = (self.host.clock)();
            self.with_book(running.book, |open| {
                let step = FeedStep { step: running.step, request: request.to_owned(), blob: None };
                let attended = running.asker == source::Asker::Person;
                let spent = (planned.resource.word(), running.today, attended);
                open.note_step_sent(running.connection, &running.run, &step, spent, now)
                    .map_err(|why| self.failed(&why))
            })?;
            let stop = || !running.progress.step(0, None);
            let secrets = &running.secrets;
            let wire = &*self.host.wire;
            let asked = fetch(running.connector, planned, secrets, wire, now, &stop);
            let fault = match asked {
                Ok(body) => return Ok(Some(Ok(body))),
                Err(fault) => fault,
            };
            match again(&fault, tries) {
                Again::After(seconds) if !stop() => {
                    (self.host.sleep)(Duration::from_secs(seconds));
                }
                _ => return Ok(Some(Err(fault))),
            }
        }
    }

    fn may_call(&self, running: &Running<'_>) -> Result<bool, Failure> {
        if !running.connector.limits.are_counted() {
            return Ok(true);
        }
        let reader = self.reader(running.book)?;
        let spent = reader.calls_spent(running.connection, running.today);
        let (unattended, attended) = spent.map_err(|why| self.failed(&why))?;
        let budget = Budget { unattended, attended };
        let allowed = budget.allows(&running.connector.limits, running.asker);
        Ok(matches!(allowed, Allowance::Now { .. }))
    }

    /// The answer and the step that got it, committed together before anything is read of it.
    fn keep_answer(
        &self,
        running: &Running<'_>,
        planned: &Planned,
        body: &Body,
    ) -> Result<String, Failure> {
        let now = (self.host.clock)();
        let origin = format!("connection {} {}", running.connection, planned.resource.word());
        self.with_book(running.book, |open| {
            let (run, step) = (running.run.as_str(), running.step);
            open.note_step_stored(running.connection, run, step, &body.bytes, (&origin, now))
                .map_err(|why| self.failed(&why))
        })
    }

    /// Which accounts are read, from which day on. A run that is taken up reads what it planned.
    fn planned(
        &self,
        running: &mut Running<'_>,
        accounts: Vec<FeedAccount>,
        synced: &mut SyncedConnection,
    ) -> Result<Vec<Asked>, Failure> {
        let explain = |why: book::Error| self.failed(&why);
        let reader = self.reader(running.book)?;
        let facts = reader.facts(running.today).map_err(explain)?;
        let mut asked = Vec::new();
        for account in accounts {
            let found = reader.bank_account_named(&account.names).map_err(explain)?;
            match found {
                Some(bank_account) => {
                    let first_day =
                        self.first_day(running, &reader, bank_account, facts.first_day)?;
                    asked.push(Asked {
                        bank_account,
                        reference: account.reference,
                        first_day,
                        last_day: running.today,
                    });
                }
                None => synced.found.push(super::FoundAccount {
                    label: account.label.unwrap_or_else(|| account.reference.clone()),
                    names: account.names,
                    bank: account.bank,
                    currency: account.currency.ok().map(|one| one.code().to_owned()),
                    booked_minor: account.booked_minor,
                }),
            }
        }
        if let Some(plan) = running.kept.get(PLAN)
            && let Ok(kept) = serde_json::from_str::<Vec<Asked>>(plan)
        {
            return Ok(kept);
        }
        drop(reader);
        let text = serde_json::to_string(&asked).unwrap_or_default();
        running.step += 1;
        self.with_book(running.book, |open| {
            let (connection, step) = (running.connection, running.step);
            let noted = open.note_plan(connection, &running.run, (step, &text), running.now);
            noted.map_err(|why| self.failed(&why))
        })?;
        Ok(asked)
    }

    /// All that the source can show when this connection reads an account for the first time; else
    /// from some days before the last one it heard.
    fn first_day(
        &self,
        running: &Running<'_>,
        reader: &book::read::Reader,
        bank_account: BankAccountId,
        wanted: Day,
    ) -> Result<Day, Failure> {
        let explain = |why: book::Error| self.failed(&why);
        let name = source_name(running.connection);
        let sources = reader.sources_of(bank_account).map_err(explain)?;
        let shown = sources.into_iter().find(|(source, _)| *source == name).map(|(_, day)| day);
        let heard = reader.heard().map_err(explain)?;
        let heard = heard
            .into_iter()
            .find(|one| one.bank_account == bank_account && one.connection == running.connection);
        let longest = running.connector.longest_history(running.today, wanted);
        Ok(match shown.max(heard.map(|one| one.last_day)) {
            Some(last) => {
                let overlap = i64::from(running.connector.limits.overlap_days);
                last.min(running.today).plus_days(-overlap).max(longest)
            }
            None => longest,
        })
    }

    fn end(&self, running: &Running<'_>) -> Result<(), Failure> {
        let hashes: Vec<String> = running.answers.iter().map(|(_, hash, _)| hash.clone()).collect();
        self.forget(running.book, running.connection, &running.run, &hashes)
    }
}

/// Whether a fault is the whole connection's: without the list of accounts nothing is read, and a
/// person who is wanted is told so at once.
fn ends(planned: &Planned, fault: &Fault) -> bool {
    planned.account.is_none() || fault.meaning.ends_run() || fault.meaning.wants_person()
}

/// Whether an account was read to its end, or is there no longer.
fn answered(done: &Done) -> bool {
    match done {
        Done::Complete { .. } => true,
        Done::Unfinished { why } => why.as_ref().is_some_and(|why| {
            matches!(why.meaning, Meaning::AccountGone | Meaning::AccountClosed)
        }),
    }
}

/// How statements name a connection.
pub(super) fn source_name(connection: ConnectionId) -> String {
    format!("connection {connection}")
}
