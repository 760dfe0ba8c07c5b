use super::periods_over;
use values::Day;

#[track_caller]
fn check(length: &str, (from, until): (&str, &str), periods: &[&str]) {
    let day = |text| Day::parse(text).expect("a day");
    let found = periods_over(length, day(from), day(until));
    let found: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(found, periods);
}

#[test]
fn a_period_is_over_the_day_after_its_last() {
    check("month", ("2026-10-01", "2026-10-31"), &[]);
    check("month", ("2026-10-01", "2026-11-01"), &["2026-10"]);
    check("month", ("2026-11-15", "2027-02-10"), &["2026-11", "2026-12", "2027-01"]);
    check("quarter", ("2026-02-10", "2026-07-01"), &["2026-T1", "2026-T2"]);
    check("quarter", ("2026-02-10", "2026-03-31"), &[]);
    check("year", ("2025-06-01", "2026-01-01"), &["2025"]);
    check("month", ("2026-12-01", "2026-11-02"), &[]);
    check("week", ("2026-01-01", "2026-11-02"), &[]);
}
