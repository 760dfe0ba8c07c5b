//! One reading of a connection as explicit steps, each one request. Nothing is stored here.
//!
//! The caller asks [`Run::next`], fetches, *keeps the answer*, then gives it to [`Run::take`]. A
//! run that was cut off is made anew with the same arguments and given the kept answers in their
//! order: it stands where it stood. Only [`Done::Complete`] may change the book.
//!
//! An answer that `take` calls a fault stays kept, as everything that came does, but belongs to
//! this run alone: a later run of the same day asks that step again.

mod plan;
mod track;
mod windows;

use crate::connector::{Connector, Paging};
use crate::errors::within;
use crate::meaning::{Fault, Meaning};
pub(crate) use plan::Asked;
use statement::feed::{BalanceFrom, Json, JsonFault, accounts};
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;
use track::{Next, Track};
use values::Day;

/// The longest window of one account, in days: a hundred years.
const LONGEST_DAYS: i64 = 36_600;

/// An account and the days wanted of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountWindow {
    /// As [`statement::feed::FeedAccount::reference`] named it.
    pub reference: String,
    /// IANA name of the zone in which the account has its days.
    pub zone: String,
    /// First day wanted.
    pub first_day: Day,
    /// Last day wanted: today, as a rule; computed once for a run.
    pub last_day: Day,
}

/// What a step asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Resource {
    /// The list of accounts, with their balances where they stand there.
    Accounts,
    /// One account's balance.
    Balances,
    /// A page of one account's lines.
    Transactions,
    /// A page of what is announced for one account.
    Pending,
}

impl Resource {
    /// The word for the ledger of calls: `accounts`, `balances`, `transactions`, `pending`.
    pub fn word(self) -> &'static str {
        match self {
            Resource::Accounts => "accounts",
            Resource::Balances => "balances",
            Resource::Transactions => "transactions",
            Resource::Pending => "pending",
        }
    }
}

/// A step: one request that is to be made. Safe to show; the query is kept from sight.
#[derive(Clone, PartialEq, Eq)]
pub struct Planned {
    /// Its number within the run, from 1.
    pub step: u32,
    /// What it asks for.
    pub resource: Resource,
    /// The account's reference; `None` for the list of accounts.
    pub account: Option<String>,
    /// The page, from 1, within its window.
    pub page: u32,
    /// `GET`.
    pub method: &'static str,
    /// The host, where the connector has only one.
    pub host: Option<String>,
    /// The path as the connector writes it, without query and values.
    pub path: String,
    /// Names this request within the run, whenever the run is made: for the caller's table. It
    /// holds the account's reference, so it is for no log.
    pub key: String,
    pub(crate) ask: Asked,
}

impl fmt::Debug for Planned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Planned { step, resource, page, method, path, .. } = self;
        write!(f, "step {step}: {method} {path} ({} page {page})", resource.word())
    }
}

/// An answer with the key of the step that brought it.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    /// [`Planned::key`].
    pub key: String,
    /// The bytes as they came.
    pub bytes: Vec<u8>,
}

/// What a run brought.
#[derive(Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The list of accounts, if it was asked: for new accounts and closed ones.
    pub listing: Option<Arc<Answer>>,
    /// What was asked, in its order.
    pub accounts: Vec<AccountOutcome>,
}

/// What a run brought of one account.
#[derive(Clone, PartialEq, Eq)]
pub struct AccountOutcome {
    /// Its reference.
    pub reference: String,
    /// What it brought.
    pub done: Done,
}

/// Whether an account was read to its natural end.
#[derive(Clone, PartialEq, Eq)]
pub enum Done {
    /// Everything asked was answered: what [`statement::feed::read`] takes.
    Complete {
        /// Pages of lines, oldest window first, then what is announced.
        pages: Vec<Arc<Answer>>,
        /// The answer with the balance, where it is not one of the pages.
        balances: Option<Arc<Answer>>,
        /// First day asked.
        first_day: Day,
        /// Last day asked.
        last_day: Day,
    },
    /// It changes nothing; the kept answers serve the next try of the same day.
    Unfinished {
        /// Why; `None` where the run was simply not driven to its end.
        why: Option<Fault>,
    },
}

/// A reading under way.
pub struct Run<'c> {
    connector: &'c Connector,
    steps: u32,
    wants_listing: bool,
    listing: Option<Arc<Answer>>,
    tracks: Vec<Track>,
    /// What ended the whole run.
    ended: Option<Fault>,
}

/// Why a run cannot begin.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RunError {
    /// No such zone.
    #[error("the time zone {0} does not exist")]
    Zone(String),
    /// The first day is after the last one, or a hundred years before it.
    #[error("{0} to {1} is no window")]
    Window(Day, Day),
    /// The same account twice.
    #[error("an account is asked twice")]
    Twice,
}

