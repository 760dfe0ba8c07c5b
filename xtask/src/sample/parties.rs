//! The people and businesses that Atelier Morvan deals with. None of them exists.

use super::identity::{french_iban, siren};
use super::model::Party;
use values::Siren;

/// What decides how a counterparty is identified.
enum Who {
    /// A French business: SIREN, VAT number and IBAN.
    Business,
    /// A private customer or a body without a SIREN.
    Consumer,
    /// A business abroad: its country, and its VAT number inside the Union.
    Abroad(&'static str, Option<&'static str>),
}

const TABLE: [(&str, &str, Who); 39] = [
    ("VASSEUR", "Galerie Vasseur", Who::Business),
    ("KERLANN", "Hôtel de Kerlann", Who::Business),
    ("ESTUAIRE", "Cabinet d'architecture de l'Estuaire", Who::Business),
    ("ERDRE", "Clinique vétérinaire de l'Erdre", Who::Business),
    ("BRIORD", "Librairie Briord", Who::Business),
    ("PENHOEL", "Boulangerie Penhoël", Who::Business),
    ("TILLEULS", "Syndicat des copropriétaires Les Tilleuls", Who::Consumer),
    ("DAMOISEL", "Famille Damoisel", Who::Consumer),
    ("TROCHU", "Famille Trochu-Valendrec", Who::Consumer),
    ("HALLES", "Brasserie des Vieilles Halles", Who::Business),
    ("GALERNE", "Voiles de Galerne", Who::Business),
    ("SILLON", "École de danse du Sillon", Who::Business),
    ("CHEVIRE", "Pharmacie de Cheviré-Village", Who::Business),
    ("MALAKOFF", "Studio Malavigne", Who::Business),
    ("COMPTOIR", "Clients du magasin", Who::Consumer),
    ("ZEEBRUGGE", "Meubelhuis Zeewaarde", Who::Abroad("BE", Some("BE0123456749"))),
    ("SEGOVIA", "Diseño Segoviano", Who::Abroad("ES", Some("ESB12345674"))),
    ("LAUSANNE", "Agencement Lémanique", Who::Abroad("CH", None)),
    ("BOISOUEST", "Bois et Panneaux de l'Ouest", Who::Business),
    ("SCIERIE", "Scierie du Pont-Callec", Who::Business),
    ("QUINCAIL", "Quincaillerie Thévenot-Larmor", Who::Business),
    ("VERNIS", "Vernis et Teintes Marolles", Who::Business),
    ("POSE44", "Poseurs Réunis du Vignoble", Who::Business),
    ("ZEPHYR", "Bureau d'études Zéphyrin", Who::Business),
    ("TRANSLO", "Transports Loiret-Brière", Who::Business),
    ("CARMES", "SCI de la rue des Carmélines", Who::Business),
    ("TELHEXA", "Télécom Hexagonale", Who::Business),
    ("ELECTRA", "Électricité Rive Sud", Who::Business),
    ("EAULOIRE", "Eaux de la Basse-Loire", Who::Business),
    ("AGEETCIE", "Cabinet comptable Âgé et Compagnie", Who::Business),
    ("CARBULOIR", "Cartes Carburant Loiroises", Who::Business),
    ("LOCAVAN", "Location d'utilitaires Armorique", Who::Business),
    ("MUTARTI", "Mutuelle d'assurance des Artisans du Ponant", Who::Business),
    ("RECLAME", "Reclaim Ads Ireland", Who::Abroad("IE", Some("IE1234567FA"))),
    ("BESCHLAG", "Beschlagwerk Nord", Who::Abroad("DE", Some("DE123456788"))),
    ("MACHINES", "Machines à Bois Guérande-Atlantique", Who::Business),
    ("INFORMAT", "Informatique du Bouffay-Neuf", Who::Business),
    ("ENTRETIEN", "Aspiration et Maintenance Sarrazine", Who::Business),
    ("PROPRETE", "Bennes et Recyclage du Chantenay", Who::Business),
];

/// All counterparties, in the order in which `entries.jsonl` introduces them.
pub fn table() -> Vec<Party> {
    TABLE
        .iter()
        .zip(1u32..)
        .map(|((code, name, who), number)| party(code, name, who, number))
        .collect()
}

fn party(code: &'static str, name: &'static str, who: &Who, number: u32) -> Party {
    let plain = Party {
        code,
        name,
        siren: None,
        vat_number: None,
        country: "FR",
        consumer: false,
        iban: None,
    };
    // Invented accounts at invented banks: numbers that only their check digits make real.
    let bank = format!("999{:02}", 11 + number % 7);
    let iban = french_iban(
        &bank,
        &format!("{:05}", 100 + number),
        &format!("{:011}", 7_310_004_127 + u64::from(number) * 90_017),
    );
    match who {
        Who::Business => {
            let siren = siren(100 + number * 7);
            let vat_number = Siren::parse(&siren).ok().map(|siren| siren.vat_number());
            Party { siren: Some(siren), vat_number, iban: Some(iban), ..plain }
        }
        Who::Consumer => Party { consumer: true, iban: Some(iban), ..plain },
        Who::Abroad(country, vat) => Party { country, vat_number: vat.map(str::to_owned), ..plain },
    }
}
