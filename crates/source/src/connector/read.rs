//! Reading a connector file strictly: unknown keys, names and words are errors with their path.

use super::{
    Ask, Auth, BODY_BYTES, Call, Connector, ConsentCall, ErrorRule, Limits, PagedCall, Paging,
    Scope, TIMEOUT_S,
};
use crate::meaning::Meaning;
use crate::template::Template;
use statement::feed::{Keys, Mapping, MappingError, MappingFault, is_pointer, parse_file};
use std::collections::BTreeMap;

type Read<T> = Result<T, MappingError>;

/// Names that a reading call may use.
const CALL_NAMES: [&str; 6] =
    ["account.id", "account.scope", "account.ref", "from", "until", "page.next"];

/// What an end of a window looks like in a text, and nothing else.
const DAY_FILTERS: &str = "with |day, |unix or |rfc3339 after from and until, and only there";
const POINTER: &str = "a pointer, which begins with /";
const HOSTS: &str = "names alone, such as api.bank.example: no https://, number or port";

impl Connector {
    /// Reads a connector file, both halves of it.
    pub fn read(text: &str) -> Read<Connector> {
        let mapping = Mapping::read(text)?;
        let table = parse_file(text)?;
        let top = Keys::top(&table);
        top.leave(&["format", "recipe", "identity"]);
        if top.needed("kind")? != "feed" {
            return Err(top.wrong("kind", MappingFault::Kind("\"feed\"")));
        }
        let access = top.needed_table("access")?;
        let asks: Vec<Ask> = access.tables("ask")?.into_iter().map(ask).collect::<Read<_>>()?;
        let keeps: Vec<String> =
            access.tables("keep")?.into_iter().map(kept).collect::<Read<_>>()?;
        let hosts = hosts(&access)?;
        let manage = access.text("manage")?.map(str::to_owned);
        access.end()?;
        let asked: Vec<&str> = asks.iter().map(|ask| ask.id.as_str()).collect();
        let secrets: Vec<&str> = keeps.iter().map(String::as_str).collect();
        let consent = top.tables("consent")?.into_iter();
        let consent: Vec<_> =
            consent.map(|keys| consent_call(keys, &asked)).collect::<Read<_>>()?;
        let check = top.table("consent_check")?.map(|keys| {
            let call = call(&keys, &[])?;
            keys.end()?;
            Ok(call)
        });
        let accounts =
            call(&left(top.needed_table("accounts")?, &["list", "skip", "map", "join"]), &[])?;
        let (balances, (lines, until_exclusive), pending) =
            (balances(&top)?, lines(&top)?, pending(&top)?);
        let connector = Connector {
            id: mapping.id().to_owned(),
            names: words(&top, "name")?,
            regions: top.texts("regions")?.into_iter().map(str::to_owned).collect(),
            docs: top.needed("docs")?.to_owned(),
            manage,
            limits: limits(top.table("limits")?)?,
            consent,
            consent_check: check.transpose()?,
            auth: auth(top.needed_table("auth")?, &secrets, &hosts)?,
            accounts,
            balances,
            lines,
            pending,
            until_exclusive,
            errors: top.tables("errors")?.into_iter().map(error_rule).collect::<Read<_>>()?,
            hosts,
            asks,
            keeps,
            mapping,
        };
        top.leave(&["id"]);
        top.end()?;
        connector.every_secret_has_a_source(&Keys::top(&table))?;
        Ok(connector)
    }

    /// What is kept is either asked and not spent, or taken from a consent call.
    fn every_secret_has_a_source(&self, top: &Keys<'_>) -> Read<()> {
        let has = |id: &String| {
            self.asks.iter().any(|ask| ask.id == *id && !ask.once)
                || self.consent.iter().any(|call| call.take == *id)
        };
        match self.keeps.iter().find(|id| !has(id)) {
            Some(id) => Err(top.wrong("access.keep", MappingFault::Word(id.clone()))),
            None => Ok(()),
        }
    }
}

/// A table of which the mapping's half reads some keys.
fn left<'t>(keys: Keys<'t>, theirs: &[&str]) -> Keys<'t> {
    keys.leave(theirs);
    keys
}

/// Texts by language.
fn words(keys: &Keys<'_>, key: &str) -> Read<BTreeMap<String, String>> {
    let Some(table) = keys.table(key)? else { return Ok(BTreeMap::new()) };
    let each = |name: &str| Ok((name.to_owned(), table.needed(name)?.to_owned()));
    let found: BTreeMap<String, String> =
        table.names().into_iter().map(each).collect::<Read<_>>()?;
    match ["en", "fr"].into_iter().find(|language| !found.contains_key(*language)) {
        Some(language) => Err(table.wrong(language, MappingFault::Missing)),
        None => Ok(found),
    }
}

