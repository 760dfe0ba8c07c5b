//! Working days of 2026 in France: banks book on no other day.

use values::Day;

/// The year of the sample.
pub const YEAR: i32 = 2026;

/// The last day the banks have told of.
pub fn last_day() -> Day {
    on(10, 31)
}

/// A day of the sample's year; a day the month lacks becomes its last one.
pub fn on(month: u32, day_of_month: u32) -> Day {
    Day::from_ymd(YEAR, month, day_of_month)
        .or_else(|| Day::from_ymd(YEAR, month, 1).map(Day::month_end))
        .expect("months run from 1 to 12")
}

/// Public holidays of 2026 as (month, day) (code du travail, art. L. 3133-1; Easter is 5 April).
const HOLIDAYS: [(u32, u32); 11] = [
    (1, 1),
    (4, 6),
    (5, 1),
    (5, 8),
    (5, 14),
    (5, 25),
    (7, 14),
    (8, 15),
    (11, 1),
    (11, 11),
    (12, 25),
];

/// Days since the Monday of the week: 0 for Monday, 6 for Sunday.
pub fn weekday(day: Day) -> i64 {
    // 1 January 2026 is a Thursday.
    (day.days_since(on(1, 1)) + 3).rem_euclid(7)
}

/// Whether banks book on that day.
pub fn is_working(day: Day) -> bool {
    weekday(day) < 5 && !HOLIDAYS.contains(&(day.month(), day.day_of_month()))
}

/// That day, or the first working day after it.
pub fn working_from(day: Day) -> Day {
    let mut day = day;
    while !is_working(day) {
        day = day.plus_days(1);
    }
    day
}

/// That day, or the last working day before it.
pub fn working_until(day: Day) -> Day {
    let mut day = day;
    while !is_working(day) {
        day = day.plus_days(-1);
    }
    day
}

/// `DD/MM/YYYY`, as French papers write a day.
pub fn french(day: Day) -> String {
    format!("{:02}/{:02}/{:04}", day.day_of_month(), day.month(), day.year())
}

/// The month's French name.
pub fn month_name(month: u32) -> &'static str {
    const NAMES: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    NAMES[(month as usize + 11) % 12]
}
