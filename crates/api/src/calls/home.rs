//! The first screen: money, what waits, the last months.

mod waiting;

use super::{AccountProof, Called, Nothing, ProofState, Seen};
use crate::app::App;
use crate::failure::Failure;
use crate::host::Progress;
use book::chart::Kind;
use book::read::Reader;
use report::Query;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;
use ts_rs::TS;
use values::Day;

/// How a business stands today; amounts in minor units of the book's currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HomeView {
    /// Today in the book's time zone.
    pub today: Day,
    /// Money on all bank accounts in the book's currency: the sum of their balances below.
    pub cash_minor: i64,
    /// The balances that banks proved, of the accounts that are not broken.
    pub proved_minor: i64,
    /// The bank accounts.
    pub accounts: Vec<CashView>,
    /// What waits for a person: what has a due day first, then by amount.
    pub waiting: Vec<WaitingView>,
    /// The last twelve months, this one among them, oldest first.
    pub months: Vec<IncomeMonth>,
    /// How many entries are drafts.
    pub drafts: u64,
    /// The last record.
    pub last_record: Option<LastRecord>,
}

/// Money on a bank account; amounts in minor units of its currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CashView {
    /// Its ledger account.
    pub account: String,
    /// The name people see.
    pub name: String,
    /// Its currency.
    pub currency: String,
    /// The last proved balance and the lines since; else the last stated one and the lines since;
    /// else what the ledger has.
    pub balance_minor: i64,
    /// What is proved of it.
    pub state: ProofState,
    /// The last proved day.
    pub proved_to: Option<Day>,
    /// How many days ago the bank was last heard; none if it never was.
    pub stale_days: Option<i64>,
}

/// Something that waits for a person, true today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct WaitingView {
    /// What it is.
    pub kind: WaitingKind,
    /// In a sentence.
    pub text: String,
    /// What helps to decide; may be empty.
    pub hint: String,
    /// How many.
    pub count: u64,
    /// Minor units, if an amount says something.
    pub amount_minor: Option<i64>,
    /// The day it is due, if a law that was read says so.
    pub due: Option<Day>,
    /// Of what: a bank account's ledger account, `CA3/2026-03`, or nothing.
    pub target: String,
}

/// What waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum WaitingKind {
    /// Bank lines to book.
    Inbox,
    /// A bank account that contradicts its bank.
    Broken,
    /// Days that no statement covers.
    Gap,
    /// Entries to validate.
    Drafts,
    /// Returns whose period is over.
    Return,
    /// A statement of a month that is over.
    Statement,
    /// Invoices that were not paid by the day they were due.
    Late,
    /// Messages of which nobody knows whether they arrived, or that were refused.
    Message,
}

/// Income and expenses of a month in minor units, drafts included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct IncomeMonth {
    /// `YYYY-MM`.
    pub month: String,
    /// What was earned.
    pub income_minor: i64,
    /// What was spent.
    pub expense_minor: i64,
}

/// The last record of the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LastRecord {
    /// Its number.
    pub seq: i64,
    /// Its hash in hexadecimal.
    pub hash: String,
    /// When, UTC.
    pub at: String,
}

/// How many months are shown.
const MONTHS: u32 = 12;

