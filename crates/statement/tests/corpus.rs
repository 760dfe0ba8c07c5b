//! Every file of the shared corpus, held against figures that other readers gave.
//!
//! The corpus stands beside the project, not in it; without it this test says so and passes.

use statement::{Reading, Recipes, RemarkCode, Severity, read};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What is checked of a file, by the names used in [`ARGUED`].
type Differences = Vec<(&'static str, String)>;

/// Where this reader and the index disagree, with the reason; a file that no longer differs here
/// must be taken off the list.
const ARGUED: &[(&str, &[&str], &str)] = &include!("corpus/argued.in");

struct Row {
    path: String,
    format: String,
    fields: BTreeMap<String, String>,
}

impl Row {
    fn get(&self, name: &str) -> &str {
        self.fields.get(name).map(String::as_str).unwrap_or_default()
    }
}

fn corpus() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/corpus");
    [folder, beside].into_iter().find(|folder| folder.join("bank/index.tsv").exists())
}

fn index(folder: &Path) -> Vec<Row> {
    let text = fs::read_to_string(folder.join("bank/index.tsv")).expect("the index is UTF-8");
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let row = |line: &str| {
        let cells = names.iter().zip(line.split('\t'));
        let fields: BTreeMap<String, String> =
            cells.map(|(name, cell)| (name.to_string(), cell.to_owned())).collect();
        Row { path: fields["path"].clone(), format: fields["format"].clone(), fields }
    };
    lines.map(row).collect()
}

/// An amount of the index in hundredths; its zeros beyond are dropped.
fn cents(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let part = format!("{:0<2}", part.trim_end_matches('0'));
    if part.len() > 2 {
        return None;
    }
    let sign = if whole.starts_with('-') { -1 } else { 1 };
    let whole: i64 = whole.trim_start_matches('-').parse().ok()?;
    Some(sign * (whole * 100 + part.parse::<i64>().ok()?))
}

/// Hundredths of major units, whatever the currency's decimals.
fn hundredths(minor: i64, currency: Option<values::Currency>) -> i64 {
    match currency.map_or(2, |currency| currency.exponent()) {
        0 => minor * 100,
        3 => minor / 10,
        _ => minor,
    }
}

