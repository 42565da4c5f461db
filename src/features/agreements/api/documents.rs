//! `/documents`: whoever sees the subject of a document sees the document.

use std::sync::Arc;

use poem_openapi::param::Path;
use poem_openapi::payload::{Binary, Json};
use poem_openapi::{ApiResponse, OpenApi};
use uuid::Uuid;

use super::shapes::DocumentOut;
use crate::app::App;
use crate::features::agreements::actions::decision;
use crate::features::agreements::actions::download::download;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::whole;
use crate::http::api::{ApiError, Caller, Tag};
use crate::http::web::address::disposition;

/// Documents: pieces received and documents produced.
pub struct DocumentsApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// What is known of a document.
#[derive(ApiResponse)]
enum Known {
    /// Found.
    #[oai(status = 200)]
    Document(
        Json<DocumentOut>,
        /// SHA-256 of the content: a document never changes.
        #[oai(header = "ETag")]
        String,
    ),
}

/// The content of a document.
#[derive(ApiResponse)]
enum Content {
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

#[OpenApi(prefix_path = "/documents", tag = "Tag::Documents")]
impl DocumentsApi {
    /// Read what is known of a document
    #[oai(path = "/:id", method = "get", operation_id = "document_get")]
    async fn get(&self, caller: Caller, id: Path<Uuid>) -> Result<Known, ApiError> {
        let found = whole::document(self.app.db.read(), &caller.0, id.0.into()).await?;
        let etag = etag(&found.document.sha256);
        Ok(Known::Document(Json(DocumentOut::from(&found.document)), etag))
    }

    /// Download a document
    #[oai(path = "/:id/content", method = "get", operation_id = "document_content")]
    async fn content(&self, caller: Caller, id: Path<Uuid>) -> Result<Content, ApiError> {
        let found = whole::document(self.app.db.read(), &caller.0, id.0.into()).await?;
        let document = &found.document;
        decision::open_letter(&self.app, &caller.0, document).await?;
        let content = self.app.storage.get(&document.sha256).await.map_err(AgreementError::from)?;
        let etag = etag(&document.sha256);
        download(&self.app, &caller.0, &found).await?;
        Ok(Content::File(Binary(content.to_vec()), disposition(&document.file_name), etag))
    }
}

fn etag(sha256: &[u8]) -> String {
    format!("\"{}\"", hex::encode(sha256))
}
