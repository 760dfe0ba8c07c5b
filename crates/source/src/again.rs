//! Whether and when a call that failed is tried again.

use crate::meaning::{Fault, Meaning};

/// What to do after a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// Wait this many seconds, then ask once more.
    After(u64),
    /// Give up for now; the next scheduled run asks again.
    NextSlot,
    /// Give up until the bank's next day.
    Tomorrow,
    /// Do not ask again by itself.
    Stop {
        /// Whether a person has to renew the link or see to it at the provider's.
        reconnect: bool,
    },
}

/// A call is made three times at most.
const MOST_TRIES: u32 = 3;
/// The longest wait within a run, in seconds; a longer one is left to the schedule.
const LONGEST_WAIT: u64 = 120;
/// A wait of more seconds than this means the day is over.
const HALF_A_DAY: u64 = 12 * 3600;

/// What to do after `tries` calls, the last of which gave `fault`.
pub fn again(fault: &Fault, tries: u32) -> Again {
    use Meaning::{
        Incomplete, NotJson, RateLimit, RateLimitBank, RepeatedPage, RestartWindow, RetryLater,
        TimedOut, Truncated, Unreachable,
    };
    let stop = Again::Stop { reconnect: fault.meaning.wants_person() };
    if fault.creates {
        return stop;
    }
    match fault.meaning {
        RateLimit => limited(fault, tries),
        RateLimitBank => Again::Tomorrow,
        Unreachable | TimedOut | Truncated | RetryLater => match (fault.retry_after_s, tries) {
            (Some(wait), _) if wait > LONGEST_WAIT => Again::NextSlot,
            (_, MOST_TRIES..) => Again::NextSlot,
            (Some(wait), _) => Again::After(wait.max(2)),
            (None, 0 | 1) => Again::After(2),
            (None, _) => Again::After(8),
        },
        Incomplete | NotJson | RepeatedPage | RestartWindow => Again::NextSlot,
        // A person said no, or the answer would be the same.
        _ => stop,
    }
}

fn limited(fault: &Fault, tries: u32) -> Again {
    let words = fault.words.as_deref().unwrap_or_default().to_lowercase();
    match fault.retry_after_s {
        Some(wait) if wait <= LONGEST_WAIT && tries < MOST_TRIES => Again::After(wait.max(1)),
        Some(wait) if wait >= HALF_A_DAY => Again::Tomorrow,
        Some(_) => Again::NextSlot,
        None if words.contains("daily") || words.contains("per day") => Again::Tomorrow,
        None => Again::NextSlot,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_are_few_and_waits_grow() {
        let check = |meaning, wait: Option<u64>, words: &str, tries, expect| {
            let mut fault = Fault::new(meaning, "bank.example", "/lines");
            fault.retry_after_s = wait;
            fault.words = Some(words.to_owned());
            assert_eq!(again(&fault, tries), expect, "{meaning:?} {wait:?} {tries}");
            fault.creates = true;
            assert!(matches!(again(&fault, tries), Again::Stop { .. }));
        };
        use Meaning::*;
        check(Unreachable, None, "", 1, Again::After(2));
        check(Unreachable, None, "", 2, Again::After(8));
        check(Unreachable, None, "", 3, Again::NextSlot);
        check(RetryLater, Some(30), "", 1, Again::After(30));
        check(RetryLater, Some(3600), "", 1, Again::NextSlot);
        check(RateLimit, Some(20), "", 1, Again::After(20));
        check(RateLimit, Some(20), "", 3, Again::NextSlot);
        check(RateLimit, Some(600), "", 1, Again::NextSlot);
        check(RateLimit, Some(80_000), "", 1, Again::Tomorrow);
        check(RateLimit, None, "Daily limit reached", 1, Again::Tomorrow);
        check(RateLimit, None, "", 1, Again::NextSlot);
        check(RateLimitBank, None, "", 1, Again::Tomorrow);
        check(AccessRefused, None, "", 1, Again::Stop { reconnect: true });
        check(Bug, None, "", 1, Again::Stop { reconnect: false });
        check(TooLarge, None, "", 1, Again::Stop { reconnect: false });
        for meaning in Meaning::ALL {
            let fault = Fault::new(*meaning, "", "");
            assert!(!matches!(again(&fault, 3), Again::After(_)), "{meaning:?}: a fourth try");
        }
    }
}
