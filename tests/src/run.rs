//! One seed: a book from its first record to its last, held against the model after each command.

mod ending;
mod tally;

pub use tally::Tally;

use crate::chance::Chance;
use crate::invent::{self, Step};
use crate::model::Model;
use assets::Assets;
use book::{Book, Command, Context, Done, Error, Law, NoTask, Task};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// How far a seed goes, and how often everything is verified on the way.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Which story.
    pub seed: u64,
    /// How many commands.
    pub commands: u64,
    /// The book's own verification runs after every so many accepted commands, and at the end.
    pub verify_every: u64,
}

/// What went wrong, and where to find it again.
#[derive(Debug)]
pub struct Failure {
    /// The seed.
    pub seed: u64,
    /// The step of that seed.
    pub step: u64,
    /// What is not as it should be.
    pub story: String,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "seed {} step {}: {}", self.seed, self.step, self.story)
    }
}

/// The law that every invented book lives under.
pub fn law() -> Law {
    Law::new(Assets::built_in())
}

/// Runs a seed; a panic of the engine is a failure like any other.
pub fn run(plan: Plan, law: &Law) -> Result<Tally, Failure> {
    let caught = catch_unwind(AssertUnwindSafe(|| run_unguarded(plan, law)));
    caught.unwrap_or_else(|panic| {
        let words = panic.downcast_ref::<String>().map(String::as_str);
        let words = words.or(panic.downcast_ref::<&str>().copied()).unwrap_or("");
        Err(Failure { seed: plan.seed, step: 0, story: format!("panic: {words}") })
    })
}

fn run_unguarded(plan: Plan, law: &Law) -> Result<Tally, Failure> {
    let fail = |step: u64, story: String| Failure { seed: plan.seed, step, story };
    let folder = tempfile::tempdir().map_err(|why| fail(0, why.to_string()))?;
    let mut seed = Seed::start(plan, law, folder.path()).map_err(|story| fail(0, story))?;
    for step in 1..=plan.commands {
        seed.step(step).map_err(|story| fail(step, story))?;
    }
    seed.end(law).map_err(|story| fail(plan.commands + 1, story))
}

/// Makes the book of a seed.
pub fn new_book(seed: u64, law: &Law, folder: &Path) -> Result<Book, Error> {
    let path = folder.join("morvan.comptoir");
    let at = invent::instant(&mut Chance::new(seed, 0), 0);
    let context = Context { actor: "person", at, app: "simulation 0", task: &NoTask };
    Ok(Book::create(&path, None, law.clone(), &context, invent::create(seed))?.0)
}

/// Gives a step's command to a book, for good or only to see.
pub fn execute(book: &mut Book, step: &Step, task: &dyn Task, keep: bool) -> book::Result<Done> {
    let context = Context { actor: "person", at: step.at, app: "simulation 0", task };
    let command = step.command.clone();
    if keep { book.execute(&context, command) } else { book.execute_dry(&context, command) }
}

/// Says stop at the n-th question.
pub struct Impatient {
    left: Cell<u32>,
}

impl Impatient {
    /// Stops at this question, counted from 1; never when there is none.
    pub fn at(question: Option<u32>) -> Impatient {
        Impatient { left: Cell::new(question.unwrap_or(u32::MAX)) }
    }
}

impl Task for Impatient {
    fn step(&self, _: u64, _: Option<u64>) -> bool {
        self.left.set(self.left.get().saturating_sub(1));
        self.left.get() > 0
    }
}

/// A seed under way.
struct Seed {
    plan: Plan,
    book: Book,
    path: PathBuf,
    model: Model,
    tally: Tally,
    /// The digest after each record, from the first.
    digests: Vec<String>,
    check_chance: Chance,
}

fn told(why: Error) -> String {
    format!("{why:?}")
}

