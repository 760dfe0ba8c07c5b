//! Bank lines booked as drafts: to accounts with a tax code, to open items, to another own account.

mod items;
mod parts;

use super::Outcome;
use super::add_counterparties::counterparty_of;
use super::entry_rows::{Head, delete_draft, write_head, write_line};
use super::open_account::account_of;
use super::reverse_entry::{day, reverse};
use crate::chart::Role;
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, CounterpartyId, EntryId, JournalId, LineId, PostingId};
use crate::tax_codes::Nature;
use crate::tx::Tx;
use rusqlite::params;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use values::{Day, Decimal};

/// Books bank lines, each as one draft, all or none.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcceptLines {
    /// The lines, each with how to book it.
    pub lines: Vec<Acceptance>,
}

/// One line and how to book it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acceptance {
    /// The line.
    pub line: LineId,
    /// Where it goes.
    pub booking: Booking,
    /// Why: rule and version, learned example, invoice reference, person.
    pub why: String,
    /// Another label than the bank's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// Where a bank line goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Booking {
    /// To accounts, split as wanted; the gross amounts sum to the line.
    Parts(Vec<Part>),
    /// To open items that it settles whole.
    Items(Vec<PostingId>),
    /// To open items, each wholly or in part, and to accounts for what is no payment of them: a
    /// fee, a discount, a difference. Shares and parts sum to the line.
    Settle(Settlement),
    /// To another own account, through the account of internal transfers.
    Transfer,
}

/// What a bank line pays of open items, and what else it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settlement {
    /// The open items, each at most once.
    pub items: Vec<Share>,
    /// The rest of the line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
}

/// What is paid of one open item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// The item's posting.
    pub item: PostingId,
    /// Minor units with the sign of what is left of the item: a customer's payment is positive.
    pub amount_minor: i64,
}

/// A part of a bank line on one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The account's code.
    pub account: String,
    /// Minor units with the line's own sign: money in is positive. Tax included.
    pub gross_minor: i64,
    /// The tax code; none books the gross amount without a tax item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_code: Option<String>,
    /// Per cent, for a code of several rates; its first one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(type = "string")]
    pub rate: Option<Decimal>,
    /// What was supplied; services when absent and the code allows both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nature: Option<Nature>,
    /// The counterparty's code, where the account is collective.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counterparty: Option<String>,
}

/// A bank line back in the inbox: its draft goes away, a posted entry is reversed.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TakeBackLine {
    /// The line.
    pub line: LineId,
}

/// A bank line that may be booked.
struct Line {
    id: LineId,
    day: Day,
    amount_minor: i64,
    label: String,
    journal: JournalId,
    account: AccountId,
    reference: String,
}

impl AcceptLines {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        tx.expect(self.lines.len() as u64 * 4);
        let mut entries = Vec::with_capacity(self.lines.len());
        for acceptance in &self.lines {
            entries.push(acceptance.write(tx)?);
            tx.pause()?;
        }
        Ok(Outcome::Entries(entries))
    }
}

impl Acceptance {
    fn write(&self, tx: &Tx<'_>) -> Result<EntryId> {
        let line = bookable(tx, self.line)?;
        let entry = write_head(
            tx,
            &Head {
                journal: line.journal,
                day: line.day,
                reference: &line.reference,
                document_day: line.day,
                label: self.label.as_deref().unwrap_or(&line.label),
                kind: "ordinary",
                reverses: None,
            },
        )?;
        write_line(tx, entry, line.day, 1, (line.account, None), line.amount_minor, "")?;
        match &self.booking {
            Booking::Parts(parts) => parts::write(tx, entry, &line, (2, line.amount_minor), parts)?,
            Booking::Items(items) => items::write_whole(tx, entry, &line, items)?,
            Booking::Settle(settlement) => items::write_shares(tx, entry, &line, settlement)?,
            Booking::Transfer => {
                let transfer = tx.law.chart()?.by_role(Role::Transfer).code.clone();
                let account = account_of(tx, &transfer)?;
                write_line(tx, entry, line.day, 2, (account, None), -line.amount_minor, "")?;
            }
        }
        tx.insert(
            "INSERT INTO \"match\" (line, entry, why) VALUES (?1, ?2, ?3)",
            params![line.id, entry, self.why],
        )?;
        Ok(entry)
    }
}

