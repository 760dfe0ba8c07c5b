//! Invoices to the form and to the page, by calls alone: W7 on a paid and on an unpaid invoice,
//! three payments with a credit note between, and what is refused on the way.

use crate::desk::Desk;
use api::Language;
use serde_json::{Value, json};

/// A business that may invoice, with one customer; the test stands on 2 November 2026.
fn business() -> Desk {
    let desk = Desk::new(Language::En);
    desk.call(
        "create_book",
        json!({
            "country": "fr", "name": "Atelier Morvan", "first_day": "2026-01-01",
            "settings": {
                "siren": "123456782", "legal_form": "SARL", "activity": "services",
                "address": "14 rue des Charpentiers, 44000 Nantes", "email": "a@morvan.example",
            },
        }),
    );
    desk.call(
        "save_customer",
        json!({
            "code": "VASSEUR", "name": "Galerie Vasseur", "line1": "8 rue de l’Héronnière",
            "post_code": "44000", "city": "Nantes", "country": "FR", "siren": "812 345 676",
            "email": "compta@vasseur.example", "terms_days": 30,
        }),
    );
    desk
}

fn line(name: &str, price: &str, tax_code: &str) -> Value {
    json!({
        "name": name, "quantity": "1", "unit_price": price, "tax_code": tax_code,
        "nature": "services",
    })
}

fn issued(desk: &Desk, day: &str, lines: &[Value]) -> Value {
    let draft = json!({ "customer": "VASSEUR", "day": day, "lines": lines });
    let drafted = desk.call("draft_invoice", json!({ "draft": draft }));
    desk.call("finalise_invoice", json!({ "invoice": drafted["row"]["id"] }))
}

fn credited(desk: &Desk, invoice: &Value, reason: &str, day: &str, lines: &[Value]) -> Value {
    let request = json!({ "invoice": invoice["row"]["id"], "reason": reason });
    let mut begun = desk.call("credit_invoice", request);
    begun["draft"]["lines"] = json!(lines);
    begun["draft"]["day"] = json!(day);
    let request = json!({ "invoice": begun["row"]["id"], "draft": begun["draft"] });
    let kept = desk.call("draft_invoice", request);
    desk.call("finalise_invoice", json!({ "invoice": kept["row"]["id"] }))
}

/// A statement with these payments, read; each line is accepted as it is proposed.
fn paid(desk: &Desk, lines: &[(&str, &str, &str)]) -> Vec<Value> {
    let transactions: String = lines
        .iter()
        .enumerate()
        .map(|(place, (day, amount, name))| {
            format!(
                "<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>{}<TRNAMT>{amount}<FITID>P{place}<NAME>{name}\
                 </STMTTRN>",
                day.replace('-', "")
            )
        })
        .collect();
    let file = format!(
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS>\
         <CURDEF>EUR<BANKACCTFROM><BANKID>30004<ACCTID>00010203041<ACCTTYPE>CHECKING\
         </BANKACCTFROM><BANKTRANLIST><DTSTART>20260101<DTEND>20261101{transactions}\
         </BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
    );
    let path = desk.path("releve.ofx");
    std::fs::write(&path, file).expect("the statement is written");
    desk.call("import", json!({ "files": [path] }));
    let inbox = desk.call("inbox", json!({}));
    let waiting = inbox["lines"].as_array().expect("lines").clone();
    for one in &waiting {
        desk.call("accept", json!({ "line": one["id"] }));
    }
    waiting
}

/// Boxes of a month's CA3, as the form has them: whole euros.
fn boxes(desk: &Desk, month: &str, wanted: &[&str]) -> Vec<i64> {
    let view = desk.call("preview_return", json!({ "form": "CA3", "period": month }));
    let all = view["boxes"].as_array().expect("boxes");
    let value = |id: &&str| {
        let found = all.iter().find(|one| one["box"] == **id);
        found.unwrap_or_else(|| panic!("no box {id}"))["value"].as_i64().expect("whole euros")
    };
    wanted.iter().map(value).collect()
}

const SALES: &[&str] = &["A1", "08.base", "08.tax"];

/// W7: services of 2 000 in September, a rebate of 200 in October; besides, in October, services
/// of 1 000 that are paid at once.
fn rebate(paid_before: bool) -> (Desk, Value) {
    let desk = business();
    let sold = issued(&desk, "2026-09-02", &[line("Conseil", "2000", "S20")]);
    issued(&desk, "2026-10-01", &[line("Conseil", "1000", "S20")]);
    let mut payments = vec![("2026-10-05", "1200.00", "VIR VASSEUR FA-2026-0002")];
    if paid_before {
        payments.push(("2026-09-20", "2400.00", "VIR VASSEUR FA-2026-0001"));
    }
    paid(&desk, &payments);
    let back = [line("Remise de 10 %", "200", "S20")];
    let note = credited(&desk, &sold, "rebate", "2026-10-20", &back);
    assert_eq!(note["row"]["reference"], "AV-2026-0001");
    let entry = desk.call("entry", json!({ "entry": note["entry"] }));
    (desk, entry)
}

