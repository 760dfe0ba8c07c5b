//! What an answer says is wrong: words within it first, then its status.

use crate::connector::{Connector, ErrorRule};
use crate::meaning::Meaning;
use crate::words::shown;
use statement::feed::{Json, split_reference};

/// An error within an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    pub meaning: Meaning,
    pub words: Option<String>,
}

/// What an answer that came with a good status says is wrong.
///
/// `account`: the one asked; errors of others do not count. `None`: a list of accounts, where the
/// errors of single ones do not count.
pub(crate) fn within(
    connector: &Connector,
    root: &Json<'_>,
    account: Option<&str>,
) -> Option<Told> {
    let rules = connector.errors.iter().filter(|rule| rule.status.is_none());
    rules.filter_map(|rule| by_rule(connector, rule, root, account)).next()
}

/// What an answer with a bad status means.
pub(crate) fn of_status(connector: &Connector, status: u16, body: &[u8]) -> Told {
    let root = Json::parse(body).ok();
    let ours = |rule: &&ErrorRule| rule.status.is_none_or(|known| known == status);
    let told = root.as_ref().and_then(|root| {
        let with_words = |rule: &&ErrorRule| rule.at.is_some() || rule.list.is_some();
        let rules = connector.errors.iter().filter(ours).filter(with_words);
        rules.filter_map(|rule| by_rule(connector, rule, root, None)).next()
    });
    if let Some(told) = told {
        return told;
    }
    let by_status = connector.errors.iter().find(|rule| rule.status == Some(status));
    let words = root.as_ref().and_then(|root| shown(root, &by_status?.show));
    Told { meaning: by_status.and_then(|rule| rule.means).unwrap_or(usual(status)), words }
}

/// What a status means where a connector says nothing (RFC 9110).
pub(crate) fn usual(status: u16) -> Meaning {
    match status {
        300..=399 => Meaning::Redirected,
        401 | 403 => Meaning::AccessRefused,
        402 => Meaning::PaymentRequired,
        408 | 425 | 500..=599 => Meaning::RetryLater,
        429 => Meaning::RateLimit,
        _ => Meaning::Bug,
    }
}

fn by_rule(
    connector: &Connector,
    rule: &ErrorRule,
    root: &Json<'_>,
    account: Option<&str>,
) -> Option<Told> {
    if rule.unless.as_ref().is_some_and(|at| root.pointer(at).is_some()) {
        return None;
    }
    let Some(list) = &rule.list else { return by_word(rule, root) };
    let items = root.pointer(list)?.items()?;
    items
        .iter()
        .filter(|item| speaks_of(connector, rule, item, account))
        // A word nobody knows is an error all the same.
        .map(|item| {
            by_word(rule, item).unwrap_or_else(|| Told {
                meaning: Meaning::Incomplete,
                words: shown(item, &rule.show),
            })
        })
        .next()
}

fn by_word(rule: &ErrorRule, item: &Json<'_>) -> Option<Told> {
    let words = shown(item, &rule.show);
    let Some(at) = &rule.at else { return Some(Told { meaning: rule.means?, words }) };
    let word = item.pointer(at)?.scalar()?;
    let exact = rule.words.iter().find(|(known, _)| *known == *word);
    // `act.` stands for whatever begins so and is not named itself.
    let prefix = || {
        rule.words
            .iter()
            .find(|(known, _)| known.ends_with('.') && word.starts_with(known.as_str()))
    };
    let meaning = exact.or_else(prefix).map(|(_, meaning)| *meaning).or(rule.means)?;
    Some(Told { meaning, words })
}

fn speaks_of(
    connector: &Connector,
    rule: &ErrorRule,
    item: &Json<'_>,
    account: Option<&str>,
) -> bool {
    let said = |at: &Option<String>| item.pointer(at.as_ref()?)?.scalar();
    let (connection, one) = (said(&rule.scope.connection), said(&rule.scope.account));
    let Some(account) = account else { return connection.is_none() && one.is_none() };
    let (scope, id) = split_reference(&connector.mapping, account);
    one.is_none_or(|one| one == id)
        && connection.zip(scope).is_none_or(|(theirs, ours)| ours.is_empty() || theirs == ours)
}
