//! Each thing that a restless bank does, told by itself.

use super::*;

const QUIET: Habits = Habits { newest_first: false, counts: true, balance_at: None };
const ALL_HABITS: [Habits; 4] = [
    QUIET,
    Habits { newest_first: false, counts: false, balance_at: None },
    Habits { newest_first: true, counts: true, balance_at: None },
    Habits { newest_first: true, counts: false, balance_at: None },
];

/// Each way in which a bank shows its list; a bank without pages has but one.
fn cases(connector: &'static str) -> Vec<Case> {
    let habits = if connector == "qonto" { &ALL_HABITS[..] } else { &ALL_HABITS[..1] };
    habits.iter().map(|habits| Case::open(connector, *habits)).collect()
}

fn both() -> Vec<Case> {
    ["qonto", "simplefin"].into_iter().flat_map(cases).collect()
}

/// The list of accounts is the first request, the balance the second, three pages follow.
#[test]
fn a_line_booked_between_two_pages() {
    for at in 2..=6 {
        // At the end of the list, and before what was shown already.
        for day in [10, 4] {
            for case in cases("qonto") {
                case.disturbed(10, at, move |rows| rows.push(row("new", day, -777, "NEW")));
                let moved = at == 4 || at == 5;
                if moved && case.world.lock().expect("the world").habits.counts {
                    assert_eq!(case.states_of(-777), ["inbox"], "what moved is read again");
                }
                case.quiet(11);
                assert_eq!(case.states_of(-777), ["inbox"]);
                let synced = case.quiet(12);
                assert_eq!(synced["remarks"], json!([]), "nothing is said for ever");
            }
        }
    }
}

#[test]
fn a_line_taken_away_between_two_pages() {
    for at in 2..=6 {
        for case in cases("qonto") {
            case.disturbed(10, at, |rows| rows.retain(|row| row.id != "old-4"));
            case.quiet(11);
            assert_eq!(case.states_of(-104), ["gone"]);
        }
    }
}

#[test]
fn a_balance_that_knows_more_than_the_list_or_less() {
    for listed in [true, false] {
        for case in both() {
            case.disturbed(10, 1, move |rows| {
                rows.push(Shown { listed, counted: !listed, ..row("new", 10, -777, "NEW") });
            });
            let proof = case.proof();
            assert_ne!(proof["proved_to"], json!("2026-04-10"), "{proof:#}");
            case.happens(|rows| settle(rows));
            case.quiet(11);
        }
    }
}

#[test]
fn a_line_of_a_proved_day_that_comes_late() {
    for case in both() {
        for (day, booked) in [(10, 9), (11, 5), (12, 4)] {
            case.happens(|rows| rows.push(row(&format!("late-{day}"), booked, -777, "LATE")));
            let synced = case.quiet(day);
            assert_eq!(synced["accounts"][0]["new"], json!(1), "{synced}");
        }
    }
}

#[test]
fn an_announced_line_is_booked_otherwise() {
    for case in both() {
        case.happens(|rows| {
            rows.push(Shown { pending: true, ..row("card", 10, -5_000, "STATION") });
        });
        let synced = case.quiet(10);
        assert_eq!(synced["accounts"][0]["pending"], json!(1), "{synced}");
        case.happens(|rows| {
            *find(rows, "card") = row("card", 11, -4_321, "STATION NORD 10/04");
        });
        let synced = case.quiet(11);
        let account = &synced["accounts"][0];
        assert_eq!((&account["new"], &account["pending"]), (&json!(1), &json!(0)), "{synced}");
        assert!(case.states_of(-5_000).is_empty());
    }
}

#[test]
fn a_booked_line_that_the_bank_takes_away() {
    for case in both() {
        case.happens(|rows| rows.push(row("away", 10, -777, "AWAY")));
        case.quiet(10);
        case.happens(|rows| rows.retain(|row| row.id != "away"));
        let synced = case.quiet(11);
        assert_eq!(synced["accounts"][0]["gone"], json!(1), "{synced}");
        assert_eq!(case.states_of(-777), ["gone"]);
        // And shows again.
        case.happens(|rows| rows.push(row("away", 10, -777, "AWAY")));
        case.quiet(12);
        assert_eq!(case.states_of(-777), ["inbox"]);
    }
}

#[test]
fn a_booked_line_whose_words_change() {
    for case in both() {
        case.happens(|rows| rows.push(row("word", 10, -777, "WORDS")));
        case.quiet(10);
        case.happens(|rows| find(rows, "word").movement.label = "OTHER WORDS".to_owned());
        let synced = case.quiet(11);
        assert_eq!(synced["accounts"][0]["new"], json!(0), "{synced}");
        let lines = case.lines();
        let line = lines.iter().find(|line| line["amount_minor"] == json!(-777));
        assert_eq!(line.expect("it is there")["label"], json!("WORDS"), "as first given");
    }
}

#[test]
fn a_booked_line_whose_amount_changes() {
    for case in both() {
        case.happens(|rows| rows.push(row("sum", 10, -777, "SUM")));
        case.quiet(10);
        case.happens(|rows| find(rows, "sum").movement.amount_minor = -778);
        let synced = case.quiet(11);
        assert_eq!(synced["accounts"][0]["changed"], json!(1), "{synced}");
        assert_eq!(
            (case.states_of(-777), case.states_of(-778)),
            (vec!["gone".to_owned()], vec!["inbox".to_owned()])
        );
    }
}

#[test]
fn one_id_on_two_lines() {
    for case in both() {
        case.happens(|rows| {
            rows.push(row("same", 10, -777, "ONE"));
            rows.push(row("same", 10, -778, "TWO"));
        });
        case.quiet(10);
        // On another day too, and beside a line that is known.
        case.happens(|rows| {
            rows.push(row("same", 11, -777, "THREE"));
            rows.push(row("old-8", 11, -779, "FOUR"));
        });
        case.quiet(11);
        case.quiet(12);
    }
}

#[test]
fn one_id_on_two_equal_lines() {
    for case in both() {
        case.happens(|rows| {
            rows.push(row("same", 10, -777, "ONE"));
            rows.push(row("same", 10, -777, "TWO"));
        });
        case.quiet(10);
    }
}
