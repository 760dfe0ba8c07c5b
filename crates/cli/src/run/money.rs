//! What comes in: statement files, the inbox, entries of a file.

use super::{Ran, bars, print, print_json};
use crate::arguments::{ImportWords, InboxWords, PostWords, StatementWords, ValidateWords};
use crate::table::{Side, Table};
use api::{
    AcceptOne, App, Dismissal, Files, Import, ImportedFile, Inbox, InboxPage, LineRef, LineView,
    Nothing, PostFile, RefusedView, RemarkView, StatementFile, StatementView, UpTo,
};
use document::format;
use std::process::ExitCode;

/// An amount as a person of this language writes it.
pub(crate) fn amount(app: &App, minor: i64) -> String {
    format::amount(minor, 2, app.language().printed())
}

/// A day as a person of this language writes it.
pub(crate) fn day(app: &App, day: values::Day) -> String {
    format::day_short(day, app.language().printed())
}

fn say(app: &App, key: &str, args: &[(&str, &str)]) -> String {
    app.sentences().say(&format!("cli.{key}"), args)
}

pub(super) fn statement(app: &App, words: StatementWords) -> Ran {
    let asked = Files { files: words.files };
    let files = app.read_statements("".as_ref(), asked, &bars(app))?.value;
    for file in &files {
        match &file.refused {
            _ if words.json => print_json(file),
            Some(refused) => tell_refused(&file.file, refused, None),
            None => print(&statement_text(app, file)),
        }
    }
    Ok(code(files.iter().any(|file| file.refused.is_some())))
}

/// A refused file on standard error: its name, why, what to do.
fn tell_refused(file: &str, refused: &RefusedView, after: Option<&str>) {
    let mut words = vec![refused.message.as_str(), refused.hint.as_str()];
    // The hints about statements say so themselves.
    words.extend(after.filter(|after| !refused.hint.ends_with(after)));
    eprintln!("{file}: {}", words.join(" "));
}

fn code(refused: bool) -> ExitCode {
    ExitCode::from(u8::from(refused))
}

fn statement_text(app: &App, file: &StatementFile) -> String {
    let mut text = format!("{}\n", file.file);
    let what = [file.dialect.as_deref(), file.bank.as_deref()];
    text += &format!("  {}\n", what.into_iter().flatten().collect::<Vec<_>>().join(", "));
    let mut table =
        Table::new(&[Side::Left, Side::Left, Side::Right, Side::Right, Side::Right, Side::Left]);
    for one in &file.statements {
        table.row([
            format!("  {}", one.account.as_deref().unwrap_or("?")),
            format!("{} – {}", one.from, one.to),
            say(app, "lines", &[("count", &one.lines.to_string())]),
            format!("+{}", amount(app, one.credits_minor)),
            amount(app, -one.debits_minor),
            proof_text(app, one),
        ]);
    }
    text += &table.show();
    text += &remarks_text(app, &file.remarks);
    text + "\n"
}

fn proof_text(app: &App, one: &StatementView) -> String {
    let shown = |minor: Option<i64>| minor.map_or("?".to_owned(), |minor| amount(app, minor));
    let (opening, closing) = (shown(one.opening_minor), shown(one.closing_minor));
    let difference = shown(one.difference_minor);
    let args = [
        ("opening", opening.as_str()),
        ("closing", closing.as_str()),
        ("difference", difference.as_str()),
    ];
    say(app, &format!("proof.{}", one.proof), &args)
}

fn remarks_text(app: &App, remarks: &[RemarkView]) -> String {
    let mut text = String::new();
    for remark in remarks {
        let place = match remark.line {
            Some(line) => say(app, "at-line", &[("line", &line.to_string())]),
            None => String::new(),
        };
        text += &format!("  · {place}{}\n", remark.text);
    }
    text
}

pub(super) fn import(app: &App, words: ImportWords) -> Ran {
    let asked = Import { files: words.files, account: words.account };
    let files = app.import(&words.book, asked, &bars(app))?.value;
    let refused = files.iter().any(|file| file.refused.is_some());
    if words.json {
        files.iter().for_each(print_json);
        return Ok(code(refused));
    }
    let nothing = app.sentences().say("cli.nothing-changed", &[]);
    for file in &files {
        match &file.refused {
            // Beside a file that was read, the book has changed.
            Some(why) => tell_refused(&file.file, why, (files.len() == 1).then_some(&*nothing)),
            None => print(&imported_text(app, file)),
        }
    }
    if files.iter().any(|file| !file.same_bytes && file.refused.is_none()) {
        print(&proofs(app, &words.book)?);
    }
    let new: u64 = files.iter().map(|file| file.new).sum();
    print(&format!("{new} new\n"));
    Ok(code(refused))
}

/// What one file brought, in words.
pub(crate) fn imported_text(app: &App, file: &ImportedFile) -> String {
    let mut text = format!("{}\n", file.file);
    if let Some(refused) = &file.refused {
        return format!("{text}  {}\n  {}\n", refused.message, refused.hint);
    }
    if file.same_bytes {
        return format!("{text}  {}\n", say(app, "same-bytes", &[]));
    }
    for one in &file.statements {
        let (lines, new) = (one.lines.to_string(), one.new.to_string());
        let (from, to) = (day(app, one.from), day(app, one.to));
        let args = [
            ("account", one.account.as_str()),
            ("from", &from),
            ("to", &to),
            ("lines", &lines),
            ("new", &new),
        ];
        text += &format!("  {}\n", say(app, "imported", &args));
        for (key, count) in [
            ("gone", one.gone),
            ("held", one.held),
            ("changed", one.changed),
            ("doubtful", one.doubtful),
        ] {
            if count > 0 {
                let count = count.to_string();
                text += &format!("  · {}\n", say(app, key, &[("count", &count)]));
            }
        }
    }
    text + &remarks_text(app, &file.remarks)
}

