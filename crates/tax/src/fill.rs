//! Fills the boxes of a return, checks them, and says what is still open.

use crate::error::TaxError;
use crate::facts::Facts;
use crate::figure::Evaluation;
use crate::formula::Expr;
use crate::grade::Grade;
use crate::pack::{AnswerKind, Pack, Sign};
use crate::settle::{self, SettlementLine};
use crate::sort::{LeftOut, sort};
use values::{Decimal, MAX_MINOR, Period};

/// A return as the facts make it. It may always be shown; it may be made only when
/// [`Return::can_be_made`] says so.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Return {
    /// The pack's name (`fr-ca3`).
    pub pack: String,
    /// The pack's edition.
    pub version: String,
    /// The days it is for.
    pub period: Period,
    /// Every box of the form, in the order of the page.
    pub boxes: Vec<BoxValue>,
    /// What must hold, and whether it does.
    pub checks: Vec<Check>,
    /// Items without a place on the form.
    pub left_out: Vec<LeftOut>,
    /// What the person may answer.
    pub questions: Vec<Question>,
    /// The entry that clears the VAT accounts, dated the period's last day; its lines sum to zero.
    /// Empty when there is nothing to clear, or when the check `settlement_rest` failed.
    pub settlement: Vec<SettlementLine>,
    /// The tax items it takes, by their numbers in the book.
    pub takes: Vec<i64>,
}

/// A box with its figure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BoxValue {
    /// Its name (`08.base`).
    pub id: String,
    /// The form's code for the line; empty if it has none.
    pub case: String,
    /// Its part of the page.
    pub section: String,
    /// The form's words.
    pub label_fr: String,
    /// The same in English.
    pub label_en: String,
    /// The figure in the form's unit, as it is declared.
    pub value: Decimal,
    /// The figure without any rounding.
    pub unrounded: Decimal,
    /// The lowest grade of the box and of all rows, rates and filled boxes it rests on.
    pub grade: Grade,
    /// The article.
    pub law: String,
    /// The formula as written.
    pub formula: String,
    /// What it does to the tax payable.
    pub sign: Sign,
}

/// Something that must hold for the return.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Check {
    /// The key of its sentence, under `[check]`.
    pub id: String,
    /// The boxes it looks at.
    pub boxes: Vec<String>,
    /// Whether it holds.
    pub passed: bool,
    /// Whether the return cannot be made while it does not.
    pub blocking: bool,
    /// What the sentence may name.
    pub args: Vec<(&'static str, String)>,
    /// The article it rests on; empty for arithmetic.
    pub law: String,
}

/// Something that the books do not say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Question {
    /// Its name in the answers, often a box; also the key of its sentence, under `[question]`.
    pub id: String,
    /// What an answer may be.
    pub kind: AnswerKind,
    /// What holds without an answer.
    pub default: Decimal,
    /// The answer given.
    pub given: Option<Decimal>,
    /// Whether the law leaves it open now; else it may be filled in, and most never do.
    pub asked: bool,
    /// What its sentence may name.
    pub args: Vec<(&'static str, String)>,
    /// The article.
    pub law: String,
    /// How sure its rule is.
    pub grade: Grade,
}

impl BoxValue {
    /// The form's line: `08` for `08.base` and `08.tax`.
    pub fn line(&self) -> &str {
        self.id.split_once('.').map_or(&self.id, |(line, _)| line)
    }

    /// The column on that line: `base` or `tax`; empty where the line has one figure.
    pub fn column(&self) -> &str {
        self.id.split_once('.').map_or("", |(_, column)| column)
    }
}

impl Return {
    /// Whether every item has a place and every blocking check holds.
    pub fn can_be_made(&self) -> bool {
        self.left_out.is_empty() && self.checks.iter().all(|check| check.passed || !check.blocking)
    }

    /// Whether no box has a figure: the form's nil return (case 0010 of the French one).
    pub fn is_nil(&self) -> bool {
        self.boxes.iter().all(|found| found.value.is_zero())
    }

