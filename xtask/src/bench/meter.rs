//! Clock and processor time, as the system keeps them.

use std::time::Instant;

/// Nanoseconds the main thread has run, from the scheduler; only whole groups of commands are
/// measured with it, since it is brought up to date at the scheduler's own pace.
pub(super) fn thread_ns() -> u64 {
    field("/proc/self/schedstat", 0)
}

/// Milliseconds this process has run, all threads together, in steps of ten.
pub(super) fn own_ms() -> u64 {
    (stat(11) + stat(12)) * 10
}

/// Milliseconds that ended children have run, in steps of ten.
pub(super) fn children_ms() -> u64 {
    (stat(13) + stat(14)) * 10
}

/// A field counted from the state, which follows the name in parentheses.
fn stat(at: usize) -> u64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let rest = text.rsplit_once(") ").map_or("", |(_, rest)| rest);
    rest.split_whitespace().nth(at).and_then(|one| one.parse().ok()).unwrap_or(0)
}

fn field(path: &str, at: usize) -> u64 {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.split_whitespace().nth(at).and_then(|one| one.parse().ok()).unwrap_or(0)
}

/// Microseconds of each, by marks of [`thread_ns`] between groups of so many; what the first group
/// takes is left out, for it fills caches that all others find.
pub(super) fn each_us(marks: &[u64], group: usize) -> Vec<u64> {
    let each = |pair: &[u64]| (pair[1] - pair[0]) / (group as u64 * 1_000);
    marks.windows(2).skip(1).map(each).collect()
}

/// How long something takes on the clock, in microseconds.
#[allow(clippy::disallowed_methods)] // To measure is what this chore is for.
pub(super) fn wall_us<T>(work: impl FnOnce() -> T) -> (T, u64) {
    let from = Instant::now();
    let done = work();
    (done, u64::try_from(from.elapsed().as_micros()).unwrap_or(u64::MAX))
}

/// The value below which a share of all lies, in per cent.
pub(super) fn percentile(values: &mut [u64], share: usize) -> u64 {
    values.sort_unstable();
    let at = (values.len() * share / 100).min(values.len().saturating_sub(1));
    values.get(at).copied().unwrap_or(0)
}

/// Microseconds as milliseconds with three decimals.
pub(super) fn ms(us: u64) -> String {
    format!("{}.{:03} ms", us / 1000, us % 1000)
}

/// Milliseconds as seconds with two decimals.
pub(super) fn seconds(ms: u64) -> String {
    format!("{}.{:02} s", ms / 1000, ms % 1000 / 10)
}
