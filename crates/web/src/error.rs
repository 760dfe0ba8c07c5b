//! What the server refuses, as a code with a sentence and a status.

use api::{Failure, Sentences};
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::io;
use std::sync::Arc;

/// Why the server could not start, or why it refused a request.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// The port cannot be had.
    #[error("listening on port {0} of this machine")]
    Port(u16, #[source] io::Error),
    /// The system gives no random bytes, so there is no token.
    #[error("asking the system for random bytes")]
    Randomness,
    /// The server's own threads cannot be started.
    #[error("starting the threads of the server")]
    Threads(#[source] io::Error),
    /// A private folder cannot be made.
    #[error("making the folder {0}")]
    Folder(String, #[source] io::Error),
    /// A file that was sent cannot be kept.
    #[error("keeping the file {0}")]
    Unwritable(String, #[source] io::Error),
    /// The request names another machine: a foreign name may point here.
    #[error("a request for another host")]
    ForeignHost,
    /// The request comes from a page of another origin.
    #[error("a request of another origin")]
    ForeignOrigin,
    /// The browser says that another site is behind the request.
    #[error("a request on behalf of another site")]
    ForeignSite,
    /// The token of this run is missing or wrong.
    #[error("a request without this run's token")]
    NoToken,
    /// The body is not declared as JSON.
    #[error("a body that is not declared as JSON")]
    NotJson,
    /// The request is longer than so many megabytes.
    #[error("a request longer than {0} MB")]
    TooLong(u64),
    /// The file is larger than so many megabytes.
    #[error("a file larger than {0} MB")]
    TooLarge(u64),
    /// The body ended before it was whole.
    #[error("a body that ended early")]
    Unfinished,
    /// The path lies in no folder that the server gave out.
    #[error("a path outside the folders given out")]
    NotGiven,
    /// There is no such file, or none that can be read.
    #[error("no file of this name")]
    NoFile,
    /// Nothing answers at this address.
    #[error("nothing at this address")]
    NoPage,
    /// A fault of the program.
    #[error("a fault while answering")]
    Fault,
}

impl WebError {
    /// Its code: a key of `web.failure` in the sentences.
    pub fn code(&self) -> &'static str {
        match self {
            WebError::Port(..) => "port",
            WebError::Randomness => "randomness",
            WebError::Threads(_) => "threads",
            WebError::Folder(..) => "folder",
            WebError::Unwritable(..) => "unwritable",
            WebError::ForeignHost => "foreign-host",
            WebError::ForeignOrigin => "foreign-origin",
            WebError::ForeignSite => "foreign-site",
            WebError::NoToken => "no-token",
            WebError::NotJson => "not-json",
            WebError::TooLong(_) => "too-long",
            WebError::TooLarge(_) => "too-large",
            WebError::Unfinished => "unfinished",
            WebError::NotGiven => "not-given",
            WebError::NoFile => "no-file",
            WebError::NoPage => "no-page",
            WebError::Fault => "fault",
        }
    }

    fn args(&self) -> Vec<(String, String)> {
        let (name, value) = match self {
            WebError::Port(port, _) => ("port", port.to_string()),
            WebError::Folder(path, _) => ("path", path.clone()),
            WebError::Unwritable(name, _) => ("name", name.clone()),
            WebError::TooLong(most) | WebError::TooLarge(most) => ("most", most.to_string()),
            _ => return Vec::new(),
        };
        vec![(name.to_owned(), value)]
    }

    fn status(&self) -> StatusCode {
        match self {
            WebError::ForeignHost
            | WebError::ForeignOrigin
            | WebError::ForeignSite
            | WebError::NotGiven => StatusCode::FORBIDDEN,
            WebError::NoToken => StatusCode::UNAUTHORIZED,
            WebError::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            WebError::TooLong(_) | WebError::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            WebError::Unfinished => StatusCode::BAD_REQUEST,
            WebError::NoFile | WebError::NoPage => StatusCode::NOT_FOUND,
            WebError::Port(..)
            | WebError::Randomness
            | WebError::Threads(_)
            | WebError::Folder(..)
            | WebError::Unwritable(..)
            | WebError::Fault => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The failure that a person reads, in the language of the sentences.
    pub fn failure(&self, sentences: &Sentences) -> Failure {
        let (code, args) = (self.code(), self.args());
        let key = format!("web.failure.{code}");
        let say = |part: &str| sentences.find(&format!("{key}.{part}"), &args);
        let message = say("message").unwrap_or_else(|| key.clone());
        let hint = say("hint").unwrap_or_default();
        let detail = std::error::Error::source(self).map(|cause| format!("{self}: {cause}"));
        Failure { code: code.to_owned(), args, message, hint, detail }
    }

    /// The answer that carries the failure.
    pub(crate) fn told(&self, sentences: &Sentences) -> Response {
        failed(self.status(), self.failure(sentences))
    }
}

/// An error leaves its handler without words; `routes.rs` knows the language and finds them.
impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// `{"failure": …}` with a status.
pub(crate) fn failed(status: StatusCode, failure: Failure) -> Response {
    #[derive(Serialize)]
    struct Failed {
        failure: Failure,
    }
    (status, Json(Failed { failure })).into_response()
}
