//! The one door between the page and the application.

use api::{Answer, Desk, Event, Failure, Request};
use serde::Serialize;
use serde_json::Value;
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex, PoisonError};
use tauri::State;

/// The desk while the window is there. Closing it folds every book into one file.
pub(crate) struct Door(Mutex<Option<Arc<Desk>>>);

impl Door {
    /// A desk over this machine.
    pub(crate) fn open() -> Door {
        Door(Mutex::new(Some(Arc::new(Desk::new(machine::application)))))
    }

    fn desk(&self) -> Option<Arc<Desk>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Pages of providers that connector files name.
    pub(crate) fn links(&self) -> Vec<String> {
        let desk = self.desk();
        desk.map(|desk| desk.app(machine::language(None)).links()).unwrap_or_default()
    }

    /// What the application tells from now on.
    pub(crate) fn listen(&self) -> Option<Receiver<Event>> {
        self.desk().map(|desk| desk.listen())
    }

    /// Lets the desk go. Work that is still under way is cut off by the end of the process, and
    /// nothing of it is kept.
    pub(crate) fn close(&self) {
        drop(self.0.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}

/// What a call gives back: exactly one of the two.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Reply {
    Answer(Answer),
    Failure(Failure),
}

/// Asks the application. An error is a fault of the shell itself; what the application refuses is
/// a reply.
#[tauri::command]
pub(crate) async fn call(door: State<'_, Door>, request: Value) -> Result<Reply, String> {
    let Some(desk) = door.desk() else { return Err("closed".to_owned()) };
    // Calls may take long: the window's own thread must stay free to draw.
    let asked = tauri::async_runtime::spawn_blocking(move || ask(&desk, request));
    asked.await.map_err(|why| why.to_string())
}

fn ask(desk: &Desk, request: Value) -> Reply {
    let name = request["name"].as_str().unwrap_or_default().to_owned();
    let answer = serde_json::from_value::<Request>(request)
        .map_err(|why| {
            let app = desk.app(machine::language(None));
            app.bad_request(&name, &why.to_string())
        })
        .and_then(|request| desk.call(request));
    answer.map_or_else(Reply::Failure, Reply::Answer)
}

/// Stops long work. Whether there was such work.
#[tauri::command]
pub(crate) fn cancel(door: State<'_, Door>, id: String) -> bool {
    door.desk().is_some_and(|desk| desk.cancel(&id))
}

#[cfg(test)]
mod tests;
