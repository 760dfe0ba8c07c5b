//! Declares the window's commands: one that is not declared would be open to every page.

use tauri_build::{AppManifest, Attributes};

/// Each is allowed by name in `capabilities/window.json`.
const COMMANDS: &[&str] = &["browse", "call", "cancel", "opened_with", "documents", "show"];

fn main() {
    let manifest = AppManifest::new().commands(COMMANDS);
    let built = tauri_build::try_build(Attributes::new().app_manifest(manifest));
    built.expect("the window's configuration is sound");
}
