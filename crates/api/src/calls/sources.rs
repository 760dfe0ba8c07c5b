//! Where papers come from: banks linked live, accounts fed by files, and what each carries.

mod sync;

pub use sync::*;

use super::{AccountProof, Called, Nothing, ProofState, Seen};
use crate::app::App;
use crate::failure::{Explain, Failure};
use crate::host::{Progress, SecretFault, SecretName};
use crate::sentences::Sentences;
use book::read::{BankAccount, ConnectionRow, Reader};
use book::{
    BankAccountId, ConnectionId, Heard, LinkAccount, LinkSource, OpenBankAccount, Outcome,
    UnlinkSource,
};
use serde::{Deserialize, Serialize};
use source::{Asker, Budget, Connector, Connectors, Kept, Lack};
use std::collections::BTreeMap;
use std::path::Path;
use ts_rs::TS;
use values::{Currency, Day, Secret};

/// Every source of the book, and the connectors that could be linked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Sources {
    /// Banks linked live, those that ended last.
    pub connections: Vec<ConnectionView>,
    /// Accounts that files feed, and nobody else.
    pub files: Vec<SourceAccount>,
    /// What can be linked.
    pub connectors: Vec<ConnectorView>,
    /// Connector files of the user's own that cannot be used, with the reason.
    pub broken: Vec<(String, String)>,
}

/// A bank linked live. Instants are UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ConnectionView {
    /// Its id.
    pub id: i64,
    /// Its connector's id.
    pub connector: String,
    /// Its connector's name.
    pub connector_name: String,
    /// The name people see.
    pub name: String,
    /// Since when it is linked.
    pub linked_day: Day,
    /// Until when it was.
    pub ended_day: Option<Day>,
    /// `new`, `live`, `broken`, or `ended`.
    pub state: String,
    /// Since when it stands there.
    pub since: String,
    /// Why, in a sentence, and what to do.
    pub why: Option<String>,
    /// When it last answered whole.
    pub heard_at: Option<String>,
    /// The accounts it carries.
    pub accounts: Vec<SourceAccount>,
    /// Calls spent today, by anyone.
    pub calls_today: u32,
    /// Calls that a person may still make today; none where nobody counts.
    pub calls_left: Option<u32>,
    /// What this source does not give, as words: `balance`, `balance-after`, `party-iban`,
    /// `value-day`, `pending`.
    pub lacks: Vec<String>,
    /// Where the person mends the link at the provider.
    pub manage: Option<String>,
}

/// A bank account and how well its source is known; amounts in minor units of its currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SourceAccount {
    /// Its ledger account.
    pub account: String,
    /// The name people see.
    pub name: String,
    /// Its currency.
    pub currency: String,
    /// What files brought: `ofx`, `camt053`, `csv`.
    pub formats: Vec<String>,
    /// The last day that was heard.
    pub last_day: Option<Day>,
    /// The bank's last stated balance.
    pub bank_minor: Option<i64>,
    /// The day of that balance.
    pub bank_day: Option<Day>,
    /// What is proved.
    pub state: ProofState,
    /// The difference, where it is broken.
    pub difference_minor: Option<i64>,
    /// Days since it was last heard.
    pub stale_days: Option<i64>,
    /// Announced by the bank and not booked: how many, and their sum.
    pub pending: (u64, i64),
}

/// A connector.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ConnectorView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Countries whose banks it reads.
    pub regions: Vec<String>,
    /// The provider's documentation.
    pub docs: String,
    /// The only hosts that are ever asked.
    pub hosts: Vec<String>,
    /// What the person gives.
    pub asks: Vec<AskView>,
    /// What it does not give.
    pub lacks: Vec<String>,
    /// Days back that can be read when it is linked.
    pub history_days: Option<u32>,
}

/// Something the person gives to link a bank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AskView {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Where it is found.
    pub hint: String,
    /// Whether the field hides what is typed.
    pub secret: bool,
}

/// A bank to link.
#[derive(Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct LinkRequest {
    /// The connector.
    pub connector: String,
    /// The name people see; the connector's own when absent.
    #[serde(default)]
    pub name: Option<String>,
    /// What the person gives, by the ids of its asks.
    pub answers: BTreeMap<String, String>,
}

/// A connection by its id.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ConnectionRef {
    /// The id.
    pub connection: i64,
}

