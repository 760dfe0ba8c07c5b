use super::*;
use crate::tests::item;
use crate::words::fold;

#[test]
fn numbers_are_found_as_whole_words() {
    let check = |reference: &str, text: &str, expect: bool| {
        let open = [item(1, "DURAND", reference, 100)];
        let found = Numbers::new(&open).named_in(&[&fold(text)]);
        assert_eq!(!found.is_empty(), expect, "{reference} in {text}");
    };
    check("FA-2026-0012", "VIR FA-2026-0012 MERCI", true);
    check("FA-2026-0012", "vir fa 2026 0012", true);
    check("FA-2026-0012", "FA20260012", true);
    check("FA-2026-0012", "FA-2026-00123", false);
    check("FA-2026-0012", "FA-2026-001", false);
    check("FA-2026-0012", "XFA-2026-0012", false);
    check("LUA2601890", "PRLV SEPA FACTURE LUA2601890", true);
    check("MBG-2026-77", "VIR MBG/2026.77", true);
    check("2026", "VIR LOYER 2026", false);
    check("12", "VIR FACTURE 12", false);
    check("F12", "VIR F12", false);
    check("F-103", "VIR F103", true);
}

#[test]
fn the_longer_number_is_meant() {
    let open = [
        item(1, "A", "2026-0012", 100),
        item(2, "B", "FA-2026-0012", 100),
        item(3, "C", "FA-2026", 100),
    ];
    let numbers = Numbers::new(&open);
    assert_eq!(numbers.named_in(&["VIR FA 2026 0012"]), [1].into());
    assert_eq!(numbers.named_in(&["VIR 2026 0012"]), [0].into());
    assert_eq!(numbers.named_in(&["VIR FA 2026"]), [2].into());
    assert_eq!(numbers.named_in(&["FA 2026 0012", "2026 0012"]), [0, 1].into());
}

#[test]
fn items_of_a_takeover_are_known_by_their_own_number() {
    let mut item = item(1, "A", "AN-2026", 100);
    item.label = "FA-2025-0097 du 12/12/2025".to_owned();
    assert_eq!(number_of(&item), "FA-2025-0097");
    assert_eq!(Numbers::new(&[item]).named_in(&["REGLEMENT FA 2025 0097"]), [0].into());
}
