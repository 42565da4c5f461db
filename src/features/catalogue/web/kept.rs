//! A page that is the same for everybody is made once for a shelf, and told apart by its hash: who has it already is
//! answered that it is the same.

use std::sync::Arc;

use bytes::Bytes;
use poem::http::{HeaderValue, Method, StatusCode, header};
use poem::{Body, Request, Response, Result};
use sha2::{Digest, Sha256};

use super::super::shelf::{Kept, Shelf};

/// Pages in HTML.
pub(super) const HTML: &str = "text/html; charset=utf-8";
/// Anybody may keep it, and asks each time whether it is still the same.
const ASK_AGAIN: &str = "public, no-cache";

/// Whether a request comes from nobody in particular: a page may then be the one of everybody.
pub(super) fn is_anybody(request: &Request) -> bool {
    !request.headers().contains_key(header::COOKIE)
}

/// Answers the text of an address of a shelf, made the first time.
///
/// # Errors
/// When it cannot be made.
pub(super) fn answer(
    shelf: &Shelf,
    request: &Request,
    key: &str,
    media_type: &'static str,
    make: impl FnOnce() -> Result<String>,
) -> Result<Response> {
    if let Some(kept) = shelf.page(key) {
        return Ok(respond(request, &kept, media_type));
    }
    let kept = Arc::new(keep(make()?));
    shelf.keep(key, &kept);
    Ok(respond(request, &kept, media_type))
}

fn keep(text: String) -> Kept {
    let hash = hex::encode(&Sha256::digest(text.as_bytes())[..16]);
    Kept { text: Bytes::from(text), etag: format!("\"{hash}\"") }
}

fn respond(request: &Request, kept: &Kept, media_type: &'static str) -> Response {
    let known = request.header(header::IF_NONE_MATCH).unwrap_or_default();
    let same = known.split(',').any(|one| one.trim().trim_start_matches("W/") == kept.etag);
    let (status, body) = match (same, request.method() == Method::HEAD) {
        (true, _) => (StatusCode::NOT_MODIFIED, Body::empty()),
        (false, true) => (StatusCode::OK, Body::empty()),
        (false, false) => (StatusCode::OK, Body::from(kept.text.clone())),
    };
    let mut response = Response::builder().status(status).content_type(media_type).body(body);
    let headers = response.headers_mut();
    if let Ok(etag) = HeaderValue::from_str(&kept.etag) {
        headers.insert(header::ETAG, etag);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(ASK_AGAIN));
    headers.insert(header::VARY, HeaderValue::from_static("Cookie, HX-Request"));
    response
}
