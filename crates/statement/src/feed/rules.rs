//! The words of a mapping: where a field stands in a record, and how it is read. No loop, no name
//! from outside, so that a rule can be shown to a person as it is.

use super::json::{Json, is_pointer, steps};
use super::keys::{Keys, MappingError, MappingFault};
use super::text::plain_text;
use crate::amount::{AmountFault, DecimalMark, minor_from_text};
use crate::{Remark, RemarkCode, Severity};
use std::borrow::Cow;
use std::collections::BTreeMap;
use values::{Currency, Iban};

/// The longest text kept of a provider, in letters.
pub(super) const LONGEST: usize = 400;

/// A record and what it stands in, outermost first; the record is the last.
pub(super) type Chain<'j, 'a> = [&'j Json<'a>];

/// A JSON pointer within a record; each `^` before it goes to the enclosing record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pointer {
    up: usize,
    /// Names and places on the way, escapes undone.
    steps: Vec<String>,
    /// As written in the file; what remarks call the field.
    pub text: String,
}

impl Pointer {
    pub fn parse(text: &str) -> Option<Pointer> {
        let path = text.trim_start_matches('^');
        is_pointer(path).then(|| Pointer {
            up: text.len() - path.len(),
            steps: steps(path).collect(),
            text: text.to_owned(),
        })
    }

    pub fn find<'j, 'a>(&self, chain: &Chain<'j, 'a>) -> Option<&'j Json<'a>> {
        let place = chain.len().checked_sub(1 + self.up)?;
        self.steps.iter().try_fold(chain[place], |value, step| value.step(step))
    }

    /// A text, a number or a flag; blanks are nothing.
    pub fn scalar<'a>(&self, chain: &Chain<'_, 'a>) -> Option<Cow<'a, str>> {
        self.find(chain)?.scalar().filter(|text| !text.trim().is_empty())
    }
}

pub(super) fn pointer(keys: &Keys<'_>, key: &str) -> Result<Option<Pointer>, MappingError> {
    keys.word(key, Pointer::parse)
}

pub(super) fn pointers(keys: &Keys<'_>, key: &str) -> Result<Vec<Pointer>, MappingError> {
    let each = |text: &&str| {
        let wrong = || keys.wrong(key, MappingFault::Word((*text).to_owned()));
        Pointer::parse(text).ok_or_else(wrong)
    };
    keys.texts(key)?.iter().map(each).collect()
}

/// The first of several places that holds something.
fn first<'a, 'p>(at: &'p [Pointer], chain: &Chain<'_, 'a>) -> Option<(&'p Pointer, Cow<'a, str>)> {
    at.iter().find_map(|pointer| Some((pointer, pointer.scalar(chain)?)))
}

/// What the remark of a missing field calls it.
fn named(at: &[Pointer]) -> &str {
    at.first().map(|pointer| pointer.text.as_str()).unwrap_or_default()
}

/// A remark that holds a line out, naming the field.
pub(super) fn held(code: RemarkCode, field: &str, value: &str) -> Remark {
    let value = plain_text(Cow::Borrowed(value), 60);
    Remark::new(code, Severity::Error).with("field", field).with("value", value)
}

/// `when = { at = "/side", is = "debit" }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct When {
    at: Pointer,
    is: String,
}

impl When {
    pub fn read(keys: Keys<'_>) -> Result<When, MappingError> {
        let missing = |key| keys.wrong(key, MappingFault::Missing);
        let at = pointer(&keys, "at")?.ok_or_else(|| missing("at"))?;
        let is = match keys.value("is") {
            Some(toml::Value::String(text)) => text.clone(),
            Some(toml::Value::Boolean(flag)) => flag.to_string(),
            Some(_) => return Err(keys.wrong("is", MappingFault::Kind("a text, true or false"))),
            None => return Err(missing("is")),
        };
        keys.end()?;
        Ok(When { at, is })
    }

    pub fn holds(&self, chain: &Chain<'_, '_>) -> bool {
        self.at.scalar(chain).is_some_and(|found| *found == *self.is)
    }
}

/// Words: `"/a"`, `["/a", "/b"]` (the first that is there), or a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct TextRule {
    at: Vec<Pointer>,
    /// All of them, joined by this.
    join: Option<String>,
    /// Kept only where it is a sound IBAN.
    iban: bool,
    when: Option<When>,
    otherwise: Vec<Pointer>,
}

impl TextRule {
    pub fn read(keys: &Keys<'_>, key: &str) -> Result<Option<TextRule>, MappingError> {
        if !keys.value(key).is_some_and(toml::Value::is_table) {
            let at = pointers(keys, key)?;
            return Ok((!at.is_empty()).then(|| TextRule { at, ..TextRule::default() }));
        }
        let Some(table) = keys.table(key)? else { return Ok(None) };
        let rule = TextRule {
            at: pointers(&table, "at")?,
            join: table.text("join")?.map(str::to_owned),
            iban: table.word("read", |word| (word == "iban").then_some(()))?.is_some(),
            when: table.table("when")?.map(When::read).transpose()?,
            otherwise: pointers(&table, "else")?,
        };
        if rule.at.is_empty() {
            return Err(table.wrong("at", MappingFault::Missing));
        }
        table.end()?;
        Ok(Some(rule))
    }

