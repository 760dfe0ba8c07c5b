//! Files of the sample business through the door.

use super::*;
use crate::commands::{AcceptLines, Acceptance, Booking, Part, PostEntries, TakeBackLine, Undo};
use crate::door::tests::{Desk, at};
use crate::error::Code;
use crate::ids::LineId;
use crate::read::LineState;
use std::path::Path;

fn sample(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/sample/fr");
    std::fs::read(folder.join(name)).unwrap()
}

impl Desk {
    fn import(&mut self, name: &str, bytes: &[u8]) -> Result<crate::door::Done> {
        let (blob, _) = self.book.note_blob(bytes, name, at("2026-11-01")).unwrap();
        let (file_name, blob_size) = (Some(name.to_owned()), bytes.len() as i64);
        self.ask(ImportStatement { blob, blob_size, file_name, account: None })
    }

    fn new_lines(&mut self, name: &str, bytes: &[u8]) -> u32 {
        match self.import(name, bytes).unwrap().outcome {
            Outcome::Imported(found) => found.statements.iter().map(|one| one.new).sum(),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn reading_a_file_again_changes_nothing_and_undo_takes_it_back() {
    let mut desk = Desk::new();
    let before = desk.book.digest().unwrap();
    let january = sample("banque-courant-2026-01.camt.xml");
    assert_eq!(desk.new_lines("janvier.xml", &january), 45);
    desk.sound();
    let seq = desk.book.reader().unwrap().seq();
    assert_eq!(desk.new_lines("janvier.xml", &january), 0);
    // The same statement in other bytes: a blank line at the end.
    let again = [january.as_slice(), b"\n"].concat();
    assert_eq!(desk.new_lines("janvier (1).xml", &again), 0);
    assert_eq!(desk.book.reader().unwrap().seq(), seq, "nothing new leaves no record");
    desk.ask(Undo { seq }).unwrap();
    assert_eq!(desk.book.digest().unwrap(), before);
    desk.sound();
    assert_eq!(desk.new_lines("janvier.xml", &january), 45);
}

#[test]
fn months_in_any_order_are_proved_together() {
    use statement::proof::{ChainState, Verdict};
    let mut desk = Desk::new();
    for month in ["03", "01", "02"] {
        let name = format!("banque-courant-2026-{month}.camt.xml");
        desk.new_lines(&name, &sample(&name));
    }
    let reader = desk.book.reader().unwrap();
    let account = reader.bank_accounts().unwrap().remove(0);
    assert_eq!((account.account.as_str(), account.journal.as_str()), ("512101", "BQ1"));
    let chain = reader.proof(account.id).unwrap();
    assert_eq!(chain.state, ChainState::Proved);
    assert!(chain.windows.iter().all(|one| matches!(one.verdict, Verdict::Proved { .. })));
    desk.sound();
}

#[test]
fn a_line_is_booked_taken_back_posted_and_reversed() {
    let mut desk = Desk::new();
    let january = sample("banque-courant-2026-01.camt.xml");
    desk.new_lines("janvier.xml", &january);
    let line = desk.book.reader().unwrap().inbox(None, 1).unwrap().remove(0);
    let part = |account: &str, gross_minor, tax_code: Option<&str>| Part {
        account: account.to_owned(),
        gross_minor,
        tax_code: tax_code.map(str::to_owned),
        rate: None,
        nature: None,
        counterparty: None,
    };
    let accept = |parts: Vec<Part>| AcceptLines {
        lines: vec![Acceptance {
            line: line.id,
            booking: Booking::Parts(parts),
            why: "person".to_owned(),
            label: None,
        }],
    };
    let gross = line.amount_minor;
    assert_eq!(desk.refused(accept(vec![part("6132", gross - 1, None)])), Code::Unbalanced);
    assert_eq!(desk.refused(accept(vec![part("512101", gross, None)])), Code::BankPosting);
    let split = vec![part("6132", gross - 12_00, Some("P20")), part("627", 12_00, None)];
    desk.done(accept(split.clone()));
    assert_eq!(desk.refused(accept(split.clone())), Code::AlreadyMatched);
    desk.done(TakeBackLine { line: line.id });
    desk.done(accept(split));
    desk.done(PostEntries { up_to: line.day });
    desk.done(TakeBackLine { line: line.id });
    let state = |id: LineId| desk.book.reader().unwrap().line(id).unwrap().unwrap().state;
    assert_eq!(state(line.id), LineState::Inbox);
}

#[test]
fn what_is_no_statement_is_refused_and_nothing_is_kept_of_it() {
    let mut desk = Desk::new();
    let before = desk.book.digest().unwrap();
    for bytes in [&b""[..], b"<html><body>Connexion</body></html>", b"%PDF-1.4", b"bonjour"] {
        let refused = desk.import("releve.ofx", bytes);
        assert!(matches!(refused, Err(Error::NotAStatement(_))), "{refused:?}");
    }
    assert_eq!(desk.book.digest().unwrap(), before);
}
