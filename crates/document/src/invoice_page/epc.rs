//! The code that a bank's application reads: a SEPA credit transfer as QR (EPC069-12, version 2).

use crate::{Color, Length, Mark, Page};
use einvoice::{Invoice, TypeCode};
use qrcode::{EcLevel, QrCode, Version};
use values::{Currency, Iban};

/// The largest payload, and the largest symbol (version 13), of the guideline.
const MOST_BYTES: usize = 331;
const LARGEST: Version = Version::Normal(13);
/// The largest amount of the guideline, in cents.
const MOST_CENTS: i64 = 99_999_999_999;

/// What the code of an invoice says; none where a transfer cannot be told by one.
pub(super) fn payload(invoice: &Invoice) -> Option<String> {
    let payment = invoice.payment.as_ref()?;
    let iban = Iban::parse(payment.iban.as_deref()?).ok()?;
    let cents = invoice.totals.due_minor;
    let payable = invoice.type_code == TypeCode::Invoice
        && invoice.currency == Currency::EUR
        && (1..=MOST_CENTS).contains(&cents);
    if !payable {
        return None;
    }
    let name = payment.account_name.as_ref().unwrap_or(&invoice.seller.name);
    let name = folded(name, 70);
    let bic = payment.bic.as_deref().unwrap_or("").trim();
    let reference = payment.remittance.as_ref().unwrap_or(&invoice.number);
    let reference = folded(reference, 140);
    if name.is_empty() || !bic.chars().all(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    let amount = format!("EUR{}.{:02}", cents / 100, cents % 100);
    // Two fields stay empty: the purpose, and the structured reference that the text stands for.
    let text =
        format!("BCD\n002\n1\nSCT\n{bic}\n{name}\n{}\n{amount}\n\n\n{reference}", iban.as_str());
    (text.len() <= MOST_BYTES).then_some(text)
}

/// Draws the code of a payload in a square; says whether it could. The quiet zone of four modules
/// around it is the caller's.
pub(super) fn draw(
    page: &mut Page,
    payload: &str,
    (left, top): (Length, Length),
    side: Length,
) -> bool {
    let Ok(code) = QrCode::with_error_correction_level(payload, EcLevel::M) else { return false };
    let width = code.width();
    if width > LARGEST.width() as usize {
        return false;
    }
    let modules = code.to_colors();
    let place = |module: usize| side.scaled(module as i64, width as i64);
    for (row, modules) in modules.chunks(width).enumerate() {
        let mut from = 0;
        for run in modules.chunk_by(|a, b| a == b) {
            let until = from + run.len();
            if run[0] == qrcode::Color::Dark {
                page.mark(Mark::Fill {
                    left: left + place(from),
                    top: top + place(row),
                    width: place(until) - place(from),
                    height: place(row + 1) - place(row),
                    color: Color::INK,
                });
            }
            from = until;
        }
    }
    true
}

/// The text in the letters that every bank takes, at most so many of them.
fn folded(text: &str, most: usize) -> String {
    let mut result = String::new();
    for character in text.chars() {
        match crate::plain::base_letters(character) {
            Some(letters) => result.push_str(letters),
            None if character.is_ascii_alphanumeric() || "/-?:().,'+ ".contains(character) => {
                result.push(character);
            }
            None => result.push_str(match character {
                '&' => "+",
                '’' | '‘' => "'",
                '‐' | '‑' | '–' | '—' | '_' => "-",
                _ if character.is_whitespace() => " ",
                '\u{300}'..='\u{36f}' => "",
                _ => ".",
            }),
        }
    }
    let words: Vec<&str> = result.split_whitespace().collect();
    words.join(" ").chars().take(most).collect::<String>().trim_end().to_owned()
}

#[cfg(test)]
mod tests;
