//! The chart of accounts: which accounts there are and what the program may expect of each.
//!
//! A chart is a file of `assets/charts/`, one account a row. The book opens accounts the chart does
//! not list (`471000`, `512101`): they take their properties from the longest prefix that it does.
//! Code never names an account by its number; it asks for a [`Role`].

pub(crate) mod closed_words;
mod roles;

pub use roles::{DefaultFor, Grade, Kind, Origin, Role, Side, VatRole};

use serde::Deserialize;

/// How many digits an account number needs to be postable (LPF art. A. 47 A-1: the first three
/// characters of `CompteNum` are digits of the chart).
const POSTABLE_LENGTH: usize = 3;

/// The highest number given to a bank account of the book: two digits after their parent.
const LAST_BANK_ACCOUNT: u32 = 99;

/// One row of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartAccount {
    /// The account's number.
    pub code: String,
    /// Its name in French, as the official text has it.
    pub name_fr: String,
    /// Its name in English.
    pub name_en: String,
    /// What it holds.
    pub kind: Kind,
    /// The account above it; none for a class.
    pub parent: Option<String>,
    /// The side on which its balance is expected.
    pub normal_side: Side,
    /// Which tax items its lines must equal.
    pub vat_role: VatRole,
    /// Whether each line names a counterparty (the auxiliary account of the FEC).
    pub collective: bool,
    /// What the program uses it for.
    pub role: Option<Role>,
    /// Who gets it when a book is made.
    pub default_for: Option<DefaultFor>,
    /// Where it comes from.
    pub origin: Origin,
    /// How well the row is known.
    pub confidence: Grade,
    /// Whether its lines are tied to each other (lettrage).
    pub clearing: bool,
}

/// What is known of any account, listed or not, from its longest listed prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Properties<'chart> {
    /// The listed account they come from.
    pub listed: &'chart str,
    /// The name in French of that account.
    pub name_fr: &'chart str,
    /// The name in English of that account.
    pub name_en: &'chart str,
    /// What the account holds.
    pub kind: Kind,
    /// The side on which its balance is expected.
    pub normal_side: Side,
    /// Which tax items its lines must equal.
    pub vat_role: VatRole,
    /// Whether each line names a counterparty.
    pub collective: bool,
    /// The role of the listed account. It does not pass from one listed account to another: 4011
    /// has none although 401 has.
    pub role: Option<Role>,
    /// Whether its lines are tied to each other (lettrage).
    pub clearing: bool,
}

/// Why a text is no chart, or a chart cannot give what was asked.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// Not CSV with the columns of a chart.
    #[error("the chart is not a table with the columns of a chart")]
    Table(#[source] csv::Error),
    /// A cell holds a word that its column does not know.
    #[error("account {code}: column {column} does not know the word `{word}`")]
    Word {
        /// The account's number.
        code: String,
        /// The column's name.
        column: &'static str,
        /// What the cell holds.
        word: String,
    },
    /// An account number that is not digits, with letters only after three of them.
    #[error("`{0}` is no account number")]
    Code(String),
    /// Two rows for one account.
    #[error("the chart lists account {0} twice")]
    Twice(String),
    /// A row whose parent is not its longest listed prefix.
    #[error("account {code} names {parent} as its parent, the longest listed prefix is {longest}")]
    Parent {
        /// The account's number.
        code: String,
        /// The parent that the row names, or nothing.
        parent: String,
        /// The longest listed prefix, or nothing.
        longest: String,
    },
    /// Two accounts with one role.
    #[error("accounts {first} and {second} both have the role {role}")]
    RoleTwice {
        /// The role.
        role: Role,
        /// The first account that has it.
        first: String,
        /// The second one.
        second: String,
    },
    /// A role that no account has.
    #[error("no account of the chart has the role {0}")]
    RoleMissing(Role),
    /// All 99 numbers for bank accounts are taken.
    #[error("all {LAST_BANK_ACCOUNT} bank accounts under {0} are taken")]
    BankAccountsUsedUp(String),
}

/// A chart of accounts that was read and found whole: each role has exactly one account.
#[derive(Debug, Clone)]
pub struct Chart {
    /// Sorted by code.
    accounts: Vec<ChartAccount>,
    /// The place in `accounts` of each role, in the order of `Role::ALL`.
    by_role: Vec<usize>,
}

impl Chart {
    /// Reads the text of a chart (`charts/fr-pcg.csv`).
    pub fn read(text: &str) -> Result<Chart, ChartError> {
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        let mut accounts = Vec::new();
        for row in rows.deserialize::<Row>() {
            accounts.push(row.map_err(ChartError::Table)?.account()?);
        }
        accounts.sort_by(|one, other| one.code.cmp(&other.code));
        if let Some(pair) = accounts.windows(2).find(|pair| pair[0].code == pair[1].code) {
            return Err(ChartError::Twice(pair[0].code.clone()));
        }
        let by_role = places_of_roles(&accounts)?;
        let chart = Chart { accounts, by_role };
        chart.check_parents()?;
        Ok(chart)
    }

    /// The accounts, sorted by code.
    pub fn accounts(&self) -> &[ChartAccount] {
        &self.accounts
    }

    /// The account of exactly that code, if the chart lists it.
    pub fn get(&self, code: &str) -> Option<&ChartAccount> {
        let place = self.accounts.binary_search_by(|account| account.code.as_str().cmp(code));
        place.ok().map(|place| &self.accounts[place])
    }