/// An account of a source to take in.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct TakeAccount {
    /// Its names at the source: scheme and value.
    pub names: Vec<(String, String)>,
    /// What it is called.
    pub label: String,
    /// Its currency.
    pub currency: String,
    /// The ledger account of the bank account it is; a new one when absent.
    #[serde(default)]
    pub account: Option<String>,
}

impl App {
    /// Every source.
    pub fn sources(&self, book: &Path, _: Nothing, _: &dyn Progress) -> Called<Sources> {
        let reader = self.reader(book)?;
        let connectors = Connectors::of(self.law.assets());
        let accounts = self.source_accounts(&reader)?;
        let rows = reader.connections().map_err(|why| self.failed(&why))?;
        let mut connections = Vec::with_capacity(rows.len());
        for row in rows {
            connections.push(self.connection_view(&reader, row, &connectors, &accounts)?);
        }
        let by_files = accounts.iter().filter(|one| one.connection.is_none());
        let broken = connectors.broken.iter().map(|one| {
            let why = std::error::Error::source(&one.why).map(ToString::to_string);
            (one.name.clone(), why.unwrap_or_else(|| one.why.to_string()))
        });
        let view = Sources {
            connections,
            files: by_files.map(|one| one.view.clone()).collect(),
            connectors: connectors.list.iter().map(|one| self.connector_view(one)).collect(),
            broken: broken.collect(),
        };
        Ok(Seen::at(reader.seq(), view))
    }

    /// Links a bank: the consent is asked, its secrets go to the keychain, the book knows of it.
    pub fn link_source(
        &self,
        book: &Path,
        request: LinkRequest,
        progress: &dyn Progress,
    ) -> Called<ConnectionView> {
        let connectors = Connectors::of(self.law.assets());
        let connector = self.connector(&connectors, &request.connector)?;
        let reader = self.reader(book)?;
        let uuid = self.uuid(&reader)?;
        drop(reader);
        // A token that works once is spent by the consent: where it could not be kept it is not
        // asked for.
        let probe = SecretName { book, uuid: &uuid, name: "connection" };
        if let Err(why @ SecretFault::Sealed) =
            self.host.secrets.keep(&probe, &Secret::new(String::new()))
        {
            return Err(self.failed(&why));
        }
        progress.begin("link", connector.name(self.host.language.word()));
        let typed: Kept =
            request.answers.into_iter().map(|(id, text)| (id, Secret::new(text))).collect();
        let stop = || !progress.step(0, None);
        let now = (self.host.clock)();
        let kept = source::connect(connector, &typed, &*self.host.wire, now, &stop)
            .map_err(|why| self.fault_of(connector, &why))?;
        let name = request.name.filter(|name| !name.trim().is_empty());
        let name = name.unwrap_or_else(|| connector.name(self.host.language.word()).to_owned());
        let command = LinkSource { connector: connector.id.clone(), name };
        let done = self.command(book, command, progress)?;
        let Outcome::Connection(id) = done.outcome else {
            return Err(self.own("bug", &[("call", "link_source")]));
        };
        if let Err(why) = self.keep_secrets(book, &uuid, id, &kept) {
            self.command(book, UnlinkSource { connection: id }, progress)?;
            return Err(self.failed(&why));
        }
        let reader = self.reader(book)?;
        let accounts = self.source_accounts(&reader)?;
        let row = reader.connected(id).map_err(|why| self.failed(&why))?;
        Ok(Seen::wrote(&done, self.connection_view(&reader, row, &connectors, &accounts)?))
    }

    /// Ends a connection and forgets its secrets; what came by it stays.
    pub fn unlink_source(
        &self,
        book: &Path,
        request: ConnectionRef,
        progress: &dyn Progress,
    ) -> Called<Nothing> {
        let connection = ConnectionId(request.connection);
        let reader = self.reader(book)?;
        let uuid = self.uuid(&reader)?;
        reader.connected(connection).map_err(|why| self.failed(&why))?;
        drop(reader);
        // The secret first: a link that ended while its key stayed could not be ended again.
        let name = secret_name(connection);
        let of = SecretName { book, uuid: &uuid, name: &name };
        self.host.secrets.forget(&of).map_err(|why| self.failed(&why))?;
        let done = self.command(book, UnlinkSource { connection }, progress)?;
        Ok(Seen::wrote(&done, Nothing {}))
    }

