//! Laws of the schema, held against the schema itself.

use super::*;
use std::collections::BTreeSet;

fn empty() -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    create(&connection).unwrap();
    connection
}

fn rows(connection: &Connection, sql: &str) -> Vec<Vec<String>> {
    let mut statement = connection.prepare(sql).unwrap();
    let width = statement.column_count();
    let found = statement.query_map([], |row| {
        (0..width)
            .map(|at| {
                Ok(match row.get_ref(at)? {
                    rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                    rusqlite::types::ValueRef::Text(text) => {
                        String::from_utf8_lossy(text).into_owned()
                    }
                    _ => String::new(),
                })
            })
            .collect::<rusqlite::Result<Vec<_>>>()
    });
    found.unwrap().map(|row| row.unwrap()).collect()
}

fn tables(connection: &Connection) -> Vec<String> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    rows(connection, sql).into_iter().map(|row| row[0].clone()).collect()
}

#[test]
fn every_table_is_of_one_class_told_by_its_name() {
    let found: BTreeSet<String> = tables(&empty())
        .into_iter()
        .filter(|name| {
            !name.ends_with("_state")
                && !name.ends_with("_cache")
                && !["blob", "history", "history_part"].contains(&name.as_str())
        })
        .collect();
    assert_eq!(found, RECORDED.iter().map(|name| name.to_string()).collect());
}

#[test]
fn every_recorded_table_has_a_key_that_is_never_reused() {
    let connection = empty();
    for table in RECORDED {
        let sql = format!("SELECT sql FROM sqlite_schema WHERE name = '{table}'");
        let text = &rows(&connection, &sql)[0][0];
        assert!(text.contains("id INTEGER PRIMARY KEY AUTOINCREMENT"), "{table}");
        assert!(!text.to_uppercase().contains("ON DELETE"), "{table}");
    }
}

#[test]
fn every_foreign_key_has_an_index_and_points_upwards() {
    let connection = empty();
    for (place, table) in RECORDED.iter().enumerate() {
        for key in rows(&connection, &format!("PRAGMA foreign_key_list(\"{table}\")")) {
            let (parent, column) = (&key[2], &key[3]);
            let parent_place = RECORDED.iter().position(|name| name == parent).unwrap();
            assert!(parent_place <= place, "{table}.{column} points downwards to {parent}");
            let indexed =
                rows(&connection, &format!("PRAGMA index_list(\"{table}\")")).iter().any(|index| {
                    rows(&connection, &format!("PRAGMA index_info(\"{}\")", index[1]))[0][2]
                        == *column
                });
            assert!(indexed, "{table}.{column} has no index");
        }
    }
}

#[test]
fn triggers_only_refuse() {
    let connection = empty();
    for trigger in rows(&connection, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'") {
        let body = trigger[1].split("BEGIN").nth(1).unwrap().to_uppercase();
        for verb in ["INSERT ", "UPDATE ", "DELETE "] {
            assert!(!body.contains(verb), "{} writes", trigger[0]);
        }
        assert!(body.contains("RAISE(ABORT"), "{} does not refuse", trigger[0]);
    }
}
