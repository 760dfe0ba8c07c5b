use super::*;
use crate::{Address, Allowance, LineVat, Preceding, Totals, sum_up};
use values::{Currency, Day};

fn party(name: &str, siren: &str, vat_number: &str) -> Party {
    Party {
        name: name.to_owned(),
        siren: Some(siren.to_owned()),
        vat_number: Some(vat_number.to_owned()),
        address: Address {
            line1: "14 rue des Charpentiers".to_owned(),
            post_code: "44000".to_owned(),
            city: "Nantes".to_owned(),
            country: "FR".to_owned(),
            ..Address::default()
        },
        ..Party::default()
    }
}

fn sound() -> Invoice {
    let day = Day::parse("2026-11-17").unwrap();
    let mut invoice = Invoice {
        number: "FA-2026-0207".to_owned(),
        issue_day: day,
        type_code: TypeCode::Invoice,
        currency: Currency::EUR,
        due_day: Some(day.plus_days(30)),
        buyer_reference: None,
        order_reference: None,
        payment_terms: None,
        notes: Vec::new(),
        process: None,
        preceding: Vec::new(),
        seller: party("Atelier Morvan", "123456782", "FR11123456782"),
        buyer: party("Galerie Vasseur", "812345676", "FR19812345676"),
        delivery: None,
        payment: None,
        lines: vec![Line {
            id: "1".to_owned(),
            name: "Pose".to_owned(),
            description: None,
            quantity: Decimal::from(4),
            unit: "DAY".to_owned(),
            unit_price: Decimal::from(420),
            allowance: None,
            net_minor: 0,
            vat: LineVat {
                category: "S".to_owned(),
                rate: Decimal::from(20),
                exemption_reason: None,
                exemption_code: None,
            },
        }],
        breakdown: Vec::new(),
        totals: Totals::default(),
    };
    sum_up(&mut invoice).unwrap();
    invoice
}

fn check_after(change: impl FnOnce(&mut Invoice), expected: &[&str]) {
    let mut invoice = sound();
    change(&mut invoice);
    sum_up(&mut invoice).unwrap();
    let found: Vec<&str> = check(&invoice).iter().map(|problem| problem.code.word()).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_sound_invoice_passes_and_adds_up() {
    let invoice = sound();
    assert_eq!(check(&invoice), []);
    let totals = (invoice.totals.net_minor, invoice.totals.tax_minor, invoice.totals.gross_minor);
    assert_eq!(totals, (168_000, 33_600, 201_600));
    let text = serde_json::to_string(&invoice).unwrap();
    assert_eq!(serde_json::from_str::<Invoice>(&text).unwrap(), invoice);
}

#[test]
fn each_rule_names_what_is_wrong() {
    check_after(|it| it.lines.clear(), &["no-line"]);
    check_after(|it| it.buyer.address.city.clear(), &["buyer-address"]);
    check_after(|it| it.buyer.address.post_code.clear(), &["buyer-address"]);
    check_after(|it| it.buyer = Party::default(), &["buyer-name"]);
    check_after(|it| it.buyer.vat_number = Some("FR00812345676".to_owned()), &["vat-key"]);
    check_after(|it| it.seller.siren = None, &["seller-siren"]);
    check_after(|it| it.seller.vat_number = None, &["seller-vat-number"]);
    check_after(|it| it.seller.address = Address::default(), &["seller-address"]);
    check_after(|it| it.lines[0].quantity = Decimal::ZERO, &["zero-quantity"]);
    check_after(|it| it.lines[0].quantity = Decimal::new(10_001, 5), &["fine-quantity"]);
    check_after(|it| it.lines[0].unit_price = Decimal::new(1, 7), &["fine-price", "nothing-left"]);
    check_after(|it| it.lines[0].unit_price = Decimal::new(1, 3), &["nothing-left"]);
    check_after(|it| it.lines[0].name = " ".to_owned(), &["line-name"]);
    check_after(|it| it.lines[0].quantity = Decimal::from(-4), &["negative-total"]);
    check_after(
        |it| it.lines[0].unit_price = Decimal::from(-4),
        &["negative-price", "negative-total"],
    );
    check_after(|it| it.due_day = None, &["due-day"]);
    check_after(|it| it.due_day = Some(it.issue_day.plus_days(-1)), &["due-before-issue"]);
    check_after(|it| it.number = "FA 2026".to_owned(), &["number"]);
    check_after(|it| it.number.clear(), &[]);
    check_after(
        |it| {
            it.lines[0].vat.category = "AE".to_owned();
            it.lines[0].vat.rate = Decimal::ZERO;
            it.buyer.vat_number = None;
        },
        &["buyer-vat-number", "exemption-reason"],
    );
    check_after(
        |it| {
            let percent = Decimal::from(101);
            let reason = "Remise".to_owned();
            it.lines[0].allowance =
                Some(Allowance { percent, base_minor: 0, amount_minor: 0, reason });
        },
        &["discount", "negative-total"],
    );
}

#[test]
fn a_credit_note_names_the_invoice_it_answers() {
    check_after(|it| it.type_code = TypeCode::CreditNote, &["preceding"]);
    check_after(
        |it| {
            it.type_code = TypeCode::CreditNote;
            it.preceding = vec![Preceding { number: "FA-2026-0100".to_owned(), day: None }];
        },
        &[],
    );
}
