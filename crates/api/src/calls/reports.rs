//! The books: trial balance, ledger, journal, income statement, balance sheet.

use super::{Called, EntryView, Seen};
use crate::app::App;
use crate::failure::{Explain, Failure};
use crate::host::Progress;
use crate::sentences::Sentences;
use report::{Cell, Query, RowKind, Statement};
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::Path;
use ts_rs::TS;
use values::{Day, Period};

/// What is asked of a report.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct ReportQuery {
    /// First day; from the book's beginning, history included, when absent.
    #[serde(default)]
    pub from: Option<Day>,
    /// Last day.
    #[serde(default)]
    pub to: Option<Day>,
    /// Whether drafts count.
    #[serde(default)]
    pub drafts: bool,
    /// An account's code, or what several begin with.
    #[serde(default)]
    pub account: Option<String>,
    /// Of the general ledger, only so many lines of each account, the last ones.
    #[serde(default)]
    pub last: Option<u32>,
}

/// Which statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum StatementKind {
    /// Income, expenses, result.
    IncomeStatement,
    /// What is owned and owed.
    BalanceSheet,
}

/// A statement and its span.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct StatementQuery {
    /// Which one.
    pub kind: StatementKind,
    /// First day.
    #[serde(default)]
    pub from: Option<Day>,
    /// Last day.
    #[serde(default)]
    pub to: Option<Day>,
    /// Whether drafts count.
    #[serde(default)]
    pub drafts: bool,
}

/// A trial balance; amounts in minor units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TrialBalanceView {
    /// The accounts.
    pub rows: Vec<TrialRowView>,
    /// Sum of the debits; equals that of the credits.
    pub debit_minor: i64,
    /// Sum of the credits.
    pub credit_minor: i64,
    /// Sum of what is left in debit; equals that in credit.
    pub closing_debit_minor: i64,
    /// Sum of what is left in credit.
    pub closing_credit_minor: i64,
}

/// An account of the trial balance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TrialRowView {
    /// Its code.
    pub account: String,
    /// Its name.
    pub name: String,
    /// What it begins with; debit positive.
    pub opening_minor: i64,
    /// Its debits.
    pub debit_minor: i64,
    /// Its credits, positive.
    pub credit_minor: i64,
    /// What is left; debit positive.
    pub balance_minor: i64,
    /// Whether its opening is computed from the year before.
    pub computed: bool,
}

/// A statement; amounts in minor units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StatementReportView {
    /// Its rows from top to bottom.
    pub rows: Vec<StatementRowView>,
    /// Accounts that have no place in it, with their balance.
    pub left_out: Vec<(String, i64)>,
}

/// A row of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StatementRowView {
    /// Its id.
    pub id: String,
    /// Its section.
    pub section: &'static str,
    /// `heading`, `group` or `total`.
    pub kind: &'static str,
    /// Its words.
    pub label: String,
    /// Its figure.
    pub net_minor: i64,
    /// Its accounts: code, name, what it adds.
    pub accounts: Vec<(String, String, i64)>,
}

/// An account's ledger; amounts in minor units, debit positive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LedgerView {
    /// Its code.
    pub account: String,
    /// Its name.
    pub name: String,
    /// Balance before the first line.
    pub opening_minor: i64,
    /// Balance after the last line.
    pub closing_minor: i64,
    /// Its lines.
    pub lines: Vec<LedgerLineView>,
}

/// A line of a ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LedgerLineView {
    /// The line's id.
    pub posting: i64,
    /// Its entry.
    pub entry: i64,
    /// Its day.
    pub day: String,
    /// Code of its journal.
    pub journal: String,
    /// The document's number.
    #[serde(rename = "ref")]
    pub reference: String,
    /// What it says.
    pub label: String,
    /// Debit positive.
    pub amount_minor: i64,
    /// Balance after it.
    pub balance_minor: i64,
    /// Whether it may still change.
    pub draft: bool,
}

/// An account's income or expense of a month; amounts in minor units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MonthView {
    /// `YYYY-MM`.
    pub month: String,
    /// The account's code.
    pub account: String,
    /// Its name.
    pub name: String,
    /// Its debits.
    pub debit_minor: i64,
    /// Its credits, positive.
    pub credit_minor: i64,
}

/// The reports that can be written out whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// Every line of every entry.
    JournalCsv,
    /// A journal that hledger reads.
    JournalHledger,
    /// Each account's lines with a running balance.
    LedgerCsv,
    /// Each account's sums.
    TrialBalanceCsv,
    /// Income and expenses.
    IncomeCsv,
    /// Income and expenses, a row for each month and account.
    IncomeByMonthCsv,
    /// What is owned and owed.
    BalanceSheetCsv,
}