fn ask(keys: Keys<'_>) -> Read<Ask> {
    let ask = Ask {
        id: keys.needed("id")?.to_owned(),
        names: words(&keys, "name")?,
        hints: words(&keys, "hint")?,
        secret: keys.flag("secret")?,
        once: keys.flag("once")?,
    };
    keys.end()?;
    Ok(ask)
}

fn kept(keys: Keys<'_>) -> Read<String> {
    let id = keys.needed("id")?.to_owned();
    keys.end()?;
    Ok(id)
}

/// Names in lower case, as parsing gives them; a number or a port is none.
fn hosts(access: &Keys<'_>) -> Read<Vec<String>> {
    let hosts: Vec<String> = access.texts("hosts")?.into_iter().map(str::to_owned).collect();
    if hosts.is_empty() {
        return Err(access.wrong("hosts", MappingFault::Missing));
    }
    for host in &hosts {
        let url = format!("https://{host}/");
        if crate::address::Address::parse(&url, std::slice::from_ref(host)).is_none() {
            return Err(access.wrong("hosts", MappingFault::Kind(HOSTS)));
        }
    }
    Ok(hosts)
}

fn template(keys: &Keys<'_>, key: &str, names: &[&str]) -> Read<Template> {
    let text = keys.needed(key)?;
    let wrong = || keys.wrong(key, MappingFault::Word(text.to_owned()));
    let template = Template::parse(text).ok_or_else(wrong)?;
    if !template.names().all(|name| names.contains(&name)) {
        return Err(wrong());
    }
    // `{from}` alone would have no value, and its part of the query would be left out unseen.
    if !template.is_fillable(&["from", "until"]) {
        return Err(keys.wrong(key, MappingFault::Kind(DAY_FILTERS)));
    }
    Ok(template)
}

/// A JSON pointer of the answer. Anything else would find nothing, and nobody would know.
fn pointer(keys: &Keys<'_>, key: &str) -> Read<Option<String>> {
    let found = keys.text(key)?.map(|text| sound_pointer(keys, key, text));
    found.transpose()
}

fn sound_pointer(keys: &Keys<'_>, key: &str, text: &str) -> Read<String> {
    match is_pointer(text) {
        true => Ok(text.to_owned()),
        false => Err(keys.wrong(key, MappingFault::Kind(POINTER))),
    }
}

/// `call = { method, path, query }`.
fn call(keys: &Keys<'_>, names: &[&str]) -> Read<Call> {
    let call = keys.needed_table("call")?;
    // The format has no verb that changes anything, and none that pays.
    if call.needed("method")? != "GET" {
        return Err(call.wrong("method", MappingFault::Kind("\"GET\"")));
    }
    let path = template(&call, "path", names)?;
    let mut query = Vec::new();
    if let Some(table) = call.table("query")? {
        for name in table.names() {
            query.push((name.to_owned(), template(&table, name, names)?));
        }
    }
    call.end()?;
    Ok(Call { path, query })
}

fn balances(top: &Keys<'_>) -> Read<Option<Call>> {
    let Some(keys) = top.table("balances")? else { return Ok(None) };
    let keys = left(keys, &["from", "booked", "available", "as_of"]);
    let own = keys.value("call").is_some();
    let found = own.then(|| call(&keys, &CALL_NAMES)).transpose()?;
    keys.end()?;
    Ok(found)
}

fn lines(top: &Keys<'_>) -> Read<(PagedCall, bool)> {
    let keys = left(top.needed_table("transactions")?, &["each", "own", "map"]);
    let paged = paged_call(&keys)?;
    let window = keys.needed_table("window")?;
    let until = window.word("until", |word| match word {
        "exclusive" => Some(true),
        "inclusive" => Some(false),
        _ => None,
    })?;
    let until = until.ok_or_else(|| window.wrong("until", MappingFault::Missing))?;
    window.end()?;
    keys.end()?;
    Ok((paged, until))
}

fn pending(top: &Keys<'_>) -> Read<Option<PagedCall>> {
    let Some(keys) = top.table("pending")? else { return Ok(None) };
    let paged = paged_call(&keys)?;
    keys.end()?;
    Ok(Some(paged))
}

/// A call with its pages; one that never names the next page would ask the first for ever.
fn paged_call(keys: &Keys<'_>) -> Read<PagedCall> {
    let paged = PagedCall { call: call(keys, &CALL_NAMES)?, page: paging(keys)? };
    let asks = |template: &Template| template.names().any(|name| name == "page.next");
    let PagedCall { call: Call { path, query }, page } = &paged;
    let named = asks(path) || query.iter().any(|(_, template)| asks(template));
    if matches!(page, Paging::Number { .. } | Paging::Token { .. }) && !named {
        return Err(keys.wrong("call", MappingFault::Kind("a call that names {page.next}")));
    }
    Ok(paged)
}

