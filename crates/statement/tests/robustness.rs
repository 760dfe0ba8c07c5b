//! No file, however cut or damaged, makes a reader fail: it is read, remarked on or refused.

use statement::{Recipes, read};
use std::fs;
use std::path::{Path, PathBuf};

/// Files of the project's own, and those of the shared corpus where it stands beside it.
fn files() -> Vec<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![here.join("../../assets/recipes/samples")];
    for corpus in ["../../../shared/corpus/bank", "../../../../shared/corpus/bank"] {
        let corpus = here.join(corpus);
        folders.extend(corpus.exists().then_some(corpus));
    }
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = item.path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

/// What must hold of anything that was read.
fn check(bytes: &[u8], recipes: &Recipes) {
    let Ok(reading) = read(bytes, None, recipes) else { return };
    for statement in &reading.statements {
        assert!(statement.first_day <= statement.last_day);
        let _ = (statement.sum_minor(), statement.difference_minor());
        for line in &statement.lines {
            assert!(line.amount_minor.abs() <= values::MAX_MINOR);
            assert!(line.place.start <= line.place.end && line.place.end <= bytes.len());
        }
    }
}

/// Cuts at many places, flips bits, writes zeros and quotes: the same damage every time.
fn damage(bytes: &[u8], recipes: &Recipes) {
    const PLACES: usize = 24;
    // Long files differ from short ones only by more of the same.
    let bytes = &bytes[..bytes.len().min(40_000)];
    check(bytes, recipes);
    let mut seed = 0x2545_F491u32;
    for step in 0..PLACES {
        check(&bytes[..bytes.len() * step / PLACES], recipes);
        let mut hurt = bytes.to_vec();
        for _ in 0..3 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            if hurt.is_empty() {
                break;
            }
            let place = seed as usize % hurt.len();
            hurt[place] = match step % 4 {
                0 => hurt[place] ^ (1 << (seed >> 29)),
                1 => 0,
                2 => b"\"<>&;"[(seed >> 28) as usize % 5],
                _ => (seed >> 24) as u8,
            };
        }
        check(&hurt, recipes);
    }
}

#[test]
fn damaged_files_are_answered() {
    let recipes = Recipes::load(&assets::Assets::built_in()).expect("the recipes are sound");
    let files = files();
    assert!(files.len() >= 8, "the project's own samples are there");
    for path in files {
        let bytes = fs::read(&path).expect("a file");
        damage(&bytes, &recipes);
    }
}

#[test]
fn made_up_shapes_are_answered() {
    let recipes = Recipes::load(&assets::Assets::built_in()).expect("the recipes are sound");
    let deep = "<Document><BkToCstmrStmt>".to_owned() + &"<Stmt>".repeat(5_000);
    let tags = "<OFX>".to_owned() + &"<STMTTRN>".repeat(5_000);
    let quotes = "Date;Libellé;Montant\n".to_owned() + &"\";\n".repeat(5_000);
    let stars = "=\"".repeat(5_000) + &"é".repeat(5_000);
    let amounts = "<OFX><STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>1</BANKACCTFROM>".to_owned()
        + &"<STMTTRN><DTPOSTED>20260101<TRNAMT>90071992547409.91</STMTTRN>".repeat(3)
        + "</STMTRS></OFX>";
    for text in [deep, tags, quotes, stars, amounts] {
        check(text.as_bytes(), &recipes);
    }
}

#[test]
fn sums_too_large_are_told() {
    let recipes = Recipes::default();
    let text = "<OFX><STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>1</BANKACCTFROM>".to_owned()
        + &"<STMTTRN><DTPOSTED>20260101<TRNAMT>90071992547409.91</STMTTRN>".repeat(2)
        + "</STMTRS></OFX>";
    let reading = read(text.as_bytes(), None, &recipes).expect("readable");
    assert_eq!(reading.statements[0].sum_minor(), None);
    assert!(reading.remarks.iter().any(|r| r.code == statement::RemarkCode::SumTooLarge));
}
