//! A person at a terminal: a folder of their own, the program, what it answered.

use serde_json::Value;
use sha2::{Digest, Sha256};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;
use tempfile::TempDir;

/// What a run of the program answered.
pub struct Ran {
    /// The exit code; none where a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub error: String,
}

impl Ran {
    /// The run, once it ended well.
    #[track_caller]
    pub fn done(self) -> Ran {
        assert_eq!(self.code, Some(0), "{}{}", self.out, self.error);
        self
    }

    /// The run, once it was refused in a sentence.
    #[track_caller]
    pub fn refused(self) -> Ran {
        assert_eq!(self.code, Some(1), "{}{}", self.out, self.error);
        self
    }

    /// Every line of standard output as JSON.
    #[track_caller]
    pub fn json_lines(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
    }

    /// Standard output as one JSON value.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).expect("one JSON value")
    }
}

/// Runs the program with these words, as they stand.
pub fn comptoir<W: AsRef<OsStr>>(words: impl IntoIterator<Item = W>) -> Ran {
    comptoir_over(None, words)
}

/// The same with a folder of the person's own assets.
fn comptoir_over<W: AsRef<OsStr>>(
    assets: Option<&Path>,
    words: impl IntoIterator<Item = W>,
) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_comptoir"));
    // Only --language and these may choose the words.
    for name in ["COMPTOIR_LANGUAGE", "COMPTOIR_ASSETS", "LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(name);
    }
    if let Some(assets) = assets {
        command.env("COMPTOIR_ASSETS", assets);
    }
    let Output { status, stdout, stderr } =
        command.args(words).output().expect("the program starts");
    let ran = Ran {
        code: status.code(),
        out: String::from_utf8(stdout).expect("standard output is UTF-8"),
        error: String::from_utf8(stderr).expect("standard error is UTF-8"),
    };
    assert!(!ran.error.contains("panicked"), "{}", ran.error);
    ran
}

/// A folder of one's own.
pub struct Desk {
    folder: TempDir,
}

impl Desk {
    /// An empty folder.
    pub fn new() -> Desk {
        Desk { folder: tempfile::tempdir().expect("a folder") }
    }

    /// A folder with the sample business in `book`.
    pub fn with_sample() -> Desk {
        let desk = Desk::new();
        std::fs::copy(sample(), desk.book()).expect("the sample is copied");
        desk
    }

    /// A folder with a new business in `book`.
    pub fn with_new_book() -> Desk {
        let desk = Desk::new();
        desk.run(
            "new BOOK --country fr --name Essai --siren 123456782 --legal-form SARL \
             --vat-regime normal-monthly --vat-on payments --activity mixed --territory FR-MET \
             --income-tax IS --basis accrual --fiscal-year 2026-01-01..2026-12-31 \
             --first-day 2026-01-01 --time-zone Europe/Paris",
        )
        .done();
        desk
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Where the book lies.
    pub fn book(&self) -> PathBuf {
        self.path("book")
    }

    /// Writes a file.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, bytes).expect("the file is written");
        path
    }

    /// Runs words parted by spaces, in English; `BOOK` is the book, `./name` a path of the folder.
    pub fn run(&self, words: &str) -> Ran {
        self.run_in("en", words)
    }

    /// The same in a language.
    pub fn run_in(&self, language: &str, words: &str) -> Ran {
        comptoir([format!("--language={language}")].into_iter().chain(self.words(words)))
    }

    /// Runs words in English over the assets of a folder.
    pub fn run_over(&self, assets: &Path, words: &str) -> Ran {
        let language = "--language=en".to_owned();
        comptoir_over(Some(assets), std::iter::once(language).chain(self.words(words)))
    }

    fn words<'a>(&'a self, words: &'a str) -> impl Iterator<Item = String> + 'a {
        words.split_whitespace().map(|word| match word {
            "BOOK" => self.book().display().to_string(),
            word => match word.strip_prefix("./") {
                Some(name) => self.path(name).display().to_string(),
                None => word.to_owned(),
            },
        })
    }

    /// Asks a call by its name; gives its result.
    #[track_caller]
    pub fn call(&self, name: &str, request: Value) -> Value {
        let words = ["call".to_owned(), self.book().display().to_string(), name.to_owned()];
        let ran = comptoir(words.into_iter().chain([request.to_string()])).done();
        ran.json()["result"].clone()
    }

    /// What the book holds: how many records, blobs and sums, and the last record's hash. Of a file
    /// that is no whole book, the hash of its bytes.
    ///
    /// Not a hash of every book's bytes: what is refused is kept for a moment to be looked at, and
    /// SQLite leaves a free page where it stood.
    pub fn fingerprint(&self) -> String {
        let verified = self.run("verify BOOK");
        match verified.code {
            Some(0) => verified.out,
            _ => hash(&std::fs::read(self.book()).expect("the book is there")),
        }
    }
}

/// SHA-256 in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The sample business, made once for all tests.
fn sample() -> &'static Path {
    static SAMPLE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = SAMPLE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("sample");
        comptoir(["sample".as_ref(), path.as_os_str()]).done();
        (folder, path)
    });
    path
}

/// The folder of the sample's files.
pub fn sample_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/sample/fr")
}

/// The sample's statement files, in the order of their names.
pub fn statement_files() -> Vec<PathBuf> {
    let files = std::fs::read_dir(sample_folder()).expect("the sample is there");
    let mut files: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
    files.retain(|path| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("banque-"))
    });
    files.sort();
    files
}

/// The figures that must come out of the sample.
pub fn answers() -> Value {
    let text = std::fs::read_to_string(sample_folder().join("tests/answers.json"));
    serde_json::from_str(&text.expect("the answers are there")).expect("they are JSON")
}
