//! Any place of a long list, by its key: one screen of lines.

use super::Row;
use super::desk::Desk;
use super::meter::wall_us;
use report::{LedgerPlace, Query};
use values::Day;

/// How many places are tried.
const PLACES: usize = 2_000;
/// Rows of a screen.
const SCREEN: u32 = 40;
/// The most that 99 of 100 places may take, in microseconds.
const MOST_US: u64 = 1_000;

pub(super) fn measure(desk: &Desk) -> Result<Vec<Row>, String> {
    Ok(vec![bank_lines(desk)?, ledger(desk)?])
}

fn row(what: &str, took: Vec<u64>) -> Row {
    Row::spread(what, took, "1 ms p99", MOST_US)
}

/// Places in no order, the same at each run.
fn scattered(count: usize) -> impl Iterator<Item = usize> {
    (0..PLACES).map(move |n| n.wrapping_mul(7_919).wrapping_mul(104_729) % count.max(1))
}

/// The best of three at one place: what neighbours on the machine interrupt is not the place's.
fn best<T, E>(page: impl Fn() -> Result<T, E>) -> Result<u64, E> {
    let mut best = u64::MAX;
    for _ in 0..3 {
        let (page, us) = wall_us(&page);
        page?;
        best = best.min(us);
    }
    Ok(best)
}

fn bank_lines(desk: &Desk) -> Result<Row, String> {
    let failed = |why| format!("reading bank lines: {why}");
    let reader = desk.book.reader().map_err(failed)?;
    let days = whole()?;
    let accounts = reader.bank_accounts().map_err(failed)?;
    let mut longest = None;
    for account in accounts {
        let lines = reader.lines(account.id, days, None, u32::MAX).map_err(failed)?;
        let keys: Vec<_> = lines.iter().map(|line| (line.day, line.id)).collect();
        if longest.as_ref().is_none_or(|(_, known): &(_, Vec<_>)| known.len() < keys.len()) {
            longest = Some((account.id, keys));
        }
    }
    let Some((account, keys)) = longest else { return Err("no bank account".to_owned()) };
    let mut took = Vec::new();
    for at in scattered(keys.len()) {
        took.push(best(|| reader.lines(account, days, Some(keys[at]), SCREEN)).map_err(failed)?);
    }
    Ok(row(&format!("any screen of {} bank lines", keys.len()), took))
}

fn ledger(desk: &Desk) -> Result<Row, String> {
    let reader = desk.book.reader().map_err(|why| format!("reading the book: {why}"))?;
    let failed = |why| format!("reading a ledger: {why}");
    let query = Query::default();
    let page = |after: Option<LedgerPlace>, limit: usize| {
        report::ledger_page(&reader, &query, "471", after, limit)
    };
    let all = page(None, usize::MAX).map_err(failed)?.rows;
    let places: Vec<LedgerPlace> = all
        .iter()
        .map(|row| LedgerPlace {
            day: row.day,
            posting: row.posting,
            balance_minor: row.balance_minor,
        })
        .collect();
    let mut took = Vec::new();
    for at in scattered(places.len()) {
        took.push(best(|| page(Some(places[at]), SCREEN as usize)).map_err(failed)?);
    }
    Ok(row(&format!("any screen of a ledger of {} lines", places.len()), took))
}

fn whole() -> Result<(Day, Day), String> {
    let day = |text| Day::parse(text).map_err(|why| why.to_string());
    Ok((day("0001-01-01")?, day("9999-12-31")?))
}
