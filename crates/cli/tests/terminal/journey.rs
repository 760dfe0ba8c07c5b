//! The whole way at once, and a figure followed back to where it came from.

use crate::desk::{Desk, sample_folder};
use crate::refusals::is_sentence;
use values::Decimal;

#[test]
fn the_sample_goes_the_whole_way() {
    let desk = Desk::new();
    for (language, folder) in [("fr", "./sortie"), ("en", "./out")] {
        let ran = desk.run_in(language, &format!("start --folder {folder}")).done();
        assert_eq!(ran.error, "");
        let folder = desk.path(folder.trim_start_matches("./"));
        let folder = folder.join("atelier-morvan");
        assert!(folder.join("atelier-morvan.comptoir").is_file());
        let files = std::fs::read_dir(&folder).expect("book and documents");
        let names: Vec<String> = files
            .map(|file| file.expect("a file").file_name().to_string_lossy().into_owned())
            .collect();
        let ending = |end: &str| names.iter().filter(|name| name.ends_with(end)).count();
        assert_eq!((ending(".pdf"), ending(".csv")), (10, 5), "{names:?}");
        // Every document is told by its name.
        assert!(names.iter().all(|name| ran.out.contains(name.as_str())), "{}", ran.out);
    }
}

#[test]
fn own_statements_go_as_far_as_they_can() {
    let desk = Desk::new();
    let livret = sample_folder().join("banque-livret-2026.ofx").display().to_string();
    let ran = desk.run(&format!("start {livret} --folder ./out")).done();
    assert!(ran.out.contains("7 line(s)"), "{}", ran.out);
    // A second time beside the first: nothing is written over.
    desk.run(&format!("start {livret} --folder ./out")).done();
    for name in ["my-business", "my-business-2"] {
        let book = desk.path("out").join(name).join(format!("{name}.comptoir"));
        assert!(book.is_file(), "{}", book.display());
    }
    desk.write("page.ofx", "<html></html>");
    let ran = desk.run("start ./page.ofx --folder ./none").refused();
    is_sentence(&ran.error);
}

#[test]
fn a_figure_is_followed_back_in_both_languages() {
    let desk = Desk::with_sample();
    desk.run("inbox BOOK --accept-sure").done();
    let figures = ["ca3/2026-03/08.base", "ca3/2026-03/20", "trial-balance/2026-03/512101"];
    for figure in figures {
        let found = desk.run(&format!("explain BOOK {figure} --json")).done().json();
        let number = |text: &serde_json::Value| -> Decimal {
            text.as_str().expect("decimal text").parse().expect("a number")
        };
        let leaves = found["leaves"].as_array().expect("leaves");
        let sum: Decimal = leaves.iter().map(|leaf| number(&leaf["contribution"])).sum();
        assert_eq!(sum, number(&found["unrounded"]), "{figure}");
        for language in ["fr", "en"] {
            let ran = desk.run_in(language, &format!("explain BOOK {figure}")).done();
            assert!(ran.out.starts_with(figure), "{}", ran.out);
            assert!(ran.out.contains("banque-courant-2026-03.camt.xml"), "{}", ran.out);
            assert!(!ran.out.contains(['{', '}']), "a name left in braces: {}", ran.out);
        }
    }
}
