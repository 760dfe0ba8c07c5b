//! Reads the formulas of a pack into a tree, refusing every name that the pack does not have.
//!
//! A figure of a return must be a sum of its leaves, each with a factor. So two figures may not be
//! multiplied, and a figure may be divided only by what is fixed: numbers, dated values and the
//! outcomes of comparisons. Start reading at [`parse`].

use crate::error::PackFault;
use std::collections::BTreeMap;
use values::Decimal;

mod tokens;

use tokens::{Token, tokens};

/// Names of one kind, and the place of each in the pack's list of that kind.
pub(crate) type Names = BTreeMap<String, usize>;

/// The names a formula may use, and where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'a> {
    pub boxes: &'a Names,
    pub rates: &'a Names,
    pub roundings: &'a Names,
    pub answers: &'a Names,
    /// `fed` is known in the formula of a box only.
    pub fed: bool,
    /// `rest` is known in the settlement only.
    pub rest: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Comparison {
    Less,
    AtMost,
    More,
    AtLeast,
    Equal,
}

/// A formula as a tree; numbers in it are places in the pack's lists.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Expr {
    Number(Decimal),
    BoxValue(usize),
    Fed,
    Rate(usize),
    Answer(usize),
    /// A box of the return before, by name, and what holds when there was none.
    Previous(String, Box<Expr>),
    Balance(String),
    Rest,
    Negative(Box<Expr>),
    Sum(Box<Expr>, Box<Expr>),
    /// A figure times something fixed.
    Times(Box<Expr>, Box<Expr>),
    /// A figure divided by something fixed.
    Over(Box<Expr>, Box<Expr>),
    Compare(Box<Expr>, Comparison, Box<Expr>),
    Least(Box<Expr>, Box<Expr>),
    Most(Box<Expr>, Box<Expr>),
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// A figure, the rounding rule, and the formula's character, which tells two of them apart.
    Round(Box<Expr>, usize, usize),
}

impl Expr {
    /// Whether no fact of the book is added into it: it has no leaves and may be a factor.
    pub fn is_fixed(&self) -> bool {
        match self {
            Expr::Number(_) | Expr::Rate(_) | Expr::Compare(..) => true,
            Expr::BoxValue(_)
            | Expr::Fed
            | Expr::Answer(_)
            | Expr::Previous(..)
            | Expr::Balance(_)
            | Expr::Rest => false,
            Expr::Negative(a) | Expr::Round(a, ..) => a.is_fixed(),
            Expr::Sum(a, b)
            | Expr::Times(a, b)
            | Expr::Over(a, b)
            | Expr::Least(a, b)
            | Expr::Most(a, b)
            | Expr::If(_, a, b) => a.is_fixed() && b.is_fixed(),
        }
    }

    /// The formulas directly within, in the order written.
    pub fn inner(&self) -> Vec<&Expr> {
        match self {
            Expr::Number(_)
            | Expr::BoxValue(_)
            | Expr::Fed
            | Expr::Rate(_)
            | Expr::Answer(_)
            | Expr::Balance(_)
            | Expr::Rest => Vec::new(),
            Expr::Previous(_, a) | Expr::Negative(a) | Expr::Round(a, ..) => vec![a],
            Expr::Sum(a, b)
            | Expr::Times(a, b)
            | Expr::Over(a, b)
            | Expr::Compare(a, _, b)
            | Expr::Least(a, b)
            | Expr::Most(a, b) => vec![a, b],
            Expr::If(test, a, b) => vec![test, a, b],
        }
    }

    /// Calls `visit` with every node of the tree, this one first.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Expr)) {
        visit(self);
        self.inner().into_iter().for_each(|inner| inner.walk(visit));
    }

    /// The boxes it names, in the order written.
    pub fn boxes(&self) -> Vec<usize> {
        let mut boxes = Vec::new();
        self.walk(&mut |node| {
            if let Expr::BoxValue(place) = node {
                boxes.push(*place);
            }
        });
        boxes
    }
}

/// Deepest nesting and most words and signs of a formula: far above any real one, far below what
/// a stack holds (a long sum is a deep tree on its left side).
const DEEPEST: usize = 40;
const LONGEST: usize = 400;

/// Reads a formula; `scope` says which names it may use.
pub(crate) fn parse(formula: &str, scope: Scope) -> Result<Expr, PackFault> {
    let tokens = tokens(formula)?;
    let mut reader = Reader { formula, tokens, next: 0, depth: 0, scope };
    if reader.tokens.len() > LONGEST {
        return Err(reader.fault("and the formula is too long"));
    }
    let expr = reader.comparison()?;
    match reader.peek() {
        Token::End => Ok(expr),
        _ => Err(reader.fault("the end of the formula was expected")),
    }
}

struct Reader<'a> {
    formula: &'a str,
    /// Each token with the character it begins at; the last one is [`Token::End`].
    tokens: Vec<(usize, Token)>,
    next: usize,
    depth: usize,
    scope: Scope<'a>,
}

