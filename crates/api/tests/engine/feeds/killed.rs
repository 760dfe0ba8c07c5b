//! Two hundred runs of a few days each, killed at every touch of the world: in the end the book
//! holds what the bank holds, each line once, and what was answered is not asked again.

use super::counter::Counter;
use super::model::{ModelBank, Movement};
use super::reaper::{Clock, Drawer, Strike};
use super::{host, link_request};
use api::Language;
use serde_json::json;
use source::Web;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Runs of each connector.
const RUNS: usize = 100;
const DAYS: usize = 3;

/// Numbers that look like chance and are the same each time (SplitMix64).
pub(super) struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % most as u64) as usize
    }
}

/// A folder in memory where the system has such: what is killed here is a copy, no disk.
pub(super) fn quick_folder() -> tempfile::TempDir {
    let in_memory = tempfile::tempdir_in("/dev/shm");
    in_memory.or_else(|_| tempfile::tempdir()).expect("a folder")
}

/// A connector, its bank, and a book that is linked to it and knows its accounts.
struct Stage {
    connector: &'static str,
    bank: ModelBank,
    web: Arc<Web>,
    folder: tempfile::TempDir,
    clock: Clock,
    drawer: Drawer,
}

impl Stage {
    fn set(connector: &'static str, accounts: usize) -> Stage {
        let bank = ModelBank::open(connector, accounts);
        let (clock, drawer) = (Clock::at("2026-04-01T08:00:00Z"), Drawer::default());
        let web = Arc::new(bank.bank.web(&[host(connector)]));
        let stage = Stage { connector, bank, web, folder: quick_folder(), clock, drawer };
        let counter = stage.counter(&stage.folder.path().join("linked"));
        counter.make_book("2026-03-25", "Europe/Paris");
        counter.call("link_source", link_request(connector));
        let found = counter.sync()["found"].clone();
        for one in crate::ofx::list(&found) {
            let (names, label, currency) = (&one["names"], &one["label"], &one["currency"]);
            let account = json!({ "names": names, "label": label, "currency": currency });
            counter.call("take_account", account);
        }
        assert_eq!(crate::ofx::list(&found).len(), accounts);
        stage
    }

    fn counter(&self, book: &Path) -> Counter {
        Counter::over(book, (&self.clock, &self.drawer), &self.web, Language::En)
    }

    /// A fresh copy of the linked book, and the bank's books empty.
    fn begin(&self, run: usize) -> PathBuf {
        self.bank.begin();
        let book = self.folder.path().join(format!("run {run}"));
        fs::copy(self.folder.path().join("linked"), &book).expect("a copy");
        book
    }

    /// What the bank books until the morning of a day; on some days nothing.
    fn live(&self, day: usize, accounts: usize, chance: &mut Chance) {
        let count = if day > 0 && chance.below(4) == 0 { 0 } else { 2 + chance.below(5) };
        let (eve, own) = (format!("2026-04-{:02}", day + 1), format!("2026-04-{:02}", day + 2));
        for place in 0..count {
            // Half past ten in the evening is the next day in Paris.
            let late = place * 2 < count;
            let hour =
                if late { format!("{eve}T22:3{place}") } else { format!("{own}T05:1{place}") };
            // Few amounts and labels, so that many lines look alike.
            self.bank.add(Movement {
                // Each account has a line on the first day: without one nothing can be proved.
                account: if place < accounts { place } else { chance.below(accounts) },
                at: format!("{hour}:00.000Z"),
                day: own.clone(),
                amount_minor: [-1250, -1250, -990, 45_000][chance.below(4)],
                label: ["PARKING GARE", "Facture"][chance.below(2)].to_owned(),
            });
        }
    }
}

/// What was killed where.
#[derive(Default)]
struct Reaped {
    kills: usize,
    /// Touches at which syncs of the first day were killed, and of later ones.
    touches: [BTreeSet<usize>; 2],
    /// Accounts that are proved in the end.
    proved: usize,
}

struct Story<'s> {
    stage: &'s Stage,
    run: usize,
    book: PathBuf,
    copies: usize,
    /// Of the last sync.
    touches: usize,
    reaped: &'s mut Reaped,
}

