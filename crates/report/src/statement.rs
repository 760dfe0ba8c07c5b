//! Rows of an income statement or a balance sheet, filled from balances of accounts.

use crate::csv::Table;
use crate::error::{Error, Result};
use crate::figure::{Figure, Part};
use crate::layout::{Layout, Section, signed};
use std::collections::HashMap;
use std::io;

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// A title alone.
    Heading,
    /// A sum of accounts.
    Group,
    /// A sum of rows above it.
    Total,
}

/// The language of the rows' words; the names of accounts are the book's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// French.
    French,
    /// English.
    English,
}

/// What an account, or those of its counterparties whose balance is on that side, adds to a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountAmount {
    /// The account's code; empty for the result of the year.
    pub code: String,
    /// The account's name.
    pub name: String,
    /// What it adds to the row's net, in minor units, with the row's sign.
    pub amount_minor: i64,
    /// Whether it lowers the row, in a column of its own.
    pub is_less: bool,
    /// Whether it is computed from the year before: to be drawn as a draft.
    pub is_computed: bool,
    parts: Vec<Part>,
}

/// A row of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// `products`, `charges`, `results`, `assets` or `liabilities`.
    pub section: &'static str,
    /// Its id in `assets/charts/fr-statements.toml`.
    pub id: String,
    /// Its words in French.
    pub fr: String,
    /// Its words in English.
    pub en: String,
    /// What it is.
    pub kind: RowKind,
    /// Before depreciation and impairment, in minor units.
    pub gross_minor: i64,
    /// Depreciation and impairment, in minor units; positive when they lower the row.
    pub less_minor: i64,
    /// Gross minus less, in minor units.
    pub net_minor: i64,
    /// The accounts of a group, by code.
    pub accounts: Vec<AccountAmount>,
    terms: Vec<(i64, String)>,
}

/// A filled statement.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Its rows from top to bottom.
    pub rows: Vec<Row>,
    /// Balances of accounts that have no place in it, debit positive: commitments, and accounts of
    /// a former software that no prefix knows.
    pub left_out: Vec<AccountAmount>,
    /// Decimals of the book's currency.
    pub exponent: u32,
    drafts: bool,
}

/// A balance to place.
pub(crate) struct Balance {
    pub(crate) code: String,
    pub(crate) name: String,
    /// Minor units; debit positive.
    pub(crate) amount_minor: i64,
    pub(crate) is_computed: bool,
    /// The lines it is the sum of, debit positive.
    pub(crate) parts: Vec<Part>,
}

impl Balance {
    fn counted(self, sign: i64, is_less: bool) -> AccountAmount {
        let parts = self.parts.into_iter();
        AccountAmount {
            code: self.code,
            name: self.name,
            amount_minor: sign * self.amount_minor,
            is_less,
            is_computed: self.is_computed,
            parts: parts.map(|part| Part { sign: sign * part.sign, ..part }).collect(),
        }
    }
}

impl Statement {
    /// Places each balance, the year's result in the row made for it, and sums the totals.
    pub(crate) fn fill(
        layout: Layout,
        balances: Vec<Balance>,
        mut result: Option<Balance>,
        exponent: u32,
        drafts: bool,
    ) -> Result<Statement> {
        let mut placed: HashMap<(usize, usize), Vec<AccountAmount>> = HashMap::new();
        let mut left_out = Vec::new();
        for balance in balances {
            match layout.place(&balance.code, balance.amount_minor) {
                Some(place) => {
                    let sign = layout.sections[place.section].sign;
                    let accounts = placed.entry((place.section, place.line)).or_default();
                    accounts.push(balance.counted(sign, place.is_less));
                }
                None => left_out.push(balance.counted(1, false)),
            }
        }
        let mut rows = Vec::new();
        for (at, section) in layout.sections.into_iter().enumerate() {
            let Section { name, sign, lines } = section;
            for (line, row) in lines.into_iter().enumerate() {
                let mut accounts = placed.remove(&(at, line)).unwrap_or_default();
                if row.result
                    && let Some(result) = result.take()
                {
                    accounts.push(result.counted(sign, false));
                }
                accounts.sort_by(|one, other| one.code.cmp(&other.code));
                let terms = row.sum.iter().map(|term| signed(term));
                let terms = terms.map(|term| term.map(|(sign, id)| (sign, id.to_owned())));
                let terms: Vec<(i64, String)> = terms.collect::<Result<_>>()?;
                let kind = match (row.is_group(), terms.is_empty()) {
                    (true, _) => RowKind::Group,
                    (false, false) => RowKind::Total,
                    (false, true) => RowKind::Heading,
                };
                let (gross_minor, less_minor) = sums(&rows, &accounts, &terms);
                rows.push(Row {
                    section: name,
                    id: row.id,
                    fr: row.fr,
                    en: row.en,
                    kind,
                    gross_minor,
                    less_minor,
                    net_minor: gross_minor - less_minor,
                    accounts,
                    terms,
                });
            }
        }
        Ok(Statement { rows, left_out, exponent, drafts })
    }

