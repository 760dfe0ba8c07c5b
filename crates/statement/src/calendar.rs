//! Days as banks write them. A day is taken as written: no zone is ever applied.

use values::Day;

/// The order of day, month and year in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// `2026-01-31`, `20260131`.
    YearMonthDay,
    /// `31/01/2026`, `31.1.26`, `31 janv. 2026`.
    DayMonthYear,
    /// `01/31/2026`.
    MonthDayYear,
}

/// Reads a day, whatever stands between its parts and whatever time of day follows.
pub fn day_in_order(text: &str, order: DateOrder) -> Option<Day> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0' || c == '\u{FEFF}');
    if order == DateOrder::YearMonthDay
        && let Some(day) = compact_day(text)
    {
        return Some(day);
    }
    let [first, second, third] = parts(text)?;
    // Four digits in front are a year in any order.
    let order = if first.len() == 4 { DateOrder::YearMonthDay } else { order };
    let (year, month, day) = match order {
        DateOrder::YearMonthDay => (first, second, third),
        DateOrder::DayMonthYear => (third, second, first),
        DateOrder::MonthDayYear => (third, first, second),
    };
    Day::from_ymd(year_of(year)?, month_of(month)?, small(day)?)
}

/// Which orders a text allows; used to decide over a whole file.
pub fn orders_allowed(text: &str) -> Vec<DateOrder> {
    let all = [DateOrder::YearMonthDay, DateOrder::DayMonthYear, DateOrder::MonthDayYear];
    let four = |part: &str| part.len() == 4;
    let shape = |order: DateOrder| match (parts(text.trim()), order) {
        (Some([first, _, _]), DateOrder::YearMonthDay) => four(first),
        (Some([first, _, _]), _) => !four(first),
        (None, _) => true,
    };
    all.into_iter().filter(|order| shape(*order) && day_in_order(text, *order).is_some()).collect()
}

/// The first eight digits as a day: `20260131`, `20260131120000.000[-3:BRT]`.
pub fn compact_day(text: &str) -> Option<Day> {
    let digits = text.as_bytes().get(..8)?;
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let number = |from: usize, to: usize| {
        digits[from..to].iter().fold(0u32, |sum, digit| sum * 10 + u32::from(digit - b'0'))
    };
    Day::from_ymd(number(0, 4) as i32, number(4, 6), number(6, 8))
}

/// A bank's stamp as text that sorts: `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SS`, zone dropped.
///
/// Reads `20260131120000`, `2026-01-31T12:00:00.000+01:00` and days alone.
pub fn stamp(text: &str) -> Option<String> {
    let text = text.trim();
    let (day, rest) = match compact_day(text) {
        Some(day) => (day, text.get(8..)?),
        None => (Day::parse(text.get(..10)?).ok()?, text.get(10..)?),
    };
    let rest = rest.strip_prefix(['T', ' ']).unwrap_or(rest);
    let digits: Vec<u8> = rest
        .bytes()
        .take_while(|byte| byte.is_ascii_digit() || *byte == b':')
        .filter(u8::is_ascii_digit)
        .collect();
    let time = (digits.len() >= 6).then(|| &digits[..6]);
    let pair = |time: &[u8], at: usize| (time[at] - b'0') * 10 + (time[at + 1] - b'0');
    match time {
        Some(time) if pair(time, 0) < 24 && pair(time, 2) < 60 && pair(time, 4) < 61 => {
            let (hour, minute, second) = (pair(time, 0), pair(time, 2), pair(time, 4));
            Some(format!("{day}T{hour:02}:{minute:02}:{second:02}"))
        }
        _ => Some(day.to_string()),
    }
}

/// The three parts of a date; what follows them must not run on with a digit or letter.
fn parts(text: &str) -> Option<[&str; 3]> {
    let mut found = [""; 3];
    let mut rest = text;
    for (place, part) in found.iter_mut().enumerate() {
        let letters = rest.starts_with(char::is_alphabetic);
        let end = rest
            .find(|c: char| if letters { !c.is_alphabetic() } else { !c.is_ascii_digit() })
            .unwrap_or(rest.len());
        if end == 0 || (letters && place == 2) {
            return None;
        }
        *part = &rest[..end];
        rest = &rest[end..];
        if place < 2 {
            let after = rest.trim_start_matches(['/', '-', '.', ':', ' ', '年', '月', '\'']);
            if after.len() == rest.len() || rest.len() - after.len() > 3 {
                return None;
            }
            rest = after;
        }
    }
    let next = rest.chars().next();
    (next.is_none_or(|c| c == 'T' || !c.is_alphanumeric())).then_some(found)
}

fn small(text: &str) -> Option<u32> {
    if text.len() > 2 { None } else { text.parse().ok() }
}

fn year_of(text: &str) -> Option<i32> {
    let year: i32 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        // Banks shorten the years of this and of the last century; none was online before 1980.
        2 if year < 80 => Some(2000 + year),
        2 => Some(1900 + year),
        _ => None,
    }
}

/// The month by number, or by the first letters of its name in French, English or German.
fn month_of(text: &str) -> Option<u32> {
    if let Some(number) = small(text) {
        return Some(number);
    }
    let name = crate::fold::folded(text);
    const NAMES: [&[&str]; 12] = [
        &["jan"],
        &["fev", "feb"],
        &["mar", "mrz"],
        &["avr", "apr"],
        &["mai", "may"],
        &["juin", "jun"],
        &["juil", "jul"],
        &["aou", "aug"],
        &["sep"],
        &["oct", "okt"],
        &["nov"],
        &["dec", "dez"],
    ];
    let place = NAMES.iter().position(|starts| starts.iter().any(|start| name.starts_with(start)));
    place.map(|place| place as u32 + 1)
}

#[cfg(test)]
mod tests;
