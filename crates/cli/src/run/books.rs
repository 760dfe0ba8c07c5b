//! Books made, shown, undone, verified, copied.

use super::money::{amount, day};
use super::{Ran, bars, print, print_json};
use crate::arguments::{
    BackupWords, BookWord, CallWords, FileWords, HistoryWords, NewWords, ReportWords, RestoreWords,
    UndoWords,
};
use crate::table::{Side, Table};
use api::{
    App, Backup, BookView, EntryView, File, HistoryPage, NewBook, Nothing, Restore, UndoOne,
};
use std::process::ExitCode;

fn say(app: &App, key: &str, args: &[(&str, &str)]) -> String {
    app.sentences().say(&format!("cli.{key}"), args)
}

pub(super) fn new(app: &App, words: NewWords) -> Ran {
    let given = [
        ("siren", words.siren.map(|siren| siren.as_str().to_owned())),
        ("legal_form", words.legal_form),
        ("vat_regime", words.vat_regime.map(|word| word.replace('-', "_"))),
        ("vat_on", words.vat_on),
        ("activity", words.activity),
        ("territory", words.territory),
        ("income_tax", words.income_tax),
        ("basis", words.basis),
    ];
    let settings =
        given.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
    let asked = NewBook {
        country: words.country,
        name: words.name,
        first_day: words.first_day,
        fiscal_year: words.fiscal_year,
        time_zone: words.time_zone,
        settings,
    };
    let view = app.create_book(&words.book, asked, &bars(app))?.value;
    print(&book_text(app, &view));
    Ok(ExitCode::SUCCESS)
}

/// What a book is, in a few lines.
pub(crate) fn book_text(app: &App, view: &BookView) -> String {
    let setting = |name: &str| view.settings.get(name).map_or("", String::as_str);
    let mut table = Table::new(&[Side::Left, Side::Left]);
    for name in [
        "name",
        "siren",
        "vat_number",
        "legal_form",
        "vat_regime",
        "vat_on",
        "activity",
        "territory",
        "income_tax",
    ] {
        if !setting(name).is_empty() {
            let value = app.sentences().find(&format!("cli.word.{}", setting(name)), &[]);
            let value = value.unwrap_or_else(|| setting(name).to_owned());
            table.row([say(app, &format!("setting.{name}"), &[]), value]);
        }
    }
    for (first, last, _) in &view.fiscal_years {
        table.row([
            say(app, "setting.fiscal_year", &[]),
            format!("{} – {}", day(app, *first), day(app, *last)),
        ]);
    }
    table.show()
}

pub(super) fn sample(app: &App, words: BookWord) -> Ran {
    let view = {
        let bars = bars(app);
        app.create_sample(&words.book, Nothing {}, &bars)?.value
    };
    print(&book_text(app, &view));
    print(&super::money::proofs(app, &words.book)?);
    Ok(ExitCode::SUCCESS)
}

pub(super) fn takeover(app: &App, words: FileWords) -> Ran {
    let value = app.take_over(&words.book, File { file: words.file }, &bars(app))?.value;
    print(&format!("{}\n", say(app, "taken-over", &[("count", &value.count.to_string())])));
    Ok(ExitCode::SUCCESS)
}

/// An entry as a person reads it.
pub(crate) fn entry_text(app: &App, entry: &EntryView) -> String {
    let draft = say(app, "draft", &[]);
    let number = entry.number.clone().unwrap_or(draft);
    let mut text =
        format!("{} · {} · {} · {}\n", day(app, entry.day), number, entry.reference, entry.label);
    let mut table = Table::new(&[Side::Left, Side::Left, Side::Left, Side::Right, Side::Right]);
    for line in &entry.lines {
        let shown = amount(app, line.amount_minor.abs());
        let (debit, credit) =
            if line.amount_minor > 0 { (shown, String::new()) } else { (String::new(), shown) };
        table.row([
            format!("  {}", line.account),
            line.name.clone(),
            line.counterparty.clone().unwrap_or_default(),
            debit,
            credit,
        ]);
    }
    text += &table.show();
    for item in &entry.items {
        let due = match item.chargeable_on {
            Some(due) => say(app, "due-on", &[("day", &day(app, due))]),
            None => say(app, "waits", &[]),
        };
        text += &format!(
            "  {} {} % · {} · {}\n",
            item.tax_code,
            item.rate,
            amount(app, item.tax_minor),
            due
        );
    }
    text
}

