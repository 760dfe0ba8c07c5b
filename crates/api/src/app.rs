//! The application: one per process, asked by name.

use crate::failure::{Explain, Failure};
use crate::host::{Host, Progress, Watched};
use crate::sentences::Sentences;
use assets::Assets;
use book::read::{Reader, Readers, WholeEntry};
use book::{BlobHash, Book, Command, Context, Done, Law};
use document::Stationery;
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, TryLockError};
use values::Day;

/// What a call answers.
#[derive(Debug, Clone, Serialize)]
pub struct Answer {
    /// The last record the answer has seen; none where no book was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seq: Option<i64>,
    /// Recorded tables that the call wrote.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<&'static str>,
    /// The answer itself.
    pub result: Value,
}

/// The application.
pub struct App {
    pub(crate) host: Host,
    pub(crate) law: Law,
    pub(crate) sentences: Sentences,
    /// What invoices are printed with, read when the first is drawn.
    pub(crate) stationery: OnceLock<Stationery>,
    /// Names this run of the program where two must not do the same.
    pub(crate) run: String,
    books: Arc<Mutex<Books>>,
}

/// What is open; shared by the applications of one process.
#[derive(Default)]
struct Books {
    open: HashMap<PathBuf, Arc<Mutex<Book>>>,
    /// Connections for reading, kept between two questions of a window.
    readers: HashMap<PathBuf, Arc<Readers>>,
    /// Books that were read: whatever reading left beside them is folded away at the end.
    read: BTreeSet<PathBuf>,
    /// Which file was opened under each path.
    files: HashMap<PathBuf, FileId>,
}

impl Books {
    /// Lets go of a book whose file is no longer the one that was opened. It was moved away or
    /// another stands in its place: what is written through an open connection would go with it.
    fn check(&mut self, known: &Path) {
        let now = FileId::of(known);
        let before = self.files.get(known);
        if before.is_some() && before != now.as_ref() {
            self.readers.remove(known);
            if let Some(book) = self.open.get(known) {
                // Whoever works on it now goes on; the next call looks again.
                let Ok(book) = book.try_lock() else { return };
                // The log stays where the file was: what it holds goes with the file.
                let _ = book.fold_log();
            }
            self.open.remove(known);
            self.files.remove(known);
        }
        if let Some(now) = now {
            self.files.entry(known.to_owned()).or_insert(now);
        }
    }
}

/// What tells two files apart that stood at one path.
#[derive(PartialEq, Eq)]
struct FileId(u64, u64);

impl FileId {
    /// That of the file at a path, if there is one.
    fn of(path: &Path) -> Option<FileId> {
        std::fs::metadata(path).ok().map(|found| FileId::read(&found))
    }

    #[cfg(unix)]
    fn read(found: &std::fs::Metadata) -> FileId {
        use std::os::unix::fs::MetadataExt;
        FileId(found.dev(), found.ino())
    }

    /// Where files have no number an open one cannot be moved either.
    #[cfg(not(unix))]
    fn read(_: &std::fs::Metadata) -> FileId {
        FileId(0, 0)
    }
}

impl Drop for Books {
    fn drop(&mut self) {
        self.readers.clear();
        self.open.clear();
        for path in std::mem::take(&mut self.read) {
            Book::fold_away(&path, None);
        }
    }
}

impl App {
    /// An application over the given world and assets.
    pub fn new(host: Host, assets: Assets) -> App {
        let sentences = Sentences::new(&assets, host.language);
        let run = (host.random)().iter().map(|byte| format!("{byte:02x}")).collect();
        let (law, books) = (Law::new(assets), Arc::default());
        App { host, law, sentences, stationery: OnceLock::new(), run, books }
    }

    /// The same application over the books of another one.
    pub(crate) fn beside(mut self, other: &App) -> App {
        self.books = other.books.clone();
        self
    }

