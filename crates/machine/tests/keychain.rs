//! The keychain of a Linux desktop, as it answers and as it fails to: real programs on a session
//! bus of their own, never the person's. Each test runs a part of this file in a process
//! whose environment it sets, since a process opens the keychain once.
#![cfg(target_os = "linux")]

use api::{SecretFault, SecretName, Secrets};
use machine::secrets::{Items, Keychain, KeychainFault, KeychainOrFile, Patience};
use std::fs::File;
use std::os::unix::net::UnixListener;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use values::Secret;

const ITEM: &str = "01890a5d-ac96-774b-bcce-b302099a8057 mail";
const PLANTED: &str = "pläntéd-4711";

fn keychain() -> Keychain {
    Keychain::new(Patience::where_asked(false))
}

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

fn found(keychain: &Keychain) -> Result<Option<String>, KeychainFault> {
    Ok(keychain.find(ITEM)?.map(|secret| secret.expose().to_owned()))
}

/// How long something takes.
#[allow(clippy::disallowed_methods)] // A measurement, not the application's clock.
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    let done = work();
    (done, begun.elapsed())
}

/// What the tests below run; by itself it does nothing.
#[test]
#[allow(clippy::disallowed_methods)] // So that a test says to its other process what to do.
fn inside() {
    match std::env::var("INSIDE").as_deref() {
        Err(_) => {}
        Ok("keeps_finds_and_forgets") => keeps_finds_and_forgets(),
        Ok("finds_what_was_kept") => finds_what_was_kept(),
        Ok("no_keychain_answers") => no_keychain_answers(),
        Ok("program_is_replaced") => program_is_replaced(),
        Ok("environment_asks_for_the_file") => environment_asks_for_the_file(),
        Ok(other) => panic!("{other}"),
    }
}

fn keeps_finds_and_forgets() {
    let keychain = keychain();
    assert_eq!(found(&keychain), Ok(None));
    assert_eq!(keychain.forget(ITEM), Ok(()));
    keychain.keep(ITEM, &secret("before")).unwrap();
    keychain.keep(ITEM, &secret(PLANTED)).unwrap();
    assert_eq!(found(&keychain), Ok(Some(PLANTED.to_owned())));
    let key_file = secret(&"k".repeat(8000));
    keychain.keep("another book's mail", &key_file).unwrap();
    assert_eq!(found(&keychain), Ok(Some(PLANTED.to_owned())));
    // One keychain for the whole program, asked by many threads.
    let answers = std::thread::scope(|scope| {
        let asked: Vec<_> = (0..8).map(|_| scope.spawn(|| found(&keychain))).collect();
        asked.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
    });
    assert!(answers.iter().all(|answer| answer == &Ok(Some(PLANTED.to_owned()))), "{answers:?}");
    let (answer, took) = timed(|| found(&keychain));
    println!("found in {took:?}");
    assert!(answer.is_ok());
    keychain.forget("another book's mail").unwrap();
}

fn finds_what_was_kept() {
    assert_eq!(found(&keychain()), Ok(Some(PLANTED.to_owned())));
    keychain().forget(ITEM).unwrap();
    assert_eq!(found(&keychain()), Ok(None));
}

/// No keychain answers, and the fall-back is what a person would see of it.
fn no_keychain_answers() {
    let patience = Patience { to_open: Duration::from_secs(1), ..Patience::where_asked(false) };
    let keychain = Keychain::new(patience);
    let (answer, took) = timed(|| keychain.keep(ITEM, &secret(PLANTED)));
    println!("first: {answer:?} in {took:?}");
    assert!(matches!(answer, Err(KeychainFault::Absent(_))), "{answer:?}");
    assert!(!format!("{answer:?}").contains("4711"));
    let (answer, took) = timed(|| found(&keychain));
    println!("second: {answer:?} in {took:?}");
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("book.comptoir");
    let name = SecretName { book: &book, uuid: "uuid", name: "mail" };
    let secrets = KeychainOrFile::new(Some(keychain), None);
    assert_eq!(secrets.keep(&name, &secret(PLANTED)), Err(SecretFault::Sealed));
    secrets.unseal(&book, secret("passphrase")).unwrap();
    secrets.keep(&name, &secret(PLANTED)).unwrap();
    let (answer, took) = timed(|| secrets.find(&name));
    println!("found in the file in {took:?}");
    assert_eq!(answer.unwrap().map(|found| found.expose().to_owned()).as_deref(), Some(PLANTED));
}

/// The keychain's program is started anew and knows no session of the old one. It is there all the
/// same: to seal secrets in a file from then on would split them between two places.
fn program_is_replaced() {
    let keychain = keychain();
    keychain.keep(ITEM, &secret(PLANTED)).unwrap();
    let anew = "printf 'login password' | gnome-keyring-daemon --replace --unlock \
                --components=secrets";
    assert!(Command::new("sh").args(["-c", anew]).output().unwrap().status.success());
    let (answer, took) = timed(|| found(&keychain));
    println!("after it was replaced: {answer:?} in {took:?}");
    let Err(KeychainFault::Refused(words)) = answer else { panic!("{answer:?}") };
    assert!(words.contains("NoSession"), "{words}");
}

/// What the environment asks for goes before the keychain that is there.
fn environment_asks_for_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("book.comptoir");
    let name = SecretName { book: &book, uuid: "uuid", name: "mail" };
    machine::kept_secrets().keep(&name, &secret(PLANTED)).unwrap();
    let text = std::fs::read_to_string(folder.path().join("book.comptoir.secrets")).unwrap();
    assert!(!text.contains("4711"));
    let answer = machine::kept_secrets().find(&name).unwrap();
    assert_eq!(answer.map(|found| found.expose().to_owned()).as_deref(), Some(PLANTED));
    assert!(keychain().find("uuid mail").unwrap().is_none());
}

