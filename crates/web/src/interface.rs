//! The built interface: its files with their kinds, and a sentence where it is not built.

use crate::error::WebError;
use crate::routes::Server;
use api::Sentences;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, Method, StatusCode, Uri};
use axum::response::{Html, IntoResponse, Response};
use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;

include!(concat!(env!("OUT_DIR"), "/interface.rs"));

/// The page that stands for every screen.
const INDEX: &str = "index.html";

/// Files whose name changes with their content lie here.
const HASHED: &str = "assets/";

/// For such a file: whoever has it may keep it.
const FOR_GOOD: HeaderValue = HeaderValue::from_static("private, max-age=31536000, immutable");

/// Where the interface's files are.
#[derive(Debug, Clone)]
pub struct Interface {
    // None: built into the program.
    folder: Option<PathBuf>,
}

impl Interface {
    /// What was built with this program; a debug build reads `ui/dist` anew for each request.
    pub fn built() -> Interface {
        #[cfg(debug_assertions)]
        let folder = Some(PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/dist")));
        #[cfg(not(debug_assertions))]
        let folder = None;
        Interface { folder }
    }

    /// The files of a folder, read anew for each request.
    pub fn in_folder(folder: PathBuf) -> Interface {
        Interface { folder: Some(folder) }
    }

    /// The bytes of a file, named with forward slashes.
    fn file(&self, name: &str) -> Option<Cow<'static, [u8]>> {
        let plain = |part: &str| !part.is_empty() && part != "." && part != "..";
        if name.contains('\\') || !name.split('/').all(plain) {
            return None;
        }
        match &self.folder {
            Some(folder) => std::fs::read(folder.join(name)).ok().map(Cow::Owned),
            None => {
                let place = FILES.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
                Some(Cow::Borrowed(FILES[place].1))
            }
        }
    }
}

/// The file at an address; addresses of screens, which have no ending, all give the one page.
pub(crate) async fn page(
    State(server): State<Arc<Server>>,
    method: Method,
    uri: Uri,
) -> Result<Response, WebError> {
    let looks = method == Method::GET || method == Method::HEAD;
    let name = uri.path().strip_prefix('/').unwrap_or_default();
    if !looks || hides(name) {
        return Err(WebError::NoPage);
    }
    let ended = name.rsplit('/').next().is_some_and(|last| last.contains('.'));
    if ended && name != INDEX {
        let bytes = server.interface.file(name).ok_or(WebError::NoPage)?;
        let mut response = ([(CONTENT_TYPE, content_type(name))], bytes).into_response();
        if name.starts_with(HASHED) {
            response.headers_mut().insert(CACHE_CONTROL, FOR_GOOD);
        }
        return Ok(response);
    }
    Ok(match server.interface.file(INDEX) {
        Some(bytes) => ([(CONTENT_TYPE, content_type(INDEX))], bytes).into_response(),
        None => not_built(server.sentences()),
    })
}

/// Whether an address hides a separator or a dot behind an encoding, or climbs.
fn hides(name: &str) -> bool {
    let small = name.to_ascii_lowercase();
    ["%2f", "%5c", "%2e", "%00"].iter().any(|hidden| small.contains(hidden))
        || name.split('/').any(|part| part == "..")
}

fn not_built(sentences: &Sentences) -> Response {
    let sentence = sentences.say("web.page.not-built", &[]);
    let page = format!(
        "<!doctype html><meta charset=\"utf-8\"><title>Comptoir</title>\
         <style>body{{font:1rem/1.5 sans-serif;max-width:40rem;margin:4rem auto}}</style>\
         <p>{sentence}</p>"
    );
    (StatusCode::SERVICE_UNAVAILABLE, Html(page)).into_response()
}

/// The kind of a file by its ending.
pub(crate) fn content_type(name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending.to_ascii_lowercase().as_str() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "wasm" => "application/wasm",
        "txt" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}
