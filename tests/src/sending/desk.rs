//! The book that messages are sent from, made by the calls that a person has.

use super::child::{Errand, Moments, What, account, application};
use api::{App, Silent};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// When books are made: 1 November 2026, 09:00 UTC.
const BEGIN_S: i64 = 1_793_523_600;

/// Between two lives lies longer than any message waits for its next try.
const LIFE_S: i64 = 13 * 3_600;

/// The port in the account of a book that is not sent from yet.
const NOWHERE: u16 = 9;

/// The file of a book in its folder.
const BOOK: &str = "morvan.comptoir";

/// What this machine saw of its books.
pub(super) const MEMORY: &str = "outboxes.json";

/// When a life begins.
pub(super) fn begin_of(life: u32) -> i64 {
    BEGIN_S + i64::from(life) * LIFE_S
}

/// The application as the person has it, between two lives of the sender.
pub(super) struct Desk {
    app: App,
    path: PathBuf,
}

impl Desk {
    pub(super) fn open(path: &Path, life: u32) -> Desk {
        let at_s = begin_of(life);
        let errand = Errand { what: What::Run, life, at_s, step_s: 1, path: path.to_owned() };
        let app = application(&errand, &Arc::new(Moments::default()));
        Desk { app, path: path.to_owned() }
    }

    pub(super) fn call(&self, name: &str, params: Value) -> Result<Value, String> {
        let answer = self.app.call(Some(&self.path), name, params, &Silent);
        match answer {
            Ok(answer) => Ok(answer.result),
            Err(failure) => Err(format!("{name}: {failure:?}")),
        }
    }
}

/// A book with messages that wait, to be copied.
pub struct Template {
    folder: TempDir,
    /// Whom its messages go to, one each, in their order.
    pub(super) recipients: Vec<String>,
}

impl Template {
    /// A business with so many customers, one invoice for each, one message for each invoice.
    pub fn new(messages: usize) -> Result<Template, String> {
        let folder = tempfile::tempdir().map_err(|why| why.to_string())?;
        let desk = Desk::open(&folder.path().join(BOOK), 0);
        desk.call("create_book", business())?;
        desk.call("set_mail_account", account(NOWHERE))?;
        let mut recipients = Vec::new();
        for number in 0..messages {
            let address = format!("client{number}@acheteurs.example");
            let customer = desk.call("save_customer", customer(number, &address))?;
            let draft = desk.call("draft_invoice", invoice(&customer["card"]["code"]))?;
            let invoice = draft["row"]["id"].clone();
            desk.call("finalise_invoice", json!({ "invoice": invoice }))?;
            desk.call("send_invoice", json!({ "invoice": invoice }))?;
            recipients.push(address);
        }
        drop(desk);
        Ok(Template { folder, recipients })
    }

    /// A copy of its own for one story, with the memory that the machine has of it.
    pub(super) fn copy(&self) -> Result<(TempDir, PathBuf), String> {
        let folder = tempfile::tempdir().map_err(|why| why.to_string())?;
        for name in [BOOK, MEMORY] {
            fs::copy(self.folder.path().join(name), folder.path().join(name))
                .map_err(|why| format!("{name}: {why}"))?;
        }
        let path = folder.path().join(BOOK);
        Ok((folder, path))
    }
}

fn business() -> Value {
    json!({
        "country": "fr",
        "name": "Atelier Morvan",
        "first_day": "2026-01-01",
        "settings": {
            "siren": "123456782",
            "vat_number": "FR11123456782",
            "address": "14 rue des Charpentiers, 44000 Nantes",
            "legal_form": "SARL",
            "activity": "services",
        },
    })
}

fn customer(number: usize, address: &str) -> Value {
    json!({
        "name": format!("Client {number}"),
        "line1": "8 rue de l’Héronnière",
        "post_code": "44000",
        "city": "Nantes",
        "country": "FR",
        "email": address,
        "terms_days": 30,
    })
}

fn invoice(customer: &Value) -> Value {
    json!({
        "draft": {
            "customer": customer,
            "lines": [{
                "name": "Pose",
                "quantity": "1",
                "unit_price": "120",
                "tax_code": "S20",
                "nature": "services",
            }],
        },
    })
}