    /// Takes an account of a source in: a bank account of its own, or one that is there already.
    pub fn take_account(
        &self,
        book: &Path,
        request: TakeAccount,
        progress: &dyn Progress,
    ) -> Called<Nothing> {
        let currency = Currency::parse(&request.currency)
            .map_err(|_| self.own("bad-currency", &[("value", &request.currency)]))?;
        let reader = self.reader(book)?;
        let own = reader.bank_accounts().map_err(|why| self.failed(&why))?;
        drop(reader);
        let done = match &request.account {
            None => self.command(
                book,
                OpenBankAccount {
                    name: request.label,
                    currency,
                    kind: "bank".to_owned(),
                    names: request.names,
                    account: None,
                },
                progress,
            )?,
            Some(account) => {
                let known = own.iter().find(|one| one.account == *account);
                let bank_account = known.map_or(BankAccountId(0), |one| one.id);
                if known.is_none_or(|one| one.currency != currency) {
                    return Err(self.own("no-bank-account", &[("account", account)]));
                }
                self.command(book, LinkAccount { bank_account, names: request.names }, progress)?
            }
        };
        Ok(Seen::wrote(&done, Nothing {}))
    }

    fn connector<'c>(
        &self,
        connectors: &'c Connectors,
        id: &str,
    ) -> Result<&'c Connector, Failure> {
        connectors.find(id).ok_or_else(|| self.no_connector(id))
    }

    /// Whom a connector asks, in a sentence: its one host, else its name.
    fn asked_of(&self, connector: &Connector) -> String {
        match &connector.hosts[..] {
            [host] => host.clone(),
            _ => connector.name(self.host.language.word()).to_owned(),
        }
    }

    /// A fault of which no host is known, for none was asked or the answer itself tells none, is
    /// one of whom the connector asks.
    fn fault_of(&self, connector: &Connector, fault: &source::Fault) -> Failure {
        if !fault.host.is_empty() {
            return self.failed(fault);
        }
        self.failed(&source::Fault { host: self.asked_of(connector), ..fault.clone() })
    }

    fn keep_secrets(
        &self,
        book: &Path,
        uuid: &str,
        connection: ConnectionId,
        kept: &Kept,
    ) -> Result<(), SecretFault> {
        let plain: BTreeMap<&str, &str> =
            kept.iter().map(|(id, secret)| (id.as_str(), secret.expose())).collect();
        let text = serde_json::to_string(&plain).unwrap_or_default();
        let name = secret_name(connection);
        self.host.secrets.keep(&SecretName { book, uuid, name: &name }, &Secret::new(text))
    }

    fn connector_view(&self, connector: &Connector) -> ConnectorView {
        let language = self.host.language.word();
        let said = |names: &BTreeMap<String, String>| {
            names.get(language).or_else(|| names.get("en")).cloned().unwrap_or_default()
        };
        ConnectorView {
            id: connector.id.clone(),
            name: connector.name(language).to_owned(),
            regions: connector.regions.clone(),
            docs: connector.docs.clone(),
            hosts: connector.hosts.clone(),
            asks: connector
                .asks()
                .iter()
                .map(|ask| AskView {
                    id: ask.id.clone(),
                    name: said(&ask.names),
                    hint: said(&ask.hints),
                    secret: ask.secret,
                })
                .collect(),
            lacks: words(&connector.lacks()),
            history_days: connector.limits.history_days,
        }
    }

    fn connection_view(
        &self,
        reader: &Reader,
        row: ConnectionRow,
        connectors: &Connectors,
        accounts: &[Fed],
    ) -> Result<ConnectionView, Failure> {
        let connector = connectors.find(&row.connector);
        let today = self.today(reader)?;
        let spent = reader.calls_spent(row.id, today).map_err(|why| self.failed(&why))?;
        let budget = Budget { unattended: spent.0, attended: spent.1 };
        let left = connector.map(|one| budget.allows(&one.limits, Asker::Person));
        let mine = accounts.iter().filter(|one| one.connection == Some(row.id));
        let why = row.detail.as_ref().map(|code| {
            let asked = connector.map_or_else(|| row.name.clone(), |one| self.asked_of(one));
            let args = [("host", asked), ("words", String::new())];
            let told = Failure::of(&self.sentences, "source.fault", code, args);
            format!("{} {}", told.message, told.hint)
        });
        let language = self.host.language.word();
        Ok(ConnectionView {
            id: row.id.0,
            connector_name: connector
                .map_or(row.connector.as_str(), |one| one.name(language))
                .to_owned(),
            connector: row.connector,
            name: row.name,
            linked_day: row.linked_day,
            state: if row.ended_day.is_some() { "ended".to_owned() } else { row.state },
            ended_day: row.ended_day,
            since: row.since,
            why,
            heard_at: row.heard_at,
            accounts: mine.map(|one| one.view.clone()).collect(),
            calls_today: spent.0 + spent.1,
            calls_left: match left {
                Some(source::Allowance::Now { left }) => left,
                Some(_) => Some(0),
                None => None,
            },
            lacks: connector.map(|one| words(&one.lacks())).unwrap_or_default(),
            manage: connector.and_then(|one| one.manage.clone()),
        })
    }

    /// Each bank account with the source that feeds it: the connection that last showed it, if any
    /// connection did.
    fn source_accounts(&self, reader: &Reader) -> Result<Vec<Fed>, Failure> {
        let explain = |why: book::Error| self.failed(&why);
        let own = reader.bank_accounts().map_err(explain)?;
        let waiting = reader.waiting().map_err(explain)?;
        let proofs = self.account_proofs(reader, &waiting)?;
        let heard = reader.heard().map_err(explain)?;
        let today = self.today(reader)?;
        let mut found = Vec::with_capacity(own.len());
        for account in own {
            let sources = reader.sources_of(account.id).map_err(explain)?;
            let by_heard = heard.iter().find(|one| one.bank_account == account.id);
            let linked = sources.iter().find_map(|(source, _)| {
                Some(ConnectionId(source.strip_prefix("connection ")?.parse().ok()?))
            });
            let formats = sources.iter().filter_map(|(source, _)| source.strip_prefix("file "));
            let pending = reader.pending(account.id).map_err(explain)?;
            let proof = proofs.iter().find(|one| one.account == account.account);
            let last_day = sources.iter().map(|(_, day)| *day).max();
            let last_day = last_day.max(by_heard.map(|one| one.last_day));
            found.push(Fed {
                connection: by_heard.map(|one| one.connection).or(linked),
                view: SourceAccount {
                    formats: formats.map(str::to_owned).collect(),
                    last_day,
                    stale_days: last_day.map(|last| today.days_since(last).max(0)),
                    pending: (
                        pending.len() as u64,
                        pending.iter().map(|line| line.amount_minor).sum(),
                    ),
                    ..fed_view(account, proof, by_heard)
                },
            });
        }
        Ok(found)
    }
}

