//! Invoices through the door, to the cent.

use super::*;
use crate::door::tests::Desk;
use crate::error::Code;
use crate::read::InvoiceRow;
use crate::tax_codes::Leg;
use crate::{
    AcceptLines, Acceptance, Booking, DraftInvoice, FinaliseInvoice, LineId, Outcome, ReverseEntry,
    ReviseInvoice, SaveCounterparty, Settlement, Share, Undo,
};
use einvoice::Address;
use std::collections::BTreeMap;
use std::str::FromStr;

type Edit<'a> = &'a dyn Fn(&mut InvoiceDraft);

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn decimal(text: &str) -> Decimal {
    Decimal::from_str(text).unwrap()
}

pub(crate) fn line(name: &str, quantity: &str, price: &str, nature: Nature) -> InvoiceLine {
    InvoiceLine {
        name: name.to_owned(),
        description: None,
        quantity: decimal(quantity),
        unit: "C62".to_owned(),
        unit_price: decimal(price),
        discount_percent: None,
        tax_code: "S20".to_owned(),
        rate: None,
        nature,
        account: None,
    }
}

pub(crate) fn draft(day_of_issue: &str, lines: Vec<InvoiceLine>) -> InvoiceDraft {
    InvoiceDraft {
        kind: InvoiceKind::Invoice,
        customer: Some("VASSEUR".to_owned()),
        day: Some(day(day_of_issue)),
        due_day: None,
        delivery_day: None,
        order_reference: None,
        note: None,
        lines,
        answers: None,
        reason: None,
    }
}

fn credit(
    invoice: InvoiceId,
    reason: CreditReason,
    on: &str,
    lines: Vec<InvoiceLine>,
) -> InvoiceDraft {
    InvoiceDraft {
        kind: InvoiceKind::CreditNote,
        answers: Some(invoice),
        reason: Some(reason),
        ..draft(on, lines)
    }
}

/// A business that may invoice, and a customer.
pub(crate) fn business() -> Desk {
    let mut desk = Desk::new();
    for (name, value) in [
        ("siren", "123456782"),
        ("vat_number", "FR11123456782"),
        ("address", "14 rue des Charpentiers, 44000 Nantes"),
        ("legal_form", "SARL"),
        ("activity", "services"),
    ] {
        desk.done(crate::ChangeSetting {
            name: name.to_owned(),
            value: value.to_owned(),
            valid_from: day("2026-01-01"),
        });
    }
    desk.done(customer("VASSEUR", "Galerie Vasseur"));
    desk
}

fn customer(code: &str, name: &str) -> SaveCounterparty {
    SaveCounterparty {
        code: Some(code.to_owned()),
        name: name.to_owned(),
        siren: None,
        vat_number: None,
        consumer: false,
        address: Address {
            line1: "8 rue de l’Héronnière".to_owned(),
            post_code: "44000".to_owned(),
            city: "Nantes".to_owned(),
            country: "FR".to_owned(),
            ..Address::default()
        },
        email: Some("compta@vasseur.example".to_owned()),
        electronic_address: None,
        terms_days: Some(30),
        language: None,
    }
}

fn drafted(desk: &mut Desk, draft: InvoiceDraft) -> InvoiceId {
    match desk.done(DraftInvoice { draft }) {
        Outcome::Invoice(id) => id,
        other => panic!("{other:?}"),
    }
}

fn prepared(desk: &mut Desk, id: InvoiceId) -> FinaliseInvoice {
    let reader = desk.book.reader().unwrap();
    let row = reader.invoice(id).unwrap();
    let built = reader.build_invoice(&row.draft, day("2026-11-15")).unwrap();
    let record = built.record_hash().unwrap();
    drop(reader);
    let page = format!("page of {}", built.record.number);
    let at = crate::door::tests::at("2026-11-15");
    let (pdf, _) = desk.book.note_blob(page.as_bytes(), "page", at).unwrap();
    FinaliseInvoice { invoice: id, number: built.number, record, pdf, pdf_size: page.len() as i64 }
}

pub(crate) fn issued(desk: &mut Desk, draft: InvoiceDraft) -> InvoiceRow {
    let id = drafted(desk, draft);
    let command = prepared(desk, id);
    desk.done(command);
    desk.book.reader().unwrap().invoice(id).unwrap()
}

