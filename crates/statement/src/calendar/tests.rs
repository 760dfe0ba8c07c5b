use super::*;
use DateOrder::{DayMonthYear, MonthDayYear, YearMonthDay};
use proptest::prelude::*;

fn check(text: &str, order: DateOrder, expect: Option<&str>) {
    let read = day_in_order(text, order).map(|day| day.to_string());
    assert_eq!(read.as_deref(), expect, "{text:?} as {order:?}");
}

#[test]
fn days_are_taken_as_written() {
    for (text, order, expect) in [
        ("2026-01-31", YearMonthDay, Some("2026-01-31")),
        ("20260131", YearMonthDay, Some("2026-01-31")),
        ("2026/1/5", YearMonthDay, Some("2026-01-05")),
        ("2026-01-10 08:00:00", YearMonthDay, Some("2026-01-10")),
        ("2018-02-25 12:34:56 +0000", YearMonthDay, Some("2018-02-25")),
        ("2018-02-25T23:59:59-10:00", YearMonthDay, Some("2018-02-25")),
        ("31/01/2026", DayMonthYear, Some("2026-01-31")),
        ("31.1.26", DayMonthYear, Some("2026-01-31")),
        ("30/11/20", DayMonthYear, Some("2020-11-30")),
        ("01.02.1999", DayMonthYear, Some("1999-02-01")),
        ("07 Nov 2013", DayMonthYear, Some("2013-11-07")),
        ("12-Dec-2019", DayMonthYear, Some("2019-12-12")),
        ("3 févr. 2026", DayMonthYear, Some("2026-02-03")),
        ("15 août 2026", DayMonthYear, Some("2026-08-15")),
        ("10/31/2012", MonthDayYear, Some("2012-10-31")),
        ("04-17-2024", MonthDayYear, Some("2024-04-17")),
        ("2026-02-03", DayMonthYear, Some("2026-02-03")),
        ("31/02/2026", DayMonthYear, None),
        ("13/13/2026", DayMonthYear, None),
        ("2012:03:01", YearMonthDay, Some("2012-03-01")),
        ("46027", DayMonthYear, None),
        ("########", DayMonthYear, None),
        ("Pending", DayMonthYear, None),
        ("", YearMonthDay, None),
        ("1/2/2026x", DayMonthYear, None),
        ("2026-01", YearMonthDay, None),
        ("00/00/0000", DayMonthYear, None),
    ] {
        check(text, order, expect);
    }
}

#[test]
fn the_order_is_open_where_no_day_exceeds_twelve() {
    assert_eq!(orders_allowed("05/06/2026"), [DayMonthYear, MonthDayYear]);
    assert_eq!(orders_allowed("25/06/2026"), [DayMonthYear]);
    assert_eq!(orders_allowed("06/25/2026"), [MonthDayYear]);
    assert_eq!(orders_allowed("2026-06-05"), [YearMonthDay]);
    assert_eq!(orders_allowed("20260605"), [YearMonthDay]);
    assert!(orders_allowed("no day").is_empty());
}

#[test]
fn stamps_sort_as_text() {
    for (text, expect) in [
        ("20260101060000", Some("2026-01-01T06:00:00")),
        ("20190924100000[-03:EST]", Some("2019-09-24T10:00:00")),
        ("20260131", Some("2026-01-31")),
        ("2026-01-31T12:00:00.000+01:00", Some("2026-01-31T12:00:00")),
        ("2026-01-31", Some("2026-01-31")),
        ("20260131996060", Some("2026-01-31")),
        ("00000000000000", None),
        ("30/06/2025", None),
        ("", None),
        ("éééééééééé", None),
    ] {
        assert_eq!(stamp(text).as_deref(), expect, "{text:?}");
    }
}

proptest! {
    #[test]
    fn a_day_written_in_an_order_is_read_in_it(
        year in 1980i32..2079, month in 1u32..=12, day in 1u32..=28, mark in "[/.-]"
    ) {
        let expect = Day::from_ymd(year, month, day);
        let text = format!("{day:02}{mark}{month:02}{mark}{year}");
        prop_assert_eq!(day_in_order(&text, DayMonthYear), expect);
        let text = format!("{month}{mark}{day}{mark}{:02}", year % 100);
        prop_assert_eq!(day_in_order(&text, MonthDayYear), expect);
        let text = format!("{year}{month:02}{day:02}120000");
        prop_assert_eq!(compact_day(&text), expect);
    }

    #[test]
    fn any_text_is_answered(text in ".{0,40}") {
        for order in [YearMonthDay, DayMonthYear, MonthDayYear] {
            let _ = day_in_order(&text, order);
        }
        let _ = (stamp(&text), orders_allowed(&text), compact_day(&text));
    }
}
