//! Statement files as they really come: cut off, mislabelled, hostile. Read, or refused in a
//! sentence; the book keeps nothing of what is refused.

use crate::desk::{Desk, comptoir, sample_folder};
use crate::refusals::{is_sentence, told};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// What becomes of a file.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Fate {
    /// Nothing of it is used.
    Refused,
    /// Used, with remarks.
    Remarked,
    /// Used as it stands: this many lines.
    Read(u64),
}
use Fate::{Read, Refused, Remarked};

fn ofx(lines: &str) -> String {
    format!(
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n\
         <OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>30004\
         <ACCTID>00000222222<ACCTTYPE>CHECKING</BANKACCTFROM>\n<BANKTRANLIST><DTSTART>20260301\
         <DTEND>20260331\n{lines}</BANKTRANLIST><LEDGERBAL><BALAMT>100.00<DTASOF>20260331\
         </LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n"
    )
}

fn line(day: &str, amount: &str, name: &str) -> String {
    format!(
        "<STMTTRN><TRNTYPE>OTHER<DTPOSTED>{day}<TRNAMT>{amount}<FITID>{day}{amount}\
         <NAME>{name}</STMTTRN>\n"
    )
}

fn january() -> String {
    let path = sample_folder().join("banque-courant-2026-01.camt.xml");
    std::fs::read_to_string(path).expect("it is read")
}

fn latin1(text: &str) -> Vec<u8> {
    text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap_or(b'?')).collect()
}

fn bomb() -> String {
    let mut text = String::from("<?xml version=\"1.0\"?>\n<!DOCTYPE Document [<!ENTITY a0 \"ha\">");
    for depth in 1..30 {
        let below = depth - 1;
        text += &format!("<!ENTITY a{depth} \"&a{below};&a{below};\">");
    }
    text + "]>\n" + &january().lines().skip(1).collect::<String>().replacen("<Nm>", "<Nm>&a29;", 1)
}

fn files() -> Vec<(&'static str, Vec<u8>, Fate)> {
    let camt = january();
    let one = ofx(&line("20260305", "12.50", "BOULANGERIE"));
    let mixed: String = one
        .split_inclusive('\n')
        .enumerate()
        .map(|(at, line)| if at % 2 == 0 { line.replace('\n', "\r\n") } else { line.to_owned() })
        .collect();
    let lying = camt.replacen("<Nm>", "<Nm>Caf\u{e9} ", 1);
    let utf8 = |text: &str| text.as_bytes().to_vec();
    let bom = |text: &str| [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat();
    vec![
        ("empty.ofx", Vec::new(), Refused),
        ("blank.csv", b"\n\n   \n".to_vec(), Refused),
        ("zeros.xml", vec![0; 5_000], Refused),
        (
            "page.ofx",
            utf8("<!DOCTYPE html><html><head><title>Session</title></head></html>"),
            Refused,
        ),
        ("letter.csv", utf8("Dear customer,\nyour statement is attached.\n"), Refused),
        ("picture.xml", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), Refused),
        ("truncated.xml", camt.as_bytes()[..camt.len() / 2].to_vec(), Refused),
        ("bomb.xml", utf8(&bomb()), Refused),
        ("lying.xml", latin1(&lying), Remarked),
        ("bom.xml", bom(&camt), Read(45)),
        ("bom.ofx", bom(&one), Read(1)),
        ("mixed.ofx", utf8(&mixed), Read(1)),
        ("old-mac.ofx", utf8(&one.replace('\n', "\r")), Read(1)),
        ("largest.ofx", utf8(&ofx(&line("20260305", "90071992547409.91", "TOO MUCH"))), Read(1)),
        ("too-large.ofx", utf8(&ofx(&line("20260305", "90071992547409.92", "TOO MUCH"))), Remarked),
        ("endless.ofx", utf8(&ofx(&line("20260305", &"9".repeat(400), "TOO MUCH"))), Remarked),
        ("no-amount.ofx", utf8(&ofx(&line("20260305", "", "NOTHING"))), Remarked),
        ("no-such-day.ofx", utf8(&ofx(&line("20260230", "12.50", "NEVER"))), Remarked),
        ("no-day.ofx", utf8(&ofx(&line("", "12.50", "NEVER"))), Remarked),
    ]
}

#[test]
fn files_as_they_come() {
    let desk = Desk::with_new_book();
    for (name, bytes, fate) in files() {
        let path = desk.write(name, &bytes);
        check_read(&path, fate);
        check_imported(&desk, &path, fate);
    }
    desk.run("verify BOOK").done();
}

