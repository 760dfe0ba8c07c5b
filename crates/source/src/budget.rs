//! How many calls a day are left, and for whom. The caller counts them, by bank day.

use crate::connector::Limits;

/// Calls already made on one bank day, by who asked for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Budget {
    /// By the schedule.
    pub unattended: u32,
    /// By a person who pressed a button.
    pub attended: u32,
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    /// The schedule.
    Schedule,
    /// A person, who waits for the answer.
    Person,
}

/// Whether one more call may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowance {
    /// Yes; how many are left for this asker with it, `None` where nothing is counted.
    Now {
        /// Calls left, this one among them.
        left: Option<u32>,
    },
    /// The schedule has had its part; a person may still ask today.
    PersonOnly,
    /// Nothing more before the bank's next day.
    Tomorrow,
}

impl Budget {
    /// Whether one more call may be made today. A quarter of a shared limit, one call at least, is
    /// kept for the person.
    pub fn allows(self, limits: &Limits, asker: Asker) -> Allowance {
        let mut left: Option<u32> = None;
        let mut person_left: Option<u32> = None;
        let least = |known: Option<u32>, more: u32| Some(known.map_or(more, |k| k.min(more)));
        if let Some(most) = limits.requests_per_day {
            let rest = most.saturating_sub(self.unattended.saturating_add(self.attended));
            let kept = most.div_ceil(4);
            person_left = least(person_left, rest);
            left = least(left, most.saturating_sub(kept).saturating_sub(self.unattended).min(rest));
        }
        // Calls that a person attends are not counted by the bank; see RTS 2018/389 art. 36(5)(b).
        if let Some(most) = limits.unattended_per_day {
            let kept = most.div_ceil(4);
            left = least(left, most.saturating_sub(kept).saturating_sub(self.unattended));
        }
        let own = if asker == Asker::Person { person_left } else { left };
        match own {
            Some(0) if asker == Asker::Person || person_left == Some(0) => Allowance::Tomorrow,
            Some(0) => Allowance::PersonOnly,
            left => Allowance::Now { left },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_four_is_kept_for_the_person() {
        let check = |shared, bank, spent: (u32, u32), asker, expect| {
            let limits =
                Limits { requests_per_day: shared, unattended_per_day: bank, ..Limits::default() };
            let budget = Budget { unattended: spent.0, attended: spent.1 };
            assert_eq!(budget.allows(&limits, asker), expect, "{shared:?} {bank:?} {spent:?}");
        };
        let now = |left| Allowance::Now { left };
        use Asker::*;
        check(None, None, (900, 900), Schedule, now(None));
        check(None, Some(4), (2, 0), Schedule, now(Some(1)));
        check(None, Some(4), (3, 0), Schedule, Allowance::PersonOnly);
        check(None, Some(4), (4, 9), Person, now(None));
        check(Some(24), None, (0, 0), Schedule, now(Some(18)));
        check(Some(24), None, (18, 0), Schedule, Allowance::PersonOnly);
        check(Some(24), None, (18, 0), Person, now(Some(6)));
        check(Some(24), None, (10, 12), Schedule, now(Some(2)));
        check(Some(24), None, (18, 6), Person, Allowance::Tomorrow);
        check(Some(24), None, (18, 6), Schedule, Allowance::Tomorrow);
        check(Some(1), None, (0, 0), Schedule, Allowance::PersonOnly);
    }
}