/// Pages of a ledger asked for at once; one longer than this is written out, not shown.
const LEDGER_LINES: usize = 100_000;

impl Explain for report::Error {
    fn explain(&self, sentences: &Sentences) -> Failure {
        match self {
            report::Error::Book(why) => why.explain(sentences),
            report::Error::Backward { from, to } => {
                let (from, to) = (from.to_string(), to.to_string());
                Failure::own(sentences, "backward", &[("from", &from), ("to", &to)])
            }
            report::Error::NoSuchAccount(code) => {
                Failure::own(sentences, "no-account", &[("account", code)])
            }
            other => Failure::own(sentences, "report", &[]).with_detail(other),
        }
    }
}

impl From<ReportQuery> for Query {
    fn from(asked: ReportQuery) -> Query {
        let ReportQuery { from, to, drafts, account, last } = asked;
        Query { from, to, drafts, account, last }
    }
}

impl App {
    /// Each account's sums.
    pub fn trial_balance(
        &self,
        book: &Path,
        request: ReportQuery,
        _: &dyn Progress,
    ) -> Called<TrialBalanceView> {
        let reader = self.reader(book)?;
        let found =
            report::trial_balance(&reader, &request.into()).map_err(|why| self.failed(&why))?;
        let rows = found
            .rows
            .iter()
            .map(|row| TrialRowView {
                account: row.code.clone(),
                name: row.name.clone(),
                opening_minor: row.opening_minor,
                debit_minor: row.debit_minor,
                credit_minor: row.credit_minor,
                balance_minor: row.closing_minor(),
                computed: row.is_computed,
            })
            .collect();
        let totals = found.totals;
        let view = TrialBalanceView {
            rows,
            debit_minor: totals.debit_minor,
            credit_minor: totals.credit_minor,
            closing_debit_minor: totals.closing_debit_minor,
            closing_credit_minor: totals.closing_credit_minor,
        };
        Ok(Seen::at(reader.seq(), view))
    }

    /// Income statement or balance sheet.
    pub fn statement_report(
        &self,
        book: &Path,
        request: StatementQuery,
        _: &dyn Progress,
    ) -> Called<StatementReportView> {
        let reader = self.reader(book)?;
        let StatementQuery { kind, from, to, drafts } = request;
        let query = Query { from, to, drafts, account: None, last: None };
        let found = match kind {
            StatementKind::IncomeStatement => report::income_statement(&reader, &query),
            StatementKind::BalanceSheet => report::balance_sheet(&reader, &query),
        };
        let found = found.map_err(|why| self.failed(&why))?;
        Ok(Seen::at(reader.seq(), self.statement_view(&found)))
    }

    fn statement_view(&self, found: &Statement) -> StatementReportView {
        let rows = found
            .rows
            .iter()
            .map(|row| StatementRowView {
                id: row.id.clone(),
                section: row.section,
                kind: match row.kind {
                    RowKind::Heading => "heading",
                    RowKind::Group => "group",
                    RowKind::Total => "total",
                },
                label: self.in_language(&row.fr, &row.en),
                net_minor: row.net_minor,
                accounts: row
                    .accounts
                    .iter()
                    .map(|one| {
                        let sign = if one.is_less { -1 } else { 1 };
                        (one.code.clone(), one.name.clone(), sign * one.amount_minor.abs())
                    })
                    .collect(),
            })
            .collect();
        let left_out = found
            .left_out
            .iter()
            .map(|one| (format!("{} {}", one.code, one.name), one.amount_minor))
            .collect();
        StatementReportView { rows, left_out }
    }

    /// Accounts with their lines and running balances.
    pub fn ledger(
        &self,
        book: &Path,
        request: ReportQuery,
        _: &dyn Progress,
    ) -> Called<Vec<LedgerView>> {
        let reader = self.reader(book)?;
        let query: Query = request.into();
        let mut views: Vec<LedgerView> = Vec::new();
        let mut count = 0;
        report::general_ledger(&reader, &query, |event| {
            match event {
                report::LedgerEvent::Account(account, balance) => views.push(LedgerView {
                    account: account.code.clone(),
                    name: account.name.clone(),
                    opening_minor: balance,
                    closing_minor: account.closing_minor,
                    lines: Vec::new(),
                }),
                report::LedgerEvent::Line(line, journal, balance) => {
                    count += 1;
                    if let Some(view) = views.last_mut() {
                        view.lines.push(ledger_line(line, journal, balance));
                    }
                }
                report::LedgerEvent::End(_) => {}
            }
            if count < LEDGER_LINES {
                std::ops::ControlFlow::Continue(())
            } else {
                std::ops::ControlFlow::Break(())
            }
        })
        .map_err(|why| self.failed(&why))?;
        Ok(Seen::at(reader.seq(), views))
    }

