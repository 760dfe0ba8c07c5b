//! The sample's January, booked by hand, as it is told again.

use super::*;
use crate::commands::{AcceptLines, Acceptance, Booking, ImportStatement, Part, TakeBackLine};
use crate::door::tests::{Desk, at};
use crate::read::BankLine;
use std::path::Path;

fn accept(desk: &mut Desk, line: &BankLine, booking: Booking) {
    let why = format!("person {}", line.id);
    let acceptance = Acceptance { line: line.id, booking, why, label: None };
    desk.done(AcceptLines { lines: vec![acceptance] });
}

fn part(line: &BankLine, account: &str, tax_code: Option<&str>) -> Booking {
    Booking::Parts(vec![Part {
        account: account.to_owned(),
        gross_minor: line.amount_minor,
        tax_code: tax_code.map(str::to_owned),
        rate: None,
        nature: None,
        counterparty: None,
    }])
}

fn told(past: &PastBooking) -> String {
    let counters: Vec<&str> = past.counters.iter().map(|one| one.account.as_str()).collect();
    let taxes: Vec<String> =
        past.taxes.iter().map(|one| format!("{} {} {}", one.code, one.rate, one.nature)).collect();
    let transfer = if past.transfer { "transfer" } else { "" };
    [counters.join(","), taxes.join(","), transfer.to_owned()].join("|")
}

#[test]
fn past_bookings_are_told_the_latest_decision_first() {
    let mut desk = Desk::new();
    let name = "banque-courant-2026-01.camt.xml";
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/sample/fr");
    let bytes = std::fs::read(folder.join(name)).unwrap();
    let (blob, _) = desk.book.note_blob(&bytes, name, at("2026-11-01")).unwrap();
    let (file_name, blob_size) = (Some(name.to_owned()), bytes.len() as i64);
    desk.done(ImportStatement { blob, blob_size, file_name, account: None });
    let lines = desk.book.reader().unwrap().inbox(None, 100).unwrap();
    let out: Vec<&BankLine> = lines.iter().filter(|line| line.amount_minor < 0).collect();
    assert!(desk.book.reader().unwrap().history_of_bookings(10).unwrap().is_empty());

    accept(&mut desk, out[3], part(out[3], "6257", None));
    accept(&mut desk, out[1], part(out[1], "6262", Some("P20")));
    accept(&mut desk, out[2], Booking::Transfer);
    accept(&mut desk, out[0], part(out[0], "627", None));
    desk.done(TakeBackLine { line: out[0].id });

    let past = desk.book.reader().unwrap().history_of_bookings(10).unwrap();
    let found: Vec<String> = past.iter().map(told).collect();
    assert_eq!(found, ["580||transfer", "6262|P20 20 services|", "6257||"]);
    for (past, line) in past.iter().zip([out[2], out[1], out[3]]) {
        assert_eq!(
            (past.line, past.day, past.amount_minor),
            (line.id, line.day, line.amount_minor)
        );
        assert_eq!(past.clean_label, line.clean_label);
        assert_eq!(past.party_name, line.party_name);
        assert_eq!(past.party_iban, line.party_iban);
        assert_eq!(past.why, format!("person {}", line.id));
    }
    let latest = desk.book.reader().unwrap().history_of_bookings(1).unwrap();
    assert_eq!(latest, past[..1]);
}
