//! The hints of `assets/rules/`: what a bank line usually is, and the words that tell nothing.
//!
//! A rule proposes an account, never more; the reader checks what a line of the file may say, the
//! tests check that the built-in file names what exists.

use crate::words::{fold, holds};
use assets::{AssetError, Assets};
use book::tax_codes::Nature;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// Why the rules could not be read.
#[derive(Debug, thiserror::Error)]
pub enum RulesError {
    /// A file is missing or unreadable.
    #[error("reading {0}")]
    Asset(String, #[source] AssetError),
    /// A file is not of the shape its head describes.
    #[error("reading {0}")]
    Syntax(String, #[source] Box<toml::de::Error>),
    /// Two rules have the same name.
    #[error("the rule {0} stands twice")]
    Twice(String),
}

/// The side of money a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sign {
    /// Money that comes in.
    In,
    /// Money that goes out.
    Out,
    /// Either.
    Both,
}

/// One rule: what a line with such words usually is.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its name, never reused.
    pub id: String,
    /// What it is, in French.
    pub fr: String,
    /// What it is, in English.
    pub en: String,
    /// The side of money.
    pub sign: Sign,
    /// At least one of these stands in the text.
    pub any: Vec<String>,
    /// Each of these stands in the text.
    #[serde(default)]
    pub all: Vec<String>,
    /// None of these stands in the text.
    #[serde(default)]
    pub none: Vec<String>,
    /// Code of the account where it goes.
    pub account: String,
    /// Code of the account in the books of a sole business, if elsewhere.
    pub account_sole_trader: Option<String>,
    /// The tax code a person may pick who holds the invoice.
    pub tax_code_if_invoice: Option<String>,
    /// What was supplied, beside that code.
    pub nature: Option<Nature>,
    /// What to look at, in French.
    pub note_fr: Option<String>,
    /// What to look at, in English.
    pub note_en: Option<String>,
    /// Whether the other half is a line of another bank account of the book.
    #[serde(default)]
    pub own_accounts: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    version: u32,
    rule: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordFile {
    in_names: HashSet<String>,
    in_lines: HashSet<String>,
}

/// The rules of a country for one kind of business.
#[derive(Debug, Clone)]
pub struct Rules {
    country: String,
    version: u32,
    sole_trader: bool,
    rules: Vec<Rule>,
    /// First word of each phrase of `any`, to the rule and the phrase.
    by_word: HashMap<String, Vec<(usize, usize)>>,
    in_names: HashSet<String>,
    in_lines: HashSet<String>,
}

impl Rules {
    /// Reads `rules/COUNTRY/`. `sole_trader` says whether the business is a person's own (legal
    /// form `EI`), whose social contributions go to another account than a company's.
    pub fn read(assets: &Assets, country: &str, sole_trader: bool) -> Result<Rules, RulesError> {
        let RuleFile { version, mut rule } =
            file(assets, &format!("rules/{country}/merchants.toml"))?;
        let WordFile { in_names, in_lines } = file(assets, &format!("rules/{country}/words.toml"))?;
        let mut by_word: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
        let mut ids = HashSet::new();
        for (place, one) in rule.iter_mut().enumerate() {
            // A user's own file may be written as people write.
            for phrase in one.any.iter_mut().chain(&mut one.all).chain(&mut one.none) {
                *phrase = fold(phrase);
            }
            if !ids.insert(one.id.clone()) {
                return Err(RulesError::Twice(one.id.clone()));
            }
            for (phrase, text) in one.any.iter().enumerate() {
                let first = text.split(' ').next().unwrap_or_default();
                by_word.entry(first.to_owned()).or_default().push((place, phrase));
            }
        }
        let country = country.to_owned();
        Ok(Rules { country, version, sole_trader, rules: rule, by_word, in_names, in_lines })
    }

    /// Every rule, the narrow above the wide.
    pub fn iter(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter()
    }

    /// The rule of a name as [`Rules::name_of`] gives it: `fr/rent`.
    pub fn get(&self, name: &str) -> Option<&Rule> {
        let (country, id) = name.split_once('/')?;
        self.rules.iter().find(|rule| country == self.country && rule.id == id)
    }

    /// A rule's name with its country: `fr/rent`.
    pub fn name_of(&self, rule: &Rule) -> String {
        format!("{}/{}", self.country, rule.id)
    }

    /// The version of the file; it rises with every change of what a rule proposes.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// Code of the account a rule proposes to this business.
    pub fn account_of<'a>(&self, rule: &'a Rule) -> &'a str {
        match &rule.account_sole_trader {
            Some(own) if self.sole_trader => own,
            _ => &rule.account,
        }
    }

    /// The first rule that fits money in or out with these folded texts, and the words it met.
    /// A phrase does not reach from one text into the next.
    pub fn find(&self, incoming: bool, texts: &[&str]) -> Option<(&Rule, &str)> {
        let mut found: Option<(usize, usize)> = None;
        for text in texts {
            for word in text.split(' ') {
                for &(place, phrase) in self.by_word.get(word).into_iter().flatten() {
                    let better = found.is_none_or(|best| (place, phrase) < best);
                    if better && self.fits(&self.rules[place], phrase, incoming, texts) {
                        found = Some((place, phrase));
                    }
                }
            }
        }
        found.map(|(place, phrase)| (&self.rules[place], self.rules[place].any[phrase].as_str()))
    }

    fn fits(&self, rule: &Rule, phrase: usize, incoming: bool, texts: &[&str]) -> bool {
        let stands = |phrase: &String| texts.iter().any(|text| holds(text, phrase));
        let side = match rule.sign {
            Sign::In => incoming,
            Sign::Out => !incoming,
            Sign::Both => true,
        };
        side && stands(&rule.any[phrase])
            && rule.all.iter().all(stands)
            && !rule.none.iter().any(stands)
    }

    pub(crate) fn is_in_names(&self, word: &str) -> bool {
        self.in_names.contains(word)
    }

    pub(crate) fn is_in_lines(&self, word: &str) -> bool {
        self.in_lines.contains(word)
    }
}

fn file<T: for<'de> Deserialize<'de>>(assets: &Assets, name: &str) -> Result<T, RulesError> {
    let text = assets.text(name).map_err(|why| RulesError::Asset(name.to_owned(), why))?;
    toml::from_str(&text).map_err(|why| RulesError::Syntax(name.to_owned(), Box::new(why)))
}
