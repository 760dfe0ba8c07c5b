//! Bills of the year, and the transfers and direct debits that pay them.

use super::calendar::{month_name, on, working_from};
use super::documents::{Document, Part, bill};
use super::model::{Means, World};
use values::Day;

/// A bill that comes every month, or every quarter.
struct Standing {
    party: &'static str,
    label: &'static str,
    /// Begins the supplier's own numbers.
    prefix: &'static str,
    account: &'static str,
    code: &'static str,
    nature: &'static str,
    /// The bill says *débits*.
    on_invoice: bool,
    /// Price range in cents without VAT; equal ends make it fixed.
    range: (i64, i64),
    /// Day of the month of the bill.
    day: u32,
    /// Days from bill to payment, and how it is paid.
    paid_after: i64,
    means: Means,
    /// Every how many months, starting in January.
    every: u32,
}

const fn standing(
    party: &'static str,
    label: &'static str,
    prefix: &'static str,
    tax: (&'static str, &'static str, &'static str),
    range: (i64, i64),
    when: (u32, i64, u32),
) -> Standing {
    let (account, code, nature) = tax;
    let (day, paid_after, every) = when;
    Standing {
        party,
        label,
        prefix,
        account,
        code,
        nature,
        on_invoice: false,
        range,
        day,
        paid_after,
        means: Means::DirectDebit,
        every,
    }
}

const GOODS: &str = "goods";
const SERVICES: &str = "services";

const STANDING: [Standing; 11] = [
    Standing {
        means: Means::TransferOut,
        ..standing(
            "CARMES",
            "Loyer de l'atelier",
            "LOY-",
            ("6132", "P20", SERVICES),
            (1_450_00, 1_450_00),
            (2, 4, 1),
        )
    },
    Standing {
        on_invoice: true,
        ..standing(
            "TELHEXA",
            "Téléphone et internet",
            "TH",
            ("6262", "P20", SERVICES),
            (61_90, 74_35),
            (8, 10, 1),
        )
    },
    standing(
        "ELECTRA",
        "Électricité",
        "ERS",
        ("60612", "P20", GOODS),
        (170_00, 412_00),
        (12, 14, 1),
    ),
    standing("EAULOIRE", "Eau", "EBL", ("60611", "P55", GOODS), (58_00, 96_00), (16, 15, 3)),
    standing(
        "AGEETCIE",
        "Honoraires comptables",
        "AC-",
        ("6226", "P20", SERVICES),
        (320_00, 320_00),
        (5, 15, 1),
    ),
    standing(
        "CARBULOIR",
        "Carburant des véhicules",
        "CCL",
        ("60614", "P20-FUEL80", GOODS),
        (188_00, 342_00),
        (28, 11, 1),
    ),
    standing(
        "LOCAVAN",
        "Location de l'utilitaire",
        "LUA",
        ("6135", "P20", SERVICES),
        (389_00, 389_00),
        (3, 12, 1),
    ),
    standing(
        "MUTARTI",
        "Assurance de l'atelier et décennale",
        "MAP",
        ("616", "P0", SERVICES),
        (1_284_60, 1_284_60),
        (6, 9, 3),
    ),
    standing(
        "RECLAME",
        "Annonces en ligne",
        "RAI-",
        ("6231", "RCS20", SERVICES),
        (92_00, 240_00),
        (25, 5, 1),
    ),
    Standing {
        means: Means::TransferOut,
        ..standing(
            "PROPRETE",
            "Enlèvement des bennes",
            "BRC",
            ("6152", "P20", SERVICES),
            (96_00, 188_00),
            (22, 21, 2),
        )
    },
    Standing {
        means: Means::TransferOut,
        ..standing(
            "TRANSLO",
            "Transports sur chantiers",
            "TLB-",
            ("6243", "P20", SERVICES),
            (140_00, 520_00),
            (19, 30, 1),
        )
    },
];

/// What the workshop orders as work comes in: supplier, label, prefix, account, nature, range.
type Order = (&'static str, &'static str, &'static str, &'static str, &'static str, (i64, i64));

const ORDERS: [Order; 6] = [
    ("BOISOUEST", "Panneaux et placages", "BPO-", "601", GOODS, (900_00, 3_900_00)),
    ("SCIERIE", "Chêne et frêne", "SPC-", "601", GOODS, (1_100_00, 4_300_00)),
    ("QUINCAIL", "Quincaillerie", "QTL-", "607", GOODS, (120_00, 980_00)),
    ("VERNIS", "Vernis et teintes", "VTM-", "6022", GOODS, (90_00, 460_00)),
    ("POSE44", "Sous-traitance de pose", "PRV-", "611", SERVICES, (600_00, 2_400_00)),
    ("ZEPHYR", "Études techniques", "BEZ-", "604", SERVICES, (350_00, 1_200_00)),
];

/// Orders each month, in step with the invoices.
const PER_MONTH: [u32; 10] = [6, 5, 7, 7, 7, 8, 6, 2, 7, 8];

/// Writes the bills and the bank lines that pay them.
pub fn write(world: &mut World) {
    for month in 1..=10 {
        for standing in &STANDING {
            if (month - 1) % standing.every == 0 {
                recurring(world, month, standing);
            }
        }
        for _ in 0..PER_MONTH[month as usize - 1] {
            order(world, month);
        }
    }
    particular(world);
}

fn recurring(world: &mut World, month: u32, standing: &Standing) {
    let (low, high) = standing.range;
    let part = Part {
        account: standing.account,
        code: standing.code,
        nature: standing.nature,
        base_minor: world.dice.between(low, high),
    };
    let serial = world.dice.between(100, 899);
    let reference = format!("{}26{month:02}{serial}", standing.prefix);
    let supplier = world.party(standing.party).name;
    let label = format!("{supplier} : {}, {}", standing.label, month_name(month));
    let mut document =
        Document::new(standing.party, on(month, standing.day), reference, label, part);
    document.on_invoice = standing.on_invoice;
    let day = document.day.plus_days(standing.paid_after);
    pay(world, &document, "401", day, standing.means);
}

fn order(world: &mut World, month: u32) {
    let (party, label, prefix, account, nature, (low, high)) = *world.dice.pick(&ORDERS);
    let first = if month == 8 { 24 } else { 2 };
    let day = working_from(on(month, u32::try_from(world.dice.between(first, 27)).unwrap_or(2)));
    let base_minor = world.dice.between(low, high);
    let serial = world.dice.between(1_000, 9_999);
    let part = Part { account, code: "P20", nature, base_minor };
    let reference = format!("{prefix}{month:02}{serial}");
    let label = format!("{} : {label}", world.party(party).name);
    let document = Document::new(party, day, reference, label, part);
    let after = day.plus_days(world.dice.between(26, 40));
    pay(world, &document, "401", after, Means::TransferOut);
}

/// Books the bill and pays it to the cent on the first working day from `day` on.
fn pay(world: &mut World, document: &Document, creditor: &'static str, day: Day, means: Means) {
    let (entry, gross) = bill(document, creditor);
    world.entries.push(entry);
    let memo = match means {
        Means::DirectDebit => format!("PRLV SEPA FACTURE {}", document.reference),
        _ if gross < 0 => format!("REMBOURSEMENT {}", document.reference),
        _ => format!("VIR FACTURE {}", document.reference),
    };
    let day = working_from(day);
    world.settle(day, document.party, -gross, means, memo, &document.reference);
}

/// The bills that show one thing each.
fn particular(world: &mut World) {
    // German fittings; the April bill came after the 15th of the month that follows the delivery,
    // so the 15th counts (CGI art. 269, 2 d).
    for (month, day, serial, base_minor, chargeable_on) in [
        (2, 10, 4471, 1_240_00, on(2, 10)),
        (4, 20, 4618, 986_40, on(4, 15)),
        (6, 23, 4790, 1_512_75, on(6, 23)),
        (9, 8, 4935, 874_20, on(9, 8)),
    ] {
        let part = Part { account: "607", code: "AIC20", nature: GOODS, base_minor };
        let reference = format!("BN-26-{serial}");
        let label = "Beschlagwerk Nord : ferrures d'Allemagne".to_owned();
        let mut document = Document::new("BESCHLAG", on(month, day), reference, label, part);
        document.chargeable_on = chargeable_on;
        pay(world, &document, "401", on(month, day).plus_days(30), Means::TransferOut);
    }
    let asset = |account, base_minor| Part { account, code: "P20-FA", nature: "asset", base_minor };
    let assets = [
        ("MACHINES", on(5, 12), "MBG-0512-77", "centre d'usinage", asset("2154", 48_000_00)),
        ("INFORMAT", on(9, 10), "IBN-20260910", "poste de dessin", asset("2183", 2_150_00)),
    ];
    for (party, day, reference, what, part) in assets {
        let label = format!("{} : {what}", world.party(party).name);
        let document = Document::new(party, day, reference.to_owned(), label, part);
        pay(world, &document, "404", day.plus_days(15), Means::TransferOut);
    }
    for (month, serial) in [(3, "AMS-0318"), (10, "AMS-1006")] {
        let part = Part { account: "6156", code: "P20", nature: SERVICES, base_minor: 462_00 };
        let label = "Aspiration et Maintenance Sarrazine : révision".to_owned();
        let document = Document::new("ENTRETIEN", on(month, 18), serial.to_owned(), label, part);
        pay(world, &document, "401", on(month, 18).plus_days(20), Means::TransferOut);
    }
    // Panels sent back to the supplier, who repays by transfer.
    let part = Part { account: "601", code: "P20", nature: GOODS, base_minor: -180_00 };
    let label = "Bois et Panneaux de l'Ouest : avoir sur panneaux rendus".to_owned();
    let document = Document::new("BOISOUEST", on(6, 16), "BPO-A0616".to_owned(), label, part);
    pay(world, &document, "401", on(6, 30), Means::TransferIn);
}
