//! The whole way at once: statements read and proved, lines accepted, entries posted, books,
//! return.

use crate::arguments::StartWords;
use crate::run::{Ran, bars, money, print, reports, tell};
use api::{
    App, Failure, Import, MakeQuery, NewBook, Nothing, ReportQuery, ReturnQuery, StatementKind,
    StatementQuery, UpTo, Written,
};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use values::{Day, Period};

fn say(app: &App, key: &str, args: &[(&str, &str)]) -> String {
    app.sentences().say(&format!("cli.start.{key}"), args)
}

pub(crate) fn start(app: &App, words: StartWords) -> Ran {
    std::fs::create_dir_all(&words.folder).map_err(|_| app.unwritable(&words.folder))?;
    if words.files.is_empty() {
        sample(app, &words.folder)
    } else {
        own(app, &words.folder, words.files)
    }
}

/// Where one book and its documents go: a folder of their own in which nothing stands yet.
struct Place {
    book: PathBuf,
    folder: PathBuf,
}

fn free(app: &App, folder: &Path, name: &str) -> Result<Place, Failure> {
    let numbered = (2..1_000).map(|number| format!("{name}-{number}"));
    for name in std::iter::once(name.to_owned()).chain(numbered) {
        let folder = folder.join(&name);
        if std::fs::create_dir(&folder).is_ok() {
            return Ok(Place { book: folder.join(format!("{name}.comptoir")), folder });
        }
    }
    Err(app.unwritable(folder))
}

fn sample(app: &App, folder: &Path) -> Ran {
    let place = free(app, folder, "atelier-morvan")?;
    let book = &place.book;
    print(&format!("{}\n", say(app, "sample", &[])));
    {
        let bars = bars(app);
        app.create_sample(book, Nothing {}, &bars)?;
    }
    print(&format!("\n{}\n", say(app, "read", &[])));
    print(&money::proofs(app, book)?);
    accept(app, book)?;
    let last = last_heard(app, book)?;
    post(app, book, last)?;
    let pages = returns(app, &place, last)?;
    finish(app, &place, &pages)
}

fn own(app: &App, folder: &Path, files: Vec<PathBuf>) -> Ran {
    let looked = app.read_statements(folder, api::Files { files: files.clone() }, &bars(app))?;
    let first = looked
        .value
        .iter()
        .flat_map(|file| &file.statements)
        .filter_map(|one| Day::parse(&one.from).ok())
        .min();
    let Some(first) = first else {
        for file in &looked.value {
            match &file.refused {
                Some(why) => eprintln!("{}: {} {}", file.file, why.message, why.hint),
                None => eprintln!("{}: {}", file.file, say(app, "no-lines", &[])),
            }
        }
        return Ok(ExitCode::from(1));
    };
    let place = free(app, folder, &say(app, "book-name", &[]))?;
    let book = &place.book;
    let new = NewBook {
        country: "fr".to_owned(),
        name: say(app, "business", &[]),
        first_day: Day::from_ymd(first.year(), 1, 1),
        fiscal_year: None,
        time_zone: None,
        settings: BTreeMap::new(),
    };
    app.create_book(book, new, &bars(app))?;
    let read = {
        let bars = bars(app);
        app.import(book, Import { files, account: None }, &bars)?.value
    };
    print(&format!("{}\n", say(app, "read", &[])));
    for file in &read {
        print(&money::imported_text(app, file));
    }
    print(&money::proofs(app, book)?);
    accept(app, book)?;
    let last = last_heard(app, book)?;
    post(app, book, last)?;
    print(&money::inbox_head(app, book, SHOWN)?);
    preview(app, book, last)?;
    let ended = finish(app, &place, &[])?;
    let refused = read.iter().any(|file| file.refused.is_some());
    Ok(if refused { ExitCode::from(1) } else { ended })
}

/// How many lines of the inbox are shown at once.
const SHOWN: u32 = 12;

/// What the return of the last month would hold. It is not made: nobody has said yet whether the
/// business files one.
fn preview(app: &App, book: &Path, last: Day) -> Result<(), Failure> {
    let query = ReturnQuery {
        form: "CA3".to_owned(),
        period: Period::month_of(last).to_string(),
        answers: BTreeMap::new(),
    };
    match app.preview_return(book, query, &bars(app)) {
        Ok(view) => {
            print(&format!("\n{}\n", say(app, "preview", &[])));
            print(&crate::run::taxes::return_text(app, &view.value));
        }
        // A month that no pack covers has no return to show.
        Err(failure) => print(&format!("\n{}\n", failure.message)),
    }
    Ok(())
}

