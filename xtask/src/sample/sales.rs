//! Invoices and credit notes of the year, and the transfers that pay them. Until September they
//! were typed from another program; from October on they are made in Comptoir.

use super::calendar::{YEAR, on, working_from};
use super::documents::{Document, Part, sale};
use super::invoices::{Draft, INVOICE_PREFIX, Sold, Written, first_day, lines};
use super::model::{Means, World};
use values::Day;

/// A part of an offer: account, tax code, nature, then the price range and its step in cents.
type Range = (&'static str, &'static str, &'static str, i64, i64, i64);

/// What a customer keeps ordering.
struct Offer {
    party: &'static str,
    label: &'static str,
    parts: &'static [Range],
}

const GOODS: &str = "goods";
const SERVICES: &str = "services";

const OFFERS: [Offer; 13] = [
    Offer {
        party: "VASSEUR",
        label: "Cimaises et vitrines sur mesure",
        parts: &[("707", "S20", GOODS, 900_00, 4_200_00, 45)],
    },
    Offer {
        party: "KERLANN",
        label: "Agencement de chambres, fourniture et pose",
        parts: &[
            ("707", "S20", GOODS, 1_810_00, 4_610_00, 50_00),
            ("706", "S20", SERVICES, 700_00, 2_200_00, 50_00),
        ],
    },
    Offer {
        party: "ESTUAIRE",
        label: "Maquettes et plans d'exécution",
        parts: &[("706", "S20", SERVICES, 600_00, 2_800_00, 37)],
    },
    Offer {
        party: "ERDRE",
        label: "Mobilier d'accueil",
        parts: &[("707", "S20", GOODS, 700_00, 2_600_00, 13)],
    },
    Offer {
        party: "BRIORD",
        label: "Rayonnages, fourniture et pose",
        parts: &[
            ("707", "S20", GOODS, 903_00, 3_203_00, 10_00),
            ("706", "S20", SERVICES, 300_00, 1_100_00, 10_00),
        ],
    },
    Offer {
        party: "PENHOEL",
        label: "Comptoir de vente, fabrication et pose",
        parts: &[("706", "S20", SERVICES, 1_400_00, 4_900_00, 5_50)],
    },
    Offer {
        party: "TILLEULS",
        label: "Rénovation des boiseries communes",
        parts: &[("706", "S10", SERVICES, 1_200_00, 4_800_00, 77)],
    },
    Offer {
        party: "DAMOISEL",
        label: "Rénovation de l'escalier et bibliothèque",
        parts: &[("706", "S10", SERVICES, 800_00, 3_500_00, 1_03)],
    },
    Offer {
        party: "TROCHU",
        label: "Fenêtres isolantes et boiseries",
        parts: &[
            ("706", "S55", SERVICES, 1_100_00, 3_300_00, 1_00),
            ("706", "S10", SERVICES, 250_00, 900_00, 1_00),
        ],
    },
    Offer {
        party: "SILLON",
        label: "Parquet et barres d'exercice",
        parts: &[("706", "S20", SERVICES, 900_00, 3_900_00, 59)],
    },
    Offer {
        party: "CHEVIRE",
        label: "Meubles à tiroirs",
        parts: &[("707", "S20", GOODS, 1_500_00, 5_200_00, 1_37)],
    },
    Offer {
        party: "MALAKOFF",
        label: "Étagères et plans de travail",
        parts: &[("707", "S20", GOODS, 280_00, 1_350_00, 21)],
    },
    Offer {
        party: "HALLES",
        label: "Entretien du mobilier de salle",
        parts: &[("706", "S20", SERVICES, 180_00, 640_00, 19)],
    },
];

/// How an invoice ends.
#[derive(Clone, Copy)]
enum Fate {
    /// Paid to the cent by one transfer, if its day comes before the statements end.
    Paid,
    /// Still unpaid, though reminded.
    Never,
    /// One transfer of these cents, less than what is owed.
    Partly(i64),
    /// Owed in the year after, as agreed; a part of it may be paid at once, on a day.
    NextYear(Option<(Day, i64)>),
}

/// An invoice before it has a number.
struct Sale {
    day: Day,
    party: &'static str,
    label: String,
    parts: Vec<Part>,
    fate: Fate,
}

/// Invoices each month: February is slack, the workshop closes for most of August.
const PER_MONTH: [u32; 10] = [11, 8, 13, 12, 12, 14, 11, 3, 13, 13];

/// Writes invoices, credit notes and the bank lines that pay them.
pub fn write(world: &mut World) {
    let mut sales = Vec::new();
    for (month, count) in (1u32..).zip(PER_MONTH) {
        for _ in 0..count {
            sales.push(ordinary(world, month));
        }
    }
    sales.extend(particular());
    // Days never decrease along numbers (CGI ann. II art. 242 nonies A, I 7°).
    sales.sort_by_key(|sale| sale.day);
    let made_here = sales.partition_point(|sale| sale.day < first_day());
    let made_here = sales.split_off(made_here);
    for (prefix, sales) in [("FA", sales), (INVOICE_PREFIX, made_here)] {
        for (number, sale) in (1u32..).zip(sales) {
            invoice(world, format!("{prefix}-{YEAR}-{number:04}"), sale);
        }
    }
    credit_note(world, 1, on(5, 19), "VASSEUR", -240_00);
    credit_note(world, 2, on(9, 22), "BRIORD", -315_50);
}

fn ordinary(world: &mut World, month: u32) -> Sale {
    let offer = world.dice.pick(&OFFERS);
    // In August only the last week is worked.
    let first = if month == 8 { 24 } else { 2 };
    let day = working_from(on(month, u32::try_from(world.dice.between(first, 27)).unwrap_or(2)));
    let parts = offer
        .parts
        .iter()
        .map(|(account, code, nature, low, high, step)| {
            let base_minor = world.dice.cents(*low, *high, *step);
            Part { account, code, nature, base_minor }
        })
        .collect();
    Sale { day, party: offer.party, label: offer.label.to_owned(), parts, fate: Fate::Paid }
}

/// The invoices that show one thing each: abroad, unpaid, paid in part, owed much later.
fn particular() -> Vec<Sale> {
    let one = |(month, day), party, label: &str, account, code, nature, base_minor, fate| Sale {
        day: on(month, day),
        party,
        label: label.to_owned(),
        parts: vec![Part { account, code, nature, base_minor }],
        fate,
    };
    let desks = "Livraison intracommunautaire de bureaux";
    let study = "Étude d'agencement";
    let paid = Fate::Paid;
    let mut sales = vec![
        one((2, 12), "ZEEBRUGGE", desks, "707", "IC-GOODS", GOODS, 3_480_00, paid),
        one((6, 9), "ZEEBRUGGE", desks, "707", "IC-GOODS", GOODS, 5_125_50, paid),
        one((3, 17), "LAUSANNE", study, "706", "EXT-SERV", SERVICES, 1_900_00, paid),
        one((9, 15), "LAUSANNE", study, "706", "EXT-SERV", SERVICES, 2_250_00, paid),
        one((4, 21), "SEGOVIA", "Plans d'un stand", "706", "IC-SERV", SERVICES, 1_640_00, paid),
        one((7, 7), "LAUSANNE", "Export de bibliothèques", "707", "EXPORT", GOODS, 4_310_00, paid),
        one((4, 14), "GALERNE", "Aménagement", "706", "S20", SERVICES, 2_480_00, Fate::Never),
    ];
    let half = |account, nature| Part { account, code: "S20", nature, base_minor: 4_500_00 };
    sales.push(Sale {
        day: on(7, 3),
        party: "HALLES",
        label: "Banquettes et bar, fourniture et pose".to_owned(),
        parts: vec![half("707", GOODS), half("706", SERVICES)],
        fate: Fate::Partly(6_500_00),
    });
    // The syndicate pays once its assembly has voted: these two stay open for long, and are not
    // late whenever the sample is made.
    let deposit = Some((on(10, 27), 1_848_00));
    for (day, label, base_minor, paid) in [
        (9, "Réfection des portes palières", 4_200_00, deposit),
        (21, "Habillage du hall et boîtes aux lettres", 2_650_00, None),
    ] {
        let fate = Fate::NextYear(paid);
        sales.push(one((10, day), "TILLEULS", label, "706", "S10", SERVICES, base_minor, fate));
    }
    sales
}

fn invoice(world: &mut World, reference: String, sold: Sale) {
    let lines = lines(&sold.label, &sold.parts);
    let customer = world.party(sold.party).name;
    let document = Document {
        party: sold.party,
        day: sold.day,
        reference: reference.clone(),
        label: format!("{customer} : {}", sold.label),
        parts: sold.parts,
        chargeable_on: sold.day,
        on_invoice: false,
    };
    let (mut entry, gross) = sale(&document);
    entry.is_made_here = sold.day >= first_day();
    if entry.is_made_here {
        world.invoices.push(made_here(&reference, gross, &document, sold.fate, lines));
    }
    world.entries.push(entry);
    if let Fate::NextYear(paid) = sold.fate {
        if let Some((day, part)) = paid {
            let memo = format!("VIR {reference} ACOMPTE");
            world.settle(day, sold.party, part, Means::TransferIn, memo, &reference);
            if let Some(line) = world.bank.last_mut() {
                line.pays_part = line.pays.take();
            }
        }
        return;
    }
    let delay = world.dice.between(-4, 14);
    let day = working_from(sold.day.plus_days(30 + delay));
    let memo = remittance(world, &reference);
    match sold.fate {
        Fate::Paid => world.settle(day, sold.party, gross, Means::TransferIn, memo, &reference),
        Fate::Never | Fate::NextYear(_) => {}
        Fate::Partly(part) => {
            world.settle(day, sold.party, part, Means::TransferIn, memo, &reference);
            if let Some(line) = world.bank.last_mut() {
                line.pays = None;
            }
        }
    }
}

/// The same invoice as it is written in Comptoir.
fn made_here(
    reference: &str,
    gross_minor: i64,
    document: &Document,
    fate: Fate,
    lines: Vec<Sold>,
) -> Written {
    let later = Day::from_ymd(YEAR + 1, 6, 30).filter(|_| matches!(fate, Fate::NextYear(_)));
    let note =
        "Payable après l’assemblée générale de printemps, au plus tard le 30\u{a0}juin 2027.";
    Written {
        number: Some(reference.to_owned()),
        gross_minor,
        answers: None,
        draft: Draft {
            kind: "invoice",
            customer: document.party,
            day: Some(document.day),
            due_day: later,
            note: later.map(|_| note.to_owned()),
            lines,
            ..Draft::default()
        },
    }
}

fn remittance(world: &mut World, reference: &str) -> String {
    let (before, after) = *world.dice.pick(&[
        ("REGLEMENT FACTURE ", ""),
        ("VIR ", ""),
        ("FACTURE ", " ATELIER MORVAN"),
        ("", ""),
        ("PAIEMENT ", " MERCI"),
    ]);
    format!("{before}{reference}{after}")
}

/// Goods taken back: the VAT comes back on the credit note's own day, the money by transfer.
fn credit_note(world: &mut World, number: u32, day: Day, party: &'static str, base_minor: i64) {
    let reference = format!("AV-2026-{number:04}");
    let label = format!("{} : retour de marchandises", world.party(party).name);
    let part = Part { account: "707", code: "S20", nature: GOODS, base_minor };
    let (entry, gross) = sale(&Document::new(party, day, reference.clone(), label, part));
    world.entries.push(entry);
    let memo = format!("REMBOURSEMENT AVOIR {reference}");
    let day = working_from(day.plus_days(9));
    world.settle(day, party, gross, Means::TransferOut, memo, &reference);
}
