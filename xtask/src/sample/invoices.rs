//! What the joinery makes in Comptoir since 1 October: customers' cards, invoices, credit notes
//! and drafts, as the calls `save_customer` and `draft_invoice` take them.

use super::calendar::on;
use super::documents::{Document, Part, sale};
use super::exact::payments;
use super::model::{World, euros};
use serde::Serialize;
use serde_json::{Value, json};
use values::Day;

/// Beginnings of Comptoir's own series: FA and AV were typed until September, and a number is
/// given once.
pub const INVOICE_PREFIX: &str = "AM";
pub const CREDIT_NOTE_PREFIX: &str = "AMAV";

/// The day from which invoices are made in Comptoir.
pub fn first_day() -> Day {
    on(10, 1)
}

/// An invoice or credit note, and what becomes of it.
#[derive(Serialize)]
pub struct Written {
    /// The number it gets; one without stays a draft.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// What it comes to, in cents with VAT.
    pub gross_minor: i64,
    /// The number of the invoice that a credit note answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answers: Option<String>,
    pub draft: Draft,
}

/// What a person types of it.
#[derive(Serialize, Default)]
pub struct Draft {
    pub kind: &'static str,
    pub customer: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
    /// Where it differs from the customer's terms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_day: Option<Day>,
    /// Why a credit note is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    pub lines: Vec<Sold>,
}

/// A line of it.
#[derive(Serialize)]
pub struct Sold {
    pub name: String,
    /// Decimal text.
    pub quantity: &'static str,
    /// UN/ECE recommendation 20: `C62` a piece, `DAY`.
    pub unit: &'static str,
    /// Decimal text.
    pub unit_price: String,
    pub tax_code: &'static str,
    pub nature: &'static str,
}