pub(super) fn report(app: &App, words: ReportWords) -> Ran {
    crate::run::reports::report(app, words)
}

pub(super) fn history(app: &App, words: HistoryWords) -> Ran {
    let asked = HistoryPage { before: None, limit: Some(words.last) };
    let records = app.history(&words.book, asked, &bars(app))?.value;
    if words.json {
        print_json(&records);
        return Ok(ExitCode::SUCCESS);
    }
    let mut table = Table::new(&[Side::Right, Side::Left, Side::Left, Side::Left, Side::Left]);
    for record in &records {
        table.row([
            record.seq.to_string(),
            record.at.replace('T', " ").replace('Z', ""),
            record.actor.clone(),
            history_text(record),
            record.hash[..12.min(record.hash.len())].to_owned(),
        ]);
    }
    print(&table.show());
    Ok(ExitCode::SUCCESS)
}

/// What a record did, and on what: a period, a file, a day.
fn history_text(record: &api::RecordView) -> String {
    let asked = |name: &str| record.asked.get(name).and_then(|value| value.as_str());
    let about = match (asked("form"), asked("first_day")) {
        (Some(form), Some(day)) => Some(format!("{form} {}", day.get(..7).unwrap_or(day))),
        _ => ["file_name", "up_to", "name", "code"]
            .iter()
            .find_map(|one| asked(one))
            .map(str::to_owned),
    };
    match about {
        Some(about) => format!("{} · {about}", record.text),
        None => record.text.clone(),
    }
}

pub(super) fn undo(app: &App, words: UndoWords) -> Ran {
    let record = app.undo(&words.book, UndoOne { seq: words.record }, &bars(app))?.value;
    let seq = record.seq.to_string();
    print(&format!("{}\n", say(app, "undone", &[("seq", &seq), ("what", &record.text)])));
    Ok(ExitCode::SUCCESS)
}

pub(super) fn verify(app: &App, words: BookWord) -> Ran {
    let found = app.verify(&words.book, Nothing {}, &bars(app))?.value;
    print(&verified_text(app, &found));
    Ok(ExitCode::SUCCESS)
}

fn verified_text(app: &App, found: &api::VerifiedView) -> String {
    let (records, blobs) = (found.records.to_string(), found.blobs.to_string());
    let sums = found.kept_sums.to_string();
    let args =
        [("records", records.as_str()), ("blobs", &blobs), ("sums", &sums), ("head", &found.head)];
    format!("{}\n", say(app, "verified", &args))
}

pub(super) fn backup(app: &App, words: BackupWords) -> Ran {
    let view = app.backup(&words.book, Backup { to: words.to }, &bars(app))?.value;
    let size = view.bytes.div_ceil(1024).to_string();
    print(&format!("{}\n", say(app, "backed-up", &[("path", &view.path), ("size", &size)])));
    print(&verified_text(app, &view.verified));
    Ok(ExitCode::SUCCESS)
}

pub(super) fn restore(app: &App, words: RestoreWords) -> Ran {
    let view = app.restore(&words.book, Restore { from: words.from }, &bars(app))?.value;
    print(&book_text(app, &view));
    Ok(ExitCode::SUCCESS)
}

pub(super) fn call(app: &App, words: CallWords) -> Ran {
    if words.name == "list" {
        let mut table = Table::new(&[Side::Left, Side::Left]);
        for (name, kind) in api::CALLS {
            table.row([(*name).to_owned(), format!("{kind:?}").to_lowercase()]);
        }
        print(&table.show());
        return Ok(ExitCode::SUCCESS);
    }
    let params = serde_json::from_str(&words.json)
        .map_err(|why| app.bad_request(&words.name, &why.to_string()))?;
    let answer = app.call(Some(&words.book), &words.name, params, &bars(app))?;
    print_json(&answer);
    Ok(ExitCode::SUCCESS)
}