fn paging(keys: &Keys<'_>) -> Read<Paging> {
    let page = keys.needed_table("page")?;
    let next = || pointer(&page, "next")?.ok_or_else(|| page.wrong("next", MappingFault::Missing));
    let paging = match page.needed("kind")? {
        "none" => Paging::None,
        "number" => Paging::Number { next: next()?, count: pointer(&page, "count")? },
        "token" => Paging::Token { next: next()? },
        "link" => Paging::Link { next: next()? },
        other => return Err(page.wrong("kind", MappingFault::Word(other.to_owned()))),
    };
    page.end()?;
    Ok(paging)
}

fn consent_call(keys: Keys<'_>, asked: &[&str]) -> Read<ConsentCall> {
    let call = keys.needed_table("call")?;
    if call.needed("method")? != "POST" {
        return Err(call.wrong("method", MappingFault::Kind("\"POST\"")));
    }
    let url = template(&call, "url", asked)?;
    call.end()?;
    let take = keys.needed_table("take")?;
    let taken = take.names();
    let [taken] = taken[..] else {
        return Err(keys.wrong("take", MappingFault::Kind("one secret")));
    };
    if take.needed(taken)? != "text" {
        return Err(take.wrong(taken, MappingFault::Kind("\"text\"")));
    }
    let mut errors = Vec::new();
    if let Some(table) = keys.table("errors")? {
        for name in table.names() {
            let status = name.parse().map_err(|_| table.wrong(name, MappingFault::Unknown))?;
            errors.push((status, needed_meaning(&table, name)?));
        }
    }
    keys.end()?;
    Ok(ConsentCall { url, take: taken.to_owned(), errors })
}

fn auth(keys: Keys<'_>, secrets: &[&str], hosts: &[String]) -> Read<Auth> {
    let auth = match keys.needed("kind")? {
        "url-basic" => Auth::UrlBasic { url: template(&keys, "url", secrets)? },
        "header" => Auth::Header {
            url: keys.needed("url")?.to_owned(),
            header: keys.needed("header")?.to_owned(),
            value: template(&keys, "value", secrets)?,
        },
        other => return Err(keys.wrong("kind", MappingFault::Word(other.to_owned()))),
    };
    if let Auth::Header { url, .. } = &auth
        && crate::address::Address::parse(url, hosts).is_none()
    {
        return Err(keys.wrong("url", MappingFault::Kind("https at one of the hosts")));
    }
    keys.end()?;
    Ok(auth)
}

fn limits(keys: Option<Keys<'_>>) -> Read<Limits> {
    let standard = Limits {
        body_bytes: BODY_BYTES,
        timeout_s: TIMEOUT_S,
        overlap_days: 10,
        ..Limits::default()
    };
    let Some(keys) = keys else { return Ok(standard) };
    let small = |key: &str| -> Read<Option<u32>> {
        let Some(number) = keys.number(key)? else { return Ok(None) };
        let number = u32::try_from(number).ok().filter(|number| *number > 0);
        number.ok_or_else(|| keys.wrong(key, MappingFault::Kind("a number above 0"))).map(Some)
    };
    let limits = Limits {
        requests_per_day: small("requests_per_day")?,
        unattended_per_day: small("unattended_per_day")?,
        window_days: small("window_days")?.map(|days| days.max(2)),
        history_days: small("history_days")?,
        refresh_hours: small("refresh_hours")?,
        overlap_days: small("overlap_days")?.unwrap_or(standard.overlap_days),
        body_bytes: keys.number("body_bytes")?.unwrap_or(BODY_BYTES).min(BODY_BYTES),
        timeout_s: keys.number("timeout_s")?.unwrap_or(TIMEOUT_S).clamp(1, TIMEOUT_S),
    };
    keys.end()?;
    Ok(limits)
}

fn needed_meaning(keys: &Keys<'_>, key: &str) -> Read<Meaning> {
    let found = keys.word(key, Meaning::of_word)?;
    found.ok_or_else(|| keys.wrong(key, MappingFault::Missing))
}

fn error_rule(keys: Keys<'_>) -> Read<ErrorRule> {
    let mut rule = ErrorRule {
        status: keys.number("status")?.and_then(|status| u16::try_from(status).ok()),
        list: pointer(&keys, "list")?,
        unless: pointer(&keys, "unless")?,
        at: pointer(&keys, "at")?,
        means: keys.word("means", Meaning::of_word)?,
        show: (keys.texts("show")?.into_iter())
            .map(|text| sound_pointer(&keys, "show", text))
            .collect::<Read<_>>()?,
        ..ErrorRule::default()
    };
    if let Some(table) = keys.table("words")? {
        for name in table.names() {
            rule.words.push((name.to_owned(), needed_meaning(&table, name)?));
        }
    }
    if let Some(table) = keys.table("scope")? {
        rule.scope = Scope {
            connection: pointer(&table, "connection")?,
            account: pointer(&table, "account")?,
        };
        table.end()?;
    }
    if rule.means.is_none() && (rule.words.is_empty() || rule.at.is_none()) {
        return Err(keys.wrong("means", MappingFault::Missing));
    }
    keys.end()?;
    Ok(rule)
}
