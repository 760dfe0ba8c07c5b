use super::*;

#[test]
fn reads_months_quarters_years_and_spans() {
    for (text, first, last) in [
        ("2026-03", "2026-03-01", "2026-03-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-T1", "2026-01-01", "2026-03-31"),
        ("2026-T4", "2026-10-01", "2026-12-31"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-01-15..2026-02-03", "2026-01-15", "2026-02-03"),
    ] {
        let period = Period::parse(text).unwrap();
        assert_eq!(
            (period.first.to_string(), period.last.to_string()),
            (first.into(), last.into())
        );
        assert_eq!(period.to_string(), text);
    }
    assert_eq!(Period::parse("2026-q2").unwrap().to_string(), "2026-T2");
    for bad in [
        "",
        "2026-00",
        "2026-13",
        "2026-T5",
        "2026-T",
        "mars",
        "2026-3",
        "26",
        "2026-02-01..2026-01-01",
        "2026-é1",
    ] {
        assert!(Period::parse(bad).is_err(), "{bad}");
    }
}