/// A bank account, and the connection that feeds it.
struct Fed {
    connection: Option<ConnectionId>,
    view: SourceAccount,
}

fn fed_view(
    account: BankAccount,
    proof: Option<&AccountProof>,
    heard: Option<&Heard>,
) -> SourceAccount {
    // A balance and its day come from one place: what was heard last, else what a window states.
    let heard = heard.and_then(|one| Some((one.balance_minor?, one.last_day)));
    let stated = proof.and_then(|one| Some((one.stated_balance_minor?, one.stated_on?)));
    let bank = heard.or(stated);
    SourceAccount {
        account: account.account,
        name: account.name,
        currency: account.currency.code().to_owned(),
        formats: Vec::new(),
        last_day: None,
        bank_minor: bank.map(|(minor, _)| minor),
        bank_day: bank.map(|(_, day)| day),
        state: proof.map_or(ProofState::Unproved, |one| one.state),
        difference_minor: proof.and_then(|one| one.difference_minor),
        stale_days: None,
        pending: (0, 0),
    }
}

fn words(lacks: &[Lack]) -> Vec<String> {
    lacks.iter().map(|lack| lack.word().to_owned()).collect()
}

/// The name of a connection's secrets.
fn secret_name(connection: ConnectionId) -> String {
    format!("connection {connection}")
}

impl Explain for source::Fault {
    fn explain(&self, sentences: &Sentences) -> Failure {
        let words = self.words.clone().unwrap_or_default();
        let args = [("host", self.host.clone()), ("words", words)];
        Failure::of(sentences, "source.fault", self.meaning.code(), args)
    }
}
