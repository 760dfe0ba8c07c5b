//! "Why this figure?": from a box or a balance down to the bytes a bank sent or what a person
//! typed.
//!
//! Nothing about an explanation is stored: it is the evaluation that gave the figure, run again
//! with its leaves kept.

pub(super) mod origin;

use super::{Called, EntryView, ReturnQuery, Seen};
use crate::app::App;
use crate::failure::Failure;
use crate::host::Progress;
use book::read::Reader;
use book::{EntryId, TaxItemId};
use origin::Origins;
use serde::{Deserialize, Serialize};
use std::path::Path;
use tax::{Part, Source};
use ts_rs::TS;
use values::{Day, Decimal};

/// A figure: `ca3/2026-03/08.base` or `trial-balance/2026-03/512101`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// The figure's name.
    pub figure: String,
}

/// A figure explained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Explained {
    /// The figure's name.
    pub figure: String,
    /// What it is.
    pub label: String,
    /// The form's case; empty elsewhere.
    pub case: String,
    /// The figure, as decimal text.
    #[ts(type = "string")]
    pub value: Decimal,
    /// Before rounding: what the leaves sum to.
    #[ts(type = "string")]
    pub unrounded: Decimal,
    /// Its currency.
    pub unit: String,
    /// Name and version of the pack; empty elsewhere.
    pub pack: String,
    /// How it is computed.
    pub formula: String,
    /// The article.
    pub law: String,
    /// `high`, `medium` or `low`.
    pub grade: String,
    /// What the formula names.
    pub parts: Vec<PartView>,
    /// Each rounding on the way: unrounded + their sum = value.
    pub roundings: Vec<RoundingView>,
    /// The facts; they sum to the unrounded figure.
    pub leaves: Vec<LeafView>,
}

/// Something that a formula names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PartView {
    /// In words.
    pub text: String,
    /// Its value.
    #[ts(type = "string")]
    pub value: Decimal,
    /// The article it rests on.
    pub law: String,
    /// What it names itself.
    pub parts: Vec<PartView>,
}

/// A rounding on the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RoundingView {
    /// What was rounded.
    pub of: String,
    /// Before.
    #[ts(type = "string")]
    pub from: Decimal,
    /// After.
    #[ts(type = "string")]
    pub to: Decimal,
    /// What it changes in the figure.
    #[ts(type = "string")]
    pub contribution: Decimal,
    /// The article.
    pub law: String,
}

/// A fact behind a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LeafView {
    /// `item`, `line`, `answer`, `previous`, `balance`.
    pub kind: &'static str,
    /// Signed: what it adds to the unrounded figure.
    #[ts(type = "string")]
    pub contribution: Decimal,
    /// In words.
    pub text: String,
    /// The tax item or the entry's line.
    pub id: Option<i64>,
    /// The entry it stands in.
    pub entry: Option<EntryView>,
    /// The entry of the invoice whose waiting tax it moves.
    pub invoice: Option<Box<EntryView>>,
    /// Where it comes from: bank bytes, or something typed.
    pub origins: Vec<OriginView>,
}

/// Where an entry comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum OriginView {
    /// A bank line, and the bytes that showed it.
    Bank {
        /// The bank line.
        line: i64,
        /// Ledger account of its bank account.
        account: String,
        /// The booked day.
        day: Day,
        /// Minor units; money in is positive.
        amount_minor: i64,
        /// The bank's words.
        label: String,
        /// Why the line was booked so.
        why: String,
        /// Every place that showed it.
        sightings: Vec<SightingView>,
    },
    /// Something that a person typed, or a file of entries.
    Typed {
        /// The record.
        seq: i64,
        /// When, UTC.
        at: String,
        /// By whom.
        actor: String,
        /// What was asked, in words.
        text: String,
        /// Hash of the file it came in, if it did.
        blob: Option<String>,
    },
}

/// A place in the bytes a bank sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SightingView {
    /// The file's name.
    pub file: String,
    /// When it came, UTC.
    pub at: String,
    /// The reader and its version.
    pub reader: String,
    /// SHA-256 of the file.
    pub blob: String,
    /// First byte.
    pub from: u64,
    /// Last byte, excluded.
    pub to: u64,
    /// These bytes as text; what is not text is shown as �.
    pub bytes: String,
    /// A few lines of the file around them.
    pub excerpt: String,
    /// Where they stand in the excerpt, and amount and label in them.
    pub marks: Vec<MarkView>,
}

/// A stretch of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct MarkView {
    /// What stands there.
    #[ts(type = "\"line\" | \"amount\" | \"label\"")]
    pub kind: &'static str,
    /// First UTF-16 code unit.
    pub start: usize,
    /// Last UTF-16 code unit, excluded.
    pub end: usize,
}

impl App {
    /// Explains a figure.
    pub fn explain(&self, book: &Path, request: Figure, _: &dyn Progress) -> Called<Explained> {
        let reader = self.reader(book)?;
        let unknown = || self.own("unknown-figure", &[("figure", &request.figure)]);
        let mut words = request.figure.splitn(3, '/');
        let (Some(what), Some(period), Some(which)) = (words.next(), words.next(), words.next())
        else {
            return Err(unknown());
        };
        let explained = if what == "trial-balance" {
            self.explain_balance(&reader, &request.figure, period, which)?
        } else {
            self.explain_box(&reader, &request.figure, (what, period, which))?
        };
        Ok(Seen::at(reader.seq(), explained))
    }

