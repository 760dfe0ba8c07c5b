//! The sealed file: what it keeps, what it tells, what it bears.

use super::*;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use std::fs;

const PLANTED: &str = "pläntéd-\"secret\"\\\n-4711";
const PASSPHRASE: &str = "correct horse battery staple";
const UUID: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

/// Cheap enough for many tests; one opens a file at what users pay.
const CHEAP: Costs = Costs { memory: 64, passes: 1, lanes: 1 };

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

fn found(sealed: &Sealed, of: &SecretName<'_>) -> Option<String> {
    let Ok(found) = sealed.find(of) else { panic!("{:?}", sealed.find(of).err()) };
    found.map(|secret| secret.expose().to_owned())
}

/// A folder with a book's place in it.
struct Place {
    _folder: tempfile::TempDir,
    book: PathBuf,
    file: PathBuf,
}

impl Place {
    fn new() -> Place {
        let folder = tempfile::tempdir().unwrap();
        let book = folder.path().join("Été 2026.comptoir");
        Place { file: path_of(&book), book, _folder: folder }
    }

    fn name<'a>(&'a self, name: &'a str) -> SecretName<'a> {
        SecretName { book: &self.book, uuid: UUID, name }
    }

    fn opened(&self) -> Sealed {
        let sealed = Sealed::at(CHEAP);
        sealed.unseal(&self.book, secret(PASSPHRASE)).unwrap();
        sealed
    }

    /// With one secret in it.
    fn kept() -> Place {
        let place = Place::new();
        place.opened().keep(&place.name("mail"), &secret(PLANTED)).unwrap();
        place
    }

    fn beside(&self) -> usize {
        fs::read_dir(self.book.parent().unwrap()).unwrap().count()
    }
}

#[test]
fn a_secret_is_kept_found_replaced_and_forgotten() {
    let place = Place::new();
    let sealed = place.opened();
    let (mail, bank) = (place.name("mail"), place.name("connection 3"));
    assert!(!place.file.exists(), "the first secret makes the file, not the passphrase");
    assert_eq!(found(&sealed, &mail), None);
    sealed.keep(&mail, &secret(PLANTED)).unwrap();
    sealed.keep(&bank, &secret("token")).unwrap();
    assert_eq!(found(&sealed, &mail).as_deref(), Some(PLANTED));
    sealed.keep(&mail, &secret("another")).unwrap();
    assert_eq!(found(&sealed, &mail).as_deref(), Some("another"));
    assert_eq!(found(&sealed, &bank).as_deref(), Some("token"));
    sealed.forget(&mail).unwrap();
    sealed.forget(&mail).unwrap();
    assert_eq!(found(&sealed, &mail), None);
    assert_eq!(found(&sealed, &bank).as_deref(), Some("token"));
    assert_eq!(place.beside(), 1, "nothing but the file is left");
}

#[test]
fn a_later_program_opens_it_at_what_users_pay() {
    let place = Place::new();
    let sealed = Sealed::new();
    sealed.unseal(&place.book, secret(PASSPHRASE)).unwrap();
    sealed.keep(&place.name("mail"), &secret(PLANTED)).unwrap();
    drop(sealed);
    let later = Sealed::new();
    assert_eq!(later.find(&place.name("mail")).err(), Some(SecretFault::Sealed));
    assert_eq!(later.keep(&place.name("x"), &secret("x")).err(), Some(SecretFault::Sealed));
    assert_eq!(later.forget(&place.name("mail")).err(), Some(SecretFault::Sealed));
    later.unseal(&place.book, secret(PASSPHRASE)).unwrap();
    assert_eq!(found(&later, &place.name("mail")).as_deref(), Some(PLANTED));
    let text = fs::read_to_string(&place.file).unwrap();
    assert!(text.contains("\"memory\": 65536") && text.contains("\"passes\": 3"), "{text}");
}

