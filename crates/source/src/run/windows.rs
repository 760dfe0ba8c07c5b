//! A span of days cut into what one call may ask.

use values::Day;

/// Windows of like length that cover the days, oldest first.
///
/// `most`: days between the two ends of a call. Where the end is exclusive it is the day after the
/// last one, so that one day less fits; an hour more where clocks change then does no harm.
pub(super) fn cut(first: Day, last: Day, most: Option<u32>, exclusive: bool) -> Vec<(Day, Day)> {
    let days = last.days_since(first) + 1;
    let most = match most {
        None => days,
        Some(most) if exclusive => (i64::from(most) - 1).max(1),
        Some(most) => i64::from(most).max(1),
    };
    let count = (days + most - 1) / most;
    // Like lengths: no call for a single day beside a long one.
    let at = |place: i64| first.plus_days(days * place / count);
    (0..count).map(|place| (at(place), at(place + 1).plus_days(-1))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    #[test]
    fn windows_cover_each_day_once_and_stay_short() {
        let check = |first, last, most: Option<u32>, exclusive, count: usize| {
            let windows: Vec<(Day, Day)> = cut(day(first), day(last), most, exclusive);
            assert_eq!(windows.len(), count, "{first} {last} {most:?}");
            assert_eq!((windows[0].0, windows[count - 1].1), (day(first), day(last)));
            assert!(windows.windows(2).all(|two| two[0].1.plus_days(1) == two[1].0));
            for (from, to) in windows {
                let span = to.days_since(from) + i64::from(exclusive);
                assert!(most.is_none_or(|most| span < i64::from(most)), "{from} {to}");
            }
        };
        check("2026-01-01", "2026-03-30", Some(90), true, 1); // 89 days
        check("2026-01-01", "2026-03-31", Some(90), true, 2); // 90 days and an exclusive end
        check("2026-01-01", "2026-03-31", Some(90), false, 1);
        check("2016-01-01", "2026-12-31", Some(90), true, 46);
        check("2026-01-01", "2026-01-01", Some(90), true, 1);
        check("2020-01-01", "2026-12-31", None, false, 1);
    }
}
