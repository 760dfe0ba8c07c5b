//! Banks whose answers change while they are read, and over days: what was proved was so at some
//! moment of the read, and after the next quiet sync the book holds what the bank holds.
//!
//! The bank changes at the n-th request of a sync, before that is answered. Its first requests are
//! for the accounts, and with them the balance of Qonto; that of SimpleFIN stands beside the lines.

mod stories;

use super::counter::Counter;
use super::host;
use super::killed::{Chance, quick_folder};
use super::model::{Habits, ModelBank, Movement, Shown, speak_of};
use super::reaper::{Clock, Drawer};
use crate::ofx::list;
use api::Language;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

/// Runs of each connector, and days of each.
const RUNS: u64 = 60;
const DAYS: usize = 6;

/// Day and amount of every line, in order.
type Sums = Vec<(String, i64)>;
type Change = Box<dyn FnOnce(&mut Vec<Shown>) + Send>;

/// What the bank holds.
struct World {
    rows: Vec<Shown>,
    habits: Habits,
    /// Requests of this sync.
    heard: usize,
    /// What happens, and before which answer.
    change: Option<(usize, Change)>,
    /// What it held at each moment of this sync.
    moments: Vec<Sums>,
}

/// A book and a bank with one account that is linked.
struct Case {
    world: Arc<Mutex<World>>,
    _bank: ModelBank,
    counter: Counter,
    clock: Clock,
    _folder: TempDir,
}

/// A day of April.
fn april(day: usize) -> String {
    format!("2026-04-{day:02}")
}

/// Booked in the morning of a day of April.
fn row(id: &str, day: usize, amount_minor: i64, label: &str) -> Shown {
    let movement = Movement {
        account: 0,
        at: format!("{}T07:00:00.000Z", april(day)),
        day: april(day),
        amount_minor,
        label: label.to_owned(),
    };
    Shown { id: id.to_owned(), movement, pending: false, listed: true, counted: true }
}

fn sums(rows: &[Shown]) -> Sums {
    let booked = rows.iter().filter(|row| !row.pending);
    let mut sums: Sums =
        booked.map(|row| (row.movement.day.clone(), row.movement.amount_minor)).collect();
    sums.sort();
    sums
}

fn find<'r>(rows: &'r mut [Shown], id: &str) -> &'r mut Shown {
    rows.iter_mut().find(|row| row.id == id).expect("the bank has it")
}

impl Case {
    /// On the 9th of April, with a week of lines that are read and proved as far as can be. It was
    /// linked in March: without an opening balance the days before the first stated one, and the
    /// reads that reach back to them, are never enclosed.
    fn open(connector: &'static str, habits: Habits) -> Case {
        let mut first = row("first", 1, -100, "FIRST");
        first.movement.day = "2026-03-10".to_owned();
        first.movement.at = "2026-03-10T07:00:00.000Z".to_owned();
        let world =
            World { rows: vec![first], habits, heard: 0, change: None, moments: Vec::new() };
        let (world, bank) = (Arc::new(Mutex::new(world)), ModelBank::open(connector, 1));
        let own = world.clone();
        bank.enchant(move |heard| {
            let mut world = own.lock().expect("the world");
            world.heard += 1;
            let heard_so_far = world.heard;
            if let Some((_, change)) = world.change.take_if(|(at, _)| *at == heard_so_far) {
                change(&mut world.rows);
                world.rows.sort_by(|a, b| a.movement.at.cmp(&b.movement.at));
                let now = sums(&world.rows);
                world.moments.push(now);
            }
            Some(speak_of(connector, &world.rows, 1, world.habits, heard))
        });
        let (clock, drawer, folder) =
            (Clock::at("2026-03-12T12:00:00Z"), Drawer::default(), quick_folder());
        let web = Arc::new(bank.bank.web(&[host(connector)]));
        let book = folder.path().join("book");
        let counter = Counter::over(&book, (&clock, &drawer), &web, Language::En);
        counter.make_book("2026-03-01", "Europe/Paris");
        counter.link(connector);
        let case = Case { world, _bank: bank, counter, clock, _folder: folder };
        case.at("2026-03-12T13:00:00Z");
        case.counter.sync();
        case.happens(|rows| {
            rows.extend(
                (2..9).map(|day| row(&format!("old-{day}"), day, -100 - day as i64, "OLD")),
            );
        });
        case.quiet(9);
        case
    }

    fn at(&self, moment: &str) {
        self.clock.set(moment);
        let balance_at = Some(self.clock.now().timestamp());
        self.world.lock().expect("the world").habits.balance_at = balance_at;
    }