/// The lines of an entry: account, amount.
fn lines_of(desk: &Desk, row: &InvoiceRow) -> Vec<(String, i64)> {
    let reader = desk.book.reader().unwrap();
    let entry = reader.whole_entry(row.entry.unwrap()).unwrap().unwrap();
    entry.postings.iter().map(|line| (line.account.clone(), line.amount_minor)).collect()
}

/// A bank statement of those days and amounts in cents, imported; gives its lines in order.
fn bank(desk: &mut Desk, lines: &[(&str, i64, &str)]) -> Vec<LineId> {
    let transactions: String = lines
        .iter()
        .enumerate()
        .map(|(place, (day, amount, name))| {
            let (whole, cents) = (amount / 100, amount.unsigned_abs() % 100);
            format!(
                "<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>{}<TRNAMT>{whole}.{cents:02}<FITID>F{place}\
                 <NAME>{name}</STMTTRN>",
                day.replace('-', "")
            )
        })
        .collect();
    let file = format!(
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS>\
         <CURDEF>EUR<BANKACCTFROM><BANKID>30004<ACCTID>00010203041<ACCTTYPE>CHECKING\
         </BANKACCTFROM><BANKTRANLIST><DTSTART>20260101<DTEND>20261114{transactions}\
         </BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
    );
    let at = crate::door::tests::at("2026-11-15");
    let (blob, _) = desk.book.note_blob(file.as_bytes(), "releve.ofx", at).unwrap();
    let (file_name, blob_size) = (Some("releve.ofx".to_owned()), file.len() as i64);
    desk.done(crate::ImportStatement { blob, blob_size, file_name, account: None });
    let mut found = desk.book.reader().unwrap().inbox(None, 100).unwrap();
    found.sort_by_key(|line| line.id);
    found.into_iter().map(|line| line.id).collect()
}

fn pay(desk: &mut Desk, line: LineId, invoice: &InvoiceRow, amount_minor: i64) {
    let items = vec![Share { item: invoice.claim.unwrap(), amount_minor }];
    let booking = Booking::Settle(Settlement { items, parts: Vec::new() });
    let acceptance = Acceptance { line, booking, why: "person".to_owned(), label: None };
    desk.done(AcceptLines { lines: vec![acceptance] });
}

/// Tax items that fall due in a month: base and tax by code.
fn due_in(desk: &Desk, first: &str, last: &str) -> BTreeMap<String, (i64, i64)> {
    let reader = desk.book.reader().unwrap();
    let mut sums: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for item in reader.tax_items(day(first), day(last)).unwrap() {
        if item.leg == Leg::Output {
            let sum = sums.entry(item.tax_code.clone()).or_default();
            *sum = (sum.0 + item.base_minor, sum.1 + item.tax_minor);
        }
    }
    sums
}

fn check_lines(desk: &Desk, row: &InvoiceRow, expected: &[(&str, i64)]) {
    let expected: Vec<(String, i64)> =
        expected.iter().map(|(account, amount)| ((*account).to_owned(), *amount)).collect();
    assert_eq!(lines_of(desk, row), expected);
}

#[test]
fn an_invoice_gets_its_number_its_entry_and_its_page_together() {
    let mut desk = business();
    let goods = line("Banque d’accueil", "1", "4620", Nature::Goods);
    let services = line("Pose", "4", "420", Nature::Services);
    let row = issued(&mut desk, draft("2026-11-10", vec![goods, services]));
    assert_eq!(row.reference.as_deref(), Some("FA-2026-0001"));
    assert_eq!(row.due_day, Some(day("2026-12-10")));
    let sums = (row.net_minor, row.tax_minor, row.gross_minor, row.rest_minor);
    assert_eq!(sums, (Some(630_000), Some(126_000), Some(756_000), 756_000));
    // Goods fall due at delivery, services wait for their payment.
    check_lines(
        &desk,
        &row,
        &[
            ("411", 756_000),
            ("707", -462_000),
            ("706", -168_000),
            ("445711", -92_400),
            ("44574", -33_600),
        ],
    );
    let due = due_in(&desk, "2026-11-01", "2026-11-30");
    assert_eq!(due, [("S20".to_owned(), (462_000, 92_400))].into());
    // Nothing of it changes any more.
    let revised = draft("2026-11-10", Vec::new());
    assert_eq!(desk.refused(ReviseInvoice { invoice: row.id, draft: revised }), Code::Finalised);
    assert_eq!(desk.refused(crate::DeleteInvoice { invoice: row.id }), Code::Finalised);
    let entry = row.entry.unwrap();
    assert_eq!(desk.refused(ReverseEntry { entry }), Code::AnswerByCreditNote);
    let seq = desk.book.reader().unwrap().seq();
    assert_eq!(desk.refused(Undo { seq }), Code::Posted);
}

