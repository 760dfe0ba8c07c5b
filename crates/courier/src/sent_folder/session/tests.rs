use super::*;

#[test]
fn a_line_is_a_folder_or_none() {
    let check = |line: &str, expect: Option<(&str, &[&str])>| {
        let found = read_folder(line);
        let found = found.as_ref().map(|folder| {
            (folder.raw_name.as_str(), folder.marks.iter().map(String::as_str).collect::<Vec<_>>())
        });
        assert_eq!(found, expect.map(|(name, marks)| (name, marks.to_vec())), "{line}");
    };
    check(
        r#"* LIST (\HasNoChildren \Sent) "/" "Sent""#,
        Some(("Sent", &["\\HASNOCHILDREN", "\\SENT"])),
    );
    check(r#"* LIST (\sent) NIL Sent"#, Some(("Sent", &["\\SENT"])));
    check(r#"* LIST () "\\" "a \"b\" \\ c""#, Some((r#"a "b" \ c"#, &[])));
    check(r#"* LIST (\Noselect \All) "/" "[Gmail]""#, None);
    check(r#"* LIST (\Sent) "/" "no end"#, None);
    check(r#"* LIST (\Sent) "/""#, None);
    check("* STATUS x", None);
}

#[test]
fn a_literal_is_told_by_its_braces() {
    let check = |line: &str, expect| assert_eq!(literal_at_end(line), expect, "{line}");
    check("* LIST () \"/\" {12}", Some((14, 12)));
    check("* LIST () \"/\" {x}", None);
    check("* OK {1} done", None);
}

#[test]
fn names_are_read_for_people() {
    let check = |raw: &str, expect: &str| assert_eq!(readable(raw), expect, "{raw}");
    check("Sent", "Sent");
    check("Envoy&AOk-s", "Envoyés");
    check("A &- B", "A & B");
    check("&2D3cwA-", "\u{1f4c0}");
    check("broken & name", "broken & name");
    check("&2D0-", "&2D0-");
}
