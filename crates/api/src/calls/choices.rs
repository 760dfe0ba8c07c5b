//! What a form offers to choose from: accounts, tax codes, counterparties, journals.

use super::{Called, Nothing, Seen};
use crate::app::App;
use crate::failure::Failure;
use crate::host::Progress;
use book::chart::{Chart, Properties, Role, VatRole, is_postable};
use book::read::{FiscalYear, Reader};
use report::Query;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use ts_rs::TS;
use values::Day;

/// An account to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AccountChoice {
    /// Its code.
    pub code: String,
    /// Its name; that of the chart in the host's language, unless a person gave it another.
    pub name: String,
    /// Its class in the chart: `6`.
    pub class: String,
    /// The name of that class.
    pub class_name: String,
    /// What it holds; `off` where the chart does not know it.
    #[ts(type = "\"asset\" | \"liability\" | \"equity\" | \"expense\" | \"income\" | \"off\"")]
    pub kind: &'static str,
    /// Its balance in the fiscal year of today, drafts included; minor units, debit positive.
    pub balance_minor: i64,
    /// Whether the book has it in use; others are opened by the first line that names them.
    pub used: bool,
    /// Whether a line that a person types may stand on it. On an account of a bank only bank lines
    /// do.
    pub bookable: bool,
    /// Whether each line on it names a counterparty.
    pub collective: bool,
    /// Whether its lines must equal tax items.
    pub taxed: bool,
}

/// A tax code to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TaxCodeChoice {
    /// The code: `S20`.
    pub code: String,
    /// Its name.
    pub label: String,
    /// Whether we sell or buy.
    #[ts(type = "\"sale\" | \"purchase\"")]
    pub side: &'static str,
    /// What it is for.
    #[ts(type = "\"goods\" | \"services\" | \"asset\" | \"both\"")]
    pub scope: &'static str,
    /// The rates that it allows today in percent, the proposed one first; none where it takes any.
    pub rates: Vec<String>,
}

/// A counterparty to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CounterpartyChoice {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it is to us, by the last line that named it; none before any did.
    #[ts(type = "\"customer\" | \"supplier\" | \"other\" | null")]
    pub kind: Option<&'static str>,
    /// The account of that line.
    pub account: Option<String>,
}

/// A journal to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct JournalChoice {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether a person may type an entry in it; those of banks are written from bank lines.
    pub by_hand: bool,
}

/// Roles whose accounts hold what customers owe or paid in advance.
const CUSTOMERS: [Role; 4] =
    [Role::Customers, Role::DoubtfulCustomers, Role::CustomerAccruals, Role::CustomerAdvances];

/// The same of suppliers.
const SUPPLIERS: [Role; 4] =
    [Role::Suppliers, Role::AssetSuppliers, Role::SupplierAccruals, Role::SupplierAdvances];

impl App {
    /// Every account that a line may name, in use or of the chart, by code.
    pub fn accounts(
        &self,
        book: &Path,
        _: Nothing,
        _: &dyn Progress,
    ) -> Called<Vec<AccountChoice>> {
        let explain = |why: book::Error| self.failed(&why);
        let reader = self.reader(book)?;
        let chart = self.law.chart().map_err(explain)?;
        let balances = self.balances_of_today(&reader)?;
        let banks = reader.bank_accounts().map_err(explain)?;
        let used = reader.accounts().map_err(explain)?;
        let used: BTreeMap<String, String> =
            used.into_iter().map(|account| (account.code, account.name)).collect();
        let listed = chart.accounts().iter().map(|account| account.code.as_str());
        let mut codes: Vec<&str> = listed
            .filter(|code| is_postable(code))
            .chain(used.keys().map(String::as_str))
            .collect();
        codes.sort_unstable();
        codes.dedup();
        let choices = codes.into_iter().map(|code| {
            let known = chart.properties(code);
            let is_bank = banks.iter().any(|bank| bank.account == code);
            AccountChoice {
                name: self.account_name(used.get(code).map(String::as_str), known.as_ref(), code),
                class: code.chars().take(1).collect(),
                class_name: self.class_name(chart, code),
                kind: known.as_ref().map_or("off", |known| known.kind.word()),
                balance_minor: balances.get(code).copied().unwrap_or(0),
                used: used.contains_key(code),
                bookable: !is_bank && (used.contains_key(code) || known.is_some()),
                collective: known.as_ref().is_some_and(|known| known.collective),
                taxed: known.as_ref().is_some_and(|known| known.vat_role != VatRole::None),
                code: code.to_owned(),
            }
        });
        Ok(Seen::at(reader.seq(), choices.collect()))
    }