#[test]
fn a_refused_invoice_burns_no_number() {
    let mut desk = business();
    let sound = draft("2026-11-10", vec![line("Pose", "1", "100", Nature::Services)]);
    let first = drafted(&mut desk, sound.clone());
    let second = drafted(&mut desk, sound.clone());
    let (one, two) = (prepared(&mut desk, first), prepared(&mut desk, second));
    assert_eq!((one.number, two.number), (1, 1));
    desk.done(one);
    // Its page says 1, and 1 is gone: it is drawn again.
    assert_eq!(desk.refused(two), Code::NumberMoved);
    // What the page says has changed since it was drawn.
    let mut stale = prepared(&mut desk, second);
    desk.done(customer("VASSEUR", "Galerie Vasseur SAS"));
    assert_eq!(desk.refused(stale.clone()), Code::NumberMoved);
    stale = prepared(&mut desk, second);
    stale.pdf = "0".repeat(64);
    assert_eq!(desk.refused(stale), Code::MissingBlob);
    let again = prepared(&mut desk, second);
    desk.done(again);
    let row = desk.book.reader().unwrap().invoice(second).unwrap();
    assert_eq!(row.reference.as_deref(), Some("FA-2026-0002"));
}

fn problems(desk: &Desk, draft: &InvoiceDraft) -> Vec<&'static str> {
    let reader = desk.book.reader().unwrap();
    let built = reader.build_invoice(draft, day("2026-11-15")).unwrap();
    built.problems.iter().map(|problem| problem.code).collect()
}

#[test]
fn what_is_missing_is_named_and_keeps_the_invoice_from_its_number() {
    let mut desk = business();
    issued(&mut desk, draft("2026-11-10", vec![line("Pose", "1", "100", Nature::Services)]));
    let with = |change: Edit<'_>| {
        let mut changed = draft("2026-11-12", vec![line("Pose", "1", "100", Nature::Services)]);
        change(&mut changed);
        changed
    };
    assert_eq!(problems(&desk, &with(&|_| {})), [""; 0]);
    let cases: &[(Edit<'_>, &str)] = &[
        (&|it| it.customer = None, "buyer-name"),
        (&|it| it.lines.clear(), "no-line"),
        (&|it| it.lines[0].quantity = Decimal::ZERO, "zero-quantity"),
        (&|it| it.lines[0].unit_price = decimal("0.001"), "nothing-left"),
        (&|it| it.lines[0].unit_price = decimal("90071992547410"), "too-large"),
        (&|it| it.lines[0].rate = Some(decimal("19.6")), "rate"),
        (&|it| it.lines[0].tax_code = "P20".to_owned(), "tax-code"),
        (&|it| it.lines[0].tax_code = "FRANCHISE".to_owned(), "not-franchise"),
        (&|it| it.lines[0].tax_code = "EXPORT".to_owned(), "tax-code-nature"),
        (&|it| it.day = Some(day("2026-11-09")), "day-before-last"),
        (&|it| it.day = Some(day("2026-11-16")), "future-day"),
    ];
    for (change, expected) in cases {
        let changed = with(change);
        assert_eq!(problems(&desk, &changed), [*expected]);
        let id = drafted(&mut desk, changed);
        let command = prepared(&mut desk, id);
        assert_eq!(desk.refused(command), Code::InvoiceProblem, "{expected}");
    }
    let row = issued(&mut desk, with(&|_| {}));
    assert_eq!(row.reference.as_deref(), Some("FA-2026-0002"), "no number was burnt");
}

