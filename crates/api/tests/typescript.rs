//! The interface's types are those of the calls.

use std::fs;
use std::path::Path;

/// Writes the file where it is stale, and fails then, so that nobody commits the old one.
#[test]
fn the_interface_knows_every_call() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/api/generated.ts");
    let wanted = api::typescript();
    let found = fs::read_to_string(&path).unwrap_or_default();
    if found != wanted {
        fs::write(&path, &wanted).expect("the interface's folder can be written");
        panic!("{} was stale and is written anew: commit it", path.display());
    }
}
