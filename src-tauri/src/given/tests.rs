use super::*;

fn check(words: &[&str], book: Option<&str>, files: &[&str]) {
    let given = OpenedWith::of(Path::new("/here"), words.iter().map(OsString::from));
    let expected = OpenedWith {
        book: book.map(PathBuf::from),
        files: files.iter().map(PathBuf::from).collect(),
    };
    assert_eq!(given, expected, "{words:?}");
}

#[test]
fn names_become_a_book_and_files() {
    check(&[], None, &[]);
    check(&[""], None, &[]);
    check(&["a.comptoir"], Some("/here/a.comptoir"), &[]);
    check(&["jan.xml", "/there/feb.csv"], None, &["/here/jan.xml", "/there/feb.csv"]);
    check(&["jan.xml", "/b/a.comptoir"], Some("/b/a.comptoir"), &["/here/jan.xml"]);
    check(&["a.comptoir", "b.comptoir"], Some("/here/a.comptoir"), &["/here/b.comptoir"]);
    check(&["comptoir"], None, &["/here/comptoir"]);
}
