//! What a figure is the sum of, down to its lines.

use crate::error::Result;
use book::read::{LedgerLine, Reader};
use book::{AccountId, CounterpartyId, EntryId, JournalId, PostingId};
use std::collections::HashSet;
use std::ops::ControlFlow;
use values::Day;

/// Which lines of the days of a part count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    /// All of them.
    All,
    /// Those of journal AN.
    Opening,
    /// Those of all other journals.
    Movements,
}

/// Which side of an account counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Both.
    Both,
    /// Debits alone.
    Debit,
    /// Credits alone.
    Credit,
}

/// Lines that enter a figure with one sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The accounts.
    pub accounts: Vec<AccountId>,
    /// Only lines of these counterparties, `None` among them for lines without one.
    pub parties: Option<HashSet<Option<CounterpartyId>>>,
    /// First day.
    pub first: Day,
    /// Last day.
    pub last: Day,
    /// Which lines of these days.
    pub lines: Lines,
    /// Which side.
    pub side: Side,
    /// 1, or −1 where the figure counts credits as positive.
    pub sign: i64,
}

/// A figure: the signed sum of its parts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figure {
    /// The parts.
    pub parts: Vec<Part>,
    /// Whether drafts count.
    pub drafts: bool,
}

/// A line of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureLine {
    /// The line.
    pub posting: PostingId,
    /// Its entry.
    pub entry: EntryId,
    /// Its account.
    pub account: AccountId,
    /// Its day.
    pub day: Day,
    /// What it says: its own label, or its entry's.
    pub label: String,
    /// The document's number.
    pub document_reference: String,
    /// The counterparty's code.
    pub counterparty: Option<String>,
    /// Minor units; debit positive.
    pub amount_minor: i64,
    /// What it adds to the figure, in minor units.
    pub counted_minor: i64,
    /// Whether its entry may still change.
    pub is_draft: bool,
}

/// Where a page ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FigureKey {
    part: usize,
    account: usize,
    day: Day,
    posting: PostingId,
}

/// A page of a figure's lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The lines: part by part, account by account, by day and id.
    pub rows: Vec<FigureLine>,
    /// The key of the page that follows; none after the last.
    pub next: Option<FigureKey>,
}

/// The lines a figure is the sum of, at most `limit`, after a key if one is given.
pub fn lines_of(
    reader: &Reader,
    figure: &Figure,
    after: Option<FigureKey>,
    limit: usize,
) -> Result<Page> {
    let opening = opening_journals(reader)?;
    let mut page = Page { rows: Vec::new(), next: None };
    let mut last: Option<FigureKey> = None;
    let (from_part, from_account) = after.map_or((0, 0), |key| (key.part, key.account));
    for (at, part) in figure.parts.iter().enumerate().skip(from_part) {
        let skip = if at == from_part { from_account } else { 0 };
        for (place, account) in part.accounts.iter().enumerate().skip(skip) {
            let begin = after
                .filter(|key| (key.part, key.account) == (at, place))
                .map(|key| (key.day, key.posting));
            let days = (part.first, part.last);
            let mut failed = None;
            reader.ledger(*account, days, begin, figure.drafts, |line| {
                if !part.holds(line, &opening) {
                    return ControlFlow::Continue(());
                }
                if page.rows.len() == limit {
                    page.next = last;
                    return ControlFlow::Break(());
                }
                match row_of(line, *account, part.sign) {
                    Ok(row) => {
                        let (day, posting) = (row.day, row.posting);
                        last = Some(FigureKey { part: at, account: place, day, posting });
                        page.rows.push(row);
                    }
                    Err(why) => failed = Some(why),
                }
                if failed.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            })?;
            if let Some(why) = failed {
                return Err(why);
            }
            if page.next.is_some() {
                return Ok(page);
            }
        }
    }
    Ok(page)
}

impl Part {
    fn holds(&self, line: &LedgerLine<'_>, opening: &HashSet<JournalId>) -> bool {
        let of_lines = match self.lines {
            Lines::All => true,
            Lines::Opening => opening.contains(&line.journal),
            Lines::Movements => !opening.contains(&line.journal),
        };
        let of_side = match self.side {
            Side::Both => true,
            Side::Debit => line.amount_minor > 0,
            Side::Credit => line.amount_minor < 0,
        };
        let of_party =
            self.parties.as_ref().is_none_or(|parties| parties.contains(&line.counterparty));
        of_lines && of_side && of_party
    }
}

fn row_of(line: &LedgerLine<'_>, account: AccountId, sign: i64) -> Result<FigureLine> {
    Ok(FigureLine {
        posting: line.posting,
        entry: line.entry,
        account,
        day: day_of(line.day)?,
        label: label_of(line).to_owned(),
        document_reference: line.document_reference.to_owned(),
        counterparty: line.counterparty_code.map(str::to_owned),
        amount_minor: line.amount_minor,
        counted_minor: sign * line.amount_minor,
        is_draft: line.is_draft,
    })
}

/// A line's own label, or its entry's.
pub(crate) fn label_of<'row>(line: &LedgerLine<'row>) -> &'row str {
    if line.line_label.is_empty() { line.label } else { line.line_label }
}

/// A day as the book holds it.
pub(crate) fn day_of(text: &str) -> Result<Day> {
    Ok(Day::parse(text).map_err(|why| book::Error::Damaged(why.to_string()))?)
}

/// The journals whose entries open a year: AN, ours and a former software's.
pub(crate) fn opening_journals(reader: &Reader) -> Result<HashSet<JournalId>> {
    let journals = reader.journals()?;
    Ok(journals.into_iter().filter(|one| one.code == "AN").map(|one| one.id).collect())
}
