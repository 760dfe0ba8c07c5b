//! Bank accounts and the files read into them.

use super::{Called, Nothing, RefusedView, RemarkView, Seen};
use crate::app::App;
use crate::failure::Failure;
use crate::host::Progress;
use book::{BankAccountId, ImportStatement, OpenBankAccount, Outcome, WaiveProof};
use serde::{Deserialize, Serialize};
use statement::proof::{Chain, ChainState};
use std::path::{Path, PathBuf};
use ts_rs::TS;
use values::{Currency, Day, Iban};

/// Statement files to read into a book.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct Import {
    /// The paths.
    pub files: Vec<PathBuf>,
    /// The bank account they are of, by ledger account or name, where files do not say.
    #[serde(default)]
    pub account: Option<String>,
}

/// What a file brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ImportedFile {
    /// The file as it was named.
    pub file: String,
    /// Why nothing of it is used.
    pub refused: Option<RefusedView>,
    /// Whether the same bytes were read before.
    pub same_bytes: bool,
    /// `ofx`, `camt053`, `csv`.
    pub format: Option<&'static str>,
    /// The version or dialect.
    pub dialect: String,
    /// The bank, if known.
    pub bank: Option<String>,
    /// Lines that were new.
    pub new: u64,
    /// What each statement brought.
    pub statements: Vec<ImportedView>,
    /// What a person should know of it.
    pub remarks: Vec<RemarkView>,
}

/// What a statement brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ImportedView {
    /// Ledger account of the bank account.
    pub account: String,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Lines it showed.
    pub lines: u32,
    /// Lines that were new.
    pub new: u32,
    /// Lines gone at the bank.
    pub gone: u32,
    /// New lines held as a question.
    pub held: u32,
    /// Lines whose amount the bank changed.
    pub changed: u32,
    /// New lines that may be known ones of a day that two files share.
    pub doubtful: u32,
}

/// A bank account and what is proved of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BankAccountView {
    /// Its id.
    pub id: i64,
    /// Its ledger account.
    pub account: String,
    /// Its journal.
    pub journal: String,
    /// The name people see.
    pub name: String,
    /// Its currency.
    pub currency: String,
    /// How sources name it: scheme and value.
    pub names: Vec<(String, String)>,
    /// How many lines stand at the bank.
    pub lines: u64,
    /// First and last day that any read covers.
    pub heard: Option<(Day, Day)>,
    /// `proved`, `unproved` or `broken`.
    pub proof: &'static str,
    /// The last proved day.
    pub proved_to: Option<Day>,
    /// The bank's balance on that day in minor units.
    pub proved_balance_minor: Option<i64>,
    /// First day where the earliest cause of a break most likely stands.
    pub broken_since: Option<Day>,
    /// What the bank has more than the book in minor units, where broken.
    pub difference_minor: Option<i64>,
    /// Days that no read covers: first, last.
    pub gaps: Vec<(Day, Day)>,
}

/// A new bank account.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct NewBankAccount {
    /// The name people see.
    pub name: String,
    /// Its IBAN.
    #[serde(default)]
    pub iban: Option<Iban>,
    /// A ledger account of one's own choice.
    #[serde(default)]
    pub account: Option<String>,
    /// Its currency; the euro when absent.
    #[serde(default)]
    pub currency: Option<Currency>,
}

/// A stretch accepted without proof.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// Ledger account of the bank account.
    pub account: String,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Why.
    pub reason: String,
}

impl App {
    /// Reads files into a book, each whole or not at all.
    pub fn import(
        &self,
        book: &Path,
        request: Import,
        progress: &dyn Progress,
    ) -> Called<Vec<ImportedFile>> {
        let mut found = Vec::with_capacity(request.files.len());
        let mut tables = Vec::new();
        let mut seq = None;
        for file in &request.files {
            let name = file.display().to_string();
            progress.begin("import", &name);
            let read = self.file_bytes(file).and_then(|bytes| {
                let account = request.account.clone();
                self.import_bytes(book, &name, &bytes, account, progress)
            });
            match read {
                Ok(seen) => {
                    tables = seen.tables;
                    seq = seen.seq.or(seq);
                    found.push(seen.value);
                }
                Err(failure) if self.is_about_the_book(&failure) => return Err(failure),
                Err(failure) => found.push(refused_file(&name, failure)),
            }
        }
        Ok(Seen { seq, tables, value: found })
    }

    /// What stops every file alike is no file's fault.
    fn is_about_the_book(&self, failure: &Failure) -> bool {
        let codes = [
            "held-elsewhere",
            "no-such-file",
            "not-a-book",
            "newer-version",
            "read-only",
            "disk-full",
            "network-drive",
            "damaged",
            "database",
            "cancelled",
        ];
        codes.contains(&failure.code.as_str())
    }