    pub fn find<'a>(&self, chain: &Chain<'_, 'a>) -> Option<Cow<'a, str>> {
        let at = match &self.when {
            Some(when) if !when.holds(chain) => &self.otherwise,
            _ => &self.at,
        };
        let text = match &self.join {
            None => first(at, chain)?.1,
            Some(join) => joined(at, join, chain)?,
        };
        if self.iban {
            let iban = Iban::parse(&text).ok()?;
            return Some(Cow::Owned(iban.as_str().to_owned()));
        }
        let text = plain_text(text, LONGEST);
        (!text.is_empty()).then_some(text)
    }

    /// What remarks call this field.
    pub fn name(&self) -> &str {
        named(&self.at)
    }
}

/// Every part that is there, each once.
fn joined<'a>(at: &[Pointer], join: &str, chain: &Chain<'_, 'a>) -> Option<Cow<'a, str>> {
    let mut parts: Vec<Cow<'a, str>> = Vec::with_capacity(at.len());
    for part in at.iter().filter_map(|pointer| pointer.scalar(chain)) {
        if !parts.iter().any(|known| known.trim() == part.trim()) {
            parts.push(part);
        }
    }
    match parts.len() {
        0 => None,
        1 => parts.pop(),
        _ => Some(Cow::Owned(parts.join(join))),
    }
}

/// `{ at, words, absent }`: a closed list of a provider's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WordRule<T> {
    at: Vec<Pointer>,
    pub words: BTreeMap<String, T>,
    absent: Option<T>,
}

impl<T: Copy> WordRule<T> {
    pub fn read(keys: Keys<'_>, of: fn(&str) -> Option<T>) -> Result<Self, MappingError> {
        let list = keys.needed_table("words")?;
        let mut words = BTreeMap::new();
        for name in list.names() {
            let missing = || list.wrong(name, MappingFault::Missing);
            words.insert(name.to_owned(), list.word(name, of)?.ok_or_else(missing)?);
        }
        let rule = WordRule { at: pointers(&keys, "at")?, words, absent: keys.word("absent", of)? };
        if rule.at.is_empty() {
            return Err(keys.wrong("at", MappingFault::Missing));
        }
        keys.end()?;
        Ok(rule)
    }

    pub fn find(&self, chain: &Chain<'_, '_>) -> Result<T, Remark> {
        match (first(&self.at, chain), self.absent) {
            (Some((at, word)), _) => {
                let known = self.words.get(&*word).copied();
                known.ok_or_else(|| held(RemarkCode::WordUnknown, &at.text, &word))
            }
            (None, Some(absent)) => Ok(absent),
            (None, None) => Err(held(RemarkCode::FieldMissing, named(&self.at), "")),
        }
    }
}

/// Whether an amount is written in euros or in cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Major,
    Minor,
}

/// Which way the money went.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Sign {
    /// Money in is positive.
    AsIs,
    /// Money out is positive.
    Inverted,
    /// A word says it; a sign of the number itself is not looked at.
    Word(WordRule<bool>),
}

/// `{ at, out, unit, currency, sign }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AmountRule {
    at: Vec<Pointer>,
    /// Where money out has a field of its own; then `at` holds money in.
    out: Option<Pointer>,
    unit: Unit,
    currency: Option<Pointer>,
    sign: Sign,
}

impl AmountRule {
    pub fn read(keys: Keys<'_>) -> Result<AmountRule, MappingError> {
        let unit = keys.word("unit", |word| match word {
            "major" => Some(Unit::Major),
            "minor" => Some(Unit::Minor),
            _ => None,
        })?;
        let sign = match keys.value("sign") {
            Some(toml::Value::Table(_)) => sign_word(keys.needed_table("sign")?)?,
            _ => keys
                .word("sign", |word| match word {
                    "as-is" => Some(Sign::AsIs),
                    "inverted" => Some(Sign::Inverted),
                    _ => None,
                })?
                .unwrap_or(Sign::AsIs),
        };
        let rule = AmountRule {
            at: pointers(&keys, "at")?,
            out: pointer(&keys, "out")?,
            unit: unit.ok_or_else(|| keys.wrong("unit", MappingFault::Missing))?,
            currency: pointer(&keys, "currency")?,
            sign,
        };
        if rule.at.is_empty() {
            return Err(keys.wrong("at", MappingFault::Missing));
        }
        if rule.out.is_some() && keys.value("sign").is_some() {
            return Err(keys.wrong("sign", MappingFault::Kind("absent beside `out`")));
        }
        keys.end()?;
        Ok(rule)
    }

