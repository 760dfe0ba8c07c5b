//! Bank words made comparable, for matching only.

use std::borrow::Cow;

/// The words of a label that tell what was paid, for matching with payees and earlier choices.
///
/// Blanks collapse; a leading card date (`CARTE 12/03`), masked card numbers (`CB*1234`) and long
/// runs of digits, which are references, go. The case stays. Never used for identity: two
/// operations may well share what is left.
pub fn clean_label(label: &str) -> Cow<'_, str> {
    let kept: Vec<&str> = without_card_date(label).filter(|word| !is_reference(word)).collect();
    // Words that were all noise are still better than nothing.
    if kept.is_empty() {
        return Cow::Borrowed(label.trim());
    }
    let text = kept.join(" ");
    if text == label { Cow::Borrowed(label) } else { Cow::Owned(text) }
}

/// The words without `CARTE 12/03` at their beginning, whatever the bank calls the card.
fn without_card_date(label: &str) -> impl Iterator<Item = &str> {
    let words: Vec<&str> = label.split_whitespace().collect();
    let card = |word: &str| {
        let upper = word.trim_matches('.').to_uppercase();
        matches!(&*upper, "CARTE" | "CB" | "CARD" | "ACHAT" | "PAIEMENT" | "FACTURE" | "KARTE")
    };
    let cards = words.iter().take_while(|word| card(word)).count();
    let dated = cards > 0 && words.get(cards).is_some_and(|word| is_date(word));
    let skipped = if dated { cards + 1 } else { 0 };
    words.into_iter().skip(skipped)
}

/// `12/03`, `12/03/26`, `120326`, `12.03.2026`.
fn is_date(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let marks = word.bytes().filter(|byte| matches!(byte, b'/' | b'.' | b'-')).count();
    let plain = digits + marks == word.len();
    plain && matches!((digits, marks), (3..=4, 1) | (4..=8, 2) | (6 | 8, 0))
}

/// A masked card, six digits without a letter, or ten with few: a number, not a name.
fn is_reference(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let masked = word.contains('*') && digits >= 4 && digits * 2 >= word.len();
    let letters =
        word.bytes().filter(|byte| !byte.is_ascii() || byte.is_ascii_alphabetic()).count();
    masked || (digits >= 6 && letters == 0) || (digits >= 10 && letters <= 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_goes_and_words_stay() {
        for (label, expect) in [
            ("CARTE 12/03 CAFÉ DE L'HÔTEL", "CAFÉ DE L'HÔTEL"),
            ("CB 120326 CAFÉ", "CAFÉ"),
            ("PAIEMENT CARTE 12/03/26 CAFÉ CB*1234", "CAFÉ"),
            ("  VIR   SEPA  DUPONT ", "VIR SEPA DUPONT"),
            ("PRLV SEPA EDF RÉF 00412345678", "PRLV SEPA EDF RÉF"),
            ("FACTURE F2026-001", "FACTURE F2026-001"),
            ("STATION A11", "STATION A11"),
            ("123456789", "123456789"),
            ("", ""),
        ] {
            assert_eq!(clean_label(label), expect, "{label:?}");
        }
    }
}
