//! Computes figures, and keeps what they are made of where that is wanted.
//!
//! Each figure has two values: `value`, through all roundings, and `exact`, without any. Formulas
//! are sums with fixed factors (see [`crate::formula`]), so `exact` is the sum of the leaves and
//! the fixed numbers, and `value` is `exact` plus what each rounding changed, to the last decimal.
//! There is one evaluation: it is generic over [`Keep`], and `()` keeps nothing.

use crate::error::TaxError;
use crate::facts::Facts;
use crate::formula::{Comparison, Expr};
use crate::grade::Grade;
use crate::pack::{Pack, RoundingRule};
use crate::sort::Sorted;
use std::collections::BTreeMap;
use values::{Decimal, minor_from_decimal};

/// A fact of the book that a figure is made of.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum LeafKey {
    /// The place of a tax item in the facts.
    Item(usize),
    /// The place of an answer in the pack.
    Answer(usize),
    Previous(String),
    Balance(String),
}

/// A rounding on the way to a figure: of a box, or at a character of the box's formula.
pub(crate) type StepKey = (usize, Option<usize>);

/// What a rounding did, and with what factor it reaches the figure.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub from: Decimal,
    pub to: Decimal,
    pub rule: usize,
    pub factor: Decimal,
}

/// Remembers the leaves and roundings of a figure, or does not. `None` where a number is too large.
pub(crate) trait Keep: Clone + Default {
    fn leaf(&mut self, key: impl FnOnce() -> LeafKey, amount: Decimal) -> Option<()>;
    fn step(&mut self, key: StepKey, step: Step);
    fn add(&mut self, other: &Self) -> Option<()>;
    fn scale(&mut self, by: impl Fn(Decimal) -> Option<Decimal>) -> Option<()>;
}

impl Keep for () {
    fn leaf(&mut self, _: impl FnOnce() -> LeafKey, _: Decimal) -> Option<()> {
        Some(())
    }
    fn step(&mut self, _: StepKey, _: Step) {}
    fn add(&mut self, _: &()) -> Option<()> {
        Some(())
    }
    fn scale(&mut self, _: impl Fn(Decimal) -> Option<Decimal>) -> Option<()> {
        Some(())
    }
}

/// The leaves of a figure with what each adds to it, and the roundings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kept {
    pub leaves: BTreeMap<LeafKey, Decimal>,
    pub steps: BTreeMap<StepKey, Step>,
}

impl Keep for Kept {
    fn leaf(&mut self, key: impl FnOnce() -> LeafKey, amount: Decimal) -> Option<()> {
        let sum = self.leaves.entry(key()).or_default();
        *sum = sum.checked_add(amount)?;
        Some(())
    }

    fn step(&mut self, key: StepKey, step: Step) {
        self.steps.insert(key, step);
    }

    fn add(&mut self, other: &Kept) -> Option<()> {
        for (key, amount) in &other.leaves {
            self.leaf(|| key.clone(), *amount)?;
        }
        for (key, step) in &other.steps {
            match self.steps.get_mut(key) {
                Some(known) => known.factor = known.factor.checked_add(step.factor)?,
                None => self.step(*key, step.clone()),
            }
        }
        Some(())
    }

    fn scale(&mut self, by: impl Fn(Decimal) -> Option<Decimal>) -> Option<()> {
        for amount in self.leaves.values_mut() {
            *amount = by(*amount)?;
        }
        for step in self.steps.values_mut() {
            step.factor = by(step.factor)?;
        }
        Some(())
    }
}

/// A figure in the form's unit.
#[derive(Clone, Debug)]
pub(crate) struct Figure<K> {
    /// Through all roundings.
    pub value: Decimal,
    /// Without any.
    pub exact: Decimal,
    /// What the last rounding of it changed; 0 where none did.
    pub change: Decimal,
    /// The lowest grade of all that it rests on.
    pub grade: Grade,
    pub kept: K,
}

impl<K: Keep> Figure<K> {
    fn fixed(value: Decimal, grade: Grade) -> Figure<K> {
        Figure { value, exact: value, change: Decimal::ZERO, grade, kept: K::default() }
    }

    fn leaf(key: LeafKey, amount: Decimal) -> Option<Figure<K>> {
        let mut figure = Figure::<K>::fixed(amount, Grade::High);
        figure.kept.leaf(|| key, amount)?;
        Some(figure)
    }

    fn scaled(
        mut self,
        by: &Figure<K>,
        how: fn(Decimal, Decimal) -> Option<Decimal>,
    ) -> Option<Figure<K>> {
        let factor = by.value;
        self.value = how(self.value, factor)?;
        self.exact = how(self.exact, factor)?;
        self.grade = self.grade.min(by.grade);
        self.kept.scale(|amount| how(amount, factor))?;
        Some(self)
    }

