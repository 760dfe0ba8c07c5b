//! Calls and their cancelling.

use crate::body;
use crate::error::{WebError, failed};
use crate::routes::Server;
use api::{Answer, Desk, Failure, Request};
use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Megabytes of a request. Files come by their own way.
const MOST_MEGABYTES: u64 = 8;

/// What a call answers: `{"answer": …}` or `{"failure": …}`.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Answered {
    Answer(Answer),
    Failure(Failure),
}

/// Does what is asked; done or refused, the status is 200.
pub(crate) async fn call(
    State(server): State<Arc<Server>>,
    body: Body,
) -> Result<Response, WebError> {
    let bytes = body::whole(body, MOST_MEGABYTES).await?;
    let request = match serde_json::from_slice::<Request>(&bytes) {
        Ok(request) => request,
        Err(why) => return Ok(server.misunderstood("call", &why)),
    };
    // A long answer is also written as JSON off the threads that serve others.
    let working = tokio::task::spawn_blocking(move || {
        let going = server.going.begin(request.id.clone());
        let answered = match server.desk.call(request) {
            Ok(answer) => Answered::Answer(answer),
            Err(failure) => Answered::Failure(failure),
        };
        drop(going);
        serde_json::to_vec(&answered)
    });
    let json = working.await.map_err(|_| WebError::Fault)?.map_err(|_| WebError::Fault)?;
    Ok(([(CONTENT_TYPE, "application/json")], json).into_response())
}

/// Which work to stop.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cancel {
    id: String,
}

/// Whether there was such work.
#[derive(Serialize)]
struct Cancelled {
    cancelled: bool,
}

/// Stops long work at its next step.
pub(crate) async fn cancel(
    State(server): State<Arc<Server>>,
    body: Body,
) -> Result<Response, WebError> {
    let bytes = body::whole(body, MOST_MEGABYTES).await?;
    Ok(match serde_json::from_slice::<Cancel>(&bytes) {
        Ok(Cancel { id }) => Json(Cancelled { cancelled: server.desk.cancel(&id) }).into_response(),
        Err(why) => server.misunderstood("cancel", &why),
    })
}

impl Server {
    fn misunderstood(&self, what: &str, why: &serde_json::Error) -> Response {
        let failure = self.desk.app(self.language).bad_request(what, &why.to_string());
        failed(StatusCode::BAD_REQUEST, failure)
    }
}

/// The ids of calls that are going on, to stop them when the server stops.
#[derive(Default)]
pub(crate) struct Going(Mutex<Vec<String>>);

/// One call that is going on, until it is dropped.
struct Begun<'a> {
    going: &'a Going,
    id: Option<String>,
}

impl Going {
    fn begin(&self, id: Option<String>) -> Begun<'_> {
        self.ids().extend(id.clone());
        Begun { going: self, id }
    }

    /// Asks all of them to stop; those without an id are short.
    pub(crate) fn cancel(&self, desk: &Desk) {
        for id in self.ids().iter() {
            desk.cancel(id);
        }
    }

    fn ids(&self) -> MutexGuard<'_, Vec<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Begun<'_> {
    fn drop(&mut self) {
        let Some(id) = &self.id else { return };
        let mut ids = self.going.ids();
        if let Some(at) = ids.iter().position(|one| one == id) {
            ids.swap_remove(at);
        }
    }
}
