//! The settlement entry: clears what the taken items wrote on the VAT accounts, and writes what
//! the form says instead. What rounding leaves over is booked, up to a bound that is computed.

use crate::error::TaxError;
use crate::facts::VatRole;
use crate::figure::Evaluation;
use crate::fill::Check;
use crate::formula::Expr;
use crate::grade::Grade;
use crate::pack::{SettlementRow, Sign, Slot};
use std::collections::BTreeMap;
use values::{Decimal, Rounding, minor_from_decimal};

/// A line of the settlement entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SettlementLine {
    /// The account.
    pub account: String,
    /// Minor units of the book's currency, debit positive.
    pub amount_minor: i64,
    /// Why it stands there.
    pub why: SettlementWhy,
}

/// Why a line stands in the settlement entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SettlementWhy {
    /// The role whose accounts are cleared, or none where a figure is written.
    pub clears: Option<VatRole>,
    /// The formula of the figure; `items` where an account is cleared.
    pub formula: String,
    /// In French.
    pub label_fr: String,
    /// In English.
    pub label_en: String,
    /// The lowest grade of the row and of the figures it reads.
    pub grade: Grade,
}

/// The lines, the check that the rest is no more than rounding explains, and the one that the
/// books' tax is what the form computes from the base.
pub(crate) fn settle(
    evaluation: &mut Evaluation<()>,
) -> Result<(Vec<SettlementLine>, [Check; 2]), TaxError> {
    let pack = evaluation.pack;
    let mut lines = Vec::new();
    let mut sum_minor = 0i128;
    // The rest that rows book, at its largest: what has to be explained.
    let mut rest_minor = 0i128;
    for row in &pack.settlement {
        match row {
            SettlementRow::Clear { role, label_fr, label_en, grade } => {
                for (account, amount) in cleared(evaluation, *role) {
                    sum_minor += amount;
                    let why = SettlementWhy {
                        clears: Some(*role),
                        formula: "items".to_owned(),
                        label_fr: label_fr.clone(),
                        label_en: label_en.clone(),
                        grade: *grade,
                    };
                    lines.push(line(account, amount, why)?);
                }
            }
            SettlementRow::Write { account, debit, formula, expr, label_fr, label_en, grade } => {
                let not_exact = || TaxError::NotExact { id: account.clone() };
                evaluation.rest = Decimal::try_from_i128_with_scale(-sum_minor, pack.head.exponent)
                    .map_err(|_| not_exact())?;
                let figure = evaluation.compute(expr, None, account)?;
                let minor = minor_from_decimal(figure.value, pack.head.exponent, Rounding::Exact)
                    .map_err(|_| not_exact())?;
                if minor == 0 {
                    continue;
                }
                let amount = i128::from(if *debit { minor } else { -minor });
                if reads_rest(expr) {
                    rest_minor += amount;
                }
                sum_minor += amount;
                let why = SettlementWhy {
                    clears: None,
                    formula: formula.clone(),
                    label_fr: label_fr.clone(),
                    label_en: label_en.clone(),
                    grade: figure.grade.min(*grade),
                };
                lines.push(line(account.clone(), amount, why)?);
            }
        }
    }
    let gaps = gaps(evaluation);
    let bound = gaps.as_ref().and_then(|gaps| bound(evaluation, gaps));
    let explained = check_rest(evaluation, rest_minor, sum_minor, bound);
    if !explained.passed {
        lines.clear();
    }
    Ok((lines, [explained, check_gaps(evaluation, &gaps.unwrap_or_default())]))
}

fn reads_rest(expr: &Expr) -> bool {
    let mut found = false;
    expr.walk(&mut |node| found |= *node == Expr::Rest);
    found
}

fn line(account: String, amount: i128, why: SettlementWhy) -> Result<SettlementLine, TaxError> {
    let too_large = |_| TaxError::NotExact { id: account.clone() };
    let amount_minor = i64::try_from(amount).map_err(too_large)?;
    Ok(SettlementLine { account, amount_minor, why })
}

/// For each account of the role: what the taken items wrote there, turned.
fn cleared(evaluation: &Evaluation<()>, role: VatRole) -> Vec<(String, i128)> {
    let mut written: BTreeMap<&str, i128> = BTreeMap::new();
    for place in evaluation.sorted.taken() {
        let item = &evaluation.facts.items[place];
        let Some(account) = item.account.as_deref() else { continue };
        if evaluation.facts.roles.get(account) == Some(&role) {
            *written.entry(account).or_default() += i128::from(item.line_minor());
        }
    }
    let open = written.into_iter().filter(|(_, minor)| *minor != 0);
    open.map(|(account, minor)| (account.to_owned(), -minor)).collect()
}

