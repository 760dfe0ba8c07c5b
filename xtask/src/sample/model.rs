//! What the sample is made of: counterparties, entries with their tax items, bank lines.

use super::dice::Dice;
use super::invoices::Written;
use serde::Serialize;
use values::Day;

/// Anyone the business deals with, as `entries.jsonl` introduces them.
#[derive(Serialize)]
pub struct Party {
    /// Short name that entries use.
    pub code: &'static str,
    /// Name as documents and banks write it.
    pub name: &'static str,
    /// Nine digits, for a French business.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub siren: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    /// VAT number with its prefix, inside the Union.
    pub vat_number: Option<String>,
    /// Country of two letters (ISO 3166-1).
    pub country: &'static str,
    /// Not a taxable person.
    pub consumer: bool,
    /// Known to the bank only, never typed.
    #[serde(skip)]
    pub iban: Option<String>,
}

/// Whether an entry brings the books over or tells of one event.
#[derive(Serialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Ordinary,
    Opening,
}

fn is_ordinary(kind: &Kind) -> bool {
    *kind == Kind::Ordinary
}

/// One posting, in cents, debit positive.
#[derive(Serialize)]
pub struct Line {
    /// Account of the chart.
    pub account: &'static str,
    /// Who it is with, on collective accounts only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counterparty: Option<&'static str>,
    /// Cents, debit positive, never zero.
    pub amount_minor: i64,
    /// Words of its own, where the entry's do not say enough.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// What one operation means for the VAT return.
#[derive(Serialize)]
pub struct Item {
    /// `output`, `reverse_due`, `input`, `waiting_output` or `waiting_input`.
    pub leg: &'static str,
    /// Name of the tax code.
    pub tax_code: &'static str,
    /// Percent.
    pub rate: &'static str,
    /// Cents without VAT; negative on a credit note, as are tax and deductible part.
    pub base_minor: i64,
    /// Cents of VAT.
    pub tax_minor: i64,
    /// Cents of it that we may deduct; 0 on what we owe.
    pub deductible_minor: i64,
    /// `goods`, `services` or `asset`.
    pub nature: &'static str,
    /// 1-based place of the posting it stands for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The day the VAT falls due; none while it waits for the payment.
    pub chargeable_on: Option<Day>,
    /// With whom.
    pub counterparty: &'static str,
}

impl Item {
    /// What stands on the posting: + the deductible part of input legs, − the tax of the others.
    pub fn signed_minor(&self) -> i64 {
        match self.leg {
            "input" | "waiting_input" => self.deductible_minor,
            _ => -self.tax_minor,
        }
    }

    /// Whether its VAT waits for the payment.
    pub fn waits(&self) -> bool {
        self.leg.starts_with("waiting_")
    }
}

/// One balanced entry, as a person typed or imported it.
#[derive(Serialize)]
pub struct Entry {
    /// AN, VE, AC or OD.
    pub journal: &'static str,
    /// The day it is dated.
    pub day: Day,
    /// Number of the document.
    #[serde(rename = "ref")]
    pub reference: String,
    /// Day of the document.
    pub document_day: Day,
    /// What happened.
    pub label: String,
    /// Ordinary, or the takeover.
    #[serde(skip_serializing_if = "is_ordinary")]
    pub kind: Kind,
    /// Its postings, which sum to zero.
    pub lines: Vec<Line>,
    /// What it means for VAT.
    pub items: Vec<Item>,
    /// Comptoir books it with the invoice or credit note of `invoices.jsonl`: nobody types it.
    #[serde(skip)]
    pub is_made_here: bool,
    /// The number of the invoice that a credit note made here answers, and comes off.
    #[serde(skip)]
    pub answers: Option<String>,
}

impl Entry {
    /// An ordinary entry without lines, whose document bears the entry's day.
    pub fn new(journal: &'static str, day: Day, reference: String, label: String) -> Entry {
        Entry {
            journal,
            day,
            reference,
            document_day: day,
            label,
            kind: Kind::Ordinary,
            lines: Vec::new(),
            items: Vec::new(),
            is_made_here: false,
            answers: None,
        }
    }