    fn plus(mut self, other: &Figure<K>) -> Option<Figure<K>> {
        self.value = self.value.checked_add(other.value)?;
        self.exact = self.exact.checked_add(other.exact)?;
        self.grade = self.grade.min(other.grade);
        self.kept.add(&other.kept)?;
        Some(self)
    }

    fn at_most(mut self, grade: Grade) -> Figure<K> {
        self.grade = self.grade.min(grade);
        self
    }

    /// Whether it says something: a box without anything in it lowers no other box's grade.
    fn speaks(&self) -> bool {
        !self.value.is_zero() || !self.exact.is_zero()
    }
}

/// Rounds to a rule's step.
pub(crate) fn rounded(value: Decimal, rule: &RoundingRule) -> Option<Decimal> {
    let steps = value.checked_div(rule.step)?;
    let whole = minor_from_decimal(steps, 0, rule.mode).ok()?;
    rule.step.checked_mul(Decimal::from(whole)).map(|value| value.normalize())
}

/// The figures of a return: each is computed once, after those it needs.
pub(crate) struct Evaluation<'a, K> {
    pub pack: &'a Pack,
    pub facts: &'a Facts,
    pub sorted: &'a Sorted,
    /// By the boxes' places; none where it was not wanted.
    pub figures: Vec<Option<Figure<K>>>,
    /// What `rest` is, in the settlement.
    pub rest: Decimal,
}

