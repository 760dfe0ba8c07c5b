//! The recipe files: a closed set of words, refused by name when anything else is written.

use crate::amount::DecimalMark;
use crate::calendar::DateOrder;
use crate::fold::{fits, folded};
use assets::{AssetError, Assets};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use values::Currency;

/// The recipes of every bank table that can be read, and the words of the cautious guess.
#[derive(Debug, Clone, Default)]
pub struct Recipes {
    pub(super) list: Vec<Arc<Recipe>>,
    pub(super) words: HeaderWords,
}

/// Why the recipes cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RecipeError {
    /// A file of recipes cannot be had.
    #[error("reading the recipes")]
    Asset(#[from] AssetError),
    /// A file does not speak the recipes' language.
    #[error("the recipe {path} cannot be understood")]
    Syntax {
        /// The asset's name.
        path: String,
        /// Where and what, the unknown key named.
        #[source]
        why: Box<toml::de::Error>,
    },
    /// A file contradicts itself or another.
    #[error("the recipe {path} is wrong: {why}")]
    Sense {
        /// The asset's name.
        path: String,
        /// What does not hold.
        why: String,
    },
}

const FOLDER: &str = "recipes/";
const WORDS: &str = "recipes/words/header.toml";

impl Recipes {
    /// Loads every recipe there is, the user's own among them; one that is wrong is an error.
    pub fn load(assets: &Assets) -> Result<Recipes, RecipeError> {
        let mut words: HeaderWords = parse(WORDS, &assets.text(WORDS)?)?;
        for pattern in words.0.values_mut().flatten() {
            *pattern = folded(pattern);
        }
        let mut list = Vec::new();
        for path in assets.names(FOLDER) {
            let name = path.strip_prefix(FOLDER).unwrap_or_default();
            let Some(stem) = name.strip_suffix(".toml").filter(|stem| !stem.contains('/')) else {
                continue;
            };
            let mut recipe: Recipe = parse(&path, &assets.text(&path)?)?;
            if let Err(why) = recipe.check(stem) {
                return Err(RecipeError::Sense { path, why });
            }
            recipe.fold();
            list.push(Arc::new(recipe));
        }
        Ok(Recipes { list, words })
    }

    /// Ids and versions, as they stand in [`crate::Reading::reader`].
    pub fn ids(&self) -> impl Iterator<Item = (&str, u32)> {
        self.list.iter().map(|recipe| (recipe.id.as_str(), recipe.version))
    }

    /// The bank whose tables the recipe of that id reads, if it is one bank's.
    pub fn bank(&self, id: &str) -> Option<&str> {
        self.list.iter().find(|recipe| recipe.id == id)?.bank.as_deref()
    }
}

pub(super) fn parse<T: serde::de::DeserializeOwned>(
    path: &str,
    text: &str,
) -> Result<T, RecipeError> {
    toml::from_str(text)
        .map_err(|why| RecipeError::Syntax { path: path.to_owned(), why: Box::new(why) })
}

/// Header words by what they head, folded when loaded.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub(super) struct HeaderWords(pub BTreeMap<Role, Vec<String>>);

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Role {
    Day,
    ValueDay,
    Label,
    Amount,
    Debit,
    Credit,
    Balance,
    Currency,
    Account,
    Reference,
    PartyName,
    PartyIban,
    /// Heads a column of another kind of file: a journal, a till, a list of rates.
    Foreign,
    /// No column: words that stand for the day of an operation not booked yet.
    Pending,
}

/// How one bank lays out its table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Recipe {
    pub id: String,
    pub version: u32,
    pub bank: Option<String>,
    /// ISO 3166 code, for people; nothing depends on it.
    #[allow(dead_code)] // Read by people who look for their bank's recipe.
    pub country: Option<String>,
    /// The currency where no cell says one.
    pub currency: Option<Currency>,
    #[serde(default)]
    pub card: bool,
    /// A layout of many banks: taken only where no bank's own recipe fits.
    #[serde(default)]
    pub common: bool,
    #[serde(default)]
    pub delimiter: Delimiter,
    /// Header names that must all be there.
    #[serde(default)]
    pub header: Vec<String>,
    /// For tables without a header: what each cell of the first row looks like.
    #[serde(default)]
    pub shape: Vec<Shape>,
    /// How the bank names its files; decides between recipes that fit alike.
    pub file: Option<String>,
    pub date: DateWord,
    pub decimal: DecimalWord,
    pub sign: Sign,
    #[serde(default)]
    pub sign_words: SignWords,
    #[serde(default)]
    pub fee: FeeWord,
    #[serde(default)]
    pub above: Above,
    pub columns: Columns,
    #[serde(default)]
    pub rows: Rows,
    /// Only rows with one of these words are booked.
    pub booked: Option<CellWords>,
    /// Rows with one of these words are announced, not booked.
    pub pending: Option<CellWords>,
    /// Rows with one of these words are no operations at all.
    #[serde(default)]
    pub skip: Vec<CellWords>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub(super) enum Delimiter {
    #[default]
    #[serde(rename = "any")]
    Any,
    #[serde(rename = ";")]
    Semicolon,
    #[serde(rename = ",")]
    Comma,
    #[serde(rename = "tab")]
    Tab,
    #[serde(rename = "|")]
    Bar,
}