    /// Adds a line on an account that is not collective and gives its place, from 1; a zero adds
    /// nothing and gives `None`.
    pub fn line(&mut self, account: &'static str, amount_minor: i64) -> Option<usize> {
        self.push(account, None, amount_minor, None)
    }

    /// Adds a line on a collective account.
    pub fn party_line(
        &mut self,
        account: &'static str,
        party: &'static str,
        amount_minor: i64,
    ) -> Option<usize> {
        self.push(account, Some(party), amount_minor, None)
    }

    /// Adds a line with all it may have.
    pub fn push(
        &mut self,
        account: &'static str,
        counterparty: Option<&'static str>,
        amount_minor: i64,
        label: Option<String>,
    ) -> Option<usize> {
        if amount_minor == 0 {
            return None;
        }
        self.lines.push(Line { account, counterparty, amount_minor, label });
        Some(self.lines.len())
    }

    /// Sum of the lines: zero when the entry balances.
    pub fn balance(&self) -> i64 {
        self.lines.iter().map(|line| line.amount_minor).sum()
    }
}

/// The three accounts of the business, in the order in which their files are read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Bank {
    Current,
    Cards,
    Savings,
}

/// How a line came about; each format has its own word for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Means {
    TransferIn,
    TransferOut,
    DirectDebit,
    Card,
    CardTakings,
    Cheque,
    Fee,
    Loan,
    Internal,
    Interest,
}

/// One line of a bank statement.
pub struct BankLine {
    /// The account it is on.
    pub bank: Bank,
    /// The day the bank booked it.
    pub day: Day,
    /// Cents, money in positive.
    pub amount_minor: i64,
    /// How the money moved.
    pub means: Means,
    /// The other side's name.
    pub party: String,
    /// The other side's account, where the bank tells.
    pub iban: Option<String>,
    /// Label as given.
    pub memo: String,
    /// The number of the document it pays to the cent, as the generator meant it.
    pub pays: Option<String>,
    /// The number of the document of which it pays a part that the sample accepts.
    pub pays_part: Option<String>,
}

/// Everything the files are written from.
pub struct World {
    pub parties: Vec<Party>,
    pub entries: Vec<Entry>,
    /// Invoices, credit notes and drafts made in Comptoir, in the order in which they are made.
    pub invoices: Vec<Written>,
    pub bank: Vec<BankLine>,
    pub dice: Dice,
}

impl World {
    /// The counterparty of that code, which the table must hold.
    pub fn party(&self, code: &str) -> &Party {
        self.parties.iter().find(|party| party.code == code).expect("the table names every code")
    }

    /// Pays a document to the cent through the current account, its number in the label; a day
    /// after the last one told leaves it unpaid.
    pub fn settle(
        &mut self,
        day: Day,
        party: &'static str,
        amount_minor: i64,
        means: Means,
        memo: String,
        reference: &str,
    ) {
        let (name, iban) = {
            let party = self.party(party);
            (party.name.to_owned(), party.iban.clone())
        };
        self.bank.push(BankLine {
            bank: Bank::Current,
            day,
            amount_minor,
            means,
            party: name,
            iban,
            memo,
            pays: Some(reference.to_owned()),
            pays_part: None,
        });
    }

    /// A bank line that answers no document.
    pub fn plain(
        &mut self,
        bank: Bank,
        day: Day,
        amount_minor: i64,
        means: Means,
        party: &str,
        memo: String,
    ) {
        self.bank.push(BankLine {
            bank,
            day,
            amount_minor,
            means,
            party: party.to_owned(),
            iban: None,
            memo,
            pays: None,
            pays_part: None,
        });
    }
}

/// `numerator ÷ denominator`, half away from zero (CGI art. 1657 for whole euros; invoices alike).
pub fn half_up(numerator: i64, denominator: i64) -> i64 {
    let size = (2 * numerator.abs() + denominator) / (2 * denominator);
    if numerator < 0 { -size } else { size }
}

/// Cents as `1234.56`, with the decimal mark asked for.
pub fn euros(minor: i64, mark: char) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    format!("{sign}{}{mark}{:02}", minor.abs() / 100, minor.abs() % 100)
}
