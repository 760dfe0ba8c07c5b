//! Disks that are full or may not be written: the book stays whole and says why.
//!
//! They need a file system of their own, which only a machine's owner may mount; elsewhere they
//! say that they are skipped.

use crate::desk::{Desk, comptoir, sample_folder};
use crate::refusals::told;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A small file system in memory, taken away at the end.
struct Disk {
    desk: Desk,
    point: PathBuf,
}

impl Disk {
    fn mount(kibibytes: u64) -> Option<Disk> {
        let desk = Desk::new();
        let point = desk.path("disk");
        std::fs::create_dir(&point).expect("a folder");
        let size = format!("size={kibibytes}k");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
            .arg(&point)
            .output()
            .is_ok_and(|ran| ran.status.success());
        if !mounted {
            eprintln!("skipped: this user may not mount a file system");
            return None;
        }
        Some(Disk { desk, point })
    }

    fn book(&self) -> PathBuf {
        self.point.join("book")
    }

    fn read_only(&self) {
        let ran = Command::new("mount").args(["-o", "remount,ro"]).arg(&self.point).status();
        assert!(ran.expect("mount starts").success());
    }

    /// The book as it lies there, moved to where there is room.
    fn rescued(&self) -> PathBuf {
        let rescued = self.desk.path("rescued");
        for end in ["", "-wal"] {
            let from = self.point.join(format!("book{end}"));
            if from.exists() {
                let to = self.desk.path(&format!("rescued{end}"));
                std::fs::copy(from, to).expect("it is copied");
            }
        }
        rescued
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.point).status();
    }
}

fn run(language: &str, words: &[&Path]) -> crate::desk::Ran {
    let language = format!("--language={language}");
    let words = words.iter().map(|word| word.as_os_str().to_owned());
    comptoir([std::ffi::OsString::from(language)].into_iter().chain(words))
}

fn head(book: &Path) -> String {
    run("en", &["history".as_ref(), book, "--json".as_ref(), "--last=1".as_ref()]).done().out
}

fn new(book: &Path) {
    let words = ["new".as_ref(), book, "--country=fr".as_ref(), "--name=Essai".as_ref()];
    let days = "--fiscal-year=2026-01-01..2026-12-31";
    run("en", &[words.as_slice(), &[days.as_ref()]].concat()).done();
}

#[test]
fn a_full_disk_keeps_the_book_whole() {
    let Some(disk) = Disk::mount(900) else { return };
    let book = disk.book();
    new(&book);
    let mut refused = 0;
    for month in 1..=10 {
        let before = head(&book);
        let file = sample_folder().join(format!("banque-courant-2026-{month:02}.camt.xml"));
        let ran = run("fr", &["import".as_ref(), &book, &file]);
        if ran.code == Some(0) {
            continue;
        }
        refused += 1;
        assert!(told(&ran.refused(), "fr").contains("plein"));
        let ran = run("en", &["import".as_ref(), &book, &file]).refused();
        assert!(told(&ran, "en").contains("The disk is full."), "{}", ran.error);
        assert_eq!(head(&book), before, "no record of what did not fit");
        let rescued = disk.rescued();
        run("en", &["verify".as_ref(), &rescued]).done();
        assert_eq!(head(&rescued), before);
        break;
    }
    assert_eq!(refused, 1, "the disk was meant to be too small");
}

#[test]
fn a_new_book_that_does_not_fit_leaves_nothing() {
    let Some(disk) = Disk::mount(64) else { return };
    let book = disk.book();
    let ran = run("en", &["sample".as_ref(), &book]).refused();
    assert!(told(&ran, "en").contains("The disk is full."), "{}", ran.error);
    let left = std::fs::read_dir(&disk.point).expect("the disk").count();
    assert_eq!(left, 0, "nothing is left behind");
}

#[test]
fn a_backup_that_does_not_fit_leaves_nothing() {
    let Some(disk) = Disk::mount(64) else { return };
    let sample = Desk::with_sample();
    let before = sample.fingerprint();
    let to = disk.point.join("backup");
    let ran = run("en", &["backup".as_ref(), &sample.book(), &to]).refused();
    assert!(told(&ran, "en").contains("The disk is full."), "{}", ran.error);
    assert!(!to.exists(), "half a backup is none");
    assert_eq!(sample.fingerprint(), before);
}

#[test]
fn a_read_only_disk_is_read_and_says_so_when_written() {
    let Some(disk) = Disk::mount(20_000) else { return };
    let sample = Desk::with_sample();
    std::fs::copy(sample.book(), disk.book()).expect("it is copied");
    let book = disk.book();
    let before = head(&sample.book());
    disk.read_only();
    for words in [
        vec!["inbox".as_ref(), book.as_path(), "--accept-sure".as_ref()],
        vec!["undo".as_ref(), &book],
        vec!["new".as_ref(), "--country=fr".as_ref(), "--name=X".as_ref(), Path::new("NEW")],
    ] {
        let target = disk.point.join("new");
        let words: Vec<&Path> = words
            .into_iter()
            .map(|word| if word == Path::new("NEW") { &target } else { word })
            .collect();
        for (language, fragment) in [("fr", "accès"), ("en", "does not allow access")] {
            let ran = run(language, &words).refused();
            assert!(told(&ran, language).contains(fragment), "{}", ran.error);
        }
    }
    assert_eq!(head(&book), before, "it can be looked at where it lies");
    assert_eq!(head(&disk.rescued()), before);
}
