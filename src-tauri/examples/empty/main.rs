//! A window with one word in it: what any window of this toolkit costs. `cargo xtask bench` holds
//! that of the application beside it.

// A configuration of its own: two programs that build in the same pages at one time would write
// the same files.
fn main() -> tauri::Result<()> {
    tauri::Builder::default().run(tauri::generate_context!("examples/empty/tauri.conf.json"))
}