    /// Something happens while nobody reads.
    fn happens(&self, change: impl FnOnce(&mut Vec<Shown>)) {
        let rows = &mut self.world.lock().expect("the world").rows;
        change(rows);
        rows.sort_by(|a, b| a.movement.at.cmp(&b.movement.at));
    }

    /// Syncs on a day, and something happens before the n-th answer.
    fn disturbed(
        &self,
        day: usize,
        at: usize,
        change: impl FnOnce(&mut Vec<Shown>) + Send + 'static,
    ) -> Value {
        self.at(&format!("{}T12:00:00Z", april(day)));
        {
            let mut world = self.world.lock().expect("the world");
            world.heard = 0;
            world.change = Some((at, Box::new(change)));
            world.moments = vec![sums(&world.rows)];
        }
        let synced = self.counter.sync();
        assert_eq!(synced["stopped"], Value::Null, "{synced}");
        let missed = self.world.lock().expect("the world").change.take();
        if let Some((_, change)) = missed {
            self.happens(change);
        }
        self.nothing_twice();
        self.no_false_proof();
        synced
    }

    /// Syncs in peace: the book is what the bank is, and nothing alarms.
    #[track_caller]
    fn quiet(&self, day: usize) -> Value {
        self.at(&format!("{}T10:00:00Z", april(day)));
        let synced = self.counter.sync();
        assert_eq!(synced["stopped"], Value::Null, "{synced}");
        assert_eq!(synced["accounts"][0]["unfinished"], Value::Null, "{synced}");
        let (book, truth) = (self.sums(), sums(&self.world.lock().expect("the world").rows));
        assert_eq!(book, truth, "{day}: {synced}");
        let state = self.proof()["state"].clone();
        // The book does not keep when a line went. Once two went on different days, reads between
        // them cannot be borne out any more, and a late line that they alone showed is unproved.
        let gone = self.lines().iter().filter(|line| line["state"] == json!("gone")).count();
        let may_lack = gone >= 2 && state == "unproved";
        assert!(state == "proved" || may_lack, "{day}: {:#}", self.proof());
        synced
    }

    fn proof(&self) -> Value {
        self.counter.call("proofs", json!({}))[0].clone()
    }

    /// Lines with what is said of each: `inbox`, `gone`, `held`.
    fn lines(&self) -> Vec<Value> {
        let span = json!({ "from": "1990-01-01", "to": "2030-12-31" });
        list(&self.counter.call("bank_lines", span)).to_vec()
    }

    /// Lines that count.
    fn sums(&self) -> Sums {
        let lines = self.lines();
        let here = lines.iter().filter(|line| line["state"] == json!("inbox"));
        let mut sums: Sums = here
            .map(|line| (line["day"].as_str().expect("a day").to_owned(), &line["amount_minor"]))
            .map(|(day, amount)| (day, amount.as_i64().expect("an amount")))
            .collect();
        sums.sort();
        sums
    }

    fn states_of(&self, amount_minor: i64) -> Vec<String> {
        let lines = self.lines();
        let own = lines.iter().filter(|line| line["amount_minor"] == json!(amount_minor));
        own.map(|line| line["state"].as_str().expect("a state").to_owned()).collect()
    }

    /// Of each day and amount no more lines than the bank had at one moment; one that it took away
    /// stays until a balance tells.
    fn nothing_twice(&self) {
        let (moments, book) = (self.moments(), self.sums());
        let count = |all: &Sums, one: &(String, i64)| all.iter().filter(|it| *it == one).count();
        for one in &book {
            let most = moments.iter().map(|moment| count(moment, one)).max().unwrap_or(0);
            assert!(count(&book, one) <= most.max(1), "{one:?} is there twice: {book:?}");
        }
    }

    /// What the bank held before and after each change of this sync.
    fn moments(&self) -> Vec<Sums> {
        let world = self.world.lock().expect("the world");
        let mut moments = world.moments.clone();
        moments.push(sums(&world.rows));
        moments
    }

    /// What is called proved was true of some moment of the sync.
    fn no_false_proof(&self) {
        let proof = self.proof();
        let (true, Some(to)) = (proof["state"] == "proved", proof["proved_to"].as_str()) else {
            return;
        };
        let until =
            |all: &Sums| -> Sums { all.iter().filter(|(day, _)| &**day <= to).cloned().collect() };
        let book = until(&self.sums());
        let moments: Vec<Sums> = self.moments().iter().map(until).collect();
        assert!(moments.contains(&book), "{book:?} is none of {moments:#?}: {proof:#}");
    }
}