/// Runs one of the parts above under a program, in an environment that knows only `home`. It speaks
/// into files: a keyring that the bus began at the last moment outlives the bus, and would hold the
/// end of a pipe for ever.
fn run(words: &[&str], home: &Path, inside: &str, set: &[(&str, &str)]) -> Output {
    let this = std::env::current_exe().unwrap();
    let mut words = words.to_vec();
    words.push(this.to_str().unwrap());
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).args(["--exact", "inside", "--nocapture"]);
    command.env_clear().env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").env("HOME", home);
    command.env("XDG_RUNTIME_DIR", home).env("INSIDE", inside).envs(set.iter().copied());
    let spoken = tempfile::tempdir().unwrap();
    let (out, complaints) = (spoken.path().join("out"), spoken.path().join("complaints"));
    command.stdout(File::create(&out).unwrap()).stderr(File::create(&complaints).unwrap());
    let mut child = command.process_group(0).spawn().unwrap();
    let status = child.wait().unwrap();
    // Whatever still lives of what it began; mostly there is nothing.
    let group = format!("-{}", child.id());
    let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
    let read = |path| std::fs::read(path).unwrap();
    Output { status, stdout: read(&out), stderr: read(&complaints) }
}

/// That it passed; what it measured is shown.
fn passed(output: &Output) {
    let told = String::from_utf8_lossy(&output.stdout);
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && told.contains("1 passed"), "{told}\n{complaints}");
    println!("{told}");
}

/// Whether the programs are here; says so if not.
fn has(programs: &[&str]) -> bool {
    let found = |name: &&&str| Path::new("/usr/bin").join(name).exists();
    let missing: Vec<_> = programs.iter().filter(|name| !found(name)).collect();
    if !missing.is_empty() {
        println!("skipped: {missing:?} not installed");
    }
    missing.is_empty()
}

const DESKTOP: [&str; 2] = ["dbus-run-session", "gnome-keyring-daemon"];

/// Runs a program where a desktop's keyring is unlocked, as a login does it.
const UNLOCKED: [&str; 5] = [
    "dbus-run-session",
    "--",
    "sh",
    "-c",
    "printf 'login password' | gnome-keyring-daemon --unlock --components=secrets >/dev/null
     exec \"$0\" \"$@\"",
];

#[test]
fn an_unlocked_keyring_keeps_secrets_beyond_the_session() {
    if !has(&DESKTOP) {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    passed(&run(&UNLOCKED, home.path(), "keeps_finds_and_forgets", &[]));
    passed(&run(&UNLOCKED, home.path(), "finds_what_was_kept", &[]));
}

#[test]
fn a_locked_keyring_that_nobody_can_unlock_is_none() {
    if !has(&DESKTOP) {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    passed(&run(&UNLOCKED, home.path(), "keeps_finds_and_forgets", &[]));
    let locked = ["dbus-run-session", "--"];
    passed(&run(&locked, home.path(), "no_keychain_answers", &[]));
}

#[test]
fn a_keyring_that_was_never_made_is_none() {
    if !has(&DESKTOP) {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let fresh = ["dbus-run-session", "--"];
    passed(&run(&fresh, home.path(), "no_keychain_answers", &[]));
}

#[test]
fn a_keyring_that_starts_anew_says_no() {
    if !has(&DESKTOP) {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    passed(&run(&UNLOCKED, home.path(), "program_is_replaced", &[]));
}

#[test]
fn the_environment_goes_before_the_keyring() {
    if !has(&DESKTOP) {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let set = [("COMPTOIR_SECRETS", "file"), ("COMPTOIR_PASSPHRASE", "for scripts")];
    passed(&run(&UNLOCKED, home.path(), "environment_asks_for_the_file", &set));
}

/// A bus that starts no programs.
const BARE_BUS: &str = "<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
    <policy context='default'><allow send_destination='*'/><allow receive_sender='*'/>
    <allow own='*'/></policy></busconfig>";

#[test]
fn a_bus_without_a_keyring_is_none() {
    if !has(&DESKTOP[..1]) {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let config = home.path().join("bus.conf");
    std::fs::write(&config, BARE_BUS).unwrap();
    let config = format!("--config-file={}", config.display());
    let bus = ["dbus-run-session", &config, "--"];
    passed(&run(&bus, home.path(), "no_keychain_answers", &[]));
}

#[test]
fn no_bus_is_none() {
    let home = tempfile::tempdir().unwrap();
    passed(&run(&[], home.path(), "no_keychain_answers", &[]));
    let nowhere = [("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus")];
    passed(&run(&[], home.path(), "no_keychain_answers", &nowhere));
    let nonsense = [("DBUS_SESSION_BUS_ADDRESS", "nonsense")];
    passed(&run(&[], home.path(), "no_keychain_answers", &nonsense));
}

#[test]
fn a_bus_that_never_answers_is_none() {
    let home = tempfile::tempdir().unwrap();
    let socket = home.path().join("bus");
    let _listens = UnixListener::bind(&socket).unwrap();
    let address = format!("unix:path={}", socket.display());
    let set = [("DBUS_SESSION_BUS_ADDRESS", address.as_str())];
    let (output, took) = timed(|| run(&[], home.path(), "no_keychain_answers", &set));
    passed(&output);
    assert!(took < Duration::from_secs(30), "{took:?}");
}
