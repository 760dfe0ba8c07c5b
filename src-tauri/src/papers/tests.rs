use super::*;
use crate::scratch::Scratch;

#[test]
fn only_documents_of_the_folder_are_shown() {
    let there = Scratch::new("papers");
    let folder = there.path().join("Comptoir");
    std::fs::create_dir_all(folder.join("2026.pdf")).unwrap();
    for name in ["Comptoir/ca3.pdf", "Comptoir/LEDGER.CSV", "Comptoir/run.desktop", "other.pdf"] {
        std::fs::write(there.path().join(name), "x").unwrap();
    }
    let check = |name: &str, expected: bool| {
        let told = shown(&folder, &there.path().join(name));
        assert_eq!(told.is_some(), expected, "{name}");
    };
    check("Comptoir/ca3.pdf", true);
    check("Comptoir/LEDGER.CSV", true);
    check("Comptoir/run.desktop", false);
    check("Comptoir/missing.pdf", false);
    check("Comptoir/2026.pdf", false);
    check("other.pdf", false);
    check("Comptoir/../other.pdf", false);
    check("Comptoir", false);
}
