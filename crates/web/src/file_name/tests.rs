use super::*;

#[test]
fn a_name_from_outside_is_one_that_any_disk_takes() {
    let check = |name: &str, expect: &str| assert_eq!(safe(name), expect, "{name:?}");
    check("relevé d’été 2026.csv", "relevé d’été 2026.csv");
    check("口座.xml", "口座.xml");
    check("../../etc/passwd", "passwd");
    check("C:\\banque\\mars.ofx", "mars.ofx");
    check("a/..", "file");
    check("..", "file");
    check("", "file");
    check(". .", "file");
    check(".profile", "profile");
    check("mars.ofx. ", "mars.ofx");
    check("a\0b\nc:d?.csv", "a_b_c_d_.csv");
}

#[test]
fn a_long_name_is_cut_between_letters_and_keeps_its_ending() {
    let long = safe(&format!("{}.csv", "é".repeat(200)));
    assert!(long.len() <= MOST_BYTES && long.ends_with("é.csv"), "{long}");
    let long = safe(&format!("a.{}", "é".repeat(200)));
    assert!(long.len() <= MOST_BYTES && long.ends_with('é'), "{long}");
    assert_eq!(safe(&"a".repeat(150)).len(), 150);
    assert_eq!(safe(&"a".repeat(151)).len(), 150);
}
