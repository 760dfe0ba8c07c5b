//! Statement files looked at without a book.

use super::{Called, Seen};
use crate::app::App;
use crate::failure::{Explain, Failure};
use crate::host::Progress;
use serde::{Deserialize, Serialize};
use statement::{Reading, Remark, Severity};
use std::path::{Path, PathBuf};
use ts_rs::TS;

/// Files by their paths.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct Files {
    /// The paths.
    pub files: Vec<PathBuf>,
}

/// One file by its path.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// The path.
    pub file: PathBuf,
}

/// What a file is and holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StatementFile {
    /// The file as it was named.
    pub file: String,
    /// `ofx`, `camt053`, `csv`; none when refused.
    pub format: Option<&'static str>,
    /// The version or dialect.
    pub dialect: Option<String>,
    /// The bank, if known.
    pub bank: Option<String>,
    /// Why nothing of it is used.
    pub refused: Option<RefusedView>,
    /// What a person should know of it.
    pub remarks: Vec<RemarkView>,
    /// Its statements.
    pub statements: Vec<StatementView>,
}

/// Why a file is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RefusedView {
    /// The code.
    pub code: String,
    /// What was found.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl From<Failure> for RefusedView {
    fn from(failure: Failure) -> RefusedView {
        RefusedView { code: failure.code, message: failure.message, hint: failure.hint }
    }
}

/// A remark on a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RemarkView {
    /// The code.
    pub code: &'static str,
    /// Line of the text, from 1.
    pub line: Option<u32>,
    /// `note`, `warning` or `error`.
    #[ts(type = "\"note\" | \"warning\" | \"error\"")]
    pub severity: Severity,
    /// The sentence.
    pub text: String,
}

/// A statement of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StatementView {
    /// How the file names the account.
    pub account: Option<String>,
    /// The account's currency.
    pub currency: Option<String>,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// Opening balance in minor units, as stated.
    pub opening_minor: Option<i64>,
    /// Closing balance in minor units, as stated.
    pub closing_minor: Option<i64>,
    /// `proved`, `unproved` or `broken`.
    pub proof: &'static str,
    /// Closing − opening − lines in minor units, when both balances are stated.
    pub difference_minor: Option<i64>,
    /// How many lines.
    pub lines: usize,
    /// Sum of the money that came in, in minor units.
    pub credits_minor: i64,
    /// Sum of the money that went out, in minor units, positive.
    pub debits_minor: i64,
}

impl App {
    /// What statement files hold; no book is needed and nothing is kept.
    pub fn read_statements(
        &self,
        _: &Path,
        request: Files,
        progress: &dyn Progress,
    ) -> Called<Vec<StatementFile>> {
        let total = request.files.len() as u64;
        progress.begin("read", "");
        let mut found = Vec::with_capacity(request.files.len());
        for (done, file) in request.files.iter().enumerate() {
            found.push(self.read_statement(file)?);
            if !progress.step(done as u64 + 1, Some(total)) {
                return Err(self.failed(&book::Error::Cancelled));
            }
        }
        Ok(Seen::nowhere(found))
    }

    fn read_statement(&self, file: &Path) -> Result<StatementFile, Failure> {
        let name = file.display().to_string();
        let refused = |failure: Failure| StatementFile {
            file: name.clone(),
            format: None,
            dialect: None,
            bank: None,
            refused: Some(failure.into()),
            remarks: Vec::new(),
            statements: Vec::new(),
        };
        let bytes = match self.file_bytes(file) {
            Ok(bytes) => bytes,
            Err(failure) => return Ok(refused(failure)),
        };
        let recipes = self.law.recipes().map_err(|why| self.failed(&why))?;
        let short = file.file_name().and_then(|name| name.to_str());
        Ok(match statement::read(&bytes, short, recipes) {
            Ok(reading) => StatementFile {
                file: name,
                format: Some(reading.format.word()),
                dialect: Some(reading.dialect.clone()),
                bank: reading.bank.clone(),
                refused: None,
                remarks: self.remarks(&reading.remarks),
                statements: statements(&reading),
            },
            Err(refusal) => refused(refusal.explain(&self.sentences)),
        })
    }

    /// The bytes of a person's file.
    pub(crate) fn file_bytes(&self, file: &Path) -> Result<Vec<u8>, Failure> {
        let name = file.display().to_string();
        if file.is_dir() {
            return Err(self.own("folder", &[("path", &name)]));
        }
        std::fs::read(file).map_err(|why| {
            let code = match why.kind() {
                std::io::ErrorKind::NotFound => "no-file",
                std::io::ErrorKind::PermissionDenied => "file-forbidden",
                _ => "file-unreadable",
            };
            self.own(code, &[("path", &name)]).with_detail(&why)
        })
    }

    /// Remarks as sentences.
    pub(crate) fn remarks(&self, remarks: &[Remark]) -> Vec<RemarkView> {
        remarks
            .iter()
            .map(|remark| {
                let args: Vec<(String, String)> = remark
                    .args
                    .iter()
                    .map(|(name, value)| ((*name).to_owned(), value.clone()))
                    .collect();
                let code = remark.code.word();
                let text = self.sentences.find(&format!("statement.remark.{code}"), &args);
                RemarkView {
                    code,
                    line: remark.line,
                    severity: remark.severity,
                    text: text.unwrap_or_else(|| code.to_owned()),
                }
            })
            .collect()
    }
}

fn statements(reading: &Reading<'_>) -> Vec<StatementView> {
    reading
        .statements
        .iter()
        .map(|one| {
            let (mut credits_minor, mut debits_minor) = (0_i64, 0_i64);
            for line in &one.lines {
                let side =
                    if line.amount_minor >= 0 { &mut credits_minor } else { &mut debits_minor };
                *side = side.saturating_add(line.amount_minor.abs());
            }
            let difference_minor = one.difference_minor();
            StatementView {
                account: one.account.names.first().map(|(_, value)| value.clone()),
                currency: one.currency.map(|currency| currency.code().to_owned()),
                from: one.first_day.to_string(),
                to: one.last_day.to_string(),
                opening_minor: one.opening_minor,
                closing_minor: one.closing_minor,
                proof: match difference_minor {
                    None => "unproved",
                    Some(0) => "proved",
                    Some(_) => "broken",
                },
                difference_minor,
                lines: one.lines.len(),
                credits_minor,
                debits_minor,
            }
        })
        .collect()
}
