//! The return of a joiner in October, in both languages.

use super::{Business, Footer, Section, Source, TaxBox, TaxPage};
use crate::Language;
use values::{Day, Siren, VatNumber};

/// A label in the language of the page.
type Both = (&'static str, &'static str);

fn said(language: Language, (french, english): Both) -> String {
    match language {
        Language::French => french.to_owned(),
        Language::English => english.to_owned(),
    }
}

pub(super) fn figured(
    line: &str,
    case: &str,
    label: String,
    base: Option<i64>,
    tax: Option<i64>,
) -> TaxBox {
    TaxBox {
        line: line.to_owned(),
        case: case.to_owned(),
        label,
        base,
        tax,
        strong: false,
        proved: false,
        warns: false,
    }
}

/// Line, case, label, base, tax, and a sign: `=` a total, `!` a proved one, `?` a warning.
type Line = (&'static str, &'static str, Both, Option<i64>, Option<i64>, char);

const OPERATIONS: &[Line] = &[
    ("A1", "0979", ("Ventes, prestations de services", "Sales, services"), Some(31_150), None, ' '),
    (
        "B2",
        "0031",
        ("Acquisitions intracommunautaires", "Intra-Community acquisitions"),
        Some(1_240),
        None,
        ' ',
    ),
    ("A3", "0044", ("Jamais imprimé", "Jamais imprimé"), Some(0), None, ' '),
];
const OUTPUT: &[Line] = &[
    ("08", "0207", ("Taux normal 20 %", "Standard rate 20%"), Some(25_550), Some(5_110), ' '),
    ("9B", "0151", ("Taux réduit 10 %", "Reduced rate 10%"), Some(6_840), Some(684), '?'),
    ("16", "", ("Total de la TVA brute due", "Total output VAT"), None, Some(5_794), '='),
    (
        "17",
        "0035",
        (
            "Dont TVA sur acquisitions intracommunautaires",
            "Of which VAT on intra-Community acquisitions",
        ),
        None,
        Some(248),
        ' ',
    ),
];
const EMPTY: &[Line] = &[("Z9", "9999", ("Jamais imprimé", "Jamais imprimé"), None, None, ' ')];
const DEDUCTIBLE: &[Line] = &[
    ("19", "0703", ("Biens constituant des immobilisations", "Fixed assets"), None, Some(412), ' '),
    (
        "20",
        "0702",
        ("Autres biens et services", "Other goods and services"),
        None,
        Some(2_183),
        ' ',
    ),
    ("22", "8001", ("Report du crédit précédent", "Credit carried forward"), None, Some(0), '='),
    ("23", "", ("Total TVA déductible", "Total deductible VAT"), None, Some(2_595), '='),
];
const RESULT: &[Line] = &[
    ("TD", "8900", ("TVA due (16 – 23)", "VAT due (16 – 23)"), None, Some(3_199), '='),
    ("28", "8901", ("TVA nette due", "Net VAT due"), None, Some(3_199), ' '),
    ("32", "9992", ("Total à payer", "Total to pay"), None, Some(3_199), '!'),
];
const SECTIONS: &[(Both, &[Line])] = &[
    (("Opérations imposables", "Taxable operations"), OPERATIONS),
    (("TVA brute", "Output VAT"), OUTPUT),
    (("Jamais imprimée", "Jamais imprimée"), EMPTY),
    (("TVA déductible", "Deductible VAT"), DEDUCTIBLE),
    (("Résultat", "Result"), RESULT),
];

const SOURCES: &[(&str, Both, i64, &str)] = &[
    (
        "08",
        (
            "R(20 % de la base) : 5 encaissements, 1 achat UE",
            "R(20% of the base): 5 receipts, 1 EU purchase",
        ),
        511_003,
        "CGI art. 278",
    ),
    (
        "9B",
        (
            "R(10 % de la base) : 3 encaissements, logements",
            "R(10% of the base): 3 receipts, dwellings",
        ),
        68_400,
        "CGI art. 279-0 bis",
    ),
    (
        "19",
        ("Comptes 44562 : scie à format, FF-0409", "Accounts 44562: panel saw, FF-0409"),
        41_200,
        "CGI art. 271",
    ),
    (
        "20",
        (
            "Comptes 44566 : 38 pièces, dont 248,00 € autoliquidés, sœur",
            "Accounts 44566: 38 documents, €248.00 of them reverse-charged",
        ),
        218_261,
        "CGI art. 271, 283",
    ),
];

pub(super) fn october(language: Language) -> TaxPage {
    let say = |both: Both| said(language, both);
    let section = |(title, lines): &(Both, &[Line])| Section {
        title: say(*title),
        boxes: lines.iter().map(|line| tax_box(language, line)).collect(),
    };
    let source = |(line, formula, cents, law): &(&str, Both, i64, &str)| Source {
        line: (*line).to_owned(),
        formula: say(*formula),
        cents: *cents,
        law: (*law).to_owned(),
    };
    let empty = "Les 58 autres cases du formulaire sont vides.";
    TaxPage {
        language,
        title: say(("TVA d’octobre 2026", "VAT of October 2026")),
        subtitle: say((
            "Valeurs du formulaire 3310-CA3-SD (cerfa 10963). Ce document n’est pas un accusé \
             de dépôt.",
            "Figures of form 3310-CA3-SD (cerfa 10963). This document is no proof of filing.",
        )),
        business: Business {
            name: "Atelier Morvan SARL".to_owned(),
            siren: Siren::parse("732829320").ok(),
            vat_number: VatNumber::parse("FR44732829320").ok(),
            regime: say(("Réel normal mensuel", "Monthly returns")),
        },
        sections: SECTIONS.iter().map(section).collect(),
        sources: SOURCES.iter().map(source).collect(),
        left_out: vec![say((empty, "The 58 other boxes of the form are empty."))],
        footer: Footer {
            pack: say((
                "Pack fiscal fr-ca3 2026.2, valable du 1ᵉʳ janv. au 31 déc. 2026",
                "Tax pack fr-ca3 2026.2, valid from 1 Jan to 31 Dec 2026",
            )),
            record: 4_812,
            hash: "9f3a0c715be2d84061d7a9ef02bb4c21".to_owned(),
            application: "Comptoir 1.0".to_owned(),
            day: Day::parse("2026-11-17").unwrap(),
        },
    }
}

fn tax_box(language: Language, (line, case, label, base, tax, kind): &Line) -> TaxBox {
    TaxBox {
        strong: matches!(kind, '=' | '!'),
        proved: *kind == '!',
        warns: *kind == '?',
        ..figured(line, case, said(language, *label), *base, *tax)
    }
}
