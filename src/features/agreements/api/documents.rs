//! `/documents`: whoever sees the subject of a document sees the document.

use std::sync::Arc;

use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, OpenApi};
use uuid::Uuid;

use super::Listed;
use super::shapes::{DocumentOut, DocumentPage};
use crate::app::App;
use crate::features::agreements::actions::decision;
use crate::features::agreements::actions::download::download;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::whole::{self, DocumentFilter};
use crate::http::api::file::etag;
use crate::http::api::{ApiError, Caller, Content, PageParams, ShortText, Tag};

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

#[OpenApi(prefix_path = "/documents", tag = "Tag::Documents")]
impl DocumentsApi {
    /// List documents
    ///
    /// Newest first: those of the agreement requests, of the committees, of the working meetings, of the juries, of the missions
    /// and of the experts that the caller may see. `q` finds words of the title or of the name of the file.
    #[oai(path = "/", method = "get", operation_id = "document_list")]
    #[expect(clippy::too_many_arguments, reason = "one argument per query parameter")]
    async fn list(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        q: Query<Option<ShortText>>,
        /// Only what they are: `decision`, `deposit-receipt`, `piece:P02`…
        kind: Query<Option<ShortText>>,
        /// Only those of this request, committee, meeting, jury, mission, habilitation or piece of an expert.
        subject_id: Query<Option<Uuid>>,
        /// Only those made by the program, or only those received.
        generated: Query<Option<bool>>,
    ) -> Result<Listed<DocumentPage>, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let filter = DocumentFilter {
            q: q.0.map(String::from).unwrap_or_default(),
            kind: kind.0.map(String::from).filter(|kind| !kind.is_empty()),
            subject: subject_id.0,
            generated: generated.0,
        };
        let found = whole::documents(self.app.db.read(), &caller.0, &filter, &page).await?;
        let next_cursor = found.next.map(|cursor| cursor.encode());
        let items = found.items.iter().map(Into::into).collect();
        Ok(Listed::Found(Json(DocumentPage { items, next_cursor })))
    }

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
        download(&self.app, &caller.0, &found).await?;
        Ok(Content::of(&content, &document.download_name(), &document.sha256))
    }
}
