//! Explains a box: the same evaluation that gave its figure, run with its leaves kept.

use crate::error::TaxError;
use crate::facts::Facts;
use crate::figure::{Evaluation, Kept, LeafKey, Step, StepKey};
use crate::fill::admit;
use crate::formula::Expr;
use crate::grade::Grade;
use crate::pack::Pack;
use crate::sort::sort;
use values::{Day, Decimal};

/// Where the figure of a box comes from.
///
/// The contributions of `leaves` and `fixed` sum to `unrounded`; `unrounded` and the contributions
/// of `steps` sum to `value`, to the last decimal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Explanation {
    /// The box.
    pub id: String,
    /// The form's code for it; empty if it has none.
    pub case: String,
    /// The form's words.
    pub label_fr: String,
    /// The same in English.
    pub label_en: String,
    /// The figure in the form's unit, as declared.
    pub value: Decimal,
    /// The figure without any rounding.
    pub unrounded: Decimal,
    /// What the formula adds that is no fact of the book: 0 on most boxes.
    pub fixed: Decimal,
    /// The formula as written.
    pub formula: String,
    /// The article.
    pub law: String,
    /// The lowest grade of the box and of all that it rests on.
    pub grade: Grade,
    /// Each rounding on the way, with what it changes in this box.
    pub steps: Vec<RoundingStep>,
    /// What the formula names, in its order.
    pub parts: Vec<Part>,
    /// The facts it is made of, with what each adds; those that add nothing are not there.
    pub leaves: Vec<Leaf>,
}

/// A rounding on the way to a figure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RoundingStep {
    /// The box that is rounded.
    pub of: String,
    /// Whether it is the box's own rounding, else one inside its formula.
    pub whole_box: bool,
    /// Before.
    pub from: Decimal,
    /// After.
    pub to: Decimal,
    /// The rule's name (`euro`).
    pub rule: String,
    /// The article of the rule.
    pub law: String,
    /// What it changes in the explained box.
    pub contribution: Decimal,
}

/// A fact and what it adds to the unrounded figure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Leaf {
    /// The fact.
    pub source: Source,
    /// Signed, in the form's unit.
    pub contribution: Decimal,
}

/// A fact of the book.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Source {
    /// A tax item.
    Item {
        /// Its number.
        id: i64,
        /// Its entry.
        entry: i64,
        /// Its tax code.
        tax_code: String,
    },
    /// What the person answered.
    Answer {
        /// The question.
        id: String,
    },
    /// A box of the return before.
    Previous {
        /// The box.
        id: String,
    },
    /// The balance of an account on the period's last day.
    Balance {
        /// The account.
        account: String,
    },
}

/// Something that a formula names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Part {
    /// Another box.
    Box {
        /// Its name.
        id: String,
        /// Its figure.
        value: Decimal,
        /// Its figure without any rounding.
        unrounded: Decimal,
        /// What its formula names; empty where the box is shown further up already.
        parts: Vec<Part>,
    },
    /// A value of the law.
    Rate {
        /// Its name (`rate.standard`).
        name: String,
        /// Its value on the period's last day.
        value: Decimal,
        /// What it is counted in.
        unit: String,
        /// Since when it holds, if the pack says so.
        from: Option<Day>,
        /// The article.
        law: String,
        /// How sure it is.
        grade: Grade,
    },
    /// What codes.csv brings to the box by one row.
    Row {
        /// Tax code and side of the row.
        code: String,
        /// The cell, or empty: what is summed before its sign decides.
        cell: String,
        /// Whether the base is brought, else the tax.
        base: bool,
        /// Whether the cell is below zero, so that it comes here with its sign turned.
        below: bool,
        /// How many items.
        items: usize,
        /// What they bring.
        value: Decimal,
        /// The article of the row.
        law: String,
        /// How sure the row is.
        grade: Grade,
    },
    /// An answer.
    Answer {
        /// The question.
        id: String,
        /// The answer, or its default.
        value: Decimal,
        /// Whether it was given.
        given: bool,
    },
    /// A box of the return before.
    Previous {
        /// The box.
        id: String,
        /// Its figure.
        value: Decimal,
    },
    /// A balance.
    Balance {
        /// The account.
        account: String,
        /// Debit positive, in the form's unit.
        value: Decimal,
    },
}

/// Explains the box of that name.
pub fn explain(pack: &Pack, facts: &Facts, box_id: &str) -> Result<Explanation, TaxError> {
    admit(pack, facts)?;
    let unknown = || TaxError::UnknownBox { id: box_id.to_owned() };
    let place = *pack.box_names.get(box_id).ok_or_else(unknown)?;
    let sorted = sort(pack, facts);
    let evaluation = Evaluation::<Kept>::of(pack, facts, &sorted, &pack.needed([place]))?;
    let figure = evaluation.figures[place].as_ref().ok_or_else(unknown)?;
    let rule = &pack.boxes[place];
    let leaves: Vec<Leaf> = figure
        .kept
        .leaves
        .iter()
        .filter(|(_, amount)| !amount.is_zero())
        .map(|(key, amount)| leaf(pack, facts, key, *amount))
        .collect();
    let sum: Decimal = leaves.iter().map(|leaf| leaf.contribution).sum();
    let steps = figure.kept.steps.iter().filter(|(_, step)| step.from != step.to);
    let mut shown = vec![false; pack.boxes.len()];
    shown[place] = true;
    Ok(Explanation {
        id: rule.id.clone(),
        case: rule.case.clone(),
        label_fr: rule.label_fr.clone(),
        label_en: rule.label_en.clone(),
        value: figure.value.normalize(),
        unrounded: figure.exact.normalize(),
        fixed: (figure.exact - sum).normalize(),
        formula: rule.formula.clone(),
        law: rule.law.clone(),
        grade: figure.grade,
        steps: steps.map(|(key, step)| rounding_step(pack, *key, step)).collect(),
        parts: parts(&evaluation, &rule.expr, place, &mut shown)?,
        leaves,
    })
}