#[test]
fn franchise_says_so_and_charges_nothing() {
    let mut desk = business();
    desk.done(crate::ChangeSetting {
        name: "vat_regime".to_owned(),
        value: "franchise".to_owned(),
        valid_from: day("2026-01-01"),
    });
    let charged = draft("2026-11-10", vec![line("Pose", "1", "100", Nature::Services)]);
    assert_eq!(problems(&desk, &charged), ["franchise-charges"]);
    let mut exempt = charged;
    exempt.lines[0].tax_code = "FRANCHISE".to_owned();
    let row = issued(&mut desk, exempt);
    check_lines(&desk, &row, &[("411", 10_000), ("706", -10_000)]);
    let record = desk.book.reader().unwrap().invoice_record(row.id).unwrap();
    let reason = record.breakdown[0].exemption_reason.as_deref();
    assert_eq!(reason, Some("TVA non applicable, article 293 B du CGI"));
    let subjects: Vec<&str> =
        record.notes.iter().filter_map(|note| note.subject.as_deref()).collect();
    assert_eq!(subjects, ["PMT", "PMD", "AAB"]);
}

/// The worked example W7: services of 2 000, a rebate of 10 %.
fn rebate(desk: &mut Desk, paid: bool) -> (InvoiceRow, InvoiceRow) {
    let sold = draft("2026-10-02", vec![line("Conseil", "1", "2000", Nature::Services)]);
    let row = issued(desk, sold);
    if paid {
        let lines = bank(desk, &[("2026-10-20", 240_000, "VIR GALERIE VASSEUR FA-2026-0001")]);
        pay(desk, lines[0], &row, 240_000);
    }
    let back = vec![line("Remise de 10 %", "1", "200", Nature::Services)];
    let note = issued(desk, credit(row.id, CreditReason::Rebate, "2026-11-05", back));
    assert_eq!(note.reference.as_deref(), Some("AV-2026-0001"));
    let row = desk.book.reader().unwrap().invoice(row.id).unwrap();
    (row, note)
}

#[test]
fn a_rebate_on_a_paid_invoice_lowers_the_vat_of_its_own_month() {
    let mut desk = business();
    let (row, note) = rebate(&mut desk, true);
    check_lines(&desk, &note, &[("411", -24_000), ("7096", 20_000), ("445711", 4_000)]);
    let november = due_in(&desk, "2026-11-01", "2026-11-30");
    assert_eq!(november, [("S20".to_owned(), (-20_000, -4_000))].into());
    let october = due_in(&desk, "2026-10-01", "2026-10-31");
    assert_eq!(october, [("S20".to_owned(), (200_000, 40_000))].into());
    assert_eq!((row.rest_minor, note.rest_minor), (0, 24_000), "the customer has 240 to come");
}

#[test]
fn a_rebate_on_an_unpaid_invoice_comes_off_what_waits() {
    let mut desk = business();
    let (row, note) = rebate(&mut desk, false);
    check_lines(&desk, &note, &[("411", -24_000), ("7096", 20_000), ("44574", 4_000)]);
    assert!(due_in(&desk, "2026-10-01", "2026-11-30").is_empty());
    assert_eq!((row.rest_minor, note.rest_minor), (216_000, 0));
    assert_eq!(row.credited_minor, 24_000);
}

#[test]
fn three_payments_and_a_credit_note_between_end_at_zero() {
    let mut desk = business();
    let sold = vec![
        line("Conseil", "1", "333.33", Nature::Services),
        InvoiceLine {
            tax_code: "S10".to_owned(),
            ..line("Travaux", "1", "1000.01", Nature::Services)
        },
    ];
    let row = issued(&mut desk, draft("2026-08-31", sold));
    assert_eq!(row.gross_minor, Some(150_001));
    let lines = bank(
        &mut desk,
        &[
            ("2026-09-10", 50_000, "VIR 1 FA-2026-0001"),
            ("2026-10-10", 33_333, "VIR 2 FA-2026-0001"),
            ("2026-11-10", 46_668, "VIR 3 FA-2026-0001"),
        ],
    );
    let standing = |desk: &Desk| {
        let row = desk.book.reader().unwrap().invoice(row.id).unwrap();
        (row.rest_minor, waiting_left(desk))
    };
    pay(&mut desk, lines[0], &row, 50_000);
    // A third of each: 50 000 ÷ 150 001 of 6 667 and of 10 000.
    assert_eq!(standing(&desk), (100_001, (6_667 - 2_222) + (10_000 - 3_333)));
    let back = vec![InvoiceLine {
        tax_code: "S10".to_owned(),
        ..line("Travaux non faits", "1", "181.82", Nature::Services)
    }];
    let note = issued(&mut desk, credit(row.id, CreditReason::Cancellation, "2026-09-30", back));
    check_lines(&desk, &note, &[("411", -20_000), ("706", 18_182), ("44574", 1_818)]);
    assert_eq!(standing(&desk), (80_001, 4_445 + 6_667 - 1_818));
    pay(&mut desk, lines[1], &row, 33_333);
    pay(&mut desk, lines[2], &row, 46_668);
    assert_eq!(standing(&desk), (0, 0), "nothing waits of an invoice that is settled");
    let all = due_in(&desk, "2026-08-01", "2026-11-30");
    assert_eq!(
        all,
        [
            ("S10".to_owned(), (100_001 - 18_182, 10_000 - 1_818)),
            ("S20".to_owned(), (33_333, 6_667))
        ]
        .into(),
        "what fell due is what was sold less what was credited, to the cent"
    );
    let september = due_in(&desk, "2026-09-01", "2026-09-30");
    assert_eq!(september["S20"], (11_111, 2_222));
}

