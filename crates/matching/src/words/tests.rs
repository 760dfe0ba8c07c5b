use super::*;

#[test]
fn texts_fold_to_plain_capitals() {
    let check = |text: &str, expect: &str| assert_eq!(fold(text), expect, "{text}");
    check("Hôtel de Kerlann", "HOTEL DE KERLANN");
    check("  L'Œuvre—d’Aÿ ", "L OEUVRE D AY");
    check("PAS-DSN 01/2026", "PAS DSN 01 2026");
    check("Straße", "STRASSE");
    check("Zażółć Łódź", "ZAZOLC LODZ");
    check("e\u{301}te\u{301}", "ETE");
    check("---", "");
}

#[test]
fn phrases_stand_as_whole_words() {
    let check = |text: &str, phrase: &str, expect: bool| {
        assert_eq!(holds(text, phrase), expect, "{phrase} in {text}");
    };
    check("PRLV EDF PRO", "EDF", true);
    check("EDF", "EDF", true);
    check("PRLV EDFX EDF", "EDF", true);
    check("PRLV EDFX", "EDF", false);
    check("ISABELLE", "IS", false);
    check("VIR INTERNE LIVRET", "VIR INTERNE", true);
    check("VIR INTERNET", "VIR INTERNE", false);
    check("VIR", "", false);
}

#[test]
fn numbers_lose_what_stands_between() {
    assert_eq!(compact("FA-2026-0012"), "FA20260012");
    assert_eq!(compact("fa 2026/0012"), "FA20260012");
}
