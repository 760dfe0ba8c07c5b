//! Many lines at once: read, booked, posted, beside a program that only inserts rows.

use super::Row;
use super::desk::Desk;
use super::meter::{children_ms, own_ms, seconds};
use book::PostEntries;
use std::path::Path;
use values::Day;

/// Reading and booking may cost this many hundredths of bare inserts.
const MOST: u64 = 250;

pub(super) fn measure(
    desk: &mut Desk,
    file: &Path,
    limit: Option<&Path>,
) -> Result<Vec<Row>, String> {
    let bytes = std::fs::read(file).map_err(|why| format!("{}: {why}", file.display()))?;
    let start = own_ms();
    desk.import(&bytes, "bank.ofx")?;
    let read = own_ms();
    let accept = desk.all_to_suspense()?;
    let lines = accept.lines.len();
    desk.execute(accept)?;
    let booked = own_ms();
    let up_to = Day::parse("9999-12-31").map_err(|why| why.to_string())?;
    desk.execute(PostEntries { up_to })?;
    let posted = own_ms();
    let told = |what: &str, from: u64, to: u64| {
        Row::new(&format!("{what} {lines} lines"), format!("{} cpu", seconds(to - from)), "", true)
    };
    let mut rows = vec![
        told("read", start, read),
        told("book as drafts", read, booked),
        told("post", booked, posted),
    ];
    if let Some(limit) = limit {
        let bare = bare(limit, file, desk)?;
        let ratio = |ms: u64| ms * 100 / bare.max(1);
        let (all, reading) = (ratio(posted - start), ratio(read - start));
        let shown = |ratio: u64| format!("{}.{:02} x", ratio / 100, ratio % 100);
        rows.push(Row::new("bare inserts of the same file", seconds(bare) + " cpu", "", true));
        rows.push(Row::new("reading to bare inserts", shown(reading), "2 x", reading <= 200));
        rows.push(Row::new(
            "read, book and post to bare inserts",
            shown(all),
            "2.5 x",
            all <= MOST,
        ));
    }
    Ok(rows)
}

/// Milliseconds of a program that only inserts; the median of three runs.
fn bare(limit: &Path, file: &Path, desk: &Desk) -> Result<u64, String> {
    let folder = desk.book.path().parent().unwrap_or(Path::new(""));
    let mut took = Vec::new();
    for run in 0..3 {
        let before = children_ms();
        let ran = std::process::Command::new(limit)
            .arg("import")
            .arg(folder.join(format!("bare-{run}.db")))
            .arg(file)
            .output()
            .map_err(|why| format!("{}: {why}", limit.display()))?;
        if !ran.status.success() {
            return Err(String::from_utf8_lossy(&ran.stderr).into_owned());
        }
        took.push(children_ms() - before);
    }
    took.sort_unstable();
    Ok(took[1])
}
