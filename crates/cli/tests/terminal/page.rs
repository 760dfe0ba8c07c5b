//! The page of a return: a sound PDF whose text holds every figure, in both languages.

use crate::desk::Desk;
use std::path::Path;
use std::process::Command;

/// A whole number as people of a language group it.
fn grouped(value: i64, separator: &str) -> String {
    let digits = value.abs().to_string();
    let mut shown = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown += separator;
        }
        shown.push(digit);
    }
    shown
}

/// The text with every kind of space made one.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn checked(page: &Path) {
    match Command::new("qpdf").arg("--check").arg(page).output() {
        Ok(ran) => assert!(
            ran.status.success(),
            "{}{}",
            String::from_utf8_lossy(&ran.stdout),
            String::from_utf8_lossy(&ran.stderr)
        ),
        Err(_) => eprintln!("skipped: qpdf is not on this machine"),
    }
}

fn text_of(page: &Path) -> Option<String> {
    match Command::new("pdftotext")
        .args(["-layout".as_ref(), page.as_os_str(), "-".as_ref()])
        .output()
    {
        Ok(ran) => {
            assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
            Some(plain(&String::from_utf8(ran.stdout).expect("UTF-8")))
        }
        Err(_) => {
            eprintln!("skipped: pdftotext is not on this machine");
            None
        }
    }
}

#[test]
fn the_page_holds_every_box_in_both_languages() {
    let desk = Desk::with_sample();
    desk.run("inbox BOOK --accept-sure").done();
    for month in ["2026-03", "2026-05"] {
        for (language, separator) in [("fr", " "), ("en", ",")] {
            let words = format!("tax BOOK make CA3 --period {month} --out ./{language} --json");
            let made = desk.run_in(language, &words).done().json();
            let page = Path::new(made["page"].as_str().expect("a path"));
            checked(page);
            let Some(text) = text_of(page) else { continue };
            let boxes = made["boxes"].as_array().expect("boxes");
            let held: Vec<_> = boxes.iter().filter(|one| one["value"] != 0).collect();
            assert!(held.len() >= 12, "{month}");
            for one in held {
                let value = grouped(one["value"].as_i64().expect("euros"), separator);
                assert!(text.contains(&value), "{month} {language} {value} of {one}:\n{text}");
                let case = one["case"].as_str().expect("a case");
                assert!(text.contains(case), "{month} {language} {case}:\n{text}");
                // A long label is wrapped in its column: its words stand all the same.
                for word in one["label"].as_str().expect("a label").split_whitespace() {
                    assert!(text.contains(word), "{month} {language} {word} of {one}:\n{text}");
                }
            }
        }
    }
}
