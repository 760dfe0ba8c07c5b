//! Invoices of an invented joinery, as the tests print them.

use crate::{Color, InvoiceStyle, Language};
use einvoice::{
    Address, Allowance, Delivery, Invoice, Line, LineVat, Note, Party, Payment, Preceding, Totals,
    TypeCode, sum_up,
};
use values::{Currency, Day};

pub(crate) const STYLE: InvoiceStyle = InvoiceStyle {
    language: Language::French,
    accent: Some(Color(0x6b, 0x35, 0x18)),
    draft: false,
};

pub(crate) fn line(
    name: &str,
    description: &str,
    (quantity, unit): (&str, &str),
    price: &str,
    rate: &str,
) -> Line {
    let category = if rate == "0" { "E" } else { "S" };
    Line {
        id: String::new(),
        name: name.to_owned(),
        description: Some(description.to_owned()).filter(|text| !text.is_empty()),
        quantity: quantity.parse().unwrap(),
        unit: unit.to_owned(),
        unit_price: price.parse().unwrap(),
        allowance: None,
        net_minor: 0,
        vat: LineVat {
            category: category.to_owned(),
            rate: rate.parse().unwrap(),
            exemption_reason: None,
            exemption_code: None,
        },
    }
}

/// Four lines at one rate, a deposit deducted.
pub(crate) fn vasseur() -> Invoice {
    let mut invoice = Invoice {
        number: "FA-2026-0207".to_owned(),
        issue_day: Day::parse("2026-11-17").unwrap(),
        type_code: TypeCode::Invoice,
        currency: Currency::EUR,
        due_day: Some(Day::parse("2026-12-17").unwrap()),
        buyer_reference: None,
        order_reference: Some("BC-2211".to_owned()),
        payment_terms: None,
        notes: notes(),
        process: Some("M1".to_owned()),
        preceding: vec![Preceding {
            number: "FA-2026-0188".to_owned(),
            day: Some(Day::parse("2026-10-06").unwrap()),
        }],
        seller: seller(),
        buyer: buyer(),
        delivery: Some(Delivery {
            day: Some(Day::parse("2026-11-14").unwrap()),
            name: Some("Chantier Vasseur".to_owned()),
            address: Some(place("3 cours Cambronne", "44000", "Nantes")),
        }),
        payment: Some(Payment {
            means_code: "58".to_owned(),
            remittance: Some("FA-2026-0207".to_owned()),
            iban: Some("FR7630006000011234567890189".to_owned()),
            account_name: None,
            bic: Some("AGRIFRPP".to_owned()),
        }),
        lines: vec![
            line(
                "Banque d’accueil sur mesure",
                "Chêne massif huilé, 3,20 m, plan incliné PMR",
                ("1", "C62"),
                "4620",
                "20",
            ),
            line("Bibliothèque murale", "Contreplaqué bouleau", ("12", "SET"), "135", "20"),
            line("Pose et réglages", "Deux compagnons, deux jours", ("4", "DAY"), "420", "20"),
            line("Livraison à Nantes", "", ("1", "LS"), "80", "20"),
        ],
        breakdown: Vec::new(),
        totals: Totals { paid_minor: 288_000, ..Totals::default() },
    };
    sum_up(&mut invoice).unwrap();
    invoice
}

fn seller() -> Party {
    Party {
        name: "Atelier Morvan SARL".to_owned(),
        siren: Some("732829320".to_owned()),
        vat_number: Some("FR44732829320".to_owned()),
        legal_information: Some("SARL au capital de 8 000 €, RCS Nantes".to_owned()),
        electronic_address: None,
        address: place("14 rue des Charpentiers", "44000", "Nantes"),
        email: Some("bonjour@atelier-morvan.example".to_owned()),
        telephone: Some("02 40 00 00 00".to_owned()),
    }
}