/// One thing that banks do, drawn by chance. Without twins all amounts differ: errors of one amount
/// that cancel out leave no trace in a balance.
fn disturb(rows: &mut Vec<Shown>, chance: &mut Chance, today: usize, twins: bool) {
    let id = format!("row-{}", chance.below(1_000_000_000));
    let amount = match twins {
        true => [-1250, -1250, -990, 45_000][chance.below(4)],
        false => 50_000 - chance.below(100_000) as i64,
    };
    let mut new = row(&id, today, amount, ["PARKING GARE", "Facture"][chance.below(2)]);
    new.movement.at =
        format!("{}T0{}:{:02}:00.000Z", april(today), chance.below(10), chance.below(60));
    match chance.below(8) {
        0 | 1 => rows.push(new),
        2 => {
            new.movement.day = april(today - 1 - chance.below(7));
            new.movement.at = format!("{}T08:30:00.000Z", new.movement.day);
            rows.push(new);
        }
        3 => {
            new.pending = true;
            rows.push(new);
        }
        4 => {
            if let Some(old) = rows.iter_mut().find(|row| row.pending) {
                *old = Shown { id: old.id.clone(), pending: false, ..new };
            }
        }
        5 => {
            let fresh = |row: &Shown| row.movement.day >= april(today - 6) && !row.pending;
            let places: Vec<usize> = (0..rows.len()).filter(|at| fresh(&rows[*at])).collect();
            if !places.is_empty() {
                rows.remove(places[chance.below(places.len())]);
            }
        }
        6 => {
            let at = chance.below(rows.len());
            rows[at].movement.label = format!("{} NEW WORDS", rows[at].movement.label);
        }
        _ => {
            // Of another amount: two of the same would be one, shown twice.
            let at = chance.below(rows.len());
            new.id = rows[at].id.clone();
            new.movement.amount_minor = -7_000 - chance.below(1000) as i64;
            rows.push(new);
        }
    }
}

/// For a while the list or the balance lacks what the other one has.
fn skew(rows: &mut [Shown], chance: &mut Chance) {
    let row = rows.iter_mut().rfind(|row| !row.pending).expect("a line");
    match chance.below(4) {
        0 => row.listed = false,
        1 => row.counted = false,
        _ => {}
    }
}

/// By the next morning lists and balances tell the same.
fn settle(rows: &mut [Shown]) {
    for row in rows {
        (row.listed, row.counted) = (true, true);
    }
}

fn run(connector: &'static str, seed: u64) {
    let mut chance = Chance(seed);
    let habits = Habits {
        newest_first: chance.below(2) == 0,
        counts: chance.below(2) == 0,
        balance_at: None,
    };
    let case = Case::open(connector, habits);
    for day in 10..10 + DAYS {
        let nights = chance.below(3);
        case.happens(|rows| {
            for _ in 0..nights {
                disturb(rows, &mut chance, day, true);
            }
            settle(rows);
        });
        case.quiet(day);
        let (at, count) = (1 + chance.below(6), 1 + chance.below(2));
        let mut own = Chance(seed * 1000 + day as u64);
        case.disturbed(day, at, move |rows| {
            for _ in 0..count {
                disturb(rows, &mut own, day, false);
            }
            skew(rows, &mut own);
        });
    }
    case.happens(|rows| settle(rows));
    case.quiet(10 + DAYS);
    // Again without any news: what was told as missing or changed is not told for ever.
    let synced = case.quiet(11 + DAYS);
    let (account, remarks) = (&synced["accounts"][0], &synced["remarks"]);
    for what in ["new", "gone", "changed", "held"] {
        assert_eq!(account[what], json!(0), "{seed}: {synced}");
    }
    // As long as the bank shows it, it is said that its ids are not used.
    let said = |one: &&Value| !one.as_str().is_some_and(|one| one.contains("stand for several"));
    assert_eq!(list(remarks).iter().filter(said).count(), 0, "{seed}: {synced}");
    case.counter.blobs();
}

fn all_runs(connector: &'static str) {
    let failed: Vec<u64> = (0..RUNS)
        .filter(|seed| std::panic::catch_unwind(|| run(connector, *seed)).is_err())
        .collect();
    assert!(failed.is_empty(), "{failed:?}");
}

#[test]
fn qonto_at_random() {
    all_runs("qonto");
}

#[test]
fn simplefin_at_random() {
    all_runs("simplefin");
}
