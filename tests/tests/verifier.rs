//! `docs/verify.py` and the book's own verification agree, on a sound book and on tampered ones.

use book::{Book, Law, NoTask};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tests::run::{Impatient, execute, law, new_book};

/// Runs Python, which the legal promise of an independent check needs.
fn python(arguments: &[&str]) -> Output {
    let run = Command::new("python3").args(arguments).output();
    run.expect("python3 is needed to run docs/verify.py, as the readme says")
}

fn script() -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/verify.py");
    path.display().to_string()
}

/// Changes a copy of the book behind the door.
fn tampered(book: &Path, sql: &str) -> PathBuf {
    let copy = book.with_extension("tampered");
    fs::copy(book, &copy).expect("a copy in the test's own folder");
    let program = "import sqlite3, sys, zlib\n\
        book = sqlite3.connect(sys.argv[1], isolation_level=None)\n\
        flip = lambda packed: zlib.compress(zlib.decompress(packed)[:-1] + b'\\xff')\n\
        book.create_function('flip', 1, flip)\n\
        book.executescript('PRAGMA foreign_keys = OFF;' + sys.argv[2])\n\
        book.close()\n";
    let done = python(&["-c", program, &copy.display().to_string(), sql]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    copy
}

/// What verify.py prints, and whether it found the book sound.
fn verified_outside(book: &Path) -> (bool, String) {
    let run = python(&[&script(), &book.display().to_string()]);
    let words = String::from_utf8_lossy(&run.stdout).trim().to_owned();
    assert!(run.stderr.is_empty(), "{}", String::from_utf8_lossy(&run.stderr));
    (run.status.success(), words)
}

/// The same words for what the book says of itself.
fn verified_inside(path: &Path, law: &Law) -> (bool, String) {
    match Book::open(path, None, law.clone()).and_then(|book| book.verify(&NoTask)) {
        Ok(found) => (true, format!("{} records, head {}", found.records, found.head)),
        Err(book::Error::Damaged(why)) => (false, why),
        Err(other) => (false, format!("{other:?}")),
    }
}

fn written_book(folder: &Path, law: &Law) -> PathBuf {
    let mut book = new_book(31, law, folder).expect("a new book");
    for number in 1..=60 {
        let step = tests::invent::step(31, number, &mut book).expect("a command");
        // What is refused leaves no record; the chain is what matters here.
        let _ = execute(&mut book, &step, &Impatient::at(None), true);
    }
    let path = book.path().to_owned();
    drop(book);
    path
}

/// The triggers that guard the history; whoever tampers takes them away first.
const UNGUARDED: &str = "DROP TRIGGER history_frozen; DROP TRIGGER history_kept;
    DROP TRIGGER history_part_frozen; DROP TRIGGER history_part_kept;";

#[test]
fn both_find_the_same_first_broken_thing() {
    let law = law();
    let folder = tempfile::tempdir().expect("a folder");
    let path = written_book(folder.path(), &law);
    let sound = verified_outside(&path);
    assert!(sound.0 && sound.1.contains(" records, head "), "{sound:?}");
    assert_eq!(sound, verified_inside(&path, &law));
    let left = fs::read_dir(folder.path()).expect("the folder").count();
    assert_eq!(left, 1, "reading a closed book leaves nothing beside it");

    let cases: &[(&str, &str)] = &[
        ("UPDATE history SET actor = 'nobody' WHERE seq = 5", "record 5 "),
        ("UPDATE history SET command = command || ' ' WHERE seq = 1", "record 1 "),
        ("UPDATE history SET day = '2020-01-01' WHERE seq = 7", "record 7 "),
        ("UPDATE history SET schema = schema + 1 WHERE seq = 7", "record 7 "),
        ("UPDATE history SET prev_hash = zeroblob(32) WHERE seq = 9", "record 9 "),
        ("UPDATE history SET hash = randomblob(32) WHERE seq = 9", "record 9 "),
        ("UPDATE history_part SET changeset = flip(changeset) WHERE seq = 6", "record 6 "),
        ("UPDATE history_part SET changeset = X'00' WHERE seq = 6", ""),
        ("DELETE FROM history_part WHERE seq = 8", "record 8 "),
        ("DELETE FROM history_part WHERE seq = 4; DELETE FROM history WHERE seq = 4", "record 4 "),
        ("DELETE FROM history_part WHERE seq = 1; DELETE FROM history WHERE seq = 1", "record 1 "),
        ("UPDATE blob SET bytes = CAST(bytes || X'20' AS BLOB) WHERE place = 0", "blob"),
        ("DELETE FROM blob", "blob"),
        ("DELETE FROM blob_state", "not in the book"),
    ];
    for (sql, place) in cases {
        let copy = tampered(&path, &format!("{UNGUARDED}{sql}"));
        let (outside, inside) = (verified_outside(&copy), verified_inside(&copy, &law));
        assert!(!outside.0 && outside.1.contains(place), "{sql}: {outside:?}");
        if place.is_empty() {
            // Both say that it cannot be unpacked, each in its own words.
            assert!(!inside.0, "{sql}: {inside:?}");
        } else {
            assert_eq!(outside, inside, "{sql}");
        }
    }
}

#[test]
fn a_history_cut_short_shows_in_its_last_hash() {
    let law = law();
    let folder = tempfile::tempdir().expect("a folder");
    let path = written_book(folder.path(), &law);
    let whole = verified_outside(&path);
    let cut = tampered(
        &path,
        &format!(
            "{UNGUARDED}DELETE FROM history_part WHERE seq = (SELECT max(seq) FROM history);
             DELETE FROM history WHERE seq = (SELECT max(seq) FROM history)"
        ),
    );
    let (outside, inside) = (verified_outside(&cut), verified_inside(&cut, &law));
    assert_eq!(outside, inside);
    assert_ne!(outside, whole, "the printed hash is what tells");
    let book = Book::open(&cut, None, law).expect("it opens");
    assert_ne!(book.digest().ok(), book.replayed_digest().ok(), "the replay tells too");
}

#[test]
fn what_is_no_book_is_said_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = folder.path().join("notes.txt");
    fs::write(&text, "ceci n'est pas un dossier comptable").expect("a file");
    for path in [text, folder.path().join("nulle-part")] {
        let (sound, words) = verified_outside(&path);
        assert!(!sound && !words.is_empty(), "{words}");
    }
}
