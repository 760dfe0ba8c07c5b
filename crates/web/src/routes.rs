//! Which address answers what, and what every answer carries.

use crate::calls::{self, Going};
use crate::error::WebError;
use crate::folders::{self, Folders};
use crate::guards::{Guard, queried};
use crate::interface::{self, Interface};
use crate::{events, saved};
use api::{Desk, Language, Sentences};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Uri};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use std::sync::Arc;
use tokio::sync::watch;

/// What a page of ours may load: its own files and nothing else. Styles are set by scripts.
const POLICY: &str = "default-src 'self'; connect-src 'self'; img-src 'self' data: blob:; \
    style-src 'self' 'unsafe-inline'; font-src 'self' data:; frame-src 'self' blob:; \
    object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What every answer carries.
const CARRIED: [(HeaderName, &str); 3] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
];

/// What the handlers share.
pub(crate) struct Server {
    pub(crate) desk: Arc<Desk>,
    pub(crate) guard: Guard,
    pub(crate) language: Language,
    pub(crate) interface: Interface,
    pub(crate) folders: Folders,
    pub(crate) going: Going,
    pub(crate) stopping: watch::Receiver<bool>,
}

impl Server {
    /// The sentences of the server's own language.
    pub(crate) fn sentences(&self) -> &Sentences {
        self.desk.app(self.language).sentences()
    }
}

/// All addresses, behind the guard.
pub(crate) fn router(server: Arc<Server>) -> Router {
    Router::new()
        .route("/call", post(calls::call))
        .route("/cancel", post(calls::cancel))
        .route("/events", get(events::events))
        .route("/files", post(folders::send))
        .route("/folder", post(folders::folder))
        .route("/saved", get(saved::saved))
        .fallback(interface::page)
        .layer(from_fn_with_state(server.clone(), pass))
        .with_state(server)
}

/// Lets a request pass or not; whatever comes back gets its words and its headers.
async fn pass(State(server): State<Arc<Server>>, request: Request, next: Next) -> Response {
    let language = language(request.uri()).unwrap_or(server.language);
    let passes = server.guard.check(request.method(), request.uri(), request.headers());
    let mut response = match passes {
        Ok(()) => next.run(request).await,
        Err(refused) => refused.into_response(),
    };
    if let Some(error) = response.extensions_mut().remove::<Arc<WebError>>() {
        response = error.told(server.desk.app(language).sentences());
    }
    carry(response.headers_mut());
    response
}

fn carry(headers: &mut HeaderMap) {
    for (name, value) in CARRIED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}

/// The language that a request asks its refusals in: `?language=fr`.
fn language(uri: &Uri) -> Option<Language> {
    match queried(uri, "language")? {
        "fr" => Some(Language::Fr),
        "en" => Some(Language::En),
        _ => None,
    }
}