#[test]
fn another_passphrase_opens_nothing() {
    let place = Place::kept();
    let before = fs::read(&place.file).unwrap();
    let sealed = Sealed::at(CHEAP);
    for wrong in ["", " ", "correct horse battery stapl", "Correct horse battery staple"] {
        let refused = sealed.unseal(&place.book, secret(wrong));
        assert_eq!(refused.err(), Some(SecretFault::WrongPassphrase), "{wrong:?}");
    }
    assert!(!sealed.is_open(&place.book));
    assert_eq!(sealed.keep(&place.name("mail"), &secret("x")).err(), Some(SecretFault::Sealed));
    sealed.unseal(&place.book, secret(PASSPHRASE)).unwrap();
    // A wrong one later closes nothing.
    assert!(sealed.unseal(&place.book, secret("wrong")).is_err());
    assert_eq!(found(&sealed, &place.name("mail")).as_deref(), Some(PLANTED));
    assert_eq!(fs::read(&place.file).unwrap(), before);
}

#[test]
fn nothing_is_sealed_under_no_passphrase() {
    let place = Place::new();
    let refused = Sealed::at(CHEAP).unseal(&place.book, secret(""));
    assert_eq!(refused.err(), Some(SecretFault::WrongPassphrase));
}

#[test]
fn two_books_share_nothing() {
    let (one, other) = (Place::kept(), Place::new());
    let sealed = one.opened();
    assert_eq!(sealed.find(&other.name("mail")).err(), Some(SecretFault::Sealed));
    sealed.unseal(&other.book, secret("another passphrase")).unwrap();
    assert_eq!(found(&sealed, &other.name("mail")), None);
    // A file left beside another book of that name.
    let elsewhere = SecretName { uuid: "01890a5d-0000-774b-bcce-b302099a8057", ..one.name("mail") };
    assert_eq!(found(&sealed, &elsewhere), None);
    sealed.keep(&other.name("mail"), &secret("theirs")).unwrap();
    assert_eq!(found(&sealed, &one.name("mail")).as_deref(), Some(PLANTED));
    assert_eq!(found(&sealed, &other.name("mail")).as_deref(), Some("theirs"));
}

#[test]
fn the_file_holds_neither_secret_nor_passphrase() {
    let place = Place::kept();
    let bytes = fs::read(&place.file).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let sealed = BASE64.decode(text.split('"').rev().nth(1).unwrap()).unwrap();
    let json = serde_json::to_string(PLANTED).unwrap();
    for told in [PLANTED, "4711", "secret\\\"", &json, PASSPHRASE, "horse", "mail", UUID] {
        let shown = [told.to_owned(), BASE64.encode(told), hex(told)];
        for shown in shown.iter().filter(|shown| shown.len() > 3) {
            assert!(!text.contains(shown.trim_end_matches('=')), "{shown} stands in the file");
            let bytes = shown.as_bytes();
            assert!(!sealed.windows(bytes.len()).any(|part| part == bytes), "{shown} is sealed so");
        }
    }
}

