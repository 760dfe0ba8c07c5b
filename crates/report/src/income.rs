//! Income statement: products, charges and results of a span, by the groups of the layout.

use crate::error::Result;
use crate::figure::Lines;
use crate::layout::Layout;
use crate::query::Query;
use crate::scope::{Accounts, Scope};
use crate::statement::{Balance, Statement};
use crate::sums::Adder;
use crate::trial_balance::part;
use book::read::Reader;

/// The income statement of a query; a span over several years adds them up.
pub fn income_statement(reader: &Reader, query: &Query) -> Result<Statement> {
    let scope = Scope::of(reader, query)?;
    let accounts = Accounts::of(reader)?;
    let prefix = query.account.as_deref().unwrap_or("");
    let mut balances = Vec::new();
    for ((_, id), sum) in Adder::new(reader, &scope, prefix).in_span(&scope)? {
        let Some(account) = accounts.get(id).filter(|_| accounts.makes_result(id)) else {
            continue;
        };
        if sum.net() != 0 {
            let mut parts = vec![
                part(vec![id], scope.in_first_year(), Lines::All),
                part(vec![id], scope.in_later_years(), Lines::Movements),
            ];
            parts.retain(|part| part.first <= part.last);
            balances.push(Balance {
                code: account.code.clone(),
                name: account.name.clone(),
                amount_minor: sum.net(),
                is_computed: false,
                parts,
            });
        }
    }
    let layout = Layout::of_income(reader, scope.last)?;
    let exponent = reader.facts(scope.last)?.currency.exponent();
    Statement::fill(layout, balances, None, exponent, scope.drafts)
}
