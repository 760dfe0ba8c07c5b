use super::*;

fn day(number: &str) -> Day {
    Day::parse(&format!("2026-03-{:0>2}", number.trim())).expect("a day of March")
}

fn amount(text: &str) -> Option<i64> {
    (text != "-").then(|| text.parse().expect("an amount"))
}

/// `first last opening closing sum as_of; …` and `day sum since gone; …`, days of March.
fn chain(windows: &str, book: &str) -> Chain {
    let windows: Vec<ReadWindow> = (0..)
        .zip(windows.split(';'))
        .map(|(id, row)| {
            let words: Vec<&str> = row.split_whitespace().collect();
            ReadWindow {
                id,
                first_day: day(words[0]),
                last_day: day(words[1]),
                opening_minor: amount(words[2]),
                closing_minor: amount(words[3]),
                as_of: day(words.get(5).copied().unwrap_or(words[1])).to_string(),
                sum_minor: amount(words[4]).expect("a sum"),
            }
        })
        .collect();
    let book: Vec<BookSum> = book
        .split(';')
        .map(|row| row.split_whitespace().collect::<Vec<_>>())
        .filter(|words| !words.is_empty())
        .map(|words| BookSum {
            day: day(words[0]),
            since: day(words[2]).to_string(),
            gone: words.contains(&"gone"),
            sum_minor: amount(words[1]).expect("a sum"),
        })
        .collect();
    prove(&windows, &book)
}

fn told(chain: &Chain) -> String {
    let mut words: Vec<String> = chain
        .windows
        .iter()
        .map(|proof| match &proof.verdict {
            Verdict::Proved { from } => format!("proved from {}", from.day_of_month()),
            Verdict::Unproved(why) => why.word().to_owned(),
            Verdict::Broken(found) => {
                let likely: Vec<u32> = found.likely.iter().map(|day| day.day_of_month()).collect();
                format!(
                    "broken {} {} {}-{} {likely:?}",
                    found.fails.word(),
                    found.difference_minor,
                    found.first_day.day_of_month(),
                    found.last_day.day_of_month(),
                )
            }
        })
        .collect();
    words.extend(chain.gaps.iter().map(|gap| {
        let (first, last) = (gap.first_day.day_of_month(), gap.last_day.day_of_month());
        format!("gap {first}-{last} {:?}", gap.difference_minor)
    }));
    words.push(match chain.state {
        ChainState::Proved => "= proved".to_owned(),
        ChainState::Unproved => "= unproved".to_owned(),
        ChainState::Broken { since } => format!("= broken since {}", since.day_of_month()),
    });
    words.join(", ")
}

fn check(windows: &str, book: &str, expect: &str) {
    assert_eq!(told(&chain(windows, book)), expect, "\nwindows {windows}\nbook {book}");
}

#[test]
fn two_stated_balances_prove() {
    check("1 9 100 70 -30", "5 -30 9", "proved from 1, = proved");
    check("1 9 100 70 -30", "5 -20 9", "broken book -10 1-9 [], = broken since 1");
    check("1 9 100 70 -30", "5 -30 9; 6 -8 9", "broken book 8 1-9 [6], = broken since 1");
    check("1 9 100 75 -30", "5 -30 9", "broken own-sum 5 1-9 [], = broken since 1");
    check("1 9 - - -30", "5 -30 9", "no-closing, = unproved");
    check("1 9 100 - -30", "5 -30 9", "no-closing, = unproved");
}

#[test]
fn a_closing_alone_is_an_anchor_until_joined() {
    let book = "5 -30 9; 12 -10 19";
    check("1 9 - 70 -30", book, "anchor, = unproved");
    check("1 9 - 70 -30; 10 19 - 60 -10", book, "anchor, proved from 10, = proved");
    check("10 19 - 60 -10; 1 9 - 70 -30", book, "proved from 10, anchor, = proved");
    check("1 9 - 70 -30; 10 19 - 61 -10", book, {
        "anchor, broken join 1 1-19 [], = broken since 1"
    });
    // The person's own statement, or another format, states the balance before the anchor.
    check("1 9 - 70 -30; 1 19 100 60 -40", book, "proved from 1, proved from 1, = proved");
}

#[test]
fn windows_overlap_in_any_order() {
    let book = "5 -30 9; 8 -5 9; 12 -10 14";
    check("1 9 - 65 -35; 7 14 - 55 -15", book, "anchor, proved from 10, = proved");
    check("1 9 100 65 -35; 7 14 - 55 -15", book, "proved from 1, proved from 7, = proved");
    check("7 14 - 55 -15; 1 9 100 65 -35", book, "proved from 7, proved from 1, = proved");
    check("1 9 100 65 -35; 1 9 100 65 -35", "5 -30 9; 8 -5 9", {
        "proved from 1, proved from 1, = proved"
    });
    // A late line on an old day, shown by the second read alone.
    check("1 9 100 65 -35; 7 14 - 53 -17", "5 -30 9; 8 -5 9; 8 -2 14; 12 -10 14", {
        "proved from 1, proved from 7, = proved"
    });
    // A late line before the second read: its balance knows more than the book, until read.
    check("1 9 100 65 -35; 10 14 63 53 -10", book, {
        "proved from 1, broken join -2 1-9 [], = broken since 1"
    });
    check(
        "1 9 100 65 -35; 10 14 63 53 -10; 1 9 100 63 -37 20",
        "5 -30 9; 8 -5 9; 8 -2 20; 12 -10 14",
        "proved from 1, proved from 10, proved from 1, = proved",
    );
}