impl App {
    /// How a business stands today.
    pub fn home(&self, book: &Path, _: Nothing, _: &dyn Progress) -> Called<HomeView> {
        let explain = |why: book::Error| self.failed(&why);
        let reader = self.reader(book)?;
        let today = self.today(&reader)?;
        let facts = reader.facts(today).map_err(explain)?;
        let waiting = reader.waiting().map_err(explain)?;
        let proofs = self.account_proofs(&reader, &waiting)?;
        let accounts = self.cash(&reader, &proofs, today)?;
        let at_home = |currency: &str| currency == facts.currency.code();
        let cash = accounts.iter().filter(|one| at_home(&one.currency));
        let proved = proofs.iter().filter(|one| at_home(&one.currency));
        let proved = proved.filter(|one| one.state != ProofState::Broken);
        let last_record = reader.last_record().map_err(explain)?;
        let view = HomeView {
            today,
            cash_minor: cash.map(|one| one.balance_minor).sum(),
            proved_minor: proved.filter_map(|one| one.proved_balance_minor).sum(),
            waiting: self.waiting_rows(&reader, (&proofs, &waiting), &facts, today)?,
            months: self.months(&reader, today)?,
            drafts: reader.draft_count().map_err(explain)?,
            last_record: last_record.map(|(seq, hash, at)| LastRecord { seq, hash, at }),
            accounts,
        };
        Ok(Seen::at(reader.seq(), view))
    }

    fn cash(
        &self,
        reader: &Reader,
        proofs: &[AccountProof],
        today: Day,
    ) -> Result<Vec<CashView>, Failure> {
        let mut views = Vec::with_capacity(proofs.len());
        for proof in proofs {
            let balance = match (proof.proved_balance_minor, proof.stated_balance_minor) {
                (Some(proved), _) => proved.saturating_add(proof.since_proved_minor),
                (None, Some(stated)) => {
                    let since = self.lines_after(reader, proof)?;
                    stated.saturating_add(since)
                }
                (None, None) => {
                    reader.balance_on(&proof.account, today).map_err(|why| self.failed(&why))?
                }
            };
            let heard = proof.windows.iter().map(|window| window.to).max();
            views.push(CashView {
                account: proof.account.clone(),
                name: proof.name.clone(),
                currency: proof.currency.clone(),
                balance_minor: balance,
                state: proof.state,
                proved_to: proof.proved_to,
                stale_days: heard.map(|last| today.days_since(last).max(0)),
            });
        }
        Ok(views)
    }

    /// Sum of the lines after the last stated balance.
    fn lines_after(&self, reader: &Reader, proof: &AccountProof) -> Result<i64, Failure> {
        let explain = |why: book::Error| self.failed(&why);
        let own = reader.bank_accounts().map_err(explain)?;
        let Some(account) = own.iter().find(|one| one.account == proof.account) else {
            return Ok(0);
        };
        let from = proof.stated_on.map(|day| day.plus_days(1));
        Ok(reader.lines_between(account.id, from, None).map_err(explain)?.1)
    }

    /// Income and expenses of the last months, those without any among them.
    fn months(&self, reader: &Reader, today: Day) -> Result<Vec<IncomeMonth>, Failure> {
        let months = last_months(today);
        let first = months.first().and_then(|month| Day::parse(&format!("{month}-01")).ok());
        let query =
            Query { from: first, to: Some(today.month_end()), drafts: true, ..Query::default() };
        let found = report::income_by_month(reader, &query).map_err(|why| self.failed(&why))?;
        let chart = self.law.chart().map_err(|why| self.failed(&why))?;
        let mut sums: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
        for row in &found.rows {
            let (income, expense) = sums.entry(&row.month).or_default();
            match chart.properties(&row.code).map(|known| known.kind) {
                Some(Kind::Income) => *income += row.credit_minor - row.debit_minor,
                Some(Kind::Expense) => *expense += row.debit_minor - row.credit_minor,
                _ => {}
            }
        }
        let sum = |month: &str| sums.get(month).copied().unwrap_or((0, 0));
        let views = months.iter().map(|month| {
            let (income_minor, expense_minor) = sum(month);
            IncomeMonth { month: month.clone(), income_minor, expense_minor }
        });
        Ok(views.collect())
    }
}

/// `YYYY-MM` of the last months up to that of a day, oldest first.
fn last_months(day: Day) -> Vec<String> {
    let this = day.year() * 12 + day.month() as i32 - 1;
    let months = (0..MONTHS as i32).rev().map(|back| this - back);
    months.map(|month| format!("{:04}-{:02}", month / 12, month % 12 + 1)).collect()
}
