//! The bank inbox: lines that wait, each with a proposal and its reason; accepted, set aside.

use super::{Called, EntryView, Nothing, Seen};
use crate::app::App;
use crate::failure::Failure;
use crate::host::Progress;
use book::read::{BankAccount, BankLine, LineState, Reader};
use book::{
    AcceptLines, Acceptance, Booking, DismissLines, LineId, Part, RestoreLines, TakeBackLine,
};
use matching::{Answer, Proposal, Rules, propose};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::path::Path;
use ts_rs::TS;
use values::Day;

/// A page of the inbox.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct InboxPage {
    /// Lines after this one; from the oldest when absent.
    #[serde(default)]
    pub after: Option<i64>,
    /// At most so many; all when absent.
    #[serde(default)]
    pub limit: Option<u32>,
}

/// The inbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Inbox {
    /// How many lines wait in all.
    pub count: u64,
    /// How many of the lines below have a proposal that is sure.
    pub sure: u64,
    /// The lines, oldest first.
    pub lines: Vec<LineView>,
}

/// A bank line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LineView {
    /// Its id.
    pub id: i64,
    /// Ledger account of its bank account.
    pub account: String,
    /// The booked day.
    pub day: Day,
    /// Minor units of the account's currency; money in is positive.
    pub amount_minor: i64,
    /// The account's currency.
    pub currency: String,
    /// The bank's words.
    pub label: String,
    /// The other side's name.
    pub party: Option<String>,
    /// What is proposed.
    pub proposal: Option<ProposalView>,
    /// What is to be said of it besides.
    pub note: Option<String>,
}

/// A proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ProposalView {
    /// Whether it may be accepted without a look.
    pub sure: bool,
    /// `parts`, `items` or `transfer`.
    pub kind: &'static str,
    /// Accounts it goes to.
    pub accounts: Vec<String>,
    /// Documents it settles.
    pub documents: Vec<String>,
    /// Its tax code.
    pub tax_code: Option<String>,
    /// The tax code a person may pick who holds the invoice.
    pub tax_code_hint: Option<String>,
    /// The reason, in words.
    pub why: String,
    /// What speaks for and against, in words.
    pub facts: Vec<String>,
}

/// A line to accept.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct AcceptOne {
    /// The line.
    pub line: i64,
    /// Another account than the proposed one.
    #[serde(default)]
    pub account: Option<String>,
    /// A tax code.
    #[serde(default)]
    pub tax_code: Option<String>,
    /// The counterparty's code, where the account is collective.
    #[serde(default)]
    pub counterparty: Option<String>,
    /// A split of one's own, in place of account and tax code.
    #[serde(default)]
    pub parts: Option<Vec<Part>>,
    /// Another label than the bank's.
    #[serde(default)]
    pub label: Option<String>,
}

/// What was accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct Accepted {
    /// Lines that became drafts.
    pub accepted: u64,
    /// Lines that still wait.
    pub left: u64,
}

/// A line by its id.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct LineRef {
    /// The id.
    pub line: i64,
}

/// Lines by their ids.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct LineRefs {
    /// The ids.
    pub lines: Vec<i64>,
}

/// Lines to set aside.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct Dismissal {
    /// The ids.
    pub lines: Vec<i64>,
    /// Why.
    pub reason: String,
}

/// How many past bookings habits are read from.
const PAST: u32 = 5_000;

/// The inbox as it stands, with what is proposed for it.
pub(super) struct Standing {
    lines: Vec<BankLine>,
    answer: Answer,
    /// Ledger account and currency of each bank account.
    accounts: Accounts,
    /// Number of each open item's document.
    documents: HashMap<i64, String>,
}

impl App {
    /// What waits, with proposals.
    pub fn inbox(&self, book: &Path, request: InboxPage, _: &dyn Progress) -> Called<Inbox> {
        let reader = self.reader(book)?;
        let standing = self.standing(&reader)?;
        let count = standing.lines.len() as u64;
        let notes: HashMap<LineId, String> = standing
            .answer
            .notes
            .iter()
            .map(|note| (note.line(), self.matching_text("note", note.code(), note.args())))
            .collect();
        let mut lines = Vec::new();
        let mut passed = request.after.is_none();
        for (line, proposal) in standing.lines.iter().zip(&standing.answer.proposals) {
            if passed {
                let proposal = proposal.as_ref().map(|found| self.proposal_view(found, &standing));
                let shown = Shown { line, accounts: &standing.accounts };
                lines.push(shown.view(proposal, notes.get(&line.id).cloned()));
            }
            passed |= Some(line.id.0) == request.after;
            if request.limit.is_some_and(|limit| lines.len() >= limit as usize) {
                break;
            }
        }
        let sure = lines.iter().filter(|line| line.proposal.as_ref().is_some_and(|one| one.sure));
        let sure = sure.count() as u64;
        Ok(Seen::at(reader.seq(), Inbox { count, sure, lines }))
    }