impl Delimiter {
    pub fn fits(self, delimiter: u8) -> bool {
        match self {
            Delimiter::Any => true,
            Delimiter::Semicolon => delimiter == b';',
            Delimiter::Comma => delimiter == b',',
            Delimiter::Tab => delimiter == b'\t',
            Delimiter::Bar => delimiter == b'|',
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum DateWord {
    YearMonthDay,
    DayMonthYear,
    MonthDayYear,
}

impl DateWord {
    pub fn order(self) -> DateOrder {
        match self {
            DateWord::YearMonthDay => DateOrder::YearMonthDay,
            DateWord::DayMonthYear => DateOrder::DayMonthYear,
            DateWord::MonthDayYear => DateOrder::MonthDayYear,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(super) enum DecimalWord {
    #[serde(rename = ",")]
    Comma,
    #[serde(rename = ".")]
    Dot,
    #[serde(rename = "either")]
    Either,
}

impl DecimalWord {
    pub fn mark(self) -> DecimalMark {
        match self {
            DecimalWord::Comma => DecimalMark::Comma,
            DecimalWord::Dot => DecimalMark::Dot,
            DecimalWord::Either => DecimalMark::Either,
        }
    }
}

/// Where the direction of the money stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Sign {
    /// One column, money in positive.
    Signed,
    /// One column, money out positive: card accounts.
    Inverted,
    /// Two columns, money out written positive.
    DebitPositive,
    /// Two columns, money out written negative.
    DebitNegative,
    /// Two columns; the whole file shows which of the two it is.
    DebitCredit,
    /// One column, the direction as a word in the column `sign`.
    Word,
}

impl Sign {
    pub fn two_columns(self) -> bool {
        matches!(self, Sign::DebitPositive | Sign::DebitNegative | Sign::DebitCredit)
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct SignWords {
    #[serde(default)]
    pub debit: Vec<String>,
    #[serde(default)]
    pub credit: Vec<String>,
}

/// Whether the amount contains the fee of its own column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum FeeWord {
    #[default]
    Within,
    /// The fee leaves the account besides the amount, unless the balances show otherwise.
    Apart,
}

/// Patterns of cells above the header: what `*` stands for, else the next cell of the row.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Above {
    pub bank: Option<String>,
    pub branch: Option<String>,
    pub account: Option<String>,
    pub currency: Option<String>,
    pub opening: Option<String>,
    pub closing: Option<String>,
    pub first_day: Option<String>,
    pub last_day: Option<String>,
}

/// Columns by header name, or `#1` for the first.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Columns {
    pub day: String,
    pub value_day: Option<String>,
    pub amount: Option<String>,
    pub debit: Option<String>,
    pub credit: Option<String>,
    pub sign: Option<String>,
    pub balance: Option<String>,
    pub currency: Option<String>,
    pub account: Option<String>,
    pub account_label: Option<String>,
    pub label: Vec<String>,
    pub party_name: Option<String>,
    pub party_iban: Option<String>,
    pub reference: Option<String>,
    pub type_code: Option<String>,
    pub id: Option<String>,
    pub fee: Option<String>,
    pub original_amount: Option<String>,
    pub original_currency: Option<String>,
}

/// Patterns that tell other rows by their first cell with words.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Rows {
    /// Rows whose last filled cell is the opening balance.
    #[serde(default)]
    pub opening: Vec<String>,
    /// Rows whose last filled cell is the closing balance, above or below the lines.
    #[serde(default)]
    pub closing: Vec<String>,
    /// Rows that say nothing of the account.
    #[serde(default)]
    pub skip: Vec<String>,
    /// The first row after the table.
    #[serde(default)]
    pub end: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct CellWords {
    pub column: String,
    pub words: Vec<String>,
}

/// What a cell of a table without header looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Shape {
    Date,
    Amount,
    Currency,
    Iban,
    Digits,
    Text,
    Any,
}

impl Recipe {
    /// Whether the file is named as the bank names its files.
    pub fn names_file(&self, file_name: Option<&str>) -> bool {
        let pattern = self.file.as_deref().map(folded);
        pattern.zip(file_name).is_some_and(|(pattern, name)| fits(&pattern, &folded(name)))
    }

    /// Folds what is compared with every row of a file.
    fn fold(&mut self) {
        let rows = &mut self.rows;
        let lists = [&mut self.header, &mut rows.opening, &mut rows.closing, &mut rows.skip];
        let words = &mut self.sign_words;
        let lists = lists.into_iter().chain([&mut rows.end, &mut words.debit, &mut words.credit]);
        let cells = self.skip.iter_mut().chain(&mut self.booked).chain(&mut self.pending);
        for pattern in lists.chain(cells.map(|rule| &mut rule.words)).flatten() {
            *pattern = folded(pattern);
        }
    }

    /// What TOML alone cannot check.
    fn check(&self, stem: &str) -> Result<(), String> {
        let columns = &self.columns;
        let two = columns.debit.is_some() && columns.credit.is_some();
        let words = !self.sign_words.debit.is_empty() && columns.sign.is_some();
        let rules = [
            (self.id == stem, "`id` must be the file's name without .toml"),
            (self.version >= 1, "`version` counts from 1"),
            (self.header.is_empty() != self.shape.is_empty(), "give either `header` or `shape`"),
            (!columns.label.is_empty(), "`columns.label` names at least one column"),
            (self.sign.two_columns() == two, "`sign` and the columns debit and credit disagree"),
            (two != columns.amount.is_some(), "give either columns.amount or debit and credit"),
            (
                (self.sign == Sign::Word) == words,
                "sign = \"word\" needs columns.sign and sign-words",
            ),
            (
                (self.fee == FeeWord::Within) || columns.fee.is_some(),
                "fee = \"apart\" needs columns.fee",
            ),
        ];
        match rules.iter().find(|(holds, _)| !holds) {
            Some((_, why)) => Err((*why).to_owned()),
            None => Ok(()),
        }
    }
}
