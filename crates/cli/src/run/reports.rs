//! The books in a terminal, as JSON, or written out.

use super::money::{amount, day};
use super::{Ran, bars, print, print_json};
use crate::arguments::{Format, ReportKind, ReportWords};
use crate::table::{Side, Table};
use api::{
    App, Failure, LedgerView, MonthView, Nothing, ReportQuery, StatementKind, StatementQuery,
    StatementReportView, TrialBalanceView, Written,
};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::process::ExitCode;

fn say(app: &App, key: &str, args: &[(&str, &str)]) -> String {
    app.sentences().say(&format!("cli.{key}"), args)
}

pub(super) fn report(app: &App, words: ReportWords) -> Ran {
    match words.format {
        Format::Csv | Format::Hledger => write(app, words),
        Format::Json => json(app, words),
        Format::Text => {
            let text = text(app, &words)?;
            match &words.out {
                Some(path) => std::fs::write(path, text)
                    .map_err(|_| app.unwritable(path))
                    .map(|()| ExitCode::SUCCESS),
                None => {
                    print(&text);
                    Ok(ExitCode::SUCCESS)
                }
            }
        }
    }
}

fn query(words: &ReportWords) -> ReportQuery {
    ReportQuery {
        from: words.from,
        to: words.to,
        drafts: words.drafts,
        account: words.account.clone(),
        last: words.last,
    }
}

fn statement_query(words: &ReportWords) -> StatementQuery {
    let kind = match words.kind {
        ReportKind::BalanceSheet => StatementKind::BalanceSheet,
        _ => StatementKind::IncomeStatement,
    };
    StatementQuery { kind, from: words.from, to: words.to, drafts: words.drafts }
}

