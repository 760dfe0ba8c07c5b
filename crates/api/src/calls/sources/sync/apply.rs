//! What a run read of an account, taken into the book.

use super::{Asked, Running, SyncedAccount, SyncedConnection};
use crate::app::App;
use crate::failure::Failure;
use book::{
    FeedAnswer, Heard, ImportFeed, Imported, ImportedStatement, Outcome, PendingLine, Told,
};
use source::{Answer, Done};
use statement::proof::Verdict;
use std::sync::Arc;

impl App {
    /// A window that was read to its end goes through the door; anything else changes nothing.
    pub(super) fn take_in(
        &self,
        running: &Running<'_>,
        asked: &Asked,
        done: Done,
        synced: &mut SyncedConnection,
    ) -> Result<(), Failure> {
        let explain = |why: book::Error| self.failed(&why);
        let reader = self.reader(running.book)?;
        let own = reader.bank_accounts().map_err(explain)?;
        drop(reader);
        let Some(account) = own.into_iter().find(|one| one.id == asked.bank_account) else {
            return Ok(());
        };
        let mut row = SyncedAccount {
            account: account.account,
            name: account.name,
            from: asked.first_day,
            to: asked.last_day,
            new: 0,
            gone: 0,
            changed: 0,
            held: 0,
            pending: 0,
            unfinished: None,
        };
        let (pages, balances) = match done {
            Done::Complete { pages, balances, .. } => (pages, balances),
            Done::Unfinished { why } => {
                let failure = why.map(|fault| self.fault_of(running.connector, &fault));
                let failure = failure.unwrap_or_else(|| self.own("not-read-whole", &[]));
                row.unfinished = Some(format!("{} {}", failure.message, failure.hint));
                synced.accounts.push(row);
                return Ok(());
            }
        };
        let window = Window { asked, pages, balances };
        match self.import_window(running, &window, &mut row, synced) {
            Ok(()) => {}
            Err(failure) if failure.code == "cancelled" => return Err(failure),
            // One account that cannot be read never fails the rest.
            Err(failure) => {
                row.unfinished = Some(format!("{} {}", failure.message, failure.hint));
            }
        }
        synced.accounts.push(row);
        Ok(())
    }

    fn import_window(
        &self,
        running: &Running<'_>,
        window: &Window<'_>,
        row: &mut SyncedAccount,
        synced: &mut SyncedConnection,
    ) -> Result<(), Failure> {
        let as_of = running.now.format("%Y-%m-%dT%H:%M:%SZ").to_string();
        let name = format!("connectors/{}.toml", running.connector.id);
        let text = self.law.assets().text(&name).map_err(|why| {
            self.own("no-connector", &[("connector", &running.connector.id)]).with_detail(&why)
        })?;
        let mut command = ImportFeed {
            connection: running.connection,
            connector: String::new(),
            connector_size: text.len() as i64,
            bank_account: window.asked.bank_account,
            reference: window.asked.reference.clone(),
            zone: running.zone.clone(),
            first_day: window.asked.first_day,
            last_day: window.asked.last_day,
            as_of,
            pages: window.pages.iter().map(|page| kept(running, page)).collect(),
            balance: window.balances.as_ref().map(|answer| kept(running, answer)),
            even_if_known: false,
        };
        self.with_book(running.book, |open| {
            let noted = open.note_blob(text.as_bytes(), &name, running.now);
            command.connector = noted.map_err(|why| self.failed(&why))?.0;
            Ok(())
        })?;
        let (mut imported, mut told) = self.read_feed(running, &command)?;
        // From here on it is what writes the window: now, or when a return wants what was heard.
        command.even_if_known = true;
        if imported.same_bytes && self.is_due(running, window.asked, &told)? {
            (imported, told) = self.read_feed(running, &command)?;
        }
        let heard = imported.same_bytes.then(|| Heard {
            bank_account: command.bank_account,
            connection: running.connection,
            last_day: told.last_day,
            balance_minor: told.closing_minor,
            at: command.as_of.clone(),
            command: serde_json::to_string(&command).unwrap_or_default(),
        });
        self.with_book(running.book, |open| {
            self.note_what_was_heard(open, command.bank_account, heard, &told.pending)
        })?;
        let remarks = self.remarks(&imported.remarks);
        synced.remarks.extend(remarks.into_iter().map(|one| one.text));
        if let Some(one) = imported.statements.first() {
            count(row, one);
        }
        row.pending = told.pending.len() as u32;
        Ok(())
    }

