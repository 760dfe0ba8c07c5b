//! Moves between own accounts: two lines of the inbox that are the halves of one.

use crate::desk::Read;
use crate::why::Fact;
use crate::words::{fold, holds};
use book::BankAccountId;
use book::read::{BankAccount, BankLine};
use std::collections::HashMap;

/// The halves of one move lie at most so many days apart.
const DAYS: i64 = 5;

/// A line taken for half of a move between own accounts.
pub(crate) struct Half {
    /// Place of the line.
    pub(crate) line: usize,
    /// Place of the other half, where it waits too.
    pub(crate) other: Option<usize>,
    /// The other own account.
    pub(crate) account: BankAccountId,
    /// Whether both halves are there and words or IBAN say so.
    pub(crate) sure: bool,
    pub(crate) facts: Vec<Fact>,
}

/// What a line says about own accounts.
#[derive(Default)]
struct Signs {
    says_transfer: bool,
    iban_of: Option<BankAccountId>,
    names: Vec<BankAccountId>,
}

impl Signs {
    fn any(&self) -> bool {
        self.says_transfer || self.iban_of.is_some() || !self.names.is_empty()
    }

    fn means(&self, account: BankAccountId) -> (bool, bool) {
        (
            self.says_transfer || self.iban_of == Some(account),
            self.iban_of.is_none_or(|of| of == account),
        )
    }
}

/// Every half, pairs first: the best proved pairs, then the nearest, then the oldest.
pub(crate) fn halves(lines: &[&BankLine], read: &[Read], own: &[BankAccount]) -> Vec<Half> {
    let signs = signs(lines, read, own);
    let mut by_size: HashMap<u64, (Vec<usize>, Vec<usize>)> = HashMap::new();
    for (place, line) in lines.iter().enumerate().filter(|(_, line)| line.amount_minor != 0) {
        let (incoming, outgoing) = by_size.entry(line.amount_minor.unsigned_abs()).or_default();
        if line.amount_minor > 0 { incoming.push(place) } else { outgoing.push(place) }
    }
    let mut pairs = Vec::new();
    for (incoming, outgoing) in by_size.values() {
        for &from in outgoing {
            for &to in incoming {
                if signs[from].any() || signs[to].any() {
                    pairs.extend(pair(lines, &signs, from, to));
                }
            }
        }
    }
    pairs.sort_unstable();
    let mut paired = vec![false; lines.len()];
    let mut halves = Vec::new();
    for (doubt, days, from, to) in pairs {
        if paired[from] || paired[to] {
            continue;
        }
        (paired[from], paired[to]) = (true, true);
        for (line, other) in [(from, to), (to, from)] {
            let account = lines[other].bank_account;
            let mut facts = vec![Fact::OtherHalf { days }];
            if signs[line].says_transfer || signs[other].says_transfer {
                facts.push(Fact::SaysTransfer);
            }
            if signs[line].iban_of == Some(account) {
                facts.push(Fact::OwnIban);
            }
            halves.push(Half { line, other: Some(other), account, sure: !doubt, facts });
        }
    }
    for (line, sign) in signs.iter().enumerate() {
        if let (Some(account), false) = (sign.iban_of, paired[line]) {
            let facts = vec![Fact::OwnIban];
            halves.push(Half { line, other: None, account, sure: false, facts });
        }
    }
    halves
}

/// Doubt, days between, and the two halves, if they can be one move.
fn pair(
    lines: &[&BankLine],
    signs: &[Signs],
    from: usize,
    to: usize,
) -> Option<(bool, i64, usize, usize)> {
    let (one, two) = (lines[from], lines[to]);
    let days = two.day.days_since(one.day).abs();
    let (one_says, one_may) = signs[from].means(two.bank_account);
    let (two_says, two_may) = signs[to].means(one.bank_account);
    let named = signs[from].names.contains(&two.bank_account)
        || signs[to].names.contains(&one.bank_account);
    let says = one_says || two_says;
    let can = one.bank_account != two.bank_account && days <= DAYS && one_may && two_may;
    (can && (says || named)).then_some((!says, days, from, to))
}

fn signs(lines: &[&BankLine], read: &[Read], own: &[BankAccount]) -> Vec<Signs> {
    let ibans: HashMap<&str, BankAccountId> = own
        .iter()
        .flat_map(|account| {
            account.names.iter().map(move |(_, value)| (value.as_str(), account.id))
        })
        .collect();
    let names: Vec<(BankAccountId, String)> = own
        .iter()
        .map(|account| (account.id, fold(&account.name)))
        .filter(|(_, name)| name.len() >= 4)
        .collect();
    lines
        .iter()
        .zip(read)
        .map(|(line, read)| {
            let other = |id: &BankAccountId| *id != line.bank_account;
            let iban = line.party_iban.as_deref();
            Signs {
                says_transfer: read.rule.is_some_and(|(rule, _)| rule.own_accounts),
                iban_of: iban.and_then(|iban| ibans.get(iban)).copied().filter(other),
                names: names
                    .iter()
                    .filter(|(id, name)| other(id) && holds(&read.clean, name))
                    .map(|(id, _)| *id)
                    .collect(),
            }
        })
        .collect()
}
