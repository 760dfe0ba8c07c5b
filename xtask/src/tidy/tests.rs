use super::rust::Source;
use super::tree::{File, Tree};
use super::{CHECKS, arrows, interface, nevers, pins, sizes};

/// The repository itself, each check by its name.
#[test]
fn the_repository_is_tidy() {
    let tree = Tree::tracked().unwrap();
    for (name, check) in CHECKS {
        let found = check(&tree);
        assert!(found.is_empty(), "{name}:\n{}", found.join("\n"));
    }
}

#[test]
fn arrows_point_down() {
    let uses = |name: &str, used: &[&str]| {
        let used: Vec<_> = used.iter().map(|one| serde_json::json!({ "name": one })).collect();
        let package = serde_json::json!({ "name": name, "dependencies": used });
        arrows::complaints(&serde_json::json!({ "packages": [package] })).len()
    };
    assert_eq!(uses("values", &[]), 0);
    assert_eq!(uses("values", &["serde", "chrono"]), 0);
    assert_eq!(uses("values", &["assets"]), 1);
    assert_eq!(uses("book", &["values", "statement", "rusqlite"]), 0);
    assert_eq!(uses("book", &["report"]), 1);
    assert_eq!(uses("matching", &["report", "book", "rusqlite"]), 2);
    assert_eq!(uses("tax", &["report", "assets"]), 0);
    assert_eq!(uses("cli", &["book"]), 1);
    assert_eq!(uses("newcomer", &[]), 1);
}

#[test]
fn code_is_told_from_words() {
    let check = |text: &str, code: &str, strings: &[&str]| {
        let source = Source::read(text);
        assert_eq!(source.code.trim_end(), code, "{text}");
        let said: Vec<&str> = source.strings.iter().map(|(_, said)| said.as_str()).collect();
        assert_eq!(said, strings, "{text}");
    };
    check("let a = 1; // \"no\"", "let a = 1;", &[]);
    check("a /* b /* \" */ c */ d", "a   d", &[]);
    check(r#"f("x \" y", 'z', '"')"#, r#"f("", ' ', ' ')"#, &[r#"x \" y"#]);
    check("f(r#\"a \"b\" c\"#, br\"d\")", "f(\"\", \"\")", &["a \"b\" c", "d"]);
    check("fn f<'a>(x: &'a str) {}", "fn f<'a>(x: &'a str) {}", &[]);
    check("g('\\'', '\\u{1F}')", "g(' ', ' ')", &[]);
    check("a\n#[cfg(test)]\nmod t {\n  \"b\"\n}\nc", "a\n\n\n\n\nc", &[]);
    check("#[cfg(test)]\nmod tests;\nx", "\nmod tests;\nx", &[]);
}

#[test]
fn lines_of_strings_are_kept() {
    let source = Source::read("a\n\"b\nc\"\n\"d\"\n");
    let lines: Vec<usize> = source.strings.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [2, 4]);
}

#[test]
fn sizes_are_held() {
    let found = |name: &str, text: String| sizes::complaints(&File::new(name, text)).len();
    let function = |lines: usize| format!("fn f() {{\n{}}}\n", "x;\n".repeat(lines - 2));
    assert_eq!(found("a.rs", function(70)), 0);
    assert_eq!(found("a.rs", function(71)), 1);
    assert_eq!(found("a.rs", "fn f(a: [u8; 2]);\n".to_owned() + &"//\n".repeat(80)), 0);
    assert_eq!(found("a.rs", "//\n".repeat(500)), 0);
    assert_eq!(found("a.rs", "//\n".repeat(501)), 1);
    assert_eq!(found("a/tests.rs", "//\n".repeat(501)), 0);
    assert_eq!(found("a.rs", "//\n".repeat(499) + "#[cfg(test)]\nmod t {\n\n}\n"), 0);
    assert_eq!(found("a.rs", format!("//{}", "é".repeat(98))), 0);
    assert_eq!(found("a.rs", format!("//{}", "é".repeat(99))), 1);
    assert_eq!(found("a.toml", "x".repeat(200)), 0);
}

