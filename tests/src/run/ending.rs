//! A seed's end: the book opened again, replayed, and undone on a copy as far as it goes.

use super::{Seed, Tally, refusal, told};
use crate::chance::Chance;
use crate::invent;
use book::{Book, Context, Law, NoTask, Undo};
use std::fs;

impl Seed {
    pub(super) fn end(mut self, law: &Law) -> Result<Tally, String> {
        let reader = self.book.reader().map_err(told)?;
        self.model.check_all(&reader)?;
        drop(reader);
        self.book.verify(&NoTask).map_err(told)?;
        self.replayed(&self.book)?;
        drop(self.book);
        let reopened = Book::open(&self.path, None, law.clone()).map_err(told)?;
        if Some(&reopened.digest().map_err(told)?) != self.digests.last() {
            return Err("the book opened again is another".to_owned());
        }
        drop(reopened);
        let copy = self.path.with_extension("copy");
        fs::copy(&self.path, &copy).map_err(|why| why.to_string())?;
        self.book = Book::open(&copy, None, law.clone()).map_err(told)?;
        self.unwind()?;
        self.replayed(&self.book)?;
        self.tally.replays += 2;
        Ok(self.tally)
    }

    fn replayed(&self, book: &Book) -> Result<(), String> {
        let (digest, replayed) =
            (book.digest().map_err(told)?, book.replayed_digest().map_err(told)?);
        if digest == replayed { Ok(()) } else { Err("the replay is another book".to_owned()) }
    }

    /// Undoes record after record from the last. Until one refuses, each brings back the digest
    /// from before it; after that, whatever is accepted must still verify.
    fn unwind(&mut self) -> Result<(), String> {
        let mut unbroken = true;
        let at = invent::instant(&mut Chance::new(0, 0), self.plan.commands + 1);
        for seq in (1..=self.digests.len() as i64).rev() {
            let context = Context { actor: "person", at, app: "simulation 0", task: &NoTask };
            match self.book.execute(&context, Undo { seq }.into()) {
                Ok(_) => {
                    self.tally.unwound += u64::from(unbroken);
                    let back = self.book.digest().map_err(told)?;
                    if unbroken && self.digests.get(seq as usize - 2) != Some(&back) {
                        return Err(format!("undoing record {seq} did not bring back its eve"));
                    }
                }
                Err(why) => {
                    refusal(&why, None).ok_or_else(|| format!("undoing {seq}: {why:?}"))?;
                    unbroken = false;
                }
            }
        }
        self.book.verify(&NoTask).map(|_| ()).map_err(told)
    }
}
