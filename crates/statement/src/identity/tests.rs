use super::*;
use crate::SourceId;
use std::borrow::Cow;

fn day(number: &str) -> Day {
    Day::parse(&format!("2026-03-{:0>2}", number.trim())).expect("a day of March")
}

/// The value of `name=value` among words.
fn value<'t>(words: &[&'t str], name: &str) -> Option<&'t str> {
    words.iter().find_map(|word| word.strip_prefix(name)?.strip_prefix('='))
}

fn amount(words: &[&str], name: &str) -> Option<i64> {
    value(words, name).map(|text| text.parse().expect("an amount"))
}

fn trust(words: &[&str]) -> Trust {
    match value(words, "trust") {
        None => Trust::Normal,
        Some("strong") => Trust::Strong,
        Some("none") => Trust::None,
        Some(other) => panic!("no trust {other}"),
    }
}

/// `9 -1000 id=A after=50 words=X gone; …`
fn rows(text: &str) -> Vec<Vec<&str>> {
    text.split(';')
        .map(|row| row.split_whitespace().collect::<Vec<_>>())
        .filter(|words| !words.is_empty())
        .collect()
}

fn seen(text: &str) -> Vec<Line<'_>> {
    rows(text)
        .iter()
        .map(|words| Line {
            day: day(words[0]),
            value_day: None,
            amount_minor: words[1].parse().expect("an amount"),
            label: Cow::Borrowed(value(words, "words").unwrap_or("W")),
            party_name: None,
            party_iban: None,
            reference: None,
            type_code: None,
            balance_after_minor: amount(words, "after"),
            original: None,
            fee_minor: None,
            ids: value(words, "id")
                .map(|id| SourceId { name: "FITID", value: Cow::Borrowed(id), trust: trust(words) })
                .into_iter()
                .collect(),
            place: 0..0,
        })
        .collect()
}

fn known_ids<'t>(words: &[&'t str]) -> Vec<KnownId<'t>> {
    let source = value(words, "source").unwrap_or("file ofx");
    value(words, "id")
        .map(|id| KnownId { source, name: "FITID", value: id, trust: trust(words) })
        .into_iter()
        .collect()
}

fn known_line<'t>(words: &[&'t str], ids: &'t [KnownId<'t>], shown_as_of: &'t str) -> Known<'t> {
    let ordinal = words.iter().find_map(|word| word.strip_prefix('#')?.parse().ok());
    Known {
        id: 0,
        day: day(words[0]),
        amount_minor: words[1].parse().expect("an amount"),
        ordinal: ordinal.unwrap_or(1),
        balance_after_minor: amount(words, "after"),
        party_iban: None,
        label: value(words, "words").unwrap_or("W"),
        state: match words {
            _ if words.contains(&"held") => State::Held,
            _ if words.contains(&"gone") => State::Gone,
            _ => State::Here,
        },
        shown_as_of,
        ids,
    }
}

fn told(decisions: &Decisions) -> String {
    let mut words = Vec::new();
    for pair in &decisions.pairs {
        let by = match pair.by {
            By::Id => "id",
            By::BalanceAfter => "after",
            By::Words => "words",
            By::Count => "count",
            By::IdMovedDay => "moved",
        };
        let reworded = if pair.reworded { "*" } else { "" };
        words.push(format!("{}={} {by}{reworded}", pair.seen, pair.known));
    }
    for new in &decisions.new {
        let state = match new.state {
            State::Here => "",
            State::Held => " held",
            State::Gone => " gone",
        };
        let doubt = if new.doubtful { " doubtful" } else { "" };
        words.push(format!("new {}#{}{state}{doubt}", new.seen, new.ordinal));
    }
    words.extend(decisions.changed.iter().map(|one| format!("changed {}={}", one.seen, one.known)));
    for (name, places) in
        [("gone", &decisions.gone), ("back", &decisions.back), ("settled", &decisions.settled)]
    {
        words.extend(places.iter().map(|place| format!("{name} {place}")));
    }
    words.join(", ")
}

