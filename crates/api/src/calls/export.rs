//! A report as a file for a spreadsheet or another program.

use super::known_books::{free, plain};
use super::{Called, ReportQuery, Seen, Written};
use crate::app::App;
use crate::failure::Failure;
use crate::host::Progress;
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use ts_rs::TS;
use values::Day;

/// Which report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ReportKind {
    /// Every line of every entry.
    Journal,
    /// Each account's lines with a running balance.
    GeneralLedger,
    /// Each account's sums.
    TrialBalance,
    /// Income, expenses, result.
    IncomeStatement,
    /// What is owned and owed.
    BalanceSheet,
}

/// A report to write as CSV.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct Export {
    /// Which one.
    pub report: ReportKind,
    /// What of it.
    #[serde(default)]
    pub query: ReportQuery,
    /// The folder for it, made if it is not there.
    pub out: PathBuf,
}

/// A report that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Exported {
    /// Where it lies.
    pub path: String,
    /// The file's name alone.
    pub name: String,
}

impl App {
    /// Writes a report as CSV under a name that nothing has; what stands there is never replaced.
    pub fn export(&self, book: &Path, asked: Export, progress: &dyn Progress) -> Called<Exported> {
        let folder = self.folder(&asked.out)?;
        let (name, written) = match asked.report {
            ReportKind::Journal => ("journal", Written::JournalCsv),
            ReportKind::GeneralLedger => ("general-ledger", Written::LedgerCsv),
            ReportKind::TrialBalance => ("trial-balance", Written::TrialBalanceCsv),
            ReportKind::IncomeStatement => ("income-statement", Written::IncomeCsv),
            ReportKind::BalanceSheet => ("balance-sheet", Written::BalanceSheetCsv),
        };
        let mut parts = vec![self.sentences.say(&format!("api.report.{name}"), &[])];
        let Export { query, .. } = asked;
        parts.extend(query.account.as_deref().map(plain));
        parts.extend([query.from, query.to].iter().flatten().map(Day::to_string));
        let stem = parts.join(" ");
        progress.begin("export", &stem);
        let path = free(&folder, &stem, "csv");
        let unfinished = free(&folder, &stem, "csv-unfinished");
        let whole = self
            .write_csv(book, written, query, &unfinished, progress)
            .and_then(|()| fs::rename(&unfinished, &path).map_err(|_| self.unwritable(&path)));
        whole.inspect_err(|_| drop(fs::remove_file(&unfinished)))?;
        let name = path.file_name().unwrap_or_default().display().to_string();
        Ok(Seen::nowhere(Exported { path: path.display().to_string(), name }))
    }

    fn write_csv(
        &self,
        book: &Path,
        what: Written,
        query: ReportQuery,
        path: &Path,
        progress: &dyn Progress,
    ) -> Result<(), Failure> {
        let file = File::create_new(path).map_err(|_| self.unwritable(path))?;
        let mut out = BufWriter::new(Stoppable { file, bytes: 0, progress, stopped: false });
        let written = self
            .write_report(book, what, query, &mut out)
            .and_then(|()| out.flush().map_err(|_| self.unwritable(path)));
        if out.get_ref().stopped {
            return Err(self.failed(&book::Error::Cancelled));
        }
        written
    }
}

/// A file whose writing can be stopped between two pieces.
struct Stoppable<'a> {
    file: File,
    bytes: u64,
    progress: &'a dyn Progress,
    stopped: bool,
}

impl Write for Stoppable<'_> {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        if !self.progress.step(self.bytes, None) {
            self.stopped = true;
            return Err(io::Error::other("stopped"));
        }
        let count = self.file.write(piece)?;
        self.bytes += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
