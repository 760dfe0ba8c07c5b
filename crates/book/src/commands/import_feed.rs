//! Answers of a bank linked live, read into the book: the same identity, the same proof as files.
//!
//! The answers are blobs of the book already; this command names them and the connector file that
//! reads them. Only a window that was read to its end comes here.

use super::Outcome;
use super::import_statement::{Imported, Taken, Told};
use crate::error::{Code, Error, Result};
use crate::feeds::PendingLine;
use crate::ids::{BankAccountId, ConnectionId};
use crate::tx::Tx;
use serde::{Deserialize, Serialize};
use statement::Statement;
use statement::feed::{AccountAsked, Mapping, Pending};
use std::collections::BTreeSet;
use std::sync::Arc;
use values::{Currency, Day};

/// Reads one account's answers into the book.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportFeed {
    /// The connection they came by.
    pub connection: ConnectionId,
    /// Hash of the connector file that reads them, a blob of the book.
    pub connector: String,
    /// Its size in bytes.
    pub connector_size: i64,
    /// The bank account they are of.
    pub bank_account: BankAccountId,
    /// The account as the source names it in them.
    pub reference: String,
    /// IANA zone in which the account has its days.
    pub zone: String,
    /// First day asked.
    pub first_day: Day,
    /// Last day asked.
    pub last_day: Day,
    /// When the answers were got: UTC, RFC 3339.
    pub as_of: String,
    /// The pages with lines, in their order.
    pub pages: Vec<FeedAnswer>,
    /// The answer with the balance, where it is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balance: Option<FeedAnswer>,
    /// Whether the window is written though it shows nothing new: before a return or a closing.
    #[serde(default)]
    pub even_if_known: bool,
}

/// One answer, kept as a blob.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeedAnswer {
    /// Its hash.
    pub blob: String,
    /// Its size in bytes.
    pub size: i64,
}

impl ImportFeed {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        let connector: Option<(String, bool)> = tx.first(
            "SELECT connector, ended_day IS NOT NULL FROM connection WHERE id = ?1",
            [self.connection],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        if !matches!(connector, Some((_, false))) {
            let args: [(&'static str, &dyn std::fmt::Display); 1] =
                [("connection", &self.connection)];
            return Err(Error::refused(Code::UnknownConnection, &args));
        }
        let mapping = self.mapping(tx)?;
        let (account, currency) = self.account(tx)?;
        let pages =
            self.pages.iter().map(|page| tx.blob(&page.blob)).collect::<Result<Vec<_>>>()?;
        let pages: Vec<&[u8]> = pages.iter().map(AsRef::as_ref).collect();
        let balance: Option<Arc<[u8]>> = match &self.balance {
            Some(answer) => Some(tx.blob(&answer.blob)?),
            None => None,
        };
        let asked = AccountAsked {
            reference: &self.reference,
            currency,
            zone: &self.zone,
            first_day: self.first_day,
            last_day: self.last_day,
            as_of: &self.as_of,
        };
        let read = statement::feed::read(&mapping, &asked, &pages, balance.as_deref())?;
        let reading = read.reading;
        let [statement] = &reading.statements[..] else {
            return Err(Error::Damaged("a feed of other than one statement".to_owned()));
        };
        tx.expect(statement.lines.len() as u64 * 3);
        let source = format!("connection {}", self.connection);
        // The balance's paper comes last: the places of lines count over the pages before it.
        let answers = self.pages.iter().chain(&self.balance);
        let papers: Vec<(String, i64)> =
            answers.map(|answer| (answer.blob.clone(), answer.size)).collect();
        let taken = Taken { source: &source, papers: &papers, keeps_windows: self.even_if_known };
        let told = told(statement, &read.pending);
        let at = (self.bank_account, account);
        let (imported, known) = taken.write(tx, &reading, statement, at, &mut BTreeSet::new())?;
        Ok(Outcome::Imported(Box::new(Imported {
            same_bytes: known,
            format: Some(reading.format),
            dialect: reading.dialect,
            bank: reading.bank,
            statements: vec![imported],
            remarks: reading.remarks,
            told: Some(told),
        })))
    }

    fn mapping(&self, tx: &Tx<'_>) -> Result<Mapping> {
        let bytes = tx.blob(&self.connector)?;
        let text = std::str::from_utf8(&bytes)
            .map_err(|_| Error::Damaged("a connector file that is no text".to_owned()))?;
        Mapping::read(text)
            .map_err(|why| Error::Asset(format!("connectors/{}", self.connection), Box::new(why)))
    }

    fn account(&self, tx: &Tx<'_>) -> Result<(String, Currency)> {
        let found: Option<(String, String)> = tx.first(
            "SELECT account.code, currency.code FROM bank_account
             JOIN account ON account.id = bank_account.account
             JOIN currency ON currency.id = bank_account.currency WHERE bank_account.id = ?1",
            [self.bank_account],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let Some((account, currency)) = found else {
            let args: [(&'static str, &dyn std::fmt::Display); 1] =
                [("account", &self.bank_account)];
            return Err(Error::refused(Code::UnknownBankAccount, &args));
        };
        let currency = Currency::parse(&currency).map_err(|why| Error::Damaged(why.to_string()))?;
        Ok((account, currency))
    }
}

fn told(statement: &Statement<'_>, pending: &[Pending<'_>]) -> Told {
    let announced = pending.iter().map(|line| PendingLine {
        day: line.day,
        amount_minor: line.amount_minor,
        label: line.label.to_string(),
    });
    Told {
        pending: announced.collect(),
        closing_minor: statement.closing_minor,
        last_day: statement.last_day,
    }
}