impl Seed {
    fn start(plan: Plan, law: &Law, folder: &Path) -> Result<Seed, String> {
        let book = new_book(plan.seed, law, folder).map_err(told)?;
        let digests = vec![book.digest().map_err(told)?];
        Ok(Seed {
            plan,
            path: book.path().to_owned(),
            book,
            model: Model::default(),
            tally: Tally { seeds: 1, ..Tally::default() },
            digests,
            check_chance: Chance::new(plan.seed, u64::MAX),
        })
    }

    fn seq(&self) -> i64 {
        self.digests.len() as i64
    }

    fn step(&mut self, number: u64) -> Result<(), String> {
        let step = invent::step(self.plan.seed, number, &mut self.book).map_err(told)?;
        self.tally.commands += 1;
        let about = |why: String| {
            let mut command = format!("{:?}", step.command);
            command.truncate(command.floor_char_boundary(3_000));
            format!("{why}\n  {command}")
        };
        let dry = if step.dry { Some(self.dry(&step).map_err(about)?) } else { None };
        let task = Impatient::at(step.cancel_at);
        let answer = execute(&mut self.book, &step, &task, true);
        if let Some(dry) = dry {
            same_answer(&dry, &answer, step.cancel_at).map_err(about)?;
        }
        match answer {
            Ok(Done { seq: None, .. }) => {
                self.tally.without_record += 1;
                self.unchanged().map_err(about)
            }
            Ok(done) => self.accepted(&step.command, &done).map_err(about),
            Err(why) => {
                let code = refusal(&why, step.cancel_at).ok_or_else(|| about(told(why)))?;
                *self.tally.refused.entry(code).or_default() += 1;
                self.unchanged().map_err(about)
            }
        }
    }

    fn dry(&mut self, step: &Step) -> Result<book::Result<Done>, String> {
        let answer = execute(&mut self.book, step, &NoTask, false);
        self.tally.dry += 1;
        self.unchanged()?;
        Ok(answer)
    }

    /// A refusal leaves no trace.
    fn unchanged(&self) -> Result<(), String> {
        let (digest, seq) =
            (self.book.digest().map_err(told)?, self.book.reader().map_err(told)?.seq());
        if seq == self.seq() && Some(&digest) == self.digests.last() {
            return Ok(());
        }
        Err(format!("what was not accepted changed the book: record {seq}"))
    }

    fn accepted(&mut self, command: &Command, done: &Done) -> Result<(), String> {
        if done.seq != Some(self.seq() + 1) {
            return Err(format!("record {:?} after {}", done.seq, self.seq()));
        }
        self.digests.push(self.book.digest().map_err(told)?);
        self.tally.accepted += 1;
        *self.tally.kinds.entry(command.name()).or_default() += 1;
        let reader = self.book.reader().map_err(told)?;
        self.model.accept(&reader, command, done)?;
        self.model.check(&reader, &mut self.check_chance)?;
        if (self.seq() as u64).is_multiple_of(self.plan.verify_every) {
            self.book.verify(&NoTask).map_err(told)?;
            self.model.check_all(&reader)?;
        }
        Ok(())
    }
}

/// The word of a refusal; none for what a command must never answer.
pub fn refusal(why: &Error, cancel_at: Option<u32>) -> Option<&'static str> {
    match why {
        Error::Refused(refusal) => Some(refusal.code.word()),
        Error::NotAStatement(_) => Some("not-a-statement"),
        Error::Cancelled if cancel_at.is_some() => Some("(cancelled)"),
        _ => None,
    }
}

/// A dry run answers what the command itself then answers.
fn same_answer(
    dry: &book::Result<Done>,
    real: &book::Result<Done>,
    cancel_at: Option<u32>,
) -> Result<(), String> {
    let same = match (dry, real) {
        (Ok(dry), Ok(real)) => {
            (dry.seq, &dry.tables, &dry.outcome) == (real.seq, &real.tables, &real.outcome)
        }
        (_, Err(Error::Cancelled)) => cancel_at.is_some(),
        (Err(dry), Err(real)) => refusal(dry, None) == refusal(real, None),
        _ => false,
    };
    if same { Ok(()) } else { Err(format!("dry {dry:?}, then {real:?}")) }
}
