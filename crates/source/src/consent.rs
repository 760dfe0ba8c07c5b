//! Linking: from what a person typed to what the keychain keeps.

use crate::address::Address;
use crate::connector::{Call, Connector, ConsentCall};
use crate::fetch::{Kept, limits, refused, right, sensitive};
use crate::meaning::{Fault, Meaning};
use crate::wire::{Method, Wire, WireAnswer, WireRequest};
use chrono::{DateTime, Utc};
use values::Secret;

/// The longest secret that is kept, in bytes.
const LONGEST: usize = 8 * 1024;

/// Makes the calls of the consent, each once, and gives what is to be kept.
///
/// A claim that was answered is spent, whatever happens afterwards: the caller keeps the result
/// before anything else. A call whose answer was lost is never made again by itself.
pub fn connect(
    connector: &Connector,
    typed: &Kept,
    wire: &dyn Wire,
    now: DateTime<Utc>,
    stop: &dyn Fn() -> bool,
) -> Result<Kept, Fault> {
    let known = typed.iter().map(|(id, text)| (id.clone(), trimmed(text))).collect();
    let mut linking = Linking { connector, wire, now, stop, known };
    for ask in connector.asks() {
        let given = linking.known.get(&ask.id).is_some_and(|text| !text.expose().is_empty());
        if !given {
            return Err(Fault::new(Meaning::SecretMissing, "", &format!("{{{}}}", ask.id)));
        }
    }
    for step in &connector.consent {
        let taken = linking.claim(step)?;
        linking.known.insert(step.take.clone(), taken);
    }
    linking.look()?;
    let mut kept = linking.known;
    kept.retain(|id, _| connector.keeps().contains(id));
    Ok(kept)
}

/// A paste often brings a line break along.
fn trimmed(text: &Secret) -> Secret {
    Secret::new(text.expose().trim().to_owned())
}

/// The body as the secret it is.
fn taken(answer: WireAnswer) -> Option<Secret> {
    let short = !answer.body.is_empty() && answer.body.len() <= LONGEST;
    let text = short.then(|| String::from_utf8(answer.body).ok()).flatten()?;
    let secret = trimmed(&Secret::new(text));
    (!secret.expose().is_empty()).then_some(secret)
}

struct Linking<'l> {
    connector: &'l Connector,
    wire: &'l dyn Wire,
    now: DateTime<Utc>,
    stop: &'l dyn Fn() -> bool,
    known: Kept,
}

impl Linking<'_> {
    fn ask(
        &self,
        request: &WireRequest,
        fault: &dyn Fn(Meaning) -> Fault,
    ) -> Result<WireAnswer, Fault> {
        let answer = self.wire.ask(request, limits(self.connector), self.stop);
        let answer = answer.map_err(|why| fault(why.meaning()))?;
        if (200..300).contains(&answer.status) {
            return Ok(answer);
        }
        let secrets = sensitive(self.connector, &self.known);
        Err(refused(self.connector, &answer, &secrets, self.now, fault))
    }

    /// One call that makes something at the provider and is answered by a secret.
    fn claim(&self, step: &ConsentCall) -> Result<Secret, Fault> {
        let text_of = |name: &str| self.known.get(name).map(|secret| secret.expose().to_owned());
        let path = step.url.written.as_str();
        let fault =
            |meaning, host: &str| Fault { creates: true, ..Fault::new(meaning, host, path) };
        let url = step.url.fill(&text_of).map(Secret::new);
        let url = url.ok_or_else(|| fault(Meaning::SecretMissing, ""))?;
        // The address comes from data: it is looked at before the first byte leaves.
        let address = Address::parse(url.expose(), &self.connector.hosts);
        let address = address.ok_or_else(|| fault(Meaning::HostRefused, ""))?;
        let host = address.host().to_owned();
        let hosts = self.connector.hosts.clone();
        let request = WireRequest { method: Method::Post, address, hosts, headers: Vec::new() };
        let own = |told: Fault| {
            let own = step.errors.iter().find(|(status, _)| Some(*status) == told.status);
            own.map_or(told.clone(), |(_, meaning)| Fault { meaning: *meaning, ..told })
        };
        let answer = self.ask(&request, &|why| fault(why, &host)).map_err(own)?;
        taken(answer).ok_or_else(|| fault(Meaning::UnknownShape, &host))
    }

    /// What was given must lead to one of the hosts; one harmless call, where the connector has
    /// such, tells whether it is right.
    fn look(&self) -> Result<(), Fault> {
        let right = right(self.connector, &self.known);
        let (address, header) = right.map_err(|why| Fault::new(why, "", ""))?;
        let Some(check) = &self.connector.consent_check else { return Ok(()) };
        let host = address.host().to_owned();
        let fault = |meaning| Fault::new(meaning, &host, &check.path.written);
        let request = WireRequest {
            method: Method::Get,
            address: plain(check, address).ok_or_else(|| fault(Meaning::Bug))?,
            hosts: self.connector.hosts.clone(),
            headers: vec![header],
        };
        self.ask(&request, &fault).map(|_| ())
    }
}

/// A call without names.
fn plain(call: &Call, address: Address) -> Option<Address> {
    let nothing = |_: &str| None;
    let query: Vec<(String, String)> = (call.query.iter())
        .filter_map(|(name, value)| Some((name.clone(), value.fill(&nothing)?)))
        .collect();
    Some(address.below(&call.path.fill(&nothing)?, &query))
}
