//! The answer that gives the content of a document.

use poem_openapi::ApiResponse;
use poem_openapi::payload::Binary;

use crate::http::web::address::disposition;

/// The content of a document, which never changes.
#[derive(ApiResponse)]
pub enum Content {
    /// The file.
    #[oai(status = 200)]
    File(
        Binary<Vec<u8>>,
        /// Name of the file.
        #[oai(header = "Content-Disposition")]
        String,
        /// SHA-256 of the content.
        #[oai(header = "ETag")]
        String,
    ),
}

impl Content {
    /// The file under its name, with its SHA-256.
    #[must_use]
    pub fn of(bytes: &[u8], name: &str, sha256: &[u8]) -> Self {
        Self::File(Binary(bytes.to_vec()), disposition(name), etag(sha256))
    }
}

/// The `ETag` of a content.
#[must_use]
pub fn etag(sha256: &[u8]) -> String {
    format!("\"{}\"", hex::encode(sha256))
}