    /// Income and expenses, a row for each month and account.
    pub fn income_by_month(
        &self,
        book: &Path,
        request: ReportQuery,
        _: &dyn Progress,
    ) -> Called<Vec<MonthView>> {
        let reader = self.reader(book)?;
        let found =
            report::income_by_month(&reader, &request.into()).map_err(|why| self.failed(&why))?;
        let rows = found
            .rows
            .into_iter()
            .map(|row| MonthView {
                month: row.month,
                account: row.code,
                name: row.name,
                debit_minor: row.debit_minor,
                credit_minor: row.credit_minor,
            })
            .collect();
        Ok(Seen::at(reader.seq(), rows))
    }

    /// Entries in order of day, each whole.
    pub fn journal(
        &self,
        book: &Path,
        request: ReportQuery,
        _: &dyn Progress,
    ) -> Called<Vec<EntryView>> {
        let reader = self.reader(book)?;
        let mut entries: Vec<book::EntryId> = Vec::new();
        report::journal(&reader, &request.into(), |row| {
            if entries.last() != Some(&row.line.entry) {
                entries.push(row.line.entry);
            }
            std::ops::ControlFlow::Continue(())
        })
        .map_err(|why| self.failed(&why))?;
        let views = entries
            .into_iter()
            .map(|entry| self.entry_view(&reader, entry))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Seen::at(reader.seq(), views))
    }

    /// Writes a report out whole, row by row, however long it is.
    pub fn write_report(
        &self,
        book: &Path,
        what: Written,
        request: ReportQuery,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let reader = self.reader(book)?;
        let query: Query = request.into();
        let language = match self.host.language {
            crate::Language::Fr => report::Language::French,
            crate::Language::En => report::Language::English,
        };
        let written = match what {
            Written::JournalCsv => report::write_journal_csv(&reader, &query, out),
            Written::JournalHledger => report::write_hledger(&reader, &query, out),
            Written::LedgerCsv => report::write_ledger_csv(&reader, &query, out),
            Written::TrialBalanceCsv => {
                report::trial_balance(&reader, &query).and_then(|found| found.write_csv(out))
            }
            Written::IncomeCsv => report::income_statement(&reader, &query)
                .and_then(|found| found.write_csv(language, out)),
            Written::IncomeByMonthCsv => {
                report::income_by_month(&reader, &query).and_then(|found| found.write_csv(out))
            }
            Written::BalanceSheetCsv => report::balance_sheet(&reader, &query)
                .and_then(|found| found.write_csv(language, out)),
        };
        written.map_err(|why| self.failed(&why))
    }

    /// The balance of an account at the end of a period, down to its lines.
    pub(crate) fn balance_lines(
        &self,
        reader: &book::read::Reader,
        period: Period,
        code: &str,
    ) -> Result<(String, i64, Vec<report::FigureLine>), Failure> {
        let query = Query {
            from: Some(period.first),
            to: Some(period.last),
            drafts: true,
            account: Some(code.to_owned()),
            last: None,
        };
        let found = report::trial_balance(reader, &query).map_err(|why| self.failed(&why))?;
        let figure = format!("trial-balance/{period}/{code}");
        let row = found
            .rows
            .iter()
            .find(|row| row.code == code)
            .ok_or_else(|| self.own("unknown-figure", &[("figure", &figure)]))?;
        let page = report::lines_of(reader, &found.figure(row, Cell::Closing), None, LEDGER_LINES)
            .map_err(|why| self.failed(&why))?;
        Ok((row.name.clone(), row.closing_minor(), page.rows))
    }
}

fn ledger_line(line: &book::read::LedgerLine<'_>, journal: &str, balance: i64) -> LedgerLineView {
    LedgerLineView {
        posting: line.posting.0,
        entry: line.entry.0,
        day: line.day.to_owned(),
        journal: journal.to_owned(),
        reference: line.document_reference.to_owned(),
        label: if line.line_label.is_empty() { line.label } else { line.line_label }.to_owned(),
        amount_minor: line.amount_minor,
        balance_minor: balance,
        draft: line.is_draft,
    }
}