    pub(super) fn standing(&self, reader: &Reader) -> Result<Standing, Failure> {
        let own = reader.bank_accounts().map_err(|why| self.failed(&why))?;
        let open = reader.open_items().map_err(|why| self.failed(&why))?;
        let past = reader.history_of_bookings(PAST).map_err(|why| self.failed(&why))?;
        let lines = reader.inbox(None, u32::MAX).map_err(|why| self.failed(&why))?;
        let today = self.today(reader)?;
        let facts = reader.facts(today).map_err(|why| self.failed(&why))?;
        let sole_trader = facts.settings.get("legal_form").is_some_and(|form| form == "EI");
        let rules = Rules::read(self.law.assets(), &facts.country, sole_trader)
            .map_err(|why| self.own("rules", &[]).with_detail(&why))?;
        let foreign: Vec<i64> = own
            .iter()
            .filter(|account| account.currency != facts.currency)
            .map(|account| account.id.0)
            .collect();
        // What is in another currency is shown, and never proposed.
        let (home, abroad): (Vec<BankLine>, Vec<BankLine>) =
            lines.into_iter().partition(|line| !foreign.contains(&line.bank_account.0));
        let mut answer = propose(&home, &open, &past, &rules, &own);
        answer.proposals.extend(abroad.iter().map(|_| None));
        Ok(Standing {
            lines: home.into_iter().chain(abroad).collect(),
            answer,
            accounts: Shown::accounts(&own),
            documents: open
                .into_iter()
                .map(|item| (item.posting.0, item.document_reference))
                .collect(),
        })
    }

    /// A line of the inbox with its proposal, and what is to be said of it besides.
    pub(super) fn shown_line(&self, line: &BankLine, standing: &Standing) -> LineView {
        let proposal = standing.proposal(line.id).map(|found| self.proposal_view(found, standing));
        let note = standing.answer.notes.iter().find(|note| note.line() == line.id);
        let note = note.map(|note| self.matching_text("note", note.code(), note.args()));
        Shown { line, accounts: &standing.accounts }.view(proposal, note)
    }

    fn matching_text(&self, section: &str, code: &str, args: matching::Args) -> String {
        let args: Vec<(String, String)> =
            args.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        self.sentences
            .find(&format!("matching.{section}.{code}"), &args)
            .unwrap_or_else(|| code.to_owned())
    }

    fn proposal_view(&self, proposal: &Proposal, standing: &Standing) -> ProposalView {
        let (kind, accounts, documents, tax_code) = match &proposal.booking {
            Booking::Parts(parts) => (
                "parts",
                parts.iter().map(|part| part.account.clone()).collect(),
                Vec::new(),
                parts.iter().find_map(|part| part.tax_code.clone()),
            ),
            Booking::Items(items) => {
                let named = items.iter().filter_map(|item| standing.documents.get(&item.0));
                ("items", Vec::new(), named.cloned().collect(), None)
            }
            Booking::Settle(settlement) => {
                let items = settlement.items.iter();
                let named = items.filter_map(|share| standing.documents.get(&share.item.0));
                let parts = settlement.parts.iter();
                (
                    "items",
                    parts.map(|part| part.account.clone()).collect(),
                    named.cloned().collect(),
                    None,
                )
            }
            Booking::Transfer => ("transfer", Vec::new(), Vec::new(), None),
        };
        let facts = proposal.facts.iter();
        ProposalView {
            sure: proposal.sure,
            kind,
            accounts,
            documents,
            tax_code,
            tax_code_hint: proposal.tax_code_hint.clone(),
            why: self.matching_text("why", proposal.why.code(), proposal.why.args()),
            facts: facts.map(|fact| self.matching_text("fact", fact.code(), fact.args())).collect(),
        }
    }

