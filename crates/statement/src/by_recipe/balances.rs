//! What a running balance proves: the order of the rows, both ends, and whether fees are apart.

/// One row as the chain sees it, in minor units.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    /// What the row moved.
    pub amount: i64,
    /// The fee that may have left besides.
    pub fee: i64,
    /// The balance that the row states.
    pub balance: Option<i64>,
}

/// What the balances of a statement say.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Chain {
    /// No running balance: missing, on one row only, or one figure repeated.
    Absent,
    /// Each balance follows from its neighbour.
    Holds {
        /// Balance before the earliest row.
        opening: i64,
        /// Balance after the latest row.
        closing: i64,
        /// Whether fees left besides the amounts.
        with_fees: bool,
    },
    /// Balances that do not follow; how many do not.
    Broken(usize),
}

/// Examines the rows in the file's order.
pub(super) fn chain(links: &[Link]) -> Chain {
    let balances: Option<Vec<i64>> = links.iter().map(|link| link.balance).collect();
    let Some(balances) = balances.filter(|balances| balances.len() > 1) else {
        return Chain::Absent;
    };
    let constant = balances.iter().all(|balance| *balance == balances[0]);
    if constant && links.iter().any(|link| link.amount != 0) {
        return Chain::Absent;
    }
    let mut fewest = usize::MAX;
    // With fees first: a fee of its own column usually leaves the account too.
    for with_fees in [true, false] {
        let moved: Vec<i64> =
            links.iter().map(|l| if with_fees { l.amount - l.fee } else { l.amount }).collect();
        for newest_first in [false, true] {
            let breaks = breaks(&balances, &moved, newest_first);
            fewest = fewest.min(breaks);
            if breaks == 0 {
                let last = balances.len() - 1;
                let (early, late) = if newest_first { (last, 0) } else { (0, last) };
                let (opening, closing) = (balances[early] - moved[early], balances[late]);
                return Chain::Holds { opening, closing, with_fees };
            }
        }
    }
    Chain::Broken(fewest)
}

fn breaks(balances: &[i64], moved: &[i64], newest_first: bool) -> usize {
    (1..balances.len())
        .filter(|place| {
            let (before, after) =
                if newest_first { (*place, place - 1) } else { (place - 1, *place) };
            balances[after] != balances[before] + moved[after]
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rows: &[(i64, i64, Option<i64>)], expect: Chain) {
        let link =
            |&(amount, fee, balance): &(i64, i64, Option<i64>)| Link { amount, fee, balance };
        let links: Vec<Link> = rows.iter().map(link).collect();
        assert_eq!(chain(&links), expect, "{rows:?}");
    }

    #[test]
    fn the_chain_shows_order_and_ends() {
        let holds = |opening, closing, with_fees| Chain::Holds { opening, closing, with_fees };
        check(&[(10, 0, Some(110)), (-5, 0, Some(105))], holds(100, 105, true));
        check(&[(-5, 0, Some(105)), (10, 0, Some(110))], holds(100, 105, true));
        check(&[(-5, 0, Some(95)), (-10, 1, Some(84))], holds(100, 84, true));
        check(&[(-5, 0, Some(95)), (-10, 1, Some(85))], holds(100, 85, false));
        check(&[(10, 0, Some(110)), (-5, 0, Some(100)), (1, 0, Some(101))], Chain::Broken(1));
        check(&[(10, 0, Some(110)), (-5, 0, None)], Chain::Absent);
        check(&[(10, 0, Some(110)), (-5, 0, Some(110))], Chain::Absent);
        check(&[(10, 0, Some(110))], Chain::Absent);
        check(&[], Chain::Absent);
    }
}
