//! An invoice: its live picture, its number, its page, and its letter handed over.

use super::Row;
use super::meter::{each_us, ms, percentile, thread_ns, wall_us};
use super::office::{Drawer, Office};
use api::{NoWire, Progress};
use assets::Assets;
use book::Law;
use book::read::Reader;
use document::{InvoiceStyle, Stationery, invoice_pdf};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use tests::sending::authority::Authority;
use tests::sending::pem;
use tests::sending::server::{Server, Victim};

/// Invoices, measured in groups; those of the first group fill caches that all others find.
const INVOICES: usize = 100;
const GROUP: usize = 10;
/// What each may cost at most, in microseconds.
const FINALISE_US: u64 = 25_000;
const PDF_US: u64 = 6_000;
const PICTURE_US: u64 = 100_000;
const SEND_US: u64 = 5_000;
/// When everything happens.
const AT: &str = "2026-06-01T08:00:00Z";
/// Where Debian keeps the roots it believes.
const SYSTEM_ROOTS: &str = "/etc/ssl/certs/ca-certificates.crt";
const PASSWORD: &str = "of-the-bench";

/// Measures invoices on a book of their own.
pub(super) fn measure(folder: &Path) -> Result<Vec<Row>, String> {
    let folder = folder.join("selling");
    std::fs::create_dir(&folder).map_err(|why| format!("making a folder: {why}"))?;
    let path = folder.join("selling.comptoir");
    let office = office(&path)?;
    let (customer, drafts) = drafts(&office)?;
    let picture = pictures(&office, &customer)?;
    let mut finalise =
        grouped(&drafts, |id| office.call("finalise_invoice", json!({ "invoice": id })).map(drop))?;
    let mut pdf = pages(&path, &drafts)?;
    drop(office);
    let (finalise, pdf) = (percentile(&mut finalise, 50), percentile(&mut pdf, 50));
    let send = send(&folder, &path, &drafts)?;
    let cpu = |us| format!("{} cpu", ms(us));
    Ok(vec![
        picture,
        Row::new("finalise an invoice", cpu(finalise), "25 ms of cpu", finalise <= FINALISE_US),
        Row::new("its PDF", cpu(pdf), "6 ms of cpu", pdf <= PDF_US),
        Row::new("the application's part of a send", cpu(send), "5 ms of cpu", send <= SEND_US),
    ])
}

fn office(path: &Path) -> Result<Office, String> {
    Office::new(path, AT, Drawer::with(PASSWORD), NoWire)
}

/// A business, the code of its customer, and the drafts of its invoices by id.
fn drafts(office: &Office) -> Result<(Value, Vec<i64>), String> {
    let settings = json!({
        "siren": "123456782",
        "vat_number": "FR11123456782",
        "address": "14 rue des Charpentiers, 44000 Nantes",
        "legal_form": "SARL",
        "activity": "mixed",
    });
    let business = json!({
        "country": "fr",
        "name": "Atelier Morvan",
        "first_day": "2026-01-01",
        "settings": settings,
    });
    office.call("create_book", business)?;
    let customer = json!({
        "name": "Librairie Briord",
        "line1": "8 rue de l’Héronnière",
        "post_code": "44000",
        "city": "Nantes",
        "country": "FR",
        "email": "compta@briord.example",
        "terms_days": 30,
    });
    let kept = office.call("save_customer", customer)?;
    let code = kept["card"]["code"].clone();
    let mut drafts = Vec::with_capacity(INVOICES);
    for n in 0..INVOICES {
        let kept = office.call("draft_invoice", json!({ "draft": draft(&code, n) }))?;
        drafts.push(kept["row"]["id"].as_i64().ok_or("a draft without an id")?);
    }
    Ok((code, drafts))
}

/// Four lines, as a small joinery writes them.
fn draft(customer: &Value, n: usize) -> Value {
    let line = |name: &str, quantity: &str, unit_price: &str, nature: &str| {
        json!({
            "name": name,
            "quantity": quantity,
            "unit_price": unit_price,
            "tax_code": "S20",
            "nature": nature,
        })
    };
    json!({
        "customer": customer,
        "lines": [
            line("Rayonnages en chêne massif, huilés, sur mesure", "3", "412.50", "goods"),
            line("Quincaillerie, crémaillères et taquets", "12", "7.95", "goods"),
            line(&format!("Pose et réglages, intervention n° {n}"), "6.5", "58", "services"),
            line("Livraison et reprise de l’ancien mobilier", "1", "95", "services"),
        ],
    })
}