#[test]
fn nevers_are_found() {
    type Count = fn(&File, &Source) -> usize;
    let count = |rule: Count, name: &str, text: &str| {
        let file = File::new(name, text.to_owned());
        rule(&file, file.source.as_ref().unwrap())
    };
    assert_eq!(count(nevers::sql, "crates/api/src/a.rs", r#"q("SELECT id FROM entry")"#), 1);
    assert_eq!(count(nevers::sql, "crates/api/src/a.rs", r#"q("WITH a AS (SELECT 1)")"#), 1);
    assert_eq!(count(nevers::sql, "crates/book/src/a.rs", r#"q("SELECT id FROM entry")"#), 0);
    assert_eq!(count(nevers::sql, "crates/api/src/a.rs", "// SELECT id"), 0);
    assert_eq!(count(nevers::sql, "crates/api/src/a.rs", r#"say("Select an account")"#), 0);
    assert_eq!(count(nevers::floats, "crates/tax/src/a.rs", "let a = b as f64;"), 1);
    assert_eq!(count(nevers::floats, "crates/tax/src/a.rs", "let a = 1f32;"), 1);
    assert_eq!(count(nevers::floats, "crates/tax/src/a.rs", "let half64 = 1; // f64"), 0);
    assert_eq!(count(nevers::floats, "xtask/src/a.rs", "let a = b as f64;"), 0);
    assert_eq!(count(nevers::unwraps, "crates/tax/src/a.rs", "a.unwrap(); b.expect(\"c\");"), 2);
    assert_eq!(count(nevers::unwraps, "crates/tax/src/a.rs", "a.unwrap_or(1); p.expect('(')?"), 0);
    assert_eq!(count(nevers::unwraps, "crates/tax/src/a/tests.rs", "a.unwrap();"), 0);
    assert_eq!(count(nevers::unwraps, "crates/a.rs", "#[cfg(test)]\nmod t {\na.unwrap();\n}"), 0);
}

#[test]
fn foreign_words_are_found() {
    let found = |text: &str| pins::foreign("a.md", text).len();
    assert_eq!(found("The book lies in the folder you name."), 0);
    assert_eq!(found(concat!("see /ho", "me/someone/book")), 1);
    assert_eq!(found(concat!("see https://index.crates", ".io/x")), 1);
    assert_eq!(found(concat!("written by a Sub", "agent")), 1);
}

#[test]
fn pins_are_exact() {
    let found = |version: &str| {
        pins::loose(&format!("[workspace.dependencies]\nprintpdf = {version}\n")).len()
    };
    assert_eq!(found("\"=0.12.8\""), 0);
    assert_eq!(found("{ version = \"=0.12.8\" }"), 0);
    assert_eq!(found("{ version = \"0.12.8\" }"), 1);
    assert_eq!(found("\"0.12\""), 1);
}

#[test]
fn the_interface_has_one_library_and_words_that_are_asked_for() {
    let package = |one: &str, other: &str| {
        let text = serde_json::json!({
            "dependencies": { "@mantine/core": one, "react": "^19" },
            "devDependencies": { "@mantine/hooks": other },
        });
        interface::unlike_mantines(&text.to_string()).len()
    };
    assert_eq!(package("9.7.3", "9.7.3"), 0);
    assert_eq!(package("9.7.3", "9.7.4"), 1);
    assert_eq!(package("^9.7.3", "^9.7.3"), 1);
    let asked = |key: &str| interface::is_asked(key, "say(\"open\"), say(`group-${one}`), opened");
    assert!(asked("open") && asked("group-lists"));
    assert!(!asked("ope") && !asked("groups") && !asked("close"));
    let names = interface::sentences(r#"{"a": {"one": "{count} x", "other": "{count} y"}}"#);
    assert_eq!(names.unwrap()["a"].iter().next().unwrap(), "count");
    assert!(interface::sentences(r#"{"a": {"one": "x"}}"#).is_none());
}

#[test]
fn screens_do_not_know_each_other() {
    let check =
        |name: &str, text: &str| interface::imports(&File::new(name, text.to_owned())).len();
    assert_eq!(check("ui/src/screens/bank/Screen.tsx", "import x from \"../books/X\";"), 1);
    assert_eq!(check("ui/src/screens/bank/Screen.tsx", "import x from \"../../parts/X\";"), 0);
    assert_eq!(check("ui/src/screens/bank/a/B.tsx", "import x from \"../C\";"), 1);
    assert_eq!(check("ui/src/parts/X.tsx", "useCall(\"book\")"), 1);
    assert_eq!(check("ui/src/frame/X.tsx", "from \"@tauri-apps/api\""), 1);
    assert_eq!(check("ui/src/host/tauri.ts", "from \"@tauri-apps/api\""), 0);
}