fn lines_of(entry: &Value) -> Vec<(String, i64)> {
    let lines = entry["lines"].as_array().expect("lines");
    let line = |one: &Value| {
        let account = one["account"].as_str().expect("an account").to_owned();
        (account, one["amount_minor"].as_i64().expect("an amount"))
    };
    lines.iter().map(line).collect()
}

fn expected(lines: &[(&str, i64)]) -> Vec<(String, i64)> {
    lines.iter().map(|(account, amount)| ((*account).to_owned(), *amount)).collect()
}

#[test]
fn a_rebate_on_what_was_paid_lowers_the_form_of_its_month() {
    let (desk, entry) = rebate(true);
    let booked = [("411", -24_000), ("7096", 20_000), ("445711", 4_000)];
    assert_eq!(lines_of(&entry), expected(&booked));
    assert_eq!(boxes(&desk, "2026-09", SALES), [2_000, 2_000, 400]);
    assert_eq!(boxes(&desk, "2026-10", SALES), [800, 800, 160]);
}

#[test]
fn a_rebate_on_what_was_not_paid_leaves_the_form_alone() {
    let (desk, entry) = rebate(false);
    let booked = [("411", -24_000), ("7096", 20_000), ("44574", 4_000)];
    assert_eq!(lines_of(&entry), expected(&booked));
    assert_eq!(boxes(&desk, "2026-09", SALES), [0, 0, 0]);
    assert_eq!(boxes(&desk, "2026-10", SALES), [1_000, 1_000, 200]);
}

#[test]
fn three_payments_and_a_credit_note_between_fill_the_forms_exactly() {
    let desk = business();
    let sold = issued(
        &desk,
        "2026-07-31",
        &[line("Conseil", "3000", "S20"), line("Travaux", "2000", "S10")],
    );
    // 3 600 + 2 200 = 5 800; a fourth of it, then a credit note of 440 of the works.
    let first = paid(&desk, &[("2026-08-10", "1450.00", "VIR FA-2026-0001 ACOMPTE")]);
    assert_eq!(first[0]["proposal"]["sure"], false, "the rest may be a slip");
    assert_eq!(first[0]["proposal"]["documents"], json!(["FA-2026-0001"]));
    let back = [line("Travaux non faits", "400", "S10")];
    let note = credited(&desk, &sold, "cancellation", "2026-08-31", &back);
    assert_eq!(note["row"]["rest_minor"], 0, "it came off what was unpaid");
    paid(&desk, &[("2026-09-10", "1955.00", "VIR FA-2026-0001")]);
    paid(&desk, &[("2026-10-10", "1955.00", "VIR FA-2026-0001 SOLDE")]);
    let view = desk.call("invoice", json!({ "invoice": sold["row"]["id"] }));
    assert_eq!(view["row"]["rest_minor"], 0);
    assert_eq!(view["row"]["state"], "paid");
    assert_eq!(view["payments"].as_array().map(Vec::len), Some(4));
    let wanted = &["A1", "08.base", "08.tax", "9B.base", "9B.tax"];
    // A fourth of 3 000 and of 2 000.
    assert_eq!(boxes(&desk, "2026-08", wanted), [1_250, 750, 150, 500, 50]);
    // Half of what was left: 2 250, and 1 500 less the 400 credited.
    assert_eq!(boxes(&desk, "2026-09", wanted), [1_675, 1_125, 225, 550, 55]);
    assert_eq!(boxes(&desk, "2026-10", wanted), [1_675, 1_125, 225, 550, 55]);
    let balance = desk
        .call("trial_balance", json!({ "from": "2026-01-01", "to": "2026-12-31", "drafts": true }));
    let rows = balance["rows"].as_array().expect("rows");
    let waiting = rows.iter().find(|row| row["account"] == "44574").expect("the waiting account");
    assert_eq!(waiting["balance_minor"], 0, "nothing waits of what is settled");
    assert_eq!(desk.digests().0, desk.digests().1);
}

#[test]
fn the_thread_of_a_box_leads_to_the_invoice_and_to_the_bytes_of_the_bank() {
    let desk = business();
    issued(&desk, "2026-09-02", &[line("Conseil", "2000", "S20")]);
    paid(&desk, &[("2026-09-20", "2400.00", "VIR GALERIE VASSEUR FA-2026-0001")]);
    let told = desk.call("explain", json!({ "figure": "ca3/2026-09/08.base" })).to_string();
    for wanted in ["FA-2026-0001", "VIR GALERIE VASSEUR", "releve.ofx", "200000"] {
        assert!(told.contains(wanted), "no {wanted} in {told}");
    }
}

