//! Cuts a formula into numbers, box names, words and signs.

use super::Comparison;
use crate::error::PackFault;
use std::fmt;
use std::str::FromStr;
use values::Decimal;

#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Token {
    /// As written (an account number keeps its zeros), and its value.
    Number(String, Decimal),
    BoxName(String),
    Word(String),
    Sign(char),
    Compare(Comparison),
    End,
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Token::Number(text, _) | Token::Word(text) => write!(f, "`{text}`"),
            Token::BoxName(name) => write!(f, "`[{name}]`"),
            Token::Sign(sign) => write!(f, "`{sign}`"),
            Token::Compare(_) => f.write_str("a comparison"),
            Token::End => f.write_str("the end"),
        }
    }
}

pub(super) fn tokens(formula: &str) -> Result<Vec<(usize, Token)>, PackFault> {
    let letters: Vec<char> = formula.chars().collect();
    let mut found = Vec::new();
    let mut place = 0;
    while let Some(&letter) = letters.get(place) {
        if letter.is_whitespace() {
            place += 1;
            continue;
        }
        let (token, length) = token(&letters[place..]).map_err(|found| PackFault::Formula {
            formula: formula.to_owned(),
            at: place + 1,
            found,
        })?;
        found.push((place + 1, token));
        place += length;
    }
    found.push((letters.len() + 1, Token::End));
    Ok(found)
}

/// The token that a text begins with, and how many characters it takes.
fn token(letters: &[char]) -> Result<(Token, usize), String> {
    let run = |belongs: fn(char) -> bool| -> String {
        letters.iter().copied().take_while(|&letter| belongs(letter)).collect()
    };
    let followed_by = |sign: char| letters.get(1) == Some(&sign);
    match letters[0] {
        '0'..='9' => {
            let text = run(|letter| letter.is_ascii_digit() || letter == '.');
            let value = Decimal::from_str(&text).map_err(|_| format!("`{text}` is no number"))?;
            let length = text.len();
            Ok((Token::Number(text, value), length))
        }
        '[' => {
            let name: String = letters[1..].iter().take_while(|&&letter| letter != ']').collect();
            let length = name.chars().count() + 2;
            if letters.len() < length || name.is_empty() {
                return Err("`[` was found, a name and `]` were expected".to_owned());
            }
            Ok((Token::BoxName(name), length))
        }
        letter if letter.is_ascii_alphabetic() => {
            let word = run(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.'));
            let length = word.len();
            Ok((Token::Word(word), length))
        }
        '<' if followed_by('=') => Ok((Token::Compare(Comparison::AtMost), 2)),
        '>' if followed_by('=') => Ok((Token::Compare(Comparison::AtLeast), 2)),
        '<' => Ok((Token::Compare(Comparison::Less), 1)),
        '>' => Ok((Token::Compare(Comparison::More), 1)),
        '=' => Ok((Token::Compare(Comparison::Equal), 1)),
        sign @ ('+' | '-' | '*' | '/' | '(' | ')' | ',') => Ok((Token::Sign(sign), 1)),
        other => Err(format!("`{other}` was found, which no formula has")),
    }
}