fn expectation(reading: &Reading<'_>) -> &'static str {
    let grave = reading.remarks.iter().any(|remark| remark.severity > Severity::Note);
    if grave { "remarks" } else { "ok" }
}

fn compare(row: &Row, bytes: &[u8], recipes: &Recipes) -> Differences {
    let name = Path::new(&row.path).file_name().and_then(|name| name.to_str());
    let expect = row.get("expect");
    let reading = match read(bytes, name, recipes) {
        Err(refusal) if expect == "refuse" => {
            assert!(!refusal.code.word().is_empty());
            return Vec::new();
        }
        Err(refusal) => return vec![("refused", format!("{:?} {:?}", refusal.code, refusal.args))],
        Ok(reading) => reading,
    };
    if expect == "refuse" {
        return vec![("read", "should be refused".to_owned())];
    }
    let mut found = Vec::new();
    let mut differ = |what, wanted: String, got: String| {
        if wanted != got {
            found.push((what, format!("index {wanted}, here {got}")));
        }
    };
    check_counts(row, &reading, &mut differ);
    check_balances(row, &reading, &mut differ);
    // A guess is always told; it is no complaint about the file.
    let guessed = reading.remarks.iter().all(|remark| {
        remark.severity == Severity::Note || remark.code == RemarkCode::ColumnsGuessed
    });
    if !(expect == "ok" && guessed) {
        differ("expect", expect.to_owned(), expectation(&reading).to_owned());
    }
    check_places(&reading, bytes, &mut differ);
    found
}

fn check_counts(
    row: &Row,
    reading: &Reading<'_>,
    differ: &mut impl FnMut(&'static str, String, String),
) {
    if row.format != "csv" && !row.get("n_statements").is_empty() {
        let wanted = row.get("n_statements").to_owned();
        differ("statements", wanted, reading.statements.len().to_string());
    }
    let lines = || reading.statements.iter().flat_map(|s| s.lines.iter().map(move |l| (s, l)));
    // The index counts what was not read or is pending; so do the remarks.
    let told: usize = reading
        .remarks
        .iter()
        .map(|remark| match (remark.code, remark.severity) {
            (RemarkCode::Pending, _) => remark
                .args
                .iter()
                .find(|(n, _)| *n == "count")
                .map_or(0, |(_, c)| c.parse().unwrap_or(0)),
            (RemarkCode::InvestmentNotRead | RemarkCode::Truncated, _) => 0,
            (_, Severity::Error) => 1,
            _ => 0,
        })
        .sum();
    let wanted = row.get("n_transactions");
    if !wanted.is_empty() {
        let got = lines().count();
        let wanted_number: usize = wanted.parse().unwrap_or(0);
        let fits = (got..=got + told).contains(&wanted_number);
        differ("lines", wanted.to_owned(), if fits { wanted.to_owned() } else { got.to_string() });
    }
    for (column, sign) in [("sum_credits", 1), ("sum_debits", -1)] {
        let Some(wanted) = cents(row.get(column)) else { continue };
        let amounts = lines().map(|(s, l)| hundredths(l.amount_minor, s.currency));
        let got: i64 = amounts.filter(|a| a.signum() == sign).sum();
        differ(column, wanted.to_string(), got.abs().to_string());
    }
}

fn check_balances(
    row: &Row,
    reading: &Reading<'_>,
    differ: &mut impl FnMut(&'static str, String, String),
) {
    type Balance = fn(&statement::Statement<'_>) -> Option<i64>;
    let columns: [(&'static str, Balance); 2] = [
        ("opening_balance", |s| s.opening_minor.map(|m| hundredths(m, s.currency))),
        ("closing_balance", |s| s.closing_minor.map(|m| hundredths(m, s.currency))),
    ];
    for (column, of) in columns {
        let wanted: Vec<i64> = row.get(column).split('|').filter_map(cents).collect();
        let got: Vec<i64> = reading.statements.iter().filter_map(of).collect();
        differ(column, format!("{wanted:?}"), format!("{got:?}"));
    }
    if row.get("balance_proves") == "yes" {
        let proved = reading.statements.iter().all(|s| s.difference_minor().is_none_or(|d| d == 0));
        differ("proves", "true".to_owned(), proved.to_string());
    }
}

fn check_places(
    reading: &Reading<'_>,
    bytes: &[u8],
    differ: &mut impl FnMut(&'static str, String, String),
) {
    let mut wrong = 0;
    for statement in &reading.statements {
        assert!(statement.first_day <= statement.last_day);
        for pair in statement.lines.windows(2) {
            wrong += usize::from(pair[0].place.end > pair[1].place.start);
        }
        for line in &statement.lines {
            let inside = line.place.start < line.place.end && line.place.end <= bytes.len();
            wrong += usize::from(!inside);
        }
    }
    differ("places", "0 wrong".to_owned(), format!("{wrong} wrong"));
}

#[test]
fn the_corpus_reads_as_others_read_it() {
    let Some(folder) = corpus() else {
        println!("skipped: no corpus beside the project");
        return;
    };
    let recipes = Recipes::load(&assets::Assets::built_in()).expect("the recipes are sound");
    let (mut right, mut wrong) = (BTreeMap::new(), Vec::new());
    let mut argued: BTreeMap<&str, &[&str]> =
        ARGUED.iter().map(|(file, what, _)| (*file, *what)).collect();
    for row in index(&folder) {
        if !matches!(row.format.as_str(), "ofx" | "camt" | "csv") {
            continue;
        }
        let bytes = fs::read(folder.join(&row.path)).expect("the index names a file");
        let differences = compare(&row, &bytes, &recipes);
        let file = row.path.trim_start_matches("bank/");
        let allowed = argued.remove(file).unwrap_or_default();
        let plain: Vec<&str> = differences.iter().map(|(what, _)| *what).collect();
        if plain == allowed {
            *right.entry(row.format.clone()).or_insert(0) += usize::from(plain.is_empty());
            if !plain.is_empty() {
                println!("argued: {file}: {plain:?}");
            }
            continue;
        }
        let told: Vec<String> =
            differences.iter().map(|(what, how)| format!("{what}: {how}")).collect();
        wrong.push(format!("{file}\n    allowed {allowed:?}\n    {}", told.join("\n    ")));
    }
    println!("files as the index says, by format: {right:?}");
    wrong.extend(argued.keys().map(|file| format!("{file}: argued, but not in the index")));
    assert!(wrong.is_empty(), "{} files differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn other_formats_are_refused_by_name() {
    let Some(folder) = corpus() else {
        println!("skipped: no corpus beside the project");
        return;
    };
    let recipes = Recipes::load(&assets::Assets::built_in()).expect("the recipes are sound");
    let words: BTreeMap<&str, &str> = [
        ("qif", "qif"),
        ("mt940", "mt940"),
        ("cfonb120", "cfonb"),
        ("coda", "coda"),
        ("norma43", "norma43"),
        ("bai2", "bai2"),
        ("abnamro-tab", "unknown-layout"),
    ]
    .into();
    let mut wrong = Vec::new();
    for row in index(&folder) {
        let Some(word) = words.get(row.format.as_str()) else { continue };
        let bytes = fs::read(folder.join(&row.path)).expect("the index names a file");
        let code = read(&bytes, None, &recipes).map(|r| r.dialect).map_err(|r| r.code.word());
        let broken = row.get("expect") == "refuse";
        if code != Err(*word) && !(broken && code.is_err()) {
            wrong.push(format!("{}: {code:?}", row.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
