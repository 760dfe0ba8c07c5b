//! What the application tells of its own accord, as server-sent events.

use crate::error::WebError;
use crate::routes::Server;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, KeepAliveStream, Sse};
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use tokio_stream::wrappers::ReceiverStream;

/// How often a comment shows that the line is alive.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// How soon a thread notices that its listener has gone or that the server stops.
const GLANCE: Duration = Duration::from_millis(250);

/// Events under way to a browser. What is more waits at the desk, which tells when it is too much.
const MOST_UNDER_WAY: usize = 16;

type Told = Result<Event, Infallible>;

/// Everything told from now on, one JSON object each.
pub(crate) async fn events(
    State(server): State<Arc<Server>>,
) -> Result<Sse<KeepAliveStream<ReceiverStream<Told>>>, WebError> {
    let heard = server.desk.listen();
    let stopping = server.stopping.clone();
    let (sender, receiver) = mpsc::channel(MOST_UNDER_WAY);
    // A thread of its own: it waits for as long as a window is open, and the pool is for calls.
    thread::Builder::new()
        .name("events".to_owned())
        .spawn(move || feed(&heard, &sender, &stopping))
        .map_err(WebError::Threads)?;
    let kept = KeepAlive::new().interval(KEEP_ALIVE);
    Ok(Sse::new(ReceiverStream::new(receiver)).keep_alive(kept))
}

fn feed(
    heard: &Receiver<api::Event>,
    sender: &mpsc::Sender<Told>,
    stopping: &watch::Receiver<bool>,
) {
    while !sender.is_closed() && !*stopping.borrow() {
        match heard.recv_timeout(GLANCE) {
            Ok(event) => {
                // Plain fields of text and numbers always become JSON.
                let Ok(json) = serde_json::to_string(&event) else { continue };
                if sender.blocking_send(Ok(Event::default().data(json))).is_err() {
                    return;
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}
