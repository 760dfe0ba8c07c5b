//! Known lines out of the book, decisions into it.

use super::sum_of;
use crate::error::{Error, Result};
use crate::ids::BankAccountId;
use crate::read;
use crate::tx::Tx;
use rusqlite::params;
use statement::identity::{Decisions, Known, KnownId, New, State, Window};
use statement::proof::{BookSum, ReadWindow};
use statement::{Line, SourceId, Statement, Trust};
use std::ops::Range;
use values::Day;

/// Days around a window in which a known line may stand under another day.
const MARGIN: i64 = 2;

/// The lines of an account around a window, as the book has them.
pub(super) struct KnownRows {
    lines: Vec<KnownRow>,
    ids: Vec<IdRow>,
}

struct KnownRow {
    id: i64,
    day: Day,
    amount_minor: i64,
    ordinal: u32,
    balance_after_minor: Option<i64>,
    party_iban: Option<String>,
    label: String,
    state: State,
    since: String,
    /// Whether this source showed it before.
    sighted: bool,
    shown_as_of: String,
    ids: Range<usize>,
}

struct IdRow {
    source: String,
    name: String,
    value: String,
    trust: Trust,
}

impl KnownRows {
    /// Every line from two days before the window to two days after it, with the ids it was given.
    pub(super) fn load(
        tx: &Tx<'_>,
        bank_account: BankAccountId,
        window: &Window<'_>,
        windows: &[ReadWindow],
    ) -> Result<KnownRows> {
        let mut known = KnownRows { lines: Vec::new(), ids: Vec::new() };
        if windows.is_empty() {
            return Ok(known);
        }
        let (first, last) =
            (window.first_day.plus_days(-MARGIN), window.last_day.plus_days(MARGIN));
        let span = params![bank_account, first.to_string(), last.to_string(), window.source];
        known.lines = tx.all(
            "SELECT line.id, line.day, amount_minor, ordinal, balance_after_minor, party_iban,
               label, state, since, EXISTS (SELECT 1 FROM sighting
                 JOIN statement ON statement.id = sighting.statement
                 WHERE sighting.line = line.id AND statement.source = ?4)
             FROM line WHERE bank_account = ?1 AND line.day BETWEEN ?2 AND ?3
             ORDER BY line.id",
            span,
            |row| {
                let day = read::day(row, 1)?;
                let state = match row.get_ref(7)?.as_str()? {
                    "here" => State::Here,
                    "held" => State::Held,
                    _ => State::Gone,
                };
                Ok(KnownRow {
                    id: row.get(0)?,
                    day,
                    amount_minor: row.get(2)?,
                    ordinal: row.get(3)?,
                    balance_after_minor: row.get(4)?,
                    party_iban: row.get(5)?,
                    label: row.get(6)?,
                    state,
                    since: row.get(8)?,
                    sighted: row.get(9)?,
                    shown_as_of: latest_over(windows, day),
                    ids: 0..0,
                })
            },
        )?;
        known.load_ids(tx, bank_account, first, last)?;
        Ok(known)
    }

    fn load_ids(
        &mut self,
        tx: &Tx<'_>,
        bank_account: BankAccountId,
        first: Day,
        last: Day,
    ) -> Result<()> {
        let rows = tx.all(
            "SELECT alias.line, source, name, value, trust FROM line
             JOIN alias ON alias.line = line.id
             WHERE bank_account = ?1 AND line.day BETWEEN ?2 AND ?3 ORDER BY alias.line, alias.id",
            params![bank_account, first.to_string(), last.to_string()],
            |row| {
                let trust = trust_of(row.get_ref(4)?.as_str()?);
                let id =
                    IdRow { source: row.get(1)?, name: row.get(2)?, value: row.get(3)?, trust };
                Ok((row.get::<_, i64>(0)?, id))
            },
        )?;
        let mut at = 0;
        for (line, id) in rows {
            while self.lines.get(at).is_some_and(|known| known.id < line) {
                at += 1;
            }
            let place = self.ids.len();
            self.ids.push(id);
            if let Some(known) = self.lines.get_mut(at).filter(|known| known.id == line) {
                let from = if known.ids.is_empty() { place } else { known.ids.start };
                known.ids = from..place + 1;
            }
        }
        Ok(())
    }

