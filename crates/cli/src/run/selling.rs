//! Customers, invoices, credit notes, the outbox and the mail account.

use super::money::{amount, day};
use super::{Ran, bars, print, print_json};
use crate::arguments::selling::{
    CreditNoteWhat, CreditNoteWords, CreditWords, CustomerWhat, CustomerWords, InvoiceWhat,
    InvoiceWords, MailSet, MailWhat, MailWords, OutboxWords, PdfWords, Reason,
};
use crate::table::{Side, Table};
use api::{
    App, CreditReason, CreditRequest, CustomerCard, CustomerRef, Failure, InvoiceDraft, InvoiceRef,
    KeepDraft, MailAccountCard, MessageRef, MessageView, Nothing, SaveInvoice, SaveMessage,
    SendInvoice, SetMailAccount, Verdict,
};
use serde::de::DeserializeOwned;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn say(app: &App, key: &str, args: &[(&str, &str)]) -> String {
    app.sentences().say(&format!("cli.{key}"), args)
}

/// JSON of a file, or of standard input.
fn read_json<T: DeserializeOwned>(
    app: &App,
    file: Option<&PathBuf>,
    call: &str,
) -> Result<T, Failure> {
    let text = match file.filter(|file| file.as_os_str() != "-") {
        Some(file) => std::fs::read_to_string(file).map_err(|_| app.no_file(file))?,
        None => read_input(),
    };
    serde_json::from_str(&text).map_err(|why| app.bad_request(call, &why.to_string()))
}

fn read_input() -> String {
    let mut text = String::new();
    // What is no text is no JSON either, and is refused as such.
    let _ = std::io::stdin().lock().read_to_string(&mut text);
    text
}

/// A secret: asked without showing it, or the next line of standard input.
pub(super) fn read_secret(prompt: &str) -> String {
    rpassword::prompt_password(format!("{prompt}: ")).or_else(|_| read_line()).unwrap_or_default()
}

pub(super) fn read_line() -> std::io::Result<String> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