fn write(app: &App, words: ReportWords) -> Ran {
    let what = match (words.kind, words.format, words.by.is_some()) {
        (ReportKind::Journal, Format::Hledger, _) => Written::JournalHledger,
        (_, Format::Hledger, _) => return Err(app.journal_only()),
        (ReportKind::Journal, ..) => Written::JournalCsv,
        (ReportKind::GeneralLedger, ..) => Written::LedgerCsv,
        (ReportKind::TrialBalance, ..) => Written::TrialBalanceCsv,
        (ReportKind::IncomeStatement, _, true) => Written::IncomeByMonthCsv,
        (ReportKind::IncomeStatement, _, false) => Written::IncomeCsv,
        (ReportKind::BalanceSheet, ..) => Written::BalanceSheetCsv,
    };
    let asked = query(&words);
    match &words.out {
        Some(path) => {
            let file = File::create(path).map_err(|_| app.unwritable(path))?;
            let mut out = BufWriter::with_capacity(1 << 16, file);
            app.write_report(&words.book, what, asked, &mut out)?;
            out.flush().map_err(|_| app.unwritable(path))?;
        }
        None => {
            let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
            app.write_report(&words.book, what, asked, &mut out)?;
            let _ = out.flush();
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn json(app: &App, words: ReportWords) -> Ran {
    let book = &words.book;
    match words.kind {
        ReportKind::TrialBalance => {
            print_json(&app.trial_balance(book, query(&words), &bars(app))?.value);
        }
        ReportKind::Journal => {
            print_json(&app.journal(book, query(&words), &bars(app))?.value);
        }
        ReportKind::GeneralLedger => {
            print_json(&app.ledger(book, query(&words), &bars(app))?.value);
        }
        ReportKind::IncomeStatement if words.by.is_some() => {
            print_json(&app.income_by_month(book, query(&words), &bars(app))?.value);
        }
        ReportKind::IncomeStatement | ReportKind::BalanceSheet => {
            let view = app.statement_report(book, statement_query(&words), &bars(app))?;
            print_json(&view.value);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn text(app: &App, words: &ReportWords) -> Result<String, Failure> {
    let book = &words.book;
    let text: String = match words.kind {
        ReportKind::TrialBalance => {
            trial_text(app, &app.trial_balance(book, query(words), &bars(app))?.value)
        }
        ReportKind::GeneralLedger => {
            ledger_text(app, &app.ledger(book, query(words), &bars(app))?.value)
        }
        ReportKind::Journal => {
            let mut bytes = Vec::new();
            app.write_report(book, Written::JournalHledger, query(words), &mut bytes)?;
            String::from_utf8_lossy(&bytes).into_owned()
        }
        ReportKind::IncomeStatement if words.by.is_some() => {
            months_text(app, &app.income_by_month(book, query(words), &bars(app))?.value)
        }
        ReportKind::IncomeStatement | ReportKind::BalanceSheet => {
            let view = app.statement_report(book, statement_query(words), &bars(app))?.value;
            statement_text(app, &view)
        }
    };
    Ok(text + &drafts_note(app, words)?)
}

/// How many drafts the figures above leave out, if any.
fn drafts_note(app: &App, words: &ReportWords) -> Result<String, Failure> {
    if words.drafts {
        return Ok(String::new());
    }
    let count = app.book(&words.book, Nothing {}, &bars(app))?.value.drafts;
    if count == 0 {
        return Ok(String::new());
    }
    Ok(format!("{}\n", say(app, "drafts-left-out", &[("count", &count.to_string())])))
}

fn months_text(app: &App, rows: &[MonthView]) -> String {
    let mut table = Table::new(&[Side::Left, Side::Left, Side::Left, Side::Right, Side::Right]);
    let mut month = "";
    for row in rows {
        if row.month != month {
            table.rule();
        }
        let shown = if row.month == month { String::new() } else { row.month.clone() };
        month = &row.month;
        let [debit, credit] = sides(app, row.debit_minor - row.credit_minor);
        table.row([shown, row.account.clone(), row.name.clone(), debit, credit]);
    }
    table.show()
}

/// Debit and credit columns: an amount stands in one of them, never with a sign.
fn sides(app: &App, minor: i64) -> [String; 2] {
    match minor {
        0 => [String::new(), String::new()],
        debit if debit > 0 => [amount(app, debit), String::new()],
        credit => [String::new(), amount(app, -credit)],
    }
}

/// A trial balance as a person reads it.
pub(crate) fn trial_text(app: &App, view: &TrialBalanceView) -> String {
    let mut table = Table::new(&[
        Side::Left,
        Side::Left,
        Side::Right,
        Side::Right,
        Side::Right,
        Side::Right,
        Side::Right,
    ]);
    let heads =
        ["account", "name", "opening", "debit", "credit", "closing-debit", "closing-credit"];
    table.row(heads.map(|head| say(app, &format!("head.{head}"), &[])));
    table.rule();
    for row in &view.rows {
        let [debit, credit] = sides(app, row.balance_minor);
        let opening =
            if row.opening_minor == 0 { String::new() } else { amount(app, row.opening_minor) };
        let shown = |minor: i64| if minor == 0 { String::new() } else { amount(app, minor) };
        table.row([
            row.account.clone(),
            row.name.clone(),
            opening,
            shown(row.debit_minor),
            shown(row.credit_minor),
            debit,
            credit,
        ]);
    }
    table.rule();
    table.row([
        String::new(),
        say(app, "head.total", &[]),
        String::new(),
        amount(app, view.debit_minor),
        amount(app, view.credit_minor),
        amount(app, view.closing_debit_minor),
        amount(app, view.closing_credit_minor),
    ]);
    table.show()
}

fn ledger_text(app: &App, views: &[LedgerView]) -> String {
    let mut text = String::new();
    for view in views {
        text += &format!("{} {}\n", view.account, view.name);
        let mut table = Table::new(&[
            Side::Left,
            Side::Left,
            Side::Left,
            Side::Left,
            Side::Right,
            Side::Right,
            Side::Right,
        ]);
        let opening = amount(app, view.opening_minor);
        let blank = String::new;
        table.row([
            blank(),
            blank(),
            blank(),
            say(app, "head.opening", &[]),
            blank(),
            blank(),
            opening,
        ]);
        for line in &view.lines {
            let [debit, credit] = sides(app, line.amount_minor);
            let draft = if line.draft { " ·" } else { "" };
            let shown = values::Day::parse(&line.day).map_or(line.day.clone(), |one| day(app, one));
            table.row([
                format!("  {shown}{draft}"),
                line.journal.clone(),
                line.reference.clone(),
                line.label.clone(),
                debit,
                credit,
                amount(app, line.balance_minor),
            ]);
        }
        text += &table.show();
        text.push('\n');
    }
    text
}

/// A statement as a person reads it. Groups at zero are left out, and headings and totals of
/// sections that hold nothing.
pub(crate) fn statement_text(app: &App, view: &StatementReportView) -> String {
    let mut table = Table::new(&[Side::Left, Side::Right]);
    let mut heading = None;
    for row in &view.rows {
        match row.kind {
            "heading" => heading = Some(row.label.to_uppercase()),
            "total" if row.net_minor == 0 => heading = None,
            "total" => {
                heading = None;
                table.rule();
                table.row([row.label.clone(), amount(app, row.net_minor)]);
            }
            _ if row.net_minor == 0 && row.accounts.is_empty() => {}
            _ => {
                if let Some(heading) = heading.take() {
                    table.row([heading, String::new()]);
                }
                table.row([format!("  {}", row.label), amount(app, row.net_minor)]);
            }
        }
    }
    for (name, minor) in &view.left_out {
        table.row([format!("  ! {name}"), amount(app, *minor)]);
    }
    table.show()
}