    /// The same rows as `decide` takes them.
    pub(super) fn with<T>(&self, each: impl FnOnce(&[Known<'_>]) -> T) -> T {
        let ids: Vec<KnownId<'_>> = self
            .ids
            .iter()
            .map(|id| KnownId {
                source: &id.source,
                name: &id.name,
                value: &id.value,
                trust: id.trust,
            })
            .collect();
        let known: Vec<Known<'_>> = self
            .lines
            .iter()
            .map(|line| Known {
                id: line.id,
                day: line.day,
                amount_minor: line.amount_minor,
                ordinal: line.ordinal,
                balance_after_minor: line.balance_after_minor,
                party_iban: line.party_iban.as_deref(),
                label: &line.label,
                state: line.state,
                shown_as_of: &line.shown_as_of,
                ids: &ids[line.ids.clone()],
            })
            .collect();
        each(&known)
    }
}

/// When the bank last spoke of a day. A read may be counted that did not show the line: too late is
/// safe, for then the line stays.
fn latest_over(windows: &[ReadWindow], day: Day) -> String {
    windows
        .iter()
        .filter(|window| window.first_day <= day && day <= window.last_day)
        .map(|window| window.as_of.as_str())
        .max()
        .unwrap_or("")
        .to_owned()
}

/// The account's lines summed as they stand within this command, for a file with several statements
/// of one account: kept sums follow only when the command ends.
pub(super) fn live_sums(tx: &Tx<'_>, bank_account: BankAccountId) -> Result<Vec<BookSum>> {
    tx.all(
        "SELECT day, since, state = 'gone', sum(amount_minor) FROM line
         WHERE bank_account = ?1 AND state <> 'held' GROUP BY day, since, state = 'gone'
         ORDER BY day, since",
        [bank_account],
        |row| {
            Ok(BookSum {
                day: read::day(row, 0)?,
                since: row.get(1)?,
                gone: row.get(2)?,
                sum_minor: row.get(3)?,
            })
        },
    )
}

fn trust_of(word: &str) -> Trust {
    match word {
        "strong" => Trust::Strong,
        "normal" => Trust::Normal,
        "session" => Trust::Session,
        _ => Trust::None,
    }
}

fn word_of(trust: Trust) -> &'static str {
    match trust {
        Trust::Strong => "strong",
        Trust::Normal => "normal",
        Trust::Session => "session",
        Trust::None => "none",
    }
}

/// First and last byte, the last excluded.
fn place_of(place: &Range<usize>) -> String {
    format!("{}..{}", place.start, place.end)
}

/// The bytes a read was made of: hash and size of each blob, in order.
pub(super) type Papers<'a> = &'a [(String, i64)];

/// The statement row of each paper, and where its bytes begin among all of them.
struct Statements(Vec<(usize, i64)>);

impl Statements {
    /// The statement that shows a line, and where in its own bytes.
    fn of(&self, line: &Line<'_>) -> (i64, Range<usize>) {
        let place = &line.place;
        let after = self.0.partition_point(|(begin, _)| *begin <= place.start);
        let (begin, id) = self.0.get(after.saturating_sub(1)).copied().unwrap_or_default();
        (id, place.start - begin..place.end.saturating_sub(begin))
    }
}

/// New lines written between two pauses.
const BATCH: usize = 512;

/// Writes what was decided of one statement.
pub(super) struct Writer<'a, 't> {
    pub(super) tx: &'a Tx<'t>,
    pub(super) bank_account: BankAccountId,
    pub(super) window: &'a Window<'a>,
    pub(super) read: &'a Statement<'a>,
    pub(super) known: &'a KnownRows,
    pub(super) decisions: &'a Decisions,
    /// Whether another window is worth a record though it shows nothing new: of a file always, of
    /// a feed, which is read every day, only when somebody asks for its proof.
    pub(super) keeps_windows: bool,
}

impl Writer<'_, '_> {
    /// Writes the window and everything in it, unless all of it is known already; tells whether it
    /// was.
    pub(super) fn write(
        &self,
        windows: &[ReadWindow],
        reader: &str,
        papers: Papers<'_>,
    ) -> Result<bool> {
        let sum_minor = sum_of(self.read)?;
        if self.is_known(windows, sum_minor) {
            return Ok(true);
        }
        let window = self.tx.insert(
            "INSERT INTO \"window\" (bank_account, first_day, last_day, opening_minor,
               closing_minor, as_of, lines, sum_minor) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                self.bank_account,
                self.window.first_day.to_string(),
                self.window.last_day.to_string(),
                self.read.opening_minor,
                self.read.closing_minor,
                self.window.as_of,
                self.read.lines.len() as i64,
                sum_minor
            ],
        )?;
        let (mut statements, mut begin) = (Vec::with_capacity(papers.len()), 0);
        for (blob, blob_size) in papers {
            let statement = self.tx.insert(
                "INSERT INTO statement (\"window\", source, reader, blob, blob_size)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
                params![window, self.window.source, reader, blob, blob_size],
            )?;
            statements.push((begin, statement));
            begin += usize::try_from(*blob_size).unwrap_or(0);
        }
        let statements = Statements(statements);
        self.write_new(&statements)?;
        for pair in &self.decisions.pairs {
            self.pair(pair.known, &self.read.lines[pair.seen], &statements)?;
            self.tx.pause()?;
        }
        for (places, state) in [
            (&self.decisions.gone, "gone"),
            (&self.decisions.back, "here"),
            (&self.decisions.settled, "here"),
        ] {
            for place in places {
                self.tx.write(
                    "UPDATE line SET state = ?2 WHERE id = ?1",
                    params![self.known.lines[*place].id, state],
                )?;
            }
        }
        Ok(false)
    }

    /// A window that is there already and shows nothing new leaves no trace.
    fn is_known(&self, windows: &[ReadWindow], sum_minor: i64) -> bool {
        let same = windows.iter().any(|window| {
            window.first_day == self.window.first_day
                && window.last_day == self.window.last_day
                && window.opening_minor == self.read.opening_minor
                && window.closing_minor == self.read.closing_minor
                && window.sum_minor == sum_minor
        });
        let heard = self.decisions.balanced && self.decisions.changed.is_empty();
        (same || (!self.keeps_windows && heard))
            && self.decisions.leaves_lines_alone()
            && self.decisions.pairs.iter().all(|pair| {
                let known = &self.known.lines[pair.known];
                known.sighted
                    && self.window.as_of >= known.since.as_str()
                    && self.new_ids(known, &self.read.lines[pair.seen]).next().is_none()
            })
    }

    /// New lines with where they were seen and the ids they were given, in batches.
    fn write_new(&self, statements: &Statements) -> Result<()> {
        let mut line_id = self.tx.next_id("line")?;
        let mut sighting_id = self.tx.next_id("sighting")?;
        let mut alias_id = self.tx.next_id("alias")?;
        for batch in self.decisions.new.chunks(BATCH) {
            let rows: Vec<(i64, &New, &Line<'_>)> = batch
                .iter()
                .zip(line_id..)
                .map(|(new, id)| (id, new, &self.read.lines[new.seen]))
                .collect();
            line_id += rows.len() as i64;
            self.insert_lines(&rows)?;
            self.insert_sightings(&rows, sighting_id, statements)?;
            sighting_id += rows.len() as i64;
            let mut aliases: Vec<(i64, i64, &SourceId<'_>)> = Vec::with_capacity(rows.len());
            for (line, _, read) in &rows {
                for (place, id) in read.ids.iter().enumerate() {
                    let same = |one: &SourceId<'_>| (one.name, &one.value) == (id.name, &id.value);
                    if !read.ids[..place].iter().any(same) {
                        aliases.push((alias_id, *line, id));
                        alias_id += 1;
                    }
                }
            }
            self.insert_aliases(&aliases)?;
            self.tx.pause()?;
        }
        Ok(())
    }

    fn insert_lines(&self, rows: &[(i64, &New, &Line<'_>)]) -> Result<()> {
        let head = "INSERT INTO line (id, bank_account, day, amount_minor, ordinal, value_day,
           label, clean_label, party_name, party_iban, reference, type_code, balance_after_minor,
           original_minor, original_currency, fee_minor, state, since) VALUES";
        self.tx.insert_many(head, 18, rows, |row, (id, new, line)| {
            let clean = statement::clean_label(&line.label);
            row.put(id)?;
            row.put(self.bank_account)?;
            row.put(line.day.to_string())?;
            row.put(line.amount_minor)?;
            row.put(new.ordinal)?;
            row.put(line.value_day.map(|day| day.to_string()))?;
            row.put(&line.label)?;
            row.put((clean != line.label).then_some(clean))?;
            row.put(&line.party_name)?;
            row.put(&line.party_iban)?;
            row.put(&line.reference)?;
            row.put(&line.type_code)?;
            row.put(line.balance_after_minor)?;
            row.put(line.original.map(|(minor, _)| minor))?;
            row.put(line.original.as_ref().map(|(_, currency)| currency.code()))?;
            row.put(line.fee_minor)?;
            row.put(match new.state {
                State::Here => "here",
                State::Held => "held",
                State::Gone => "gone",
            })?;
            row.put(self.window.as_of)
        })
    }

    fn insert_sightings(
        &self,
        rows: &[(i64, &New, &Line<'_>)],
        first_id: i64,
        statements: &Statements,
    ) -> Result<()> {
        let head = "INSERT INTO sighting (id, line, statement, place) VALUES";
        let mut id = first_id;
        self.tx.insert_many(head, 4, rows, |row, (line, _, read)| {
            row.put(id)?;
            id += 1;
            let (statement, place) = statements.of(read);
            row.put(line)?;
            row.put(statement)?;
            row.put(place_of(&place))
        })
    }

    fn insert_aliases(&self, rows: &[(i64, i64, &SourceId<'_>)]) -> Result<()> {
        let head = "INSERT INTO alias (id, line, source, name, value, trust, first_seen) VALUES";
        self.tx.insert_many(head, 7, rows, |row, (id, line, given)| {
            row.put(id)?;
            row.put(line)?;
            row.put(self.window.source)?;
            row.put(given.name)?;
            row.put(&given.value)?;
            row.put(word_of(given.trust))?;
            row.put(self.window.as_of)
        })
    }

    /// Where the line was seen, and the ids it was given there.
    fn sight(&self, id: i64, statements: &Statements, line: &Line<'_>) -> Result<()> {
        let (statement, place) = statements.of(line);
        self.tx.insert(
            "INSERT INTO sighting (line, statement, place) VALUES (?1, ?2, ?3)",
            params![id, statement, place_of(&place)],
        )?;
        for source_id in &line.ids {
            self.alias(id, source_id)?;
        }
        Ok(())
    }

    fn alias(&self, line: i64, id: &statement::SourceId<'_>) -> Result<()> {
        self.tx.write(
            "INSERT INTO alias (line, source, name, value, trust, first_seen)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
            params![
                line,
                self.window.source,
                id.name,
                id.value,
                word_of(id.trust),
                self.window.as_of
            ],
        )?;
        Ok(())
    }

    /// A known line: its words, its amount and its day stay as they were first given.
    fn pair(&self, place: usize, line: &Line<'_>, statements: &Statements) -> Result<()> {
        let known = self.known.lines.get(place).ok_or_else(|| {
            Error::Damaged("a decision names a line that was not loaded".to_owned())
        })?;
        let older = self.window.as_of < known.since.as_str();
        if !known.sighted || older {
            self.sight(known.id, statements, line)?;
        } else {
            for source_id in self.new_ids(known, line) {
                self.alias(known.id, source_id)?;
            }
        }
        if older {
            self.tx.write(
                "UPDATE line SET since = ?2 WHERE id = ?1",
                params![known.id, self.window.as_of],
            )?;
        }
        Ok(())
    }

    fn new_ids<'l>(
        &'l self,
        known: &'l KnownRow,
        line: &'l Line<'l>,
    ) -> impl Iterator<Item = &'l statement::SourceId<'l>> {
        line.ids.iter().filter(|id| {
            !self.known.ids[known.ids.clone()].iter().any(|kept| {
                kept.source == self.window.source && kept.name == id.name && kept.value == id.value
            })
        })
    }
}
