//! What a call answers when it did not do what was asked: a code for machines, a sentence for
//! people.

use crate::sentences::Sentences;
use serde::Serialize;
use ts_rs::TS;

/// Why a call failed. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error, TS)]
#[error("{message}")]
pub struct Failure {
    /// The code, never a sentence: `posted`, `not-a-book`.
    pub code: String,
    /// Names and values of the sentence.
    pub args: Vec<(String, String)>,
    /// What was found.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// Underlying errors, for a report of a fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

impl Failure {
    /// A failure whose sentences stand under `area.section.code`.
    pub(crate) fn of<A: AsRef<str>>(
        sentences: &Sentences,
        section: &str,
        code: &str,
        args: impl IntoIterator<Item = (A, String)>,
    ) -> Failure {
        let args: Vec<(String, String)> =
            args.into_iter().map(|(name, value)| (name.as_ref().to_owned(), value)).collect();
        let key = format!("{section}.{code}");
        let message = sentences
            .find(&format!("{key}.message"), &args)
            .or_else(|| sentences.find(&key, &args))
            .unwrap_or_else(|| key.clone());
        let hint = sentences.find(&format!("{key}.hint"), &args).unwrap_or_default();
        Failure { code: code.to_owned(), args, message, hint, detail: None }
    }

    /// A failure of the application itself: `api.failure.code`.
    pub(crate) fn own(sentences: &Sentences, code: &str, args: &[(&str, &str)]) -> Failure {
        let args = args.iter().map(|(name, value)| (*name, (*value).to_owned()));
        Failure::of(sentences, "api.failure", code, args)
    }

    pub(crate) fn with_detail(mut self, error: &dyn std::error::Error) -> Failure {
        let mut words = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            words = format!("{words}: {cause}");
            source = cause.source();
        }
        self.detail = Some(words);
        self
    }
}

/// Every error of the crates below becomes a failure in the host's language.
pub(crate) trait Explain {
    /// The failure.
    fn explain(&self, sentences: &Sentences) -> Failure;
}

impl Explain for book::Error {
    fn explain(&self, sentences: &Sentences) -> Failure {
        let problem = |code: &str, args: Vec<(&str, String)>| {
            Failure::of(sentences, "book.problem", code, args)
        };
        match self {
            book::Error::Refused(refusal) if refusal.code == book::Code::InvoiceProblem => {
                let args = refusal.args.iter().map(|(name, value)| (*name, value.clone()));
                let problem = args.clone().find(|(name, _)| *name == "problem");
                let problem = problem.map(|(_, code)| code).unwrap_or_default();
                let told = Failure::of(sentences, "book.invoice-problem", &problem, args);
                Failure { code: refusal.code.word().to_owned(), ..told }
            }
            book::Error::Refused(refusal) => Failure::of(
                sentences,
                "book.refusal",
                refusal.code.word(),
                refusal.args.iter().map(|(name, value)| (*name, value.clone())),
            ),
            book::Error::NotAStatement(refusal) => refusal.explain(sentences),
            book::Error::Cancelled => problem("cancelled", Vec::new()),
            book::Error::Database(_) => problem("database", Vec::new()).with_detail(self),
            book::Error::File(path, _) => {
                problem("file", vec![("path", path.clone())]).with_detail(self)
            }
            book::Error::Asset(name, _) => {
                problem("asset", vec![("name", name.clone())]).with_detail(self)
            }
            book::Error::Damaged(what) => problem("damaged", vec![("what", what.clone())]),
        }
    }
}

impl Explain for statement::Refusal {
    fn explain(&self, sentences: &Sentences) -> Failure {
        Failure::of(
            sentences,
            "statement.refusal",
            self.code.word(),
            self.args.iter().map(|(name, value)| (*name, value.clone())),
        )
    }
}

impl Explain for tax::TaxError {
    fn explain(&self, sentences: &Sentences) -> Failure {
        Failure::of(sentences, "tax.error", self.code(), self.args())
    }
}

impl Explain for tax::PackError {
    fn explain(&self, sentences: &Sentences) -> Failure {
        Failure::of(sentences, "tax.error", self.code(), self.args())
    }
}

impl Explain for document::DocumentError {
    fn explain(&self, sentences: &Sentences) -> Failure {
        let document::DocumentError::Unprintable { character, line, .. } = self else {
            return Failure::own(sentences, "document", &[]).with_detail(self);
        };
        let shown = if character.is_control() {
            format!("U+{:04X}", u32::from(*character))
        } else {
            character.to_string()
        };
        let line = line.map(|line| (line + 1).to_string());
        match line {
            Some(line) => Failure::own(
                sentences,
                "unprintable-line",
                &[("character", &shown), ("line", &line)],
            ),
            None => Failure::own(sentences, "unprintable", &[("character", &shown)]),
        }
    }
}
