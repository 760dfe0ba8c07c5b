//! Returns and explanations.

use super::money::{amount, day};
use super::{Ran, bars, print, print_json};
use crate::arguments::{ExplainWords, TaxWhat, TaxWords};
use crate::table::{Side, Table};
use api::{
    App, Explained, Figure, LeafView, MakeQuery, Nothing, OriginView, PartView, ReturnQuery,
    ReturnRef, ReturnView,
};
use document::format;
use std::collections::BTreeMap;
use std::process::ExitCode;
use values::Decimal;

fn say(app: &App, key: &str, args: &[(&str, &str)]) -> String {
    app.sentences().say(&format!("cli.{key}"), args)
}

pub(super) fn tax(app: &App, words: TaxWords) -> Ran {
    let book = &words.book;
    match words.what {
        TaxWhat::List => list(app, book),
        TaxWhat::Preview(asked) => {
            let answers = asked.answer.into_iter().collect();
            let query = ReturnQuery { form: asked.form, period: asked.period, answers };
            let view = app.preview_return(book, query, &bars(app))?.value;
            if asked.json {
                print_json(&view);
            } else {
                print(&return_text(app, &view));
            }
            Ok(ExitCode::SUCCESS)
        }
        TaxWhat::Make(asked) => {
            let answers: BTreeMap<String, Decimal> = asked.answer.into_iter().collect();
            let query =
                MakeQuery { form: asked.form, period: asked.period, answers, out: asked.out };
            let made = {
                let bars = bars(app);
                app.make_return(book, query, &bars)?.value
            };
            if asked.json {
                print_json(&made);
            } else {
                print(&return_text(app, &made.figures));
                let key = if made.already { "return-drawn" } else { "return-made" };
                print(&format!("{}\n", say(app, key, &[("path", &made.page)])));
            }
            Ok(ExitCode::SUCCESS)
        }
        TaxWhat::Withdraw(asked) => {
            let (form, period) = (asked.form, asked.period.clone());
            app.withdraw_return(book, ReturnRef { form, period }, &bars(app))?;
            print(&format!("{}\n", say(app, "return-withdrawn", &[("period", &asked.period)])));
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn list(app: &App, book: &std::path::Path) -> Ran {
    let forms = app.forms(book, Nothing {}, &bars(app))?.value;
    let mut table = Table::new(&[Side::Left, Side::Left, Side::Left]);
    for form in forms {
        table.row([form.form, form.label, form.pack]);
        for made in form.made {
            let state = match made.filed {
                Some(filed) => say(app, "filed-on", &[("day", &day(app, filed))]),
                None => say(app, "made-by", &[("seq", &made.seq.to_string())]),
            };
            table.row([format!("  {}", made.period), state, String::new()]);
        }
    }
    print(&table.show());
    Ok(ExitCode::SUCCESS)
}

/// The figures of a return; boxes at zero are left out, as on its page.
pub(crate) fn return_text(app: &App, view: &ReturnView) -> String {
    let mut text = format!("{} {} · {}\n", view.form, view.period, view.pack);
    let mut table = Table::new(&[Side::Left, Side::Left, Side::Left, Side::Right, Side::Left]);
    for one in view.boxes.iter().filter(|one| one.value != 0) {
        let doubt = if one.grade == "low" { "†" } else { "" };
        table.row([
            format!("  {}", one.id),
            one.case.clone(),
            column_label(app, one),
            format::whole(one.value, app.language().printed()),
            doubt.to_owned(),
        ]);
    }
    if table.is_empty() {
        text += &format!("  {}\n", say(app, "nil-return", &[]));
    }
    text += &table.show();
    for check in view.checks.iter().filter(|check| !check.passed) {
        let sign = if check.blocking { "✗" } else { "!" };
        text += &format!("  {sign} {}\n", check.text);
    }
    for left in &view.left_out {
        text += &format!("  ✗ {}\n", left.text);
    }
    for question in view.questions.iter().filter(|question| question.asked) {
        let answer = question.given.unwrap_or(question.default).normalize().to_string();
        let args = [("text", question.text.as_str()), ("id", &question.id), ("answer", &answer)];
        text += &format!("  ? {}\n", say(app, "question", &args));
    }
    text
}

/// A box's label, with the word for its column where its line has two.
fn column_label(app: &App, one: &api::BoxView) -> String {
    match one.id.split_once('.') {
        Some((_, column)) => {
            let word = app.sentences().say(&format!("api.part.{column}"), &[]);
            format!("{} · {word}", one.label)
        }
        None => one.label.clone(),
    }
}

pub(super) fn explain(app: &App, words: ExplainWords) -> Ran {
    let asked = Figure { figure: words.figure };
    let found = app.explain(&words.book, asked, &bars(app))?.value;
    if words.json {
        print_json(&found);
    } else {
        print(&explained_text(app, &found));
    }
    Ok(ExitCode::SUCCESS)
}

fn number(app: &App, value: Decimal) -> String {
    match app.language() {
        api::Language::Fr => value.to_string().replace('.', ","),
        api::Language::En => value.to_string(),
    }
}

fn explained_text(app: &App, found: &Explained) -> String {
    let case = if found.case.is_empty() { String::new() } else { format!(" ({})", found.case) };
    let mut text = format!(
        "{}{case} · {}\n  = {} {}\n",
        found.figure,
        found.label,
        number(app, found.value),
        found.unit
    );
    if !found.formula.is_empty() {
        text += &format!("  {}\n", say(app, "formula", &[("formula", &found.formula)]));
    }
    if !found.law.is_empty() {
        let args = [("law", found.law.as_str()), ("grade", &found.grade), ("pack", &found.pack)];
        text += &format!("  {}\n", say(app, "law", &args));
    }
    parts_text(app, &found.parts, 1, &mut text);
    for step in &found.roundings {
        let (from, to) = (number(app, step.from), number(app, step.to));
        let change = number(app, step.contribution);
        let args = [
            ("of", step.of.as_str()),
            ("from", &from),
            ("to", &to),
            ("change", &change),
            ("law", &step.law),
        ];
        text += &format!("  {}\n", say(app, "rounding", &args));
    }
    let count = found.leaves.len().to_string();
    let sum = number(app, found.unrounded);
    text += &format!("\n{}\n", say(app, "leaves", &[("count", &count), ("sum", &sum)]));
    for leaf in &found.leaves {
        text += &leaf_text(app, leaf);
    }
    text
}

fn parts_text(app: &App, parts: &[PartView], depth: usize, text: &mut String) {
    for part in parts {
        let law = if part.law.is_empty() { String::new() } else { format!("  [{}]", part.law) };
        let value = number(app, part.value);
        *text += &format!("{}· {} = {value}{law}\n", "  ".repeat(depth), part.text);
        parts_text(app, &part.parts, depth + 1, text);
    }
}

fn leaf_text(app: &App, leaf: &LeafView) -> String {
    let mut text = format!("  {:>12}  {}\n", number(app, leaf.contribution), leaf.text);
    if let Some(invoice) = &leaf.invoice {
        let args = [("ref", invoice.reference.as_str()), ("label", &invoice.label)];
        text += &format!("{:16}{}\n", "", say(app, "of-invoice", &args));
    }
    for origin in &leaf.origins {
        match origin {
            OriginView::Bank { account, amount_minor, why, sightings, .. } => {
                let shown = amount(app, *amount_minor);
                let args = [("account", account.as_str()), ("amount", &shown), ("why", why)];
                text += &format!("{:16}{}\n", "", say(app, "from-bank", &args));
                for seen in sightings {
                    let (from, to) = (seen.from.to_string(), seen.to.to_string());
                    let args = [
                        ("file", seen.file.as_str()),
                        ("from", &from),
                        ("to", &to),
                        ("blob", &seen.blob[..12.min(seen.blob.len())]),
                    ];
                    text += &format!("{:16}{}\n", "", say(app, "in-bytes", &args));
                    let bytes = seen.bytes.split_whitespace().collect::<Vec<_>>().join(" ");
                    let short: String = bytes.chars().take(160).collect();
                    text += &format!("{:18}{short}\n", "");
                }
            }
            OriginView::Typed { seq, at, actor, text: what, .. } => {
                let seq = seq.to_string();
                let args = [("seq", seq.as_str()), ("at", at), ("actor", actor), ("what", what)];
                text += &format!("{:16}{}\n", "", say(app, "typed", &args));
            }
        }
    }
    text
}
