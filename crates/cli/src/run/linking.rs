//! Banks linked live, and connector files.

use super::money::{amount, day};
use super::selling::read_secret;
use super::{Ran, bars, print, print_json};
use crate::arguments::selling::{
    CheckWords, ConnectWords, ConnectorWhat, ConnectorWords, DisconnectWords, SourcesWords,
    SyncWords,
};
use crate::table::{Side, Table};
use api::{
    App, ConnectionRef, Failure, FoundAccount, LinkRequest, Nothing, SourceAccount, SyncRequest,
    Synced, TakeAccount,
};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

fn say(app: &App, key: &str, args: &[(&str, &str)]) -> String {
    app.sentences().say(&format!("cli.{key}"), args)
}

pub(super) fn sources(app: &App, words: SourcesWords) -> Ran {
    let view = app.sources(&words.book, Nothing {}, &bars(app))?.value;
    if words.json {
        print_json(&view);
        return Ok(ExitCode::SUCCESS);
    }
    let mut table = Table::new(&[Side::Left, Side::Left, Side::Left, Side::Right, Side::Left]);
    for one in &view.connections {
        let state = say(app, &format!("source.{}", one.state), &[]);
        table.row([
            format!("{} {}", one.id, one.name),
            one.connector.clone(),
            state,
            String::new(),
            String::new(),
        ]);
        for account in &one.accounts {
            table.row(account_row(app, account));
        }
    }
    for account in &view.files {
        table.row(account_row(app, account));
    }
    print(&table.show());
    for one in &view.connections {
        if let Some(why) = &one.why {
            print(&format!("{} {}: {why}\n", one.id, one.name));
        }
    }
    let names = view.connectors.iter().map(|one| format!("{} ({})", one.id, one.name));
    let names = names.collect::<Vec<_>>().join(", ");
    print(&format!("{}\n", say(app, "can-be-linked", &[("connectors", &names)])));
    for (file, why) in &view.broken {
        print(&format!("{}\n", broken(app, file, why)));
    }
    Ok(ExitCode::SUCCESS)
}

/// A connector file of the person's own that cannot be used.
fn broken(app: &App, file: &str, why: &str) -> String {
    say(app, "connector-broken", &[("file", file), ("why", why)])
}

fn account_row(app: &App, account: &SourceAccount) -> [String; 5] {
    let proof = match account.state {
        api::ProofState::Proved => "proved",
        api::ProofState::Unproved => "unproved",
        api::ProofState::Broken => "broken",
    };
    [
        format!("  {}", account.account),
        account.name.clone(),
        account.last_day.map(|one| day(app, one)).unwrap_or_default(),
        account.bank_minor.map(|minor| amount(app, minor)).unwrap_or_default(),
        say(app, &format!("chain.{proof}"), &[]),
    ]
}

pub(super) fn connect(app: &App, words: ConnectWords) -> Ran {
    let book = &words.book;
    let view = app.sources(book, Nothing {}, &bars(app))?.value;
    let connector = view.connectors.iter().find(|one| one.id == words.connector);
    let Some(connector) = connector else {
        for (file, why) in &view.broken {
            eprintln!("{}", broken(app, file, why));
        }
        return Err(app.no_connector(&words.connector));
    };
    // Said before anything secret is typed.
    eprintln!("{}", say(app, "asks-only", &[("hosts", &connector.hosts.join(", "))]));
    let mut answers = BTreeMap::new();
    for ask in &connector.asks {
        answers.insert(ask.id.clone(), read_secret(&ask.name));
    }
    let request = LinkRequest { connector: words.connector, name: words.name, answers };
    let linked = app.link_source(book, request, &bars(app))?.value;
    let request = SyncRequest { connection: Some(linked.id), unattended: false };
    let mut synced = app.sync(book, request, &bars(app))?.value;
    if words.all_accounts {
        let found = synced.connections.iter().flat_map(|one| &one.found);
        let found: Vec<FoundAccount> =
            found.filter(|one| one.currency.is_some()).cloned().collect();
        take_all(app, book, &found)?;
        if !found.is_empty() {
            synced = app.sync(book, request, &bars(app))?.value;
        }
    }
    tell(app, &synced, words.json)
}

fn take_all(app: &App, book: &Path, found: &[FoundAccount]) -> Result<(), Failure> {
    for one in found {
        let request = TakeAccount {
            names: one.names.clone(),
            label: one.label.clone(),
            currency: one.currency.clone().unwrap_or_default(),
            account: None,
        };
        app.take_account(book, request, &bars(app))?;
    }
    Ok(())
}

pub(super) fn sync(app: &App, words: SyncWords) -> Ran {
    let request = SyncRequest { connection: words.connection, unattended: words.unattended };
    let synced = app.sync(&words.book, request, &bars(app))?.value;
    tell(app, &synced, words.json)
}

fn tell(app: &App, synced: &Synced, json: bool) -> Ran {
    if json {
        print_json(synced);
    }
    let mut failed = false;
    for one in &synced.connections {
        if !json {
            print(&format!("{}\n", one.name));
            let mut table = Table::new(&[Side::Left, Side::Left, Side::Left]);
            for account in &one.accounts {
                let told = match &account.unfinished {
                    Some(why) => why.clone(),
                    None => say(
                        app,
                        "synced",
                        &[
                            ("new", &account.new.to_string()),
                            ("gone", &account.gone.to_string()),
                            ("changed", &account.changed.to_string()),
                            ("held", &account.held.to_string()),
                        ],
                    ),
                };
                let span = format!("{} – {}", day(app, account.from), day(app, account.to));
                table.row([format!("  {}", account.account), span, told]);
            }
            for found in &one.found {
                table.row([String::new(), found.label.clone(), say(app, "found-account", &[])]);
            }
            print(&table.show());
            for remark in &one.remarks {
                print(&format!("  · {remark}\n"));
            }
        }
        if let Some(stopped) = &one.stopped {
            eprintln!("{} {}", stopped.message, stopped.hint);
        }
        failed |= one.stopped.is_some() || one.accounts.iter().any(|one| one.unfinished.is_some());
    }
    Ok(ExitCode::from(u8::from(failed)))
}

pub(super) fn disconnect(app: &App, words: DisconnectWords) -> Ran {
    let request = ConnectionRef { connection: words.connection };
    app.unlink_source(&words.book, request, &bars(app))?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn connector(app: &App, words: ConnectorWords) -> Ran {
    let ConnectorWhat::Check(CheckWords { file, samples }) = words.what;
    let text = std::fs::read_to_string(&file).map_err(|_| app.no_file(&file))?;
    let mut files = BTreeMap::new();
    let entries = std::fs::read_dir(&samples).map_err(|_| app.no_file(&samples))?;
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Ok(bytes) = std::fs::read(entry.path()) {
            files.insert(name, bytes);
        }
    }
    let findings = app.check_connector(&text, &files);
    if findings.is_empty() {
        print(&format!("{}\n", say(app, "connector-good", &[])));
    }
    for finding in &findings {
        let args = [
            ("place", finding.place.as_str()),
            ("wanted", finding.wanted.as_str()),
            ("found", finding.found.as_str()),
        ];
        eprintln!("{}", say(app, "connector-differs", &args));
    }
    Ok(ExitCode::from(u8::from(!findings.is_empty())))
}