    fn opened(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The sentences of the host's language.
    pub fn sentences(&self) -> &Sentences {
        &self.sentences
    }

    /// The sentences of a customer's language, which may be another than the host's.
    pub(crate) fn sentences_of(&self, language: &str) -> Sentences {
        let language = if language == "en" { crate::Language::En } else { crate::Language::Fr };
        Sentences::new(self.law.assets(), language)
    }

    /// The host's language.
    pub fn language(&self) -> crate::Language {
        self.host.language
    }

    /// What a step of long work does, in the host's language; of a file only its name is said.
    pub fn step_text(&self, step: &str, about: &str) -> String {
        let about =
            Path::new(about).file_name().map_or(about.into(), |name| name.to_string_lossy());
        self.sentences.say(&format!("cli.step.{step}"), &[("about", &about)])
    }

    /// Asks by name, as machines do. A panic is a bug: it is caught, the transaction is gone, the
    /// book is whole.
    pub fn call(
        &self,
        book: Option<&Path>,
        name: &str,
        params: Value,
        progress: &dyn Progress,
    ) -> Result<Answer, Failure> {
        let asked = catch_unwind(AssertUnwindSafe(|| {
            crate::calls::dispatch(self, book, name, params, progress)
        }));
        asked.unwrap_or_else(|_| Err(self.own("bug", &[("call", name)])))
    }

    pub(crate) fn own(&self, code: &str, args: &[(&str, &str)]) -> Failure {
        Failure::own(&self.sentences, code, args)
    }

    pub(crate) fn failed(&self, error: &dyn Explain) -> Failure {
        error.explain(&self.sentences)
    }

    /// The failure of a request that is no JSON at all.
    pub fn bad_request(&self, call: &str, why: &str) -> Failure {
        self.own("bad-request", &[("call", call), ("why", why)])
    }

    /// The failure of a report asked for in a form that only the journal has.
    pub fn journal_only(&self) -> Failure {
        self.own("journal-only", &[])
    }

    /// The failure of a file that is not there.
    pub fn no_file(&self, path: &Path) -> Failure {
        self.own("no-file", &[("path", &path.display().to_string())])
    }

    /// The failure of an invoice that the book does not have.
    pub fn no_invoice(&self, named: &str) -> Failure {
        self.own("no-invoice", &[("invoice", named)])
    }

    /// The failure of a connector that is not there.
    pub fn no_connector(&self, named: &str) -> Failure {
        self.own("no-connector", &[("connector", named)])
    }

    /// Pages of providers that connector files name: the only ones a shell opens.
    pub fn links(&self) -> Vec<String> {
        let connectors = source::Connectors::of(self.law.assets()).list;
        connectors.into_iter().flat_map(|one| [Some(one.docs), one.manage]).flatten().collect()
    }

    /// What is wrong with a connector file, by its samples; nothing means that all is well.
    pub fn check_connector(
        &self,
        text: &str,
        samples: &std::collections::BTreeMap<String, Vec<u8>>,
    ) -> Vec<source::Finding> {
        source::check(text, samples)
    }

    /// The failure of a file that cannot be written.
    pub fn unwritable(&self, path: &Path) -> Failure {
        let shown = path.display().to_string();
        self.own("unwritable", &[("path", &shown)])
    }

    /// A snapshot of a book.
    pub(crate) fn reader(&self, path: &Path) -> Result<Reader, Failure> {
        let readers = {
            let mut books = self.opened();
            let known = place(path);
            books.check(&known);
            // Only what this reading leaves is folded away later, never another program's log.
            if Book::is_folded(path) {
                books.read.insert(path.to_owned());
            }
            let fresh = || Arc::new(Readers::new(path, self.law.clone()));
            books.readers.entry(known).or_insert_with(fresh).clone()
        };
        match readers.reader() {
            // Its tables are those of an earlier version: opening it for writing brings them up to
            // date, once.
            Err(book::Error::Refused(refusal)) if refusal.code == book::Code::OlderVersion => {
                self.with_book(path, |_| Ok(()))?;
                readers.reader().map_err(|why| self.failed(&why))
            }
            found => found.map_err(|why| self.failed(&why)),
        }
    }

    /// Today in the book's time zone.
    pub(crate) fn today(&self, reader: &Reader) -> Result<Day, Failure> {
        reader.day_of((self.host.clock)()).map_err(|why| self.failed(&why))
    }

    /// Works on a book that is open for writing; opened when first needed, kept until closed.
    pub(crate) fn with_book<T>(
        &self,
        path: &Path,
        work: impl FnOnce(&mut Book) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let book = self.writable(path)?;
        let mut book = book.lock().unwrap_or_else(PoisonError::into_inner);
        work(&mut book)
    }

    fn writable(&self, path: &Path) -> Result<Arc<Mutex<Book>>, Failure> {
        let mut books = self.opened();
        let known = place(path);
        books.check(&known);
        if let Some(book) = books.open.get(&known) {
            return Ok(book.clone());
        }
        let book = Book::open(path, None, self.law.clone()).map_err(|why| self.failed(&why))?;
        let book = Arc::new(Mutex::new(book));
        books.open.insert(known, book.clone());
        Ok(book)
    }

    /// Keeps a book that was just made.
    pub(crate) fn keep(&self, book: Book) {
        self.opened().open.insert(place(book.path()), Arc::new(Mutex::new(book)));
    }

    /// Closes a book: its log is folded away, it is one file again.
    pub fn close(&self, path: &Path) {
        let mut books = self.opened();
        let known = place(path);
        books.readers.remove(&known);
        books.open.remove(&known);
        books.files.remove(&known);
    }

    /// Executes a command on an open book.
    pub(crate) fn execute(
        &self,
        book: &mut Book,
        command: impl Into<Command>,
        progress: &dyn Progress,
    ) -> Result<Done, Failure> {
        let watched = Watched(progress);
        let context = Context {
            actor: &self.host.actor,
            at: (self.host.clock)(),
            app: &self.host.application,
            task: &watched,
        };
        book.execute(&context, command.into()).map_err(|why| self.failed(&why))
    }

    /// The entries that a command would write; nothing is kept. A book that nobody here writes is
    /// open only for as long as this takes, and one that is being written is not waited for.
    pub(crate) fn preview(
        &self,
        path: &Path,
        command: impl Into<Command>,
    ) -> Result<Vec<WholeEntry>, Failure> {
        let context = Context {
            actor: &self.host.actor,
            at: (self.host.clock)(),
            app: &self.host.application,
            task: &book::NoTask,
        };
        let mut books = self.opened();
        let known = place(path);
        books.check(&known);
        let previewed = match books.open.get(&known).cloned() {
            Some(book) => {
                drop(books);
                let mut book = match book.try_lock() {
                    Ok(book) => book,
                    Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
                    Err(TryLockError::WouldBlock) => return Err(self.own("busy", &[])),
                };
                book.preview(&context, command.into())
            }
            // Nobody else here may open it meanwhile: `books` is held.
            None => Book::open(path, None, self.law.clone())
                .and_then(|mut book| book.preview(&context, command.into())),
        };
        previewed.map_err(|why| self.failed(&why))
    }

    /// Keeps bytes, then executes the command that is made of them; what is refused leaves no
    /// bytes behind.
    pub(crate) fn execute_on<C: Into<Command>>(
        &self,
        book: &mut Book,
        (name, bytes): (&str, &[u8]),
        command: impl FnOnce(BlobHash) -> C,
        progress: &dyn Progress,
    ) -> Result<Done, Failure> {
        let (blob, known) =
            book.note_blob(bytes, name, (self.host.clock)()).map_err(|why| self.failed(&why))?;
        self.execute(book, command(blob.clone()), progress).inspect_err(|_| {
            if !known {
                let _ = book.forget_blob(&blob);
            }
        })
    }

    /// Executes a command on a book by its path.
    pub(crate) fn command(
        &self,
        path: &Path,
        command: impl Into<Command>,
        progress: &dyn Progress,
    ) -> Result<Done, Failure> {
        self.with_book(path, |book| self.execute(book, command, progress))
    }
}

/// One name for one file, however it was written: a book is opened once.
fn place(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}