fn hex(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn each_writing_has_a_nonce_of_its_own_and_each_file_a_salt() {
    let (one, other) = (Place::kept(), Place::kept());
    let part = |place: &Place, name: &str| {
        let text = fs::read_to_string(&place.file).unwrap();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        value.pointer(name).unwrap().as_str().unwrap().to_owned()
    };
    let (nonce, salt) = (part(&one, "/nonce"), part(&one, "/kdf/salt"));
    one.opened().keep(&one.name("mail"), &secret(PLANTED)).unwrap();
    assert_ne!(part(&one, "/nonce"), nonce);
    assert_eq!(part(&one, "/kdf/salt"), salt);
    assert_ne!(part(&other, "/kdf/salt"), salt);
}

#[test]
fn what_another_program_wrote_is_not_lost() {
    let place = Place::kept();
    let (one, other) = (place.opened(), place.opened());
    one.keep(&place.name("one"), &secret("1")).unwrap();
    other.keep(&place.name("other"), &secret("2")).unwrap();
    assert_eq!(found(&one, &place.name("other")).as_deref(), Some("2"));
    assert_eq!(found(&other, &place.name("one")).as_deref(), Some("1"));
    // Made anew under another passphrase: neither read nor overwritten.
    fs::remove_file(&place.file).unwrap();
    let anew = Sealed::at(CHEAP);
    anew.unseal(&place.book, secret("another passphrase")).unwrap();
    anew.keep(&place.name("mail"), &secret("anew")).unwrap();
    assert_eq!(one.find(&place.name("mail")).err(), Some(SecretFault::Sealed));
    assert_eq!(one.keep(&place.name("mail"), &secret("x")).err(), Some(SecretFault::Sealed));
    assert_eq!(found(&anew, &place.name("mail")).as_deref(), Some("anew"));
}

#[test]
fn a_crash_before_the_new_file_has_its_place_leaves_the_old_one() {
    let place = Place::kept();
    let before = fs::read(&place.file).unwrap();
    // What a crash leaves: written beside, whole or half, and never put in place.
    std::mem::forget(place::Unfinished::write(&place.file, b"{ \"format\": \"Com", 7).unwrap());
    assert_eq!(place.beside(), 2);
    assert_eq!(fs::read(&place.file).unwrap(), before);
    let sealed = place.opened();
    assert_eq!(found(&sealed, &place.name("mail")).as_deref(), Some(PLANTED));
    sealed.keep(&place.name("mail"), &secret("later")).unwrap();
    assert_eq!(found(&sealed, &place.name("mail")).as_deref(), Some("later"));
    // A writing that fails takes its half away.
    let unfinished = place::Unfinished::write(&place.file, b"half", 8).unwrap();
    assert_eq!(place.beside(), 3);
    drop(unfinished);
    assert_eq!(place.beside(), 2);
}

#[cfg(unix)]
#[test]
fn the_file_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::kept();
    let mode = || fs::metadata(&place.file).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(), 0o600);
    fs::set_permissions(&place.file, fs::Permissions::from_mode(0o644)).unwrap();
    place.opened().keep(&place.name("mail"), &secret("x")).unwrap();
    assert_eq!(mode(), 0o600, "each writing takes others' rights away again");
    let unfinished = place::Unfinished::write(&place.file, b"half", 7).unwrap();
    let half = format!("{}.00000007", place.file.display());
    assert_eq!(fs::metadata(half).unwrap().permissions().mode() & 0o777, 0o600);
    drop(unfinished);
}

/// Opens the file with its bytes changed.
fn with_bytes(place: &Place, bytes: &[u8]) -> Result<(), SecretFault> {
    fs::write(&place.file, bytes).unwrap();
    Sealed::at(CHEAP).unseal(&place.book, secret(PASSPHRASE))
}

#[test]
fn a_damaged_file_is_told_from_a_wrong_passphrase() {
    let place = Place::kept();
    let text = fs::read_to_string(&place.file).unwrap();
    let file = |bytes: &[u8]| match with_bytes(&place, bytes) {
        Err(SecretFault::File(words)) => words,
        other => panic!("{other:?} for {}", String::from_utf8_lossy(bytes)),
    };
    for length in 0..text.trim_end().len() {
        file(&text.as_bytes()[..length]);
    }
    file(b"\xff\xfe\x00garbage");
    file(b"[]");
    file("[".repeat(100_000).as_bytes());
    file(&vec![b' '; place::LIMIT + 1]);
    let changed = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        file(text.replacen(from, to, 1).as_bytes())
    };
    changed("secrets 1", "secrets 2");
    changed("argon2id", "argon2i");
    changed("xchacha20poly1305", "chacha20poly1305");
    changed("\"nonce\": \"", "\"nonce\": \"AAAA");
    changed("\"salt\": \"", "\"salt\": \"AAAA");
    changed("\"sealed\": \"", "\"sealed\": \"*");
    changed("\"cipher\"", "\"more\": 1, \"cipher\"");
    changed("\"memory\": 64", "\"memory\": 4194304");
    changed("\"memory\": 64", "\"memory\": -1");
    changed("\"memory\": 64", "\"memory\": 1");
    changed("\"passes\": 1", "\"passes\": 4000000000");
    changed("\"passes\": 1", "\"passes\": 0");
    changed("\"lanes\": 1", "\"lanes\": 0");
    // What is not JSON of ours may be somebody's secrets in the clear.
    for planted in [format!("{PLANTED:?}"), format!("{{\"format\": {PLANTED:?}, \"a\": 1}}")] {
        let words = file(planted.as_bytes());
        assert!(!words.contains("4711"), "{words}");
    }
}