impl<'a, K: Keep> Evaluation<'a, K> {
    /// Computes the boxes of the mask, which must hold all that they need.
    pub fn of(
        pack: &'a Pack,
        facts: &'a Facts,
        sorted: &'a Sorted,
        mask: &[bool],
    ) -> Result<Evaluation<'a, K>, TaxError> {
        let figures = vec![None; pack.boxes.len()];
        let mut evaluation = Evaluation { pack, facts, sorted, figures, rest: Decimal::ZERO };
        for &place in pack.order.iter().filter(|&&place| mask[place]) {
            evaluation.figures[place] = Some(evaluation.compute_box(place)?);
        }
        Ok(evaluation)
    }

    fn compute_box(&self, place: usize) -> Result<Figure<K>, TaxError> {
        let rule = &self.pack.boxes[place];
        let mut figure = self.compute(&rule.expr, Some(place), &rule.id)?.at_most(rule.grade);
        figure.change = Decimal::ZERO;
        if let Some(rounding) = rule.rounding {
            let not_exact = || TaxError::NotExact { id: rule.id.clone() };
            figure = self.round(figure, rounding, (place, None)).ok_or_else(not_exact)?;
        }
        Ok(figure)
    }

    fn round(&self, mut figure: Figure<K>, rule: usize, key: StepKey) -> Option<Figure<K>> {
        let from = figure.value;
        let to = rounded(from, &self.pack.roundings[rule])?;
        figure.value = to;
        figure.change = to.checked_sub(from)?;
        figure.kept.step(key, Step { from, to, rule, factor: Decimal::ONE });
        Some(figure.at_most(self.pack.roundings[rule].grade))
    }

    /// Computes a formula. `of` is the box it belongs to; `id` names it in errors.
    pub fn compute(&self, expr: &Expr, of: Option<usize>, id: &str) -> Result<Figure<K>, TaxError> {
        let not_exact = || TaxError::NotExact { id: id.to_owned() };
        let figure = |expr: &Expr| self.compute(expr, of, id);
        match expr {
            Expr::Number(number) => Ok(Figure::fixed(*number, Grade::High)),
            Expr::Rest => Ok(Figure::fixed(self.rest, Grade::High)),
            Expr::Rate(place) => {
                let rate = &self.pack.rates[*place];
                Ok(Figure::fixed(self.rate(*place)?, rate.grade))
            }
            Expr::BoxValue(place) => {
                let mut figure = self.figures[*place].clone().ok_or_else(not_exact)?;
                if !figure.speaks() {
                    figure.grade = Grade::High;
                }
                Ok(figure)
            }
            Expr::Fed => self.fed(of).ok_or_else(not_exact),
            Expr::Answer(place) => {
                Figure::leaf(LeafKey::Answer(*place), self.answer(*place)).ok_or_else(not_exact)
            }
            Expr::Previous(name, otherwise) => match self.previous(name)? {
                Some(value) => {
                    Figure::leaf(LeafKey::Previous(name.clone()), value).ok_or_else(not_exact)
                }
                None => figure(otherwise),
            },
            Expr::Balance(account) => {
                let balance = self.balance(account)?;
                Figure::leaf(LeafKey::Balance(account.clone()), balance).ok_or_else(not_exact)
            }
            Expr::Negative(inner) => {
                let minus = Figure::fixed(Decimal::NEGATIVE_ONE, Grade::High);
                figure(inner)?.scaled(&minus, Decimal::checked_mul).ok_or_else(not_exact)
            }
            Expr::Sum(left, right) => figure(left)?.plus(&figure(right)?).ok_or_else(not_exact),
            Expr::Times(left, by) => {
                figure(left)?.scaled(&figure(by)?, Decimal::checked_mul).ok_or_else(not_exact)
            }
            Expr::Over(left, by) => {
                figure(left)?.scaled(&figure(by)?, Decimal::checked_div).ok_or_else(not_exact)
            }
            Expr::Compare(left, comparison, right) => {
                Ok(compared(&figure(left)?, *comparison, &figure(right)?))
            }
            Expr::Least(left, right) => Ok(chosen(figure(left)?, figure(right)?, Decimal::le)),
            Expr::Most(left, right) => Ok(chosen(figure(left)?, figure(right)?, Decimal::ge)),
            Expr::If(test, then, otherwise) => {
                let test = figure(test)?;
                let branch = if test.value.is_zero() { otherwise } else { then };
                Ok(figure(branch)?.at_most(test.grade))
            }
            Expr::Round(inner, rule, place) => {
                let mut rounded = figure(inner)?;
                let key = (of.unwrap_or(usize::MAX), Some(*place));
                rounded = self.round(rounded, *rule, key).ok_or_else(not_exact)?;
                // What is fixed has no leaves: its rounding belongs to the number.
                if inner.is_fixed() {
                    return Ok(Figure::fixed(rounded.value, rounded.grade));
                }
                Ok(rounded)
            }
        }
    }

    /// What codes.csv brings to the box.
    fn fed(&self, of: Option<usize>) -> Option<Figure<K>> {
        let mut figure = Figure::<K>::fixed(Decimal::ZERO, Grade::High);
        let mut sum_minor = 0i128;
        let exponent = self.pack.head.exponent;
        for feed in &self.sorted.feeds[of?] {
            for &place in &self.sorted.portions[feed.row].items {
                let minor = feed.minor(&self.facts.items[place]);
                if minor == 0 {
                    continue;
                }
                sum_minor += minor;
                figure.grade = figure.grade.min(self.pack.rows[feed.row].grade);
                let amount = Decimal::try_from_i128_with_scale(minor, exponent).ok()?;
                figure.kept.leaf(|| LeafKey::Item(place), amount)?;
            }
        }
        figure.value = Decimal::try_from_i128_with_scale(sum_minor, exponent).ok()?;
        figure.exact = figure.value;
        Some(figure)
    }

    /// The value of a rate on the period's last day.
    pub fn rate(&self, place: usize) -> Result<Decimal, TaxError> {
        let (rate, day) = (&self.pack.rates[place], self.facts.period.last);
        let found = rate.on(day).map(|(_, value)| value);
        found.ok_or_else(|| TaxError::RateWithoutValue { rate: rate.name.clone(), day })
    }

    /// What was answered, or the default.
    pub fn answer(&self, place: usize) -> Decimal {
        let rule = &self.pack.answers[place];
        self.facts.answers.get(&rule.id).copied().unwrap_or(rule.default)
    }

    /// A box of the return before; none when there was no return.
    pub fn previous(&self, name: &str) -> Result<Option<Decimal>, TaxError> {
        let Some(previous) = &self.facts.previous else { return Ok(None) };
        let lacks = || TaxError::PreviousLacks { id: name.to_owned() };
        previous.get(name).copied().map(Some).ok_or_else(lacks)
    }

    /// The balance of an account, in the form's unit, debit positive.
    pub fn balance(&self, account: &str) -> Result<Decimal, TaxError> {
        let lacks = || TaxError::BalanceLacks { account: account.to_owned() };
        let minor = self.facts.balances.get(account).ok_or_else(lacks)?;
        Ok(Decimal::new(*minor, self.pack.head.exponent))
    }
}

/// 1 if the comparison holds, else 0.
fn compared<K: Keep>(left: &Figure<K>, by: Comparison, right: &Figure<K>) -> Figure<K> {
    let holds = match by {
        Comparison::Less => left.value < right.value,
        Comparison::AtMost => left.value <= right.value,
        Comparison::More => left.value > right.value,
        Comparison::AtLeast => left.value >= right.value,
        Comparison::Equal => left.value == right.value,
    };
    Figure::fixed(Decimal::from(u8::from(holds)), left.grade.min(right.grade))
}

/// The left figure if its value stands so to the right one's, else the right one. The one not
/// chosen had its say, so its grade counts.
fn chosen<K: Keep>(
    left: Figure<K>,
    right: Figure<K>,
    left_wins: fn(&Decimal, &Decimal) -> bool,
) -> Figure<K> {
    let grade = left.grade.min(right.grade);
    let chosen = if left_wins(&left.value, &right.value) { left } else { right };
    chosen.at_most(grade)
}

#[cfg(test)]
mod tests;
