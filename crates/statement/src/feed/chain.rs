//! What the balances after each line prove of a whole answer.

/// A booked line as the chain sees it, in minor units.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    /// When it was booked: milliseconds since 1970.
    pub instant_ms: i64,
    pub amount: i64,
    pub after: i64,
}

/// Opening and closing balance of the lines, or how many do not follow from the one before.
///
/// Lines of one instant may come in any order; they are put in the one that follows, if there is
/// such a one.
pub(super) fn ends(links: &[Link]) -> Option<Result<(i64, i64), usize>> {
    let mut sorted = links.to_vec();
    sorted.sort_by_key(|link| link.instant_ms);
    let first = sorted.first()?.instant_ms;
    let together = sorted.iter().take_while(|link| link.instant_ms == first).count();
    let mut fewest = usize::MAX;
    // Only among the first instant's lines is it open which one began.
    for start in 0..together.min(50) {
        let opening = sorted[start].after.checked_sub(sorted[start].amount)?;
        let (closing, breaks) = walk(&sorted, opening);
        if breaks == 0 {
            return Some(Ok((opening, closing)));
        }
        fewest = fewest.min(breaks);
    }
    Some(Err(fewest))
}

fn walk(sorted: &[Link], opening: i64) -> (i64, usize) {
    let (mut balance, mut breaks) = (opening, 0);
    for group in sorted.chunk_by(|a, b| a.instant_ms == b.instant_ms) {
        let mut left: Vec<&Link> = group.iter().collect();
        while !left.is_empty() {
            let fits = |link: &&Link| link.after.checked_sub(link.amount) == Some(balance);
            let next = left.iter().position(fits);
            breaks += usize::from(next.is_none());
            balance = left.remove(next.unwrap_or(0)).after;
        }
    }
    (balance, breaks)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rows: &[(i64, i64, i64)], expect: Option<Result<(i64, i64), usize>>) {
        let link =
            |&(instant_ms, amount, after): &(i64, i64, i64)| Link { instant_ms, amount, after };
        assert_eq!(ends(&rows.iter().map(link).collect::<Vec<_>>()), expect, "{rows:?}");
    }

    #[test]
    fn the_chain_shows_both_ends_and_its_breaks() {
        check(&[], None);
        check(&[(1, 10, 110)], Some(Ok((100, 110))));
        check(&[(2, -5, 105), (1, 10, 110)], Some(Ok((100, 105))));
        // Two lines of one instant, served the wrong way round.
        check(&[(1, 7, 117), (1, 10, 110), (2, -17, 100)], Some(Ok((100, 100))));
        check(&[(1, 10, 110), (2, 10, 130)], Some(Err(1)));
        check(&[(1, i64::MAX, i64::MIN)], None);
    }
}
