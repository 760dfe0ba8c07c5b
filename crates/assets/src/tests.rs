use super::*;

#[test]
fn every_built_in_file_is_found_by_its_name() {
    let assets = Assets::built_in();
    let names = assets.names("");
    assert!(names.iter().any(|name| name == "charts/fr-pcg.csv"));
    for name in &names {
        assert!(assets.bytes(name).is_ok(), "{name}");
        assert!(!name.contains("/tests/") && !name.contains("/samples/"), "{name} is for tests");
    }
}

#[test]
fn a_name_never_leaves_the_folder() {
    let assets = Assets::with_folder(Path::new("/"));
    for name in ["../etc/passwd", "/etc/passwd", "a//b", "./etc/passwd", ""] {
        assert!(matches!(assets.bytes(name), Err(AssetError::Missing(_))), "{name}");
    }
}