    /// What is known of an account: from the longest of its prefixes that the chart lists, itself
    /// included. None when not even its class is listed.
    pub fn properties(&self, code: &str) -> Option<Properties<'_>> {
        let account = self.longest_prefix(code)?;
        Some(Properties {
            listed: &account.code,
            name_fr: &account.name_fr,
            name_en: &account.name_en,
            kind: account.kind,
            normal_side: account.normal_side,
            vat_role: account.vat_role,
            collective: account.collective,
            role: account.role,
            clearing: account.clearing,
        })
    }

    /// The one account of a role.
    pub fn by_role(&self, role: Role) -> &ChartAccount {
        // `read` filled one place for each role, in this order.
        &self.accounts[self.by_role[role as usize]]
    }

    /// The first free account for a new bank account: two digits, from 01, after the account of the
    /// role `bank`. A number is taken when any existing account begins with it, so that a
    /// former software's sub-accounts are never mixed with those of another bank.
    pub fn next_bank_account<'code>(
        &self,
        existing: impl IntoIterator<Item = &'code str>,
    ) -> Result<String, ChartError> {
        let parent = self.by_role(Role::Bank).code.as_str();
        let existing: Vec<&str> =
            existing.into_iter().filter(|code| code.starts_with(parent)).collect();
        (1..=LAST_BANK_ACCOUNT)
            .map(|number| format!("{parent}{number:02}"))
            .find(|free| !existing.iter().any(|code| code.starts_with(free.as_str())))
            .ok_or_else(|| ChartError::BankAccountsUsedUp(parent.to_owned()))
    }

    fn longest_prefix(&self, code: &str) -> Option<&ChartAccount> {
        // `get` gives nothing where a length would cut a letter of several bytes.
        (1..=code.len()).rev().find_map(|length| self.get(code.get(..length)?))
    }

    fn check_parents(&self) -> Result<(), ChartError> {
        for account in &self.accounts {
            let above = &account.code[..account.code.len() - 1];
            let longest = self.longest_prefix(above).map(|above| above.code.as_str());
            if longest != account.parent.as_deref() {
                return Err(ChartError::Parent {
                    code: account.code.clone(),
                    parent: account.parent.clone().unwrap_or_default(),
                    longest: longest.unwrap_or_default().to_owned(),
                });
            }
        }
        Ok(())
    }
}

/// Whether a text is written as an account number: digits, with unaccented letters among them only
/// after the third.
pub fn is_account_code(code: &str) -> bool {
    let (head, tail) = code.as_bytes().split_at(code.len().min(POSTABLE_LENGTH));
    !head.is_empty()
        && head.iter().all(u8::is_ascii_digit)
        && tail.iter().all(u8::is_ascii_alphanumeric)
}

/// Whether a line may stand on an account of this number: written as one, and not a class or a
/// group of two digits.
pub fn is_postable(code: &str) -> bool {
    is_account_code(code) && code.len() >= POSTABLE_LENGTH
}

fn places_of_roles(accounts: &[ChartAccount]) -> Result<Vec<usize>, ChartError> {
    let place_of = |&role: &Role| {
        let mut places = (0..accounts.len()).filter(|&place| accounts[place].role == Some(role));
        match (places.next(), places.next()) {
            (Some(place), None) => Ok(place),
            (Some(first), Some(second)) => Err(ChartError::RoleTwice {
                role,
                first: accounts[first].code.clone(),
                second: accounts[second].code.clone(),
            }),
            (None, _) => Err(ChartError::RoleMissing(role)),
        }
    };
    Role::ALL.iter().map(place_of).collect()
}

/// A row as the file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    code: String,
    name_fr: String,
    name_en: String,
    kind: String,
    parent: String,
    normal_side: String,
    vat_role: String,
    collective: String,
    role: String,
    default_for: String,
    origin: String,
    confidence: String,
    clearing: String,
}

impl Row {
    fn account(self) -> Result<ChartAccount, ChartError> {
        if !is_account_code(&self.code) {
            return Err(ChartError::Code(self.code));
        }
        let code = self.code.as_str();
        Ok(ChartAccount {
            kind: known(code, "kind", &self.kind, Kind::read)?,
            normal_side: known(code, "normal_side", &self.normal_side, Side::read)?,
            vat_role: known(code, "vat_role", &self.vat_role, VatRole::read)?,
            collective: known(code, "collective", &self.collective, mark)?,
            role: optional(code, "role", &self.role, Role::read)?,
            default_for: optional(code, "default_for", &self.default_for, DefaultFor::read)?,
            origin: known(code, "origin", &self.origin, Origin::read)?,
            confidence: known(code, "confidence", &self.confidence, Grade::read)?,
            clearing: known(code, "clearing", &self.clearing, mark)?,
            parent: Some(self.parent).filter(|parent| !parent.is_empty()),
            name_fr: self.name_fr,
            name_en: self.name_en,
            code: self.code,
        })
    }
}

/// Reads `1` as yes and an empty cell as no.
fn mark(cell: &str) -> Option<bool> {
    match cell {
        "1" => Some(true),
        "" => Some(false),
        _ => None,
    }
}

fn known<T>(
    code: &str,
    column: &'static str,
    word: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<T, ChartError> {
    let error = || ChartError::Word { code: code.to_owned(), column, word: word.to_owned() };
    read(word).ok_or_else(error)
}

fn optional<T>(
    code: &str,
    column: &'static str,
    word: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, ChartError> {
    if word.is_empty() { Ok(None) } else { known(code, column, word, read).map(Some) }
}

#[cfg(test)]
mod tests;