/// `known` rows may say `held` or `gone`, `#2` for an ordinal, `shown=day`, `source=…`; `window`
/// is `first last` with `open close asof eve ended end began`, and `later=first-last`.
fn check(known: &str, read: &str, window: &str, expect: &str) {
    let known_rows = rows(known);
    let ids: Vec<Vec<KnownId>> = known_rows.iter().map(|words| known_ids(words)).collect();
    let shown: Vec<String> = known_rows
        .iter()
        .map(|words| day(value(words, "shown").unwrap_or("1")).to_string())
        .collect();
    let known_lines: Vec<Known> = known_rows
        .iter()
        .zip(&ids)
        .zip(&shown)
        .map(|((words, ids), shown)| known_line(words, ids, shown))
        .collect();
    let words: Vec<&str> = window.split_whitespace().collect();
    let as_of = day(value(&words, "asof").unwrap_or("28")).to_string();
    let window = Window {
        source: "file ofx",
        first_day: day(words[0]),
        last_day: day(words[1]),
        opening_minor: amount(&words, "open"),
        closing_minor: amount(&words, "close"),
        as_of: &as_of,
    };
    let later = value(&words, "later").map(|days| {
        let (first, last) = days.split_once('-').expect("two days");
        Read {
            first_day: day(first),
            last_day: day(last),
            opening_minor: Some(0),
            closing_minor: Some(0),
            as_of: "2026-03-31".to_owned(),
            sum_minor: 0,
            balanced: true,
        }
    });
    let around = Around {
        eve_minor: amount(&words, "eve"),
        ended_minor: amount(&words, "ended").into_iter().collect(),
        end_minor: amount(&words, "end"),
        began_minor: amount(&words, "began").into_iter().collect(),
        reads: later.into_iter().collect(),
    };
    let decisions = decide(&known_lines, &seen(read), &window, &around);
    assert_eq!(told(&decisions), expect, "\nknown {known}\nread {read}\nwindow {words:?}");
}

#[test]
fn counts_not_sets() {
    check("", "5 -10; 5 -10; 6 -10", "1 9", "new 0#1, new 1#2, new 2#1");
    check("5 -10", "5 -10; 5 -10", "1 9", "0=0 words, new 1#2");
    check("5 -10; 5 -10 #2", "5 -10; 5 -10", "1 9", "0=0 words, 1=1 words");
    check("5 -10; 5 -10 #4", "5 -10; 5 -10; 5 -10", "1 9", "0=0 words, 1=1 words, new 2#5");
    check("5 10", "5 -10", "1 9", "new 0#1");
    check("5 -10", "", "1 9", "");
}

#[test]
fn ids_and_words_choose_among_equals() {
    check("5 -10 id=A; 5 -10 #2 id=B", "5 -10 id=B", "1 9", "0=1 id");
    check("5 -10 id=A; 5 -10 #2 id=B", "5 -10 id=B; 5 -10 id=A", "1 9", "0=1 id, 1=0 id");
    check("5 -10 after=90; 5 -10 #2 after=80", "5 -10 after=80", "1 9", "0=1 after");
    check("5 -10 words=X; 5 -10 #2 words=Y", "5 -10 words=Y", "1 9", "0=1 words");
    check("5 -10 words=X", "5 -10 words=Y", "1 9", "0=0 count*");
    // Another source's ids, and ids that are no ids, choose nothing.
    check("5 -10; 5 -10 #2 id=B source=other", "5 -10 id=B", "1 9", "0=0 words");
    check("5 -10 words=X; 5 -10 #2 id=0 trust=none", "5 -10 id=0 trust=none", "1 9", "0=1 words");
    // An id that every line carries adds and drops nothing.
    check("5 -10 id=0; 5 -10 #2 id=0", "5 -10 id=0; 5 -10 id=0; 6 -9 id=0", "1 9", {
        "0=0 id, 1=1 id, new 2#1"
    });
}

#[test]
fn states_are_taken_in_turn() {
    check("5 -10 gone", "5 -10", "1 9", "0=0 words, back 0");
    check("5 -10 gone; 5 -10 #2", "5 -10", "1 9", "0=1 words");
    check("5 -10 gone", "5 -10", "1 9 later=1-9", "0=0 words");
    check("5 -10 gone", "5 -10", "1 9 later=5-9", "0=0 words, back 0");
    check("5 -10 held", "5 -10", "1 9", "0=0 words");
    check("5 -10 held", "5 -10", "1 9 open=0 close=-10", "0=0 words, settled 0");
    check("5 -10 held", "5 -10", "1 9 open=0 close=-11", "0=0 words");
}

#[test]
fn gone_only_when_the_balance_says_so() {
    check("5 -10; 6 -7", "6 -7", "1 9", "0=1 words");
    check("5 -10; 6 -7", "6 -7", "1 9 open=0 close=-7", "0=1 words, gone 0");
    check("5 -10; 6 -7", "6 -7", "1 9 open=0 close=-17", "0=1 words");
    check("5 -10; 6 -7", "6 -7", "1 9 close=-7", "0=1 words");
    check("5 -10; 6 -7", "6 -7", "1 9 close=-7 eve=0", "0=1 words, gone 0");
    check("5 -10; 6 -7", "6 -7", "5 9 open=0 close=-7", "0=1 words");
    check("5 -10; 6 -7", "6 -7", "1 5 open=0 close=-7", "0=1 words");
    check("5 -10 shown=29; 6 -7", "6 -7", "1 9 open=0 close=-7", "0=1 words");
    check("5 -10 shown=28; 6 -7", "6 -7", "1 9 open=0 close=-7", "0=1 words");
    // Read after a newer read that no longer shows it: kept as gone from the first.
    check("", "5 -10", "1 9 later=1-9", "new 0#1 gone");
    check("", "5 -10", "1 9 later=5-9", "new 0#1");
}

