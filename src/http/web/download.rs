//! A file that a page sends: always a download, never kept by caches, never guessed at.

use poem::http::header;
use poem::{Body, Response};

use super::address::disposition;

/// The answer that sends a file.
#[must_use]
pub fn attachment(media_type: &str, name: &str, content: impl Into<Body>) -> Response {
    Response::builder()
        .header(header::CONTENT_TYPE, media_type)
        .header(header::CONTENT_DISPOSITION, disposition(name))
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(header::CACHE_CONTROL, "private, no-store")
        .body(content)
}