    /// The name a person gave; else the chart's in the host's language.
    fn account_name(
        &self,
        given: Option<&str>,
        known: Option<&Properties<'_>>,
        code: &str,
    ) -> String {
        match (given, known) {
            (Some(given), Some(known)) if given != known.name_fr => given.to_owned(),
            (_, Some(known)) => self.in_language(known.name_fr, known.name_en),
            (given, None) => given.unwrap_or(code).to_owned(),
        }
    }

    fn class_name(&self, chart: &Chart, code: &str) -> String {
        let class = code.get(..1).and_then(|class| chart.get(class));
        class.map(|class| self.in_language(&class.name_fr, &class.name_en)).unwrap_or_default()
    }

    /// The balance of each account in the fiscal year of today, drafts included.
    fn balances_of_today(&self, reader: &Reader) -> Result<HashMap<String, i64>, Failure> {
        let today = self.today(reader)?;
        let years = reader.fiscal_years().map_err(|why| self.failed(&why))?;
        let Some((from, to)) = year_of(&years, today) else { return Ok(HashMap::new()) };
        let query = Query { from: Some(from), to: Some(to), drafts: true, ..Query::default() };
        let found = report::trial_balance(reader, &query).map_err(|why| self.failed(&why))?;
        let rows = found.rows.iter();
        Ok(rows.map(|row| (row.code.clone(), row.closing_minor())).collect())
    }

    /// Every tax code, in the order of the law's table.
    pub fn tax_codes(
        &self,
        book: &Path,
        _: Nothing,
        _: &dyn Progress,
    ) -> Called<Vec<TaxCodeChoice>> {
        let reader = self.reader(book)?;
        let today = self.today(&reader)?;
        let codes = self.law.tax_codes().map_err(|why| self.failed(&why))?;
        let choices = codes.iter().map(|code| TaxCodeChoice {
            code: code.code.clone(),
            label: self.in_language(&code.label_fr, &code.label_en),
            side: code.direction.word(),
            scope: code.scope.word(),
            rates: code.rates_on(today).map(|rate| rate.normalize().to_string()).collect(),
        });
        Ok(Seen::at(reader.seq(), choices.collect()))
    }

    /// Every counterparty, by name.
    pub fn counterparties(
        &self,
        book: &Path,
        _: Nothing,
        _: &dyn Progress,
    ) -> Called<Vec<CounterpartyChoice>> {
        let explain = |why: book::Error| self.failed(&why);
        let reader = self.reader(book)?;
        let chart = self.law.chart().map_err(explain)?;
        let kind = |account: &str| {
            // The account of a role, and those that begin with its code.
            let of = |roles: [Role; 4]| {
                roles.iter().any(|role| account.starts_with(&chart.by_role(*role).code))
            };
            match (of(CUSTOMERS), of(SUPPLIERS)) {
                (true, _) => "customer",
                (_, true) => "supplier",
                _ => "other",
            }
        };
        let found = reader.counterparties().map_err(explain)?;
        let choices = found.into_iter().map(|one| CounterpartyChoice {
            kind: one.last_account.as_deref().map(kind),
            code: one.code,
            name: one.name,
            account: one.last_account,
        });
        Ok(Seen::at(reader.seq(), choices.collect()))
    }

    /// The book's own journals, by code.
    pub fn journals(
        &self,
        book: &Path,
        _: Nothing,
        _: &dyn Progress,
    ) -> Called<Vec<JournalChoice>> {
        let explain = |why: book::Error| self.failed(&why);
        let reader = self.reader(book)?;
        let banks = reader.bank_accounts().map_err(explain)?;
        let journals = reader.journals().map_err(explain)?;
        let own = journals.into_iter().filter(|journal| !journal.former);
        let choices = own.map(|journal| JournalChoice {
            by_hand: !banks.iter().any(|bank| bank.journal == journal.code),
            code: journal.code,
            name: journal.name,
        });
        Ok(Seen::at(reader.seq(), choices.collect()))
    }
}

/// First and last day of the fiscal year of a day; else of the last one.
fn year_of(years: &[FiscalYear], day: Day) -> Option<(Day, Day)> {
    let year = years.iter().find(|year| year.first_day <= day && day <= year.last_day);
    year.or(years.last()).map(|year| (year.first_day, year.last_day))
}
