//! One run of the outbox: message after message, each step committed before the next act.

use super::super::{Called, Nothing, Seen};
use super::OutboxView;
use crate::app::App;
use crate::failure::Failure;
use crate::host::Progress;
use book::{Leased, MessageAnswer};
use chrono::TimeDelta;
use courier::{Envelope, FaultKind, HandedOver, MailAccount, Phase, SendFault, Stop, Trust};
use std::path::Path;
use values::Secret;

/// Minutes to the next try of a message that was not handed over, by the tries before; the last
/// one holds for all further.
const NEXT_TRY_MINUTES: [i64; 6] = [1, 5, 15, 60, 240, 720];

/// Waits for an answer that one dialogue has at most, besides the first and the last.
const REPLIES: u32 = 9;

/// How a message went.
enum Went {
    /// The next one may be tried.
    On,
    /// No other would go better now: the account or the server is at fault, or the person stopped.
    Stop(Failure),
}

impl App {
    /// Sends whatever may be sent now.
    pub fn run_outbox(
        &self,
        book: &Path,
        _: Nothing,
        progress: &dyn Progress,
    ) -> Called<OutboxView> {
        let reader = self.reader(book)?;
        let before = reader.seq();
        let rows = reader.outbox().map_err(|why| self.failed(&why))?;
        if self.is_paused(&reader, &rows)? {
            return Err(self.own("outbox-paused", &[]));
        }
        let mut stopped = None;
        if rows.iter().any(|row| matches!(row.state.as_str(), "queued" | "sending")) {
            let (account, password) = self.account_and_password(book, &reader)?;
            drop(reader);
            stopped = self.send_all(book, &account, &password, progress)?;
        } else {
            drop(reader);
        }
        let reader = self.reader(book)?;
        let view = self.outbox_view(&reader, stopped)?;
        let tables = if reader.seq() > before { vec!["outbox"] } else { Vec::new() };
        Ok(Seen { seq: Some(reader.seq()), tables, value: view })
    }

    /// Lets a book send again that was found behind: the person looked.
    pub fn resume_outbox(&self, book: &Path, _: Nothing, _: &dyn Progress) -> Called<OutboxView> {
        let reader = self.reader(book)?;
        self.remember(&reader)?;
        let view = self.outbox_view(&reader, None)?;
        Ok(Seen::at(reader.seq(), view))
    }

    fn send_all(
        &self,
        book: &Path,
        account: &MailAccount,
        password: &Secret,
        progress: &dyn Progress,
    ) -> Result<Option<Failure>, Failure> {
        let patience = self.host.patience;
        let longest = patience.connect + patience.reply * REPLIES + patience.verdict;
        let lease = TimeDelta::from_std(longest).unwrap_or(TimeDelta::hours(1));
        loop {
            let now = (self.host.clock)();
            let leased = self.with_book(book, |open| {
                open.lease_message(&self.run, now, lease).map_err(|why| self.failed(&why))
            })?;
            let Some(leased) = leased else { return Ok(None) };
            progress.begin("send", &leased.recipients.join(", "));
            match self.send_one(book, &leased, (account, password), progress)? {
                Went::On => {}
                Went::Stop(failure) => return Ok(Some(failure)),
            }
        }
    }

