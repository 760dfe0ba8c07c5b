//! From an answer to its records: lists, lists within lists, and which account they are of.

use super::json::{Json, JsonFault};
use super::mapping::{Accounts, Mapping};
use super::rules::Chain;
use crate::{Refusal, RefusalCode};
use std::ops::Range;

/// Reads an answer as JSON, with the refusal a person is told otherwise.
pub fn json_of(bytes: &[u8]) -> Result<Json<'_>, Refusal> {
    Json::parse(bytes).map_err(|why| match why {
        JsonFault::Broken(at) => {
            Refusal::new(RefusalCode::AnswerNotJson).with("at", at.to_string())
        }
        JsonFault::CutOff => Refusal::new(RefusalCode::CutOff),
        JsonFault::TooDeep | JsonFault::TooMany => Refusal::new(RefusalCode::AnswerTooDeep),
    })
}

/// The reference of an account whose ids hold within a connection only: both, so that it names
/// one account. The connection comes first, its own slashes and per cent signs escaped.
pub(super) fn reference_of(accounts: &Accounts, chain: &Chain<'_, '_>) -> Option<String> {
    let id = accounts.reference.scalar(chain)?;
    let Some(scope) = &accounts.scope else { return Some(id.into_owned()) };
    let scope = scope.scalar(chain).unwrap_or_default();
    Some(format!("{}/{id}", scope.replace('%', "%25").replace('/', "%2F")))
}

/// The connection, if the source has such, and the id that its calls want.
pub fn split_reference<'r>(mapping: &Mapping, reference: &'r str) -> (Option<String>, &'r str) {
    match (&mapping.accounts.scope, reference.split_once('/')) {
        (Some(_), Some((scope, id))) => (Some(scope.replace("%2F", "/").replace("%25", "%")), id),
        _ => (None, reference),
    }
}

/// The records of the lines, each with what it stands in. `None`: lines of any account.
pub(super) fn line_records<'j, 'a>(
    mapping: &Mapping,
    root: &'j Json<'a>,
    account: Option<&str>,
) -> Result<Vec<Vec<&'j Json<'a>>>, Refusal> {
    let shape = |field: &str| Refusal::new(RefusalCode::AnswerShape).with("field", field);
    let list = &mapping.lines.each[0];
    let outer = list.find(&[root]).and_then(Json::items).ok_or_else(|| shape(&list.text))?;
    let Some(inner) = mapping.lines.each.get(1) else {
        return Ok(outer.iter().map(|record| vec![root, record]).collect());
    };
    let mut found = Vec::new();
    let mut shown = !mapping.lines.in_account || account.is_none();
    for record in outer {
        let chain = [root, record];
        if mapping.lines.in_account
            && let Some(account) = account
        {
            if reference_of(&mapping.accounts, &chain).as_deref() != Some(account) {
                continue;
            }
            shown = true;
        }
        // An account without lines may leave the list out.
        let Some(list) = inner.find(&chain) else { continue };
        let lines = list.items().ok_or_else(|| shape(&inner.text))?;
        found.extend(lines.iter().map(|line| vec![root, record, line]));
    }
    if shown {
        return Ok(found);
    }
    let account = account.unwrap_or_default();
    Err(Refusal::new(RefusalCode::AccountNotInAnswer).with("account", account))
}

/// The bytes of each line's record in one answer, for whoever counts pages: in the answer's order,
/// of one account only.
pub fn lines_in(
    mapping: &Mapping,
    root: &Json<'_>,
    account: &str,
) -> Result<Vec<Range<usize>>, Refusal> {
    let records = line_records(mapping, root, Some(account))?;
    Ok(records.iter().filter_map(|chain| Some(chain.last()?.place.clone())).collect())
}