impl Story<'_> {
    /// Syncs; killed at a touch, if it comes so far. Tells whether it was.
    fn sync(&mut self, at: usize, chance: &mut Chance) -> bool {
        let stage = self.stage;
        self.copies += 1;
        let to = stage.folder.path().join(format!("run {}.{}", self.run, self.copies));
        let reaper = &stage.clock.reaper;
        let counter = stage.counter(&self.book);
        let stored = self.stored(&counter);
        let log = if chance.below(2) == 0 { 1000 } else { chance.below(1000) as u64 };
        let from = self.book.clone();
        reaper.arm(Some(Strike { at, from, to: to.clone(), log }));
        let asked = counter.ask("sync", json!({}));
        let (struck, (touches, requests)) = (reaper.struck(), reaper.counted());
        self.touches = touches;
        reaper.arm(None);
        let most = stage.bank.requests() - stored;
        if struck {
            assert_eq!(asked.expect_err("it was killed").code, "bug");
            assert!(requests <= most, "{requests} requests, {stored} stored");
            self.reaped.kills += 1;
        } else {
            let synced = asked.expect("it is synced")["connections"][0].clone();
            assert_eq!(synced["stopped"], json!(null), "{synced}");
            for account in crate::ofx::list(&synced["accounts"]) {
                assert_eq!(account["unfinished"], json!(null), "{synced}");
            }
            assert_eq!(requests, most, "run {}: {stored} stored", self.run);
        }
        drop(counter);
        if struck {
            fs::remove_file(&self.book).expect("it is there");
            self.book = to;
        }
        struck
    }

    /// Answers of an unfinished run of today that the book keeps.
    fn stored(&self, counter: &Counter) -> usize {
        let reader = counter.reader();
        let connection = reader.connections().expect("connections").remove(0).id;
        let today = counter.clock.now().format("%Y-%m-%d").to_string();
        let open = reader.open_run(connection).expect("a run");
        let open = open.filter(|(run, _)| run.starts_with(&today));
        open.map_or(0, |(_, steps)| steps.iter().filter(|step| step.blob.is_some()).count())
    }

    /// The book equals the truth.
    fn close(self) {
        let counter = self.stage.counter(&self.book);
        assert_eq!(counter.lines(), self.stage.bank.truth(), "run {}", self.run);
        for account in crate::ofx::list(&counter.source()["accounts"]) {
            let proved = account["state"] == json!("proved");
            let may_lack = self.stage.connector == "simplefin" && account["state"] == "unproved";
            assert!(proved || may_lack, "run {}: {account}", self.run);
            self.reaped.proved += usize::from(proved);
        }
        let reader = counter.reader();
        let connection = reader.connections().expect("connections").remove(0).id;
        assert_eq!(reader.open_run(connection).expect("a run"), None, "run {}", self.run);
        drop(reader);
        counter.blobs();
        drop(counter);
        fs::remove_file(&self.book).expect("it is there");
    }
}

/// Runs that are killed at the n-th touch of their first sync, for each n that there is; on the
/// other days somewhere.
fn all_runs(connector: &'static str, accounts: usize) -> Reaped {
    let stage = Stage::set(connector, accounts);
    let mut reaped = Reaped::default();
    // Beyond the last touch of the first run: it is not killed on its first day.
    let mut touches = usize::MAX;
    for run in 0..RUNS {
        let mut chance = Chance(run as u64);
        let book = stage.begin(run);
        let mut story =
            Story { stage: &stage, run, book, copies: 0, touches: 0, reaped: &mut reaped };
        for day in 0..DAYS {
            stage.live(day, accounts, &mut chance);
            stage.clock.set(&format!("2026-04-{:02}T08:00:00Z", day + 2));
            let mut at = match (day, run) {
                (0, 0) => usize::MAX,
                (0, _) => 1 + (run - 1) % touches,
                _ => 1 + chance.below(touches),
            };
            let mut kills = 0;
            while story.sync(at, &mut chance) {
                kills += 1;
                story.reaped.touches[usize::from(day > 0)].insert(at);
                // Some are left where they are until the next day.
                if day + 1 < DAYS && chance.below(5) == 0 {
                    break;
                }
                at = if kills < 3 { 1 + chance.below(touches) } else { usize::MAX };
            }
            if run == 0 && day == 0 {
                touches = story.touches;
            }
        }
        story.close();
    }
    for seen in &reaped.touches {
        assert!((1..=touches).all(|at| seen.contains(&at)), "{touches}: {seen:?}");
    }
    reaped
}

#[test]
fn qonto_killed_at_every_step() {
    let reaped = all_runs("qonto", 2);
    let [first, later] = &reaped.touches;
    println!("{} kills at {} and {} places", reaped.kills, first.len(), later.len());
    println!("{} accounts proved", reaped.proved);
}

#[test]
fn simplefin_killed_at_every_step() {
    let reaped = all_runs("simplefin", 2);
    let [first, later] = &reaped.touches;
    println!("{} kills at {} and {} places", reaped.kills, first.len(), later.len());
    println!("{} accounts proved", reaped.proved);
}