/// What stands on the waiting account, as tax that waits, in cents.
fn waiting_left(desk: &Desk) -> i64 {
    let reader = desk.book.reader().unwrap();
    let stretch = crate::read::Stretch {
        first: day("2026-01-01"),
        last: day("2026-12-31"),
        prefix: "44574",
        by_month: false,
    };
    let sums = reader.live_sums(stretch).unwrap();
    sums.iter().map(|sum| sum.credit_minor - sum.debit_minor).sum()
}

#[test]
fn a_credit_note_takes_back_no_more_than_there_is_and_at_rates_that_stand_there() {
    let mut desk = business();
    let sold = draft("2026-10-02", vec![line("Conseil", "1", "100", Nature::Services)]);
    let row = issued(&mut desk, sold);
    let back = |price: &str| vec![line("Conseil", "1", price, Nature::Services)];
    let on = "2026-11-05";
    let too_much = credit(row.id, CreditReason::Cancellation, on, back("100.01"));
    assert_eq!(problems(&desk, &too_much), ["credited-too-much"]);
    let mut other_rate = credit(row.id, CreditReason::Cancellation, on, back("10"));
    other_rate.lines[0].tax_code = "S10".to_owned();
    assert_eq!(problems(&desk, &other_rate), ["not-on-invoice"]);
    let mut silent = credit(row.id, CreditReason::Cancellation, on, back("10"));
    silent.reason = None;
    assert_eq!(problems(&desk, &silent), ["reason"]);
    issued(&mut desk, credit(row.id, CreditReason::Cancellation, on, back("60")));
    let rest = credit(row.id, CreditReason::Cancellation, on, back("40.01"));
    assert_eq!(problems(&desk, &rest), ["credited-too-much"]);
    issued(&mut desk, credit(row.id, CreditReason::Cancellation, on, back("40")));
    let row = desk.book.reader().unwrap().invoice(row.id).unwrap();
    assert_eq!((row.rest_minor, waiting_left(&desk)), (0, 0));
}

#[test]
fn a_payment_beyond_what_is_left_is_refused_with_both_amounts() {
    let mut desk = business();
    let sold = draft("2026-10-02", vec![line("Conseil", "1", "100", Nature::Services)]);
    let row = issued(&mut desk, sold);
    let lines = bank(&mut desk, &[("2026-10-20", 15_000, "VIR VASSEUR")]);
    let accept = |shares: &[i64], parts: Vec<crate::Part>| {
        let item = row.claim.unwrap();
        let items = shares.iter().map(|amount| Share { item, amount_minor: *amount }).collect();
        let booking = Booking::Settle(Settlement { items, parts });
        let why = "person".to_owned();
        AcceptLines { lines: vec![Acceptance { line: lines[0], booking, why, label: None }] }
    };
    assert_eq!(desk.refused(accept(&[15_000], Vec::new())), Code::PaidTooMuch);
    assert_eq!(desk.refused(accept(&[-5], Vec::new())), Code::PaidTooMuch);
    assert_eq!(desk.refused(accept(&[6_000, 6_000], Vec::new())), Code::PaidTooMuch);
    assert_eq!(desk.refused(accept(&[12_000], Vec::new())), Code::Unbalanced);
    let over = crate::Part {
        account: "4191".to_owned(),
        gross_minor: 3_000,
        tax_code: None,
        rate: None,
        nature: None,
        counterparty: Some("VASSEUR".to_owned()),
    };
    desk.done(accept(&[12_000], vec![over]));
    assert_eq!(desk.book.reader().unwrap().invoice(row.id).unwrap().rest_minor, 0);
}