pub(super) fn customer(app: &App, words: CustomerWords) -> Ran {
    let book = &words.book;
    match words.what {
        CustomerWhat::List(asked) => {
            let parties = app.customers(book, Nothing {}, &bars(app))?.value;
            if asked.json {
                print_json(&parties);
                return Ok(ExitCode::SUCCESS);
            }
            let mut table = Table::new(&[Side::Left, Side::Left, Side::Left, Side::Right]);
            for party in parties {
                table.row([party.code, party.name, party.city, amount(app, party.open_minor)]);
            }
            print(&table.show());
        }
        CustomerWhat::Show(asked) => {
            let request = CustomerRef { code: asked.code };
            print_json(&app.customer(book, request, &bars(app))?.value);
        }
        CustomerWhat::Save(asked) => {
            let card: CustomerCard = read_json(app, asked.json_file.as_ref(), "save_customer")?;
            print_json(&app.save_customer(book, card, &bars(app))?.value.card);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// An invoice by its number, or a draft by its id.
fn which(app: &App, book: &Path, named: &str) -> Result<i64, Failure> {
    let rows = app.invoices(book, Nothing {}, &bars(app))?.value.rows;
    let by_number = rows.iter().find(|row| row.reference.as_deref() == Some(named));
    let by_id = || rows.iter().find(|row| row.id.to_string() == named);
    match by_number.or_else(by_id) {
        Some(row) => Ok(row.id),
        None => Err(app.no_invoice(named)),
    }
}

pub(super) fn invoice(app: &App, words: InvoiceWords) -> Ran {
    let book = &words.book;
    match words.what {
        InvoiceWhat::List(asked) => list(app, book, asked.json),
        InvoiceWhat::Show(asked) => show(app, book, &asked.invoice),
        InvoiceWhat::Draft(asked) => {
            let draft: InvoiceDraft = read_json(app, asked.json_file.as_ref(), "draft_invoice")?;
            let request = KeepDraft { invoice: asked.id, draft };
            let mut view = app.draft_invoice(book, request, &bars(app))?.value;
            view.preview.pages.clear();
            print_json(&view);
            Ok(ExitCode::SUCCESS)
        }
        InvoiceWhat::Finalise(asked) => finalise(app, book, &asked.invoice),
        InvoiceWhat::Pdf(asked) => pdf(app, book, asked),
        InvoiceWhat::Send(asked) => {
            let invoice = which(app, book, &asked.invoice)?;
            let to = (!asked.address.is_empty()).then_some(asked.address);
            let request = SendInvoice { invoice, to, subject: None, body: None };
            print_json(&app.send_invoice(book, request, &bars(app))?.value);
            Ok(ExitCode::SUCCESS)
        }
        InvoiceWhat::Delete(asked) => {
            let invoice = which(app, book, &asked.invoice)?;
            app.delete_invoice(book, InvoiceRef { invoice }, &bars(app))?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

pub(super) fn credit_note(app: &App, words: CreditNoteWords) -> Ran {
    let book = &words.book;
    match words.what {
        CreditNoteWhat::Draft(asked) => credit(app, book, asked),
        CreditNoteWhat::Finalise(asked) => finalise(app, book, &asked.invoice),
        CreditNoteWhat::List(asked) => list(app, book, asked.json),
        CreditNoteWhat::Show(asked) => show(app, book, &asked.invoice),
        CreditNoteWhat::Pdf(asked) => pdf(app, book, asked),
    }
}

fn credit(app: &App, book: &Path, asked: CreditWords) -> Ran {
    let reason = match asked.reason {
        Reason::Cancellation => CreditReason::Cancellation,
        Reason::Return => CreditReason::Return,
        Reason::Rebate => CreditReason::Rebate,
    };
    let invoice = which(app, book, &asked.invoice)?;
    let own: Option<InvoiceDraft> = match &asked.json_file {
        Some(_) => Some(read_json(app, asked.json_file.as_ref(), "draft_invoice")?),
        None => None,
    };
    let request = CreditRequest { invoice, reason: Some(reason) };
    let mut view = app.credit_invoice(book, request, &bars(app))?.value;
    if let Some(own) = own {
        let draft = InvoiceDraft { lines: own.lines, day: own.day, note: own.note, ..view.draft };
        let request = KeepDraft { invoice: Some(view.row.id), draft };
        view = app.draft_invoice(book, request, &bars(app))?.value;
    }
    view.preview.pages.clear();
    print_json(&view);
    Ok(ExitCode::SUCCESS)
}

fn list(app: &App, book: &Path, json: bool) -> Ran {
    let rows = app.invoices(book, Nothing {}, &bars(app))?.value.rows;
    if json {
        print_json(&rows);
        return Ok(ExitCode::SUCCESS);
    }
    let mut table = Table::new(&[
        Side::Left,
        Side::Left,
        Side::Left,
        Side::Right,
        Side::Right,
        Side::Left,
        Side::Left,
    ]);
    for row in rows {
        table.row([
            row.reference.clone().unwrap_or_else(|| row.id.to_string()),
            row.day.map(|one| day(app, one)).unwrap_or_default(),
            row.customer_name.clone().unwrap_or_default(),
            amount(app, row.gross_minor),
            amount(app, row.rest_minor),
            say(app, &format!("invoice.{}", word(&row.state)), &[]),
            say(app, &format!("sent.{}", word(&row.sent)), &[]),
        ]);
    }
    print(&table.show());
    Ok(ExitCode::SUCCESS)
}

/// The word of a closed list, as it stands in JSON.
fn word(value: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

fn show(app: &App, book: &Path, named: &str) -> Ran {
    let invoice = which(app, book, named)?;
    let mut view = app.invoice(book, InvoiceRef { invoice }, &bars(app))?.value;
    view.preview.pages.clear();
    print_json(&view);
    Ok(ExitCode::SUCCESS)
}

fn finalise(app: &App, book: &Path, named: &str) -> Ran {
    let invoice = which(app, book, named)?;
    let view = app.finalise_invoice(book, InvoiceRef { invoice }, &bars(app))?.value;
    print(&format!("{}\n", view.row.reference.unwrap_or_default()));
    Ok(ExitCode::SUCCESS)
}

fn pdf(app: &App, book: &Path, asked: PdfWords) -> Ran {
    let invoice = which(app, book, &asked.invoice)?;
    let request = SaveInvoice { invoice, out: asked.out };
    print(&format!("{}\n", app.save_invoice(book, request, &bars(app))?.value.path));
    Ok(ExitCode::SUCCESS)
}

pub(super) fn outbox(app: &App, words: OutboxWords) -> Ran {
    let book = &words.book;
    if words.resume {
        app.resume_outbox(book, Nothing {}, &bars(app))?;
    }
    if let Some(message) = words.arrived {
        app.settle_message(book, Verdict { message, arrived: true }, &bars(app))?;
    }
    if let Some(message) = words.again {
        again(app, book, message)?;
    }
    if let Some(message) = words.cancel {
        app.cancel_message(book, MessageRef { message }, &bars(app))?;
    }
    if let Some(message) = words.eml {
        let request = SaveMessage { message, out: words.out };
        print(&format!("{}\n", app.save_message(book, request, &bars(app))?.value.path));
    }
    let view = if words.run {
        app.run_outbox(book, Nothing {}, &bars(app))?.value
    } else {
        app.outbox(book, Nothing {}, &bars(app))?.value
    };
    if words.json {
        print_json(&view);
    } else {
        print(&messages(app, &view.messages));
        if view.paused {
            print(&format!("{}\n", say(app, "outbox-paused", &[])));
        }
    }
    if let Some(stopped) = &view.stopped {
        eprintln!("{} {}", stopped.message, stopped.hint);
    }
    Ok(ExitCode::from(u8::from(view.stopped.is_some())))
}

/// An uncertain message is settled as not arrived; any other final answer is taken back.
fn again(app: &App, book: &Path, message: i64) -> Result<(), Failure> {
    let view = app.outbox(book, Nothing {}, &bars(app))?.value;
    let unknown = view.messages.iter().any(|one| one.id == message && one.state == "unknown");
    if unknown {
        app.settle_message(book, Verdict { message, arrived: false }, &bars(app))?;
    } else {
        app.requeue_message(book, MessageRef { message }, &bars(app))?;
    }
    Ok(())
}

fn messages(app: &App, messages: &[MessageView]) -> String {
    let mut table = Table::new(&[Side::Right, Side::Left, Side::Left, Side::Left, Side::Left]);
    for one in messages {
        table.row([
            one.id.to_string(),
            one.reference.clone().unwrap_or_default(),
            one.recipients.clone(),
            say(app, &format!("sent.{}", one.state), &[]),
            one.words.clone(),
        ]);
    }
    table.show()
}

pub(super) fn mail(app: &App, words: MailWords) -> Ran {
    let book = &words.book;
    match words.what {
        MailWhat::Set(asked) => set_mail(app, book, asked)?,
        MailWhat::Test => {
            app.test_mail(book, Nothing {}, &bars(app))?;
            print(&format!("{}\n", say(app, "mail-works", &[])));
        }
        MailWhat::Show => print_json(&app.mail_account(book, Nothing {}, &bars(app))?.value),
    }
    Ok(ExitCode::SUCCESS)
}

fn set_mail(app: &App, book: &Path, asked: MailSet) -> Result<(), Failure> {
    let implicit_tls = !asked.starttls;
    let account = MailAccountCard {
        host: asked.server,
        port: asked.mail_port.unwrap_or(if implicit_tls { 465 } else { 587 }),
        implicit_tls,
        user: asked.user.unwrap_or_else(|| asked.sender.clone()),
        address: asked.sender,
        name: asked.sender_name,
    };
    let password = read_secret(&say(app, "ask-password", &[]));
    let request = SetMailAccount { account, password: Some(password) };
    print_json(&app.set_mail_account(book, request, &bars(app))?.value);
    Ok(())
}
