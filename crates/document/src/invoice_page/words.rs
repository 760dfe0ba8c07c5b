//! The words of an invoice, from `locales/*/invoice.toml` of the assets.

use crate::{DocumentError, Language};
use assets::Assets;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Everything that is printed and is not in the record.
#[derive(Deserialize)]
pub(super) struct Words {
    pub head: Head,
    pub party: Party,
    pub delivery: Delivery,
    pub facts: Facts,
    pub lines: Lines,
    pub totals: Totals,
    pub payment: Payment,
    means: BTreeMap<String, String>,
    units: BTreeMap<String, String>,
    countries: BTreeMap<String, String>,
}

macro_rules! section {
    ($name:ident: $($word:ident),*) => {
        #[derive(Deserialize)]
        pub(super) struct $name { $(pub $word: String,)* }
    };
}

section!(Head: invoice, credit_note, draft, unnumbered);
section!(Party: invoice_seller, invoice_buyer, credit_note_seller, credit_note_buyer, order,
    reference, siren, vat_number);
section!(Delivery: nature, goods, services, both, goods_text, services_text, both_text, done);
section!(Facts: issue_day, due_day, means, due, credit, answers, related, preceding);
section!(Lines: name, quantity, price, price_exempt, rate, net, net_exempt, discount, continued);
section!(Totals: by_rate, base, tax, net, gross, sum, paid, due, credit);
section!(Payment: transfer, account_of, bic, reference, code, page);

impl Words {
    pub(super) fn load(assets: &Assets, language: Language) -> Result<Words, DocumentError> {
        let name = format!("locales/{}/invoice.toml", language.folder());
        let text = assets.text(&name)?;
        toml::from_str(&text).map_err(|why| DocumentError::Words(name, why.message().to_owned()))
    }

    /// A means of payment (UNTDID 4461).
    pub(super) fn means<'a>(&'a self, code: &'a str) -> &'a str {
        self.means.get(code).map_or(code, String::as_str)
    }

    /// A unit (UN/ECE recommendation 20), of one or of many: a bar parts the two words.
    pub(super) fn unit<'a>(&'a self, code: &'a str, many: bool) -> &'a str {
        let word = self.units.get(code).map_or(code, String::as_str);
        let (one, others) = word.split_once('|').unwrap_or((word, word));
        if many { others } else { one }
    }

    /// A country (ISO 3166-1).
    pub(super) fn country<'a>(&'a self, code: &'a str) -> &'a str {
        self.countries.get(code).map_or(code, String::as_str)
    }
}

/// The sentence with each name in braces replaced.
pub(super) fn filled(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut result = String::with_capacity(sentence.len() + 32);
    let mut rest = sentence;
    // In one pass: a value that holds a brace is not looked at again.
    while let Some((before, after)) = rest.split_once('{') {
        result.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            rest = after;
            break;
        };
        let value = values.iter().find(|(known, _)| *known == name);
        result.push_str(value.map_or("", |(_, value)| value));
        rest = after;
    }
    result.push_str(rest);
    result
}

impl Words {
    /// `1 / 2`.
    pub(super) fn number_of_page(&self, number: usize, count: usize) -> String {
        let values = [("page", number.to_string()), ("pages", count.to_string())];
        filled(&self.payment.page, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
    }
}