#[test]
fn a_customer_is_checked_by_its_own_digits() {
    let mut desk = business();
    let Outcome::Counterparty(code) =
        desk.done(SaveCounterparty { code: None, ..customer("", "Société Éclair & Fils") })
    else {
        panic!()
    };
    assert_eq!(code, "SOCIETEECLAIRF");
    let vat = values::VatNumber::parse("FR00812345676").unwrap();
    let cases = [
        SaveCounterparty { vat_number: Some(vat), ..customer("V", "V") },
        SaveCounterparty { email: Some("compta@".to_owned()), ..customer("V", "V") },
        SaveCounterparty { email: Some("a@b.fr\r\nBcc: x@y.fr".to_owned()), ..customer("V", "V") },
        SaveCounterparty { name: "A\nB".to_owned(), ..customer("V", "V") },
        SaveCounterparty { terms_days: Some(400), ..customer("V", "V") },
        SaveCounterparty { language: Some("de".to_owned()), ..customer("V", "V") },
    ];
    for case in cases {
        assert_eq!(desk.refused(case.clone()), Code::BadValue, "{case:?}");
    }
    assert!(
        serde_json::from_str::<SaveCounterparty>(r#"{"name":"A","siren":"123456789"}"#).is_err()
    );
}

/// Stops SQLite after so many of its own instructions, as a full disk or a crash would, anywhere
/// between the first read of the command and its commit.
fn interrupted(desk: &mut Desk, command: FinaliseInvoice, instructions: i32) -> bool {
    let mut left = instructions;
    desk.book
        .connection
        .progress_handler(
            1,
            Some(move || {
                left -= 1;
                // Once: the rollback that follows must not be stopped too.
                left == 0
            }),
        )
        .unwrap();
    let done = desk.ask(command).is_ok();
    desk.book.connection.progress_handler(0, None::<fn() -> bool>).unwrap();
    done
}

#[test]
fn finalising_that_fails_at_any_step_burns_no_number() {
    let mut desk = business();
    let sound = |price: &str| draft("2026-11-10", vec![line("Pose", "1", price, Nature::Services)]);
    // How many instructions one takes, so that the failures fall all along it.
    let first = drafted(&mut desk, sound("100"));
    let command = prepared(&mut desk, first);
    let mut needed = 1_000;
    while !interrupted(&mut desk, command.clone(), needed) {
        needed += needed / 4;
    }
    let (mut failed, mut issued) = (0, 1);
    let mut id = drafted(&mut desk, sound("101"));
    for attempt in 0.. {
        if failed == 1_000 {
            break;
        }
        let before = desk.book.reader().unwrap().seq();
        let command = prepared(&mut desk, id);
        assert_eq!(command.number, issued + 1, "a number was burnt");
        // A prime step walks all over the command, and now and then beyond its end.
        let at = 1 + (attempt * 787) % (needed + needed / 50);
        let told = interrupted(&mut desk, command, at);
        let reader = desk.book.reader().unwrap();
        let (seq, number) = (reader.seq(), reader.invoice(id).unwrap().reference);
        drop(reader);
        // Stopped after its commit the command is told to have failed: it is whole all the same.
        let whole = told || seq == before + 1;
        assert_eq!(number.is_some(), whole, "half an invoice");
        if whole {
            issued += 1;
            let draft = sound("102");
            let Outcome::Invoice(next) = desk.ask(DraftInvoice { draft }).unwrap().outcome else {
                panic!()
            };
            id = next;
        } else {
            failed += 1;
            assert_eq!(seq, before, "a failure left a record");
        }
    }
    assert!(issued > 1, "none of the later attempts went through");
    desk.sound();
    let reader = desk.book.reader().unwrap();
    let mut rows = reader.invoices().unwrap();
    rows.retain(|row| row.reference.is_some());
    rows.sort_by_key(|row| row.id);
    let numbers: Vec<String> = rows.into_iter().filter_map(|row| row.reference).collect();
    let expected: Vec<String> = (1..=issued).map(|number| format!("FA-2026-{number:04}")).collect();
    assert_eq!(numbers, expected);
}