#[test]
fn a_page_is_frozen_with_its_number_and_saved_as_it_was() {
    let desk = business();
    let sold = issued(&desk, "2026-10-02", &[line("Conseil", "100", "S20")]);
    let id = sold["row"]["id"].clone();
    let saved = desk.call("save_invoice", json!({ "invoice": id, "out": desk.path("") }));
    let path = saved["path"].as_str().expect("a path");
    assert!(path.ends_with("FA-2026-0001.pdf"), "{path}");
    let bytes = std::fs::read(path).expect("the page");
    assert!(bytes.starts_with(b"%PDF-"));
    assert_eq!(Value::from(crate::desk::hash(&bytes)), sold["pdf"]);
    // The customer moves: the invoice stays what it was.
    desk.call(
        "save_customer",
        json!({ "code": "VASSEUR", "name": "Vasseur & Cie", "line1": "1 quai", "city": "Rezé",
            "post_code": "44400", "country": "FR" }),
    );
    let again = desk.call("invoice", json!({ "invoice": id }));
    assert_eq!(again["preview"]["pages"], sold["preview"]["pages"]);
    // What no font can show is told before a number is given.
    let draft = json!({ "customer": "VASSEUR", "lines": [line("Pose 🪚", "1", "S20")] });
    let drafted = desk.call("draft_invoice", json!({ "draft": draft }));
    assert_eq!(drafted["preview"]["pages"], json!([]));
    let refused = desk.ask("finalise_invoice", json!({ "invoice": drafted["row"]["id"] }));
    assert_eq!(refused.expect_err("no page, no number").code, "unprintable-line");
    let next = issued(&desk, "2026-10-03", &[line("Conseil", "1", "S20")]);
    assert_eq!(next["row"]["reference"], "FA-2026-0002");
}

#[test]
fn a_refusal_names_what_is_missing_in_one_sentence() {
    let desk = business();
    desk.call("save_customer", json!({ "code": "X", "name": "Sans adresse" }));
    let draft = json!({ "customer": "X", "lines": [line("Pose", "1", "S20")] });
    let drafted = desk.call("draft_invoice", json!({ "draft": draft }));
    assert_eq!(drafted["preview"]["problems"][0]["term"], "BG-8");
    let refused = desk.ask("finalise_invoice", json!({ "invoice": drafted["row"]["id"] }));
    let refused = refused.expect_err("no address, no number");
    assert_eq!(refused.code, "invoice-problem");
    assert_eq!(refused.message, "The address of Sans adresse is not whole.");
    let unknown = desk.ask("save_customer", json!({ "name": "A", "siren": "123456789" }));
    assert_eq!(unknown.expect_err("no SIREN").code, "bad-siren");
}

#[test]
fn a_message_is_queued_once_saved_as_a_file_and_held_back_in_a_copy() {
    let desk = business();
    let sold = issued(&desk, "2026-10-02", &[line("Conseil", "100", "S20")]);
    let send = json!({ "invoice": sold["row"]["id"] });
    let first = desk.call("send_invoice", send.clone());
    let again = desk.call("send_invoice", send);
    assert_eq!(first["id"], again["id"], "the same wish is the same message");
    assert_eq!(first["state"], "queued");
    let refused = desk.ask("run_outbox", json!({}));
    assert_eq!(refused.expect_err("no account").code, "no-mail-account");
    let backup = desk.path("backup");
    desk.call("backup", json!({ "to": backup }));
    let request = json!({ "message": first["id"], "out": desk.path("") });
    let saved = desk.call("save_message", request);
    let text = std::fs::read_to_string(saved["path"].as_str().expect("a path")).expect("a file");
    assert!(text.contains("To: compta@vasseur.example"), "{text}");
    assert!(text.contains(first["message_id"].as_str().expect("an id")));
    assert!(text.contains("FA-2026-0001.pdf"));
    let outbox = desk.call("outbox", json!({}));
    assert_eq!(outbox["messages"][0]["state"], "saved");
    assert_eq!(outbox["paused"], false);
    // Brought back from before, it would send what was saved since.
    let copy = desk.path("copy");
    let ask = |name: &str, request: Value| {
        desk.app.call(Some(&copy), name, request, &api::Silent).map(|answer| answer.result)
    };
    ask("restore", json!({ "from": backup })).expect("the backup comes back");
    assert_eq!(ask("outbox", json!({})).expect("an outbox")["paused"], true);
    assert_eq!(ask("run_outbox", json!({})).expect_err("paused").code, "outbox-paused");
    ask("resume_outbox", json!({})).expect("the person looked");
    assert_eq!(ask("outbox", json!({})).expect("an outbox")["paused"], false);
}