/// What is proved of each bank account.
pub(crate) fn proofs(app: &App, book: &std::path::Path) -> Result<String, api::Failure> {
    let accounts = app.bank_accounts(book, Nothing {}, &bars(app))?.value;
    let mut table = Table::new(&[Side::Left, Side::Left, Side::Right, Side::Left]);
    for one in accounts {
        let balance = one.proved_balance_minor.map_or(String::new(), |minor| amount(app, minor));
        let to = one.proved_to.map_or(String::new(), |to| day(app, to));
        let since = one.broken_since.map_or(String::new(), |since| day(app, since));
        let difference = one.difference_minor.map_or(String::new(), |minor| amount(app, minor));
        let args = [
            ("balance", balance.as_str()),
            ("to", &to),
            ("since", &since),
            ("difference", &difference),
        ];
        let key = match (one.proof, one.proved_to) {
            ("unproved", Some(_)) => "chain.partly".to_owned(),
            (proof, _) => format!("chain.{proof}"),
        };
        table.row([
            format!("  {}", one.account),
            one.name,
            say(app, "lines", &[("count", &one.lines.to_string())]),
            say(app, &key, &args),
        ]);
    }
    Ok(table.show())
}

pub(super) fn inbox(app: &App, words: InboxWords) -> Ran {
    if words.accept_sure {
        let value = app.accept_sure(&words.book, Nothing {}, &bars(app))?.value;
        if words.json {
            print_json(&value);
        } else {
            let (done, left) = (value.accepted.to_string(), value.left.to_string());
            print(&format!("{}\n", say(app, "accepted", &[("count", &done), ("left", &left)])));
        }
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(line) = words.take_back {
        app.take_back(&words.book, LineRef { line }, &bars(app))?;
        print(&format!("{}\n", say(app, "taken-back", &[("line", &line.to_string())])));
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(line) = words.dismiss {
        let reason = words.reason.unwrap_or_default();
        app.dismiss(&words.book, Dismissal { lines: vec![line], reason }, &bars(app))?;
        print(&format!("{}\n", say(app, "dismissed", &[("line", &line.to_string())])));
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(line) = words.accept {
        let asked = AcceptOne {
            line,
            account: words.account,
            tax_code: words.tax_code,
            counterparty: None,
            parts: None,
            label: None,
        };
        let entry = app.accept(&words.book, asked, &bars(app))?.value;
        if words.json {
            print_json(&entry);
        } else {
            print(&crate::run::books::entry_text(app, &entry));
        }
        return Ok(ExitCode::SUCCESS);
    }
    let inbox = app.inbox(&words.book, InboxPage::default(), &bars(app))?.value;
    if words.json {
        print_json(&inbox);
    } else {
        print(&inbox_text(app, &inbox));
    }
    Ok(ExitCode::SUCCESS)
}

/// The first lines that wait, with what is proposed for them.
pub(crate) fn inbox_head(
    app: &App,
    book: &std::path::Path,
    limit: u32,
) -> Result<String, api::Failure> {
    let page = InboxPage { after: None, limit: Some(limit) };
    let inbox = app.inbox(book, page, &bars(app))?.value;
    Ok(inbox_text(app, &inbox))
}

fn inbox_text(app: &App, inbox: &Inbox) -> String {
    let (count, sure) = (inbox.count.to_string(), inbox.sure.to_string());
    if inbox.lines.is_empty() {
        return format!("{}\n", say(app, "inbox-empty", &[]));
    }
    let mut table =
        Table::new(&[Side::Right, Side::Left, Side::Left, Side::Right, Side::Left, Side::Left]);
    for line in &inbox.lines {
        table.row([
            line.id.to_string(),
            day(app, line.day),
            line.account.clone(),
            amount(app, line.amount_minor),
            line.party.clone().unwrap_or_else(|| line.label.clone()),
            proposal_text(app, line),
        ]);
    }
    let key = if inbox.sure == 0 { "inbox-unsure" } else { "inbox" };
    let head = say(app, key, &[("count", &count), ("sure", &sure)]);
    format!("{}\n{head}\n", table.show().trim_end_matches('\n'))
}

fn proposal_text(app: &App, line: &LineView) -> String {
    let Some(found) = &line.proposal else {
        return line.note.clone().unwrap_or_default();
    };
    let sign = if found.sure { "✓" } else { "?" };
    let to = match found.kind {
        "items" => String::new(),
        "transfer" => String::new(),
        _ => format!("{} · ", found.accounts.join(", ")),
    };
    let text = format!("{sign} {to}{}", found.why);
    match &found.tax_code_hint {
        Some(code) if found.tax_code.is_none() && found.kind == "parts" => {
            format!("{text} {}", say(app, "if-invoice", &[("code", code)]))
        }
        _ => text,
    }
}

pub(super) fn post(app: &App, words: PostWords) -> Ran {
    let asked = PostFile { file: words.file, validate: words.validate };
    let value = app.post_file(&words.book, asked, &bars(app))?.value;
    let key = if words.validate { "posted" } else { "drafted" };
    let count = (value.drafts + value.posted).to_string();
    print(&format!("{}\n", say(app, key, &[("count", &count)])));
    Ok(ExitCode::SUCCESS)
}

pub(super) fn validate(app: &App, words: ValidateWords) -> Ran {
    let value = app.validate(&words.book, UpTo { up_to: words.up_to }, &bars(app))?.value;
    let count = value.posted.to_string();
    print(&format!("{}\n", say(app, "posted", &[("count", &count)])));
    Ok(ExitCode::SUCCESS)
}