    /// Signed minor units of `currency`; an amount of another currency is not read.
    pub fn find(&self, chain: &Chain<'_, '_>, currency: Currency) -> Result<i64, Remark> {
        let Some((at, text)) = self.first(chain) else {
            return Err(held(RemarkCode::FieldMissing, named(&self.at), ""));
        };
        if let Some(stated) = self.stated_currency(chain)?
            && stated != currency
        {
            let remark = held(RemarkCode::AmountOtherCurrency, &at.text, &text);
            return Err(remark
                .with("currency", stated.code())
                .with("account_currency", currency.code()));
        }
        self.minor(chain, at, &text, currency)
    }

    /// Signed minor units of whatever currency the record names.
    pub fn find_any(&self, chain: &Chain<'_, '_>) -> Result<Option<(i64, Currency)>, Remark> {
        let Some((at, text)) = self.first(chain) else { return Ok(None) };
        let Some(currency) = self.stated_currency(chain)? else { return Ok(None) };
        Ok(Some((self.minor(chain, at, &text, currency)?, currency)))
    }

    /// Whether the field is there at all.
    pub fn is_there(&self, chain: &Chain<'_, '_>) -> bool {
        self.first(chain).is_some()
    }

    fn first<'a>(&self, chain: &Chain<'_, 'a>) -> Option<(&Pointer, Cow<'a, str>)> {
        first(&self.at, chain).or_else(|| first(self.out.as_slice(), chain))
    }

    fn stated_currency(&self, chain: &Chain<'_, '_>) -> Result<Option<Currency>, Remark> {
        let Some(at) = &self.currency else { return Ok(None) };
        let Some(text) = at.scalar(chain) else {
            return Err(held(RemarkCode::FieldMissing, &at.text, ""));
        };
        currency_of(&text, &at.text).map(Some)
    }

    fn minor(
        &self,
        chain: &Chain<'_, '_>,
        at: &Pointer,
        text: &str,
        currency: Currency,
    ) -> Result<i64, Remark> {
        if let Some(out) = &self.out {
            return self.minor_of_two(chain, out, currency);
        }
        let minor = self.written(at, text, currency)?;
        Ok(match &self.sign {
            Sign::AsIs => minor,
            Sign::Inverted => -minor,
            Sign::Word(rule) if rule.find(chain)? => minor.abs(),
            Sign::Word(_) => -minor.abs(),
        })
    }

    /// One of the two fields holds an amount, the other one nothing or zero. Of an amount below
    /// zero nobody knows whether it means the other direction.
    fn minor_of_two(
        &self,
        chain: &Chain<'_, '_>,
        out: &Pointer,
        currency: Currency,
    ) -> Result<i64, Remark> {
        let side = |at: &[Pointer]| {
            let Some((at, text)) = first(at, chain) else { return Ok(0) };
            match self.written(at, &text, currency)? {
                minor if minor < 0 => Err(held(RemarkCode::FieldUnreadable, &at.text, &text)),
                minor => Ok(minor),
            }
        };
        match (side(&self.at)?, side(std::slice::from_ref(out))?) {
            (paid_in, 0) => Ok(paid_in),
            (0, paid_out) => Ok(-paid_out),
            _ => {
                let value = out.scalar(chain).unwrap_or_default();
                Err(held(RemarkCode::FieldUnreadable, &out.text, &value))
            }
        }
    }

    /// The amount as it is written, in minor units.
    fn written(&self, at: &Pointer, text: &str, currency: Currency) -> Result<i64, Remark> {
        let exponent = if self.unit == Unit::Minor { 0 } else { currency.exponent() };
        Ok(match minor_from_text(text, exponent, DecimalMark::Dot, false) {
            // A machine writes digits and a dot; anything else is not what this field should be.
            Ok(amount) if !amount.unusual => amount.minor,
            Ok(_) | Err(AmountFault::Unreadable | AmountFault::Ambiguous) => {
                return Err(held(RemarkCode::FieldUnreadable, &at.text, text));
            }
            Err(AmountFault::Missing) => {
                return Err(held(RemarkCode::FieldMissing, &at.text, ""));
            }
            Err(AmountFault::TooFine) => {
                let remark = held(RemarkCode::AmountTooFine, &at.text, text);
                return Err(remark.with("currency", currency.code()));
            }
            Err(AmountFault::TooLarge) => {
                return Err(held(RemarkCode::AmountTooLarge, &at.text, text));
            }
        })
    }
}

/// Three letters; anything else, such as the address of a scheme of miles, is no currency.
pub(super) fn currency_of(text: &str, field: &str) -> Result<Currency, Remark> {
    Currency::parse(text).map_err(|_| held(RemarkCode::CurrencyUnknown, field, text))
}

/// `{ at = "/side", plus = ["credit"], minus = ["debit"] }`.
fn sign_word(keys: Keys<'_>) -> Result<Sign, MappingError> {
    let at = pointers(&keys, "at")?;
    let mut words = BTreeMap::new();
    for (key, plus) in [("plus", true), ("minus", false)] {
        let list = keys.texts(key)?;
        if list.is_empty() || at.is_empty() {
            return Err(keys.wrong(key, MappingFault::Missing));
        }
        words.extend(list.into_iter().map(|word| (word.to_owned(), plus)));
    }
    keys.end()?;
    Ok(Sign::Word(WordRule { at, words, absent: None }))
}
