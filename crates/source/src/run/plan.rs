//! From where a run stands to the request that is next.

use super::track::{Stage, Track};
use super::{Planned, Resource};
use crate::connector::{Auth, Call, Connector};
use crate::template::{End, end_of, start_of};
use statement::feed::split_reference;

/// What is asked, secrets left out: they are put in when it is sent.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Asked {
    /// A path below the connector's address, with its query.
    Path { path: String, query: Vec<(String, String)> },
    /// A whole address that the page before gave; its host was looked at then.
    Link(String),
}

/// The list of accounts.
pub(super) fn listing(connector: &Connector, step: u32) -> Option<Planned> {
    let ask = filled(&connector.accounts, &|_| None, &|_| None)?;
    let path = connector.accounts.path.written.clone();
    Some(Planned {
        step,
        resource: Resource::Accounts,
        account: None,
        page: 1,
        method: "GET",
        host: host(connector),
        path,
        key: "accounts".to_owned(),
        ask,
    })
}

/// An account's next request; `None` where it has none left.
pub(super) fn of_track(connector: &Connector, track: &Track, step: u32) -> Option<Planned> {
    if track.fault.is_some() {
        return None;
    }
    let (resource, call) = match track.stage {
        Stage::Balances => (Resource::Balances, connector.balances.as_ref()?),
        Stage::Lines(_) => (Resource::Transactions, &connector.lines.call),
        Stage::Pending => (Resource::Pending, &connector.pending.as_ref()?.call),
        Stage::End => return None,
    };
    let reference = &track.asked.reference;
    let (first, last) = track.window();
    let until = last.plus_days(1);
    let ends = |name: &str| match name {
        "from" => Some(End { day: first, instant: start_of(first, track.zone)? }),
        "until" if connector.until_exclusive => {
            Some(End { day: until, instant: start_of(until, track.zone)? })
        }
        "until" => Some(End { day: last, instant: end_of(last, track.zone)? }),
        _ => None,
    };
    let (scope, id) = split_reference(&connector.mapping, reference);
    let texts = |name: &str| match name {
        "account.ref" => Some(reference.clone()),
        "account.id" => Some(id.to_owned()),
        "account.scope" => scope.clone(),
        "page.next" => track.next.clone(),
        _ => None,
    };
    let ask = match (&track.next, track.linked) {
        (Some(link), true) => Asked::Link(link.clone()),
        _ => filled(call, &texts, &ends)?,
    };
    let attempt = track.attempt;
    let word = resource.word();
    Some(Planned {
        step,
        resource,
        account: Some(reference.clone()),
        page: track.page,
        method: "GET",
        host: host(connector),
        path: call.path.written.clone(),
        key: format!("{word} {reference} {first} {last} {attempt} {}", track.page),
        ask,
    })
}

/// The call with its values; a part of the query whose value is absent is left out, so that a
/// first page has no page.
fn filled(
    call: &Call,
    texts: &dyn Fn(&str) -> Option<String>,
    ends: &dyn Fn(&str) -> Option<End>,
) -> Option<Asked> {
    let escaped = |name: &str| crate::address::segment(&texts(name)?);
    let path = call.path.fill_with(&escaped, ends)?;
    let query = call
        .query
        .iter()
        .filter_map(|(name, value)| Some((name.clone(), value.fill_with(texts, ends)?)));
    Some(Asked::Path { path, query: query.collect() })
}

/// The host to show before a secret is at hand.
fn host(connector: &Connector) -> Option<String> {
    match (&connector.auth, &connector.hosts[..]) {
        (Auth::Header { url, .. }, hosts) => {
            let address = crate::address::Address::parse(url, hosts)?;
            Some(address.host().to_owned())
        }
        (Auth::UrlBasic { .. }, [only]) => Some(only.clone()),
        (Auth::UrlBasic { .. }, _) => None,
    }
}