#[test]
fn no_changed_byte_passes() {
    let place = Place::kept();
    let bytes = fs::read(&place.file).unwrap();
    let mut wrong = 0;
    for index in 0..bytes.len() {
        for flipped in [1, 4, 32] {
            let mut changed = bytes.clone();
            changed[index] ^= flipped;
            match with_bytes(&place, &changed) {
                Ok(()) => {
                    // White space between the fields says nothing.
                    assert!(bytes[index].is_ascii_whitespace(), "byte {index} may be changed");
                }
                Err(SecretFault::WrongPassphrase) => wrong += 1,
                Err(SecretFault::File(_)) => {}
                Err(other) => panic!("{other:?}"),
            }
        }
    }
    assert!(wrong > 100, "most of the file is sealed or authenticated: {wrong}");
}

#[test]
fn a_file_damaged_while_open_is_no_wrong_passphrase() {
    let place = Place::kept();
    let sealed = place.opened();
    let text = fs::read_to_string(&place.file).unwrap();
    let nonce = text.find("\"nonce\": \"").unwrap() + 12;
    let mut bytes = text.into_bytes();
    bytes[nonce] = if bytes[nonce] == b'A' { b'B' } else { b'A' };
    fs::write(&place.file, &bytes).unwrap();
    let name = place.name("mail");
    assert!(matches!(sealed.find(&name), Err(SecretFault::File(_))));
    assert!(matches!(sealed.keep(&name, &secret("x")), Err(SecretFault::File(_))));
    assert_eq!(fs::read(&place.file).unwrap(), bytes, "a damaged file is not written over");
}

#[test]
fn no_fault_tells_a_secret() {
    let place = Place::kept();
    let mut faults = Vec::new();
    let sealed = Sealed::at(CHEAP);
    let name = place.name("mail");
    faults.extend(sealed.keep(&name, &secret(PLANTED)).err());
    faults.extend(sealed.unseal(&place.book, secret("4711 wrong staple")).err());
    sealed.unseal(&place.book, secret(PASSPHRASE)).unwrap();
    fs::remove_file(&place.file).unwrap();
    fs::create_dir(&place.file).unwrap();
    faults.extend(sealed.keep(&name, &secret(PLANTED)).err());
    faults.extend(sealed.find(&name).err());
    faults.extend(sealed.unseal(&place.book, secret(PASSPHRASE)).err());
    fs::remove_dir(&place.file).unwrap();
    let gone = SecretName { book: Path::new("/nowhere/at all"), ..name };
    sealed.unseal(gone.book, secret(PASSPHRASE)).unwrap();
    faults.extend(sealed.keep(&gone, &secret(PLANTED)).err());
    let large = secret(&PLANTED.repeat(place::LIMIT / PLANTED.len()));
    faults.extend(sealed.keep(&name, &large).err());
    assert_eq!(faults.len(), 7, "{faults:?}");
    for fault in faults {
        let told = format!("{fault:?}");
        assert!(!told.contains("4711") && !told.contains("staple"), "{told}");
    }
}