fn accept(app: &App, book: &Path) -> Result<(), Failure> {
    let done = {
        let bars = bars(app);
        app.accept_sure(book, Nothing {}, &bars)?.value
    };
    let (count, left) = (done.accepted.to_string(), done.left.to_string());
    print(&format!("\n{}\n", say(app, "accepted", &[("count", &count), ("left", &left)])));
    Ok(())
}

/// The last day that the banks were heard of.
fn last_heard(app: &App, book: &Path) -> Result<Day, Failure> {
    let accounts = app.bank_accounts(book, Nothing {}, &bars(app))?.value;
    let today = app.book(book, Nothing {}, &bars(app))?.value.today;
    Ok(accounts.iter().filter_map(|one| one.heard).map(|heard| heard.1).max().unwrap_or(today))
}

fn post(app: &App, book: &Path, up_to: Day) -> Result<(), Failure> {
    let today = app.book(book, Nothing {}, &bars(app))?.value.today;
    let done = {
        let bars = bars(app);
        app.validate(book, UpTo { up_to: up_to.min(today) }, &bars)?.value
    };
    let (count, day) = (done.posted.to_string(), money::day(app, up_to.min(today)));
    print(&format!("{}\n", say(app, "posted", &[("count", &count), ("day", &day)])));
    Ok(())
}

/// Makes the return of every whole month that was heard; the first that cannot be made stops.
fn returns(app: &App, place: &Place, last: Day) -> Result<Vec<String>, Failure> {
    let book = &place.book;
    let view = app.book(book, Nothing {}, &bars(app))?.value;
    let mut pages = Vec::new();
    let mut month = Period::month_of(view.first_day);
    while month.last <= last && month.last <= view.today {
        let (form, period) = ("CA3".to_owned(), month.to_string());
        let asked = MakeQuery { form, period, answers: BTreeMap::new(), out: place.folder.clone() };
        let made = {
            let bars = bars(app);
            app.make_return(book, asked, &bars)
        };
        match made {
            Ok(made) => pages.push(made.value.page),
            Err(failure) => {
                tell(app, &failure);
                break;
            }
        }
        month = Period::month_of(month.last.plus_days(1));
    }
    Ok(pages)
}

/// Writes the books beside the return's pages, and says what was found and where it lies.
fn finish(app: &App, place: &Place, pages: &[String]) -> Ran {
    let book = &place.book;
    let mut written = Vec::new();
    for (name, what) in [
        ("journal.csv", Written::JournalCsv),
        ("general-ledger.csv", Written::LedgerCsv),
        ("trial-balance.csv", Written::TrialBalanceCsv),
        ("income-statement.csv", Written::IncomeCsv),
        ("balance-sheet.csv", Written::BalanceSheetCsv),
    ] {
        let path = place.folder.join(name);
        let file = std::fs::File::create(&path).map_err(|_| app.unwritable(&path))?;
        let mut out = std::io::BufWriter::new(file);
        let asked = ReportQuery { drafts: true, ..ReportQuery::default() };
        app.write_report(book, what, asked, &mut out)?;
        std::io::Write::flush(&mut out).map_err(|_| app.unwritable(&path))?;
        written.push(path.display().to_string());
    }
    let asked =
        StatementQuery { kind: StatementKind::IncomeStatement, from: None, to: None, drafts: true };
    let income = app.statement_report(book, asked, &bars(app))?.value;
    if income.rows.iter().any(|row| row.net_minor != 0) {
        print(&format!("\n{}", reports::statement_text(app, &income)));
    }
    let inbox = app.inbox(book, Default::default(), &bars(app))?.value;
    let count = inbox.count.to_string();
    print(&format!("\n{}\n", say(app, "waits", &[("count", &count)])));
    print(&format!("{}\n", say(app, "documents", &[])));
    print(&format!("  {}\n", book.display()));
    for path in pages.iter().chain(&written) {
        print(&format!("  {path}\n"));
    }
    let shown = book.display().to_string();
    print(&format!("\n{}\n", say(app, "next", &[("book", &shown)])));
    Ok(ExitCode::SUCCESS)
}