    /// The box of that name.
    pub fn value(&self, id: &str) -> Option<&BoxValue> {
        self.boxes.iter().find(|found| found.id == id)
    }
}

/// Fills the form: a pure function of the pack and the facts.
pub fn fill(pack: &Pack, facts: &Facts) -> Result<Return, TaxError> {
    admit(pack, facts)?;
    let sorted = sort(pack, facts);
    let every = vec![true; pack.boxes.len()];
    let mut evaluation = Evaluation::<()>::of(pack, facts, &sorted, &every)?;
    let boxes = boxes(&evaluation);
    let mut checks = own_checks(&evaluation)?;
    checks.extend(checks_of_any_form(pack, &boxes));
    let questions = questions(&evaluation)?;
    let (settlement, settled) = settle::settle(&mut evaluation)?;
    checks.extend(settled);
    let takes = sorted.taken().into_iter().map(|place| facts.items[place].id).collect();
    Ok(Return {
        pack: pack.head.id.clone(),
        version: pack.head.version.clone(),
        period: facts.period,
        boxes,
        checks,
        left_out: sorted.left_out,
        questions,
        settlement,
        takes,
    })
}

/// Refuses facts that no return can be computed from.
pub(crate) fn admit(pack: &Pack, facts: &Facts) -> Result<(), TaxError> {
    let (head, period) = (&pack.head, facts.period);
    if period.first < head.valid_from || head.valid_to.is_some_and(|last| last < period.last) {
        return Err(TaxError::PeriodOutside {
            period,
            from: head.valid_from,
            to: head.valid_to.map_or("…".to_owned(), |day| day.to_string()),
        });
    }
    let months = |length: &str| match length {
        "month" => 1,
        "quarter" => 3,
        _ => 12,
    };
    let fits = |length: &String| {
        let count = months(length);
        let first = period.first;
        first.day_of_month() == 1
            && (first.month() - 1).is_multiple_of(count)
            && first.plus_months(count).plus_days(-1) == period.last
    };
    if !head.periods.iter().any(fits) {
        return Err(TaxError::PeriodShape { period, allowed: head.periods.join(", ") });
    }
    for item in &facts.items {
        if item.chargeable_on > period.last {
            return Err(TaxError::ItemAfterPeriod { item: item.id, day: item.chargeable_on });
        }
        let amounts = [item.base_minor, item.tax_minor, item.deductible_minor];
        if amounts.iter().any(|minor| minor.unsigned_abs() > MAX_MINOR.unsigned_abs()) {
            return Err(TaxError::NotExact { id: item.id.to_string() });
        }
    }
    facts.answers.iter().try_for_each(|(id, given)| admit_answer(pack, id, *given))
}

fn admit_answer(pack: &Pack, id: &str, given: Decimal) -> Result<(), TaxError> {
    let Some(place) = pack.answer_names.get(id) else {
        let id = id.to_owned();
        return Err(if pack.box_names.contains_key(&id) {
            TaxError::AnswerNotAsked { id }
        } else {
            TaxError::AnswerUnknown { id }
        });
    };
    let (fits, expected) = match pack.answers[*place].kind {
        AnswerKind::Whole => (given.fract().is_zero() && given >= Decimal::ZERO, "whole"),
        AnswerKind::YesNo => (given.is_zero() || given == Decimal::ONE, "yes_no"),
    };
    if fits && given <= Decimal::from(MAX_MINOR) {
        return Ok(());
    }
    Err(TaxError::AnswerValue { id: id.to_owned(), found: given.to_string(), expected })
}

fn boxes(evaluation: &Evaluation<()>) -> Vec<BoxValue> {
    let rules = evaluation.pack.boxes.iter().zip(&evaluation.figures);
    rules
        .filter_map(|(rule, figure)| {
            let figure = figure.as_ref()?;
            Some(BoxValue {
                id: rule.id.clone(),
                case: rule.case.clone(),
                section: rule.section.clone(),
                label_fr: rule.label_fr.clone(),
                label_en: rule.label_en.clone(),
                value: figure.value.normalize(),
                unrounded: figure.exact.normalize(),
                grade: figure.grade,
                law: rule.law.clone(),
                formula: rule.formula.clone(),
                sign: rule.sign,
            })
        })
        .collect()
}