    fn send_one(
        &self,
        book: &Path,
        leased: &Leased,
        (account, password): (&MailAccount, &Secret),
        progress: &dyn Progress,
    ) -> Result<Went, Failure> {
        let bytes = self.reader(book)?.blob(&leased.blob).map_err(|why| self.failed(&why))?;
        let to: Vec<&str> = leased.recipients.iter().map(String::as_str).collect();
        let envelope = match Envelope::new(&account.from.address, &to) {
            Ok(envelope) => envelope,
            Err(why) => {
                let words = why.to_string();
                self.answered(book, leased, MessageAnswer::Refused, words, progress)?;
                return Ok(Went::On);
            }
        };
        let mut not_noted = None;
        let mut watch = |phase: Phase| {
            if phase != Phase::Ended && !progress.step(0, None) {
                return Err(Stop);
            }
            if phase != Phase::Body {
                return Ok(());
            }
            // From here on the message may arrive: that is committed before its first byte leaves.
            let now = (self.host.clock)();
            let noted = self.with_book(book, |open| {
                open.note_body_started(leased, now).map_err(|why| self.failed(&why))?;
                let reader = open.reader().map_err(|why| self.failed(&why))?;
                // A copy of the book from an hour ago does not know it: the machine does.
                self.remember(&reader).inspect_err(|_| {
                    let _ = open.note_not_sent(leased, now, now, "");
                })
            });
            noted.map_err(|why| {
                not_noted = Some(why);
                Stop
            })
        };
        let trust = Trust::system((self.host.clock)());
        let patience = &self.host.patience;
        let sent =
            courier::send(account, password, &envelope, &bytes, &trust, patience, &mut watch);
        match (sent, not_noted) {
            (Ok(receipt), _) => {
                self.answered(book, leased, MessageAnswer::Sent, receipt.words, progress)?;
                Ok(Went::On)
            }
            (Err(_), Some(failure)) => Err(failure),
            (Err(fault), None) => self.not_sent(book, leased, &fault, progress),
        }
    }

    fn not_sent(
        &self,
        book: &Path,
        leased: &Leased,
        fault: &SendFault,
        progress: &dyn Progress,
    ) -> Result<Went, Failure> {
        let words = fault.words.clone();
        let now = (self.host.clock)();
        match fault.handed_over() {
            HandedOver::Unknown => {
                self.with_book(book, |open| {
                    open.note_unknown(leased, now, &words).map_err(|why| self.failed(&why))
                })?;
                Ok(Went::On)
            }
            HandedOver::Rejected => {
                self.answered(book, leased, MessageAnswer::Refused, words, progress)?;
                Ok(Went::On)
            }
            HandedOver::No if is_of_message(fault) && !fault.may_pass_later() => {
                self.answered(book, leased, MessageAnswer::Refused, words, progress)?;
                Ok(Went::On)
            }
            HandedOver::No | HandedOver::NotAccepted => {
                let tries = usize::try_from(leased.tries).unwrap_or(usize::MAX);
                let minutes = NEXT_TRY_MINUTES[tries.min(NEXT_TRY_MINUTES.len() - 1)];
                let stopped = fault.kind == FaultKind::Stopped;
                let next = if stopped { now } else { now + TimeDelta::minutes(minutes) };
                self.with_book(book, |open| {
                    let reader = open.reader().map_err(|why| self.failed(&why))?;
                    self.remember_without(&reader, Some(leased.message))?;
                    let noted = open.note_not_sent(leased, now, next, &words);
                    noted.map_err(|why| self.failed(&why))
                })?;
                if fault.handed_over() == HandedOver::NotAccepted || is_of_message(fault) {
                    Ok(Went::On)
                } else {
                    Ok(Went::Stop(self.failed(fault)))
                }
            }
        }
    }

    /// Records the final answer, and that this machine saw the book there.
    fn answered(
        &self,
        book: &Path,
        leased: &Leased,
        answer: MessageAnswer,
        words: String,
        progress: &dyn Progress,
    ) -> Result<(), Failure> {
        self.with_book(book, |open| {
            // A refusal heard after another took the message up says nothing of what that one does.
            let is_sent = matches!(answer, MessageAnswer::Sent);
            if !is_sent && !open.holds(leased).map_err(|why| self.failed(&why))? {
                return Ok(());
            }
            self.settle(open, leased.message, answer, words, progress)?;
            let reader = open.reader().map_err(|why| self.failed(&why))?;
            self.remember(&reader)
        })
    }
}

/// Whether the fault lies in this one message; any other may go out all the same.
fn is_of_message(fault: &SendFault) -> bool {
    matches!(
        fault.kind,
        FaultKind::RecipientRefused(_) | FaultKind::Unsendable | FaultKind::TooLarge
    )
}