fn check_read(path: &Path, fate: Fate) {
    for language in ["fr", "en"] {
        let language = format!("--language={language}");
        let words = [language.as_ref(), "statement".as_ref(), "--json".as_ref(), path.as_os_str()];
        let ran = comptoir(words);
        let view = ran.json();
        let lines: u64 = view["statements"]
            .as_array()
            .expect("statements")
            .iter()
            .filter_map(|statement| statement["lines"].as_u64())
            .sum();
        assert_eq!(ran.code, Some(i32::from(fate == Refused)), "{view}");
        for remark in view["remarks"].as_array().expect("remarks") {
            assert_ne!(remark["text"], remark["code"], "{view}");
            is_sentence(remark["text"].as_str().expect("a sentence"));
        }
        match fate {
            Refused => {
                is_sentence(view["refused"]["message"].as_str().expect("a message"));
                is_sentence(view["refused"]["hint"].as_str().expect("a hint"));
                assert_eq!(lines, 0, "{view}");
            }
            Remarked => assert_ne!(view["remarks"], Value::Array(Vec::new()), "{}", path.display()),
            Read(expected) => assert_eq!(lines, expected, "{view}"),
        }
        let plain = comptoir([language.as_ref(), "statement".as_ref(), path.as_os_str()]);
        assert_eq!(plain.code, ran.code, "{}", plain.error);
        if fate == Refused {
            is_sentence(&plain.error);
        }
    }
}

fn check_imported(desk: &Desk, path: &Path, fate: Fate) {
    let before = desk.fingerprint();
    for language in ["fr", "en"] {
        let name = path.file_name().expect("a name").to_string_lossy();
        let ran = desk.run_in(language, &format!("import BOOK ./{name}"));
        if fate == Refused {
            let ran = ran.refused();
            let sentence = told(&ran, language);
            assert!(sentence.contains(&*name), "{sentence}");
            assert_eq!(ran.out, "0 new\n");
            assert_eq!(desk.fingerprint(), before, "{name}");
        } else {
            assert_eq!(ran.code, Some(0), "{name}: {}{}", ran.out, ran.error);
        }
    }
}

#[test]
fn paths_that_lead_to_no_file() {
    let desk = Desk::with_new_book();
    std::fs::create_dir(desk.path("folder.ofx")).expect("a folder");
    for name in ["folder.ofx", "missing.ofx", "missing/file.ofx", "folder.ofx/file.ofx"] {
        check_imported(&desk, Path::new(name), Refused);
        check_read(&desk.path(name), Refused);
    }
}

#[test]
fn a_file_that_may_not_be_read() {
    let desk = Desk::with_new_book();
    let path = desk.write("secret.ofx", ofx(&line("20260305", "12.50", "BOULANGERIE")));
    forbid(&path);
    if std::fs::read(&path).is_ok() {
        eprintln!("skipped: this user may read every file, whatever its mode");
        return;
    }
    check_read(&path, Refused);
    check_imported(&desk, &path, Refused);
}

fn forbid(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let nothing = std::fs::Permissions::from_mode(0o000);
        std::fs::set_permissions(path, nothing).expect("the mode is set");
    }
    #[cfg(not(unix))]
    let _ = path;
}

/// Good files beside a bad one are read; the bad one is told by name.
#[test]
fn a_bad_file_among_good_ones() {
    let desk = Desk::with_new_book();
    let good = desk.write("good.ofx", ofx(&line("20260305", "12.50", "BOULANGERIE")));
    let bad = desk.write("bad.ofx", "<html></html>");
    let paths: [PathBuf; 2] = [good, bad];
    let words = ["--language=en".as_ref(), "import".as_ref()];
    let book = desk.book();
    let files = paths.iter().map(|path| path.as_os_str());
    let ran = comptoir(words.into_iter().chain([book.as_os_str()]).chain(files)).refused();
    assert_eq!(ran.out.lines().last(), Some("1 new"));
    assert!(ran.error.contains("bad.ofx"));
    is_sentence(&ran.error);
}

/// Every file of the shared corpus, where there is one: read or refused, never a fall.
#[test]
fn the_corpus_never_makes_it_fall() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/bank");
    let mut files = Vec::new();
    gather(&folder, &mut files);
    if files.is_empty() {
        eprintln!("skipped: there is no corpus beside the repository");
        return;
    }
    for language in ["fr", "en"] {
        let language = format!("--language={language}");
        let words = [language.as_ref(), "statement".as_ref(), "--json".as_ref()];
        let ran = comptoir(words.into_iter().chain(files.iter().map(|file| file.as_os_str())));
        if !matches!(ran.code, Some(0 | 1)) {
            // One of them made it fall: which one?
            for file in &files {
                let one = comptoir(["statement".as_ref(), file.as_os_str()]);
                assert!(matches!(one.code, Some(0 | 1)), "{}: {}", file.display(), one.error);
            }
        }
        let views = ran.json_lines();
        assert_eq!(views.len(), files.len());
        for view in views.iter().filter(|view| !view["refused"].is_null()) {
            is_sentence(view["refused"]["message"].as_str().expect("a message"));
            is_sentence(view["refused"]["hint"].as_str().expect("a hint"));
        }
        let refused = views.iter().filter(|view| !view["refused"].is_null()).count();
        assert!(refused * 2 < views.len(), "most are read: {refused} of {} are not", views.len());
    }
}

fn gather(folder: &Path, into: &mut Vec<PathBuf>) {
    let Ok(found) = std::fs::read_dir(folder) else { return };
    for path in found.map(|file| file.expect("a file").path()) {
        if path.is_dir() {
            gather(&path, into);
        } else if path.extension().is_none_or(|end| end != "tsv") {
            into.push(path);
        }
    }
    into.sort();
}