/// What the books' tax of a row has more than base times rate, in the form's unit.
struct Gap {
    row: usize,
    amount: Decimal,
}

/// The gaps of the rows whose tax the form computes from the base. None where a number is too
/// large.
fn gaps(evaluation: &Evaluation<()>) -> Option<Vec<Gap>> {
    let (pack, exponent) = (evaluation.pack, evaluation.pack.head.exponent);
    let mut gaps = Vec::new();
    for (place, portion) in evaluation.sorted.portions.iter().enumerate() {
        let row = &pack.rows[place];
        let (base, tax) =
            if portion.below { (&row.base_below, &row.tax_below) } else { (&row.base, &row.tax) };
        let based = matches!(base, Slot::Boxes(boxes) if !boxes.is_empty());
        let taxed = matches!(tax, Slot::Boxes(boxes)
            if boxes.iter().any(|&place| pack.boxes[place].sign != Sign::Neither));
        if !based || taxed || portion.items.is_empty() {
            continue;
        }
        let mut amount = Decimal::try_from_i128_with_scale(portion.tax, exponent).ok()?;
        for &item in &portion.items {
            let item = &evaluation.facts.items[item];
            let base = Decimal::new(item.base_minor, exponent);
            let tax = base.checked_mul(item.rate)?.checked_div(Decimal::ONE_HUNDRED)?;
            amount = amount.checked_sub(tax)?;
        }
        gaps.push(Gap { row: place, amount });
    }
    Some(gaps)
}

/// The largest rest that is explained, in the form's unit: half a step of each box that rounding
/// changed on the way to the payment, and the gaps. None where a number is too large.
fn bound(evaluation: &Evaluation<()>, gaps: &[Gap]) -> Option<Decimal> {
    let pack = evaluation.pack;
    let reached = pack.settlement.iter().flat_map(|row| match row {
        SettlementRow::Write { expr, .. } => expr.boxes(),
        SettlementRow::Clear { .. } => Vec::new(),
    });
    let mask = pack.needed(reached);
    let mut bound = Decimal::ZERO;
    for (place, rule) in pack.boxes.iter().enumerate().filter(|(place, _)| mask[*place]) {
        let Some(rounding) = rule.rounding else { continue };
        let figure = evaluation.figures[place].as_ref()?;
        if !figure.change.is_zero() {
            let step = pack.roundings[rounding].step;
            let most = match pack.roundings[rounding].mode {
                Rounding::HalfUp => step.checked_div(Decimal::TWO)?,
                _ => step,
            };
            bound = bound.checked_add(most)?;
        }
    }
    gaps.iter().try_fold(bound, |bound, gap| bound.checked_add(gap.amount.abs()))
}

/// Warns where the books' tax is further from base times rate than a minor unit for each item:
/// the form does not declare that difference, and the settlement takes it as a gain or a loss.
fn check_gaps(evaluation: &Evaluation<()>, gaps: &[Gap]) -> Check {
    let (pack, exponent) = (evaluation.pack, evaluation.pack.head.exponent);
    let wide = |gap: &&Gap| {
        let items = evaluation.sorted.portions[gap.row].items.len();
        i64::try_from(items).is_ok_and(|items| gap.amount.abs() > Decimal::new(items, exponent))
    };
    let named: Vec<String> = gaps
        .iter()
        .filter(wide)
        .map(|gap| format!("{} {}", pack.rows[gap.row].code, gap.amount.normalize()))
        .collect();
    Check {
        id: "tax_off_rate".to_owned(),
        boxes: Vec::new(),
        passed: named.is_empty(),
        blocking: false,
        args: vec![("gaps", named.join(", "))],
        law: String::new(),
    }
}

fn check_rest(
    evaluation: &Evaluation<()>,
    rest_minor: i128,
    sum_minor: i128,
    bound: Option<Decimal>,
) -> Check {
    let exponent = evaluation.pack.head.exponent;
    let decimal = |minor| Decimal::try_from_i128_with_scale(minor, exponent).ok();
    let (rest, missing) = (decimal(rest_minor), decimal(sum_minor));
    let within = match (rest, bound) {
        (Some(rest), Some(bound)) => rest.abs() <= bound,
        _ => false,
    };
    let text = |number: Option<Decimal>| {
        number.map_or("…".to_owned(), |number| number.normalize().to_string())
    };
    Check {
        id: "settlement_rest".to_owned(),
        boxes: Vec::new(),
        passed: within && missing.is_some_and(|missing| missing.is_zero()),
        blocking: true,
        args: vec![("rest", text(rest)), ("bound", text(bound)), ("missing", text(missing))],
        law: String::new(),
    }
}

#[cfg(test)]
mod tests;