    /// The row of an id.
    pub fn row(&self, id: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.id == id)
    }

    /// The lines that a row's net is the sum of, those of the rows it sums among them.
    pub fn figure(&self, row: &Row) -> Figure {
        let mut parts = Vec::new();
        self.collect(row, 1, &mut parts);
        Figure { parts, drafts: self.drafts }
    }

    /// The lines that an account's amount in a row is the sum of.
    pub fn account_figure(&self, account: &AccountAmount) -> Figure {
        Figure { parts: account.parts.clone(), drafts: self.drafts }
    }

    fn collect(&self, row: &Row, sign: i64, parts: &mut Vec<Part>) {
        let own = row.accounts.iter().flat_map(|account| &account.parts);
        parts.extend(own.map(|part| Part { sign: sign * part.sign, ..part.clone() }));
        for (of_term, id) in &row.terms {
            if let Some(term) = self.row(id) {
                self.collect(term, sign * of_term, parts);
            }
        }
    }

    /// Writes `section,row,kind,account,name,gross,less,net`: each row, its accounts under it.
    pub fn write_csv(&self, language: Language, out: &mut dyn io::Write) -> Result<()> {
        let mut table = Table::new(out, self.exponent);
        table.head("section,row,kind,account,name,gross,less,net");
        for row in &self.rows {
            table.text(row.section);
            table.text(&row.id);
            let (kind, is_heading) = match row.kind {
                RowKind::Heading => ("heading", true),
                RowKind::Group => ("group", false),
                RowKind::Total => ("total", false),
            };
            table.text(kind);
            table.empty();
            table.text(if language == Language::French { &row.fr } else { &row.en });
            for amount in [row.gross_minor, row.less_minor, row.net_minor] {
                if is_heading { table.empty() } else { table.amount(amount) }
            }
            table.end_row().map_err(Error::Write)?;
            for account in &row.accounts {
                write_account(&mut table, row, account).map_err(Error::Write)?;
            }
        }
        table.finish().map_err(Error::Write)
    }
}

fn write_account(table: &mut Table<'_>, row: &Row, account: &AccountAmount) -> io::Result<()> {
    table.text(row.section);
    table.text(&row.id);
    table.text("account");
    table.text(&account.code);
    table.text(&account.name);
    let (gross, less) =
        if account.is_less { (0, -account.amount_minor) } else { (account.amount_minor, 0) };
    table.amount(gross);
    table.amount(less);
    table.amount(account.amount_minor);
    table.end_row()
}

/// Gross and less of a row, from its accounts and from rows above it.
fn sums(above: &[Row], accounts: &[AccountAmount], terms: &[(i64, String)]) -> (i64, i64) {
    let (mut gross, mut less) = (0, 0);
    for account in accounts {
        if account.is_less { less -= account.amount_minor } else { gross += account.amount_minor }
    }
    for (sign, id) in terms {
        if let Some(row) = above.iter().find(|row| row.id == *id) {
            gross += sign * row.gross_minor;
            less += sign * row.less_minor;
        }
    }
    (gross, less)
}