    fn explain_box(
        &self,
        reader: &Reader,
        figure: &str,
        (form, period, which): (&str, &str, &str),
    ) -> Result<Explained, Failure> {
        let query = ReturnQuery {
            form: form.to_owned(),
            period: period.to_owned(),
            answers: Default::default(),
        };
        let computed = self.compute(reader, &query)?;
        let found = tax::explain(&computed.pack, &computed.facts, which)
            .map_err(|why| self.failed(&why))?;
        let entries: Vec<EntryId> = found
            .leaves
            .iter()
            .filter_map(|leaf| match leaf.source {
                Source::Item { entry, .. } => Some(EntryId(entry)),
                _ => None,
            })
            .collect();
        let mut origins = Origins::load(self, reader, &entries)?;
        let leaves = found
            .leaves
            .iter()
            .map(|leaf| self.leaf(reader, &mut origins, leaf))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Explained {
            figure: figure.to_owned(),
            label: self.in_language(&found.label_fr, &found.label_en),
            case: found.case,
            value: found.value.normalize(),
            unrounded: found.unrounded.normalize(),
            unit: computed.pack.head().unit.clone(),
            pack: super::returns::pack_name(&computed.pack),
            formula: found.formula,
            law: found.law,
            grade: found.grade.word().to_owned(),
            parts: found.parts.iter().map(|part| self.part(part)).collect(),
            roundings: found
                .steps
                .iter()
                .map(|step| RoundingView {
                    of: step.of.clone(),
                    from: step.from.normalize(),
                    to: step.to.normalize(),
                    contribution: step.contribution.normalize(),
                    law: step.law.clone(),
                })
                .collect(),
            leaves,
        })
    }

    fn explain_balance(
        &self,
        reader: &Reader,
        figure: &str,
        period: &str,
        account: &str,
    ) -> Result<Explained, Failure> {
        let period = self.period(period)?;
        let (name, balance, lines) = self.balance_lines(reader, period, account)?;
        let entries: Vec<EntryId> = lines.iter().map(|line| line.entry).collect();
        let mut origins = Origins::load(self, reader, &entries)?;
        let mut leaves = Vec::with_capacity(lines.len());
        for line in lines {
            leaves.push(LeafView {
                kind: "line",
                contribution: Decimal::new(line.counted_minor, 2),
                text: format!("{} {} {}", line.day, line.document_reference, line.label),
                id: Some(line.posting.0),
                entry: Some(self.entry_view(reader, line.entry)?),
                invoice: None,
                origins: origins.of(line.entry)?,
            });
        }
        let facts = reader.facts(period.last).map_err(|why| self.failed(&why))?;
        Ok(Explained {
            figure: figure.to_owned(),
            label: name,
            case: String::new(),
            value: Decimal::new(balance, 2),
            unrounded: Decimal::new(balance, 2),
            unit: facts.currency.code().to_owned(),
            pack: String::new(),
            formula: String::new(),
            law: String::new(),
            grade: String::new(),
            parts: Vec::new(),
            roundings: Vec::new(),
            leaves,
        })
    }

    fn leaf(
        &self,
        reader: &Reader,
        origins: &mut Origins<'_>,
        leaf: &tax::Leaf,
    ) -> Result<LeafView, Failure> {
        let contribution = leaf.contribution.normalize();
        let other = |kind: &'static str, name: &str| LeafView {
            kind,
            contribution,
            text: self.sentences.say(&format!("api.leaf.{kind}"), &[("name", name)]),
            id: None,
            entry: None,
            invoice: None,
            origins: Vec::new(),
        };
        let (id, entry) = match &leaf.source {
            Source::Item { id, entry, .. } => (*id, EntryId(*entry)),
            Source::Answer { id } => return Ok(other("answer", id)),
            Source::Previous { id } => return Ok(other("previous", id)),
            Source::Balance { account } => return Ok(other("balance", account)),
        };
        let view = self.entry_view(reader, entry)?;
        let invoice = reader.entry_of_moved(TaxItemId(id)).map_err(|why| self.failed(&why))?;
        let mut found = origins.of(entry)?;
        let invoice = match invoice {
            Some(invoice) => {
                found.extend(origins.of(invoice)?);
                Some(Box::new(self.entry_view(reader, invoice)?))
            }
            None => None,
        };
        let text = format!("{} {} {}", view.day, view.reference, view.label);
        Ok(LeafView {
            kind: "item",
            contribution,
            text,
            id: Some(id),
            entry: Some(view),
            invoice,
            origins: found,
        })
    }

    fn part(&self, part: &Part) -> PartView {
        let say =
            |key: &str, args: &[(&str, &str)]| self.sentences.say(&format!("api.part.{key}"), args);
        let plain = |text: String, value: Decimal, law: &str| PartView {
            text,
            value: value.normalize(),
            law: law.to_owned(),
            parts: Vec::new(),
        };
        match part {
            Part::Box { id, value, parts, .. } => PartView {
                parts: parts.iter().map(|part| self.part(part)).collect(),
                ..plain(say("box", &[("id", id)]), *value, "")
            },
            Part::Rate { name, value, unit, law, .. } => {
                plain(say("rate", &[("name", name), ("unit", unit)]), *value, law)
            }
            Part::Row { code, cell, base, below, items, value, law, .. } => {
                let what = if *base { "base" } else { "tax" };
                let key = if *below { "row-below" } else { "row" };
                let (what, items) = (say(what, &[]), items.to_string());
                let args =
                    [("code", code.as_str()), ("cell", cell), ("what", &what), ("items", &items)];
                plain(say(key, &args), *value, law)
            }
            Part::Answer { id, value, given } => {
                let key = if *given { "answer" } else { "default" };
                plain(say(key, &[("id", id)]), *value, "")
            }
            Part::Previous { id, value } => plain(say("previous", &[("id", id)]), *value, ""),
            Part::Balance { account, value } => {
                plain(say("balance", &[("account", account)]), *value, "")
            }
        }
    }
}
