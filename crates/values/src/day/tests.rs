use super::*;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

#[test]
fn reads_only_days_of_the_calendar() {
    for good in ["2026-01-31", "2024-02-29", "0001-01-01", "9999-12-31"] {
        assert_eq!(day(good).to_string(), good);
    }
    for bad in [
        "",
        "2026-02-29",
        "2026-1-31",
        "31/01/2026",
        "2026-13-01",
        "2026-00-10",
        "2026-01-32",
        "+026-01-01",
        "2026-01-01T00",
        "२०२६-०१-०१",
        "0000-01-01",
    ] {
        assert!(Day::parse(bad).is_err(), "{bad}");
    }
}

#[test]
fn moves_by_days_and_months() {
    assert_eq!(day("2026-12-31").plus_days(1), day("2027-01-01"));
    assert_eq!(day("2024-03-01").plus_days(-1), day("2024-02-29"));
    assert_eq!(day("2026-01-31").plus_months(1), day("2026-02-28"));
    assert_eq!(day("9999-12-31").plus_days(5), day("9999-12-31"));
    assert_eq!(day("2026-02-10").month_end(), day("2026-02-28"));
    assert_eq!(day("2026-03-01").days_since(day("2026-02-27")), 2);
    assert_eq!(day("2026-02-10").year_month(), "2026-02");
}