/// The checks that the pack names.
fn own_checks(evaluation: &Evaluation<()>) -> Result<Vec<Check>, TaxError> {
    let check = |rule: &crate::pack::CheckRule| {
        let outcome = evaluation.compute(&rule.expr, None, &rule.id)?;
        Ok(Check {
            id: rule.id.clone(),
            boxes: rule.boxes.clone(),
            passed: !outcome.value.is_zero(),
            blocking: rule.blocking,
            args: vec![
                ("boxes", rule.boxes.join(", ")),
                ("formula", rule.formula.clone()),
                ("values", values_named(evaluation, &rule.expr)?),
                ("grade", rule.grade.to_string()),
            ],
            law: rule.law.clone(),
        })
    };
    evaluation.pack.checks.iter().map(check).collect()
}

/// What holds for every form: no box below zero, the signed boxes make the tax due or the credit.
/// A figure that rests on something unsure warns.
fn checks_of_any_form(pack: &Pack, boxes: &[BoxValue]) -> Vec<Check> {
    let mut checks = Vec::new();
    let mut failed = |id: &str, found: &BoxValue, blocking: bool| {
        checks.push(Check {
            id: id.to_owned(),
            boxes: vec![found.id.clone()],
            passed: false,
            blocking,
            args: vec![("box", found.id.clone()), ("value", found.value.to_string())],
            law: String::new(),
        });
    };
    for found in boxes {
        if found.value < Decimal::ZERO && found.sign != Sign::Any {
            failed("negative_box", found, true);
        }
        if found.grade == Grade::Low && !found.value.is_zero() {
            failed("low_grade", found, false);
        }
    }
    if let Some((due, credit)) = pack.head.proof {
        let signed: Decimal = boxes
            .iter()
            .map(|found| match found.sign {
                Sign::Plus => found.value,
                Sign::Minus => -found.value,
                Sign::Neither | Sign::Any => Decimal::ZERO,
            })
            .sum();
        let stated = boxes[due].value - boxes[credit].value;
        checks.push(Check {
            id: "sign_proof".to_owned(),
            boxes: vec![boxes[due].id.clone(), boxes[credit].id.clone()],
            passed: signed == stated,
            blocking: true,
            args: vec![("signed", signed.to_string()), ("stated", stated.to_string())],
            law: String::new(),
        });
    }
    checks
}

/// The dated values that a formula names, in its order: `150, 760`.
fn values_named(evaluation: &Evaluation<()>, expr: &Expr) -> Result<String, TaxError> {
    let mut places = Vec::new();
    expr.walk(&mut |node| {
        if let Expr::Rate(place) = node {
            places.push(*place);
        }
    });
    let value = |place| evaluation.rate(place).map(|value| value.normalize().to_string());
    let values: Vec<String> = places.into_iter().map(value).collect::<Result<_, _>>()?;
    Ok(values.join(", "))
}

fn questions(evaluation: &Evaluation<()>) -> Result<Vec<Question>, TaxError> {
    let question = |rule: &crate::pack::AnswerRule| {
        let (asked, values) = match &rule.ask {
            Some(ask) => {
                let asked = !evaluation.compute(ask, None, &rule.id)?.value.is_zero();
                (asked, values_named(evaluation, ask)?)
            }
            None => (false, String::new()),
        };
        Ok(Question {
            id: rule.id.clone(),
            kind: rule.kind,
            default: rule.default,
            given: evaluation.facts.answers.get(&rule.id).copied(),
            asked,
            args: vec![("values", values)],
            law: rule.law.clone(),
            grade: rule.grade,
        })
    };
    evaluation.pack.answers.iter().map(question).collect()
}

#[cfg(test)]
mod tests;
