//! Balance sheet on a day: what that day's fiscal year began with and what moved since.
//!
//! The result of the year stands in its own row until it is carried. The side of a collective
//! account is that of each counterparty's balance.

use crate::error::Result;
use crate::figure::Lines;
use crate::layout::Layout;
use crate::query::Query;
use crate::scope::{Accounts, Days, Scope};
use crate::statement::{Balance, Statement};
use crate::sums::{Adder, Sums};
use crate::trial_balance::part;
use book::read::{Account, Reader};
use std::collections::{HashMap, HashSet};

/// The balance sheet on the last day of a query, or at the end of the last fiscal year; its first
/// day has no say.
pub fn balance_sheet(reader: &Reader, query: &Query) -> Result<Statement> {
    let scope = Scope::up_to(reader, query)?;
    let accounts = Accounts::of(reader)?;
    // Journal AN is empty in each year after the first of these, or the stretch would begin later.
    let days = (scope.carried_days().map_or(scope.year.0, |carried| carried.0), scope.last);
    let adder = Adder::new(reader, &scope, "");
    let mut sums = Sums::new();
    adder.add_all(&mut sums, days, 1)?;
    let mut balances = Vec::new();
    for ((_, id), sum) in &sums {
        let account =
            accounts.get(*id).filter(|one| !accounts.makes_result(*id) && !one.collective);
        if let Some(account) = account
            && sum.net() != 0
        {
            balances.push(balance_of(account, sum.net(), days, None));
        }
    }
    by_party(reader, &scope, &accounts, days, &mut balances)?;
    for year in &scope.carried {
        let mut result = year_result(&adder, &accounts, *year)?;
        if result.amount_minor != 0 {
            let (code, name) = accounts.carried_to(result.amount_minor);
            (result.code, result.name, result.is_computed) = (code.clone(), name.clone(), true);
            balances.push(result);
        }
    }
    let result = year_result(&adder, &accounts, (scope.year.0, scope.last))?;
    let result = Some(result).filter(|result| result.amount_minor != 0);
    let layout = Layout::of_balance_sheet(reader, scope.last)?;
    let exponent = reader.facts(scope.last)?.currency.exponent();
    Statement::fill(layout, balances, result, exponent, scope.drafts)
}

/// The balance of an account, or of some of its counterparties.
fn balance_of(
    account: &Account,
    amount_minor: i64,
    days: Days,
    parties: Option<HashSet<Option<book::CounterpartyId>>>,
) -> Balance {
    let mut lines = part(vec![account.id], days, Lines::All);
    lines.parties = parties;
    Balance {
        code: account.code.clone(),
        name: account.name.clone(),
        amount_minor,
        is_computed: false,
        parts: vec![lines],
    }
}

/// Each collective account in two: counterparties whose balance is a debit, and the others.
fn by_party(
    reader: &Reader,
    scope: &Scope,
    accounts: &Accounts,
    days: Days,
    balances: &mut Vec<Balance>,
) -> Result<()> {
    type Half = (i64, HashSet<Option<book::CounterpartyId>>);
    let mut halves: HashMap<i64, [Half; 2]> = HashMap::new();
    if days.0 <= days.1 {
        for one in reader.party_sums(days.0, days.1, scope.drafts)? {
            let side = usize::from(one.amount_minor < 0);
            let half = &mut halves.entry(one.account.0).or_default()[side];
            half.0 += one.amount_minor;
            half.1.insert(one.counterparty);
        }
    }
    for account in &accounts.all {
        // The result is summed from all accounts that make it, collective or not.
        if accounts.makes_result(account.id) {
            continue;
        }
        for (amount_minor, parties) in halves.remove(&account.id.0).into_iter().flatten() {
            if amount_minor != 0 {
                balances.push(balance_of(account, amount_minor, days, Some(parties)));
            }
        }
    }
    Ok(())
}

/// What income and expenses of some days leave, debit positive: a loss is above zero.
fn year_result(adder: &Adder<'_>, accounts: &Accounts, days: Days) -> Result<Balance> {
    let mut sums = Sums::new();
    adder.add_all(&mut sums, days, 1)?;
    let made = sums.iter().filter(|((_, id), _)| accounts.makes_result(*id));
    let amount_minor = made.map(|(_, sum)| sum.net()).sum();
    let all = accounts.all.iter().map(|account| account.id);
    let makers = all.filter(|id| accounts.makes_result(*id)).collect();
    Ok(Balance {
        code: String::new(),
        name: String::new(),
        amount_minor,
        is_computed: false,
        parts: vec![part(makers, days, Lines::All)],
    })
}
