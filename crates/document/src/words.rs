//! The fixed words of the documents, in both languages.

use crate::Language;

/// The words of the tax page.
pub(crate) struct Words {
    pub line: &'static str,
    pub case: &'static str,
    pub label: &'static str,
    pub base: &'static str,
    pub tax: &'static str,
    pub continued: &'static str,
    pub uncertain: &'static str,
    pub sources: &'static str,
    pub formula: &'static str,
    pub to_the_cent: &'static str,
    pub law: &'static str,
    pub left_out: &'static str,
    pub record: &'static str,
}

impl Words {
    pub(crate) fn of(language: Language) -> &'static Words {
        match language {
            Language::French => &FRENCH,
            Language::English => &ENGLISH,
        }
    }
}

const FRENCH: Words = Words {
    line: "Ligne",
    case: "Case",
    label: "Libellé",
    base: "Base HT",
    tax: "Taxe",
    continued: "(suite)",
    uncertain: "À vérifier avant le dépôt\u{a0}: ce chiffre repose sur un point incertain.",
    sources: "D’où viennent les chiffres",
    formula: "Formule",
    to_the_cent: "Au centime",
    law: "Texte",
    left_out: "Ce que cette page ne contient pas",
    record: "Enregistrement",
};

const ENGLISH: Words = Words {
    line: "Line",
    case: "Box",
    label: "Label",
    base: "Net base",
    tax: "Tax",
    continued: "(continued)",
    uncertain: "Check before filing: this figure rests on something uncertain.",
    sources: "Where the figures come from",
    formula: "Formula",
    to_the_cent: "To the cent",
    law: "Law",
    left_out: "What this page leaves out",
    record: "Record",
};