#[test]
fn a_trusted_id_follows_a_day_that_moved() {
    let witness = "3 -7 id=W";
    check(&format!("{witness}; 5 -10 id=A"), "3 -7 id=W; 6 -10 id=A", "1 9", {
        "0=0 id, 1=1 moved"
    });
    // Too far, at the edge, without a witness, repeated, or counted anew in each file.
    check(&format!("{witness}; 5 -10 id=A"), "3 -7 id=W; 8 -10 id=A", "1 9", "0=0 id, new 1#1");
    check(&format!("{witness}; 5 -10 id=A"), "3 -7 id=W; 6 -10 id=A", "3 5", "0=0 id, new 1#1");
    check("5 -10 id=A", "6 -10 id=A", "1 9", "new 0#1");
    check("5 -10 id=A trust=strong", "6 -10 id=A trust=strong", "1 9", "0=0 moved");
    check(&format!("{witness}; 5 -10 id=A"), "3 -7 id=W; 6 -10 id=A; 7 -9 id=A", "1 9", {
        "0=0 id, new 1#1, new 2#1"
    });
    check("3 -7 id=1; 3 -8 id=2; 5 -10 id=3", "3 -7 id=2; 3 -8 id=1; 6 -10 id=3", "1 9", {
        "0=0 words, 1=1 words, new 2#1"
    });
}

#[test]
fn a_changed_amount_is_told() {
    let known = "3 -7 id=W; 5 -10 id=A";
    let read = "3 -7 id=W; 5 -12 id=A";
    check(known, read, "1 9", "0=0 id, new 1#1 held, changed 1=1");
    check(known, read, "1 9 open=0 close=-19", "0=0 id, new 1#1, changed 1=1, gone 1");
    check(known, read, "1 9 open=0 close=-17", "0=0 id, new 1#1 held, changed 1=1");
    // Read again, the question is known; a balance answers it.
    let asked = format!("{known}; 5 -12 id=A held");
    check(&asked, read, "1 9", "0=0 id, 1=2 id");
    check(&asked, read, "1 9 open=0 close=-19", "0=0 id, 1=2 id, gone 1, settled 2");
    // Another day, or both shown: an id used twice.
    check(known, "3 -7 id=W; 6 -12 id=A", "1 9", "0=0 id, new 1#1");
    check(known, "3 -7 id=W; 5 -10 id=A; 5 -12 id=A", "1 9", "0=0 id, 1=1 id, new 2#1");
}

#[test]
fn a_day_split_between_windows_keeps_its_twins() {
    let begins = "9 20 open=90 close=75 eve=100 ended=90";
    check("9 -10", "9 -10; 12 -5", begins, "new 0#2 doubtful, new 1#1");
    // The day was shown whole, or the windows do not meet, or no line makes the difference.
    check("9 -10", "9 -10; 12 -5", "9 20 open=100 close=85 eve=100 ended=90", {
        "0=0 words, new 1#1"
    });
    check("9 -10", "9 -10; 12 -5", "9 20 open=90 close=75 eve=100 ended=91", {
        "0=0 words, new 1#1"
    });
    check("9 -11", "9 -11; 12 -5", "9 20 open=90 close=74 eve=100 ended=90", {
        "0=0 words, new 1#1"
    });
    // A line that is not shown again is evidence of the split.
    check("9 -10; 9 -3", "9 -10; 12 -5", "9 20 open=87 close=72 eve=100 ended=87", {
        "new 0#2, new 1#1"
    });
    // Both halves known: nothing to keep apart.
    check("9 -10; 9 -10 #2", "9 -10; 12 -5", begins, "0=0 words, new 1#1");
    // The other side of the day, and a closing without an opening.
    check("9 -10", "5 -1; 9 -10", "5 9 open=101 close=90 asof=9 end=80 began=90", {
        "new 0#1, new 1#2 doubtful"
    });
    check("9 -10", "9 -10; 12 -5", "9 20 close=75 eve=100 ended=90", {
        "new 0#2 doubtful, new 1#1"
    });
    // Made the day after, it holds the whole day.
    check("9 -10", "5 -1; 9 -10", "5 9 open=101 close=90 asof=10 end=80 began=90", {
        "1=0 words, new 0#1"
    });
}