    pub(crate) fn import_bytes(
        &self,
        book: &Path,
        name: &str,
        bytes: &[u8],
        account: Option<String>,
        progress: &dyn Progress,
    ) -> Called<ImportedFile> {
        let done = self.with_book(book, |book| {
            let short = Path::new(name).file_name().and_then(|name| name.to_str());
            let command = |blob| ImportStatement {
                blob,
                blob_size: bytes.len() as i64,
                file_name: short.map(str::to_owned),
                account,
            };
            self.execute_on(book, (name, bytes), command, progress)
        })?;
        let Outcome::Imported(found) = &done.outcome else {
            return Err(self.own("bug", &[("call", "import")]));
        };
        let statements: Vec<ImportedView> = found
            .statements
            .iter()
            .map(|one| ImportedView {
                account: one.account.clone(),
                from: one.first_day,
                to: one.last_day,
                lines: one.lines,
                new: one.new,
                gone: one.gone,
                held: one.held,
                changed: one.changed,
                doubtful: one.doubtful,
            })
            .collect();
        let file = ImportedFile {
            file: name.to_owned(),
            refused: None,
            same_bytes: found.same_bytes,
            format: found.format.map(statement::Format::word),
            dialect: found.dialect.clone(),
            bank: found.bank.clone(),
            new: statements.iter().map(|one| u64::from(one.new)).sum(),
            statements,
            remarks: self.remarks(&found.remarks),
        };
        Ok(Seen::wrote(&done, file))
    }

    /// Every bank account and its proof.
    pub fn bank_accounts(
        &self,
        book: &Path,
        _: Nothing,
        _: &dyn Progress,
    ) -> Called<Vec<BankAccountView>> {
        let reader = self.reader(book)?;
        let accounts = reader.bank_accounts().map_err(|why| self.failed(&why))?;
        let mut views = Vec::with_capacity(accounts.len());
        for account in accounts {
            let chain = reader.proof(account.id).map_err(|why| self.failed(&why))?;
            let windows = reader.windows(account.id).map_err(|why| self.failed(&why))?;
            let lines = reader.line_count(account.id).map_err(|why| self.failed(&why))?;
            let first = windows.iter().map(|window| window.first_day).min();
            let last = windows.iter().map(|window| window.last_day).max();
            views.push(view(account, &chain, lines, first.zip(last)));
        }
        Ok(Seen::at(reader.seq(), views))
    }

    /// Opens a bank account.
    pub fn open_bank_account(
        &self,
        book: &Path,
        request: NewBankAccount,
        progress: &dyn Progress,
    ) -> Called<BankAccountView> {
        let names = request.iban.map(|iban| ("iban".to_owned(), iban.as_str().to_owned()));
        let command = OpenBankAccount {
            name: request.name,
            currency: request.currency.unwrap_or(Currency::EUR),
            kind: "bank".to_owned(),
            names: names.into_iter().collect(),
            account: request.account,
        };
        let done = self.command(book, command, progress)?;
        let views = self.bank_accounts(book, Nothing {}, progress)?.value;
        let Outcome::BankAccount(id, _) = done.outcome else {
            return Err(self.own("bug", &[("call", "open_bank_account")]));
        };
        match views.into_iter().find(|view| view.id == id.0) {
            Some(view) => Ok(Seen::wrote(&done, view)),
            None => Err(self.own("bug", &[("call", "open_bank_account")])),
        }
    }

    /// Accepts that an account is not proved over some days.
    pub fn waive_proof(
        &self,
        book: &Path,
        request: Waiver,
        progress: &dyn Progress,
    ) -> Called<Nothing> {
        let views = self.bank_accounts(book, Nothing {}, progress)?.value;
        let found = views.iter().find(|view| view.account == request.account);
        let bank_account = BankAccountId(found.map_or(0, |view| view.id));
        let Waiver { from: first_day, to: last_day, reason, .. } = request;
        let command = WaiveProof { bank_account, first_day, last_day, reason };
        let done = self.command(book, command, progress)?;
        Ok(Seen::wrote(&done, Nothing {}))
    }
}

fn refused_file(name: &str, failure: Failure) -> ImportedFile {
    ImportedFile {
        file: name.to_owned(),
        refused: Some(failure.into()),
        same_bytes: false,
        format: None,
        dialect: String::new(),
        bank: None,
        new: 0,
        statements: Vec::new(),
        remarks: Vec::new(),
    }
}

fn view(
    account: book::read::BankAccount,
    chain: &Chain,
    lines: u64,
    heard: Option<(Day, Day)>,
) -> BankAccountView {
    let broken = chain.windows.iter().find_map(|window| match &window.verdict {
        statement::proof::Verdict::Broken(found) => Some(found.difference_minor),
        _ => None,
    });
    BankAccountView {
        id: account.id.0,
        account: account.account,
        journal: account.journal,
        name: account.name,
        currency: account.currency.code().to_owned(),
        names: account.names,
        lines,
        heard,
        proof: match chain.state {
            ChainState::Proved => "proved",
            ChainState::Unproved => "unproved",
            ChainState::Broken { .. } => "broken",
        },
        proved_to: chain.last_proved_day(),
        proved_balance_minor: chain.proved_balance_minor(),
        broken_since: match chain.state {
            ChainState::Broken { since } => Some(since),
            _ => None,
        },
        difference_minor: broken,
        gaps: chain.gaps.iter().map(|gap| (gap.first_day, gap.last_day)).collect(),
    }
}
