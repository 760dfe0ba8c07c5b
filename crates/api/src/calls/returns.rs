//! Returns: which forms there are, previewed, made, withdrawn, filed.

mod facts;
mod page;

use super::{BankAccountView, Called, Nothing, Seen};
use crate::app::App;
use crate::failure::Failure;
use crate::host::Progress;
use book::{FileReturn, MakeReturn, Outcome, SettlementLine, TaxItemId, WithdrawReturn};
pub(crate) use facts::Computed;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tax::{Check, Question};
use ts_rs::TS;
use values::{Day, Decimal, Period};

/// A form that this book's business may file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FormView {
    /// Its name: `CA3`.
    pub form: String,
    /// Its label.
    pub label: String,
    /// Name and version of its pack.
    pub pack: String,
    /// The regime of today that files it, if it does.
    pub regime: Option<String>,
    /// Returns that stand: period, amount payable or credit, day of filing.
    pub made: Vec<MadeView>,
}

/// A return that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MadeView {
    /// Its period.
    pub period: String,
    /// The record that made it.
    pub seq: i64,
    /// The day it was filed.
    pub filed: Option<Day>,
}

/// A form and a period.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct ReturnQuery {
    /// The form: `CA3`, in any case.
    pub form: String,
    /// `2026-03`, `2026-T1` or `2026-01-01..2026-03-31`.
    pub period: String,
    /// Answers to the questions the law leaves open, by their names.
    #[serde(default)]
    #[ts(type = "Record<string, string>")]
    pub answers: BTreeMap<String, Decimal>,
}

/// A return to make.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct MakeQuery {
    /// The form.
    pub form: String,
    /// The period.
    pub period: String,
    /// The answers.
    #[serde(default)]
    #[ts(type = "Record<string, string>")]
    pub answers: BTreeMap<String, Decimal>,
    /// The folder its page goes to; made if missing.
    pub out: PathBuf,
}

/// A return by its form and period.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct ReturnRef {
    /// The form.
    pub form: String,
    /// The period.
    pub period: String,
}

/// A return that was filed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
#[serde(deny_unknown_fields)]
pub struct Filing {
    /// The form.
    pub form: String,
    /// The period.
    pub period: String,
    /// The day it was filed.
    pub day: Day,
}

/// The figures of a return.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReturnView {
    /// The form.
    pub form: String,
    /// The period.
    pub period: String,
    /// Name and version of the pack.
    pub pack: String,
    /// Whether it is made.
    pub made: bool,
    /// The boxes, in the order of the form.
    pub boxes: Vec<BoxView>,
    /// What was checked.
    pub checks: Vec<CheckView>,
    /// Items that have no box yet.
    pub left_out: Vec<LeftOutView>,
    /// What the law leaves open.
    pub questions: Vec<QuestionView>,
    /// The entry that settles it.
    pub settlement: Vec<SettlementView>,
    /// Whether nothing forbids to make it.
    pub can_be_made: bool,
}

/// A box.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BoxView {
    /// Its id: `08.base`.
    #[serde(rename = "box")]
    pub id: String,
    /// The form's case: `0207`.
    pub case: String,
    /// Its label.
    pub label: String,
    /// Its section on the form.
    pub section: String,
    /// In the form's unit (whole euros).
    pub value: i64,
    /// Before rounding, as decimal text.
    #[ts(type = "string")]
    pub unrounded: Decimal,
    /// `high`, `medium` or `low`.
    pub grade: &'static str,
    /// The article.
    pub law: String,
}

/// A check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CheckView {
    /// Its name.
    pub id: String,
    /// Whether it holds.
    pub passed: bool,
    /// Whether it forbids to make the return.
    pub blocking: bool,
    /// The sentence.
    pub text: String,
}

/// An item that has no box yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LeftOutView {
    /// The tax item.
    pub item: i64,
    /// Its entry.
    pub entry: i64,
    /// The sentence.
    pub text: String,
}

/// A question that the law leaves open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct QuestionView {
    /// Its name in the answers.
    pub id: String,
    /// The sentence.
    pub text: String,
    /// What holds without an answer.
    #[ts(type = "string")]
    pub default: Decimal,
    /// The answer given.
    #[ts(type = "string | null")]
    pub given: Option<Decimal>,
    /// Whether it is open now.
    pub asked: bool,
}

/// A line of the settlement entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SettlementView {
    /// The account.
    pub account: String,
    /// Minor units; debit positive.
    pub amount_minor: i64,
    /// Why.
    pub label: String,
}

/// A return that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MadeReturnView {
    /// Its figures.
    #[serde(flatten)]
    pub figures: ReturnView,
    /// Whether it had been made before; then only its page was drawn again.
    pub already: bool,
    /// The page.
    pub page: String,
}