fn leaf(pack: &Pack, facts: &Facts, key: &LeafKey, contribution: Decimal) -> Leaf {
    let source = match key {
        LeafKey::Item(place) => {
            let item = &facts.items[*place];
            Source::Item { id: item.id, entry: item.entry, tax_code: item.tax_code.clone() }
        }
        LeafKey::Answer(place) => Source::Answer { id: pack.answers[*place].id.clone() },
        LeafKey::Previous(id) => Source::Previous { id: id.clone() },
        LeafKey::Balance(account) => Source::Balance { account: account.clone() },
    };
    Leaf { source, contribution: contribution.normalize() }
}

fn rounding_step(pack: &Pack, (of, inside): StepKey, step: &Step) -> RoundingStep {
    let rule = &pack.roundings[step.rule];
    RoundingStep {
        of: pack.boxes.get(of).map_or_else(String::new, |rule| rule.id.clone()),
        whole_box: inside.is_none(),
        from: step.from.normalize(),
        to: step.to.normalize(),
        rule: rule.name.clone(),
        law: rule.law.clone(),
        contribution: ((step.to - step.from) * step.factor).normalize(),
    }
}

/// What a formula names, in its order; a box is opened where it is met first.
fn parts(
    evaluation: &Evaluation<Kept>,
    expr: &Expr,
    of: usize,
    shown: &mut [bool],
) -> Result<Vec<Part>, TaxError> {
    let part = match expr {
        Expr::BoxValue(place) => box_part(evaluation, *place, shown)?,
        Expr::Rate(place) => {
            let rate = &evaluation.pack.rates[*place];
            Part::Rate {
                name: rate.name.clone(),
                value: evaluation.rate(*place)?,
                unit: rate.unit.clone(),
                from: rate.on(evaluation.facts.period.last).and_then(|(from, _)| from),
                law: rate.law.clone(),
                grade: rate.grade,
            }
        }
        Expr::Fed => return Ok(row_parts(evaluation, of)),
        Expr::Answer(place) => {
            let id = evaluation.pack.answers[*place].id.clone();
            let given = evaluation.facts.answers.contains_key(&id);
            Part::Answer { id, value: evaluation.answer(*place), given }
        }
        Expr::Previous(id, otherwise) => match evaluation.previous(id)? {
            Some(value) => Part::Previous { id: id.clone(), value },
            None => return parts(evaluation, otherwise, of, shown),
        },
        Expr::Balance(account) => {
            Part::Balance { account: account.clone(), value: evaluation.balance(account)? }
        }
        _ => {
            let mut found = Vec::new();
            for inner in expr.inner() {
                found.extend(parts(evaluation, inner, of, shown)?);
            }
            return Ok(found);
        }
    };
    Ok(vec![part])
}

fn box_part(
    evaluation: &Evaluation<Kept>,
    place: usize,
    shown: &mut [bool],
) -> Result<Part, TaxError> {
    let rule = &evaluation.pack.boxes[place];
    let unknown = || TaxError::UnknownBox { id: rule.id.clone() };
    let figure = evaluation.figures[place].as_ref().ok_or_else(unknown)?;
    let first = !std::mem::replace(&mut shown[place], true);
    let parts = if first { parts(evaluation, &rule.expr, place, shown)? } else { Vec::new() };
    Ok(Part::Box {
        id: rule.id.clone(),
        value: figure.value.normalize(),
        unrounded: figure.exact.normalize(),
        parts,
    })
}

fn row_parts(evaluation: &Evaluation<Kept>, of: usize) -> Vec<Part> {
    let (pack, sorted) = (evaluation.pack, evaluation.sorted);
    let part = |feed: &crate::sort::Feed| {
        let (row, portion) = (&pack.rows[feed.row], &sorted.portions[feed.row]);
        let items = portion.items.iter().map(|&place| feed.minor(&evaluation.facts.items[place]));
        let minor: i128 = items.sum();
        Part::Row {
            code: format!("{} {}", row.code, row.leg),
            cell: row.cell.map_or_else(String::new, |cell| pack.cells[cell].name.clone()),
            base: feed.base,
            below: feed.turned,
            items: portion.items.len(),
            value: Decimal::try_from_i128_with_scale(minor, pack.head.exponent)
                .unwrap_or_default()
                .normalize(),
            law: row.law.clone(),
            grade: row.grade,
        }
    };
    sorted.feeds[of].iter().map(part).collect()
}

#[cfg(test)]
mod tests;
