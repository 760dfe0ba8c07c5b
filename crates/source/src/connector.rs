//! The half of a connector file that tells how to ask: access, consent, calls, pages, limits.

mod list;
mod read;

use crate::meaning::Meaning;
use crate::template::Template;
pub use list::{BrokenConnector, BrokenWhy, Connectors};
use statement::feed::{Lack, Mapping};
use std::collections::BTreeMap;
use values::Day;

/// A source of bank data as one file describes it; the other half of the file is its
/// [`Mapping`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connector {
    /// The file's name without `.toml`: `simplefin`.
    pub id: String,
    /// Its name by language: `fr`, `en`.
    pub names: BTreeMap<String, String>,
    /// Countries whose banks it reads, ISO 3166.
    pub regions: Vec<String>,
    /// The provider's documentation; prices and terms stand there, never here.
    pub docs: String,
    /// Where a person mends the link to a bank, if the provider has such a page.
    pub manage: Option<String>,
    /// The only hosts that are ever asked; shown before a user's own connector is first used.
    pub hosts: Vec<String>,
    /// How often and how much may be asked.
    pub limits: Limits,
    /// How answers become lines.
    pub mapping: Mapping,
    pub(crate) asks: Vec<Ask>,
    pub(crate) keeps: Vec<String>,
    pub(crate) consent: Vec<ConsentCall>,
    pub(crate) consent_check: Option<Call>,
    pub(crate) auth: Auth,
    pub(crate) accounts: Call,
    pub(crate) balances: Option<Call>,
    pub(crate) lines: PagedCall,
    pub(crate) pending: Option<PagedCall>,
    pub(crate) until_exclusive: bool,
    pub(crate) errors: Vec<ErrorRule>,
}

/// Something that a person types or pastes to link an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Its name in the file.
    pub id: String,
    /// What it is called, by language.
    pub names: BTreeMap<String, String>,
    /// Where it is found, by language; may be empty.
    pub hints: BTreeMap<String, String>,
    /// Whether the field hides what is typed.
    pub secret: bool,
    /// Whether it is spent by linking and kept nowhere.
    pub once: bool,
}

/// How often and how much may be asked of a source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Limits {
    /// Calls a day, whoever asks.
    pub requests_per_day: Option<u32>,
    /// Calls a day without a person present, for each account and kind of data.
    pub unattended_per_day: Option<u32>,
    /// Days that one call may span.
    pub window_days: Option<u32>,
    /// Days back that the source can show at most, today among them; more where not stated.
    pub history_days: Option<u32>,
    /// Hours after which the source itself asks the bank again.
    pub refresh_hours: Option<u32>,
    /// Days that a later reading begins before the last proved day.
    pub overlap_days: u32,
    /// Bytes of one answer.
    pub body_bytes: u64,
    /// Seconds for one answer.
    pub timeout_s: u64,
}

impl Limits {
    /// Whether anybody counts the calls of a day.
    pub fn are_counted(&self) -> bool {
        self.requests_per_day.is_some() || self.unattended_per_day.is_some()
    }
}

/// Bytes of an answer where the file says nothing.
pub(crate) const BODY_BYTES: u64 = 32 * 1024 * 1024;
/// Seconds for an answer where the file says nothing.
pub(crate) const TIMEOUT_S: u64 = 120;

/// A reading call: GET, always.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Call {
    pub path: Template,
    pub query: Vec<(String, Template)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PagedCall {
    pub call: Call,
    pub page: Paging,
}

/// How the next page is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Paging {
    /// There is one page.
    None,
    /// The answer tells the next page's number, and how many lines there are in all.
    Number { next: String, count: Option<String> },
    /// The answer gives a token for the next page.
    Token { next: String },
    /// The answer gives the next page's whole address.
    Link { next: String },
}

/// One call of the consent, made once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConsentCall {
    pub url: Template,
    /// The secret that the whole body is.
    pub take: String,
    pub errors: Vec<(u16, Meaning)>,
}

/// How a request shows its right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Auth {
    /// User and password stand in a kept address; sent as Basic (RFC 7617).
    UrlBasic { url: Template },
    /// A header of the connector's own making.
    Header { url: String, header: String, value: Template },
}

/// What makes an answer a fault.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ErrorRule {
    pub status: Option<u16>,
    /// A list of errors within the answer.
    pub list: Option<String>,
    /// The rule says nothing where this stands in the answer.
    pub unless: Option<String>,
    /// The provider's word, in the answer or in each item of the list.
    pub at: Option<String>,
    pub words: Vec<(String, Meaning)>,
    pub means: Option<Meaning>,
    /// Where the words for a person stand.
    pub show: Vec<String>,
    pub scope: Scope,
}

/// Where an error says of what it speaks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Scope {
    pub connection: Option<String>,
    pub account: Option<String>,
}

impl Connector {
    /// What a person gives to link an account, in the order of asking.
    pub fn asks(&self) -> &[Ask] {
        &self.asks
    }

    /// What the keychain keeps, by name.
    pub fn keeps(&self) -> &[String] {
        &self.keeps
    }

    /// The mapping's number; it rises with any change of it.
    pub fn recipe(&self) -> u64 {
        self.mapping.recipe()
    }

    /// What this source does not give, to be told before an account is linked.
    pub fn lacks(&self) -> Vec<Lack> {
        self.mapping.lacks()
    }

    /// The first day worth asking when an account is linked: what is not asked then may never be
    /// served again. `wanted` holds where the source states no end of its history.
    pub fn longest_history(&self, today: Day, wanted: Day) -> Day {
        match self.limits.history_days {
            Some(days) => wanted.max(today.plus_days(1 - i64::from(days.max(1)))),
            None => wanted,
        }
    }

    /// Its name in a language, else in English.
    pub fn name(&self, language: &str) -> &str {
        let found = self.names.get(language).or_else(|| self.names.get("en"));
        found.map_or(&*self.id, String::as_str)
    }
}