impl App {
    /// The forms there are, and the returns that stand.
    pub fn forms(&self, book: &Path, _: Nothing, _: &dyn Progress) -> Called<Vec<FormView>> {
        let reader = self.reader(book)?;
        let today = self.today(&reader)?;
        let regime = reader.setting("vat_regime", today).map_err(|why| self.failed(&why))?;
        let mut forms = Vec::new();
        for name in tax::Pack::names(self.law.assets()) {
            let pack =
                tax::Pack::load(self.law.assets(), &name).map_err(|why| self.failed(&why))?;
            let head = pack.head();
            let returns = reader.returns(&head.form).map_err(|why| self.failed(&why))?;
            let filed_by = head.regimes.iter().find(|one| Some(&one.id) == regime.as_ref());
            forms.push(FormView {
                form: head.form.clone(),
                label: self.in_language(&head.label_fr, &head.label_en),
                pack: pack_name(&pack),
                regime: filed_by.map(|one| one.id.clone()),
                made: returns
                    .iter()
                    .map(|made| MadeView {
                        period: period_of(made).to_string(),
                        seq: made.made_seq,
                        filed: made.filed_day,
                    })
                    .collect(),
            });
        }
        Ok(Seen::at(reader.seq(), forms))
    }

    /// The figures of a return as the book stands, drafts included.
    pub fn preview_return(
        &self,
        book: &Path,
        request: ReturnQuery,
        progress: &dyn Progress,
    ) -> Called<ReturnView> {
        let reader = self.reader(book)?;
        let computed = self.compute(&reader, &request)?;
        let banks = self.bank_accounts(book, Nothing {}, progress)?.value;
        let view = self.return_view(&reader, &computed, &banks)?;
        Ok(Seen::at(reader.seq(), view))
    }

    /// Makes a return: posts what it needs, takes its items, settles it, draws its page. One that
    /// is made already only has its page drawn again.
    pub fn make_return(
        &self,
        book: &Path,
        request: MakeQuery,
        progress: &dyn Progress,
    ) -> Called<MadeReturnView> {
        self.write_heard(book, progress)?;
        let query =
            ReturnQuery { form: request.form, period: request.period, answers: request.answers };
        let reader = self.reader(book)?;
        let computed = self.compute(&reader, &query)?;
        let banks = self.bank_accounts(book, Nothing {}, progress)?.value;
        let view = self.return_view(&reader, &computed, &banks)?;
        drop(reader);
        let out = self.folder(&request.out)?;
        let already = computed.made.is_some();
        let mut tables = Vec::new();
        if !already {
            if let Some(failed) = view.checks.iter().find(|check| check.blocking && !check.passed) {
                return Err(self.own("return-check", &[("why", &failed.text)]));
            }
            if let Some(left) = view.left_out.first() {
                let count = view.left_out.len().to_string();
                let args = [("why", left.text.as_str()), ("count", count.as_str())];
                return Err(self.own("return-left-out", &args));
            }
            progress.begin("return", &view.period);
            let done = self.make(book, &computed, progress)?;
            tables = done.tables;
        }
        let reader = self.reader(book)?;
        progress.begin("page", &view.period);
        let page = self.draw_return(&reader, &query, &banks, &out)?;
        let mut figures = view;
        figures.made = true;
        let value = MadeReturnView { figures, already, page: page.display().to_string() };
        Ok(Seen { seq: Some(reader.seq()), tables, value })
    }

    fn make(
        &self,
        book: &Path,
        computed: &Computed,
        progress: &dyn Progress,
    ) -> Result<book::Done, Failure> {
        let head = computed.pack.head();
        let text = |value: Result<String, serde_json::Error>| {
            value.map_err(|why| self.own("bug", &[("call", "make_return")]).with_detail(&why))
        };
        let boxes: BTreeMap<&str, Decimal> =
            computed.result.boxes.iter().map(|one| (one.id.as_str(), one.value)).collect();
        let command = MakeReturn {
            form: head.form.clone(),
            first_day: computed.period.first,
            last_day: computed.period.last,
            pack: pack_name(&computed.pack),
            pack_blob: String::new(),
            pack_size: 0,
            answers: text(serde_json::to_string(&computed.facts.answers))?,
            boxes: text(serde_json::to_string(&boxes))?,
            takes: computed.result.takes.iter().map(|item| TaxItemId(*item)).collect(),
            settlement: computed
                .result
                .settlement
                .iter()
                .map(|line| SettlementLine {
                    account: line.account.clone(),
                    amount_minor: line.amount_minor,
                })
                .collect(),
            label: self.return_title(&head.form, computed.period),
        };
        let blob = computed.pack.blob();
        self.with_book(book, |book| {
            let (pack_blob, _) = book
                .note_blob(&blob, &command.pack, (self.host.clock)())
                .map_err(|why| self.failed(&why))?;
            let command = MakeReturn { pack_blob, pack_size: blob.len() as i64, ..command };
            let done = self.execute(book, command, progress)?;
            match done.outcome {
                Outcome::Return(_) => Ok(done),
                _ => Err(self.own("bug", &[("call", "make_return")])),
            }
        })
    }