#[test]
fn later_lines_need_a_proof_of_their_own() {
    let windows = "1 9 100 70 -30; 3 6 - - -38 20";
    check(windows, "5 -30 9; 6 -8 20", "later-lines, no-closing, = unproved");
    check(windows, "5 -30 9; 6 -8 9", "broken book 8 1-9 [6], no-closing, = broken since 1");
    check("1 9 100 70 -30; 3 6 100 62 -38 20", "5 -30 9; 6 -8 20", {
        "proved from 1, proved from 3, = proved"
    });
}

#[test]
fn lines_gone_were_there() {
    check("1 9 100 62 -38; 1 9 100 70 -30 20", "5 -30 9; 6 -8 9 gone", {
        "proved from 1, proved from 1, = proved"
    });
    check("1 9 100 70 -30", "5 -22 9; 6 -8 9 gone", "proved from 1, = proved");
    check("1 9 100 62 -30; 10 11 70 70 0", "5 -30 9; 6 -8 9 gone", {
        "broken own-sum -8 1-9 [6], proved from 10, = broken since 1"
    });
}

#[test]
fn gaps_are_told() {
    let book = "5 -30 9; 13 -10 19";
    check("1 9 100 70 -30; 12 19 70 60 -10", book, {
        "proved from 1, proved from 12, gap 10-11 Some(0), = proved"
    });
    check("1 9 100 70 -30; 12 19 66 56 -10", book, {
        "proved from 1, proved from 12, gap 10-11 Some(-4), = unproved"
    });
    check("1 9 100 70 -30; 12 19 66 56 -10; 10 11 70 66 -4", "5 -30 9; 10 -4 11; 13 -10 19", {
        "proved from 1, proved from 12, proved from 10, = proved"
    });
    check("1 9 100 70 -30; 12 19 - - -10", book, {
        "proved from 1, no-closing, gap 10-11 None, = unproved"
    });
}

#[test]
fn a_day_shared_by_two_windows() {
    // Repeated whole, split between them, and split with a line lost.
    check("1 9 100 60 -40; 9 14 70 50 -20", "5 -30 9; 9 -10 9; 12 -10 14", {
        "proved from 1, proved from 9, = proved"
    });
    check("1 9 100 60 -40; 9 14 60 40 -20", "5 -30 9; 9 -10 9; 9 -10 14; 12 -10 14", {
        "proved from 1, proved from 9, = proved"
    });
    check("1 9 100 60 -40; 9 14 60 40 -20", "5 -30 9; 9 -10 9; 12 -10 14", {
        "proved from 1, broken book -10 9-14 [], = broken since 9"
    });
    // Made after its end, the first holds the whole day: then the second does not join.
    check("1 9 100 60 -40 10; 9 14 60 40 -20", "5 -30 9; 9 -10 9; 12 -10 14", {
        "proved from 1, broken join -10 1-8 [], = broken since 1"
    });
}

#[test]
fn newer_balances_outweigh_a_stale_one() {
    let book = "5 -30 9; 12 -10 14; 16 -5 19";
    check("1 9 100 70 -30; 10 14 - 65 -10; 10 19 - 55 -15", book, {
        "proved from 1, outweighed, proved from 10, = proved"
    });
    check("1 9 100 70 -30; 10 14 - 65 -10 20; 10 19 - 55 -15", book, {
        "proved from 1, broken join 5 1-14 [], proved from 10, = broken since 1"
    });
}

#[test]
fn around_tells_the_days_beside() {
    let chain = chain("1 9 100 60 -40; 15 19 50 45 -5", "5 -30 9; 9 -10 9; 16 -5 19");
    let around = chain.around(day("9"), day("15"));
    assert_eq!(around.eve_minor, Some(70));
    assert_eq!(around.ended_minor, [60]);
    assert_eq!(around.began_minor, [50]);
    assert_eq!(around.reads.len(), 2);
    assert_eq!(chain.around(day("20"), day("25")).eve_minor, Some(45));
    assert_eq!(chain.around(day("20"), day("25")).reads, []);
    assert_eq!(chain.last_proved_day(), Some(day("19")));
    assert_eq!(chain.proved_balance_minor(), Some(45));
    let nothing = prove(&[], &[]);
    assert_eq!(nothing.around(day("1"), day("9")), crate::identity::Around::default());
    assert_eq!(nothing.state, ChainState::Unproved);
}