impl Reader<'_> {
    fn peek(&self) -> &Token {
        &self.tokens[self.next.min(self.tokens.len() - 1)].1
    }

    fn at(&self) -> usize {
        self.tokens[self.next.min(self.tokens.len() - 1)].0
    }

    fn take(&mut self) -> Token {
        let token = self.peek().clone();
        self.next += 1;
        token
    }

    fn fault(&self, expected: &str) -> PackFault {
        let found = format!("{} was found, {expected}", self.peek());
        PackFault::Formula { formula: self.formula.to_owned(), at: self.at(), found }
    }

    fn sign(&mut self, sign: char) -> bool {
        let there = *self.peek() == Token::Sign(sign);
        self.next += usize::from(there);
        there
    }

    fn expect(&mut self, sign: char) -> Result<(), PackFault> {
        if self.sign(sign) { Ok(()) } else { Err(self.fault(&format!("`{sign}` was expected"))) }
    }

    fn comparison(&mut self) -> Result<Expr, PackFault> {
        if self.depth >= DEEPEST {
            return Err(self.fault("and the formula is nested too deeply"));
        }
        self.depth += 1;
        let left = self.sum()?;
        let compared = match self.peek() {
            Token::Compare(comparison) => Some(*comparison),
            _ => None,
        };
        let expr = match compared {
            Some(comparison) => {
                self.next += 1;
                Expr::Compare(Box::new(left), comparison, Box::new(self.sum()?))
            }
            None => left,
        };
        self.depth -= 1;
        Ok(expr)
    }

    fn sum(&mut self) -> Result<Expr, PackFault> {
        let mut left = self.product()?;
        loop {
            if self.sign('+') {
                left = Expr::Sum(Box::new(left), Box::new(self.product()?));
            } else if self.sign('-') {
                let right = Expr::Negative(Box::new(self.product()?));
                left = Expr::Sum(Box::new(left), Box::new(right));
            } else {
                return Ok(left);
            }
        }
    }

    fn product(&mut self) -> Result<Expr, PackFault> {
        let mut left = self.signed()?;
        loop {
            let at = self.at();
            if self.sign('*') {
                let right = self.signed()?;
                left = if right.is_fixed() {
                    Expr::Times(Box::new(left), Box::new(right))
                } else if left.is_fixed() {
                    Expr::Times(Box::new(right), Box::new(left))
                } else {
                    return Err(self.refused(at, "two figures are multiplied"));
                };
            } else if self.sign('/') {
                let right = self.signed()?;
                if !right.is_fixed() {
                    return Err(self.refused(at, "it is divided by a figure"));
                }
                left = Expr::Over(Box::new(left), Box::new(right));
            } else {
                return Ok(left);
            }
        }
    }

    fn refused(&self, at: usize, why: &str) -> PackFault {
        let found = format!("{why}, and such a figure is no sum of its leaves");
        PackFault::Formula { formula: self.formula.to_owned(), at, found }
    }

    fn signed(&mut self) -> Result<Expr, PackFault> {
        if self.sign('-') {
            return Ok(Expr::Negative(Box::new(self.primary()?)));
        }
        self.primary()
    }

    fn primary(&mut self) -> Result<Expr, PackFault> {
        match self.peek().clone() {
            Token::Number(_, number) => {
                self.next += 1;
                Ok(Expr::Number(number))
            }
            Token::BoxName(name) => {
                let place = self.known("box", self.scope.boxes, &name)?;
                self.next += 1;
                Ok(Expr::BoxValue(place))
            }
            Token::Sign('(') => {
                self.next += 1;
                let inner = self.comparison()?;
                self.expect(')')?;
                Ok(inner)
            }
            Token::Word(word) => self.word(&word),
            _ => Err(self.fault("a number, a [box], a name or `(` was expected")),
        }
    }

    fn word(&mut self, word: &str) -> Result<Expr, PackFault> {
        let place = self.at();
        match word {
            "fed" if self.scope.fed => {
                self.next += 1;
                return Ok(Expr::Fed);
            }
            "rest" if self.scope.rest => {
                self.next += 1;
                return Ok(Expr::Rest);
            }
            "min" | "max" | "if" | "round" | "answer" | "previous" | "balance" => {}
            _ => {
                let rate = self.known("rate", self.scope.rates, word)?;
                self.next += 1;
                return Ok(Expr::Rate(rate));
            }
        }
        self.next += 1;
        self.expect('(')?;
        let expr = match word {
            "min" | "max" => {
                let (left, right) = self.two()?;
                if word == "min" { Expr::Least(left, right) } else { Expr::Most(left, right) }
            }
            "if" => {
                let test = Box::new(self.comparison()?);
                self.expect(',')?;
                let (then, otherwise) = self.two()?;
                Expr::If(test, then, otherwise)
            }
            "round" => {
                let inner = Box::new(self.comparison()?);
                self.expect(',')?;
                let rule = self.name("rounding", self.scope.roundings)?;
                Expr::Round(inner, rule, place)
            }
            "answer" => Expr::Answer(self.name("answer", self.scope.answers)?),
            "previous" => {
                let Token::BoxName(name) = self.take() else {
                    self.next -= 1;
                    return Err(self.fault("a [box] was expected"));
                };
                self.known("box", self.scope.boxes, &name)?;
                self.expect(',')?;
                Expr::Previous(name, Box::new(self.comparison()?))
            }
            _ => match self.take() {
                Token::Number(text, _) if text.bytes().all(|b| b.is_ascii_digit()) => {
                    Expr::Balance(text)
                }
                _ => {
                    self.next -= 1;
                    return Err(self.fault("an account number was expected"));
                }
            },
        };
        self.expect(')')?;
        Ok(expr)
    }

    fn two(&mut self) -> Result<(Box<Expr>, Box<Expr>), PackFault> {
        let left = Box::new(self.comparison()?);
        self.expect(',')?;
        Ok((left, Box::new(self.comparison()?)))
    }

    fn name(&mut self, kind: &'static str, names: &Names) -> Result<usize, PackFault> {
        match self.peek().clone() {
            Token::Word(name) | Token::BoxName(name) => {
                let place = self.known(kind, names, &name)?;
                self.next += 1;
                Ok(place)
            }
            _ => Err(self.fault("a name was expected")),
        }
    }

    fn known(&self, kind: &'static str, names: &Names, name: &str) -> Result<usize, PackFault> {
        names
            .get(name)
            .copied()
            .ok_or_else(|| PackFault::UnknownName { kind, found: name.to_owned() })
    }
}

#[cfg(test)]
mod tests;
