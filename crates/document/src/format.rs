//! Figures and days as people write them, in French and in English.
//!
//! French groups thousands with a narrow no-break space and has a decimal comma (Imprimerie
//! nationale); English uses a comma and a dot. The minus is U+2212 in both.

use serde::{Deserialize, Serialize};
use values::{Currency, Day, Decimal};

/// The language a document speaks.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub enum Language {
    /// French as in France.
    #[default]
    #[serde(rename = "fr")]
    French,
    /// English with European day order.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// The language tag (BCP 47) that a PDF carries.
    pub fn tag(self) -> &'static str {
        match self {
            Language::French => "fr-FR",
            Language::English => "en-GB",
        }
    }

    /// Its folder under `locales/` of the assets.
    pub(crate) fn folder(self) -> &'static str {
        match self {
            Language::French => "fr",
            Language::English => "en",
        }
    }

    fn group(self) -> char {
        match self {
            Language::French => '\u{202f}',
            Language::English => ',',
        }
    }

    fn decimal(self) -> char {
        match self {
            Language::French => ',',
            Language::English => '.',
        }
    }
}

/// Minor units with all their decimals: 123456 with exponent 2 is `1 234,56` or `1,234.56`.
///
/// `exponent` is the number of decimals of the currency ([`Currency::exponent`]); one beyond 18
/// counts as 18, more than an `i64` has.
pub fn amount(minor: i64, exponent: u32, language: Language) -> String {
    let exponent = exponent.min(18);
    let unit = 10u64.pow(exponent);
    let mut text = sign(minor);
    push_grouped(&mut text, minor.unsigned_abs() / unit, language);
    if exponent > 0 {
        text.push(language.decimal());
        let part = (minor.unsigned_abs() % unit).to_string();
        text.extend(std::iter::repeat_n('0', exponent as usize - part.len()));
        text.push_str(&part);
    }
    text
}

/// An amount with its currency: `1 234,56 €` and `€1,234.56`; other currencies by their code.
pub fn money(minor: i64, currency: Currency, language: Language) -> String {
    let figure = amount(minor, currency.exponent(), language);
    match (language, currency == Currency::EUR) {
        (Language::French, true) => format!("{figure}\u{a0}€"),
        (Language::French, false) => format!("{figure}\u{a0}{currency}"),
        (Language::English, true) => match figure.strip_prefix('\u{2212}') {
            Some(positive) => format!("\u{2212}€{positive}"),
            None => format!("€{figure}"),
        },
        (Language::English, false) => format!("{currency}\u{a0}{figure}"),
    }
}

/// A whole number with grouped thousands: the boxes of a return, record numbers.
pub fn whole(number: i64, language: Language) -> String {
    let mut text = sign(number);
    push_grouped(&mut text, number.unsigned_abs(), language);
    text
}

/// A decimal as it is, without zeros at its end beyond `least` decimals: quantities, unit prices.
pub fn decimal(value: Decimal, least: u32, language: Language) -> String {
    let digits = value.normalize().abs().to_string();
    let (units, part) = digits.split_once('.').unwrap_or((&digits, ""));
    let negative = value.is_sign_negative() && !value.is_zero();
    let mut text = if negative { "\u{2212}".to_owned() } else { String::new() };
    push_grouped_digits(&mut text, units, language);
    if !part.is_empty() || least > 0 {
        text.push(language.decimal());
        text.push_str(part);
        text.extend(std::iter::repeat_n('0', (least as usize).saturating_sub(part.len())));
    }
    text
}

/// A rate: `5,5 %` and `5.5%`.
pub fn percent(rate: Decimal, language: Language) -> String {
    let space = if language == Language::French { "\u{a0}" } else { "" };
    format!("{}{space}%", decimal(rate, 0, language))
}

/// A day in full: `17 novembre 2026`, `1ᵉʳ janvier 2026`, `17 November 2026`.
pub fn day_long(day: Day, language: Language) -> String {
    let month = match language {
        Language::French => MOIS[day.month() as usize - 1].0,
        Language::English => MONTHS[day.month() as usize - 1].0,
    };
    day_with(day, month, language)
}

/// A day with its month cut: `17 nov. 2026`, `17 Nov 2026`.
pub fn day_short(day: Day, language: Language) -> String {
    let month = match language {
        Language::French => MOIS[day.month() as usize - 1].1,
        Language::English => MONTHS[day.month() as usize - 1].1,
    };
    day_with(day, month, language)
}

const MOIS: [(&str, &str); 12] = [
    ("janvier", "janv."),
    ("février", "févr."),
    ("mars", "mars"),
    ("avril", "avr."),
    ("mai", "mai"),
    ("juin", "juin"),
    ("juillet", "juil."),
    ("août", "août"),
    ("septembre", "sept."),
    ("octobre", "oct."),
    ("novembre", "nov."),
    ("décembre", "déc."),
];

const MONTHS: [(&str, &str); 12] = [
    ("January", "Jan"),
    ("February", "Feb"),
    ("March", "Mar"),
    ("April", "Apr"),
    ("May", "May"),
    ("June", "June"),
    ("July", "July"),
    ("August", "Aug"),
    ("September", "Sept"),
    ("October", "Oct"),
    ("November", "Nov"),
    ("December", "Dec"),
];

fn day_with(day: Day, month: &str, language: Language) -> String {
    // Only the first of a month is an ordinal in French.
    let ordinal =
        if language == Language::French && day.day_of_month() == 1 { "ᵉʳ" } else { "" };
    format!("{}{ordinal}\u{a0}{month} {}", day.day_of_month(), day.year())
}

fn sign(number: i64) -> String {
    if number < 0 { "\u{2212}".to_owned() } else { String::new() }
}

fn push_grouped(text: &mut String, number: u64, language: Language) {
    push_grouped_digits(text, &number.to_string(), language);
}

fn push_grouped_digits(text: &mut String, digits: &str, language: Language) {
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(language.group());
        }
        text.push(digit);
    }
}

#[cfg(test)]
mod tests;