    /// Accepts the proposal of a line, or books it as told.
    pub fn accept(
        &self,
        book: &Path,
        request: AcceptOne,
        progress: &dyn Progress,
    ) -> Called<EntryView> {
        let id = LineId(request.line);
        let reader = self.reader(book)?;
        let shown = request.line.to_string();
        let line = reader
            .line(id)
            .map_err(|why| self.failed(&why))?
            .ok_or_else(|| self.own("no-line", &[("line", &shown)]))?;
        let (booking, why) = match (request.parts, request.account) {
            (Some(parts), _) => (Booking::Parts(parts), "person".to_owned()),
            (None, Some(account)) => {
                let part = Part {
                    account,
                    gross_minor: line.amount_minor,
                    tax_code: request.tax_code,
                    rate: None,
                    nature: None,
                    counterparty: request.counterparty,
                };
                (Booking::Parts(vec![part]), "person".to_owned())
            }
            // A line that is booked already is refused by the book, with its own sentence.
            (None, None) if line.state != LineState::Inbox => {
                (Booking::Transfer, "person".to_owned())
            }
            (None, None) => {
                let found = self.standing(&reader)?.proposal(id).cloned();
                let mut found =
                    found.ok_or_else(|| self.own("no-proposal", &[("line", &shown)]))?;
                if let (Some(code), Booking::Parts(parts)) = (request.tax_code, &mut found.booking)
                {
                    parts.iter_mut().for_each(|part| part.tax_code = Some(code.clone()));
                }
                (found.booking, found.why.stored())
            }
        };
        drop(reader);
        let lines = vec![Acceptance { line: id, booking, why, label: request.label }];
        let done = self.command(book, AcceptLines { lines }, progress)?;
        self.first_entry(book, &done)
    }

    /// Accepts every proposal that is sure, as one record.
    pub fn accept_sure(
        &self,
        book: &Path,
        _: Nothing,
        progress: &dyn Progress,
    ) -> Called<Accepted> {
        progress.begin("propose", "");
        let reader = self.reader(book)?;
        let standing = self.standing(&reader)?;
        let count = standing.lines.len() as u64;
        let lines: Vec<Acceptance> = standing
            .answer
            .proposals
            .into_iter()
            .flatten()
            .filter(|proposal| proposal.sure)
            .map(|proposal| Acceptance {
                line: proposal.line,
                why: proposal.why.stored(),
                booking: proposal.booking,
                label: None,
            })
            .collect();
        let accepted = lines.len() as u64;
        let seq = reader.seq();
        drop(reader);
        let value = Accepted { accepted, left: count - accepted };
        if lines.is_empty() {
            return Ok(Seen::at(seq, value));
        }
        progress.begin("accept", "");
        let done = self.command(book, AcceptLines { lines }, progress)?;
        Ok(Seen::wrote(&done, value))
    }

    /// Brings a line back to the inbox: its draft goes away, a posted entry is reversed.
    pub fn take_back(
        &self,
        book: &Path,
        request: LineRef,
        progress: &dyn Progress,
    ) -> Called<Nothing> {
        let done = self.command(book, TakeBackLine { line: LineId(request.line) }, progress)?;
        Ok(Seen::wrote(&done, Nothing {}))
    }

    /// Sets lines aside, with the reason.
    pub fn dismiss(
        &self,
        book: &Path,
        request: Dismissal,
        progress: &dyn Progress,
    ) -> Called<Nothing> {
        let lines = request.lines.into_iter().map(LineId).collect();
        let done = self.command(book, DismissLines { lines, reason: request.reason }, progress)?;
        Ok(Seen::wrote(&done, Nothing {}))
    }

    /// Brings lines that were set aside back.
    pub fn restore_lines(
        &self,
        book: &Path,
        request: LineRefs,
        progress: &dyn Progress,
    ) -> Called<Nothing> {
        let lines = request.lines.into_iter().map(LineId).collect();
        let done = self.command(book, RestoreLines { lines }, progress)?;
        Ok(Seen::wrote(&done, Nothing {}))
    }
}

/// Ledger account and currency of each bank account.
type Accounts = HashMap<i64, (String, String)>;

impl Standing {
    /// How many lines may be accepted without a look.
    pub(super) fn sure(&self) -> u64 {
        let proposals = self.answer.proposals.iter().flatten();
        proposals.filter(|proposal| proposal.sure).count() as u64
    }

    /// What is proposed for a line.
    pub(super) fn proposal(&self, line: LineId) -> Option<&Proposal> {
        let place = self.lines.iter().position(|one| one.id == line)?;
        self.answer.proposals.get(place)?.as_ref()
    }
}

/// A line to show, with the words for its ids.
pub(super) struct Shown<'a> {
    pub(super) line: &'a BankLine,
    pub(super) accounts: &'a Accounts,
}

impl Shown<'_> {
    pub(super) fn accounts(own: &[BankAccount]) -> Accounts {
        own.iter()
            .map(|one| (one.id.0, (one.account.clone(), one.currency.code().to_owned())))
            .collect()
    }

    pub(super) fn view(&self, proposal: Option<ProposalView>, note: Option<String>) -> LineView {
        let line = self.line;
        let (account, currency) =
            self.accounts.get(&line.bank_account.0).cloned().unwrap_or_default();
        LineView {
            id: line.id.0,
            account,
            day: line.day,
            amount_minor: line.amount_minor,
            currency,
            label: line.label.clone(),
            party: line.party_name.clone(),
            proposal,
            note,
        }
    }
}