/// The picture of a draft that changes at each key, as the window asks for it.
fn pictures(office: &Office, customer: &Value) -> Result<Row, String> {
    let mut took = Vec::with_capacity(INVOICES);
    for n in 0..INVOICES {
        let typed = draft(customer, n);
        let (shown, us) = wall_us(|| office.call("preview_invoice", typed));
        let drawn = shown?["pages"].as_array().map_or(0, Vec::len);
        if drawn != 1 {
            return Err(format!("a picture of {drawn} pages"));
        }
        took.push(us);
    }
    Ok(Row::spread("the picture of a draft, in the engine", took, "100 ms p99", PICTURE_US))
}

/// Microseconds of processor time for each, by groups.
fn grouped(
    ids: &[i64],
    mut work: impl FnMut(i64) -> Result<(), String>,
) -> Result<Vec<u64>, String> {
    let mut marks = vec![thread_ns()];
    for group in ids.chunks_exact(GROUP) {
        for id in group {
            work(*id)?;
        }
        marks.push(thread_ns());
    }
    Ok(each_us(&marks, GROUP))
}

/// The page of each frozen record, written again.
fn pages(path: &Path, ids: &[i64]) -> Result<Vec<u64>, String> {
    let assets = Assets::built_in();
    let stationery = Stationery::load(&assets).map_err(|why| why.to_string())?;
    let reader = Reader::open(path, Law::new(assets), None);
    let reader = reader.map_err(|why| format!("reading the book: {why}"))?;
    let style = InvoiceStyle { language: document::Language::French, accent: None, draft: false };
    let read = |id: &i64| reader.invoice_record(book::InvoiceId(*id));
    let records: Vec<_> = ids
        .iter()
        .map(read)
        .collect::<Result<_, _>>()
        .map_err(|why| format!("reading invoices: {why}"))?;
    let places: Vec<i64> = (0..records.len() as i64).collect();
    grouped(&places, |place| {
        let page = invoice_pdf(&stationery, &records[place as usize], &style, "bench");
        page.map(drop).map_err(|why| format!("a page: {why}"))
    })
}

/// A program of its own sends them all: it must believe the certificate of the server here, whose
/// work is not counted. Microseconds of processor time a letter.
fn send(folder: &Path, book: &Path, ids: &[i64]) -> Result<u64, String> {
    let authority = Authority::new("an authority of the bench");
    // Beside those of the system, which are read as on any machine.
    let mut believed = std::fs::read_to_string(SYSTEM_ROOTS).unwrap_or_default();
    believed += &pem(authority.root());
    let roots = folder.join("roots.pem");
    std::fs::write(&roots, believed).map_err(|why| format!("writing roots: {why}"))?;
    let server = Server::start(authority, Victim::default(), Box::new(|_| {}))?;
    let office = office(book)?;
    let account = json!({
        "host": "127.0.0.1",
        "port": server.port,
        "implicit_tls": false,
        "user": "atelier@morvan.example",
        "address": "atelier@morvan.example",
        "name": "Atelier Morvan",
    });
    office.call("set_mail_account", json!({ "account": account, "password": PASSWORD }))?;
    for id in ids {
        office.call("send_invoice", json!({ "invoice": id }))?;
    }
    drop(office);
    let own = std::env::current_exe().map_err(|why| format!("finding this program: {why}"))?;
    let ran = Command::new(own)
        .args(["bench", "letters"])
        .arg(book)
        .env("SSL_CERT_FILE", &roots)
        .env_remove("SSL_CERT_DIR")
        .output()
        .map_err(|why| format!("sending: {why}"))?;
    if !ran.status.success() {
        return Err(String::from_utf8_lossy(&ran.stderr).into_owned());
    }
    if server.letters().len() != ids.len() {
        return Err(format!("{} letters of {} arrived", server.letters().len(), ids.len()));
    }
    let told = String::from_utf8_lossy(&ran.stdout);
    told.trim().parse().map_err(|_| format!("sending told {told}"))
}

/// Sends what waits, for whoever made the book; tells microseconds of processor time a letter.
pub(super) fn only_letters(book: &Path) -> Result<String, String> {
    let office = office(book)?;
    let marks = Marks::default();
    office.watched("run_outbox", json!({}), &marks)?;
    let mut marks = marks.0.into_inner().map_err(|why| why.to_string())?;
    marks.push(thread_ns());
    let groups: Vec<u64> = marks.into_iter().step_by(GROUP).collect();
    Ok(percentile(&mut each_us(&groups, GROUP), 50).to_string())
}

/// What the thread had run when each letter began.
#[derive(Default)]
struct Marks(Mutex<Vec<u64>>);

impl Progress for Marks {
    fn begin(&self, step: &str, _: &str) {
        if let ("send", Ok(mut marks)) = (step, self.0.lock()) {
            marks.push(thread_ns());
        }
    }

    fn step(&self, _: u64, _: Option<u64>) -> bool {
        true
    }
}
