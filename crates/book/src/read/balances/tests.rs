//! How SQLite answers the questions behind reports: by key, never by reading a whole table.

use super::super::{journal, ledger};
use super::*;
use rusqlite::Connection;

fn plan(sql: &str) -> Vec<String> {
    let connection = Connection::open_in_memory().unwrap();
    crate::schema::create(&connection).unwrap();
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let count = statement.parameter_count();
    let nothing = vec![rusqlite::types::Null; count];
    let rows = statement
        .query_map(rusqlite::params_from_iter(nothing), |row| row.get::<_, String>(3))
        .unwrap();
    rows.map(|row| row.unwrap()).collect()
}

/// Each step that must be there, and no step that reads all of `entry` or `posting`.
fn check(sql: &str, expect: &[&str]) {
    let steps = plan(sql);
    for step in expect {
        assert!(steps.iter().any(|found| found.starts_with(step)), "{step} in {steps:#?}");
    }
    for step in &steps {
        let whole = step.starts_with("SCAN") && !step.contains("entry_draft");
        let large = ["SCAN entry", "SCAN posting", "SCAN kept"];
        assert!(!(whole && large.iter().any(|table| step.starts_with(table))), "{steps:#?}");
    }
}

#[test]
fn no_report_reads_a_whole_table() {
    check(KEPT, &["SEARCH kept USING PRIMARY KEY (account=?)"]);
    check(
        LINES,
        &["SEARCH posting USING COVERING INDEX posting_account (account=? AND day>? AND day<?)"],
    );
    check(
        DRAFTS,
        &[
            "SEARCH entry USING INDEX entry_draft (day>? AND day<?)",
            "SEARCH posting USING INDEX sqlite_autoindex_posting_1 (entry=?)",
        ],
    );
    check(OPENING, &["SEARCH entry USING INDEX entry_journal (journal=?)"]);
    check(OPENS, &["SEARCH entry USING INDEX entry_journal (journal=?)"]);
    check(PARTIES, &["SEARCH posting USING INDEX posting_account (account=? AND day>? AND day<?)"]);
}

#[test]
fn an_account_is_read_in_the_order_of_its_index() {
    let by_day =
        "SEARCH posting USING COVERING INDEX posting_account (account=? AND day>? AND day<?)";
    let within_a_day = "USE TEMP B-TREE FOR LAST TERM OF ORDER BY";
    let by_id = "SEARCH posting USING INTEGER PRIMARY KEY (rowid=?)";
    check(ledger::FORWARD, &[by_day, by_id, within_a_day]);
    check(ledger::BACKWARD, &[by_day, by_id, within_a_day]);
}

#[test]
fn the_journal_is_sorted_within_a_day_alone() {
    check(
        journal::HEADS,
        &[
            "SEARCH entry USING INDEX entry_fiscal_year (fiscal_year=? AND day>? AND day<?)",
            "USE TEMP B-TREE FOR LAST 5 TERMS OF ORDER BY",
        ],
    );
    check(journal::LINES, &["SEARCH posting USING INDEX sqlite_autoindex_posting_1 (entry=?)"]);
}
