//! Comptoir in a window: the interface of `ui/`, and one door from it to the application.
//!
//! It knows no rule of accounting and no screen. The page may ask six things of it, declared in
//! `build.rs` and allowed in `capabilities/window.json`; nothing else of the machine is within the
//! page's reach. Start reading at `door.rs`.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod door;
mod given;
mod papers;
#[cfg(test)]
mod scratch;

use door::Door;
use std::process::ExitCode;
use tauri::{Emitter, Manager, RunEvent};
use tauri_plugin_window_state::StateFlags;

fn main() -> ExitCode {
    if !has_display() {
        let app = machine::application(machine::language(None));
        eprintln!("{}", app.sentences().say("desktop.no-display", &[]));
        return ExitCode::from(2);
    }
    match window() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::from(1)
        }
    }
}

/// Whether a window can be drawn. Asked first: without a display the toolkit panics.
#[allow(clippy::disallowed_methods)] // The shell is where the environment is read.
fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// Shows the window until it is closed.
fn window() -> tauri::Result<()> {
    let remembered = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED;
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_window_state::Builder::new().with_state_flags(remembered).build())
        .manage(given::OpenedWith::from_command_line())
        .manage(Door::open())
        .invoke_handler(tauri::generate_handler![
            door::call,
            door::cancel,
            given::opened_with,
            papers::browse,
            papers::documents,
            papers::show,
        ])
        .setup(|app| {
            tell_the_page(app.handle().clone());
            Ok(())
        })
        .build(tauri::generate_context!())?
        .run(|app, event| {
            // The process ends without dropping what it holds; books must be one file again.
            if matches!(event, RunEvent::Exit) {
                app.state::<Door>().close();
            }
        });
    Ok(())
}

/// Hands every event of the application to the page, until the door is closed.
fn tell_the_page(app: tauri::AppHandle) {
    let Some(told) = app.state::<Door>().listen() else { return };
    std::thread::spawn(move || {
        for event in told {
            // A page that is not there yet has nothing that could be old.
            let _ = app.emit("comptoir", event);
        }
    });
}