impl<'c> Run<'c> {
    /// Plans the reading of some accounts; `listing` asks for the list of accounts as well, which
    /// is asked anyway where balances stand in it. No account and a listing: what linking needs.
    pub fn new(
        connector: &'c Connector,
        asked: &[AccountWindow],
        listing: bool,
    ) -> Result<Run<'c>, RunError> {
        let mut references = BTreeSet::new();
        let mut tracks = Vec::with_capacity(asked.len());
        for one in asked {
            let days = one.last_day.days_since(one.first_day);
            if !(0..LONGEST_DAYS).contains(&days) {
                return Err(RunError::Window(one.first_day, one.last_day));
            }
            if !references.insert(&one.reference) {
                return Err(RunError::Twice);
            }
            tracks.push(Track::new(connector, one)?);
        }
        let with_balances = connector.mapping.balance_from() == Some(BalanceFrom::Accounts);
        let wants_listing = listing || (with_balances && !asked.is_empty());
        Ok(Run { connector, steps: 1, wants_listing, listing: None, tracks, ended: None })
    }

    /// The next step, the same one until it is taken or failed; `None` at the end.
    pub fn next(&self) -> Option<Planned> {
        if self.ended.is_some() {
            return None;
        }
        if self.wants_listing && self.listing.is_none() {
            return plan::listing(self.connector, self.steps);
        }
        self.tracks.iter().find_map(|track| plan::of_track(self.connector, track, self.steps))
    }

    /// Takes the answer of the next step, kept by the caller before.
    ///
    /// A fault here is one that the answer itself holds; the run has noted it and goes on with
    /// what is left. The same bytes give the same fault whenever they are taken.
    pub fn take(&mut self, planned: &Planned, bytes: &[u8]) -> Result<(), Fault> {
        if self.next().is_none_or(|next| next.key != planned.key) {
            // A step of another run: nothing is known of it and nothing is changed by it.
            return Err(planned.fault(Meaning::Bug));
        }
        self.steps += 1;
        let taken = self.take_sound(planned, bytes);
        if let Err(fault) = &taken {
            self.note(planned, fault);
        }
        taken
    }

    /// Gives up the next step after its tries: its account stays unfinished, or the whole run
    /// where the fault speaks of the connection.
    pub fn fail(&mut self, planned: &Planned, fault: &Fault) {
        if self.next().is_some_and(|next| next.key == planned.key) {
            self.steps += 1;
            self.note(planned, fault);
        }
    }

    /// What the run brought, as far as it went.
    pub fn outcome(self) -> Outcome {
        let ended = self.ended;
        let listing = self.listing;
        let shared = self.connector.mapping.balance_from() == Some(BalanceFrom::Accounts);
        let accounts = self.tracks.into_iter().map(|track| {
            let reference = track.asked.reference.clone();
            let from_listing = if shared { listing.clone() } else { None };
            AccountOutcome { reference, done: track.done(from_listing, ended.as_ref()) }
        });
        Outcome { accounts: accounts.collect(), listing: listing.clone() }
    }

    fn note(&mut self, planned: &Planned, fault: &Fault) {
        let own = self.tracks.iter_mut().find(|track| {
            planned.account.as_ref().is_some_and(|account| track.asked.reference == *account)
        });
        match own {
            Some(track) if !fault.meaning.ends_run() => track.fault = Some(fault.clone()),
            // Without the list of accounts nothing can be read where it holds the balances.
            _ => self.ended = Some(fault.clone()),
        }
    }

    fn take_sound(&mut self, planned: &Planned, bytes: &[u8]) -> Result<(), Fault> {
        let fault = |meaning| planned.fault(meaning);
        let root = Json::parse(bytes).map_err(|why| {
            fault(match why {
                JsonFault::Broken(_) => Meaning::NotJson,
                JsonFault::CutOff => Meaning::Truncated,
                JsonFault::TooDeep | JsonFault::TooMany => Meaning::TooDeep,
            })
        })?;
        if let Some(told) = within(self.connector, &root, planned.account.as_deref()) {
            return Err(Fault { words: told.words, ..fault(told.meaning) });
        }
        let answer = Arc::new(Answer { key: planned.key.clone(), bytes: bytes.to_vec() });
        let Some(reference) = &planned.account else {
            return self.take_listing(planned, answer);
        };
        let connector = self.connector;
        let track = self.tracks.iter_mut().find(|track| track.asked.reference == *reference);
        let Some(track) = track else { return Err(fault(Meaning::Bug)) };
        let paging = match planned.resource {
            Resource::Balances | Resource::Accounts => {
                track.take_balances(answer);
                return Ok(());
            }
            Resource::Transactions => &connector.lines.page,
            Resource::Pending => match &connector.pending {
                Some(pending) => &pending.page,
                None => &Paging::None,
            },
        };
        let next = Next::of(paging, &root, &connector.hosts).map_err(fault)?;
        track.take_page(connector, &root, answer, next).map_err(fault)
    }

    fn take_listing(&mut self, planned: &Planned, answer: Arc<Answer>) -> Result<(), Fault> {
        let (found, _) = accounts(&self.connector.mapping, &answer.bytes)
            .map_err(|_| planned.fault(Meaning::UnknownShape))?;
        for track in &mut self.tracks {
            if !found.iter().any(|account| account.reference == track.asked.reference) {
                track.fault = Some(planned.fault(Meaning::AccountGone));
            }
        }
        self.listing = Some(answer);
        Ok(())
    }
}

impl Planned {
    /// A fault of this step, with nothing in it that should not be shown.
    pub(crate) fn fault(&self, meaning: Meaning) -> Fault {
        Fault::new(meaning, self.host.as_deref().unwrap_or_default(), &self.path)
    }
}

#[cfg(test)]
mod tests;
