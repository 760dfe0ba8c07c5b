use super::*;
use crate::{Face, FontFiles, Fonts, Margins, Mark, Page};
use assets::Assets;

const TEXT: Style = Style::new(Face::Mono, Length(10_000), Color::INK);
const LOOK: Look = Look {
    head: TEXT,
    head_baseline: Length(10_000),
    head_height: Length(20_000),
    head_rule: None,
    row_height: Length(20_000),
    row_baseline: Length(12_000),
    line_pitch: Length(10_000),
    band: TEXT,
    band_height: Length(20_000),
    band_baseline: Length(12_000),
    band_gap: Length(5_000),
    band_reach: Length::ZERO,
    hairline: Color::HAIRLINE,
};

fn row(text: &str, keep_with_next: bool) -> Item {
    Item::Row(Row { cells: vec![Cell::new(text, TEXT)], keep_with_next })
}

/// What is written on each page of 100 points between the margins, in order.
fn drawn(items: Vec<Item>) -> Vec<Vec<String>> {
    let files = FontFiles::load(&Assets::built_in()).unwrap();
    let fonts = Fonts::parse(&files).unwrap();
    let margins = Margins {
        left: Length(10_000),
        right: Length(10_000),
        top: Length(10_000),
        bottom: Length(10_000),
    };
    let size = (Length(200_000), Length(120_000));
    let mut flow = Flow::new(&fonts, size, margins, (String::new(), String::new()));
    let columns = vec![Column::new("HEAD", Length::ZERO, Length(60_000), Align::Left)];
    Table { columns, items, continued: "(suite)".to_owned(), below: Length::ZERO, look: LOOK }
        .draw(&mut flow);
    let pages = flow.finish(|_, _, _| {});
    for page in &pages {
        check_inside(page);
    }
    pages.iter().map(texts).collect()
}

fn texts(page: &Page) -> Vec<String> {
    let written = page.marks().iter().filter_map(|mark| match mark {
        Mark::Text { text, .. } => Some(text.clone()),
        _ => None,
    });
    written.collect()
}

fn check_inside(page: &Page) {
    for mark in page.marks() {
        if let Mark::Text { baseline, text, .. } = mark {
            assert!(*baseline <= Length(110_000), "{text} lies below the margin");
        }
    }
}

#[test]
fn rows_fill_a_page_and_the_head_is_repeated() {
    // The first page has room for a head and four rows; the running head takes 7.5 points of the
    // others, which leaves three.
    let rows = |from: usize, until: usize| (from..until).map(|n| n.to_string());
    let with_head = |rows: &mut dyn Iterator<Item = String>| -> Vec<String> {
        std::iter::once("HEAD".to_owned()).chain(rows).collect()
    };
    let items = rows(0, 9).map(|text| row(&text, false)).collect();
    let wanted: Vec<Vec<String>> =
        vec![with_head(&mut rows(0, 4)), with_head(&mut rows(4, 7)), with_head(&mut rows(7, 9))];
    assert_eq!(drawn(items), wanted);
}

#[test]
fn a_band_stays_with_its_row_and_is_named_again() {
    let mut items = vec![row("1", false), row("2", false), row("3", false)];
    items.push(Item::Band("BAND".to_owned()));
    items.extend(["a", "b", "c"].map(|text| row(text, false)));
    let pages = drawn(items);
    assert_eq!(pages[0], ["HEAD", "1", "2", "3"]);
    assert_eq!(pages[1], ["HEAD", "BAND", "a", "b"]);
    assert_eq!(pages[2], ["HEAD", "BAND (suite)", "c"]);
}

#[test]
fn the_row_before_a_total_goes_with_it() {
    let mut items: Vec<Item> = ["1", "2", "3"].map(|text| row(text, false)).into();
    items.extend([row("last", true), row("total", false)]);
    let pages = drawn(items);
    assert_eq!(pages[0], ["HEAD", "1", "2", "3"]);
    assert_eq!(pages[1], ["HEAD", "last", "total"]);
}

#[test]
fn rows_that_all_hold_together_still_break() {
    let items: Vec<Item> = (0..50).map(|number| row(&number.to_string(), true)).collect();
    let pages = drawn(items);
    assert_eq!(pages.concat().iter().filter(|text| *text != "HEAD").count(), 50);
}

#[test]
fn a_row_taller_than_a_page_goes_on() {
    let text = (0..30).map(|number| format!("w{number:07}")).collect::<Vec<_>>().join(" ");
    let pages = drawn(vec![row("1", false), row(&text, false), row("2", false)]);
    let all: Vec<String> = pages.concat().into_iter().filter(|text| text != "HEAD").collect();
    assert_eq!(all.len(), 32, "{all:?}");
    assert!(all.windows(2).skip(1).take(28).all(|pair| pair[0] < pair[1]), "{all:?}");
    assert!(pages.iter().all(|page| page[0] == "HEAD"));
    assert!(pages[0].len() > 3, "the tall row left its first page empty: {:?}", pages[0]);
}

#[test]
fn figures_are_never_cut() {
    let files = FontFiles::load(&Assets::built_in()).unwrap();
    let fonts = Fonts::parse(&files).unwrap();
    let margins = Margins {
        left: Length(10_000),
        right: Length(10_000),
        top: Length(10_000),
        bottom: Length(10_000),
    };
    let size = (Length::A4_WIDTH, Length::A4_HEIGHT);
    let mut flow = Flow::new(&fonts, size, margins, (String::new(), String::new()));
    let columns = vec![Column::new("", Length(300_000), Length(10_000), Align::Right)];
    let items = vec![row("1 234 567", false)];
    let (continued, below) = (String::new(), Length::ZERO);
    Table { columns, items, continued, below, look: LOOK }.draw(&mut flow);
    let pages = flow.finish(|_, _, _| {});
    let Some(Mark::Text { left, text, .. }) = pages[0].marks().first() else { panic!("no text") };
    assert_eq!((text.as_str(), *left), ("1 234 567", Length(10_000 + 310_000 - 54_000)));
}
