use super::super::tests::sample::{credit_note, vasseur};
use super::*;
use std::process::Command;

#[test]
fn the_payload_is_that_of_the_guideline() {
    let mut invoice = vasseur();
    let payment = invoice.payment.as_mut().unwrap();
    payment.account_name = Some("Brûlé & Sœurs – Łódź “été” 山".to_owned());
    assert_eq!(
        payload(&invoice).unwrap(),
        "BCD\n002\n1\nSCT\nAGRIFRPP\nBrule + Soeurs - Lodz .ete. .\n\
         FR7630006000011234567890189\nEUR6720.00\n\n\nFA-2026-0207"
    );
}

#[test]
fn a_code_stands_only_where_it_can_be_paid() {
    let check = |change: fn(&mut Invoice), wanted: bool| {
        let mut invoice = vasseur();
        change(&mut invoice);
        assert_eq!(payload(&invoice).is_some(), wanted);
    };
    check(|_| {}, true);
    check(|i| i.totals.due_minor = 0, false);
    check(|i| i.totals.due_minor = -1, false);
    check(|i| i.totals.due_minor = 1, true);
    check(|i| i.totals.due_minor = MOST_CENTS + 1, false);
    check(|i| i.currency = Currency::parse("CHF").unwrap(), false);
    check(|i| i.payment = None, false);
    check(|i| i.payment.as_mut().unwrap().iban = None, false);
    check(|i| i.payment.as_mut().unwrap().iban = Some("FR76 1".to_owned()), false);
    check(|i| i.payment.as_mut().unwrap().bic = None, true);
    check(|i| i.payment.as_mut().unwrap().bic = Some("A\nB".to_owned()), false);
    check(|i| i.seller.name = "\n".to_owned(), false);
    assert_eq!(payload(&credit_note()), None);
}

#[test]
fn long_texts_are_cut_to_their_fields() {
    let mut invoice = vasseur();
    invoice.seller.name = "é".repeat(200);
    invoice.payment.as_mut().unwrap().remittance = Some("Lot\n1".repeat(200));
    let payload = payload(&invoice).unwrap();
    let lines: Vec<&str> = payload.lines().collect();
    assert_eq!((lines.len(), lines[5].len(), lines[10].len()), (11, 70, 140));
    assert!(payload.len() <= MOST_BYTES);
}

/// A reader that knows nothing of us finds the payload on the printed page.
#[test]
fn another_reader_decodes_the_printed_code() {
    if Command::new("zbarimg").arg("--version").output().is_err() {
        eprintln!("skipped: zbarimg is not installed");
        return;
    }
    let stationery = super::super::Stationery::load(&assets::Assets::built_in()).unwrap();
    let style = super::super::tests::sample::STYLE;
    let bytes = crate::invoice_pdf(&stationery, &vasseur(), &style, "Comptoir").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (file, picture) = (folder.path().join("a.pdf"), folder.path().join("a"));
    std::fs::write(&file, bytes).unwrap();
    let mut draw = Command::new("pdftoppm");
    draw.args(["-r", "200", "-png", "-singlefile"]).arg(&file).arg(&picture);
    assert!(draw.status().unwrap().success());
    let read = Command::new("zbarimg")
        .args(["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable"])
        .arg(picture.with_extension("png"))
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(read.stdout).unwrap().trim_end(), payload(&vasseur()).unwrap());
}