    /// Takes a made return back, the latest first.
    pub fn withdraw_return(
        &self,
        book: &Path,
        request: ReturnRef,
        progress: &dyn Progress,
    ) -> Called<Nothing> {
        let first_day = self.period(&request.period)?.first;
        let form = request.form.to_uppercase();
        let done = self.command(book, WithdrawReturn { form, first_day }, progress)?;
        Ok(Seen::wrote(&done, Nothing {}))
    }

    /// Says that a made return was filed.
    pub fn file_return(
        &self,
        book: &Path,
        request: Filing,
        progress: &dyn Progress,
    ) -> Called<Nothing> {
        let first_day = self.period(&request.period)?.first;
        let (form, filed_day) = (request.form.to_uppercase(), request.day);
        let done = self.command(book, FileReturn { form, first_day, filed_day }, progress)?;
        Ok(Seen::wrote(&done, Nothing {}))
    }

    pub(crate) fn period(&self, text: &str) -> Result<Period, Failure> {
        Period::parse(text).map_err(|_| self.own("bad-period", &[("found", text)]))
    }

    pub(crate) fn in_language(&self, fr: &str, en: &str) -> String {
        match self.host.language {
            crate::Language::Fr => fr.to_owned(),
            crate::Language::En => en.to_owned(),
        }
    }

    /// `TVA de mars 2026`: the title of a return, also the label of its settlement.
    pub(crate) fn return_title(&self, form: &str, period: Period) -> String {
        let whole = period.to_string();
        let name = match whole.split_once('-') {
            Some((year, month)) if month.len() == 2 && whole.len() == 7 => {
                self.sentences.say(&format!("api.month.{month}"), &[("year", year)])
            }
            _ => whole,
        };
        self.sentences.say(&format!("api.return.{}", form.to_lowercase()), &[("period", &name)])
    }

    pub(super) fn folder(&self, path: &Path) -> Result<PathBuf, Failure> {
        std::fs::create_dir_all(path).map_err(|why| {
            let shown = path.display().to_string();
            self.own("no-folder", &[("path", &shown)]).with_detail(&why)
        })?;
        Ok(path.to_owned())
    }

    fn check_view(&self, check: &Check) -> CheckView {
        let args: Vec<(String, String)> =
            check.args.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        let key = format!("tax.check.{}", check.id);
        let text = self
            .sentences
            .find(&format!("{key}.message"), &args)
            .or_else(|| self.sentences.find(&key, &args));
        CheckView {
            id: check.id.clone(),
            passed: check.passed,
            blocking: check.blocking,
            text: text.unwrap_or_else(|| check.id.clone()),
        }
    }

    fn question_view(&self, question: &Question) -> QuestionView {
        let args: Vec<(String, String)> =
            question.args.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        let key = format!("tax.question.{}", question.id);
        let text = self
            .sentences
            .find(&format!("{key}.message"), &args)
            .or_else(|| self.sentences.find(&key, &args));
        QuestionView {
            id: question.id.clone(),
            text: text.unwrap_or_else(|| question.id.clone()),
            default: question.default,
            given: question.given,
            asked: question.asked,
        }
    }

    /// A bank account that is broken in the period forbids the return, unless somebody waived it;
    /// one that no balance proves is told (docs/decisions/0004).
    pub(crate) fn bank_checks(
        &self,
        reader: &book::read::Reader,
        period: Period,
        banks: &[BankAccountView],
    ) -> Result<Vec<CheckView>, Failure> {
        let mut checks = Vec::new();
        for bank in banks {
            let Some((first, last)) = bank.heard else { continue };
            if last < period.first || first > period.last {
                continue;
            }
            let proved = bank.proved_to.is_some_and(|day| day >= period.last.min(last));
            let broken = bank.proof == "broken" && !proved;
            if proved && !broken && last >= period.last {
                continue;
            }
            let waived = reader
                .waivers(book::BankAccountId(bank.id))
                .map_err(|why| self.failed(&why))?
                .iter()
                .any(|(from, to, _)| *from <= period.first && period.last <= *to);
            let code = match (broken, last < period.last) {
                (true, _) => "bank-broken",
                (false, true) => "bank-not-heard",
                (false, false) => "bank-unproved",
            };
            let args = [
                ("account", bank.account.as_str()),
                ("name", bank.name.as_str()),
                ("last", &last.to_string()),
            ];
            checks.push(CheckView {
                id: code.to_owned(),
                passed: waived,
                blocking: broken,
                text: self.sentences.say(&format!("api.check.{code}"), &args),
            });
        }
        Ok(checks)
    }
}

/// `fr-ca3 2026.5`.
pub(crate) fn pack_name(pack: &tax::Pack) -> String {
    format!("{} {}", pack.head().id, pack.head().version)
}

pub(crate) fn period_of(made: &book::read::MadeReturn) -> Period {
    Period { first: made.first_day, last: made.last_day }
}