/// Who is invoiced: code, street, post code, city, mailbox, days in which to pay.
type Card = (&'static str, &'static str, &'static str, &'static str, &'static str, u32);

/// Galerie Vasseur, the Malavigne studio and the others have no invoice here yet: nobody has typed
/// their addresses.
const CARDS: [Card; 9] = [
    ("ESTUAIRE", "21 quai des Gabarres", "44100", "Nantes", "agence@estuaire.example", 30),
    ("SILLON", "6 allée du Petit-Sillon", "44800", "Saint-Herblain", "ecole@sillon.example", 15),
    ("PENHOEL", "3 place du Vieux-Lavoir", "44400", "Rezé", "contact@penhoel.example", 30),
    ("DAMOISEL", "17 rue des Acacias-Rouges", "44300", "Nantes", "famille@damoisel.example", 30),
    ("ERDRE", "40 rue des Saules", "44240", "La Chapelle-sur-Erdre", "accueil@erdre.example", 30),
    ("TILLEULS", "29 avenue des Tilleuls", "44200", "Nantes", "syndic@tilleuls.example", 30),
    ("HALLES", "2 place des Halles-Basses", "44000", "Nantes", "compta@halles.example", 14),
    ("BRIORD", "11 rue du Puits-Briord", "44000", "Nantes", "librairie@briord.example", 45),
    ("KERLANN", "5 route de la Pointe", "44420", "Piriac-sur-Mer", "hotel@kerlann.example", 30),
];

/// Lines of an invoice whose parts bear one name; supply and work, where both are sold, are told
/// apart.
pub fn lines(label: &str, parts: &[Part]) -> Vec<Sold> {
    let name = label.replace('\'', "’");
    let what = name.split(',').next().unwrap_or(&name);
    let mixed = parts.iter().any(|part| part.nature != parts[0].nature);
    let sold = parts.iter().map(|part| Sold {
        name: match (mixed, part.nature) {
            (false, _) => name.clone(),
            (true, "goods") => format!("{what}, fourniture"),
            (true, _) => format!("{what}, pose"),
        },
        quantity: "1",
        unit: "C62",
        // A credit note is written with the amounts that it gives back.
        unit_price: euros(part.base_minor.abs(), '.'),
        tax_code: part.code,
        nature: part.nature,
    });
    sold.collect()
}

/// Writes what answers the invoices of October, and the drafts that wait.
pub fn write(world: &mut World) {
    // The bakery was sent the same invoice twice: the second one is taken back whole.
    let twice = number_of(world, "PENHOEL", on(10, 5), 1);
    let parts = vec![Part { account: "706", ..service(-4_887_00) }];
    let label = "Comptoir de vente, fabrication et pose";
    let why = "Facture établie deux fois.";
    credit(world, 1, on(10, 14), ("PENHOEL", twice), ("cancellation", label, why), parts);
    // It gets a rebate on another: five per cent of 4,551.50.
    let late = number_of(world, "PENHOEL", on(10, 7), 0);
    let parts = vec![Part { account: "7096", ..service(-227_58) }];
    let label = "Remise de 5\u{a0}% pour retard de livraison";
    let why = "Remise convenue à la réception des travaux.";
    credit(world, 2, on(10, 27), ("PENHOEL", late), ("rebate", label, why), parts);
    drafts(world);
}

fn service(base_minor: i64) -> Part {
    Part { account: "706", code: "S20", nature: "services", base_minor }
}

/// The number of the customer's n-th invoice of that day, from 0.
fn number_of(world: &World, party: &str, day: Day, place: usize) -> String {
    let own = |one: &&Written| one.draft.customer == party && one.draft.day == Some(day);
    let found = world.invoices.iter().filter(own).nth(place);
    found.and_then(|one| one.number.clone()).unwrap_or_default()
}

/// A credit note on services that are not paid: the VAT that waits is what it takes back.
fn credit(
    world: &mut World,
    number: u32,
    day: Day,
    (party, answers): (&'static str, String),
    (reason, label, note): (&'static str, &'static str, &str),
    parts: Vec<Part>,
) {
    let number = format!("{CREDIT_NOTE_PREFIX}-2026-{number:04}");
    let lines = lines(label, &parts);
    let document = Document {
        party,
        day,
        reference: number.clone(),
        label: label.to_owned(),
        parts,
        chargeable_on: day,
        on_invoice: false,
    };
    let (mut entry, gross_minor) = sale(&document);
    entry.is_made_here = true;
    entry.answers = Some(answers.clone());
    world.entries.push(entry);
    world.invoices.push(Written {
        number: Some(number),
        gross_minor: -gross_minor,
        answers: Some(answers),
        draft: Draft {
            kind: "credit_note",
            customer: party,
            day: Some(day),
            reason: Some(reason),
            note: Some(note.to_owned()),
            lines,
            ..Draft::default()
        },
    });
}

/// Two drafts without a day: one that may go, and one whose customer has no address yet.
fn drafts(world: &mut World) {
    let sold = |name: &str, (quantity, unit), unit_price: &str, nature| Sold {
        name: name.to_owned(),
        quantity,
        unit,
        unit_price: unit_price.to_owned(),
        tax_code: "S20",
        nature,
    };
    let beds = vec![
        sold("Têtes de lit en chêne massif", ("12", "C62"), "186.50", "goods"),
        sold("Pose dans les chambres", ("2", "DAY"), "420.00", "services"),
    ];
    let shelves = vec![
        sold("Plan de travail en frêne huilé", ("1", "C62"), "640.00", "goods"),
        sold("Étagères sur mesure", ("4", "C62"), "95.00", "goods"),
    ];
    for (customer, gross_minor, lines) in
        [("KERLANN", 3_693_60, beds), ("MALAKOFF", 1_224_00, shelves)]
    {
        let draft = Draft { kind: "invoice", customer, lines, ..Draft::default() };
        world.invoices.push(Written { number: None, gross_minor, answers: None, draft });
    }
}

/// JSON Lines: cards first, then invoices and credit notes by day, then drafts, then the documents
/// whose payments are accepted.
pub fn file(world: &World) -> Result<String, serde_json::Error> {
    let mut steps: Vec<Value> =
        CARDS.iter().map(|card| json!({ "customer": card_of(world, card) })).collect();
    let mut written: Vec<&Written> = world.invoices.iter().collect();
    // What has no day yet comes last.
    written.sort_by_key(|one| (one.draft.day.is_none(), one.draft.day));
    steps.extend(written.into_iter().map(|one| json!({ "invoice": one })));
    steps.extend(accepted(world).into_iter().map(|number| json!({ "accept": number })));
    let mut text = String::new();
    for step in steps {
        text += &serde_json::to_string(&step)?;
        text.push('\n');
    }
    Ok(text)
}

fn card_of(world: &World, (code, line1, post_code, city, email, terms): &Card) -> Value {
    let party = world.party(code);
    json!({
        "code": code,
        "name": party.name,
        "siren": party.siren,
        "vat_number": party.vat_number,
        "consumer": party.consumer,
        "line1": line1,
        "post_code": post_code,
        "city": city,
        "country": party.country,
        "email": email,
        "terms_days": terms,
    })
}

/// The documents made here that a bank line pays, whole or in part: a list of sales in which
/// nothing was ever paid would not show what it is for.
pub fn accepted(world: &World) -> Vec<String> {
    let whole = payments(&world.entries, &world.bank);
    let whole = whole.iter().filter(|one| world.entries[one.entry].is_made_here);
    let part = world.bank.iter().filter_map(|line| line.pays_part.clone());
    whole.map(|one| one.reference.clone()).chain(part).collect()
}