/// The line, unless something forbids to book it.
fn bookable(tx: &Tx<'_>, id: LineId) -> Result<Line> {
    let found = tx.first(
        "SELECT line.day, amount_minor, coalesce(clean_label, label), bank_account.journal,
           bank_account.account, line.state, dismissed IS NOT NULL,
           EXISTS (SELECT 1 FROM \"match\" WHERE line = ?1 AND released = 0),
           line.day < book.first_day, bank_account.currency <> book.currency,
           journal.code, currency.code
         FROM line, book JOIN bank_account ON bank_account.id = line.bank_account
         JOIN journal ON journal.id = bank_account.journal
         JOIN currency ON currency.id = bank_account.currency WHERE line.id = ?1",
        [id],
        |row| {
            let day = day(row, 0)?;
            let journal: String = row.get(10)?;
            let line = Line {
                id,
                day,
                amount_minor: row.get(1)?,
                label: row.get(2)?,
                journal: row.get(3)?,
                account: row.get(4)?,
                // Stable as the line is: account, month, and the line's own number.
                reference: format!("REL-{journal}-{}-{:04}", day.year_month(), id.0),
            };
            let aside = row.get::<_, String>(5)? != "here" || row.get(6)?;
            let flags: [bool; 4] = [aside, row.get(7)?, row.get(8)?, row.get(9)?];
            Ok((line, flags, row.get::<_, String>(11)?))
        },
    )?;
    let Some((line, [aside, matched, before, foreign], currency)) = found else {
        return Err(Error::refused(Code::UnknownLine, &[("line", &id)]));
    };
    let code = match (matched, aside, before, foreign) {
        (true, ..) => Code::AlreadyMatched,
        (_, true, ..) => Code::LineSetAside,
        (_, _, true, _) => Code::BeforeFirstDay,
        (.., true) => Code::ForeignCurrency,
        _ if line.amount_minor == 0 => Code::ZeroLine,
        _ => return Ok(line),
    };
    Err(Error::refused(
        code,
        &[("line", &id), ("day", &line.day), ("label", &line.label), ("currency", &currency)],
    ))
}

impl TakeBackLine {
    pub(super) fn apply(self, tx: &Tx<'_>) -> Result<Outcome> {
        let found = tx.first(
            "SELECT entry.id, posted_seq IS NOT NULL FROM \"match\"
             JOIN entry ON entry.id = \"match\".entry WHERE line = ?1 AND released = 0",
            [self.line],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        match found {
            None => Err(Error::refused(Code::NotMatched, &[("line", &self.line)])),
            Some((entry, false)) => {
                delete_draft(tx, entry)?;
                Ok(Outcome::Entries(vec![entry]))
            }
            Some((entry, true)) => Ok(Outcome::Entries(vec![reverse(tx, entry)?])),
        }
    }
}

/// Account of a part, its counterparty, and the same where it stands on the line: on a collective
/// account only. A tax item names it in any case.
fn destination(
    tx: &Tx<'_>,
    part: &Part,
) -> Result<(AccountId, Option<CounterpartyId>, Option<CounterpartyId>)> {
    let account = account_of(tx, &part.account)?;
    let bank = tx.first("SELECT 1 FROM bank_account WHERE account = ?1", [account], |_| Ok(()))?;
    if bank.is_some() {
        let args: [(&'static str, &dyn std::fmt::Display); 4] = [
            ("entry", &""),
            ("day", &""),
            ("account", &part.account),
            ("difference", &crate::door::cents(part.gross_minor)),
        ];
        return Err(Error::refused(Code::BankPosting, &args));
    }
    let counterparty = match &part.counterparty {
        Some(code) => Some(counterparty_of(tx, code)?),
        None => None,
    };
    let collective: Option<bool> =
        tx.first("SELECT collective FROM account WHERE id = ?1", [account], |row| row.get(0))?;
    Ok((account, counterparty, counterparty.filter(|_| collective == Some(true))))
}