    /// One read of the answers through the door.
    fn read_feed(
        &self,
        running: &Running<'_>,
        command: &ImportFeed,
    ) -> Result<(Imported, Told), Failure> {
        let done = self.with_book(running.book, |open| {
            self.execute(open, command.clone(), running.progress)
        })?;
        let Outcome::Imported(mut imported) = done.outcome else {
            return Err(self.own("bug", &[("call", "sync")]));
        };
        let told = imported.told.take().ok_or_else(|| self.own("bug", &[("call", "sync")]))?;
        Ok((*imported, told))
    }

    /// The read that showed nothing new takes the place of the one before it, whose answers are
    /// forgotten; one that was written as a window needs no such note.
    fn note_what_was_heard(
        &self,
        open: &mut book::Book,
        bank_account: book::BankAccountId,
        heard: Option<Heard>,
        pending: &[PendingLine],
    ) -> Result<(), Failure> {
        let before = open.reader().and_then(|reader| reader.heard());
        let before = before.map_err(|why| self.failed(&why))?;
        let before = before.into_iter().find(|one| one.bank_account == bank_account);
        let noted = match &heard {
            Some(heard) => open.note_heard(heard),
            None => open.forget_heard(bank_account),
        };
        noted
            .and_then(|()| open.note_pending(bank_account, pending))
            .and_then(|()| match before {
                Some(before) => open.forget_answers(&answers_of(&before.command)),
                None => Ok(()),
            })
            .map_err(|why| self.failed(&why))
    }

    /// Whether the window is worth a record though it shows nothing new: once for each month that
    /// ended since the last one, so that returns find it proved; and after a window that its
    /// balance contradicts, once for each day and each balance: the bank may have booked between
    /// two of our requests, and only a newer window can tell that all is well again.
    fn is_due(&self, running: &Running<'_>, asked: &Asked, told: &Told) -> Result<bool, Failure> {
        let explain = |why: book::Error| self.failed(&why);
        let reader = self.reader(running.book)?;
        let sources = reader.sources_of(asked.bank_account).map_err(explain)?;
        let shown = sources.into_iter().map(|(_, day)| day).max();
        let last_day = told.last_day;
        let ended = last_day.plus_days(-i64::from(last_day.day_of_month()));
        if shown.is_none_or(|shown| shown < ended) {
            return Ok(true);
        }
        let windows = reader.windows(asked.bank_account).map_err(explain)?;
        let newest = windows.iter().max_by_key(|one| (&one.as_of, one.id));
        let says = (told.last_day, told.closing_minor);
        let Some(newest) = newest.filter(|one| (one.last_day, one.closing_minor) != says) else {
            return Ok(false);
        };
        let chain = reader.proof(asked.bank_account).map_err(explain)?;
        let broken = |verdict: &Verdict| matches!(verdict, Verdict::Broken(_));
        Ok(chain.windows.iter().any(|one| one.id == newest.id && broken(&one.verdict)))
    }

    /// Makes windows of what was heard and left no record: before a return reads the proofs.
    pub(crate) fn write_heard(
        &self,
        book: &std::path::Path,
        progress: &dyn crate::host::Progress,
    ) -> Result<(), Failure> {
        let heard = self.reader(book)?.heard().map_err(|why| self.failed(&why))?;
        for one in heard {
            let Ok(command) = serde_json::from_str::<ImportFeed>(&one.command) else { continue };
            self.with_book(book, |open| {
                self.execute(open, command, progress)?;
                open.forget_heard(one.bank_account).map_err(|why| self.failed(&why))
            })?;
        }
        Ok(())
    }
}

/// An account's answers.
struct Window<'a> {
    asked: &'a Asked,
    pages: Vec<Arc<Answer>>,
    balances: Option<Arc<Answer>>,
}

/// The blob that an answer was kept as.
fn kept(running: &Running<'_>, answer: &Answer) -> FeedAnswer {
    let found = running.answers.iter().find(|(key, ..)| *key == answer.key);
    let (blob, size) = found.map(|(_, hash, size)| (hash.clone(), *size)).unwrap_or_default();
    FeedAnswer { blob, size }
}

fn answers_of(command: &str) -> Vec<String> {
    let command: Option<ImportFeed> = serde_json::from_str(command).ok();
    let answers = command.into_iter().flat_map(|one| one.pages.into_iter().chain(one.balance));
    answers.map(|answer| answer.blob).collect()
}

fn count(row: &mut SyncedAccount, one: &ImportedStatement) {
    row.from = one.first_day;
    row.to = one.last_day;
    row.new = one.new;
    row.gone = one.gone;
    row.changed = one.changed;
    row.held = one.held;
}
