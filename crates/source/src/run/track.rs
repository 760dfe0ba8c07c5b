//! How far one account has come, and what keeps its pages from going on for ever.

use super::windows::cut;
use super::{AccountWindow, Answer, Done, RunError};
use crate::address::Address;
use crate::connector::{Connector, Paging};
use crate::meaning::{Fault, Meaning};
use chrono_tz::Tz;
use statement::RefusalCode;
use statement::feed::{BalanceFrom, Json, Kind, lines_in};
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use values::Day;

const MOST_PAGES: u32 = 1_000;
const MOST_LINES: usize = 50_000;
/// A list that moved while it was read is read again this often.
const MOST_ATTEMPTS: u32 = 3;

/// What of an account is asked next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Balances,
    /// The window of that place.
    Lines(usize),
    Pending,
    End,
}

pub(super) struct Track {
    pub asked: AccountWindow,
    pub zone: Tz,
    pub stage: Stage,
    /// The page that is asked next, from 1.
    pub page: u32,
    /// How often this window was begun, from 1.
    pub attempt: u32,
    /// What leads to that page: a number, a token or an address; nothing for the first.
    pub next: Option<String>,
    /// Whether `next` is a whole address.
    pub linked: bool,
    pub fault: Option<Fault>,
    windows: Vec<(Day, Day)>,
    has_pending: bool,
    pages: Vec<Arc<Answer>>,
    balances: Option<Arc<Answer>>,
    guard: Guard,
    /// What was known when the window began, to go back to.
    kept: (usize, Guard),
}

/// What the pages of an account have shown so far.
#[derive(Clone, Default)]
struct Guard {
    pages: u32,
    lines: usize,
    seen: HashSet<u64>,
    nexts: HashSet<String>,
    /// Pages in a row that brought nothing new.
    idle: u32,
    count: Option<String>,
}

/// Where an answer says that the list goes on.
pub(super) struct Next {
    value: Option<String>,
    linked: bool,
    count: Option<String>,
}

impl Next {
    pub fn of(paging: &Paging, root: &Json<'_>, hosts: &[String]) -> Result<Next, Meaning> {
        let text = |at: &str| root.pointer(at).and_then(Json::scalar).map(|text| text.into_owned());
        let filled = |at: &str| text(at).filter(|text| !text.is_empty());
        let (value, linked, count) = match paging {
            Paging::None => (None, false, None),
            Paging::Token { next } => (filled(next), false, None),
            Paging::Link { next } => {
                let link = filled(next);
                let sound = link.as_ref().is_none_or(|link| Address::parse(link, hosts).is_some());
                if !sound {
                    return Err(Meaning::HostRefused);
                }
                (link, true, None)
            }
            // Absent is not the same as `null`: an answer without it does not say that it ends.
            Paging::Number { next, count } => match root.pointer(next).map(|value| &value.kind) {
                Some(Kind::Null) => (None, false, count.as_deref().and_then(text)),
                Some(Kind::Number(number)) => {
                    (Some((*number).to_owned()), false, count.as_deref().and_then(text))
                }
                _ => return Err(Meaning::UnknownShape),
            },
        };
        Ok(Next { value, linked, count })
    }
}

impl Track {
    pub fn new(connector: &Connector, asked: &AccountWindow) -> Result<Track, RunError> {
        let zone: Tz = asked.zone.parse().map_err(|_| RunError::Zone(asked.zone.clone()))?;
        let most = connector.limits.window_days;
        let windows = cut(asked.first_day, asked.last_day, most, connector.until_exclusive);
        let own_balances = connector.mapping.balance_from() == Some(BalanceFrom::Call);
        Ok(Track {
            asked: asked.clone(),
            zone,
            stage: if own_balances { Stage::Balances } else { Stage::Lines(0) },
            page: 1,
            attempt: 1,
            next: None,
            linked: false,
            fault: None,
            windows,
            has_pending: connector.pending.is_some(),
            pages: Vec::new(),
            balances: None,
            guard: Guard::default(),
            kept: (0, Guard::default()),
        })
    }

    /// The days of the present stage.
    pub fn window(&self) -> (Day, Day) {
        match self.stage {
            Stage::Lines(place) => self.windows[place],
            _ => (self.asked.first_day, self.asked.last_day),
        }
    }

    pub fn take_balances(&mut self, answer: Arc<Answer>) {
        self.balances = Some(answer);
        self.begin(Stage::Lines(0));
    }

    pub fn take_page(
        &mut self,
        connector: &Connector,
        root: &Json<'_>,
        answer: Arc<Answer>,
        next: Next,
    ) -> Result<(), Meaning> {
        let lines = lines_in(&connector.mapping, root, &self.asked.reference).map_err(|why| {
            match why.code {
                RefusalCode::AccountNotInAnswer => Meaning::AccountGone,
                _ => Meaning::UnknownShape,
            }
        })?;
        if self.page > 1 && self.guard.count != next.count {
            return self.restart();
        }
        self.guard.count.clone_from(&next.count);
        self.guard.pages += 1;
        self.guard.lines += lines.len();
        let mut new = false;
        for place in lines {
            let mut hasher = DefaultHasher::new();
            answer.bytes[place].hash(&mut hasher);
            new |= self.guard.seen.insert(hasher.finish());
        }
        self.guard.idle = if new { 0 } else { self.guard.idle + 1 };
        if self.guard.lines > MOST_LINES {
            return Err(Meaning::TooMany);
        }
        self.pages.push(answer);
        let Some(value) = next.value else {
            self.advance();
            return Ok(());
        };
        if self.guard.pages >= MOST_PAGES {
            return Err(Meaning::TooMany);
        }
        if self.guard.idle >= 2 || !self.guard.nexts.insert(value.clone()) {
            return Err(Meaning::RepeatedPage);
        }
        self.next = Some(value);
        self.linked = next.linked;
        self.page += 1;
        Ok(())
    }

    /// The list has another length than a page ago: lines may have slipped between the pages.
    fn restart(&mut self) -> Result<(), Meaning> {
        if self.attempt >= MOST_ATTEMPTS {
            return Err(Meaning::RestartWindow);
        }
        self.attempt += 1;
        self.pages.truncate(self.kept.0);
        let pages = self.guard.pages + 1;
        self.guard = Guard { pages, ..self.kept.1.clone() };
        (self.page, self.next, self.linked) = (1, None, false);
        Ok(())
    }

    fn advance(&mut self) {
        let after = match self.stage {
            Stage::Balances => Stage::Lines(0),
            Stage::Lines(place) if place + 1 < self.windows.len() => Stage::Lines(place + 1),
            Stage::Lines(_) if self.has_pending => Stage::Pending,
            Stage::Lines(_) | Stage::Pending | Stage::End => Stage::End,
        };
        self.begin(after);
    }

    fn begin(&mut self, stage: Stage) {
        self.stage = stage;
        (self.page, self.attempt, self.next, self.linked) = (1, 1, None, false);
        // Another window's pages have names and lengths of their own.
        self.guard.nexts.clear();
        self.guard.idle = 0;
        self.guard.count = None;
        self.kept = (self.pages.len(), self.guard.clone());
    }

    pub fn done(self, listing: Option<Arc<Answer>>, ended: Option<&Fault>) -> Done {
        if let Some(fault) = self.fault {
            return Done::Unfinished { why: Some(fault) };
        }
        if self.stage != Stage::End {
            return Done::Unfinished { why: ended.cloned() };
        }
        Done::Complete {
            pages: self.pages,
            balances: self.balances.or(listing),
            first_day: self.asked.first_day,
            last_day: self.asked.last_day,
        }
    }
}