fn buyer() -> Party {
    Party {
        name: "Galerie Vasseur SAS".to_owned(),
        siren: Some("404833048".to_owned()),
        vat_number: Some("FR83404833048".to_owned()),
        address: place("8 rue de l’Héronnière", "44000", "Nantes"),
        ..Party::default()
    }
}

pub(crate) fn place(street: &str, post_code: &str, city: &str) -> Address {
    Address {
        line1: street.to_owned(),
        line2: String::new(),
        post_code: post_code.to_owned(),
        city: city.to_owned(),
        country: "FR".to_owned(),
    }
}

fn notes() -> Vec<Note> {
    let note = |subject: Option<&str>, text: &str| Note {
        subject: subject.map(str::to_owned),
        text: text.to_owned(),
    };
    vec![
        note(Some("AAB"), "Pas d’escompte pour paiement anticipé."),
        note(
            Some("PMD"),
            "En cas de retard, pénalités au taux annuel de 12,15 % (taux de refinancement de la \
             BCE majoré de 10 points), exigibles sans rappel.",
        ),
        note(Some("PMT"), "Indemnité forfaitaire pour frais de recouvrement : 40 €."),
        note(None, "Assurance décennale Mutuelle des Artisans n° 44-118-772."),
    ]
}

/// The same business in franchise: no tax, one reason.
pub(crate) fn franchise() -> Invoice {
    let mut invoice = vasseur();
    invoice.process = Some("S1".to_owned());
    invoice.preceding.clear();
    invoice.delivery = None;
    invoice.seller.vat_number = None;
    invoice.totals.paid_minor = 0;
    for line in &mut invoice.lines {
        line.vat.category = "E".to_owned();
        line.vat.rate = values::Decimal::ZERO;
        line.vat.exemption_reason = Some("TVA non applicable, article 293 B du CGI".to_owned());
        line.vat.exemption_code = Some("VATEX-FR-FRANCHISE".to_owned());
    }
    sum_up(&mut invoice).unwrap();
    invoice
}

/// What takes two lines of the first invoice back.
pub(crate) fn credit_note() -> Invoice {
    let mut invoice = vasseur();
    invoice.number = "AV-2026-0012".to_owned();
    invoice.type_code = TypeCode::CreditNote;
    invoice.preceding = vec![Preceding {
        number: "FA-2026-0207".to_owned(),
        day: Some(Day::parse("2026-11-17").unwrap()),
    }];
    invoice.delivery = None;
    invoice.lines.truncate(2);
    invoice.totals.paid_minor = 0;
    sum_up(&mut invoice).unwrap();
    invoice
}

/// Two rates, a reverse charge, a discount and a fine price.
pub(crate) fn mixed() -> Invoice {
    let mut invoice = vasseur();
    invoice.lines[1].allowance = Some(Allowance {
        percent: "7.5".parse().unwrap(),
        base_minor: 0,
        amount_minor: 0,
        reason: "fidélité".to_owned(),
    });
    invoice.lines[2].vat.rate = "10".parse().unwrap();
    invoice.lines[3].vat.category = "AE".to_owned();
    invoice.lines[3].vat.rate = values::Decimal::ZERO;
    invoice.lines[3].vat.exemption_reason = Some("Autoliquidation".to_owned());
    invoice.lines.push(line(
        "Vis",
        "Acier inoxydable A4, tête fraisée\nLivrées en vrac",
        ("1250.5", "ZZ"),
        "0.123456",
        "20",
    ));
    sum_up(&mut invoice).unwrap();
    invoice
}

/// So many lines, each with a name and a description of its own.
pub(crate) fn long(count: usize) -> Invoice {
    let mut invoice = vasseur();
    invoice.totals.paid_minor = 0;
    invoice.lines = (1..=count)
        .map(|number| {
            let description = format!("Détail{number:03} de la pièce");
            line(&format!("Pièce{number:03}"), &description, ("2", "C62"), "10.01", "20")
        })
        .collect();
    sum_up(&mut invoice).unwrap();
    invoice
}
